"""Change what is known of systems: the only verbs that write it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from itertools import count
from typing import Any

from samsyn.core.problems import Problem, has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import Journal, operation
from samsyn.intake import operations as intake
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import unit_names
from samsyn.systems import engine, imports, queries
from samsyn.systems.choices import MAY_BE_UNKNOWN, QUESTIONS
from samsyn.systems.models import ItSystem, ItSystemUsage, UsedBy
from samsyn.systems.queries import DATES, OWN, answers, users_of

Names = Mapping[str, str]


def add_system(*, municipality: Any, told: Mapping[str, Any], by: Any, at: datetime) -> ItSystemUsage:
    """Add a system this municipality uses; what is not told is asked for later.

    ``told``: ``name`` and any of the other questions, ``code`` (the local number; made where none is told),
    ``unknown`` (questions answered *not known*) and the days of its life. Refuses ``name_missing``, ``code_taken``,
    ``unit_unknown`` and ``stages_out_of_order``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        return _add(journal, municipality, [told], unit_names())[0]


def change_system(*, usage: ItSystemUsage, told: Mapping[str, Any], known: int, by: Any, at: datetime) -> ItSystemUsage:
    """Change what is known of a system; what is not in ``told`` stays.

    ``known`` is the version that was read; refuses ``stale_version`` when somebody has changed it meanwhile, and
    what `add_system` refuses.
    """
    with operation(log=usage.municipality.key, by=by, at=at) as journal:
        usage = ItSystemUsage.objects.select_for_update(of=("self",)).select_related("system").get(pk=usage.pk)
        if usage.version != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        _change(journal, usage, told, unit_names())
    return usage


def load_systems(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False
) -> Loaded:
    """Load a register of systems: new ones are added, known ones (by number, else by name) get what the file knows.

    An empty cell takes nothing away. What finds no place is kept with its system as received. ``status``: committed,
    duplicate (nothing new in it), refused (nothing loaded) or dry-run.
    """
    plan = imports.plan(file, queries.known_systems(), unit_names())
    plan.problems += _faults_of(plan)
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        names = unit_names()
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _add(journal, municipality, plan.new, names)
            found = ItSystemUsage.objects.select_related("system").in_bulk([key for key, _ in plan.changed])
            for key, told in plan.changed:
                _change(journal, found[key], told, names)
            told_of = {"name": name, "added": len(plan.new), "changed": len(plan.changed)}
            journal.record("load", "systems", raw.key, after=told_of)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def _faults_of(plan: imports.Plan) -> Iterator[Problem]:
    """Yield what an operation would refuse, with its line, so that a file says all of it at once."""
    for told in (*plan.new, *(told for _, told in plan.changed)):
        for first, then in engine.out_of_order({stage: told.get(name) for stage, name in DATES.items()}):
            message = N_("On line %(line)s the day of “%(found)s” lies before the day of “%(expected)s”.")
            yield Problem(plan.lines.get(told["name"], 0), 0, "error", "stages_out_of_order", then, first, message)


def _add(
    journal: Journal, municipality: Any, everything: Sequence[Mapping[str, Any]], names: Names
) -> list[ItSystemUsage]:
    """Write new systems side by side; one name is one system of the catalogue."""
    codes = _codes({_text(told, "code") for told in everything})
    keys = {_text(told, "name").casefold() for told in everything}
    known = {each.search_key: each for each in ItSystem.objects.filter(search_key__in=keys)}
    made: list[ItSystem] = []
    usages, users = [], []
    for told in everything:
        key = _text(told, "name").casefold()
        if key not in known:
            known[key] = ItSystem(municipality=municipality)
            _describe(known[key], told)
            made.append(known[key])
        usage = ItSystemUsage(municipality=municipality, code=_text(told, "code") or next(codes), system=known[key])
        units = _units(told.get("used_by", ()), names)
        _tell(usage, told, units)
        usages.append(usage)
        users += [UsedBy(municipality=municipality, usage=usage, unit_code=each) for each in units]
        journal.record("add", "system", usage.key, after={"code": usage.code, **_shown(usage, units, names)})
    ItSystem.objects.bulk_create(made, batch_size=500)
    ItSystemUsage.objects.bulk_create(usages, batch_size=500)
    UsedBy.objects.bulk_create(users, batch_size=500)
    return usages


