"""What follows from a system's days and answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.systems import engine
from samsyn.systems.choices import FURTHER_FIELDS, HELP, MAY_BE_UNKNOWN, QUESTIONS, USED_FOR, LifeCycle
from samsyn.systems.models import ItSystem, ItSystemUsage

JUNE = date(2026, 6, 1)
DAYS = st.dictionaries(st.sampled_from(engine.ORDER), st.none() | st.dates())


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        ({}, "undecided"),
        ({"pilot": date(2026, 6, 2)}, "undecided"),
        ({"pilot": date(2026, 6, 1)}, "pilot"),
        ({"pilot": date(2026, 1, 1), "operational": date(2026, 3, 1)}, "operational"),
        ({"operational": date(2020, 1, 1), "ended": date(2027, 1, 1)}, "operational"),
        ({"operational": date(2020, 1, 1), "phasing_out": date(2026, 1, 1), "ended": None}, "phasing_out"),
        ({"ended": date(2026, 5, 31)}, "ended"),
    ],
)
def test_the_stage_is_the_last_whose_day_has_come(dates: dict[str, date | None], stage: str) -> None:
    assert engine.life_cycle(dates, JUNE) == stage


@given(DAYS, st.dates(), st.dates())
def test_in_order_a_system_never_grows_younger(dates: dict[str, date | None], a: date, b: date) -> None:
    stages = ["undecided", *engine.ORDER]
    if not engine.out_of_order(dates):
        first, then = (stages.index(engine.life_cycle(dates, on)) for on in sorted((a, b)))
        assert first <= then


def test_days_that_contradict_each_other_are_named() -> None:
    days = {"pilot": date(2026, 1, 1), "operational": date(2025, 1, 1), "ended": date(2027, 1, 1)}
    assert engine.out_of_order(days) == [("pilot", "operational")]


@given(st.sets(st.sampled_from(list(QUESTIONS))), st.sets(st.sampled_from(MAY_BE_UNKNOWN)))
def test_each_question_is_answered_not_known_or_missing(given: set[str], unknown: set[str]) -> None:
    found = engine.known(dict.fromkeys(given, "x"), unknown, QUESTIONS)
    assert sorted([*found.answered, *found.not_known, *found.missing]) == sorted(QUESTIONS)
    assert set(found.answered) == given and set(found.not_known) == unknown - given


def test_nothing_is_no_answer_and_nought_is() -> None:
    found = engine.known({"a": "", "b": None, "c": [], "d": 0}, (), ("a", "b", "c", "d"))
    assert found.answered == ("d",)


def test_stages_are_named_as_the_engine_orders_them() -> None:
    assert LifeCycle.values == ["undecided", *engine.ORDER]


LIVING = st.sampled_from(["pilot", "operational", "phasing_out"])


@given(st.sampled_from(["", *engine.ORDER]), st.none() | st.dates(), st.booleans(), st.dates())
def test_what_nobody_claims_or_days_contract_and_owner_bear_out_is_not_doubted(
    stage: str, end: date | None, owned: bool, on: date
) -> None:
    assert engine.doubts("", stage, end, owned, on) == ()
    assert engine.doubts(stage, stage, None, True, on) == ()


@given(LIVING, st.sampled_from(["undecided", *engine.ORDER]), st.dates(), st.booleans(), st.dates())
def test_a_life_that_is_claimed_is_doubted_by_each_that_says_otherwise(
    claimed: str, derived: str, end: date, owned: bool, on: date
) -> None:
    found = engine.doubts(claimed, derived, end, owned, on)
    assert ("days" in found) == (claimed != derived)
    assert ("contract" in found) == (end < on)
    assert ("acceptance" in found) == (claimed != "pilot" and not owned)


def test_an_end_that_is_claimed_is_doubted_while_the_contract_runs() -> None:
    assert engine.doubts("ended", "ended", JUNE, False, JUNE) == ("contract",)
    assert engine.doubts("ended", "ended", date(2026, 5, 31), False, JUNE) == ()


@given(*[st.integers(0, 99)] * 3)
def test_a_task_is_three_pairs_of_figures(group: int, part: int, subject: int) -> None:
    number = f"{group:02}.{part:02}.{subject:02}"
    assert engine.is_task(number)
    assert engine.task_in(number) == engine.task_in(f"{number} G01") == number
    assert engine.task_in(f"{number}.01") == engine.task_in(f"om {number}") == ""
    for wrong in (number[1:], f"{number}.01", number.replace(".", " "), f"{number} G01", f"{number}\n", ""):
        assert not engine.is_task(wrong)


@given(st.dictionaries(st.text(), st.integers(0, 4)))
def test_one_level_above_the_highest_is_enough_to_stop(levels: dict[str, int]) -> None:
    assert engine.is_protected(levels) == (4 in levels.values())


def test_every_field_names_what_it_is_used_for() -> None:
    own = {
        "id",
        "municipality",
        "key",
        "version",
        "system",
        "code",
        "unknown",
        "missing",
        "received",
        "search_key",
        "sort_key",
    }
    fields = {field.name for model in (ItSystem, ItSystemUsage) for field in model._meta.fields} - own
    assert fields | {"used_by"} == set(USED_FOR)


def test_every_field_beyond_the_eight_has_its_place_and_no_other_is_asked_for() -> None:
    assert len(set(FURTHER_FIELDS)) == len(FURTHER_FIELDS)
    assert set(USED_FOR) >= set(FURTHER_FIELDS) >= set(HELP)
