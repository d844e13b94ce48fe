"""Work waits until a worker takes it, is done once, and survives those who do it."""

import copy
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from samsyn.core.refusals import Refusal
from samsyn.jobs import operations, queries
from samsyn.jobs.choices import State
from samsyn.jobs.models import Job
from tests.personas import AT

pytestmark = pytest.mark.django_db
LATER = AT + operations.LEASE + timedelta(seconds=1)


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The work of the kind ``try``: put another function in its place to let it go wrong."""
    work: dict[str, Any] = {"do": lambda job, told: {"done": job.arguments}}
    monkeypatch.setitem(operations._WORK, "try", lambda job, told: work["do"](job, told))
    yield work


def queue(subject: str = "a file", place: str = "lillby", **more: Any) -> Job:
    return operations.enqueue(municipality_key=place, kind="try", subject=subject, by="controller", at=AT, **more)


def run(at: datetime = AT) -> Job | None:
    job = operations.run_next(clock=lambda: at)
    if job:
        job.refresh_from_db()
    return job


def test_a_job_is_done_with_its_arguments_and_its_result_is_kept(kind: Any) -> None:
    queue(arguments={"sheet": 1})
    job = run()
    assert job and (job.state, job.result, job.by_key) == (State.DONE, {"done": {"sheet": 1}}, "controller")
    assert run() is None


def test_jobs_are_taken_in_the_order_they_came_and_not_before_they_are_due(kind: Any) -> None:
    tomorrow = AT + timedelta(days=1)
    queue("later", due=tomorrow)
    assert [queue("first").subject, queue("second").subject] == ["first", "second"]
    assert [job and job.subject for job in (run(), run(), run())] == ["first", "second", None]
    late = run(tomorrow)
    assert late and late.subject == "later"


def test_two_workers_that_see_the_same_job_do_not_both_take_it(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    queue()
    queue("another file")
    seen = queries.due(AT)
    monkeypatch.setattr(queries, "due", lambda at: copy.deepcopy(seen))
    taken = [operations.take(at=AT) for _ in range(3)]
    assert [job and job.subject for job in taken] == ["a file", "another file", None]


def test_two_workers_that_see_the_same_silent_job_do_not_both_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    queue()
    silent = operations.take(at=AT)
    seen = queries.due(LATER)
    monkeypatch.setattr(queries, "due", lambda at: copy.deepcopy(seen))
    assert silent and operations.take(at=LATER)
    assert operations.take(at=LATER) is None


def test_work_that_waits_already_is_not_queued_again(kind: Any) -> None:
    assert queue() == queue()
    assert queue(place="grannby") != queue()
    run()
    run()
    assert queue() != Job.objects.order_by("pk")[0]


def test_the_job_of_a_dead_worker_is_taken_again_and_the_dead_one_can_say_nothing_more(kind: Any) -> None:
    queue()
    dead = operations.take(at=AT)
    assert dead and operations.take(at=AT + operations.LEASE) is None, "its lease still holds"
    assert run(LATER)
    assert not operations.finish(job=dead, result={"done": "twice"}, at=LATER)
    assert not operations.fail(job=dead, fault=OSError(), at=LATER)
    with pytest.raises(operations.Lost):
        operations.heartbeat(job=dead, at=LATER)
    assert Job.objects.get().result == {"done": {}}


def test_who_says_how_far_it_has_come_keeps_the_job(kind: Any) -> None:
    queue()
    job = operations.take(at=AT)
    assert job
    operations.heartbeat(job=job, at=AT + operations.LEASE, done=2, total=3, words="Halfway")
    assert operations.take(at=LATER) is None
    job.refresh_from_db()
    assert (job.done, job.total, job.words) == (2, 3, "Halfway")


def test_what_goes_wrong_is_tried_again_later_each_time_and_not_for_ever(kind: Any) -> None:
    def wrong(job: Job, told: Any) -> Any:
        raise OSError("disk full")

    kind["do"] = wrong
    queue()
    at, pauses = AT, []
    while (job := run(at)) and job.state == State.WAITING:
        assert run(at) is None
        pauses.append(job.due_at - at)
        at = job.due_at
    assert len(pauses) == operations.ATTEMPTS - 1 and pauses == sorted(set(pauses))
    assert job and job.state == State.FAILED and job.last_error == "OSError: disk full"
    refusal = queries.refusal(job)
    assert refusal and refusal.sentence().startswith("It was tried 4 times without success.")


def test_a_job_that_kills_every_worker_is_given_up(kind: Any) -> None:
    queue()
    for turn in range(operations.ATTEMPTS):
        assert operations.take(at=AT + turn * (LATER - AT))
    assert operations.take(at=AT + operations.ATTEMPTS * (LATER - AT)) is None
    assert Job.objects.get().state == State.FAILED


def test_a_refusal_ends_a_job_with_its_sentence(kind: Any) -> None:
    def refuse(job: Job, told: Any) -> Any:
        raise Refusal("raw_file_removed", "The file %(name)s was removed when its time was up.", name="mars.se")

    kind["do"] = refuse
    queue()
    job = run()
    assert job and job.state == State.FAILED and job.attempts == 1
    refusal = queries.refusal(job)
    assert refusal and refusal.code == "raw_file_removed"
    assert refusal.sentence() == "The file mars.se was removed when its time was up."


def test_a_job_that_was_called_off_is_not_begun(kind: Any) -> None:
    queue()
    assert operations.cancel(municipality_key="lillby", subject="a file", at=AT)
    assert run() is None and Job.objects.get().state == State.CANCELLED


def test_a_job_that_is_called_off_under_way_stops_at_its_next_step(kind: Any) -> None:
    reached = []

    def long(job: Job, told: Any) -> Any:
        told(1, 2, "First")
        operations.cancel(municipality_key="lillby", subject="a file", at=AT)
        told(2, 2, "Second")
        reached.append("the end")

    kind["do"] = long
    queue()
    job = run()
    assert job and (job.state, job.result, reached) == (State.CANCELLED, None, [])


def test_nobody_sees_or_calls_off_the_work_of_another_municipality(kind: Any) -> None:
    queue()
    assert queries.latest("grannby", "a file") is None and queries.subjects_at_work("grannby") == set()
    assert not operations.cancel(municipality_key="grannby", subject="a file", at=AT)
    assert queries.subjects_at_work("lillby") == {"a file"}


def test_jobs_that_nobody_takes_are_counted_and_old_ones_are_forgotten(kind: Any) -> None:
    queue()
    assert (queries.overdue(AT), queries.overdue(LATER)) == (0, 1)
    run()
    queue("waits")
    assert operations.forget(before=LATER) == 1
    assert [job.subject for job in Job.objects.all()] == ["waits"]
