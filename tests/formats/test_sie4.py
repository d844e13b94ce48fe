"""SIE files are read whole, exactly, and with everything that is wrong in them."""

import json
import zlib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.formats import sie4
from samsyn.formats.ledger_file import LedgerFile, amounts_by
from samsyn.formats.sie4 import read_sie
from samsyn.formats.sie_checks import closing_agreement
from samsyn.formats.sie_lines import amount_ore

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "sie"
HEAD = "#FLAGGA 0\n#PROGRAM Samsyn 1\n#FORMAT PC8\n#SIETYP 4\n#FNAMN Lillköping\n#RAR 0 20260101 20261231\n"
PAIR = "{\n#TRANS 5010 {} 100.00\n#TRANS 1930 {} -100.00\n}\n"


def sie(text: str, head: str = HEAD) -> LedgerFile:
    return read_sie((head + text).encode("cp437"))


def codes(file: LedgerFile) -> list[str]:
    return [problem.code for problem in file.problems]


@cache
def expected() -> dict[str, dict[str, object]]:
    path = DATA / "expected_totals.json"
    return json.loads(path.read_text()) if path.exists() else {}


def ore(kronor: object) -> int:
    return int(Decimal(str(kronor)) * 100)


@pytest.fixture(params=sorted(expected()) or ["absent"])
def real(request: pytest.FixtureRequest) -> tuple[bytes, dict[str, object]]:
    if request.param == "absent":
        pytest.skip("../shared/data is absent")
    return (DATA / request.param).read_bytes(), expected()[request.param]


def test_every_real_file_gives_the_counts_and_sums_computed_elsewhere(
    real: tuple[bytes, dict[str, object]],
) -> None:
    data, wanted = real
    file = read_sie(data)
    assert str(file.sie_type) == wanted["type"]
    assert file.voucher_count == wanted["vouchers"]
    assert file.net_ore == ore(wanted["trans_net"])
    by_account = amounts_by(file, "account")
    assert sum(map(abs, by_account.values())) == ore(wanted["trans_abs_sum"])
    costs = {account: amount for account, amount in by_account.items() if "4" <= account[:1] <= "8"}
    assert costs == {account: ore(amount) for account, amount in (wanted["cost_accounts_4_to_8"] or {}).items()}
    objects = {
        f"{name[4:]}:{code}": amount
        for name in file.rows.column_names
        if name.startswith("dim_")
        for code, amount in amounts_by(file, name).items()
        if code
    }
    assert objects == {code: ore(amount) for code, amount in (wanted["objects"] or {}).items()} or not wanted["objects"]


def test_every_real_file_agrees_with_its_closing_balances_as_computed_elsewhere(
    real: tuple[bytes, dict[str, object]],
) -> None:
    data, wanted = real
    file = read_sie(data)
    if not file.voucher_count:
        pytest.skip("only files with vouchers have something to compare")
    assert closing_agreement(file, ("UB",))[:2] == (wanted["ub_ok"], wanted["ub_n"])
    assert closing_agreement(file, ("RES",))[:2] == (wanted["res_ok"], wanted["res_n"])


def test_both_roads_agree_on_every_real_file(real: tuple[bytes, dict[str, object]]) -> None:
    same(real[0])


@pytest.mark.parametrize("name", ["BokSald.SE", "HAS4E_1412.Se"])
def test_saved_error_pages_are_refused_as_such(name: str) -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    file = read_sie((DATA / name).read_bytes())
    assert codes(file) == ["html_page"]
    assert file.refused


def test_only_the_bad_voucher_of_the_real_bad_file_is_an_error() -> None:
    if not DATA.exists():
        pytest.skip("../shared/data is absent")
    file = read_sie((DATA / "transaktioner_ovnbolag-bad-balance.se").read_bytes())
    errors = [problem for problem in file.problems if problem.severity == "error"]
    assert [(problem.code, problem.line, problem.found) for problem in errors] == [
        ("voucher_unbalanced", 3905, "B 1: -12771.00")
    ]
    assert file.voucher_count == 163 and file.debit_ore > 0


