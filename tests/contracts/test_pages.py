"""The pages of the contracts, as people meet them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samsyn.contracts import operations, queries
from samsyn.contracts.models import Contract
from samsyn.core.refusals import Refusal
from samsyn.people import operations as people
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, **told: Any) -> Any:
    return operations.add_contract(municipality=place, told=told, by="tests", at=AT)


def page(place: Any, address: str, code: str = "head") -> str:
    return browser(place, code).get(f"/lillby/{address}").content.decode()


RENEWED = {
    "start_date": date(2024, 3, 1), "end_date": date(2099, 2, 28), "after": "renews", "renewal_months": 12,
    "notice_months": 6,
}  # fmt: skip


def test_a_contract_says_by_when_to_decide_and_what_happens_otherwise(lillby: Any) -> None:
    found = add(lillby, name="Elevregister", **RENEWED)
    text = page(lillby, f"contracts/{found.code}/")
    assert "Elevregister: decide by 28 August 2098: give notice, or let it go on" in text
    assert "It is renewed and binds until 28 February 2100." in text
    # a month end that can be read two ways
    assert "Counted forward, notice on 31 August 2098" in text and "unlawful direct award" in text


def test_a_contract_whose_end_nobody_has_told_says_so(lillby: Any) -> None:
    found = add(lillby, name="Elevregister", start_date=date(2024, 3, 1))
    assert "nobody has said when it ends" in page(lillby, f"contracts/{found.code}/")


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "1 avtal, 0 att besluta om inom ett år"), ("da", "1 kontrakt, 0 at tage stilling til inden for et år"),
     ("en", "1 contract, 0 to decide about within a year")],
)  # fmt: skip
def test_the_list_says_how_many_wait(lillby: Any, language: str, words: str) -> None:
    add(lillby, name="Elevregister", **RENEWED)
    assert words in browser(lillby, "head", language).get("/lillby/contracts/").content.decode()


def test_the_year_shows_who_decides_what_by_when_and_the_money(lillby: Any) -> None:
    on = AT.date()
    add(lillby, name="Skrivare", end_date=on.replace(year=on.year + 1), yearly_cost_ore=41_200_000)
    add(lillby, name="Långt borta", end_date=on.replace(year=on.year + 9))
    found = queries.calendar(on)
    assert [each.name for each in found] == ["Skrivare"] and found[0].next_step == "end"
    assert queries.tally(on)["soon_ore"] == 41_200_000


def test_a_day_that_has_passed_is_reckoned_anew(lillby: Any) -> None:
    found = add(lillby, name="Skrivare", start_date=date(2024, 1, 1), end_date=date(2026, 12, 31), after="renews",
                renewal_months=12, notice_months=3)  # fmt: skip
    assert found.next_date == date(2026, 9, 30)
    assert operations.reckon(on=date(2026, 10, 1)) == 1
    found.refresh_from_db()
    # it does not end on the last of December: nobody has given notice in time
    assert (found.next_date, found.next_step, found.last_date) == (date(2027, 9, 30), "notice", date(2026, 12, 31))
    assert operations.reckon(on=date(2026, 12, 31)) == 0 and operations.reckon(on=date(2027, 1, 1)) == 1
    found.refresh_from_db()
    assert (found.next_date, found.last_date) == (date(2027, 9, 30), date(2027, 12, 31))


def test_what_was_once_reckoned_to_end_though_it_goes_on_is_reckoned_anew(lillby: Any) -> None:
    found = add(lillby, name="Skrivare", **RENEWED)
    Contract.objects.filter(pk=found.pk).update(next_date=date(2099, 2, 28), next_step="end")
    assert operations.reckon(on=date(2026, 10, 1)) == 1
    found.refresh_from_db()
    assert (found.next_date, found.next_step) == (date(2098, 8, 28), "notice")
    assert operations.reckon(on=date(2026, 10, 1)) == 0


def test_a_contract_that_nobody_ended_in_time_says_which_end_is_missed(lillby: Any) -> None:
    on = timezone.localdate()
    found = add(lillby, name="Skrivare", start_date=on, end_date=on + timedelta(30), after="renews", renewal_months=12,
                notice_months=3)  # fmt: skip
    operations.reckon(on=on)
    found.refresh_from_db()
    assert "Too late to end it on" in page(lillby, f"contracts/{found.code}/")
    assert found.next_step == "notice" and found.next_date > on + timedelta(30)
    assert [each.name for each in queries.calendar(on)] == ["Skrivare"]


def test_somebody_who_is_going_to_buy_finds_whom_to_ask_in_the_order_of_rank(lillby: Any) -> None:
    for name, rank in (("Provdata", 2), ("Exempeldata", 1)):
        add(lillby, name="Bärbara datorer", kind="framework", number="G-12", supplier=name, ranking=rank,
            end_date=date(2099, 1, 1), how="Ring först.")  # fmt: skip
    add(lillby, name="Gamla datorer", end_date=date(2020, 1, 1))
    text = page(lillby, "buy/?text=datorer")
    assert "2 agreements cover “datorer”" in text and "Ring först." in text and "Gamla" not in text
    assert text.index("Exempeldata") < text.index("Provdata")
    assert "No agreement is known to cover “flygplan”" in page(lillby, "buy/?text=flygplan")


def test_the_agreements_everybody_may_buy_from_stand_there_before_anybody_asks(lillby: Any) -> None:
    add(lillby, name="Bärbara datorer", kind="framework", end_date=date(2099, 1, 1))
    add(lillby, name="Drift av posten", end_date=date(2099, 1, 1))
    add(lillby, name="Gamla skärmar", kind="framework", end_date=date(2020, 1, 1))
    text = page(lillby, "buy/")
    assert "Bärbara datorer" in text and "Drift av posten" not in text and "Gamla skärmar" not in text
    # nor does a word that nobody wrote leave somebody with nothing
    text = page(lillby, "buy/?text=laptop")
    assert "No agreement is known to cover “laptop”" in text and "Bärbara datorer" in text


def test_where_to_buy_stands_at_the_top_for_those_who_do_not_keep_the_books(lillby: Any) -> None:
    def menu(code: str) -> str:
        return page(lillby, "buy/", code).partition('id="menu"')[2].partition("</nav>")[0]

    assert 'href="/lillby/buy/" aria-current="page"' in menu("head") and "/lillby/buy/" not in menu("controller")


def test_the_list_names_who_has_accepted_and_says_of_a_typed_name_that_it_is_only_said(
    lillby: Any, django_assert_num_queries: Any
) -> None:
    taken = add(lillby, name="Avtal 00", owner_name="Någon Annan")
    add(lillby, name="Avtal 01", owner_name="Kim Skriven")
    head = personas.person(lillby, "head")
    duty = people.offer_duty(
        person=head, thing="contract", thing_key=taken.key, role="contract_owner", mandate="x", by="tests", at=AT
    )
    said = page(lillby, "contracts/")
    assert "Någon Annan" in said and said.count("claimed, not accepted") == 2
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    said = page(lillby, "contracts/")
    assert ">Head<" in said and "Någon Annan" not in said and said.count("claimed, not accepted") == 1
    client = browser(lillby, "head")
    with django_assert_num_queries(99, exact=False) as few:
        client.get("/lillby/contracts/")
    for number in range(10):
        add(lillby, name=f"Till {number}", owner_name="Kim Skriven")
    with django_assert_num_queries(len(few)):
        client.get("/lillby/contracts/")


def test_a_contract_somebody_has_accepted_to_answer_for_lacks_nobody(lillby: Any) -> None:
    taken, _ = add(lillby, name="Avtal 00"), add(lillby, name="Avtal 01")
    assert [each.name for each in queries.contracts(missing="owner").contracts] == ["Avtal 00", "Avtal 01"]
    head = personas.person(lillby, "head")
    duty = people.offer_duty(
        person=head, thing="contract", thing_key=taken.key, role="contract_owner", mandate="x", by="tests", at=AT
    )
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    assert [each.name for each in queries.contracts(missing="owner").contracts] == ["Avtal 01"]
    assert queries.tally(AT.date())["ownerless"] == 1


def test_a_new_contract_opens_with_what_it_is_and_a_kept_one_with_all_that_it_says(lillby: Any) -> None:
    new = page(lillby, "contracts/new/", "controller")
    assert "<summary>How it is ended</summary>" in new and "<summary>How long it holds</summary>" not in new
    found = add(lillby, name="Skrivare", end_date=date(2099, 1, 1), notice_months=3)
    kept = page(lillby, f"contracts/{found.code}/change/", "controller")
    assert "<summary>How it is ended</summary>" not in kept and "<summary>Money, and how to buy from it" in kept


def test_what_is_wrong_in_a_form_is_said_in_the_language_of_the_reader(lillby: Any) -> None:
    typed = {"name": "Skrivare", "yearly_cost_ore": "tolv tusen", "ledger_accounts": "abc"}
    page = browser(lillby, "controller", "sv").post("/lillby/contracts/new/", typed).content.decode()
    assert "”tolv tusen” är inte ett belopp" in page and "”abc” är inga konton" in page
    assert 'value="tolv tusen"' in page


def test_a_framework_warns_near_its_ceiling_and_stops_at_it(lillby: Any) -> None:
    frame = add(lillby, name="Datorer", kind="framework", ceiling_ore=100_00, end_date=date(2099, 1, 1))
    add(lillby, name="Avrop 0", kind="call_off", framework=frame.code, ceiling_ore=30_00)
    text = page(lillby, f"contracts/{frame.code}/").replace("\xa0", " ")
    assert "30 kr of 100 kr is called off; 70 kr is left." in text and "Its ceiling is near" not in text
    add(lillby, name="Avrop 1", kind="call_off", framework=frame.code, ceiling_ore=50_00)
    assert "Its ceiling is near" in page(lillby, f"contracts/{frame.code}/")
    add(lillby, name="Avrop 2", kind="call_off", framework=frame.code, ceiling_ore=20_00)
    assert "Its ceiling is reached" in page(lillby, f"contracts/{frame.code}/")
    assert queries.covering("datorer", AT.date()) == []
    with pytest.raises(Refusal, match="ceiling"):
        add(lillby, name="Avrop 3", kind="call_off", framework=frame.code, ceiling_ore=1_00)


def test_who_is_going_to_buy_sees_which_agreements_are_new_and_which_end_soon(lillby: Any) -> None:
    on = timezone.localdate()
    told: dict[str, Any] = {
        "Nya": {"start_date": on - timedelta(days=80), "end_date": on + timedelta(days=900)},
        "Snart": {"start_date": on - timedelta(days=900), "end_date": on + timedelta(days=170)},
        "Lugna": {"start_date": on - timedelta(days=100), "end_date": on + timedelta(days=190)},
        "Egna": {"end_date": on + timedelta(days=170), "after": "renews", "renewal_months": 12},
        "Öppna": {},
    }
    for name, days in told.items():
        add(lillby, name=f"{name} datorer", kind="framework", **days)
    for language, *said in (
        ("en", "new since", "ends on"),
        ("sv", "ny sedan", "slutar den"),
        ("da", "ny siden", "slutter"),
    ):
        page = browser(lillby, "head", language).get("/lillby/buy/?text=datorer").content.decode()
        rows = {re.findall(r"(\w+) datorer", row)[0]: row for row in page.split("<tr>")[2:]}
        assert rows.keys() == told.keys()
        assert [[name for name in rows if words in rows[name]] for words in said] == [["Nya"], ["Snart"]], language


def test_whoever_has_accepted_decides_and_who_is_only_named_is_a_claim(lillby: Any) -> None:
    on = timezone.localdate()
    for name in ("Skrivare", "Papper"):
        found = add(lillby, name=name, end_date=on + timedelta(200), owner_name="Inköparen")
    assert page(lillby, "contracts/year/").count("claimed, not accepted") == 2
    assert "For 2 of them nobody has accepted to decide." in page(lillby, "contracts/year/")
    head = personas.person(lillby, "head")
    duty = people.offer_duty(
        person=head, thing="contract", thing_key=found.key, role="contract_owner", by="tests", at=AT
    )
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    for address in ("contracts/year/", "buy/?text=papper", f"contracts/{found.code}/"):
        assert head.name in page(lillby, address), address
    assert page(lillby, "contracts/year/").count("claimed, not accepted") == 1


def test_nothing_is_called_off_what_has_ended(lillby: Any) -> None:
    frame = add(lillby, name="Datorer", kind="framework", end_date=date(2020, 1, 1))
    with pytest.raises(Refusal, match="has ended"):
        add(lillby, name="Avrop", kind="call_off", framework=frame.code)


def test_a_controller_writes_a_contract_and_a_wrong_number_stands_beside_its_field(lillby: Any) -> None:
    client = browser(lillby, "controller")
    told = {"name": "Skrivare", "kind": "contract", "after": "ends", "notice_to": "any_day", "supplier": "Exempel AB",
            "supplier_number": "556224-8013", "yearly_cost_ore": "12 000 kr"}  # fmt: skip
    answer = client.post("/lillby/contracts/new/", told)
    assert answer.status_code == 422 and "is no organisation number" in answer.content.decode()
    answer = client.post("/lillby/contracts/new/", {**told, "supplier_number": "16 556224-8012"}, follow=True)
    assert answer.redirect_chain == [("/lillby/contracts/A0001/", 302)]
    assert "5562248012" in answer.content.decode() and "12,000\u00a0kr a year" in answer.content.decode()


def test_accounts_that_are_none_are_told_beside_their_field(lillby: Any) -> None:
    client = browser(lillby, "controller")
    told = {"name": "Skrivare", "kind": "contract", "after": "ends", "notice_to": "any_day"}
    answer = client.post("/lillby/contracts/new/", {**told, "ledger_accounts": "64, datorer"})
    assert answer.status_code == 422 and "“datorer” names no accounts" in answer.content.decode()
    answer = client.post("/lillby/contracts/new/", {**told, "ledger_accounts": "64, 7430–7439"}, follow=True)
    assert "It covers the accounts 64, 7430–7439." in answer.content.decode()


def test_terms_that_cannot_be_are_told_in_a_sentence_and_nothing_typed_is_lost(lillby: Any) -> None:
    told = {"name": "Skrivare", "kind": "contract", "after": "renews", "notice_to": "any_day", "end_date": "2027-01-01"}
    answer = browser(lillby, "controller").post("/lillby/contracts/new/", told)
    text = answer.content.decode()
    assert answer.status_code == 422 and "It is renewed by 0 months" in text and 'value="2027-01-01"' in text


@pytest.mark.parametrize(("language", "words"), [
    ("sv", "Det slutar den 28 februari 2026, innan det börjar den 1 mars 2026."),
    ("da", "Den slutter den 28. februar 2026, før den begynder den 1. marts 2026."),
    ("en", "It ends on 28 February 2026, before it begins on 1 March 2026."),
])  # fmt: skip
def test_a_refusal_writes_days_as_the_pages_do(lillby: Any, language: str, words: str) -> None:
    told = {"name": "Skrivare", "kind": "contract", "after": "ends", "notice_to": "any_day",
            "start_date": "2026-03-01", "end_date": "2026-02-28"}  # fmt: skip
    answer = browser(lillby, "controller", language).post("/lillby/contracts/new/", told)
    said = answer.content.decode()
    assert answer.status_code == 422 and words in said


def test_two_who_write_at_once_both_learn_of_it(lillby: Any) -> None:
    found = add(lillby, name="Skrivare", category="Papper")
    operations.change_contract(contract=found, told={"category": "Toner"}, known=1, by="tests", at=AT)
    told = {"name": "Skrivare", "kind": "contract", "after": "ends", "notice_to": "any_day", "category": "Kontor"}
    answer = browser(lillby, "controller").post(f"/lillby/contracts/{found.code}/change/", {**told, "known": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "Toner" in text and "Kontor" in text


def test_who_may_not_write_is_told_so(lillby: Any) -> None:
    assert browser(lillby, "head").get("/lillby/contracts/new/").status_code == 403


def test_a_systems_page_shows_its_contracts(lillby: Any) -> None:
    add_system(municipality=lillby, told={"name": "Tumstocken"}, by="tests", at=AT)
    assert "Drift och underhåll" not in page(lillby, "systems/S0001/")
    add(lillby, name="Drift och underhåll", systems=["S0001"])
    assert "Drift och underhåll" in page(lillby, "systems/S0001/")
