"""Model versions, allocation runs, and the managers' answers about volumes."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.costing.choices import State


class ModelVersion(models.Model):
    """A whole cost model as one document: edited while drafted, frozen when approved."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFTED)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    prepared_by_key = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    approved_by_key = models.CharField(max_length=64, default="", blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="costing_model_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AllocationRun(models.Model):
    """One allocation of one period: drafted, then approved and sealed; corrected by another."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFTED)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT)
    summary = models.JSONField()
    detail = models.JSONField()
    input_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, default="", blank=True)
    code_version = models.CharField(max_length=40)
    prepared_by_key = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    approved_by_key = models.CharField(max_length=64, default="", blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period"],
                condition=models.Q(state="approved", superseded_at=None),
                name="costing_one_approved_per_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.state}"


class VolumeAnswer(models.Model):
    """A manager's word on a counted volume: it agrees, or it does not, like this."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    service_code = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    agrees = models.BooleanField()
    comment = models.TextField(default="", blank=True)
    by_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = scoped()

    class Meta:
        indexes = [models.Index(fields=["municipality", "period", "unit_code"], name="costing_volume_answer")]

    def __str__(self) -> str:
        return f"{self.service_code} {self.unit_code} {self.period}"
