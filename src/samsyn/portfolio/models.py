"""What systems do and for whom, what leaving them takes, and the questions asked of all that."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.portfolio.choices import YEARS, Bound


class Capability(models.Model):
    """Something systems do, as the municipality names it."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    search_key = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="capability_code"),
            models.UniqueConstraint(fields=["municipality", "search_key"], name="capability_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """What somebody has said of one system in this room; confirmed once its owner says that it is right."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    system_code = models.CharField(max_length=40)
    bound = models.CharField(max_length=8, choices=Bound.choices, default="", blank=True)
    bound_reason = models.CharField(max_length=200, default="", blank=True)
    exit_cost_ore = models.BigIntegerField(default=0)
    join_cost_ore = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_key = models.CharField(max_length=64, default="", blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "system_code"], name="capability_profile")]

    def __str__(self) -> str:
        return self.system_code


class Ability(models.Model):
    """A capability one system has: for which units today, and whether it could have it for others."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="abilities")
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="abilities")
    unit_codes = models.JSONField(default=list)
    could_more = models.BooleanField(default=True)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "capability"], name="ability_once")]

    def __str__(self) -> str:
        return f"{self.profile.system_code} {self.capability_id}"


class Portfolio(models.Model):
    """A question asked: which systems are enough for some capabilities, under what assumptions.

    ``capabilities``: codes, empty for all. ``assumed``: {system code: {field: value}} in place of what stands there;
    ``unneeded``: "capability|unit" that is taken to be no need.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    capabilities = models.JSONField(default=list)
    years = models.IntegerField(default=YEARS)
    assumed = models.JSONField(default=dict)
    unneeded = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="portfolio_code")]

    def __str__(self) -> str:
        return self.name
