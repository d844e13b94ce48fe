"""The first page of a person: what awaits just them."""

import re
from typing import Any

import pytest
from django.test import Client

from samsyn.core.scoping import in_municipality
from samsyn.web.numbers import kr
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


def test_the_first_page_says_what_the_last_approved_month_cost(lillby: Any) -> None:
    cost = build.approved(lillby).summary["in_scope_ore"]
    facts = page(lillby, "controller").partition('class="facts"')[2]
    assert kr(cost, "en") in facts and "IT cost in March 2026" in facts
    assert 'href="/lillby/months/2026-03/"' in facts
