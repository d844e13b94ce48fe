"""Why a system cannot be left, and what a set of systems may aim at."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bound(models.TextChoices):
    """Why a system is never proposed to be left."""

    FREE = "", _("it may be left")
    JOINT = "joint", _("it is held together with others")
    STATUTE = "statute", _("the law asks for it")


class Aim(models.TextChoices):
    """What a set of systems is best at; the first that is shown is the one with the lowest sum over the years."""

    OVER_YEARS = "over_years", _("Lowest cost over the years")
    CHEAPEST = "cheapest", _("Lowest cost a year")
    FEWEST = "fewest", _("Fewest systems")


YEARS = 5
