"""Which systems stand behind a service, and why something was bought outside agreements."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.spending.choices import Why


class ServiceSystem(models.Model):
    """A system that stands behind a service, from one day until another, which is not counted."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    service_code = models.CharField(max_length=40)
    system_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "service_code", "system_code"], condition=models.Q(valid_until=None),
                name="service_system_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="service_system_forwards",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["municipality", "system_code"], name="service_system_system")]

    def __str__(self) -> str:
        return f"{self.service_code} {self.system_code}"


class Reason(models.Model):
    """Why a unit bought of somebody outside agreements in a year; ``ore`` is what it was when that was said."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    unit_code = models.CharField(max_length=40, blank=True)
    seller_key = models.CharField(max_length=160)
    seller_name = models.CharField(max_length=200)
    year = models.CharField(max_length=4)
    why = models.CharField(max_length=12, choices=Why.choices)
    comment = models.TextField(default="", blank=True)
    ore = models.BigIntegerField()
    answered_at = models.DateTimeField()
    answered_by_key = models.CharField(max_length=64)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "unit_code", "seller_key"], name="reason_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_code} {self.seller_name}"
