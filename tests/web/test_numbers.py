"""Amounts, numbers and dates as the three languages write them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.money import parse_ore
from samsyn.core.periods import Period
from samsyn.web import numbers

LANGUAGES = ["sv", "da", "en"]
ore = st.integers(min_value=-(10**16), max_value=10**16)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("sv", "84\u00a0338\u00a0kr"), ("da", "84.338\u00a0kr"), ("en", "84,338\u00a0kr")],
)
def test_an_amount_is_written_as_its_language_writes_it(lang: str, expected: str) -> None:
    assert numbers.kr(84_338_00, lang) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0\u00a0kr"),
        (12_50, "12,50\u00a0kr"),
        (99_99, "99,99\u00a0kr"),
        (100_49, "100\u00a0kr"),
        (100_50, "101\u00a0kr"),
        (-760_00, "\u2212760\u00a0kr"),
        (-5, "\u22120,05\u00a0kr"),
    ],
)
def test_ore_are_written_only_where_they_matter(amount: int, expected: str) -> None:
    assert numbers.kr(amount, "sv") == expected


def test_a_change_carries_its_sign() -> None:
    changes = [numbers.signed_kr(amount, "sv") for amount in (2_700_00, -760_00, 0)]
    assert changes == ["+2\u00a0700\u00a0kr", "\u2212760\u00a0kr", "0\u00a0kr"]


@given(ore, st.sampled_from(LANGUAGES))
def test_an_exact_amount_reads_back_to_the_same_ore(amount: int, lang: str) -> None:
    text = numbers.kr_exact(amount, lang).removesuffix("\u00a0kr")
    marks = {"sv": "\u00a0", "da": ".", "en": ","}
    assert parse_ore(text.replace(marks[lang], "")) == amount


@given(ore, st.sampled_from(LANGUAGES))
def test_an_amount_never_breaks_over_a_line_and_its_minus_is_a_minus(amount: int, lang: str) -> None:
    for text in (numbers.kr(amount, lang), numbers.signed_kr(amount, lang)):
        assert " " not in text and "-" not in text
        assert ("\u2212" in text) == (amount < 0)


def test_a_unit_price_shows_the_decimals_it_has() -> None:
    prices = [numbers.unit_price(micro, "sv") for micro in (225_000_000, 3_500_000, 1_234_567, -500_000)]
    assert prices == ["225\u00a0kr", "3,50\u00a0kr", "1,234567\u00a0kr", "\u22120,50\u00a0kr"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3760, "3\u00a0760"),
        (Fraction(3, 2), "1,5"),
        (Fraction(-1, 1000), "0"),
        (14.9, "14,9"),
        (-3, "\u22123"),
    ],
)
def test_a_number_has_thousands_marks_and_no_needless_decimals(value: float, expected: str) -> None:
    assert numbers.number(value, "sv") == expected


@pytest.mark.parametrize(
    ("part", "whole", "lang", "expected"),
    [
        (62, 100, "sv", "62\u00a0%"),
        (1, 3, "en", "33%"),
        (1, 1000, "da", "<1\u00a0%"),
        (-1, 4, "sv", "\u221225\u00a0%"),
        (5, 0, "sv", ""),
    ],
)
def test_a_share_of_nothing_is_not_written(part: int, whole: int, lang: str, expected: str) -> None:
    assert numbers.percent(part, whole, lang) == expected


def test_periods_are_named_in_words() -> None:
    march = Period(2026, 3)
    assert [numbers.period_name(march, lang) for lang in LANGUAGES] == [
        "mars 2026",
        "marts 2026",
        "March 2026",
    ]
    assert numbers.period_name("2026-03", "sv") == "mars 2026"
    assert numbers.period_name("2026", "sv") == numbers.period_name(2026, "sv") == "2026"
    assert numbers.month_name(march, "da") == "marts"


def test_days_are_written_in_words() -> None:
    assert numbers.long_date(date(2026, 2, 28), "sv") == "28 februari 2026"
    assert numbers.long_date(date(2026, 2, 28), "da") == "28. februar 2026"
    days = [numbers.weekday_date(date(2026, 4, 15), lang) for lang in LANGUAGES]
    assert days == ["onsdag 15 april", "onsdag den 15. april", "Wednesday 15 April"]
    assert numbers.moment(datetime(2026, 4, 15, 16, 30, tzinfo=UTC), "sv") == "15 april 2026 kl. 16.30"


def test_a_language_we_do_not_speak_falls_back_to_swedish() -> None:
    assert [numbers.language(code) for code in ("da", "en-gb", "fi", None)] == ["da", "en", "sv", "sv"]
