"""Tell by content what a file is and in which letters it is written; never by its name or its own word."""

import codecs
import re
from typing import Literal, NamedTuple

from samsyn.core.problems import Problem
from samsyn.core.refusals import N_

Kind = Literal["sie", "csv", "json", "xlsx", "xls", "html", "xml", "pdf", "binary", "empty"]

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "xlsx"),
    (b"PK\x05\x06", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SIE = re.compile(r"^\s*#(FLAGGA|PROGRAM|FORMAT|GEN|SIETYP|FNAMN|FNR|ORGNR|RAR|KONTO|VER|TRANS)\b", re.M | re.I)
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|title)\b", re.I)
# Where å ä ö Å Ä Ö lie; only before a letter, since 0x94 is also a closing quotation mark
_DOS = re.compile(rb"[\x86\x84\x94\x8f\x8e\x99\x82](?=[A-Za-z])")
_WINDOWS = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6\xe6\xf8\xc6\xd8\xe9](?=[A-Za-z])")
_MOJIBAKE = (
    "\ufffd",
    "ï¿½",
    "∩┐╜",
    "Ã¥",
    "Ã¤",
    "Ã¶",
    "Ã…",
    "Ã„",
    "Ã–",
    "Ã¦",
    "Ã¸",
    "├Ñ",
    "├ñ",
    "├╢",
    "├Â",
    "├û",
)
_QUESTIONED = re.compile(r"[a-zåäö]\?[a-zåäö]", re.I)
_SWEDISH = re.compile(r"[åäöæø]", re.I)
_NOTHING = b" \t\r\n\x00\x1a\xef\xbb\xbf\xff\xfe"
_STEP = 1 << 20


class Sniffed(NamedTuple):
    """What a file turned out to be; ``encoding`` is a Python codec name, empty for files that are not text."""

    encoding: str
    kind: Kind
    problems: tuple[Problem, ...]


def sniff(data: bytes) -> Sniffed:
    """Tell kind and encoding by content, and say what makes a file unreadable or its letters doubtful.

    Valid UTF-8 is UTF-8; UTF-16 by its mark or its NUL pattern; what remains is CP437 or Windows-1252, by where
    the Nordic letters would lie. Never raises. Source: reference tables of code pages 437 and 1252.
    """
    if not data[:64].strip(_NOTHING) and not data.strip(_NOTHING):
        return Sniffed("", "empty", (_file("empty_file", N_("The file is empty.")),))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return Sniffed("", kind, ())
    encoding = _encoding(data)
    if encoding == "":
        message = N_("The file holds zero bytes and is not text. Was it damaged when it was saved?")
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return Sniffed("", "binary", (_file("nul_bytes", message, line=line),))
    head = data[: 1 << 16].decode(encoding if encoding != "single-byte" else "latin-1", "ignore").lstrip("\ufeff")
    kind = _kind(head)
    if encoding == "single-byte":
        encoding = _single_byte(data, kind)
    return Sniffed(encoding, kind, _doubts(data, encoding, kind))


def decoded(data: bytes, encoding: str) -> str:
    """Decode text that `sniff` has judged; bytes that Windows-1252 lacks become the Latin-1 controls.

    A cut last character is left out (`sniff` says so); nothing else is ever replaced.
    """
    if encoding == "cp1252":
        return data.decode("cp1252", "cp1252_or_latin1")
    if encoding.startswith("utf"):
        data = whole_letters(data, encoding)
    return data.decode(encoding).removeprefix("\ufeff")


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark) and (name != "utf-8-sig" or _is_utf8(data)):
            return name if _decodes(data, name) else ""
    if b"\0" in data:
        head = data[: 1 << 12]
        even, odd = head[::2].count(0), head[1::2].count(0)
        name = "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""
        return name if max(even, odd) * 4 > len(head) and name and _decodes(data, name) else ""
    if data.isascii():
        return "ascii"
    return "utf-8" if _is_utf8(data) else "single-byte"


def _is_utf8(data: bytes) -> bool:
    return _decodes(data, "utf-8")


def _decodes(data: bytes, encoding: str) -> bool:
    # Step by step, so that a large file is not held a second time; a cut last character is allowed
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _STEP):
            decoder.decode(data[start : start + _STEP])
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(data: bytes, kind: Kind) -> str:
    dos = windows = 0
    for start in range(0, len(data), _STEP):
        sample = data[start : start + _STEP]
        dos, windows = len(_DOS.findall(sample)), len(_WINDOWS.findall(sample))
        if dos or windows:
            break
    if dos == windows:
        return "cp437" if kind == "sie" else "cp1252"
    return "cp437" if dos > windows else "cp1252"


