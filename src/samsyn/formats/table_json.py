"""Open the JSON that tools and public registers give out as rows of cells, wherever in it the list stands."""

import json
from collections.abc import Iterator
from typing import Any

from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import Faults

MAX_DEPTH = 4
# what a list of columns calls the name of each, beside the rows that have none
_COLUMN_NAMES = ("name", "label", "fieldName", "id", "title")

Rows = tuple[list[list[Any]], list[int]]


def open_json(text: str, faults: Faults) -> Rows:
    """Return rows of cells, the headers first, and the number of each item; what is no list of rows is reported.

    Takes a list of records or of rows, one record on each line, an object that holds either somewhere, records under
    keys of their own, and columns under their names.
    """
    whole = _read(text, faults)
    if faults.refused:
        return [], []
    items = _items(whole)
    if items is None:
        faults.error("bad_json", N_("The JSON holds no list of rows."), type(whole).__name__)
        return [], []
    if all(isinstance(item, list) for item in items):
        named = _column_names(whole, max(map(len, items)))
        rows = [[_cell(cell) for cell in item] for item in items]
        return ([named, *rows], list(range(len(items) + 1))) if named else (rows, list(range(1, len(items) + 1)))
    records = [dict(_flat(item)) if isinstance(item, dict) else {} for item in items]
    # Keys in order of first appearance; one publisher's first key begins with a byte order mark
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [[name.removeprefix("\ufeff") for name in names]] if names else []
    rows += [[_cell(record.get(name)) for name in names] for record in records]
    return rows, list(range(len(rows)))


def _read(text: str, faults: Faults) -> Any:
    try:
        try:
            # Numbers stay as they are written: money never becomes a float
            return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
        except ValueError:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2:
                raise
            return [json.loads(line, parse_float=str, parse_int=str, parse_constant=str) for line in lines]
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 0)
        faults.error("bad_json", N_("The JSON cannot be read on line %(line)s: %(found)s."), fault, at=line)
        return None


def _items(whole: Any) -> list[Any] | None:
    """Return the longest list of records or rows, else the records that stand under keys of their own."""
    lists = list(_lists(whole))
    told = [each for each in lists if not any(_describes(each, other) for other in lists if other is not each)]
    found = max(told or lists, key=len, default=None)
    if found is not None or not isinstance(whole, dict):
        return found
    columns = [each for each in whole.values() if isinstance(each, dict)]
    if len(columns) < 2 or len(columns) < len(whole):
        return [whole] if whole else None
    if all(key.isdecimal() for each in columns for key in each):
        return [{name: cells.get(key) for name, cells in whole.items()} for key in columns[0]]
    return [{"key": key, **record} for key, record in whole.items()]


def _lists(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    """Yield every list of records or rows that no other list holds."""
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        yield value
    elif isinstance(value, dict) and depth < MAX_DEPTH:
        for each in value.values():
            yield from _lists(each, depth + 1)


def _describes(columns: list[Any], rows: list[Any]) -> bool:
    """Tell whether a list says what the columns of another are called."""
    first = rows[0]
    for key in _COLUMN_NAMES:
        names = [each.get(key) for each in columns if isinstance(each, dict)]
        if len(names) == len(columns) and all(isinstance(name, str) for name in names):
            return first.keys() <= set(names) if isinstance(first, dict) else len(first) == len(names)
    return False


def _column_names(whole: Any, width: int) -> list[str]:
    """Return the names that stand beside rows without any: in a list as long as a row, of texts or of records."""
    if not isinstance(whole, dict):
        return []
    for each in whole.values():
        if isinstance(each, list) and len(each) == width:
            if all(isinstance(name, str) for name in each):
                return each
            for key in _COLUMN_NAMES:
                if all(isinstance(column, dict) and isinstance(column.get(key), str) for column in each):
                    return [column[key] for column in each]
        if found := _column_names(each, width):
            return found
    return []


def _flat(item: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the values of a record; one within it becomes columns of its own: ``supplier.name``.

    Of a list of records each column holds the values of all, in their order.
    """
    for name, value in item.items():
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            yield from _flat(value, f"{before}{name}.", depth + 1)
        elif _are_records(value) and depth < MAX_DEPTH:
            merged: dict[str, list[Any]] = {}
            for record in value:
                for key, inner in _flat(record, f"{before}{name}.", depth + 1):
                    merged.setdefault(key, []).append(inner)
            for key, values in merged.items():
                yield key, values[0] if len(values) == 1 else [str(_cell(each)) for each in values if each is not None]
        else:
            yield f"{before}{name}", value


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _cell(value: Any) -> str | bool | None:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)
