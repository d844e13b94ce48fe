"""Indicators: what is measured to see how things go, and how."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.steering.choices import Often


class Indicator(models.Model):
    """A figure that is followed over time. ``work_minutes``: what one figure takes by hand, None where unsaid."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    purpose = models.TextField(default="", blank=True)
    unit_of_measure = models.CharField(max_length=80, default="", blank=True)
    formula = models.TextField(default="", blank=True)
    source = models.CharField(max_length=300, default="", blank=True)
    often = models.CharField(max_length=20, choices=Often.choices, default="", blank=True)
    work_minutes = models.PositiveIntegerField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=0)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="steering_indicator_code")]

    def __str__(self) -> str:
        return self.name