def _kind(head: str) -> Kind:
    start = head.lstrip()
    if start.startswith("<"):
        return "html" if _HTML.search(head) else "xml"
    if _SIE.search(head):
        return "sie"
    return "json" if start.startswith(("{", "[")) else "csv"


def _doubts(data: bytes, encoding: str, kind: Kind) -> tuple[Problem, ...]:
    if kind == "html":
        message = N_(
            "This is a saved web page without a table in it. It is probably an error page: fetch the file again."
        )
        return (_file("html_page", message, found=_title(data, encoding)),)
    if kind == "xml":
        return (
            _file(
                "xml_file", N_("This is an XML file. Export it as CSV or XLSX instead, and a ledger (SIE 5) as SIE 4.")
            ),
        )
    doubts = []
    if encoding.startswith("utf") and len(whole_letters(data, encoding)) < len(data):
        doubts.append(_file("cut_file", N_("The file ends in the middle of a letter: its end is missing.")))
    if place := _damage(data, encoding):
        line, found = place
        message = N_(
            "Letters are damaged on line %(line)s: “%(found)s”. They were lost before the file came here; "
            "export it again if you can."
        )
        doubts.append(Problem(line, 0, "warning", "letters_damaged", found, "å, ä, ö", message))
    return tuple(doubts)


def whole_letters(data: bytes, encoding: str) -> bytes:
    """Return the data without a last letter that was cut in the middle (UTF-8 and UTF-16 only)."""
    if encoding.startswith("utf-16"):
        data = data[: len(data) // 2 * 2]
        high = data[-1:] if encoding == "utf-16-le" else data[-2:-1]
        return data[:-2] if b"\xd8" <= high <= b"\xdb" else data
    for cut in range(1, min(4, len(data)) + 1):
        byte = data[-cut]
        if byte & 0xC0 != 0x80:
            needed = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data if needed <= cut else data[:-cut]
    return data


def _damage(data: bytes, encoding: str) -> tuple[int, str] | None:
    present: dict[bytes, bool] = {}
    for mark in _MOJIBAKE:
        try:
            raw = mark.encode(encoding.removesuffix("-sig"))
        except UnicodeEncodeError:
            continue
        # Looking for the rare first byte alone is much faster where it is absent
        if raw[:1] not in present:
            present[raw[:1]] = raw[:1] in data
        if present[raw[:1]] and (place := data.find(raw)) >= 0:
            return _around(data, place, encoding)
    sample = data[: 1 << 18].decode(encoding, "ignore")
    marks = list(_QUESTIONED.finditer(sample))
    # One question mark inside a word is a web address; three, and no Nordic letter anywhere, is a pattern
    if len(marks) >= 3 and not _SWEDISH.search(sample) and "?" not in "".join(re.findall(r"https?:\S+", sample)):
        return sample.count("\n", 0, marks[0].start()) + 1, _word(sample, marks[0].start())
    return None


def _around(data: bytes, place: int, encoding: str) -> tuple[int, str]:
    step = 2 if encoding.startswith("utf-16") else 1
    start = max(0, place - 24 * step) // step * step
    text = data[start : place + 24 * step].decode(encoding.removesuffix("-sig"), "ignore")
    newline = "\n".encode(encoding.removesuffix("-sig"))
    return data.count(newline, 0, place) + 1, _word(text, text.find("\n") + 1 if "\n" in text[:20] else 0)


def _word(text: str, place: int) -> str:
    start = max(text.rfind("\n", 0, place), text.rfind(" ", 0, place)) + 1
    return " ".join(text[start : start + 40].split())


def _title(data: bytes, encoding: str) -> str:
    match = re.search(r"<title[^>]*>([^<]{0,200})", data[:65536].decode(encoding, "ignore"), re.I)
    return match[1].strip() if match else ""


def _file(code: str, message: str, *, found: str = "", line: int = 0) -> Problem:
    return Problem(line, 0, "error", code, found, "", message)


def _latin1(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeDecodeError)
    return fault.object[fault.start : fault.end].decode("latin-1"), fault.end


codecs.register_error("cp1252_or_latin1", _latin1)
