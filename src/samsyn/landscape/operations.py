"""Write what surrounds systems: the only verbs that write it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import operation
from samsyn.intake import operations as intake
from samsyn.landscape import imports, queries
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
from samsyn.landscape.queries import OWN
from samsyn.organisation.operations import sort_key
from samsyn.systems.queries import names_by_code, system_codes
from samsyn.web.removal import refuse_hanging

STALE = N_("Somebody else has changed this since you opened it.")


def write_integration(
    *, municipality: Any, told: Mapping[str, Any], integration: Integration | None = None, known: int = 0, by: Any,
    at: datetime,
) -> Integration:  # fmt: skip
    """Add an integration, or change one; what is not in ``told`` stays.

    ``told``: any of `queries.OWN`; a side is a system's code or a name outside. Refuses ``stale_version``,
    ``side_missing``, ``same_side``, ``system_unknown``, ``ends_before_start`` and ``stands_twice``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = _shown(integration, OWN)
        found: Integration = _held(Integration, integration, municipality, known)
        _tell_integration(found, told, names_by_code())
        at_ends = imports.ends({name: getattr(found, name) for name in OWN})
        other = queries.known_integrations().get(at_ends)
        if other is not None and other["pk"] != found.pk:
            raise Refusal("stands_twice", N_("There is already such an integration. Say what other data this one is."))
        found.code = found.code or next(_codes(Integration, "I"))
        found.save()
        after = _shown(found, OWN)
        if integration is None:
            journal.record("add", "integration", found.key, after=after)
        else:
            journal.record("change", "integration", found.key, before=before, after=after, version=found.version)
    return found


def _tell_integration(found: Integration, told: Mapping[str, Any], names: Mapping[str, str]) -> None:
    for name in OWN:
        if name in told:
            setattr(found, name, told[name])
    for side in ("from", "to"):
        code = getattr(found, f"{side}_code")
        if code and code not in names:
            raise Refusal("system_unknown", N_("There is no system with the number %(code)s."), code=code)
        if code:
            setattr(found, f"{side}_name", names[code])
        if not getattr(found, f"{side}_name").strip():
            raise Refusal("side_missing", N_("Say from what and to what the data goes."))
    if (found.from_code or found.from_name) == (found.to_code or found.to_name):
        raise Refusal("same_side", N_("A system does not exchange data with itself."))
    if found.start_date and found.end_date and found.end_date < found.start_date:
        raise Refusal("ends_before_start", N_("The last day lies before the first."))
    _keys(found)


def _keys(found: Integration) -> None:
    found.received = found.received or {}
    found.sort_key = sort_key(f"{found.from_name} {found.to_name}")[:400]
    words = [found.code, found.from_name, found.to_name, found.data, found.contract_code]
    found.search_key = " ".join(words).casefold()


def load_integrations(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False
) -> Loaded:
    """Load a list of integrations: new ones are added, known ones (by both sides and data) get what the list knows.

    An empty cell takes nothing away. ``status``: committed, duplicate, refused (nothing loaded) or dry-run.
    """
    plan = imports.plan(file, queries.known_integrations(), system_codes(), names_by_code())
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _load(municipality, plan)
            told_of = {"name": name, "added": len(plan.new), "changed": len(plan.changed)}
            journal.record("load", "integrations", raw.key, after=told_of)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def _load(municipality: Any, plan: imports.Plan) -> None:
    codes = _codes(Integration, "I")
    made = []
    for told in plan.new:
        each = Integration(municipality=municipality, code=next(codes), **told)
        _keys(each)
        made.append(each)
    Integration.objects.bulk_create(made, batch_size=500)
    found = Integration.objects.in_bulk([key for key, _ in plan.changed])
    for key, told in plan.changed:
        for field, value in told.items():
            setattr(found[key], field, value)
        found[key].version += 1
        _keys(found[key])
    fields = [*OWN, "received", "search_key", "sort_key", "version"]
    Integration.objects.bulk_update(found.values(), fields, batch_size=500)


DOMAIN = ("name", "about", "decided_code", "decision", "decided_date")


