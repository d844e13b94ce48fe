"""What a unit takes away holds the same figures as the page, in its language."""

import io
import json
import re
import zipfile
from typing import Any

import pytest

from samsyn.charging import exports
from samsyn.formats.workbook import read_sheets
from tests.charging import lundaskolan


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_the_pdf_is_tagged_in_its_language_and_the_same_every_time(language: str) -> None:
    made = exports.statement(lundaskolan.statement(), "pdf", language)
    assert made.startswith(b"%PDF")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"/Lang({language})".encode() in made
    assert made == exports.statement(lundaskolan.statement(), "pdf", language)
    assert b"2026-04-07T09:30:00" in made, "the only time in it is when the month was approved"


def test_the_workbook_holds_the_lines_as_numbers_that_add_up() -> None:
    sheets = read_sheets(exports.statement(lundaskolan.statement(), "xlsx", "en"))
    assert list(sheets) == ["Statement", "Change", "Facts"]
    *lines, total = sheets["Statement"]
    amounts = [row.cells["Amount, kr"] for row in lines]
    assert all(isinstance(amount, int | float) for amount in amounts)
    assert sum(amounts) == total.cells["Amount, kr"] == 84_338
    first = lines[0]
    assert [first.cells[name] for name in ("Service", "Quantity", "Price, kr", "Amount, kr")] == [
        "Pupil computer", 220, 225, 49_500,
    ]  # fmt: skip
    assert lines[-1].cells["What you may do"] == "paid with taxes"


def test_the_workbook_says_what_changed_and_it_adds_up() -> None:
    *changes, total = read_sheets(exports.statement(lundaskolan.statement(), "xlsx", "sv"))["Ändring"]
    assert [(row.text("Tjänst"), row.text("Orsak"), row.cells["Belopp, kr"]) for row in changes] == [
        ("Elevdator", "antal", 2700), ("Personaldator", "antal", -760),
    ]  # fmt: skip
    assert total.cells["Belopp, kr"] == 1940


def test_öre_are_kept_in_the_workbook() -> None:
    service = lundaskolan.service("PC", 3, None, 123_457, mode="cost")
    found = lundaskolan.statement(services=[service], total_ore=123_457, change=None, before_ore=None)
    sheets = read_sheets(exports.statement(found, "xlsx", "sv"))
    assert sheets["Räkning"][0].cells["Belopp, kr"] == 1234.57
    assert "inget att jämföra med" in sheets["Ändring"][0].text("Tjänst")


def test_a_name_that_looks_like_a_formula_is_text_in_the_workbook() -> None:
    service = lundaskolan.service("PC", 1, 225, name_en="=cmd|' /C calc'!A0")
    made = exports.statement(lundaskolan.statement(services=[service]), "xlsx", "en")
    assert read_sheets(made)["Statement"][0].text("Service") == "=cmd|' /C calc'!A0"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_unit_with_units_below_shows_them_in_the_pdf() -> None:
    above = lundaskolan.statement(
        below=[(lundaskolan.node("A", "Norra"), 500_000), (lundaskolan.node("B", "Södra"), 1)]
    )
    assert exports._page(above).below == [("Norra", "5\u00a0000\u00a0kr"), ("Södra", "0,01\u00a0kr")]
    tables = [
        len(re.findall(rb"/S ?/Table\b", exports.statement(found, "pdf", "sv")))
        for found in (lundaskolan.statement(), above)
    ]
    assert tables == [1, 2]


def test_json_is_utf8_and_in_whole_öre() -> None:
    found = json.loads(exports.statement(lundaskolan.statement(run=_sealed()), "json", "sv"))
    assert (found["total_ore"], found["lines"][0]["name"]) == (8_433_800, "Elevdator")


def _sealed() -> Any:
    run = lundaskolan.statement().run
    run.seal = "0" * 64
    return run
