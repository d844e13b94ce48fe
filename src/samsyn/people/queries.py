"""Find people, and what they may do."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from samsyn.core.refusals import N_, Refusal
from samsyn.history.choices import field_name, sentence
from samsyn.history.queries import Change
from samsyn.organisation.queries import Tree
from samsyn.people.models import Person, RoleAssignment
from samsyn.people.rules import Access


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


def told(changes: Iterable[Change], translate: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return events as `history_list` shows them: when, who, what, and each field before and after."""
    names = names_by_key()
    return [
        {
            "at": change.at, "who": names.get(change.actor_key, change.actor_key),
            "sentence": sentence(change.verb, change.record_type, translate), "about": _about(change),
            "changes": [
                (field_name(name, translate), _short(before), _short(after))
                for name, before, after in change.fields if (before or "") != (after or "")
            ],
        }
        for change in changes
    ]  # fmt: skip


def _about(change: Change) -> str:
    """Return the name of what was changed, as far as the event itself has it."""
    values = {name: after or before for name, before, after in change.fields}
    return str(next((values[name] for name in ("row", "name", "period", "role") if values.get(name)), ""))


def _short(value: Any) -> Any:
    """Return the beginning of a digest, which is enough to compare by eye; anything else whole."""
    is_digest = isinstance(value, str) and len(value) == 64 and " " not in value
    return f"{value[:12]}…" if is_digest else value


def _holding(on: date) -> Q:
    until = Q(valid_until=None) | Q(valid_until__gt=on)
    return Q(superseded_at=None, valid_from__lte=on) & until


def require(access: Access, right: str) -> None:
    """Refuse ``not_allowed`` unless the right is held for the whole municipality."""
    if not access.may(right):
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right=right)
