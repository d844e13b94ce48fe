"""Turn fields, known by where they start and stop in a stretch of bytes, into exact Arrow columns."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from samsyn.formats.ledger_file import constant
from samsyn.formats.sie_lines import FIRST_YEAR, LAST_YEAR
from samsyn.formats.text import decoded

Ints = npt.NDArray[np.signedinteger]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

_NO_DAY = -(2**31)
_NOWHERE = 2**31 - 1
_DIGITS = b"0123456789.-"
_WHOLE_DIGITS = 13
_DECIMAL = pa.decimal128(_WHOLE_DIGITS + 2, 2)
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)


class Fields:
    """Fields of a stretch by number; a number at or beyond ``last`` of its line is an absent field."""

    def __init__(self, text: bytes, starts: Ints, stops: Ints, encoding: str) -> None:
        self.starts, self.stops, self.encoding = starts, stops, encoding
        self._buffer = pa.py_buffer(text)
        # The eight bytes from any position, as one number
        self._words = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
        self._widths = _widths(encoding)

    def equal(self, numbers: Ints, wanted: bytes) -> Bools:
        """Tell which fields are exactly ``wanted`` (at most eight bytes)."""
        starts, length = self.starts[numbers], len(wanted)
        same = (self._words[starts] & _MASKS[length]) == int.from_bytes(wanted, "little")
        return np.asarray(same & (self.stops[numbers] - starts == length))

    def words(self, numbers: Ints) -> Words:
        """Return the first eight bytes of each field as a number."""
        return np.asarray(self._words[self.starts[numbers]])

    def lengths(self, numbers: Ints) -> Ints:
        """Return the length of each field in bytes."""
        return np.asarray(self.stops[numbers] - self.starts[numbers])

    def raw(self, numbers: Ints, last: Ints) -> pa.Array:
        """Return fields, one per line in file order, as a binary column; absent ones are empty."""
        present = numbers < last
        if present.all():
            return _every_second(self._buffer, self.starts[numbers], self.stops[numbers])
        number = np.where(present, numbers, last - 1)
        stops = self.stops[number]
        return _every_second(self._buffer, np.where(present, self.starts[number], stops), stops)

    def strings(self, numbers: Ints, last: Ints) -> pa.Array:
        """Return fields, one per line in file order, as text; absent ones are empty."""
        if not (numbers < last).any():
            return constant("", len(numbers))
        column = self.raw(numbers, last)
        content = (column.buffers()[2] or pa.py_buffer(b"")).to_pybytes()
        if b'\\"' in content:
            column = pc.replace_substring(column, b'\\"', b'"')
            content = column.buffers()[2].to_pybytes()
        return self._as_text(column, content)

    def _as_text(self, column: pa.Array, content: bytes) -> pa.Array:
        _, offsets, values = column.buffers()
        if self._widths is None or content.isascii():
            return pa.Array.from_buffers(pa.string(), len(column), [None, offsets, values])
        data = np.frombuffer(content, np.uint8)
        high = np.flatnonzero(data >= 128)
        wider = np.concatenate([[0], np.cumsum(self._widths[data[high]] - 1)], dtype=np.int32)
        places = np.frombuffer(offsets, np.int32, len(column) + 1)
        moved = places + wider[np.searchsorted(high, places)]
        text = decoded(content, self.encoding).encode()
        return pa.Array.from_buffers(pa.string(), len(column), [None, pa.py_buffer(moved), pa.py_buffer(text)])

    def are_amounts(self, numbers: Ints) -> Bools:
        """Tell which fields hold only digits, point and minus, and are short enough to be exact."""
        lengths = self.lengths(numbers)
        return np.asarray((lengths > 0) & (lengths <= _WHOLE_DIGITS + 4))

    def days(self, days: Ints) -> pa.Array:
        """Return day numbers as dates; the mark for an absent day becomes null."""
        return pa.array(days, pa.int32(), mask=days == _NO_DAY).view(pa.date32())

    def objects(self, first: Ints, pairs: Ints, usable: Bools) -> tuple[dict[str, Ints], Bools]:
        """Find, per dimension, which field names the object of each row (a large number: none).

        Rows whose dimension has a long name, or that name a dimension twice, are left to the careful road.
        """
        clear = usable.copy()
        found: dict[str, Ints] = {}
        pairs = np.where(usable, pairs, 0)
        for turn in range(int(pairs.max(initial=0))):
            rows = np.flatnonzero(pairs > turn)
            number = first[rows] + 2 * turn
            lengths = self.lengths(number)
            fits = (lengths > 0) & (lengths < 8)
            clear[rows[~fits]] = False
            rows, number = rows[fits], number[fits]
            words = self.words(number) & _MASKS[lengths[fits]]
            for word in _distinct(words):
                name = decoded(int(word).to_bytes(8, "little").rstrip(b"\0"), self.encoding)
                mine = words == word
                place = found.setdefault(name, np.full(len(first), _NOWHERE, np.intp))
                twice = place[rows[mine]] != _NOWHERE
                clear[rows[mine][twice]] = False
                place[rows[mine]] = number[mine] + 1
        return found, clear


def _every_second(buffer: pa.Buffer, starts: Ints, stops: Ints) -> pa.Array:
    """Return the pieces between starts and stops as a binary column."""
    if not len(starts):
        return pa.array([b""], pa.binary()).slice(1)
    offsets = np.empty(2 * len(starts), np.int32)
    # Pieces and the gaps between them in turn: Arrow copies the wanted bytes once, and nothing else
    offsets[0::2], offsets[1::2] = starts, stops
    both = pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), buffer])
    return both.take(pa.array(np.arange(0, len(offsets), 2)))


def day_numbers(fields: Fields, numbers: Ints, last: Ints, *, required: bool) -> tuple[Ints, Bools]:
    """Read dates ``YYYYMMDD`` as days since 1970, and tell which are good; an absent one has a mark of its own."""
    present = numbers < last
    number = np.where(present, numbers, 0)
    lengths = np.where(present, fields.lengths(number), 0) if len(fields.starts) else np.zeros(len(numbers), np.intp)
    written = lengths == 8
    days = np.full(len(numbers), _NO_DAY, np.int32)
    good = written if required else written | (lengths == 0)
    at = np.flatnonzero(written)
    value, real = _eight_digits(fields.words(number[at]))
    year, month, day = value // 10000, value // 100 % 100, value % 100
    real &= (month >= 1) & (month <= 12) & (day >= 1) & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    months = np.where(real, (year - 1970) * 12 + month - 1, 0).astype("M8[M]")
    start = months.astype("M8[D]").astype(np.int32)
    real &= day <= (months + 1).astype("M8[D]").astype(np.int32) - start
    days[at] = np.where(real, start + day - 1, _NO_DAY)
    good[at] = real
    return days, good


def _eight_digits(words: Words) -> tuple[npt.NDArray[np.int32], Bools]:
    """Read eight ASCII digits held in one 64-bit word each, and tell which words are digits only."""
    low = words ^ np.uint64(0x3030303030303030)
    digits = ((low | (low + np.uint64(0x7676767676767676))) & np.uint64(0x8080808080808080)) == 0
    # First pairs of digits, then pairs of pairs, each in one multiplication
    pairs = low * np.uint64(10) + (low >> np.uint64(8))
    mask = np.uint64(0x000000FF000000FF)
    left = (pairs & mask) * np.uint64(0x000F424000000064)
    right = ((pairs >> np.uint64(16)) & mask) * np.uint64(0x0000271000000001)
    return ((left + right) >> np.uint64(32)).astype(np.int32), digits


def ore_of(fields: Fields, numbers: Ints, usable: Bools) -> tuple[npt.NDArray[np.int64], Bools]:
    """Read amounts as whole öre, and tell which are exact; the others are left to the careful road."""
    ore = np.zeros(len(numbers), np.int64)
    exact = usable.copy()
    chosen = np.flatnonzero(usable)
    column = fields.raw(numbers[chosen], numbers[chosen] + 1)
    values = _cast(column)
    if values is None:
        # Something in this stretch is no amount: find out which, the others go on
        fits = pc.match_substring_regex(column, r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$").to_numpy(zero_copy_only=False)
        exact[chosen[~fits]] = False
        chosen = chosen[fits]
        values = _cast(fields.raw(numbers[chosen], numbers[chosen] + 1))
        assert values is not None
    ore[chosen] = values
    return ore, exact


def _cast(column: pa.Array) -> npt.NDArray[np.int64] | None:
    content = column.buffers()[2]
    if content is not None and content.to_pybytes().translate(None, _DIGITS):
        return None
    try:
        decimals = column.view(pa.string()).cast(_DECIMAL)
    except pa.ArrowInvalid:
        return None
    # A decimal is 16 bytes; within 15 digits the lower half is the whole number of öre
    return np.frombuffer(decimals.buffers()[1], np.int64)[::2][: len(column)]


def _distinct(words: Words) -> list[np.uint64]:
    if len(words) and (words == words[0]).all():
        return [words[0]]
    return list(np.unique(words))


@cache
def _widths(encoding: str) -> Ints | None:
    if encoding not in ("cp437", "cp1252"):
        return None
    return np.array([len(decoded(bytes([byte]), encoding).encode()) for byte in range(256)], np.int32)