def _change(journal: Journal, usage: ItSystemUsage, told: Mapping[str, Any], names: Names) -> None:
    held = users_of(usage)
    before, units = _shown(usage, held, names), _units(told.get("used_by", held), names)
    usage.version += 1
    if usage.system.usages.count() == 1:  # nobody else's words are changed
        _describe(usage.system, {"name": usage.name, **told})
        usage.system.save()
    _tell(usage, told, units)
    usage.save()
    usage.users.exclude(unit_code__in=units).delete()
    UsedBy.objects.bulk_create(
        UsedBy(municipality=usage.municipality, usage=usage, unit_code=each) for each in units if each not in held
    )
    after = _shown(usage, units, names)
    journal.record("change", "system", usage.key, before=before, after=after, version=usage.version)


def _codes(wanted: Set[str]) -> Iterator[str]:
    """Yield free numbers, from the highest made so far. Refuses ``code_taken`` for a wanted one that is not free."""
    held = set(ItSystemUsage.objects.values_list("code", flat=True))
    for code in sorted(wanted & held):
        raise Refusal("code_taken", N_("There is already a system with the number %(code)s."), code=code)
    made = [int(code[1:]) for code in held if code[:1] == "S" and code[1:].isascii() and code[1:].isdigit()]
    return (code for number in count(max(made, default=0) + 1) if (code := f"S{number:04d}") not in wanted)


def _units(codes: Iterable[str], names: Names) -> list[str]:
    for code in codes:
        if code not in names:
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=code)
    return sorted(set(codes))


def _text(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name) or "").strip()


def _describe(system: ItSystem, told: Mapping[str, Any]) -> None:
    name = _text(told, "name")
    if not name:
        raise Refusal("name_missing", N_("A system must have a name."))
    if system.name and system.name != name and system.name not in system.former_names:
        system.former_names = [*system.former_names, system.name]
    system.name, system.search_key = name, name.casefold()
    system.supplier = str(told.get("supplier", system.supplier) or "").strip()
    system.former_names = [each for each in told.get("former_names", system.former_names) if each != name]


def _tell(usage: ItSystemUsage, told: Mapping[str, Any], units: Sequence[str]) -> None:
    """Take over what was told, and what follows from it: what is missing, and how it is found and sorted."""
    for name in OWN:
        if name in told:
            setattr(usage, name, told[name])
    usage.name = _text(told, "name") or usage.name
    usage.unknown = [each for each in MAY_BE_UNKNOWN if each in told.get("unknown", usage.unknown)]
    for first, then in engine.out_of_order({stage: getattr(usage, name) for stage, name in DATES.items()}):
        message = N_("The day of “%(then)s” lies before the day of “%(first)s”.")
        raise Refusal("stages_out_of_order", message, first=first, then=then)
    usage.received = {**usage.received, **told.get("received", {})}
    usage.sort_key = sort_key(usage.name)
    known = engine.known(answers(usage, units), usage.unknown, QUESTIONS)
    usage.missing = ",".join(["", *known.missing, ""])
    words = [usage.name, usage.code, *usage.system.former_names, usage.system.supplier, usage.purpose]
    usage.search_key = " ".join(words).casefold()


def _shown(usage: ItSystemUsage, units: Sequence[str], names: Names) -> dict[str, Any]:
    """Return what the history keeps: plain values, days as text."""
    found = {**answers(usage, units), **{name: getattr(usage, name) for name in DATES.values()}}
    found["used_by"] = ", ".join(names.get(each, each) for each in found["used_by"])
    found["supplied_by"] = found.pop("supplier")  # what a rule calls supplier is another thing
    found["not_known"] = usage.unknown
    return {name: str(value) if isinstance(value, date) else value for name, value in found.items()}
