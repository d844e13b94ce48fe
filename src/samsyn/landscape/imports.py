"""Hold a list of integrations against what is known: what is new, what it adds, what it cannot place. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.register_table import RegisterFile, RegisterRow
from samsyn.landscape.choices import OFTEN_WORDS

Told = dict[str, Any]
Ends = tuple[str, str, str]  # from, to (codes, or names in small letters), data in small letters


@dataclass
class Plan:
    """What loading a list would do. ``changed`` are (key, what is told)."""

    new: list[Told] = field(default_factory=list)
    changed: list[tuple[Any, Told]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def ends(told: Mapping[str, Any]) -> Ends:
    """Return what an integration is known by: its two sides and what goes between them."""
    sides = (told[f"{side}_code"] or told[f"{side}_name"].casefold() for side in ("from", "to"))
    return (*sides, told.get("data", "").casefold())  # type: ignore[return-value]


def plan(file: RegisterFile, known: Mapping[Ends, Mapping[str, Any]], systems: Mapping[str, str],
         names: Mapping[str, str]) -> Plan:  # fmt: skip
    """Compare the rows of a list with the known integrations.

    ``systems``: code by name, former name or number in small letters; ``names``: name by code. A side that is no
    listed system is kept as somebody outside, and said.
    """
    found = Plan(problems=list(file.problems))
    seen: set[Ends] = set()
    for row in file.rows:
        told = _told(row, systems, names, found)
        at = ends(told)
        if at in seen:
            message = N_("Line %(line)s says what another line has said: “%(found)s”. It is taken once.")
            words = f"{told['from_name']} → {told['to_name']}"
            found.problems.append(Problem(row.line, 0, "warning", "stands_twice", words, "", message))
            continue
        seen.add(at)
        standing = known.get(at)
        if standing is None:
            found.new.append(told)
            continue
        more = {name: value for name, value in told.items() if value not in ("", None, {}) and standing[name] != value}
        if more:
            found.changed.append((standing["pk"], more))
        found.unchanged += not more
    return found


def _told(row: RegisterRow, systems: Mapping[str, str], names: Mapping[str, str], found: Plan) -> Told:
    told: Told = {"data": row.values.get("data", ""), "received": dict(row.received)}
    for side in ("from", "to"):
        said = row.values.get(f"{side}_system", "")
        code = systems.get(said.casefold(), "")
        told |= {f"{side}_code": code, f"{side}_name": names.get(code, said)}
        if said and not code:
            message = N_("Line %(line)s names “%(found)s”, which is no listed system. It is kept as somebody outside.")
            found.problems.append(Problem(row.line, 0, "warning", "system_unknown", said, "", message))
    for name in ("contract_code", "start_date", "end_date"):
        if row.values.get(name):
            told[name] = row.values[name]
    told["both_ways"] = row.values.get("both_ways") == "yes"
    words = row.values.get("often_words", "")
    told["often"] = often(words)
    if words and not told["often"]:
        told["received"]["often_words"] = words
    return told


def often(words: str) -> str:
    """Return how often, as a list says it in words; "" where that says nothing known."""
    low = words.casefold()
    return next((code for code, parts in OFTEN_WORDS.items() if any(part in low for part in parts)), "")
