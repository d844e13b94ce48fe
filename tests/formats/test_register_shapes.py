"""Lists as other tools and public registers give them out: where the rows stand, and what a column means by itself."""

import json
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from samsyn.formats.register_cells import Field, reader_of
from samsyn.formats.register_table import Register, RegisterFile, propose_register, read_register
from samsyn.formats.registers import CONTRACTS, SYSTEMS
from samsyn.formats.registers_equipment import EQUIPMENT

NAMES = ["Sagsbogen", "Tumstocken", "Fröken Flink"]
RECORDS = [{"Name": name, "Vendor": "Exempel AB"} for name in NAMES]
SHAPES: dict[str, Any] = {
    "a list": RECORDS,
    "a list under a name": {"resultCount": 3, "systems": RECORDS},
    "a list far in": {"help": "x", "result": {"fields": [{"id": "Name"}], "records": RECORDS}},
    "records under keys": {f"S{number}": record for number, record in enumerate(RECORDS)},
    "records within records": [{"id": each, "details": {**each, "owner": {"code": "12"}}} for each in RECORDS],
    "features of a map": {"type": "FeatureCollection", "features": [{"properties": each} for each in RECORDS]},
    "columns beside rows": {"columns": ["Name", "Vendor"], "data": [list(each.values()) for each in RECORDS]},
    "columns described beside rows": {
        "meta": {"view": {"columns": [{"name": "Name"}, {"name": "Vendor"}]}},
        "data": [list(each.values()) for each in RECORDS],
    },
    "columns under their names": {
        name: {str(number): record[name] for number, record in enumerate(RECORDS)} for name in ("Name", "Vendor")
    },
    "few records beside their columns": {
        "fields": [{"id": "_id"}, {"id": "Name"}, {"id": "Vendor"}, {"id": "Note"}],
        "records": [{"_id": number, **each} for number, each in enumerate(RECORDS)],
    },
    "headers as the first row": [["Name", "Vendor"], *(list(each.values()) for each in RECORDS)],
}


def read(data: str | bytes, register: Register = SYSTEMS) -> RegisterFile:
    raw = data.encode() if isinstance(data, str) else data
    return read_register(raw, register, propose_register(raw, register).profile)


def fields(headers: str, row: str, register: Register = SYSTEMS) -> dict[str, Any]:
    return read(f"{headers}\n{row}\n", register).rows[0].values


@pytest.mark.parametrize("shape", SHAPES)
def test_the_list_is_found_wherever_in_the_json_it_stands(shape: str) -> None:
    rows = read(json.dumps(SHAPES[shape])).rows
    assert [row.values["name"] for row in rows] == NAMES
    assert {row.values["supplier"] for row in rows} == {"Exempel AB"}


def test_one_record_on_each_line_is_a_list() -> None:
    assert [row.values["name"] for row in read("\n".join(map(json.dumps, RECORDS))).rows] == NAMES


def test_a_list_of_records_within_a_record_gives_its_values_in_their_order_and_loses_none() -> None:
    row = {"Name": "Sagsbogen", "contacts": [{"mail": "a@example.org"}, {"mail": "b@example.org", "tel": "1"}]}
    assert read(json.dumps([row])).rows[0].received == {
        "contacts.mail": "a@example.org; b@example.org", "contacts.tel": "1",
    }  # fmt: skip


def test_a_record_says_by_its_path_what_a_column_is() -> None:
    owner = {"link": "https://example.org/7", "display_value": "Eva Ek"}
    record = {"uri": "https://example.org/1", "name": "Sagsbogen", "vendor": {"id": "12", "name": "Exempel AB"},
              "owned_by": owner, "contacts": [{"name": "Bo"}]}  # fmt: skip
    row = read(json.dumps([record])).rows[0]
    assert row.values == {"name": "Sagsbogen", "supplier": "Exempel AB", "owner_name": "Eva Ek"}
    assert row.received == {"uri": "https://example.org/1", "vendor.id": "12", "owned_by.link": "https://example.org/7",
                            "contacts.name": "Bo"}  # fmt: skip


def test_names_of_several_words_written_as_one_are_read() -> None:
    device = {"assetName": "PC1", "serialNumber": "PF0001", "purchaseDate": "2024-02-01T00:00:00"}
    assert read(json.dumps([device]), EQUIPMENT).rows[0].values == {
        "serial": "PF0001", "name": "PC1", "purchase_date": date(2024, 2, 1),
    }  # fmt: skip


