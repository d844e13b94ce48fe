"""What kinds of contract there are, what follows their first term, and what has to be decided about them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.formats.ledger_table import key_of


class Kind(models.TextChoices):
    """What a contract is."""

    CONTRACT = "contract", _("contract")
    FRAMEWORK = "framework", _("framework agreement")
    CALL_OFF = "call_off", _("call-off")
    PROCESSING = "processing", _("data processing agreement")
    LEASE = "lease", _("lease")


class After(models.TextChoices):
    """What follows the first term when nobody acts."""

    ENDS = "ends", _("it ends")
    RENEWS = "renews", _("it is renewed")
    RUNS_ON = "runs_on", _("it runs on until notice")


class NoticeTo(models.TextChoices):
    """Which days notice can take effect on while a contract runs on."""

    ANY_DAY = "any_day", _("any day")
    MONTH = "month", _("the end of a month")
    QUARTER = "quarter", _("the end of a quarter")
    HALF_YEAR = "half_year", _("the end of a half-year")
    YEAR = "year", _("the end of a year")


class Next(models.TextChoices):
    """What the next day is the last for."""

    PROCURE = "procure", _("begin to buy anew")
    OPTION = "option", _("use the option")
    NOTICE = "notice", _("give notice")
    END = "end", _("it ends")


class LaterStart(models.TextChoices):
    """What it means that a contract's first day is moved to a later one."""

    TERM = "term", _("A new term begins: what was bought before stays on what held then.")
    MISTAKE = "mistake", _("The day was wrong: the contract never held earlier.")


class Answer(models.TextChoices):
    """What is decided about a contract before its day."""

    PROCURE = "procure", _("buy anew")
    EXTEND = "extend", _("extend it")
    END = "end", _("let it end")
    NOT_MINE = "not_mine", _("this is not mine to decide")


FIRST_ASKED = 90  # days before the day something must be decided by
ASKED_AGAIN = 14  # days between reminders, and 7 once a month is left
ASKED_AGAIN_SOON, SOON = 7, 30
ESCALATED_AFTER = 2  # reminders without an answer, before the next manager up the line is told too
LINK_HOLDS = 120  # days


# words in a register → kind; the first that stands in the cell, as `key_of` writes it
KIND_WORDS = {
    # what our own lists call them
    "traek pa rammeaftale": Kind.CALL_OFF, "framework agreement": Kind.FRAMEWORK,
    "personuppgiftsbitradesavtal": Kind.PROCESSING, "databehandleraftale": Kind.PROCESSING,
    "data processing agreement": Kind.PROCESSING,
    "avrop": Kind.CALL_OFF, "call off": Kind.CALL_OFF, "leveranceaftale": Kind.CALL_OFF, "ramavtal": Kind.FRAMEWORK,
    "rammeaftale": Kind.FRAMEWORK, "framework": Kind.FRAMEWORK, "bitrade": Kind.PROCESSING,
    "databehandler": Kind.PROCESSING, "processing": Kind.PROCESSING, "leasing": Kind.LEASE, "lease": Kind.LEASE,
    "hyres": Kind.LEASE,
}  # fmt: skip
# what may be missing of one that holds
LACKING = (("end", _("an end")), ("owner", _("somebody who answers for it")))
ANSWERS: dict[str, Any] = {"kind": Kind, "after": After, "notice_to": NoticeTo}


def kind_in(text: str) -> Kind | None:
    """Return the kind that words of a register say."""
    words = key_of(text)
    return next((kind for word, kind in KIND_WORDS.items() if word in words), None)
