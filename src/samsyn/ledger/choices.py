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


# kinds of jobs, and what each step does; the first is over when the job begins
READ, LOAD = "read_books", "load_books"
STEPS = {
    READ: (
        N_("The file is here and waits for its turn."), N_("Every row is read and checked."),
        N_("The file is compared with the books."),
    ),
    LOAD: (
        N_("The file waits for its turn to be loaded."), N_("Every row is read and checked."),
        N_("The file is compared with the books."), N_("The rows are written into the books."),
    ),
}  # fmt: skip

CODE_PARTS = ("responsibility", "activity", "object", "project", "counterparty")

PART_WORDS = {
    "account": _("Account"), "responsibility": _("Responsibility"), "activity": _("Activity"), "object": _("Object"),
    "project": _("Project"), "counterparty": _("Counterparty"),
}  # fmt: skip

# what a source's accounts are until its files say so (#KTYP) or the municipality does
DEFAULT_CHARTS = {"SE": "kommunbas", "DK": "im"}

# What a municipality's books flag and protect from the start, by country; the municipality edits it as data.
_SWEDISH = [
    ("internal", "counterparty", "1", "4", "", "", N_("Motpart 1–4: the municipality’s own units")),
    ("protected", "activity", "5", "5", "", "", N_("Social services: care of persons")),
    ("protected", "activity", "6", "6", "", "", N_("Social services: individual and family care")),
    ("protected", "account", "50", "56", "", "", N_("Pay and allowances")),
    ("protected", "activity", "44", "44", "45", "49", N_("Schools: matters of single pupils")),
]
_DANISH = [
    ("internal", "account", "9", "9", "", "", N_("Hovedart 9: the municipality’s own entries")),
    ("protected", "account", "1", "1", "", "", N_("Pay and allowances")),
    ("protected", "activity", "5", "5", "", "", N_("Social services: care of persons")),
]
DEFAULT_RANGES = {"SE": _SWEDISH, "DK": _DANISH}
