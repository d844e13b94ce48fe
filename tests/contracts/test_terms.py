"""What was known of a contract's terms stays, with the moments it was known from and until."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

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
