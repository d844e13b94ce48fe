"""Open a CSV file, workbook or JSON list as rows of cells with their place, whatever its letters and line ends."""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from samsyn.core.problems import SheetLine
from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import Faults
from samsyn.formats.table_json import open_json
from samsyn.formats.table_markup import tables_in
from samsyn.formats.text import decoded, sniff

MAX_UNPACKED = 2_000_000_000
MAX_RATIO = 200
MAX_ENTRIES = 2_000
MAX_CELLS = 30_000_000
HEADED_ROWS = 30
DELIMITERS = ";,\t|"
# Places far to the right or far down: without any, a sheet is at most 26 columns by 99 999 rows
_PLACE = re.compile(rb"""\br=["'](?:([A-Z]{2,4})(\d{1,9})|[A-Z]?(\d{6,9}))["']""")
# a spreadsheet takes what begins so for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CR = re.compile(r"_x000[dD]_")
_STEP = 1 << 20

Cell = str | int | float | bool | date | datetime | None


@dataclass
class Grid:
    """Rows of cells; ``lines`` are physical lines (CSV), row numbers (workbook) or item numbers (JSON), from 1; of
    several sheets that were put together each is a `SheetLine`.

    ``sheet`` is the one of ``sheets`` that was read.
    """

    format: Literal["csv", "xlsx", "json"] = "csv"
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    lines: list[int] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def open_grid(data: bytes, faults: Faults, *, sheet: str | None = None, together: bool = False) -> Grid:
    """Open a table by its content; what cannot be read is reported and gives an empty grid. Never raises.

    ``together``: sheets with the same headers are parts of one list, as of each year. A web page or an XML workbook is
    its largest table, a packed file that holds one file is that one.
    """
    sniffed = sniff(data)
    if sniffed.kind in ("html", "xml") and (tables := tables_in(decoded(data, sniffed.encoding))):
        largest = max(tables, key=lambda rows: len(rows) * max(map(len, rows)))
        return Grid("csv", sniffed.encoding, lines=list(range(1, len(largest) + 1)), rows=[[*row] for row in largest])
    faults.add_all(sniffed.problems)
    if faults.refused:
        return Grid()
    if sniffed.kind == "xls":
        return _workbook(data, faults, sheet, together)
    if sniffed.kind == "xlsx":
        if not _guarded(data, faults):
            return Grid("xlsx")
        if (packed := _packed(data)) is None:
            return _workbook(data, faults, sheet, together)
        inner = b"".join(_unpacked(data, packed[0])) if len(packed) == 1 else b"PK"
        if not inner.startswith(b"PK") or (zipfile.is_zipfile(io.BytesIO(inner)) and _packed(inner) is None):
            return open_grid(inner, faults, sheet=sheet, together=together)
        message = N_("This is a packed folder. Unpack it, and load one of the files in it: %(found)s.")
        faults.error("packed", message, ", ".join(each.filename for each in packed))
        return Grid()
    if sniffed.kind in ("pdf", "sie", "binary"):
        message = N_("This is a file of the kind %(found)s, not a table. Expected: %(expected)s.")
        faults.error("not_a_table", message, sniffed.kind, "CSV, XLSX, JSON")
        return Grid()
    text = decoded(data, sniffed.encoding)
    if sniffed.kind == "json":
        rows, lines = open_json(text, faults)
        return Grid("json", sniffed.encoding, lines=lines, rows=rows)
    return _csv(text, sniffed.encoding, faults)


def cell_text(cell: Cell) -> str:
    """Return a cell as people read it: whole numbers without ``.0``, no leftovers of line ends, trimmed.

    The ``'`` that says a text is no formula is no part of it.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = str(cell)
    if text.startswith("'") and text[1:2] in FORMULA:
        text = text[1:]
    if "_x000" in text or "\ufeff" in text or "\0" in text:
        text = _CR.sub(" ", text).replace("\ufeff", "").replace("\0", "")
    return " ".join(text.split())


def _csv(text: str, encoding: str, faults: Faults) -> Grid:
    grid = Grid("csv", encoding)
    skip = 1 if re.match(r"sep=.\s*[\r\n]", text) else 0
    delimiter = text[4] if skip else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            if skip:
                skip = 0
            elif row:
                grid.lines.append(before + 1)
                grid.rows.append(list(row))
            before = reader.line_num
    except csv.Error as fault:
        message = N_("Line %(line)s cannot be read as a row of the table: %(found)s.")
        code = "cell_too_large" if "field larger" in str(fault) else "bad_row"
        faults.error(code, message, fault, at=before + 1)
    return grid


def _delimiter(text: str) -> str:
    """Choose the mark that cuts the first rows into the most columns, most evenly."""
    sample = text[: 1 << 16].splitlines()[:60]
    best, chosen = 0.0, ","
    for mark in DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(sample, delimiter=mark) if row)
        except csv.Error:
            continue
        columns, rows = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = rows / max(1, counts.total()) * columns if columns > 1 else 0.0
        if score > best:
            best, chosen = score, mark
    return chosen


def _packed(data: bytes) -> list[zipfile.ZipInfo] | None:
    """Return the files of a packed folder; None for a workbook, which is packed too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    names = {each.filename for each in entries}
    return None if names & {"[Content_Types].xml", "mimetype", "content.xml"} else entries


