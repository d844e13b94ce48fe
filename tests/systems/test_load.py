"""Load a register of systems that somebody else has written."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers import SYSTEMS
from samsyn.systems import operations, queries
from tests import personas
from tests.personas import AT

FILE = """System;Beskrivning;Förvaltning;Ägare;Leverantör;Avtalsslut;Årskostnad;Personuppgifter;Moln
Fröken Flink;Elevregister;Barn och utbildning;Skolchefen;Exempel AB;2027-02-28;412 000;ja;ja
Tumstocken;Bygglov;Bygg;;;;;nej;nej
"""


def load(place: Any, text: str = FILE, dry_run: bool = False) -> Loaded:
    data = text.encode()
    file = read_register(data, SYSTEMS, propose_register(data, SYSTEMS).profile)
    return operations.load_systems(
        municipality=place, file=file, data=data, name="register.csv", by=personas.person(place, "controller"), at=AT,
        dry_run=dry_run,
    )  # fmt: skip


def count(loaded: Loaded) -> tuple[str, int, int, int]:
    return loaded.status, loaded.created, loaded.updated, loaded.unchanged


def test_a_register_becomes_systems_and_nothing_of_it_is_lost(lillby: Any) -> None:
    loaded = load(lillby)
    assert count(loaded) == ("committed", 2, 0, 0) and loaded.unplaced == ("Moln",)
    first, second = queries.systems().systems
    assert queries.how_known(first).missing == () and queries.users_of(first) == ["BUF"]
    assert first.received == {"Moln": "ja"}
    # “Bygg” is no unit here
    assert second.received == {"Moln": "nej", "used_by": "Bygg"}
    assert [(each.line, each.code, each.found) for each in loaded.problems] == [(3, "unit_unknown", "Bygg")]


def test_the_same_register_twice_adds_nothing_and_says_so(lillby: Any) -> None:
    load(lillby)
    assert count(load(lillby)) == ("duplicate", 0, 0, 2)


def test_a_later_register_adds_what_it_knows_and_an_empty_cell_takes_nothing(lillby: Any) -> None:
    load(lillby)
    loaded = load(lillby, "System;Ägare;Leverantör;Förvaltning\nTumstocken;Stadsarkitekten;;Norra skolan\n")
    assert count(loaded) == ("committed", 0, 1, 0)
    found = queries.systems(text="tumstocken").systems[0]
    assert (found.owner_name, found.purpose, queries.users_of(found)) == ("Stadsarkitekten", "Bygglov", ["NORRA"])


def test_several_rows_of_one_name_are_one_system_with_all_its_users(lillby: Any) -> None:
    loaded = load(lillby, "System;Enhet;Ägare\nMejl;Norra skolan;\nMEJL;Södra skolan;It-chefen\n")
    assert count(loaded) == ("committed", 1, 0, 1)
    found = queries.systems().systems[0]
    assert (found.owner_name, queries.users_of(found)) == ("It-chefen", ["NORRA", "SÖDRA"])
    assert [(each.line, each.code) for each in loaded.problems] == [(3, "stands_twice")]


def test_what_a_further_row_says_otherwise_is_kept_beside_as_it_was_written(lillby: Any) -> None:
    load(
        lillby,
        "System;Leverantör;Kostnad per år;Anm\nMejl;Exempel AB;1 000;a\nMejl;Provdata AB;1000;b\nMejl;X;2 tkr;a\n",
    )
    found = queries.systems().systems[0]
    assert found.yearly_cost_ore == 1_000_00
    assert found.received == {"Anm": "a; b", "supplier": "Provdata AB; X", "yearly_cost_ore": "2 tkr"}


def test_numbers_of_the_file_are_kept_and_one_that_cannot_be_is_told(lillby: Any) -> None:
    loaded = load(lillby, "ID;System\nS0001;Mejl\n;Kalender\na/b;Diarium\nnew;Karta\nS0001;Lön\n")
    assert count(loaded) == ("committed", 5, 0, 0)
    assert {each.name: each.code for each in queries.systems().systems} == {
        "Mejl": "S0001", "Kalender": "S0002", "Diarium": "S0003", "Karta": "S0004", "Lön": "S0005",
    }  # fmt: skip
    assert [each.code for each in loaded.problems] == ["bad_number"] * 3


def test_a_list_with_the_numbers_of_another_tool_changes_no_system_that_has_one_of_them(lillby: Any) -> None:
    load(lillby, "ID;System\n1;Mejl\n2;Kalender\n3;Diarium\n")
    foreign = "Id;System\n1;Karta\n2;Lön\n3;Diarium\n4;Växel\n"
    loaded = load(lillby, foreign)
    assert count(loaded) == ("committed", 3, 1, 0)
    found = {each.name: (each.code, each.received) for each in queries.systems().systems}
    assert [found[name][0] for name in ("Mejl", "Kalender", "Diarium")] == ["1", "2", "3"]
    assert found["Karta"][0] not in "1234" and found["Karta"][1] == {"code": "1"}
    told = [(each.line, each.code, each.found, each.expected) for each in loaded.problems]
    assert told == [(2, "foreign_numbers", "Karta", "Mejl")]
    assert count(load(lillby, foreign)) == ("duplicate", 0, 0, 4)


def test_a_list_with_our_own_numbers_renames_a_system(lillby: Any) -> None:
    load(lillby, "ID;System\n1;Mejl\n2;Kalender\n3;Diarium\n")
    loaded = load(lillby, "ID;System\n1;Posten\n2;Kalender\n3;Diarium\n")
    assert count(loaded) == ("committed", 0, 1, 2) and not loaded.problems
    assert {each.code: each.name for each in queries.systems().systems}["1"] == "Posten"


def test_a_dry_run_and_a_refused_file_write_nothing(lillby: Any) -> None:
    assert count(load(lillby, dry_run=True)) == ("dry-run", 2, 0, 0)
    crossed = load(lillby, "System;Ibrugtaget;Ended\nMejl;2026-01-01;2025-01-01\n")
    assert crossed.status == "refused" and crossed.problems[0].line == 2
    assert queries.tally()["all"] == 0


def test_the_command_prints_what_it_did(lillby: Any, tmp_path: Path) -> None:
    path, out = tmp_path / "register.csv", StringIO()
    path.write_text(FILE)
    call_command("import_systems", str(path), "--as", "controller", "-m", "lillby", "--propose", "--json", stdout=out)
    told = json.loads(out.getvalue())
    names = ("status", "rows", "created", "updated", "unchanged", "unplaced")
    assert [told[name] for name in names] == ["committed", 2, 2, 0, 0, ["Moln"]]
    assert told["problems"][0]["code"] == "unit_unknown"


@pytest.mark.parametrize("role", ["head", "auditor"])
def test_who_may_not_write_loads_nothing(lillby: Any, tmp_path: Path, role: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(FILE)
    with pytest.raises(Exception, match="not_allowed"):
        call_command("import_systems", str(path), "--as", role, "-m", "lillby")
    assert queries.tally()["all"] == 0
