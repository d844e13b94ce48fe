"""Batches: which column files exist, and whether they count."""

from django.db import models

from samsyn.core.ids import new_key


class FactBatch(models.Model):
    """One immutable Parquet file of facts and its state."""

    class State(models.TextChoices):
        STAGING = "staging"
        COMMITTED = "committed"
        WITHDRAWN = "withdrawn"

    key = models.UUIDField(default=new_key, unique=True)
    municipality_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    source = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255, default="", blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.STAGING)
    row_count = models.BigIntegerField(default=0)
    control_sum = models.BigIntegerField(default=0)
    first_period = models.CharField(max_length=7, default="", blank=True)
    last_period = models.CharField(max_length=7, default="", blank=True)
    file_digest = models.CharField(max_length=64, default="", blank=True)
    has_sidecar = models.BooleanField(default=False)
    about = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_key", "kind", "digest"],
                condition=models.Q(state="committed"),
                name="facts_one_committed_per_digest",
            )
        ]
        indexes = [models.Index(fields=["municipality_key", "kind", "state"], name="facts_batch_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def path(self) -> str:
        """Return the file's place below the facts folder."""
        return f"{self.municipality_key}/{self.kind}/{self.key}.parquet"

    @property
    def sidecar_path(self) -> str:
        """Return the place of the erasable text file beside it."""
        return f"{self.municipality_key}/{self.kind}/{self.key}.text.parquet"
