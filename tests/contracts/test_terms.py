"""What was known of a contract's terms stays, with the moments it was known from and until."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

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


def change(contract: Contract, at: datetime = LATER, **told: Any) -> Contract:
    return operations.change_contract(contract=contract, told=told, known=contract.version, by="tests", at=at)


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
    return change(contract, supplier="Exempel AB", start_date=date(2027, 1, 1), end_date=date(2028, 12, 31))


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
