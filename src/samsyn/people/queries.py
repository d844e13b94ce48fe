"""Find people, and what they may do."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from samsyn.core.refusals import N_, Refusal
from samsyn.history.choices import PARTS, VALUES, field_name, sentence
from samsyn.history.queries import Change
from samsyn.organisation.queries import Tree
from samsyn.people.choices import DUTIES, RIGHTS, DutyRole, DutyState
from samsyn.people.models import Duty, Person, RoleAssignment
from samsyn.people.rules import Access
from samsyn.web.numbers import kr, language, long_date, period_name, unit_price

Translate = Callable[[str], str]
OPEN = (DutyState.OFFERED, DutyState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something somebody answers for: what it is called, its page, who is said to own it, and what it waits for."""

    kind: str
    key: str
    name: str
    page: str  # name of the address of its page
    code: str
    said: str = ""
    unit_code: str = ""
    questions: int = 0  # without an answer
    decide_by: date | None = None


Things = Callable[[Iterable[str] | None], list[Thing]]
_THINGS: dict[str, Things] = {}


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing nobody answers for. ``why``: nobody, not_accepted, left, no_time; ``days`` since then."""

    thing: Thing
    why: str
    days: int
    duty: Duty | None


def register_things(kind: str, things: Things) -> None:
    """Tell how to find the things of a kind: those with some keys, or all; an app above registers when it starts."""
    _THINGS[kind] = things


def things_of(duties: Iterable[Duty]) -> dict[str, Thing]:
    """Return the things of some duties by key."""
    keys: dict[str, set[str]] = {}
    for duty in duties:
        keys.setdefault(duty.thing, set()).add(str(duty.thing_key))
    return {each.key: each for kind, wanted in keys.items() for each in _THINGS[kind](wanted)}


def thing_with_key(kind: str, key: object) -> Thing | None:
    """Return one thing of a kind."""
    return next(iter(_THINGS[kind]([str(key)])), None) if kind in _THINGS else None


def duties_of(person: Person) -> list[Duty]:
    """Return what a person answers for or has been asked to, what waits for an answer first."""
    found = Duty.objects.filter(person=person, state__in=OPEN).select_related("person", "municipality")
    return sorted(found, key=lambda each: (each.state != DutyState.OFFERED, each.offered_at))


def duty_with_key(key: object) -> Duty | None:
    """Return a duty by key."""
    return Duty.objects.select_related("person", "municipality").filter(key=str(key)).first()


def duties_on(thing_key: object) -> list[Duty]:
    """Return who answers for a thing or has been asked to."""
    found = Duty.objects.filter(thing_key=str(thing_key), state__in=OPEN).select_related("person", "municipality")
    return list(found.order_by("role", "state", "offered_at"))


def owner_of(kind: str, thing_key: object) -> Person | None:
    """Return who has accepted to own a thing and is still here."""
    found = Duty.objects.filter(thing_key=str(thing_key), role=DUTIES[kind][0], state=DutyState.ACCEPTED)
    duty = found.filter(person__is_active=True).select_related("person").first()
    return duty.person if duty else None


def owners_of(kind: str, keys: Iterable[str]) -> dict[str, Person]:
    """Return who has accepted to own each of some things and is still here, in one question."""
    found = Duty.objects.filter(thing=kind, role=DUTIES[kind][0], state=DutyState.ACCEPTED, person__is_active=True)
    wanted = set(keys)
    return {key: each.person for each in found.select_related("person") if (key := str(each.thing_key)) in wanted}


def may_write(person: Person, access: Access, right: str, thing_key: object) -> bool:
    """Tell whether a person may write about a thing: by a right, or because they have accepted to answer for it."""
    mine = Duty.objects.filter(thing_key=str(thing_key), person=person, state=DutyState.ACCEPTED)
    return access.may(right) or mine.exclude(role=DutyRole.SUPERUSER).exists()


def line_managers(person: Person, tree: Tree, on: date) -> list[Person]:
    """Return the managers of the units a person belongs to, or of those above where they manage it themselves."""
    found: list[Person] = []
    for unit in RoleAssignment.objects.filter(_holding(on), person=person).values_list("unit_code", flat=True):
        for node in reversed(tree.path(unit) if unit else []):
            managers = [each for each in managers_of(node.code, tree, on) if each.pk != person.pk]
            if managers:
                found += managers
                break
    return list(dict.fromkeys(found))


def holders(right: str, on: date) -> list[Person]:
    """Return the people who hold a right for the whole municipality."""
    rows = RoleAssignment.objects.filter(_holding(on), role__in=RIGHTS[right], unit_code="").select_related("person")
    return list(dict.fromkeys(row.person for row in rows.order_by("person__code") if row.person.is_active))


def everybody() -> list[Person]:
    """Return the people who can be asked to answer for something."""
    return list(Person.scoped.filter(is_active=True, is_service=False).order_by("name", "code"))


def gaps(on: datetime) -> list[Gap]:
    """Return every thing without an owner who has accepted it, is still here and has time; the longest first."""
    found = []
    for kind, things in _THINGS.items():
        role = DUTIES[kind][0]
        held: dict[str, Duty] = {}
        ended: dict[str, datetime] = {}
        duties = Duty.objects.filter(thing=kind, role=role).select_related("person")
        for duty in duties.order_by("state", "offered_at"):  # accepted comes before offered
            if duty.state in OPEN:
                held.setdefault(str(duty.thing_key), duty)
            else:
                ended[str(duty.thing_key)] = duty.ended_at or duty.answered_at or duty.offered_at
        for thing in things(None):
            if gap := _gap(thing, held.get(thing.key), ended.get(thing.key), on):
                found.append(gap)
    return sorted(found, key=lambda each: (-each.days, each.thing.name))


def _gap(thing: Thing, duty: Duty | None, ended: datetime | None, on: datetime) -> Gap | None:
    if duty is None:
        return Gap(thing, "nobody", (on - (ended or _made(thing.key))).days, None)
    if not duty.person.is_active:
        return Gap(thing, "left", (on - (duty.answered_at or duty.offered_at)).days, duty)
    if duty.state == DutyState.OFFERED:
        return Gap(thing, "not_accepted", (on - duty.offered_at).days, duty)
    return None if duty.minutes else Gap(thing, "no_time", (on - (duty.answered_at or on)).days, duty)


def _made(key: str) -> datetime:
    """Return when a thing was made, which its key (UUIDv7, RFC 9562 section 5.7) begins with."""
    return datetime.fromtimestamp(int(key.replace("-", "")[:12], 16) / 1000, UTC)


def person_with_code(municipality: Any, code: str) -> Person | None:
    """Return an active person of a municipality by code."""
    return Person.objects.filter(municipality=municipality, code=code, is_active=True).first()


def roles_of(person: Person) -> list[RoleAssignment]:
    """Return the roles a person has or has had, newest first, as they are known now."""
    return list(RoleAssignment.objects.filter(person=person, superseded_at=None).order_by("-valid_from", "role"))


def person_with_key(municipality: Any, key: object) -> Person:
    """Return a person of a municipality by a key that was stored, also one who has left."""
    return Person.objects.get(municipality=municipality, key=str(key))


def access_of(person: Person, on: date) -> Access:
    """Return the roles a person holds on a day in the scoped municipality."""
    rows = RoleAssignment.objects.filter(_holding(on), person=person).values_list("role", "unit_code")
    return Access(person.municipality_id, frozenset(rows), on)


def managers_of(unit_code: str, tree: Tree, on: date) -> list[Person]:
    """Return the unit's managers, or those of the nearest unit above that has any."""
    for node in reversed(tree.path(unit_code)):
        rows = RoleAssignment.objects.filter(_holding(on), role="unit_manager", unit_code=node.code)
        people = [row.person for row in rows.select_related("person").order_by("person__code")]
        if people:
            return people
    return []


