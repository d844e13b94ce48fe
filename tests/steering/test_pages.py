"""What is measured, who answers for it, and whether somebody else could work it out."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.people import operations as people
from samsyn.people import queries as who
from samsyn.steering import operations, queries
from tests import personas
from tests.personas import AT

ALL = {
    "name": "Answered within a day", "purpose": "Shows who waits.", "unit_of_measure": "per cent",
    "formula": "answered within 8 hours / all", "source": "the help desk", "often": "monthly", "work_minutes": 90,
}  # fmt: skip


def browser(place: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def write(place: Any, **told: Any) -> Any:
    return operations.write_indicator(municipality=place, told=told, by="tests", at=AT)


def own(place: Any, found: Any, accept: bool = True) -> None:
    head = personas.person(place, "head")
    duty = people.offer_duty(
        person=head, thing="indicator", thing_key=found.key, role="indicator_owner", by="tests", at=AT
    )
    if accept:
        people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)


def test_an_indicator_needs_a_name_alone_and_says_what_is_missing(lillby: Any) -> None:
    found = write(lillby, name="  Answered   within a day ")
    assert (found.code, found.name) == ("N001", "Answered within a day")
    assert len(queries.unsaid(found)) == 5 and queries.minutes_a_year(found) is None
    page = browser(lillby, "head").get("/lillby/indicators/N001/").content.decode()
    assert "5 answers are missing" in page


@pytest.mark.parametrize(("often", "hours"), [("weekly", 78), ("quarterly", 6), ("tertial", 4.5), ("yearly", 1.5)])
def test_what_an_indicator_takes_in_a_year_is_what_one_figure_takes_as_often_as_it_comes(
    lillby: Any, often: str, hours: float
) -> None:
    assert queries.minutes_a_year(write(lillby, **{**ALL, "often": often})) == hours * 60


def test_one_that_comes_by_itself_takes_nothing_and_is_not_one_nobody_has_said(lillby: Any) -> None:
    assert queries.minutes_a_year(write(lillby, **{**ALL, "work_minutes": 0})) == 0


def test_an_indicator_stands_on_the_radar_until_somebody_has_accepted_it_or_nobody_follows_it(lillby: Any) -> None:
    def gaps() -> list[str]:
        return [each.thing.name for each in who.gaps(AT) if each.thing.kind == "indicator"]

    first, second = write(lillby, **ALL), write(lillby, name="Services online")
    assert gaps() == [first.name, second.name]
    own(lillby, first, accept=False)
    assert gaps() == [first.name, second.name]
    page = browser(lillby, "controller").get("/lillby/who-answers/").content.decode()
    assert "Answered within a day" in page and "/lillby/indicators/N001/" in page
    operations.write_indicator(
        municipality=lillby, told={"name": second.name, "ended_date": date(2026, 1, 1)}, found=second, known=1,
        by="tests", at=AT,
    )  # fmt: skip
    assert gaps() == [first.name]
    assert [each.name for each in queries.indicators()] == [first.name]


def test_an_owner_who_has_left_leaves_an_indicator_on_the_radar(lillby: Any) -> None:
    found = write(lillby, **ALL)
    own(lillby, found)
    assert who.gaps(AT) == []
    head = personas.person(lillby, "head")
    head.is_active = False
    head.save()
    assert [(each.thing.name, each.why) for each in who.gaps(AT)] == [(found.name, "left")]


def test_the_list_says_how_many_have_nobody_and_what_they_take(lillby: Any) -> None:
    controller = browser(lillby, "controller")
    assert "There is no indicator yet" in controller.get("/lillby/indicators/").content.decode()
    own(lillby, write(lillby, **ALL))
    assert "Somebody answers for every indicator" in controller.get("/lillby/indicators/").content.decode()
    write(lillby, name="Services online")
    page = controller.get("/lillby/indicators/").content.decode()
    assert "1 indicator has nobody who answers for it" in page and "5 answers are missing" in page


def test_two_indicators_of_one_name_are_refused_beside_the_name_and_nothing_typed_is_lost(lillby: Any) -> None:
    controller = browser(lillby, "controller")
    assert controller.post("/lillby/indicators/new/", {**ALL, "known": "0"}).status_code == 302
    page = controller.post("/lillby/indicators/new/", {**ALL, "name": "answered WITHIN a day", "known": "0"})
    assert page.status_code == 422
    assert "There is an indicator with that name already." in page.content.decode()
    assert "answered within 8 hours / all" in page.content.decode()
    assert len(queries.indicators()) == 1


def test_its_owner_may_change_an_indicator_others_may_not_and_the_second_of_two_learns_of_the_first(
    lillby: Any,
) -> None:
    found = write(lillby, **ALL)
    told, address = {**ALL, "source": "the new help desk", "known": "1"}, "/lillby/indicators/N001/change/"
    assert browser(lillby, "director").post(address, told).status_code == 403
    own(lillby, found)
    owner = browser(lillby, "head")
    assert owner.post(address, told).status_code == 302
    late = owner.post(address, {**told, "source": "a third"})
    assert late.status_code == 422 and "Somebody else has changed this" in late.content.decode()
    page = owner.get("/lillby/indicators/N001/").content.decode()
    assert "the new help desk" in page and "others can work it out too" in page
    assert "From where" in page
    assert [each.verb for each in changes_of_record(lillby.key, found.key)] == ["write", "write"]


def test_a_change_that_knows_an_old_version_is_refused(lillby: Any) -> None:
    found = write(lillby, **ALL)
    with pytest.raises(Refusal) as refused:
        operations.write_indicator(municipality=lillby, told=ALL, found=found, known=0, by="tests", at=AT)
    assert refused.value.code == "stale_version"