def write_domain(
    *, municipality: Any, told: Mapping[str, Any], claims: Mapping[str, str], domain: DataDomain | None = None,
    known: int = 0, by: Any, at: datetime,
) -> DataDomain:  # fmt: skip
    """Add a kind of data, or change one. ``claims``: {system code: what it claims}, all of them.

    Refuses ``stale_version``, ``name_missing``, ``system_unknown`` and ``decision_missing``: that a register is the
    right one is decided by somebody, somewhere, on a day.
    """
    names = names_by_code()
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = {**_shown(domain, DOMAIN), "claims": _claims(domain, names)} if domain else {}
        found: DataDomain = _held(DataDomain, domain, municipality, known)
        _tell(found, told, DOMAIN)
        if unknown := sorted((set(claims) | {found.decided_code} - {""}) - set(names)):
            raise Refusal("system_unknown", N_("There is no system with the number %(code)s."), code=unknown[0])
        if found.decided_code and not (found.decision.strip() and found.decided_date):
            raise Refusal("decision_missing", N_("Say where and on which day it was decided."))
        found.code = found.code or next(_codes(DataDomain, "D"))
        found.sort_key = sort_key(found.name)
        found.save()
        found.claims.all().delete()
        Claim.objects.bulk_create(
            Claim(municipality=municipality, domain=found, system_code=code, claims=what)
            for code, what in sorted(claims.items())
        )
        after = {**_shown(found, DOMAIN), "claims": _claims(found, names)}
        if domain is None:
            journal.record("add", "data_domain", found.key, after=after)
        else:
            journal.record("change", "data_domain", found.key, before=before, after=after, version=found.version)
    return found


def _claims(domain: DataDomain, names: Mapping[str, str]) -> str:
    rows = domain.claims.order_by("system_code")
    return "; ".join(f"{names.get(each.system_code, each.system_code)} ({each.claims})" for each in rows)


STANDARD = ("name", "stage", "since_date", "until_date", "reason", "decision")


def write_standard(
    *, municipality: Any, told: Mapping[str, Any], systems: Sequence[Mapping[str, Any]],
    standard: Standard | None = None, known: int = 0, by: Any, at: datetime,
) -> Standard:  # fmt: skip
    """Add a technical standard, or change one. ``systems``: all that stand on it, each with ``code`` and, where it is
    an exception, ``reason``, ``decision`` and ``until_date``.

    Refuses ``stale_version``, ``name_missing``, ``system_unknown``, ``until_missing`` (what is on hold or to be left
    has a day) and ``decision_missing`` for an exception that nobody decided.
    """
    names = names_by_code()
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = {**_shown(standard, STANDARD), "systems": _standing(standard, names)} if standard else {}
        found: Standard = _held(Standard, standard, municipality, known)
        _tell(found, told, STANDARD)
        if found.stage in ("hold", "retire") and not found.until_date:
            raise Refusal("until_missing", N_("Say by which day it has to be left."))
        for each in systems:
            if each["code"] not in names:
                raise Refusal("system_unknown", N_("There is no system with the number %(code)s."), code=each["code"])
            if each.get("reason") and not each.get("decision"):
                raise Refusal("decision_missing", N_("Say where the exception was decided."))
        found.code = found.code or next(_codes(Standard, "T"))
        found.sort_key = sort_key(found.name)
        found.save()
        found.systems.all().delete()
        StandsOn.objects.bulk_create(
            StandsOn(municipality=municipality, standard=found, system_code=each["code"],
                     reason=each.get("reason", ""), decision=each.get("decision", ""),
                     until_date=each.get("until_date"))
            for each in systems
        )  # fmt: skip
        after = {**_shown(found, STANDARD), "systems": _standing(found, names)}
        if standard is None:
            journal.record("add", "standard", found.key, after=after)
        else:
            journal.record("change", "standard", found.key, before=before, after=after, version=found.version)
    return found


def _standing(standard: Standard, names: Mapping[str, str]) -> str:
    rows = standard.systems.order_by("system_code")
    called = ((names.get(each.system_code, each.system_code), each.reason) for each in rows)
    return "; ".join(f"{name} ({reason})" if reason else name for name, reason in called)


