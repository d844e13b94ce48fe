"""A real server on a copy of the demo municipality, and a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from samsyn.home.demo import PASSWORD

ROOT = Path(__file__).parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# what passes is counted but not described: that took half of the time; rows after the eighth are like those before
RUN_AXE = """async ({tags, whole}) => {
    const asked = {
        runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: whole,
        rules: {'color-contrast': {enabled: whole}, 'css-orientation-lock': {enabled: whole}},
    };
    const looked = whole ? document : {include: [['html']], exclude: [['tbody tr:nth-child(n+9)']]};
    return (await axe.run(looked, asked)).violations;
}"""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BROWSER = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
WINDOWS = {1366: 800, 360: 740}
PATIENCE = 120_000  # milliseconds: a loaded machine is slow, not wrong
expect.set_options(timeout=PATIENCE / 4)
SAMSYN = Path(sys.executable).with_name("samsyn")
Visit = Callable[..., "Visitor"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo municipalities as `make demo` does, unless that is done; nobody is served this folder itself."""
    given = os.environ.get("SAMSYN_JOURNEY_DATA")
    folder = Path(given) if given else tmp_path_factory.mktemp("demo")
    if not given:
        subprocess.run([SAMSYN, "demo", "--no-serve"], env=environment(folder), check=True, cwd=ROOT)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return the environment that reaches a data folder."""
    found = {**os.environ, "SAMSYN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "samsyn.config.settings"}
    found.pop("DATABASE_URL", None)
    return found


@contextmanager
def served(built: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of the demo on a free port of this machine; what happens in it happens nowhere else."""
    shutil.copytree(built, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([SAMSYN, "serve", "--port", str(port)], env=environment(folder), cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    for _ in range(400):
        try:
            urllib.request.urlopen(base, timeout=20)
            break
        except OSError:
            time.sleep(0.2)
    try:
        yield base
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(scope="session")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a demo that every test of this process shares."""
    with served(built, tmp_path_factory.mktemp("shared") / "data") as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open Debian's Chromium, without the frame that nobody sees where it is there."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody at the browser, and what the browser complained about meanwhile."""

    page: Page
    base: str
    language: str
    complaints: list[str]

    def open(self, path: str) -> Page:
        """Go to a page and make sure it answered."""
        answer = self.page.goto(f"{self.base}{path}")
        assert answer is not None and answer.ok, (path, answer and answer.status)
        return self.page

    def go(self, words: str) -> Page:
        """Choose something in the main menu, which is folded on a narrow page."""
        menu = self.page.get_by_role("button", name=self.word("Menu"), exact=True)
        if menu.is_visible():
            menu.click()
        self.page.locator("#menu").get_by_role("link", name=self.word(words), exact=True).click()
        return self.page

    def word(self, message: str) -> str:
        """Return a text of the product in the visitor's language, by its English."""
        with override(self.language):
            return gettext(message)

    def sentence(self, message: str, **told: str) -> re.Pattern[str]:
        """Return what a sentence in the visitor's language looks like; of what is not told, anything will do."""
        parts = re.split(r"%\((\w+)\)s", self.word(message))
        parts[1::2] = [_spaced(told[name]) if name in told else ".*" for name in parts[1::2]]
        parts[::2] = [_spaced(each) for each in parts[::2]]
        return re.compile("".join(parts))

    def accessible(self, widths: Iterable[int] = tuple(WINDOWS), colours: bool = True) -> None:
        """Fail on any breach of WCAG 2.2 AA or a page wider than its window, or a complaint.

        The colours, which are half of the work and the same at every width, the style sheet, and every row of a list
        are looked at in the first of the widths.
        """
        where, given = self.page.url, self.page.viewport_size
        assert not self.complaints, (where, self.complaints)
        assert self.page.get_attribute("html", "lang") == self.language, where
        self.page.evaluate(AXE)
        for number, width in enumerate(widths):
            self.page.set_viewport_size({"width": width, "height": WINDOWS[width]})
            found = self.page.evaluate(RUN_AXE, {"tags": TAGS, "whole": colours and number == 0})
            assert not found, (where, width, [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found])
            wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{where} is {wide} px wider than a window of {width}"
        assert given is not None
        self.page.set_viewport_size(given)
        # axe itself tries inline styles, which the policy refuses
        self.complaints.clear()


def _is_complaint(said: ConsoleMessage) -> bool:
    # whoever writes on takes back the question htmx had asked, and it says so as an error; so does a page that refuses
    # what was typed, on purpose
    meant = said.text.startswith(("htmx:sendAbort", "htmx:afterRequest")) or "status of 422" in said.text
    return said.type == "error" and not meant


def _spaced(text: str) -> str:
    """Return a text as a pattern in which any space, also a hard one, will do."""
    return re.sub(r"(\\?\s)+", r"\\s+", re.escape(text))


@contextmanager
def visits(browser: Browser, address: str, known: dict[tuple[str, str, str], Any]) -> Iterator[Visit]:
    """Let people sign in once each; whoever is ``known`` comes back with the same session."""
    contexts: list[Any] = []

    def visiting(
        code: str, municipality: str = "lillkoping", width: int = 1366, language: str = "sv", theme: str = "light"
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": WINDOWS[width]},
            locale=language,
            color_scheme=theme,  # type: ignore[arg-type]
            storage_state=known.get((address, municipality, code)),
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        # nobody: a stranger who has not signed in
        if code and (address, municipality, code) not in known:
            page.goto(f"{address}/{municipality}/sign-in/")
            page.fill("[name=name]", code)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit], main form button")
            page.wait_for_url(lambda url: "sign-in" not in url)
            known[address, municipality, code] = context.storage_state()
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        complaints.clear()
        return Visitor(page, address, language, complaints)

    yield visiting
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def known() -> dict[tuple[str, str, str], Any]:
    """Remember who has signed in where."""
    return {}


@pytest.fixture
def visit(browser: Browser, address: str, known: dict[tuple[str, str, str], Any]) -> Iterator[Visit]:
    """Sign somebody in: ``visit("controller", width=360, language="da")``."""
    with visits(browser, address, known) as visiting:
        yield visiting


@pytest.fixture
def visit_alone(browser: Browser, built: Path, tmp_path: Path) -> Iterator[Visit]:
    """Sign somebody in to a demo of the test's own, where a month can be approved."""
    with served(built, tmp_path / "data") as address, visits(browser, address, {}) as visiting:
        yield visiting
