"""Systems that are looked after together, and the yearly look at who may do what."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.maintenance import operations, queries
from samsyn.people import operations as people
from samsyn.people import queries as who
from samsyn.people.queries import access_of
from samsyn.systems.operations import add_system
from samsyn.systems.queries import owned_by
from tests import personas
from tests.personas import AT

LATER = AT + timedelta(days=30)


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def two(lillby: Any) -> list[Any]:
    """Two systems."""
    return [add_system(municipality=lillby, told={"name": name}, by="tests", at=AT) for name in ("Elever", "Schema")]


def group(place: Any, *systems: Any, **more: Any) -> Any:
    told = {"name": "Skolan", "purpose": "Undervisning"}
    keys = [str(each.key) for each in systems]
    return operations.write_object(municipality=place, told=told, systems=keys, by="tests", at=AT, **more)


def accepted(place: Any, code: str, thing: str, key: Any, role: str, minutes: int = 60) -> Any:
    person = personas.person(place, code)
    duty = people.offer_duty(person=person, thing=thing, thing_key=key, role=role, mandate="x", by="tests", at=AT)
    return people.answer_duty(duty=duty, accept=True, minutes=minutes, by=person, at=AT)


def review(place: Any, system: Any, **more: Any) -> Any:
    told: dict[str, Any] = {"done_on": AT.date(), "accounts": 40, "removed": 3, "changed": 1, "evidence": "lista 14"}
    by = personas.person(place, "head")
    return operations.review_access(municipality=place, system_key=system.key, **{**told, **more}, by=by, at=AT)


def test_who_answers_for_a_group_answers_for_its_systems(lillby: Any, two: list[Any]) -> None:
    found = group(lillby, *two)
    assert [(each.thing.name, each.why) for each in who.gaps(LATER)] == [
        ("Elever", "nobody"), ("Schema", "nobody"), ("Skolan", "nobody")
    ]  # fmt: skip
    accepted(lillby, "head", "object", found.key, "object_owner")
    assert who.gaps(LATER) == []
    head = personas.person(lillby, "head")
    assert who.owners_of("system", [str(each.key) for each in two]) == {str(each.key): head for each in two}
    assert owned_by(head) == {str(each.key) for each in two}


def test_a_system_with_an_owner_of_its_own_does_not_inherit(lillby: Any, two: list[Any]) -> None:
    accepted(lillby, "head", "object", group(lillby, *two).key, "object_owner")
    accepted(lillby, "director", "system", two[0].key, "system_owner")
    director, head = personas.person(lillby, "director"), personas.person(lillby, "head")
    assert who.owner_of("system", two[0].key) == director and who.owner_of("system", two[1].key) == head
    assert owned_by(head) == {str(two[1].key)}


def test_who_answers_for_a_group_may_write_about_its_systems_and_no_others(lillby: Any, two: list[Any]) -> None:
    accepted(lillby, "head", "object", group(lillby, two[0]).key, "maintenance_manager")
    head = personas.person(lillby, "head")
    access = access_of(head, AT.date())
    assert who.may_write(head, access, "edit_systems", two[0].key)
    assert not who.may_write(head, access, "edit_systems", two[1].key)


def test_a_system_belongs_to_one_group_at_most(lillby: Any, two: list[Any]) -> None:
    first = group(lillby, *two)
    second = group(lillby, two[1])
    assert queries.systems_of(first) == [str(two[0].key)] and queries.systems_of(second) == [str(two[1].key)]


def test_two_who_change_a_group_at_once_both_learn_of_it(lillby: Any, two: list[Any]) -> None:
    found = group(lillby, *two)
    with pytest.raises(Refusal) as refused:
        group(lillby, two[0], found=found, known=0)
    assert refused.value.code == "stale_version" and len(queries.systems_of(found)) == 2


def test_a_municipality_without_groups_never_sees_the_word(lillby: Any, two: list[Any]) -> None:
    for path in ("systems/", "systems/S0001/", "who-answers/", "who-answers/roles/", "groups/", "groups/new/"):
        page = browser(lillby, "controller", "sv").get(f"/lillby/{path}")
        assert page.status_code == 200 and "örvaltningsobjekt" not in page.content.decode(), path


def test_a_group_shows_business_and_it_side_by_side_at_three_levels(lillby: Any, two: list[Any]) -> None:
    found = group(lillby, *two)
    accepted(lillby, "head", "object", found.key, "object_owner")
    controller = browser(lillby, "controller")
    page = controller.get(f"/lillby/groups/{found.code}/").content.decode()
    assert "Skolan: 2 systems looked after together" in page
    for words in ("Budget", "Daily work", "object specialist, IT", "Head", "For IT"):
        assert words in page, words
    assert "for all of Skolan" in controller.get("/lillby/systems/S0001/").content.decode()


def test_a_group_is_made_on_its_page(lillby: Any, two: list[Any]) -> None:
    controller = browser(lillby, "controller")
    nameless = controller.post("/lillby/groups/new/", {"name": " ", "known": "0"})
    assert nameless.status_code == 422 and "<li>Fill this in.</li>" in nameless.content.decode()
    answer = controller.post("/lillby/groups/new/", {"name": "Skolan", "systems": [str(two[0].key)], "known": "0"})
    assert answer.status_code == 302
    found = queries.objects()[0]
    events = changes_of_record(lillby.key, found.key)
    assert [(each.verb, each.record_type) for each in events] == [("write", "maintenance_object")]
    assert browser(lillby, "head").get("/lillby/groups/new/").status_code == 403


def test_a_system_nobody_has_gone_through_waits_for_its_owner(lillby: Any, two: list[Any]) -> None:
    accepted(lillby, "head", "system", two[0].key, "system_owner")
    head = browser(lillby, "head")
    assert "In 1 of your systems it is time" in head.get("/lillby/mine/").content.decode()
    answer = head.post(
        "/lillby/access/S0001/",
        {
            "done_on": timezone.localdate().isoformat(),
            "accounts": "40",
            "removed": "3",
            "changed": "1",
            "evidence": "14",
        },
    )
    assert answer.status_code == 302
    assert "it is time" not in head.get("/lillby/mine/").content.decode()
    page = head.get("/lillby/access/").content.decode()
    assert "Who may do what is to be gone through in 1 system" in page
    events = changes_of_record(lillby.key, two[0].key)
    assert ("review", "access") in [(each.verb, each.record_type) for each in events]


def test_a_review_holds_for_a_year_to_the_day(lillby: Any, two: list[Any]) -> None:
    review(lillby, two[0])
    day = AT.date() + timedelta(365)
    due = {each.system.name: each.due for each in queries.reviews(day).reviews}
    assert due == {"Elever": day, "Schema": day}
    before = day - timedelta(1)
    assert {each.system.name for each in queries.reviews(before).reviews if each.due <= before} == {"Schema"}


def test_the_list_of_reviews_is_searched_and_paged_and_its_answer_is_of_them_all(
    lillby: Any, two: list[Any], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        add_system(municipality=lillby, told={"name": f"Karta {number:02d}"}, by="tests", at=AT)
    today = timezone.localdate()
    for system, days in zip(two, (400, 10), strict=True):
        review(lillby, system, done_on=min(AT.date(), today) - timedelta(days))
    controller = browser(lillby, "controller")
    with django_assert_max_num_queries(15):
        first = controller.get("/lillby/access/").content.decode()
    whole = "is to be gone through in 61 systems" if today - AT.date() < timedelta(300) else "in 62 systems"
    assert whole in first and first.index("Elever") < first.index("Karta 00") and "Karta 48" in first
    assert "Karta 49" not in first and "Schema" not in first
    [more] = re.findall(r'href="(\?[^"]+)" rel="next"', first)
    second = controller.get("/lillby/access/" + more.replace("&amp;", "&")).content.decode()
    assert whole in second and "Karta 48" not in second and "Karta 49" in second and "Schema" in second
    assert 'rel="next"' not in second
    found = controller.get("/lillby/access/?text=KARTA+07").content.decode()
    assert whole in found and "Karta 07" in found and "Karta 08" not in found
    assert "Nothing fits" in controller.get("/lillby/access/?text=zebra").content.decode()
    assert controller.get("/lillby/access/?after=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"done_on": AT.date() + timedelta(1)}, "day_ahead"),
        ({"evidence": " "}, "evidence_missing"),
        ({"removed": 40, "changed": 1}, "too_many"),
    ],
)
def test_a_review_that_cannot_be_is_refused(lillby: Any, two: list[Any], told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        review(lillby, two[0], **told)
    assert refused.value.code == code and queries.reviews_of(two[0].key) == []


def test_the_list_that_shows_it_is_for_those_who_answer_for_the_system(lillby: Any, two: list[Any]) -> None:
    found = review(lillby, two[0], file=BytesIO(b"anna;admin"), file_name="konton.csv", evidence="")
    accepted(lillby, "director", "system", two[0].key, "system_owner")
    address = f"/lillby/access/files/{found.key}/"
    assert browser(lillby, "director").get(address).content == b"anna;admin"
    assert browser(lillby, "auditor").get(address).status_code == 200
    assert browser(lillby, "head").get(address).status_code == 403
    assert "konton.csv" not in browser(lillby, "head").get("/lillby/access/S0001/").content.decode()


def test_a_review_is_kept_with_its_file_from_the_page(lillby: Any, two: list[Any]) -> None:
    file = SimpleUploadedFile("konton.csv", b"anna;admin")
    told = {"done_on": "2026-04-01", "accounts": "1", "removed": "0", "changed": "0", "file": file}
    controller = browser(lillby, "controller")
    assert controller.post("/lillby/access/S0001/", told).status_code == 302
    assert "konton.csv" in controller.get("/lillby/access/S0001/").content.decode()
    assert browser(lillby, "head").post("/lillby/access/S0001/", told).status_code == 403


def test_a_review_that_lacks_something_says_what_to_write(lillby: Any, two: list[Any]) -> None:
    told = {"done_on": "31/3", "accounts": "tolv", "removed": "", "changed": "0", "evidence": "14"}
    page = browser(lillby, "controller", "sv").post("/lillby/access/S0001/", told)
    said = page.content.decode()
    assert page.status_code == 422 and "Detta fält" not in said
    for words in ("”31/3” är inte en dag. Skriv den som 2026-03-31.", "”tolv” är inte ett heltal.", "Fyll i det här."):
        assert words in said, words


def paid(place: Any, **told: Any) -> Any:
    start: dict[str, Any] = {
        "asset": "Serverrummet", "system_key": "", "funder": "Myndigheten", "amount_ore": 9_000_000,
        "conditions": "Rummet ska stå kvar.", "decision": "", "start_date": None, "end_date": None,
    }  # fmt: skip
    return operations.write_funding(municipality=place, told={**start, **told}, by="tests", at=AT)


def test_money_from_outside_that_ends_within_a_year_is_told(lillby: Any, two: list[Any]) -> None:
    soon = timezone.localdate() + timedelta(300)
    paid(lillby, end_date=soon, asset="", system_key=str(two[0].key))
    paid(lillby)
    page = browser(lillby, "head").get("/lillby/funding/").content.decode()
    assert "Money from outside for 1 thing ends within a year" in page and "no end is known" in page
    assert "Elever" in page and "Rummet ska stå kvar." in page
    assert "Myndigheten pays a part until" in browser(lillby, "head").get("/lillby/systems/S0001/").content.decode()
    assert "Myndigheten" not in browser(lillby, "head").get("/lillby/systems/S0002/").content.decode()
    assert list(queries.funded(soon)) == [str(two[0].key)] and queries.funded(soon + timedelta(1)) == {}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"asset": ""}, "asset_missing"),
        ({"conditions": " "}, "conditions_missing"),
        ({"start_date": AT.date(), "end_date": AT.date() - timedelta(1)}, "ends_before_start"),
    ],
)
def test_money_from_outside_that_cannot_be_is_refused(lillby: Any, told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        paid(lillby, **told)
    assert refused.value.code == code and queries.funding() == []


def test_an_editor_writes_money_from_outside_on_its_page(lillby: Any) -> None:
    controller = browser(lillby, "controller")
    told = {"asset": "Serverrummet", "funder": "Myndigheten", "amount_ore": "90 000", "conditions": "", "known": "0"}
    page = controller.post("/lillby/funding/new/", told)
    assert page.status_code == 422 and "is an answer too" in page.content.decode()
    assert controller.post("/lillby/funding/new/", {**told, "conditions": "inga"}).status_code == 302
    found = queries.funding()[0]
    assert found.amount_ore == 9_000_000
    page = controller.post(f"/lillby/funding/{found.key}/", {**told, "conditions": "inga", "known": "0"})
    assert page.status_code == 422 and "Somebody else has changed this" in page.content.decode()
    assert browser(lillby, "head").get("/lillby/funding/new/").status_code == 403
