"""Hold a register of systems against those that are known: what is new, what it adds, what it cannot place. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from samsyn.core.problems import Problem, told_once
from samsyn.core.refusals import N_
from samsyn.formats.register_table import RegisterFile, RegisterRow, both_said
from samsyn.systems.engine import is_protected, is_task, out_of_order, task_in

Told = dict[str, Any]
NO_UNIT = N_(
    "“%(found)s” is no unit here. It stands on %(expected)s rows, the first is line %(line)s, and is kept as it is."
)
SECURITY_PROTECTED_ROW = N_(
    "Line %(line)s gives information a level above 3. That may touch the security of the country: talk to whoever "
    "answers for security protection, and take the row out of the file. Nothing is loaded."
)
LISTS = ("used_by", "former_names", "tasks", "functions", "interfaces")
CLASS = "class_"  # a column for each aspect of the scale
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
_TAKEN = {"new", "load", "ask", "catalogue", "systems.csv"}  # what stands in addresses


@dataclass
class Plan:
    """What loading a register would do. ``changed`` are (key, what is told); ``lines`` say where a name stands."""

    new: list[Told] = field(default_factory=list)
    changed: list[tuple[Any, Told]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


def plan(file: RegisterFile, known: Iterable[Mapping[str, Any]], units: Mapping[str, str]) -> Plan:
    """Compare the rows of a register with the known systems: by the link of a master, our number, else the name.

    The numbers of a file are ours when the names beside them say so (`_disown`). Several rows of one name are one
    system: each adds who uses it and fills what those before it left open; what it says otherwise is kept as received.
    ``units``: {code: name}; a user may be named either way, and one that is neither is kept as received.
    """
    found = Plan(problems=list(file.problems))
    known = list(known)
    by_code = {each["code"]: each for each in known}
    by_name = {name.casefold(): each for each in known for name in (*each["former_names"], each["name"])}
    places = {name.casefold(): code for code, name in units.items()} | {code.casefold(): code for code in units}
    merged = _merged(file.rows, places, found)
    found.unchanged = len(file.rows) - len(merged)  # a row that is taken into another
    _disown(merged, by_code, found)
    for key, told in merged.items():
        linked = told.pop("linked", "")
        told["code"] = linked or told.get("code", "")
        standing = by_code.get(linked) or by_name.get(key) or by_code.get(told["code"])
        if standing is None:
            found.new.append(told)
            continue
        more = {name: value for name, value in told.items() if name != "code" and _adds(standing, name, value)}
        # a file may know of some users only, and takes none away
        more |= {name: list(dict.fromkeys([*standing[name], *more[name]])) for name in LISTS if name in more}
        if "information_class" in more:
            more["information_class"] = {**standing["information_class"], **more["information_class"]}
        if more:
            found.changed.append((standing["pk"], {"name": standing["name"], **more}))
        found.unchanged += not more
    found.problems = told_once(found.problems, "unit_unknown", NO_UNIT)
    return found


def faults(plan: Plan, days: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what an operation would refuse, with its line, so that a file says all of it at once.

    ``days``: the field of each stage of a system's life.
    """
    for told in (*plan.new, *(told for _, told in plan.changed)):
        for first, then in out_of_order({stage: told.get(name) for stage, name in days.items()}):
            message = N_("On line %(line)s the day of “%(found)s” lies before the day of “%(expected)s”.")
            yield Problem(plan.lines.get(told["name"], 0), 0, "error", "stages_out_of_order", then, first, message)
        if is_protected(told.get("information_class", {})):
            line = plan.lines.get(told["name"], 0)
            yield Problem(line, 0, "error", "security_protected", "4", "", SECURITY_PROTECTED_ROW)


def _disown(merged: Mapping[str, Told], by_code: Mapping[str, Mapping[str, Any]], found: Plan) -> None:
    """Keep the numbers of a file as received where they are another's: a tool's own numbers count from 1 as ours do.

    They are another's when more of those that stand here too stand beside other names than beside the same.
    """
    held = [(told, by_code[told["code"]]) for told in merged.values() if told.get("code") in by_code]
    others = [(told, each) for told, each in held if _adds(each, "name", told["name"])]
    if 2 * len(others) <= len(held):
        return
    told, each = others[0]
    message = N_(
        "The numbers of this list are not the numbers here: “%(found)s” on line %(line)s has the number of "
        "“%(expected)s”. They are kept as they are, and each system is known by its name."
    )
    line = found.lines[told["name"]]
    found.problems.append(Problem(line, 0, "warning", "foreign_numbers", told["name"], each["name"], message))
    for each in merged.values():
        if code := each.pop("code", ""):
            each["received"]["code"] = code


