"""Read a ledger table (CSV, workbook or JSON) through a profile that names which column is what."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import ROWS, VOUCHERS, AccountInfo, Faults, LedgerFile, constant, shown
from samsyn.formats.table_grid import Cell, Grid, cell_text, open_grid, texts
from samsyn.formats.table_values import Decimal, Order, amount_of, day_of, day_order, decimal_mark, period_of

PARTS = ("responsibility", "activity", "object", "project", "counterparty")
ROLES = (
    "date", "period", "account", "account_name", "amount", "debit", "credit", "supplier", "supplier_id", "text",
    "voucher_series", "voucher", "buyer", *PARTS,
)  # fmt: skip
DIMENSION = "dimension:"
SEARCHED_ROWS = 30
SAMPLE = 500
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÅÄÖÆØ])(?=[A-ZÅÄÖÆØ])")
_TOTAL = re.compile(r"(?:del)?(?:summa|total|totalt|totalsumma|sum|i alt|totals?|grand total)\b", re.I)
_MASKED = re.compile(r"personuppgift|personopplysning|personoplysning|redacted|maskerad|sekretess", re.I)


@dataclass(frozen=True)
class Profile:
    """Say which column is what: ``fields`` maps a role to a column header; order and letter case do not matter.

    Roles are `ROLES` and ``dimension:<name>``. ``decimal`` and ``date_format`` (as in strptime) are found out from
    the column when not stated; ``header_row`` is the line of the headers, looked for when None.
    """

    name: str
    fields: Mapping[str, str]
    date_format: str | None = None
    decimal: Decimal = "auto"
    sheet: str | None = None
    header_row: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` takes, for saving."""
        return {**asdict(self), "fields": dict(self.fields)}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> "Profile":
        """Make a profile from what `as_json` gave."""
        return cls(**saved)


