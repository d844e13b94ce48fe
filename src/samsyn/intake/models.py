"""Raw files: what came in, as it came in."""

from django.db import models

from samsyn.core.ids import new_key


class RawFile(models.Model):
    """A received file, kept encrypted until a day; its digest stays."""

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    kept_until = models.DateField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["municipality_key", "digest"], name="intake_raw_digest")]

    def __str__(self) -> str:
        return self.name


class ReceivedRegister(models.Model):
    """A register on its way in, and which column of it was what when it was loaded: the next one is read likewise."""

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    register = models.CharField(max_length=20)
    raw_key = models.UUIDField()
    name = models.CharField(max_length=255)
    profile = models.JSONField(null=True, blank=True)
    received_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["municipality_key", "register", "loaded_at"], name="intake_register_loaded")]

    def __str__(self) -> str:
        return self.name


class Master(models.Model):
    """One of our things that is kept in another system: which object it is there, and which fields come from there."""

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    source = models.CharField(max_length=20)
    thing = models.CharField(max_length=20)
    thing_key = models.UUIDField()
    foreign_key = models.CharField(max_length=64)
    url = models.CharField(max_length=300, default="", blank=True)
    fields = models.JSONField(default=list)
    read_at = models.DateTimeField()
    gone_date = models.DateField(null=True, blank=True)  # deleted there on; what it said is ours since

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_key", "source", "foreign_key"], name="intake_master_once")
        ]
        indexes = [models.Index(fields=["thing_key"], name="intake_master_of_thing")]

    def __str__(self) -> str:
        return f"{self.source} {self.foreign_key}"


class Sync(models.Model):
    """A time everything was read from another system, and what came of it."""

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    source = models.CharField(max_length=20)
    at = models.DateTimeField()
    result = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["municipality_key", "source", "at"], name="intake_sync_by_time")]

    def __str__(self) -> str:
        return f"{self.source} {self.at}"
