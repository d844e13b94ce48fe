"""Ask what the organisation looks like on a day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django_scopes import get_scope

from samsyn.history.queries import head
from samsyn.organisation.models import (
    CostCentre,
    Lineage,
    MandatoryPart,
    Municipality,
    OrgUnit,
    OrgUnitTerm,
    ReceivingCode,
    Site,
    StaffCount,
)

# days of contracts are reckoned without an event: no figure lags behind them for longer
KEPT_SECONDS = 600


def municipality_with_code(code: str) -> Municipality | None:
    """Return a municipality by the code in its addresses."""
    return Municipality.objects.filter(code=code).first()


def municipality_with_key(key: object) -> Municipality:
    """Return the municipality with a key that was stored."""
    return Municipality.objects.get(key=str(key))


def municipalities() -> list[Municipality]:
    """Return every municipality of the installation, by name."""
    return list(Municipality.objects.order_by("code"))


def valid(on: date | None, known_at: datetime | None = None) -> Q:
    """Return the filter for rows that held on a day, as known at a moment (default: now)."""
    known = Q(superseded_at=None)
    if known_at is not None:
        known = Q(recorded_at__lte=known_at) & (Q(superseded_at=None) | Q(superseded_at__gt=known_at))
    if on is None:
        return known
    return known & Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))


Change = tuple[str, str, str, date]


@dataclass(frozen=True)
class Node:
    """One unit of the tree on a day."""

    code: str
    key: str
    name: str
    kind: str
    parent: str | None
    sort_key: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Tree:
    """The organisation on one day; shared by all who ask, so never changed.

    ``lineage``: (from, to, kind, day) of every merger, split and move ever, oldest first. ``charged_on``: the
    responsibility codes of each unit, its cost centres and what it is charged on.
    """

    nodes: dict[str, Node]
    below: dict[str, list[str]] = field(default_factory=dict)
    lineage: Sequence[Change] = ()
    charged_on: dict[str, list[str]] = field(default_factory=dict)

    def path(self, code: str) -> list[Node]:
        """Return the nodes from the top down to this one."""
        path: list[Node] = []
        at: str | None = code
        while at and at in self.nodes and len(path) < 50:
            path.append(self.nodes[at])
            at = self.nodes[at].parent
        return path[::-1]

    def subtree(self, code: str) -> list[str]:
        """Return this code and all below it."""
        found, waiting = [], [code]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.below.get(at, []))
        return found

    def lineage_of(self, code: str) -> list[Change]:
        """Return every merger, split and move that touches a unit, oldest first."""
        return [change for change in self.lineage if code in change[:2]]

    def responsibilities(self, units: Iterable[str]) -> set[str]:
        """Return the responsibility codes of some units."""
        return {code for unit in units for code in self.charged_on.get(unit, ())}

    def administration_of(self, code: str) -> Node | None:
        """Return the administration a unit belongs to (the unit itself when it is one)."""
        return next((node for node in self.path(code) if node.kind == "administration"), None)


def tree(on: date, known_at: datetime | None = None) -> Tree:
    """Return the organisation on a day; it is read once and kept until the organisation changes."""
    return trees([on], known_at)[on]


def trees(days: Iterable[date], known_at: datetime | None = None) -> dict[date, Tree]:
    """Return the organisation on each of some days; whether it has changed is asked once for all of them."""
    municipality = get_scope()["municipality"]
    stamp = Municipality.objects.values_list("organisation_stamp", flat=True).get(pk=municipality.pk)
    return {on: _tree(municipality.key, stamp, on, known_at) for on in days}


def remembered(what: str, make: Callable[[], Any]) -> Any:
    """Return what ``make`` gave since the last event of the municipality, or make it anew.

    Whatever changes a thing writes an event in the same transaction, so what was counted at one head of the history
    still holds there. For figures over very many things; ``what`` names them with all they depend on, the day too.
    """
    key = get_scope()["municipality"].key
    kept = f"{what}:{key}:{head(key)}".replace(" ", "")
    found = cache.get(kept)
    if found is None:
        found = make()
        cache.set(kept, found, KEPT_SECONDS)
    return found


@lru_cache(maxsize=32)
def _tree(_municipality: UUID, _stamp: UUID, on: date, known_at: datetime | None) -> Tree:
    rows = OrgUnitTerm.objects.filter(valid(on, known_at)).values_list(
        "unit__code", "unit__key", "name", "kind", "parent__code", "sort_key", "valid_from", "valid_until"
    )
    nodes = {row[0]: Node(row[0], str(row[1]), *row[2:]) for row in rows}
    below: dict[str, list[str]] = {}
    for node in sorted(nodes.values(), key=lambda node: node.sort_key):
        if node.parent:
            below.setdefault(node.parent, []).append(node.code)
    changes = Lineage.objects.order_by("on_date", "pk")
    lineage = changes.values_list("from_unit__code", "to_unit__code", "kind", "on_date")
    return Tree(nodes, below, list(lineage), _charged_on(valid(on, known_at)))


def _charged_on(held: Q) -> dict[str, list[str]]:
    centres = CostCentre.objects.filter(held).order_by().values_list("unit__code", "code")
    charged = ReceivingCode.objects.filter(held).exclude(responsibility="").order_by()
    found: dict[str, list[str]] = {}
    for unit, code in centres.union(charged.values_list("unit__code", "responsibility")):
        found.setdefault(unit, []).append(code)
    return found


def top_unit(on: date) -> str:
    """Return the code of the topmost unit of the tree."""
    return next((node.code for node in tree(on).nodes.values() if not node.parent), "")


def unit_with_code(code: str) -> OrgUnit | None:
    """Return a unit's identity by code."""
    return OrgUnit.objects.filter(code=code).first()