def managers_by_unit(on: date) -> dict[str, list[Person]]:
    """Return every unit manager by unit, in one question."""
    rows = RoleAssignment.objects.filter(_holding(on), role="unit_manager").select_related("person")
    found: dict[str, list[Person]] = {}
    for row in rows.order_by("person__code"):
        found.setdefault(row.unit_code, []).append(row.person)
    return found


def people_and_roles() -> dict[str, list[dict[str, Any]]]:
    """Return people and current roles, as the organisation workbook holds them."""
    people = Person.scoped.filter(is_service=False).order_by("code")
    roles = RoleAssignment.objects.filter(superseded_at=None).order_by("person__code", "role", "unit_code")
    return {
        "People": [dict(row) for row in people.values("code", "name", "email", "title", "language")],
        "Roles": [dict(row) for row in roles.values("person__code", "role", "unit_code", "valid_from", "valid_until")],
    }


def names_by_key() -> dict[str, str]:
    """Return the name of every person of the scoped municipality by key."""
    return {str(key): name for key, name in Person.scoped.values_list("key", "name")}


def told(changes: Iterable[Change], translate: Translate) -> list[dict[str, Any]]:
    """Return events as `history_list` shows them: when, who, what, and each field before and after."""
    names = names_by_key()
    return [
        {
            "at": change.at, "who": names.get(change.actor_key, change.actor_key),
            "sentence": sentence(change.verb, change.record_type, translate), "about": _about(change, translate),
            "changes": [
                (field_name(name, translate),
                 *(names.get(str(value)) or value_words(name, value, translate) for value in (before, after)))
                for name, before, after in change.fields
                if ("" if before is None else before) != ("" if after is None else after)
            ],
        }
        for change in changes
    ]  # fmt: skip


