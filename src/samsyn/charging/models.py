"""Sealed statement lines: what each unit pays for each service in a period."""

from django.db import models

from samsyn.charging.choices import LineKind
from samsyn.core.scoping import scoped


class StatementLine(models.Model):
    """One line of an approved run. Written once, in the approving transaction; never changed."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    run_key = models.UUIDField()
    period = models.CharField(max_length=7)
    unit_code = models.CharField(max_length=40, blank=True)
    service_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=LineKind.choices)
    quantity = models.BigIntegerField(default=0)
    price_micro = models.BigIntegerField(null=True, blank=True)
    amount_ore = models.BigIntegerField()
    cost_ore = models.BigIntegerField(default=0)
    estimated = models.BooleanField(default=False)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run_key", "unit_code", "service_code", "kind"], name="charging_one_line_per_service"
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "unit_code", "period"], name="charging_line_unit"),
            models.Index(fields=["municipality", "service_code", "period"], name="charging_line_service"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit_code} {self.service_code}"
