"""Every event that the product records has a sentence."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

import samsyn
from samsyn.costing.choices import Driver, Kind, Mode, NoVolume, Outcome, Standing, State
from samsyn.costing.imports import SHEETS
from samsyn.history.choices import FIELDS, SENTENCES, VALUES, field_name, sentence
from samsyn.notices.choices import State as Sent
from samsyn.organisation.choices import EntryKind, LineageKind, UnitKind
from samsyn.organisation.imports import SHEETS as ORGANISATION
from samsyn.people.choices import Role

AFTER = re.compile(r"after(?: \|)?=\s*\{([^}]*)\}")
RECORDED = re.compile(r'journal\.record\(\s*"(\w+)",\s*"(\w+)"')


def test_every_recorded_event_has_a_sentence_and_every_sentence_an_event() -> None:
    sources = [path.read_text() for path in Path(samsyn.__file__).parent.rglob("operations.py")]
    recorded = {pair for text in sources for pair in RECORDED.findall(text)}
    assert recorded == set(SENTENCES)


def test_every_sheet_of_a_cost_model_has_its_sentences() -> None:
    for sheet, (_part, columns) in SHEETS.items():
        for verb in ("add", "change", "remove", *(["end"] if "valid_until" in columns else [])):
            assert sheet not in sentence(verb, sheet, str), "the name of a sheet is no sentence"


def test_every_sheet_of_the_organisation_has_its_sentences() -> None:
    for sheet, (_naming, content) in ORGANISATION.items():
        for verb in ("add", *(["change"] if content else []), *(["end"] if "valid_until" in content else [])):
            assert sheet not in sentence(verb, sheet, str), "the name of a sheet is no sentence"


def test_every_column_that_an_event_can_hold_has_a_name() -> None:
    columns = {column for _part, columns in SHEETS.values() for column in columns}
    columns |= {column for naming, content in ORGANISATION.values() for column in (*naming, *content)}
    sources = [path.read_text() for path in Path(samsyn.__file__).parent.rglob("operations.py")]
    columns |= {name for text in sources for told in AFTER.findall(text) for name in re.findall(r'"(\w+)":', told)}
    nameless = {
        each for each in columns if each.removesuffix("_sv").removesuffix("_da").removesuffix("_en") not in FIELDS
    }
    assert not nameless
    assert field_name("price_kr", str) == "Price in kronor"
    assert field_name("included_da", str) == "Included, in Danish"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("role", Role), ("kind", UnitKind), ("kind", LineageKind), ("kind", Kind), ("entry_kind", EntryKind),
        ("outcome", Outcome), ("mode", Mode), ("standing", Standing), ("driver", Driver), ("no_volume", NoVolume),
        ("state", State), ("state", Sent),
    ],
)  # fmt: skip
def test_every_word_of_a_vocabulary_is_said_in_the_history_as_on_the_pages(field: str, words: Any) -> None:
    with override("en"):
        assert {value: str(label) for value, label in words.choices}.items() <= VALUES[field].items()
