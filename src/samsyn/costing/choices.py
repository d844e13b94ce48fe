"""Words of the cost model."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a model version or a run stands."""

    DRAFTED = "drafted", _("drafted")
    APPROVED = "approved", _("approved")


class Outcome(models.TextChoices):
    """What a classification rule decides about a ledger row."""

    IT = "it", _("IT")
    NOT_IT = "not_it", _("not IT")
    ELIMINATED = "eliminated", _("internal pair, counted out")
    OUTSIDE_INCOME = "outside_income", _("outside income")


class Mode(models.TextChoices):
    """How a service is charged."""

    PRICE = "price", _("decided price")
    COST = "cost", _("actual cost")
    SHOWN = "shown", _("shown, not charged")


class Standing(models.TextChoices):
    """What a unit may do about a line."""

    BASE = "base", _("paid with taxes")
    MANDATORY = "mandatory", _("paid by all")
    OPTIONAL = "optional", _("can be handed back")


class Driver(models.TextChoices):
    """What a flow is measured by."""

    FIXED = "fixed", _("fixed weights")
    HOURS = "hours", _("hours")
    VOLUME = "volume", _("a service’s volume")


class NoVolume(models.TextChoices):
    """What happens to cost without volume."""

    REFUSE = "refuse", _("refuse the run")
    LAST_PERIOD = "last_period", _("use the month before")
    KEEP = "keep", _("keep as not distributed")
