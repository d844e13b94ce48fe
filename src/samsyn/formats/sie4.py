"""Read SIE files of type 1–4 (4E and 4I), all problems at once, without ever raising."""

import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.refusals import N_
from samsyn.core.threads import THREADS, in_order
from samsyn.formats import sie_checks
from samsyn.formats.ledger_file import BALANCES, ROWS, VOUCHERS, Faults, LedgerFile, constant
from samsyn.formats.sie_lines import Record, cut
from samsyn.formats.sie_records import Records
from samsyn.formats.sie_scan import VOUCHER, Scan, scan, scan_plainly
from samsyn.formats.text import decoded, sniff, whole_letters

STRETCH = 1 << 20
LONGEST_LINE = 1 << 20


def read_sie(data: bytes, *, plain: bool = False, threads: int = THREADS) -> LedgerFile:
    """Read a SIE file of type 1–4 into tables of vouchers, rows and balances, with every problem found.

    Amounts are whole öre, debit positive. ``plain`` sends every line the careful road: slower, same answer, as
    with any number of ``threads`` (the tests compare). A file with errors still gives all that could be read.
    Source: SIE 4B (sie.se); docs/formats/sie4.md.
    """
    sniffed = sniff(data)
    faults = Faults()
    faults.add_all(sniffed.problems)
    file = LedgerFile("sie", encoding=sniffed.encoding)
    if sniffed.kind != "sie":
        if not faults.refused:
            faults.error("not_sie", N_("This is not a SIE file: it has no records such as #FLAGGA or #VER."))
    else:
        _Reading(file, faults).read(data, plain, threads)
    file.problems = faults.listing()
    return file


class _Reading:
    """The state of one reading: what has been read so far, stretch by stretch."""

    def __init__(self, file: LedgerFile, faults: Faults) -> None:
        self.file, self.faults = file, faults
        self.kinds: list[np.ndarray[Any, np.dtype[np.uint8]]] = []
        self.rows: list[dict[str, pa.Array]] = []
        self.vouchers: list[dict[str, pa.Array]] = []
        self.lines = self.voucher_count = 0
        self.checksum = Checksum(faults)

    def read(self, data: bytes, plain: bool, threads: int) -> None:
        data, encoding = _as_bytes_per_letter(data, self.file.encoding)
        self.records = Records(self.file, self.faults, encoding)

        def scanned(stretch: bytes) -> Scan | int:
            if len(stretch) > LONGEST_LINE and stretch.count(b"\n") == 1:
                return len(stretch)
            return scan_plainly(stretch) if plain else scan(stretch, encoding)

        for found in in_order(scanned, _stretches(data), threads=threads):
            if isinstance(found, int):
                self._refuse_line(found)
            else:
                self._take(found)
        self.checksum.finish(self.lines)
        self._assemble()
        self._check()

    def _refuse_line(self, size: int) -> None:
        message = N_("Line %(line)s is %(found)s bytes long. No record is longer than %(expected)s bytes.")
        self.faults.error("line_too_long", message, size, LONGEST_LINE, at=self.lines + 1)
        self.kinds.append(np.zeros(1, np.uint8))
        self.lines += 1

    def _take(self, found: Scan) -> None:
        """Take the columns of a stretch, and walk its odd lines one by one."""
        odd = self.records.begin()
        done = 0
        for line, start, stop in found.spans:
            record = cut(found.text[start:stop])
            number = self.lines + line + 1
            found.kinds[line] = self.records.take(record, number)
            done = self.checksum.walk(found, line, start, stop, done, record, number)
        self.checksum.count(found, done, None)
        starts = np.cumsum(found.kinds == VOUCHER, dtype=np.int32) + np.int32(self.voucher_count - 1)
        rows = found.rows | {"line": found.row_lines, "voucher": starts[found.row_lines]}
        self.rows += _merged(rows, odd.rows, self.lines, starts, ROWS)
        vouchers = found.vouchers | {"line": found.voucher_lines, "voucher": starts[found.voucher_lines]}
        self.vouchers += _merged(vouchers, odd.vouchers, self.lines, starts, VOUCHERS)
        self.kinds.append(found.kinds)
        self.lines += len(found.kinds)
        self.voucher_count = int(starts[-1]) + 1 if len(starts) else self.voucher_count

    def _assemble(self) -> None:
        file = self.file
        file.vouchers = _table(self.vouchers, VOUCHERS)
        names = sorted({name for part in self.rows for name in part if name.startswith("dim_")}, key=_by_number)
        schema = ROWS
        for name in names:
            schema = schema.append(pa.field(name, pa.string()))
        file.rows = _with_voucher_days(_table(self.rows, schema), file.vouchers)
        file.balances = pa.Table.from_pylist(self.records.balances, schema=BALANCES)

    def _check(self) -> None:
        kinds = np.concatenate(self.kinds) if self.kinds else np.empty(0, np.uint8)
        self.records.finish()
        sie_checks.check_structure(kinds, self.faults)
        sie_checks.check_balance(self.file, self.faults)
        sie_checks.check_days(self.file, self.faults)
        if self.file.sie_type == 4:
            sie_checks.check_closing(self.file, self.faults)
        sie_checks.check_added_rows(self.file, self.records.added, self.faults)


