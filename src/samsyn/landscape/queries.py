"""Ask what surrounds each system: integrations, kinds of data and their registers, standards, local changes, fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samsyn.core.refusals import N_
from samsyn.landscape import engine, imports
from samsyn.landscape.choices import Claims, Stage
from samsyn.landscape.models import (
    Claim,
    Customisation,
    DataDomain,
    FieldNote,
    FieldStandard,
    Integration,
    Standard,
    StandsOn,
)
from samsyn.organisation.queries import Tree, tree
from samsyn.systems.queries import names_by_code, users_by_system, users_of
from samsyn.web.removal import Hanging

PAGE = 50
# what an integration itself holds
OWN = ("from_code", "from_name", "to_code", "to_name", "data", "both_ways", "often", "contract_code", "start_date",
       "end_date")  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One page of the list, and what the next page begins after ("" where there is none)."""

    integrations: list[Integration]
    after: str


def integrations(*, text: str = "", after: str = "", limit: int = PAGE) -> Listed:
    """Return one page of integrations in the order of the names of their two sides."""
    found = Integration.objects.order_by("sort_key", "code")
    for word in text.casefold().split():
        found = found.filter(search_key__contains=word)
    if after:
        name, _, code = after.rpartition("|")
        found = found.filter(Q(sort_key__gt=name) | Q(sort_key=name, code__gt=code))
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{last.sort_key}|{last.code}" if last else "")


def integration_with_code(code: str) -> Integration | None:
    """Return an integration by its number."""
    return Integration.objects.select_related("municipality").filter(code=code).first()


def known_integrations() -> dict[imports.Ends, dict[str, Any]]:
    """Return every integration by what it is known by, with what a file may say of it."""
    found = Integration.objects.order_by("pk")
    rows = [{**{name: getattr(each, name) for name in OWN}, "pk": each.pk, "received": each.received} for each in found]
    return {imports.ends(row): row for row in rows}


def running(on: date) -> list[Integration]:
    """Return the integrations that run on a day."""
    begun, lasts = Q(start_date=None) | Q(start_date__lte=on), Q(end_date=None) | Q(end_date__gte=on)
    return list(Integration.objects.filter(begun, lasts).order_by("sort_key", "code"))


def about_system(code: str) -> list[Integration]:
    """Return the integrations a system is one side of."""
    found = Integration.objects.filter(Q(from_code=code) | Q(to_code=code))
    return list(found.order_by("sort_key", "code"))


def links(found: Iterable[Integration]) -> list[tuple[str, str]]:
    """Return integrations as links between names, both ways where they go so."""
    pairs: list[tuple[str, str]] = []
    for each in found:
        if each.from_name and each.to_name and each.from_name != each.to_name:
            pairs.append((each.from_name, each.to_name))
            if each.both_ways:
                pairs.append((each.to_name, each.from_name))
    return pairs


@dataclass(frozen=True)
class Domain:
    """A kind of data with how its registers stand: who claims to be the right one, who copies."""

    domain: DataDomain
    sources: engine.Sources
    copies: tuple[str, ...]


def domains() -> list[Domain]:
    """Return every kind of data, those whose registers compete first."""
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.order_by("system_code"):
        claims.setdefault(claim.domain_id, []).append(claim)
    found = [_domain(each, claims.get(each.pk, [])) for each in DataDomain.objects.order_by("sort_key", "code")]
    return sorted(found, key=lambda each: each.sources.order != "competing")


def domain_with_code(code: str) -> Domain | None:
    """Return a kind of data by its number."""
    found = DataDomain.objects.select_related("municipality").filter(code=code).first()
    return _domain(found, list(found.claims.order_by("system_code"))) if found else None


def data_domain(code: str) -> DataDomain | None:
    """Return a kind of data alone by its number."""
    return DataDomain.objects.select_related("municipality").filter(code=code).first()


