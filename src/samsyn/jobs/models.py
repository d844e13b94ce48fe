"""Work that waits for a worker, is under way, or has ended."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.jobs.choices import OPEN, State


class Job(models.Model):
    """One piece of work on one subject. A worker holds it by a lease; ``attempts`` tells one holder from the next.

    ``words`` is the message id of the step under way. ``refusal`` is {"code", "message", "facts"}.
    """

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    arguments = models.JSONField(default=dict, blank=True)
    by_key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    words = models.CharField(max_length=200, default="", blank=True)
    result = models.JSONField(null=True, blank=True)
    refusal = models.JSONField(null=True, blank=True)
    last_error = models.CharField(max_length=250, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_key", "kind", "subject"],
                condition=models.Q(state__in=OPEN),
                name="jobs_one_open_per_subject",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="jobs_due"),
            models.Index(fields=["municipality_key", "subject"], name="jobs_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.kind}"

    @property
    def is_open(self) -> bool:
        """Tell whether the job still waits or runs."""
        return self.state in OPEN
