"""Systems as such, and how this municipality uses them."""

from typing import Any

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.systems.choices import (
    Accessibility,
    ArchiveDuty,
    Criticality,
    Hosting,
    Kind,
    LegalGround,
    LifeCycle,
    YesNo,
)  # fmt: skip


def _words(longest: int) -> Any:
    return models.CharField(max_length=longest, default="", blank=True)


def _text() -> Any:
    return models.TextField(default="", blank=True)


def _day() -> Any:
    return models.DateField(null=True, blank=True)


def _number(choices: Any = None) -> Any:
    return models.IntegerField(choices=choices, null=True, blank=True)


def _one_of(choices: type[models.TextChoices]) -> Any:
    return models.CharField(max_length=20, choices=choices.choices, default="", blank=True)


def _list() -> Any:
    return models.JSONField(default=list, blank=True)


class _Shared(models.Manager):  # type: ignore[type-arg]
    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(municipality=None)


class ItSystem(models.Model):
    """A system as anybody may buy it: what it is called, who supplies it, what it can do and offers others.

    Without a municipality it stands in the catalogue that all municipalities of the installation share, and is written
    by its administrator alone; with one it is that municipality's own description.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT, null=True, blank=True)
    key = models.UUIDField(default=new_key, unique=True)
    name = models.CharField(max_length=160)
    former_names = models.JSONField(default=list)
    supplier = models.CharField(max_length=160, default="", blank=True)
    tasks = _list()
    functions = _list()
    interfaces = _list()
    search_key = models.CharField(max_length=160, db_index=True)
    version = models.IntegerField(default=1)

    objects = scoped()
    shared = _Shared()

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
    kind = _one_of(Kind)
    hosting = _one_of(Hosting)
    hosting_place = _words(120)
    users_from = _number()
    users_to = _number()
    claimed_stage = _one_of(LifeCycle)
    uses_ai = _one_of(YesNo)
    criticality = _number(Criticality.choices)
    criticality_reference = _words(200)
    criticality_date = _day()
    information_class = models.JSONField(default=dict, blank=True)  # level by aspect of the scale
    class_scale = _words(40)
    class_date = _day()
    processing_purpose = _text()
    legal_ground = _one_of(LegalGround)
    data_subjects = _text()
    data_categories = _text()
    sensitive_data = _one_of(YesNo)
    personal_numbers = _one_of(YesNo)
    recipients = _text()
    third_country = _one_of(YesNo)
    transfer_country = _words(120)
    transfer_safeguard = _words(200)
    erasure_limit = _words(200)
    security_measures = _text()
    processor = _words(160)
    impact_assessment_date = _day()
    supervision_date = _day()
    public_records = _one_of(YesNo)
    archive_duty = _one_of(ArchiveDuty)
    archive_years = _number()
    archive_reference = _words(200)
    named_publicly = _one_of(YesNo)
    secrecy_provision = _words(120)
    secrecy_date = _day()
    accessibility = _one_of(Accessibility)
    accessibility_date = _day()
    as_a_service = _one_of(YesNo)
    as_a_service_answer = _text()
    as_a_service_date = _day()
    as_a_service_by = _words(120)
    unknown = models.JSONField(default=list)
    received = models.JSONField(default=dict)  # what a file said that found no place, by its header
    missing = models.CharField(max_length=200, default="", blank=True)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="system_usage_code")]
        indexes = [
            models.Index(fields=["municipality", "sort_key", "code"], name="system_usage_order"),
            models.Index(fields=["municipality", "kind"], name="system_usage_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tasks(self) -> list[str]:
        """The tasks its system serves, as KLE numbers."""
        return list(self.system.tasks)

    @property
    def functions(self) -> list[str]:
        """What its system can do."""
        return list(self.system.functions)

    @property
    def interfaces(self) -> list[str]:
        """The interfaces its system offers other systems."""
        return list(self.system.interfaces)


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


class InformationScale(models.Model):
    """The scale information is classed by: ``aspects`` are [{"code", "sv", "da", "en"}]. The newest holds."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    scale = models.CharField(max_length=40)
    aspects = models.JSONField()
    recorded_at = models.DateTimeField()

    objects = scoped()

    def __str__(self) -> str:
        return self.scale


class Campaign(models.Model):
    """A few questions to the owners of some systems, to be answered by a day."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    questions = models.JSONField()
    until = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_key = models.CharField(max_length=64)
    mails = models.IntegerField(default=0)  # 1: told that it has begun, 2: reminded

    objects = scoped()

    class Meta:
        indexes = [models.Index(fields=["municipality", "until"], name="campaign_until")]

    def __str__(self) -> str:
        return f"{self.until} {', '.join(self.questions)}"


class AskedSystem(models.Model):
    """A system whose owner is asked."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="systems")
    usage = models.ForeignKey(ItSystemUsage, on_delete=models.PROTECT, related_name="campaigns")

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "usage"], name="campaign_asked_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.usage_id}"
