"""Write a SIE 4 file, 4E (the books) or 4I (vouchers to import), byte for byte the same for the same content."""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from samsyn.core.money import kronor
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.ledger_file import AccountInfo

# What people type and code page 437 lacks
_NEAREST = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "€": "EUR",
        "ø": "o",
        "Ø": "O",
    }
)
_CONTROLS = dict.fromkeys([*range(32), 127], " ")
_NEEDS_QUOTES = frozenset(' "{}')


@dataclass(frozen=True)
class WrittenRow:
    """One #TRANS row; ``objects`` are (dimension, object) pairs, ``amount_ore`` is debit positive."""

    account: str
    amount_ore: int
    objects: tuple[tuple[str, str], ...] = ()
    day: date | None = None
    text: str = ""
    quantity: str = ""


@dataclass(frozen=True)
class WrittenVoucher:
    """One #VER with its rows; series and number may be empty in 4I, where the receiver numbers."""

    series: str
    number: str
    day: date
    text: str
    rows: tuple[WrittenRow, ...]
    registered: date | None = None


@dataclass(frozen=True)
class WrittenBalance:
    """One opening or closing balance, result, or budget of a period (``period`` as ``202603``)."""

    record: Literal["IB", "UB", "RES", "PBUDGET", "PSALDO", "OIB", "OUB"]
    year: int
    account: str
    amount_ore: int
    period: str = ""
    objects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Head:
    """Who wrote the file, for whom, and with which chart."""

    program: str
    program_version: str
    company: str
    org_number: str = ""
    made_on: date | None = None
    fiscal_years: Mapping[int, tuple[date, date]] = field(default_factory=dict)
    accounts: Mapping[str, AccountInfo] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[tuple[str, str], str] = field(default_factory=dict)


def write_sie(
    head: Head,
    vouchers: Iterable[WrittenVoucher],
    balances: Sequence[WrittenBalance] = (),
    *,
    variant: Literal["4E", "4I"] = "4E",
    checksum: bool = False,
) -> bytes:
    """Write a SIE 4 file in code page 437 with CRLF line ends; ``checksum`` puts #KSUMMA around it.

    Letters that the code page lacks become their nearest (ø: o, – : -). Refuses ``voucher_unbalanced`` and
    ``letter_not_writable``. Source: SIE 4B (sie.se); docs/formats/sie4.md.
    """
    content = _Content()
    content.record("#FLAGGA", "0")
    if checksum:
        content.record("#KSUMMA")
        content.crc = 0
    _write_head(content, head, variant)
    for balance in balances:
        period = (balance.period,) if balance.period else ()
        objects = balance.objects if balance.record in ("OIB", "OUB", "PBUDGET", "PSALDO") else None
        before = (str(balance.year), *period, balance.account)
        content.record(f"#{balance.record}", *before, objects=objects, after=(kronor(balance.amount_ore),))
    for voucher in vouchers:
        _write_voucher(content, voucher)
    if checksum:
        content.record("#KSUMMA", str(content.crc))
    return b"".join(content.lines)


class _Content:
    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.crc = 0

    def record(
        self,
        label: str,
        *before: str,
        objects: Iterable[tuple[str, str]] | None = None,
        after: Sequence[str] = (),
        indent: str = "",
    ) -> None:
        head = [label.encode(), *map(_bytes, before)]
        inside = [_bytes(text) for pair in objects or () for text in pair]
        tail = [_bytes(text) for text in after]
        for text in (*head, *inside, *tail):
            self.crc = zlib.crc32(text, self.crc)
        parts = [*map(_quoted, head)]
        if objects is not None:
            parts.append(b"{" + b" ".join(map(_quoted, inside)) + b"}")
        parts += map(_quoted, tail)
        self.lines.append(indent.encode() + b" ".join(parts) + b"\r\n")

    def brace(self, mark: bytes) -> None:
        self.lines.append(mark + b"\r\n")


def _write_head(content: _Content, head: Head, variant: str) -> None:
    content.record("#PROGRAM", head.program, head.program_version)
    content.record("#FORMAT", "PC8")
    if head.made_on:
        content.record("#GEN", _day(head.made_on))
    content.record("#SIETYP", "4")
    if head.org_number:
        content.record("#ORGNR", head.org_number)
    content.record("#FNAMN", head.company)
    for year, (first, last) in sorted(head.fiscal_years.items(), reverse=True):
        content.record("#RAR", str(year), _day(first), _day(last))
    for number, account in sorted(head.accounts.items()):
        content.record("#KONTO", number, account.name)
        if account.kind and variant == "4E":
            content.record("#KTYP", number, account.kind)
    for number, name in sorted(head.dimensions.items(), key=lambda item: (len(item[0]), item[0])):
        content.record("#DIM", number, name)
    for (dimension, code), name in sorted(head.objects.items()):
        content.record("#OBJEKT", dimension, code, name)


def _write_voucher(content: _Content, voucher: WrittenVoucher) -> None:
    difference = sum(row.amount_ore for row in voucher.rows)
    if difference:
        raise Refusal(
            "voucher_unbalanced",
            N_("Voucher %(voucher)s does not balance: the difference is %(difference)s kr."),
            voucher=f"{voucher.series} {voucher.number}".strip(), difference=kronor(difference),
        )  # fmt: skip
    registered = (_day(voucher.registered),) if voucher.registered else ()
    text = (voucher.text,) if voucher.text or registered else ()
    content.record("#VER", voucher.series, voucher.number, _day(voucher.day), *text, *registered)
    content.brace(b"{")
    for row in voucher.rows:
        content.record("#TRANS", row.account, objects=row.objects, after=tuple(_row_end(row)), indent="   ")
    content.brace(b"}")


def _row_end(row: WrittenRow) -> Iterator[str]:
    fields = ["" if row.day is None else _day(row.day), row.text, row.quantity]
    while fields and not fields[-1]:
        fields.pop()
    yield kronor(row.amount_ore)
    yield from fields


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _bytes(text: str) -> bytes:
    clean = text.translate(_CONTROLS)
    # A mark of escape at the end would swallow the closing quotation mark
    clean = clean + " " if clean.endswith("\\") else clean
    try:
        return clean.encode("cp437")
    except UnicodeEncodeError:
        clean = "".join(_nearest(letter) for letter in clean)
        return clean.encode("cp437")


def _nearest(letter: str) -> str:
    for attempt in (letter, letter.translate(_NEAREST), unicodedata.normalize("NFKD", letter)[:1]):
        try:
            attempt.encode("cp437")
        except UnicodeEncodeError:
            continue
        return attempt
    raise Refusal("letter_not_writable", N_("The letter “%(letter)s” cannot be written in a SIE file."), letter=letter)


def _quoted(field: bytes) -> bytes:
    text = field.decode("latin-1")
    if text and not _NEEDS_QUOTES.intersection(text):
        return field
    return b'"' + field.replace(b'"', b'\\"') + b'"'
