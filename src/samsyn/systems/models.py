"""Systems as such, and how this municipality uses them."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.systems.choices import YesNo


class ItSystem(models.Model):
    """A system as anybody may buy it: what it is called, and by whom it is supplied."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    name = models.CharField(max_length=160)
    former_names = models.JSONField(default=list)
    supplier = models.CharField(max_length=160, default="", blank=True)
    search_key = models.CharField(max_length=160)
    version = models.IntegerField(default=1)

    objects = scoped()

    def __str__(self) -> str:
        return self.name


class ItSystemUsage(models.Model):
    """A system as this municipality uses it. ``missing`` holds the questions without an answer, between commas."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    system = models.ForeignKey(ItSystem, on_delete=models.PROTECT, related_name="usages")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    purpose = models.TextField(default="", blank=True)
    owner_name = models.CharField(max_length=120, default="", blank=True)
    contract_end_date = models.DateField(null=True, blank=True)
    yearly_cost_ore = models.BigIntegerField(null=True, blank=True)
    personal_data = models.CharField(max_length=3, choices=YesNo.choices, default="", blank=True)
    pilot_date = models.DateField(null=True, blank=True)
    operational_date = models.DateField(null=True, blank=True)
    phasing_out_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    unknown = models.JSONField(default=list)
    received = models.JSONField(default=dict)  # what a file said that found no place, by its header
    missing = models.CharField(max_length=200, default="", blank=True)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="system_usage_code")]
        indexes = [models.Index(fields=["municipality", "sort_key", "code"], name="system_usage_order")]

    def __str__(self) -> str:
        return self.name


class UsedBy(models.Model):
    """A unit, with all below it, that uses a system."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    usage = models.ForeignKey(ItSystemUsage, on_delete=models.PROTECT, related_name="users")
    unit_code = models.CharField(max_length=40)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["usage", "unit_code"], name="system_used_by")]

    def __str__(self) -> str:
        return self.unit_code
