"""Propose a profile for a table nobody has described, from its header names and sample rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from samsyn.core.problems import Problem
from samsyn.formats.ledger_file import Faults
from samsyn.formats.ledger_table import DIMENSION, SEARCHED_ROWS, Profile, headers_of, keys_of
from samsyn.formats.table_grid import Cell, Grid, cell_text, open_grid, texts
from samsyn.formats.table_values import amount_of, day_of, day_order, decimal_mark, period_of
from samsyn.formats.table_words import WORDS

SHOWN_ROWS = 5
TESTED_ROWS = 200


@dataclass(frozen=True)
class Proposal:
    """A profile to confirm: how sure each role is (0–1), sample rows under their headers, and columns left over."""

    profile: Profile
    confidence: dict[str, float] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    unplaced: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def propose(data: bytes, name: str = "") -> Proposal:
    """Propose which column is what, from Swedish, Danish and English header names and from the values below them.

    Never raises; a file that cannot be opened gives its problems and an empty profile.
    """
    faults = Faults()
    grid = open_grid(data, faults)
    if not grid.rows:
        return Proposal(Profile(name, {}), problems=tuple(faults.listing()))
    place = _header_place(grid)
    headers = headers_of(grid.rows[place])
    below = [row for row in grid.rows[place + 1 : place + 1 + TESTED_ROWS] if any(texts(row))]
    columns = [[row[number] for row in below if number < len(row)] for number in range(len(headers))]
    placed = _place(headers, columns)
    fields = {role: headers[placed[role][0]] for role in WORDS if role in placed}
    profile = Profile(name, fields, sheet=grid.sheet or None, header_row=_stated_row(grid, place))
    taken = {number for number, _ in placed.values()}
    return Proposal(
        profile,
        {role: round(placed[role][1], 2) for role in fields},
        tuple(headers),
        tuple(tuple(texts(row)) for row in below[:SHOWN_ROWS]),
        tuple(header for number, header in enumerate(headers) if header and number not in taken),
        tuple(faults.listing()),
    )


def _stated_row(grid: Grid, place: int) -> int | None:
    return grid.lines[place] if place else None


def _header_place(grid: Grid) -> int:
    """Find the row with the most known header names; without any, the first row that is as wide as those below."""
    scores = []
    for row in grid.rows[:SEARCHED_ROWS]:
        roles = {role for header in texts(row) for role, _ in _roles_of(header)}
        scores.append(len(roles))
    best = max(scores)
    if best >= 2:
        return scores.index(best)
    widths = [sum(map(bool, texts(row))) for row in grid.rows[:SEARCHED_ROWS]]
    return widths.index(max(widths))


def _roles_of(header: str) -> list[tuple[str, float]]:
    """Return the roles a header may have, the surest first."""
    keys = keys_of(header)
    ranked = ((role, rank, word) for role, words in WORDS.items() for rank, word in enumerate(words))
    exact = [(role, 1 - 0.01 * rank) for role, rank, word in ranked if word in keys]
    if exact or not keys[0]:
        return sorted(exact, key=lambda item: -item[1])
    tokens = set(" ".join(keys).split())
    partial = [
        (role, 0.5)
        for role, words in WORDS.items()
        if any(set(word.split()) <= tokens for word in words if len(word) > 3)
    ]
    return partial


def _place(headers: Sequence[str], columns: Sequence[Sequence[Cell]]) -> dict[str, tuple[int, float]]:
    """Give each role the column that fits it best, each column one role."""
    offers: list[tuple[float, int, str]] = []
    for number, header in enumerate(headers):
        plain = _base(header)
        for role, sure in _roles_of(plain):
            fit = _fit(role, columns[number])
            if fit > 0.5:
                offers.append((sure * fit, -number, role))
    placed: dict[str, tuple[int, float]] = {}
    taken: set[int] = set()
    for sure, negative, role in sorted(offers, reverse=True):
        if role not in placed and -negative not in taken:
            placed[role] = (-negative, sure)
            taken.add(-negative)
    _place_by_values(columns, placed, taken)
    _place_by_name(headers, placed, taken)
    _place_pairs(headers, columns, placed, taken)
    return placed


def _place_by_values(columns: Sequence[Sequence[Cell]], placed: dict[str, tuple[int, float]], taken: set[int]) -> None:
    """Without a date or amount by name, take the first column whose values can be nothing else."""
    if not {"date", "period"} & set(placed):
        _take_first("date", columns, placed, taken)
    if not {"amount", "debit"} & set(placed):
        _take_first("amount", columns, placed, taken)


def _place_by_name(headers: Sequence[str], placed: dict[str, tuple[int, float]], taken: set[int]) -> None:
    """Without a date or amount whose values fit, take the column of that name: reading it says what is wrong."""
    for role, instead in (("date", "period"), ("amount", "debit")):
        for number, header in enumerate(headers):
            if {role, instead} & set(placed):
                break
            if number not in taken and (role, True) in [(each, sure > 0.5) for each, sure in _roles_of(_base(header))]:
                placed[role] = (number, 0.1)
                taken.add(number)


def _take_first(
    role: str, columns: Sequence[Sequence[Cell]], placed: dict[str, tuple[int, float]], taken: set[int]
) -> None:
    for number, cells in enumerate(columns):
        if number in taken or not any(map(cell_text, cells)) or _fit(role, cells) < 0.95:
            continue
        if role == "amount" and not any(mark in cell_text(cell) for cell in cells for mark in ".,"):
            continue
        placed[role] = (number, 0.4)
        taken.add(number)
        return


def _place_pairs(
    headers: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    placed: dict[str, tuple[int, float]],
    taken: set[int],
) -> None:
    """Of two columns of the same name, the one with letters is the name and the one with digits the number."""
    for named, numbered in (("supplier", "supplier_id"), ("account_name", "account")):
        held = placed.get(named) or placed.get(numbered)
        if not held:
            continue
        base = _base(headers[held[0]])
        twins = [number for number, header in enumerate(headers) if _base(header) == base]
        if len(twins) != 2:
            continue
        first, second = sorted(twins, key=lambda number: _share(columns[number], _is_code))
        if _share(columns[second], _is_code) > 0.8 > _share(columns[first], _is_code) or numbered == "account":
            placed[named], placed[numbered] = (first, 0.8), (second, 0.8)
            taken.update(twins)


def _base(header: str) -> str:
    """Return a header without the number that tells it from one of the same name."""
    return re.sub(r" \(\d+\)$", "", header)


def _is_code(cell: Cell) -> bool:
    text = cell_text(cell)
    return len(text) <= 12 and any(letter.isdigit() for letter in text) and " " not in text


def _fit(role: str, cells: Sequence[Cell]) -> float:
    """Return the share of values that such a role could have (1 when the column is empty)."""
    if role == "date":
        order = day_order(cells)
        return _share(cells, lambda cell: day_of(cell, None, order) is not None)
    if role == "period":
        return _share(cells, lambda cell: period_of(cell) is not None)
    if role in ("amount", "debit", "credit"):
        mark = decimal_mark(cells)
        return _share(cells, lambda cell: amount_of(cell, mark) is not None)
    if role == "supplier":
        return 0.4 + 0.6 * _share(cells, lambda cell: not cell_text(cell).isdecimal())
    return 1.0


def _share(cells: Sequence[Cell], good: Callable[[Cell], bool]) -> float:
    filled = [cell for cell in cells if cell_text(cell)]
    return sum(map(good, filled)) / len(filled) if filled else 1.0


def role_choices() -> tuple[str, ...]:
    """Return the roles a person may choose from, beside ``dimension:<name>``."""
    return tuple(role for role in WORDS if not role.startswith(DIMENSION))
