"""What was listed by mistake is removed, unless something hangs on it; its history stays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from samsyn.contracts.operations import add_contract
from samsyn.contracts.queries import contract_with_code
from samsyn.core.refusals import Refusal
from samsyn.equipment.models import Device
from samsyn.history.queries import changes_of_record
from samsyn.intake.models import Master
from samsyn.landscape.operations import (
    write_customisation,
    write_domain,
    write_field,
    write_integration,
    write_standard,
)
from samsyn.maintenance.operations import review_access, write_object
from samsyn.people import operations as people
from samsyn.portfolio.operations import say
from samsyn.spending.operations import link
from samsyn.steering.operations import write_indicator
from samsyn.systems.models import ItSystem
from samsyn.systems.operations import add_system, remove_system
from samsyn.systems.queries import usage_with_code
from tests import personas
from tests.equipment.lists import load
from tests.personas import AT


def browser(place: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def system(place: Any, name: str = "Procapita") -> Any:
    return add_system(municipality=place, told={"name": name, "used_by": ["BUF"]}, by="tests", at=AT)


def contract(place: Any, **told: Any) -> Any:
    return add_contract(municipality=place, told={"name": "Drift", **told}, by="tests", at=AT)


def asked(place: Any, kind: str, name: object, code: str = "controller") -> str:
    return browser(place, code).get(f"/lillby/remove/{kind}/{name}/").content.decode()


def removed(place: Any, kind: str, name: object, known: object) -> Any:
    return browser(place, "controller").post(f"/lillby/remove/{kind}/{name}/", {"known": known}, follow=True)


def everything_on(place: Any, usage: Any) -> None:
    """Let a thing of every room hang on a system."""
    by, common = personas.person(place, "controller"), {"municipality": place, "by": "tests", "at": AT}
    contract(place, systems=["S0001"])
    write_integration(told={"from_code": "S0001", "to_name": "Skatteverket"}, **common)
    write_domain(told={"name": "Elever"}, claims={"S0001": "source"}, **common)
    stands = [{"code": "S0001"}]
    write_standard(told={"name": "Windows 7", "stage": "adopt"}, systems=stands, **common)
    write_customisation(system_code="S0001", told={"what": "Egen rapport"}, **common)
    write_field(told={"system_code": "S0001", "name": "Startdatum", "meaning": "Första dagen."}, **common)
    write_object(told={"name": "Skola"}, systems=[str(usage.key)], **common)
    review_access(system_key=usage.key, done_on=date(2026, 3, 1), accounts=1, removed=0, changed=0, evidence="x",
                  municipality=place, by=by, at=AT)  # fmt: skip
    say(system_code="S0001", does=[("Betyg", ["BUF"], True)], told={}, known=None, confirm=False, **common)
    link(service="MAIL", service_name="E-post", system="S0001", valid_from=date(2026, 1, 1), **common)
    people.offer_duty(person=by, thing="system", thing_key=usage.key, role="system_owner", by=by, at=AT)


def test_a_system_nothing_hangs_on_leaves_every_list_and_keeps_its_history(lillby: Any) -> None:
    usage = system(lillby)
    assert "Remove Procapita?" in asked(lillby, "system", "S0001")
    text = removed(lillby, "system", "S0001", usage.version).content.decode()
    assert "Procapita is removed." in text and "No systems are listed yet" in text
    assert usage_with_code("S0001") is None and not ItSystem.objects.exists()
    assert [(each.verb, each.record_type) for each in changes_of_record(lillby.key, usage.key)] == [
        ("remove", "system"), ("add", "system"),
    ]  # fmt: skip


def test_a_system_is_not_removed_while_anything_of_any_room_hangs_on_it(lillby: Any) -> None:
    usage = system(lillby)
    everything_on(lillby, usage)
    text = asked(lillby, "system", "S0001")
    assert "Procapita cannot be removed: 11 things hang on it" in text and "Remove it</button>" not in text
    for name in ("Drift", "Skatteverket", "Elever", "Windows 7", "Egen rapport", "Startdatum", "Skola",
                 "1 March 2026", "Betyg", "MAIL"):  # fmt: skip
        assert name in text
    # who it is asked of is for those concerned
    assert "Controller" not in text.split("<main")[1]
    answer = removed(lillby, "system", "S0001", usage.version)
    assert answer.status_code == 409 and "It cannot be removed: 11 things" in answer.content.decode()
    assert usage_with_code("S0001")


def test_each_way_from_what_hangs_leads_to_a_page(lillby: Any) -> None:
    everything_on(lillby, system(lillby))
    table = asked(lillby, "system", "S0001").split('class="table-frame')[1]
    links = [each.split('"')[0] for each in table.split('href="')[1:] if each.startswith("/lillby/")]
    client = browser(lillby, "controller")
    assert len(links) >= 11 and {client.get(each).status_code for each in links} == {200}


def test_who_removes_what_somebody_else_has_changed_learns_of_it(lillby: Any) -> None:
    usage = system(lillby)
    for known in (usage.version - 1, "x"):
        answer = removed(lillby, "system", "S0001", known)
        assert answer.status_code == 409 and "Somebody else has changed this" in answer.content.decode()
    assert usage_with_code("S0001")


def test_what_is_kept_elsewhere_is_removed_there(lillby: Any) -> None:
    usage = system(lillby)
    Master.objects.create(municipality_key=str(lillby.key), source="kitos", thing="system", thing_key=usage.key,
                          foreign_key="1", fields=["name"], read_at=AT)  # fmt: skip
    with pytest.raises(Refusal, match="removed there") as refusal:
        remove_system(found=usage, known=usage.version, by="tests", at=AT)
    assert refusal.value.code == "kept_elsewhere"


def test_what_all_municipalities_share_stays_when_one_no_longer_lists_it(lillby: Any) -> None:
    usage = system(lillby)
    ItSystem.objects.filter(pk=usage.system_id).update(municipality=None)
    remove_system(found=usage, known=usage.version, by="tests", at=AT)
    assert ItSystem.shared.count() == 1


def test_a_contract_with_call_offs_or_integrations_stays(lillby: Any) -> None:
    system(lillby)
    framework = contract(lillby, name="Ramavtal", kind="framework")
    contract(lillby, name="Avropet", kind="call_off", framework=framework.code)
    told = {"from_code": "S0001", "to_name": "Skatteverket", "contract_code": framework.code}
    write_integration(municipality=lillby, told=told, by="tests", at=AT)
    text = asked(lillby, "contract", framework.code)
    assert "2 things hang on it" in text and "Avropet" in text and "Skatteverket" in text


def test_a_contract_about_systems_goes_and_leaves_them(lillby: Any) -> None:
    system(lillby)
    found = contract(lillby, systems=["S0001"])
    assert removed(lillby, "contract", found.code, found.version).status_code == 200
    assert contract_with_code(found.code) is None and usage_with_code("S0001")


def test_a_device_goes_with_who_had_it(lillby: Any) -> None:
    load(lillby)
    device = Device.objects.get(serial="EX-1")
    assert removed(lillby, "device", device.key, device.version).status_code == 200
    assert not Device.objects.filter(serial="EX-1").exists()
    assert browser(lillby, "controller").get("/lillby/remove/device/x/").status_code == 404


def test_what_surrounds_systems_and_what_is_measured_can_be_removed(lillby: Any) -> None:
    system(lillby)
    common = {"municipality": lillby, "by": "tests", "at": AT}
    made = {
        "integration": write_integration(told={"from_code": "S0001", "to_name": "Skatteverket"}, **common),
        "domain": write_domain(told={"name": "Elever"}, claims={"S0001": "source"}, **common),
        "standard": write_standard(told={"name": "Windows 7", "stage": "adopt"}, systems=[], **common),
        "field": write_field(told={"system_code": "S0001", "name": "Startdatum", "meaning": "Dagen."}, **common),
        "maintenance-object": write_object(told={"name": "Skola"}, systems=[], **common),
        "indicator": write_indicator(told={"name": "Svarstid"}, **common),
    }
    for kind, thing in made.items():
        answer = removed(lillby, kind, thing.code, thing.version)
        assert answer.status_code == 200 and "is removed" in answer.content.decode(), kind
        assert not type(thing).objects.exists()


def test_a_standard_systems_stand_on_and_a_group_that_holds_some_stay(lillby: Any) -> None:
    usage = system(lillby)
    common = {"municipality": lillby, "by": "tests", "at": AT}
    stands: list[Any] = [{"code": "S0001"}]
    standard = write_standard(told={"name": "Windows 7", "stage": "adopt"}, systems=stands, **common)
    group = write_object(told={"name": "Skola"}, systems=[str(usage.key)], **common)
    assert "1 thing hangs on it" in asked(lillby, "standard", standard.code)
    assert "1 thing hangs on it" in asked(lillby, "maintenance-object", group.code)
    assert removed(lillby, "standard", standard.code, standard.version).status_code == 409


def test_who_may_not_remove_is_told_so_and_sees_no_way_to(lillby: Any) -> None:
    system(lillby)
    assert browser(lillby, "auditor").get("/lillby/remove/system/S0001/").status_code == 403
    assert "/lillby/remove/" not in browser(lillby, "auditor").get("/lillby/systems/S0001/").content.decode()
    assert "/lillby/remove/" in browser(lillby, "controller").get("/lillby/systems/S0001/").content.decode()
    assert browser(lillby, "controller").get("/lillby/remove/nothing/S0001/").status_code == 404


def test_somebody_stops_answering_for_a_thing_and_it_is_a_gap_again(lillby: Any) -> None:
    usage, owner = system(lillby), personas.person(lillby, "head")
    duty = people.offer_duty(person=owner, thing="system", thing_key=usage.key, role="system_owner", by=owner, at=AT)
    here = f"/lillby/mine/{duty.key}/end/"
    # what is only asked is answered with yes or no
    assert browser(lillby, "head").get(here).status_code == 404
    people.answer_duty(duty=duty, accept=True, minutes=60, by=owner, at=AT)
    assert here in browser(lillby, "head").get("/lillby/mine/").content.decode()
    assert browser(lillby, "director").get(here).status_code == 404
    assert browser(lillby, "head").post(here, {"reason": ""}).status_code == 422
    answer = browser(lillby, "head").post(here, {"reason": "Byter jobb"}, follow=True)
    assert "It is ended." in answer.content.decode()
    duty.refresh_from_db()
    assert (duty.state, duty.reason) == ("ended", "Byter jobb")


def test_just_after_midnight_today_is_the_day_here_and_not_yesterday(lillby: Any) -> None:
    usage, night = system(lillby), datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    review_access(system_key=usage.key, done_on=date(2026, 7, 2), accounts=1, removed=0, changed=0, evidence="x",
                  municipality=lillby, by=personas.person(lillby, "controller"), at=night)  # fmt: skip
    with pytest.raises(Refusal, match="has not come yet"):
        review_access(system_key=usage.key, done_on=date(2026, 7, 3), accounts=1, removed=0, changed=0, evidence="x",
                      municipality=lillby, by=personas.person(lillby, "controller"), at=night)  # fmt: skip


def test_who_asks_people_takes_a_question_back(lillby: Any) -> None:
    usage, by = system(lillby), personas.person(lillby, "controller")
    head = personas.person(lillby, "head")
    duty = people.offer_duty(person=head, thing="system", thing_key=usage.key, role="superuser", by=by, at=AT)
    here = f"/lillby/mine/{duty.key}/end/"
    assert here in browser(lillby, "controller").get("/lillby/systems/S0001/").content.decode()
    browser(lillby, "controller").post(here, {"reason": "Fel person"})
    duty.refresh_from_db()
    assert duty.state == "ended"
