"""Read a table of things (systems, contracts, devices) whose columns somebody else has named; lose nothing of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from samsyn.core.organisation_numbers import organisation_number
from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import Faults, shown
from samsyn.formats.ledger_table import SEARCHED_ROWS, headers_of, key_of
from samsyn.formats.table_grid import Cell, Grid, cell_text, open_grid, texts
from samsyn.formats.table_values import amount_of, day_of, decimal_mark, is_month_first

Kind = Literal[
    "text", "names", "day", "term", "period", "money", "number", "interval", "organisation_number", "yes_no", "choice"
]  # fmt: skip
SHOWN_ROWS = 5
TESTED_ROWS = 200
LONGEST = 20_000
_YES = {"ja", "j", "yes", "y", "x", "true", "sand", "sant", "1"}
_NO = {"nej", "n", "no", "false", "falsk", "falskt", "0", "ingen", "inga"}
_NOTHING = {"", "-", "–", "?", "n/a", "na", "nan", "null", "none", "okänt", "okand", "ukendt", "unknown", "vet ej"}
# a length: a number, and the word after it; what is negative are days
_LENGTHS = re.compile(r"(\d{1,4})(?:\.0)?\s*([a-zåäöæø]*)\.?")
_UNITS = {"år": 12, "aar": 12, "yea": 12, "yr": 12, "må": 1, "mo": 1, "md": 1, "kva": 3, "qua": 3,
          "dag": -1, "day": -1, "d": -1, "vec": -7, "uge": -7, "wee": -7}  # fmt: skip
_DAYS = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\b\d{8}\b")
_NUMBER = re.compile(r"(\d{1,9})(?:\.0+)?")
_INTERVAL = re.compile(r"(\d{1,9})(?:\.0+)?(?:(?:-|till|til|to)(\d{1,9}))?")
_RANK = re.compile(r"(?i)\b(?:rang\w*|rank\w*|prioritet)\s*[:=]?\s*(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Field:
    """What a register knows of a thing: how its cells are read, and what such a column is called (see `key_of`).

    ``label`` is what people call it, to be translated; ``values`` are what the cells of a choice may say, by answer.
    """

    name: str
    label: str
    kind: Kind
    words: tuple[str, ...]
    longest: int = LONGEST
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of table: its fields, and the one without which a row is no thing, as code and as people call it.

    ``instead``: fields that name a thing, in this order, where its own name is not there.
    """

    name: str
    fields: tuple[Field, ...]
    required: str
    called: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterProfile:
    """Say which column is what: ``fields`` maps a field to a header; ``header_row`` is its line, or looked for."""

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
    """A profile to confirm, with the headers, the first rows under them, and the columns nothing was found for."""

    profile: RegisterProfile
    headers: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One thing: its line, what was read by field, and every cell that found no field, by its header."""

    line: int
    values: dict[str, Any]
    received: dict[str, str]


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
    """What came of loading a register. ``status``: committed, duplicate (nothing new), refused or dry-run."""

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


def propose_register(data: bytes, register: Register) -> RegisterProposal:
    """Propose which column is which field, from header names and the values below them. Never raises."""
    grid = open_grid(data, Faults())
    if not grid.rows:
        return RegisterProposal(RegisterProfile({}))
    place = _header_place(grid, register)
    headers = headers_of(grid.rows[place])
    below = [row for row in grid.rows[place + 1 : place + 1 + TESTED_ROWS] if any(texts(row))]
    columns = [[row[number] for row in below if number < len(row)] for number in range(len(headers))]
    placed = _placed(register, headers, columns)
    profile = RegisterProfile(
        {each.name: headers[placed[each.name]] for each in register.fields if each.name in placed},
        grid.sheet or None,
        grid.lines[place] if place else None,
    )
    unplaced = (header for number, header in enumerate(headers) if header and number not in placed.values())
    return RegisterProposal(profile, tuple(headers), tuple(tuple(texts(row)) for row in below[:SHOWN_ROWS]),
                            tuple(unplaced))  # fmt: skip


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
    grid = open_grid(data, faults, sheet=profile.sheet)
    file = RegisterFile(grid.format, grid.encoding)
    if grid.rows:
        _read(grid, register, profile, file, faults)
    elif not faults.refused:
        faults.error("no_rows", N_("The table has headers but no rows."))
    file.problems = faults.listing()
    return file


def _read(grid: Grid, register: Register, profile: RegisterProfile, file: RegisterFile, faults: Faults) -> None:
    stated = profile.header_row in grid.lines
    place = grid.lines.index(profile.header_row) if stated else _header_place(grid, register)  # type: ignore[arg-type]
    headers = headers_of(grid.rows[place])
    known = {key_of(header): number for number, header in reversed(list(enumerate(headers))) if header}
    at = {name: known[key_of(header)] for name, header in profile.fields.items() if key_of(header) in known}
    line = grid.lines[place]
    for name, header in profile.fields.items():
        if name not in at:
            message = N_("The column “%(expected)s” of the profile is not in the file.")
            faults.warning("column_absent", message, "", header, at=line)
    if not at.keys() & {register.required, *register.instead}:
        message = N_("No column gives the %(expected)s. The headers are: %(found)s.")
        faults.error("column_missing", message, ", ".join(filter(None, headers)), register.called, at=line)
        return
    fields = [(each, at[each.name], _reader(each, grid, place, at[each.name]))
              for each in register.fields if each.name in at]  # fmt: skip
    width = max(map(len, grid.rows))
    # a column without a name is kept under its number
    names = [*headers, *[""] * (width - len(headers))]
    rest = [(name or f"#{number + 1}", number) for number, name in enumerate(names) if number not in at.values()]
    for line, row in zip(grid.lines[place + 1 :], grid.rows[place + 1 :], strict=True):
        if any(texts(row)):
            _read_row(line, row, register, fields, rest, file, faults)
    used = {header for row in file.rows for header in row.received}
    file.unplaced = tuple(header for header, _ in rest if header in used or header in headers)
    if not file.rows and not faults.refused:
        faults.error("no_rows", N_("The table has headers but no rows."))


def _read_row(
    line: int, row: Sequence[Cell], register: Register, fields: list[Any], rest: list[tuple[str, int]],
    file: RegisterFile, faults: Faults,
) -> None:  # fmt: skip
    values: dict[str, Any] = {}
    received = {header: text for header, number in rest if (text := _cell(row, number)[:LONGEST])}
    for each, number, reader in fields:
        text = _cell(row, number)
        if text.casefold() in _NOTHING:
            continue
        found = reader(row[number])
        if found is None:
            message = N_(
                "The cell on line %(line)s, “%(found)s”, could not be read as %(expected)s. It is kept as it is."
            )
            faults.add(Problem(line, number + 1, "warning", "bad_cell", shown(text), _EXPECTED[each.kind], message))
            received[each.name] = text[:LONGEST]
            continue
        if isinstance(found, str) and len(found) > each.longest:
            message = N_(
                "The cell on line %(line)s is longer than %(expected)s letters. It is cut, and kept whole beside."
            )
            faults.add(Problem(line, number + 1, "warning", "cell_cut", shown(text), str(each.longest), message))
            found, received[each.name] = found[: each.longest], text[:LONGEST]
        if each.kind == "number" and not _NUMBER.fullmatch(text):  # words beside it would be lost
            received[each.name] = text[:LONGEST]
        values[each.name] = found
    name = next((values[each] for each in (register.required, *register.instead) if values.get(each)), None)
    if not name:
        message = N_("The row on line %(line)s has no %(expected)s, and was left out: %(found)s.")
        faults.warning("row_without_name", message, " | ".join(filter(None, texts(row))), register.called, at=line)
        return
    file.rows.append(RegisterRow(line, {**values, register.required: name}, received))


_EXPECTED = {
    "text": N_("text"), "names": N_("names"), "day": N_("a day such as 2026-01-31"),
    "term": N_("two days such as 2026-01-01 - 2026-12-31"), "period": N_("a period such as 3 months"),
    "number": N_("a whole number"), "organisation_number": N_("an organisation number such as 556224-8012"),
    "money": N_("an amount such as 1234,56"), "yes_no": N_("yes or no"),
    "interval": N_("a number such as 250, or 200–300"), "choice": N_("one of the answers that are known"),
}  # fmt: skip


def _cell(row: Sequence[Cell], number: int) -> str:
    return cell_text(row[number]) if number < len(row) else ""


def _reader(wanted: Field, grid: Grid, place: int, number: int) -> Callable[[Cell], Any]:
    """Return what reads one cell of a column; decimal mark and order of day and month are the column's own."""
    cells = [row[number] for row in grid.rows[place + 1 : place + 1 + TESTED_ROWS] if number < len(row)]
    return _reader_of(wanted, cells)


