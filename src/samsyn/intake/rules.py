"""Say which fields of our things are kept in another system, so that nobody changes them here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_, Refusal
from samsyn.history.choices import field_name
from samsyn.intake.models import Master

# what the systems are called that ours may be kept in
SOURCES = {"kitos": "KITOS"}
Changed = list[tuple[Any, dict[str, Any]]]


def kept_fields(thing_keys: Iterable[object]) -> dict[str, Master]:
    """Return, of some things, those that are kept in another system now, by our key."""
    found = Master.objects.filter(thing_key__in=[str(each) for each in thing_keys], gone_date=None)
    return {str(each.thing_key): each for each in found.order_by("pk")}


def refuse_kept(key: object, told: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuse ``kept_elsewhere`` where somebody wants to change a field that is kept in another system."""
    master = kept_fields([key]).get(str(key))
    wanted = [name for name in master.fields if name in told and not _same(told[name], now.get(name))] if master else []
    if master and wanted:
        raise Refusal(
            "kept_elsewhere", N_("This is kept in %(source)s, and is changed there: %(fields)s."),
            source=SOURCES[master.source], fields=", ".join(field_name(each, str) for each in wanted),
        )  # fmt: skip


def refuse_kept_thing(key: object) -> None:
    """Refuse ``kept_elsewhere`` where somebody wants to remove a thing that is kept in another system."""
    if master := kept_fields([key]).get(str(key)):
        message = N_("This is kept in %(source)s, and is removed there.")
        raise Refusal("kept_elsewhere", message, source=SOURCES[master.source])


def _same(told: Any, now: Any) -> bool:
    if isinstance(told, list) and isinstance(now, list):
        return sorted(told) == sorted(now)
    return bool((told or None) == (now or None))


def without_kept(changed: Changed, known: Iterable[Mapping[str, Any]]) -> tuple[Changed, list[Problem]]:
    """Return what a file changes without the fields that are kept in another system, and a warning for each row.

    ``changed``: (primary key, what is told), always with a name; ``known``: each with ``pk``, ``key`` and ``name``.
    """
    standing = {each["pk"]: each for each in known}
    masters = kept_fields(standing[pk]["key"] for pk, _ in changed)
    left: Changed = []
    problems = []
    message = N_("“%(found)s” is kept in %(expected)s: what the file says otherwise was left out.")
    for pk, told in changed:
        name, master = standing[pk]["name"], masters.get(str(standing[pk]["key"]))
        more = {field: value for field, value in told.items() if field != "name" or value != name}
        kept = more.keys() & master.fields if master else set()
        if master and kept:
            source = SOURCES[master.source]
            problems.append(Problem(0, 0, "warning", "kept_elsewhere", str(name), source, message))
        if rest := {field: value for field, value in more.items() if field not in kept}:
            left.append((pk, {"name": name, **rest}))
    return left, problems


def fields_of(rows: Iterable[Mapping[str, Any]]) -> list[set[str]]:
    """Return the names of our fields that some rows of a register fill."""
    parts = {"users": ("users_from", "users_to"), "notice": ("notice_months", "notice_days")}
    return [{name for each in values for name in parts.get(each, (each,))} - {"code"} for values in rows]


def lock(form: Any, key: object) -> None:
    """Let a form show what is kept in another system, and take no other answer to it."""
    master = kept_fields([key]).get(str(key))
    if master is None:
        return
    words = _("Kept in %(source)s, and changed there.") % {"source": SOURCES[master.source]}
    for name in form.fields.keys() & set(master.fields):
        form.fields[name].disabled, form.fields[name].help_text = True, words


def may_keep(problems: Iterable[Problem]) -> bool:
    """Tell whether a file may be kept: one with information that the law on security protection covers may not."""
    return not any(each.code == "security_protected" for each in problems)
