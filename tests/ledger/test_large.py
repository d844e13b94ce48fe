"""A large file is read by a worker: the page says how far it has come, and nothing is lost or done twice."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samsyn.jobs import operations as jobs
from samsyn.jobs.models import Job
from samsyn.ledger import operations, queries
from samsyn.ledger.choices import LOAD
from samsyn.ledger.models import LedgerImport
from samsyn.people.queries import person_with_code
from samsyn.web.numbers import moment
from tests import build
from tests.ledger.test_load import sie, voucher
from tests.ledger.test_pages import BASE, TABLE, controller, english, send, signed_in

__all__ = ["controller", "english"]


@pytest.fixture(autouse=True)
def everything_is_large(settings: Any) -> Iterator[None]:
    settings.READ_AT_ONCE = 10
    yield


def work(later: timedelta = timedelta()) -> Job:
    job = jobs.run_next(clock=lambda: timezone.now() + later)
    assert job
    job.refresh_from_db()
    return job


def text(page: Any) -> str:
    return page.content.decode()  # type: ignore[no-any-return]


def test_a_large_file_is_read_loaded_and_counts_as_a_small_one_does(
    lillby: Any, controller: Client, settings: Any
) -> None:
    page = send(controller, build.books())
    there = page.redirect_chain[-1][0]
    assert "march.se is being read" in text(page) and "<progress" in text(page) and "waits for its turn" in text(page)
    assert f'hx-get="{there}"' in text(page) and "See how far it has come" in text(page)
    assert "march.se is being read." in text(controller.get(BASE)), "the list of deliveries says so too"
    assert work().result["new"] == 1  # type: ignore[index]
    assert "is not in the books" in text(controller.get(BASE))
    found = re.sub(r"<p[^>]*>Compared with the books on .*?</p>", "", text(controller.get(there)))
    settings.READ_AT_ONCE = 10**9
    small = text(send(controller, build.books() + b"\n"))
    same = found.index("The file adds 1 voucher"), found.index("Put it aside")
    assert found[slice(*same)].split("csrf")[0] == small[small.index("The file adds") :].split("csrf")[0]
    page = controller.post(there, {"do": LOAD}, follow=True)
    assert "march.se is being loaded" in text(page) and queries.totals(lillby, "account") == {}
    work()
    page = controller.get(there, follow=True)
    assert "march.se holds 4 rows" in text(page)
    assert queries.totals(lillby, "account") == build.BOOKED
    assert queries.loaded_by().popitem()[1] == str(person_with_code(lillby, "controller").key)  # type: ignore[union-attr]


def test_the_page_asks_again_until_the_work_is_over(lillby: Any, controller: Client) -> None:
    there = send(controller, build.books()).redirect_chain[-1][0]
    part = controller.get(there, headers={"hx-request": "true"})
    assert "<progress" in text(part) and "<html" not in text(part)
    work()
    assert controller.get(there, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_what_a_worker_found_says_when_it_was_compared_and_loading_compares_anew(
    lillby: Any, controller: Client
) -> None:
    there = send(controller, build.books()).redirect_chain[-1][0]
    job = work()
    page = text(controller.get(there))
    assert job.ended_at and f"Compared with the books on {moment(timezone.localtime(job.ended_at), 'en')}" in page
    by = person_with_code(lillby, "controller")
    meanwhile = build.books() + b"\n"
    operations.load_file(municipality=lillby, data=meanwhile, name="again.se", by=by, at=timezone.now())
    controller.post(there, {"do": LOAD})
    assert work().result["new"] == 0, "the voucher came in meanwhile"  # type: ignore[index]
    assert queries.totals(lillby, "account") == build.BOOKED


def test_a_large_file_that_is_no_ledger_is_refused_in_words(lillby: Any, controller: Client) -> None:
    there = send(controller, b"<html><title>502 Bad Gateway</title></html>").redirect_chain[-1][0]
    work()
    page = controller.get(there)
    assert page.status_code == 422 and "This is a saved web page without a table in it." in text(page)
    assert "Load it into the books" not in text(page)


def test_a_large_table_asks_which_column_is_what_and_is_then_read(lillby: Any, controller: Client) -> None:
    there = send(controller, TABLE.encode(), "lev.csv").redirect_chain[-1][0]
    work()
    page = controller.get(there, follow=True)
    assert page.redirect_chain[-1][0] == f"{there}columns/"
    form = page.context["form"]
    answers = {name: form[name].value() or "" for name in form.fields}
    page = controller.post(f"{there}columns/", {**answers, "name": "Lev"}, follow=True)
    assert "lev.csv is being read" in text(page)
    work()
    assert "The file adds 2 rows to the books" in text(controller.get(there))


def test_a_file_put_aside_while_it_is_loaded_leaves_the_books_as_they_were(lillby: Any, controller: Client) -> None:
    there = send(controller, build.books()).redirect_chain[-1][0]
    work()
    controller.post(there, {"do": LOAD})
    job = jobs.take(at=timezone.now())
    controller.post(f"{there}put-aside/")
    with pytest.raises(jobs.Lost):
        operations.work(job, lambda *step: jobs.heartbeat(job=job, at=timezone.now()))  # type: ignore[arg-type]
    assert queries.totals(lillby, "account") == {} and LedgerImport.objects.get().state == "put_aside"


def test_work_that_cannot_succeed_says_so_and_can_be_tried_once_more(lillby: Any, controller: Client) -> None:
    there = send(controller, build.books()).redirect_chain[-1][0]
    Job.objects.update(attempts=jobs.ATTEMPTS)
    assert jobs.run_next(clock=timezone.now) is None
    page = text(controller.get(there))
    assert "march.se could not be read" in page and "without success" in page and "Try once more" in page
    assert "march.se is being read" in text(controller.post(there, follow=True))
    work()
    assert "The file adds 1 voucher" in text(controller.get(there))


@pytest.mark.parametrize("last", range(1, 7))
def test_a_worker_that_dies_anywhere_leaves_all_or_nothing_and_another_ends_the_work(
    lillby: Any, controller: Client, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    operations.load_file(
        municipality=lillby, data=sie(voucher(1, 1)), name="a.se", by=person_with_code(lillby, "controller"),
        at=timezone.now(),
    )  # fmt: skip
    there = send(controller, sie(voucher(1, 1), voucher(2, 2))).redirect_chain[-1][0]
    work()
    controller.post(there, {"do": LOAD})
    signs = 0

    def dying(name: str) -> Any:
        real = getattr(jobs, name)

        def sign(**words: Any) -> Any:
            nonlocal signs
            signs += 1
            if signs == last:
                raise SystemExit
            return real(**words)

        return sign

    with monkeypatch.context() as patched:
        for name in ("heartbeat", "finish"):
            patched.setattr(jobs, name, dying(name))
        if last < 6:
            with pytest.raises(SystemExit):
                jobs.run_next(clock=timezone.now)
        else:
            jobs.run_next(clock=timezone.now)
    before, after = {"2440": -100_00, "6540": 100_00}, {"2440": -200_00, "6540": 200_00}
    assert queries.totals(lillby, "account", "all") in (before, after)
    if last < 6:
        work(jobs.LEASE + timedelta(seconds=5))
    assert queries.totals(lillby, "account", "all") == after
    assert controller.get(there, follow=True).status_code == 200
    assert len(queries.batches(lillby)) == 2


def test_another_municipality_and_a_reader_see_nothing_of_the_work(lillby: Any, controller: Client) -> None:
    there = send(controller, build.books()).redirect_chain[-1][0]
    assert signed_in(lillby, "head").get(there).status_code == 403
    assert Client().get(there).status_code == 302
