"""Cut a stretch of SIE lines into columns with whole-array operations; leave odd lines for the careful road.

One pass finds every blank, quotation mark, brace and line end; quotation marks in pairs tell what lies inside
quotes; the gaps between the remaining marks are the fields. Rows (#TRANS) and voucher heads (#VER) of the ordinary
shape become Arrow columns at once; every other line is listed for `sie_lines`. Both roads give the same answer.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from samsyn.formats.sie_columns import Fields, Ints, day_numbers, ore_of

Bools = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.uint8]

BLANK, QUOTE, OPEN, CLOSE, END = 1, 2, 3, 4, 5
EMPTY, BEGIN, FINISH, VOUCHER, ROW, ODD, OTHER = 0, 1, 2, 3, 4, 5, 6
_MARKS = {" ": BLANK, "\t": BLANK, "\r": BLANK, "\x1a": BLANK, '"': QUOTE, "{": OPEN, "}": CLOSE, "\n": END}
_CLASSES = np.array([_MARKS.get(chr(byte), 0) for byte in range(256)], np.uint8)
_PAD = b"\0" * 8


@dataclass
class Scan:
    """What one stretch gave; lines count from 0, places are positions in ``text``.

    ``kinds`` says what each line is; ``spans`` are (line, start, stop) of the ODD ones. ``misquoted`` are lines whose
    marks do not fit, so that #KSUMMA must be counted over their fields; elsewhere it counts the letters of ``counted``.
    """

    text: bytes
    kinds: npt.NDArray[np.uint8]
    spans: list[tuple[int, int, int]]
    row_lines: Ints
    voucher_lines: Ints
    rows: dict[str, pa.Array] = field(default_factory=dict)
    vouchers: dict[str, pa.Array] = field(default_factory=dict)
    misquoted: frozenset[int] = frozenset()
    counted: Bools | None = None

    def counted_between(self, start: int, stop: int | None) -> memoryview:
        """Return the letters between two places that #KSUMMA counts."""
        if self.counted is None:
            return memoryview(b"")
        letters = np.frombuffer(self.text, np.uint8, len(self.counted))
        return letters[start:stop].compress(self.counted[start:stop]).data


def scan_plainly(stretch: bytes) -> Scan:
    """Send every line the careful road: the yardstick the tests hold `scan` against."""
    spans, start = [], 0
    for line, content in enumerate(stretch.split(b"\n")[:-1]):
        spans.append((line, start, start + len(content)))
        start += len(content) + 1
    none = np.empty(0, np.intp)
    every = frozenset(range(len(spans)))
    return Scan(stretch, np.full(len(spans), ODD, np.uint8), spans, none, none, misquoted=every)


def scan(stretch: bytes, encoding: str) -> Scan:
    """Cut whole lines (``stretch`` ends with a line end) into columns."""
    # A line end before the first line lets every line lie between two of them
    text = b"\n" + stretch + _PAD
    marks = _Marks(text, len(stretch) + 1)
    fields = Fields(text, marks.starts, marks.stops, encoding)
    kinds = marks.kinds(fields)
    row_lines, rows = _rows(marks, fields, kinds)
    voucher_lines, vouchers = _vouchers(marks, fields, kinds)
    ends = marks.at[marks.lines]
    odd = np.flatnonzero(kinds == ODD)
    spans = list(zip(odd.tolist(), (ends[odd] + 1).tolist(), ends[odd + 1].tolist(), strict=True))
    misquoted = frozenset(marks.misquoted.tolist())
    return Scan(text, kinds, spans, row_lines, voucher_lines, rows, vouchers, misquoted, marks.counted)


