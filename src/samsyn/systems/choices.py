"""The eight questions that make a system known, the stages of its life, and what each field is used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeCycle(models.TextChoices):
    """Where in its life a system is; said by its dates, never typed."""

    UNDECIDED = "undecided", _("undecided")
    PILOT = "pilot", _("pilot")
    OPERATIONAL = "operational", _("in use")
    PHASING_OUT = "phasing_out", _("being phased out")
    ENDED = "ended", _("ended")


class YesNo(models.TextChoices):
    """An answer to a question of yes or no."""

    YES = "yes", _("yes")
    NO = "no", _("no")


QUESTIONS = {
    "name": _("What is it called?"),
    "purpose": _("What is it for?"),
    "used_by": _("Who uses it?"),
    "owner_name": _("Who owns it?"),
    "supplier": _("Who supplies it?"),
    "contract_end_date": _("When does the contract end?"),
    "yearly_cost_ore": _("What does it cost a year?"),
    "personal_data": _("Does it hold personal data?"),
}
# its name can always be said
MAY_BE_UNKNOWN = tuple(QUESTIONS)[1:]

# field → the document or check that uses it; what nothing uses is not asked for
USED_FOR = {
    "name": "the list of systems, and the description the law on secrecy asks for (OSL 4:2)",
    "former_names": "finding a system by what it was once called",
    "purpose": "the list of systems, and the description the law on secrecy asks for (OSL 4:2)",
    "used_by": "who is asked when a system is to end, and what each administration has",
    "owner_name": "the list of systems nobody answers for",
    "supplier": "which systems lie with one supplier, and meeting the books",
    "contract_end_date": "what must be decided in the coming year",
    "yearly_cost_ore": "which systems cost most, and what an overlap costs",
    "personal_data": "the record of processing (GDPR article 30)",
    "pilot_date": "where in its life a system is",
    "operational_date": "where in its life a system is",
    "phasing_out_date": "where in its life a system is",
    "ended_date": "where in its life a system is",
}
