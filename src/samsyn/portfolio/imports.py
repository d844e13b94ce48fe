"""Hold a list of what systems do against what is known: what is new, and what it cannot place. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.register_table import RegisterFile

Done = dict[str, tuple[frozenset[str], bool]]  # capability in small letters → (units, whether others could too)


@dataclass
class Plan:
    """What loading a list would do. ``does``: all that each changed system does then; ``names``: as they are written.

    ``new`` of those systems had nothing said of them before.
    """

    does: dict[str, Done] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    new: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan(
    file: RegisterFile, known: Mapping[str, Done], systems: Mapping[str, str], places: Mapping[str, frozenset[str]],
    users: Mapping[str, frozenset[str]],
) -> Plan:  # fmt: skip
    """Compare the rows of a list with what systems are known to do; a list adds, and takes nothing away.

    ``known``: by system code. ``systems``: code by name, former name or number in small letters. ``places``: the units
    a name or code stands for. ``users``: the units that use each system, which holds where a row names none.
    """
    found = Plan(problems=list(file.problems))
    said: dict[str, Done] = {}
    for row in file.rows:
        code = systems.get(row.values.get("system", "").casefold())
        if code is None:
            message = N_("Line %(line)s names the system “%(found)s”, which is not listed. The line is left out.")
            name = row.values.get("system", "")
            found.problems.append(Problem(row.line, 0, "warning", "system_unknown", name, "", message))
            continue
        asked = row.values.get("used_by", [])
        strange = [name for name in asked if name.casefold() not in places]
        if strange:
            message = N_("Line %(line)s names “%(found)s”, which is no unit here. The rest of the line is taken.")
            problem = Problem(row.line, 0, "warning", "unit_unknown", ", ".join(strange), "", message)
            found.problems.append(problem)
        units = frozenset().union(*(places.get(name.casefold(), frozenset()) for name in asked))
        name = row.values["capability"]
        found.names.setdefault(name.casefold(), name)
        more = row.values.get("could_more", "yes") != "no"
        done = said.setdefault(code, {})
        held = done.get(name.casefold(), (frozenset[str](), more))
        done[name.casefold()] = (held[0] | (units if asked else users.get(code, frozenset())), held[1] and more)
    for code, done in said.items():
        before = known.get(code, {})
        merged = {**before, **{name: (units | before.get(name, (frozenset(), 0))[0], more)
                               for name, (units, more) in done.items()}}  # fmt: skip
        if merged == before:
            found.unchanged += 1
            continue
        found.does[code] = merged
        found.new += not before
    return found
