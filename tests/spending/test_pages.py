"""What was bought, what a system costs and which systems stand behind a service, as people meet it."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from samsyn.charging import operations as charging
from samsyn.contracts.operations import add_contract, change_contract, remove_contract
from samsyn.core.refusals import Refusal
from samsyn.costing import queries as costing
from samsyn.history.queries import changes_of_record
from samsyn.intake.operations import erase_expired_texts
from samsyn.ledger import operations as ledger
from samsyn.people import operations as people
from samsyn.people.rules import Access
from samsyn.people.words import told
from samsyn.spending import engine, operations, queries
from samsyn.systems.operations import add_system
from tests import build, personas
from tests.personas import AT

HEAD = '#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n#KONTO 6540 "Licenser"\n'
# account, cost centre, kronor, text: 9100 is the IT unit, 3100 Norra skolan
BOUGHT = [
    ("6540", "9100", 60_000, "Nordlånet Finans AB, licenser"), ("6540", "3100", 70_000, "Kablaget AB, kontakter"),
    ("6810", "3100", 5_000, "Utlägg enligt kvitto"), ("5000", "9100", 30_000, "Löner"),
]  # fmt: skip


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def page(place: Any, code: str, address: str = "spending/2026/", language: str = "en") -> str:
    answer = browser(place, code, language).get(f"/lillby/{address}")
    assert answer.status_code == 200, (answer.status_code, address)
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def month(place: Any, rows: list[tuple[str, str, int, str]] | None = None) -> Any:
    """Close March with a few purchases beside the worked example."""
    build.ready(place)
    controller, _ = build.access(place, "controller")
    approver, access = build.access(place, "approver")
    rows = rows or BOUGHT
    lines = [f'#TRANS {account} {{1 {centre}}} {kronor}.00 "" "{text}"' for account, centre, kronor, text in rows]
    lines.append(f"#TRANS 2440 {{}} {-sum(row[2] for row in rows)}.00")
    data = (HEAD + '#VER L 1 20260310 "Inköp"\n{\n' + "\n".join(lines) + "\n}\n").encode("cp437")
    loaded = ledger.load_file(municipality=place, data=data, name="inkop.se", by=controller, at=AT)
    assert loaded.status == "committed", loaded.summary
    run = charging.draft_run(municipality=place, period=build.MARCH, by=controller, at=AT)
    return charging.approve_run(run=run, access=access, by=approver, at=AT)


def agree(place: Any, supplier: str, **more: Any) -> Any:
    told_of = {"name": f"Avtal {supplier}", "supplier": supplier, "end_date": date(2027, 1, 1), **more}
    return add_contract(municipality=place, told=told_of, by="tests", at=AT)


def link(place: Any, system: Any, service: str = "MAIL", **more: Any) -> Any:
    given = {"valid_from": date(2026, 1, 1), **more}
    return operations.link(
        municipality=place, service=service, service_name="Konto", system=system.code, by="tests", at=AT, **given
    )


def sums(place: Any) -> engine.Sums:
    rows, _ = queries.bought(["2026-03"], queries.register(place))
    return engine.sums(rows, lambda row: "")[""]


def test_before_a_month_is_closed_the_page_says_how_it_comes(lillby: Any) -> None:
    assert "It comes with the first month that is approved" in page(lillby, "controller", "spending/")


def test_what_was_bought_and_what_was_not_are_all_it_cost_of_the_month(lillby: Any) -> None:
    run = month(lillby)
    agree(lillby, "Nordlånet Finans AB")
    rows, rest = queries.bought(["2026-03"], queries.register(lillby))
    found = engine.sums(rows, lambda row: "")[""]
    # the worked example's own rows name nobody: 100,01 kr of licences and a credit note of 7,03 kr
    assert (found.on, found.outside, found.unknown) == (60_000_00, 70_000_00, 5_000_00 + 100_01 - 7_03)
    assert rest == (30_000_00 + 200_00, 0)
    assert found.all + rest.pay == run.summary["in_scope_ore"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "44 % av it-inköpen 2026 gjordes på avtal"), ("da", "44 % af it-indkøbene i 2026 var på en aftale"),
     ("en", "Of what was bought for IT in 2026, 44% was on an agreement")],
)  # fmt: skip
def test_the_page_answers_how_much_was_on_agreements(lillby: Any, language: str, words: str) -> None:
    month(lillby)
    agree(lillby, "NORDLANET FINANS")
    assert words in page(lillby, "controller", language=language)


def test_an_agreement_that_comes_into_the_list_changes_the_answer_at_once(lillby: Any) -> None:
    month(lillby)
    assert sums(lillby).on == 0
    contract = agree(lillby, "Kablaget AB")
    assert sums(lillby).on == 70_000_00
    change_contract(contract=contract, told={"end_date": date(2026, 3, 9)}, known=1, by="tests", at=AT)
    assert sums(lillby).on == 0


def test_a_purchase_stays_on_the_terms_that_held_when_the_contract_is_written_anew(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", start_date=date(2024, 1, 1), end_date=date(2026, 3, 31))
    assert sums(lillby).on == 70_000_00
    later = {"start_date": date(2026, 4, 1), "end_date": date(2028, 3, 31)}
    change_contract(contract=contract, told=later, known=1, later_start="term", by="tests", at=AT)
    assert sums(lillby).on == 70_000_00
    # the newest terms speak of their own days: whoever says that it ended earlier is believed
    change_contract(contract=contract, told={"start_date": date(2024, 1, 1), "end_date": date(2026, 3, 9)}, known=2,
                    by="tests", at=AT)  # fmt: skip
    assert sums(lillby).on == 0


def test_a_purchase_before_a_first_day_that_was_wrong_is_outside(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", start_date=date(2024, 1, 1), end_date=date(2028, 3, 31))
    # the terms were written twice with the wrong day
    change_contract(contract=contract, told={"end_date": date(2028, 6, 30)}, known=1, by="tests", at=AT)
    assert sums(lillby).on == 70_000_00
    change_contract(contract=contract, told={"start_date": date(2026, 4, 1)}, known=2, later_start="mistake",
                    by="tests", at=AT)  # fmt: skip
    assert sums(lillby).on == 0


def test_a_first_day_nobody_had_told_is_no_new_term_once_it_is_told(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", end_date=date(2028, 3, 31))
    assert sums(lillby).on == 70_000_00
    change_contract(contract=contract, told={"start_date": date(2026, 4, 1)}, known=1, by="tests", at=AT)
    assert sums(lillby).on == 0


def test_a_purchase_stays_with_the_seller_and_the_accounts_that_were_agreed_then(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", start_date=date(2025, 1, 1), ledger_accounts="65")
    moved = {"supplier": "Provdata AB", "supplier_number": "", "start_date": date(2026, 4, 1), "ledger_accounts": "7"}
    change_contract(contract=contract, told=moved, known=1, later_start="term", by="tests", at=AT)
    assert sums(lillby).on == 70_000_00


def test_a_ceiling_that_was_reached_stays_reached_when_a_framework_is_made_again(lillby: Any) -> None:
    month(lillby)
    frame = agree(lillby, "Kablaget AB", kind="framework", ceiling_ore=80_000_00, start_date=date(2025, 1, 1))
    agree(lillby, "Provdata AB", kind="call_off", framework=frame.code, ceiling_ore=80_000_00,
          start_date=date(2026, 3, 9))  # fmt: skip
    again = {"start_date": date(2026, 4, 1), "ceiling_ore": 900_000_00}
    change_contract(contract=frame, told=again, known=1, later_start="term", by="tests", at=AT)
    assert sums(lillby).on == 0
    assert "The ceiling of the agreement was reached" in page(lillby, "controller")


def test_a_contract_that_was_listed_by_mistake_speaks_for_no_purchase(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", start_date=date(2025, 1, 1))
    change_contract(contract=contract, told={"start_date": date(2026, 4, 1)}, known=1, later_start="term",
                    by="tests", at=AT)  # fmt: skip
    assert sums(lillby).on == 70_000_00
    remove_contract(found=contract, known=2, by="tests", at=AT)
    assert sums(lillby).on == 0


def test_a_framework_whose_ceiling_is_called_off_covers_no_purchase_after(lillby: Any) -> None:
    month(lillby)
    frame = agree(lillby, "Kablaget AB", kind="framework", ceiling_ore=80_000_00)
    assert sums(lillby).on == 70_000_00
    agree(lillby, "Provdata AB", kind="call_off", framework=frame.code, ceiling_ore=80_000_00,
          start_date=date(2026, 3, 9))  # fmt: skip
    assert sums(lillby).on == 0
    assert "The ceiling of the agreement was reached" in page(lillby, "controller")


def test_a_ceiling_that_is_reached_by_what_is_booked_is_told_and_covers_no_need(lillby: Any) -> None:
    month(lillby)
    told_of = {"kind": "framework", "end_date": date(2099, 1, 1)}
    near = agree(lillby, "Nordlånet Finans AB", ceiling_ore=70_000_00, **told_of)
    frame = agree(lillby, "Kablaget AB", ceiling_ore=60_000_00, **told_of)
    # what was bought on the day it was reached is on it
    assert sums(lillby).on == 130_000_00
    found = page(lillby, "controller", f"contracts/{frame.code}/")
    assert "70,000 kr was bought on it" in found and "Its ceiling is reached" in found
    assert "85 % of it is taken." in page(lillby, "controller", f"contracts/{near.code}/")
    assert "No agreement is known to cover “kablaget”" in page(lillby, "head", "buy/?text=kablaget")
    assert "1 agreement covers “nordlånet”" in page(lillby, "head", "buy/?text=nordlånet")
    # what all units bought is not for somebody who sees one
    assert "was bought on it" not in page(lillby, "head", f"contracts/{frame.code}/")


def test_an_agreement_about_something_else_is_none(lillby: Any) -> None:
    month(lillby)
    contract = agree(lillby, "Kablaget AB", ledger_accounts="64, 7430-7439")
    assert sums(lillby).on == 0
    assert "The agreement is about something else" in page(lillby, "controller")
    assert "the agreement is about something else" in page(lillby, "controller", "spending/2026/rows/?kind=outside")
    change_contract(contract=contract, told={"ledger_accounts": "64, 6540"}, known=1, by="tests", at=AT)
    assert sums(lillby).on == 70_000_00


def test_texts_that_are_erased_name_nobody_any_more(lillby: Any) -> None:
    month(lillby)
    agree(lillby, "Kablaget AB")
    assert sums(lillby).on == 70_000_00
    erase_expired_texts(on=date(2036, 1, 1), by="tests", at=AT)
    assert (sums(lillby).on, sums(lillby).outside) == (0, 0)


def test_a_supplier_is_found_by_the_number_in_the_books(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    approver, access = build.access(lillby, "approver")
    agree(lillby, "Anders It", supplier_number="559999-2400")
    table = (
        "datum;konto_nr;belopp;leverantor;leverantor_id;verifikationsnummer;ansvar\n"
        "2026-03-04;6540;1000,00;Heter något annat;5599992400;9001;3100\n"
    )
    profile = {"name": "p", "fields": {
        "date": "datum", "account": "konto_nr", "amount": "belopp", "supplier": "leverantor",
        "supplier_id": "leverantor_id", "voucher": "verifikationsnummer", "responsibility": "ansvar"}}  # fmt: skip
    ledger.save_profile(municipality=lillby, code="p", content=profile, by=controller, at=AT)
    loaded = ledger.load_file(
        municipality=lillby,
        data=table.encode(),
        name="l.csv",
        by=controller,
        at=AT,
        profile_code="p",
        source_code="open",
    )  # fmt: skip
    assert loaded.status == "committed", loaded.summary
    run = charging.draft_run(municipality=lillby, period=build.MARCH, by=controller, at=AT)
    charging.approve_run(run=run, access=access, by=approver, at=AT)
    rows, _ = queries.bought(["2026-03"], queries.register(lillby))
    assert [(row.seller.by, row.ore) for row in rows if row.kind == "on"] == [("number", 1000_00)]


def test_a_manager_sees_what_the_own_unit_bought_and_nothing_else(lillby: Any) -> None:
    month(lillby)
    found = page(lillby, "head")
    assert "Kablaget" in found and "Nordlånet" not in found and "Pay (" not in found
    client = browser(lillby, "head")
    for unit in ("IT", "BUF", "LB", "?"):
        assert client.get(f"/lillby/spending/2026/?unit={unit}").status_code == 404, unit
    rows = page(lillby, "head", "spending/2026/rows/")
    assert "Kablaget" in rows and "Nordlånet" not in rows
    assert browser(lillby, "head").get("/lillby/spending/2026/vouchers/x/y/").status_code == 403
    assert "Kablaget" in page(lillby, "director") and "Nordlånet" not in page(lillby, "director")


def test_the_rows_behind_a_figure_come_page_by_page_and_are_exactly_it(lillby: Any) -> None:
    month(lillby)
    known = queries.register(lillby)
    where = queries.places(["2026-03"], build.access(lillby, "controller")[1])
    after, found = "", []
    while True:
        rows, after = queries.vouchers(["2026-03"], known, where, lambda row: True, after, 2)
        found += rows
        if not after:
            break
    assert len({row["at"] for row in found}) == len(found) == 5
    assert sum(row["amount_ore"] for row in found) == sums(lillby).all


def test_a_controller_opens_the_voucher_behind_a_row(lillby: Any) -> None:
    month(lillby)
    assert "vouchers/" in page(lillby, "controller", "spending/2026-03/rows/?kind=outside")
    (row,) = [
        row for table in costing.it_rows(costing.approved_runs(["2026-03"])) for row in table.to_pylist()
        if row["text"] == "Kablaget AB, kontakter"
    ]  # fmt: skip
    found = page(lillby, "controller", f"spending/2026/vouchers/{row['batch']}/{quote(row['voucher_key'])}/")
    assert "Kablaget" in found and "2440" in found and "Löner" not in found
    assert browser(lillby, "controller").get(f"/lillby/spending/2026/vouchers/{row['batch']}/x/").status_code == 404


def reason_address(place: Any, unit: str = "NORRA") -> str:
    rows, _ = queries.bought(["2026-03"], queries.register(place))
    seller = next(row.seller.key for row in rows if row.seller.name == "Kablaget AB")
    return f"/lillby/spending/2026/why/?unit={unit}&seller={seller}"


def test_a_large_purchase_outside_agreements_is_answered_with_a_reason_that_is_kept(lillby: Any) -> None:
    month(lillby)
    assert "no answer yet" in page(lillby, "head") and "/lillby/buy/?text=Kablaget" in page(lillby, "head")
    address, client = reason_address(lillby), browser(lillby, "head")
    assert "Why did Norra skolan buy of Kablaget AB" in client.get(address).content.decode()
    answer = client.post(address, {"why": "other", "comment": " ", "known": ""})
    assert answer.status_code == 422 and "Say in a few words" in answer.content.decode()
    client.post(address, {"why": "urgent", "comment": "Nätet låg nere", "known": ""})
    found = page(lillby, "controller")
    assert (
        "It could not wait. Nätet låg nere" in found
        and "no answer yet" not in found.split("Kablaget AB")[1].split("Nordlånet")[0]
    )
    client = browser(lillby, "head")
    late = client.post(address, {"why": "by_mistake", "comment": "", "known": ""})
    assert late.status_code == 409 and "Nätet låg nere" in late.content.decode()
    client.post(address, {"why": "by_mistake", "comment": "", "known": "1"})
    reason = next(iter(queries.reasons(["2026"]).values()))
    assert (reason.why, reason.version) == ("by_mistake", 2)
    history = told(changes_of_record(lillby.key, reason.key), str)
    assert [each["sentence"] for each in history] == ["said why it was bought outside agreements"] * 2


def test_a_reason_given_of_another_sum_says_so(lillby: Any) -> None:
    month(lillby)
    about = {"year": "2026", "unit_code": "NORRA", "seller_name": "Kablaget AB", "ore": 1_000_00,
             "seller_key": reason_address(lillby).rpartition("=")[2]}  # fmt: skip
    by = personas.person(lillby, "head")
    operations.give_reason(municipality=lillby, about=about, why="urgent", comment="", known=None, by=by, at=AT)
    assert "said of 1,000 kr" in page(lillby, "controller")


def test_only_those_of_the_unit_may_say_why(lillby: Any) -> None:
    month(lillby)
    address = reason_address(lillby)
    assert browser(lillby, "auditor").get(address).status_code == 404
    assert browser(lillby, "director").get(address).status_code == 200
    assert browser(lillby, "head").get(reason_address(lillby, "IT")).status_code == 404


def test_a_system_shows_what_is_booked_with_its_supplier_and_whether_that_is_certain(lillby: Any) -> None:
    month(lillby)
    mail = add_system(
        municipality=lillby, told={"name": "Posten", "supplier": "Kablaget AB", "yearly_cost_ore": 60_000_00},
        by="tests", at=AT,
    )  # fmt: skip
    found = page(lillby, "controller", f"systems/{mail.code}/")
    assert "70,000 kr was booked with its supplier" in found and "10,000 kr more is booked" in found
    assert ">this system’s alone<" in found and "known by name in the text of the entry" in found
    add_system(municipality=lillby, told={"name": "Växeln", "supplier": "KABLAGET"}, by="tests", at=AT)
    found = page(lillby, "controller", f"systems/{mail.code}/")
    assert "This supplier also delivers" in found and "Växeln" in found and "not this system’s alone" in found


def test_a_system_is_known_by_the_supplier_of_its_contract_too(lillby: Any) -> None:
    month(lillby)
    system = add_system(municipality=lillby, told={"name": "Lånet"}, by="tests", at=AT)
    agree(lillby, "Nordlånet Finans AB", systems=[system.code])
    assert "60,000 kr was booked with its supplier" in page(lillby, "controller", f"systems/{system.code}/")


def test_of_a_systems_money_a_manager_sees_the_own_units_and_its_owner_all(lillby: Any) -> None:
    month(lillby)
    told_of = {"name": "Lånet", "supplier": "Nordlånet Finans AB"}
    system = add_system(municipality=lillby, told=told_of, by="tests", at=AT)
    link(lillby, system)
    assert "60,000 kr was booked" not in page(lillby, "head", f"systems/{system.code}/")
    assert "Only the units whose statements you may see" in page(lillby, "head", f"systems/{system.code}/")
    assert "Södra" not in page(lillby, "head", f"systems/{system.code}/")
    head = personas.person(lillby, "head")
    duty = people.offer_duty(person=head, thing="system", thing_key=system.key, role="system_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    assert "60,000 kr was booked" in page(lillby, "head", f"systems/{system.code}/")


def test_what_units_pay_for_its_services_is_the_statements_own_sum(lillby: Any) -> None:
    run = month(lillby)
    system = add_system(municipality=lillby, told={"name": "Posten", "supplier": "Kablaget AB"}, by="tests", at=AT)
    link(lillby, system)
    access = build.access(lillby, "controller")[1]
    found = queries.money_of(lillby, system, lambda periods: queries.places(periods, access), False)
    moved = sum(found.moved.values())
    assert set(found.shared) == {"MAIL"} and {code for code, _ in found.moved} == {"MAIL"}
    assert moved == sum(ore for _, _, ore in found.paid)  # charged by actual cost
    assert 0 < moved < run.summary["in_scope_ore"]


def test_the_systems_behind_a_service_stand_where_a_unit_asks_why(lillby: Any) -> None:
    month(lillby)
    system = add_system(municipality=lillby, told={"name": "Posten"}, by="tests", at=AT)
    why = "what-we-pay/NORRA/2026-03/MAIL/why/"
    assert "The systems behind this service" not in page(lillby, "head", why)
    made = link(lillby, system)
    found = page(lillby, "head", why)
    assert "The systems behind this service" in found and f"/lillby/systems/{system.code}/" in found
    operations.end_link(link=made, valid_until=date(2026, 3, 1), known=1, by="tests", at=AT)
    assert "The systems behind this service" not in page(lillby, "head", why)


def test_a_system_is_said_to_stand_behind_a_service_and_no_longer(lillby: Any) -> None:
    month(lillby)
    system = add_system(municipality=lillby, told={"name": "Posten"}, by="tests", at=AT)
    address, client = f"/lillby/spending/systems/{system.code}/", browser(lillby, "controller")
    client.post(address, {"service": "MAIL", "valid_from": "2026-01-01"})
    (made,) = queries.links(system=system.code)
    again = client.post(address, {"service": "MAIL", "valid_from": "2026-02-01"})
    assert again.status_code == 422 and "already stands behind" in again.content.decode()
    assert client.post(address, {"service": "x", "valid_from": "2026-02-01"}).status_code == 422
    end = f"{address}{made.key}/"
    assert client.post(end, {"valid_until": "2026-01-01", "known": "1"}).status_code == 422
    assert client.post(end, {"valid_until": "2026-03-01", "known": "0"}).status_code == 409
    assert client.post(end, {"valid_until": "2026-03-01", "known": "1"}).status_code == 302
    assert queries.links(system=system.code, on=date(2026, 3, 1)) == []
    assert browser(lillby, "head").get(address).status_code == 403
    operations.link(
        municipality=lillby, service="MAIL", service_name="Konto", system=system.code, valid_from=date(2026, 3, 1),
        by="tests", at=AT,
    )  # fmt: skip
    assert len(queries.links(system=system.code)) == 2


def test_a_service_cannot_rest_on_a_system_that_is_not_there(lillby: Any) -> None:
    with pytest.raises(Refusal, match="system_unknown"):
        operations.link(
            municipality=lillby, service="MAIL", service_name="Konto", system="S9", valid_from=AT.date(), by="tests",
            at=AT,
        )  # fmt: skip


def test_what_is_late_about_a_system_stands_in_one_list(lillby: Any) -> None:
    system = add_system(municipality=lillby, told={"name": "Posten"}, by="tests", at=AT)
    agree(lillby, "Kablaget AB", end_date=date(2025, 1, 1), systems=[system.code])
    found = page(lillby, "controller", f"systems/{system.code}/")
    assert "ended on 1 January 2025, and the system is still in use" in found
    assert "Nobody has accepted to own it" in found and "questions have no answer" in found
    assert found.index("Nobody has accepted to own it") < found.index("What is it called?")


def test_a_day_that_no_contract_of_a_system_has_is_said(lillby: Any) -> None:
    told = {"name": "Posten", "contract_end_date": date(2099, 1, 1)}
    system = add_system(municipality=lillby, told=told, by="tests", at=AT)
    assert "no contract about it says so" not in page(lillby, "controller", f"systems/{system.code}/")
    agree(lillby, "Kablaget AB", end_date=date(2098, 1, 1), systems=[system.code])
    assert "the contract ends on 1 January 2099, and no" in page(lillby, "controller", f"systems/{system.code}/")
    agree(lillby, "Kablaget AB", end_date=date(2099, 1, 1), systems=[system.code])
    assert "no contract about it says so" not in page(lillby, "controller", f"systems/{system.code}/")


def test_the_number_of_questions_does_not_grow_with_what_was_bought(
    lillby: Any, django_assert_max_num_queries: Any
) -> None:
    month(lillby, BOUGHT + [("6540", "3100", 100, f"Firma Nr{n} AB, x") for n in range(60)])
    client = browser(lillby, "controller")
    client.get("/lillby/spending/2026/")
    with django_assert_max_num_queries(25):
        client.get("/lillby/spending/2026/")
    with django_assert_max_num_queries(25):
        client.get("/lillby/spending/2026/rows/")


def test_a_person_without_any_unit_sees_nothing() -> None:
    assert Access(1, frozenset(), AT.date()).scopes(queries.SEE) == []
