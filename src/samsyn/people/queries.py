"""Find people, and what they may do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, Q, Sum
from django.utils import timezone

from samsyn.core.refusals import N_, Refusal
from samsyn.organisation.queries import Tree
from samsyn.organisation.queries import tree as organisation
from samsyn.people.choices import ACTIVE_DAYS, DUTIES, INHERITED, RIGHTS, DutyRole, DutyState
from samsyn.people.models import Duty, Person, RoleAssignment
from samsyn.people.rules import Access

MANY = 500  # keys in one question; beyond that all are asked for
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
Above = Callable[[Iterable[str] | None], dict[str, str]]
_ABOVE: dict[str, Above] = {}


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing nobody answers for. ``why``: nobody, not_accepted, left, no_time, overloaded; ``days`` since then."""

    thing: Thing
    why: str
    days: int
    duty: Duty | None


def register_things(kind: str, things: Things) -> None:
    """Tell how to find the things of a kind: those with some keys, or all; an app above registers when it starts."""
    _THINGS[kind] = things


def register_above(kind: str, above: Above) -> None:
    """Tell how to find the key of the thing above each of some things of a kind, or of all that have one.

    Whoever answers for what is above answers for a thing that has nobody of its own (`INHERITED`).
    """
    _ABOVE[kind] = above


def _above(kind: str, keys: Iterable[str] | None) -> dict[str, str]:
    return _ABOVE[kind](keys) if kind in _ABOVE else {}


def things_of(duties: Iterable[Duty]) -> dict[str, Thing]:
    """Return the things of some duties by key."""
    keys: dict[str, set[str]] = {}
    for duty in duties:
        keys.setdefault(duty.thing, set()).add(str(duty.thing_key))
    return {each.key: each for kind, wanted in keys.items() for each in _THINGS[kind](wanted)}


def thing_with_key(kind: str, key: object) -> Thing | None:
    """Return one thing of a kind."""
    return next(iter(_THINGS[kind]([str(key)])), None) if kind in _THINGS else None


def things_of_kind(kind: str) -> list[Thing]:
    """Return every thing of a kind that is there now."""
    return _THINGS[kind](None) if kind in _THINGS else []


def owned(kind: str) -> dict[str, Duty]:
    """Return the duty of whoever owns each thing of a kind, or is asked to, by the thing's key."""
    found = Duty.objects.filter(thing=kind, role=DUTIES[kind][0], state__in=OPEN).select_related("person")
    return {str(each.thing_key): each for each in found.order_by("-state", "offered_at")}  # accepted comes last


def duties_of(person: Person) -> list[Duty]:
    """Return what a person answers for or has been asked to, what waits for an answer first."""
    found = Duty.objects.filter(person=person, state__in=OPEN).select_related("person", "municipality")
    return sorted(found, key=lambda each: (each.state != DutyState.OFFERED, each.offered_at))


def offered() -> dict[Person, list[Duty]]:
    """Return who is asked to answer for what and has not answered, the newest first."""
    found: dict[Person, list[Duty]] = {}
    rows = Duty.objects.filter(state=DutyState.OFFERED, person__is_active=True).select_related("person")
    for duty in rows.order_by("-offered_at", "-pk"):
        found.setdefault(duty.person, []).append(duty)
    return found


def duty_with_key(key: object) -> Duty | None:
    """Return a duty by key."""
    return Duty.objects.select_related("person", "municipality").filter(key=str(key)).first()


def duties_on(thing_key: object) -> list[Duty]:
    """Return who answers for a thing or has been asked to."""
    found = Duty.objects.filter(thing_key=str(thing_key), state__in=OPEN).select_related("person", "municipality")
    return list(found.order_by("role", "state", "offered_at"))


@dataclass(frozen=True)
class AboveIt:
    """What lies above a thing, and who has accepted to answer for that."""

    thing: Thing
    duties: list[Duty]


def above_of(kind: str, key: object) -> AboveIt | None:
    """Return what lies above a thing: the maintenance object of a system, if it has one."""
    there = _above(kind, [str(key)]).get(str(key))
    thing = thing_with_key("object", there) if there else None
    return AboveIt(thing, [each for each in duties_on(there) if each.state == DutyState.ACCEPTED]) if thing else None


