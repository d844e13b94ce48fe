"""The controller's pages for the books: a file is seen before it is loaded, and every page says what to do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from samsyn.core.scoping import in_municipality
from samsyn.ledger import operations, queries, rules
from samsyn.people.queries import person_with_code
from tests import build, personas
from tests.ledger.test_load import sie, voucher
from tests.personas import AT

BASE = "/lillby/books/"
TABLE = (
    "Bokföringsdatum;Konto;Ansvar;Leverantör;Belopp\n"
    "2026-03-02;6540;9100;Nordlicens AB;1 250,50\n"
    "2026-03-09;6540;3100;Byhyra AB;-250,50\n"
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the pages in English, and leave the next test the language it had."""
    with translation.override("en"):
        yield


def signed_in(municipality: Any, code: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(municipality, code), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def controller(lillby: Any) -> Client:
    return signed_in(lillby, "controller")


def send(client: Client, data: bytes, name: str = "march.se", **fields: str) -> Any:
    """Upload a file and return the page it leads to."""
    return client.post(f"{BASE}load/", {"file": SimpleUploadedFile(name, data), **fields}, follow=True)


def test_without_books_the_page_says_what_will_stand_there(controller: Client) -> None:
    page = controller.get(BASE).content.decode()
    assert "There are no books here yet" in page and "/lillby/books/load/" in page


def test_a_file_is_seen_before_it_is_loaded_and_then_counts(lillby: Any, controller: Client) -> None:
    preview = send(controller, build.books())
    text = preview.content.decode()
    assert "The file adds 1 voucher to the books" in text
    assert "SIE 4" in text and "plain letters" in text
    assert queries.totals(lillby, "account") == {}, "looking at a file loads nothing"
    assert "is not in the books" in controller.get(BASE).content.decode(), "and it waits on the list"
    loaded = controller.post(preview.redirect_chain[-1][0], follow=True)
    text = loaded.content.decode()
    assert "4 rows are in the books now." in text and "march.se holds 4 rows" in text and "March 2026" in text
    assert queries.totals(lillby, "account") == build.BOOKED
    books = controller.get(BASE).content.decode()
    assert "The books reach to March 2026" in books and "is not in the books" not in books and "Controller" in books
    assert controller.get(preview.redirect_chain[-1][0]).status_code == 404, "the received file is done with"


def test_a_refused_file_says_everything_that_is_wrong_and_what_to_do(lillby: Any, controller: Client) -> None:
    page = send(controller, sie(voucher(1, 1), voucher(2, 1).replace("-100.00", "-99.00")))
    text = page.content.decode()
    assert page.status_code == 422
    assert "march.se cannot be loaded as it is" in text and "Put it right in the finance system" in text
    assert "line 13" in text and "Load it into the books" not in text
    assert controller.post(page.redirect_chain[-1][0]).status_code == 422
    assert queries.totals(lillby, "account") == {}


def test_the_same_file_again_says_so_and_leads_to_it(controller: Client) -> None:
    first = send(controller, build.books())
    controller.post(first.redirect_chain[-1][0])
    text = send(controller, build.books()).content.decode()
    assert "is in the books already" in text and "See it in the books" in text


def test_a_file_may_be_put_aside(lillby: Any, controller: Client) -> None:
    page = send(controller, build.books())
    text = controller.post(page.redirect_chain[-1][0] + "put-aside/", follow=True).content.decode()
    assert "was put aside" in text and "There are no books here yet" in text
    assert queries.received() == []


def test_a_table_is_proposed_changed_saved_and_read_the_same_way_next_time(lillby: Any, controller: Client) -> None:
    page = send(controller, TABLE.encode(), "reskontra.csv")
    text = page.content.decode()
    assert "Which column is what?" in text and "Nordlicens AB · Byhyra AB" in text
    address = page.redirect_chain[-1][0]
    told = {f"column_{n}": role for n, role in enumerate(["date", "account", "responsibility", "supplier", "amount"])}
    again = controller.post(address, {**told, "column_3": "amount", "name": "Reskontra"})
    assert again.status_code == 422 and "says the same" in again.content.decode()
    nothing = controller.post(address, {**told, "column_4": "unused", "name": "Reskontra"})
    assert "Say which column is the amount" in nothing.content.decode()
    preview = controller.post(address, {**told, "name": "Reskontra"}, follow=True)
    assert "The file adds 2 rows to the books" in preview.content.decode()
    controller.post(preview.redirect_chain[-1][0])
    assert queries.totals(lillby, "supplier", "all") == {"Byhyra AB": -25_050, "Nordlicens AB": 125_050}
    later = TABLE.replace("1 250,50", "1 300,50").encode()
    preview = send(controller, later, "april.csv", profile="reskontra")
    assert "is replaced whole" in preview.content.decode()
    controller.post(preview.redirect_chain[-1][0])
    assert queries.totals(lillby, "supplier", "all") == {"Byhyra AB": -25_050, "Nordlicens AB": 130_050}


def test_a_voucher_that_differs_is_shown_before_and_after_and_answered(lillby: Any, controller: Client) -> None:
    for data in (sie(voucher(1, 1), voucher(2, 1)), sie(voucher(1, 1, 900), voucher(2, 1), voucher(3, 1))):
        page = send(controller, data)
        text = page.content.decode()
        controller.post(page.redirect_chain[-1][0])
    assert "1 voucher differs" in text.replace("<strong>", "").replace("</strong>", "") and "A 1, 2026" in text
    assert "1 voucher waits for your answer" in controller.get(BASE).content.decode()
    (question,) = queries.open_questions()
    address = f"{BASE}questions/{question.key}/"
    text = controller.get(address).content.decode()
    assert "Which version of voucher A 1, 2026 holds?" in text
    assert "100.00" in text and "900.00" in text and "Take the new one" in text
    assert controller.post(address, {"answer": "perhaps"}).status_code == 400
    done = controller.post(address, {"answer": "take_new"}, follow=True).content.decode()
    assert "A 1, 2026 is settled" in done and "The books reach to January 2026" in done
    assert "Correction of voucher A 1, 2026" in done
    assert queries.totals(lillby, "account") == {"6540": (900 + 100 + 100) * 100}
    assert "The new one was taken." in controller.get(address).content.decode()


def test_an_approved_month_that_a_file_changes_is_said_before_loading(
    lillby: Any, controller: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rules, "_closed_periods", [lambda: ["2026-01"]])
    text = send(controller, sie(voucher(1, 1))).content.decode()
    assert "January 2026 is approved already" in text


def test_a_delivery_is_withdrawn_with_a_reason_that_stays(lillby: Any, controller: Client) -> None:
    page = send(controller, build.books())
    controller.post(page.redirect_chain[-1][0])
    (batch,) = queries.batches(lillby)
    address = f"{BASE}batches/{batch.key}/"
    assert controller.post(f"{address}withdraw/", {"reason": ""}).status_code == 422
    text = controller.post(f"{address}withdraw/", {"reason": "fel månad"}, follow=True).content.decode()
    assert "was withdrawn on" in text and "fel månad" in text and "Withdraw it" not in text
    assert queries.totals(lillby, "account") == {}


def test_a_range_of_codes_is_added_to_those_that_come_with_the_product(lillby: Any, controller: Client) -> None:
    told = {
        "meaning": "protected",
        "part": "activity",
        "first": "62",
        "reason": "Familjerätt",
        "valid_from": "2026-01-01",
    }
    assert "ends before it begins" in controller.post(f"{BASE}protection/", {**told, "last": "61"}).content.decode()
    text = controller.post(f"{BASE}protection/", told, follow=True).content.decode()
    assert "5 ranges of codes lose their texts" in text and "Familjerätt" in text and "Social services" in text
    assert len(queries.ranges("SE", "internal", AT.date())) == 1, "the shipped ranges are not lost"


@pytest.mark.parametrize("path", ["", "load/", "protection/"])
def test_who_may_not_see_books_gets_the_refusal(lillby: Any, path: str) -> None:
    page = signed_in(lillby, "head").get(BASE + path)
    assert page.status_code == 403 and b"not_allowed" in page.content


def test_an_auditor_sees_books_and_loads_none(lillby: Any) -> None:
    auditor = signed_in(lillby, "auditor")
    assert auditor.get(BASE).status_code == 200
    assert b"load/" not in auditor.get(BASE).content
    assert auditor.get(f"{BASE}load/").status_code == 403


def test_another_municipality_does_not_exist(lillby: Any, controller: Client) -> None:
    other = personas.municipality("grannby", "Grannby")
    with in_municipality(other):
        personas.load_organisation(other)
        stranger = signed_in(other, "controller")
    page = send(controller, build.books())
    preview = page.redirect_chain[-1][0]
    controller.post(preview)
    (batch,) = queries.batches(lillby)
    assert stranger.get(BASE).status_code == 404
    assert stranger.get(f"/grannby/books/batches/{batch.key}/").status_code == 404
    assert stranger.get(preview.replace("lillby", "grannby")).status_code == 404


def test_the_list_asks_the_database_as_often_for_ten_files_as_for_one(
    lillby: Any, controller: Client, django_assert_max_num_queries: Any
) -> None:
    by = person_with_code(lillby, "controller")
    for number in range(1, 11):
        operations.load_file(
            municipality=lillby, data=build.books(number=number), name=f"{number}.se", by=by,
            at=AT + timedelta(minutes=number),
        )  # fmt: skip
    with django_assert_max_num_queries(15):
        assert controller.get(BASE).status_code == 200
