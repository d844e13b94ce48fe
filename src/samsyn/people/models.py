"""Persons, who sign in, and the roles they hold for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.people.choices import DutyState, Role


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their sign-in name, across municipalities."""


class Person(AbstractBaseUser):
    """Somebody (or a named service) who acts; ``username`` is ``code@municipality``."""

    key = models.UUIDField(default=new_key, unique=True)
    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    code = models.CharField(max_length=60)
    username = models.CharField(max_length=110, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=2, default="sv")
    title = models.CharField(max_length=120, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)
    duty_minutes = models.IntegerField(null=True, blank=True)  # a month for all they answer for; the manager says it
    version = models.IntegerField(default=1)

    objects: ClassVar[PersonManager] = PersonManager()
    scoped = scoped()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role of a person, for the whole municipality or a unit and all below it."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit_code = models.CharField(max_length=40, default="", blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.role} {self.unit_code}"


class Duty(models.Model):
    """What a person answers for: offered, and theirs only once they have accepted it.

    ``thing`` is the kind of thing and ``thing_key`` its key; ``role`` is a `DutyRole` or a `RoleName` of the
    municipality's own; ``mandate`` says what they may decide; ``minutes`` is the time a month they have for it.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    thing = models.CharField(max_length=20)
    thing_key = models.UUIDField()
    role = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    mandate = models.TextField(default="", blank=True)
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OFFERED)
    minutes = models.IntegerField(null=True, blank=True)
    support = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    contacted_date = models.DateField(null=True, blank=True)  # when somebody last was in touch with them about it

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing_key", "role", "person"], name="people_duty_held_once",
                                    condition=models.Q(state__in=["offered", "accepted"]))
        ]  # fmt: skip
        indexes = [models.Index(fields=["municipality", "thing", "role", "state"], name="people_duty_by_thing")]

    def __str__(self) -> str:
        return f"{self.role} {self.state}"


class RoleName(models.Model):
    """What this municipality calls a role, or a role of its own; ``also`` are other names that are in use for it."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    role = models.CharField(max_length=40)
    thing = models.CharField(max_length=20)
    sv = models.CharField(max_length=80, default="", blank=True)
    da = models.CharField(max_length=80, default="", blank=True)
    en = models.CharField(max_length=80, default="", blank=True)
    also = models.JSONField(default=list, blank=True)
    mandate = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "role"], name="people_role_named_once")]

    def __str__(self) -> str:
        return self.role
