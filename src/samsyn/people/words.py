"""Tell what happened as people read it: events, and the values they keep."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, override

from samsyn.core.refusals import N_
from samsyn.formats.ledger_table import key_of
from samsyn.formats.register_cells import Field
from samsyn.formats.register_table import Register
from samsyn.history.choices import PARTS, VALUES, field_name, sentence
from samsyn.history.queries import Change
from samsyn.people.queries import duties_on, names_by_key
from samsyn.people.rules import role_names
from samsyn.web.numbers import kr, language, long_date, period_name, unit_price
from samsyn.web.removal import Hanging

Translate = Callable[[str], str]


def duties_hanging(kind: str, thing: Any) -> list[Hanging]:
    """Return the roles somebody holds for a thing or is asked to: without names, which are for those concerned."""
    names = role_names()
    return [
        Hanging(N_("role"), names.get(duty.role, duty.role), "offer-duty", (kind, str(thing.key)))
        for duty in duties_on(thing.key)
    ]


_OURS: dict[str, Register] = {}


def in_our_words(register: Register, answers: Mapping[str, Any]) -> Register:
    """Return a register that knows its fields and their answers by what our own pages call them, in every language.

    ``answers``: choices by field.
    """
    if register.name not in _OURS:
        fields = register.fields
        for code, _name in settings.LANGUAGES:
            with override(code):
                fields = tuple(_with_own(each, getattr(answers.get(each.name), "choices", ())) for each in fields)
        _OURS[register.name] = replace(register, fields=fields)
    return _OURS[register.name]


def _with_own(field: Field, choices: Iterable[tuple[Any, Any]]) -> Field:
    values = {**field.values}
    for value, label in choices if field.kind == "choice" else ():
        values[str(value)] = (*values.get(str(value), ()), key_of(str(label)))
    return replace(field, own=field.own | {key_of(gettext(field.label))}, values=values)


def told(changes: Iterable[Change], translate: Translate) -> list[dict[str, Any]]:
    """Return events as `history_list` shows them: when, who, what, and each field before and after."""
    changes = list(changes)
    names = names_by_key()
    if any(name == "duty" for change in changes for name, *_values in change.fields):
        names |= role_names()
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
    ("", "CodeParts"): ("entry_kind", "part"), ("note", "field"): ("name", "unit"),
    ("add", "code_range"): ("meaning", "reason"),
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
