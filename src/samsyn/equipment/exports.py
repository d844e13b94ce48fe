"""Hand out a list of devices as CSV, in words a list of devices is read back by."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core.money import kronor
from samsyn.equipment import queries
from samsyn.equipment.choices import FIELDS, Ending
from samsyn.equipment.imports import places_of
from samsyn.formats.csv_lines import csv_lines
from samsyn.organisation.queries import unit_names

ALL = queries.Asked()


def whole_list(asked: queries.Asked = ALL, units_seen: frozenset[str] | None = None) -> Iterator[str]:
    """Return the lines of a file, a device each: see `csv_lines`; kronor as 1234.50.

    A name that several units bear is written as the code. Where those that are gone are asked for, it says since when
    and what became of each.
    """
    names, devices, ended = unit_names(), queries.every_device(asked, units_seen), asked.ended
    places = places_of(names, names)
    units = {code: name if places[name.casefold()] == code else code for code, name in names.items()}
    columns = [*FIELDS, *(("ended_date", "ended_as") if ended else ())]
    heads = [*map(str, FIELDS.values()), *((_("Gone since"), _("What became of it")) if ended else ())]
    endings = {value: str(label) for value, label in Ending.choices}
    words = {"unit_code": units, "ended_as": endings}
    return csv_lines(heads, ([_cell(name, getattr(each, name), words) for name in columns] for each in devices))


def _cell(name: str, value: Any, words: dict[str, dict[str, str]]) -> Any:
    if value is not None and name.endswith("_ore"):
        return kronor(value)
    return words[name].get(value, value) if name in words else value
