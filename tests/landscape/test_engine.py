"""Where integrations stand, which registers compete, and what a standard asks for."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.landscape import engine
from samsyn.landscape.imports import often

ON = date(2026, 11, 23)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(None, None, "running"), (ON, None, "running"), (ON + timedelta(1), None, "planned"), (None, ON, "running"),
     (None, ON - timedelta(1), "ended"), (ON, ON, "running")],
)  # fmt: skip
def test_an_integration_runs_from_its_first_day_to_its_last(start: date | None, end: date | None, wanted: str) -> None:
    assert engine.status(start, end, ON) == wanted


@pytest.mark.parametrize(
    ("claiming", "decided", "wanted"),
    [
        ([], "", ("nobody", "", ())), (["A"], "", ("one", "A", ())), (["B", "A"], "", ("competing", "", ("A", "B"))),
        (["B", "A"], "A", ("decided", "A", ("B",))), ([], "A", ("decided", "A", ())),
        (["A"], "A", ("decided", "A", ())),
    ],
)  # fmt: skip
def test_registers_compete_until_somebody_has_decided(
    claiming: list[str], decided: str, wanted: tuple[str, str, tuple[str, ...]]
) -> None:
    found = engine.sources(claiming, decided)
    assert (found.order, found.source, found.against) == wanted


@given(st.lists(st.sampled_from("ABCD")), st.sampled_from(["", "A", "E"]))
def test_every_claim_is_the_source_or_against_it(claiming: list[str], decided: str) -> None:
    found = engine.sources(claiming, decided)
    assert set(claiming) <= {found.source, *found.against}
    assert found.source not in found.against
    assert found == engine.sources(reversed(claiming), decided)


@pytest.mark.parametrize(
    ("stage", "until", "excepted", "is_excepted", "wanted"),
    [
        ("adopt", None, None, False, "fine"), ("trial", ON - timedelta(9), None, False, "fine"),
        ("hold", ON, None, False, "stands"), ("hold", ON - timedelta(1), None, False, "overdue"),
        ("hold", ON - timedelta(1), ON, True, "excepted"), ("hold", ON - timedelta(1), None, True, "excepted"),
        ("retire", ON + timedelta(9), ON - timedelta(1), True, "overdue"), ("retire", None, None, False, "stands"),
    ],
)  # fmt: skip
def test_what_has_to_be_left_is_left_unless_an_exception_still_holds(
    stage: str, until: date | None, excepted: date | None, is_excepted: bool, wanted: str
) -> None:
    assert engine.due(stage, until, excepted, is_excepted, ON) == wanted


@given(DAYS, DAYS, st.booleans(), st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(0, 3000))
def test_what_is_too_late_stays_too_late(
    until: date | None, excepted: date | None, is_excepted: bool, on: date, later: int
) -> None:
    if engine.due("hold", until, excepted, is_excepted, on) == "overdue":
        assert engine.due("hold", until, excepted, is_excepted, on + timedelta(later)) == "overdue"


LINKS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")))


@given(LINKS)
def test_neighbours_are_all_a_system_exchanges_with_and_what_they_exchange(links: list[tuple[str, str]]) -> None:
    found = engine.neighbours(links, "A")
    assert all(pair in found for pair in links if "A" in pair)
    near = {"A"} | {name for pair in links if "A" in pair for name in pair}
    assert all(set(pair) <= near for pair in found)
    assert sum(count for _, _, count in engine.merged(links)) == len(links)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("Varje natt", "daily"), ("dagligen", "daily"), ("i realtid", "always"), ("API", "always"), ("ugentlig", "weekly"),
     ("Monthly", "monthly"), ("1 gång/år", "yearly"), ("manuellt", "hand"), ("ibland", ""), ("", "")],
)  # fmt: skip
def test_how_often_is_read_as_people_write_it(words: str, wanted: str) -> None:
    assert often(words) == wanted


TREE = {"ADM": ["A", "B"], "B": ["B1", "B2"], "OTHER": ["C"]}
UNITS = ["ADM", "A", "B", "B1", "B2", "OTHER", "C"]
NOTES = st.builds(
    engine.Note, st.sampled_from(UNITS), st.sampled_from(["agreed", "otherwise", "unknown"]),
    st.sampled_from(["dagen för beslutet", "Dagen för  beslutet.", "månaden efter"]),
    st.dates(date(2026, 1, 1), date(2026, 1, 4)), st.integers(1, 10**6),
)  # fmt: skip
MANY = st.lists(NOTES, max_size=9, unique_by=lambda each: each.number)


def note(unit: str, practice: str = "agreed", way: str = "", seen: date = ON, number: int = 1) -> engine.Note:
    return engine.Note(unit, practice, way, seen, number)


def test_two_units_that_say_the_same_of_their_way_have_one() -> None:
    notes = [note("A", "otherwise", "Dagen för beslutet"), note("B", "otherwise", "dagen för beslutet.")]
    found = engine.variance([*notes, note("C")], UNITS, {})
    assert list(found.ways.values()) == [("A", "B")] and found.otherwise == 2


def test_the_note_of_what_was_seen_last_holds_whenever_it_was_written() -> None:
    newer, older = note("A", "agreed", number=1), note("A", "otherwise", "x", ON - timedelta(1), number=2)
    assert engine.variance([newer, older], ["A"], {}).states == {"A": "agreed"}
    corrected = note("A", "unknown", number=3)
    assert engine.variance([corrected, newer, older], ["A"], {}).states == {"A": "unknown"}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ([], ("ADM", "OTHER")), (["A"], ("B", "OTHER")), (["B1"], ("A", "B2", "OTHER")), (["ADM"], ("OTHER",)),
        (["ADM", "C"], ()), (["A", "B1", "B2", "OTHER"], ()),
    ],
)  # fmt: skip
def test_who_has_not_been_asked_is_named_as_high_up_as_nobody_has_spoken(
    asked: list[str], wanted: tuple[str, ...]
) -> None:
    assert engine.variance([note(unit) for unit in asked], ["ADM", "OTHER"], TREE).unasked == wanted


def test_a_field_that_means_something_else_is_asked_about_again_but_bad_news_stays() -> None:
    notes = [note("A"), note("B", "otherwise", "x"), note("C", "unknown"), note("D", seen=ON + timedelta(1))]
    states = engine.variance(notes, [], {}, changed=ON + timedelta(1)).states
    assert states == {"A": "again", "B": "otherwise", "C": "unknown", "D": "agreed"}


@given(MANY, st.sampled_from(UNITS))
def test_one_more_that_does_as_agreed_adds_no_finding(notes: list[engine.Note], unit: str) -> None:
    before = engine.variance(notes, ["ADM", "OTHER"], TREE)
    after = engine.variance([*notes, note(unit, number=10**7)], ["ADM", "OTHER"], TREE)
    assert set(after.ways) <= set(before.ways) or after.otherwise < before.otherwise
    assert after.otherwise <= before.otherwise and after.states[unit] == "agreed"


@given(MANY, st.randoms())
def test_the_order_of_notes_does_not_matter(notes: list[engine.Note], chance: Random) -> None:
    mixed = chance.sample(notes, len(notes))
    assert engine.variance(mixed, ["ADM", "OTHER"], TREE) == engine.variance(notes, ["ADM", "OTHER"], TREE)


@given(MANY)
def test_every_unit_has_one_way_at_most_and_everybody_is_asked_or_not(notes: list[engine.Note]) -> None:
    found = engine.variance(notes, ["ADM", "OTHER"], TREE)
    units = [unit for each in found.ways.values() for unit in each]
    assert sorted(units) == [unit for unit, state in found.states.items() if state == "otherwise"]
    above = {each: parent for parent, parts in TREE.items() for each in parts}
    for unit in ("A", "B1", "B2", "C"):
        path = [unit]
        while path[-1] in above:
            path.append(above[path[-1]])
        assert bool(set(path) & set(found.states)) != bool(set(path) & set(found.unasked))
