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
from tests import build, personas
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
    assert json.loads(out.getvalue()) == {"status": "committed", "batches": 2, "rows": 2, "problems": []}
    assert volumes.volume_of(lillby, APRIL, "PC", "NORRA")["counted_on"] == date(2026, 3, 31)


def test_a_count_of_an_approved_month_is_refused_with_what_to_do(lillby: Any) -> None:
    load(lillby)
    build.approved(lillby)
    stood, out = volumes.volumes(lillby, build.MARCH), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("count_devices", "2026-03", "Elevdator=PC", "--as", "controller", "-m", "lillby", stdout=out)
    told = json.loads(out.getvalue())
    assert ended.value.code == 1 and (told["status"], told["batches"]) == ("refused", 0)
    assert [each["code"] for each in told["problems"]] == ["month_approved", "month_approved"]
    assert "2026-03 is approved, and its volumes stay as they are. Leave" in told["problems"][0]["message"]
    assert volumes.volumes(lillby, build.MARCH) == stood


def test_a_workbook_that_grows_by_a_month_may_hold_approved_months_as_they_are(lillby: Any) -> None:
    build.approved(lillby)
    controller = personas.person(lillby, "controller")
    both = {"Volumes": [*build.volumes()["Volumes"], *build.volumes("2026-04")["Volumes"]]}
    batches, problems = operations.load_volumes(municipality=lillby, sheets=both, by=controller, at=AT)
    assert problems == [] and [each.first_period for each in batches] == ["2026-04"]
    both["Volumes"][0].cells["quantity"] = 4  # type: ignore[index]
    batches, problems = operations.load_volumes(municipality=lillby, sheets=both, by=controller, at=AT)
    assert (batches, [each.code for each in problems]) == ([], ["month_approved"])


def listed(place: Any, *items: str, **counts: int) -> Any:
    """Load a count of computers by unit, with the items of Norra skolan behind it."""
    sheets = personas.workbook(
        Volumes=[{"service": "PC", "unit": unit, "period": "2026-04", "quantity": n} for unit, n in counts.items()],
        Items=[{"service": "PC", "unit": "NORRA", "period": "2026-04", "item": item} for item in items],
    )
    return operations.load_volumes(municipality=place, sheets=sheets, by=personas.person(place, "controller"), at=AT)


def behind(place: Any) -> list[str]:
    return [row["item"] for row in volumes.items(place, APRIL, "PC", "NORRA")]


def test_a_list_does_not_stand_behind_another_number_that_was_counted_after_it(lillby: Any) -> None:
    listed(lillby, "I1", "I2", NORRA=2, IT=1)
    # another unit was put right: the list of this one is what it was
    listed(lillby, NORRA=2, IT=3)
    assert behind(lillby) == ["I1", "I2"]
    listed(lillby, NORRA=3, IT=3)
    assert behind(lillby) == []
    # the same list once more, by itself: now it is said of the new number
    assert len(listed(lillby, "I1", "I2")[0]) == 1 and behind(lillby) == ["I1", "I2"]
    assert listed(lillby, "I1", "I2")[0] == []


def test_a_list_that_comes_again_with_a_new_number_stands_behind_it(lillby: Any) -> None:
    listed(lillby, "I1", "I2", NORRA=3)
    listed(lillby, "I1", "I2", NORRA=2)
    assert behind(lillby) == ["I1", "I2"]


def test_a_list_may_come_before_its_count(lillby: Any) -> None:
    listed(lillby, "I1")
    listed(lillby, NORRA=1)
    assert behind(lillby) == ["I1"]
    listed(lillby, NORRA=2)
    assert behind(lillby) == []


@pytest.mark.parametrize(("role", "kinds", "code"), [("head", "computer=PC", "not_allowed"),
                                                     ("controller", "computer", "kind_without_service")])  # fmt: skip
def test_a_count_that_may_not_or_cannot_be_is_refused(lillby: Any, role: str, kinds: str, code: str) -> None:
    load(lillby)
    with pytest.raises(Refusal, match=code):
        call_command("count_devices", "2026-04", kinds, "--as", role, "-m", "lillby", stdout=StringIO())
