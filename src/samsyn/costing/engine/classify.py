"""Decide, row by row, which rule takes a ledger row: the first that fits, by priority and code.

Works on whole columns: a condition is asked of the distinct values, and a rule looks only at the rows that its
narrowest condition leaves.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

REMAINDER = -1
PARTS = ("account", "responsibility", "activity", "object", "project", "counterparty")
WORDS = ("supplier", "text")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``ranges``: part → (first, last), compared as prefixes; ``words``: what a text holds.

    ``outcome`` is it, not_it, eliminated or outside_income; ``months`` > 1 spreads the row over that many.
    """

    code: str
    priority: int
    outcome: str
    ranges: tuple[tuple[str, str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    pool: str = ""
    cost_type: str = ""
    months: int = 1
    valid_from: date = date.min
    valid_until: date | None = None
    decision: str = ""


def holds(value: str, first: str, last: str) -> bool:
    """Tell whether a range holds a value; compared by prefix, so that 63–64 holds 6310 and 6499."""
    return bool(value) and first <= value and value[: len(last)] <= last


def in_order(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules in the order they are asked: priority, then code."""
    return sorted(rules, key=lambda rule: (rule.priority, rule.code))


def classify(table: pa.Table, rules: Sequence[Rule]) -> Any:
    """Return, per row, the index of the first rule that fits, or ``REMAINDER``.

    ``table`` has a string column per code part and word that a rule asks for, and ``date``. ``rules`` are
    asked in the order given. A row that a rule took is not asked again.
    """
    decided = np.full(table.num_rows, REMAINDER, dtype=np.int32)
    if not table.num_rows:
        return decided
    days = table.column("date").cast(pa.int32()).to_numpy()
    columns = {name: _Codes(table.column(name)) for name in asked(rules)}
    for index, rule in enumerate(rules):
        spans = [(columns[name], *columns[name].span(first, last)) for name, first, last in rule.ranges]
        # the condition that fewest rows meet says where to look; the others only test what it found
        spans.sort(key=lambda span: span[0].rows_in(*span[1:]))
        found = spans[0][0].among(*spans[0][1:]) if spans else np.arange(table.num_rows)
        found = found[decided[found] == REMAINDER]
        for column, start, stop in spans[1:]:
            codes = column.codes[found]
            found = found[(codes >= start) & (codes < stop)]
        for name, words in rule.words:
            found = found[columns[name].holding(words)[columns[name].codes[found]]]
        decided[found[_valid(rule, days[found])]] = index
    return decided


def asked(rules: Sequence[Rule]) -> list[str]:
    """Return the columns that some rule asks for, in the order of the books."""
    names = {name for rule in rules for name, *_ in (*rule.ranges, *rule.words)}
    return [name for name in (*PARTS, *WORDS) if name in names]


def _valid(rule: Rule, days: Any) -> Any:
    fits = days >= (rule.valid_from - date(1970, 1, 1)).days
    if rule.valid_until is not None:
        fits &= days < (rule.valid_until - date(1970, 1, 1)).days
    return fits


class _Codes:
    """A column as the place of each row's value among the sorted distinct values: a range is then a span."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        column = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
        chunk = column.unify_dictionaries().combine_chunks()
        chunk = chunk.chunk(0) if isinstance(chunk, pa.ChunkedArray) else chunk
        order = pc.array_sort_indices(chunk.dictionary).to_numpy()
        self.values: list[str] = chunk.dictionary.take(pa.array(order)).to_pylist()
        place = np.empty(len(order), dtype=np.uint16 if len(order) < 2**16 else np.int32)
        place[order] = np.arange(len(order), dtype=place.dtype)
        self.codes = place[chunk.indices.to_numpy(zero_copy_only=False)]
        self._starts: Any = None
        self._folded: pa.Array | None = None

    def span(self, first: str, last: str) -> tuple[int, int]:
        """Return the places within a range; compared by prefix, so that 63–64 holds 6310 and 6499."""
        start = bisect_left(self.values, first)
        stop = bisect_right(self.values, last, key=lambda value: value[: len(last)])
        # an empty value, which sorts first, fits no range
        return max(start, int(self.values[0] == "")), stop

    def rows_in(self, start: int, stop: int) -> int:
        """Return how many rows have a value within a span."""
        self._index()
        return int(self._starts[stop] - self._starts[start]) if start < stop else 0

    def among(self, start: int, stop: int) -> Any:
        """Return the rows that have a value within a span."""
        self._index()
        return self._rows[self._starts[start] : self._starts[stop]] if start < stop else self._rows[:0]

    def holding(self, words: str) -> Any:
        """Return, per place, whether the value holds some words, whatever their case."""
        if self._folded is None:
            self._folded = pa.array([value.casefold() for value in self.values], pa.string())
        return pc.match_substring(self._folded, words.casefold()).to_numpy(zero_copy_only=False)

    def _index(self) -> None:
        if self._starts is None:
            self._rows = np.argsort(self.codes, kind="stable")
            self._starts = np.searchsorted(self.codes[self._rows], np.arange(len(self.values) + 1))
