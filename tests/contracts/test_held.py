"""Which terms of a contract held when, and what was called off each: no day twice, no call-off lost."""

from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samsyn.contracts.rules import TERMS, Held, held

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 1500).map(lambda days: FIRST + timedelta(days))
CALLS = st.lists(st.tuples(DAYS, st.integers(0, 10**9)))


def said(start: date | None, end: date | None) -> Any:
    told = dict.fromkeys(TERMS, None) | {"after": "ends", "notice_to": "any_day"}
    return SimpleNamespace(**told | {"code": "A0001", "start_date": start, "end_date": end, "last_date": end})


@st.composite
def written(draw: st.DrawFn) -> list[Any]:
    """Terms in the order somebody wrote them, the last standing now."""
    spans = draw(st.lists(st.tuples(st.none() | DAYS, st.none() | st.integers(0, 900)), min_size=1, max_size=5))
    return [said(start, (start or FIRST) + timedelta(length) if length else None) for start, length in spans]


def of(terms: Sequence[Any], calls: Sequence[tuple[date, int]] = ()) -> list[Held]:
    return held(terms[-1], terms[:-1], calls)


@given(written(), st.lists(DAYS, min_size=1))
def test_no_two_terms_hold_on_one_day(terms: list[Any], days: list[date]) -> None:
    for day in days:
        assert sum(each.on(day) for each in of(terms)) <= 1


@given(written(), CALLS)
def test_every_call_off_counts_on_one_of_the_terms(terms: list[Any], calls: list[tuple[date, int]]) -> None:
    assert sorted(call for each in of(terms, calls) for call in each.called) == sorted(calls)


@given(written(), CALLS)
def test_a_call_off_never_counts_on_terms_that_begin_after_it_when_others_had_begun(
    terms: list[Any], calls: list[tuple[date, int]]
) -> None:
    found = of(terms, calls)
    first = min(each.first or date.min for each in found)
    for each in found:
        for day, _ore in each.called:
            assert (each.first or date.min) <= max(day, first)


@given(written())
def test_the_terms_that_stand_now_come_last_under_the_number_of_the_contract(terms: list[Any]) -> None:
    found = of(terms)
    assert found[-1].code == "A0001" and found[-1].terms is terms[-1]
    assert len({each.code for each in found}) == len(found)


def test_between_two_terms_a_call_off_counts_on_the_earlier() -> None:
    old, new = said(date(2024, 1, 1), date(2024, 12, 31)), said(date(2026, 1, 1), date(2026, 12, 31))
    called = {each.code: each.called for each in of([old, new], [(date(2025, 6, 1), 7), (date(2023, 1, 1), 5)])}
    assert called == {"A0001/0": ((date(2023, 1, 1), 5), (date(2025, 6, 1), 7)), "A0001": ()}