def unit_names(on: date | None = None) -> dict[str, str]:
    """Return the latest known name of every unit that ever was."""
    rows = OrgUnitTerm.objects.filter(superseded_at=None).order_by("valid_from").values_list("unit__code", "name")
    return dict(rows)


def receiving_codes(unit_code: str, on: date) -> list[dict[str, Any]]:
    """Return the code strings a unit is charged on, with weights, on a day."""
    rows = ReceivingCode.objects.filter(valid(on), unit__code=unit_code).order_by("pk")
    names = ("label", "responsibility", "activity", "object", "counterparty", "weight")
    return [dict(row) for row in rows.values(*names)]


def cost_centres_of(unit_code: str, on: date) -> list[tuple[str, str]]:
    """Return (code, name) of a unit's cost centres on a day."""
    rows = CostCentre.objects.filter(valid(on), unit__code=unit_code).order_by("code")
    return list(rows.values_list("code", "name"))


def mandatory_parts(on: date) -> dict[str, list[str]]:
    """Return the code parts an entry of each kind must carry on a day."""
    found: dict[str, list[str]] = {}
    dated = Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))
    for kind, part in MandatoryPart.objects.filter(dated).order_by("part").values_list("entry_kind", "part"):
        found.setdefault(kind, []).append(part)
    return found


def sites(on: date) -> list[Site]:
    """Return the sites of a day in the order of their codes."""
    return list(Site.objects.filter(valid(on)).order_by("code"))


def units_at(on: date) -> dict[str, list[str]]:
    """Return the names of the units at each site on a day, by the site's code."""
    found: dict[str, list[str]] = {}
    rows = OrgUnitTerm.objects.filter(valid(on)).exclude(site_code="").order_by("sort_key")
    for site, name in rows.values_list("site_code", "name"):
        found.setdefault(site, []).append(name)
    return found


def staff_counts() -> dict[str, StaffCount]:
    """Return the newest count of the staff of each unit, by the unit's code."""
    rows = StaffCount.objects.select_related("unit").order_by("counted_on")
    return {each.unit.code: each for each in rows}


def everything() -> dict[str, Iterable[dict[str, Any]]]:
    """Return all current dated rows, as the organisation workbook holds them."""
    return {
        "Sites": _rows(
            Site.objects.filter(superseded_at=None), "code", "name", "address", "connection", "need", "wish",
            "obstacle",
        ),
        "Units": _rows(
            OrgUnitTerm.objects.filter(superseded_at=None),
            "unit__code", "name", "kind", "parent__code", "site_code",
        ),
        "CostCentres": _rows(CostCentre.objects.filter(superseded_at=None), "code", "name", "unit__code"),
        "ReceivingCodes": _rows(
            ReceivingCode.objects.filter(superseded_at=None),
            "unit__code", "label", "responsibility", "activity", "object", "counterparty", "weight",
        ),
        "CodeParts": _rows(MandatoryPart.objects.all(), "entry_kind", "part"),
        "Lineage": [
            dict(row)
            for row in Lineage.objects.order_by("on_date", "from_unit__code").values(
                "from_unit__code", "to_unit__code", "kind", "on_date"
            )
        ],
        "Staff": [
            dict(row)
            for row in StaffCount.objects.order_by("unit__code", "counted_on").values(
                "unit__code", "counted_on", "staff", "without_mail", "without_identity", "source"
            )
        ],
    }  # fmt: skip


def _rows(found: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(found.order_by(names[0], "valid_from").values(*names, "valid_from", "valid_until"))
