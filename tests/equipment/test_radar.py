"""Devices that nobody answers for stand on the page of what nobody answers for."""

from datetime import date
from typing import Any

from django.test import Client

from samsyn.equipment.operations import load_equipment
from samsyn.equipment.queries import unanswered
from samsyn.formats.register_table import propose_register, read_register
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.people import operations as people
from tests import personas
from tests.personas import AT

LIST = """Serial number,Type,Unit
A1,computer,NORRA
A2,computer,SÖDRA
A3,computer,IT
A4,tablet,
"""
ON = date(2026, 4, 1)


def loaded(place: Any) -> None:
    data = LIST.encode()
    file = read_register(data, EQUIPMENT, propose_register(data, EQUIPMENT).profile)
    load_equipment(municipality=place, file=file, data=data, name="l.csv", by="tests", at=AT)


def browser(place: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_manager_of_a_unit_or_of_one_above_answers_for_its_devices(lillby: Any) -> None:
    loaded(lillby)
    # the school south has no manager of its own, the director above does; nobody manages the it unit
    assert unanswered(ON) == [("", "no_unit", 1), ("IT", "no_manager", 1)]


def test_devices_of_a_unit_that_has_ended_are_told(lillby: Any) -> None:
    loaded(lillby)
    ended = {"code": "NORRA", "name": "Norra skolan", "kind": "unit", "parent": "BUF", "valid_from": personas.DAY,
             "valid_until": date(2026, 3, 1)}  # fmt: skip
    people.apply_workbook(municipality=lillby, sheets=personas.workbook(Units=[ended]), by="tests", at=AT)
    assert ("NORRA", "unit_gone", 1) in unanswered(ON)


def test_they_stand_on_the_page_for_those_who_see_all_devices(lillby: Any) -> None:
    loaded(lillby)
    page = browser(lillby, "controller").get("/lillby/who-answers/").content.decode()
    assert "2 devices belong to no unit that somebody manages" in page and "nobody manages the unit" in page
    assert "Devices nobody answers for" not in browser(lillby, "head").get("/lillby/who-answers/").content.decode()
