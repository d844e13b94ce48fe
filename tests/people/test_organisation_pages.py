"""The administrator sees what a workbook would change before it changes anything."""

from io import BytesIO
from typing import Any

import pytest

from samsyn.formats.workbook import write_sheets
from samsyn.organisation import queries
from samsyn.people.operations import organisation_workbook
from tests import personas
from tests.personas import AT, DAY

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def administrator(lillby: Any, client: Any) -> Any:
    client.force_login(personas.person(lillby, "administrator"), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def upload(client: Any, data: bytes) -> str:
    file = BytesIO(data)
    file.name = "organisation.xlsx"
    answer = client.post("/lillby/organisation/load/", {"file": file})
    assert answer.status_code == 302, answer.content
    return str(answer.url)


def test_a_new_unit_is_shown_first_and_there_after_it_is_applied(administrator: Any) -> None:
    columns = ["code", "valid_from", "name", "kind", "parent", "site", "valid_until"]
    data = write_sheets({"Units": (columns, [["ÖSTRA", DAY, "Östra skolan", "unit", "BUF", "", None]])})
    preview = upload(administrator, data)
    page = administrator.get(preview).content.decode()
    assert "1 row would change" in page and "ÖSTRA" in page
    assert "ÖSTRA" not in queries.tree(AT.date()).nodes
    assert administrator.post(preview).status_code == 302
    assert "Östra skolan" in administrator.get("/lillby/organisation/").content.decode()


def test_the_workbook_that_was_taken_out_changes_nothing(administrator: Any) -> None:
    page = administrator.get(upload(administrator, organisation_workbook())).content.decode()
    assert "Nothing would change" in page and "Apply the changes" not in page


def test_a_file_that_is_no_workbook_says_so(administrator: Any) -> None:
    answer = administrator.get(upload(administrator, b"<html>"))
    assert answer.status_code == 400
    assert "not a workbook" in answer.content.decode()


def test_a_controller_looks_but_does_not_change(lillby: Any, client: Any) -> None:
    client.force_login(personas.person(lillby, "controller"), backend=BACKEND)
    assert client.get("/lillby/organisation/").status_code == 200
    assert client.get("/lillby/organisation/load/").status_code == 403


def test_the_history_page_says_who_did_what(administrator: Any) -> None:
    page = administrator.get("/lillby/history/").content.decode()
    assert "set a password" in page
    assert personas.PASSWORD not in page


def test_a_list_of_units_asks_the_database_a_constant_number_of_times(
    administrator: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        administrator.get("/lillby/organisation/")
