"""Words of the cost model."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a model version or a run stands."""

    DRAFTED = "drafted", _("drafted")
    APPROVED = "approved", _("approved")


class Outcome(models.TextChoices):
    """What a classification rule decides about a ledger row."""

    IT = "it", _("IT")
    NOT_IT = "not_it", _("not IT")
    ELIMINATED = "eliminated", _("internal pair, counted out")
    OUTSIDE_INCOME = "outside_income", _("outside income")


class Kind(models.TextChoices):
    """Whom a service is for."""

    FINAL = "final", _("for units")
    SUPPORT = "support", _("for other services")


class Mode(models.TextChoices):
    """How a service is charged."""

    PRICE = "price", _("decided price")
    COST = "cost", _("actual cost")
    SHOWN = "shown", _("shown, not charged")


class Standing(models.TextChoices):
    """What a unit may do about a line."""

    BASE = "base", _("paid with taxes")
    MANDATORY = "mandatory", _("paid by all")
    OPTIONAL = "optional", _("can be handed back")


class Driver(models.TextChoices):
    """What a flow is measured by."""

    FIXED = "fixed", _("fixed weights")
    HOURS = "hours", _("hours")
    VOLUME = "volume", _("a service’s volume")


class NoVolume(models.TextChoices):
    """What happens to cost without volume."""

    REFUSE = "refuse", _("refuse the run")
    LAST_PERIOD = "last_period", _("use the month before")
    KEEP = "keep", _("keep as not distributed")


LANGUAGES = {"sv": _("in Swedish"), "da": _("in Danish"), "en": _("in English")}

# what a list of devices is called where units read of it, by country
SOURCES = {"SE": "utrustningslistan", "DK": "udstyrslisten"}

# part of the model → what it is called, and a new row of it
PARTS = {
    "pools": (_("Cost pools"), _("New cost pool")),
    "cost_types": (_("Cost types"), _("New cost type")),
    "rules": (_("Rules"), _("New rule")),
    "services": (_("Services"), _("New service")),
    "flows": (_("Flows"), _("New flow")),
    "decisions": (_("Decisions"), _("New decision")),
}

# column, or part.column where one part means something else by it → its name and its help
COLUMNS = {
    "code": (_("Code"), _("Short, and never used for anything else.")),
    "rules.code": (_("The rule’s code"), ""),
    "name": (_("Name"), ""),
    "is_pay": (_("This is pay"), _("Pay is shown as one sum, never person by person.")),
    "people": (_("People"), _("How many people’s pay it holds. Below five a unit never sees it by itself.")),
    "priority": (_("Order"), _("Rules are asked from the lowest number; the first that fits decides.")),
    "account_from": (_("Account from"), ""),
    "account_to": (_("Account to"), _("Left empty: the same. The beginning is enough.")),
    "responsibility_from": (_("Responsibility from"), ""),
    "responsibility_to": (_("Responsibility to"), ""),
    "activity_from": (_("Activity from"), ""),
    "activity_to": (_("Activity to"), ""),
    "object_from": (_("Object from"), ""),
    "object_to": (_("Object to"), ""),
    "project_from": (_("Project from"), ""),
    "project_to": (_("Project to"), ""),
    "counterparty_from": (_("Counterparty from"), ""),
    "counterparty_to": (_("Counterparty to"), ""),
    "takes": (_("Takes"), ""),
    "says": (_("Says"), ""),
    "supplier": (_("The supplier’s name holds"), ""),
    "rules.text": (_("The text holds"), ""),
    "outcome": (_("What these rows are"), ""),
    "pool": (_("Cost pool, for IT"), ""),
    "cost_type": (_("Cost type, for IT"), ""),
    "months": (_("Spread over this many months"), _("12 for an invoice for a whole year.")),
    "valid_from": (_("Holds from"), ""),
    "rules.valid_from": (_("Holds for rows dated from"), ""),
    "valid_until": (_("Holds until, that day not counted"), ""),
    "decision": (_("Decision behind it"), ""),
    "plural": (_("What many of it are called"), _("As in a sentence: 220 student computers.")),
    "services.kind": (_("For whom"), ""),
    "unit_of_measure": (_("Counted in"), _("For example hours. Used where there is no word for many of it.")),
    "step": (_("Parts of a whole"), _("1 when only whole ones are counted; 10 when tenths are.")),
    "mode": (_("Charged by"), _("Needed for a service for units.")),
    "price_kr": (_("Price in kronor"), _("For one, a month. Six decimals at most.")),
    "standing": (_("What a unit may do about it"), ""),
    "no_volume": (_("When nobody has used it"), ""),
    "included": (_("Included"), _("The units read it after “Included:”.")),
    "excluded": (_("Not included"), ""),
    "influence": (_("What the unit can influence"), _("A whole sentence, and from when.")),
    "owner": (_("Owner"), ""),
    "service_level": (_("Service level"), _("For example when help is open.")),
    "from": (_("From"), _("A cost pool, or a service for other services.")),
    "to": (_("To"), ""),
    "driver": (_("Measured by"), ""),
    "weight": (_("Weight"), _("The flow’s share among those from the same place; for a volume, what one piece draws.")),
    "volume_service": (_("Whose volume"), _("Left empty: the volume of the service it goes to.")),
    "body": (_("Who decided"), _("A board, or somebody on its behalf.")),
    "date": (_("Decided on"), ""),
    "section": (_("Paragraph"), _("The number alone.")),
    "registry_number": (_("Registry number"), ""),
    "link": (_("Where the document is"), _("An address on the web.")),
    "text": (_("What it decides"), ""),
}  # fmt: skip


def column_words(part: str, column: str) -> tuple[Any, Any]:
    """Return a column's name and help in one part of the model; one in another language says in which."""
    base, _sep, language = column.rpartition("_")
    if language in LANGUAGES:
        return f"{column_words(part, base)[0]}, {LANGUAGES[language]}", ""
    return COLUMNS.get(f"{part}.{column}") or COLUMNS[column]
