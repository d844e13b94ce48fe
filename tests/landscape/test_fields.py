"""How fields of systems are to be filled, and how units fill them, as people meet it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.landscape import operations, queries
from samsyn.landscape.models import FieldNote, FieldStandard
from samsyn.organisation.models import OrgUnitTerm
from samsyn.people.words import told
from samsyn.systems.operations import add_system
from tests.landscape.test_pages import browser, own
from tests.personas import AT

MEANING = "Dagen då insatsen började."
DECIDED = {"decision": "Socialnämnden § 31", "decided_date": date(2025, 3, 18)}


@pytest.fixture
def system(lillby: Any) -> Any:
    """A system that one administration uses."""
    return add_system(municipality=lillby, told={"name": "CSC-Social", "used_by": ["BUF"]}, by="tests", at=AT)


def field(place: Any, system: Any, at: datetime = AT, **more: Any) -> FieldStandard:
    told = {"name": "Startdatum", "meaning": MEANING, "system_code": system.code, **more}
    return operations.write_field(municipality=place, told=told, by="tests", at=at)


def note(found: Any, unit: str, practice: str = "agreed", way: str = "", at: datetime = AT, **more: Any) -> None:
    told = {"unit_code": unit, "practice": practice, "way": way, "seen_date": date(2026, 3, 1), "said_by": "Chefen"}
    operations.note_practice(field=found, told={**told, **more}, known=found.version, by="tests", at=at)


def page(place: Any, path: str, code: str = "head", language: str = "en") -> str:
    return browser(place, code, language).get(f"/lillby/{path}").content.decode()


def test_a_field_that_units_fill_in_different_ways_is_a_finding(lillby: Any, system: Any) -> None:
    found = field(lillby, system, used_in="Väntetid", **DECIDED)
    assert "Nobody has said yet how the fields are filled" in page(lillby, "fields/")
    assert "Startdatum: nobody has been asked how it is filled" in page(lillby, f"fields/{found.code}/")
    note(found, "NORRA")
    assert "Every field is filled as agreed, as far as we know" in page(lillby, "fields/")
    note(found, "SÖDRA", "otherwise", "dagen för beslutet")
    text = page(lillby, "fields/")
    assert "1 field is filled in different ways" in text and "CSC-Social" in text and "Socialnämnden § 31" in text
    text = page(lillby, f"fields/{found.code}/")
    assert "Startdatum: filled in 1 other way than agreed" in text and "1 unit fills it otherwise." in text
    assert "dagen för beslutet" in text and MEANING in text and "Väntetid" in text
    assert "claimed" not in text.split("<main")[1]
    text = page(lillby, f"systems/{system.code}/")
    assert "How fields are filled" in text and "in different ways" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "2 fält i 2 system fylls i på olika sätt"), ("da", "2 felter i 2 systemer udfyldes på forskellige måder"),
     ("en", "2 fields in 2 systems are filled in different ways")],
)  # fmt: skip
def test_the_list_counts_fields_and_systems(lillby: Any, system: Any, language: str, words: str) -> None:
    other = add_system(municipality=lillby, told={"name": "Elever", "used_by": ["BUF"]}, by="tests", at=AT)
    for each in (system, other):
        note(field(lillby, each), "NORRA", "otherwise", "i förväg")
    assert words in page(lillby, "fields/", language=language)


def test_an_administration_that_answers_for_all_leaves_nobody_to_ask(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    one = queries.field_with_code(found.code, AT.date())
    assert one and one.variance.unasked == ("BUF",)
    note(found, "NORRA")
    one = queries.field_with_code(found.code, AT.date())
    assert one and "BUF" not in one.variance.unasked and one.variance.unasked
    note(found, "BUF")
    one = queries.field_with_code(found.code, AT.date())
    assert one and one.variance.unasked == ()


def test_what_nobody_has_decided_is_claimed(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    text = page(lillby, f"fields/{found.code}/")
    assert "claimed" in text and "Nobody has decided it yet" in text
    for half in ({"decision": "§ 1"}, {"decided_date": date(2026, 1, 1)}):
        with pytest.raises(Refusal, match="where and on which day"):
            operations.write_field(municipality=lillby, told=half, field=found, known=1, by="tests", at=AT)
    with pytest.raises(Refusal, match="has not come yet"):
        ahead = {"decision": "§ 1", "decided_date": AT.date() + timedelta(2)}
        operations.write_field(municipality=lillby, told=ahead, field=found, known=1, by="tests", at=AT)


def test_a_field_says_what_it_means_once_in_a_system_that_is_listed(lillby: Any, system: Any) -> None:
    with pytest.raises(Refusal, match="what the field means"):
        field(lillby, system, meaning=" ")
    with pytest.raises(Refusal, match="Give it a name"):
        field(lillby, system, name=" ")
    with pytest.raises(Refusal, match="no system"):
        field(lillby, system, system_code="S9999")
    field(lillby, system)
    with pytest.raises(Refusal, match="of that name already"):
        field(lillby, system, name="startdatum")
    assert FieldStandard.objects.count() == 1


def test_a_note_says_who_how_and_when(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    for told_of, why in (
        ({"unit": "IT"}, "does not use the system"), ({"unit": "?"}, "does not use the system"),
        ({"unit": "NORRA", "practice": "otherwise", "way": " "}, "in which way"),
        ({"unit": "NORRA", "said_by": " "}, "who said it"),
        ({"unit": "NORRA", "seen_date": date(2027, 1, 1)}, "has not come yet"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=why):
            note(found, **told_of)
    assert not FieldNote.objects.exists()


def test_what_was_seen_after_midnight_was_seen_today(lillby: Any, system: Any) -> None:
    night = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    found = field(lillby, system)
    note(found, "NORRA", at=night, seen_date=date(2026, 7, 2))
    with pytest.raises(Refusal, match="has not come yet"):
        note(found, "NORRA", at=night, seen_date=date(2026, 7, 3))


def test_a_newer_note_follows_the_older_one_which_stays_in_the_history(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    note(found, "NORRA", "otherwise", "dagen för beslutet")
    note(found, "NORRA", "agreed", seen_date=date(2026, 3, 20))
    one = queries.field_with_code(found.code, AT.date())
    assert one and one.variance.states == {"NORRA": "agreed"} and not one.differs
    changes = told(changes_of_record(lillby.key, found.key), str)
    assert [each["sentence"] for each in changes] == [
        "noted how a unit fills a field", "noted how a unit fills a field", "wrote how a field is to be filled",
    ]  # fmt: skip
    assert ("How it is filled", "in another way", "as agreed") in changes[0]["changes"]
    assert changes[0]["about"].startswith("Startdatum, ")


def test_a_new_meaning_asks_those_who_agreed_to_the_old_one_again(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    note(found, "NORRA")
    later = AT + timedelta(30)
    found = operations.write_field(
        municipality=lillby, told={"used_in": "Rapport"}, field=found, known=1, by="tests", at=later
    )
    assert found.changed_date is None
    found = operations.write_field(
        municipality=lillby, told={"meaning": "Dagen för beslutet."}, field=found, known=2, by="tests", at=later
    )
    one = queries.field_with_code(found.code, later.date())
    assert one and one.variance.states == {"NORRA": "again"}
    assert "means something else now, so ask again" in page(lillby, f"fields/{found.code}/")


def test_a_unit_that_is_no_longer_there_fills_nothing(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    note(found, "NORRA", "otherwise", "i förväg")
    gone = AT.date() + timedelta(10)
    OrgUnitTerm.objects.filter(unit__code="NORRA").update(valid_until=gone)
    one = queries.field_with_code(found.code, gone)
    assert one and not one.differs and FieldNote.objects.count() == 1


def test_the_owner_of_a_system_writes_of_its_fields_and_others_only_read(lillby: Any, system: Any) -> None:
    own(lillby, system, "head")
    other = add_system(municipality=lillby, told={"name": "Elever", "used_by": ["BUF"]}, by="tests", at=AT)
    client = browser(lillby, "head")
    sent = {"system_code": system.code, "name": "Startdatum", "meaning": MEANING}
    assert client.get(f"/lillby/fields/new/?system={system.code}").status_code == 200
    assert client.post("/lillby/fields/new/", {**sent, "system_code": other.code}).status_code == 403
    assert client.post("/lillby/fields/new/", sent).status_code == 302
    found = FieldStandard.objects.get()
    told_of = {"known": 1, "unit_code": "NORRA", "practice": "otherwise", "way": "i förväg", "seen_date": "2026-03-01",
               "said_by": "Chefen"}  # fmt: skip
    here = f"/lillby/fields/{found.code}/"
    assert client.post(f"{here}note/", told_of).status_code == 302
    # the next that does the same takes the way that is listed
    assert 'value="as i förväg"' in client.get(f"{here}note/?unit=SÖDRA").content.decode()
    listed = {**told_of, "unit_code": "SÖDRA", "practice": "as i förväg", "way": ""}
    assert client.post(f"{here}note/", listed).status_code == 302
    one = queries.field_with_code(found.code, timezone.localdate())
    assert one and one.variance.ways == {"i förväg": ("NORRA", "SÖDRA")}
    reader = browser(lillby, "director")
    assert "/note/" not in reader.get(here).content.decode()
    assert reader.get(f"{here}note/").status_code == 403 and reader.post(f"{here}note/", told_of).status_code == 403
    assert reader.post(f"{here}change/", {**sent, "known": 1}).status_code == 403


def test_what_is_refused_loses_nothing_typed(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    sent = {"known": 1, "unit_code": "NORRA", "practice": "otherwise", "way": "", "seen_date": "2026-03-01",
            "said_by": "Chefen på Norra"}  # fmt: skip
    answer = browser(lillby, "controller").post(f"/lillby/fields/{found.code}/note/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Say in which way they fill it." in text and 'value="Chefen på Norra"' in text


def test_two_who_write_at_once_both_learn_of_it(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    operations.write_field(
        municipality=lillby, told={"meaning": "Dagen för beslutet."}, field=found, known=1, by="tests", at=AT
    )
    client = browser(lillby, "controller")
    answer = client.post(f"/lillby/fields/{found.code}/change/", {"known": 1, "name": "Start", "meaning": MEANING})
    text = answer.content.decode()
    assert answer.status_code == 409 and "Dagen för beslutet." in text and 'value="Start"' in text
    # who says that a unit does as agreed has read what that is
    sent = {"known": 1, "unit_code": "NORRA", "practice": "agreed", "seen_date": "2026-03-01", "said_by": "Chefen"}
    answer = client.post(f"/lillby/fields/{found.code}/note/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Somebody else has changed this" in text and "Dagen för beslutet." in text
    assert 'name="known" value="2"' in text and not FieldNote.objects.exists()


def test_a_field_goes_with_its_notes_and_keeps_its_history(lillby: Any, system: Any) -> None:
    found = field(lillby, system)
    note(found, "NORRA")
    answer = browser(lillby, "controller").post(f"/lillby/remove/field/{found.code}/", {"known": 1}, follow=True)
    assert "Startdatum is removed." in answer.content.decode() and not FieldNote.objects.exists()
    assert changes_of_record(lillby.key, found.key)[0].verb == "remove"


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Inga fält finns i listan ännu"), ("da", "Ingen felter er på listen endnu"),
     ("en", "No fields are listed yet")],
)  # fmt: skip
def test_an_empty_list_says_how_it_is_filled(lillby: Any, language: str, words: str) -> None:
    text = page(lillby, "fields/", "controller", language)
    assert words in text and "/lillby/fields/new/" in text
    assert "/lillby/fields/new/" not in page(lillby, "fields/", "head", language)
