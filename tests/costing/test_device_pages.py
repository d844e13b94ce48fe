"""The controller's page that counts the devices of units as a month's volumes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from samsyn.charging import operations as charging
from samsyn.core.periods import Period
from samsyn.costing import operations, queries, volumes
from samsyn.history.queries import changes_of_record
from tests import build
from tests.build import MARCH
from tests.costing.test_pages import signed_in, words
from tests.equipment.lists import load
from tests.personas import AT, person

PAGE = "/lillby/model/devices/"
APRIL = Period.of(AT.date())
TOLD = {"period": "2026-03", "kind": ["Elevdator", "computer"], "service": ["PC", ""]}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the pages in English, and leave the next test the language it had."""
    with translation.override("en"):
        yield


@pytest.fixture
def counted(lillby: Any) -> Any:
    """Return a municipality with devices, a model, and volumes of March from elsewhere."""
    load(lillby)
    build.ready(lillby)
    return lillby


def test_a_kind_named_as_a_service_is_proposed_and_the_page_says_what_the_count_would_change(counted: Any) -> None:
    page = signed_in(counted, "controller").get(f"{PAGE}?period=2026-03")
    said = words(page)
    assert "Counting the devices changes 3 volumes of March 2026" in said
    assert "on the last day before it: 28 February 2026" in said
    # NORRA 5 and IT 2 had none of this kind that day, Södra skolan one
    assert "Elevdator 7 1 3" in said and "Södra skolan Elevdator 0 1" in said
    assert "had no unit that day" not in said
    assert "1 device had no unit that day" in words(signed_in(counted, "controller").get(f"{PAGE}?period=2026-05"))
    assert volumes.volumes(counted, MARCH)["PC"] == {"NORRA": 5, "IT": 2}


def test_the_count_is_taken_over_with_its_day_and_source_and_proposed_the_next_month(counted: Any) -> None:
    browser = signed_in(counted, "controller")
    told = {**TOLD, "service": ["MAIL", "PC"]}
    said = words(browser.post(PAGE, told, follow=True))
    assert "The devices are counted." in said or "The volumes of March 2026 are what units had" in said
    assert volumes.volumes(counted, MARCH) == {"MAIL": {"SÖDRA": 1}, "PC": {"NORRA": 1}}
    found = volumes.volume_of(counted, MARCH, "PC", "NORRA")
    assert (found["source"], str(found["counted_on"])) == ("utrustningslistan", "2026-02-28")
    batch = volumes.volume_batches(counted, MARCH)[-1]
    [change] = changes_of_record(counted.key, batch.key)
    assert change.actor_key == str(person(counted, "controller").key)
    proposed = queries.services_of_kinds(counted, ["Elevdator", "computer", "tablet"], queries.working_services(MARCH))
    assert proposed == {"Elevdator": "MAIL", "computer": "PC"}


def test_a_service_that_no_kind_counts_for_keeps_its_volumes(counted: Any) -> None:
    signed_in(counted, "controller").post(PAGE, TOLD)
    assert volumes.volumes(counted, MARCH)["MAIL"] == {"IT": 1, "NORRA": 3, "SÖDRA": 3}


def test_a_count_taken_again_after_another_list_was_loaded_holds_again(counted: Any) -> None:
    controller = person(counted, "controller")
    browser = signed_in(counted, "controller")
    browser.post(PAGE, TOLD)
    sheets = build.volumes()
    sheets["Volumes"] = [row for row in sheets["Volumes"] if row.cells["service"] == "PC"]
    operations.load_volumes(municipality=counted, sheets=sheets, by=controller, at=AT)
    assert volumes.volumes(counted, MARCH)["PC"] == {"NORRA": 5, "IT": 2}
    browser.post(PAGE, TOLD)
    assert volumes.volumes(counted, MARCH)["PC"] == {"SÖDRA": 1}
    assert "This very count stands already." in words(browser.post(PAGE, TOLD, follow=True))


@pytest.mark.parametrize(("told", "sentence"), [
    ({**TOLD, "service": ["", ""]}, "Which service does each kind of device count for?"),
    ({**TOLD, "service": ["NONE", ""]}, "The cost model has no service “NONE” that month."),
    ({**TOLD, "kind": ["beamer", ""]}, "No unit had a device of these kinds on"),
])  # fmt: skip
def test_what_cannot_be_counted_is_said_and_changes_nothing(counted: Any, told: Any, sentence: str) -> None:
    assert sentence in words(signed_in(counted, "controller").post(PAGE, told))
    assert volumes.volumes(counted, MARCH)["PC"] == {"NORRA": 5, "IT": 2}


def test_an_approved_month_is_not_counted_again(counted: Any) -> None:
    controller, _ = build.access(counted, "controller")
    approver, access = build.access(counted, "approver")
    run = charging.draft_run(municipality=counted, period=MARCH, by=controller, at=AT)
    charging.approve_run(run=run, access=access, by=approver, at=AT)
    page = signed_in(counted, "controller").post(PAGE, TOLD)
    assert "March 2026 is approved, and its volumes stay as they are" in words(page)
    assert volumes.volumes(counted, MARCH)["PC"] == {"NORRA": 5, "IT": 2}
    assert '<option value="2026-03"' not in page.content.decode()


def test_a_day_to_come_cannot_be_counted_on(counted: Any) -> None:
    later = str(APRIL.shift(600))
    assert "cannot be counted before" in words(signed_in(counted, "controller").get(f"{PAGE}?period={later}"))
    assert queries.countable(counted, APRIL.shift(1), AT.date())[:2] == ["2026-04", "2026-03"]


def test_tenths_are_counted_as_tenths(lillby: Any) -> None:
    load(lillby)
    sheets = build.model()
    for row in sheets["Services"]:
        if row.cells["code"] == "PC":
            row.cells["step"] = 10  # type: ignore[index]
    build.ready(lillby, sheets)
    signed_in(lillby, "controller").post(PAGE, TOLD)
    assert volumes.volumes(lillby, MARCH)["PC"] == {"SÖDRA": 10}


def test_only_who_runs_the_month_counts_or_is_led_there(counted: Any) -> None:
    for role in ("auditor", "head", "director"):
        browser = signed_in(counted, role)
        assert browser.get(PAGE).status_code == browser.post(PAGE, TOLD).status_code == 403, role
    assert volumes.volumes(counted, MARCH)["PC"] == {"NORRA": 5, "IT": 2}
    there = 'href="/lillby/model/devices/'
    for address in ("/lillby/equipment/", "/lillby/months/2026-03/", "/lillby/months/2026-05/"):
        assert there in signed_in(counted, "controller").get(address).content.decode(), address
        assert there not in signed_in(counted, "auditor").get(address).content.decode(), address
