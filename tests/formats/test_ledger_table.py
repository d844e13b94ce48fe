"""Tables of any layout become rows with amounts, days and code parts, through a profile that is proposed."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from samsyn.formats.ledger_file import LedgerFile, amounts_by
from samsyn.formats.ledger_table import Profile, read_table
from samsyn.formats.table_profiles import SHIPPED
from samsyn.formats.table_propose import propose

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
SIMPLE = Profile("simple", {"date": "datum", "amount": "belopp", "account": "konto"})
OPEN_11 = (
    "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;konto_nr;konto_text;bokforingsdatum;forvaltning;"
    "fakturanummer;nettobelopp;grund;avtal;kommun_id;s_kod_nr"
)


def proposed(data: bytes) -> LedgerFile:
    return read_table(data, propose(data).profile)


def codes(file: LedgerFile) -> list[str]:
    return [problem.code for problem in file.problems]


def csv(*rows: str) -> LedgerFile:
    return read_table(("datum;konto;belopp\n" + "\n".join(rows) + "\n").encode(), SIMPLE)


def workbook(*rows: list[object], sheet: str = "Blad1") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "remove_timezone": True}) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(line, column, value, day)  # type: ignore[arg-type]
                else:
                    page.write(line, column, value)
    return buffer.getvalue()


def test_the_open_specification_is_read_with_bare_carriage_returns() -> None:
    rows = [
        f"2321000131;Region;V{number};Företag {number} AB;5560000{number};6550;Konsulttjänster;2024-01-1{number};"
        f"Sjukhus;F{number};{amount};;;14;"
        for number, amount in enumerate(["136.98", "5058332.75", "-14250.00", "3285.00"])
    ]
    data = "\r".join([OPEN_11, *rows]).encode()
    for file in (proposed(data), read_table(data, SHIPPED["open-ledger-1.1"])):
        assert file.rows["amount_ore"].to_pylist() == [13698, 505833275, -1425000, 328500]
        assert file.rows["line"].to_pylist() == [2, 3, 4, 5]
        assert file.rows["part_responsibility"].to_pylist() == ["Sjukhus"] * 4
        assert file.accounts["6550"].name == "Konsulttjänster"
        assert (file.company, file.voucher_count, file.problems) == ("Region", 4, [])


def test_a_mark_inside_the_first_json_key_is_no_part_of_it() -> None:
    records = [
        {"\ufeffkopare_id": "212000-0001", "datum": "2023-05-31", "konto_nr": "6420", "belopp": amount,
         "leverantor_id": 10004007, "leverantor": "Åkeri", "verifikationsnummer": number, "kopare": "Staden"}
        for number, amount in enumerate(["-1852,71", "150,00"], 5)
    ]  # fmt: skip
    data = json.dumps({"resultCount": 2, "results": records}, ensure_ascii=False).encode()
    file = proposed(data)
    assert file.net_ore == -170271 and not file.problems
    assert file.rows["supplier_id"].to_pylist() == ["10004007"] * 2
    assert file.rows["line"].to_pylist() == [1, 2]
    assert read_table(data, SHIPPED["open-ledger-1.0"]).net_ore == -170271


def test_utf_16_with_decimal_comma_is_read() -> None:
    data = '\ufeffkopare,leverantor,datum,belopp\r\nStaden,Åkeri AB,2024-01-31,"3270,50"\r\n'.encode("utf-16-le")
    assert proposed(data).net_ore == 327050


def test_shifted_rows_are_explained_one_by_one() -> None:
    header = "kopare_id,kopare,verifikationsnummer,leverantor,leverantor_id,konto_nr,konto_text,belopp,datum"
    rows = [
        "212000-1355,Staden,Nämnden,1001,Firman AB,556000-0000,6100,Material,3270,50,2024-01-31",
        "212000-1355,Staden,1002,Firman AB,556000-0000,6100,Material,2024-01-31,12.50",
    ]
    data = ("\ufeff" + "\n".join([header, *rows])).encode("utf-16-le")
    file = read_table(data, SHIPPED["open-ledger-1.0"])
    assert [(problem.line, problem.code) for problem in file.problems if problem.line > 1] == [
        (2, "misaligned_row"),
        (3, "bad_amount"),
        (3, "bad_date"),
    ]


def test_a_workbook_with_all_code_parts_is_read_by_shipped_and_by_proposed_profile() -> None:
    header = ["T", "Period", "Organisationsnr.", "Lev.nr", "Lev.nr(T)", "VT", "Ver.nr", "Ansvar", "Projekt", "Verks",
              "Aktiv", "Motpart", "Objekt", "Ver.datum", "Konto", "Konto(T)", "Belopp"]  # fmt: skip
    row = ["B", 202403, 5562248012, 4711, "Firman AB", "LF", 100234, 4100, 0, 92010, "A1", 81, 7, date(2024, 3, 14),
           6420, "Dator", -1234.5]  # fmt: skip
    data = workbook(header, row, [], [])
    for file in (read_table(data, SHIPPED["all-code-parts"]), proposed(data)):
        found = file.rows.to_pylist()[0]
        assert found["amount_ore"] == -123450 and found["date"] == date(2024, 3, 14)
        parts = [found[f"part_{name}"] for name in ("responsibility", "activity", "object", "project", "counterparty")]
        assert parts == ["4100", "92010", "7", "0", "81"]
        assert (found["supplier_id"], found["supplier"], found["dim_aktivitet"]) == (
            "5562248012",
            "Firman AB",
            "A1",
        )
        assert file.vouchers.to_pylist()[0]["series"] == "LF"
        assert not file.problems


def test_titles_above_and_totals_below_are_no_rows() -> None:
    data = workbook(
        ["Leverantörsreskontra 2023"], [], ["Utskriven 2024-01-02"], ["Datum", "Leverantör", "Belopp"],
        [datetime(2023, 1, 2, tzinfo=UTC), "A AB", 100.1], [20230103, "B AB", 200], ["Summa", "", 300.1], ["", "", ""],
    )  # fmt: skip
    file = proposed(data)
    assert (file.net_ore, file.rows["line"].to_pylist(), codes(file)) == (30010, [5, 6], ["total_row"])
    assert propose(data).profile.header_row == 4


def test_hidden_suppliers_and_filler_are_seen() -> None:
    data = workbook(
        ["kopare", "verifikationsnummer", "leverantor", "leverantor_id", "belopp", "datum", "konto_text"],
        ["STAD", 1, "[innehåller personuppgifter]", 0, 5, datetime(2023, 1, 1, tzinfo=UTC), "Rad_x000D_ två"],
        ["STAD", 2, "[Kan innehålla personuppgifter]", "0.0", 5, datetime(2023, 1, 1, tzinfo=UTC), "0.0"],
    )
    file = proposed(data)
    assert file.rows["supplier_id"].to_pylist() == ["", ""]
    assert [(problem.code, problem.found) for problem in file.problems] == [("suppliers_masked", "2")]


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1234,56", 123456), ("1 234,56", 123456), ("1\u00a0234,56", 123456), ("1.234,56-", -123456),
        ("(1.234,56)", -123456), ("-1.234.567,00", -123456700), ("\u2212 5,00", -500), ("12 kr", 1200),
        ("SEK 1.234,00", 123400), ("7", 700), ("1,5", 150),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, ore: int) -> None:
    file = csv("2024-01-31;5010;10,25", f"2024-01-31;5010;{text}")
    assert not file.problems
    assert file.rows["amount_ore"].to_pylist() == [1025, ore]


def test_thousands_marks_alone_are_understood_from_the_whole_column() -> None:
    assert csv("2024-01-31;5010;1,234", "2024-01-31;5010;12").net_ore == 124600
    assert csv("2024-01-31;5010;1.234", "2024-01-31;5010;12.345.678").net_ore == 1234691200


@pytest.mark.parametrize("text", ["", "hej", "1,2345", "1,23,45", "--5", "5-5", "1e5", "NaN", "1.23,45"])
def test_what_is_no_amount_is_refused_with_line_and_column(text: str) -> None:
    file = csv("2024-01-31;5010;10,25", f"2024-01-31;5010;{text}")
    assert [(problem.code, problem.line, problem.column) for problem in file.problems] == [("bad_amount", 3, 3)]


@pytest.mark.parametrize(
    "text",
    ["2024-01-31", "20240131", "2024-01-31 00:00:00", "2024-01-31T00:00:00", "31/01/2024", "31.1.2024"],
)
def test_days_are_read_as_ledgers_write_them(text: str) -> None:
    assert csv(f"{text};5010;1").rows["date"].to_pylist() == [date(2024, 1, 31)]


def test_a_column_with_the_month_first_is_seen_from_its_values() -> None:
    assert csv("12/31/2024;5010;1", "02/03/2024;5010;1").rows["date"].to_pylist() == [
        date(2024, 12, 31),
        date(2024, 2, 3),
    ]


@pytest.mark.parametrize("text", ["2024-02-31", "hösten 2024", "20241301", "0000-00-00"])
def test_what_is_no_day_is_refused_with_line_and_column(text: str) -> None:
    file = csv(f"{text};5010;1")
    assert [(problem.code, problem.line, problem.column) for problem in file.problems] == [("bad_date", 2, 1)]
    assert "“" + text + "”" in file.problems[0].sentence()


def test_a_row_without_a_day_is_a_warning_and_belongs_to_no_month() -> None:
    file = csv(";5010;1", "2024-01-31;5010;2")
    assert codes(file) == ["date_missing"] and not file.refused
    assert file.rows["date"].null_count == 1


def test_a_row_with_only_a_period_has_its_first_day() -> None:
    profile = Profile("p", {"period": "Period", "debit": "Debet", "credit": "Kredit"})
    file = read_table(b"Period\tDebet\tKredit\n202403\t5,00\t\n2024-13\t\t7,00\n", profile)
    assert file.rows["date"].to_pylist() == [date(2024, 3, 1), date(2024, 12, 1)]
    assert file.rows["amount_ore"].to_pylist() == [500, -700]


def test_a_profile_that_does_not_fit_says_what_is_missing_and_what_there_is() -> None:
    file = read_table(b"a;b\n1;2\n", SIMPLE)
    assert codes(file) == ["column_missing"]
    assert (file.problems[0].found, file.problems[0].expected) == ("a, b", "date (datum), amount (belopp)")


def test_a_profile_can_be_saved_and_read_back() -> None:
    for profile in SHIPPED.values():
        assert Profile.from_json(json.loads(json.dumps(profile.as_json()))) == profile


def test_headers_are_found_whatever_their_order_case_and_marks() -> None:
    assert read_table("\ufeffBELOPP;Konto; Datum \n5;5010;2024-01-31\n".encode(), SIMPLE).net_ore == 500


def test_of_two_columns_of_one_name_digits_are_the_number_and_letters_the_name() -> None:
    found = propose(b"Payment Date,Supplier Name,Supplier Name,Net Amount\n2024-01-31,4711,Acme LTD,5\n").profile.fields
    assert (found["supplier_id"], found["supplier"]) == ("Supplier Name", "Supplier Name (2)")


def test_unknown_headers_are_placed_by_their_values_and_the_rest_listed() -> None:
    found = propose(b"x;y;z\n2024-01-31;abc;12,50\n2024-02-01;def;7,00\n")
    assert found.profile.fields == {"date": "x", "amount": "z"}
    assert found.unplaced == ("y",)
    assert found.samples[0] == ("2024-01-31", "abc", "12,50")


@pytest.mark.parametrize("path", sorted((SHARED / "ledger").glob("*.csv")), ids=lambda path: path.name)
def test_every_real_ledger_loads_through_the_proposed_profile(path: Path) -> None:
    data = path.read_bytes()
    found = propose(data)
    assert {"date", "amount", "supplier", "voucher", "account"} <= set(found.profile.fields)
    file = read_table(data, found.profile)
    assert not file.refused
    assert file.row_count == len(data.splitlines()) - 1
    assert sum(amounts_by(file, "supplier").values()) == file.net_ore


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (SHARED / "csv_xlsx").rglob("*") if path.is_file()),
    ids=lambda path: path.name,
)
def test_no_odd_table_makes_it_raise_and_each_is_answered_clearly(path: Path) -> None:
    file = proposed(path.read_bytes())
    assert file.row_count or file.problems
    assert all("%(" not in problem.sentence() for problem in file.problems)


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    assert codes(proposed(zipped("xl/worksheets/sheet1.xml", b"\0" * 60_000_000))) == ["workbook_too_large"]


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(zipped("xl/worksheets/sheet1.xml", b"\0" * 60_000_000))
    size = (60_000_000).to_bytes(4, "little")
    assert codes(proposed(bytes(bomb.replace(size, (1000).to_bytes(4, "little"))))) == ["not_a_workbook"]


def test_a_workbook_that_claims_a_huge_area_is_refused() -> None:
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    assert codes(proposed(zipped("xl/worksheets/sheet1.xml", sheet))) == ["workbook_too_large"]


def test_a_cell_of_ten_megabytes_is_refused_with_its_line() -> None:
    data = b"datum;konto;belopp\n2024-01-31;5010;1\n2024-01-31;" + b"x" * 10_000_000 + b";1\n"
    file = read_table(data, SIMPLE)
    assert [(problem.code, problem.line) for problem in file.problems] == [("cell_too_large", 3)]
    assert file.row_count == 1


def test_deeply_nested_json_is_refused() -> None:
    assert codes(proposed(b"[" * 100_000)) == ["bad_json"]


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert proposed(data) is not None
    assert read_table(data, SIMPLE).problems


CELL = st.text(st.characters(codec="utf-8"), max_size=5) | st.sampled_from(["2024-01-31", "5,00", '"', "\r", "Summa"])


@given(st.lists(st.lists(CELL, max_size=4), max_size=6), st.sampled_from(";,\t|"))
def test_no_table_makes_it_raise(rows: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(row) for row in [["datum", "konto", "belopp"], *rows])
    proposed(text.encode())
    proposed(json.dumps([dict(enumerate(row)) for row in rows]).encode())
