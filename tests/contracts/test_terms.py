"""What was known of a contract's terms stays, with the moments it was known from and until."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from samsyn.contracts import operations, queries
from samsyn.contracts.models import Contract, ContractTerms
from samsyn.core.scoping import all_municipalities
from samsyn.formats.register_table import propose_register, read_register
from samsyn.formats.registers import CONTRACTS
from tests import personas
from tests.personas import AT

LATER = AT + timedelta(40)
LIST = """Avtal;Leverantör;Startdatum;Slutdatum
Skrivare;Provdata AB;2024-01-01;{}
Moln;Exempel AB;2024-01-01;2026-12-31
"""
# the example of RFC 9562, A.6, and the moment it tells
KEY, MADE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def add(place: Any, at: datetime = AT, **told: Any) -> Contract:
    return operations.add_contract(municipality=place, told={"name": "Skrivare", **told}, by="tests", at=at)


def change(contract: Contract, at: datetime = LATER, later_start: str = "", **told: Any) -> Contract:
    return operations.change_contract(
        contract=contract, told=told, known=contract.version, later_start=later_start, by="tests", at=at
    )


def known(contract: Contract) -> list[tuple[date | None, datetime, datetime | None]]:
    rows = ContractTerms.objects.filter(contract_key=contract.key).order_by("recorded_at", "pk")
    return [(each.end_date, each.recorded_at, each.superseded_at) for each in rows]


def load(place: Any, end: str, at: datetime = AT) -> Any:
    data = LIST.format(end).encode()
    file = read_register(data, CONTRACTS, propose_register(data, CONTRACTS).profile)
    by = personas.person(place, "controller")
    return operations.load_contracts(municipality=place, file=file, data=data, name="avtal.csv", by=by, at=at)


def test_an_edit_writes_another_row_and_the_old_one_stays(lillby: Any) -> None:
    first, then = date(2026, 12, 31), date(2027, 12, 31)
    contract = change(add(lillby, end_date=first), end_date=then)
    assert known(contract) == [(first, AT, LATER), (then, LATER, None)]


def test_an_edit_of_what_is_no_term_writes_none(lillby: Any) -> None:
    contract = change(add(lillby, end_date=date(2026, 12, 31)), name="Kopiering", how="Ring oss.")
    assert [row[1:] for row in known(contract)] == [(AT, None)]


def test_what_a_removed_contract_said_stays_and_is_known_no_longer(lillby: Any) -> None:
    contract = add(lillby, end_date=date(2026, 12, 31))
    operations.remove_contract(found=contract, known=1, by="tests", at=LATER)
    assert [row[1:] for row in known(contract)] == [(AT, LATER)]


def test_a_load_records_what_it_adds_and_what_it_changes_and_nothing_twice(lillby: Any) -> None:
    assert load(lillby, "2026-12-31").created == 2
    assert load(lillby, "2027-12-31", LATER).updated == 1
    ends = [[row[0] for row in known(each)] for each in Contract.objects.order_by("code")]
    assert ends == [[date(2026, 12, 31), date(2027, 12, 31)], [date(2026, 12, 31)]]


def test_terms_that_are_as_they_were_are_asked_about_at_once_and_not_written(
    lillby: Any, django_assert_num_queries: Any
) -> None:
    contracts = [add(lillby, end_date=date(2026, 12, number)) for number in (1, 2, 3)]
    with django_assert_num_queries(1):
        operations._record(contracts, LATER)
    assert ContractTerms.objects.count() == 3


def test_the_terms_are_those_that_were_known_at_a_moment(lillby: Any) -> None:
    contract = change(add(lillby, end_date=date(2026, 12, 31)), end_date=date(2027, 12, 31))
    second = timedelta(seconds=1)
    ends = [
        found.end_date if (found := queries.terms_known(contract, known_at)) else None
        for known_at in (AT - second, AT, LATER - second, LATER, LATER + timedelta(9000))
    ]
    assert ends == [None, date(2026, 12, 31), date(2026, 12, 31), date(2027, 12, 31), date(2027, 12, 31)]
    assert queries.known_since(contract) == AT


def test_a_contract_has_one_row_that_nothing_has_followed(lillby: Any) -> None:
    contract = add(lillby, end_date=date(2026, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractTerms.objects.create(municipality=lillby, contract_key=contract.key, recorded_at=LATER)


def test_contracts_from_before_are_known_since_they_were_last_written_about(lillby: Any) -> None:
    changed, silent = change(add(lillby, end_date=date(2026, 12, 31)), name="Kopiering"), add(lillby)
    ContractTerms.objects.all().delete()
    with all_municipalities():
        # as if nobody had ever said when
        Contract.objects.filter(pk=silent.pk).update(key=KEY)
        import_module("samsyn.contracts.migrations.0004_terms_as_recorded").record(apps, None)
    silent.refresh_from_db()
    assert known(changed) == [(date(2026, 12, 31), LATER, None)]
    assert [row[1:] for row in known(silent)] == [(MADE, None)]
    assert ContractTerms.objects.get(contract_key=changed.key).municipality == lillby


def bought_from(text: str, on: date) -> list[tuple[str, str, date | None]]:
    found = queries.covering(text, on)
    return [(one.code, one.terms.supplier.name if one.terms.supplier else "", one.last) for _, one in found]


def test_until_its_new_terms_begin_a_contract_is_bought_from_on_those_before(lillby: Any, renewed: Any) -> None:
    before = [("A0001/0", "Provdata AB", date(2026, 12, 31))]
    assert bought_from("skrivare", date(2024, 12, 31)) == []
    assert bought_from("skrivare", date(2025, 1, 1)) == bought_from("skrivare", date(2026, 12, 31)) == before
    assert [row[:2] for row in bought_from("skrivare", date(2027, 1, 1))] == [("A0001", "Exempel AB")]


def test_who_is_going_to_buy_is_told_from_when_new_terms_hold(lillby: Any) -> None:
    today = timezone.localdate()
    contract = add(lillby, supplier="Provdata AB", start_date=date(2025, 1, 1), end_date=today + timedelta(30))
    change(contract, later_start="term", supplier="Exempel AB", start_date=today + timedelta(31),
           end_date=today + timedelta(900))  # fmt: skip
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(lillby, "head"), "django.contrib.auth.backends.ModelBackend")
    text = client.get("/lillby/buy/", {"text": "skrivare"}).content.decode()
    assert "Provdata AB" in text and "on new terms from" in text and "Exempel AB" not in text


def test_a_first_day_that_was_wrong_never_held_so_nothing_is_bought_before_the_right_one(lillby: Any) -> None:
    contract = add(lillby, start_date=date(2025, 1, 1), end_date=date(2028, 12, 31))
    change(contract, later_start="mistake", start_date=date(2027, 1, 1))
    assert bought_from("skrivare", date(2026, 12, 31)) == []
    assert [code for code, *_ in bought_from("skrivare", date(2027, 1, 1))] == ["A0001"]


def test_a_framework_made_again_counts_what_was_called_off_before_on_the_terms_before(lillby: Any) -> None:
    told = {"kind": "framework", "start_date": date(2025, 1, 1), "end_date": date(2026, 12, 31), "ceiling_ore": 100_00}
    frame = add(lillby, supplier="Provdata AB", **told)
    for name, day, ore in (("Avrop 1", date(2025, 2, 1), 60_00), ("Avrop 2", date(2026, 12, 31), 40_00)):
        add(lillby, name=name, kind="call_off", framework=frame.code, ceiling_ore=ore, start_date=day)
    assert queries.called_off(frame) == 100_00
    again = change(frame, later_start="term", start_date=date(2027, 1, 1), end_date=date(2028, 12, 31))
    assert queries.called_off(again) == 0
    assert bought_from("skrivare", date(2026, 6, 1)) == []
    assert [code for code, *_ in bought_from("skrivare", date(2027, 1, 1))] == ["A0001"]
    add(lillby, name="Avrop 3", kind="call_off", framework=frame.code, ceiling_ore=70_00, start_date=date(2027, 1, 1))
    assert queries.called_off(again) == 70_00
    called = {code: sum(ore for _, ore in each) for _, code, *_, each in queries.agreed()}
    assert called == {"A0001/0": 100_00, "A0001": 70_00}


def test_a_list_that_tells_a_later_first_day_tells_a_new_term(lillby: Any) -> None:
    by = personas.person(lillby, "controller")
    for day, end, at in (("2024-01-01", "2026-12-31", AT), ("2025-06-01", "2027-12-31", LATER)):
        data = f"Dnr;Avtal;Startdatum;Slutdatum\n17;Skrivare;{day};{end}\n".encode()
        file = read_register(data, CONTRACTS, propose_register(data, CONTRACTS).profile)
        operations.load_contracts(municipality=lillby, file=file, data=data, name="a.csv", by=by, at=at)
    assert [code for code, *_ in bought_from("skrivare", date(2024, 6, 1))] == ["A0001/0"]
    assert not ContractTerms.objects.filter(was_wrong=True).exists()


def test_who_moves_the_first_day_is_asked_what_that_means_and_loses_nothing(lillby: Any) -> None:
    contract = add(lillby, start_date=date(2025, 1, 1), end_date=date(2028, 12, 31))
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(lillby, "controller"), "django.contrib.auth.backends.ModelBackend")
    address = f"/lillby/contracts/{contract.code}/change/"
    assert "What does the later first day mean?" not in client.get(address).content.decode()
    told = {"known": "1", "name": "Skrivare", "kind": "contract", "after": "ends", "notice_to": "any_day"}
    told |= {"start_date": "2026-01-01", "end_date": "2028-12-31", "how": "Ring oss."}
    answer = client.post(address, told)
    text = answer.content.decode()
    assert answer.status_code == 422 and "What does the later first day mean?" in text
    assert "Say whether a new term begins on the later first day, or the day was wrong." in text
    assert "Ring oss." in text and 'value="2026-01-01"' in text
    assert client.post(address, {**told, "later_start": "mistake"}).status_code == 302
    assert ContractTerms.objects.get(start_date=date(2025, 1, 1)).was_wrong


def stood(place: Any, contract: Contract, on: str, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, "head"), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/lillby/contracts/{contract.code}/", {"on": on} if on else {})
    assert answer.status_code == 200
    text = " ".join(answer.content.decode().replace("\xa0", " ").split())
    return text[text.index('<details id="stood"') :]


@pytest.fixture
def renewed(lillby: Any) -> Contract:
    """A contract that was written down on the first of April 2026, and anew with another supplier forty days later."""
    told = {"start_date": date(2025, 1, 1), "end_date": date(2026, 12, 31), "notice_months": 3, "after": "renews"}
    contract = add(lillby, supplier="Provdata AB", renewal_months=12, ledger_accounts="64", **told)
    then = {"start_date": date(2027, 1, 1), "end_date": date(2028, 12, 31)}
    return change(contract, supplier="Exempel AB", later_start="term", **then)


def test_a_contract_shows_how_it_stood_on_a_day_and_its_days_as_they_were_then(lillby: Any, renewed: Any) -> None:
    text = stood(lillby, renewed, "2026-05-10")
    assert "As it was known on 10 May 2026" in text
    assert "Provdata AB" in text and "Exempel AB" not in text
    for name, value in (
        ("Accounts it covers", "64"),
        ("First day", "1 January 2025"),
        ("Period of notice, months", "3"),
        ("What follows", "it is renewed"),
        ("Last day to give notice", "30 September 2026"),
    ):
        assert re.search(rf"<td[^>]*>{name}</td><td[^>]*>{value}</td>", text), name
    assert "If nobody does anything: It is renewed and binds until 31 December 2027." in text


def test_on_the_day_of_an_edit_what_was_written_last_is_shown(lillby: Any, renewed: Any) -> None:
    assert "Exempel AB" in stood(lillby, renewed, "2026-05-11")
    assert "Exempel AB" not in stood(lillby, renewed, "2026-05-10")


def test_of_a_day_before_it_was_written_down_nothing_is_shown(lillby: Any, renewed: Any) -> None:
    text = stood(lillby, renewed, "2026-03-31")
    assert "What it said on 31 March 2026 is not known here: its terms are kept since 1 April 2026." in text
    assert "Provdata AB" not in text and "As it was known" not in text


@pytest.mark.parametrize("day", ["2999-01-01", "2026-02-30", "hösten"])
def test_a_day_to_come_or_none_is_answered_with_what_to_do(lillby: Any, renewed: Any, day: str) -> None:
    text = stood(lillby, renewed, day)
    assert ("That day has not come yet: choose one up to today." in text) is (day == "2999-01-01")
    assert "field-wrong" in text and "As it was known" not in text


def test_nothing_is_looked_back_at_until_a_day_is_asked_for(lillby: Any, renewed: Any) -> None:
    text = stood(lillby, renewed, "")
    assert "field-wrong" not in text and "As it was known" not in text and '<details id="stood">' in text


def test_a_contract_whose_end_nobody_had_said_or_that_had_ended_says_so(lillby: Any) -> None:
    endless = change(add(lillby, start_date=date(2024, 1, 1)), end_date=date(2026, 5, 12))
    assert "Nobody had said when it ends." in stood(lillby, endless, "2026-05-10")
    assert "It had ended on 12 May 2026." in stood(lillby, endless, "2026-05-13")
    assert "It said nothing of time, money or supplier." in stood(lillby, add(lillby), "2026-04-01")


@pytest.mark.parametrize(("language", "words"), [("sv", "Som det var känt den 10 maj 2026"),
                                                 ("da", "Som det var kendt den 10. maj 2026")])  # fmt: skip
def test_how_it_stood_is_said_in_ones_own_language(lillby: Any, renewed: Any, language: str, words: str) -> None:
    assert words in stood(lillby, renewed, "2026-05-10", language)
