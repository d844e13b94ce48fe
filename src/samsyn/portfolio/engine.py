"""Say where systems do the same thing, what that costs, and what follows when some of them are left. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from samsyn.core.money import half_away, split

Need = tuple[str, str]  # (capability, unit)


@dataclass(frozen=True, slots=True)
class System:
    """A system as it is counted on: what it costs a year, to leave and for one more unit to join, all in öre.

    ``yearly_ore`` is None where nobody has said. ``bound`` is never left: it is held jointly or by statute. ``end`` is
    the last day its contract is paid for, ``notice_by`` the last day to give notice; None where there is none.
    """

    code: str
    yearly_ore: int | None = None
    exit_ore: int = 0
    join_ore: int = 0
    bound: bool = False
    end: date | None = None
    notice_by: date | None = None


@dataclass(frozen=True, slots=True)
class Ability:
    """What a system does for some units; ``more`` tells that it could do it for every other unit too."""

    capability: str
    system: str
    units: frozenset[str]
    more: bool = True


@dataclass(frozen=True)
class Case:
    """Systems by code, what they do, and which needs are taken to be none."""

    systems: Mapping[str, System]
    abilities: Sequence[Ability]
    unneeded: frozenset[Need] = field(default_factory=frozenset)

    @property
    def needs(self) -> list[Need]:
        """Return every capability some unit has today and needs, in order."""
        held = {(each.capability, unit) for each in self.abilities for unit in each.units}
        return sorted(held - self.unneeded)

    @property
    def able(self) -> dict[Need, list[str]]:
        """Return the systems that meet each need today or could."""
        by_capability: dict[str, list[Ability]] = {}
        for each in self.abilities:
            by_capability.setdefault(each.capability, []).append(each)
        return {
            need: sorted(each.system for each in by_capability[need[0]] if each.more or need[1] in each.units)
            for need in self.needs
        }

    @property
    def served(self) -> set[tuple[str, str]]:
        """Return every (unit, system) where the system does something for the unit today."""
        return {(unit, each.system) for each in self.abilities for unit in each.units}


@dataclass(frozen=True, slots=True)
class Doubled:
    """A capability several systems have. ``ore`` is what all but the dearest of them cost for it a year.

    ``units`` have it from more than one system; ``unknown`` are systems whose cost nobody has said, counted as 0.
    """

    capability: str
    systems: tuple[str, ...]
    units: tuple[str, ...]
    ore: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two systems that share capabilities; ``ore``: what the cheaper one's share of them costs a year."""

    first: str
    then: str
    capabilities: tuple[str, ...]
    units: tuple[str, ...]
    ore: int


def shares(case: Case) -> dict[tuple[str, str], int]:
    """Return what each (system, capability) costs a year in öre: the system's cost split evenly over what it does.

    Nobody books a capability; an even split is the plainest assumption, and every öre is split once
    (`core.money.split`). A cost nobody has said counts as 0. Worked table: docs/algorithms/portfolio.md.
    """
    done: dict[str, list[str]] = {}
    for each in case.abilities:
        done.setdefault(each.system, []).append(each.capability)
    return {
        (system, capability): ore
        for system, capabilities in done.items()
        for capability, ore in split(case.systems[system].yearly_ore or 0, dict.fromkeys(capabilities, 1)).items()
    }


def doubled(case: Case) -> list[Doubled]:
    """Return the capabilities more than one system has, what costs most first.

    No öre is counted twice: a system's cost is split over what it does, and one system per capability is needed.
    """
    cost, found = shares(case), []
    for capability, abilities in _by_capability(case.abilities).items():
        if len(abilities) < 2:
            continue
        parts = [cost[each.system, capability] for each in abilities]
        seen = [unit for each in abilities for unit in each.units]
        found.append(Doubled(
            capability, tuple(sorted(each.system for each in abilities)),
            tuple(sorted({unit for unit in seen if seen.count(unit) > 1})), sum(parts) - max(parts),
            tuple(sorted(each.system for each in abilities if case.systems[each.system].yearly_ore is None)),
        ))  # fmt: skip
    return sorted(found, key=lambda each: (-each.ore, each.capability))


def pairs(case: Case) -> list[Pair]:
    """Return every two systems that share a capability, what costs most first.

    A third system that shares it makes three pairs: the costs of pairs must not be added up, those of `doubled` may.
    """
    cost = shares(case)
    shared: dict[tuple[str, str], list[tuple[Ability, Ability]]] = {}
    for abilities in _by_capability(case.abilities).values():
        for one, other in combinations(sorted(abilities, key=lambda each: each.system), 2):
            shared.setdefault((one.system, other.system), []).append((one, other))
    found = []
    for (first, then), both in shared.items():
        sums = [sum(cost[each[side].system, each[side].capability] for each in both) for side in (0, 1)]
        units = {unit for one, other in both for unit in one.units & other.units}
        capabilities = tuple(sorted(one.capability for one, _ in both))
        found.append(Pair(first, then, capabilities, tuple(sorted(units)), min(sums)))
    return sorted(found, key=lambda each: (-each.ore, each.first, each.then))


