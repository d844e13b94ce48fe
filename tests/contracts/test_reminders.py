"""Whoever answers for a contract is asked until somebody has said what is to become of it, by mail and on the page."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from samsyn.contracts import operations, panels, queries, words
from samsyn.contracts.models import Decision
from samsyn.core.refusals import Refusal
from samsyn.notices.models import Notice
from samsyn.people import operations as people
from samsyn.people.models import Person
from tests import personas
from tests.personas import AT

SITE = "https://samsyn.example.org"


@pytest.fixture
def ending(lillby: Any) -> Any:
    """A contract that ends 60 days from now, which the head owns."""
    told = {"name": "Skrivare", "end_date": AT.date() + timedelta(60), "yearly_cost_ore": 1_200_000}
    contract = operations.add_contract(municipality=lillby, told=told, by="tests", at=AT)
    head = personas.person(lillby, "head")
    duty = people.offer_duty(
        person=head, thing="contract", thing_key=contract.key, role="contract_owner", by="tests", at=AT
    )
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    return contract


def remind(place: Any, days: int = 0) -> int:
    return operations.remind(municipality=place, by="tests", at=AT + timedelta(days), base_url=SITE,
                             on=AT.date() + timedelta(days))  # fmt: skip


def link(mail: Notice) -> str:
    found = re.search(rf"{SITE}(/lillby/answer/\S+)", mail.body)
    assert found
    return found[1]


def mails() -> list[Notice]:
    return list(Notice.objects.order_by("pk"))


def to() -> list[str]:
    codes = {str(key): code for key, code in Person.scoped.values_list("key", "code")}
    return [codes[mail.to_person_key] for mail in mails()]


def test_the_owner_is_asked_and_the_mail_says_what_happens_otherwise(lillby: Any, ending: Any) -> None:
    assert remind(lillby) == 1
    mail = mails()[0]
    assert to() == ["head"] and mail.subject.startswith("Skrivare")
    assert link(mail) and ("12\u00a0000" in mail.body or "12,000" in mail.body)


def test_the_same_day_asks_once_and_a_fortnight_later_again(lillby: Any, ending: Any) -> None:
    assert [remind(lillby, days) for days in (0, 0, 13, 14)] == [1, 0, 0, 1]


def test_in_the_last_month_every_week_and_the_line_manager_after_two(lillby: Any, ending: Any) -> None:
    for days in (0, 14, 31):
        remind(lillby, days)
    assert to() == ["head", "head", "head", "director"]
    assert remind(lillby, 37) == 0 and remind(lillby, 38) > 0


def test_without_an_owner_those_who_look_after_contracts_are_asked(lillby: Any) -> None:
    told = {"name": "Papper", "end_date": AT.date() + timedelta(60)}
    operations.add_contract(municipality=lillby, told=told, by="tests", at=AT)
    remind(lillby)
    assert "controller" in to() and "head" not in to()


def test_what_ends_far_away_asks_nobody_yet(lillby: Any) -> None:
    told = {"name": "Papper", "end_date": AT.date() + timedelta(200)}
    operations.add_contract(municipality=lillby, told=told, by="tests", at=AT)
    assert remind(lillby) == 0


def test_opening_the_link_changes_nothing_and_answering_needs_no_sign_in(lillby: Any, ending: Any) -> None:
    remind(lillby)
    here, client = link(mails()[0]), Client(headers={"accept-language": "en"})
    for _ in range(3):  # mail scanners open links before people do
        page = client.get(here)
        assert page.status_code == 200 and "What is to become of Skrivare?" in page.content.decode()
    assert queries.decision_about(ending).answer == ""  # type: ignore[union-attr]
    answer = client.post(here, {"answer": "procure", "reason": "Nytt behov."})
    assert answer.status_code == 200 and "Your answer is kept" in answer.content.decode()
    found = queries.decision_about(ending)
    assert found and (found.answer, found.reason) == ("procure", "Nytt behov.")
    assert found.answered_by_key == str(personas.person(lillby, "head").key)
    assert remind(lillby, 30) == 0


def test_a_link_answers_once_and_a_changed_one_never(lillby: Any, ending: Any) -> None:
    remind(lillby)
    here, client = link(mails()[0]), Client(headers={"accept-language": "en"})
    assert client.get(here[:-2] + "x/").status_code == 404
    client.post(here, {"answer": "end"})
    again = client.post(here, {"answer": "extend", "as_a_service": "yes"})
    assert again.status_code == 410 and "has been answered already" in again.content.decode()
    assert queries.decision_about(ending).answer == "end"  # type: ignore[union-attr]


def test_a_link_is_no_key_to_anything_else(lillby: Any, ending: Any) -> None:
    remind(lillby)
    client = Client()
    client.post(link(mails()[0]), {"answer": "end"})
    assert client.get(f"/lillby/contracts/{ending.code}/").status_code == 302
    personas.municipality("grannby", "Grannby")
    assert client.get(link(mails()[0]).replace("lillby", "grannby")).status_code == 404


def test_an_old_link_no_longer_holds(lillby: Any, ending: Any, monkeypatch: Any) -> None:
    remind(lillby)
    monkeypatch.setattr(words, "LINK_HOLDS", -1)
    assert Client().get(link(mails()[0])).status_code == 404


def test_to_extend_asks_whether_a_service_was_considered_and_keeps_the_answer(lillby: Any, ending: Any) -> None:
    remind(lillby)
    here, client = link(mails()[0]), Client(headers={"accept-language": "en"})
    page = client.post(here, {"answer": "extend"})
    assert page.status_code == 422 and "was considered" in page.content.decode()
    client.post(here, {"answer": "extend", "as_a_service": "no", "reason": "Inget utbud."})
    assert queries.decision_about(ending).as_a_service == "no"  # type: ignore[union-attr]
    client.force_login(personas.person(lillby, "head"), "django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/lillby/contracts/{ending.code}/").content.decode()
    assert "Buying it as a service was not considered." in shown


def test_who_stays_silent_is_told_to_one_more_manager_up_the_line_each_time(lillby: Any, ending: Any) -> None:
    boss = people.add_person(municipality=lillby, code="chief", name="Kommundirektören", by="tests", at=AT)
    people.give_role(person=boss, role="unit_manager", unit_code="LB", valid_from=date(2024, 1, 1), by="tests", at=AT)
    decision = Decision(contract=ending, day=AT.date())
    for asked, codes in ((0, ["head"]), (1, ["head"]), (2, ["head", "director"]), (3, ["head", "director"]),
                         (4, ["head", "director", "chief"]), (9, ["head", "director", "chief"])):  # fmt: skip
        decision.asked = asked
        assert [each.code for each in operations._asked(ending, decision, AT.date())] == codes


def test_not_mine_sends_the_question_on(lillby: Any, ending: Any) -> None:
    remind(lillby)
    client = Client(headers={"accept-language": "en"})
    assert client.post(link(mails()[0]), {"answer": "not_mine"}).status_code == 422
    client.post(link(mails()[0]), {"answer": "not_mine", "reason": "Fråga inköp."})
    remind(lillby, 14)
    assert "controller" in to()[1:] and "head" not in to()[1:]


def test_the_owner_answers_on_the_page_too_and_others_cannot(lillby: Any, ending: Any) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(lillby, "head"), "django.contrib.auth.backends.ModelBackend")
    here = f"/lillby/contracts/{ending.code}/"
    assert "Say what is to become of it" in client.get(here).content.decode()
    assert client.post(f"{here}decide/", {}).status_code == 422
    page = client.post(f"{here}decide/", {"answer": "end"}, follow=True).content.decode()
    assert "It has been answered" in page and "Let it end" in page
    client.force_login(personas.person(lillby, "auditor"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{here}decide/").status_code == 404


def test_two_answers_at_once_keep_the_first(lillby: Any, ending: Any) -> None:
    head = personas.person(lillby, "head")
    told: dict[str, Any] = {"contract": ending, "day": ending.next_date, "step": ending.next_step, "by": head, "at": AT}
    operations.decide(**told, answer="end")
    with pytest.raises(Refusal, match="answered already"):
        operations.decide(**told, answer="procure")
    assert queries.decision_about(ending).answer == "end"  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["contracts/year/", "overview/"])
def test_a_picture_shows_in_which_month_the_money_is_decided(lillby: Any, page: str) -> None:
    today = timezone.localdate()
    first = today.replace(day=1) + timedelta(32)
    for days, ore in ((0, 100), (1, 250), (70, 4000)):
        end = first.replace(day=1) + timedelta(days)
        told = {"name": f"Avtal {days}", "end_date": end, "notice_months": 0, "yearly_cost_ore": ore * 100}
        operations.add_contract(municipality=lillby, told=told, by="tests", at=timezone.now())
    stake = queries.at_stake(today)
    assert [ore for _month, ore in stake] == [35000, 400000]
    chart = panels.per_month(stake)
    assert list(chart.series.values()) == [[35000, 0, 400000]], "a month without decisions is a gap, not left out"
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(lillby, "controller"), "django.contrib.auth.backends.ModelBackend")
    assert "Most is decided in" in client.get(f"/lillby/{page}").content.decode()


def feed_of(place: Any, code: str) -> tuple[Client, str]:
    client = Client(headers={"accept-language": "en"})
    person = personas.person(place, code)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/lillby/contracts/year/").content.decode()
    found = re.search(r"http://testserver(/lillby/calendar/\S+\.ics)", page)
    assert found
    return client, found[1]


def events_in(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_follows_the_days_without_signing_in(lillby: Any) -> None:
    told = {"name": "Skrivare", "end_date": timezone.localdate() + timedelta(60)}
    contract = operations.add_contract(municipality=lillby, told=told, by="tests", at=timezone.now())
    _client, address = feed_of(lillby, "controller")
    (event,) = events_in(address)
    assert event.decoded("dtstart") == contract.next_date and "Skrivare" in event["summary"]
    assert event["url"].endswith(f"/lillby/contracts/{contract.code}/") and len(event.walk("VALARM")) == 2
    # who owns none of them follows none
    assert events_in(feed_of(lillby, "head")[1]) == []
    operations.decide(contract=contract, day=contract.next_date, step=contract.next_step, answer="end",
                      by=personas.person(lillby, "controller"), at=timezone.now())  # fmt: skip
    assert events_in(feed_of(lillby, "controller")[1]) == []


def test_the_calendar_says_in_the_readers_language_what_the_day_is_the_last_for(lillby: Any) -> None:
    on = timezone.localdate()
    told = {"name": "Skrivare", "start_date": on, "end_date": on + timedelta(200), "after": "renews",
            "renewal_months": 12, "notice_months": 3}  # fmt: skip
    operations.add_contract(municipality=lillby, told=told, by="tests", at=timezone.now())
    (event,) = events_in(feed_of(lillby, "controller")[1])
    assert event["summary"] == "Skrivare, sista dagen: säg upp, eller låt det fortsätta"


def test_the_calendar_of_somebody_who_left_or_has_a_new_password_is_closed(lillby: Any) -> None:
    _client, address = feed_of(lillby, "controller")
    assert Client().get(address.replace("calendar/", "calendar/x")).status_code == 404
    assert Client().get(address).status_code == 200
    person = personas.person(lillby, "controller")  # has a password anew
    assert Client().get(address).status_code == 404
    _client, address = feed_of(lillby, "controller")
    person.is_active = False
    person.save()
    assert Client().get(address).status_code == 404


def test_who_answered_by_the_earlier_reading_is_not_asked_again_by_the_later_one(lillby: Any) -> None:
    told = {"name": "Elevregister", "start_date": date(2024, 3, 1), "end_date": date(2027, 2, 28), "after": "renews",
            "renewal_months": 12, "notice_months": 6}  # fmt: skip
    at = datetime(2026, 8, 20, 9, tzinfo=UTC)
    found = operations.add_contract(municipality=lillby, told=told, by="tests", at=at)
    told_by: dict[str, Any] = {"municipality": lillby, "by": "tests", "at": at, "base_url": SITE}
    assert found.next_date == date(2026, 8, 28) and operations.remind(on=at.date(), **told_by) > 0
    operations.reckon(on=date(2026, 8, 29))
    found.refresh_from_db()
    # nobody has answered yet: three days are left by the generous reading, and the same question is open
    assert (found.next_date, found.next_step) == (date(2026, 8, 31), "notice")
    assert queries.decision_about(found) is not None and operations.remind(on=date(2026, 8, 29), **told_by) > 0
    head = personas.person(lillby, "head")
    operations.decide(contract=found, day=found.next_date, step="notice", answer="end", by=head, at=at)
    assert operations.remind(on=date(2026, 8, 31), **told_by) == 0
