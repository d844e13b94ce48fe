"""Add people, give them roles, and read the whole organisation workbook."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from samsyn.core.ids import new_key
from samsyn.core.problems import Problem, has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.formats.workbook import SheetRow, write_sheets
from samsyn.history.operations import operation
from samsyn.organisation import operations as organisation
from samsyn.people import queries
from samsyn.people.choices import DUTIES, SHEETS, DutyRole, DutyState, Role
from samsyn.people.models import Duty, Person, RoleAssignment, RoleName
from samsyn.people.rules import role_kinds, roles_on

SERVICE = "samsyn"


def add_person(
    *, municipality: Any, code: str, name: str, by: object, at: datetime, email: str = "", title: str = "",
    language: str = "sv", password: str | None = None, is_service: bool = False,
) -> Person:  # fmt: skip
    """Add a person of a municipality; without a password they sign in through OpenID Connect only."""
    person = Person(
        municipality=municipality, code=code, username=f"{code}@{municipality.code}", name=name, email=email,
        title=title, language=language, is_service=is_service,
    )  # fmt: skip
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    with operation(log=municipality.key, by=by, at=at) as journal:
        person.save()
        journal.record("add", "person", person.key, after={"code": code, "name": name, "email": email, "title": title})
    return person


def set_password(*, person: Person, password: str, by: object, at: datetime) -> None:
    """Give a person a password (break-glass and demo)."""
    person.set_password(password)
    with operation(log=person.municipality.key, by=by, at=at) as journal:
        person.save(update_fields=["password"])
        journal.record("set_password", "person", person.key, after={"password": "set"})


def service_person(municipality: Any, at: datetime) -> Person:
    """Return the named service that acts where no human does, made on first use."""
    found = queries.person_with_code(municipality, SERVICE)
    return found or add_person(
        municipality=municipality, code=SERVICE, name="Samsyn", by="samsyn", at=at, is_service=True
    )


def give_role(
    *, person: Person, role: str, valid_from: date, by: object, at: datetime, unit_code: str = "",
    valid_until: date | None = None,
) -> RoleAssignment:  # fmt: skip
    """Give a person a role for the whole municipality, or for a unit and all below it."""
    with operation(log=person.municipality.key, by=by, at=at) as journal:
        RoleAssignment.objects.filter(
            person=person, role=role, unit_code=unit_code, valid_from=valid_from, superseded_at=None
        ).update(superseded_at=at)
        assignment = RoleAssignment.objects.create(
            municipality=person.municipality, person=person, role=role, unit_code=unit_code,
            valid_from=valid_from, valid_until=valid_until, recorded_at=at,
        )  # fmt: skip
        journal.record(
            "give_role", "person", person.key,
            after={"role": role, "unit": unit_code, "from": str(valid_from), "until": str(valid_until or "")},
        )  # fmt: skip
    return assignment


def known_people() -> dict[str, list[dict[str, Any]]]:
    """Return people and roles under the workbook's own column names."""
    known = queries.people_and_roles()
    names = {"person__code": "person", "unit_code": "unit"}
    known["Roles"] = [{names.get(key, key): value for key, value in row.items()} for row in known["Roles"]]
    return known


def organisation_workbook() -> bytes:
    """Return units, cost centres, sites, people and roles as the workbook they are read from."""
    return write_sheets({**organisation.workbook_sheets(), **organisation.workbook_sheets(known_people(), SHEETS)})


def plan_workbook(sheets: dict[str, list[SheetRow]]) -> Any:
    """Say what the whole workbook (organisation, people, roles) would change."""
    result = organisation.plan_workbook(sheets)
    more = organisation.plan_rows(sheets, known_people(), SHEETS)
    people = {row.text("code") for row in sheets.get("People", [])}
    people |= set(Person.scoped.values_list("code", flat=True))
    for row in sheets.get("Roles", []):
        if row.text("role") not in Role.values:
            more.problems.append(
                Problem(row.line, 0, "error", "unknown_word", row.text("role"), ", ".join(Role.values),
                        N_("Row %(line)s: “%(found)s” is not one of %(expected)s."))
            )  # fmt: skip
        if row.text("person") not in people:
            more.problems.append(
                Problem(row.line, 0, "error", "unknown_person", row.text("person"), "",
                        N_("Row %(line)s names the person “%(found)s”, who is not in the sheet People."))
            )  # fmt: skip
    result.changes += more.changes
    result.problems += more.problems
    result.unchanged += more.unchanged
    result.hanging += _managers_of_ended(result, sheets)
    return result


def _managers_of_ended(result: Any, sheets: dict[str, list[SheetRow]]) -> list[str]:
    ended = organisation.ended_codes(result)
    ending = {(row.text("person"), row.text("unit")) for row in sheets.get("Roles", []) if row.day("valid_until")}
    roles = RoleAssignment.objects.filter(superseded_at=None, valid_until=None, unit_code__in=ended)
    return [
        f"{role.unit_code}: {role.person.name} ({role.role})"
        for role in roles.select_related("person").order_by("unit_code", "person__code")
        if (role.person.code, role.unit_code) not in ending
    ]


