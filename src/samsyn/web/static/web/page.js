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

  // htmx throws refusals away unless told that a 4xx answer is meant to be read.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 400 && status < 500) event.detail.shouldSwap = true;
  });
})();
