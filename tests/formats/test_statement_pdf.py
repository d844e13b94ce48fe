"""The statement as a PDF that a screen reader can read, the same bytes every time."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from samsyn.formats.statement_pdf import Line, StatementPage, write_statement

AT = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)
PAGE = StatementPage(
    title="It-kostnad för Lundaskolan, mars 2026", author="Lillköping", language="sv",
    path=["Lillköping", "Lundaskolan", "mars 2026"], headline="I mars betalar Lundaskolan 84\u00a0338\u00a0kr för it",
    why="Det är 1\u00a0940\u00a0kr mer än i februari.", facts=[("249\u00a0134\u00a0kr", "hittills 2026")],
    lines_title="Det här betalar ni för", columns=("Tjänst", "Belopp"),
    lines=[Line("Elevdator", "220 stycken × 225 kr", "49\u00a0500\u00a0kr", "kan lämnas tillbaka", "good", 59)],
    total=("Tillsammans", "84\u00a0338\u00a0kr"), below_title="Enhet för enhet", below_columns=("Enhet", "Belopp"),
    below=[], influence_title="Det här kan ni påverka", influence=[], footer="Samsyn", page_of="Sida {page} av {pages}",
)  # fmt: skip


def test_the_file_says_it_is_pdf_ua_with_title_language_and_structure() -> None:
    made = write_statement(PAGE, AT)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang(sv)" in made
    assert b"/DisplayDocTitle true" in made
    assert "It-kostnad för Lundaskolan, mars 2026".encode() in made


def test_the_structure_holds_headings_and_a_real_table() -> None:
    made = write_statement(replace(PAGE, below=[("Norra", "1 kr")], influence=[("Elevdator", "Lämna tillbaka.")]), AT)
    found = re.findall(rb"/S ?/(\w+)", made)
    assert found.count(b"H1") == 1
    assert found.count(b"H2") == 3
    assert found.count(b"Table") == 2
    assert found.count(b"TH") == 4
    assert found.count(b"THead") == 2


def test_the_same_statement_makes_the_same_bytes() -> None:
    assert write_statement(PAGE, AT) == write_statement(PAGE, AT)
    assert write_statement(PAGE, AT) != write_statement(replace(PAGE, why="Annat."), AT)
    assert b"2026-04-07T09:30:00+00:00" in write_statement(PAGE, AT)


def test_words_are_words_and_never_typesetting() -> None:
    hostile = '#panic("x") $ * _ ] } \\ ` <a> @b // "quoted"'
    made = write_statement(replace(PAGE, headline=hostile, lines=[Line(hostile, hostile, "1 kr")]), AT)
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["Skolan 😀", "学校", "a\u0000b", "e\u0301cole\u202e", "Ábčđŋŧ Ελλάδα Школа"])
def test_a_letter_the_fonts_lack_never_stops_the_file(name: str) -> None:
    assert write_statement(replace(PAGE, headline=name), AT).startswith(b"%PDF")


def test_a_long_statement_runs_over_several_pages() -> None:
    made = write_statement(replace(PAGE, lines=list(PAGE.lines) * 60, facts=[]), AT)
    assert len(re.findall(rb"/Type ?/Page\b", made)) > 2
