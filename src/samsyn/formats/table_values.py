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
# in which order a column writes day, month and year; "" where two-digit years leave it open
Order = Literal["dmy", "mdy", "ymd", ""]

_CURRENCY = re.compile(r"^(?:SEK|DKK|EUR|GBP|kr|£|€)\.?\s*|\s*(?:SEK|DKK|EUR|GBP|kr|:-|£|€)\.?$", re.I)
_BRACKETS = re.compile(r"^\((.*)\)$")
_LAST_MARK = re.compile(r"([.,])(\d+)[-)]?$")
# two-digit years that things of our time begin and end in
_YEARS = (8, 60)
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?:Z| ?[+-]\d{2}:?\d{2})?)?"
_PARTS = re.compile(rf"^(\d{{1,4}})([-/.])(\d{{1,2}})[-/.](\d{{1,4}}){_CLOCK}$", re.I)
_NAMED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[. -]{0,2}([a-z]{3,9})[., -]{0,2}(\d{4}|\d{2})$", re.I)
_NAME_FIRST = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$", re.I)
_MONTHS = {name: number for number, names in enumerate((
    ("jan",), ("feb",), ("mar",), ("apr",), ("maj", "may"), ("jun",), ("jul",), ("aug",), ("sep",), ("okt", "oct"),
    ("nov",), ("dec",),
), 1) for name in names}  # fmt: skip
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


def day_of(cell: Cell, date_format: str | None, order: Order = "dmy") -> date | None:
    """Read a day; None when there is no such day.

    Takes dates, ``20240131``, ISO, ``31/01/2024``, ``31.1.2024``, ``31 januari 2024``, ``Jan 31, 2024`` and, with the
    ``order`` of their column, ``31-01-24``.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 <= cell <= 80_000:
        return _EPOCH + timedelta(days=int(cell))
    return _day_from_text(cell_text(cell), date_format, order)


@lru_cache(maxsize=20_000)
def _day_from_text(text: str, date_format: str | None, order: Order) -> date | None:
    try:
        if date_format:
            return datetime.strptime(text, date_format).date()  # noqa: DTZ007 - a day has no zone
        if re.fullmatch(r"\d{8}", text):
            return _known(text[:4], int(text[4:6]), text[6:])
        if match := _PARTS.match(text):
            return _day_from_parts(match[1], int(match[3]), match[4], order)
        if match := _NAMED.match(text):
            return _known(match[3], _MONTHS.get(match[2][:3].lower(), 0), match[1])
        if match := _NAME_FIRST.match(text):
            return _known(match[3], _MONTHS.get(match[1][:3].lower(), 0), match[2])
    except ValueError:
        pass
    return None


def _day_from_parts(first: str, second: int, third: str, order: Order) -> date | None:
    if len(first) == 4 or (order == "ymd" and len(third) == 2):
        return _known(first, second, third)
    if len(third) == 3 or (len(third) < 4 and not order):
        return None
    return _known(third, int(first), str(second)) if order == "mdy" else _known(third, second, first)


def _known(year: str, month: int, day: str) -> date | None:
    """Return a day of 1900 to 2199; of two-digit years 70 to 99 lie before 2000, as POSIX has it."""
    if len(year) not in (2, 4):
        return None
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
    return date(full, month, int(day)) if 1900 <= full <= 2199 else None


def day_order(cells: Iterable[Cell]) -> Order:
    """Return in which order a column writes its days, as far as its cells leave one possible.

    Day first is usual; month first where some second part is beyond 12 (12/31/2024). Between dashes two-digit years may
    stand first (24-12-31): then only one end may look like years of our time, else it is left open, and such days are
    not read.
    """
    matches = [match for cell in cells if isinstance(cell, str) and (match := _PARTS.match(cell.strip()))]
    short = [(int(match[1]), int(match[3]), match) for match in matches if len(match[1]) <= 2]
    if short and all(len(match[4]) == 2 and match[2] == "-" for *_, match in short):
        ends = [({first for first, *_ in short}, "ymd"), ({int(match[4]) for *_, match in short}, "dmy")]
        years = [order for end, order in ends if min(end) >= _YEARS[0] and max(end) <= _YEARS[1]]
        others = max(second for _, second, _ in short) > 12
        return "" if others or len(years) != 1 else "ymd" if years == ["ymd"] else "dmy"
    month_first = any(second > 12 for _, second, _ in short) and all(first <= 12 for first, *_ in short)
    return "mdy" if month_first else "dmy"


def leaves_open(cells: Iterable[Cell]) -> bool:
    """Tell whether nothing in a column says which of two numbers is the day, since no part is beyond 12."""
    matches = [match for cell in cells if isinstance(cell, str) and (match := _PARTS.match(cell.strip()))]
    return all(len(match[1]) == 4 or max(int(match[1]), int(match[3])) <= 12 for match in matches)


def period_of(cell: Cell) -> date | None:
    """Read a period (``202403``, ``2024-03``, ``2024 P03``) as its first day; closing periods 13–15 are December."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    match = _PERIOD.match(cell_text(cell))
    if not match or not 1900 <= int(match[1]) <= 2199 or not 1 <= int(match[2]) <= 15:
        return None
    return date(int(match[1]), min(12, int(match[2])), 1)