def apply_workbook(*, municipality: Any, sheets: dict[str, list[SheetRow]], by: object, at: datetime) -> Any:
    """Apply organisation, people and roles in one transaction. Refuses ``workbook_has_errors``."""
    with operation(log=municipality.key, by=by, at=at):
        result = plan_workbook(sheets)
        if has_errors(result.problems):
            raise Refusal(
                "workbook_has_errors", N_("The workbook has %(count)s faults. Nothing was changed."),
                count=len(result.problems), problems=result.problems,
            )  # fmt: skip
        organisation.apply_workbook(municipality=municipality, sheets=sheets, by=by, at=at)
        for change in result.changes:
            if change.sheet == "People":
                _write_person(municipality, change.after, by, at)
        for change in result.changes:
            if change.sheet == "Roles":
                row = change.after
                person = queries.person_with_code(municipality, row["person"])
                assert person is not None
                give_role(
                    person=person, role=row["role"], unit_code=row["unit"], valid_from=row["valid_from"],
                    valid_until=row["valid_until"], by=by, at=at,
                )  # fmt: skip
    return result


def _write_person(municipality: Any, row: dict[str, Any], by: object, at: datetime) -> None:
    person = queries.person_with_code(municipality, row["code"])
    if person is None:
        add_person(municipality=municipality, by=by, at=at, **row)
        return
    fields = ("name", "email", "title", "language")
    before = {name: getattr(person, name) for name in fields}
    for name in fields:
        setattr(person, name, row[name])
    person.version += 1
    with operation(log=municipality.key, by=by, at=at) as journal:
        person.save(update_fields=[*fields, "version"])
        after = {name: row[name] for name in fields}
        journal.record("change", "person", person.key, before=before, after=after, version=person.version)


def offer_duty(
    *, person: Person, thing: str, thing_key: UUID | str, role: str, by: object, at: datetime, mandate: str = ""
) -> Duty:
    """Ask a person to answer for a thing; it is not theirs before they accept. ``mandate``: what they may decide.

    What happens to a duty stands in its own history, not in the thing's: names are for those concerned.
    Refuses ``duty_unknown``, ``person_left``, ``mandate_missing`` (whoever represents others needs one) and
    ``duty_held`` (they hold it, or have been asked already).
    """
    if role not in roles_on(thing):
        raise Refusal("duty_unknown", N_("A %(thing)s has no role “%(role)s”."), thing=thing, role=role)
    if not person.is_active:
        raise Refusal("person_left", N_("%(name)s has left."), name=person.name)
    if role == DutyRole.REPRESENTATIVE and not mandate.strip():
        raise Refusal("mandate_missing", N_("Say what they may decide on behalf of the administration."))
    with operation(log=person.municipality.key, by=by, at=at) as journal:
        held = Duty.objects.filter(thing_key=thing_key, role=role, person=person, state__in=queries.OPEN)
        if held.exists():
            raise Refusal("duty_held", N_("%(name)s has been asked already, or answers for it."), name=person.name)
        duty = Duty.objects.create(
            municipality=person.municipality, thing=thing, thing_key=thing_key, role=role, person=person,
            mandate=mandate.strip(), offered_at=at,
        )  # fmt: skip
        told = {"duty": role, "person": str(person.key), "mandate": duty.mandate}
        journal.record("offer", "duty", duty.key, after=told)
    return duty


def answer_duty(
    *, duty: Duty, accept: bool, by: Any, at: datetime, minutes: int | None = None, support: str = "", reason: str = ""
) -> Duty:
    """Accept what was offered, with the time a month and the support there is for it; or decline with a reason.

    Accepting an owner's role ends the one who had it before: a thing has one owner. Refuses ``not_yours``,
    ``answered_already``, ``minutes_missing`` and ``reason_missing``.
    """
    with operation(log=duty.municipality.key, by=by, at=at) as journal:
        duty = Duty.objects.select_for_update(of=("self",)).select_related("person", "municipality").get(pk=duty.pk)
        if str(duty.person.key) != str(getattr(by, "key", "")):
            raise Refusal("not_yours", N_("Only %(name)s can answer this."), name=duty.person.name)
        if duty.state != DutyState.OFFERED:
            raise Refusal("answered_already", N_("This has been answered already."))
        if accept and minutes is None:
            raise Refusal("minutes_missing", N_("Say how much time a month you have for it; 0 is an answer too."))
        if not accept and not reason.strip():
            raise Refusal("reason_missing", N_("Say why, so that the next who is asked need not find it out again."))
        if accept and duty.role == DUTIES[duty.thing][0]:
            before = Duty.objects.filter(thing_key=duty.thing_key, role=duty.role, state=DutyState.ACCEPTED)
            for each in before.select_related("municipality", "person"):
                end_duty(duty=each, reason=reason, by=by, at=at)
        duty.state = DutyState.ACCEPTED if accept else DutyState.DECLINED
        duty.minutes, duty.support, duty.reason, duty.answered_at = minutes, support.strip(), reason.strip(), at
        duty.save()
        told = {"duty": duty.role, "person": str(duty.person.key), "minutes": minutes, "support": duty.support,
                "comment": duty.reason}  # fmt: skip
        if accept:
            journal.record("accept", "duty", duty.key, after=told)
        else:
            journal.record("decline", "duty", duty.key, after=told)
    return duty


