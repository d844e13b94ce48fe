"""Nobody owns a thing before they have accepted it: offering, accepting, declining, handing over, what is left."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.people import operations, queries
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

LATER = AT + timedelta(days=30)


def system(place: Any, name: str = "Tumstocken", **told: Any) -> Any:
    return add_system(municipality=place, told={"name": name, **told}, by="tests", at=AT)


def offer(thing: Any, person: Any, role: str = "system_owner", at: Any = AT) -> Any:
    return operations.offer_duty(person=person, thing="system", thing_key=thing.key, role=role, by="tests", at=at)


def accept(duty: Any, minutes: int = 60, at: Any = AT) -> Any:
    return operations.answer_duty(duty=duty, accept=True, minutes=minutes, by=duty.person, at=at)


def gaps(on: Any = LATER) -> list[tuple[str, str]]:
    return [(each.thing.name, each.why) for each in queries.gaps(on)]


def browser(place: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_name_in_a_list_is_no_owner(lillby: Any) -> None:
    system(lillby, owner_name="Skolchefen")
    assert gaps() == [("Tumstocken", "nobody")] and queries.gaps(LATER)[0].thing.said == "Skolchefen"


def test_who_is_asked_owns_nothing_before_they_accept(lillby: Any) -> None:
    duty = offer(system(lillby), personas.person(lillby, "head"))
    assert gaps() == [("Tumstocken", "not_accepted")] and queries.gaps(LATER)[0].days == 30
    accept(duty)
    assert gaps() == []


def test_who_accepts_without_time_leaves_a_gap(lillby: Any) -> None:
    accept(offer(system(lillby), personas.person(lillby, "head")), minutes=0)
    assert gaps() == [("Tumstocken", "no_time")]


def test_what_somebody_who_left_answered_for_is_a_gap_again(lillby: Any) -> None:
    head = personas.person(lillby, "head")
    accept(offer(system(lillby), head))
    head.is_active = False
    head.save()
    assert gaps() == [("Tumstocken", "left")]


def test_only_the_one_who_was_asked_can_answer_and_only_once(lillby: Any) -> None:
    duty = offer(system(lillby), personas.person(lillby, "head"))
    with pytest.raises(Refusal, match="Only"):
        operations.answer_duty(duty=duty, accept=True, minutes=60, by=personas.person(lillby, "controller"), at=AT)
    accept(duty)
    with pytest.raises(Refusal, match="answered already"):
        accept(duty)


def test_nobody_is_asked_twice_for_the_same(lillby: Any) -> None:
    thing = system(lillby)
    offer(thing, personas.person(lillby, "head"))
    with pytest.raises(Refusal, match="asked already"):
        offer(thing, personas.person(lillby, "head"))
    with pytest.raises(Refusal, match="no role"):
        offer(thing, personas.person(lillby, "controller"), role="contract_owner")


def test_a_new_owner_ends_the_old_one_but_superusers_are_many(lillby: Any) -> None:
    thing = system(lillby)
    for code in ("head", "controller"):
        accept(offer(thing, personas.person(lillby, code)))
        accept(offer(thing, personas.person(lillby, code), role="superuser"))
    held = [(duty.role, duty.person.code) for duty in queries.duties_on(thing.key)]
    assert sorted(held) == [("superuser", "controller"), ("superuser", "head"), ("system_owner", "controller")]


def test_who_declines_says_why_and_the_history_keeps_it(lillby: Any) -> None:
    thing = system(lillby)
    duty = offer(thing, personas.person(lillby, "head"))
    with pytest.raises(Refusal, match="Say why"):
        operations.answer_duty(duty=duty, accept=False, by=duty.person, at=AT)
    operations.answer_duty(duty=duty, accept=False, reason="Jag slutar i maj.", by=duty.person, at=AT)
    assert gaps(AT + timedelta(days=3)) == [("Tumstocken", "nobody")]
    assert [each.verb for each in changes_of_record(lillby.key, duty.key)] == ["decline", "offer"]


def test_vacancy_counts_from_the_day_the_last_one_went(lillby: Any) -> None:
    duty = accept(offer(system(lillby), personas.person(lillby, "head")))
    operations.end_duty(duty=duty, reason="", by="tests", at=LATER)
    assert [each.days for each in queries.gaps(LATER + timedelta(days=12))] == [12]
    assert queries.gaps(LATER)[0].duty is None and LATER.tzinfo == UTC


def test_a_new_owner_sees_the_question_on_the_first_page_and_accepts_it(lillby: Any) -> None:
    thing = system(lillby)
    duty = offer(thing, personas.person(lillby, "head"))
    client = browser(lillby, "head")
    assert "You are asked to answer for 1 thing." in client.get("/lillby/").content.decode()
    here = f"/lillby/mine/{duty.key}/"
    answer = client.post(here, {"do": "accept"})
    assert answer.status_code == 422 and "Say how much time" in answer.content.decode()
    page = client.post(here, {"do": "accept", "hours": "4", "support": "Systemförvaltaren"}, follow=True)
    assert "You answer for 1 thing" in page.content.decode() and "Tumstocken" in page.content.decode()
    first = client.get("/lillby/").content.decode()
    assert "thing you answer for" in first and 'href="/lillby/mine/"' in first
    assert client.get(here).status_code == 404


def test_what_somebody_else_is_asked_is_theirs_alone(lillby: Any) -> None:
    duty = offer(system(lillby), personas.person(lillby, "head"))
    assert browser(lillby, "controller").get(f"/lillby/mine/{duty.key}/").status_code == 404


def test_wide_pages_show_the_gap_and_not_the_name(lillby: Any) -> None:
    thing = system(lillby, owner_name="")
    offer(thing, personas.person(lillby, "head"))
    name = personas.person(lillby, "head").name
    seen = browser(lillby, "auditor").get(f"/lillby/systems/{thing.code}/").content.decode()
    assert "a named person" in seen and name not in seen
    assert name not in browser(lillby, "auditor").get("/lillby/who-answers/").content.decode()
    assert name in browser(lillby, "controller").get("/lillby/who-answers/").content.decode()


def test_a_controller_asks_somebody_from_the_list_of_gaps(lillby: Any) -> None:
    thing = system(lillby)
    client = browser(lillby, "controller")
    told = {"role": "system_owner", "person": "head"}
    page = client.post(f"/lillby/who-answers/system/{thing.key}/", told, follow=True).content.decode()
    assert "It is theirs once they accept." in page
    again = client.post(f"/lillby/who-answers/system/{thing.key}/", told)
    assert again.status_code == 422 and "has been asked already" in again.content.decode()
    assert browser(lillby, "head").get(f"/lillby/who-answers/system/{thing.key}/").status_code == 403


def test_when_somebody_leaves_all_goes_over_at_once_and_the_rest_is_told(lillby: Any) -> None:
    head = personas.person(lillby, "head")
    duties = [accept(offer(system(lillby, name), head)) for name in ("A", "B", "C")]
    client = browser(lillby, "controller")
    chosen = [str(each.key) for each in duties[:2]]
    there = client.get("/lillby/who-answers/?leaves=head")
    assert there["Location"] == "/lillby/who-answers/hand-over/head/"
    page = client.post("/lillby/who-answers/hand-over/head/", {"duties": chosen, "person": "controller"}, follow=True)
    text = page.content.decode()
    assert "is asked to answer for 2. 1 are left with" in text
    assert sorted(gaps()) == [("A", "not_accepted"), ("B", "not_accepted")]
    assert len(queries.duties_of(head)) == 1


def test_a_hand_over_that_cannot_be_whole_changes_nothing(lillby: Any) -> None:
    head, controller = personas.person(lillby, "head"), personas.person(lillby, "controller")
    first, second = system(lillby, "A"), system(lillby, "B")
    duties = [accept(offer(each, head, role="superuser")) for each in (first, second)]
    offer(second, controller, role="superuser")
    with pytest.raises(Refusal, match="asked already"):
        operations.hand_over(duties=duties, to=controller, by="tests", at=AT)
    assert len(queries.duties_of(head)) == 2


def test_a_systems_page_calls_a_typed_owner_claimed_until_somebody_accepts(lillby: Any) -> None:
    thing = system(lillby, owner_name="Skolchefen")
    here = f"/lillby/systems/{thing.code}/"
    assert "claimed, not accepted" in browser(lillby, "auditor").get(here).content.decode()
    accept(offer(thing, personas.person(lillby, "head")))
    assert "claimed, not accepted" not in browser(lillby, "auditor").get(here).content.decode()


def test_who_has_accepted_to_own_a_system_may_write_about_it_and_about_no_other(lillby: Any) -> None:
    mine, other = system(lillby), system(lillby, "Platina")
    duty = offer(mine, personas.person(lillby, "head"))
    client, told = browser(lillby, "head"), {"name": "Tumstocken", "purpose": "Bygglov", "known": "1"}
    assert client.get(f"/lillby/systems/{mine.code}/change/").status_code == 403
    operations.answer_duty(duty=duty, accept=True, minutes=60, by=duty.person, at=AT)
    assert client.post(f"/lillby/systems/{mine.code}/change/", told).status_code == 302
    assert client.get(f"/lillby/systems/{other.code}/change/").status_code == 403
