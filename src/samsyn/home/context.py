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
# the rooms of the overview, in a row of their own
_ROOMS = [
    (N_("Systems"), "systems", "see_systems", "systems"),
    (N_("Contracts"), "contracts", "see_contracts", "contracts"),
    (N_("Who answers"), "radar", "see_systems", "who-answers"),
    (N_("Integrations"), "integrations", "see_systems", "integrations"),
    (N_("Data"), "domains", "see_systems", "data"),
    (N_("Standards"), "standards", "see_systems", "standards"),
    (N_("Overlap"), "overlap", "see_systems", "overlap"),
    (N_("Documents"), "documents", "see_systems", "documents"),
    (N_("Equipment"), "equipment", "see_equipment", "equipment"),
    (N_("Purchases"), "spending", "see_statement", "spending"),
]
_OVERVIEW = {"overview", "buy", *(first for _, _, _, first in _ROOMS)}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation items and the municipality of the page."""
    municipality = getattr(request, "municipality", None)
    access = getattr(request, "access", None)
    if municipality is None or access is None:
        return {"nav": [], "municipality": municipality}
    parts = request.path.strip("/").split("/")
    here = parts[1] if len(parts) > 1 else ""
    at = "overview" if here in _OVERVIEW else here

    def items(given: Any, current: str) -> list[tuple[str, str, bool]]:
        return [
            (_(label), reverse(name, args=[municipality.code]), current == first)
            for label, name, right, first in given
            if access.scopes(right)
        ]

    rooms = items(_ROOMS, here) if at == "overview" else []
    return {"nav": items(_ITEMS, at), "rooms": rooms, "municipality": municipality, "access": access}
