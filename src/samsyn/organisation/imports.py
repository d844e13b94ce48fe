"""Meet an organisation workbook with what is known: new, changed, ended, unchanged. Writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.workbook import SheetRow
from samsyn.organisation.choices import LineageKind, UnitKind

Row = dict[str, Any]

# sheet → (columns that name a row, columns that hold its content)
SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Sites": (("code", "valid_from"), ("name", "address", "valid_until")),
    "Units": (("code", "valid_from"), ("name", "kind", "parent", "site", "valid_until")),
    "CostCentres": (("code", "valid_from"), ("name", "unit", "valid_until")),
    "ReceivingCodes": (
        ("unit", "label", "valid_from"),
        ("responsibility", "activity", "object", "counterparty", "weight", "valid_until"),
    ),
    "Lineage": (("from_unit", "to_unit", "kind", "on_date"), ()),
}
DAYS = {"valid_from", "valid_until", "on_date"}
OPTIONAL = {
    "valid_until", "email", "title", "language", "unit", "parent", "site", "address", "label",
    "responsibility", "activity", "object", "counterparty",
}  # fmt: skip


@dataclass(frozen=True)
class PlannedChange:
    """One row of the workbook that differs from what is known."""

    sheet: str
    line: int
    kind: str  # new | changed | ended
    name: tuple[str, ...]
    before: Row
    after: Row


@dataclass
class Plan:
    """What applying a workbook would do."""

    changes: list[PlannedChange] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    hanging: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """Return how many rows are new, changed or ended."""
        return sum(change.kind == kind for change in self.changes)


def plan(
    sheets: dict[str, list[SheetRow]],
    known: Mapping[str, Iterable[Row]],
    layout: dict[str, Any] | None = None,
) -> Plan:
    """Compare workbook rows with the known rows (same column names) and return the plan.

    Rows that the workbook leaves out stay as they are. All faults are listed, each with its row.
    """
    result = Plan()
    for sheet, (naming, content) in (layout or SHEETS).items():
        current = {tuple(str(row[column] or "") for column in naming): row for row in known.get(sheet, [])}
        seen: set[tuple[str, ...]] = set()
        for line in sheets.get(sheet, []):
            row = _read(line, (*naming, *content), sheet, result.problems)
            if row is None:
                continue
            name = tuple(str(row[column] or "") for column in naming)
            if name in seen:
                result.problems.append(_twice(sheet, line, name))
            seen.add(name)
            _compare(result, sheet, line.line, name, current.get(name), row)
    return result


def check_units(result: Plan, sheets: dict[str, list[SheetRow]], known_units: set[str]) -> None:
    """Add the faults only the whole shows: unknown parents and units, unknown words."""
    units = known_units | {row.text("code") for row in sheets.get("Units", [])}
    for sheet, column in (("Units", "parent"), ("CostCentres", "unit"), ("ReceivingCodes", "unit"),
                          ("Lineage", "from_unit"), ("Lineage", "to_unit"), ("Roles", "unit")):  # fmt: skip
        for row in sheets.get(sheet, []):
            code = row.text(column)
            if code not in units and (code or sheet in {"CostCentres", "ReceivingCodes", "Lineage"}):
                result.problems.append(
                    Problem(row.line, 0, "error", "unknown_unit", code, "",
                            N_("Row %(line)s names the unit “%(found)s”, which is not in the sheet Units."))
                )  # fmt: skip
    for sheet, words in (("Units", UnitKind.values), ("Lineage", LineageKind.values)):
        for row in sheets.get(sheet, []):
            if row.text("kind") not in words:
                result.problems.append(
                    Problem(row.line, 0, "error", "unknown_word", row.text("kind"), ", ".join(words),
                            N_("Row %(line)s: “%(found)s” is not one of %(expected)s."))
                )  # fmt: skip


def _read(line: SheetRow, columns: Iterable[str], sheet: str, problems: list[Problem]) -> Row | None:
    row: Row = {}
    faults = len(problems)
    for column in columns:
        try:
            row[column] = _cell(line, column)
        except Refusal as refusal:
            found, expected = str(refusal.facts["found"]), str(refusal.facts["expected"])
            message = f"{sheet}: {refusal.sentence()}".replace("%", "%%")
            problems.append(Problem(line.line, 0, "error", refusal.code, found, expected, message))
    return row if len(problems) == faults else None


def _cell(line: SheetRow, column: str) -> Any:
    if column in DAYS:
        value: Any = line.day(column)
    else:
        value = line.whole(column, default=1) if column == "weight" else line.text(column)
    if column not in OPTIONAL and value in ("", None):
        raise line.refusal("cell_empty", column, N_("a value"))
    return value


def _compare(result: Plan, sheet: str, line: int, name: tuple[str, ...], old: Row | None, new: Row) -> None:
    if old is None:
        result.changes.append(PlannedChange(sheet, line, "new", name, {}, new))
    elif all(old[column] == value or not (old[column] or value) for column, value in new.items()):
        result.unchanged += 1
    else:
        ended = bool(new.get("valid_until")) and not old.get("valid_until")
        result.changes.append(PlannedChange(sheet, line, "ended" if ended else "changed", name, dict(old), new))


def _twice(sheet: str, line: SheetRow, name: tuple[str, ...]) -> Problem:
    return Problem(line.line, 0, "error", "row_twice", " ".join(name), sheet,
                   N_("Row %(line)s of %(expected)s repeats “%(found)s”."))  # fmt: skip


def ended_codes(result: Plan) -> dict[str, date]:
    """Return the units a plan ends, with the day."""
    return {
        change.after["code"]: change.after["valid_until"]
        for change in result.changes
        if change.sheet == "Units" and change.kind == "ended"
    }
