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
