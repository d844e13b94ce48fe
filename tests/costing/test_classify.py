from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from samsyn.costing.engine.classify import REMAINDER, Rule, classify, in_order


def rows(*given: dict[str, object]) -> pa.Table:
    names = ("account", "responsibility", "activity", "object", "project", "counterparty", "supplier", "text")
    columns = {name: pa.array([str(row.get(name, "")) for row in given], pa.string()) for name in names}
    days = pa.array([row.get("date", date(2026, 3, 1)) for row in given], pa.date32())
    return pa.table({**columns, "date": days})


def test_the_first_rule_by_priority_takes_the_row_and_the_rest_is_the_remainder() -> None:
    rules = in_order(
        [
            Rule("b", 20, "it", ranges=(("account", "64", "64"),)),
            Rule("a", 10, "not_it", ranges=(("account", "6410", "6410"),)),
        ]
    )
    found = classify(rows({"account": "6410"}, {"account": "6420"}, {"account": "7000"}), rules)
    assert [rules[i].code if i >= 0 else None for i in found] == ["a", "b", None]


def test_a_range_compares_prefixes_and_never_takes_an_empty_code() -> None:
    rule = Rule("r", 1, "it", ranges=(("account", "63", "64"),))
    found = classify(rows({"account": "6310"}, {"account": "6499"}, {"account": "6500"}, {"account": ""}), [rule])
    assert list(found) == [0, 0, REMAINDER, REMAINDER]


def test_all_conditions_of_a_rule_must_fit() -> None:
    rule = Rule("r", 1, "it", ranges=(("account", "68", "68"), ("responsibility", "91", "91")))
    found = classify(
        rows({"account": "6810", "responsibility": "9100"}, {"account": "6810", "responsibility": "3100"}),
        [rule],
    )
    assert list(found) == [0, REMAINDER]


def test_words_are_found_whatever_their_case() -> None:
    rule = Rule("r", 1, "it", words=(("supplier", "molnbolaget"),))
    assert list(classify(rows({"supplier": "AB MOLNBOLAGET"}, {"supplier": "Bageriet"}), [rule])) == [
        0,
        REMAINDER,
    ]


def test_a_rule_takes_only_rows_dated_within_its_validity() -> None:
    rule = Rule("r", 1, "it", valid_from=date(2026, 1, 1), valid_until=date(2026, 3, 1))
    days = [{"date": date(2025, 12, 31)}, {"date": date(2026, 2, 28)}, {"date": date(2026, 3, 1)}]
    assert list(classify(rows(*days), [rule])) == [REMAINDER, 0, REMAINDER]


def test_no_rows_and_no_rules_are_answered_too() -> None:
    assert list(classify(rows(), [Rule("r", 1, "it", ranges=(("account", "6", "6"),))])) == []
    assert list(classify(rows({"account": "6410"}), [])) == [REMAINDER]


CODES = st.sampled_from(["", "6", "63", "631", "6310", "64", "7000", "9"])


@given(
    st.lists(st.tuples(CODES, CODES), max_size=20),
    st.lists(st.tuples(CODES.filter(bool), CODES.filter(bool)), max_size=5),
)
def test_columns_decide_as_asking_row_by_row_would(codes: list[tuple[str, str]], ranges: list[tuple[str, str]]) -> None:
    rules = [
        Rule(str(i), i, "it", ranges=(("account", first, last), ("project", last, last)))
        for i, (first, last) in enumerate(ranges)
    ]

    def takes(rule: Rule, row: tuple[str, str]) -> bool:
        return all(
            value != "" and low <= value[: len(low)] and value[: len(high)] <= high
            for (_, low, high), value in zip(rule.ranges, row, strict=True)
        )

    expected = [next((i for i, rule in enumerate(rules) if takes(rule, row)), REMAINDER) for row in codes]
    table = rows(*({"account": a, "project": p} for a, p in codes))
    assert list(classify(table, rules)) == expected


CODES = st.sampled_from(["", "6", "63", "631", "6310", "6499", "65", "64Å", "7"])


@given(
    st.lists(st.tuples(CODES, CODES, st.sampled_from(["", "Molnet AB", "MOLN", "bagare"])), max_size=30),
    st.lists(
        st.tuples(CODES.filter(bool), CODES.filter(bool), st.booleans(), st.sampled_from(["", "moln"])), max_size=8
    ),
)
def test_whole_columns_give_what_rules_asked_row_by_row_give(
    books: list[tuple[str, str, str]], ranges: list[tuple[str, str, bool, str]]
) -> None:
    rules = [
        Rule(
            str(n), n, "it", words=(("supplier", words),) if words else (),
            ranges=(("account", first, last), *((("responsibility", "63", last),) if both else ())),
        )
        for n, (first, last, both, words) in enumerate(ranges)
    ]  # fmt: skip
    table = rows(*({"account": a, "responsibility": r, "supplier": s} for a, r, s in books))

    def within(value: str, first: str, last: str) -> bool:
        return bool(value) and first <= value[: len(first)] and value[: len(last)] <= last

    def fits(rule: Rule, row: dict[str, str]) -> bool:
        return all(within(row[name], first, last) for name, first, last in rule.ranges) and all(
            words in row[name].casefold() for name, words in rule.words
        )

    expected = [next((n for n, rule in enumerate(rules) if fits(rule, row)), REMAINDER) for row in table.to_pylist()]
    assert list(classify(table, rules)) == expected
