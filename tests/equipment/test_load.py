"""Load lists of devices that somebody else has written."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.equipment import queries
from samsyn.equipment.queries import Asked
from samsyn.formats.register_table import Loaded
from samsyn.history.queries import latest_changes
from tests.equipment.lists import FILE, HEAD, device, load
from tests.personas import AT

NEXT = AT + timedelta(days=30)


def count(loaded: Loaded) -> tuple[str, int, int, int]:
    return loaded.status, loaded.created, loaded.updated, loaded.unchanged


def held(serial: str) -> list[tuple[str, str, str, str]]:
    return [
        (each.user_name, each.unit_code, str(each.valid_from), str(each.valid_until or ""))
        for each in queries.holdings(device(serial), None)
    ]


def test_a_list_becomes_devices_and_nothing_of_it_is_lost(lillby: Any) -> None:
    loaded = load(lillby)
    assert count(loaded) == ("committed", 4, 0, 0) and loaded.unplaced == ("Stöldmärkt",)
    first = device("EX-1")
    assert (first.serial, first.asset_tag, first.kind, first.unit_code) == ("EX-1", "I1", "computer", "NORRA")
    assert (first.lease_end_date, first.lease_month_ore) == (date(2026, 6, 30), 31_000)
    assert (first.residual_ore, first.buy_out_ore, first.return_condition) == (45_000, 90_000, "Hel, med laddare")
    assert first.received == {"Stöldmärkt": "ja"}
    assert device("EX-2").unit_code == "NORRA" and device("EX-3").kind == "Elevdator"


def test_the_same_list_twice_adds_nothing_and_says_so(lillby: Any) -> None:
    load(lillby)
    assert count(load(lillby)) == ("duplicate", 0, 0, 4)


def test_a_later_list_adds_what_it_knows_and_an_empty_cell_takes_nothing(lillby: Any) -> None:
    load(lillby)
    loaded = load(lillby, "Serial number;Location;Primary user display name\nEX-1;Sal 4;\n")
    found = device("EX-1")
    assert count(loaded) == ("committed", 0, 1, 0)
    assert (found.site, found.user_name, found.model, found.version) == ("Sal 4", "Exempel Person 1", "Bok 14", 2)
    assert held("EX-1") == [("Exempel Person 1", "NORRA", "2025-08-15", "")]


def test_who_had_a_device_stands_beside_who_has_it(lillby: Any) -> None:
    load(lillby)
    load(lillby, "Serienummer;Användare;Enhet\nEX-1;Exempel Person 9;Södra skolan\nEX-2;Exempel Person 2;\n", at=NEXT)
    assert held("EX-1") == [
        ("Exempel Person 9", "SÖDRA", "2026-05-01", ""), ("Exempel Person 1", "NORRA", "2025-08-15", "2026-05-01"),
    ]  # fmt: skip
    assert held("EX-2")[0] == ("Exempel Person 2", "NORRA", "2026-05-01", "")


def test_a_day_of_handing_over_counts_when_somebody_new_has_it_and_never_before_the_last_one_got_it(
    lillby: Any,
) -> None:
    load(lillby)
    text = "Serienummer;Användare;Utlämnad\nEX-1;Exempel Person 9;2026-04-20\nEX-3;Exempel Person 8;2020-01-01\n"
    load(lillby, text, at=NEXT)
    assert held("EX-1")[0][2] == "2026-04-20" and held("EX-1")[1][3] == "2026-04-20"
    assert [each[2:] for each in held("EX-3")] == [("2024-01-10", ""), ("2024-01-10", "2024-01-10")]


def test_a_load_is_one_event_however_many_devices_it_changes(lillby: Any) -> None:
    load(lillby)
    newest = latest_changes(lillby.key)[0][1]
    assert (newest.verb, newest.record_type) == ("load", "devices")
    assert ("added", None, 4) in newest.fields
    assert not [each for _, each in latest_changes(lillby.key) if each.record_type == "device"]


def test_a_unit_that_is_unknown_is_told_once_and_kept_with_each_device(lillby: Any) -> None:
    loaded = load(lillby, "Serienummer;Enhet\nA1;Västra skolan\nA2;Norra skolan\nA3;Västra skolan\n")
    told = [(each.line, each.code, each.found, each.expected) for each in loaded.problems]
    assert told == [(2, "unit_unknown", "Västra skolan", "2")]
    assert device("A3").received == {"unit": "Västra skolan"} and device("A3").unit_code == ""


def test_what_is_no_serial_number_or_stands_twice_is_told(lillby: Any) -> None:
    text = "Serial Number;Model;Location\nTo be filled by O.E.M.;M;\nA1;M;\na1;N;Sal 2\n;M;\n"
    loaded = load(lillby, text)
    codes = [(each.line, each.code) for each in loaded.problems]
    assert codes == [(5, "row_without_name"), (2, "no_serial"), (4, "stands_twice")]
    assert (device("A1").model, device("A1").site) == ("M", "Sal 2")


def test_what_bears_no_serial_number_is_known_by_its_inventory_number_until_a_list_has_both(lillby: Any) -> None:
    loaded = load(lillby, "Serial number;Asset tag;Model\n;i7;Skärm 24\nDefault string;I8;Skärm 27\n")
    assert (loaded.created, loaded.problems) == (2, [])
    again = load(lillby, "Serial number;Asset tag;Location\nX7;I7;Sal 1\n;I8;Sal 2\n")
    assert (again.created, again.updated) == (0, 2)
    assert (device("X7").asset_tag, device("X7").site, device("I8").site) == ("I7", "Sal 1", "Sal 2")
    assert load(lillby, "Asset tag;Location\nI7;Sal 3\n").updated == 1 and device("X7").site == "Sal 3"


def test_what_bears_neither_is_known_by_its_name_unless_that_is_something_else(lillby: Any) -> None:
    hosts = "Computer Name;OS;Model\nPC-1;X;Bok 14\nPC-2;X;Bok 14\n"
    assert count(load(lillby, hosts)) == ("committed", 2, 0, 0)
    assert count(load(lillby, hosts)) == ("duplicate", 0, 0, 2)
    load(lillby, "Serienummer;Namn;Modell\nEX-7;PC-7;Bok 14\n")
    later = load(lillby, "Namn;Modell;Plats\nPC-7;Bok 14;Hus A\n")
    assert (count(later), device("EX-7").site) == (("committed", 0, 1, 0), "Hus A")
    assert count(load(lillby, "Namn;Modell\nPC-7;Skärm 24\n")) == ("committed", 1, 0, 0)
    listed = {each.serial: each.model for each in queries.devices(Asked(text="PC-7"), None).devices}
    assert listed == {"EX-7": "Bok 14", "PC-7": "Skärm 24"}


def test_a_lease_that_ends_before_it_begins_is_kept_as_received(lillby: Any) -> None:
    loaded = load(lillby, "Serial number;Lease start;Lease end\nA1;2026-05-01;2025-05-01\n")
    assert [each.code for each in loaded.problems] == ["lease_backwards"]
    assert device("A1").lease_end_date is None
    assert device("A1").received == {"lease_start_date": "2026-05-01", "lease_end_date": "2025-05-01"}


def test_a_kind_that_says_more_than_its_class_is_kept_as_received_too(lillby: Any) -> None:
    load(lillby, "Serial number;Device type\nA1;Laptop\nA2;PC\n")
    assert (device("A1").kind, device("A1").received) == ("computer", {"kind": "Laptop"})
    assert (device("A2").kind, device("A2").received) == ("computer", {})


def test_a_device_that_a_list_says_is_gone_is_gone_and_stays_so(lillby: Any) -> None:
    load(lillby)
    load(lillby, "Serienummer;Återlämnad\nEX-1;2026-03-01\nEX-2;2027-01-01\n", at=NEXT)
    gone = queries.devices(Asked(ended=True), None).devices
    assert [(each.serial, each.ended_as) for each in gone] == [("EX-1", "returned")]
    assert queries.holdings(gone[0], None)[0].valid_until == date(2026, 3, 1)
    assert device("EX-2").received == {"ended_date": "2027-01-01"}
    again = load(lillby, FILE.replace("Person 1;", "Person 7;"), at=NEXT)
    assert [(each.code, each.found) for each in again.problems] == [("ended_stands", "EX-1")]
    assert queries.tally(NEXT.date(), None)["all"] == 3


def test_a_dry_run_writes_nothing(lillby: Any) -> None:
    assert count(load(lillby, dry_run=True)) == ("dry-run", 4, 0, 0)
    assert queries.tally(AT.date(), None)["all"] == 0


def test_ten_thousand_devices_are_loaded_and_changed_with_questions_in_the_hundreds(
    lillby: Any, django_assert_max_num_queries: Any
) -> None:
    rows = [f"S{n:05d};Dator;Exempel Person {n};Norra skolan" for n in range(10_000)]
    head = "Serienummer;Typ;Användare;Enhet\n"
    with django_assert_max_num_queries(400):
        assert load(lillby, head + "\n".join(rows)).created == 10_000
    moved = "\n".join(rows).replace("Norra", "Södra")
    with django_assert_max_num_queries(1000):
        assert load(lillby, head + moved, at=NEXT).updated == 10_000
    assert queries.device_counts(NEXT.date()) == {("SÖDRA", "computer"): 10_000}
    assert queries.device_counts(AT.date()) == {("NORRA", "computer"): 10_000}


def test_the_command_prints_what_it_did(lillby: Any, tmp_path: Path) -> None:
    path, out = tmp_path / "list.csv", StringIO()
    path.write_text(FILE)
    call_command("import_equipment", str(path), "--as", "controller", "-m", "lillby", "--propose", stdout=out)
    told = json.loads(out.getvalue())
    names = ("status", "rows", "created", "updated", "unchanged", "unplaced")
    assert [told[name] for name in names] == ["committed", 4, 4, 0, 0, ["Stöldmärkt"]]


@pytest.mark.parametrize("role", ["head", "auditor"])
def test_who_may_not_write_loads_nothing(lillby: Any, tmp_path: Path, role: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD)
    with pytest.raises(Exception, match="not_allowed"):
        call_command("import_equipment", str(path), "--as", role, "-m", "lillby")