def end_duty(*, duty: Duty, reason: str, by: object, at: datetime) -> None:
    """End what somebody answers for, or take back the question."""
    with operation(log=duty.municipality.key, by=by, at=at) as journal:
        duty.state, duty.ended_at, duty.reason = DutyState.ENDED, at, reason.strip()
        duty.save()
        told = {"duty": duty.role, "person": str(duty.person.key), "comment": duty.reason}
        journal.record("end", "duty", duty.key, after=told)


def hand_over(*, duties: Sequence[Duty], to: Person, by: object, at: datetime) -> None:
    """Offer to one person what another answered for, and end it there; all or none.

    Refuses what `offer_duty` refuses.
    """
    with operation(log=to.municipality.key, by=by, at=at):
        for duty in duties:
            end_duty(duty=duty, reason="", by=by, at=at)
            offer_duty(
                person=to,
                thing=duty.thing,
                thing_key=duty.thing_key,
                role=duty.role,
                mandate=duty.mandate,
                by=by,
                at=at,
            )


def note_contact(*, duty: Duty, on: date, by: object, at: datetime) -> None:
    """Note the day somebody was last in touch with whoever holds a duty. Refuses ``day_ahead`` and ``not_held``."""
    if on > local_day(at):
        raise Refusal("day_ahead", N_("That day has not come yet."))
    if duty.state != DutyState.ACCEPTED:
        raise Refusal("not_held", N_("They have not accepted it."))
    with operation(log=duty.municipality.key, by=by, at=at) as journal:
        before = str(duty.contacted_date or "")
        duty.contacted_date = on
        duty.save(update_fields=["contacted_date"])
        after = {"contacted_date": str(on), "person": str(duty.person.key)}
        journal.record("note_contact", "duty", duty.key, before={"contacted_date": before}, after=after)


def give_time(*, person: Person, minutes: int | None, by: object, at: datetime) -> None:
    """Say how many minutes a month a person has for all they answer for; None says that nobody has decided it."""
    with operation(log=person.municipality.key, by=by, at=at) as journal:
        before = person.duty_minutes
        person.duty_minutes, person.version = minutes, person.version + 1
        person.save(update_fields=["duty_minutes", "version"])
        told = {"before": {"minutes": before}, "after": {"minutes": minutes}}
        journal.record("give_time", "person", person.key, **told, version=person.version)


NAMED = ("sv", "da", "en", "also", "mandate")


def name_role(
    *, municipality: Any, role: str = "", thing: str = "", told: Mapping[str, Any], known: int = 0, by: object,
    at: datetime,
) -> RoleName:  # fmt: skip
    """Say what a role is called here and what it may decide; without ``role``, add one for a kind of thing.

    ``told``: any of `NAMED`; a usual role keeps its usual name in a language where none is told. Refuses
    ``stale_version``, ``name_missing`` (a new role has no usual name) and ``name_taken``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        kinds = {each.role: each for each in role_kinds()}
        found = kinds[role].stored if role else None
        if (found.version if found else 0) != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        thing = kinds[role].thing if role else thing
        before = _named(found) if found else {}
        found = found or RoleName(municipality=municipality, role=role or f"own_{new_key().hex[-12:]}", thing=thing,
                                  version=0)  # fmt: skip
        for name in NAMED:
            setattr(found, name, told.get(name, getattr(found, name)))
        names = {found.sv, found.da, found.en} - {""}
        if not names and not role:
            raise Refusal("name_missing", N_("Say what the role is called."))
        others = _names_of_others(thing, found.role)
        if taken := [each for each in sorted(names) if each.casefold() in others]:
            raise Refusal("name_taken", N_("Another role is called “%(name)s” already."), name=taken[0])
        found.version += 1
        found.save()
        journal.record("name", "role", found.key, before=before, after=_named(found), version=found.version)
    return found


def _names_of_others(thing: str, role: str) -> set[str]:
    found: set[str] = set()
    for each in ("sv", "da", "en"):
        with translation.override(each):
            found |= {kind.name.casefold() for kind in role_kinds() if kind.thing == thing and kind.role != role}
    return found


def _named(found: RoleName) -> dict[str, str]:
    names = {f"name_{each}": getattr(found, each) for each in ("sv", "da", "en")}
    return {**names, "also": ", ".join(found.also), "mandate": found.mandate}
