"""Decide, row by row, which rule takes a ledger row: the first that fits, by priority and code.

Works on whole columns: a condition is asked once per distinct value, and rows only look the answer up.
"""

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


def in_order(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules in the order they are asked: priority, then code."""
    return sorted(rules, key=lambda rule: (rule.priority, rule.code))


def classify(table: pa.Table, rules: Sequence[Rule]) -> Any:
    """Return, per row, the index of the first rule that fits, or ``REMAINDER``.

    ``table`` has a string column per code part and word that a rule asks for, and ``date``. ``rules`` are
    asked in the order given. A row that a rule took is not asked again.
    """
    decided = np.full(table.num_rows, REMAINDER, dtype=np.int32)
    columns: dict[str, tuple[Any, list[str]]] = {}
    open_rows = np.arange(table.num_rows)
    days = table.column("date").cast(pa.int32()).to_numpy() if table.num_rows else np.zeros(0, np.int32)
    for index, rule in enumerate(rules):
        if not len(open_rows):
            break
        fits = _valid(rule, days[open_rows])
        for name, first, last in rule.ranges:
            codes, values = _encoded(table, name, columns)
            fits &= np.array([_within(value, first, last) for value in values], dtype=bool)[codes[open_rows]]
        for name, words in rule.words:
            codes, values = _encoded(table, name, columns)
            wanted = words.casefold()
            fits &= np.array([wanted in value.casefold() for value in values], dtype=bool)[codes[open_rows]]
        decided[open_rows[fits]] = index
        open_rows = open_rows[~fits]
    return decided


def _valid(rule: Rule, days: Any) -> Any:
    fits = days >= (rule.valid_from - date(1970, 1, 1)).days
    if rule.valid_until is not None:
        fits &= days < (rule.valid_until - date(1970, 1, 1)).days
    return fits


def _within(value: str, first: str, last: str) -> bool:
    """Compare by prefix, so that 63–64 holds 6310 and 6499; an empty value fits no range."""
    return bool(value) and first <= value[: len(first)] and value[: len(last)] <= last


def _encoded(table: pa.Table, name: str, columns: dict[str, tuple[Any, list[str]]]) -> tuple[Any, list[str]]:
    if name not in columns:
        column = table.column(name)
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        chunk = column.unify_dictionaries().combine_chunks()
        if isinstance(chunk, pa.ChunkedArray):
            chunk = chunk.chunk(0)
        columns[name] = (chunk.indices.to_numpy(zero_copy_only=False), chunk.dictionary.to_pylist() or [""])
    return columns[name]
