"""Load the contract catalogues that municipalities really have."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.contracts import operations, queries
from samsyn.contracts.models import Supplier
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers import CONTRACTS
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

GOTHENBURG = """Avtalsnummer_Original;Leverantörsnamn_Original;Leverantör_Organisationsnummer_Original;Avtalstyp;Beställningsgrupp;Delområden;Startdatum_Avtal;Slutdatum_Avtal;Slutdatum_Avtal_Max;Rangordning
G-12;Exempel Data AB;16 556224-8012;Ramavtal;IT;Bärbara_x000D_ datorer;2024-01-31 00:00:00;20261017;2028-10-17;1.0
G-12;Provdata AB;202100-2742;Ramavtal;IT;Bärbara datorer;2024-01-31 00:00:00;20261017;2028-10-17;2
G-13;EXEMPEL DATA AKTIEBOLAG;5562248012;Avtal;IT;Service;2024-02-31;hösten 2024;;
;;;;;;;;;
"""  # noqa: E501
WORKBOOKS = Path(__file__).parents[3] / "shared/data/contracts"


def load(place: Any, data: str | bytes, dry_run: bool = False) -> Loaded:
    data = data if isinstance(data, bytes) else data.encode()
    file = read_register(data, CONTRACTS, propose_register(data, CONTRACTS).profile)
    return operations.load_contracts(
        municipality=place, file=file, data=data, name="avtal.csv", by=personas.person(place, "controller"), at=AT,
        dry_run=dry_run,
    )  # fmt: skip


def count(loaded: Loaded) -> tuple[str, int, int, int]:
    return loaded.status, loaded.created, loaded.updated, loaded.unchanged


def test_several_suppliers_of_one_framework_stay_several_contracts_with_their_ranks(lillby: Any) -> None:
    assert count(load(lillby, GOTHENBURG)) == ("committed", 3, 0, 0)
    first, second = queries.contracts(kind="framework").contracts
    assert (first.number, first.name, first.ranking, second.ranking) == ("G-12", "Bärbara datorer", 1, 2)
    assert (first.start_date, first.end_date) == (date(2024, 1, 31), date(2026, 10, 17))
    # “at the longest until” is an option of two years
    assert (first.options, first.option_months) == (1, 24)


def test_all_spellings_of_a_supplier_are_one(lillby: Any) -> None:
    load(lillby, GOTHENBURG)
    assert [each.number for each in queries.suppliers()] == ["5562248012", "2021002742"]
    spelled = "Avtal;Leverantör;Orgnr\nA;Exempel data ab;\nB;Exempel Data AB (publ);165562248012\nC;X;556224-8012\n"
    load(lillby, spelled)
    assert Supplier.objects.count() == 2


def test_a_day_that_is_none_is_kept_as_it_was_written(lillby: Any) -> None:
    loaded = load(lillby, GOTHENBURG)
    found = queries.contracts(text="service").contracts[0]
    assert found.received == {"start_date": "2024-02-31", "end_date": "hösten 2024", "kind": "Avtal"}
    assert queries.outlook(found, AT.date()) is None
    assert [(each.line, each.found) for each in loaded.problems] == [(4, "2024-02-31"), (4, "hösten 2024")]


def test_the_same_catalogue_twice_adds_nothing_and_says_so(lillby: Any) -> None:
    load(lillby, GOTHENBURG)
    assert count(load(lillby, GOTHENBURG)) == ("duplicate", 0, 0, 3)


ALIKE = """Avtal;Leverantör;Startdatum;Slutdatum;Omfattning
Konsulter;Exempel Data AB;2024-01-01;2026-12-31;Nät
Konsulter;Exempel Data AB;2024-01-01;2027-12-31;Säkerhet
Konsulter;Exempel Data AB;2024-01-01;2026-12-31;Nät
"""


def test_rows_that_look_alike_but_say_other_things_are_all_kept_and_told(lillby: Any) -> None:
    loaded = load(lillby, ALIKE)
    assert count(loaded) == ("committed", 2, 0, 1)
    assert [(each.line, each.code, each.expected) for each in loaded.problems] == [
        (3, "alike", "2"), (4, "stands_twice", "2"),
    ]  # fmt: skip
    assert {each.received["Omfattning"] for each in queries.contracts().contracts} == {"Nät", "Säkerhet"}


def test_contracts_that_look_alike_are_known_again_whatever_their_order(lillby: Any) -> None:
    load(lillby, ALIKE)
    header, nets, security, _again = ALIKE.splitlines()
    assert count(load(lillby, "\n".join((header, security, nets)))) == ("duplicate", 0, 0, 2)
    later = "\n".join((header, nets.replace("2026", "2028"), security))
    assert count(load(lillby, later)) == ("committed", 0, 1, 1)
    assert {each.received["Omfattning"]: each.end_date.year for each in queries.contracts().contracts} == {
        "Nät": 2028, "Säkerhet": 2027,
    }  # fmt: skip


def test_what_a_period_of_notice_counts_back_from_is_kept_as_it_was_written(lillby: Any) -> None:
    load(lillby, "Avtal;Uppsägningstid\nA;3 mån före årsskifte\nB;6 mån\n")
    found = {each.name: (each.notice_months, each.received) for each in queries.contracts().contracts}
    assert found == {"A": (3, {"notice": "3 mån före årsskifte"}), "B": (6, {})}


def test_a_contract_without_a_name_is_called_by_its_supplier(lillby: Any) -> None:
    load(lillby, "Avtal;Avtal-ID;Leverantör\n;108;Exempel Gas AB\nSupport;109;Provdata AB\n")
    found = queries.contracts().contracts
    assert {(each.name, each.number) for each in found} == {("Exempel Gas AB", "108"), ("Support", "109")}


def test_a_later_catalogue_changes_what_it_says_otherwise(lillby: Any) -> None:
    load(lillby, "Avtalsnr;Avtal;Leverantör;Slutdatum\n1;Skrivare;Exempel AB;2026-12-31\n")
    later = "Avtalsnr;Avtal;Leverantör;Slutdatum;Ansvarig\n1;Skrivare och papper;Exempel AB;2027-12-31;Inköparen\n"
    assert count(load(lillby, later)) == ("committed", 0, 1, 0)
    found = queries.contracts().contracts[0]
    assert (found.name, found.end_date, found.owner_name) == ("Skrivare och papper", date(2027, 12, 31), "Inköparen")


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2019-06-01 - 2026-09-30", date(2019, 6, 1), date(2026, 9, 30)),
        ("2019-06-01–2026-09-30", date(2019, 6, 1), date(2026, 9, 30)),
        ("01.06.2019 til 30.09.2026", date(2019, 6, 1), date(2026, 9, 30)),
        ("hösten", None, None),
    ],
)
def test_a_term_in_one_cell_is_two_days(lillby: Any, cell: str, start: Any, end: Any) -> None:
    filler = "B;2020-01-01 - 2021-12-31\nC;2020-01-01 - 2021-12-31\n"
    load(lillby, f"Katalogen är inte fullständig;\nAvtal;Avtalstid\nA;{cell}\n{filler}")
    found = queries.contracts().contracts[0]
    assert (found.start_date, found.end_date) == (start, end)


def test_a_rank_is_found_in_the_middle_of_a_remark_and_the_remark_is_kept(lillby: Any) -> None:
    remark = "Rangordnat avtal Rang:3 Gräns då konkurrensutsättning inträder 1000000 kr"
    load(lillby, f"Avtal;Leverantör;Anmärkning\nDatorer;Exempel AB;{remark}\n")
    found = queries.contracts().contracts[0]
    assert found.ranking == 3 and found.received == {"ranking": remark}


def test_what_is_renewed_and_until_further_notice_is_understood(lillby: Any) -> None:
    load(
        lillby,
        "Avtal;Startdatum;Slutdatum;Uppsägningstid;Förlängs med\n"
        "A;2024-03-01;2027-02-28;6 månader;1 år\nB;2020-01-01;9999-12-31;90 dagar;\n",
    )
    first, second = queries.contracts().contracts
    assert (first.after, first.renewal_months, first.notice_months) == ("renews", 12, 6)
    assert first.next_date == date(2026, 8, 28) and first.next_step == "notice"
    assert (second.after, second.notice_days, second.next_date) == ("runs_on", 90, None)


def test_an_end_before_the_beginning_is_kept_beside_and_the_rest_of_the_file_loads(lillby: Any) -> None:
    loaded = load(lillby, "Avtal;Startdatum;Slutdatum\nA;2024-02-03;2023-12-31\nB;2024-02-03;2028-12-31\n")
    assert count(loaded) == ("committed", 2, 0, 0)
    assert [(each.line, each.code) for each in loaded.problems] == [(2, "ends_before_start")]
    first = queries.contracts().contracts[0]
    assert first.received == {"start_date": "2024-02-03", "end_date": "2023-12-31"} and first.end_date is None


def test_a_contract_is_tied_to_the_systems_it_names(lillby: Any) -> None:
    add_system(municipality=lillby, told={"name": "Tumstocken"}, by="tests", at=AT)
    loaded = load(lillby, "Avtal;System\nDrift;Tumstocken, Okända\n")
    found = queries.contracts().contracts[0]
    assert queries.systems_of(found) == ["S0001"] and found.received == {"systems": "Okända"}
    assert [each.code for each in loaded.problems] == ["system_unknown"]
    assert [each.pk for each in queries.about_system("S0001")] == [found.pk]


def test_the_accounts_a_contract_covers_are_read_and_what_names_none_is_kept_as_it_is(lillby: Any) -> None:
    loaded = load(lillby, "Avtal;Konton\nA;64, 7430-7439\nB;alla utom 64\n")
    assert [each.code for each in loaded.problems] == ["accounts_unclear"]
    first, second = queries.contracts().contracts
    assert (first.ledger_accounts, first.received) == ("64, 7430-7439", {})
    assert (second.ledger_accounts, second.received) == ("", {"ledger_accounts": "alla utom 64"})


def test_a_table_without_anything_that_names_a_contract_is_refused_with_its_headers(lillby: Any) -> None:
    loaded = load(lillby, "Färg;Form\nröd;rund\n")
    assert loaded.status == "refused" and loaded.problems[0].code == "column_missing"


def test_a_danish_workbook_of_contracts_loads_and_what_looks_like_one_twice_is_told_not_merged(lillby: Any) -> None:
    if not WORKBOOKS.exists():
        pytest.skip("the workbooks of ../shared/data/contracts are absent")
    loaded = load(lillby, (WORKBOOKS / "invalid_contract_example.xlsx").read_bytes())
    assert count(loaded) == ("committed", 5, 0, 0) and set(loaded.unplaced) == {"Id", "Bemærkning"}
    twice = queries.same(queries.contracts().contracts)
    assert [(first.number, then.number) for first, then in twice] == [("testkontrakt1", "")]
    assert count(load(lillby, (WORKBOOKS / "invalid_contract_example.xlsx").read_bytes()))[0] == "duplicate"


def test_the_command_prints_what_came_of_it(lillby: Any, tmp_path: Path) -> None:
    file = tmp_path / "avtal.csv"
    file.write_text(GOTHENBURG)
    out = StringIO()
    call_command("import_contracts", str(file), "--as", "controller", "-m", "lillby", "--json", "--dry-run", stdout=out)
    told = json.loads(out.getvalue())
    assert told["status"] == "dry-run" and told["created"] == 3 and told["rows"] == 3
    assert queries.tally(AT.date())["all"] == 0


def placed(data: str) -> dict[str, str]:
    return dict(propose_register(data.encode(), CONTRACTS).profile.fields)


def test_of_two_names_the_header_that_says_more_of_it_decides() -> None:
    head = "Contract Reference Number,Contract Title,Supplier Name,Start Date,End Date,Extension Period (months)\n"
    found = placed(head + "C1,Print,Sample plc,15/06/2022,14/06/2027,24\n")
    assert (found["number"], found["name"]) == ("Contract Reference Number", "Contract Title")
    found = placed("Ramavtal;Avtalsområde;Max förlängning t.o.m\nBemanning 2023;Bemanning;2028-12-31\n")
    assert found == {"name": "Ramavtal", "category": "Avtalsområde", "longest_date": "Max förlängning t.o.m"}


def test_a_record_within_a_record_becomes_columns_of_its_own(lillby: Any) -> None:
    add_system(municipality=lillby, told={"name": "Tumstocken"}, by="tests", at=AT)
    rows = [{"title": "Licenser", "vendor": {"name": "Exempel AB", "orgnr": "5562248012"}, "systems": ["Tumstocken"]}]
    load(lillby, json.dumps({"value": rows}))
    found = queries.contracts().contracts[0]
    assert found.supplier and (found.supplier.name, found.supplier.number) == ("Exempel AB", "5562248012")
    assert queries.systems_of(found) == ["S0001"]


def received(name: str) -> dict[str, str]:
    return next(dict(each["received"]) for each in queries.known_contracts() if each["name"] == name)


def test_two_spellings_of_one_organisation_number_are_one_supplier_and_load_twice_as_once(lillby: Any) -> None:
    rows = "A;Exempel Sverige AB;556224-8012\nB;Exempel AB;5562248012\nC;EXEMPEL Aktiebolag;\n"
    assert count(load(lillby, f"Avtal;Leverantör;Orgnr\n{rows}")) == ("committed", 3, 0, 0)
    assert [each.name for each in queries.suppliers()] == ["Exempel Sverige AB"]
    assert received("B") == {"supplier": "Exempel AB"}
    assert count(load(lillby, f"Avtal;Leverantör;Orgnr\n{rows}")) == ("duplicate", 0, 0, 3)


def test_a_number_beside_many_suppliers_is_none_of_theirs(lillby: Any) -> None:
    rows = "A;Exempel AB;556224-8012\nB;Provdata ApS;556224-8012\nC;Kablaget Ltd;556224-8012\n"
    loaded = load(lillby, f"Avtal;Leverantör;Organisationsnummer\n{rows}")
    assert [(each.code, each.expected) for each in loaded.problems] == [("number_of_many", "3")]
    assert sorted(each.name for each in queries.suppliers()) == ["Exempel AB", "Kablaget Ltd", "Provdata ApS"]
    assert received("A") == {"supplier_number": "5562248012"}
    assert count(load(lillby, f"Avtal;Leverantör;Organisationsnummer\n{rows}"))[1:] == (0, 0, 3)
