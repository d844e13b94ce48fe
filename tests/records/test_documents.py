"""The documents the law asks for: made from what is known, kept, compared, and silent about what is secret."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from samsyn.contracts.operations import add_contract
from samsyn.core.refusals import Refusal
from samsyn.landscape.operations import write_integration
from samsyn.organisation.models import Municipality
from samsyn.people import operations as people
from samsyn.records import engine, operations, queries, words
from samsyn.records.choices import PUBLIC, UNNAMED
from samsyn.systems.operations import add_system, change_system
from tests import personas
from tests.personas import AT

ROWS = st.dictionaries(st.sampled_from("ABC"), st.dictionaries(st.sampled_from("xy"), st.sampled_from(["", "1", "2"])))


@given(ROWS, ROWS)
def test_what_came_went_and_changed_is_the_whole_difference(
    before: dict[str, dict[str, str]], now: dict[str, dict[str, str]]
) -> None:
    found = engine.difference(before, now, ["x", "y"], "x")
    assert len(found.came) == len(now.keys() - before.keys()) and len(found.went) == len(before.keys() - now.keys())
    rebuilt = {key: dict(row) for key, row in before.items() if key in now}
    for each in found.changed:
        for column, _then, value in each.fields:
            rebuilt[each.key][column] = value
    for key, row in rebuilt.items():
        assert all(row.get(column, "") == now[key].get(column, "") for column in ("x", "y"))
    assert engine.difference(now, now, ["x", "y"], "x").is_none


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, **told: Any) -> Any:
    return add_system(municipality=place, told={"name": "Elever", **told}, by="tests", at=AT)


def test_a_document_wider_than_a_screen_shows_each_thing_as_a_card_with_all_its_headings(lillby: Any) -> None:
    add(lillby, personal_data="yes", processing_purpose="Undervisning")
    add_contract(municipality=lillby, told={"name": "Skrivare", "end_date": date(2099, 1, 1)}, by="tests", at=AT)
    controller = browser(lillby, "controller")
    page = controller.get("/lillby/documents/processing/").content.decode()
    frame = page[page.index('class="table-frame stacks cards"') :]
    row = frame[frame.index("<tbody>") : frame.index("</tr>", frame.index("<tbody>"))]
    assert row.count("data-label=") == len(words.columns_of("processing")) and "Undervisning" in row
    assert "cards" not in controller.get("/lillby/documents/archive/").content.decode()


def keep(place: Any, kind: str = "processing", unit: str = "", days: int = 0) -> Any:
    return operations.keep(
        municipality=place, kind=kind, unit_code=unit, language="en", by=personas.person(place, "controller"),
        at=AT + timedelta(days),
    )  # fmt: skip


def test_the_record_of_processing_holds_what_holds_personal_data_and_says_what_is_missing(lillby: Any) -> None:
    add(lillby, personal_data="yes", processing_purpose="Skolgång", legal_ground="public_task", used_by=["BUF"])
    add(lillby, name="Kartan", personal_data="no")
    made = words.made("processing", "", AT.date(), "en")
    (row,) = made.rows.values()
    assert (row["name"], row["processing_purpose"]) == ("Elever", "Skolgång")
    assert row["legal_ground"] == "a task in the public interest"
    assert made.filled == (2, 8)
    page = browser(lillby, "controller").get("/lillby/documents/processing/").content.decode()
    assert "25% filled in" in page and "1 thing lacks something that is asked for" in page


def test_that_nobody_knows_fills_a_cell(lillby: Any) -> None:
    usage = add(lillby, personal_data="yes")
    change_system(usage=usage, told={"unknown": ("recipients",), "unknown_of": ("recipients",)}, known=1, by="t", at=AT)
    (row,) = words.made("processing", "", AT.date(), "en").rows.values()
    assert row["recipients"] == "nobody knows"


def test_an_administration_gets_what_it_uses_and_no_more(lillby: Any) -> None:
    add(lillby, personal_data="yes", used_by=["BUF"])
    add(lillby, name="Journalen", personal_data="yes", used_by=["IT"])
    rows = words.made("processing", "BUF", AT.date(), "en").rows
    assert [row["name"] for row in rows.values()] == ["Elever"]
    with pytest.raises(Refusal, match="no unit"):
        keep(lillby, unit="?")


def test_the_description_of_records_tells_whom_data_goes_to_outside_and_nothing_that_is_secret(lillby: Any) -> None:
    usage = add(lillby, public_records="yes", hosting="own", hosting_place="Källaren", criticality=4)
    inside = add(lillby, name="Hemlig koppling")
    common: dict[str, Any] = {"municipality": lillby, "by": personas.person(lillby, "controller"), "at": AT}
    write_integration(
        told={"from_code": usage.code, "to_name": "Skatteverket", "data": "adresser", "often": "daily"}, **common
    )
    write_integration(told={"from_code": usage.code, "to_code": inside.code, "data": "allt"}, **common)
    (row,) = words.made("records", "", AT.date(), "en").rows.values()
    assert row["outside"] == "Skatteverket (adresser, every day)"
    document = keep(lillby, "records")
    client = browser(lillby, "head")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/lillby/documents/{document.key}.xlsx").content))
    text = str(book.get_sheet_by_index(0).to_python())
    assert "Skatteverket" in text
    assert not any(secret in text for secret in ("Hemlig koppling", "Källaren", "must not stand still"))


def test_a_version_is_kept_and_the_next_says_what_changed(lillby: Any) -> None:
    usage = add(lillby, personal_data="yes")
    first = keep(lillby)
    with pytest.raises(Refusal, match="says what it said"):
        keep(lillby, days=1)
    change_system(usage=usage, told={"processing_purpose": "Skolgång"}, known=usage.version, by="tests", at=AT)
    add(lillby, name="Journalen", personal_data="yes")
    page = browser(lillby, "controller").get("/lillby/documents/processing/").content.decode()
    assert "What changed since it was last kept" in page and "Journalen" in page and "Skolgång" in page
    second = keep(lillby, days=1)
    assert (first.filled, second.filled) == (0, 1) and queries.latest("processing", "").pk == second.pk
    assert len(queries.kept("processing", "")) == 2


def test_a_kept_version_is_the_same_file_whenever_it_is_taken(lillby: Any) -> None:
    usage = add(lillby, personal_data="yes", processing_purpose="Skolgång")
    document = keep(lillby)
    client = browser(lillby, "head")
    before = client.get(f"/lillby/documents/{document.key}.pdf").content
    change_system(usage=usage, told={"processing_purpose": "Annat"}, known=usage.version, by="tests", at=AT)
    assert before.startswith(b"%PDF") and client.get(f"/lillby/documents/{document.key}.pdf").content == before
    assert client.get(f"/lillby/documents/{document.key}.exe").status_code == 404


def test_who_only_reads_keeps_nothing(lillby: Any) -> None:
    add(lillby, personal_data="yes")
    assert browser(lillby, "head").post("/lillby/documents/processing/").status_code == 403
    assert queries.kept("processing", "") == []
    assert browser(lillby, "controller").post("/lillby/documents/processing/").status_code == 302
    assert len(queries.kept("processing", "")) == 1


def test_the_calendar_of_contracts_stands_among_the_documents(lillby: Any) -> None:
    told = {"name": "Skrivare", "end_date": AT.date() + timedelta(90), "yearly_cost_ore": 120_000}
    add_contract(municipality=lillby, told=told, by="tests", at=AT)
    (row,) = words.made("contracts", "", AT.date(), "en").rows.values()
    assert (row["name"], row["next"], row["owner_name"]) == ("Skrivare", "it ends", "")
    assert words.made("contracts", "", AT.date(), "en").gaps[0][1] == ["Supplier", "Who decides"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "5 dokument har aldrig sparats"), ("da", "5 dokumenter er aldrig gemt"),
     ("en", "5 documents have never been kept")],
)  # fmt: skip
def test_the_list_says_what_was_never_kept(lillby: Any, language: str, words: str) -> None:
    assert words in browser(lillby, "head", language).get("/lillby/documents/").content.decode()


def test_what_is_handed_out_is_made_of_allowed_columns_only(lillby: Any) -> None:
    add(lillby, public_records="yes", hosting_place="Hemliga källaren", information_class={"confidentiality": 3})
    for kind, allowed in PUBLIC.items():
        made = words.made(kind, "", AT.date(), "en")
        assert set(made.columns) == set(allowed)
        assert all(set(row) <= set(allowed) for row in made.rows.values())
        assert "Hemliga källaren" not in str(made.rows)


def test_a_system_that_may_not_be_named_is_counted_with_its_provision(lillby: Any) -> None:
    add(lillby, public_records="yes", archive_duty="keep", archive_reference="KS 1")
    add(lillby, name="Larmet", public_records="yes", named_publicly="no", secrecy_provision="OSL 18:8")
    add(lillby, name="Låset", public_records="yes", named_publicly="no", secrecy_provision="OSL 18:8")
    for kind in PUBLIC:
        made = words.made(kind, "", AT.date(), "en")
        assert made.rows[UNNAMED] == {"name": "2 more systems are not named (OSL 18:8)"}
        assert "Larmet" not in str(made.rows) and len(made.rows) == 2
    # what may not be named is no gap either, and the share is of those that are
    assert words.made("archive", "", AT.date(), "en").filled == (2, 2)
    page = browser(lillby, "controller").get("/lillby/documents/archive/").content.decode()
    assert "2 more systems are not named (OSL 18:8)" in page and "Larmet" not in page


def processed(place: Any, **told: Any) -> Any:
    return add(place, **{"personal_data": "yes", "processor": "Skyen AB", **told})


def supervised(place: Any, **more: Any) -> Any:
    told: dict[str, Any] = {"done_on": AT.date(), "next_on": date(2027, 4, 1), "how": "besök", "outcome": "allt väl",
                            "evidence": ""}  # fmt: skip
    (processor,) = queries.processors("", AT.date()).values()
    by = personas.person(place, "controller")
    return operations.supervise(municipality=place, processor=processor, by=by, at=AT, **{**told, **more})


def test_the_plan_for_supervision_is_led_by_what_was_noted_last(lillby: Any) -> None:
    processed(lillby, supervision_date=date(2026, 9, 1))
    processed(lillby, name="Schemat", supervision_date=date(2026, 3, 1), processor="skyen ab")
    (found,) = queries.processors("", AT.date()).values()
    assert found.next == date(2026, 3, 1) and [each.name for each in found.systems] == ["Elever", "Schemat"]
    made = words.made("supervision", "", AT.date(), "en")
    assert [row["next"] for row in made.rows.values()] == ["1 March 2026, overdue"]
    supervised(lillby)
    (row,) = words.made("supervision", "", AT.date(), "en").rows.values()
    assert (row["latest"], row["next"], row["outcome"]) == ("1 April 2026", "1 April 2027", "allt väl")


def test_an_agreement_with_the_processor_stands_in_the_plan(lillby: Any) -> None:
    processed(lillby)
    (found,) = queries.processors("", AT.date()).values()
    assert found.agreement == ""
    add_contract(municipality=lillby, told={"name": "Biträde", "supplier": "Skyen AB", "kind": "processing"},
                 by="tests", at=AT)  # fmt: skip
    (found,) = queries.processors("", AT.date()).values()
    assert found.agreement == "A0001"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"done_on": AT.date() + timedelta(1)}, "day_ahead"), ({"next_on": AT.date()}, "next_too_early"),
        ({"outcome": " "}, "outcome_missing"),
    ],
)  # fmt: skip
def test_a_supervision_that_cannot_be_is_refused(lillby: Any, told: dict[str, Any], code: str) -> None:
    processed(lillby)
    with pytest.raises(Refusal) as refused:
        supervised(lillby, **told)
    assert refused.value.code == code


def test_an_overdue_supervision_waits_for_the_owner_who_notes_it(lillby: Any) -> None:
    usage = processed(lillby, supervision_date=date(2026, 3, 1))
    head = personas.person(lillby, "head")
    duty = people.offer_duty(person=head, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    owner = browser(lillby, "head")
    assert "is to be supervised now" in owner.get("/lillby/mine/").content.decode()
    address = "/lillby/documents/processors/S0001/"
    assert "Skyen AB was to be supervised by 1 March 2026" in owner.get(address).content.decode()
    told = {"done_on": "2026-04-01", "how": "frågor", "outcome": "inget", "next_on": "2026-03-01"}
    page = owner.post(address, told)
    assert page.status_code == 422 and "lies before this one" in page.content.decode()
    assert owner.post(address, {**told, "next_on": "2999-01-01"}).status_code == 302
    assert "is to be supervised now" not in owner.get("/lillby/mine/").content.decode()
    assert browser(lillby, "director").post(address, told).status_code == 403


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert engine.next_supervision(date(2024, 2, 29)) == date(2025, 2, 28)
    assert engine.next_supervision(date(2026, 4, 1)) == date(2027, 4, 1)


def test_a_document_of_another_countrys_law_is_not_asked_for(lillby: Any) -> None:
    assert "Secrecy Act" in browser(lillby, "controller").get("/lillby/documents/").content.decode()
    Municipality.objects.filter(pk=lillby.pk).update(country="DK")
    page = browser(lillby, "controller").get("/lillby/documents/").content.decode()
    assert "Secrecy Act" not in page and "4 documents have never been kept" in page and "nothing in it yet" in page
    assert browser(lillby, "controller").get("/lillby/documents/records/").status_code == 404