def _about(change: Change, translate: Translate) -> str:
    """Return the name of what was changed, as far as the event itself has it."""
    values = {name: before if after in (None, "") else after for name, before, after in change.fields}
    words = {name: value_words(name, value, translate) for name, value in values.items()}
    columns = _ABOUT.get((change.verb, change.record_type)) or _ABOUT.get(("", change.record_type), ())
    if change.record_type == "Lineage" and "kind" in words:
        return f"{words.get('from_unit')} {words['kind']} {words.get('to_unit')}, {words.get('on_date')}"
    if columns:
        return ", ".join(str(words[column]) for column in columns if words.get(column))
    return str(next((words[name] for name in ("row", "name", "period") if words.get(name)), ""))


# what an event is about, for those that are not told by their row, name or month
_ABOUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("give_role", "person"): ("role", "unit"), ("", "Units"): ("name", "code"), ("", "Sites"): ("name", "code"),
    ("", "CostCentres"): ("name", "code"), ("", "ReceivingCodes"): ("unit", "label"),
    ("", "CodeParts"): ("entry_kind", "part"), ("add", "code_range"): ("meaning", "reason"),
}  # fmt: skip


def value_words(field: str, value: Any, translate: Translate) -> Any:
    """Return what an event keeps of a field as a person reads it."""
    lang = language(get_language())
    if isinstance(value, bool):
        return translate(N_("yes")) if value else translate(N_("no"))
    if isinstance(value, list):
        return ", ".join(field_name(str(each), translate) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} → {value_words('part', each, translate)}" for name, each in value.items())
    if (field.endswith("_ore") or field == "price_kr") and isinstance(value, int):
        return unit_price(value, lang) if field == "price_kr" else kr(value, lang)
    if not isinstance(value, str) or not value:
        return value
    if value in VALUES.get(field, {}):
        return translate(VALUES[field][value])
    if field in ("added", "changed", "removed"):
        return "; ".join(_row_words(each, translate) for each in value.split("; "))
    if field == "period" and re.fullmatch(r"\d{4}-\d\d", value):
        return period_name(value, lang)
    if field == "reason":
        return translate(value)  # those the product ships are known; what a person wrote stays as it is
    if re.fullmatch("[0-9a-f]{64}", value):
        return f"{value[:12]}…"  # the beginning of a digest is enough to compare by eye
    return _with_day(value, lang) if field in _DAYS or field.endswith("_date") else value


def _with_day(value: str, lang: str) -> str:
    """Write the day a value ends with as people do; a row with terms is named by its code and the day it begins."""
    found = _DAY_LAST.fullmatch(value)
    try:
        day = long_date(date.fromisoformat(found[2]), lang) if found else ""
    except ValueError:  # a code that only looks like it
        return value
    return ", ".join(each for each in (found[1], day) if each) if found else value


_DAYS = {"date", "from", "on_date", "removed_at", "row", "until", "valid_from", "valid_until"}
_DAY_LAST = re.compile(r"(.*?)\s*(\d{4}-\d\d-\d\d)(?:T.*)?")


def _row_words(row: str, translate: Translate) -> str:
    """Return which row of a cost model came, changed or went: ``rules R7 (pool, cost_type)`` in words."""
    part, _space, rest = row.partition(" ")
    name, _space, columns = rest.removesuffix(")").partition(" (")
    words = f"{translate(PARTS.get(part, part))} {value_words('row', name, translate)}"
    fields = ", ".join(field_name(column, translate) for column in columns.split(", ") if columns)
    return f"{words} ({fields})" if fields else words


def _holding(on: date) -> Q:
    until = Q(valid_until=None) | Q(valid_until__gt=on)
    return Q(superseded_at=None, valid_from__lte=on) & until


def require(access: Access, right: str) -> None:
    """Refuse ``not_allowed`` unless the right is held for the whole municipality."""
    if not access.may(right):
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right=right)


def require_somewhere(access: Access, right: str) -> None:
    """Refuse ``not_allowed`` unless the right is held for some unit or the whole municipality."""
    if not access.scopes(right):
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right=right)
