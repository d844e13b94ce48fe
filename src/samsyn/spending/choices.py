"""What is asked about a purchase outside agreements, and from how much on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LARGE_ORE = 50_000_00  # a year, of one seller, by one unit


class Why(models.TextChoices):
    """Why something was bought outside agreements."""

    NOT_LISTED = "not_listed", _("there is an agreement, but it is not in the list")
    NONE_COVERS = "none_covers", _("no agreement covers the need")
    URGENT = "urgent", _("it could not wait")
    BY_MISTAKE = "by_mistake", _("it should have been bought on an agreement")
    OTHER = "other", _("another reason")
