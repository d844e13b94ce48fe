"""The first page of a person: what awaits just them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samsyn.contracts import operations as contracts
from samsyn.core.scoping import in_municipality
from samsyn.people.operations import answer_duty, offer_duty
from samsyn.web.numbers import kr, long_date
from tests import build, personas


def page(municipality: Any, code: str, path: str = "", language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(municipality, code), "django.contrib.auth.backends.ModelBackend")
    with in_municipality(municipality):
        return client.get(f"/lillby/{path}").content.decode()


def test_a_draft_model_awaits_whoever_may_approve_it_and_not_its_writer(lillby: Any) -> None:
    build.drafted(lillby)
    waits = re.compile(r"Model 1 is a draft, and waits for your approval\..*?/lillby/model/1/", re.DOTALL)
    assert waits.search(page(lillby, "approver"))
    assert "Model 1 is a draft" not in page(lillby, "controller")


@pytest.mark.parametrize(("language", "missing"), [("sv", "bokföring"), ("da", "bogføring"), ("en", "books")])
def test_a_month_says_what_it_lacks_in_words_and_leads_to_the_remainder(
    lillby: Any, language: str, missing: str
) -> None:
    build.drafted(lillby)
    found = page(lillby, "controller", "months/2026-03/", language)
    notice = found.partition("notice-amber")[2].partition("</div>")[0]
    assert missing in notice
    assert 'href="/lillby/model/classification/?period=2026-03"' in found


def test_a_contract_to_decide_about_awaits_its_owner_with_its_day_until_there_is_an_answer(lillby: Any) -> None:
    day = timezone.localdate() + timedelta(30)
    told = {"name": "Skrivare", "end_date": day}
    found = contracts.add_contract(municipality=lillby, told=told, by="tests", at=timezone.now())
    head = personas.person(lillby, "head")
    duty = offer_duty(
        person=head, thing="contract", thing_key=str(found.key), role="contract_owner", by="tests", at=timezone.now()
    )
    assert "Decide about “Skrivare”" not in page(lillby, "head")
    answer_duty(duty=duty, accept=True, minutes=60, by=head, at=timezone.now())
    assert f"Decide about “Skrivare” by {long_date(day, 'en')}." in page(lillby, "head")
    assert "Decide about “Skrivare”" not in page(lillby, "controller")
    contracts.decide(contract=found, day=day, step="end", answer="end", by=head, at=timezone.now())
    assert "Decide about “Skrivare”" not in page(lillby, "head")


def test_the_overview_answers_in_its_heading(lillby: Any) -> None:
    told = {"name": "Skrivare", "end_date": timezone.localdate() + timedelta(30)}
    contracts.add_contract(municipality=lillby, told=told, by="tests", at=timezone.now())
    heading = page(lillby, "controller", "overview/").partition("<h1")[2].partition("</h1>")[0]
    assert re.search(r"Nobody answers for \d+ things? of what we have", heading)


def test_the_first_page_says_what_the_last_approved_month_cost(lillby: Any) -> None:
    cost = build.approved(lillby).summary["in_scope_ore"]
    facts = page(lillby, "controller").partition('class="facts"')[2]
    assert kr(cost, "en") in facts and "IT cost in March 2026" in facts
    assert 'href="/lillby/months/2026-03/"' in facts
