"""Say what a table or a chart holds; the templates decide how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.web import numbers

Kind = Literal["text", "kr", "kr_exact", "signed_kr", "number", "date", "period"]
Tone = Literal["neutral", "good", "amber", "red"]
NUMERIC = {"kr", "kr_exact", "signed_kr", "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how its raw values are written (kr kinds take öre)."""

    label: str
    kind: Kind = "text"

    @property
    def css(self) -> str:
        """Return the class of its cells: figures stand to the right, figures and days are never broken."""
        return "figure-cell" if self.kind in NUMERIC else "" if self.kind == "text" else "whole-cell"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows are sequences of raw values, or of HTML made with `link` and `pill`.

    ``foot`` is a row of sums; ``dense`` gives 36 px rows and a head that stays; ``hide_caption`` keeps the
    caption for screen readers alone; ``empty`` says what will stand here and how it comes; ``cards`` sets the cells
    of a row below each other, in columns, each under what it is called: for more than a screen is wide.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[Any] | None = None
    dense: bool = False
    hide_caption: bool = False
    empty: str = ""
    cards: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of amounts in öre with a table twin.

    bar, stacked: ``labels`` and ``series`` {name: amounts}. treemap: ``labels`` and one series.
    sankey: ``links`` (from, to, amount); a name may stand in several columns only if it means the same.
    graph: ``links`` (from, to, how many), ``labels`` the names in the middle of it, ``twin`` its table with links.
    ``sentence`` says in words what the picture shows; ``headings`` name the columns of words in
    the table, ``unit`` the column of amounts of a sankey.
    """

    id: str
    kind: Literal["bar", "stacked", "sankey", "treemap", "graph"]
    title: str
    sentence: str
    labels: Sequence[str] = ()
    series: dict[str, Sequence[int]] = field(default_factory=dict)
    links: Sequence[tuple[str, str, int]] = ()
    headings: Sequence[str] = ()
    unit: str = "kr"
    twin: Table | None = None

    @property
    def data(self) -> dict[str, Any]:
        """Return what ``charts.js`` draws."""
        series = [{"name": name, "values": list(values)} for name, values in self.series.items()]
        return {"kind": self.kind, "labels": list(self.labels), "series": series, "links": list(self.links)}

    @property
    def table(self) -> Table:
        """Return the same figures as a table."""
        if self.twin:
            return self.twin
        words = [Column(heading) for heading in self.headings]
        if self.kind == "sankey":
            return Table(self.title, [*words, Column(self.unit, "kr")], self.links, hide_caption=True)
        columns = [*words, *(Column(name, "kr") for name in self.series)]
        rows = [list(row) for row in zip(self.labels, *self.series.values(), strict=True)]
        return Table(self.title, columns, rows, hide_caption=True)


def link(text: str, url: str) -> SafeString:
    """Return a link for a table cell."""
    return format_html('<a href="{}">{}</a>', url, text)


def indented(content: str, level: int) -> SafeString:
    """Return the name of something as deep in a tree as it lies, for a table cell; from the fifth step all alike."""
    return format_html('<span class="indented indented-{}">{}</span>', min(level, 5), content)


def pill(text: str, tone: Tone = "neutral") -> SafeString:
    """Return a pill: a word about a thing, in a tone that never says more than the word."""
    return format_html('<span class="pill pill-{}">{}</span>', tone, text)


def bar(part: int, whole: int) -> SafeString:
    """Draw how large a part is of a whole; decoration beside the figure it repeats."""
    share = max(0, min(1000, 1000 * part // whole)) if whole else 0
    return format_html(
        '<svg class="bar" width="100%" height="6" aria-hidden="true"><rect class="bar-rest" width="100%" '
        'height="6" rx="3"/><rect class="bar-part" width="{}.{}%" height="6" rx="3"/></svg>',
        share // 10,
        share % 10,
    )


def line(
    name: Any, amount: int | str, detail: Any = "", *, part: int = 0, whole: int = 0, tag: str = "",
    tone: Tone = "neutral", url: str = "", ask: str = "", target: str = "", total: bool = False, quiet: bool = False,
) -> SafeString:  # fmt: skip
    """Return a line of a statement, for ``<ul class="lines">``; a page has many, so no template is asked.

    ``amount`` in öre, or words; ``detail`` may be HTML. ``part`` of ``whole`` draws the bar, ``url`` and ``ask`` are
    the question that links on (default "Why?"), ``target`` is the selector htmx fills, ``total`` is the closing sum,
    ``quiet`` a line that costs nothing.
    """
    called, there = conditional_escape(name), conditional_escape(url)
    words = amount if isinstance(amount, str) else numbers.kr(amount, numbers.language(get_language()))
    kind = " line-total" if total else " line-quiet" if quiet else ""
    fills = f' hx-get="{there}" hx-target="{conditional_escape(target)}" hx-push-url="true"' if target else ""
    question = conditional_escape(ask or _("Why?"))
    onward = (
        f'<p><a href="{there}"{fills}>{question}<span class="visually-hidden"> {called}</span></a></p>' if url else ""
    )
    return mark_safe(
        f'<li class="line{kind}"><div class="line-what"><p class="line-name"><strong>{called}</strong>'
        f'{" " + pill(tag, tone) if tag else ""}</p><p class="line-detail">{conditional_escape(detail)}</p></div>'
        f'<div class="line-sum"><p class="line-amount">{conditional_escape(words)}</p>{onward}</div>'
        f"{bar(part, whole) if whole else ''}</li>"
    )
