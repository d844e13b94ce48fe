"""Say how a lease stands on a day: how long it runs, what is left to pay, what a loss costs. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["none", "past", "soon", "later"]
Basis = Literal["told", "reckoned", "unknown"]


@dataclass(frozen=True, slots=True)
class Lease:
    """What was agreed of a device: its last day, and öre a month, at the end, and to buy it out; None is not told."""

    end: date | None = None
    month_ore: int | None = None
    residual_ore: int | None = None
    buy_out_ore: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What it costs, in öre, to keep a leased device or to lose it, and what that rests on."""

    ore: int | None
    basis: Basis


def year_after(on: date) -> date:
    """Return the same day of the next year; 28 February after a leap day."""
    return on.replace(year=on.year + 1, day=28 if (on.month, on.day) == (2, 29) else on.day)


def state(end: date | None, on: date) -> State:
    """Return how a lease stands on a day.

    ``none`` no end is known, ``past`` its last day has been, ``soon`` it ends within a year (the same day of the next
    year counts), ``later``.
    """
    if end is None:
        return "none"
    return "past" if end < on else "soon" if end <= year_after(on) else "later"


def months_left(end: date | None, on: date) -> int:
    """Return how many calendar months of rent are left after the month of ``on``, which counts as paid."""
    return max(0, (end.year - on.year) * 12 + end.month - on.month) if end else 0


def left_ore(lease: Lease, on: date) -> int | None:
    """Return the rent left to pay until the lease ends, in öre; None where the rent or the end is not told."""
    if lease.end is None or lease.month_ore is None:
        return None
    return months_left(lease.end, on) * lease.month_ore


def loss(lease: Lease, on: date) -> Loss:
    """Return what it costs to lose a leased device or buy it out, on a day.

    ``told``: the price to buy it out. ``reckoned``: without one, the rent that is left and the residual value, which
    the agreement itself may say otherwise. ``unknown``: what it needs is not told.
    """
    if lease.buy_out_ore is not None:
        return Loss(lease.buy_out_ore, "told")
    left = left_ore(lease, on)
    if left is None or lease.residual_ore is None:
        return Loss(None, "unknown")
    return Loss(left + lease.residual_ore, "reckoned")