def _by_capability(abilities: Iterable[Ability]) -> dict[str, list[Ability]]:
    found: dict[str, list[Ability]] = {}
    for each in abilities:
        found.setdefault(each.capability, []).append(each)
    return found


def reached(abilities: Iterable[Ability], wanted: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return (capabilities, systems) that hang together with some capabilities.

    Who leaves a system loses all it does: its other capabilities count too, and so does whatever else has those.
    """
    abilities, capabilities, systems = list(abilities), set(wanted), set[str]()
    while True:
        systems |= {each.system for each in abilities if each.capability in capabilities}
        more = {each.capability for each in abilities if each.system in systems}
        if more <= capabilities:
            return capabilities, systems
        capabilities |= more


def leaving_ore(system: System, on: date, years: int) -> int:
    """Return what leaving a system costs in öre: its exit, and its yearly cost until the contract's end.

    Months begun count whole; nothing is counted beyond ``years``.
    """
    left = 0
    if system.end and system.end > on:
        months = (system.end.year - on.year) * 12 + system.end.month - on.month + (system.end.day > on.day)
        left = min(months, 12 * years)
    return system.exit_ore + half_away((system.yearly_ore or 0) * left, 12)


@dataclass(frozen=True)
class Choice:
    """A set of systems that meets every need: which are kept, and which meets each need."""

    kept: tuple[str, ...]
    served: Mapping[Need, str]


@dataclass(frozen=True, slots=True)
class Count:
    """What a choice comes to, in öre; ``total_ore`` over years with leaving and joining, ``now_ore`` keeping all."""

    systems: int
    yearly_ore: int
    yearly_now_ore: int
    leaving_ore: int
    joining_ore: int
    total_ore: int
    now_ore: int


def joins(case: Case, choice: Choice) -> list[tuple[str, str]]:
    """Return each (unit, system) where a unit begins to use a system it has not today."""
    return sorted({(need[1], system) for need, system in choice.served.items()} - case.served)


def count(case: Case, choice: Choice, on: date, years: int) -> Count:
    """Return what a choice costs over some years from a day, in whole öre; a cost nobody has said is 0."""
    kept = [case.systems[code] for code in choice.kept]
    left = [each for code, each in case.systems.items() if code not in set(choice.kept)]
    yearly, now = (sum(each.yearly_ore or 0 for each in some) for some in (kept, case.systems.values()))
    leaving = sum(leaving_ore(each, on, years) for each in left)
    joining = sum(case.systems[system].join_ore for _, system in joins(case, choice))
    return Count(len(kept), yearly, now, leaving, joining, yearly * years + leaving + joining, now * years)


@dataclass(frozen=True, slots=True)
class Move:
    """A system that is left: until when it is paid for, when to give notice, and who goes where with what.

    ``goes``: (unit, capability, system that takes over), in order.
    """

    system: str
    end: date | None
    notice_by: date | None
    goes: tuple[tuple[str, str, str], ...]


def moves(case: Case, choice: Choice) -> list[Move]:
    """Return the systems that are left in the order to move: first whose notice, then whose end, comes first.

    A system without a contract's end hurries nobody and comes last.
    """
    found = []
    for code in sorted(set(case.systems) - set(choice.kept)):
        system = case.systems[code]
        goes = [
            (unit, each.capability, choice.served[each.capability, unit])
            for each in case.abilities if each.system == code
            for unit in each.units if (each.capability, unit) in choice.served
        ]  # fmt: skip
        found.append(Move(code, system.end, system.notice_by, tuple(sorted(goes))))
    return sorted(found, key=lambda each: (each.notice_by or each.end or date.max, each.end or date.max, each.system))


def faults(case: Case, choice: Choice) -> list[str]:
    """Return what is wrong with a choice; nothing where it meets every need.

    Goes from the abilities themselves, and asks nothing of what made the choice.
    """
    bound = {code for code, each in case.systems.items() if each.bound}
    found = [f"{code} is bound and left" for code in bound - set(choice.kept)]
    can = {(each.capability, each.system): each for each in case.abilities}
    for each in case.abilities:
        for unit in each.units:
            need = (each.capability, unit)
            if need in case.unneeded:
                continue
            server = choice.served.get(need)
            if server is None or server not in choice.kept:
                found.append(f"{each.capability} for {unit} is met by nothing that is kept")
                continue
            ability = can.get((each.capability, server))
            if ability is None or not (ability.more or unit in ability.units):
                found.append(f"{server} does not do {each.capability} for {unit}")
    return sorted(set(found))
