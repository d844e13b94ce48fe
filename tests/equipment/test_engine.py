"""What follows from a lease on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.equipment import engine
from samsyn.equipment.engine import Lease, Loss

MARCH = date(2026, 3, 15)
ORE = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (None, "none"),
        (date(2026, 3, 14), "past"),
        (date(2026, 3, 15), "soon"),
        (date(2027, 3, 15), "soon"),
        (date(2027, 3, 16), "later"),
    ],
)
def test_a_lease_ends_soon_when_it_ends_within_a_year(end: date | None, state: str) -> None:
    assert engine.state(end, MARCH) == state


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert engine.year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("end", "months"),
    [
        (None, 0),
        (date(2026, 2, 28), 0),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), 1),
        (date(2026, 12, 31), 9),
        (date(2028, 3, 14), 24),
    ],
)
def test_the_month_that_runs_is_paid_and_the_others_are_left(end: date | None, months: int) -> None:
    assert engine.months_left(end, MARCH) == months


@pytest.mark.parametrize(
    ("lease", "loss"),
    [
        (Lease(date(2026, 6, 30), 31_000, 45_000, 90_000), Loss(90_000, "told")),
        (Lease(date(2026, 6, 30), 31_000, 45_000), Loss(3 * 31_000 + 45_000, "reckoned")),
        (Lease(date(2026, 6, 30), 31_000), Loss(None, "unknown")),
        (Lease(None, 31_000, 45_000), Loss(None, "unknown")),
        (Lease(buy_out_ore=0), Loss(0, "told")),
    ],
)
def test_a_loss_costs_what_is_told_else_what_is_left_and_the_residual_value(lease: Lease, loss: Loss) -> None:
    assert engine.loss(lease, MARCH) == loss


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)), ORE, ORE)
def test_a_loss_never_grows_with_time(first: date, then: date, month: int, residual: int) -> None:
    lease = Lease(date(2030, 6, 30), month, residual)
    a, b = (engine.loss(lease, on).ore for on in sorted((first, then)))
    assert a is not None and b is not None and a >= b >= residual
