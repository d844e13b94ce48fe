"""Services: who does which step of each, and who has provided it."""

from django.db import models

from samsyn.catalogue.choices import Step
from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped


class Service(models.Model):
    """Something units get. ``unneeded`` are the steps that it does not have."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    sv = models.CharField(max_length=160)
    da = models.CharField(max_length=160, default="", blank=True)
    en = models.CharField(max_length=160, default="", blank=True)
    unneeded = models.JSONField(default=list, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="catalogue_service_code")]

    def __str__(self) -> str:
        return self.sv


class StepAnswer(models.Model):
    """A unit that says it does a step of a service; there should be one for each."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="answers")
    step = models.CharField(max_length=20, choices=Step.choices)
    unit_code = models.CharField(max_length=40)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "step", "unit_code"], name="catalogue_step_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.unit_code}"


class ProviderTerm(models.Model):
    """Who provided a service for a time, what of it, and why that ended."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="providers")
    provider = models.CharField(max_length=160)
    scope = models.TextField(default="", blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    exit_reason = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.provider} {self.start_date}"
