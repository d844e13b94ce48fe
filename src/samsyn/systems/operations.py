"""Change what is known of systems: the only verbs that write it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.history.operations import operation
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import unit_names
from samsyn.systems import engine
from samsyn.systems.choices import MAY_BE_UNKNOWN, QUESTIONS
from samsyn.systems.models import ItSystem, ItSystemUsage, UsedBy
from samsyn.systems.queries import DATES, answers

__all__ = ["add_system", "change_system"]

OWN = ("purpose", "owner_name", "contract_end_date", "yearly_cost_ore", "personal_data", *DATES.values())


def add_system(*, municipality: Any, told: Mapping[str, Any], by: Any, at: datetime) -> ItSystemUsage:
    """Add a system this municipality uses; what is not told is asked for later.

    ``told``: ``name`` and any of the other questions, ``code`` (the local number; made where none is told),
    ``unknown`` (questions answered *not known*) and the days of its life. Refuses ``name_missing``, ``code_taken``,
    ``unit_unknown`` and ``stages_out_of_order``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        code = str(told.get("code") or "").strip() or _next_code()
        if ItSystemUsage.objects.filter(code=code).exists():
            raise Refusal("code_taken", N_("There is already a system with the number %(code)s."), code=code)
        usage = ItSystemUsage(municipality=municipality, code=code, system=_system(municipality, told))
        _tell(usage, told)
        journal.record("add", "system", usage.key, after={"code": code, **_shown(usage)})
    return usage


def change_system(*, usage: ItSystemUsage, told: Mapping[str, Any], known: int, by: Any, at: datetime) -> ItSystemUsage:
    """Change what is known of a system; what is not in ``told`` stays.

    ``known`` is the version that was read; refuses ``stale_version`` when somebody has changed it meanwhile, and
    what `add_system` refuses.
    """
    with operation(log=usage.municipality.key, by=by, at=at) as journal:
        usage = ItSystemUsage.objects.select_for_update().select_related("system").get(pk=usage.pk)
        if usage.version != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        before = _shown(usage)
        usage.version += 1
        if usage.system.usages.count() == 1:  # nobody else's words are changed
            _describe(usage.system, {"name": usage.name, **told})
        _tell(usage, told)
        journal.record(
            "change", "system", usage.key, before=before, after=_shown(usage), version=usage.version
        )  # fmt: skip
    return usage


def _next_code() -> str:
    numbers = [int(code[1:]) for code in ItSystemUsage.objects.values_list("code", flat=True) if _is_made(code)]
    return f"S{max(numbers, default=0) + 1:04d}"


def _is_made(code: str) -> bool:
    return code[:1] == "S" and code[1:].isascii() and code[1:].isdigit()


def _system(municipality: Any, told: Mapping[str, Any]) -> ItSystem:
    """Return the catalogue's system of this name, or a new one."""
    key = str(told.get("name") or "").strip().casefold()
    found = ItSystem.objects.filter(search_key=key).first()
    if found is None:
        found = ItSystem(municipality=municipality)
        _describe(found, told)
    return found


def _describe(system: ItSystem, told: Mapping[str, Any]) -> None:
    name = str(told["name"] or "").strip()
    if not name:
        raise Refusal("name_missing", N_("A system must have a name."))
    if system.name and system.name != name and system.name not in system.former_names:
        system.former_names = [*system.former_names, system.name]
    system.name, system.search_key = name, name.casefold()
    system.supplier = str(told.get("supplier", system.supplier) or "").strip()
    system.former_names = [each for each in told.get("former_names", system.former_names) if each != name]
    system.save()


def _tell(usage: ItSystemUsage, told: Mapping[str, Any]) -> None:
    """Write what was told, and what follows from it: what is missing, and how it is found and sorted."""
    for name in OWN:
        if name in told:
            setattr(usage, name, told[name])
    usage.name = str(told.get("name", usage.name) or "").strip()
    usage.unknown = [each for each in MAY_BE_UNKNOWN if each in told.get("unknown", usage.unknown)]
    dates: dict[str, date | None] = {stage: getattr(usage, name) for stage, name in DATES.items()}
    for first, then in engine.out_of_order(dates):
        message = N_("The day of “%(then)s” lies before the day of “%(first)s”.")
        raise Refusal("stages_out_of_order", message, first=first, then=then)
    usage.sort_key = sort_key(usage.name)
    usage.save()
    if "used_by" in told:
        _set_users(usage, told["used_by"])
    found = answers(usage)
    usage.missing = ",".join(["", *engine.known(found, usage.unknown, QUESTIONS).missing, ""])
    words = [usage.name, usage.code, *usage.system.former_names, usage.system.supplier, usage.purpose]
    usage.search_key = " ".join(words).casefold()
    usage.save()


def _set_users(usage: ItSystemUsage, units: list[str]) -> None:
    names = unit_names()
    for code in units:
        if code not in names:
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=code)
    usage.users.exclude(unit_code__in=units).delete()
    held = set(usage.users.values_list("unit_code", flat=True))
    new = [each for each in dict.fromkeys(units) if each not in held]
    UsedBy.objects.bulk_create(UsedBy(municipality=usage.municipality, usage=usage, unit_code=each) for each in new)


def _shown(usage: ItSystemUsage) -> dict[str, Any]:
    """Return what the history keeps: plain values, days as text."""
    names = unit_names()
    found = {**answers(usage), **{name: getattr(usage, name) for name in DATES.values()}}
    found["used_by"] = ", ".join(names.get(each, each) for each in found["used_by"])
    found["supplied_by"] = found.pop("supplier")  # what a rule calls supplier is another thing
    found["not_known"] = usage.unknown
    return {name: str(value) if isinstance(value, date) else value for name, value in found.items()}