class _Marks:
    """The marks that structure a stretch, and the gaps between them that are fields."""

    def __init__(self, text: bytes, length: int) -> None:
        letters = np.frombuffer(text, np.uint8, length)
        # Blanks, line ends and the quotation mark are the lowest of all letters
        marking = letters <= ord('"')
        marking |= letters == ord("{")
        marking |= letters == ord("}")
        escapes = np.flatnonzero(letters[:-1] == ord("\\"))
        escapes = escapes[letters[escapes + 1] == ord('"')]
        # An escaped quotation mark marks nothing
        marking[escapes + 1] = False
        at = np.flatnonzero(marking)
        kind = _CLASSES.take(letters.take(at))
        if not kind.all():
            marking[at[kind == 0]] = False
            at, kind = _chosen(kind != 0, at, kind)
        self.misquoted = np.empty(0, np.intp)
        at, kind, quoted = self._without_lone_quotes(at, kind)
        # Inside quotes, blanks and braces are text
        inside = quoted & (kind != QUOTE)
        marking[at[inside]] = False
        marking[escapes] = True
        self.counted = ~marking
        self.at, self.kind, quoted = _chosen(~inside, at, kind, quoted)
        self._cut(quoted)

    def _without_lone_quotes(self, at: Ints, kind: Kinds) -> tuple[Ints, Kinds, Bools]:
        """Return marks, kinds, and whether what follows each mark is quoted."""
        quoted = np.logical_xor.accumulate(kind == QUOTE)
        lone = np.diff(quoted[kind == END])
        if lone.any():
            self.misquoted = np.flatnonzero(lone)
            line = np.cumsum(kind == END) - 1
            # The marks of such a line are dropped: it becomes one long field that fits no ordinary shape
            at, kind = _chosen((kind == END) | ~np.append(lone, False)[line], at, kind)
            quoted = np.logical_xor.accumulate(kind == QUOTE)
        return at, kind, quoted

    def _cut(self, quoted: Bools) -> None:
        at, quote = self.at, self.kind == QUOTE
        self.lines = np.flatnonzero(self.kind == END)
        opening, closing = quote & quoted, quote & ~quoted
        filled = np.diff(at) > 1
        is_field = filled | opening[:-1]
        self.before = np.zeros(len(at), np.int32)
        np.cumsum(is_field, out=self.before[1:])
        place = np.flatnonzero(is_field)
        self.starts, self.stops = at.take(place) + 1, at.take(place + 1)
        # Text right after a closing mark, or right before an opening one
        touching = np.flatnonzero(filled & (closing[:-1] | (opening[1:] & ~opening[:-1])))
        if len(touching):
            lines = np.searchsorted(self.lines, touching, "right") - 1
            self.misquoted = np.union1d(self.misquoted, lines)

    def kinds(self, fields: Fields) -> npt.NDArray[np.uint8]:
        """Say for each line what it is; rows and vouchers only if braces and field count are the ordinary ones."""
        first, last = self.before[self.lines[:-1]], self.before[self.lines[1:]]
        self.first, self.last = first, last
        opens, closes = np.flatnonzero(self.kind == OPEN), np.flatnonzero(self.kind == CLOSE)
        count = len(first)
        self.open_count, self.open_at = self._per_line(opens, count)
        self.close_count, self.close_at = self._per_line(closes, count)
        length = last - first
        kinds = np.full(count, ODD, np.uint8)
        bare = length == 0
        kinds[bare & (self.open_count == 0) & (self.close_count == 0)] = EMPTY
        kinds[bare & (self.open_count == 1) & (self.close_count == 0)] = BEGIN
        kinds[bare & (self.open_count == 0) & (self.close_count == 1)] = FINISH
        labels = np.minimum(first, max(len(self.starts) - 1, 0))
        if len(self.starts):
            row = fields.equal(labels, b"#TRANS") & (self.open_count == 1) & (self.close_count == 1)
            head = fields.equal(labels, b"#VER") & (self.open_count == 0) & (self.close_count == 0)
            kinds[row & (length >= 3)] = ROW
            kinds[head & (length >= 4)] = VOUCHER
        kinds[self.misquoted] = ODD
        return kinds

    def _per_line(self, marks: npt.NDArray[np.intp], count: int) -> tuple[Ints, Ints]:
        line = np.searchsorted(self.lines, marks) - 1
        at = np.zeros(count, np.intp)
        at[line] = marks
        return np.bincount(line, minlength=count), at


def _chosen(wanted: Bools, *columns: Any) -> Any:
    """Return the wanted places of each column."""
    place = np.flatnonzero(wanted)
    return tuple(column.take(place) for column in columns)


def _rows(marks: _Marks, fields: Fields, kinds: npt.NDArray[np.uint8]) -> tuple[Ints, dict[str, pa.Array]]:
    """Read ``#TRANS account {dim object …} amount [date] [text] [quantity] [sign]``."""
    lines = np.flatnonzero(kinds == ROW)
    first, last = marks.first[lines], marks.last[lines]
    opened, closed = marks.before[marks.open_at[lines]], marks.before[marks.close_at[lines]]
    amount = closed
    fits = (opened == first + 2) & (closed >= opened) & ((closed - opened) % 2 == 0) & (amount < last)
    fits[fits] = fields.are_amounts(amount[fits])
    days, good = day_numbers(fields, amount + 1, last, required=False)
    ore, exact = ore_of(fields, amount, fits & good)
    dimensions, clear = fields.objects(opened, (closed - opened) // 2, fits & good & exact)
    fits &= good & exact & clear
    kinds[lines[~fits]] = ODD
    lines, first, last, amount = lines[fits], first[fits], last[fits], amount[fits]
    columns = {
        "date": fields.days(days[fits]),
        "account": fields.strings(first + 1, last),
        "amount_ore": pa.array(ore[fits]),
        "text": fields.strings(amount + 2, last),
        "quantity": fields.strings(amount + 3, last),
    }
    for name, place in dimensions.items():
        columns[f"dim_{name}"] = fields.strings(place[fits], last)
    return lines, columns


def _vouchers(marks: _Marks, fields: Fields, kinds: npt.NDArray[np.uint8]) -> tuple[Ints, dict[str, pa.Array]]:
    """Read ``#VER series number date [text] [registered] [sign]``."""
    lines = np.flatnonzero(kinds == VOUCHER)
    first, last = marks.first[lines], marks.last[lines]
    days, good = day_numbers(fields, first + 3, last, required=True)
    registered, also_good = day_numbers(fields, first + 5, last, required=False)
    fits = good & also_good
    kinds[lines[~fits]] = ODD
    lines, first, last = lines[fits], first[fits], last[fits]
    columns = {
        "series": fields.strings(first + 1, last),
        "number": fields.strings(first + 2, last),
        "date": fields.days(days[fits]),
        "text": fields.strings(first + 4, last),
        "registered": fields.days(registered[fits]),
    }
    return lines, columns