def _reader_of(wanted: Field, cells: Sequence[Cell]) -> Callable[[Cell], Any]:
    kind = wanted.kind
    if kind == "day":
        month_first = is_month_first(cells)
        return lambda cell: day_of(cell, None, month_first=month_first)
    if kind == "money":
        mark = decimal_mark(cells)
        return lambda cell: amount_of(cell, mark)
    if kind == "choice":
        answers = {word: answer for answer, words in wanted.values.items() for word in words}
        return lambda cell: _chosen(cell, answers)
    readers: dict[Kind, Callable[[Cell], Any]] = {
        "yes_no": _yes_or_no, "names": _names, "term": _term, "period": _period, "number": _number,
        "interval": _interval,
        "organisation_number": lambda cell: organisation_number(cell_text(cell)),
    }  # fmt: skip
    return readers.get(kind, lambda cell: cell_text(cell)[:LONGEST])


def _term(cell: Cell) -> tuple[date, date] | None:
    """Read a first and a last day out of one cell."""
    days = [day_of(text, None) for text in _DAYS.findall(cell_text(cell))]
    return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] and days[0] <= days[1] else None


def _period(cell: Cell) -> tuple[int, int] | None:
    """Read a length as (months, days); a number without a word is months."""
    text = cell_text(cell).casefold()
    parts = _LENGTHS.findall(text)
    if not parts or _LENGTHS.sub("", text).strip(" ,.+&") not in ("", "och", "og", "and"):
        return None
    months = days = 0
    for number, word in parts:
        if word and word[:3] not in _UNITS and word[:2] not in _UNITS:
            return None
        unit = _UNITS.get(word[:3], _UNITS.get(word[:2], 1))
        months, days = (months + int(number) * unit, days) if unit > 0 else (months, days - int(number) * unit)
    return (months, days) if months < 1200 and days < 3700 else None


