"""Read amounts, days and periods as ledgers around the world write them into cells."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from samsyn.core.money import parse_ore
from samsyn.core.refusals import Refusal
from samsyn.formats.table_grid import Cell, cell_text

Decimal = Literal[",", ".", "auto"]

_CURRENCY = re.compile(r"^(?:SEK|DKK|EUR|GBP|kr|£|€)\.?\s*|\s*(?:SEK|DKK|EUR|GBP|kr|:-|£|€)\.?$", re.I)
_BRACKETS = re.compile(r"^\((.*)\)$")
_LAST_MARK = re.compile(r"([.,])(\d+)[-)]?$")
_PARTS = re.compile(r"^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$")
_PERIOD = re.compile(r"^(\d{4})[ \-/]?P?(\d{1,2})$", re.I)
_EPOCH = date(1899, 12, 30)


def amount_of(cell: Cell, decimal: Decimal) -> int | None:
    """Read an amount as whole öre; None when it is none. ``(12.50)`` and ``12,50-`` are negative."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int):
        return cell * 100
    if isinstance(cell, float):
        return _from_float(cell)
    return _from_text(cell_text(cell), decimal)


@lru_cache(maxsize=100_000)
def _from_text(text: str, decimal: Decimal) -> int | None:
    text = _CURRENCY.sub("", text.strip()).strip()
    if match := _BRACKETS.match(text):
        text = f"-{match[1]}"
    if decimal != "auto":
        thousands = "," if decimal == "." else "."
        if thousands in text and not re.search(rf"^[-+]?\d{{1,3}}(?:\{thousands}\d{{3}})+(?!\d)", text):
            return None
        text = text.replace(thousands, "").replace(decimal, ".")
    if len(text) > 30:
        return None
    try:
        return parse_ore(text)
    except Refusal:
        return None


def _from_float(value: float) -> int | None:
    # A workbook keeps every number as a float: within 10^13 kronor the nearest öre is the one that was typed
    if not abs(value) < 1e13:
        return None
    ore = round(value * 100)
    return ore if abs(value * 100 - ore) < 0.01 else None


def decimal_mark(cells: Iterable[Cell]) -> Decimal:
    """Tell which decimal mark a column uses, from values that leave no doubt; ``auto`` when none does."""
    votes = {",": 0, ".": 0}
    threes = {",": 0, ".": 0}
    for cell in cells:
        text = _CURRENCY.sub("", cell).strip() if isinstance(cell, str) else ""
        if match := _LAST_MARK.search(text):
            mark = match[1]
            sure = text.count(mark) == 1 and (len(match[2]) != 3 or ("," in text and "." in text))
            (votes if sure else threes)[mark] += 1
    if votes[","] != votes["."]:
        return "," if votes[","] > votes["."] else "."
    if threes[","] != threes["."]:
        # Only thousands marks were seen, so the other one is the decimal mark
        return "." if threes[","] > threes["."] else ","
    return "auto"


def day_of(cell: Cell, date_format: str | None, *, month_first: bool = False) -> date | None:
    """Read a day; None when there is no such day. Takes dates, ``20240131``, ISO, ``31/01/2024``, ``31.1.2024``."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 <= cell <= 80_000:
        return _EPOCH + timedelta(days=int(cell))
    return _day_from_text(cell_text(cell), date_format, month_first)


@lru_cache(maxsize=20_000)
def _day_from_text(text: str, date_format: str | None, month_first: bool) -> date | None:
    try:
        if date_format:
            return datetime.strptime(text, date_format).date()  # noqa: DTZ007 - a day has no zone
        if re.fullmatch(r"\d{8}", text):
            return _known(int(text[:4]), int(text[4:6]), int(text[6:]))
        match = _PARTS.match(text)
        if not match:
            return None
        first, second, third = match[1], match[2], match[3]
        if len(first) == 4:
            return _known(int(first), int(second), int(third))
        if len(third) != 4:
            return None
        day, month = (second, first) if month_first else (first, second)
        return _known(int(third), int(month), int(day))
    except ValueError:
        return None


def _known(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1900 <= year <= 2199 else None


def is_month_first(cells: Iterable[Cell]) -> bool:
    """Tell whether a column writes the month first, as in 12/31/2024: some second part must be beyond 12."""
    parts = [match for cell in cells if isinstance(cell, str) and (match := _PARTS.match(cell.strip()))]
    short = [match for match in parts if len(match[1]) <= 2 and len(match[3]) == 4]
    return any(int(match[2]) > 12 for match in short) and not any(int(match[1]) > 12 for match in short)


def period_of(cell: Cell) -> date | None:
    """Read a period (``202403``, ``2024-03``, ``2024 P03``) as its first day; closing periods 13–15 are December."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    match = _PERIOD.match(cell_text(cell))
    if not match or not 1900 <= int(match[1]) <= 2199 or not 1 <= int(match[2]) <= 15:
        return None
    return date(int(match[1]), min(12, int(match[2])), 1)
