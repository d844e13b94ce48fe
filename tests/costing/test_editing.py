"""A document's rows: put in, taken out, compared; checked against what must always hold."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.refusals import Refusal
from samsyn.costing import imports
from samsyn.costing.choices import COLUMNS, PARTS, column_words
from samsyn.costing.engine import editing
from samsyn.costing.engine.content import faults
from samsyn.formats.workbook import SheetRow
from tests import build

CODES = st.sampled_from(["A", "B", "C", "D"])
DAYS = st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"])
POOLS = st.lists(st.fixed_dictionaries({"code": CODES, "name": CODES, "is_pay": st.booleans()}), max_size=5)
FLOWS = st.lists(
    st.fixed_dictionaries(
        {"from": CODES, "to": CODES, "driver": st.just("fixed"), "weight": st.integers(0, 3),
         "volume_service": st.just(""), "valid_from": DAYS, "valid_until": st.none()}
    ),
    max_size=6,
)  # fmt: skip
DOCUMENTS = st.fixed_dictionaries({"pools": POOLS, "flows": FLOWS})


def example() -> dict[str, list[dict[str, Any]]]:
    content, problems = imports.read_model(build.model())
    assert problems == []
    return content


@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(content: Any) -> None:
    assert list(editing.differences(content, content)) == []


@given(DOCUMENTS, DOCUMENTS)
def test_every_row_that_came_or_went_is_told_once(before: Any, after: Any) -> None:
    found = list(editing.differences(before, after))
    for part in before:
        old, new = Counter(map(as_text, before[part])), Counter(map(as_text, after[part]))
        assert Counter(as_text(each.before) for each in found if each.part == part and each.before) == old - new
        assert Counter(as_text(each.after) for each in found if each.part == part and each.after) == new - old


def as_text(row: Any) -> str:
    return json.dumps(row, sort_keys=True)


@given(DOCUMENTS, st.data())
def test_what_is_put_in_and_taken_out_again_leaves_the_document_as_it_was(content: Any, data: Any) -> None:
    row = data.draw(st.fixed_dictionaries({"code": CODES, "name": CODES, "is_pay": st.booleans()}))
    longer = editing.with_row(content, "pools", None, row)
    last = editing.FIRST_LINE + len(content["pools"])
    assert editing.row_on(longer, "pools", last) == row
    assert editing.with_row(longer, "pools", last, None) == content


def test_a_pool_with_flows_and_rules_is_told_with_all_of_them() -> None:
    content = example()
    assert editing.hanging_on(content, "pools", 2) == [("flows", 2), ("rules", 2)]
    assert editing.hanging_on(content, "decisions", 2) == []
    assert editing.hanging_on(content, "rules", 2) == editing.hanging_on(content, "flows", 2) == []


def test_of_two_rows_with_one_code_nothing_hangs_on_either() -> None:
    content = example()
    twice = editing.with_row(content, "pools", None, dict(content["pools"][0]))
    assert editing.hanging_on(twice, "pools", 2) == []


def test_a_new_price_is_a_changed_row_and_a_day_after_the_last_an_ended_one() -> None:
    content = example()
    pc = editing.line_of(content, "services", "PC 2026-01-01")
    assert pc is not None
    row = content["services"][pc - 2]
    for changed, verb in (({**row, "mode": "price", "price_kr": 1}, "change"),
                          ({**row, "valid_until": "2027-01-01"}, "end"),
                          ({**row, "valid_from": "2026-02-01"}, "change")):  # fmt: skip
        (found,) = editing.differences(content, editing.with_row(content, "services", pc, changed))
        assert (found.part, found.name, found.verb) == ("services", "PC 2026-01-01", verb)


def test_a_summary_names_fifty_rows_and_counts_the_rest() -> None:
    rows = [{"code": f"P{number}", "name": "x", "is_pay": False} for number in range(70)]
    told = editing.summary(editing.differences({"pools": rows[:1]}, {"pools": rows[1:]}))
    assert (told["added_rows"], told["removed_rows"]) == (69, 1)
    named = [each for kind in ("added", "removed") if kind in told for each in told[kind].split("; ")]
    assert len(named) == editing.NAMED_AT_MOST


@pytest.mark.parametrize(
    ("part", "changed", "code", "column"),
    [
        ("pools", {"code": "20"}, "code_twice", "code"),
        ("services", {"valid_until": "2025-01-01"}, "ends_before_it_begins", "valid_until"),
        ("services", {"decision": "X"}, "unknown_decision", "decision"),
        ("rules", {"pool": "X"}, "rule_without_pool", "pool"),
        ("rules", {"account_from": "7", "account_to": "6"}, "range_backwards", "account_to"),
    ],
)
def test_a_fault_says_its_row_and_column(part: str, changed: dict[str, Any], code: str, column: str) -> None:
    content = example()
    broken = editing.with_row(content, part, 2, {**content[part][0], **changed})
    found = editing.new_faults(content, broken)
    assert [(each.code, getattr(each, "column", "")) for each in found if each.code == code] == [(code, column)]
    places = [editing.place_of(broken, each) for each in found if each.code == code]
    assert places == [(part, 3 if code == "code_twice" else 2)], "the second of two is the one too many"


def test_what_the_run_would_refuse_is_found_among_the_rows() -> None:
    content = example()
    assert editing.place_of(content, Refusal("pool_reaches_nobody", "x", name="20")) == ("pools", 3)
    assert editing.place_of(content, Refusal("service_without_volume", "x", name="PC")) == ("services", 5)
    assert editing.place_of(content, Refusal("unknown_receiver", "x", name="HD", receiver="PC")) == ("flows", 8)
    assert editing.place_of(content, Refusal("no_model", "x")) is None


def test_the_example_has_no_fault() -> None:
    assert faults(example()) == []


def test_every_column_of_every_sheet_has_words() -> None:
    for part, columns in imports.PARTS.items():
        assert PARTS[part]
        for column in columns:
            assert column_words(part, column)[0]
    known = {column for columns in imports.PARTS.values() for column in columns} | {"takes", "says"}
    assert {name.rpartition(".")[2] for name in COLUMNS} <= known, "words of a column that is gone"


@pytest.mark.parametrize("months", ["0", "61", "-12"])
def test_a_cost_is_spread_over_one_to_sixty_months(months: str) -> None:
    problems: list[Any] = []
    cells = {"code": "R", "priority": 1, "outcome": "not_it", "months": months, "valid_from": date(2026, 1, 1)}
    assert imports.read_rows([SheetRow(7, cells)], imports.PARTS["rules"], "Rules", problems) == []
    (problem,) = problems
    assert (problem.line, problem.column, problem.code) == (7, "Rules.months", "not_within")
    assert problem.sentence() == f"“{months}” stands where 1–60 was expected."
