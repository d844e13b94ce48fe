"""Registers with foreign column names: what is placed, what is kept as received, and that nothing makes it fall."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from samsyn.formats.register_table import RegisterFile, RegisterProfile, propose_register, read_register
from samsyn.formats.registers import SYSTEMS

SWEDISH = """Systemnamn;Beskrivning;Förvaltning;Systemägare;Leverantör;Avtal t.o.m.;Årskostnad;Personuppgifter;Moln
Fröken Flink;Elevregister;"Barn och utbildning, Kultur";Skolchefen;Exempel AB;2027-02-28;412 000 kr;Ja;ja
Tumstocken;Bygglov;Miljö och bygg;;;28.02.2027;1 234,50;nej;
"""
DANISH = """System ID,It-system,Formål,Bruges af,Systemejer,Leverandør,Kontraktudløb,Årlig udgift,Personoplysninger
12,Sagsbogen,Sager,Borgerservice,Chefen,Eksempel A/S,31-12-2026,"1.250.000,00",Ja
"""
ENGLISH = [{"Application": "Ledgerly", "Vendor": "Example Ltd", "End date": "2026-12-31", "PII": "yes", "Cost": 1200}]


def read(data: bytes | str, **fields: str) -> RegisterFile:
    raw = data.encode() if isinstance(data, str) else data
    profile = RegisterProfile(fields) if fields else propose_register(raw, SYSTEMS).profile
    return read_register(raw, SYSTEMS, profile)


def workbook(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Lista")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return file.getvalue()


def test_a_swedish_register_finds_its_fields_and_keeps_the_rest() -> None:
    file = read(SWEDISH)
    assert file.rows[0].values == {
        "name": "Fröken Flink", "purpose": "Elevregister", "used_by": ["Barn och utbildning", "Kultur"],
        "owner_name": "Skolchefen", "supplier": "Exempel AB", "contract_end_date": date(2027, 2, 28),
        "yearly_cost_ore": 41_200_000, "personal_data": "yes",
    }  # fmt: skip
    assert file.rows[0].received == {"Moln": "ja"} and file.unplaced == ("Moln",)
    assert file.rows[1].values["contract_end_date"] == date(2027, 2, 28)
    assert file.rows[1].values["yearly_cost_ore"] == 123_450 and file.rows[1].values["personal_data"] == "no"
    assert file.problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_danish_register_is_read_whatever_its_letters(encoding: str) -> None:
    found = read(DANISH.encode(encoding)).rows[0].values
    assert found["name"] == "Sagsbogen" and found["code"] == "12" and found["supplier"] == "Eksempel A/S"
    assert found["contract_end_date"] == date(2026, 12, 31) and found["yearly_cost_ore"] == 125_000_000


def test_an_english_list_of_json_is_read() -> None:
    found = read(json.dumps(ENGLISH)).rows[0].values
    assert found == {"name": "Ledgerly", "supplier": "Example Ltd", "contract_end_date": date(2026, 12, 31),
                     "personal_data": "yes", "yearly_cost_ore": 120_000}  # fmt: skip


def test_headers_below_a_title_in_a_workbook_are_found_with_excels_own_days() -> None:
    file = read(workbook([["Systemlista 2026"], [], ["Namn", "Avtalsslut"], ["Sagsbogen", date(2026, 12, 31)]]))
    assert file.rows[0].values == {"name": "Sagsbogen", "contract_end_date": date(2026, 12, 31)}


def test_a_cell_that_cannot_be_read_is_told_with_its_place_and_kept() -> None:
    file = read("Namn;Avtalsslut;Personuppgifter\nA;hösten 2027;kanske\nB;2027-02-30;nej\n", name="Namn",
                contract_end_date="Avtalsslut", personal_data="Personuppgifter")  # fmt: skip
    assert [(each.line, each.column, each.code, each.found) for each in file.problems] == [
        (2, 2, "bad_cell", "hösten 2027"), (2, 3, "bad_cell", "kanske"), (3, 2, "bad_cell", "2027-02-30"),
    ]  # fmt: skip
    assert file.rows[0].received == {"contract_end_date": "hösten 2027", "personal_data": "kanske"}


@pytest.mark.parametrize("word", ["", "-", "okänt", "N/A", "Vet ej", "?"])
def test_what_says_that_nothing_is_known_is_no_value(word: str) -> None:
    assert read(f"Namn;Systemägare\nA;{word}\n").rows[0].values == {"name": "A"}


def test_a_row_without_a_name_is_left_out_and_told() -> None:
    file = read("Namn;Leverantör\n;Exempel AB\nB;Exempel AB\n")
    assert [row.values["name"] for row in file.rows] == ["B"]
    assert [(each.line, each.severity, each.code) for each in file.problems] == [(2, "warning", "row_without_name")]


def test_a_name_too_long_is_cut_and_kept_whole_beside() -> None:
    file = read(f"Namn;Leverantör\n{'a' * 500};X\n")
    assert len(file.rows[0].values["name"]) == 160 and file.rows[0].received["name"] == "a" * 500
    assert [each.code for each in file.problems] == ["cell_cut"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("Leverantör;Avtalsslut\nExempel AB;2027-01-01\n", "column_missing"),
        ("Namn;Leverantör\n", "no_rows"),
        ("<html><body>Logga in</body></html>", ""),
        ("%PDF-1.7 ...", ""),
    ],
)
def test_a_table_without_systems_is_refused(data: str, code: str) -> None:
    errors = [each.code for each in read(data).problems if each.severity == "error"]
    assert errors and (not code or code in errors)


def test_a_null_character_that_no_database_takes_is_dropped() -> None:
    file = read(json.dumps([{"Namn": "Fröken\0 Flink", "Förvaltning": "Bygg\0;Miljö", "Moln": "j\0a"}]))
    assert file.rows[0].values == {"name": "Fröken Flink", "used_by": ["Bygg", "Miljö"]}
    assert file.rows[0].received == {"Moln": "ja"}


def test_a_saved_profile_reads_as_the_proposed_one() -> None:
    profile = propose_register(SWEDISH.encode(), SYSTEMS).profile
    again = RegisterProfile.from_json(json.loads(json.dumps(profile.as_json())))
    assert read_register(SWEDISH.encode(), SYSTEMS, again) == read(SWEDISH)


CELLS = st.lists(st.lists(st.text(max_size=12) | st.sampled_from(["Namn", "System", "Ägare", "2026-01-31", "1 200,50"]),
                          min_size=1, max_size=6), min_size=1, max_size=8)  # fmt: skip


@given(CELLS)
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = [["Namn", *(f"Kolumn {n}" for n in range(1, width))], *([*row, *[""] * (width - len(row))] for row in rows)]
    file = read(json.dumps(table))
    for row in file.rows:
        given_cells = [" ".join(cell.replace("\ufeff", "").replace("\0", "").split()) for cell in table[row.line - 1]]
        kept = {*row.values.values(), *row.received.values()}
        assert {cell for cell in given_cells if cell} <= kept


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    file = read(data)
    assert file.rows or any(each.severity == "error" for each in file.problems)


def test_real_tables_of_any_kind_are_read_or_refused_with_a_reason(shared_data: Path) -> None:
    read_in, seen = 0, 0
    for path in sorted((shared_data / "csv_xlsx").rglob("*")):
        if path.suffix in (".csv", ".json", ".xlsx", ".xls") and path.stat().st_size < 3_000_000:
            file = read(path.read_bytes())
            seen += 1
            read_in += bool(file.rows)
            assert file.rows or any(each.severity == "error" for each in file.problems), path
    assert seen > 50 and read_in > 5


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["-", "–", " - ", " till ", " til ", " to "]))
def test_an_interval_is_read_whatever_stands_between(first: int, second: int, between: str) -> None:
    least, most = sorted((first, second))
    rows = read(f"System;Antal användare\nA;{least}{between}{most}\nB;{least}\n").rows
    assert [row.values["users"] for row in rows] == [(least, most), (least, least)]


@pytest.mark.parametrize("cell", ["300-200", "många", "ca 200", "-5"])
def test_an_interval_that_is_none_is_kept_as_received(cell: str) -> None:
    row = read(f"System;Antal användare\nA;{cell}\nB;7\n").rows[0]
    assert "users" not in row.values and row.received == {"users": cell}


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("molnet", "cloud"), ("Molnet (SaaS)", "cloud"), ("Egen drift", "own"), ("Leverantören, Malmö", "supplier")],
)
def test_a_choice_is_read_from_its_first_words(cell: str, answer: str) -> None:
    assert read(f"System;Drift\nA;{cell}\n").rows[0].values["hosting"] == answer


def test_what_is_no_answer_to_a_choice_is_kept_as_received() -> None:
    row = read("System;Drift\nA;under bordet\nB;molnet\n").rows[0]
    assert "hosting" not in row.values and row.received == {"hosting": "under bordet"}
