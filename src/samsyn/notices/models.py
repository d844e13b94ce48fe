"""Mail that waits to leave the house, and mail that has."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.notices.choices import State


class Notice(models.Model):
    """One mail to one person. Written with what it tells about; sent afterwards, again if it fails.

    ``attachments`` are [{"name", "kind", "facts"}]: what to make when it is sent, not the file itself.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    topic = models.CharField(max_length=200)
    to_person_key = models.CharField(max_length=64)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    attachments = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=250, default="", blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "topic", "to_person_key"], name="notices_said_once")
        ]
        indexes = [models.Index(fields=["municipality", "state", "due_at"], name="notices_due")]

    def __str__(self) -> str:
        return f"{self.state} {self.subject}"
