// Draws every [data-chart] from the JSON beside it, in the colours of the page. ECharts is fetched on first use.
(() => {
  const source = document.currentScript.dataset.echarts;
  const language = { sv: "sv-SE", da: "da-DK", en: "en-GB" }[document.documentElement.lang] || "sv-SE";
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const kr = (ore) => `${whole.format(ore / 100)}\u00a0kr`;
  const axisKr = (ore) => (Math.abs(ore) < 1e8 ? kr(ore) : `${compact.format(ore / 100)}\u00a0kr`);
  const single = (data) => data.series.length === 1;
  const drawn = new Map();
  let loading;

  const load = () => {
    loading ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  // A token is a light-dark() pair: only a computed colour says which one holds here.
  const colours = (element) => {
    const probe = document.createElement("span");
    element.append(probe);
    const read = (token) => {
      probe.style.color = `var(--${token})`;
      return getComputedStyle(probe).color;
    };
    const found = { series: [1, 2, 3, 4, 5, 6].map((n) => read(`series-${n}`)) };
    for (const token of ["ink", "quiet", "card", "hairline", "on-series"]) found[token] = read(token);
    probe.remove();
    return found;
  };

  const bars = (data, colour, narrow) => ({
    grid: {
      left: 0,
      right: single(data) ? 110 : 28,
      top: single(data) ? 0 : 40,
      bottom: single(data) ? 0 : 4,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    legend: !single(data)
      ? { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, textStyle: { color: colour.ink } }
      : undefined,
    xAxis: {
      type: "value",
      show: !single(data),
      splitNumber: narrow ? 2 : 5,
      axisLabel: { formatter: axisKr, color: colour.quiet, hideOverlap: true },
      splitLine: { lineStyle: { color: colour.hairline } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.labels,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colour.ink, width: narrow ? 110 : 200, overflow: "truncate" },
    },
    series: data.series.map(({ name, values }) => ({
      type: "bar",
      name,
      data: values,
      label: { show: single(data), position: "right", color: colour.ink, formatter: ({ value }) => kr(value) },
      stack: data.kind === "stacked" ? "all" : undefined,
      barMaxWidth: 18,
      itemStyle: data.kind === "stacked" ? { borderColor: colour.card, borderWidth: 1 } : { borderRadius: 3 },
    })),
  });

  const sankey = (data, colour) => ({
    series: [{
      type: "sankey",
      left: 0,
      right: 170,
      top: 8,
      bottom: 8,
      nodeWidth: 10,
      nodeGap: 14,
      draggable: false,
      emphasis: { focus: "adjacency" },
      data: [...new Set(data.links.flatMap(([from, to]) => [from, to]))].map((name) => ({ name })),
      links: data.links.map(([from, to, value]) => ({ source: from, target: to, value })),
      label: { color: colour.ink, width: 160, overflow: "truncate" },
      lineStyle: { color: "source", opacity: 0.25, curveness: 0.5 },
      itemStyle: { borderWidth: 0 },
    }],
  });

  const treemap = (data, colour) => ({
    series: [{
      type: "treemap",
      left: 0, right: 0, top: 0, bottom: 0,
      roam: false,
      nodeClick: false,
      breadcrumb: { show: false },
      itemStyle: { borderColor: colour.card, borderWidth: 0, gapWidth: 3 },
      label: { color: colour["on-series"], formatter: ({ name, value }) => `${name}\n${kr(value)}`, lineHeight: 20, fontSize: 13 },
      data: data.labels.map((name, index) => ({ name, value: data.series[0].values[index] })),
    }],
  });

  // Around one system the others stand in a ring, tilted so that two are not in a line. What has no middle is placed by
  // force from a circle, so that the same links give the same picture; names where there is room for them.
  const ring = (names, middle) => {
    const around = names.filter((name) => name !== middle);
    return new Map(names.map((name) => {
      const turn = (2 * Math.PI * around.indexOf(name)) / around.length - 2.8;
      return [name, name === middle ? { x: 0, y: 0 } : { x: Math.cos(turn), y: Math.sin(turn) }];
    }));
  };

  const graph = (data, colour, narrow) => {
    const degree = new Map();
    for (const [from, to] of data.links) for (const name of [from, to]) degree.set(name, (degree.get(name) || 0) + 1);
    const most = [...degree.values()].sort((a, b) => b - a)[narrow ? 7 : 24] || 0;
    const room = (narrow ? 0.45 : 1) * (degree.size > 20 ? 1 : 2);
    const [middle, ...more] = data.labels;
    const star = !more.length && data.links.every((link) => link.includes(middle));
    const places = star ? ring([...degree.keys()], middle) : new Map();
    return {
      series: [{
        type: "graph",
        layout: star ? "none" : "force",
        force: { initLayout: "circular", layoutAnimation: false, repulsion: 100 * room, edgeLength: 60 * room, gravity: narrow ? 0.2 : 0.12 },
        // half of the widest name on either side
        left: narrow ? 48 : 74, right: narrow ? 48 : 74, top: 24, bottom: 24,
        roam: false,
        edgeSymbol: ["none", "arrow"],
        edgeSymbolSize: 7,
        emphasis: { focus: "adjacency" },
        tooltip: { formatter: ({ dataType, name, data: edge }) => (dataType === "edge" ? `${edge.source} \u2192 ${edge.target}` : name) },
        data: [...degree].map(([name, links]) => ({
          name,
          ...places.get(name),
          symbolSize: 10 + 3 * Math.min(links, 8),
          itemStyle: { color: data.labels.includes(name) ? colour.series[1] : colour.series[0] },
          label: { show: data.labels.includes(name) || links > most || degree.size <= (narrow ? 8 : 25) },
        })),
        links: data.links.map(([source, target, value]) => ({ source, target, value })),
        label: { position: "bottom", color: colour.ink, fontSize: 12, width: narrow ? 90 : 140, overflow: "truncate" },
        labelLayout: { hideOverlap: true },
        lineStyle: { color: colour.quiet, opacity: 0.55, curveness: 0.08 },
      }],
    };
  };

  // Neither knows the frame's edges: where the points were put is stretched to fill it.
  const fit = (chart) => {
    const series = chart.getModel().getSeriesByIndex(0);
    const { data, left, right, top, bottom } = series.option;
    const placed = data.map((_, index) => series.getData().getItemLayout(index));
    const stretched = (axis, room) => {
      const all = placed.map((point) => point[axis]);
      const least = Math.min(...all);
      const span = Math.max(...all) - least || 1;
      return all.map((at) => ((at - least) / span) * room);
    };
    const x = stretched(0, chart.getWidth() - left - right);
    const y = stretched(1, chart.getHeight() - top - bottom);
    chart.setOption({ series: [{ layout: "none", data: data.map((point, index) => ({ ...point, x: x[index], y: y[index] })) }] });
  };

  const makers = { bar: bars, stacked: bars, sankey, treemap, graph };

  const draw = (element) => {
    const data = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    const colour = colours(element);
    const narrow = element.clientWidth < 560;
    drawn.get(element)?.dispose();
    // Bars keep their thickness however many they are.
    if (data.labels.length && !["treemap", "graph"].includes(data.kind)) {
      element.style.height = `${data.labels.length * (narrow ? 34 : 38) + (single(data) ? 4 : 76)}px`;
    }
    const chart = echarts.init(element, null, { renderer: "canvas" });
    drawn.set(element, chart);
    chart.setOption({
      animation: false,
      color: colour.series,
      textStyle: { fontFamily: getComputedStyle(element).fontFamily, color: colour.ink },
      tooltip: {
        renderMode: "richText",
        confine: true,
        trigger: "item",
        valueFormatter: kr,
        backgroundColor: colour.card,
        borderColor: colour.hairline,
        shadowBlur: 0,
        textStyle: { color: colour.ink },
      },
      ...makers[data.kind](data, colour, narrow),
    });
    if (data.kind === "graph") fit(chart);
  };

  const drawAll = (within = document) => {
    const found = within.querySelectorAll("[data-chart]");
    if (found.length) Promise.all([load(), document.fonts.ready]).then(() => found.forEach(draw));
  };
  const again = () => drawn.forEach((_, element) => (element.isConnected ? draw(element) : drawn.delete(element)));

  let waiting;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(again, 150); });
  document.addEventListener("themechange", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) drawAll(event.target); });
  drawAll();
})();