def owner_of(kind: str, thing_key: object) -> Person | None:
    """Return who has accepted to own a thing and is still here."""
    return owners_of(kind, [str(thing_key)]).get(str(thing_key))


def owners_of(kind: str, keys: Iterable[str]) -> dict[str, Person]:
    """Return who has accepted to own each of some things and is still here.

    A system without an owner of its own has that of its maintenance object.
    """
    owner, wanted = DUTIES[kind][0], set(keys)
    mine = Q(thing=kind, role=owner)
    mine &= Q(thing_key__in=wanted) if len(wanted) <= MANY else Q()
    mine |= Q(thing="object", role=INHERITED[owner]) if owner in INHERITED else Q(pk=None)
    rows = Duty.objects.filter(mine, state=DutyState.ACCEPTED, person__is_active=True).select_related("person")
    held = {str(each.thing_key): each.person for each in rows}
    found = {key: held.pop(key) for key in wanted if key in held}
    # what is left are the owners of what lies above, and there may be none
    under = _above(kind, wanted - set(found)) if held and len(found) < len(wanted) else {}
    return found | {key: held[above] for key, above in under.items() if above in held}


def things_owned_by(person: Person, kind: str) -> set[str]:
    """Return the keys of the things of a kind that a person has accepted to own, also through a maintenance object."""
    mine = {(each.role, str(each.thing_key)) for each in duties_of(person) if each.state == DutyState.ACCEPTED}
    owner = DUTIES[kind][0]
    found = {key for role, key in mine if role == owner}
    objects = {key for role, key in mine if role == INHERITED.get(owner)}
    if objects:
        below = [key for key, above in _above(kind, None).items() if above in objects]
        found |= {key for key, holder in owners_of(kind, below).items() if holder.pk == person.pk}
    return found


def may_write(person: Person, access: Access, right: str, thing_key: object) -> bool:
    """Tell whether a person may write about a thing: by a right, or because they have accepted to answer for it.

    Whoever answers for a maintenance object answers for its systems.
    """
    mine = Duty.objects.filter(person=person, state=DutyState.ACCEPTED).exclude(role=DutyRole.SUPERUSER)
    if access.may(right) or mine.filter(thing_key=str(thing_key)).exists():
        return True
    above = _above("system", [str(thing_key)]).get(str(thing_key))
    return above is not None and mine.filter(thing_key=above).exists()


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


def led_by(manager: Person, tree: Tree, on: date) -> set[int]:
    """Return the primary keys of those whose nearest manager somebody is, as `line_managers` finds them."""
    managers = managers_by_unit(on)
    rows = RoleAssignment.objects.filter(_holding(on)).exclude(unit_code="").values_list("person", "unit_code")
    found = set()
    for person, unit in rows:
        above = ([each.pk for each in managers.get(node.code, []) if each.pk != person]
                 for node in reversed(tree.path(unit)))  # fmt: skip
        if person != manager.pk and manager.pk in next((each for each in above if each), []):
            found.add(person)
    return found


@dataclass(frozen=True)
class Load:
    """What somebody has accepted to answer for, the time they said they have for it, and what only they know."""

    person: Person
    duties: list[Duty]
    minutes: int
    alone: list[str]  # keys of systems that nobody else has accepted any role in


def loads() -> list[Load]:
    """Return everybody who has accepted something, whoever has the most first."""
    held: dict[Person, list[Duty]] = {}
    knows: dict[str, set[Person]] = {}
    rows = Duty.objects.filter(state=DutyState.ACCEPTED, person__is_active=True).select_related("person")
    for duty in rows.order_by("person__name", "pk"):
        held.setdefault(duty.person, []).append(duty)
        if duty.thing == "system":
            knows.setdefault(str(duty.thing_key), set()).add(duty.person)
    alone: dict[Person, list[str]] = {}
    for key, people in knows.items():
        if len(people) == 1:
            alone.setdefault(next(iter(people)), []).append(key)
    found = [
        Load(person, duties, sum(each.minutes or 0 for each in duties), alone.get(person, []))
        for person, duties in held.items()
    ]
    return sorted(found, key=lambda each: -len(each.duties))


def superusers() -> list[Duty]:
    """Return everybody who is asked to be a superuser of a system or has accepted it, system by system."""
    found = Duty.objects.filter(role=DutyRole.SUPERUSER, state__in=OPEN).select_related("person", "municipality")
    return list(found.order_by("thing_key", "state", "offered_at"))


