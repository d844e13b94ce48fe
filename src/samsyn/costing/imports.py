"""Read and write the cost model as one workbook. Writes nothing to the database."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from samsyn.core.money import MICRO
from samsyn.core.problems import Problem
from samsyn.core.refusals import N_, Refusal
from samsyn.costing.choices import LANGUAGES, Driver, Kind, Mode, NoVolume, Outcome, Standing
from samsyn.formats.workbook import SheetRow

Row = dict[str, Any]
Content = dict[str, list[Row]]

_VALID = {"valid_from": "day", "valid_until": "day?"}
_PARTS = ("account", "responsibility", "activity", "object", "project", "counterparty")
_RANGES = {f"{part}_{end}": "text?" for part in _PARTS for end in ("from", "to")}
# what units read may be said in each language; without it they read the column of that name alone
_NAMED = {f"name_{language}": "text~" for language in LANGUAGES}
_SPOKEN = {
    f"{column}_{language}": "text~"
    for column in ("name", "plural", "unit_of_measure", "included", "excluded", "influence")
    for language in LANGUAGES
} | dict.fromkeys(("name_da", "name_en", "plural_da", "plural_en"), "text?")
WORDS: dict[str, Any] = {
    "outcome": Outcome,
    "mode": Mode,
    "standing": Standing,
    "driver": Driver,
    "no_volume": NoVolume,
    "kind": Kind,
}

# sheet → part of the content, and its columns with the kind of each; “?” may be empty, “~” leaves no trace then
SHEETS: dict[str, tuple[str, dict[str, str]]] = {
    "Pools": ("pools", {"code": "text", "name": "text", "is_pay": "yes", "people": "whole?", **_NAMED}),
    "CostTypes": ("cost_types", {"code": "text", "name": "text", **_NAMED}),
    "Rules": (
        "rules",
        {
            "code": "text", "priority": "whole", **_RANGES, "supplier": "text?", "text": "text?",
            "outcome": "word", "pool": "text?", "cost_type": "text?", "months": "whole1", **_VALID,
            "decision": "text?",
        },
    ),
    "Services": (
        "services",
        {
            "code": "text", "name": "text", "plural": "text?", "kind": "word",
            "unit_of_measure": "text?", "step": "whole1", "mode": "word?", "price_kr": "price",
            "standing": "word?", "no_volume": "word?", "included": "text?", "excluded": "text?",
            "influence": "text?", "owner": "text?", "service_level": "text?", **_VALID, "decision": "text?",
            **_SPOKEN,
        },
    ),
    "Flows": (
        "flows",
        {
            "from": "text", "to": "text", "driver": "word", "weight": "whole1", "volume_service": "text?",
            **_VALID,
        },
    ),
    "Decisions": (
        "decisions",
        {
            "code": "text", "body": "text", "date": "day", "section": "text?", "registry_number": "text?",
            "link": "text?", "text": "text?",
        },
    ),
}  # fmt: skip
PARTS = dict(SHEETS.values())
SHEET_OF = {part: sheet for sheet, (part, _columns) in SHEETS.items()}
VOLUME_COLUMNS = {
    "service": "text", "unit": "text", "period": "text", "quantity": "whole", "low": "whole?",
    "high": "whole?", "source": "text?", "counted_on": "day?",
}  # fmt: skip
ITEM_COLUMNS = {
    "service": "text", "unit": "text", "period": "text", "item": "text", "place": "text?", "since": "day?",
}  # fmt: skip
LIMITS = {"months": (1, 60), "step": (1, 1_000_000)}
STANDS = N_("“%(found)s” stands where %(expected)s was expected.")
MISSING = N_("Nothing stands where %(expected)s was expected.")
_PRICE = re.compile(r"^-?\d+(?:[.,]\d{1,6})?$")


def read_model(sheets: Mapping[str, list[SheetRow]]) -> tuple[Content, list[Problem]]:
    """Return the content of a model version and every fault of the workbook's cells."""
    content: Content = {}
    problems: list[Problem] = []
    for sheet, (part, columns) in SHEETS.items():
        content[part] = read_rows(sheets.get(sheet, []), columns, sheet, problems)
    return content, problems