def _domain(domain: DataDomain, claims: Iterable[Claim]) -> Domain:
    claims = list(claims)
    claiming = [each.system_code for each in claims if each.claims == Claims.SOURCE]
    copies = tuple(each.system_code for each in claims if each.claims == Claims.COPY)
    return Domain(domain, engine.sources(claiming, domain.decided_code), copies)


def claims_of_system(code: str) -> list[Domain]:
    """Return the kinds of data a system claims something about."""
    claims = Claim.objects.filter(domain__claims__system_code=code).select_related("domain")
    found: dict[DataDomain, list[Claim]] = {}
    for each in claims.order_by("domain__sort_key", "domain__code", "system_code"):
        found.setdefault(each.domain, []).append(each)
    return [_domain(domain, each) for domain, each in found.items()]


@dataclass(frozen=True)
class Stands:
    """A system on a standard, and how it stands to it on a day (see `engine.due`)."""

    row: StandsOn
    due: engine.Due


def standards() -> list[Standard]:
    """Return every technical standard with who stands on it."""
    return list(Standard.objects.prefetch_related("systems").order_by("sort_key", "code"))


def to_follow(text: str) -> tuple[list[Standard], int]:
    """Return the technical standards that some words name, and how many there are: what is bought follows them."""
    words, every = text.casefold().split(), list(Standard.objects.order_by("sort_key", "code"))
    found = [each for each in every if any(len(word) > 2 and word in each.name.casefold() for word in words)]
    return found, len(every)


def to_leave() -> list[Standard]:
    """Return the technical standards that are on hold or to be left."""
    return [each for each in standards() if each.stage in (Stage.HOLD, Stage.RETIRE)]


def standard_with_code(code: str) -> Standard | None:
    """Return a technical standard by its number."""
    return Standard.objects.select_related("municipality").prefetch_related("systems").filter(code=code).first()


def standing(standard: Standard, on: date) -> list[Stands]:
    """Return who stands on a standard, and how on a day."""
    return [
        Stands(row, engine.due(standard.stage, standard.until_date, row.until_date, bool(row.reason), on))
        for row in sorted(standard.systems.all(), key=lambda each: each.system_code)
    ]


def standards_of_system(code: str, on: date) -> list[Stands]:
    """Return the standards a system stands on, and how on a day."""
    rows = StandsOn.objects.filter(system_code=code).select_related("standard").order_by("standard__sort_key")
    return [
        Stands(row, engine.due(row.standard.stage, row.standard.until_date, row.until_date, bool(row.reason), on))
        for row in rows
    ]


def customisations_of(code: str) -> list[Customisation]:
    """Return what was changed in a system for this municipality alone, what still stands first."""
    found = Customisation.objects.filter(system_code=code)
    return sorted(found, key=lambda each: (each.ended_date is not None, each.pk))


def customisation_with_key(key: object) -> Customisation | None:
    """Return a local change by its key."""
    return Customisation.objects.select_related("municipality").filter(key=str(key)).first()


@dataclass(frozen=True)
class Field:
    """A field of a system with how it is filled on a day, and the note that holds of each unit that is there.

    ``units``: the name of each unit that has a note or is to be asked.
    """

    field: FieldStandard
    variance: engine.Variance
    notes: dict[str, FieldNote]
    units: dict[str, str]

    @property
    def differs(self) -> bool:
        """Tell whether some unit fills it in another way than agreed."""
        return bool(self.variance.ways)


def fields(on: date) -> list[Field]:
    """Return the fields of all systems, those that are filled in different ways first."""
    return _fields(FieldStandard.objects.all(), users_by_system(), on)


def fields_of_system(usage: Any, on: date) -> list[Field]:
    """Return the fields of one system, those that are filled in different ways first."""
    return _fields(FieldStandard.objects.filter(system_code=usage.code), {usage.code: users_of(usage)}, on)


def field_with_code(code: str, on: date) -> Field | None:
    """Return a field by its number, with how it is filled on a day."""
    found = FieldStandard.objects.select_related("municipality").filter(code=code)
    return next(iter(_fields(found, users_by_system(), on)), None)


