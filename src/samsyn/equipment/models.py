"""Devices, and who has had them."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.equipment.choices import Ending


class Device(models.Model):
    """A device by its serial number, in capital letters, or its inventory number where it has none.

    ``unit_code`` is the unit that has it, "" where none is known; ``kind`` is one of
    `choices.Kind` or the municipality's own word.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    serial = models.CharField(max_length=80)
    asset_tag = models.CharField(max_length=80, default="", blank=True)
    name = models.CharField(max_length=160, default="", blank=True)
    kind = models.CharField(max_length=60, default="", blank=True)
    model = models.CharField(max_length=160, default="", blank=True)
    manufacturer = models.CharField(max_length=120, default="", blank=True)
    user_name = models.CharField(max_length=160, default="", blank=True)
    unit_code = models.CharField(max_length=40, default="", blank=True)
    site = models.CharField(max_length=160, default="", blank=True)
    responsible = models.CharField(max_length=120, default="", blank=True)
    supplier = models.CharField(max_length=160, default="", blank=True)
    purchase_date = models.DateField(null=True, blank=True)
    purchase_ore = models.BigIntegerField(null=True, blank=True)
    lease_number = models.CharField(max_length=80, default="", blank=True)
    lease_start_date = models.DateField(null=True, blank=True)
    lease_end_date = models.DateField(null=True, blank=True)
    lease_month_ore = models.BigIntegerField(null=True, blank=True)
    residual_ore = models.BigIntegerField(null=True, blank=True)
    buy_out_ore = models.BigIntegerField(null=True, blank=True)
    return_condition = models.TextField(default="", blank=True)
    ended_date = models.DateField(null=True, blank=True)
    ended_as = models.CharField(max_length=8, choices=Ending.choices, default="", blank=True)
    received = models.JSONField(default=dict)  # what a file said that found no place, by its header
    search_key = models.TextField()
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "serial"], name="device_serial")]
        indexes = [
            models.Index(fields=["municipality", "unit_code", "serial"], name="device_unit"),
            models.Index(fields=["municipality", "lease_end_date", "serial"], name="device_lease_end"),
        ]

    def __str__(self) -> str:
        return self.name or self.serial


class Holding(models.Model):
    """Who had a device from one day until another, which is not counted; without one they have it still."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="holdings")
    user_name = models.CharField(max_length=160, default="", blank=True)
    unit_code = models.CharField(max_length=40, default="", blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device"], condition=models.Q(valid_until=None), name="device_held_once"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="device_held_forwards",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "valid_from", "valid_until"], name="device_held")]

    def __str__(self) -> str:
        return f"{self.user_name} {self.valid_from}"
