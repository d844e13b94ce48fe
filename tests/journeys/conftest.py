"""A real server on the demo municipality, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from samsyn.home.demo import PASSWORD

ROOT = Path(__file__).parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SAMSYN = Path(sys.executable).with_name("samsyn")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the demo municipalities as `make demo` does; return the environment that reaches them."""
    folder = os.environ.get("SAMSYN_JOURNEY_DATA") or str(tmp_path_factory.mktemp("demo"))
    environment = {**os.environ, "SAMSYN_DATA": folder, "DJANGO_SETTINGS_MODULE": "samsyn.config.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([SAMSYN, "demo", "--no-serve"], env=environment, check=True, cwd=ROOT)
    return environment


@pytest.fixture(scope="session")
def address(demo: dict[str, str]) -> Iterator[str]:
    """Serve the demo on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([SAMSYN, "serve", "--port", str(port)], env=demo, cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    for _ in range(400):
        try:
            urllib.request.urlopen(base, timeout=2)
            break
        except OSError:
            time.sleep(0.2)
    yield base
    server.terminate()
    server.wait(timeout=60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody at the browser, and what the browser complained about meanwhile."""

    page: Page
    base: str
    complaints: list[str]

    def open(self, path: str) -> Page:
        """Go to a page and make sure it answered."""
        answer = self.page.goto(f"{self.base}{path}")
        assert answer is not None and answer.ok, (path, answer and answer.status)
        return self.page

    def accessible(self) -> None:
        """Fail on any breach of WCAG 2.2 AA, a page wider than its window, or a complaint of the browser."""
        where = self.page.url
        assert not self.complaints, (where, self.complaints)
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )["violations"]  # fmt: skip
        # axe itself tries inline styles, which the policy refuses
        self.complaints.clear()
        assert not found, (where, [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found])
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{where} is {wide} px wider than its window"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Sign somebody in: ``visit("controller", width=360, language="da")``."""
    contexts: list[Any] = []

    def visiting(
        code: str, municipality: str = "lillkoping", width: int = 1366, language: str = "sv", theme: str = "light"
    ) -> Visitor:
        height = 800 if width > 500 else 740
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=theme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(f"{address}/{municipality}/sign-in/")
        page.fill("[name=name]", code)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit], main form button")
        page.wait_for_url(f"{address}/{municipality}/**")
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        complaints.clear()
        return Visitor(page, address, complaints)

    yield visiting
    for context in contexts:
        context.close()