def is_active_superuser(duty: Duty, on: date) -> bool:
    """Tell whether somebody is a superuser in deed: accepted, still here, and in touch within a year."""
    began = timezone.localdate(duty.answered_at) if duty.answered_at else None
    last = max((each for each in (duty.contacted_date, began) if each), default=None)
    accepted = duty.state == DutyState.ACCEPTED and duty.person.is_active
    return accepted and last is not None and (on - last).days <= ACTIVE_DAYS


def administrations(keys: Iterable[str] | None) -> list[Thing]:
    """Return the administrations of today with some keys, or all, as things somebody speaks for."""
    wanted = None if keys is None else set(keys)
    nodes = sorted(organisation(timezone.localdate()).nodes.values(), key=lambda each: each.sort_key)
    return [
        Thing("administration", each.key, each.name, "administration", each.code, unit_code=each.code)
        for each in nodes if each.kind == "administration" and (wanted is None or each.key in wanted)
    ]  # fmt: skip


def history_of_duty(thing_key: object, role: str) -> list[Duty]:
    """Return who has had a role for a thing, the newest first."""
    found = Duty.objects.filter(thing_key=str(thing_key), role=role).select_related("person")
    return list(found.exclude(answered_at=None).order_by("-answered_at"))


def holders(right: str, on: date) -> list[Person]:
    """Return the people who hold a right for the whole municipality."""
    rows = RoleAssignment.objects.filter(_holding(on), role__in=RIGHTS[right], unit_code="").select_related("person")
    return list(dict.fromkeys(row.person for row in rows.order_by("person__code") if row.person.is_active))


def everybody() -> list[Person]:
    """Return the people who can be asked to answer for something."""
    return list(Person.scoped.filter(is_active=True, is_service=False).order_by("name", "code"))


def gaps(on: datetime) -> list[Gap]:
    """Return every thing without an owner who has accepted it, is still here and has time; the longest first.

    A system without an owner of its own has that of its maintenance object.
    """
    held: dict[str, Duty] = {}
    ended: dict[str, datetime] = {}
    kinds = [kind for kind in _THINGS if kind != "administration"]  # who speaks for one is asked on a page of its own
    owners = [DUTIES[kind][0] for kind in kinds]
    duties = Duty.objects.filter(thing__in=kinds, role__in=owners).select_related("person")
    for duty in duties.order_by("state", "offered_at"):  # accepted comes before offered
        if duty.state in OPEN:
            held.setdefault(str(duty.thing_key), duty)
        else:
            ended[str(duty.thing_key)] = duty.ended_at or duty.answered_at or duty.offered_at
    above = {key: duty for key, duty in held.items() if duty.thing == "object" and duty.state == DutyState.ACCEPTED}
    busy, found = overloaded(), []
    for kind in kinds:
        under = _above(kind, None) if above else {}
        for thing in _THINGS[kind](None):
            holds = held.get(thing.key) or above.get(under.get(thing.key, ""))
            if gap := _gap(thing, holds, ended.get(thing.key), on, busy):
                found.append(gap)
    return sorted(found, key=lambda each: (-each.days, each.thing.name))


def _gap(thing: Thing, duty: Duty | None, ended: datetime | None, on: datetime, busy: set[int]) -> Gap | None:
    if duty is None:
        return Gap(thing, "nobody", (on - (ended or _made(thing.key))).days, None)
    if not duty.person.is_active:
        return Gap(thing, "left", (on - (duty.answered_at or duty.offered_at)).days, duty)
    if duty.state == DutyState.OFFERED:
        return Gap(thing, "not_accepted", (on - duty.offered_at).days, duty)
    why = "" if duty.minutes else "no_time"
    why = why or ("overloaded" if duty.person_id in busy else "")
    return Gap(thing, why, (on - (duty.answered_at or on)).days, duty) if why else None


def overloaded() -> set[int]:
    """Return the primary keys of those who have accepted more hours than their manager has given them."""
    mine = Q(duties__state=DutyState.ACCEPTED)
    found = Person.scoped.filter(is_active=True, duty_minutes__isnull=False)
    found = found.annotate(taken=Sum("duties__minutes", filter=mine, default=0))
    return set(found.filter(taken__gt=F("duty_minutes")).values_list("pk", flat=True))


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
