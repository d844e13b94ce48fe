"""What is written as SIE 4 is read back the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.refusals import Refusal
from samsyn.formats.ledger_file import AccountInfo, LedgerFile
from samsyn.formats.sie4 import read_sie
from samsyn.formats.sie4_write import Head, WrittenBalance, WrittenRow, WrittenVoucher, write_sie

HEAD = Head(
    "Samsyn", "1.0", "Lillköping", "212000-0000", date(2027, 1, 15), {0: (date(2026, 1, 1), date(2026, 12, 31))},
    {"5010": AccountInfo("Lokalhyra", "K"), "1930": AccountInfo("Bank", "T")}, {"1": "Ansvar", "6": "Projekt"},
    {("1", "456"): "Förskolan Ån"},
)  # fmt: skip
# A backslash at the very end gets a space after it, since it would swallow the closing mark
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("åäöÅÄÖéü"), max_size=12).filter(
    lambda text: not text.endswith("\\")
)
NAME = TEXT.filter(bool)
DAY = st.dates(date(2026, 1, 1), date(2026, 12, 31))
OBJECTS = st.dictionaries(st.sampled_from(["1", "6", "20"]), NAME, max_size=3).map(lambda found: tuple(found.items()))


@st.composite
def vouchers(draw: st.DrawFn) -> WrittenVoucher:
    amounts = draw(st.lists(st.integers(-(10**12), 10**12), max_size=4))
    rows = [
        WrittenRow(draw(NAME), amount, draw(OBJECTS), draw(st.none() | DAY), draw(TEXT), draw(TEXT))
        for amount in [*amounts, -sum(amounts)]
    ]
    return WrittenVoucher(draw(TEXT), draw(TEXT), draw(DAY), draw(TEXT), tuple(rows), draw(st.none() | DAY))


def as_written(file: LedgerFile) -> list[WrittenVoucher]:
    dimensions = [name for name in file.rows.column_names if name.startswith("dim_")]
    rows: dict[int, list[WrittenRow]] = {}
    for row in file.rows.to_pylist():
        objects = tuple((name[4:], row[name]) for name in dimensions if row[name])
        written = WrittenRow(row["account"], row["amount_ore"], objects, row["date"], row["text"], row["quantity"])
        rows.setdefault(row["voucher"], []).append(written)
    return [
        WrittenVoucher(
            head["series"],
            head["number"],
            head["date"],
            head["text"],
            tuple(rows[head["voucher"]]),
            head["registered"],
        )
        for head in file.vouchers.to_pylist()
    ]


def dated(voucher: WrittenVoucher) -> WrittenVoucher:
    """Return the voucher as it will be read: rows without a day have its day, objects in order."""
    rows = tuple(
        WrittenRow(
            row.account, row.amount_ore, tuple(sorted(row.objects, key=lambda pair: int(pair[0]))),
            row.day or voucher.day, row.text, row.quantity,
        )
        for row in voucher.rows
    )  # fmt: skip
    return WrittenVoucher(voucher.series, voucher.number, voucher.day, voucher.text, rows, voucher.registered)


@given(st.lists(vouchers(), max_size=4), st.booleans(), st.sampled_from(["4E", "4I"]))
def test_vouchers_come_back_as_they_were_written(written: list[WrittenVoucher], checksum: bool, variant: str) -> None:
    data = write_sie(HEAD, written, checksum=checksum, variant=variant)  # type: ignore[arg-type]
    file = read_sie(data)
    assert [problem.code for problem in file.problems if problem.severity == "error"] == []
    assert as_written(file) == [dated(voucher) for voucher in written]
    assert file.net_ore == 0


def test_the_head_comes_back() -> None:
    file = read_sie(write_sie(HEAD, []))
    assert (file.program, file.company, file.org_number, file.sie_type) == (
        "Samsyn 1.0",
        "Lillköping",
        "212000-0000",
        4,
    )
    assert (file.accounts, file.dimensions, file.objects) == (HEAD.accounts, HEAD.dimensions, HEAD.objects)
    assert file.fiscal_years == HEAD.fiscal_years


def test_balances_come_back() -> None:
    balances = [
        WrittenBalance("IB", 0, "1930", 500),
        WrittenBalance("PBUDGET", 0, "5010", -100, "202603", (("1", "456"),)),
    ]
    rows = read_sie(write_sie(HEAD, [], balances)).balances.to_pylist()
    assert [(row["record"], row["period"], row["account"], row["objects"], row["amount_ore"]) for row in rows] == [
        ("IB", "", "1930", "", 500),
        ("PBUDGET", "202603", "5010", "1:456", -100),
    ]


def test_letters_the_code_page_lacks_become_their_nearest() -> None:
    voucher = WrittenVoucher("A", "1", date(2026, 1, 1), "Sønderby – 5 € ň", (WrittenRow("5010", 0),))
    assert b'"Sonderby - 5 EUR n"' in write_sie(HEAD, [voucher])


def test_a_letter_without_a_near_one_is_refused() -> None:
    voucher = WrittenVoucher("A", "1", date(2026, 1, 1), "漢", (WrittenRow("5010", 0),))
    with pytest.raises(Refusal, match="letter_not_writable"):
        write_sie(HEAD, [voucher])


def test_a_voucher_that_does_not_balance_is_refused() -> None:
    voucher = WrittenVoucher("A", "1", date(2026, 1, 1), "", (WrittenRow("5010", 1),))
    with pytest.raises(Refusal, match="voucher_unbalanced"):
        write_sie(HEAD, [voucher])
