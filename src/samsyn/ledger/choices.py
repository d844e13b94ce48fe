"""Words of the books."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.refusals import N_


class AccountKind(models.TextChoices):
    """What an account holds, in the letters of SIE (#KTYP)."""

    ASSET = "T", _("asset")
    DEBT = "S", _("debt")
    COST = "K", _("cost")
    INCOME = "I", _("income")


class Answer(models.TextChoices):
    """What to do with a voucher that differs from the one already known."""

    OPEN = "", _("not answered")
    TAKE_NEW = "take_new", _("take the new one")
    KEEP_OLD = "keep_old", _("keep the old one")


CODE_PARTS = ("responsibility", "activity", "object", "project", "counterparty")

PART_WORDS = {
    "account": _("Account"), "responsibility": _("Responsibility"), "activity": _("Activity"), "object": _("Object"),
    "project": _("Project"), "counterparty": _("Counterparty"),
}  # fmt: skip

DEFAULT_CHART = "kommunbas"

# What a Swedish municipality's books protect from the start; the municipality edits it as data.
DEFAULT_RANGES = [
    ("internal", "counterparty", "1", "4", "", "", N_("Motpart 1–4: the municipality’s own units")),
    ("protected", "activity", "5", "5", "", "", N_("Social services: care of persons")),
    ("protected", "activity", "6", "6", "", "", N_("Social services: individual and family care")),
    ("protected", "account", "50", "56", "", "", N_("Pay and allowances")),
    ("protected", "activity", "44", "44", "45", "49", N_("Schools: matters of single pupils")),
]
