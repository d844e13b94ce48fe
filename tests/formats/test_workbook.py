"""Workbooks come back as they went out; hostile ones are refused with a sentence."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from samsyn.core.refusals import Refusal
from samsyn.formats import workbook
from samsyn.formats.workbook import read_csv_sheet, read_sheets, write_sheets


def one(name: str, value: object) -> bytes:
    return write_sheets({"Blad": ([name], [[value]])})


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs"]), min_size=1))
def test_text_comes_back_as_it_went_out(text: str) -> None:
    found = read_sheets(write_sheets({"Blad": (["a", "b"], [[text, 1]])}))["Blad"][0]
    assert found.text("a") == text.replace("_x000D_", "").strip()


@pytest.mark.parametrize("attack", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_is_written_as_text(attack: str) -> None:
    data = one("a", attack)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Blad").to_python()[1] == [attack]


def test_days_and_whole_numbers_keep_their_kind() -> None:
    row = read_sheets(write_sheets({"B": (["d", "n"], [[date(2026, 2, 28), 12]])}))["B"][0]
    assert (row.day("d"), row.whole("n"), row.text("n"), row.line) == (date(2026, 2, 28), 12, "12", 2)


@pytest.mark.parametrize("text", ["2024-02-31", "hösten 2024", "31/12/2024"])
def test_a_day_that_is_none_is_refused_with_its_place(text: str) -> None:
    row = read_sheets(one("valid_from", text))["Blad"][0]
    with pytest.raises(Refusal) as refused:
        row.day("valid_from")
    sentence = refused.value.sentence()
    assert "Row 2" in sentence and "valid_from" in sentence and text in sentence


@pytest.mark.parametrize("data", [b"", b"<html>no</html>", b"PK\x03\x04broken", b"\0" * 100, one("a", "b")[:400]])
def test_what_is_no_workbook_is_said_so(data: bytes) -> None:
    with pytest.raises(Refusal, match="not_a_workbook"):
        read_sheets(data)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    monkeypatch.setattr(workbook, "CalamineWorkbook", None)
    with pytest.raises(Refusal, match="workbook_too_large"):
        read_sheets(bomb.getvalue())


def test_a_csv_sheet_is_read_whatever_its_mark() -> None:
    for mark in ",;":
        rows = read_csv_sheet(f"service{mark}unit\nPC{mark}Ö\n".encode("utf-8-sig"))
        assert [(row.text("service"), row.text("unit"), row.line) for row in rows] == [("PC", "Ö", 2)]
    with pytest.raises(Refusal, match="not_utf8"):
        read_csv_sheet("åäö".encode("cp437"))
