"""Read a table of things (systems, contracts, devices) whose columns somebody else has named; lose nothing of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import Faults, shown
from samsyn.formats.ledger_table import key_of
from samsyn.formats.register_cells import (
    EXPECTED,
    LONGEST,
    NOTHING,
    Field,
    currency_place,
    days_order,
    is_kronor,
    is_total,
    reader_of,
    says_more,
)
from samsyn.formats.register_propose import header_place, likely_name, likely_supplier, named_columns, placed
from samsyn.formats.table_grid import Cell, Grid, cell_text, open_grid, texts

SHOWN_ROWS = 5
TESTED_ROWS = 400


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of table: its fields, and the one without which a row is no thing, as code and as people call it.

    ``instead``: fields that name a thing, in this order, where its own name is not there. ``guessed``: its name may be
    taken from a column whose header does not say so. ``things``: what a thing is called, where that is put together
    with what is said of it.
    """

    name: str
    fields: tuple[Field, ...]
    required: str
    called: str
    instead: tuple[str, ...] = ()
    guessed: bool = False
    things: tuple[str, ...] = ()

    def called_by(self, header: str, translate: Callable[[str], str]) -> str:
        """Return what people call a field; a header as it is."""
        label = next((translate(each.label) for each in self.fields if each.name == header), header)
        return label[:1].upper() + label[1:] if label != header else header