def field_standard(code: str) -> FieldStandard | None:
    """Return a field alone by its number."""
    return FieldStandard.objects.select_related("municipality").filter(code=code).first()


def _fields(found: QuerySet[FieldStandard], users: Mapping[str, list[str]], on: date) -> list[Field]:
    rows = list(found.prefetch_related("notes").order_by("sort_key", "code"))
    nodes = tree(on) if rows else Tree({})
    shown = [_field(each, users.get(each.system_code, ()), nodes) for each in rows]
    return sorted(shown, key=lambda each: not each.differs)


def _field(field: FieldStandard, users: Iterable[str], nodes: Tree) -> Field:
    # what is no longer a unit fills nothing; what was said of it stays in the history
    kept = {each.pk: each for each in field.notes.all() if each.unit_code in nodes.nodes}
    notes = [engine.Note(each.unit_code, each.practice, each.way, each.seen_date, pk) for pk, each in kept.items()]
    found = engine.variance(notes, _fillers(users, nodes), nodes.below, field.changed_date)
    held = {unit: kept[note.number] for unit, note in engine.latest(notes).items()}
    return Field(field, found, held, {code: nodes.nodes[code].name for code in (*held, *found.unasked)})


def _fillers(users: Iterable[str], nodes: Tree) -> list[str]:
    """Return the administrations and units that use a system; those below another are asked as a part of it."""
    found = [each for user in users for each in _parts(user, nodes)]
    above = {each: {node.code for node in nodes.path(each)[:-1]} for each in found}
    return [each for each in dict.fromkeys(found) if not above[each] & set(found)]


def _parts(user: str, nodes: Tree) -> list[str]:
    if user not in nodes.nodes:
        return []
    if nodes.nodes[user].kind in ("administration", "unit"):
        return [user]
    return [part for each in nodes.below.get(user, ()) for part in _parts(each, nodes)]


def units_that_fill(system: str, on: date) -> dict[str, str]:
    """Return the name of every unit that may fill a field of a system, by its code: those that use it and all below.

    Where nobody has said who uses it, every unit may.
    """
    nodes = tree(on)
    top = [each.code for each in nodes.nodes.values() if not each.parent]
    starts = _fillers(users_by_system().get(system) or top, nodes)
    return {code: nodes.nodes[code].name for start in starts for code in nodes.subtree(start)}


def hanging_on_system(usage: Any) -> list[Hanging]:
    """Return what surrounds a system and hangs on it: integrations, claims, standards, local changes, fields."""
    fields_on = FieldStandard.objects.filter(system_code=usage.code).order_by("sort_key", "code")
    claims = DataDomain.objects.filter(claims__system_code=usage.code).order_by("sort_key", "code")
    standing = Standard.objects.filter(systems__system_code=usage.code).order_by("sort_key", "code")
    return [
        *(Hanging(N_("integration"), str(each), "integration", (each.code,)) for each in about_system(usage.code)),
        *(Hanging(N_("kind of data"), each.name, "domain", (each.code,)) for each in claims),
        *(Hanging(N_("technical standard"), each.name, "standard", (each.code,)) for each in standing),
        *(Hanging(N_("change made for us alone"), each.what, "customisation", (usage.code, str(each.key)))
          for each in customisations_of(usage.code)),
        *(Hanging(N_("field"), each.name, "field", (each.code,)) for each in fields_on),
    ]  # fmt: skip


def hanging_on_contract(contract: Any) -> list[Hanging]:
    """Return the integrations that run under a contract."""
    found = Integration.objects.filter(contract_code=contract.code).order_by("sort_key", "code")
    return [Hanging(N_("integration"), str(each), "integration", (each.code,)) for each in found]


def hanging_on_standard(standard: Standard) -> list[Hanging]:
    """Return the systems that stand on a standard."""
    names = names_by_code()
    codes = standard.systems.order_by("system_code").values_list("system_code", flat=True)
    return [Hanging(N_("system"), names.get(code, code), "system", (code,)) for code in codes]
