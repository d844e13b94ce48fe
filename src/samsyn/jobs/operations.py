"""Queue, take, carry out and end background work. The room that asks for it records the event.

A job is carried out at least once: its work ends in one transaction, and finds on a second try what it did.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from samsyn.core.refusals import N_, Refusal
from samsyn.jobs import queries
from samsyn.jobs.choices import OPEN, State
from samsyn.jobs.models import Job

LEASE = timedelta(seconds=60)
ATTEMPTS = 4
_PAUSE = timedelta(seconds=15)  # doubled by every attempt
_GIVEN_UP = N_(
    "It was tried %(times)s times without success. Nothing has been changed. Try once more, and tell whoever "
    "looks after Samsyn if it happens again."
)

Clock = Callable[[], datetime]
Told = Callable[[int, int, str], None]
Work = Callable[[Job, Told], dict[str, Any]]
_WORK: dict[str, Work] = {}
_log = logging.getLogger(__name__)


class Lost(Exception):
    """The job is no longer this worker's: cancelled, or taken by another. Stop, and write nothing."""


def register_work(kind: str, work: Work) -> None:
    """Say how jobs of a kind are done; an app above registers its own when it starts.

    ``work(job, told)`` returns the result as JSON. ``told(done, total, words)`` notes how far it has come and raises
    `Lost`. A `Refusal` ends the job; any other exception is tried again later.
    """
    _WORK[kind] = work


def enqueue(
    *, municipality_key: object, kind: str, subject: object, by: Any, at: datetime,
    arguments: Mapping[str, Any] | None = None, due: datetime | None = None,
) -> Job:  # fmt: skip
    """Queue work on a subject, now or for later; the same work that already waits or runs is returned."""
    asked = {"municipality_key": str(municipality_key), "kind": kind, "subject": str(subject)}
    try:
        with transaction.atomic():
            return Job.objects.create(
                **asked, arguments=dict(arguments or {}), by_key=str(getattr(by, "key", by)), queued_at=at,
                due_at=due or at,
            )  # fmt: skip
    except IntegrityError:
        return Job.objects.filter(**asked).order_by("-pk")[0]


def take(*, at: datetime) -> Job | None:
    """Take the job that has waited longest, or None; two workers never hold one job."""
    for job in queries.due(at):
        as_seen = Job.objects.filter(
            pk=job.pk, state=job.state, attempts=job.attempts, due_at=job.due_at, lease_until=job.lease_until
        )
        if job.attempts >= ATTEMPTS:
            # whoever held it died each time: it is not handed out for ever
            as_seen.update(**_ended(State.FAILED, at), refusal=_given_up(job))
        elif as_seen.update(state=State.RUNNING, attempts=F("attempts") + 1, started_at=at, lease_until=at + LEASE):
            job.refresh_from_db()
            return job
    return None


def heartbeat(*, job: Job, at: datetime, **progress: Any) -> None:
    """Hold the job for another lease, and note ``done``, ``total`` and ``words``. Raises `Lost`."""
    if not _held(job).update(lease_until=at + LEASE, **progress):
        raise Lost(str(job.key))


def finish(*, job: Job, result: Mapping[str, Any], at: datetime) -> bool:
    """Note what came of a job; False when it was cancelled or taken over meanwhile."""
    return bool(_held(job).update(**_ended(State.DONE, at), result=dict(result)))


def fail(*, job: Job, fault: Exception, at: datetime) -> bool:
    """Note that a job did not succeed: a refusal ends it, anything else is tried again, later each time."""
    if isinstance(fault, Refusal):
        facts = {name: value if isinstance(value, int) else str(value) for name, value in fault.facts.items()}
        said = {"code": fault.code, "message": fault.message, "facts": facts}
        return bool(_held(job).update(**_ended(State.FAILED, at), refusal=said))
    _log.error("job %s (%s)", job.key, job.kind, exc_info=fault)
    error = f"{type(fault).__name__}: {fault}"[:250]
    if job.attempts >= ATTEMPTS:
        return bool(_held(job).update(**_ended(State.FAILED, at), refusal=_given_up(job), last_error=error))
    due = at + _PAUSE * 2 ** (job.attempts - 1)
    return bool(_held(job).update(state=State.WAITING, due_at=due, lease_until=None, last_error=error))


def cancel(*, municipality_key: object, subject: object, at: datetime) -> bool:
    """Call off the open work on a subject; one that runs stops at its next step."""
    mine = Job.objects.filter(municipality_key=str(municipality_key), subject=str(subject), state__in=OPEN)
    return bool(mine.update(**_ended(State.CANCELLED, at)))


def run_next(*, clock: Clock) -> Job | None:
    """Take one job and carry it out; return it, or None when nothing waits."""
    job = take(at=clock())
    if job is None:
        return None

    def told(done: int, total: int, words: str) -> None:
        heartbeat(job=job, at=clock(), done=done, total=total, words=words)

    with _kept(job, clock):
        try:
            finish(job=job, result=_WORK[job.kind](job, told), at=clock())
        except Lost:
            pass
        except Exception as fault:
            fail(job=job, fault=fault, at=clock())
    return job


def forget(*, before: datetime) -> int:
    """Remove jobs that ended before a moment; return how many."""
    return Job.objects.filter(ended_at__lt=before).delete()[0]


@contextmanager
def _kept(job: Job, clock: Clock) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on, however long one step takes."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(LEASE.total_seconds() / 3):
                # a database that is busy for a moment is asked again at the next beat
                with suppress(OperationalError):
                    heartbeat(job=job, at=clock())
        except Lost:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)


def _ended(state: State, at: datetime) -> dict[str, Any]:
    return {"state": state, "ended_at": at, "lease_until": None}


def _given_up(job: Job) -> dict[str, Any]:
    return {"code": "given_up", "message": _GIVEN_UP, "facts": {"times": job.attempts}}
