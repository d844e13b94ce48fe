"""The pages of the devices, as people meet them."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from samsyn.charging.operations import approve_run, draft_run
from samsyn.costing.operations import count_devices
from samsyn.equipment import operations, queries
from samsyn.formats.register_table import propose_register
from samsyn.formats.registers_equipment import EQUIPMENT
from tests import build, personas
from tests.equipment.lists import FILE, device, load
from tests.personas import AT


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def page(place: Any, code: str, address: str = "", language: str = "en") -> str:
    return browser(place, code, language).get(f"/lillby/equipment/{address}").content.decode()


def file(place: Any, code: str, query: str = "", language: str = "en") -> str:
    answer = browser(place, code, language).get(f"/lillby/equipment/devices.csv{query}")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ["4 utrustningar", "saknar användare eller enhet"]),
        ("da", ["4 stykker udstyr", "mangler bruger eller enhed"]),
        ("en", ["4 devices", "lack a user or a unit"]),
    ],
)
def test_the_list_says_how_many_there_are_and_how_many_lack_a_holder(
    lillby: Any, language: str, words: list[str]
) -> None:
    load(lillby)
    found = page(lillby, "auditor", language=language)
    assert [each for each in words if each not in found] == []


def test_before_anything_is_loaded_the_page_says_how_it_comes(lillby: Any) -> None:
    assert "Begin with the list you already keep" in page(lillby, "controller")
    assert "A controller or an administrator loads them" in page(lillby, "auditor")


def test_a_list_is_loaded_in_the_browser_after_a_look_at_what_it_would_do(lillby: Any) -> None:
    client = browser(lillby, "controller")
    data = SimpleUploadedFile("list.csv", FILE.encode())
    answer = client.post("/lillby/equipment/load/", {"file": data}, follow=True)
    assert "The list adds 4 and changes 0" in answer.content.decode()
    assert queries.tally(AT.date(), None)["all"] == 0
    chosen = {name: field.initial for name, field in answer.context["form"].fields.items()}
    client.post(answer.redirect_chain[-1][0], {**chosen, "do": "load"})
    assert queries.tally(AT.date(), None)["all"] == 4


def test_a_unit_manager_sees_the_own_school_alone_in_list_page_file_and_counts(lillby: Any) -> None:
    load(lillby)
    other = device("EX-3")
    found = page(lillby, "head")
    assert "2 devices" in found and "EX-1" in found and "EX-3" not in found and "Södra" not in found
    assert browser(lillby, "head").get(f"/lillby/equipment/{other.key}/").status_code == 404
    assert "EX-3" not in file(lillby, "head") and "EX-2" in file(lillby, "head")
    for query in ("", "?unit=SÖDRA", "?unit=-"):
        assert "EX-3" not in page(lillby, "head", f"returns/{query}")
        assert "EX-3" not in file(lillby, "head", query)
    assert "EX-3" in page(lillby, "director") and "EX-4" not in page(lillby, "director")


def test_a_unit_manager_reads_of_no_holder_of_another_unit(lillby: Any) -> None:
    load(lillby)
    found = device("EX-3")
    told = {"user_name": "Exempel Person 30", "unit_code": "NORRA"}
    operations.change_device(device=found, told=told, known=1, by=personas.person(lillby, "controller"), at=AT)
    assert "Exempel Person 3<" not in page(lillby, "head", f"{found.key}/")
    assert "Exempel Person 3<" in page(lillby, "auditor", f"{found.key}/")


def test_who_answers_for_no_unit_sees_no_devices(lillby: Any) -> None:
    personas.people.add_person(municipality=lillby, code="reader", name="Reader", by="tests", at=AT)
    assert browser(lillby, "reader").get("/lillby/equipment/").status_code == 403


def test_a_device_answers_who_until_when_how_at_what_cost_and_who_answers(lillby: Any) -> None:
    load(lillby)
    found = page(lillby, "head", f"{device('EX-1').key}/")
    words = ["Exempel Person 1, Norra skolan", "30 June 2026", "serial number EX-1. Hel, med laddare", "900\u00a0kr",
             "the price to buy it out", "Head"]  # fmt: skip
    assert [each for each in words if each not in found] == []


def test_what_files_said_beside_stands_on_the_page(lillby: Any) -> None:
    load(lillby)
    assert "Stöldmärkt" in page(lillby, "auditor", f"{device('EX-1').key}/")


def test_what_is_to_be_handed_back_stands_by_unit_and_device_by_device(lillby: Any) -> None:
    load(lillby)
    assert "devices must be handed back within a year" in page(lillby, "controller", "returns/")
    found = page(lillby, "controller", "returns/?unit=NORRA")
    assert "EX-1" in found and "Hel, med laddare" in found and "EX-3" not in found


def test_a_controller_writes_what_is_known_and_who_comes_second_sees_both(lillby: Any) -> None:
    load(lillby)
    found, client = device("EX-1"), browser(lillby, "controller")
    here = f"/lillby/equipment/{found.key}/change/"
    told = {"kind": "Surfplatta", "user_name": "Exempel Person 9", "unit_code": "NORRA", "buy_out_ore": "1 200 kr"}
    answer = client.post(here, {**told, "known": "1"}, follow=True)
    assert answer.redirect_chain and "1,200\u00a0kr" in answer.content.decode()
    assert device("EX-1").kind == "tablet"
    answer = client.post(here, {**told, "user_name": "Exempel Person 8", "known": "1"})
    said = answer.content.decode()
    assert answer.status_code == 409 and "Exempel Person 9" in said and "Exempel Person 8" in said


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(lillby: Any) -> None:
    load(lillby)
    here = f"/lillby/equipment/{device('EX-1').key}/change/"
    answer = browser(lillby, "controller").post(here, {"lease_end_date": "2026-02-31", "known": "1"})
    assert answer.status_code == 422 and 'value="2026-02-31"' in answer.content.decode()
    answer = browser(lillby, "controller").post(
        here, {"lease_start_date": "2026-02-01", "lease_end_date": "2026-01-01", "known": "1"}
    )  # fmt: skip
    assert answer.status_code == 422 and "before it begins" in answer.content.decode()


def test_a_controller_adds_one_device_and_who_has_it_has_it_from_today(lillby: Any) -> None:
    client, here = browser(lillby, "controller"), "/lillby/equipment/new/"
    assert here in client.get("/lillby/equipment/").content.decode()
    told = {"serial": " ex-9 ", "kind": "Laptop", "user_name": "Exempel Person 9", "unit_code": "NORRA"}
    assert "is saved" in client.post(here, told, follow=True).content.decode()
    found = device("EX-9")
    assert (found.kind, found.unit_code, found.holdings.get().user_name) == ("computer", "NORRA", "Exempel Person 9")
    again = client.post(here, told)
    assert again.status_code == 422 and "already a device with the serial number EX-9" in again.content.decode()
    nothing = client.post(here, {"name": "Skärm"})
    assert nothing.status_code == 422 and 'value="Skärm"' in nothing.content.decode()
    assert "Write its serial number, or its inventory number" in nothing.content.decode()
    assert browser(lillby, "auditor").get(here).status_code == 403


def test_a_device_that_is_gone_is_listed_among_those(lillby: Any) -> None:
    load(lillby)
    here = f"/lillby/equipment/{device('EX-1').key}/gone/"
    answer = browser(lillby, "administrator").post(
        here, {"ended_as": "scrapped", "on": "2026-03-01", "known": "1"}, follow=True
    )  # fmt: skip
    assert "is no longer here" in answer.content.decode() and "1 March 2026: scrapped" in answer.content.decode()
    assert "EX-1" in page(lillby, "auditor", "?ended=yes") and "EX-1" not in page(lillby, "auditor")
    assert "2026-03-01;scrapped" in file(lillby, "auditor", "?ended=yes")


def test_who_may_not_write_is_told_so(lillby: Any) -> None:
    load(lillby)
    for code in ("head", "auditor"):
        for name in ("change", "gone"):
            address = f"/lillby/equipment/{device('EX-1').key}/{name}/"
            assert browser(lillby, code).get(address).status_code == 403


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_the_file_is_read_back_with_nothing_new_in_it(lillby: Any, language: str) -> None:
    load(lillby)
    text = file(lillby, "auditor", language=language).removeprefix("\ufeff")
    with translation.override(language):
        assert propose_register(text.encode(), EQUIPMENT).unplaced == ()
    assert load(lillby, text).status == "duplicate"


def test_a_spreadsheet_takes_nothing_in_the_file_for_a_formula(lillby: Any) -> None:
    load(lillby, 'Serial number;User\nA1;"=HYPERLINK(""x"")"\n')
    assert "'=HYPERLINK" in file(lillby, "auditor")


def test_the_file_holds_what_the_list_was_asked_for(lillby: Any) -> None:
    load(lillby)
    _head, line = file(lillby, "auditor", "?kind=tablet").splitlines()
    assert "EX-2" in line


def test_a_line_of_the_statement_leads_to_the_devices_behind_it(lillby: Any) -> None:
    load(lillby)
    controller, _ = build.access(lillby, "controller")
    build.ready(lillby)
    count_devices(municipality=lillby, period=build.MARCH, services={"computer": "PC"}, on=date(2026, 2, 28),
                  source="utrustningslistan", by=controller, at=AT)  # fmt: skip
    approver, access = build.access(lillby, "approver")
    run = draft_run(municipality=lillby, period=build.MARCH, by=controller, at=AT)
    approve_run(run=run, access=access, by=approver, at=AT)
    for where in ("why", "which"):
        text = browser(lillby, "head").get(f"/lillby/what-we-pay/NORRA/2026-03/PC/{where}/").content.decode()
        assert "1 of them is leased, for 310\u00a0kr a month in all." in text, where
        assert 'href="/lillby/equipment/?unit=NORRA"' in text and "/lillby/equipment/returns/?unit=NORRA" in text
    # what was not counted from devices has none behind it
    mail = browser(lillby, "head").get("/lillby/what-we-pay/NORRA/2026-03/MAIL/why/").content.decode()
    assert "The devices behind it" not in mail
