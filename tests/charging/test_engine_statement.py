"""The statement engine: what is charged, what changed, which causes matter."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.charging.engine import (
    Effect,
    LineValue,
    Mode,
    apart,
    charge,
    explain_change,
    top_causes,
    year_forecast,
)
from samsyn.core.money import price_times
from samsyn.core.refusals import Refusal
from tests.worked_tables import number, pairs, table

PAGE = "change.md"
MODES: tuple[Mode, ...] = ("price", "cost", "shown")
UNITS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(-(10**12), 10**12))


def kronor(amount: int) -> int:
    return amount * 1_000_000


# Charging


@pytest.mark.parametrize("row", table(PAGE, "mode", "line A"), ids=lambda row: row["mode"])
def test_the_worked_charges_are_replayed(row: dict[str, str]) -> None:
    mode: Any = row["mode"]
    result = charge(mode, {"A": 60_000, "B": 40_000}, kronor(225), {"A": 3, "B": 2})
    assert result.lines == {"A": number(row["line A"]), "B": number(row["line B"])}
    assert [result.charged_ore, result.tax_financed_ore, result.recovery_ore] == [
        number(row[column]) for column in ("charged", "tax financed", "recovery")
    ]


@given(st.sampled_from(MODES), UNITS, UNITS, st.integers(0, 10**12), st.integers(1, 1000))
def test_charged_tax_financed_and_recovery_are_the_cost(
    mode: Mode, allocated: dict[str, int], quantities: dict[str, int], price: int, step: int
) -> None:
    result = charge(mode, allocated, price, quantities, step)
    assert result.charged_ore + result.tax_financed_ore + result.recovery_ore == sum(allocated.values())
    assert sum(result.lines.values()) == (result.tax_financed_ore if mode == "shown" else result.charged_ore)


def test_a_charged_unit_pays_its_price_whatever_the_cost_was() -> None:
    dear, cheap = (charge("price", {"A": cost}, kronor(95), {"A": 30}) for cost in (900_000, 1))
    assert dear.lines == cheap.lines == {"A": 285_000}
    assert (dear.recovery_ore, cheap.recovery_ore) == (615_000, -284_999)


def test_a_quantity_of_zero_costs_nothing_at_any_price() -> None:
    assert charge("price", {}, 1, {"A": 0}).lines == {"A": 0}


def test_units_come_in_the_order_of_their_codes() -> None:
    for mode in MODES:
        assert list(charge(mode, {"b": 1, "a": 2}, 1, {"b": 1, "a": 2}).lines) == ["a", "b"]


def test_a_price_service_without_a_price_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        charge("price", {"A": 1})
    assert refused.value.code == "no_price"


def test_a_price_of_zero_is_a_price() -> None:
    assert charge("price", {"A": 7}, 0, {"A": 3}).recovery_ore == 7


# What changed


def lundaskolan(month: str) -> list[LineValue]:
    return [
        LineValue(row["service"], int(row[month]), price_times(price, int(row[month])), price)
        for row in table(PAGE, "service", "price")[:-1]
        for price in [kronor(number(row["price"]))]
    ]


def test_the_worked_statement_is_replayed() -> None:
    rows = table(PAGE, "service", "price")
    before, after = lundaskolan("February"), lundaskolan("March")
    assert [line.amount_ore for line in before] == [number(row["before"]) for row in rows[:-1]]
    assert [line.amount_ore for line in after] == [number(row["after"]) for row in rows[:-1]]
    change = explain_change(before, after)
    assert {(effect.service, effect.kind, effect.amount_ore) for effect in change.effects} == {
        (row["service"], row["kind"], number(row["effect"])) for row in rows[:-1] if row["kind"] != "none"
    }
    total = rows[-1]
    assert sum(line.amount_ore for line in before) == number(total["before"]) == 8_239_800
    assert sum(line.amount_ore for line in after) == number(total["after"]) == 8_433_800
    assert change.total_ore == number(total["effect"]) == 194_000


def test_the_sentence_names_the_two_effects_that_changed_most() -> None:
    change = explain_change(lundaskolan("February"), lundaskolan("March"))
    assert change.largest() == (
        Effect("student computer", "volume", 270_000, 208, 220),
        Effect("staff computer", "volume", -76_000, 48, 46),
    )


@pytest.mark.parametrize("row", table(PAGE, "line", "old quantity"), ids=lambda row: row["line"])
def test_the_worked_effects_are_replayed(row: dict[str, str]) -> None:
    old = LineValue("s", number(row["old quantity"]), number(row["old amount"]))
    new = LineValue("s", number(row["new quantity"]), number(row["new amount"]))
    effects = {effect.kind: effect.amount_ore for effect in explain_change([old], [new]).effects}
    kinds = ("volume", "price", "new", "ended")
    assert effects == {kind: number(row[kind]) for kind in kinds if number(row[kind])}


@st.composite
def statements(draw: st.DrawFn) -> list[LineValue]:
    """Draw lines with a price, lines with an average only, and lines without quantity."""
    lines = []
    for service in draw(st.sets(st.sampled_from("abcde"))):
        quantity, step = draw(st.integers(0, 500)), draw(st.sampled_from([1, 1, 4]))
        if draw(st.booleans()):
            price = draw(st.integers(0, 10**9))
            lines.append(LineValue(service, quantity, price_times(price, quantity, step), price, step))
        else:
            lines.append(LineValue(service, quantity, draw(st.integers(-(10**9), 10**9)), None, step))
    return lines


def negated(lines: list[LineValue]) -> list[LineValue]:
    return [
        replace(
            line,
            amount_ore=-line.amount_ore,
            price_micro=None if line.price_micro is None else -line.price_micro,
        )
        for line in lines
    ]


@given(statements(), statements())
def test_effects_add_up_to_the_change(before: list[LineValue], after: list[LineValue]) -> None:
    change = explain_change(before, after)
    difference = sum(line.amount_ore for line in after) - sum(line.amount_ore for line in before)
    assert sum(effect.amount_ore for effect in change.effects) == change.total_ore == difference


@given(statements(), statements())
def test_opposite_amounts_give_opposite_effects(before: list[LineValue], after: list[LineValue]) -> None:
    effects = explain_change(before, after).effects
    turned = explain_change(negated(before), negated(after)).effects
    assert turned == tuple(replace(effect, amount_ore=-effect.amount_ore) for effect in effects)


@given(statements(), statements(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(before: list[LineValue], after: list[LineValue], r: Any) -> None:
    expected = explain_change(before, after)
    r.shuffle(before)
    r.shuffle(after)
    assert explain_change(before, after) == expected


@given(statements(), statements())
def test_read_backwards_new_and_ended_change_places(before: list[LineValue], after: list[LineValue]) -> None:
    def gone(old: list[LineValue], new: list[LineValue], kind: str, sign: int) -> list[tuple[str, int]]:
        effects = explain_change(old, new).effects
        return [(effect.service, sign * effect.amount_ore) for effect in effects if effect.kind == kind]

    assert gone(before, after, "new", 1) == gone(after, before, "ended", -1)
    assert explain_change(before, after).total_ore == -explain_change(after, before).total_ore


@given(statements())
def test_a_statement_compared_with_itself_has_no_effects(lines: list[LineValue]) -> None:
    assert explain_change(lines, lines).effects == ()


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 999), st.integers(1, 999))
def test_the_volume_effect_is_within_half_an_ore_of_its_exact_value(a: int, b: int, q: int, p: int) -> None:
    effects = explain_change([LineValue("s", q, a)], [LineValue("s", p, b)]).effects
    volume = sum(effect.amount_ore for effect in effects if effect.kind == "volume")
    assert abs(volume - (Fraction(a * p, q) - a)) <= Fraction(1, 2)


def test_a_change_of_price_alone_is_all_price() -> None:
    change = explain_change([LineValue("s", 3, 300, 10**6)], [LineValue("s", 3, 330, 1_100_000)])
    assert change.effects == (Effect("s", "price", 30, 3, 3),)


def test_an_adjusted_amount_does_not_show_as_two_effects_that_cancel() -> None:
    adjusted = LineValue("s", 10, 900, 10**6)
    assert explain_change([adjusted], [adjusted]).effects == ()
    change = explain_change([adjusted], [LineValue("s", 12, 1200, 10**6)])
    assert change.effects == (Effect("s", "volume", 300, 10, 12),)
    change = explain_change([LineValue("s", 12, 1200, 10**6)], [adjusted])
    assert change.effects == (Effect("s", "volume", -300, 12, 10),)


def test_a_finer_step_is_not_a_change() -> None:
    assert explain_change([LineValue("s", 2, 50)], [LineValue("s", 8, 50, step=4)]).effects == ()
    finer = explain_change([LineValue("s", 2, 50)], [LineValue("s", 12, 90, step=4)])
    assert [effect.amount_ore for effect in finer.effects] == [25, 15]
    fewer = explain_change([LineValue("s", 2, 50)], [LineValue("s", 2, 20, step=4)])
    assert [effect.amount_ore for effect in fewer.effects] == [-37, 7]


def test_an_amount_without_quantity_changes_by_price_alone() -> None:
    change = explain_change([LineValue("s", 0, 50)], [LineValue("s", 4, 90)])
    assert change.effects == (Effect("s", "price", 40, 0, 4),)


def test_a_large_credit_is_named_before_a_small_cost() -> None:
    change = explain_change([LineValue("a", 1, 500)], [LineValue("b", 1, 20), LineValue("c", 1, 30)])
    assert [effect.service for effect in change.largest()] == ["a", "c"]


def test_equal_effects_are_named_in_the_order_of_their_services() -> None:
    change = explain_change([], [LineValue("b", 1, 5), LineValue("a", 1, 5), LineValue("c", 1, 9)])
    assert [effect.service for effect in change.largest(3)] == ["c", "a", "b"]


def test_two_lines_of_one_service_cannot_be_compared() -> None:
    with pytest.raises(Refusal) as refused:
        explain_change([], [LineValue("s", 1, 1), LineValue("s", 1, 2)])
    assert (refused.value.code, refused.value.facts) == ("duplicate_service", {"name": "s"})


# Causes and forecast


@pytest.mark.parametrize("row", table(PAGE, "causes", "at most"), ids=lambda row: row["causes"])
def test_the_worked_causes_are_replayed(row: dict[str, str]) -> None:
    parts = [item for part in row["causes"].split(", ") for item in pairs(part).items()]
    causes = top_causes(parts, int(row["at most"]))
    assert causes.top == tuple(pairs(row["shown"]).items())
    assert causes.other_ore == number(row["other"])


PARTS = st.lists(st.tuples(st.text(max_size=2), st.integers(-99, 99)))


@given(PARTS)
def test_five_causes_and_the_other_add_up_to_the_whole(parts: list[tuple[str, int]]) -> None:
    causes = top_causes(parts)
    assert sum(amount for _, amount in causes.top) + causes.other_ore == sum(amount for _, amount in parts)
    assert len(causes.top) <= 5
    assert causes.other_count == 0 or len(causes.top) == 5


@given(PARTS, st.randoms(use_true_random=False))
def test_the_order_of_causes_does_not_matter(parts: list[tuple[str, int]], shuffler: Any) -> None:
    shuffled = list(parts)
    shuffler.shuffle(shuffled)
    assert top_causes(shuffled) == top_causes(parts)


@given(PARTS, st.sets(st.text(max_size=2)))
def test_a_hidden_cause_is_never_shown_and_never_alone_in_the_other(
    parts: list[tuple[str, int]], hidden: set[str]
) -> None:
    causes = top_causes(parts, hidden=hidden)
    assert sum(amount for _, amount in causes.top) + causes.other_ore == sum(amount for _, amount in parts)
    assert not {key for key, _ in causes.top} & hidden
    sums = {key: sum(amount for each, amount in parts if each == key) for key, _ in parts}
    folded = {key for key, amount in sums.items() if amount} - {key for key, _ in causes.top}
    assert not folded & hidden or folded - hidden or not causes.top


def test_the_pay_of_few_goes_into_the_other_with_the_smallest_of_the_rest() -> None:
    causes = top_causes([("leasing", 60), ("pay", 30), ("licences", 10)], hidden={"pay"})
    assert (causes.top, causes.other_ore, causes.other_count) == ((("leasing", 60),), 40, 2)
    assert top_causes([("pay", 30), ("leasing", 60)], hidden={"pay"}).top == ()


def test_the_other_says_how_many_it_holds() -> None:
    causes = top_causes([(("pool", str(i)), 10 - i) for i in range(8)])
    assert [key for key, _ in causes.top] == [("pool", str(i)) for i in range(5)]
    assert (causes.other_ore, causes.other_count) == (5 + 4 + 3, 3)


def test_others_that_cancel_are_still_counted() -> None:
    assert top_causes([("a", 9), ("b", 1), ("c", -1)], 1).other_count == 2


@pytest.mark.parametrize("row", table(PAGE, "months so far"), ids=lambda row: row["year"])
def test_the_worked_forecasts_are_replayed(row: dict[str, str]) -> None:
    assert year_forecast([number(part) for part in row["months so far"].split(", ")]) == number(row["year"])


def test_there_is_no_forecast_before_the_first_month() -> None:
    assert year_forecast([]) is None


def test_a_whole_year_is_its_own_forecast() -> None:
    assert year_forecast([100] * 12) == 1200


def test_no_name_of_a_picture_stands_in_two_of_its_columns() -> None:
    types, pools, services = apart({"T": "Stöd"}, {"1": "Stöd", "2": "Nät"}, {"S": "Stöd", "N": "Nät", "P": "Pc"})
    assert (types, pools) == ({"T": "Stöd"}, {"1": "Stöd ", "2": "Nät"})
    assert services == {"S": "Stöd  ", "N": "Nät ", "P": "Pc"}
