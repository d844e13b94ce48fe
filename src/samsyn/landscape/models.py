"""Integrations, kinds of data and who claims them, technical standards and who stands on them, local changes, and how
fields are to be filled and are.
"""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.landscape.choices import Claims, Often, Practice, Stage


class Integration(models.Model):
    """Data that goes from one system to another. A side is a listed system (its code) or somebody outside (a name)."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    from_code = models.CharField(max_length=40, default="", blank=True)
    from_name = models.CharField(max_length=160, default="", blank=True)
    to_code = models.CharField(max_length=40, default="", blank=True)
    to_name = models.CharField(max_length=160, default="", blank=True)
    data = models.CharField(max_length=200, default="", blank=True)
    both_ways = models.BooleanField(default=False)
    often = models.CharField(max_length=10, choices=Often.choices, default="", blank=True)
    contract_code = models.CharField(max_length=40, default="", blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    received = models.JSONField(default=dict)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=400)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="integration_code")]
        indexes = [models.Index(fields=["municipality", "sort_key", "code"], name="integration_order")]

    def __str__(self) -> str:
        return f"{self.from_name} → {self.to_name}"


class DataDomain(models.Model):
    """A kind of data, and which register of it somebody has decided to be the right one."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    about = models.TextField(default="", blank=True)
    decided_code = models.CharField(max_length=40, default="", blank=True)
    decision = models.CharField(max_length=200, default="", blank=True)
    decided_date = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="data_domain_code")]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """What a system claims about a kind of data."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    domain = models.ForeignKey(DataDomain, on_delete=models.PROTECT, related_name="claims")
    system_code = models.CharField(max_length=40)
    claims = models.CharField(max_length=8, choices=Claims.choices)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["domain", "system_code"], name="data_claim_once")]

    def __str__(self) -> str:
        return f"{self.system_code} {self.claims}"


class Standard(models.Model):
    """Something technical that systems stand on, and where in its life it is."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    since_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)
    decision = models.CharField(max_length=200, default="", blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="standard_code")]

    def __str__(self) -> str:
        return self.name


class StandsOn(models.Model):
    """A system that stands on a standard, perhaps as an exception: why, decided where, until when."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="systems")
    system_code = models.CharField(max_length=40)
    reason = models.TextField(default="", blank=True)
    decision = models.CharField(max_length=200, default="", blank=True)
    until_date = models.DateField(null=True, blank=True)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["standard", "system_code"], name="stands_on_once")]

    def __str__(self) -> str:
        return self.system_code


class Customisation(models.Model):
    """Something changed in a system for this municipality alone, which every upgrade has to carry."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    system_code = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    reason = models.TextField(default="", blank=True)
    asked_by = models.CharField(max_length=120, default="", blank=True)
    upgrade_cost_ore = models.BigIntegerField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    def __str__(self) -> str:
        return self.what


class FieldStandard(models.Model):
    """A field of a system: what it means and how it is to be filled, what counts on it, and who decided that.

    ``changed_date``: the day its meaning was last changed here; none while it is the first.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    system_code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    meaning = models.TextField()
    used_in = models.CharField(max_length=200, default="", blank=True)
    decision = models.CharField(max_length=200, default="", blank=True)
    decided_date = models.DateField(null=True, blank=True)
    changed_date = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="field_standard_code")]
        indexes = [models.Index(fields=["municipality", "system_code"], name="field_standard_system")]

    def __str__(self) -> str:
        return self.name


class FieldNote(models.Model):
    """How a unit fills a field, as somebody said on a day; a newer note follows it and changes nothing in it."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    field = models.ForeignKey(FieldStandard, on_delete=models.PROTECT, related_name="notes")
    unit_code = models.CharField(max_length=40)
    practice = models.CharField(max_length=10, choices=Practice.choices)
    way = models.CharField(max_length=200, default="", blank=True)
    seen_date = models.DateField()
    said_by = models.CharField(max_length=120)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.unit_code} {self.practice}"
