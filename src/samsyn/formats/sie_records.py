"""Understand SIE records one by one: who and when, the chart, balances, and odd rows and vouchers."""

from dataclasses import dataclass, field
from typing import Any

from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import AccountInfo, Faults, LedgerFile
from samsyn.formats.sie_lines import Record, amount_ore, cut, day
from samsyn.formats.sie_scan import BEGIN, EMPTY, FINISH, OTHER, ROW, VOUCHER
from samsyn.formats.text import decoded

_YEARLY = {"#IB", "#UB", "#RES", "#OIB", "#OUB", "#PSALDO", "#PBUDGET"}
_WITH_PERIOD = {"#PSALDO", "#PBUDGET"}


@dataclass
class Odd:
    """Rows and vouchers of one stretch that were read one by one."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    vouchers: list[dict[str, Any]] = field(default_factory=list)


class Records:
    """Take records in file order and note what they say in the file's result."""

    def __init__(self, file: LedgerFile, faults: Faults, encoding: str) -> None:
        self.file, self.faults, self.encoding = file, faults, encoding
        self.balances: list[dict[str, Any]] = []
        self.added: list[tuple[int, str, int]] = []
        self.odd = Odd()
        self.kinds: dict[str, str] = {}
        self._first = True
        self._handlers = {
            "#FLAGGA": self._flag,
            "#PROGRAM": self._program,
            "#SIETYP": self._type,
            "#FNAMN": self._company,
            "#ORGNR": self._org_number,
            "#RAR": self._fiscal_year,
            "#KONTO": self._account,
            "#KTYP": self._account_kind,
            "#DIM": self._dimension,
            "#UNDERDIM": self._dimension,
            "#OBJEKT": self._object,
            "#VER": self._voucher,
            "#TRANS": self._row,
            "#RTRANS": self._added_row,
        }

    def begin(self) -> Odd:
        """Start a new stretch and return where its odd rows and vouchers will be put."""
        self.odd = Odd()
        return self.odd

    def take(self, record: Record, line: int) -> int:
        """Note one record and return the kind of line it is; unknown labels are skipped."""
        if not record.label:
            return self._without_label(record, line)
        label = self._text(record.label).upper()
        if not label.startswith("#"):
            message = N_("Line %(line)s is no SIE record: it begins with “%(found)s”, not with #.")
            self.faults.error("not_a_record", message, self._text(record.label), "#", at=line)
            return EMPTY
        if not record.closed:
            message = N_("A quotation mark is not closed on line %(line)s: “%(found)s”.")
            self.faults.warning("quote_not_closed", message, self._text(record.texts[-1]), '"', at=line)
        texts = [self._text(text) for text in record.fields]
        if label in _YEARLY:
            self._balance(label, record, texts, line)
            return OTHER
        if handler := self._handlers.get(label):
            handler(record, texts, line)
        return VOUCHER if label == "#VER" else ROW if label == "#TRANS" else OTHER

    def finish(self) -> None:
        """Join account kinds with accounts once the whole file is read, and say what is missing."""
        for number, kind in self.kinds.items():
            name = self.file.accounts[number].name if number in self.file.accounts else ""
            self.file.accounts[number] = AccountInfo(name, kind)
        if self.file.sie_type is None:
            message = N_("The file does not say which SIE type it is (#SIETYP).")
            self.faults.warning("type_missing", message, expected="#SIETYP 4")

    def _text(self, raw: bytes) -> str:
        return raw.decode("ascii") if raw.isascii() else decoded(raw, self.encoding)

    def _without_label(self, record: Record, line: int) -> int:
        if record.braces in (b"{", b"}") and not record.objects:
            return BEGIN if record.braces == b"{" else FINISH
        if record.texts or record.braces:
            message = N_("Line %(line)s is no SIE record: it begins with “%(found)s”, not with #.")
            self.faults.error("not_a_record", message, record.braces.decode(), "#", at=line)
        return EMPTY

    def _flag(self, record: Record, texts: list[str], line: int) -> None:
        if texts[:1] == ["1"]:
            message = N_("The file is marked as already read by another program (#FLAGGA 1, line %(line)s).")
            self.faults.warning("already_read", message, "1", "0", at=line)

    def _program(self, record: Record, texts: list[str], line: int) -> None:
        self.file.program = " ".join(texts[:2]).strip()

    def _type(self, record: Record, texts: list[str], line: int) -> None:
        number = texts[0].strip().upper()[:1] if texts else ""
        if number in ("1", "2", "3", "4") and len(number) == 1:
            self.file.sie_type = int(number)
            return
        message = N_("The SIE type on line %(line)s is “%(found)s”. Types %(expected)s can be read.")
        self.faults.error("unknown_type", message, texts[0] if texts else "", "1, 2, 3, 4", at=line)

    def _company(self, record: Record, texts: list[str], line: int) -> None:
        self.file.company = texts[0] if texts else ""

    def _org_number(self, record: Record, texts: list[str], line: int) -> None:
        self.file.org_number = texts[0] if texts else ""

    def _fiscal_year(self, record: Record, texts: list[str], line: int) -> None:
        year, first, last = (*texts, "", "", "")[:3]
        if not first and not last:
            return
        start, end = day(first), day(last)
        if start is None or end is None or not _is_whole(year) or start > end:
            message = N_("The fiscal year on line %(line)s is “%(found)s”; expected %(expected)s.")
            self.faults.error("bad_fiscal_year", message, " ".join(texts), "#RAR 0 20260101 20261231", at=line)
            return
        self.file.fiscal_years[int(year)] = (start, end)

    def _account(self, record: Record, texts: list[str], line: int) -> None:
        if texts:
            self.file.accounts[texts[0]] = AccountInfo(" ".join(texts[1:2]), "")

    def _account_kind(self, record: Record, texts: list[str], line: int) -> None:
        if len(texts) > 1:
            self.kinds[texts[0]] = texts[1].upper() if texts[1].upper() in ("T", "S", "K", "I") else ""

    def _dimension(self, record: Record, texts: list[str], line: int) -> None:
        if texts:
            self.file.dimensions[texts[0]] = " ".join(texts[1:2])

    def _object(self, record: Record, texts: list[str], line: int) -> None:
        if len(texts) > 1:
            self.file.objects[texts[0], texts[1]] = " ".join(texts[2:3])

    def _voucher(self, record: Record, texts: list[str], line: int) -> None:
        series, number, stated, text, registered = (*texts, "", "", "", "", "")[:5]
        on = day(stated)
        if on is None:
            self._bad_day(stated, line)
        known = day(registered)
        if registered and known is None:
            message = N_("The registration date on line %(line)s is “%(found)s”; expected %(expected)s.")
            self.faults.warning("bad_registration_date", message, registered, "YYYYMMDD", at=line)
        self.odd.vouchers.append(
            {"line": line, "series": series, "number": number, "date": on, "text": text, "registered": known}
        )

    def _row(self, record: Record, texts: list[str], line: int) -> None:
        account, amount, stated, text, quantity = (*texts, "", "", "", "", "")[:5]
        on = day(stated) if stated else None
        if stated and on is None:
            self._bad_day(stated, line)
        row = {
            "line": line,
            "date": on,
            "account": account,
            "amount_ore": self._amount(amount, line),
            "text": text,
            "quantity": quantity,
        }
        for dimension, code in self._pairs(record, line):
            row.setdefault(f"dim_{dimension}", code)
        if not account:
            self.faults.error("account_missing", N_("The row on line %(line)s names no account."), at=line)
        self.odd.rows.append(row)

    def _added_row(self, record: Record, texts: list[str], line: int) -> None:
        # The same row follows as #TRANS, and that one counts
        account, amount = (*texts, "", "")[:2]
        self.added.append((line, account, amount_ore(amount) or 0))

    def _balance(self, label: str, record: Record, texts: list[str], line: int) -> None:
        year, *rest = texts or [""]
        period = (rest.pop(0) if rest else "") if label in _WITH_PERIOD else ""
        account, amount = (*rest, "", "")[:2]
        if not _is_whole(year):
            message = N_("The year on line %(line)s is “%(found)s”; expected %(expected)s.")
            self.faults.error("bad_year", message, year, "0, -1, …", at=line)
            year = "0"
        objects = ";".join(f"{dimension}:{code}" for dimension, code in self._pairs(record, line))
        self.balances.append(
            {
                "line": line,
                "record": label[1:],
                "year": int(year),
                "period": period,
                "account": account,
                "objects": objects,
                "amount_ore": self._amount(amount, line),
            }
        )

    def _amount(self, text: str, line: int) -> int:
        ore = amount_ore(text)
        if ore is None:
            message = N_("The amount on line %(line)s is “%(found)s”; expected a number such as %(expected)s.")
            self.faults.error("bad_amount", message, text, "-1234.50", at=line)
        return ore or 0

    def _bad_day(self, text: str, line: int) -> None:
        message = N_("The date on line %(line)s is “%(found)s”, which is no day; expected %(expected)s.")
        self.faults.error("bad_date", message, text, "YYYYMMDD", at=line)

    def _pairs(self, record: Record, line: int) -> list[tuple[str, str]]:
        names = [self._text(text) for text in record.objects]
        if len(names) == 1 and " " in names[0].strip():
            # Some programs write the whole list as one quoted field: {"1 456"}
            names = [self._text(text) for text in cut(record.objects[0]).texts]
        pairs = list(zip(names[::2], names[1::2], strict=False))
        if len(names) % 2 or len({dimension for dimension, _ in pairs}) < len(pairs):
            message = N_("The objects on line %(line)s are “%(found)s”; expected pairs such as %(expected)s.")
            self.faults.error("bad_objects", message, " ".join(names), '{1 "456" 6 "0001"}', at=line)
        return pairs


def _is_whole(text: str) -> bool:
    return len(text) < 5 and text.removeprefix("-").isdecimal()
