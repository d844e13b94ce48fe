"""Read one SIE record at a time, carefully: the yardstick for the fast path and the road for odd lines."""

import re
from dataclasses import dataclass
from datetime import date

# A quoted field (closed or not), a brace, or a bare field; \" is a quotation mark inside a field
_TOKEN = re.compile(rb'"((?:\\"|[^"])*)("|\Z)|([{}])|([^ \t\r\x1a\n{}"][^ \t\r\x1a\n{}]*)')
_LOOSE = re.compile(r"(?=[^-]*-?[^-]*\Z)[+-]?([0-9]{1,3}(?:[ \u00a0][0-9]{3})*|[0-9]+)(?:[.,]([0-9]{1,2}))?-?\Z")
_AMOUNT = re.compile(r"-?(?=[0-9.]*[0-9])[0-9]{0,13}(?:\.[0-9]*)?\Z")
_DATE = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(slots=True)
class Record:
    """One line cut into fields: the label, the plain fields, and those of the object list in braces.

    ``texts`` are all fields in file order, as #KSUMMA counts them; ``closed`` is False when a quotation mark
    is missing.
    """

    label: bytes
    fields: list[bytes]
    objects: list[bytes]
    texts: list[bytes]
    closed: bool
    braces: bytes


def cut(line: bytes) -> Record:
    """Cut one line into fields at blanks and tabs; quotation marks and braces are not part of a field."""
    outside: list[bytes] = []
    inside: list[bytes] = []
    texts: list[bytes] = []
    closed, braces = True, b""
    for match in _TOKEN.finditer(line):
        quoted, end, brace, bare = match.groups()
        if brace:
            braces += brace
            continue
        text = bare
        if bare is None:
            # "C:\\" at the end of a line: nobody meant an escape there
            text, closed = (quoted, closed) if end else _unclosed(quoted)
        text = text.replace(b'\\"', b'"')
        texts.append(text)
        (inside if braces.endswith(b"{") else outside).append(text)
    label = outside.pop(0) if outside and outside[0] is texts[0] else b""
    return Record(label, outside, inside, texts, closed, braces)


def _unclosed(text: bytes) -> tuple[bytes, bool]:
    text = text.rstrip(b" \t\r\x1a")
    return (text[:-1], True) if text.endswith(b'\\"') else (text, False)


def amount_ore(text: str) -> int | None:
    """Read ``-1234.50`` as whole öre; None when it is not an amount of whole öre below 10^13 kronor.

    Some programs write a decimal comma, a plus, groups of three or the minus last (``1 234,50-``): where that
    can be read in one way only, it is.
    """
    if match := _LOOSE.match(text):
        text = f"{'-' if '-' in text else ''}{re.sub(r'[^0-9]', '', match[1])}.{match[2] or ''}"
    if not _AMOUNT.match(text):
        return None
    whole, _, fraction = text.lstrip("-").partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > 2:
        return None
    ore = int(whole or "0") * 100 + int(fraction.ljust(2, "0"))
    return -ore if text.startswith("-") else ore


def day(text: str) -> date | None:
    """Read ``20260131`` (or ``2026-01-31``, which some programs write); None when there is no such day."""
    match = _DATE.match(text)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