def test_of_two_known_words_the_last_says_what_a_header_is() -> None:
    found = fields("Current system vendor,Current system product,System's purpose", "Exempel AB,Sagsbogen,Ärenden")
    assert found == {"name": "Sagsbogen", "supplier": "Exempel AB", "purpose": "Ärenden"}


def test_the_column_that_could_name_things_is_proposed_where_no_header_says_so() -> None:
    table = "Nr,Järjestelmä,Toimittaja\n1,Sagsbogen,Exempel AB\n2,Tumstocken,Exempel AB\n3,Flink,Exempel AB\n"
    assert [row.values["name"] for row in read(table).rows] == ["Sagsbogen", "Tumstocken", "Flink"]


def test_of_two_rows_of_headers_the_lower_is_what_people_call_them() -> None:
    file = read("name,relProvider,businessCriticality\nName,Provider,Business criticality\nSagsbogen,Exempel AB,high\n")
    assert [row.values for row in file.rows] == [{"name": "Sagsbogen", "supplier": "Exempel AB", "criticality": "3"}]


WEB = """<html><body><table><tr><td>Meny</td></tr></table><table><tr><th>Namn<th>Leverantör</tr>
<tr><td>Sagsbogen</td><td>Exempel &amp; Co AB</td></tr><tr><td colspan=2>Tumstocken</td></tr></table></body></html>"""
XML_BOOK = """<?xml version="1.0"?><Workbook xmlns="urn:x" xmlns:ss="urn:x"><Worksheet ss:Name="L"><Table>
<Row><Cell><Data>Namn</Data></Cell><Cell><Data>Drift</Data></Cell><Cell><Data>Leverantör</Data></Cell></Row>
<Row><Cell><Data>Sagsbogen</Data></Cell><Cell ss:Index="3"><Data>Exempel &amp; Co AB</Data></Cell></Row>
<Row><Cell><Data>Tumstocken</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("text", [WEB, XML_BOOK])
def test_the_table_of_a_web_page_or_an_xml_workbook_is_read(text: str) -> None:
    found = read(text)
    assert [row.values for row in found.rows] == [
        {"name": "Sagsbogen", "supplier": "Exempel & Co AB"}, {"name": "Tumstocken"},
    ]  # fmt: skip
    assert found.problems == []


def packed(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_packed_file_is_read_and_a_packed_folder_says_what_to_do() -> None:
    table = b"Namn;Leverantor\nSagsbogen;Exempel AB\n"
    assert [row.values["name"] for row in read(packed(lista=table)).rows] == ["Sagsbogen"]
    book = packed(bok=workbook({"A": [["Namn"], ["Sagsbogen"]]}))
    assert [row.values["name"] for row in read(book).rows] == ["Sagsbogen"]
    for data in (packed(a=table, b=table), packed(a=packed(b=table)), packed()):
        assert [each.code for each in read(data).problems] == ["packed"]


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return file.getvalue()


def test_sheets_with_the_same_headers_are_parts_of_one_list() -> None:
    head = ["Namn", "Leverantör", "Avtalsslut"]
    data = workbook({
        "2024": [["Avtal 2024"], head, ["Sagsbogen", "Exempel AB", "2024-12-31"]],
        "2025": [head, ["Tumstocken", "Exempel AB", "2025-12-31"], ["Flink", "Exempel AB", "2025-12-31"]],
        "Om": [["Namn", "Kommentar"], ["Listan", "gäller alla"]],
    })  # fmt: skip
    found = read(data)
    assert [row.values["name"] for row in found.rows] == ["Sagsbogen", "Tumstocken", "Flink"]
    assert [(each.code, each.found) for each in found.problems] == [("sheets_joined", "2025"), ("sheets_left", "Om")]
    one = propose_register(data, SYSTEMS, sheet="2024").profile
    assert [row.values["name"] for row in read_register(data, SYSTEMS, one).rows] == ["Sagsbogen"]


def test_what_is_wrong_on_one_of_several_sheets_names_the_sheet_and_the_row_in_it() -> None:
    head = ["Namn", "Leverantör", "Avtalsslut"]
    rows = {"2024": ["Sagsbogen", "i höstas"], "2025": ["Tumstocken", "i våras"]}
    data = workbook({
        year: [head, *[["Fler", "Exempel AB", f"{year}-12-31"]] * 2, [name, "Exempel AB", when], ["Summa", "", "2 st"]]
        for year, (name, when) in rows.items()
    })  # fmt: skip
    problems = [each for each in read(data).problems if each.line]
    assert [(each.line, str(each.line), each.code) for each in problems] == [
        (4, "4 (2024)", "bad_cell"), (4, "4 (2025)", "bad_cell"), (5, "5 (2024)", "total_row"),
        (5, "5 (2025)", "total_row"),
    ]  # fmt: skip
    assert "The cell on line 4 (2025), “i våras”, could not be read" in problems[1].sentence()
    told = json.loads(json.dumps(problems[1].as_json()))
    assert told["line"] == 4 and "line 4 (2025)" in told["message"]
    alone = read_register(data, SYSTEMS, propose_register(data, SYSTEMS, sheet="2025").profile).problems
    assert [str(each.line) for each in alone if each.line] == ["4", "5"]


def test_totals_and_headers_that_stand_again_are_no_things() -> None:
    rows = "A;10\nSystem;Årskostnad\nTotal Commander;5\nSumma;15 kr\nTotalt antal system: 2;\n"
    found = read(f"System;Årskostnad\n{rows}")
    assert [row.values["name"] for row in found.rows] == ["A", "Total Commander"]
    assert [(each.line, each.code) for each in found.problems] == [(5, "total_row"), (6, "total_row")]


def test_sheets_that_are_not_read_are_named() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, systems in {"Skola": ["Sagsbogen", "Tumstocken"], "Vård": ["Flink"], "Om listan": []}.items():
            sheet = book.add_worksheet(name)
            for line, each in enumerate([["Namn", "Leverantör"], *([system, "Exempel AB"] for system in systems)]):
                sheet.write_row(line, 0, each)
    found = read(file.getvalue())
    assert [row.values["name"] for row in found.rows] == ["Sagsbogen", "Tumstocken"]
    assert [(each.code, each.found, each.expected) for each in found.problems] == [("sheets_left", "Vård", "Skola")]


def test_one_letter_is_a_level_only_beside_others() -> None:
    assert fields("System;K;R;T", "Sagsbogen;2;3;1") == {
        "name": "Sagsbogen", "class_confidentiality": 2, "class_correctness": 3, "class_availability": 1,
    }  # fmt: skip
    assert fields("System;K;Pris", "Sagsbogen;2;") == {"name": "Sagsbogen"}


@pytest.mark.parametrize(("cell", "rank"), [
    ("1 - most critical", "4"), ("4 - not critical", "1"), ("4 Kritisk", "4"), ("missionCritical", "4"), ("3", "3"),
    ("Mellem", "2"),
])  # fmt: skip
def test_words_say_how_critical_whatever_number_stands_before_them(cell: str, rank: str) -> None:
    assert fields("System;Criticality", f"Sagsbogen;{cell}")["criticality"] == rank


@pytest.mark.parametrize(("header", "cell", "ore"), [
    ("Årskostnad (tkr)", "245,5", 24_550_000), ("Årskostnad tkr", "12", 1_200_000),
    ("Årskostnad", "1,2 mkr", 120_000_000),
    ("Årlig udgift (1.000 kr.)", "12", 1_200_000), ("Årlig udgift", "2,5 mio. kr.", 250_000_000),
    ("Årskostnad, Mkr", "2", 200_000_000), ("Annual cost", "1 200 kr", 120_000), ("Årskostnad", "300 tkr", 30_000_000),
])  # fmt: skip
def test_thousands_and_millions_of_kronor_are_read_as_what_they_are(header: str, cell: str, ore: int) -> None:
    assert fields(f"System;{header}", f'Sagsbogen;"{cell}"')["yearly_cost_ore"] == ore


@pytest.mark.parametrize(("cell", "ore"), [
    ("1 000 kr", 100_000), ("121 000 kr", 12_100_000), ("31.000 kr.", 3_100_000), ("1000 SEK", 100_000),
    ("1.200,- kr", 120_000), ("kr. 1.200,50", 120_050), ("12 000 kr/år", 1_200_000),
    ("12 000 kronor per år", 1_200_000),
])  # fmt: skip
def test_a_thousand_within_an_amount_is_no_scale_and_words_after_it_do_not_hide_it(cell: str, ore: int) -> None:
    assert fields("System;Årskostnad", f"Sagsbogen;{cell}")["yearly_cost_ore"] == ore


def test_what_is_paid_by_the_month_is_no_cost_a_year() -> None:
    assert read("System;Årskostnad\nSagsbogen;12 000 kr/mån\nFlink;5\n").rows[0].received == {
        "yearly_cost_ore": "12 000 kr/mån"
    }


@pytest.mark.parametrize(("header", "cell"), [
    ("Annual value (£)", "1200"), ("Annual value", "£1,200.00"), ("Annual value EUR", "12"), ("ANNUAL_VALUE_EUR", "12"),
    ("Annual value", "12 USD"),
])  # fmt: skip
def test_another_currency_is_never_taken_for_kronor_and_is_kept(header: str, cell: str) -> None:
    row = read(f'Contract;{header}\nDrift;"{cell}"\n', CONTRACTS).rows[0]
    assert row.values == {"name": "Drift"} and row.received == {header: cell}


OPTION = Field("option", "", "options", ())


@pytest.mark.parametrize(("header", "cell", "options"), [
    ("Option", "2 x 12 months", (2, 12, 0)), ("Option", "2x12 måneder", (2, 12, 0)), ("Option", "1+1 år", (2, 12, 0)),
    ("Option", "1 år + 1 år + 1 år", (3, 12, 0)), ("Option", "12+12 mån", (2, 12, 0)),
    ("Option", "1 + 2 år", (1, 36, 0)),
    ("Option", "24 mån", (1, 24, 0)), ("Optionsår", "2", (1, 24, 0)), ("Optionsår", "1+1", (2, 12, 0)),
    ("Option", "2 optioner à 6 månader", (2, 6, 0)), ("Option", "90 dagar", (1, 0, 90)),
    ("Option (år)", "1", (1, 12, 0)),
    ("Option", "12", (1, 12, 0)),
])  # fmt: skip
def test_options_are_as_many_and_as_long_as_is_written(header: str, cell: str, options: tuple[int, int, int]) -> None:
    assert reader_of(OPTION, header, [])(cell) == options


@pytest.mark.parametrize("cell", ["ja", "enligt avtal", "1 år och 90 dagar", "0", "2 x", "1+1 snurror"])
def test_what_is_no_option_is_none(cell: str) -> None:
    assert reader_of(OPTION, "Option", [])(cell) is None


@given(st.integers(1, 9), st.integers(1, 36))
def test_options_written_out_are_the_same_as_counted(times: int, months: int) -> None:
    read = reader_of(OPTION, "Option", [])
    assert read("+".join([str(months)] * times) + " mån") == read(f"{times} x {months} mån") == (times, months, 0)


@pytest.mark.parametrize(("cell", "users"), [
    ("1.200", (1200, 1200)), ("1 200", (1200, 1200)), ("250.0", (250, 250)), ("1.000-1.500", (1000, 1500)),
])  # fmt: skip
def test_a_mark_of_thousands_does_not_make_a_thousand_one(cell: str, users: tuple[int, int]) -> None:
    assert fields("System;Antal brugere", f"Sagsbogen;{cell}")["users"] == users


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
))  # fmt: skip
def test_no_json_makes_it_raise(value: Any) -> None:
    for register in (SYSTEMS, CONTRACTS, EQUIPMENT):
        read(json.dumps(value), register)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        # two-digit years: between slashes and dots they stand last, between dashes where only they can be years
        (("31.12.26", "01.06.27"), ("2026-12-31", "2027-06-01")),
        (("12/31/26", "6/1/27"), ("2026-12-31", "2027-06-01")),
        (("31-12-26", "01-06-27"), ("2026-12-31", "2027-06-01")),
        (("26-12-31", "27-06-01"), ("2026-12-31", "2027-06-01")),
        (("26-12-31", "27-06-30"), (None, None)),
        (("1/2/70", "31/12/69"), ("1970-02-01", "2069-12-31")),
        # months by name, and clocks as tools write them
        (("31 december 2026", "1. juni 2027"), ("2026-12-31", "2027-06-01")),
        (("31. maj 2026", "01-OKT-27"), ("2026-05-31", "2027-10-01")),
        (("Dec 31, 2026", "June 1st, 2027"), ("2026-12-31", "2027-06-01")),
        (("12/31/2026 12:00:00 AM", "06/01/2027 12:00:00 AM"), ("2026-12-31", "2027-06-01")),
        (("2026-12-31T00:00:00.000+02:00", "2027-06-01T00:00:00Z"), ("2026-12-31", "2027-06-01")),
        (("31 marsch", "31 vintermånad 2026"), (None, None)),
    ],
)
def test_a_day_is_read_as_its_column_writes_days_and_never_guessed(cells: Any, days: Any) -> None:
    wanted = next(each for each in CONTRACTS.fields if each.name == "end_date")
    reader = reader_of(wanted, "Slutdatum", cells)
    assert tuple(found and found.isoformat() for found in map(reader, cells)) == days


def test_one_late_row_says_which_number_is_the_day_for_all_of_them() -> None:
    rows = "".join(f"Contract {each};1/2/2026;2/3/2026\n" for each in range(400))
    found = read(f"Contract;Start date;End date\n{rows}Late;1/2/2026;12/31/2026\n", CONTRACTS).rows
    assert {each.values["start_date"] for each in found} == {date(2026, 1, 2)}
    assert found[0].values["end_date"] == date(2026, 2, 3)


def test_days_that_a_spreadsheet_wrote_as_numbers_are_read() -> None:
    assert fields("Avtal;Slutdatum", "Drift;46022", CONTRACTS)["end_date"] == date(2025, 12, 31)


def test_the_name_of_a_person_is_not_the_name_of_a_thing() -> None:
    row = "Eva Ek;Ritprogram;Exempel AB"
    assert fields("Full Name;Item name;Supplier", row, CONTRACTS)["name"] == "Ritprogram"
    assert fields("Kontaktperson navn;Navn på system;Leverandør", row)["name"] == "Ritprogram"


def test_a_table_of_one_column_names_things_in_it() -> None:
    found = read("domain\n1.example.org\n2.example.org\n")
    assert [row.values["name"] for row in found.rows] == ["1.example.org", "2.example.org"]


BARE = """12;Drift av elevregister;Exempel Data AB;2024-02-01;120000
13;Support av passersystem;Provdata ApS;2024-03-15;45000
14;Licenser för ritprogram;Kablaget Ltd;2025-01-01;9800
"""


def columns(data: str) -> dict[str, str]:
    return dict(propose_register(data.encode(), CONTRACTS).profile.fields)


def test_a_table_without_headers_loses_no_row_and_numbers_its_columns() -> None:
    assert columns(BARE) == {"name": "#2", "supplier": "#3"}
    found = read(BARE, CONTRACTS)
    assert [row.values["name"].split()[0] for row in found.rows] == ["Drift", "Support", "Licenser"]
    assert found.rows[0].received == {"#1": "12", "#4": "2024-02-01", "#5": "120000"}


def test_a_word_in_a_cell_does_not_make_headers_of_its_row() -> None:
    found = read("Nimetus;Selgitus\nRegister;Elevregister med betyg\nLink;MF Systems\n", SYSTEMS)
    assert [row.values["name"] for row in found.rows] == ["Register", "Link"]


def test_what_is_said_of_a_thing_is_not_its_name() -> None:
    assert columns("ContractID;SupplierID;ContractCycleTimeDays\nC1;S1;45\n") == {
        "number": "ContractID", "supplier": "SupplierID",
    }  # fmt: skip


def test_without_a_header_that_says_so_the_supplier_is_the_column_of_companies() -> None:
    rows = (
        "Avtal-ID;Avtal;Enligt avtal\n"
        + "A1;Drift;Exempel Data AB (publ)\nA2;Support;Provdata A/S\nA3;Nät;Lillköpings kommun\n"
    )
    assert columns(rows) == {"name": "Avtal", "number": "Avtal-ID", "supplier": "Enligt avtal"}
    assert "supplier" not in columns(rows.replace(" AB (publ)", "").replace(" A/S", ""))


@pytest.mark.parametrize(
    ("register", "headers", "placed"),
    [
        (CONTRACTS, "Aftalenavn;Aftalestart;Aftaleansvarlig", ["name", "start_date", "owner_name"]),
        (CONTRACTS, "Avtalets namn;Avtalsslut;Avtals nummer;Avtal löper ut", ["name", "end_date", "number", None]),
        (CONTRACTS, "Kontraktsnavn;Kontraktsansvarlig;Kontraktsbilag", ["name", "owner_name", None]),
        (SYSTEMS, "Systemnamn;Systemleverantör;Systembeskrivning;Enhetsnamn", ["name", "supplier", "purpose", None]),
        (EQUIPMENT, "Serialnumber;Purchasedate;Leasing slut;Enhetsmodell", [
            "serial", "purchase_date", "lease_end_date", "model",
        ]),
    ],
)  # fmt: skip
def test_words_put_together_or_taken_apart_are_the_same_header(register: Register, headers: str, placed: Any) -> None:
    empty = ";" * headers.count(";")
    found = propose_register(f"{headers}\n{empty}\nx{empty}\n".encode(), register).profile.fields
    assert [next((name for name, at in found.items() if at == header), None) for header in headers.split(";")] == placed


def test_an_amount_in_another_currency_than_kronor_is_kept_as_it_was_written() -> None:
    data = "Avtal;Värde;Valuta\nA;1000;SEK\nB;1000;EUR\nC;1000;\n"
    found = read(data, CONTRACTS)
    assert [row.values.get("ceiling_ore") for row in found.rows] == [1000_00, None, 1000_00]
    assert found.rows[1].received == {"ceiling_ore": "1000", "Valuta": "EUR"}
    assert [(each.line, each.code) for each in found.problems] == [(3, "bad_cell")]


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("3 mån före avtalets utgång", (3, 0)), ("90 dagar innan", (0, 90)), ("6 mdr. før udløb", (6, 0)),
        ("enligt avtal", None),
    ],
)  # fmt: skip
def test_a_period_of_notice_is_read_with_what_it_counts_back_from(cell: str, period: Any) -> None:
    wanted = next(each for each in CONTRACTS.fields if each.name == "notice")
    assert reader_of(wanted, "Uppsägningstid", [cell])(cell) == period


@pytest.mark.parametrize(
    ("cell", "options"),
    [("Ja, 12 månader", (1, 12, 0)), ("Ja (2 x 12 mån)", (2, 12, 0)), ("Option 2 år", (1, 24, 0)), ("Ja", None)],
)
def test_an_option_is_read_behind_a_yes(cell: str, options: Any) -> None:
    wanted = next(each for each in CONTRACTS.fields if each.name == "option")
    assert reader_of(wanted, "Option", [cell])(cell) == options


def test_days_are_no_names_of_people_or_places() -> None:
    assert "responsible" not in propose_register(b"Serial;Last contact\nA1;2026-01-31\n", EQUIPMENT).profile.fields


@pytest.mark.parametrize(("headers", "row", "found"), [
    ("Fachverfahren;Beschreibung;Hersteller;Fachamt;Vertragsende;Jährliche Kosten;Anzahl Nutzer",
     "Aktenplan;Akten;Beispiel GmbH;Bauamt;31.12.2026;12.000,50;45",
     {"name": "Aktenplan", "purpose": "Akten", "supplier": "Beispiel GmbH", "used_by": ["Bauamt"],
      "contract_end_date": date(2026, 12, 31), "yearly_cost_ore": 1_200_050, "users": (45, 45)}),
    ("Systemnavn;Systemeier;Leverandør;Avdeling;Driftsmodell;Behandler personopplysninger;Kontrakt utløper",
     "Saksboka;Kari;Eksempel AS;Helse;Sky;Ja;31.12.2026",
     {"name": "Saksboka", "owner_name": "Kari", "supplier": "Eksempel AS", "used_by": ["Helse"], "hosting": "cloud",
      "personal_data": "yes", "contract_end_date": date(2026, 12, 31)}),
    ("Tietojärjestelmä;Kuvaus;Toimiala;Toimittaja;Henkilötietoja;Käyttöönotto",
     "Asiakirja;Asiat;Sosiaali;Esimerkki Oy;Kyllä;1.2.2010",
     {"name": "Asiakirja", "purpose": "Asiat", "used_by": ["Sosiaali"], "supplier": "Esimerkki Oy",
      "personal_data": "yes", "operational_date": date(2010, 2, 1)}),
    ("Nom de l'application;Éditeur;Direction;Données personnelles;Fin de contrat",
     "Dossier;Exemple;Finances;Oui;31/12/2026",
     {"name": "Dossier", "supplier": "Exemple", "used_by": ["Finances"], "personal_data": "yes",
      "contract_end_date": date(2026, 12, 31)}),
])  # fmt: skip
def test_columns_are_known_by_what_they_are_called_abroad(headers: str, row: str, found: dict[str, Any]) -> None:
    assert fields(headers, row) == found


def test_agreements_of_other_countries_are_read() -> None:
    found = fields("Contractnummer;Contractnaam;Leverancier;Ingangsdatum;Einddatum;Opzegtermijn;Verlengingsoptie",
                   "C-1;Beheer;Voorbeeld BV;01-02-2021;31-01-2025;3 maanden;2 x 12 maanden", CONTRACTS)  # fmt: skip
    assert found == {
        "number": "C-1", "name": "Beheer", "supplier": "Voorbeeld BV", "start_date": date(2021, 2, 1),
        "end_date": date(2025, 1, 31), "notice": (3, 0), "option": (2, 12, 0),
    }  # fmt: skip


@pytest.mark.parametrize(("header", "cell"), [
    # a person is not what they answer for, and a seller's contact not who answers here
    ("Objektägare förvaltning", "Eva Ek"), ("Kontaktperson leverantör", "Bo Bo"), ("Supplier contact", "Bo Bo"),
    # what is said of somebody is not their name
    ("Supplier phone", "070-1"), ("Vendor website", "exempel"), ("Supplier status", "active"), ("Agency name", "Skola"),
    # other days and amounts than the thing's own
    ("Project end date", "2026-01-31"), ("Support slutdatum", "2026-01-31"), ("Kostnad per användare", "120"),
    ("Kostnad/mån", "120"), ("Installation cost", "120"),
    ("Kostnad förvaltning", "120"), ("Total cost", "900"),
    # those who run it are not those who supply it, and a seller's address is no seller
    ("Hosting provider", "Exempel AB"), ("Kontaktuppgifter leverantör", "070-1"), ("Ägare förvaltning", "Eva Ek"),
    # how many there are is none of them
    ("Number of suppliers", "3"), ("Antal leverantörer", "3"),
    # a word in a long question says too little
    ("Has the vendor been told of the law on records", "yes"),
])  # fmt: skip
def test_what_a_header_only_mentions_is_not_taken_for_it(header: str, cell: str) -> None:
    row = read(f"System;{header}\nSagsbogen;{cell}\nFlink;{cell}\n").rows[0]
    assert row.values.keys() <= {"name", "used_by"} and (header == "Agency name" or row.received == {header: cell})


def test_days_and_amounts_deep_in_a_record_are_its_own_or_nobodys() -> None:
    period = {"startDate": "2021-02-01", "endDate": "2024-01-31"}
    record = {
        "tender": {"title": "Drift", "enquiryPeriod": {"startDate": "2020-09-01", "endDate": "2020-09-11"},
                   "items": {"unit": {"value": {"amount": "3"}}}},
        "awards": [{"suppliers": [{"id": "S1", "name": "Exempel AB"}]}],
        "contracts": [{"period": period, "value": {"amount": "900", "currency": "SEK"}}],
    }  # fmt: skip
    assert read(json.dumps([record]), CONTRACTS).rows[0].values == {
        "name": "Drift", "supplier": "Exempel AB", "start_date": date(2021, 2, 1), "end_date": date(2024, 1, 31),
        "ceiling_ore": 90_000,
    }  # fmt: skip


def test_a_column_with_nothing_in_it_gives_way_to_one_that_has() -> None:
    assert fields("Lokalt system navn;IT system navn", ";Sagsbogen") == {"name": "Sagsbogen"}


def test_digits_are_nobodys_name() -> None:
    assert fields("System;Supplier;Vendor", "Sagsbogen;10001;Exempel AB")["supplier"] == "Exempel AB"


def test_names_that_a_view_of_a_database_ends_in_a_zero_are_read() -> None:
    values = fields("Netbios_Name0,SerialNumber0,Manufacturer0", "PC-1,EX1,Exempel", EQUIPMENT)
    assert values == {"name": "PC-1", "serial": "EX1", "manufacturer": "Exempel"}


def test_of_several_things_in_one_cell_the_first_is_the_text_and_all_are_kept() -> None:
    row = read(json.dumps([["Title", "Supplier [Name|Address|Ref]"], ["Drift", "[Exempel Ltd|Street 1|NONE]"]]),
               CONTRACTS).rows[0]  # fmt: skip
    assert row.values == {"name": "Drift", "supplier": "Exempel Ltd"}
    assert row.received == {"supplier": "[Exempel Ltd|Street 1|NONE]"}
