"""Where integrations stand, which registers compete, and what a standard asks for."""

from datetime import date, timedelta

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
