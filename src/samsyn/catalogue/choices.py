"""Words of the service catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What has to be done for a service, from the first order to the end; one unit answers for each."""

    ORDER = "order", _("take orders")
    INSTALL = "install", _("install")
    OPERATE = "operate", _("operate")
    FIRST_LINE = "first_line", _("first line of help")
    SECOND_LINE = "second_line", _("second line of help")
    ACCESS = "access", _("give access")
    TRAINING = "training", _("train")
    PHASE_OUT = "phase_out", _("phase out")
