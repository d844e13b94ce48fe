"""Events, the head of each log, and the erasable details beside them."""

from django.db import models

from samsyn.core.ids import new_key


class LogHead(models.Model):
    """The next free leaf index of one log; its row lock orders the events."""

    log = models.CharField(max_length=64, unique=True)
    next_index = models.BigIntegerField(default=0)


class Event(models.Model):
    """One change to one record. Never altered; personal values lie in ``EventDetail``."""

    key = models.UUIDField(default=new_key, unique=True)
    log = models.CharField(max_length=64)
    leaf_index = models.BigIntegerField()
    at = models.DateTimeField()
    actor_key = models.CharField(max_length=64)
    verb = models.CharField(max_length=64)
    record_type = models.CharField(max_length=64)
    record_key = models.CharField(max_length=64)
    record_version = models.IntegerField()
    schema_version = models.IntegerField(default=1)
    commitments = models.JSONField()
    state = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "leaf_index"], name="history_event_leaf")]
        indexes = [models.Index(fields=["log", "record_key", "leaf_index"], name="history_event_record")]

    def __str__(self) -> str:
        return f"{self.log}/{self.leaf_index} {self.verb} {self.record_type}"


class EventDetail(models.Model):
    """One field's value before and after, with the salt of its commitment. May be erased."""

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="details", db_constraint=False)
    field = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    salt = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.field
