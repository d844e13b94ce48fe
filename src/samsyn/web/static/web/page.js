// The theme a reader chooses is kept in a cookie, so that the server writes it and nothing flashes.
(() => {
  const root = document.documentElement;
  const year = 60 * 60 * 24 * 365;
  const buttons = document.querySelectorAll("[data-theme-choice]");

  const mark = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme || "")));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      if (choice) root.dataset.theme = choice;
      else delete root.dataset.theme;
      document.cookie = `theme=${choice};path=/;max-age=${choice ? year : 0};samesite=lax`;
      mark();
      document.dispatchEvent(new Event("themechange"));
    });
  }
  document.querySelectorAll("[data-themes]").forEach((group) => { group.hidden = false; });
  mark();

  // Where a row of rooms is wider than a telephone, the room one is in is brought into sight, with a part of the next.
  for (const here of document.querySelectorAll(":is(.rooms, .pages) [aria-current]")) {
    const row = here.parentElement;
    row.scrollLeft = here.offsetLeft - row.offsetLeft + here.offsetWidth - row.clientWidth + 64;
  }

  // A form is sent once, however often it is clicked; what takes its time says so.
  const busy = document.createElement("div");
  busy.className = "working";
  busy.append(document.createElement("p"), document.createElement("progress"));
  busy.firstChild.setAttribute("role", "status");
  busy.lastChild.setAttribute("aria-label", document.body.dataset.busy);
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    setTimeout(() => {
      if (!sent.has(form)) return;
      form.append(busy);
      busy.firstChild.textContent = document.body.dataset.busy;
    }, 800);
  });
  // a page that comes back by the browser's own button can be sent again
  window.addEventListener("pageshow", () => { sent.clear(); busy.remove(); });

  // htmx throws refusals away unless told that a 4xx answer is meant to be read.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 400 && status < 500) event.detail.shouldSwap = true;
  });
})();