@dataclass
class _Columns:
    """The lists a table is read into, and what is needed to read it."""

    at: dict[str, int]
    width: int
    decimal: Decimal = "auto"
    order: Order = "dmy"
    values: dict[str, list[Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    vouchers: dict[tuple[str, str], int] = field(default_factory=dict)
    heads: list[dict[str, Any]] = field(default_factory=list)
    masked: int = 0
    undated: int = 0


def read_table(data: bytes, profile: Profile) -> LedgerFile:
    """Read a table into the same shape as a SIE file, with every problem found; never raises.

    Amounts are whole öre; rows of one voucher number form a voucher, but need not balance. Rows without a day have
    the first day of their period, or none (a warning). docs/formats/ledger_table.md.
    """
    faults = Faults()
    grid = open_grid(data, faults, sheet=profile.sheet)
    file = LedgerFile(grid.format, encoding=grid.encoding)
    if not faults.refused or grid.rows:
        place = find_header(grid, profile)
        columns = _place_columns(grid, place, profile, faults)
        if columns is not None:
            _read_rows(grid, place, profile, columns, faults)
            _fill(file, columns, profile, faults)
    file.problems = faults.listing()
    return file


def key_of(header: str) -> str:
    """Return a header as it is compared: lower case, no accents, no punctuation (``Ver.nr`` → ``ver nr``)."""
    plain = unicodedata.normalize("NFKD", header.casefold().replace("ø", "o").replace("æ", "ae"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def keys_of(header: str) -> tuple[str, ...]:
    """Return a header as it is compared, and so with its humps as words of their own (``serialNumber``)."""
    return tuple(dict.fromkeys((key_of(header), key_of(_HUMP.sub(" ", header)))))


def headers_of(row: Sequence[Cell]) -> list[str]:
    """Return the headers of a row; one that comes again is numbered: ``Supplier Name (2)``."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for text in texts(row):
        seen[text] = seen.get(text, 0) + 1
        found.append(text if seen[text] == 1 or not text else f"{text} ({seen[text]})")
    return found


def find_header(grid: Grid, profile: Profile) -> int:
    """Return the index of the row that holds the headers: the stated line, or the best match near the top."""
    if profile.header_row is not None and profile.header_row in grid.lines:
        return grid.lines.index(profile.header_row)
    wanted = {key_of(header) for header in profile.fields.values()}
    scores = [len(wanted & {key_of(header) for header in headers_of(row)}) for row in grid.rows[:SEARCHED_ROWS]]
    return scores.index(max(scores)) if scores else 0


def _place_columns(grid: Grid, place: int, profile: Profile, faults: Faults) -> _Columns | None:
    headers = headers_of(grid.rows[place]) if grid.rows else []
    known = {key_of(header): number for number, header in reversed(list(enumerate(headers))) if header}
    at = {role: known[key_of(name)] for role, name in profile.fields.items() if key_of(name) in known}
    line = grid.lines[place] if grid.rows else 0
    missing = [name for role, name in profile.fields.items() if role not in at]
    lacking = [] if {"date", "period"} & set(at) else ["date"]
    lacking += [] if "amount" in at or {"debit", "credit"} <= set(at) else ["amount"]
    if lacking:
        message = N_("No column gives the %(expected)s. The headers are: %(found)s.")
        named = ", ".join(f"{role} ({profile.fields[role]})" if role in profile.fields else role for role in lacking)
        faults.error("column_missing", message, ", ".join(filter(None, headers)), named, at=line)
        return None
    if day_of(headers[at.get("date", at.get("period", 0))], None):
        message = N_("Line %(line)s should hold the names of the columns, but holds values: “%(found)s”.")
        faults.error("names_missing", message, " | ".join(filter(None, headers)), N_("a row of names"), at=line)
        return None
    for name in missing:
        message = N_("The column “%(expected)s” of the profile is not in the file.")
        faults.warning("column_absent", message, "", name, at=line)
    while headers and not headers[-1]:
        headers.pop()
    columns = _Columns(at, len(headers), profile.decimal)
    sample = grid.rows[place + 1 : place + 1 + SAMPLE]
    if profile.decimal == "auto":
        money = [at[role] for role in ("amount", "debit", "credit") if role in at]
        columns.decimal = decimal_mark(row[number] for row in sample for number in money if number < len(row))
    if "date" in at and profile.date_format is None:
        columns.order = day_order(row[at["date"]] for row in sample if at["date"] < len(row))
    return columns


def _read_rows(grid: Grid, place: int, profile: Profile, columns: _Columns, faults: Faults) -> None:
    names = ["line", "voucher", "date", "amount_ore", *_text_columns(columns.at)]
    columns.values = {name: [] for name in names}
    columns.texts = _text_columns(columns.at)
    furthest = max(columns.at.values())
    for line, row in zip(grid.lines[place + 1 :], grid.rows[place + 1 :], strict=True):
        cells = texts(row)
        filled = [text for text in cells if text]
        if not filled:
            continue
        if len(row) <= furthest or any(cells[columns.width :]):
            if len(filled) > 1 or line < grid.lines[-1] - 2:
                message = N_("Line %(line)s has %(found)s cells where the headers have %(expected)s: it is shifted.")
                faults.error("misaligned_row", message, len(row), columns.width, at=line)
            continue
        _read_row(line, row, cells, profile, columns, faults)


def _read_row(
    line: int, row: list[Cell], cells: list[str], profile: Profile, columns: _Columns, faults: Faults
) -> None:
    at = columns.at
    text = {role: _plain(cells[number]) for role, number in at.items()}
    filled = [cell for cell in cells if cell]
    if _is_total(text, filled):
        message = N_("Line %(line)s is a total, not a row, and was left out: %(found)s.")
        faults.warning("total_row", message, " | ".join(filled), at=line)
        return
    amount = _amount(line, row, columns, faults)
    day = _day(line, row, profile, columns, faults)
    values = columns.values
    values["line"].append(line)
    values["amount_ore"].append(amount)
    values["date"].append(day)
    values["voucher"].append(_voucher(line, text, day, columns))
    for name, role in columns.texts.items():
        values[name].append(text[role])
    if text.get("supplier_id") in ("0", "0.0"):
        values["supplier_id"][-1] = ""
    columns.masked += bool(_MASKED.search(text.get("supplier", "")))


def _amount(line: int, row: list[Cell], columns: _Columns, faults: Faults) -> int:
    at = columns.at
    if "amount" in at:
        return _one_amount(line, row[at["amount"]], at["amount"], columns, faults, required=True)
    debit = _one_amount(line, row[at["debit"]], at["debit"], columns, faults, required=False)
    credit = _one_amount(line, row[at["credit"]], at["credit"], columns, faults, required=False)
    return debit - abs(credit)


def _one_amount(line: int, cell: Cell, number: int, columns: _Columns, faults: Faults, *, required: bool) -> int:
    if not required and not cell_text(cell):
        return 0
    ore = amount_of(cell, columns.decimal)
    if ore is None or abs(ore) >= 10**15:
        message = N_("The amount on line %(line)s is “%(found)s”; expected a number such as %(expected)s.")
        faults.add(Problem(line, number + 1, "error", "bad_amount", shown(cell), "1234,56", message))
        return 0
    return ore


def _day(line: int, row: list[Cell], profile: Profile, columns: _Columns, faults: Faults) -> date | None:
    at = columns.at
    cell = row[at["date"]] if "date" in at else None
    if cell_text(cell):
        day = day_of(cell, profile.date_format, columns.order)
        if day is None:
            message = N_("The date on line %(line)s is “%(found)s”, which is no day; expected %(expected)s.")
            expected = profile.date_format or "2026-01-31"
            faults.add(Problem(line, at["date"] + 1, "error", "bad_date", shown(cell), expected, message))
        return day
    period = row[at["period"]] if "period" in at else None
    if cell_text(period):
        first = period_of(period)
        if first is None:
            message = N_("The period on line %(line)s is “%(found)s”; expected %(expected)s.")
            faults.add(Problem(line, at["period"] + 1, "error", "bad_period", shown(period), "202601", message))
        return first
    columns.undated += 1
    message = N_("The row on line %(line)s has no date, so it belongs to no month.")
    faults.add(
        Problem(
            line,
            at.get("date", at.get("period", 0)) + 1,
            "warning",
            "date_missing",
            "",
            "2026-01-31",
            message,
        )
    )
    return None


def _voucher(line: int, text: dict[str, str], day: date | None, columns: _Columns) -> int:
    key = (text.get("voucher_series", ""), text.get("voucher", ""))
    if not key[1]:
        return -1
    if key not in columns.vouchers:
        columns.vouchers[key] = len(columns.heads)
        columns.heads.append(
            {"voucher": len(columns.heads), "line": line, "series": key[0], "number": key[1], "date": day,
             "text": "", "registered": None}
        )  # fmt: skip
    return columns.vouchers[key]


def _plain(text: str) -> str:
    # What some exports fill empty cells with
    return "" if text in ("0.0", "nan", "NaN", "null", "NULL", "None") else text


def _is_total(text: dict[str, str], filled: list[str]) -> bool:
    told = (text.get(role) for role in ("date", "period", "voucher", "account", "supplier_id"))
    if any(cell and not _TOTAL.match(cell) for cell in told):
        return False
    return any(_TOTAL.match(cell) for cell in filled) or (len(filled) == 1 and bool(text.get("amount")))


def _text_columns(at: Mapping[str, int]) -> dict[str, str]:
    """Return the text columns of the result, and the role each comes from."""
    found = {role: role for role in ("account", "text", "supplier", "supplier_id", "account_name", "buyer")}
    found |= {f"part_{role}": role for role in PARTS}
    found |= {f"dim_{role.removeprefix(DIMENSION)}": role for role in at if role.startswith(DIMENSION)}
    return {name: role for name, role in found.items() if role in at}


def _fill(file: LedgerFile, columns: _Columns, profile: Profile, faults: Faults) -> None:
    values, count = columns.values, len(columns.values["line"])
    names = values.pop("account_name", [])
    buyers = {buyer for buyer in values.pop("buyer", []) if buyer}
    for account, name in zip(values.get("account", []), names, strict=False):
        file.accounts.setdefault(account, AccountInfo(name, ""))
    file.company = buyers.pop() if len(buyers) == 1 else ""
    schema = ROWS
    for name in values:
        if name not in ROWS.names:
            schema = schema.append(pa.field(name, pa.string()))
    arrays = [
        pa.array(values[name], kind) if name in values else constant("", count)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    file.rows = pa.Table.from_arrays(arrays, schema=schema)
    file.vouchers = pa.Table.from_pylist(columns.heads, schema=VOUCHERS)
    file.dimensions = {
        role.removeprefix(DIMENSION): header for role, header in profile.fields.items() if role.startswith(DIMENSION)
    }
    if not count and not faults.refused:
        faults.error("no_rows", N_("The table has headers but no rows."))
    if columns.masked:
        message = N_("%(found)s rows have a supplier that was hidden before the file came here.")
        faults.warning("suppliers_masked", message, columns.masked)
