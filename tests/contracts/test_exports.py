"""The whole list as a file: nothing that is known is left out, and it is read back with nothing new in it."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override

from samsyn.contracts import operations, queries
from samsyn.contracts.choices import ANSWERS, KIND_WORDS, Kind, kind_in
from samsyn.contracts.models import Contract
from samsyn.contracts.queries import OWN
from samsyn.core.scoping import in_municipality
from samsyn.formats.ledger_table import key_of
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers import CONTRACTS
from samsyn.people.words import in_our_words
from samsyn.systems.operations import add_system
from tests import personas
from tests.contracts.test_load import ALIKE, GOTHENBURG, load
from tests.contracts.test_pages import add, browser
from tests.personas import AT

LANGUAGES = pytest.mark.parametrize("language", ["sv", "da", "en"])
TOLD: dict[str, Any] = {
    "name": "Elevregister", "number": "KS 2024/17", "kind": "contract", "category": "Skola",
    "supplier": "Exempel Data AB", "supplier_number": "556224-8012", "owner_name": "Skolchefen",
    "start_date": date(2024, 3, 1), "end_date": date(2027, 2, 28), "signed_date": date(2024, 2, 1),
    "after": "renews", "renewal_months": 12, "notice_months": 6, "notice_days": 10, "notice_to": "quarter",
    "irrevocable_date": date(2026, 2, 28), "options": 2, "options_used": 1, "option_months": 24,
    "option_notice_months": 3, "procure_months": 9, "yearly_cost_ore": 12_345_600, "ceiling_ore": 50_000_000,
    "ranking": 2, "how": "Fråga först; ring sedan", "ledger_accounts": "64, 7430-7439",
}  # fmt: skip
ENDLESS: dict[str, Any] = {
    "name": "Telefoni", "kind": "lease", "start_date": date(2024, 1, 1), "term_months": 36, "after": "runs_on",
    "notice_to": "half_year",
}  # fmt: skip
FOREIGN = """Avtal;Leverantör;Uppsägningstid;Avtalstyp;Slutdatum;System;Förlängs med
Drift;Provdata AB;3 mån före årsskifte;Ramavtal 2024;tills vidare;Okänt system;
Papper;Provdata AB;6 mån;Avtal;2027-12-31;;1 år
"""


def fill(place: Any) -> None:
    add_system(municipality=place, told={"name": "Procapita"}, by="tests", at=AT)
    add(place, **TOLD, systems=["S0001"])
    add(place, **ENDLESS)
    framework = add(place, name="Ramavtal datorer", kind="framework", ceiling_ore=100_00)
    add(place, name="Avrop 1", kind="call_off", framework=framework.code)
    for text in (GOTHENBURG, ALIKE, FOREIGN):
        load(place, text)


def file(place: Any, query: str = "", language: str = "en") -> str:
    answer = browser(place, "auditor", language).get(f"/lillby/contracts/contracts.csv{query}")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def read_back(place: Any, text: str) -> Loaded:
    data, register = text.encode(), in_our_words(CONTRACTS, ANSWERS)
    rows = read_register(data, register, propose_register(data, register).profile)
    return operations.load_contracts(municipality=place, file=rows, data=data, name="x.csv", by="tests", at=AT)


@LANGUAGES
def test_every_kind_is_read_back_as_our_lists_call_it(language: str) -> None:
    with override(language):
        labels = {kind: str(kind.label) for kind in Kind if kind != Kind.CONTRACT}
    assert {kind: kind_in(label) for kind, label in labels.items()} == {kind: kind for kind in labels}
    assert {key_of(label) for label in labels.values()} <= KIND_WORDS.keys()


@LANGUAGES
def test_the_file_is_read_back_with_nothing_new_in_it(lillby: Any, language: str) -> None:
    fill(lillby)
    loaded = read_back(lillby, file(lillby, language=language))
    assert (loaded.status, loaded.unchanged) == ("duplicate", Contract.objects.count())


@LANGUAGES
def test_another_municipality_that_reads_the_file_knows_all_of_it(lillby: Any, language: str) -> None:
    add_system(municipality=lillby, told={"name": "Procapita"}, by="tests", at=AT)
    told = [add(lillby, **TOLD, systems=["S0001"]), add(lillby, **ENDLESS)]
    load(lillby, FOREIGN)
    text = file(lillby, language=language)
    # beside what is ours: a number of another municipality, and systems it does not have
    ours = {"code", "systems"}
    before = {each.name: ({name: getattr(each, name) for name in OWN}, each.received.keys() - ours)
              for each in Contract.objects.all()}  # fmt: skip
    other = personas.municipality("storby", "Storby")
    with in_municipality(other):
        read_back(other, text)
        after = {each.name: ({name: getattr(each, name) for name in OWN}, each.received.keys() - ours)
                 for each in Contract.objects.all()}  # fmt: skip
        assert after == before and len(after) == 4
        found = queries.contracts(text=told[0].name).contracts[0].supplier
        assert found and (found.name, found.number) == ("Exempel Data AB", "5562248012")


def test_the_file_holds_what_the_list_was_asked_for(lillby: Any) -> None:
    fill(lillby)
    assert [line.split(";")[0] for line in file(lillby, "?missing=owner&text=drift").splitlines()[1:]] == ["Drift"]
    assert "Elevregister" not in file(lillby, "?missing=end") and "Telefoni" not in file(lillby, "?missing=end")


def test_the_command_writes_the_same_file(lillby: Any, tmp_path: Path) -> None:
    fill(lillby)
    call_command("export_contracts", str(tmp_path / "a.csv"), language="da", actor="auditor", municipality="lillby",
                 stdout=StringIO())  # fmt: skip
    assert (tmp_path / "a.csv").read_bytes().decode() == file(lillby, language="da")
