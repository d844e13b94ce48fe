"""Money is read, split and priced in whole öre."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.money import half_away, kronor, parse_ore, price_times, split
from samsyn.core.refusals import Refusal
from tests.worked_tables import number, pairs, table

BIG = 2**70
amounts = st.integers(-BIG, BIG) | st.integers(-2, 2)
weights = st.dictionaries(st.text(max_size=3), st.integers(0, BIG) | st.integers(0, 3), min_size=1, max_size=12)
usable = weights.filter(lambda w: any(w.values()))


@pytest.mark.parametrize("row", table("allocation.md", "amount", "weights"), ids=lambda row: row["why"])
def test_the_worked_splits_are_replayed(row: dict[str, str]) -> None:
    assert split(number(row["amount"]), pairs(row["weights"])) == pairs(row["result"])


@given(amounts, usable)
def test_a_split_adds_up_to_the_amount(amount: int, by: dict[str, int]) -> None:
    assert sum(split(amount, by).values()) == amount


@given(amounts, usable)
def test_every_share_lies_within_one_ore_of_its_exact_value(amount: int, by: dict[str, int]) -> None:
    for key, share in split(amount, by).items():
        assert abs(share - Fraction(amount * by[key], sum(by.values()))) < 1


@given(amounts, usable)
def test_the_opposite_amount_gives_the_opposite_shares(amount: int, by: dict[str, int]) -> None:
    assert split(-amount, by) == {key: -share for key, share in split(amount, by).items()}


@given(amounts, usable)
def test_weight_zero_gets_zero(amount: int, by: dict[str, int]) -> None:
    assert all(share == 0 for key, share in split(amount, by).items() if by[key] == 0)


@given(amounts, usable, st.randoms())
def test_the_order_of_the_weights_does_not_matter(amount: int, by: dict[str, int], random: Any) -> None:
    shuffled = list(by.items())
    random.shuffle(shuffled)
    assert list(split(amount, dict(shuffled)).items()) == list(split(amount, by).items())


@given(amounts, usable, st.integers(1, 10**30))
def test_only_the_proportions_of_weights_matter(amount: int, by: dict[str, int], factor: int) -> None:
    assert split(amount, {key: weight * factor for key, weight in by.items()}) == split(amount, by)


@given(weights)
def test_keys_come_in_the_order_of_their_utf8_bytes(by: dict[str, int]) -> None:
    assert list(split(0, by)) == sorted(by, key=lambda key: key.encode())


def test_a_larger_remainder_goes_before_a_smaller_key() -> None:
    assert split(1, {"a": 1, "b": 2}) == {"a": 0, "b": 1}


def test_amounts_beyond_every_float_and_register_are_exact() -> None:
    assert split(2**53 + 1, {"only": 1}) == {"only": 2**53 + 1}
    assert split(10**40 + 1, {"a": 10**30, "b": 10**30}) == {"a": 5 * 10**39 + 1, "b": 5 * 10**39}


def test_fixed_width_integers_do_not_wrap() -> None:
    by: dict[str, Any] = {"a": np.int64(2**62), "b": np.int64(2**62)}
    assert split(10**12, by) == {"a": 5 * 10**11, "b": 5 * 10**11}
    narrow: Any = np.int32(2**30)
    assert price_times(narrow, narrow, 100) == 2**60 // 10**6 + 1


@pytest.mark.parametrize("amount, weight", [(1.0, 1), (1, 1.0)])
def test_a_float_is_never_split(amount: Any, weight: Any) -> None:
    with pytest.raises(TypeError):
        split(amount, {"a": weight})


@pytest.mark.parametrize(
    "amount, by, code",
    [(1, {"a": 0}, "no_weight"), (-1, {}, "no_weight"), (1, {"a": 5, "b": -1}, "negative_weight"),
     (0, {"a": -1}, "negative_weight")],
)  # fmt: skip
def test_weights_that_cannot_be_split_by_are_refused(amount: int, by: dict[str, int], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        split(amount, by)
    assert refused.value.code == code
    assert "%(" not in refused.value.sentence()


def test_nothing_is_split_without_weights() -> None:
    assert split(0, {}) == {}
    assert split(0, {"a": 0}) == {"a": 0}


@pytest.mark.parametrize(
    "numerator, denominator, rounded",
    [
        (5, 2, 3),
        (-5, 2, -3),
        (1, 3, 0),
        (-1, 3, 0),
        (2, 3, 1),
        (-2, 3, -1),
        (0, 7, 0),
        (2**60 + 1, 2, 2**59 + 1),
    ],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert half_away(numerator, denominator) == rounded


@given(amounts, st.integers(1, BIG))
def test_rounding_moves_at_most_half_and_keeps_the_sign(numerator: int, denominator: int) -> None:
    rounded = half_away(numerator, denominator)
    assert abs(rounded - Fraction(numerator, denominator)) <= Fraction(1, 2)
    assert half_away(-numerator, denominator) == -rounded


@pytest.mark.parametrize("denominator", [0, -2])
def test_a_denominator_must_be_positive(denominator: int) -> None:
    with pytest.raises(ValueError):
        half_away(1, denominator)


@pytest.mark.parametrize("row", table("change.md", "price in kronor"), ids=lambda row: row["line in öre"])
def test_the_worked_prices_are_replayed(row: dict[str, str]) -> None:
    micro = int(Fraction(row["price in kronor"]) * 10**6)
    assert price_times(micro, number(row["quantity"]), number(row["step"])) == number(row["line in öre"])


@pytest.mark.parametrize(
    "text, ore",
    [
        ("1234", 123400), ("0", 0), ("-0,00", 0), ("12,5", 1250), ("-12.5", -1250), ("+12.50", 1250),
        ("1 234,56", 123456), ("1\u00a0234,56", 123456), ("1\u202f234\u202f567,8", 123456780),
        ("1.234,56-", -123456), ("1,234.56", 123456), ("1'234.50", 123450), ("12\u2019345", 1234500),
        ("1.000.000", 100000000), ("1,234,567.8", 123456780), ("12 345 678,90", 1234567890),
        ("\u2212 3", -300), ("\u20133", -300), (" 7 ", 700), (",50", 50), ("-.5", -50),
        ("1234.500", 123450), ("0,500", 50), ("3.1000", 310), ("900719925474099,93", 90071992547409993),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, ore: int) -> None:
    assert parse_ore(text) == ore


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "kr", "1,2,3", "1.2.3,4", "12.5.2024", "2024-01-02", "1 2", "1 23 456", "12 3456",
     "1.234.56", "1,234,56", "-5-", "--5", "5,", "1e5", "1_000", "0x10", "\u0663", "1\n2", "nan", "(5)",
     "hösten 2024", "1234.567.890", "9" * 16, "1" * 5000, "=1+1", "1\x00"],
)  # fmt: skip
def test_what_is_not_an_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_ore(text)
    assert refused.value.code == "not_an_amount"
    assert len(refused.value.sentence()) < 100


@pytest.mark.parametrize("text", ["0,125", "1,2345", "1 234,567", "1.234,567", "1," + "1" * 5000])
def test_parts_of_an_ore_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_ore(text)
    assert refused.value.code == "too_fine"


@pytest.mark.parametrize("text", ["1.234", "1,000", "-12.500", "999,999-"])
def test_an_amount_that_can_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_ore(text)
    assert refused.value.code == "ambiguous_amount"


@pytest.mark.parametrize(
    "text, decimal, ore",
    [("1.234", ",", 123400), ("1,234", ".", 123400), ("12.500", ".", 1250), ("-1.000", ",", -100000),
     ("1.234,5", ",", 123450), ("1,234.5", ".", 123450)],
)  # fmt: skip
def test_a_known_decimal_mark_settles_the_reading(text: str, decimal: str, ore: int) -> None:
    assert parse_ore(text, decimal) == ore


@pytest.mark.parametrize("text, decimal", [("1.234,5", "."), ("12.50", ","), ("1.234.567", "."), ("0.500", ",")])
def test_another_decimal_mark_than_the_known_one_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_ore(text, decimal)
    assert refused.value.code == "not_an_amount"


@given(st.integers(-(10**17) + 1, 10**17 - 1))
def test_what_is_written_is_read_back(ore: int) -> None:
    assert parse_ore(kronor(ore)) == ore
    assert parse_ore(kronor(ore).replace(".", ",")) == ore


@given(st.text(alphabet="0123456789., +-'\u00a0x", max_size=12))
def test_any_text_gives_an_amount_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse_ore(text), int)
    except Refusal as refused:
        assert refused.code in {"not_an_amount", "ambiguous_amount", "too_fine"}
