"""The dates of a contract: the worked table replayed, and what holds for any terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samsyn.contracts.engine import (
    DAY,
    Terms,
    extended,
    first_end,
    next_decision,
    notice_days,
    outlook,
    period_end,
    plus_months,
    validate,
)
from samsyn.core.refusals import Refusal
from tests.worked_tables import table

CASES = table("contract-dates.md", "case", "terms")
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(0, 60)


def read(word: str) -> Any:
    if word == "–":
        return None
    if word.isdigit():
        return int(word)
    return date.fromisoformat(word) if word[:4].isdigit() else word


def pairs(text: str) -> dict[str, Any]:
    return {name: read(word) for name, word in (part.split(" ") for part in text.split(", "))}


def renewing(start: date, months: int, renewal: int, notice: int, irrevocable: int) -> Terms:
    until = start + timedelta(irrevocable) if irrevocable else None
    return Terms(start, months=months, after="renews", renewal_months=renewal, notice_months=notice,
                 irrevocable_until=until)  # fmt: skip


RENEWING = st.builds(renewing, DAYS, st.integers(1, 60), st.integers(1, 36), st.integers(0, 24), st.integers(0, 2000))
ANY = st.builds(
    Terms, DAYS, end=st.none() | DAYS, months=st.none() | MONTHS, signed=st.none() | DAYS,
    after=st.sampled_from(["ends", "renews", "runs_on"]), renewal_months=MONTHS, notice_months=MONTHS,
    notice_days=st.integers(0, 90), notice_to=st.sampled_from(["any_day", "month", "quarter", "half_year", "year"]),
    irrevocable_until=st.none() | DAYS, options=st.integers(0, 4), options_used=st.integers(0, 4), option_months=MONTHS,
    option_notice_months=MONTHS, procure_months=MONTHS, notice_given=st.none() | DAYS,
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_case_is_replayed(case: dict[str, str]) -> None:
    found = outlook(Terms(**pairs(case["terms"])), date.fromisoformat(case["on"]))
    wanted = pairs(case["gives"])
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_there_are_at_least_forty_worked_cases() -> None:
    assert len(CASES) >= 40


@given(DAYS, MONTHS)
def test_the_strict_day_is_never_later_and_both_run_out_by_the_end(end: date, months: int) -> None:
    strict, generous = notice_days(end, months)
    assert strict <= generous <= strict + 3 * DAY
    assert plus_months(strict, months) <= plus_months(generous, months) <= end < plus_months(generous + DAY, months)


@given(DAYS, MONTHS, MONTHS)
def test_two_extensions_are_one_of_both_lengths_from_a_month_end(day: date, a: int, b: int) -> None:
    end = period_end(day, "month")
    assert extended(extended(end, a), b) == extended(end, a + b)


@given(RENEWING, DAYS)
def test_a_renewing_contract_is_always_in_a_term_and_the_next_is_later(terms: Terms, on: date) -> None:
    found = outlook(terms, on)
    assert found.end is not None and found.then_until is not None
    assert on <= found.end < found.then_until


@given(RENEWING, DAYS, DAYS)
def test_the_end_never_moves_back_as_days_go(terms: Terms, a: date, b: date) -> None:
    first, then = (outlook(terms, on).end for on in sorted((a, b)))
    assert first is not None and then is not None and first <= then


@given(RENEWING, DAYS)
def test_notice_by_the_day_told_ends_it_and_a_day_later_does_not(terms: Terms, on: date) -> None:
    found = outlook(terms, on)
    last = found.notice_by_at_latest
    assert last is not None and found.ends_on is not None
    assume(last >= terms.start)
    # notice given on the last day ends it there or, where it is past that day, at an earlier end
    assert outlook(terms, last).if_noticed_now == found.ends_on
    later = outlook(terms, last + DAY).if_noticed_now
    assert later is not None and later > found.ends_on


@given(RENEWING, DAYS, DAYS)
def test_notice_given_decides_the_end_for_good(terms: Terms, given_on: date, on: date) -> None:
    assume(given_on >= terms.start)
    noticed = Terms(**{name: getattr(terms, name) for name in terms.__slots__} | {"notice_given": given_on})
    found = outlook(noticed, on)
    assert found.end == outlook(terms, given_on).if_noticed_now
    assert (found.state == "ended") == (found.end is not None and on > found.end)


@given(st.builds(lambda day, to: (day, to), DAYS, st.sampled_from(["month", "quarter", "half_year", "year"])))
def test_a_period_ends_on_or_after_the_day_and_before_the_next_begins(asked: Any) -> None:
    day, to = asked
    end = period_end(day, to)
    assert day <= end and (end + DAY).day == 1 and period_end(end, to) == end and (to != "year" or end.month == 12)


@given(ANY, DAYS)
def test_terms_of_any_kind_have_an_outlook_or_a_refusal(terms: Terms, on: date) -> None:
    faults = validate(terms)
    if faults:
        with pytest.raises(Refusal) as refusal:
            outlook(terms, on)
        assert refusal.value.code == faults[0].code
    else:
        found = outlook(terms, on)
        assert found.notice_by is None or found.notice_by_at_latest is not None
        assert 0 <= found.options_left <= terms.options
        assert (found.state == "ended") == (found.end is not None and on > found.end)
        base = first_end(terms)
        assert found.ends_on is None or base is None or found.ends_on >= base


@given(ANY, DAYS)
def test_what_must_be_decided_next_can_still_be_decided(terms: Terms, on: date) -> None:
    assume(not validate(terms))
    found = outlook(terms, on)
    assert found.notice_by_at_latest is None or found.notice_by_at_latest >= on
    assert found.too_late_for is None or (found.notice_was_by is not None and found.notice_was_by < on)
    decision = next_decision(found, on)
    assert decision is None or decision.day >= on
    assert decision is None or decision.step != "end" or found.then not in ("renews", "runs_on")
    assert found.then != "renews" or decision is not None


def test_every_fault_is_told_at_once() -> None:
    terms = Terms(date(2025, 1, 1), end=date(2024, 1, 1), months=0, after="renews", options=1, options_used=2,
                  notice_months=-1)  # fmt: skip
    assert {each.code for each in validate(terms)} == {
        "ends_before_start", "empty_term", "two_ends", "empty_renewal", "too_many_options_used", "empty_option",
        "length_out_of_range",
    }  # fmt: skip
    assert all(each.sentence() for each in validate(terms))


@pytest.mark.parametrize("on", [date(1899, 12, 31), date(2300, 1, 1)])
def test_days_beyond_the_calendar_are_refused(on: date) -> None:
    with pytest.raises(Refusal) as refusal:
        outlook(Terms(date(2025, 1, 1), months=12), on)
    assert refusal.value.code == "beyond_calendar"
