"""Read and write workbooks as named sheets of plain rows; keep formulas out and bombs closed."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from samsyn.core.refusals import N_, Refusal

MAX_UNPACKED = 300_000_000
MAX_RATIO = 200


@dataclass(frozen=True)
class SheetRow:
    """One row by column name, with the row number people see in their program."""

    line: int
    cells: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a cell as trimmed text; whole floats lose their ``.0``."""
        value = self.cells.get(name, "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).replace("_x000D_", "").strip()

    def day(self, name: str) -> date | None:
        """Return a cell as a day, None when empty. Refuses ``not_a_date`` with its place."""
        value = self.cells.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as fault:
            raise self.refusal("not_a_date", name, N_("a day such as 2026-01-31")) from fault

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a cell as a whole number. Refuses ``not_a_number`` with its place."""
        text = self.text(name)
        if not text and default is not None:
            return default
        try:
            return int(text)
        except ValueError as fault:
            raise self.refusal("not_a_number", name, N_("a whole number")) from fault

    def refusal(self, code: str, name: str, expected: str) -> Refusal:
        """Return the refusal for one cell: row, column, what stood there, what was expected."""
        return Refusal(
            code,
            N_("Row %(line)s, column %(column)s: “%(found)s” stands where %(expected)s was expected."),
            line=self.line, column=name, found=self.text(name), expected=expected,
        )  # fmt: skip


def guard_archive(data: bytes) -> None:
    """Refuse a workbook that is damaged or unpacks to far more than it weighs (a zip bomb).

    Refuses ``not_a_workbook`` and ``workbook_too_large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as fault:
        raise Refusal("not_a_workbook", N_("The file is not a workbook (.xlsx), or it is damaged.")) from fault
    if unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked > MAX_RATIO * len(data)):
        raise Refusal(
            "workbook_too_large",
            N_("The workbook would unpack to %(size)s MB. The limit is %(limit)s MB."),
            size=unpacked // 1_000_000, limit=MAX_UNPACKED // 1_000_000,
        )  # fmt: skip


def read_sheets(data: bytes) -> dict[str, list[SheetRow]]:
    """Read every sheet whose first row holds column names; empty rows are left out."""
    guard_archive(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, ValueError, OSError) as fault:
        raise Refusal("not_a_workbook", N_("The file is not a workbook (.xlsx), or it is damaged.")) from fault
    return {name: _rows(grid) for name, grid in grids.items()}


def read_csv_sheet(data: bytes) -> list[SheetRow]:
    """Read a UTF-8 CSV file (comma or semicolon) whose first row holds column names."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal("not_utf8", N_("The file is not UTF-8 text. Save it as CSV UTF-8.")) from fault
    mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=mark)
    return [SheetRow(line, {str(k): v or "" for k, v in row.items() if k}) for line, row in enumerate(rows, 2)]


def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Write sheets of (column names, rows). Text is always written as text, never as a formula.

    A float is shown with two decimals, a whole number as it is.
    """
    import xlsxwriter  # a quarter of a second that only those who take a workbook out wait for

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # the same content gives the same bytes, whenever it is written
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a mark, not a moment
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        decimals = book.add_format({"num_format": "#,##0.00"})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(columns):
                sheet.write_string(0, column, title, head)
                sheet.set_column(column, column, max(12, min(40, len(title) + 4)))
            for line, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    _write(sheet, line, column, value, day, decimals)
    return buffer.getvalue()


def _rows(grid: list[list[Any]]) -> list[SheetRow]:
    if not grid:
        return []
    names = [str(cell).strip() for cell in grid[0]]
    found = []
    for line, cells in enumerate(grid[1:], start=2):
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if any(cell not in ("", None) for cell in row.values()):
            found.append(SheetRow(line, row))
    return found


def _write(sheet: Any, line: int, column: int, value: Any, day: Any, decimals: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        sheet.write_string(line, column, str(value))
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
    else:
        sheet.write_number(line, column, value, decimals if isinstance(value, float) else None)