CUSTOM = ("what", "reason", "asked_by", "upgrade_cost_ore", "ended_date")


def write_customisation(
    *, municipality: Any, system_code: str, told: Mapping[str, Any], customisation: Customisation | None = None,
    known: int = 0, by: Any, at: datetime,
) -> Customisation:  # fmt: skip
    """Note what was changed in a system for this municipality alone, or that it is gone.

    Refuses ``stale_version``, ``what_missing`` and ``system_unknown``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = _shown(customisation, CUSTOM)
        found: Customisation = _held(Customisation, customisation, municipality, known)
        for name in CUSTOM:
            setattr(found, name, told.get(name, getattr(found, name)))
        if not found.what.strip():
            raise Refusal("what_missing", N_("Say what was changed."))
        found.system_code = system_code
        found.save()
        names = names_by_code()
        if system_code not in names:
            raise Refusal("system_unknown", N_("There is no system with the number %(code)s."), code=system_code)
        after = {"system": names[system_code], **_shown(found, CUSTOM)}
        if customisation is None:
            journal.record("add", "customisation", found.key, after=after)
        else:
            journal.record("change", "customisation", found.key, before=before, after=after, version=found.version)
    return found


FIELD = ("name", "meaning", "used_in", "decision", "decided_date")
AHEAD = N_("That day has not come yet.")


def write_field(
    *, municipality: Any, told: Mapping[str, Any], field: FieldStandard | None = None, known: int = 0, by: Any,
    at: datetime,
) -> FieldStandard:  # fmt: skip
    """Write how a field of a system is to be filled; without a decision that is only claimed.

    ``told``: any of `FIELD`, and ``system_code`` for a new one: a field stays in its system. Refuses
    ``stale_version``, ``name_missing``, ``meaning_missing``, ``system_unknown``, ``field_twice``, ``day_ahead`` and
    ``decision_missing``: what is decided was decided somewhere, on a day.
    """
    names, today = names_by_code(), local_day(at)
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = _shown(field, FIELD)
        found: FieldStandard = _held(FieldStandard, field, municipality, known)
        found.system_code = found.system_code or told["system_code"]
        _tell(found, told, FIELD)
        if found.system_code not in names:
            raise Refusal("system_unknown", N_("There is no system with the number %(code)s."), code=found.system_code)
        _refuse_field(found, today)
        if field and found.meaning != before["meaning"]:
            found.changed_date = today
        found.code = found.code or next(_codes(FieldStandard, "F"))
        found.sort_key = sort_key(found.name)
        found.save()
        after = _shown(found, FIELD)
        if field is None:
            journal.record("add", "field", found.key, after={"system": names[found.system_code], **after})
        else:
            journal.record("change", "field", found.key, before=before, after=after, version=found.version)
    return found


def _refuse_field(found: FieldStandard, today: date) -> None:
    if not found.meaning.strip():
        raise Refusal("meaning_missing", N_("Say what the field means and how it is filled."))
    if bool(found.decision.strip()) != bool(found.decided_date):
        raise Refusal("decision_missing", N_("Say where and on which day it was decided."))
    if found.decided_date and found.decided_date > today:
        raise Refusal("day_ahead", AHEAD)
    others = FieldStandard.objects.filter(system_code=found.system_code).exclude(pk=found.pk)
    if found.name.casefold() in {each.name.casefold() for each in others}:
        raise Refusal("field_twice", N_("The system has a field of that name already. Say which of them this one is."))


NOTE = ("practice", "way", "seen_date", "said_by")


def note_practice(*, field: FieldStandard, told: Mapping[str, Any], known: int, by: Any, at: datetime) -> FieldStandard:
    """Note how a unit fills a field, after what was noted of it before, and return the field.

    ``told``: ``unit_code`` and `NOTE`. ``known`` is the version of the field it was held against: refuses
    ``stale_version`` where that has changed, ``unit_unknown``, ``way_missing``, ``said_by_missing`` and ``day_ahead``.
    """
    today = local_day(at)
    units = queries.units_that_fill(field.system_code, today)
    with operation(log=field.municipality.key, by=by, at=at) as journal:
        # what the field is to mean stays as it is, and so does its version
        if FieldStandard.objects.select_for_update(of=("self",)).get(pk=field.pk).version != known:
            raise Refusal("stale_version", STALE)
        if told["unit_code"] not in units:
            raise Refusal("unit_unknown", N_("That unit does not use the system, as far as its page says."))
        if told["practice"] == "otherwise" and not told["way"].strip():
            raise Refusal("way_missing", N_("Say in which way they fill it."))
        if not told["said_by"].strip():
            raise Refusal("said_by_missing", N_("Say who said it, or who looked."))
        if told["seen_date"] > today:
            raise Refusal("day_ahead", AHEAD)
        way = told["way"].strip() if told["practice"] == "otherwise" else ""
        before = FieldNote.objects.filter(field=field, unit_code=told["unit_code"]).order_by("seen_date", "pk").last()
        note = FieldNote.objects.create(municipality=field.municipality, field=field, **{**told, "way": way})
        after = {"name": field.name, "unit": units[note.unit_code], **_shown(note, NOTE)}
        journal.record("note", "field", field.key, before=_shown(before, NOTE), after=after, version=known)
    return field


def remove_integration(*, found: Integration, known: int, by: Any, at: datetime) -> None:
    """Remove an integration that was listed by mistake; its history stays. Refuses ``stale_version``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        held = _held(Integration, found, found.municipality, known)
        journal.record("remove", "integration", held.key, before=_shown(held, OWN), version=held.version)
        held.delete()


