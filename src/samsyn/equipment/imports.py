"""Hold a list of devices against those that are known: what is new, what it adds, what it cannot place. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.equipment.choices import CALLED, PLAIN
from samsyn.formats.register_table import RegisterFile, RegisterRow, both_said

Told = dict[str, Any]
_LONGEST = 80  # letters of a serial number
# what makers and tools write where a serial number should be
_NO_SERIAL = {"0", "00000000", "123456789", "DEFAULT STRING", "INVALID", "NONE", "NOT APPLICABLE", "NOT AVAILABLE",
              "NOT SPECIFIED", "O.E.M.", "SAKNAS", "MANGLER", "SYSTEM SERIAL NUMBER",
              "TO BE FILLED BY O.E.M."}  # fmt: skip
_KINDS = {word: kind for kind, words in CALLED.items() for word in words}
_SAYS_MORE = {word for words in CALLED.values() for word in words[PLAIN:]}


@dataclass
class Plan:
    """What loading a list would do. ``changed``: what is told, by the key of the known one."""

    new: list[Told] = field(default_factory=list)
    changed: dict[Any, Told] = field(default_factory=dict)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def serial_of(text: str) -> str:
    """Return a serial number as it is kept: capital letters, no spaces around; "" for words that stand for none."""
    serial = " ".join(text.split()).upper()
    return "" if serial in _NO_SERIAL else serial


def kind_of(text: str) -> str:
    """Return the kind a word stands for, or the word itself."""
    return _KINDS.get(text.casefold(), text)


def places_of(names: Mapping[str, str], living: Iterable[str]) -> dict[str, str]:
    """Return the code of every unit by its code and its name, in small letters; of one name the unit of today."""
    today = set(living)
    ordered = sorted(names.items(), key=lambda each: each[0] in today)
    return {name.casefold(): code for code, name in ordered} | {code.casefold(): code for code in names}


def plan(
    file: RegisterFile, known: Iterable[Mapping[str, Any]], places: Mapping[str, str], on: date
) -> Plan:  # fmt: skip
    """Compare the rows of a list with the known devices; a row is one of them by its serial number.

    A row without one is the device with its inventory number; a device that was known by that alone gets its serial
    number from the first list that has both. A row with neither is the only device of its name, unless that is
    another kind or model: a screen may be called after its computer.
    An empty cell says nothing. A device whose time here has ended stays as it is; one whose time ends after ``on``, the
    day of the load, has not ended. ``places``: see `places_of`.
    """
    found = Plan(problems=list(file.problems))
    known = list(known)
    by_serial = {each["serial"]: each for each in known}
    tags = Counter(each["asset_tag"].upper() for each in known)
    by_tag = {tag: each for each in known if tags[tag := each["asset_tag"].upper()] == 1}
    names = Counter(each["name"].upper()[:_LONGEST] for each in known)
    by_name = {name: each for each in known if names[name := each["name"].upper()[:_LONGEST]] == 1}
    back: list[tuple[int, str]] = []
    for serial, (line, told) in _merged(file.rows, places, on, found).items():
        tag = told.get("asset_tag", "").upper()
        standing = by_serial.get(serial) or (by_tag if serial == tag else by_serial).get(tag)
        name = serial_of(told.get("name", ""))[:_LONGEST]
        called = by_name.get(serial) if serial == name else None
        if standing is None and called and _alike(called, told):
            standing = called
        if standing and serial in (tag, name):
            told["serial"] = standing["serial"]
        _forwards(line, told, standing or {}, found)
        if standing is None:
            found.new.append(told)
            continue
        more = {name: value for name, value in told.items() if _adds(standing, name, value)}
        if standing["ended_date"]:
            back += [] if "ended_date" in told else [(line, serial)]
            more = {}
        if more:
            since = {"held_since": told["held_since"]} if "held_since" in told else {}
            # two rows may be one device: by its serial number, and by its inventory number alone
            found.changed[standing["pk"]] = {**more, **since, **found.changed.get(standing["pk"], {})}
        found.unchanged += not more
    message = N_(
        "Devices that are no longer here stand on the list: %(expected)s of them, the first on line %(line)s, "
        "“%(found)s”. They are left as they are."
    )
    _together(found, "ended_stands", message, {"": back} if back else {})
    return found


def _adds(standing: Mapping[str, Any], name: str, value: Any) -> bool:
    """Tell whether a list says something else than what stands there."""
    if name == "received":
        return any(standing["received"].get(header) != text for header, text in value.items())
    # since when says who has it, not what it is
    return name != "held_since" and bool(standing[name] != value)


def _alike(standing: Mapping[str, Any], told: Told) -> bool:
    """Tell whether a list says of a device nothing else than what it is known to be."""
    both = [(standing[name], told.get(name)) for name in ("kind", "model", "manufacturer")]
    return all(not one or not other or one.casefold() == other.casefold() for one, other in both)


def _merged(
    rows: Iterable[RegisterRow], places: Mapping[str, str], on: date, found: Plan
) -> dict[str, tuple[int, Told]]:  # fmt: skip
    merged: dict[str, tuple[int, Told]] = {}
    stands: dict[str, Told] = {}
    strange: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        told = _told(row, places, strange)
        if told.get("ended_date", on) > on:
            told["received"]["ended_date"] = str(told.pop("ended_date"))
        serial = told["serial"]
        if not serial:
            message = N_(
                "“%(found)s” on line %(line)s is no serial number, and no inventory number stands beside it. "
                "The row was left out."
            )
            found.problems.append(Problem(row.line, 0, "warning", "no_serial", row.values["serial"], "", message))
            continue
        other = row.beside(stands.setdefault(serial, {}))
        if serial not in merged:
            merged[serial] = row.line, told
        else:
            line, first = merged[serial]
            received = both_said(first["received"], both_said(told["received"], other))
            merged[serial] = line, {**told, **first, "received": received}
            found.unchanged += 1
            message = N_("“%(found)s” on line %(line)s stands on line %(expected)s too, and is taken as one device.")
            found.problems.append(Problem(row.line, 0, "warning", "stands_twice", serial, str(line), message))
    message = N_(
        "“%(found)s” is no unit here. It stands on %(expected)s rows, the first is line %(line)s, and is kept as it is."
    )
    _together(found, "unit_unknown", message, strange)
    return merged


def _together(found: Plan, code: str, message: str, rows: Mapping[str, list[tuple[int, str]]]) -> None:
    """Say once what holds for many rows: the first of them, and how many."""
    for each in rows.values():
        line, text = each[0]
        found.problems.append(Problem(line, 0, "warning", code, text, str(len(each)), message))


def _told(row: RegisterRow, places: Mapping[str, str], strange: dict[str, list[tuple[int, str]]]) -> Told:
    """Return what a row says: its unit as a code, its kind by the word everybody uses."""
    names = ("serial", "asset_tag", "name")
    serial = next(filter(None, (serial_of(row.values.get(each, "")) for each in names)), "")[:_LONGEST]
    told = {**row.values, "serial": serial, "received": dict(row.received)}
    if unit := told.pop("unit", ""):
        if unit.casefold() in places:
            told["unit_code"] = places[unit.casefold()]
        else:
            strange.setdefault(unit, []).append((row.line, unit))
            told["received"]["unit"] = unit
    if kind := told.get("kind", ""):
        told["kind"] = kind_of(kind)
        if kind.casefold() in _SAYS_MORE:
            told["received"]["kind"] = kind
    return told


def _forwards(line: int, told: Told, standing: Mapping[str, Any], found: Plan) -> None:
    """Keep days of a lease that contradict each other as received instead of taking one for true."""
    names = ("lease_start_date", "lease_end_date")
    start, end = (told.get(name, standing.get(name)) for name in names)
    if start and end and end < start:
        message = N_("The lease on line %(line)s ends on %(found)s and begins on %(expected)s. Both are kept as told.")
        found.problems.append(Problem(line, 0, "warning", "lease_backwards", str(end), str(start), message))
        told["received"] |= {name: str(told.pop(name)) for name in names if name in told}
