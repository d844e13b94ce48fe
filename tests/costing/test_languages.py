"""What units read of a service, in the reader's language or else the municipality's own."""

from typing import Any

import pytest

from samsyn.costing import imports, queries
from samsyn.costing.exports import model_workbook
from samsyn.costing.forms import RowForm
from samsyn.formats.workbook import SheetRow, read_sheets
from tests import build

ROW = {
    "name": "Surfplatta", "name_da": "Tablet", "plural": "surfplattor", "plural_da": "tablets",
    "included": "skalet", "included_da": "coveret", "excluded": "appar",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "language", "said"),
    [
        ("included", "da", "coveret"),
        ("included", "sv", "skalet"),
        ("included", "en", "skalet"),
        ("excluded", "da", "appar"),
        ("influence", "da", ""),
    ],
)
def test_a_text_is_read_in_the_readers_language_or_the_municipalitys_own(column: str, language: str, said: str) -> None:
    assert queries.text(ROW, column, language) == said


def test_several_are_called_in_the_language_of_the_name() -> None:
    assert [queries.plural(ROW, language) for language in ("sv", "da", "en")] == [
        "surfplattor",
        "tablets",
        "surfplattor",
    ]
    named = {**ROW, "name_en": "Tablet"}
    assert queries.plural(named, "en") == "", "no Swedish word in an English sentence"


def test_an_empty_language_leaves_no_trace_in_the_document_and_a_full_one_is_read_back() -> None:
    sheets = build.model()
    plain = imports.read_model(sheets)[0]
    empty = dict.fromkeys(("included_da", "unit_of_measure_en", "name_sv"), "")
    padded = {**sheets, "Services": [SheetRow(row.line, {**row.cells, **empty}) for row in sheets["Services"]]}
    assert imports.read_model(padded)[0] == plain
    spoken = {**plain, "services": [{**row, "included_da": "coveret"} for row in plain["services"]]}
    assert imports.read_model(read_sheets(model_workbook(spoken))) == (spoken, [])


def test_the_form_asks_for_the_other_languages_and_keeps_what_stands_in_the_own() -> None:
    def asked(own: str, **given: Any) -> set[str]:
        form = RowForm(content={}, part="services", own=own, initial=given)
        assert not {bound.name for _heading, fields in form.sections for bound in fields} & {"included_da", "name_sv"}
        return {bound.name for bound in form.languages}

    assert {"included_da", "included_en", "name_en"} <= asked("sv") and "name_sv" not in asked("sv")
    assert "name_sv" in asked("da") and "included_da" not in asked("da")
    assert "included_da" in asked("da", included_da="coveret")