def remove_domain(*, found: DataDomain, known: int, by: Any, at: datetime) -> None:
    """Remove a kind of data with what systems claim of it; its history stays. Refuses ``stale_version``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        held = _held(DataDomain, found, found.municipality, known)
        before = {**_shown(held, DOMAIN), "claims": _claims(held, names_by_code())}
        journal.record("remove", "data_domain", held.key, before=before, version=held.version)
        held.claims.all().delete()
        held.delete()


def remove_standard(*, found: Standard, known: int, by: Any, at: datetime) -> None:
    """Remove a technical standard nothing stands on; its history stays. Refuses ``stale_version`` and ``in_use``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        held = _held(Standard, found, found.municipality, known)
        refuse_hanging("standard", held)
        journal.record("remove", "standard", held.key, before=_shown(held, STANDARD), version=held.version)
        held.delete()


def remove_field(*, found: FieldStandard, known: int, by: Any, at: datetime) -> None:
    """Remove a field with what was noted of it; its history stays. Refuses ``stale_version``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        held = _held(FieldStandard, found, found.municipality, known)
        journal.record("remove", "field", held.key, before=_shown(held, FIELD), version=held.version)
        held.notes.all().delete()
        held.delete()


def _held(model: Any, found: Any, municipality: Any, known: int) -> Any:
    """Return the thing as it stands, locked, with its next version; or a new one."""
    if found is None:
        return model(municipality=municipality)
    found = model.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.version != known:
        raise Refusal("stale_version", STALE)
    found.version += 1
    return found


def _tell(found: Any, told: Mapping[str, Any], fields: Iterable[str]) -> None:
    for name in fields:
        if name in told:
            setattr(found, name, told[name])
    if not found.name.strip():
        raise Refusal("name_missing", N_("Give it a name."))


def _shown(found: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Return what the history keeps: plain values, days as text."""
    if found is None:
        return {}
    values = {name: getattr(found, name) for name in fields}
    return {name: str(value) if isinstance(value, date) else value for name, value in values.items()}


def _codes(model: Any, letter: str) -> Iterator[str]:
    """Yield free numbers, from the highest made so far."""
    held = [code for code in model.objects.values_list("code", flat=True) if code[:1] == letter and code[1:].isdigit()]
    number = max((int(code[1:]) for code in held), default=0)
    while True:
        number += 1
        yield f"{letter}{number:04d}"
