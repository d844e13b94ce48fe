"""Cut a stretch of SIE lines into columns with whole-array operations; leave odd lines for the careful road.

One pass finds every blank, quotation mark, brace and line end; quotation marks in pairs tell what lies inside
quotes; the gaps between the remaining marks are the fields. Rows (#TRANS) and voucher heads (#VER) of the ordinary
shape become Arrow columns at once; every other line is listed for `sie_lines`. Both roads give the same answer.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from samsyn.formats.sie_columns import Fields, Ints, day_numbers, ore_of

Bools = npt.NDArray[np.bool_]

BLANK, QUOTE, OPEN, CLOSE, END = 1, 2, 3, 4, 5
EMPTY, BEGIN, FINISH, VOUCHER, ROW, ODD, OTHER = 0, 1, 2, 3, 4, 5, 6
_MARKS = {" ": BLANK, "\t": BLANK, "\r": BLANK, "\x1a": BLANK, '"': QUOTE, "{": OPEN, "}": CLOSE, "\n": END}
_CLASSES = np.array([_MARKS.get(chr(byte), 0) for byte in range(256)], np.uint8)
_PAD = b"\0" * 8


@dataclass
class Scan:
    """What one stretch gave; lines count from 0, places are positions in ``text``.

    ``kinds`` says what each line is; ``spans`` are (line, start, stop) of the ODD ones. ``misquoted`` are lines whose
    marks do not fit, so that #KSUMMA must be counted over their fields; ``kept`` are the bytes it counts elsewhere.
    """

    text: bytes
    kinds: npt.NDArray[np.uint8]
    spans: list[tuple[int, int, int]]
    row_lines: Ints
    voucher_lines: Ints
    rows: dict[str, pa.Array] = field(default_factory=dict)
    vouchers: dict[str, pa.Array] = field(default_factory=dict)
    misquoted: frozenset[int] = frozenset()
    kept: bytes = b""
    starts: Ints = field(default_factory=lambda: np.empty(0, np.intp))
    offsets: Ints = field(default_factory=lambda: np.zeros(1, np.intp))

    def kept_before(self, place: int) -> int:
        """Return how many bytes of ``kept`` lie before ``place``."""
        return int(self.offsets[np.searchsorted(self.starts, place)])


def scan_plainly(stretch: bytes) -> Scan:
    """Send every line the careful road: the yardstick the tests hold `scan` against."""
    spans, start = [], 0
    for line, content in enumerate(stretch.split(b"\n")[:-1]):
        spans.append((line, start, start + len(content)))
        start += len(content) + 1
    none = np.empty(0, np.intp)
    every = frozenset(range(len(spans)))
    return Scan(stretch, np.full(len(spans), ODD, np.uint8), spans, none, none, misquoted=every)


def scan(stretch: bytes, encoding: str, *, checksum: bool) -> Scan:
    """Cut whole lines (``stretch`` ends with a line end) into columns.

    ``checksum`` also keeps the bytes that #KSUMMA counts.
    """
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
    found = Scan(text, kinds, spans, row_lines, voucher_lines, rows, vouchers)
    if checksum:
        _keep_for_checksum(found, marks, fields)
    return found


class _Marks:
    """The marks that structure a stretch, and the gaps between them that are fields."""

    def __init__(self, text: bytes, length: int) -> None:
        letters = np.frombuffer(text, np.uint8, length)
        # Blanks, line ends and the quotation mark are the lowest of all letters
        marking = letters <= ord('"')
        marking |= letters == ord("{")
        marking |= letters == ord("}")
        escapes = np.flatnonzero(letters[:-1] == ord("\\")) + 1
        # An escaped quotation mark marks nothing
        marking[escapes[letters[escapes] == ord('"')]] = False
        at = np.flatnonzero(marking)
        kind = _CLASSES[letters[at]]
        if not kind.all():
            at, kind = at[kind != 0], kind[kind != 0]
        self.misquoted = np.empty(0, np.intp)
        at, kind, quotes = self._without_lone_quotes(at, kind)
        is_quote = kind == QUOTE
        inside = (quotes - is_quote) & 1
        # Inside quotes, blanks and braces are text
        keep = is_quote | (inside == 0)
        self.at, self.kind = at[keep], kind[keep]
        self._cut(inside[keep] == 0)

    def _without_lone_quotes(self, at: Ints, kind: npt.NDArray[np.uint8]) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
        quotes = np.cumsum(kind == QUOTE, dtype=np.int32)
        ends = np.flatnonzero(kind == END)
        lone = np.diff(quotes[ends]) & 1
        if lone.any():
            self.misquoted = np.flatnonzero(lone)
            line = np.cumsum(kind == END) - 1
            # The marks of such a line are dropped: it becomes one long field that fits no ordinary shape
            keep = (kind == END) | (np.append(lone, 0)[line] == 0)
            at, kind = at[keep], kind[keep]
            quotes = np.cumsum(kind == QUOTE, dtype=np.int32)
        return at, kind, quotes

    def _cut(self, outside: Bools) -> None:
        at, kind = self.at, self.kind
        self.lines = np.flatnonzero(kind == END)
        opening = (kind == QUOTE) & outside
        closing = (kind == QUOTE) & ~outside
        filled = np.diff(at) > 1
        is_field = filled | opening[:-1]
        self.before = np.zeros(len(at), np.intp)
        np.cumsum(is_field, out=self.before[1:])
        self.starts, self.stops = at[:-1][is_field] + 1, at[1:][is_field]
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


def _keep_for_checksum(found: Scan, marks: _Marks, fields: Fields) -> None:
    """Keep what #KSUMMA counts: the fields, without the blanks, quotation marks and braces between them."""
    found.kept = fields.joined()
    found.starts = marks.starts
    found.offsets = np.concatenate([[0], np.cumsum(marks.stops - marks.starts)])
    found.misquoted = frozenset(marks.misquoted.tolist())
