"""Hand out a list of devices as CSV, in words a list of devices is read back by."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core.money import kronor
from samsyn.equipment.choices import FIELDS, Ending
from samsyn.equipment.imports import places_of

# a spreadsheet takes what begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What a CSV writer writes to: the line is its answer."""

    def write(self, text: str) -> str:
        return text


def lines(devices: Iterable[Any], names: dict[str, str], *, ended: bool = False) -> Iterator[str]:
    """Return the lines of a file, a device each: semicolons, days as 2026-01-31, kronor as 1234.50.

    ``names``: the names of units; one that several units bear is written as the code. ``ended`` adds since when each
    is gone and what became of it.
    """
    places = places_of(names, names)
    units = {code: name if places[name.casefold()] == code else code for code, name in names.items()}
    columns = [*FIELDS, *(("ended_date", "ended_as") if ended else ())]
    heads = [*map(str, FIELDS.values()), *((_("Gone since"), _("What became of it")) if ended else ())]
    endings = {value: str(label) for value, label in Ending.choices}
    return _written(devices, columns, heads, {"unit_code": units, "ended_as": endings})


def _written(
    devices: Iterable[Any], columns: list[str], heads: list[str], words: dict[str, dict[str, str]]
) -> Iterator[str]:  # fmt: skip
    """Write the lines one by one; everything that asks for a language or a municipality is known before."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(heads)
    for device in devices:
        values = ((name, getattr(device, name)) for name in columns)
        yield writer.writerow([_cell(name, words.get(name, {}).get(value, value)) for name, value in values])


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    text = kronor(value) if name.endswith("_ore") else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not name.endswith("_ore") else text
