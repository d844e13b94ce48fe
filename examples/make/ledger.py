"""A year's vouchers in the making: each series numbered on its own, every voucher balanced."""

import calendar
from datetime import date

from make.places import Unit
from samsyn.formats.sie4_write import WrittenRow, WrittenVoucher


def row(
    account: str, ore: int, unit: Unit, text: str = "", *, counterparty: str = "870", project: str = "",
    object: str = "", leisure: bool = False,
) -> WrittenRow:  # fmt: skip
    """Return one row with the whole code string of a unit, or of a school's leisure centre.

    Without a text of its own a row has the voucher's.
    """
    centre, activity = (unit.centres[1][0], "41200") if leisure else (unit.centre, unit.activity)
    parts = (("1", centre), ("6", project), ("20", activity), ("21", object), ("22", counterparty))
    return WrittenRow(account, ore, tuple(part for part in parts if part[1]), text=text)


class Ledger:
    """The vouchers of one year."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.vouchers: list[WrittenVoucher] = []
        self._numbers: dict[str, int] = {}

    def add(self, series: str, month: int, day: int, text: str, rows: list[WrittenRow], against: str = "") -> None:
        """Add a voucher; what is missing to balance goes to ``against``."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        rest = -sum(row.amount_ore for row in rows)
        if rest:
            rows = [*rows, WrittenRow(against, rest)]
        when = date(self.year, month, min(day, calendar.monthrange(self.year, month)[1]))
        self.vouchers.append(WrittenVoucher(series, str(self._numbers[series]), when, text, tuple(rows)))

    def invoice(self, month: int, day: int, text: str, rows: list[WrittenRow]) -> None:
        """Add a supplier's invoice: cost, the VAT that the municipality gets back, and the debt."""
        vat = sum(row.amount_ore for row in rows) // 4
        self.add("L", month, day, text, [*rows, WrittenRow("1680", vat)], "2440")

    def until(self, month: int) -> "Ledger":
        """Return the same books as they were exported after a month."""
        part = Ledger(self.year)
        part.vouchers = [voucher for voucher in self.vouchers if voucher.day.month <= month]
        return part

    def moved(self) -> dict[str, int]:
        """Return what each account moved by."""
        sums: dict[str, int] = {}
        for voucher in self.vouchers:
            for each in voucher.rows:
                sums[each.account] = sums.get(each.account, 0) + each.amount_ore
        return sums
