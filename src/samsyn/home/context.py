"""Give every page its navigation, by what the person may see."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.core.refusals import N_

# (words, address name, right, the first part of the addresses below it)
_ITEMS = [
    (N_("What we pay"), "what-we-pay", "see_statement", "what-we-pay"),
    (N_("Months"), "months", "see_books", "months"),
    (N_("Books"), "books", "see_books", "books"),
    (N_("Cost model"), "model", "see_model", "model"),
    (N_("Overview"), "overview", "see_systems", "overview"),
    (N_("Organisation"), "organisation", "see_organisation", "organisation"),
    (N_("History"), "history", "see_history", "history"),
]
# for those who do not work with the money: where to buy stands at the top
_BUY = (N_("I am going to buy …"), "buy", "see_contracts", "buy")
# the rooms of the overview, in a row of their own, each with the pages that belong to it
_ROOMS: list[list[tuple[str, str, str, str]]] = [
    [
        (N_("Systems"), "systems", "see_systems", "systems"),
        (N_("Groups"), "maintenance-objects", "see_systems", "groups"),
        (N_("Integrations"), "integrations", "see_systems", "integrations"),
        (N_("Data"), "domains", "see_systems", "data"),
        (N_("Standards"), "standards", "see_systems", "standards"),
        (N_("Fields"), "fields", "see_systems", "fields"),
        (N_("Overlap"), "overlap", "see_systems", "overlap"),
        (N_("Who may do what"), "access-reviews", "see_systems", "access"),
    ],
    [
        (N_("Contracts"), "contracts", "see_contracts", "contracts"),
        (N_("I am going to buy …"), "buy", "see_contracts", "buy"),
        (N_("Purchases"), "spending", "see_statement", "spending"),
    ],
    [
        (N_("Equipment"), "equipment", "see_equipment", "equipment"),
        (N_("Sites"), "sites", "see_systems", "sites"),
        (N_("Identities"), "identities", "see_systems", "identities"),
        (N_("Money from outside"), "funding", "see_systems", "funding"),
    ],
    [
        (N_("Who answers"), "radar", "see_systems", "who-answers"),
        (N_("Administrations"), "administrations", "see_systems", "who-answers/administrations"),
        (N_("Superusers"), "superusers", "see_systems", "who-answers/superusers"),
        (N_("Time"), "loads", "see_load", "who-answers/time"),
        (N_("Services"), "services", "see_systems", "services"),
        (N_("Indicators"), "indicators", "see_systems", "indicators"),
        (N_("Roles"), "roles", "see_systems", "who-answers/roles"),
    ],
    [(N_("Documents"), "documents", "see_systems", "documents")],
]
_OVERVIEW = {"overview", *(first.split("/")[0] for room in _ROOMS for _, _, _, first in room)}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation items and the municipality of the page."""
    municipality = getattr(request, "municipality", None)
    access = getattr(request, "access", None)
    if municipality is None or access is None:
        return {"nav": [], "municipality": municipality}
    parts = request.path.strip("/").split("/")[1:]
    here, deeper = parts[0] if parts else "", "/".join(parts[:2])
    given = [*_ITEMS] if access.may("see_books") else [*_ITEMS, _BUY]
    at = here if any(here == first for *_more, first in given) else "overview" if here in _OVERVIEW else here
    pages = [first for room in _ROOMS for _, _, _, first in room]
    page = deeper if deeper in pages else here

    def items(given: Any, current: str) -> list[tuple[str, str, bool]]:
        return [
            (_(label), reverse(name, args=[municipality.code]), current == first)
            for label, name, right, first in given
            if access.scopes(right)
        ]

    room = next((room for room in _ROOMS if any(first == page for *_more, first in room)), [])
    return {
        "nav": items(given, at), "municipality": municipality, "access": access,
        "rooms": [
            (*found[0][:2], each is room) for each in _ROOMS if (found := items(each, page))
        ] if here in _OVERVIEW else [],
        "pages": items(room, page) if len(room) > 1 else [],
    }  # fmt: skip