def _number(cell: Cell) -> int | None:
    """Read a small whole number, alone or after a word for rank."""
    found = _NUMBER.fullmatch(text := cell_text(cell)) or _RANK.search(text)
    return int(found[1]) if found else None


def _interval(cell: Cell) -> tuple[int, int] | None:
    """Read how many, as a number or as least and most: ``250``, ``200–300``, ``1 000 till 1 500``."""
    found = _INTERVAL.fullmatch("".join(cell_text(cell).casefold().replace("–", "-").split()))
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    return (least, most) if least <= most else None


def _chosen(cell: Cell, answers: Mapping[str, str]) -> str | None:
    """Return the answer a cell gives, by the whole of it or by its first words; the longest that fits."""
    key = key_of(cell_text(cell))
    fitting = [word for word in answers if key == word or key.startswith(f"{word} ")]
    return answers[max(fitting, key=len)] if fitting else None


def _yes_or_no(cell: Cell) -> str | None:
    first = cell_text(cell).casefold().replace(",", " ").replace(".", " ").split(" ")[0]
    return "yes" if first in _YES else "no" if first in _NO else None


def _names(cell: Cell) -> list[str]:
    text = cell.replace("\0", "") if isinstance(cell, str) else cell_text(cell)
    parts = text.replace("\r", "\n").replace(";", "\n").replace("|", "\n")
    if "\n" not in parts.strip():
        parts = parts.replace(",", "\n")
    return list(dict.fromkeys(filter(None, (" ".join(each.split()) for each in parts.split("\n")))))


def _header_place(grid: Grid, register: Register) -> int:
    """Return the index of the row with the most known headers; of equals the first."""
    scores = [
        sum(any(_sure(key_of(header), each) for each in register.fields) for header in texts(row) if header)
        for row in grid.rows[:SEARCHED_ROWS]
    ]
    return scores.index(max(scores))


def _sure(key: str, wanted: Field) -> float:
    """Return how sure a header means a field: its very name, or a name among other words; the more of it the surer."""
    if key in wanted.words:
        return 1 - 0.01 * wanted.words.index(key)
    tokens = set(key.split())
    words = (set(word.split()) for word in wanted.words if len(word) > 3)
    share = max((len(word) / len(tokens) for word in words if word <= tokens), default=0.0)
    return 0.3 + 0.4 * share if share else 0.0


def _placed(register: Register, headers: Sequence[str], columns: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Give each field the column that fits it best, each column one field."""
    offers = []
    for number, header in enumerate(headers):
        for each in register.fields:
            sure = _sure(key_of(header), each) * _fit(each, columns[number])
            if sure > 0.2:
                offers.append((-sure, number, each.name))
    placed: dict[str, int] = {}
    for _, number, name in sorted(offers):
        if name not in placed and number not in placed.values():
            placed[name] = number
    return placed


def _fit(wanted: Field, cells: Sequence[Cell]) -> float:
    """Return the share of a column's values that the field can read; an empty column fits."""
    reader = _reader_of(wanted, cells)
    filled = [cell for cell in cells if cell_text(cell).casefold() not in _NOTHING]
    return sum(reader(cell) is not None for cell in filled) / len(filled) if filled else 1.0
