"""What roles are called, who speaks for an administration, who helps in a system, who has too much."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.organisation.queries import tree
from samsyn.people import operations, queries
from samsyn.people.models import RoleName
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

LATER = AT + timedelta(days=30)


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def system(place: Any, name: str = "Tumstocken") -> Any:
    return add_system(municipality=place, told={"name": name}, by="tests", at=AT)


def offered(place: Any, code: str, key: Any, role: str = "system_owner", thing: str = "system", **more: Any) -> Any:
    person = personas.person(place, code)
    return operations.offer_duty(person=person, thing=thing, thing_key=key, role=role, by="tests", at=AT, **more)


def accepted(duty: Any, minutes: int = 60, at: Any = AT) -> Any:
    return operations.answer_duty(duty=duty, accept=True, minutes=minutes, by=duty.person, at=at)


def named(place: Any, **more: Any) -> Any:
    return operations.name_role(municipality=place, by="tests", at=AT, **more)


def test_a_role_is_called_what_the_municipality_calls_it(lillby: Any) -> None:
    named(lillby, role="system_manager", told={"sv": "systemansvarig", "en": "application owner", "also": ["SA"]})
    page = browser(lillby, "controller").get("/lillby/who-answers/roles/").content.decode()
    assert "application owner" in page and "SA" in page and "system manager" not in page
    # a language that nothing was told in keeps the usual name
    assert "systemforvalter" in browser(lillby, "controller", "da").get("/lillby/who-answers/roles/").content.decode()


def test_a_municipality_adds_a_role_of_its_own_and_asks_somebody_to_take_it(lillby: Any) -> None:
    found, thing = named(lillby, thing="system", told={"sv": "objektvän", "en": "friend"}), system(lillby)
    duty = offered(lillby, "head", thing.key, found.role)
    head = browser(lillby, "head")
    assert "to be friend" in head.get("/lillby/mine/").content.decode()
    accepted(duty)
    assert "friend" in head.get("/lillby/systems/S0001/").content.decode()
    # a role beside the owner's is no owner
    assert [each.why for each in queries.gaps(LATER)] == ["nobody"]


def test_one_name_is_one_role(lillby: Any) -> None:
    for told, code in (({"en": "Superuser"}, "name_taken"), ({"mandate": "x"}, "name_missing")):
        with pytest.raises(Refusal) as refused:
            named(lillby, thing="system", told=told)
        assert refused.value.code == code


def test_two_who_name_a_role_at_once_both_learn_of_it(lillby: Any) -> None:
    named(lillby, role="superuser", told={"en": "key user"})
    with pytest.raises(Refusal) as refused:
        named(lillby, role="superuser", told={"en": "super-user"})
    assert refused.value.code == "stale_version" and RoleName.objects.get().en == "key user"


def test_an_administrator_names_a_role_on_its_page(lillby: Any) -> None:
    administrator = browser(lillby, "administrator")
    told = {"sv": "", "da": "", "en": "key user", "also": "expert, guru", "mandate": "Teaches others.", "known": "0"}
    assert administrator.post("/lillby/who-answers/roles/superuser/", told).status_code == 302
    page = administrator.get("/lillby/who-answers/roles/").content.decode()
    assert "key user" in page and "expert, guru" in page and "Teaches others." in page
    assert browser(lillby, "controller").get("/lillby/who-answers/roles/superuser/").status_code == 403


def test_an_administration_without_a_representative_is_listed(lillby: Any) -> None:
    key = tree(AT.date()).nodes["BUF"].key
    head = browser(lillby, "head")
    page = head.get("/lillby/who-answers/administrations/").content.decode()
    assert "1 of 1 administrations has nobody who speaks for it" in page
    duty = offered(lillby, "director", key, "representative", "administration", mandate="Decides up to one million.")
    assert "Director" not in head.get("/lillby/who-answers/administrations/").content.decode()
    accepted(duty)
    page = head.get("/lillby/who-answers/administrations/").content.decode()
    assert "Every administration has somebody" in page and "Director" in page and "one million" in page
    assert "Director speaks for" in head.get("/lillby/who-answers/administrations/BUF/").content.decode()
    assert queries.gaps(LATER) == []


def test_nobody_represents_without_a_mandate(lillby: Any) -> None:
    key = tree(AT.date()).nodes["BUF"].key
    controller = browser(lillby, "controller")
    address = f"/lillby/who-answers/administration/{key}/"
    page = controller.post(address, {"role": "representative", "person": "director", "mandate": " "})
    assert page.status_code == 422 and "Say what they may decide" in page.content.decode()
    told = {"role": "representative", "person": "director", "mandate": "All of it."}
    assert controller.post(address, told).status_code == 302
    asked = queries.duties_of(personas.person(lillby, "director"))[0]
    assert "All of it." in browser(lillby, "director").get(f"/lillby/mine/{asked.key}/").content.decode()


def test_a_superuser_is_active_while_somebody_is_in_touch(lillby: Any) -> None:
    duty = accepted(offered(lillby, "head", system(lillby).key, "superuser"))
    day = AT.date() + timedelta(400)
    assert queries.is_active_superuser(duty, AT.date()) and not queries.is_active_superuser(duty, day)
    at = AT + timedelta(400)
    operations.note_contact(duty=duty, on=day, by="tests", at=at)
    assert queries.is_active_superuser(duty, day)
    for on, code in ((day + timedelta(1), "day_ahead"),):
        with pytest.raises(Refusal) as refused:
            operations.note_contact(duty=duty, on=on, by="tests", at=at)
        assert refused.value.code == code


def test_the_register_of_superusers_shows_names_to_those_concerned(lillby: Any) -> None:
    thing = system(lillby)
    duty = accepted(offered(lillby, "head", thing.key, "superuser"), minutes=90)
    offered(lillby, "approver", thing.key, "superuser")
    for code, sees in (("controller", True), ("director", False)):
        page = browser(lillby, code).get("/lillby/who-answers/superusers/").content.decode()
        assert ("Head" in page, "1.5 hours" in page) == (sees, sees), code
        assert "of 2 superusers" in page
    accepted(offered(lillby, "director", thing.key))
    director = browser(lillby, "director")
    assert "Head" in director.get("/lillby/who-answers/superusers/").content.decode()
    assert director.post(f"/lillby/who-answers/superusers/{duty.key}/", {"day": "2026-04-01"}).status_code == 302
    auditor = browser(lillby, "auditor")
    assert auditor.get(f"/lillby/who-answers/superusers/{duty.key}/").status_code == 403
    duty.refresh_from_db()
    assert duty.contacted_date == date(2026, 4, 1)


def test_more_accepted_than_there_is_time_for_is_a_gap(lillby: Any) -> None:
    for name in ("Ett", "Två"):
        accepted(offered(lillby, "head", system(lillby, name).key), minutes=90)
    head = personas.person(lillby, "head")
    assert queries.gaps(LATER) == []
    operations.give_time(person=head, minutes=179, by="tests", at=AT)
    assert [each.why for each in queries.gaps(LATER)] == ["overloaded", "overloaded"]
    operations.give_time(person=head, minutes=180, by="tests", at=AT)
    assert queries.gaps(LATER) == []


def test_who_takes_on_more_than_there_is_time_for_is_told_first_and_may_all_the_same(lillby: Any) -> None:
    accepted(offered(lillby, "head", system(lillby, "Ett").key), minutes=90)
    operations.give_time(person=personas.person(lillby, "head"), minutes=120, by="tests", at=AT)
    duty, head = offered(lillby, "head", system(lillby, "Två").key), browser(lillby, "head")
    here, told = f"/lillby/mine/{duty.key}/", {"hours": "1", "support": "Anna hjälper"}
    answer = head.post(here, {**told, "do": "accept"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "more than the time your manager has said" in said
    assert "I accept all the same" in said and "Anna hjälper" in said and 'value="1"' in said
    duty.refresh_from_db()
    assert duty.state == "offered"
    assert head.post(here, {**told, "do": "accept_beyond"}).status_code == 302
    duty.refresh_from_db()
    assert (duty.state, duty.minutes) == ("accepted", 60)


def test_what_only_one_knows_is_told_to_their_manager_alone(lillby: Any) -> None:
    accepted(offered(lillby, "head", system(lillby).key))
    director = browser(lillby, "director").get("/lillby/who-answers/time/").content.decode()
    assert "Head" in director and "Tumstocken" in director
    controller = browser(lillby, "controller").get("/lillby/who-answers/time/").content.decode()
    assert "Head" in controller and "Tumstocken" not in controller
    head = browser(lillby, "head").get("/lillby/who-answers/time/").content.decode()
    assert "Nobody answers for anything yet" in head
    assert browser(lillby, "auditor").get("/lillby/who-answers/time/").status_code == 403


def test_a_manager_says_how_much_time_there_is_for_their_own_people_only(lillby: Any) -> None:
    accepted(offered(lillby, "head", system(lillby).key), minutes=120)
    director = browser(lillby, "director")
    assert director.post("/lillby/who-answers/time/head/", {"hours": "1"}).status_code == 302
    assert (
        "1 person answers for more than there is time for" in director.get("/lillby/who-answers/time/").content.decode()
    )
    head = browser(lillby, "head")
    assert head.get("/lillby/who-answers/time/director/").status_code == 403
    offered(lillby, "head", system(lillby, "Vattenpasset").key)
    asked = next(each for each in queries.duties_of(personas.person(lillby, "head")) if each.state == "offered")
    head = browser(lillby, "head")
    assert (
        "You have accepted 2 hours a month so far, of 1 hours"
        in head.get(f"/lillby/mine/{asked.key}/").content.decode()
    )