def _workbook(data: bytes, faults: Faults, wanted: str | None, together: bool) -> Grid:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if wanted and wanted not in book.sheet_names:
            message = N_("There is no sheet called “%(expected)s”. The workbook has: %(found)s.")
            faults.error("sheet_missing", message, ", ".join(book.sheet_names), wanted)
            return Grid("xlsx")
        sheets = [book.get_sheet_by_name(name) for name in ([wanted] if wanted else book.sheet_names)]
        sheet = max(sheets, key=lambda sheet: sheet.height * max(1, sheet.width), default=None)
        grid = Grid("xlsx", sheet=sheet.name if sheet else "", sheets=tuple(book.sheet_names))
        grid.lines, grid.rows = _sheet(sheet) if sheet else ([], [])
        others = [each for each in sheets if each is not sheet and min(each.height, each.width) > 1]
        joined = _all_joined(grid, others) if together else []
        if joined:
            message = N_("The sheets %(found)s have the columns of “%(expected)s”, and are read as parts of one list.")
            faults.warning("sheets_joined", message, ", ".join(joined), grid.sheet)
        if left := [each.name for each in others if each.name not in joined]:
            message = N_("Only the sheet “%(expected)s” is read, the largest. Others hold something too: %(found)s.")
            faults.warning("sheets_left", message, ", ".join(left), grid.sheet)
    except (CalamineError, ValueError, OSError, KeyError) as fault:
        message = N_("The file is not a workbook that can be read, or it is damaged: %(found)s.")
        faults.error("not_a_workbook", message, fault)
        return Grid("xlsx")
    return grid


def _sheet(sheet: CalamineSheet) -> tuple[list[int], list[list[Cell]]]:
    """Return the rows of a sheet that hold something, and their numbers."""
    filled = [
        (line, row)
        for line, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        if any(cell not in ("", None) for cell in row)
    ]
    return [line for line, _ in filled], [[_workbook_cell(cell) for cell in row] for _, row in filled]


def _all_joined(grid: Grid, others: Iterable[CalamineSheet]) -> list[str]:
    """Put the sheets that can be behind the one that was read; return their names. Every line then knows its sheet."""
    first, joined = len(grid.lines), []
    for each in others:
        before = len(grid.lines)
        if _joined(grid, *_sheet(each)):
            grid.lines[before:] = [SheetLine(line, each.name) for line in grid.lines[before:]]
            joined.append(each.name)
    if joined:
        grid.lines[:first] = [SheetLine(line, grid.sheet) for line in grid.lines[:first]]
    return joined


def _joined(grid: Grid, lines: list[int], rows: list[list[Cell]]) -> bool:
    """Put the rows of a sheet behind those of another, if a row of headers stands on both."""
    heads = {_head(row) for row in grid.rows[:HEADED_ROWS]} - {()}
    place = next((place for place, row in enumerate(rows[:HEADED_ROWS]) if _head(row) in heads), None)
    if place is None:
        return False
    grid.lines += lines[place + 1 :]
    grid.rows += rows[place + 1 :]
    return True


def _head(row: list[Cell]) -> tuple[str, ...]:
    """Return a row that may be one of headers, as texts; nothing where it holds numbers, days or a single text."""
    found = texts(row)
    while found and not found[-1]:
        found.pop()
    plain = all(isinstance(cell, str) and not cell.strip().isdecimal() for cell in row if cell not in ("", None))
    return tuple(found) if plain and sum(map(bool, found)) > 2 else ()


def _workbook_cell(cell: object) -> Cell:
    return cell if isinstance(cell, str | int | float | date) else str(cell)


def _guarded(data: bytes, faults: Faults) -> bool:
    """Tell whether a workbook is safe to open: its true unpacked size and the area it claims are bounded."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            declared = sum(entry.file_size for entry in entries)
            too_large = len(entries) > MAX_ENTRIES or _is_bomb(declared, len(data))
            too_wide = not too_large and any(_area(data, entry) > MAX_CELLS for entry in entries)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError) as fault:
        message = N_("The file is not a workbook that can be read, or it is damaged: %(found)s.")
        faults.error("not_a_workbook", message, fault)
        return False
    if too_large or too_wide:
        message = N_("The workbook would unpack to far more than a ledger needs. Expected at most %(expected)s.")
        limit = f"{MAX_CELLS} cells" if too_wide else f"{MAX_UNPACKED // 1_000_000} MB"
        faults.error("workbook_too_large", message, f"{declared // 1_000_000} MB", limit)
        return False
    return not faults.refused


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked > MAX_RATIO * packed)


def _area(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Unpack one entry piece by piece, and return the area of the sheet it claims to be."""
    rows, width = 0, 26
    tail = b""
    for piece in _unpacked(data, entry):
        text = tail + piece
        places = set(_PLACE.findall(text))
        rows = max([rows, *(int(row or far) for _, row, far in places)])
        width = max([width, *(_column(name) for name, _, _ in places)])
        tail = text[-30:]
    return rows * width


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    # The reader trusts the stream, not the sizes in the directory, so count what the stream really holds
    start = entry.header_offset
    names = int.from_bytes(data[start + 26 : start + 28], "little") + int.from_bytes(
        data[start + 28 : start + 30], "little"
    )
    packed = data[start + 30 + names : start + 30 + names + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    inflate, total = zlib.decompressobj(-15), 0
    while packed and not inflate.eof:
        piece = inflate.decompress(packed, _STEP)
        packed = inflate.unconsumed_tail
        total += len(piece)
        if _is_bomb(total, len(data)) or total > entry.file_size + _STEP:
            raise zipfile.BadZipFile("it unpacks to more than it says")
        yield piece


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def texts(row: Iterable[Cell]) -> list[str]:
    """Return the cells of a row as texts."""
    return [cell_text(cell) for cell in row]
