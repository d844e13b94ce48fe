"""Every page a role can reach, in three languages, at two widths: no breach of WCAG 2.2 AA, nothing too wide."""

from collections.abc import Callable
from urllib.parse import urlparse

import pytest

from tests.journeys.conftest import Visitor

START = {
    "head-teacher": ["/lillkoping/what-we-pay/", "/lillkoping/what-we-pay/LUNDA/2026-02/"],
    "controller": [
        "/lillkoping/", "/lillkoping/months/", "/lillkoping/months/2026-02/", "/lillkoping/months/2026-03/",
        "/lillkoping/books/", "/lillkoping/books/load/", "/lillkoping/model/", "/lillkoping/model/classification/",
    ],
    "administrator": ["/lillkoping/organisation/", "/lillkoping/organisation/load/", "/lillkoping/history/"],
    "auditor": ["/lillkoping/history/", "/lillkoping/months/2026-02/"],
}  # fmt: skip


@pytest.mark.journey
@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("role", list(START))
def test_every_page_is_accessible(visit: Callable[..., Visitor], role: str, width: int, language: str) -> None:
    somebody = visit(role, width=width, language=language)
    seen: set[str] = set()
    for path in START[role]:
        page = somebody.open(path)
        assert page.get_attribute("html", "lang") == language
        somebody.accessible()
        seen.add(path)
        for link in page.locator("main a[href^='/']").all()[:200]:
            target = urlparse(link.get_attribute("href") or "").path
            kind = pattern(target)
            if kind and kind not in {pattern(each) for each in seen} and len(seen) < 25:
                page2 = visit_in_place(somebody, target)
                if page2:
                    seen.add(target)
        page.goto(f"{somebody.base}{path}")


def visit_in_place(somebody: Visitor, target: str) -> bool:
    """Look at a page of a kind not seen before, in a page of its own, so that the links stay."""
    other = Visitor(somebody.page.context.new_page(), somebody.base, [])
    other.open(target)
    other.accessible()
    other.page.close()
    return True


def pattern(path: str) -> str:
    """Return the shape of an address, so that one page of each kind is visited; files are not pages."""
    parts = path.strip("/").split("/")
    if "." in parts[-1] or parts[0] != "lillkoping":
        return ""
    return "/".join(part if part.replace("-", "").isalpha() and part.islower() else "*" for part in parts)


@pytest.mark.journey
def test_pages_are_as_accessible_in_the_dark(visit: Callable[..., Visitor]) -> None:
    for role, paths in START.items():
        somebody = visit(role, theme="dark")
        for path in paths[:3]:
            somebody.open(path)
            somebody.accessible()