def same(data: bytes) -> LedgerFile:
    """Read by every road there is: line by line, at once, and in many stretches by several threads."""
    fast, plain = read_sie(data, threads=1), read_sie(data, plain=True)
    with patch.object(sie4, "STRETCH", max(64, len(data) // 20)):
        several = read_sie(data, threads=3)
    for other in (plain, several):
        assert fast.rows.equals(other.rows), (fast.rows.to_pylist(), other.rows.to_pylist())
        assert fast.vouchers.equals(other.vouchers)
        assert fast.balances.equals(other.balances)
        assert fast.problems == other.problems
        assert (fast.accounts, fast.objects) == (other.accounts, other.objects)
    return fast


def test_a_row_keeps_its_line_its_objects_and_its_text() -> None:
    file = sie('#VER A 7 20260131 "Hyra"\n{\n\t#TRANS 5010 {1 "456" 6 "0001"} 12.5 20260130 "Skärm 27\\" ny" 3\n'
               "#TRANS 1930 {} -12.50\n}\n")  # fmt: skip
    first, second = file.rows.to_pylist()
    assert first == {
        "line": 9, "voucher": 0, "date": date(2026, 1, 30), "account": "5010", "amount_ore": 1250,
        "text": 'Skärm 27" ny', "quantity": "3", "supplier": "", "supplier_id": "", "dim_1": "456", "dim_6": "0001",
    }  # fmt: skip
    assert (second["date"], second["dim_1"]) == (date(2026, 1, 31), "")
    assert file.vouchers.to_pylist()[0]["text"] == "Hyra"
    assert not file.problems


def test_added_rows_are_never_doubled_and_removed_rows_never_counted() -> None:
    file = sie("#VER A 1 20260131\n{\n#BTRANS 5010 {} 70.00\n#RTRANS 5010 {} 100.00\n#TRANS 5010 {} 100.00\n"
               "#TRANS 1930 {} -100.00\n}\n")  # fmt: skip
    assert amounts_by(file, "account") == {"1930": -10000, "5010": 10000}
    assert not file.problems


def test_an_added_row_without_its_copy_is_not_counted_and_said() -> None:
    file = sie("#VER A 1 20260131\n{\n#RTRANS 5020 {} 5.00\n#TRANS 5010 {} 100.00\n#TRANS 1930 {} -100.00\n}\n")
    assert codes(file) == ["added_row_alone"]
    assert file.debit_ore == 10000


def test_unknown_records_are_skipped() -> None:
    assert not sie("#NYHET 1 2 3\n#VER A 1 20260131\n" + PAIR).problems
    assert not sie("#NYHET 1\n{\n#RAD 1\n}\n#VER A 1 20260131\n" + PAIR).problems


def test_a_voucher_without_series_and_number_is_legal_in_an_import_file() -> None:
    file = sie('#VER "" "" 20260131 Hyra\n' + PAIR)
    assert file.vouchers.to_pylist()[0]["series"] == ""
    assert not file.problems


def test_a_fiscal_year_with_empty_days_is_no_year() -> None:
    file = sie("#VER A 1 20260131\n" + PAIR, "#FLAGGA 0\n#SIETYP 4\n#RAR 0  \n")
    assert file.fiscal_years == {} and not file.problems


def test_a_file_already_read_is_only_warned_about() -> None:
    file = sie("", "#FLAGGA 1\n#SIETYP 4\n")
    assert codes(file) == ["already_read"] and not file.refused


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("#VER A 1 20240231\n" + PAIR, "bad_date", 7),
        ("#VER A 1 2026\n" + PAIR, "bad_date", 7),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {} 1.234,56-\n}\n", "bad_amount", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {} 1.234\n}\n", "bad_amount", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {}\n}\n", "bad_amount", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {1} 0\n}\n", "bad_objects", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {1 a 1 b} 0\n}\n", "bad_objects", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {} 0\n", "truncated", 9),
        ("#VER A 1 20260131\n{\n#TRANS 5010 {} 0\n#VER A 2 20260131\n{\n}\n", "voucher_not_closed", 10),
        ("#TRANS 5010 {} 0\n", "row_outside_voucher", 7),
        ("}\n", "stray_brace", 7),
        ("Hej\n", "not_a_record", 7),
        ("#SIETYP 9\n", "unknown_type", 7),
        ("#IB x 1930 5.00\n", "bad_year", 7),
        ("#RAR 0 20260101 20250101\n", "bad_fiscal_year", 7),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_refuses_the_file(text: str, code: str, line: int) -> None:
    file = same((HEAD + text).encode("cp437"))
    found = [problem for problem in file.problems if problem.severity == "error"]
    assert [(problem.code, problem.line) for problem in found] == [(code, line)]
    assert "%(" not in found[0].sentence()


