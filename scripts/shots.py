"""Photograph every page of the demo at two widths in two themes, with a contact sheet: ``make shots``.

``--readme`` keeps the pictures of the README in docs/shots instead. Serves on loopback and stops by itself.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
SAMSYN = ROOT / ".venv" / "bin" / "samsyn"
BROWSER = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = [
    ("head-teacher", "what-we-pay/LUNDA/2026-02/", "statement"),
    ("head-teacher", "what-we-pay/LUNDA/2026-02/ELEVDATOR/why/", "why"),
    ("head-teacher", "what-we-pay/LUNDA/2026-02/ELEVDATOR/which/", "which"),
    ("school-director", "what-we-pay/BUF/2026-02/", "administration"),
    ("controller", "", "home"), ("controller", "months/", "months"), ("controller", "months/2026-02/", "month"),
    ("controller", "books/", "books"), ("controller", "books/load/", "load"), ("controller", "model/", "model"),
    ("controller", "model/classification/?period=2026-02", "classification"),
    ("controller", "model/1/services/", "services"),
    ("administrator", "organisation/", "organisation"), ("auditor", "history/", "history"),
    ("controller", "overview/", "overview"), ("controller", "systems/", "systems"),
    ("controller", "systems/001/", "system"), ("controller", "systems/catalogue/", "catalogue"),
    ("controller", "integrations/map/", "surroundings"), ("controller", "overlap/", "overlap"),
    ("controller", "contracts/year/", "calendar"), ("controller", "who-answers/", "who-answers"),
    ("controller", "documents/", "documents"), ("controller", "indicators/", "indicators"),
    ("controller", "indicators/N001/", "indicator"), ("controller", "spending/", "spending"),
    ("system-owner", "", "owner"),
]  # fmt: skip

README = {"statement", "month", "overview", "surroundings"}


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo of the data folder, building it when it is empty."""
    subprocess.run([SAMSYN, "demo", "--no-serve"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen([SAMSYN, "serve", "--port", base.rsplit(":", 1)[1]], cwd=ROOT)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(base, timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=60)


def photograph(
    browser: Browser, base: str, folder: Path, width: int, theme: str, wanted: set[str], whole: bool
) -> None:
    """Take one picture of each wanted page, signing in as whom it is for."""
    people: dict[str, object] = {}
    for who, path, name in PAGES:
        if name not in wanted:
            continue
        if who not in people:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=theme,
                locale="sv",  # type: ignore[arg-type]
            )
            page = context.new_page()
            page.goto(f"{base}/lillkoping/sign-in/")
            page.fill("[name=name]", who)
            page.fill("[name=password]", "samsyn-demo")
            page.click("main form button")
            page.wait_for_load_state()
            people[who] = page
        page = people[who]  # type: ignore[assignment]
        page.goto(f"{base}/lillkoping/{path}")
        page.wait_for_timeout(600)
        page.screenshot(
            path=folder / f"{name}.png" if not whole else folder / f"{name}-{width}-{theme}.png", full_page=whole
        )


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("names", nargs="*", help="the pages, by their names above; all without")
    asked = parser.parse_args()
    readme, names = asked.readme, set(asked.names) or {name for _, _, name in PAGES}
    folder = ROOT / ("docs/shots" if readme else "shots")
    folder.mkdir(parents=True, exist_ok=True)
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        if readme:
            photograph(browser, base, folder, 1366, "light", README, False)
        else:
            for width in (1366, 360):
                for theme in ("light", "dark"):
                    photograph(browser, base, folder, width, theme, names, True)
            sheet = browser.new_page(viewport={"width": 1800, "height": 1000})
            pictures = sorted(folder.glob("*-*.png"))
            cells = "".join(
                f"<figure><img src='{p.name}' width=210><figcaption>{p.stem}</figcaption></figure>" for p in pictures
            )
            (folder / "index.html").write_text(
                f"<body style='display:flex;flex-wrap:wrap;font:12px sans-serif'>{cells}"
            )
            sheet.goto(f"file://{folder}/index.html")
            sheet.screenshot(path=folder / "contact-sheet.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