def _adds(standing: Mapping[str, Any], name: str, value: Any) -> bool:
    """Tell whether a file says something else than what stands there."""
    if name == "name":
        return value not in (standing["name"], *standing["former_names"])
    if name in ("received", "information_class"):
        return any(standing[name].get(key) != each for key, each in value.items())
    if name in LISTS:
        return not set(value) <= set(standing[name])
    return bool(standing[name] != value)


def _merged(rows: Iterable[RegisterRow], places: Mapping[str, str], found: Plan) -> dict[str, Told]:
    merged: dict[str, Told] = {}
    stands: dict[str, Told] = {}
    for row in rows:
        told = _told(row, places, found)
        key = told["name"].casefold()
        other = row.beside(stands.setdefault(key, {}))
        if key not in merged:
            merged[key] = told
            found.lines[told["name"]] = row.line
            continue
        first = merged[key]
        for name in LISTS:
            if name in told:
                told[name] = list(dict.fromkeys([*first.get(name, []), *told[name]]))
        both = {**told, **first, **{name: told[name] for name in LISTS if name in told}}
        other = {name: text for name, text in other.items() if name not in (*LISTS, "name")}
        merged[key] = both | {"received": both_said(first["received"], both_said(told["received"], other))}
        message = N_("“%(found)s” on line %(line)s stands on line %(expected)s too, and is taken as one system.")
        line = str(found.lines[first["name"]])
        found.problems.append(Problem(row.line, 0, "warning", "stands_twice", told["name"], line, message))
    return merged


def _told(row: RegisterRow, places: Mapping[str, str], found: Plan) -> Told:
    """Return what a row says, its users as codes of units."""
    told = {**row.values, "received": dict(row.received)}
    code = told.get("code", "")
    same = found.codes.setdefault(code, told["name"].casefold()) == told["name"].casefold()
    if code and (not same or code in _TAKEN or not _CODE.fullmatch(code)):
        message = N_("The number “%(found)s” on line %(line)s stands twice or cannot be one. It is kept as it is.")
        found.problems.append(Problem(row.line, 0, "warning", "bad_number", code, "", message))
        told["received"]["code"] = told.pop("code")
    users = [(name, places.get(name.casefold())) for name in row.values.get("used_by", [])]
    strange = [name for name, code in users if code is None]
    if strange:
        found.problems += [Problem(row.line, 0, "warning", "unit_unknown", name, "", NO_UNIT) for name in strange]
        told["received"]["used_by"] = ", ".join(strange)
    told["used_by"] = list(dict.fromkeys(code for _, code in users if code))
    if not told["used_by"]:
        del told["used_by"]
    return _further(told, row, found)


def _further(told: Told, row: RegisterRow, found: Plan) -> Told:
    """Take what goes beyond the eight questions as it is kept: users as two numbers, levels by aspect, tasks."""
    if "users" in told:
        least, most = told.pop("users")
        told["users_from"], told["users_to"] = least, None if most == least else most
    if "criticality" in told:
        told["criticality"] = int(told["criticality"])
    aspects = [name for name, value in told.items() if name.startswith(CLASS) and isinstance(value, int)]
    if levels := {name.removeprefix(CLASS): told.pop(name) for name in aspects}:
        told["information_class"] = levels
    named = told.pop("tasks", [])
    if tasks := list(dict.fromkeys(filter(None, map(task_in, named)))):
        told["tasks"] = tasks
    if not all(map(is_task, named)):  # words beside a number would be lost
        told["received"]["tasks"] = ", ".join(named)
    if strange := [each for each in named if not task_in(each)]:
        message = N_("“%(found)s” on line %(line)s is no number of a task such as 27.35.04. It is kept as it is.")
        found.problems.append(Problem(row.line, 0, "warning", "task_invalid", ", ".join(strange), "", message))
    return told