def test_all_problems_are_said_at_once_and_what_can_be_read_is_counted() -> None:
    file = sie("#VER A 1 20260131\n{\n#TRANS 5010 {} 10.00\n#TRANS 1930 {} x\n}\n#VER A 2 20260199\n" + PAIR)
    assert codes(file) == ["voucher_unbalanced", "bad_amount", "bad_date"]
    assert (file.voucher_count, file.row_count, file.debit_ore) == (2, 4, 11000)


def test_a_thousand_problems_are_listed_and_the_rest_counted() -> None:
    file = sie("Hej\n" * 1500)
    assert len(file.problems) == 1001
    assert (file.problems[-1].code, file.problems[-1].found) == ("more_problems", "500")


def test_a_day_outside_the_year_is_a_warning_once_per_voucher() -> None:
    file = sie("#VER A 1 20250131\n" + PAIR + "#VER A 2 20260131\n" + PAIR)
    assert [(problem.code, problem.line) for problem in file.problems] == [("outside_fiscal_year", 9)]


def test_a_mark_not_closed_is_warned_about() -> None:
    assert codes(sie('#VER A 1 20260131 "Hyra\n' + PAIR)) == ["quote_not_closed"]


def test_a_backslash_before_the_last_mark_of_a_line_is_no_escape() -> None:
    file = sie('#VER A 1 20260131 "C:\\temp\\"\n' + PAIR)
    assert file.vouchers.to_pylist()[0]["text"] == "C:\\temp\\" and not file.problems


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_is_understood(end: str) -> None:
    file = read_sie((HEAD + "#VER A 1 20260131\n" + PAIR + "\x1a").replace("\n", end).encode("cp437"))
    assert not file.problems
    assert file.rows["line"].to_pylist() == [9, 10]


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_gives_the_same_letters(encoding: str) -> None:
    file = read_sie((HEAD + '#VER A 1 20260131 "Växjö Åäå"\n' + PAIR).encode(encoding))
    assert (file.company, file.vouchers.to_pylist()[0]["text"]) == ("Lillköping", "Växjö Åäå")
    assert not file.problems


def test_a_huge_line_is_refused_with_its_line_and_the_rest_is_read() -> None:
    file = sie("#PROSA " + "x" * 3_000_000 + "\n#VER A 1 20260131\n" + PAIR)
    assert [(problem.code, problem.line) for problem in file.problems] == [("line_too_long", 7)]
    assert file.row_count == 2


def test_balances_keep_year_period_account_and_objects() -> None:
    file = sie('#IB -1 1930 5.00\n#PBUDGET 0 202603 5010 {} 7\n#OUB 0 5010 {1 "A B"} -3.5 2\n')
    rows = [tuple(row.values()) for row in file.balances.to_pylist()]
    assert rows == [
        (7, "IB", -1, "", "1930", "", 500),
        (8, "PBUDGET", 0, "202603", "5010", "", 700),
        (9, "OUB", 0, "", "5010", "1:A B", -350),
    ]


def test_the_kind_of_an_account_may_come_before_its_name() -> None:
    file = sie("#KTYP 5010 K\n#KONTO 5010 Hyra\n#KONTO 1930 Bank\n")
    assert file.accounts == {"1930": ("Bank", ""), "5010": ("Hyra", "K")}


def test_sums_beyond_64_bits_are_exact() -> None:
    rows = "#TRANS 5010 {} 9999999999999.99\n" * 12000 + "#TRANS 1930 {} -9999999999999.99\n" * 12000
    file = sie("#VER A 1 20260131\n{\n" + rows + "}\n")
    assert file.debit_ore == 12000 * 999999999999999
    assert not file.problems


