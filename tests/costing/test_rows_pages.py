"""The rows of a draft, written on pages: saved, refused with their field, ended, removed, and told in the history."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from samsyn.core.refusals import Refusal
from samsyn.costing import operations, queries
from samsyn.costing.exports import model_workbook
from samsyn.formats.workbook import read_sheets
from samsyn.people.queries import person_with_code
from tests import build
from tests.costing.test_pages import BASE, signed_in, words
from tests.personas import AT

DRAFT = f"{BASE}2/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the pages in English, and leave the next test the language it had."""
    with translation.override("en"):
        yield


@pytest.fixture
def controller(lillby: Any) -> Client:
    """A controller with a draft that is a copy of the model that holds."""
    build.ready(lillby)
    client = signed_in(lillby, "controller")
    page = client.post(f"{BASE}1/draft/", {"name": "2027", "valid_from": "2026-01-01"}, follow=True)
    assert "Model 2 is drafted." in words(page) and "Model 2 can be approved" in words(page)
    return client


def content() -> Any:
    found = queries.version_with_number(2)
    assert found is not None
    return found.content


def typed(client: Client, address: str) -> dict[str, str]:
    """Return what a page's form holds, as a browser would send it."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else str(value) for name, value in values.items() if value not in (None, False)}


def send(client: Client, address: str, follow: bool = True, **changed: str) -> Any:
    """Open a form, change some of it, and save."""
    return client.post(address, {**typed(client, address), **changed}, follow=follow)


def test_a_form_saved_as_it_stands_changes_nothing_in_any_part(controller: Client) -> None:
    before = content()
    for part in ("pools", "cost-types", "services", "flows", "decisions"):
        assert "Saved in model 2" in words(send(controller, f"{DRAFT}{part}/2/"))
    assert content() == before
    assert "changed a" not in words(controller.get(DRAFT)), "nor does the history tell of it"


def test_a_price_is_changed_and_the_history_tells_from_what_to_what(controller: Client) -> None:
    page = send(controller, f"{DRAFT}services/5/", mode="price", price_kr="225,50", unit_of_measure="pieces")
    assert "Saved in model 2, a draft." in words(page) and "225.50 kr" in words(page)
    row = content()["services"][3]
    assert (row["mode"], row["price_kr"], row["name"]) == ("price", 225_500_000, "Elevdator")
    told = words(controller.get(DRAFT))
    assert "changed a service: PC, 1 January 2026" in told and "Charged by actual cost → decided price" in told
    assert "Price in kronor 225.50 kr" in told and "Controller" in told


def test_each_part_gets_a_new_row(lillby: Any, controller: Client) -> None:
    assert "Saved" in words(send(controller, f"{DRAFT}pools/new/", code="40", name="Konsulter", is_pay="on"))
    assert "Saved" in words(send(controller, f"{DRAFT}cost-types/new/", code="M", name="Material"))
    decision = {"code": "D2", "body": "Kommunstyrelsen", "date": "2026-02-03", "section": "7"}
    assert "Kommunstyrelsen" in words(send(controller, f"{DRAFT}decisions/new/", **decision))
    service = {
        "code": "TAB",
        "name": "Surfplatta",
        "kind": "final",
        "mode": "price",
        "price_kr": "95",
        "decision": "D2",
    }
    assert "Surfplatta" in words(send(controller, f"{DRAFT}services/new/", **service))
    flow = {"from": "40", "to": "TAB", "driver": "volume", "weight": "3"}
    assert "Konsulter → Surfplatta a service’s volume 3" in words(send(controller, f"{DRAFT}flows/new/", **flow))
    found = content()
    assert found["pools"][-1] == {"code": "40", "name": "Konsulter", "is_pay": True, "people": None}
    assert found["flows"][-1]["valid_from"] == "2026-01-01" and found["flows"][-1]["volume_service"] == ""
    told = words(controller.get(DRAFT))
    for sentence in ("added a cost pool: 40", "added a cost type: M", "added a decision: D2", "added a flow: 40 TAB"):
        assert sentence in told
    reader = signed_in(lillby, "auditor")
    assert "Kommunstyrelsen 3 February 2026, § 7" in words(reader.get(f"{DRAFT}services/6/"))


def test_page_and_workbook_refuse_the_same_with_the_same_words(controller: Client) -> None:
    page = send(controller, f"{DRAFT}services/5/", price_kr="abc", valid_from="hösten 2024", code="", step="0")
    assert page.status_code == 422 and content() == queries.version_with_number(1).content  # type: ignore[union-attr]
    said = page.context["form"].errors
    sheets = read_sheets(model_workbook(content()))
    cells = {**sheets["Services"][3].cells, "price_kr": "abc", "valid_from": "hösten 2024", "code": "", "step": "0"}
    sheets["Services"][3].cells.update(cells)  # type: ignore[attr-defined]
    problems = operations.read_workbook(sheets)[1]
    told = {str(each.column).removeprefix("Services."): [each.sentence()] for each in problems}
    assert told == {column: list(errors) for column, errors in said.items()} and len(told) == 4
    html = page.content.decode()
    assert html.count("field-wrong") == 4 and 'value="abc"' in html, "nothing typed is lost"


@pytest.mark.parametrize(
    ("address", "changed", "column", "sentence"),
    [
        ("services/5/", {"valid_until": "2025-12-31"}, "valid_until", "PC would end on 31 December 2025"),
        ("services/5/", {"mode": "price"}, "price_kr", "PC is charged at a price but has none."),
        ("services/5/", {"mode": ""}, "mode", "PC does not say how it is charged."),
        ("services/new/?like=5", {}, "valid_from", "Two rows of “PC” hold on the same day"),
        ("pools/new/", {"code": "10", "name": "x"}, "code", "“10” stands twice in the model."),
        ("services/5/", {"decision": "NONE"}, "decision", "PC rests on the decision “NONE”"),
    ],
)
def test_a_fault_the_row_would_bring_stands_at_its_field(
    controller: Client, address: str, changed: dict[str, str], column: str, sentence: str
) -> None:
    before = content()
    page = send(controller, DRAFT + address, **changed)
    assert page.status_code == 422 and sentence in words(page)
    assert list(page.context["form"].errors) == [column]
    assert content() == before


def test_a_code_that_others_name_keeps_its_name(controller: Client) -> None:
    page = send(controller, f"{DRAFT}services/4/", code="POST")
    assert page.status_code == 422 and "3 rows of the model name MAIL" in words(page)
    assert 'value="POST"' in page.content.decode()


def test_a_row_that_others_hang_on_is_not_removed_and_leads_to_them(controller: Client) -> None:
    page = controller.get(f"{DRAFT}pools/2/remove/")
    assert "Licenser cannot be removed yet" in words(page) and "Flows: Licenser → Konto och e-post" in words(page)
    links = re.findall(r'href="(/lillby/model/2/[^"]+/\d+/)"', page.content.decode())
    assert {f"{DRAFT}flows/2/", f"{DRAFT}rules/2/"} <= set(links)
    refused = controller.post(f"{DRAFT}pools/2/remove/", {"known": page.context["version"].version})
    assert refused.status_code == 400 and "Change or remove them first" in words(refused)
    assert len(content()["pools"]) == 3


def test_a_rule_is_removed_ended_and_told(controller: Client) -> None:
    page = controller.get(f"{DRAFT}rules/3/", follow=True)
    assert "What should rule R20 take?" in words(page)
    assert f'href="{DRAFT}rules/3/remove/"' in page.content.decode()
    ended = controller.post(
        page.redirect_chain[0][0], {**_fields(page), "valid_until": "2027-01-01", "account_from": "50"}, follow=True
    )
    assert "saved in model 2, a draft" in words(ended)
    version = controller.get(f"{DRAFT}rules/3/remove/").context["version"].version
    page = controller.post(f"{DRAFT}rules/3/remove/", {"known": version}, follow=True)
    assert "Removed from model 2, a draft." in words(page)
    assert [row["code"] for row in content()["rules"]] == ["R10", "R30"]
    told = words(controller.get(DRAFT))
    assert "removed a rule: R20" in told and "ended a rule: R20" in told and "1 January 2027" in told


def _fields(page: Any) -> dict[str, str]:
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_what_two_write_at_once_is_shown_side_by_side_and_nothing_is_lost(lillby: Any, controller: Client) -> None:
    mine = {**typed(controller, f"{DRAFT}services/5/"), "name": "Mine", "included": "my own words"}
    other = signed_in(lillby, "approver")
    gone = other.get(f"{DRAFT}services/5/").context["version"]
    send(other, f"{DRAFT}services/5/", name="Theirs")
    page = controller.post(f"{DRAFT}services/5/", mine)
    assert page.status_code == 409 and "Somebody else has changed this" in words(page)
    assert "Name Theirs Mine" in words(page) and "my own words" in page.content.decode()
    assert content()["services"][3]["name"] == "Theirs"
    again = {**mine, "known": page.context["form"]["known"].value()}
    assert controller.post(page.context["here"], again).status_code == 302
    assert content()["services"][3]["name"] == "Mine"
    with pytest.raises(Refusal, match="stale_version"):
        operations.remove_row(
            version=gone, part="rules", line=2, known=gone.version, by=person_with_code(lillby, "controller"), at=AT
        )


def test_a_row_that_has_moved_meanwhile_is_found_again_by_its_name(lillby: Any, controller: Client) -> None:
    mine = {**typed(controller, f"{DRAFT}flows/3/"), "weight": "9"}
    version = controller.get(f"{DRAFT}flows/2/remove/").context["version"].version
    signed_in(lillby, "approver").post(f"{DRAFT}flows/2/remove/", {"known": version})
    page = controller.post(f"{DRAFT}flows/3/", mine)
    assert page.status_code == 409 and page.context["here"] == f"{DRAFT}flows/2/"
    controller.post(page.context["here"], {**mine, "known": page.context["form"]["known"].value()})
    assert [row["weight"] for row in content()["flows"] if row["to"] == "HD" and row["from"] == "20"] == [9]


def test_an_approved_model_is_read_and_never_written(controller: Client) -> None:
    page = controller.get(f"{BASE}1/services/5/")
    assert "Name Elevdator" in words(page) and "<form method" not in page.content.decode().partition("<main")[2]
    for address in (f"{BASE}1/services/5/", f"{BASE}1/services/new/"):
        refused = controller.post(address, {"code": "X", "known": "2"})
        assert refused.status_code == 400 and "An approved model is never changed" in words(refused)
    refused = controller.post(f"{BASE}1/flows/2/remove/", {"known": "2"})
    assert refused.status_code == 400 and len(content()["flows"]) == 10


def test_others_read_a_draft_and_change_nothing(lillby: Any, controller: Client) -> None:
    auditor = signed_in(lillby, "auditor")
    assert "Name Elevdator" in words(auditor.get(f"{DRAFT}services/5/"))
    assert "New service" not in words(auditor.get(f"{DRAFT}services/"))
    for address in ("services/5/", "services/new/", "services/5/remove/"):
        assert auditor.post(DRAFT + address, {"known": "1"}).status_code == 403
    assert auditor.post(f"{BASE}1/draft/", {"name": "x", "valid_from": "2027-01-01"}).status_code == 403


def test_a_fault_leads_to_its_row_from_the_draft_and_from_the_list(lillby: Any, controller: Client) -> None:
    send(controller, f"{DRAFT}pools/new/", code="40", name="Konsulter")
    send(controller, f"{DRAFT}flows/new/", **{"from": "HD", "to": "NOPE", "driver": "fixed", "weight": "1"})
    page = controller.get(DRAFT)
    assert "1 thing keeps model 2 from running" in words(page)
    assert f'href="{DRAFT}flows/12/"' in page.content.decode()
    text = words(controller.get(f"{DRAFT}flows/"))
    assert "Flows: 1 thing to put right" in text and "Hjälp → NOPE to put right" in text


def test_a_loaded_workbook_tells_which_rows_came_changed_and_went(lillby: Any, controller: Client) -> None:
    held = content()
    pools = [{**held["pools"][0], "name": "Program"}, *held["pools"][1:], {"code": "40", "name": "x", "is_pay": False}]
    data = model_workbook({**held, "pools": pools, "flows": held["flows"][1:]})
    told = {"file": SimpleUploadedFile("m.xlsx", data), "name": "2027", "valid_from": "2026-01-01"}
    page = controller.post(f"{BASE}load/", told, follow=True)
    said = words(page)
    assert "Compared with model 2" in said and "Changed cost pool 10 (Name)" in said
    assert "Came cost pool 40" in said and "Went flow 10 MAIL, 1 January 2026" in said


def test_a_copy_is_compared_with_what_it_copies(controller: Client) -> None:
    send(controller, f"{DRAFT}pools/2/", name="Program")
    page = controller.post(f"{BASE}1/draft/", {"name": "2028", "valid_from": "2028-01-01"}, follow=True)
    assert "Compared with model 1" in words(page) and "Rows that changed" not in words(page)


def test_pages_of_rows_ask_the_database_as_often_for_many_as_for_few(
    controller: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        send(controller, f"{DRAFT}cost-types/new/", code=f"M{number}", name="x")
    asked = {}
    for rounds in range(2):
        for address in ("", "cost-types/", "services/5/", "pools/2/remove/"):
            with django_assert_num_queries(asked.get(address, 99), exact=False) as found:
                controller.get(DRAFT + address)
            asked.setdefault(address, len(found))
        if not rounds:
            for number in range(3, 15):
                send(controller, f"{DRAFT}cost-types/new/", code=f"M{number}", name="x")
    assert max(asked.values()) < 25
