"""What systems do twice, and which are enough: the worked tables replayed, and what holds for any case."""

from datetime import date
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.portfolio import engine
from samsyn.portfolio.engine import Ability, Case, Choice, System
from samsyn.portfolio.solver import Aim, solve
from tests.worked_tables import number, table

ON = date(2026, 1, 15)
AIMS: tuple[Aim, ...] = ("over_years", "cheapest", "fewest")


@pytest.mark.parametrize("row", table("portfolio.md", "systems", "abilities"), ids=lambda row: row["abilities"])
def test_the_worked_overlap_is_replayed(row: dict[str, str]) -> None:
    costs = dict(part.split(" ") for part in row["systems"].split(", "))
    systems = {code: System(code, None if cost == "–" else int(cost)) for code, cost in costs.items()}
    said = [part.split(" ") for part in row["abilities"].split(", ")]
    case = Case(systems, [Ability(what, code, frozenset("U")) for code, what in said])
    found = {each.capability: each.ore for each in engine.doubled(case)}
    assert found[row["capability"]] == number(row["beyond one"])


@pytest.mark.parametrize("row", table("portfolio.md", "yearly", "exit"), ids=lambda row: row["paid until"])
def test_the_worked_leaving_is_replayed(row: dict[str, str]) -> None:
    end = None if row["paid until"] == "–" else date.fromisoformat(row["paid until"])
    system = System("A", number(row["yearly"]), number(row["exit"]), end=end)
    found = engine.leaving_ore(system, date.fromisoformat(row["on"]), int(row["years"]))
    assert found == number(row["leaving costs"])


@st.composite
def cases(draw: st.DrawFn, most: int = 6) -> Case:
    codes = [f"S{number}" for number in range(draw(st.integers(1, most)))]
    ore = st.integers(0, 1_000)
    ends = st.none() | st.dates(date(2025, 1, 1), date(2033, 1, 1))
    systems = {
        code: System(code, draw(st.none() | ore), draw(ore), draw(ore), draw(st.integers(0, 5)) == 0, draw(ends))
        for code in codes
    }
    units = st.frozensets(st.sampled_from("UVW"), min_size=1)
    abilities = [
        Ability(what, code, draw(units), draw(st.booleans()))
        for code in codes for what in sorted(draw(st.frozensets(st.sampled_from("abcd"), min_size=1)))
    ]  # fmt: skip
    every = Case(systems, abilities).needs
    return Case(systems, abilities, draw(st.frozensets(st.sampled_from(every), max_size=2)))


@given(cases())
def test_the_parts_of_a_system_are_its_cost(case: Case) -> None:
    parts = engine.shares(case)
    for code, system in case.systems.items():
        assert sum(ore for (owner, _), ore in parts.items() if owner == code) == (system.yearly_ore or 0)


@given(cases())
def test_what_is_doubled_is_never_more_than_everything_costs(case: Case) -> None:
    assert 0 <= sum(each.ore for each in engine.doubled(case)) <= sum(e.yearly_ore or 0 for e in case.systems.values())


@given(cases(), st.randoms())
def test_the_order_of_abilities_does_not_matter(case: Case, chance: Random) -> None:
    shuffled = list(case.abilities)
    chance.shuffle(shuffled)
    other = Case(case.systems, shuffled, case.unneeded)
    assert engine.doubled(other) == engine.doubled(case)
    assert engine.pairs(other) == engine.pairs(case)
    assert other.needs == case.needs


@given(cases())
def test_a_pair_shares_what_both_do_and_costs_no_more_than_either(case: Case) -> None:
    does = {code: {each.capability for each in case.abilities if each.system == code} for code in case.systems}
    for pair in engine.pairs(case):
        assert set(pair.capabilities) == does[pair.first] & does[pair.then]
        assert pair.ore <= min(case.systems[code].yearly_ore or 0 for code in (pair.first, pair.then))
    assert len(engine.pairs(case)) == sum(bool(does[a] & does[b]) for a, b in combinations(case.systems, 2))


def sets(case: Case) -> list[tuple[str, ...]]:
    """Return every set of systems that meets every need, by trying all of them."""
    able = case.able
    must = {code for code, each in case.systems.items() if each.bound}
    codes = sorted(case.systems)
    return [
        kept
        for size in range(len(codes) + 1) for kept in combinations(codes, size)
        if must <= set(kept) and all(set(kept) & set(systems) for systems in able.values())
    ]  # fmt: skip


def joining(case: Case, kept: tuple[str, ...]) -> int:
    """Return the least that joining costs when some systems are kept, unit by unit, by trying all of it."""
    able, served, total = case.able, case.served, 0
    for unit in {unit for _, unit in able}:
        wanted = [set(kept) & set(systems) for (_, of), systems in able.items() if of == unit]
        new = sorted({code for some in wanted for code in some if (unit, code) not in served})
        total += min(
            sum(case.systems[code].join_ore for code in some)
            for size in range(len(new) + 1) for some in combinations(new, size)
            if all(any(code in some or (unit, code) in served for code in each) for each in wanted)
        )  # fmt: skip
    return total


