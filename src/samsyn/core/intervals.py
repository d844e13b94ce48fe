"""Ask which dated row holds on a day; find rows that overlap."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with ``valid_from`` and an exclusive ``valid_until`` (None: until further notice)."""

    valid_from: date
    valid_until: date | None


T = TypeVar("T", bound=Dated)


def holds(row: Dated, on: date) -> bool:
    """Tell whether a row is valid on a day."""
    return row.valid_from <= on and (row.valid_until is None or on < row.valid_until)


def overlaps(rows: Iterable[T]) -> list[tuple[T, T]]:
    """Return pairs of neighbours, in date order, whose validities overlap."""
    ordered = sorted(rows, key=lambda row: row.valid_from)
    pairs = []
    for earlier, later in pairwise(ordered):
        if earlier.valid_until is None or later.valid_from < earlier.valid_until:
            pairs.append((earlier, later))
    return pairs
