"""The history in words: no code of a sheet, a role or a day where a person reads."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import gettext, override

from samsyn.history.queries import Change
from samsyn.people.words import told, value_words
from tests import personas

LINEAGE = {"from_unit": "S", "to_unit": "N", "kind": "merged", "on_date": "2025-07-01", "row": "S N merged 2025-07-01"}
UNIT = {"code": "N", "name": "Norra skolan", "kind": "unit", "row": "N 2026-01-01", "valid_from": "2026-01-01"}
RULES = {
    "number": 2,
    "name": "2027",
    "added": "rules R7; pools 10",
    "changed": "flows 10 MAIL 2026-01-01 (weight, driver)",
}


def said(language: str, verb: str, record_type: str, **after: Any) -> dict[str, Any]:
    """Return one event as the history tells it."""
    fields = [(name, None, value) for name, value in sorted(after.items())]
    change = Change(datetime(2026, 4, 1, tzinfo=UTC), "x", verb, record_type, 1, fields, [])
    with override(language):
        (found,) = told([change], gettext)
    return {
        **found,
        "line": f"{found['sentence']}: {found['about']}",
        "told": {name: new for name, _, new in found["changes"]},
    }


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("sv", "noterade vad det blev av en enhet: S gick upp i N, 1 juli 2025"),
        ("da", "noterede, hvad der blev af en enhed: S lagt sammen med N, 1. juli 2025"),
        ("en", "noted what became of a unit: S merged into N, 1 July 2025"),
    ],
)
def test_a_merger_is_told_in_words(lillby: Any, language: str, line: str) -> None:
    assert said(language, "add", "Lineage", **LINEAGE)["line"] == line


def test_a_role_a_unit_and_a_month_are_called_what_people_call_them(lillby: Any) -> None:
    role = said("sv", "give_role", "person", role="unit_manager", unit="NORRA", **{"from": "2026-01-01", "until": ""})
    assert role["line"] == "gav en roll: enhetschef, NORRA"
    assert role["told"]["Från"] == "1 januari 2026"
    assert said("sv", "add", "Units", **UNIT)["line"] == "lade till en enhet: Norra skolan, N"
    assert said("en", "approve", "allocation_run", period="2026-03")["line"] == "approved a month: March 2026"
    flow = said("en", "add", "Flows", row="10 MAIL 2026-01-01", price_kr=225_000_000, is_pay=False)
    assert flow["line"] == "added a flow: 10 MAIL, 1 January 2026"
    assert flow["told"]["Price in kronor"] == "225\u00a0kr" and flow["told"]["This is pay"] == "no"


def test_a_draft_says_which_rows_came_and_changed(lillby: Any) -> None:
    found = said("en", "draft", "model_version", **RULES)["told"]
    assert found["Came"] == "rule R7; cost pool 10"
    assert found["Changed"] == "flow 10 MAIL, 1 January 2026 (Weight, Measured by)"


def test_what_a_person_wrote_stays_as_it_is(lillby: Any) -> None:
    found = said("sv", "answer_volume", "volume", comment="paid 2025-07-01", agrees=False)
    assert found["told"] == {"Stämmer": "nej", "Kommentar": "paid 2025-07-01"}


def test_the_history_of_a_municipality_has_no_word_of_its_tables(lillby: Any, client: Any) -> None:
    client.force_login(personas.person(lillby, "administrator"), "django.contrib.auth.backends.ModelBackend")
    for language in ("sv", "da", "en"):
        page = client.get("/lillby/history/", headers={"accept-language": language}).content.decode()
        text = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
        raw = re.findall(r"\b(?:[a-z]+_[a-z_]+|[A-Z][a-z]+[A-Z]\w+|\d{4}-\d\d-\d\d|None|True|False)\b", text)
        assert not raw, (language, raw)


def test_a_code_that_only_looks_like_a_day_is_told_as_it_stands() -> None:
    assert value_words("row", "AVTAL 2026-02-30", str) == "AVTAL 2026-02-30"
