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
        "/lillkoping/model/1/", "/lillkoping/model/1/services/", "/lillkoping/model/1/draft/",
    ],
    "administrator": ["/lillkoping/organisation/", "/lillkoping/organisation/load/", "/lillkoping/history/"],
    "auditor": ["/lillkoping/history/", "/lillkoping/months/2026-02/", "/lillkoping/model/1/flows/"],
}  # fmt: skip


# Swedish at both widths; Danish and English once each, so that every page is seen in all three
VIEWS = [("sv", 1366), ("sv", 360), ("da", 360), ("en", 1366)]
_found: dict[str, list[str]] = {}


@pytest.mark.journey
@pytest.mark.parametrize(("language", "width"), VIEWS)
@pytest.mark.parametrize("role", list(START))
def test_every_page_is_accessible(visit: Callable[..., Visitor], role: str, language: str, width: int) -> None:
    somebody = visit(role, width=width, language=language)
    for path in pages(somebody, role):
        page = somebody.open(path)
        assert page.get_attribute("html", "lang") == language
        somebody.accessible()


def pages(somebody: Visitor, role: str) -> list[str]:
    """Return the pages of a role: where it starts, and one page of each kind that those lead to."""
    if role not in _found:
        seen = {pattern(path): path for path in START[role]}
        for path in START[role]:
            page = somebody.open(path)
            for link in page.locator("main a[href^='/']").all()[:120]:
                href = link.get_attribute("href") or ""
                seen.setdefault(pattern(href), href)
        seen.pop("", None)
        _found[role] = list(seen.values())
    return _found[role]


def pattern(href: str) -> str:
    """Return the shape of an address, so that one page of each kind is visited; files are not pages."""
    parts = urlparse(href).path.strip("/").split("/")
    if "." in parts[-1] or parts[0] != "lillkoping":
        return ""
    return "/".join(part if part.replace("-", "").isalpha() and part.islower() else "*" for part in parts)


@pytest.mark.journey
def test_pages_are_as_accessible_in_the_dark(visit: Callable[..., Visitor]) -> None:
    for role, paths in START.items():
        somebody = visit(role, theme="dark")
        for path in paths[:2]:
            somebody.open(path)
            somebody.accessible()
