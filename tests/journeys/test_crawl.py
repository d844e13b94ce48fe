"""Every page a role can reach, in three languages, at two widths: no breach of WCAG 2.2 AA, nothing too wide."""

from urllib.parse import urlparse

import pytest

from tests.journeys.conftest import Visit

START = {
    "head-teacher": [
        "/lillkoping/what-we-pay/", "/lillkoping/what-we-pay/LUNDA/2026-02/", "/lillkoping/systems/",
        "/lillkoping/equipment/", "/lillkoping/equipment/returns/?unit=LUNDA", "/lillkoping/spending/",
        "/lillkoping/who-answers/time/",
    ],
    "controller": [
        "/lillkoping/", "/lillkoping/months/", "/lillkoping/months/2026-02/", "/lillkoping/months/2026-03/",
        "/lillkoping/books/", "/lillkoping/books/load/", "/lillkoping/model/", "/lillkoping/model/classification/",
        "/lillkoping/model/1/", "/lillkoping/model/1/services/", "/lillkoping/model/1/draft/", "/lillkoping/model/new/",
        "/lillkoping/systems/", "/lillkoping/systems/001/", "/lillkoping/systems/001/change/",
        "/lillkoping/systems/ask/", "/lillkoping/systems/ask/new/", "/lillkoping/systems/catalogue/",
        "/lillkoping/equipment/", "/lillkoping/contracts/",
        "/lillkoping/contracts/A0001/change/", "/lillkoping/buy/?text=datorer", "/lillkoping/who-answers/",
        "/lillkoping/who-answers/hand-over/system-owner/", "/lillkoping/contracts/load/",
        "/lillkoping/overlap/", "/lillkoping/overlap/does/001/", "/lillkoping/overlap/sets/P002/",
        "/lillkoping/integrations/", "/lillkoping/data/", "/lillkoping/standards/", "/lillkoping/fields/",
        "/lillkoping/documents/processing/",
        "/lillkoping/services/", "/lillkoping/services/KONTO/", "/lillkoping/who-answers/superusers/",
        "/lillkoping/who-answers/administrations/", "/lillkoping/groups/O001/", "/lillkoping/access/034/",
        "/lillkoping/indicators/", "/lillkoping/indicators/N001/", "/lillkoping/indicators/N001/change/",
        "/lillkoping/sites/", "/lillkoping/funding/new/",
        "/lillkoping/spending/2025/", "/lillkoping/systems/034/", "/lillkoping/spending/systems/034/",
    ],
    "system-owner": ["/lillkoping/", "/lillkoping/mine/", "/lillkoping/overlap/matrix/"],
    "administrator": [
        "/lillkoping/organisation/", "/lillkoping/organisation/load/", "/lillkoping/history/",
        "/lillkoping/who-answers/roles/", "/lillkoping/identities/",
    ],
    "auditor": ["/lillkoping/history/", "/lillkoping/months/2026-02/", "/lillkoping/model/1/flows/"],
}  # fmt: skip


# one language at both widths and with its colours, which are the same in all; those of a narrow page where a role
# starts. What another language adds is its words, which are looked at where they have least or most room
WIDTHS = {"sv": (1366, 360), "da": (360,), "en": (1366,)}


@pytest.mark.journey
@pytest.mark.parametrize("language", list(WIDTHS))
@pytest.mark.parametrize("role", list(START))
def test_every_page_is_accessible(visit: Visit, role: str, language: str) -> None:
    somebody = visit(role, language=language)
    # where a role starts, then one page of each kind that those lead to
    seen, waiting = {pattern(path) for path in START[role]}, list(START[role])
    for path in waiting:
        page = somebody.open(path)
        colours = language == "sv" or (language == "da" and path in START[role])
        somebody.accessible(WIDTHS[language], colours=colours)
        # in the languages beside the first the controller follows every link, the others look at their own pages
        if path not in START[role] or (role != "controller" and language != "sv"):
            continue
        links = page.locator("main a[href^='/']")
        for href in links.evaluate_all("links => links.map(each => each.getAttribute('href'))"):
            if pattern(href) not in {"", *seen}:
                seen.add(pattern(href))
                waiting.append(href)


def pattern(href: str) -> str:
    """Return the shape of an address, so that one page of each kind is visited; files are not pages."""
    parts = urlparse(href).path.strip("/").split("/")
    if "." in parts[-1] or parts[0] != "lillkoping":
        return ""
    return "/".join(part if part.replace("-", "").isalpha() and part.islower() else "*" for part in parts)


@pytest.mark.journey
def test_pages_are_as_accessible_in_the_dark(visit: Visit) -> None:
    for role, paths in START.items():
        somebody = visit(role, theme="dark")
        for path in paths[:2]:
            somebody.open(path)
            somebody.accessible()
