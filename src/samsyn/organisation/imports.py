"""Meet an organisation workbook with what is known: new, changed, ended, unchanged. Writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from samsyn.core.intervals import holds, overlaps
from samsyn.core.problems import Problem
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.workbook import SheetRow
from samsyn.organisation.choices import CODE_PARTS, EntryKind, LineageKind, UnitKind

Row = dict[str, Any]

# what the workbook says of how a site is joined to the network
JOINED = ("connection", "need", "wish", "obstacle")
# sheet → (columns that name a row, columns that hold its content)
SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Sites": (("code", "valid_from"), ("name", "address", *JOINED, "valid_until")),
    "Units": (("code", "valid_from"), ("name", "kind", "parent", "site", "valid_until")),
    "CostCentres": (("code", "valid_from"), ("name", "unit", "valid_until")),
    "ReceivingCodes": (
        ("unit", "label", "valid_from"),
        ("responsibility", "activity", "object", "counterparty", "weight", "valid_until"),
    ),
    "Lineage": (("from_unit", "to_unit", "kind", "on_date"), ()),
    "CodeParts": (("entry_kind", "part", "valid_from"), ("valid_until",)),
    "Staff": (("unit", "counted_on"), ("staff", "without_mail", "without_identity", "source")),
}
# sheet → columns that say whose rows may not overlap
WHOSE = {"Sites": ("code",), "Units": ("code",), "CostCentres": ("code",), "ReceivingCodes": ("unit", "label"),
         "CodeParts": ("entry_kind", "part")}  # fmt: skip
WORDS = (
    ("Units", "kind", UnitKind.values), ("Lineage", "kind", LineageKind.values),
    ("CodeParts", "entry_kind", EntryKind.values), ("CodeParts", "part", CODE_PARTS),
)  # fmt: skip
DAYS = {"valid_from", "valid_until", "on_date", "counted_on"}
NUMBERS = {"weight": 1, "staff": None, "without_mail": 0, "without_identity": 0}  # with what stands for an empty cell
OPTIONAL = {
    "valid_until", "email", "title", "language", "unit", "parent", "site", "address", "label",
    "responsibility", "activity", "object", "counterparty", "source", *JOINED,
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

    Rows that the workbook leaves out stay as they are, and so does what a column would say that it does not have. All
    faults are listed, each with its row.
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
            old = current.get(name)
            row |= {column: old[column] for column in content if column not in line.cells} if old else {}
            _compare(result, sheet, line.line, name, old, row)
    return result


def check_units(result: Plan, sheets: dict[str, list[SheetRow]], known_units: set[str]) -> None:
    """Add the faults only the whole shows: unknown parents and units, unknown words."""
    units = known_units | {row.text("code") for row in sheets.get("Units", [])}
    for sheet, column in (("Units", "parent"), ("CostCentres", "unit"), ("ReceivingCodes", "unit"),
                          ("Lineage", "from_unit"), ("Lineage", "to_unit"), ("Roles", "unit"),
                          ("Staff", "unit")):  # fmt: skip
        for row in sheets.get(sheet, []):
            code = row.text(column)
            if code not in units and (code or sheet in {"CostCentres", "ReceivingCodes", "Lineage", "Staff"}):
                result.problems.append(
                    Problem(row.line, 0, "error", "unknown_unit", code, "",
                            N_("Row %(line)s names the unit “%(found)s”, which is not in the sheet Units."))
                )  # fmt: skip
    for sheet, column, words in WORDS:
        for row in sheets.get(sheet, []):
            if row.text(column) not in words:
                result.problems.append(
                    Problem(row.line, 0, "error", "unknown_word", row.text(column), ", ".join(words),
                            N_("Row %(line)s: “%(found)s” is not one of %(expected)s."))
                )  # fmt: skip


@dataclass
class _Term:
    """A dated row as it would be; ``line`` is 0 for one that is known already."""

    valid_from: date
    valid_until: date | None
    line: int
    row: Row


def check_staff(result: Plan) -> None:
    """Add a fault where more are without mail or identity than there are."""
    message = N_("Row %(line)s of %(expected)s: more are without than work there (%(found)s).")
    for change in result.changes:
        row = change.after
        if change.sheet == "Staff" and max(row["without_mail"], row["without_identity"]) > row["staff"]:
            result.problems.append(_fault("more_than_staff", "Staff", change.line, row["unit"], message))


def check_dates(result: Plan, known: Mapping[str, Iterable[Row]]) -> None:
    """Add what the dates of the whole show: rows that end before they begin or overlap, units in a circle."""
    for sheet, whose in WHOSE.items():
        terms = _terms(result, sheet, known)
        mine: dict[tuple[str, ...], list[_Term]] = {}
        for term in terms:
            mine.setdefault(tuple(str(term.row[column]) for column in whose), []).append(term)
            if term.line and term.valid_until and term.valid_until <= term.valid_from:
                message = N_("Row %(line)s of %(expected)s: “%(found)s” ends before it begins.")
                result.problems.append(_fault("ends_too_early", sheet, term.line, _name(term, whose), message))
        for one, other in (pair for rows in mine.values() for pair in overlaps(rows)):
            if one.line or other.line:
                message = N_(
                    "Row %(line)s of %(expected)s: “%(found)s” already has a row for those days. End it first."
                )
                result.problems.append(_fault("overlap", sheet, other.line or one.line, _name(one, whose), message))
        if sheet == "Units":
            _check_circles(result, terms)


def _terms(result: Plan, sheet: str, known: Mapping[str, Iterable[Row]]) -> list[_Term]:
    """Return a sheet's rows as they would be: known rows (line 0), replaced by the workbook's."""
    naming = SHEETS[sheet][0]
    rows = {tuple(str(row[column] or "") for column in naming): (0, row) for row in known.get(sheet, [])}
    rows |= {change.name: (change.line, change.after) for change in result.changes if change.sheet == sheet}
    return [_Term(row["valid_from"], row["valid_until"], line, row) for line, row in rows.values()]


def _check_circles(result: Plan, terms: list[_Term]) -> None:
    """Add a fault for every unit that lies below itself on some day."""
    told: set[str] = set()
    for day in sorted({term.valid_from for term in terms if term.line}):
        parents = {t.row["code"]: (t.row["parent"], t.line) for t in terms
                   if t.valid_from <= day and (t.valid_until is None or day < t.valid_until)}  # fmt: skip
        for code in sorted(parents):
            above, passed = parents[code][0], {code}
            while above in parents and above not in passed:
                passed.add(above)
                above = parents[above][0]
            if above == code and code not in told:
                told.add(code)
                message = N_("Row %(line)s of %(expected)s: the unit “%(found)s” would lie below itself.")
                result.problems.append(_fault("circle", "Units", parents[code][1], code, message))


def _name(term: _Term, whose: tuple[str, ...]) -> str:
    return " ".join(str(term.row[column]) for column in whose).strip()


def _fault(code: str, sheet: str, line: int, found: str, message: str) -> Problem:
    return Problem(line, 0, "error", code, found, sheet, message)


def check_code_parts(result: Plan, known: Mapping[str, Iterable[Row]]) -> None:
    """Warn of code strings that lack a part that an entry of operation must carry."""
    message = N_("Row %(line)s of %(expected)s lacks “%(found)s”, which every entry of operation must carry.")
    parts = [t for t in _terms(result, "CodeParts", known) if t.row["entry_kind"] == "operation"]
    for change in result.changes:
        if change.sheet == "ReceivingCodes" and change.kind != "ended":
            lacking = [t.row["part"] for t in parts if holds(t, change.after["valid_from"])]
            for part in sorted(part for part in lacking if not change.after.get(part, "-")):
                fault = Problem(change.line, 0, "warning", "part_missing", part, "ReceivingCodes", message)
                result.problems.append(fault)


def _read(line: SheetRow, columns: Iterable[str], sheet: str, problems: list[Problem]) -> Row | None:
    row: Row = {}
    faults = len(problems)
    for column in columns:
        try:
            row[column] = _cell(line, column)
        except Refusal as refusal:
            found, expected = str(refusal.facts["found"]), str(refusal.facts["expected"])
            message = f"{sheet}: {refusal.sentence(gettext)}".replace("%", "%%")
            problems.append(Problem(line.line, 0, "error", refusal.code, found, expected, message))
    return row if len(problems) == faults else None


def _cell(line: SheetRow, column: str) -> Any:
    if column in DAYS:
        value: Any = line.day(column)
    else:
        value = line.whole(column, default=NUMBERS[column]) if column in NUMBERS else line.text(column)
        if column in NUMBERS and value < 0:
            raise line.refusal("negative_weight", column, N_("0 or more"))
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