def read_rows(lines: Iterable[SheetRow], columns: Mapping[str, str], sheet: str, problems: list[Problem]) -> list[Row]:
    """Return typed rows; a row with a fault is left out and its faults are added to ``problems``."""
    found = []
    for line in lines:
        row: Row = {}
        before = len(problems)
        for column, kind in columns.items():
            try:
                value = _cell(line, column, kind)
                if value or kind != "text~":
                    row[column] = value
            except Refusal as refusal:
                stood, expected = refusal.facts["found"], refusal.facts["expected"]
                words, place = STANDS if stood else MISSING, f"{sheet}.{column}"
                problems.append(Problem(line.line, place, "error", refusal.code, stood, expected, words))
        if len(problems) == before:
            found.append(row)
    return found


def device_sheets(
    held: Iterable[Any], services: Mapping[str, str], period: str, on: date, source: str, steps: Mapping[str, int]
) -> dict[str, list[SheetRow]]:  # fmt: skip
    """Return the sheets Volumes and Items of the devices that units held on a day.

    ``services``: {kind: code of its service}; other kinds are not counted. ``source`` is where units read that the
    count comes from, ``steps`` the parts of a whole that a service is counted in.
    """
    items = [
        {"service": services[each.kind], "unit": each.unit_code, "period": period, "item": each.item,
         "place": each.place, "since": each.since}
        for each in held if each.kind in services
    ]  # fmt: skip
    counts = Counter((row["service"], row["unit"]) for row in items)
    volumes = [
        {"service": service, "unit": unit, "period": period, "quantity": count * steps.get(service, 1),
         "source": source, "counted_on": on}
        for (service, unit), count in sorted(counts.items())
    ]  # fmt: skip
    sheets = {"Volumes": volumes, "Items": items}
    return {name: [SheetRow(line, row) for line, row in enumerate(rows, 1)] for name, rows in sheets.items()}


def language_of(column: str) -> str:
    """Return the language a column of text is in by its ending; none is the municipality's own."""
    ending = column.rpartition("_")[2]
    return ending if ending in LANGUAGES else ""


def model_sheets(content: Content) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Return the sheets a model version is read back from, unchanged."""
    return {
        sheet: (
            list(columns),
            [[shown(row.get(column), kind) for column, kind in columns.items()] for row in content.get(part, [])],
        )
        for sheet, (part, columns) in SHEETS.items()
    }


def _cell(line: SheetRow, column: str, kind: str) -> Any:
    text = line.text(column)
    if kind[-1] in "?~" and not text:
        return None if kind in {"day?", "whole?"} else ""
    if kind in {"text", "text?", "text~"}:
        if not text:
            raise line.refusal("cell_empty", column, N_("a value"))
        return text
    if kind in {"day", "day?"}:
        day = line.day(column)
        if day is None:
            raise line.refusal("cell_empty", column, N_("a day such as 2026-01-31"))
        return day.isoformat()
    if kind.startswith("whole"):
        number = line.whole(column, default=1 if kind == "whole1" else None)
        first, last = LIMITS.get(column, (number, number))
        if not first <= number <= last:
            raise line.refusal("not_within", column, f"{first}–{last}")
        return number
    if kind in {"word", "word?"}:
        if text not in WORDS[column].values:
            raise line.refusal("unknown_word", column, ", ".join(WORDS[column].values))
        return text
    if kind == "yes":
        return text.casefold() in {"yes", "ja", "true", "1"}
    return _price(line, column, text)


def _price(line: SheetRow, column: str, text: str) -> int | None:
    """Return a price in micro-kronor. Six decimals at most; more would be lost."""
    if not text:
        return None
    if not _PRICE.match(text):
        raise line.refusal("not_a_price", column, N_("a price in kronor such as 225 or 0.125"))
    whole, _, part = text.replace(",", ".").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * MICRO + sign * int(part.ljust(6, "0") or 0)


def shown(value: Any, kind: str) -> Any:
    """Return a value as a cell of the workbook, from which it is read back."""
    if kind == "yes":
        return "yes" if value else "no"
    if kind == "price" and value is not None:
        whole, part = divmod(abs(value), MICRO)
        text = f"{whole}.{part:06d}".rstrip("0").rstrip(".")
        return f"-{text}" if value < 0 else text
    if kind in {"day", "day?"} and value:
        return date.fromisoformat(value)
    return value
