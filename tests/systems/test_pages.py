"""The pages of the systems, as people meet them."""

from typing import Any

import pytest
from django.test import Client

from samsyn.systems import operations, queries
from tests import personas
from tests.personas import AT


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, **told: Any) -> Any:
    return operations.add_system(municipality=place, told=told, by="tests", at=AT)


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "2 system, 0 av dem kända"), ("da", "2 systemer, 0 af dem kendte"), ("en", "2 systems, 0 of them known")],
)
def test_the_list_says_how_many_are_known(lillby: Any, language: str, words: str) -> None:
    add(lillby, name="Procapita")
    add(lillby, name="Platina")
    assert words in browser(lillby, "head", language).get("/lillby/systems/").content.decode()


def test_the_list_finds_what_lacks_an_owner(lillby: Any) -> None:
    add(lillby, name="Procapita", owner_name="Skolchefen")
    add(lillby, name="Platina")
    found = browser(lillby, "auditor").get("/lillby/systems/?missing=owner_name").content.decode()
    assert "Platina" in found and "Procapita" not in found


def test_a_controller_adds_a_system_and_says_that_nobody_knows_its_owner(lillby: Any) -> None:
    told = {"name": "Procapita", "yearly_cost_ore": "412 000 kr", "used_by": ["BUF"], "unknown": ["owner_name"]}
    answer = browser(lillby, "controller").post("/lillby/systems/new/", told, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/lillby/systems/S0001/", 302)]
    assert "412,000\u00a0kr" in page and "nobody knows" in page and "Barn och utbildning" in page
    assert "4 questions have no answer" in page


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(lillby: Any) -> None:
    told = {"name": "Procapita", "yearly_cost_ore": "mycket", "contract_end_date": "2026-02-31"}
    answer = browser(lillby, "controller").post("/lillby/systems/new/", told)
    page = answer.content.decode()
    assert answer.status_code == 422 and queries.tally()["all"] == 0
    assert 'value="mycket"' in page and 'value="2026-02-31"' in page


def test_two_who_write_at_once_both_learn_of_it_and_nothing_is_lost(lillby: Any) -> None:
    usage = add(lillby, name="Procapita", purpose="Elever")
    client = browser(lillby, "controller")
    here = f"/lillby/systems/{usage.code}/change/"
    operations.change_system(usage=usage, told={"purpose": "Barn"}, known=1, by="tests", at=AT)
    answer = client.post(here, {"name": "Procapita", "purpose": "Skolor", "known": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else has changed this" in page
    assert "Barn" in page and "Skolor" in page and 'name="known" value="2"' in page
    client.post(here, {"name": "Procapita", "purpose": "Skolor", "known": "2"})
    assert queries.usage_with_code(usage.code).purpose == "Skolor"  # type: ignore[union-attr]


def test_who_may_not_write_is_told_so(lillby: Any) -> None:
    usage = add(lillby, name="Procapita")
    for code in ("head", "auditor"):
        assert browser(lillby, code).get(f"/lillby/systems/{usage.code}/change/").status_code == 403


def test_what_a_file_said_beside_stands_on_the_page(lillby: Any) -> None:
    usage = add(lillby, name="Procapita", received={"Molntjänst": "ja, i Norge"})
    assert "ja, i Norge" in browser(lillby, "head").get(f"/lillby/systems/{usage.code}/").content.decode()
