"""The months as those who run them meet them, and those who only read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from samsyn.charging import operations as charging
from tests import build
from tests.build import MARCH
from tests.costing.test_pages import signed_in, words
from tests.personas import AT


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the pages in English, and leave the next test the language it had."""
    with translation.override("en"):
        yield


def pages(place: Any, code: str) -> tuple[str, str]:
    client = signed_in(place, code)
    return words(client.get("/lillby/months/")), client.get("/lillby/months/2026-03/").content.decode()


def test_a_month_waits_for_whoever_may_act_and_for_nobody_else(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    for drafted in (False, True):
        if drafted:
            charging.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
        listed, month = pages(lillby, "controller")
        assert "March 2026 is waiting for you" in listed
        assert "months/2026-03/run/" in month and "What to do" in month
        listed, month = pages(lillby, "auditor")
        assert "March 2026 is not approved yet" in listed and "waiting for you" not in listed
        assert "<form" not in month.partition("<main")[2] and "What to do" not in month
    assert "Prepared by Controller." in month  # the auditor still reads who has done what
    assert signed_in(lillby, "auditor").post("/lillby/months/2026-03/run/").status_code == 403
