"""Words of indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Often(models.TextChoices):
    """How often an indicator gets a new figure."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    TERTIAL = "tertial", _("every four months")
    YEARLY = "yearly", _("every year")


# how many figures a year of each makes
TIMES_A_YEAR = {Often.WEEKLY: 52, Often.MONTHLY: 12, Often.QUARTERLY: 4, Often.TERTIAL: 3, Often.YEARLY: 1}
# what is asked of an indicator beside its name
ASKED = ("purpose", "unit_of_measure", "formula", "source", "often", "work_minutes", "ended_date")
# what somebody who did not make an indicator must know to use it
NEEDED = ("purpose", "unit_of_measure", "formula", "source", "often")
