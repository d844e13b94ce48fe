"""The whole list as a file: nothing that is known is left out, and it is read back with nothing new in it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.core.scoping import in_municipality
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers import SYSTEMS
from samsyn.people.words import in_our_words
from samsyn.systems import operations, queries
from samsyn.systems.choices import ANSWERS, FURTHER_FIELDS, QUESTIONS
from samsyn.systems.models import ItSystemUsage
from tests import personas
from tests.personas import AT
from tests.systems.test_details import TOLD, browser
from tests.systems.test_load import load

LANGUAGES = pytest.mark.parametrize("language", ["sv", "da", "en"])
ANSWERED: dict[str, Any] = {
    **TOLD, "name": "Procapita", "former_names": ["Elevsys, gamla"], "purpose": "=1+1", "used_by": ["BUF", "IT"],
    "owner_name": "Skolchefen", "supplier": "Exempel AB", "yearly_cost_ore": 41_200_050, "personal_data": "yes",
    "operational_date": TOLD["class_date"], "contract_end_date": TOLD["supervision_date"],
}  # fmt: skip
FOREIGN = """System;Avtalsslut;Moln;Antal användare;Förvaltning;KLE
Fröken Flink;hösten 2027;ja;1200;BUF, Okänd enhet;27.35.04 Skolgång
Tumstocken;;nej;200–300;;
"""


def file(place: Any, query: str = "", language: str = "en") -> str:
    answer = browser(place, "auditor", language).get(f"/lillby/systems/systems.csv{query}")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def read_back(place: Any, text: str) -> Loaded:
    data, register = text.encode(), in_our_words(SYSTEMS, ANSWERS)
    rows = read_register(data, register, propose_register(data, register).profile)
    return operations.load_systems(municipality=place, file=rows, data=data, name="x.csv", by="tests", at=AT)


def held(code: str) -> dict[str, Any]:
    found = ItSystemUsage.objects.get(code=code)
    names = [each for each in (*QUESTIONS, *FURTHER_FIELDS) if each != "used_by"]
    own = {name: getattr(found.system if name == "supplier" else found, name) for name in names}
    return {**own, "former_names": queries.other_names(found), "received": found.received, "code": found.code}


@LANGUAGES
def test_the_file_is_read_back_with_nothing_new_in_it(lillby: Any, language: str) -> None:
    operations.add_system(municipality=lillby, told=ANSWERED, by="tests", at=AT)
    load(lillby, FOREIGN)
    unknown = {"name": "Platina", "unknown": ["owner_name", "contract_end_date", "users_from"],
               "unknown_of": ["owner_name", "contract_end_date", "users_from"]}  # fmt: skip
    operations.add_system(municipality=lillby, told=unknown, by="tests", at=AT)
    loaded = read_back(lillby, file(lillby, language=language))
    assert (loaded.status, loaded.unchanged) == ("duplicate", 4)


@LANGUAGES
def test_another_municipality_that_reads_the_file_knows_all_of_it(lillby: Any, language: str) -> None:
    operations.add_system(municipality=lillby, told=ANSWERED, by="tests", at=AT)
    load(lillby, FOREIGN)
    before, text = [held(code) for code in ("S0001", "S0002", "S0003")], file(lillby, language=language)
    other = personas.municipality("storby", "Storby")
    with in_municipality(other):
        personas.load_organisation(other)
        read_back(other, text)
        assert [held(code) for code in ("S0001", "S0002", "S0003")] == before


def test_the_file_holds_what_the_list_was_asked_for(lillby: Any) -> None:
    load(lillby, FOREIGN)
    assert "Tumstocken" in file(lillby, "?text=tum") and "Flink" not in file(lillby, "?text=tum")


def test_what_nobody_knows_is_not_what_nobody_has_answered(lillby: Any) -> None:
    told = {"name": "Platina", "unknown": ["owner_name"]}
    operations.add_system(municipality=lillby, told=told, by="tests", at=AT)
    heads, row = (line.split(";") for line in file(lillby, language="sv").removeprefix("\ufeff").splitlines())
    said = dict(zip(heads, row, strict=True))
    assert said["Vem som svarar för det"] == "okänt" and said["Leverantör"] == ""


def test_the_command_writes_the_same_file(lillby: Any, tmp_path: Path) -> None:
    load(lillby, FOREIGN)
    call_command("export_systems", str(tmp_path / "a.csv"), language="da", actor="auditor", municipality="lillby",
                 stdout=StringIO())  # fmt: skip
    assert (tmp_path / "a.csv").read_bytes().decode() == file(lillby, language="da")
