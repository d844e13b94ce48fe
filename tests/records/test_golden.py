"""Every document word for word, as it stood when somebody last looked at it: ``make golden`` writes them anew.

All in them is invented. A kept version is the same file whenever it is taken, byte for byte.
"""

import os
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from samsyn.contracts.operations import add_contract
from samsyn.landscape.operations import write_integration
from samsyn.records import exports, operations, queries
from samsyn.records.choices import Kind
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def filled(lillby: Any) -> Any:
    """Four systems with something of everything, one that may not be named, a contract and a processor."""
    common: dict[str, Any] = {"municipality": lillby, "by": "tests", "at": AT}
    data = {
        "personal_data": "yes", "processing_purpose": "Skolgång", "legal_ground": "public_task", "third_country": "no",
        "data_subjects": "elever", "data_categories": "namn, omdömen", "recipients": "Skolverket",
        "erasure_limit": "två år efter avslutad skolgång", "security_measures": "behörighet", "processor": "Skyen AB",
        "supervision_date": date(2026, 3, 1), "hosting": "cloud", "information_class": {"confidentiality": 2},
    }  # fmt: skip
    kept = {"public_records": "yes", "archive_duty": "keep", "archive_reference": "KS 2019-14", "tasks": ["17.03.00"]}
    add_system(told={"name": "Eleverna", "purpose": "elever och betyg", "used_by": ["BUF"], **data, **kept}, **common)
    add_system(told={"name": "Diariet", "purpose": "ärenden", **kept}, **common)
    add_system(told={"name": "Larmet", **kept, "named_publicly": "no", "secrecy_provision": "OSL 18:8"}, **common)
    add_system(told={"name": "Kartan", "personal_data": "yes", "unknown": ["recipients"],
                     "unknown_of": ["recipients"]}, **common)  # fmt: skip
    write_integration(
        told={"from_code": "S0001", "to_name": "Skolverket", "data": "betyg", "often": "yearly"}, **common
    )
    write_integration(told={"from_code": "S0001", "to_code": "S0003", "data": "namn"}, **common)
    add_contract(told={"name": "Drift", "supplier": "Skyen AB", "kind": "processing", "end_date": date(2026, 12, 31),
                       "notice_months": 3, "yearly_cost_ore": 12_000_000}, **common)  # fmt: skip
    (processor,) = queries.processors("", AT.date()).values()
    operations.supervise(
        municipality=lillby, processor=processor, done_on=date(2025, 2, 1), next_on=date(2026, 2, 1), how="frågor",
        outcome="inget att anmärka", evidence="KS 2025-9", by=personas.person(lillby, "controller"), at=AT,
    )  # fmt: skip
    return lillby


def kept(place: Any, kind: str, language: str) -> Any:
    by = personas.person(place, "controller")
    return operations.keep(municipality=place, kind=kind, unit_code="", language=language, by=by, at=AT)


def words_of(document: Any) -> str:
    """Return all that a document says: the paper's words, then the workbook's cells."""
    paper = exports.paper(document)
    lines = [paper.title, paper.why, paper.footer]
    for section in paper.sections:
        lines += ["", section.heading, " | ".join(each.label for each in section.columns)]
        lines += [" | ".join(row) for row in section.rows]
    book = CalamineWorkbook.from_filelike(BytesIO(exports.document(document, "xlsx")))
    for name in book.sheet_names:
        lines += ["", f"[{name}]", *(" | ".join(map(str, row)) for row in book.get_sheet_by_name(name).to_python())]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["sv", "da"])
@pytest.mark.parametrize("kind", Kind.values)
def test_a_document_says_what_it_said(filled: Any, kind: str, language: str) -> None:
    path = GOLDEN / f"{kind}-{language}.txt"
    said = words_of(kept(filled, kind, language))
    if os.environ.get("SAMSYN_GOLDEN") == "write":
        path.write_text(said)
    assert said == path.read_text(), f"{path.name} says something else; if that is meant, run: make golden"


@pytest.mark.parametrize("kind", Kind.values)
def test_a_document_made_twice_is_the_same_bytes(filled: Any, kind: str) -> None:
    document = kept(filled, kind, "sv")
    for form in ("pdf", "xlsx"):
        first = exports.document(document, form)
        assert first == exports.document(queries.document_with_key(document.key), form), form
        assert len(first) > 1000


def test_no_golden_file_is_left_without_its_document() -> None:
    meant = {f"{kind}-{language}" for kind in Kind.values for language in ("sv", "da")}
    assert {path.stem for path in GOLDEN.glob("*.txt")} == meant


def test_a_golden_file_holds_no_day_of_its_making() -> None:
    days = re.compile(r"2026-11|november 2026")
    assert [path.name for path in GOLDEN.glob("*.txt") if days.search(path.read_text())] == []
