"""Ask what work waits, runs and has come of it."""

from datetime import datetime

from django.db.models import Q

from samsyn.core.refusals import Refusal
from samsyn.jobs.choices import OPEN, State
from samsyn.jobs.models import Job


def due(at: datetime) -> list[Job]:
    """Return the jobs a worker may take now, oldest first: those due, and those whose holder is silent."""
    waiting = Q(state=State.WAITING, due_at__lte=at)
    return list(Job.objects.filter(waiting | Q(state=State.RUNNING, lease_until__lt=at)).order_by("due_at", "pk"))


def latest(municipality_key: object, subject: object) -> Job | None:
    """Return the last job on a subject of this municipality."""
    return Job.objects.filter(municipality_key=str(municipality_key), subject=str(subject)).order_by("-pk").first()


def subjects_at_work(municipality_key: object) -> set[str]:
    """Return the subjects of this municipality that a job waits or runs for."""
    found = Job.objects.filter(municipality_key=str(municipality_key), state__in=OPEN)
    return set(found.values_list("subject", flat=True))


def refusal(job: Job) -> Refusal | None:
    """Return why a job failed."""
    said = job.refusal
    return Refusal(said["code"], said["message"], **said["facts"]) if said else None


def overdue(before: datetime) -> int:
    """Return how many jobs should have been taken before a moment and were not: no worker runs."""
    return Job.objects.filter(state=State.WAITING, due_at__lt=before).count()