class Checksum:
    """Count #KSUMMA: CRC-32 over label and field texts of the records between its two lines."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._value: int | None = None

    def count(self, found: Scan, start: int, stop: int | None) -> None:
        """Count a part of a stretch, when between the two lines."""
        if self._value is not None:
            self._value = zlib.crc32(found.counted_between(start, stop), self._value)

    def walk(self, found: Scan, line: int, start: int, stop: int, done: int, record: Record, number: int) -> int:
        """Step past one odd line; return up to where the stretch is dealt with."""
        is_mark = record.label.upper() == b"#KSUMMA"
        if not is_mark and line not in found.misquoted and record.label.startswith(b"#"):
            return done
        self.count(found, done, start)
        if is_mark:
            self._meet(record, number)
        elif record.label.startswith(b"#") and self._value is not None:
            self._value = zlib.crc32(b"".join(record.texts), self._value)
        return stop

    def _meet(self, record: Record, number: int) -> None:
        if not record.fields:
            self._value = 0
            return
        if self._value is None:
            message = N_("#KSUMMA on line %(line)s ends a count that never began.")
            self._faults.warning("checksum_without_start", message, at=number)
            return
        stated = record.fields[0].decode("ascii", "backslashreplace")
        if not stated.lstrip("-").isdigit() or int(stated) % 2**32 != self._value:
            message = N_(
                "The check sum on line %(line)s does not agree: the file says %(found)s, its content gives "
                "%(expected)s. Something was changed or lost after the file was written."
            )
            self._faults.error("checksum_differs", message, stated, self._value, at=number)
        self._value = None

    def finish(self, line: int) -> None:
        """Report a count that never ended."""
        if self._value is not None:
            message = N_("The check sum (#KSUMMA) at the end is missing: the file was cut off.")
            self._faults.error("checksum_missing", message, expected="#KSUMMA", at=line)


def _as_bytes_per_letter(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Bring UTF-16 to UTF-8, drop a byte order mark, and make sure that lines end in a line feed."""
    if encoding.startswith("utf-16"):
        data, encoding = decoded(data, encoding).encode(), "utf-8"
    if encoding == "utf-8-sig":
        data, encoding = data[3:], "utf-8"
    if encoding == "utf-8":
        data = whole_letters(data, encoding)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data, encoding


def _stretches(data: bytes) -> Iterator[bytes]:
    """Cut the file into stretches of whole lines; a very long line is a stretch of its own."""
    start = 0
    while start < len(data):
        stop = data.rfind(b"\n", start, start + STRETCH) + 1
        if stop <= start:
            stop = data.find(b"\n", start + STRETCH) + 1 if start + STRETCH < len(data) else 0
        if stop <= start:
            yield data[start:] + b"\n"
            return
        yield data[start:stop]
        start = stop


def _merged(
    columns: dict[str, Any], odd: list[dict[str, Any]], base: int, starts: Any, schema: pa.Schema
) -> list[dict[str, pa.Array]]:
    """Join ordinary and odd lines of a stretch in file order."""
    count, more = len(columns["line"]), len(odd)
    if not count and not more:
        return []
    lines = (columns["line"] + (base + 1)).astype(np.int32)
    found = {name: pa.array(column) if name in ("line", "voucher") else column for name, column in columns.items()}
    found["line"] = pa.array(lines)
    if not more:
        return [found]
    for row in odd:
        row["voucher"] = int(starts[row["line"] - base - 1])
    names = list(dict.fromkeys([*found, *(name for row in odd for name in row)]))
    order = pa.array(np.argsort([*lines.tolist(), *(row["line"] for row in odd)], kind="stable"))
    merged = {}
    for name in names:
        kind = schema.field(name).type if name in schema.names else pa.string()
        empty = "" if kind == pa.string() else None
        first = found.get(name) if count else pa.array([], kind)
        first = constant("", count) if first is None else first
        merged[name] = pa.concat_arrays([first, pa.array([row.get(name, empty) for row in odd], kind)]).take(order)
    return [merged]


def _table(parts: list[dict[str, pa.Array]], schema: pa.Schema) -> pa.Table:
    columns = [
        pa.chunked_array([part[name] if name in part else constant("", len(part["line"])) for part in parts], kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _with_voucher_days(rows: pa.Table, vouchers: pa.Table) -> pa.Table:
    """Let rows without a day of their own have their voucher's."""
    if not rows["date"].null_count or not vouchers.num_rows:
        return rows
    voucher = rows["voucher"].combine_chunks()
    days = vouchers["date"].combine_chunks().take(pa.array(np.maximum(voucher.to_numpy(), 0)))
    return rows.set_column(rows.column_names.index("date"), "date", pc.coalesce(rows["date"].combine_chunks(), days))


def _by_number(name: str) -> tuple[int, str]:
    number = name.removeprefix("dim_")
    return (int(number), "") if number.isascii() and number.isdigit() else (2**31, number)