SUMMED = (
    "#FLAGGA 0\n#KSUMMA\n#SIETYP 4\n"
    '#VER A 1 20260131 "Skärm 27\\" ny"\n{\n#TRANS 5010 {1 "a b"} 1.00\n#TRANS 1930 {} -1.00 "" "{} \t x"\n}\n'
)
COUNTED = '#SIETYP4#VERA120260131Skärm 27" ny#TRANS50101a b1.00#TRANS1930-1.00{} \t x'


def summed(content: bytes) -> bytes:
    return content + b"#KSUMMA %d\n" % zlib.crc32(COUNTED.encode("cp437"))


def test_a_check_sum_counts_labels_and_fields_without_marks_blanks_and_braces() -> None:
    file = same(summed(SUMMED.encode("cp437")))
    assert not file.problems


@given(st.integers(0, len(SUMMED) - 1), st.integers(0, 255))
@settings(max_examples=300)
def test_one_altered_byte_of_a_field_breaks_the_check_sum(place: int, byte: int) -> None:
    content = bytearray(SUMMED.encode("cp437"))
    start = content.index(b"#SIETYP")
    if place < start or content[place] in b'"{}\\ \t\n' or byte in b'"{}\\ \t\n\r\x1a\0' or content[place] == byte:
        return
    content[place] = byte
    assert "checksum_differs" in codes(same(summed(bytes(content))))


def test_a_check_sum_that_never_ends_means_a_cut_file() -> None:
    assert "checksum_missing" in codes(read_sie(SUMMED.encode("cp437")))


FIELD = st.text('a5! \t\x01"\\{}#-.å', max_size=6)
LINE = st.one_of(
    st.builds("{} {} {{{}}} {} {} {}".format, st.sampled_from(["#TRANS", "#RTRANS", " #TRANS", "#trans"]),
              FIELD, FIELD, st.sampled_from(["1.00", "-1.00", "1", "x", ".5", "5.", "1.234", "-", ""]),
              st.sampled_from(["", '""', "20260101", "20260231", "2026-01-01"]), FIELD),
    st.builds('#TRANS 5010 {{1 "{}" {} b}} 1.00 "" "{}"'.format, FIELD, st.sampled_from(["1", "6", "12345678"]), FIELD),
    st.builds("#VER A {} {} {}".format, FIELD, st.sampled_from(["20260101", "", '""']), FIELD),
    st.sampled_from(["{", "}", "", " {", "}\t", "#VER A 1 20260101", "#KSUMMA", "#KSUMMA 5", "#FLAGGA 0", "#X {"]),
    FIELD,
)  # fmt: skip


@given(st.lists(LINE, max_size=12), st.sampled_from(["cp437", "utf-8", "cp1252"]))
@settings(max_examples=400)
def test_both_roads_agree_on_whatever_lines_come(lines: list[str], encoding: str) -> None:
    same(("#FLAGGA 0\n#KSUMMA\n" + "\n".join(lines) + '\n#VER A 1 20260101 "å"').encode(encoding))


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert read_sie(b"#FLAGGA 0\n" + data).problems is not None
    assert read_sie(data).problems


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_never_raises_and_a_cut_voucher_is_an_error(cut: int) -> None:
    whole = (HEAD + '#VER A 1 20260131 "Hyra för växthus"\n' + PAIR).encode()
    file = same(whole[:cut])
    if whole.index(b"#VER") + 5 < cut < len(whole) - 2:
        assert file.refused


@given(st.integers(0, 10**12), st.booleans(), st.sampled_from(["{}", "+{}", "{}-", "-{}"]))
def test_an_amount_is_read_however_a_program_writes_it(ore: int, comma: bool, sign: str) -> None:
    whole = f"{ore // 100:,}".replace(",", " ")
    text = sign.format(f"{whole}{',' if comma else '.'}{ore % 100:02d}")
    assert amount_ore(text) == (-ore if "-" in sign else ore)


@pytest.mark.parametrize("text", ["1.234,56-", "-5-", "--5", "", "1,234", "1.005", "12 34", "-", "+", "+-5", "5+"])
def test_an_amount_that_can_be_read_in_two_ways_is_none(text: str) -> None:
    assert amount_ore(text) is None
