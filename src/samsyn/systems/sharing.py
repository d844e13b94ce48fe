"""Say which description a use of a system goes by: one that all municipalities share, or one of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.systems.choices import OF_SYSTEM
from samsyn.systems.imports import Plan
from samsyn.systems.models import ItSystem


def standing(names: Iterable[str]) -> dict[str, ItSystem]:
    """Return the description that a system of each name goes by, by the name in small letters: ours, else shared."""
    keys = {name.casefold() for name in names}
    shared = {each.search_key: each for each in ItSystem.shared.filter(search_key__in=keys)}
    return {**shared, **{each.search_key: each for each in ItSystem.objects.filter(search_key__in=keys)}}


def facts(system: ItSystem) -> dict[str, Any]:
    """Return what is said of a system itself."""
    return {name: getattr(system, name) for name in OF_SYSTEM}


def shared() -> list[dict[str, Any]]:
    """Return every shared description as `imports.plan` holds a file against it."""
    return [
        {**facts(each), "pk": each.pk, "code": str(each.key), "name": each.name, "received": {}}
        for each in ItSystem.shared.order_by("pk")
    ]


def written(plan: Plan) -> dict[str, ItSystem]:
    """Return the shared descriptions that a plan adds or changes, by name in small letters; new ones are saved."""
    new = [described(None, told, None, alone=False) for told in plan.new]
    ItSystem.shared.bulk_create(new, batch_size=500)
    standing = ItSystem.shared.in_bulk([pk for pk, _ in plan.changed])
    changed = [described(standing[pk], told, None, alone=True) for pk, told in plan.changed]
    return {each.search_key: each for each in (*new, *changed)}


def says_more(own: ItSystem, there: ItSystem) -> bool:
    """Tell whether a description of our own says something that a shared one does not."""
    if own.supplier and own.supplier.casefold() != there.supplier.casefold():
        return True
    return any(not set(getattr(own, name)) <= set(getattr(there, name)) for name in OF_SYSTEM if name != "supplier")


def described(
    system: ItSystem | None, told: Mapping[str, Any], municipality: Any, *, alone: bool
) -> ItSystem:  # fmt: skip
    """Return the description that says what was told: the standing one, changed where it is ours ``alone``.

    Nobody else's words are changed: where others go by it too, what differs becomes a description of our own. The name
    is local: only a description that is ours alone is renamed, and remembers what it was called. Refuses
    ``name_missing``. Nothing is saved.
    """
    name = str(told.get("name") or "").strip()
    if not name:
        raise Refusal("name_missing", N_("A system must have a name."))
    before = facts(system) if system else {}
    wanted = {**before, **{each: _tidy(told[each]) for each in OF_SYSTEM if each in told}}
    if system and not alone:
        wanted["former_names"] = [each for each in wanted["former_names"] if each != system.name]
        if all(_same(wanted[each], before[each]) for each in OF_SYSTEM):
            return system
    mine = system if system and alone else ItSystem(municipality=municipality)
    former = wanted.get("former_names", [])
    if mine.name and mine.name != name:
        former = list(dict.fromkeys([*former, mine.name]))
    for each, value in {**wanted, "former_names": [said for said in former if said != name]}.items():
        setattr(mine, each, value)
    mine.name, mine.search_key = name, name.casefold()
    return mine


def _tidy(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else str(value or "").strip()


def _same(one: Any, other: Any) -> bool:
    return set(one) == set(other) if isinstance(one, list) else bool(one == other)
