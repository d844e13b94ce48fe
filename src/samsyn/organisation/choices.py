"""Words of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a node of the organisation is, from the top down."""

    LEGAL_ENTITY = "legal_entity", _("legal entity")
    AUTHORITY = "authority", _("authority")
    ADMINISTRATION = "administration", _("administration")
    UNIT = "unit", _("unit")


class LineageKind(models.TextChoices):
    """How one unit became another."""

    MERGED = "merged", _("merged into")
    SPLIT = "split", _("split into")
    MOVED = "moved", _("moved to")


class EntryKind(models.TextChoices):
    """Kinds of bookkeeping entries, each with its own mandatory code parts."""

    OPERATION = "operation", _("operation")
    INVESTMENT = "investment", _("investment")
    INTERNAL = "internal", _("internal entry")


CODE_PARTS = ("responsibility", "activity", "object", "project", "counterparty")
PART_WORDS = {
    "responsibility": _("responsibility"), "activity": _("activity"), "object": _("object"),
    "project": _("project"), "counterparty": _("counterparty"),
}  # fmt: skip
