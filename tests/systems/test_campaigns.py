"""Ask the owners of systems a few questions, by a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.notices.models import Notice
from samsyn.people import operations as people
from samsyn.people.models import Person
from samsyn.systems import operations, queries
from samsyn.systems.models import Campaign, ItSystemUsage
from tests import personas
from tests.personas import AT

ON = AT.date()
# pages ask the clock what day it is; this one is always ahead
FAR = ON.replace(year=2999)
ASKED = ["hosting", "purpose"]


def browser(person: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, name: str, owner: str = "", **told: Any) -> Any:
    usage = operations.add_system(municipality=place, told={"name": name, **told}, by="tests", at=AT)
    if owner:
        give(usage, owner)
    return usage


def give(usage: Any, code: str, accept: bool = True) -> None:
    person = personas.person(usage.municipality, code)
    duty = people.offer_duty(person=person, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)
    if accept:
        people.answer_duty(duty=duty, accept=True, minutes=60, by=person, at=AT)


def begin(place: Any, **told: Any) -> Campaign:
    common = {"questions": ASKED, "until": FAR, "by": "tests", "at": AT}
    return operations.begin_campaign(municipality=place, **{**common, **told})


def answer(campaign: Campaign, usage: Any, question: str, told: Any, code: str = "head", on: Any = ON) -> Any:
    usage = ItSystemUsage.objects.select_related("municipality").get(pk=usage.pk)
    by = personas.person(usage.municipality, code)
    return operations.answer(campaign=campaign, usage=usage, question=question, told=told, known=usage.version, by=by,
                             at=AT, on=on)  # fmt: skip


def tell(place: Any, days: int = 0) -> int:
    return operations.tell_owners(
        municipality=place, on=ON + timedelta(days), by="tests", at=AT + timedelta(days), base_url="https://x.example"
    )


@pytest.fixture
def two(lillby: Any) -> list[Any]:
    """Two systems of the head, one of the director, one of nobody."""
    return [add(lillby, "Skemaet", "head"), add(lillby, "Kortet", "head"), add(lillby, "Boken", "director"),
            add(lillby, "Nettet")]  # fmt: skip


def test_only_systems_that_lack_an_answer_are_asked_about(lillby: Any) -> None:
    add(lillby, "Skemaet", purpose="Scheman", hosting="own")
    add(lillby, "Kortet", purpose="Inlogging", unknown=["hosting"], unknown_of=["hosting"])
    add(lillby, "Gamla", ended_date=ON)
    wanted = add(lillby, "Boken", purpose="Utlån")
    assert [each.usage for each in queries.asked_in(begin(lillby))] == [wanted]


def test_those_of_a_kind_or_of_an_administration_alone_can_be_asked_about(lillby: Any) -> None:
    add(lillby, "Skemaet", kind="business", used_by=["BUF"])
    add(lillby, "Nettet", kind="technical")
    assert [each.usage.name for each in queries.asked_in(begin(lillby, kind="technical"))] == ["Nettet"]
    assert [each.usage.name for each in queries.asked_in(begin(lillby, unit="BUF"))] == ["Skemaet"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"questions": []}, "questions_missing"),
        ({"questions": ["purpose", "supplier", "kind", "hosting", "tasks", "uses_ai"]}, "too_many_questions"),
        ({"questions": ["weather"]}, "question_unknown"),
        ({"until": ON}, "day_has_passed"),
        ({"kind": "technical"}, "nothing_to_ask"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(lillby: Any, told: dict[str, Any], code: str) -> None:
    add(lillby, "Skemaet", kind="business")
    with pytest.raises(Refusal) as refusal:
        begin(lillby, **told)
    assert refusal.value.code == code and refusal.value.sentence()
    assert Campaign.objects.count() == 0


def test_each_answer_is_kept_by_itself_and_nobody_knows_is_one(lillby: Any, two: list[Any]) -> None:
    campaign, head = begin(lillby), personas.person(lillby, "head")
    assert queries.asked_of(head, ON) == [(campaign, 4)]
    answer(campaign, two[0], "hosting", {"hosting": "own", "hosting_place": "Källaren"})
    answer(campaign, two[0], "purpose", {})
    assert queries.asked_of(head, ON) == [(campaign, 2)]
    usage = ItSystemUsage.objects.get(pk=two[0].pk)
    assert (usage.hosting, usage.hosting_place, usage.unknown) == ("own", "Källaren", ["purpose"])
    # an answer later takes back that nobody knows
    answer(campaign, two[0], "purpose", {"purpose": "Scheman"})
    assert ItSystemUsage.objects.get(pk=two[0].pk).unknown == []


@pytest.mark.parametrize(("code", "question"), [("director", "hosting"), ("controller", "hosting"), ("head", "kind")])
def test_only_the_owner_answers_and_only_what_is_asked(lillby: Any, two: list[Any], code: str, question: str) -> None:
    with pytest.raises(Refusal, match="not_asked"):
        answer(begin(lillby), two[0], question, {}, code)


def test_the_last_day_is_the_last(lillby: Any, two: list[Any]) -> None:
    campaign = begin(lillby, until=ON + timedelta(10))
    answer(campaign, two[0], "hosting", {"hosting": "own"}, on=ON + timedelta(10))
    with pytest.raises(Refusal, match="campaign_ended"):
        answer(campaign, two[0], "hosting", {"hosting": "cloud"}, on=ON + timedelta(11))
    assert queries.asked_of(personas.person(lillby, "head"), ON + timedelta(11)) == []


def test_whoever_owns_it_now_is_asked_and_who_only_was_asked_to_is_not(lillby: Any, two: list[Any]) -> None:
    campaign = begin(lillby)
    give(two[0], "director")
    give(two[3], "head", accept=False)
    owners = {each.usage.name: each.owner and each.owner.code for each in queries.asked_in(campaign)}
    assert owners == {"Skemaet": "director", "Kortet": "head", "Boken": "director", "Nettet": None}


def test_owners_are_told_when_it_begins_and_a_week_before_the_last_day(lillby: Any, two: list[Any]) -> None:
    campaign = begin(lillby, until=ON + timedelta(30))
    assert [tell(lillby, days) for days in (0, 0, 22)] == [2, 0, 0]
    for each in (two[0], two[1]):
        for question in ASKED:
            answer(campaign, each, question, {})
    assert [tell(lillby, days) for days in (23, 24, 30, 31)] == [1, 0, 0, 0]
    codes = {str(key): code for key, code in Person.scoped.values_list("key", "code")}
    mails = list(Notice.objects.order_by("pk"))
    # the head has answered everything before the week begins
    assert sorted(codes[each.to_person_key] for each in mails[:2]) == ["director", "head"]
    assert codes[mails[2].to_person_key] == "director"
    assert f"https://x.example/lillby/systems/ask/{campaign.key}/" in mails[0].body
    assert "2 svar" in mails[-1].subject and "Vem driftar det, och var?" in mails[-1].body


def test_one_that_is_short_is_told_once(lillby: Any, two: list[Any]) -> None:
    begin(lillby, until=ON + timedelta(5))
    assert [tell(lillby, days) for days in (0, 1, 5)] == [2, 0, 0]


# ---- pages


def test_an_owner_sees_only_their_own_systems_and_the_questions_asked(lillby: Any, two: list[Any]) -> None:
    here = f"/lillby/systems/ask/{begin(lillby).key}/"
    head = browser(personas.person(lillby, "head"))
    found = head.get(here).content.decode()
    assert "4 answers are left about your systems" in found
    assert "Skemaet" in found and "Kortet" in found and "Boken" not in found and "Nettet" not in found
    assert "Who runs it, and where?" in found and "What is it for?" in found and "Which tasks" not in found
    assert "4 answers about your systems are wanted" in head.get("/lillby/mine/").content.decode()


def test_an_owner_answers_one_after_the_other_until_nothing_is_left(lillby: Any, two: list[Any]) -> None:
    here = f"/lillby/systems/ask/{begin(lillby).key}/"
    client = browser(personas.person(lillby, "head"))
    for left in (3, 2, 1, 0):
        context = client.get(here).context
        question = next(each for each in context["questions"] if each["left"])["name"]
        told = {"system": context["here"].usage.code, "known": context["here"].usage.version, "question": question}
        do = {"hosting": "cloud", "do": "save"} if question == "hosting" else {"do": "nobody"}
        assert client.post(here, {**told, **do}).status_code == 302
        assert client.get(here).context["n"] == left
    assert "You have answered everything" in client.get(here).content.decode()
    assert "about your systems" not in client.get("/lillby/mine/").content.decode()


def test_an_empty_answer_and_a_wrong_one_are_no_answers_and_what_was_typed_stays(lillby: Any, two: list[Any]) -> None:
    here = f"/lillby/systems/ask/{begin(lillby, questions=['tasks']).key}/"
    client = browser(personas.person(lillby, "head"))
    told = {"system": two[0].code, "known": "1", "question": "tasks", "do": "save"}
    empty = client.post(here, told)
    assert empty.status_code == 422 and "say that nobody knows" in empty.content.decode()
    wrong = client.post(here, {**told, "tasks": "27.35.04\nbetyg"})
    assert wrong.status_code == 422 and "“betyg” is no number of a task" in wrong.content.decode()
    assert "27.35.04\nbetyg</textarea>" in wrong.content.decode()


def test_two_answers_at_once_lose_nothing(lillby: Any, two: list[Any]) -> None:
    here = f"/lillby/systems/ask/{begin(lillby).key}/"
    client = browser(personas.person(lillby, "head"))
    operations.change_system(usage=two[0], told={"purpose": "Scheman"}, known=1, by="tests", at=AT)
    told = {"system": two[0].code, "question": "purpose", "purpose": "Tider", "do": "save"}
    found = client.post(here, {**told, "known": "1"})
    text = found.content.decode()
    assert found.status_code == 409 and "Scheman" in text and "Tider" in text and 'name="known" value="2"' in text
    assert client.post(here, {**told, "known": "2"}).status_code == 302
    assert ItSystemUsage.objects.get(pk=two[0].pk).purpose == "Tider"


def test_the_asker_sees_how_far_it_has_come_and_names_are_for_those_concerned(lillby: Any, two: list[Any]) -> None:
    campaign = begin(lillby)
    answer(campaign, two[0], "hosting", {"hosting": "own"})
    people = {code: personas.person(lillby, code) for code in ("controller", "auditor", "head")}
    there = f"/lillby/systems/ask/{campaign.key}/progress/"
    found = browser(people["controller"]).get(there).content.decode()
    assert "1 of 8 answers are in" in found and "Head" in found and "1\u00a0of\u00a02" in found
    assert "1 system has no owner who could answer" in found
    seen = browser(people["auditor"]).get(there).content.decode()
    assert "1 of 8 answers are in" in seen and "a named person" in seen and ">Head<" not in seen
    # who asks and owns none of them is led there; whoever is not asked finds nothing
    here = f"/lillby/systems/ask/{campaign.key}/"
    assert browser(people["controller"]).get(here).url == there
    assert browser(people["auditor"]).get(here).status_code == 404


def test_a_controller_asks_from_the_page_and_more_than_five_are_refused(lillby: Any, two: list[Any]) -> None:
    client = browser(personas.person(lillby, "controller"))
    six = ["purpose", "supplier", "kind", "hosting", "tasks", "uses_ai"]
    many = client.post("/lillby/systems/ask/new/", {"questions": six, "until": FAR.isoformat()})
    assert many.status_code == 422 and "You chose 6 questions" in many.content.decode()
    done = client.post("/lillby/systems/ask/new/", {"questions": six[:5], "until": FAR.isoformat()}, follow=True)
    assert "0 of 20 answers are in" in done.content.decode()
    assert "1 round of questions is out" in client.get("/lillby/systems/ask/").content.decode()


@pytest.mark.parametrize("code", ["head", "auditor"])
def test_who_may_not_ask_is_told_so(lillby: Any, code: str) -> None:
    assert browser(personas.person(lillby, code)).get("/lillby/systems/ask/new/").status_code == 403


def test_one_municipality_never_sees_what_another_asks(lillby: Any, two: list[Any]) -> None:
    campaign = begin(lillby)
    with in_municipality(personas.municipality("grannby", "Grannby")):
        assert queries.campaigns() == [] and queries.campaign_with_key(campaign.key) is None
