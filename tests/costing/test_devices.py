"""What units pay for is counted from the devices they hold."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.core.periods import Period
from samsyn.core.refusals import Refusal
from samsyn.costing import operations, volumes
from tests import personas
from tests.equipment.lists import load
from tests.personas import AT

TODAY = AT.date()
APRIL = Period(2026, 4)


def count(place: Any, on: date = TODAY, **services: str) -> Any:
    return operations.count_devices(
        municipality=place, period=APRIL, services=services, on=on, source="utrustningslistan",
        by=personas.person(place, "controller"), at=AT,
    )  # fmt: skip


def test_devices_held_on_a_day_become_a_months_volumes_with_the_list_behind_them(lillby: Any) -> None:
    load(lillby)
    count(lillby, Elevdator="ED", computer="PC")
    assert volumes.volumes(lillby, APRIL) == {"ED": {"SÖDRA": 1}, "PC": {"NORRA": 1}}
    found = volumes.volume_of(lillby, APRIL, "PC", "NORRA")
    assert (found["source"], found["counted_on"]) == ("utrustningslistan", AT.date())
    item = volumes.items(lillby, APRIL, "PC", "NORRA")[0]
    assert (item["item"], item["since"]) == ("I1", date(2025, 8, 15))


def test_what_nobody_held_that_day_is_not_counted(lillby: Any) -> None:
    load(lillby)
    with pytest.raises(Refusal, match="nothing_counted"):
        count(lillby, date(2025, 8, 14), computer="PC")


def test_the_same_count_twice_is_loaded_once(lillby: Any) -> None:
    load(lillby)
    assert len(count(lillby, computer="PC")[0]) == 2 and count(lillby, computer="PC")[0] == []


def test_the_command_counts_on_the_last_day_before_the_month(lillby: Any) -> None:
    load(lillby)
    out = StringIO()
    call_command("count_devices", "2026-04", "computer=PC", "--as", "controller", "-m", "lillby", stdout=out)
    assert json.loads(out.getvalue()) == {"status": "committed", "batches": 2, "rows": 2}
    assert volumes.volume_of(lillby, APRIL, "PC", "NORRA")["counted_on"] == date(2026, 3, 31)


@pytest.mark.parametrize(("role", "kinds", "code"), [("head", "computer=PC", "not_allowed"),
                                                     ("controller", "computer", "kind_without_service")])  # fmt: skip
def test_a_count_that_may_not_or_cannot_be_is_refused(lillby: Any, role: str, kinds: str, code: str) -> None:
    load(lillby)
    with pytest.raises(Refusal, match=code):
        call_command("count_devices", "2026-04", kinds, "--as", role, "-m", "lillby", stdout=StringIO())
