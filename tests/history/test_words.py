"""Every event that the product records has a sentence."""

import re
from pathlib import Path

import samsyn
from samsyn.costing.imports import SHEETS
from samsyn.history.choices import ROWS, SENTENCES, sentence

RECORDED = re.compile(r'journal\.record\(\s*"(\w+)",\s*"(\w+)"')


def test_every_recorded_event_has_a_sentence_and_every_sentence_an_event() -> None:
    sources = [path.read_text() for path in Path(samsyn.__file__).parent.rglob("operations.py")]
    recorded = {pair for text in sources for pair in RECORDED.findall(text)}
    assert recorded == set(SENTENCES)


def test_every_sheet_of_a_cost_model_has_its_sentences() -> None:
    for sheet, (_part, columns) in SHEETS.items():
        for verb in ("add", "change", "remove", *(["end"] if "valid_until" in columns else [])):
            assert sheet not in sentence(verb, sheet, str), "the name of a sheet is no sentence"


def test_a_row_of_the_organisation_is_named_by_its_sheet() -> None:
    assert sentence("end", "Units", str) == "ended a row of Units"
    assert set(ROWS) == {"add", "change", "end"}
