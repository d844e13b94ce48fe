"""The controller's pages for the cost model: drafted, tried, approved by another; and what no rule has decided."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from samsyn.charging import operations as charging
from samsyn.core.scoping import in_municipality
from samsyn.costing import operations, queries
from samsyn.costing.exports import model_workbook
from samsyn.formats.workbook import read_sheets
from samsyn.ledger import operations as ledger
from samsyn.people.queries import person_with_code
from samsyn.web.numbers import kr
from tests import build, personas
from tests.build import MARCH
from tests.personas import AT

BASE = "/lillby/model/"
REMAINDER = f"{BASE}classification/?period=2026-03"
RULE = f"{BASE}classification/rule/?period=2026-03"
PREVIEW = f"{BASE}classification/rule/preview/?period=2026-03"
NEW = {
    "account_from": "7400", "outcome": "it", "pool": "10", "cost_type": "T", "months": "1", "code": "R4",
    "priority": "100", "valid_from": "2026-03-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the pages in English, and leave the next test the language it had."""
    with translation.override("en"):
        yield


def signed_in(municipality: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(municipality, code), "django.contrib.auth.backends.ModelBackend")
    return client


def words(page: Any) -> str:
    """Return a page's text as one reads it."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2])
    return " ".join(text.replace("\u00a0", " ").split())


def known(client: Client, address: str = RULE) -> str:
    found = re.search(r'name="known" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


@pytest.fixture
def controller(lillby: Any) -> Client:
    """A controller whose March has 50 kr that no rule decides."""
    build.ready(lillby)
    by = person_with_code(lillby, "controller")
    ledger.load_file(municipality=lillby, data=build.books({"7400": 5_000}, number=2), name="more.se", by=by, at=AT)
    return signed_in(lillby, "controller")


def test_without_a_model_the_page_says_what_will_stand_there(lillby: Any) -> None:
    client = signed_in(lillby, "controller")
    assert "There is no cost model yet" in words(client.get(BASE))
    assert "There are no books to look at yet" in words(client.get(f"{BASE}classification/"))
    assert client.get(RULE).status_code == 400, "a rule needs a model to stand in"


def test_the_heading_says_which_model_holds(controller: Client) -> None:
    text = words(controller.get(BASE))
    assert "Model 1 holds since 1 January 2026" in text and "Controller" in text and "Approver" in text


def test_a_workbook_becomes_a_draft_that_somebody_else_approves(lillby: Any, controller: Client) -> None:
    held = queries.version_with_number(1)
    assert held is not None
    data = model_workbook(held.content)
    told = {"file": SimpleUploadedFile("m.xlsx", data), "name": "2027", "valid_from": "2027-01-01"}
    page = controller.post(f"{BASE}load/", told, follow=True)
    assert "Model 2 is drafted." in words(page) and "Model 2 can be approved" in words(page)
    assert "Somebody else than the one who prepared it" in words(page)
    assert controller.post(f"{BASE}2/approve/").status_code == 400
    approver = signed_in(lillby, "approver")
    assert "Approve the model" in words(approver.get(f"{BASE}2/"))
    page = approver.post(f"{BASE}2/approve/", follow=True)
    assert "Nothing in it changes any more" in words(page) and "Model 2 holds from 1 January 2027" in words(page)
    taken = controller.get(f"{BASE}2/workbook.xlsx")
    assert operations.read_workbook(read_sheets(BytesIO(taken.content).read()))[0] == held.content


def test_a_workbook_with_faults_is_refused_with_every_fault(lillby: Any, controller: Client) -> None:
    held = queries.version_with_number(1)
    assert held is not None
    flows = [{**row, "driver": "luck"} if row["to"] == "PC" else row for row in held.content["flows"]]
    data = model_workbook({**held.content, "flows": flows})
    told = {"file": SimpleUploadedFile("m.xlsx", data), "name": "x", "valid_from": "2027-01-01"}
    page = controller.post(f"{BASE}load/", told)
    assert page.status_code == 422 and words(page).count("luck") >= 2
    assert "The workbook cannot be read as it is" in words(page)
    told = {"file": SimpleUploadedFile("m.xlsx", b"<html>"), "name": "x", "valid_from": "2027-01-01"}
    assert "not a workbook" in words(controller.post(f"{BASE}load/", told))
    assert len(queries.versions()) == 1


def test_the_remainder_is_the_heading_and_leads_to_a_rule(controller: Client) -> None:
    page = controller.get(REMAINDER)
    text = words(page)
    assert "50 kr in March 2026 is not decided by any rule" in text
    assert "7400 1 row 50 kr Decide this" in text and "Faktura 1 row 50 kr Decide this" in text
    assert "10 R10 Account 6540 IT: Licenser, Tjänster claimed 1 100 kr" in text
    (address,) = set(re.findall(r'href="([^"]+account=7400)"', page.content.decode().replace("&amp;", "&")))
    form = controller.get(address).content.decode()
    assert 'name="account_from" value="7400"' in form and 'name="code" value="R4"' in form
    assert "The rule is saved in a new draft that holds from March 2026" in words(controller.get(address))


def test_the_remainder_shows_the_biggest_and_the_rest_in_one_line(lillby: Any, controller: Client) -> None:
    by = person_with_code(lillby, "controller")
    rows = {f"7{number}00": 10_000 * number for number in range(1, 10)} | {"8100": 4_000, "7400": 45_000}
    ledger.load_file(municipality=lillby, data=build.books(rows, number=3), name="many.se", by=by, at=AT)
    text = words(controller.get(REMAINDER))
    assert "4,640 kr in March 2026 is not decided" in text
    assert "7900 1 row 900 kr Decide this" in text and "2 more 2 rows 140 kr" in text


def test_the_live_preview_says_what_a_run_then_says(lillby: Any, controller: Client) -> None:
    text = words_of_part(controller.post(PREVIEW, {**NEW, "known": known(controller)}))
    assert "It takes 1 row, 50 kr." in text and "50 kr → 0 kr" in text
    page = controller.post(RULE, {**NEW, "known": known(controller)}, follow=True)
    assert "saved in model 2, a draft" in words(page) and "Every krona in March 2026 is decided" in words(page)
    approver = signed_in(lillby, "approver")
    assert approver.post(f"{BASE}2/approve/").status_code == 302
    run = charging.draft_run(municipality=lillby, period=MARCH, by=person_with_code(lillby, "controller"), at=AT)
    assert run.summary["unclassified_ore"] == 0
    assert f"→ {kr(run.summary['in_scope_ore'], 'en')}".replace("\u00a0", " ") in text


def words_of_part(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\u00a0", " ").split())


def test_a_changed_rule_says_from_whom_it_takes(lillby: Any, controller: Client) -> None:
    wider = {**NEW, "code": "R0", "account_from": "6540", "outcome": "not_it", "priority": "1"}
    text = words_of_part(controller.post(PREVIEW, {**wider, "known": known(controller)}))
    assert "1 of them, 100 kr, is taken by rule R10 today." in text
    address = f"{RULE}&code=R10"
    form = controller.get(address).content.decode()
    assert 'name="was" value="R10"' in form and 'value="2026-01-01"' in form
    changed = {**NEW, "code": "R10", "was": "R10", "account_from": "6540", "priority": "7", "outcome": "not_it"}
    text = words_of_part(controller.post(PREVIEW, {**changed, "known": known(controller)}))
    assert "is taken by rule" not in text and "It takes 1 row, 100 kr." in text
    controller.post(address, {**changed, "valid_from": "2026-01-01", "known": known(controller, address)})
    draft = queries.version_with_number(None)
    assert draft is not None and (draft.number, draft.state) == (2, "drafted")
    (row,) = [each for each in draft.content["rules"] if each["code"] == "R10"]
    assert (row["priority"], row["outcome"], row["pool"]) == (7, "not_it", "")
    text = words(controller.get(REMAINDER))
    assert "Decided not to be IT, by account" in text and "6540 Licenser" in text


def test_what_was_seen_before_somebody_else_changed_it_is_not_saved(lillby: Any, controller: Client) -> None:
    before = known(controller)
    controller.post(RULE, {**NEW, "known": before})
    late = controller.post(RULE, {**NEW, "code": "R5", "known": before})
    assert late.status_code == 409 and "Somebody else has changed this" in words(late)
    again = controller.post(RULE, {**NEW, "code": "R5", "account_from": "7500", "known": known(controller)})
    assert again.status_code == 302
    draft = queries.version_with_number(None)
    assert draft is not None and (draft.number, draft.version) == (2, 2), "the same draft goes on"


def test_a_rule_that_asks_for_nothing_or_stands_twice_is_not_saved(controller: Client) -> None:
    page = controller.post(RULE, {**NEW, "account_from": "", "pool": "", "known": known(controller)})
    assert page.status_code == 422 and "Say which rows the rule R4 takes" in words(page)
    page = controller.post(RULE, {**NEW, "pool": "", "known": known(controller)})
    assert "names no known cost pool and cost type" in words(page)
    twice = controller.post(RULE, {**NEW, "code": "R10", "known": known(controller)})
    assert "stands twice in the model" in words(twice)
    assert "nothing is saved yet" in words_of_part(controller.post(PREVIEW, {"known": "1:1"}))


def test_without_script_a_button_shows_what_the_rule_would_do(controller: Client) -> None:
    page = controller.post(RULE, {**NEW, "known": known(controller), "show": "1"})
    assert "It takes 1 row, 50 kr." in words(page) and len(queries.versions()) == 1


def test_services_and_flows_are_listed_in_words(controller: Client) -> None:
    text = words(controller.get(f"{BASE}1/services/"))
    assert "Services: 4 rows" in text and "2 services rest on no registered decision" in text
    assert "Elevdator for units actual cost" in text and "claimed" in text
    text = words(controller.get(f"{BASE}1/flows/"))
    assert "Flows: 10 rows" in text and "Hjälp → Elevdator fixed weights 6" in text


PARTS = ["1/services/", "1/flows/2/", "1/flows/new/", "1/draft/", "1/pools/2/remove/"]


@pytest.mark.parametrize("path", ["", "load/", "1/", "1/workbook.xlsx", "classification/", *PARTS])
def test_who_may_not_see_the_model_gets_the_refusal(lillby: Any, controller: Client, path: str) -> None:
    page = signed_in(lillby, "head").get(BASE + path)
    assert page.status_code == 403 and b"not_allowed" in page.content


def test_an_auditor_sees_the_rules_and_changes_none(lillby: Any, controller: Client) -> None:
    auditor = signed_in(lillby, "auditor")
    assert "Decide this" not in words(auditor.get(REMAINDER))
    assert auditor.get(RULE).status_code == 403
    assert auditor.post(PREVIEW, NEW).status_code == 403


def test_another_municipality_does_not_exist(controller: Client) -> None:
    other = personas.municipality("grannby", "Grannby")
    with in_municipality(other):
        personas.load_organisation(other)
        stranger = signed_in(other, "controller")
    assert stranger.get(BASE).status_code == 404
    assert stranger.get("/grannby/model/1/").status_code == 404


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    lillby: Any, controller: Client, django_assert_max_num_queries: Any
) -> None:
    by = person_with_code(lillby, "controller")
    held = queries.version_with_number(1)
    assert held is not None
    for number in range(10):
        operations.draft_model(
            municipality=lillby, content=held.content, name=f"{number}", valid_from=build.FROM, by=by,
            at=AT + timedelta(minutes=number),
        )  # fmt: skip
        ledger.load_file(
            municipality=lillby, data=build.books(number=10 + number), name=f"{number}.se", by=by,
            at=AT + timedelta(minutes=number),
        )  # fmt: skip
    with django_assert_max_num_queries(15):
        assert controller.get(BASE).status_code == 200
    with django_assert_max_num_queries(25):
        assert controller.get(REMAINDER).status_code == 200


def test_a_first_model_begins_empty_on_a_page_and_is_filled_there(lillby: Any) -> None:
    client = signed_in(lillby, "controller")
    start = client.get(BASE).content.decode()
    assert f'href="{BASE}load/"' in start and f'href="{BASE}new/"' in start, "both ways to begin"
    assert "It begins empty" in words(client.get(f"{BASE}new/"))
    page = client.post(f"{BASE}new/", {"name": "2026", "valid_from": "2026-01-01"}, follow=True)
    assert "5 things keep model 1 from running" in words(page) and "The model has no rule yet." in words(page)
    rows = {
        "pools": {"code": "10", "name": "Licenser"}, "cost-types": {"code": "T", "name": "tjänster"},
        "services": {"code": "PC", "name": "Dator", "kind": "final", "mode": "cost", "valid_from": "2026-01-01"},
        "flows": {"from": "10", "to": "PC", "driver": "fixed", "weight": "1", "valid_from": "2026-01-01"},
    }  # fmt: skip
    for part, row in rows.items():
        new = f"{BASE}1/{part}/new/"
        saved = client.post(new, {**row, "known": known(client, new)})
        assert saved.status_code == 302, words(saved)
    rule = client.get(f"{BASE}1/rules/new/")
    saved = client.post(rule["Location"], {**NEW, "valid_from": "2026-01-01", "known": known(client, rule["Location"])})
    assert saved.status_code == 302, words(saved)
    assert "Model 1 can be approved" in words(client.get(f"{BASE}1/"))


def test_an_empty_model_is_not_approved(lillby: Any) -> None:
    client = signed_in(lillby, "controller")
    client.post(f"{BASE}new/", {"name": "2026", "valid_from": "2026-01-01"})
    refused = signed_in(lillby, "approver").post(f"{BASE}1/approve/")
    assert refused.status_code == 400 and "The model has 5 faults" in words(refused)


def test_the_command_line_drafts_an_empty_model_or_a_copy(lillby: Any, capsys: Any) -> None:
    def draft(*more: str) -> list[int]:
        told = ["--municipality", "lillby", "--as", "controller", "--name", "x", "--from", "2026-01-01", "--json"]
        call_command("model_draft", *told, *more)
        drafted = queries.version_with_number(json.loads(capsys.readouterr().out)["number"])
        assert drafted is not None
        return [len(rows) for rows in drafted.content.values()]

    assert not any(draft())
    build.ready(lillby)
    assert all(draft("--like", "2"))


def test_a_workbook_may_not_hold_a_rule_that_asks_for_nothing(lillby: Any, controller: Client) -> None:
    held = queries.version_with_number(1)
    assert held is not None
    every = {**held.content["rules"][0], "code": "ALL", "account_from": "", "account_to": ""}
    data = model_workbook({**held.content, "rules": [*held.content["rules"], every]})
    told = {"file": SimpleUploadedFile("m.xlsx", data), "name": "x", "valid_from": "2027-01-01"}
    page = controller.post(f"{BASE}load/", told, follow=True)
    assert "Say which rows the rule ALL takes" in words(page) and "keeps model 2 from running" in words(page)
