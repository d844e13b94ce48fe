"""Words of the statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineKind(models.TextChoices):
    """What a statement line is."""

    CHARGED = "charged", _("charged")
    SHOWN = "shown", _("paid with taxes")
    NOT_DISTRIBUTED = "not_distributed", _("not distributed")
    RECOVERY = "recovery", _("difference between price and cost")
