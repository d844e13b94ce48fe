"""Write lists as CSV, line by line: what spreadsheets open as it is, and our own readers read back."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from samsyn.core.money import kronor
from samsyn.core.refusals import N_
from samsyn.formats.register_cells import Field, reader_of
from samsyn.formats.register_table import Register
from samsyn.formats.table_grid import FORMULA

Translate = Callable[[str], str]
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class _Line:
    """What a CSV writer writes to: the line is its answer."""

    def write(self, text: str) -> str:
        return text


def csv_lines(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a file: semicolons, a byte order mark, days as 2026-01-31; None is an empty cell.

    A text that a spreadsheet would take for a formula is written with ``'`` before it.
    """
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(map(_cell, heads))
    for row in rows:
        yield writer.writerow(map(_cell, row))


def register_lines(
    register: Register, translate: Translate, things: Iterable[Mapping[str, Any]], received: Iterable[str]
) -> Iterator[str]:
    """Yield the lines of a list that `read_register` reads back: a column for each field, called as our pages call it.

    ``things``: values by field as `read_register` gives them, answers in words; a text stands for itself. Under
    ``received`` what was kept as it came, by its header; the argument names those headers. What could not be read as a
    field, or says more than the field holds, stands in the field's own column.
    """
    others = [each for each in received if each not in {field.name for field in register.fields}]
    heads = [*(label[:1].upper() + label[1:] for each in register.fields if (label := translate(each.label))), *others]
    # lines may be asked for when nobody knows the reader's language any more
    units = (translate(N_("months")), translate(N_("days")))
    rows = ([*(_said(each, thing, units) for each in register.fields), *map(thing["received"].get, others)]
            for thing in things)  # fmt: skip
    return csv_lines(heads, rows)


def _said(field: Field, thing: Mapping[str, Any], units: tuple[str, str]) -> object:
    value, came = thing.get(field.name), thing["received"].get(field.name, "")
    if field.kind == "names" and not isinstance(value, str | None):
        return _names(value, came)
    if came and (value in (None, "") or reader_of(field, "", [came])(came) == value or came.startswith(str(value))):
        return came
    if isinstance(value, str | None):
        return value
    return kronor(value) if field.kind == "money" else _several(field.kind, value, units)


def _names(names: Sequence[str], came: str) -> str:
    """Write names, and those that were kept as they came; one that stands in these with words beside it only there."""
    strange = came.split(", ") if came else []
    found = [*(each for each in names if not any(each in other.split() for other in strange)), *strange]
    # one name with a comma would be read as two
    return f"{found[0]};" if len(found) == 1 and "," in found[0] else "; ".join(found)


def _several(kind: str, value: Any, units: tuple[str, str]) -> object:
    """Write what consists of several numbers; anything else stays."""
    if kind == "interval":
        least, most = value
        return str(least) if most is None else f"{least}–{most}"
    if kind in ("period", "options"):
        *count, months, days = value
        length = " ".join(f"{number} {word}" for number, word in zip((months, days), units, strict=True) if number)
        return f"{count[0]} x {length}" if count and length else length
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not _NUMBER.fullmatch(text) else text