@dataclass(frozen=True)
class RegisterProfile:
    """Say which column is what: ``fields`` maps a field to a header (``#3`` is the third column of a table without).

    ``header_row`` is the line of the headers, 0 where there are none, None where they are looked for.
    """

    fields: Mapping[str, str]
    sheet: str | None = None
    header_row: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` takes, for saving."""
        return {**asdict(self), "fields": dict(self.fields)}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> "RegisterProfile":
        """Make a profile from what `as_json` gave."""
        return cls(**saved)


@dataclass(frozen=True)
class RegisterProposal:
    """A profile to confirm, with the headers, the first rows under them, and the columns nothing was found for.

    ``line`` is the line of the headers, 0 where there are none; ``sheet`` is the one of ``sheets`` that was read.
    ``guess`` is the header of what names the things, where its values alone say that it does.
    """

    profile: RegisterProfile
    headers: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    unplaced: tuple[str, ...] = ()
    line: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    guess: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One thing: its line, what was read by field, and every cell that found no field, by its header.

    ``said``: the cells behind ``values`` as they were written.
    """

    line: int
    values: dict[str, Any]
    received: dict[str, str]
    said: Mapping[str, str] = field(default_factory=dict)

    def beside(self, stands: dict[str, Any]) -> dict[str, str]:
        """Fill what the rows of the same thing before it left open; return, as written, what it says otherwise."""
        other = (name for name, value in self.values.items() if stands.setdefault(name, value) != value)
        return {name: self.said[name] for name in other if name in self.said}


def both_said(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Keep what two rows said, one after the other where they differ."""
    found = dict(first)
    for header, text in then.items():
        said = found.get(header, "").split("; ")
        found[header] = text if not found.get(header) else found[header] if text in said else f"{found[header]}; {text}"
    return found


@dataclass
class RegisterFile:
    """What a table held. ``unplaced`` are the columns kept as received; an error refuses the table whole."""

    format: str = ""
    encoding: str = ""
    rows: list[RegisterRow] = field(default_factory=list)
    unplaced: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Loaded:
    """What came of loading a register. ``status``: committed, duplicate (nothing new), refused or dry-run.

    Each of the ``rows`` is created, updated or unchanged; a row that is taken into another counts as unchanged.
    """

    status: str
    rows: int
    created: int
    updated: int
    unchanged: int
    unplaced: tuple[str, ...]
    problems: list[Problem]

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        problems = [problem.as_json() for problem in self.problems]
        return {**asdict(self), "unplaced": list(self.unplaced), "problems": problems}


def propose_register(
    data: bytes, register: Register, *, sheet: str | None = None, header_row: int | None = None
) -> RegisterProposal:
    """Propose which column is which field, from header names and the values below them. Never raises.

    Where no header names the things, the first column that could is proposed: somebody who knows the table confirms.
    ``sheet`` and ``header_row`` are looked for, or as in `RegisterProfile`.
    """
    grid = open_grid(data, Faults(), sheet=sheet, together=True)
    if not grid.rows:
        return RegisterProposal(RegisterProfile({}), sheet=grid.sheet, sheets=grid.sheets)
    place = _place(grid, register, header_row)
    headers = named_columns(grid, place)
    below = [row for row in grid.rows[place + 1 :] if any(row)]
    first = below[:SHOWN_ROWS]
    below = below[:: len(below) // TESTED_ROWS + 1]  # from all of the list: what stands first may all be of one kind
    columns = [[row[number] for row in below if number < len(row)] for number in range(len(headers))]
    found, guess = _found(register, headers, columns)
    line = 0 if place < 0 else grid.lines[place]
    profile = RegisterProfile(
        {each.name: headers[found[each.name]] for each in register.fields if each.name in found},
        # the largest sheet, whatever next month's is called
        sheet,
        line if header_row is not None or place else None,
    )
    unplaced = tuple(header for number, header in enumerate(headers) if header and number not in found.values())
    samples = tuple(tuple(texts(row)) for row in first)
    return RegisterProposal(profile, tuple(headers), samples, unplaced, line, grid.sheet, grid.sheets, guess)


def _found(
    register: Register, headers: Sequence[str], columns: Sequence[Sequence[Cell]]
) -> tuple[dict[str, int], str]:  # fmt: skip
    """Return the column of each field: by its header, and where that says nothing and may be guessed, by its values.

    And the header of what names the things, where that was guessed.
    """
    found = placed(register.fields, headers, columns, register.things)
    if register.guessed and "supplier" not in found:
        number = likely_supplier(columns, list(found.values()))
        found |= {} if number is None else {"supplier": number}
    if register.guessed and not found.keys() & {register.required, *register.instead} - {"supplier"}:
        number = likely_name(headers, columns, list(found.values()))
        if number is not None:
            return found | {register.required: number}, headers[number]
    return found, ""


def fits(profile: RegisterProfile, proposal: RegisterProposal) -> bool:
    """Tell whether a table has every column that a profile reads."""
    keys = {key_of(header) for header in proposal.headers}
    return bool(profile.fields) and all(key_of(header) in keys for header in profile.fields.values())


def read_register(data: bytes, register: Register, profile: RegisterProfile) -> RegisterFile:
    """Read a table through a profile, with every problem found; never raises.

    Money is whole öre, days are dates, a term its first and last day, a period (months, days), an interval (least,
    most), names are lists, yes and no are ``yes`` and ``no``, a choice is its answer; an empty cell, or one that says
    that nothing is known, gives no value. A cell that cannot be read is a warning and is kept as received, as is one
    that says more than was read of it; a row without the required field is left out with a warning, a table without
    that column refused.
    """
    faults = Faults()
    grid = open_grid(data, faults, sheet=profile.sheet, together=True)
    file = RegisterFile(grid.format, grid.encoding)
    if grid.rows:
        _read(grid, register, profile, file, faults)
    elif not faults.refused:
        faults.error("no_rows", N_("The table has headers but no rows."))
    file.problems = faults.listing()
    return file


def _read(grid: Grid, register: Register, profile: RegisterProfile, file: RegisterFile, faults: Faults) -> None:
    place = _place(grid, register, profile.header_row)
    headers = named_columns(grid, place)
    known = {key_of(header): number for number, header in reversed(list(enumerate(headers))) if header}
    at = {name: known[key_of(header)] for name, header in profile.fields.items() if key_of(header) in known}
    line = grid.lines[max(place, 0)]
    for name, header in profile.fields.items():
        if name not in at:
            message = N_("The column “%(expected)s” of the profile is not in the file.")
            faults.warning("column_absent", message, "", header, at=line)
    if not at.keys() & {register.required, *register.instead}:
        message = N_(
            "No column gives the %(expected)s. Choose the one that does, or say that the list has no headers if these "
            "are none: %(found)s."
        )
        if place < 0:
            message = N_(
                "The list has no headers, and no column is known to give the %(expected)s. Choose the one that does, "
                "or write headers above the rows."
            )
        faults.error("column_missing", message, ", ".join(filter(None, headers)), register.called, at=line)
        return
    below = grid.rows[place + 1 :]
    columns = {name: [row[number] for row in below if number < len(row)] for name, number in at.items()}
    order = days_order(columns[each.name] for each in register.fields if each.kind == "day" and each.name in at)
    fields = [(each, at[each.name], reader_of(each, headers[at[each.name]], columns[each.name], order))
              for each in register.fields if each.name in at]  # fmt: skip
    width = max(map(len, grid.rows))
    # a column without a name is kept under its number
    names = [*headers, *[""] * (width - len(headers))]
    rest = [(name or f"#{number + 1}", number) for number, name in enumerate(names) if number not in at.values()]
    currency = currency_place(headers)
    abroad = [(each, number, _unread if each.kind == "money" else reader) for each, number, reader in fields]
    ends = {getattr(line, "sheet", ""): line for line in grid.lines}  # the last line of each sheet
    again = grid.rows[place] if place >= 0 else []  # some lists say their headers on each page
    for line, row in zip(grid.lines[place + 1 :], grid.rows[place + 1 :], strict=True):
        if is_total(row, last=line >= ends[getattr(line, "sheet", "")] - 2):
            message = N_("Line %(line)s is a total, not a row, and was left out: %(found)s.")
            faults.warning("total_row", message, " | ".join(filter(None, texts(row))), at=line)
        elif any(texts(row)) and row != again:
            foreign = currency is not None and currency < len(row) and not is_kronor(row[currency])
            _read_row(line, row, register, abroad if foreign else fields, rest, file, faults)
    used = {header for row in file.rows for header in row.received}
    file.unplaced = tuple(header for header, _ in rest if header in used or header in headers)
    if not file.rows and not faults.refused:
        faults.error("no_rows", N_("The table has headers but no rows."))


def _unread(_cell: Cell) -> None:
    """Read nothing: an amount in another currency is kept as it was written."""


def _place(grid: Grid, register: Register, header_row: int | None) -> int:
    """Return the index of the row of headers, -1 for none: as stated, or looked for."""
    if header_row == 0:
        return -1
    if header_row in grid.lines:
        return grid.lines.index(header_row)
    return header_place(grid, register.fields, register.things)


def _read_row(
    line: int, row: Sequence[Cell], register: Register, fields: list[Any], rest: list[tuple[str, int]],
    file: RegisterFile, faults: Faults,
) -> None:  # fmt: skip
    values: dict[str, Any] = {}
    said: dict[str, str] = {}
    received = {header: text for header, number in rest if (text := _cell(row, number)[:LONGEST])}
    for each, number, reader in fields:
        text = _cell(row, number)
        if text.casefold() in NOTHING:
            continue
        found = reader(row[number])
        if found is None:
            message = N_(
                "The cell on line %(line)s, “%(found)s”, could not be read as %(expected)s. It is kept as it is."
            )
            faults.add(Problem(line, number + 1, "warning", "bad_cell", shown(text), EXPECTED[each.kind], message))
            received[each.name] = text[:LONGEST]
            continue
        if isinstance(found, str) and len(found) > each.longest:
            message = N_(
                "The cell on line %(line)s is longer than %(expected)s letters. It is cut, and kept whole beside."
            )
            faults.add(Problem(line, number + 1, "warning", "cell_cut", shown(text), str(each.longest), message))
            found, received[each.name] = found[: each.longest], text[:LONGEST]
        if says_more(each.kind, text):
            received[each.name] = text[:LONGEST]
        values[each.name], said[each.name] = found, text[:LONGEST]
    name = next((values[each] for each in (register.required, *register.instead) if values.get(each)), None)
    if not name:
        message = N_("The row on line %(line)s has no %(expected)s, and was left out: %(found)s.")
        faults.warning("row_without_name", message, " | ".join(filter(None, texts(row))), register.called, at=line)
        return
    file.rows.append(RegisterRow(line, {**values, register.required: name}, received, said))


def _cell(row: Sequence[Cell], number: int) -> str:
    return cell_text(row[number]) if number < len(row) else ""
