"""How sites are joined to the network, and who has no identity of their own."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.organisation import queries
from samsyn.people import operations
from tests import personas
from tests.personas import AT, DAY

HOUSE = {"code": "H1", "name": "Gamla skolan", "valid_from": DAY, "address": "Ån 1"}
TODAY = date(2026, 4, 1)


def browser(place: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def apply(place: Any, **sheets: list[dict[str, Any]]) -> Any:
    return operations.apply_workbook(municipality=place, sheets=personas.workbook(**sheets), by="tests", at=AT)


def test_a_site_says_what_there_is_needed_wished_for_and_in_the_way(lillby: Any) -> None:
    apply(lillby, Sites=[HOUSE])
    administrator = browser(lillby, "administrator")
    page = administrator.get("/lillby/sites/").content.decode()
    assert "Of 1 of 1 sites nobody has said both" in page
    told = {"connection": "ADSL 8 Mbit/s", "need": "100 Mbit/s", "wish": "", "obstacle": "ån"}
    assert administrator.post("/lillby/sites/H1/", told).status_code == 302
    page = browser(lillby, "head").get("/lillby/sites/").content.decode()
    assert "Every site says" in page and "ADSL 8 Mbit/s" in page and "ån" in page
    assert browser(lillby, "head").get("/lillby/sites/H1/").status_code == 403
    found = queries.sites(TODAY)[0]
    assert (found.address, found.valid_from, found.obstacle) == ("Ån 1", DAY, "ån")


def test_the_sites_are_searched_and_paged_those_nobody_has_told_of_first(
    lillby: Any, django_assert_max_num_queries: Any
) -> None:
    told = {"connection": "fiber", "need": "fiber"}
    houses = [{**HOUSE, "code": f"T{n:02d}", "name": f"Hus {n:02d}", **told} for n in range(55)]
    silent = {**HOUSE, "code": "Z", "name": "Öskolan"}
    hindered = {**HOUSE, "code": "Y", "name": "Åskolan", **told, "obstacle": "berg"}
    apply(lillby, Sites=[*houses, silent, hindered])
    head = browser(lillby, "head")
    with django_assert_max_num_queries(12):
        first = head.get("/lillby/sites/").content.decode()
    whole = "Of 1 of 57 sites nobody has said both"
    assert whole in first and first.index("Öskolan") < first.index("Åskolan") < first.index("Hus 00")
    assert "Hus 47" in first and "Hus 48" not in first
    [more] = re.findall(r'href="(\?[^"]+)" rel="next"', first)
    second = head.get("/lillby/sites/" + more.replace("&amp;", "&")).content.decode()
    assert whole in second and "Öskolan" not in second and "Hus 47" not in second and "Hus 48" in second
    assert "Hus 54" in second and 'rel="next"' not in second
    found = head.get("/lillby/sites/?text=ÖSKOLAN").content.decode()
    assert whole in found and "Öskolan" in found and "Åskolan" not in found
    assert "Nothing fits" in head.get("/lillby/sites/?text=zebra").content.decode()


def test_a_site_is_found_by_who_works_there(lillby: Any) -> None:
    unit = {"code": "NORRA", "name": "Norra skolan", "kind": "unit", "parent": "BUF", "valid_from": DAY}
    apply(lillby, Sites=[HOUSE, {**HOUSE, "code": "H2", "name": "Stadshuset"}], Units=[{**unit, "site": "H1"}])
    page = browser(lillby, "head").get("/lillby/sites/?text=norra").content.decode()
    assert "Gamla skolan" in page and "Stadshuset" not in page


def test_a_workbook_without_a_column_takes_nothing_away(lillby: Any) -> None:
    apply(lillby, Sites=[{**HOUSE, "connection": "fiber", "need": "fiber"}])
    plan = apply(lillby, Sites=[HOUSE])
    assert plan.changes == [] and queries.sites(TODAY)[0].connection == "fiber"
    # a column that is there and empty does
    apply(lillby, Sites=[{**HOUSE, "connection": ""}])
    assert queries.sites(TODAY)[0].connection == "" and queries.sites(TODAY)[0].need == "fiber"


def test_what_a_workbook_hands_out_it_reads_back_unchanged(lillby: Any) -> None:
    counted = {"unit": "NORRA", "counted_on": DAY, "staff": 40, "without_mail": 12, "without_identity": 3}
    apply(lillby, Sites=[{**HOUSE, "wish": "ny fiber"}], Staff=[counted])
    from samsyn.formats.workbook import read_sheets

    plan = operations.plan_workbook(read_sheets(operations.organisation_workbook()))
    assert plan.changes == [] and plan.problems == []


def test_staff_without_identity_are_counted_unit_by_unit(lillby: Any) -> None:
    counted = {"unit": "NORRA", "counted_on": DAY, "staff": 40, "without_mail": 12, "without_identity": 3,
               "source": "lönelistan"}  # fmt: skip
    apply(lillby, Staff=[counted, {**counted, "counted_on": date(2025, 1, 1), "without_identity": 5}])
    page = browser(lillby, "auditor").get("/lillby/identities/").content.decode()
    assert "5 employees have no identity of their own" in page and "lönelistan" in page


def test_a_manager_counts_the_own_unit_and_no_other(lillby: Any) -> None:
    head = browser(lillby, "head")
    told = {"staff": "40", "without_mail": "12", "without_identity": "41"}
    page = head.post("/lillby/identities/NORRA/", told)
    assert page.status_code == 422 and "More cannot be without" in page.content.decode()
    assert head.post("/lillby/identities/NORRA/", {**told, "without_identity": "3"}).status_code == 302
    count = queries.staff_counts()["NORRA"]
    assert (count.without_identity, count.counted_on, count.source) == (3, timezone.localdate(), "Head")
    assert head.get("/lillby/identities/IT/").status_code == 403


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit": "NOWHERE"}, "unknown_unit"), ({"without_mail": 41}, "more_than_staff"),
        ({"staff": -1}, "negative_weight"), ({"staff": "x"}, "not_a_number"),
    ],
)  # fmt: skip
def test_a_count_that_cannot_be_is_told_with_its_row(lillby: Any, row: dict[str, Any], code: str) -> None:
    counted = {"unit": "NORRA", "counted_on": DAY, "staff": 40, "without_mail": 12, "without_identity": 3}
    with pytest.raises(Refusal) as refused:
        apply(lillby, Staff=[{**counted, **row}])
    assert code in [each.code for each in refused.value.facts["problems"]]
