"""Check what SIE promises of a whole file: vouchers are closed and balance, days lie in the year, sums agree."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from samsyn.core.money import kronor
from samsyn.core.refusals import N_
from samsyn.formats.ledger_file import Faults, LedgerFile
from samsyn.formats.sie_scan import BEGIN, EMPTY, FINISH, OTHER, ROW, VOUCHER

Kinds = npt.NDArray[np.uint8]

_NEXT = {VOUCHER: (BEGIN,), BEGIN: (ROW, FINISH), ROW: (ROW, FINISH), FINISH: (VOUCHER,)}
_ALLOWED = np.zeros((8, 8), np.bool_)
for _kind, _followers in _NEXT.items():
    _ALLOWED[_kind, list(_followers)] = True


def check_structure(kinds: Kinds, faults: Faults) -> None:
    """Report vouchers without braces, braces without vouchers, rows outside them, and a missing last brace."""
    kinds = _without_unknown_blocks(kinds)
    at = np.flatnonzero((kinds >= BEGIN) & (kinds <= ROW))
    if not len(at):
        return
    # The file starts and must end as after a finished voucher
    sequence = np.concatenate([[FINISH], kinds[at], [VOUCHER]])
    for place in np.flatnonzero(~_ALLOWED[sequence[:-1], sequence[1:]]).tolist():
        before, after = int(sequence[place]), int(sequence[place + 1])
        line = int(at[min(place, len(at) - 1)]) + 1
        if place == len(at):
            if before == ROW and not _is_open(kinds):
                continue
            message = N_("The file ends inside a voucher (line %(line)s): the brace } is missing, so it was cut off.")
            faults.error("truncated", message, expected="}", at=line)
        elif after == ROW:
            message = N_("The row on line %(line)s lies outside a voucher.")
            faults.error("row_outside_voucher", message, "#TRANS", "{", at=line)
        elif after == VOUCHER or (after == BEGIN and before == ROW):
            message = N_("The voucher before line %(line)s is not closed: a brace is missing.")
            faults.error("voucher_not_closed", message, expected="} or {", at=line)
        else:
            message = N_("The brace %(found)s on line %(line)s belongs to no voucher.")
            faults.error("stray_brace", message, "{" if after == BEGIN else "}", at=line)


def _is_open(kinds: Kinds) -> bool:
    begins, finishes = np.flatnonzero(kinds == BEGIN), np.flatnonzero(kinds == FINISH)
    return bool(len(begins)) and (not len(finishes) or bool(begins[-1] > finishes[-1]))


def _without_unknown_blocks(kinds: Kinds) -> Kinds:
    """Leave out the braces of records that this reader does not know."""
    filled = np.flatnonzero(kinds != EMPTY)
    owned = np.flatnonzero((kinds[filled][:-1] == OTHER) & (kinds[filled][1:] == BEGIN)) + 1
    begins = [begin for begin in filled[owned].tolist() if not _is_open(kinds[:begin])]
    if not begins:
        return kinds
    kinds = kinds.copy()
    for begin in begins:
        finish = begin + int(np.argmax(kinds[begin:] == FINISH))
        kinds[[begin, finish]] = EMPTY
    return kinds


def check_balance(file: LedgerFile, faults: Faults) -> None:
    """Report every voucher whose rows do not add up to 0, with its name, line and difference."""
    vouchers = file.rows["voucher"].to_numpy()
    amounts = file.rows["amount_ore"].to_numpy()
    if not len(vouchers):
        return
    starts = np.flatnonzero(np.diff(vouchers, prepend=vouchers[0] - 1))
    for first, difference in _differences(amounts, starts):
        voucher = int(vouchers[first])
        if voucher < 0:
            continue
        name = voucher_name(file.vouchers, voucher)
        message = N_("The voucher on line %(line)s does not balance. Voucher and difference: %(found)s kr.")
        line = file.vouchers["line"][voucher].as_py()
        faults.error("voucher_unbalanced", message, f"{name}: {kronor(difference)}", "0.00", at=line)


def _differences(amounts: npt.NDArray[np.int64], starts: npt.NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    if int(np.abs(amounts).max()) * len(amounts) < 2**63:
        sums = np.add.reduceat(amounts, starts)
        for place in np.flatnonzero(sums).tolist():
            yield int(starts[place]), int(sums[place])
        return
    for first, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(amounts)], strict=True):
        if difference := sum(amounts[first:stop].tolist()):
            yield first, difference


def voucher_name(vouchers: pa.Table, voucher: int) -> str:
    """Return series and number as people write them, such as ``A 12``; the place in the file when it has none."""
    series, number = vouchers["series"][voucher].as_py(), vouchers["number"][voucher].as_py()
    return f"{series} {number}".strip() or f"#{voucher + 1}"


def check_days(file: LedgerFile, faults: Faults) -> None:
    """Warn once per voucher that has rows outside the current fiscal year (#RAR 0)."""
    if 0 not in file.fiscal_years or not file.row_count:
        return
    first, last = (np.datetime64(day, "D").astype(np.int64) for day in file.fiscal_years[0])
    days = file.rows["date"].combine_chunks().view(pa.int32()).fill_null(int(first)).to_numpy()
    outside = np.flatnonzero((days < first) | (days > last))
    if not len(outside):
        return
    vouchers = file.rows["voucher"].to_numpy()[outside]
    lines = file.rows["line"].to_numpy()
    message = N_("The day %(found)s on line %(line)s lies outside the fiscal year %(expected)s.")
    year = "–".join(map(date.isoformat, file.fiscal_years[0]))
    for place in outside[np.flatnonzero(np.diff(vouchers, prepend=vouchers[0] - 1))].tolist():
        day = np.datetime64(int(days[place]), "D")
        faults.warning("outside_fiscal_year", message, day, year, at=int(lines[place]))


def check_closing(file: LedgerFile, faults: Faults) -> None:
    """Warn when closing balances (#UB, #RES) of the current year differ from opening balance plus rows."""
    agreed, stated, first = closing_agreement(file)
    if stated and agreed < stated:
        message = N_(
            "%(found)s closing balances agree with opening balance plus rows; the first that differs is account "
            "%(expected)s. Perhaps the file holds only part of the year."
        )
        faults.warning("balances_differ", message, f"{agreed} of {stated}", first)


def closing_agreement(file: LedgerFile, records: tuple[str, ...] = ("UB", "RES")) -> tuple[int, int, str]:
    """Count the closing balances of year 0 that agree, and all of them, and name the first that does not."""
    moved: dict[str, int] = {}
    rows = file.rows.select(["account", "amount_ore"]).group_by("account").aggregate([("amount_ore", "sum")])
    for account, amount in zip(rows["account"].to_pylist(), rows["amount_ore_sum"].to_pylist(), strict=True):
        moved[account] = amount
    opening: dict[str, int] = {}
    closing: list[tuple[str, str, int]] = []
    for row in file.balances.to_pylist():
        if row["year"] != 0 or row["objects"] or row["period"]:
            continue
        if row["record"] == "IB":
            opening[row["account"]] = opening.get(row["account"], 0) + row["amount_ore"]
        elif row["record"] in records:
            closing.append((row["record"], row["account"], row["amount_ore"]))
    wrong = [
        account
        for record, account, amount in closing
        if amount != moved.get(account, 0) + (opening.get(account, 0) if record == "UB" else 0)
    ]
    return len(closing) - len(wrong), len(closing), wrong[0] if wrong else ""


def check_added_rows(file: LedgerFile, added: list[tuple[int, str, int]], faults: Faults) -> None:
    """Warn about an added row (#RTRANS) that its own copy as #TRANS does not follow: it is not counted."""
    if not added:
        return
    lines = file.rows["line"].to_numpy()
    follows = np.searchsorted(lines, [line for line, _, _ in added])
    wanted = pa.array(np.minimum(follows, max(len(lines) - 1, 0)))
    next_rows = file.rows.select(["line", "account", "amount_ore"]).take(wanted).to_pylist() if len(lines) else []
    for (line, account, amount), row in zip(added, next_rows or [None] * len(added), strict=True):
        if row and (row["account"], row["amount_ore"]) == (account, amount) and line < row["line"] <= line + 2:
            continue
        message = N_("The added row (#RTRANS) on line %(line)s has no #TRANS after it, so it is not counted.")
        faults.warning("added_row_alone", message, f"{account} {kronor(amount)}", "#TRANS", at=line)
