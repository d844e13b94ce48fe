"""Look at the components in a browser: ``python -m tests.web.shots [FOLDER]``.

Serves the kitchen sink on loopback, photographs it at two widths in two themes, and fails when axe finds a
breach of WCAG 2.2 AA, the browser reports one of the content security policy, or a page outgrows its window.
"""

import os
import shutil
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

AXE = Path(__file__).parents[1] / "journeys" / "vendor" / "axe.min.js"
PAGES = {
    "statement": "/",
    "workshop": "/workshop",
    "wrong": "/workshop?wrong",
    "refused": "/refused",
    "missing": "/nowhere",
}
BROWSER = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Quiet(WSGIRequestHandler):
    """Serve without a line per request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve() -> str:
    """Start the kitchen sink in a thread and return its address."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings_min"
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def look(folder: Path | None) -> list[str]:
    """Visit every page in every guise and return what is wrong, one sentence each."""
    from playwright.sync_api import sync_playwright

    address, faults = serve(), []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=BROWSER, args=FLAGS)
        for width in (1366, 360):
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,
                    locale="sv-SE",
                    bypass_csp=False,
                )
                tab = context.new_page()
                tab.on(
                    "console",
                    lambda message: faults.append(message.text) if "Policy" in message.text else None,
                )
                tab.on("pageerror", lambda error: faults.append(str(error)))
                for name, path in PAGES.items():
                    where = f"{name} {width} {scheme}"
                    tab.goto(address + path, wait_until="networkidle")
                    tab.wait_for_timeout(300)
                    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        faults.append(f"{where}: wider than its window")
                    # evaluate() runs outside the page's policy, as a test tool should
                    tab.evaluate(AXE.read_text())
                    found = tab.evaluate("tags => axe.run({runOnly: tags, preload: false})", TAGS)
                    for breach in found["violations"]:
                        nodes = [node["html"][:120] for node in breach["nodes"][:3]]
                        faults.append(f"{where}: {breach['id']}: {breach['help']} {nodes}")
                    if folder:
                        tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True, caret="initial")
                context.close()
        browser.close()
    return faults


def main() -> int:
    """Print what is wrong; exit 1 when something is."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    faults = look(folder)
    print("\n".join(faults) or "Nothing to remark.")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