@settings(deadline=None, max_examples=60)
@given(cases(), st.sampled_from(AIMS))
def test_the_set_is_as_good_as_the_best_of_all_sets(case: Case, aim: Aim) -> None:
    choice = solve(case, aim, ON, 3)
    assert engine.faults(case, choice) == []
    count = engine.count(case, choice, ON, 3)

    def worth(kept: tuple[str, ...]) -> tuple[int, ...]:
        yearly = sum(case.systems[code].yearly_ore or 0 for code in kept)
        leaving = sum(engine.leaving_ore(each, ON, 3) for code, each in case.systems.items() if code not in kept)
        total = 3 * yearly + leaving + joining(case, kept)
        return {"over_years": (total, len(kept)), "cheapest": (yearly, len(kept), total),
                "fewest": (len(kept), yearly, total)}[aim]  # fmt: skip

    mine = {"over_years": (count.total_ore, count.systems),
            "cheapest": (count.yearly_ore, count.systems, count.total_ore),
            "fewest": (count.systems, count.yearly_ore, count.total_ore)}[aim]  # fmt: skip
    assert mine == min(map(worth, sets(case)))


@settings(deadline=None, max_examples=30)
@given(cases(), st.sampled_from(AIMS))
def test_a_set_keeps_what_is_bound_and_moves_everybody_who_loses_something(case: Case, aim: Aim) -> None:
    choice = solve(case, aim, ON, 3)
    moves = engine.moves(case, choice)
    assert {each.system for each in moves} == set(case.systems) - set(choice.kept)
    assert not any(case.systems[each.system].bound for each in moves)
    lost = {(each.capability, unit) for each in case.abilities if each.system not in choice.kept for unit in each.units}
    gone = {(capability, unit) for move in moves for unit, capability, _ in move.goes}
    assert gone == lost - case.unneeded
    assert all(system in choice.kept for move in moves for _, _, system in move.goes)


def test_a_choice_that_leaves_somebody_without_is_found_out() -> None:
    systems = {code: System(code) for code in "AB"}
    case = Case(systems, [Ability("pay", "A", frozenset("U")), Ability("pay", "B", frozenset("V"), more=False)])
    assert engine.faults(case, Choice(("B",), {("pay", "U"): "B", ("pay", "V"): "B"})) == ["B does not do pay for U"]
    assert engine.faults(case, Choice(("A",), {("pay", "U"): "A"})) == ["pay for V is met by nothing that is kept"]
    assert engine.faults(case, Choice(("A",), {("pay", "U"): "A", ("pay", "V"): "A"})) == []
    bound = Case({"A": systems["A"], "B": System("B", bound=True)}, case.abilities)
    assert "B is bound and left" in engine.faults(bound, Choice(("A",), {("pay", "U"): "A", ("pay", "V"): "A"}))


def test_the_order_to_move_is_that_of_the_notice_days() -> None:
    systems = {
        "A": System("A", notice_by=date(2026, 9, 1), end=date(2026, 10, 1)), "B": System("B", end=date(2026, 5, 1)),
        "C": System("C"), "D": System("D"),
    }  # fmt: skip
    case = Case(systems, [Ability("pay", code, frozenset("U")) for code in "ABCD"])
    choice = Choice(("D",), {("pay", "U"): "D"})
    assert [each.system for each in engine.moves(case, choice)] == ["B", "A", "C"]


def test_what_hangs_together_is_counted_in() -> None:
    abilities = [Ability("pay", "A", frozenset("U")), Ability("see", "A", frozenset("U")),
                 Ability("see", "B", frozenset("U")), Ability("lend", "C", frozenset("U"))]  # fmt: skip
    assert engine.reached(abilities, ["pay"]) == ({"pay", "see"}, {"A", "B"})
    assert engine.reached(abilities, ["lend"]) == ({"lend"}, {"C"})


def test_a_hundred_and_fifty_systems_are_solved_and_checked() -> None:
    chance = Random(150)
    systems = {
        f"S{number:03}": System(f"S{number:03}", chance.randrange(10, 500) * 100_000, chance.randrange(50) * 100_000,
                                chance.randrange(20) * 100_000, chance.random() < 0.05)
        for number in range(150)
    }  # fmt: skip
    abilities = [
        Ability(f"C{what:02}", code, frozenset(chance.sample("ABCDEFGHI", chance.randint(1, 9))), chance.random() < 0.7)
        for code in systems for what in chance.sample(range(80), chance.randint(1, 4))
    ]  # fmt: skip
    case = Case(systems, abilities)
    choices = {aim: solve(case, aim, ON, 5) for aim in AIMS}
    assert not any(engine.faults(case, choice) for choice in choices.values())
    found = {aim: engine.count(case, choice, ON, 5) for aim, choice in choices.items()}
    assert min(found.values(), key=lambda each: each.systems) == found["fewest"]
    assert min(each.yearly_ore for each in found.values()) == found["cheapest"].yearly_ore
    assert min(each.total_ore for each in found.values()) == found["over_years"].total_ore
    assert found["fewest"].systems < 150
