"""How often data goes, what a system claims, where in its life a standard is, and how units fill a field."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Often(models.TextChoices):
    """How often data goes from one system to another."""

    UNKNOWN = "", _("nobody has said")
    ALWAYS = "always", _("at once")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")
    HAND = "hand", _("when somebody does it by hand")


class Claims(models.TextChoices):
    """What a system claims to be for a kind of data."""

    SOURCE = "source", _("claims to be the right one")
    COPY = "copy", _("copies it from another")


class Stage(models.TextChoices):
    """Where in its life a technical standard is (a technology radar)."""

    TRIAL = "trial", _("being tried")
    ADOPT = "adopt", _("to be used")
    HOLD = "hold", _("on hold: nothing new on it")
    RETIRE = "retire", _("to be left")


class Practice(models.TextChoices):
    """How a unit fills a field of a system, as somebody has said or seen."""

    AGREED = "agreed", _("as agreed")
    OTHERWISE = "otherwise", _("in another way")
    UNKNOWN = "unknown", _("nobody there knows")


# what some words of lists mean; looked for within the cell, in small letters
OFTEN_WORDS = {
    "always": ("realtid", "real time", "real-time", "direkt", "löpande", "løbende", "kontinuer", "continuous", "api"),
    "daily": ("dag", "dygn", "natt", "nat", "daily", "day", "night"),
    "weekly": ("veck", "uge", "week"), "monthly": ("månad", "måned", "month", "mån"),
    "yearly": ("årlig", "år", "year"), "hand": ("manuel", "hand", "vid behov", "efter behov"),
}  # fmt: skip
