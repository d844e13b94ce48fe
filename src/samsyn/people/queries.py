"""Find people, and what they may do."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from samsyn.core.refusals import N_, Refusal
from samsyn.history.choices import PARTS, VALUES, field_name, sentence
from samsyn.history.queries import Change
from samsyn.organisation.queries import Tree
from samsyn.people.models import Person, RoleAssignment
from samsyn.people.rules import Access
from samsyn.web.numbers import kr, language, long_date, period_name, unit_price

Translate = Callable[[str], str]


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
