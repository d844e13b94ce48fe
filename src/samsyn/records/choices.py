"""Which documents there are, and what each is asked for by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A document that is made from what is known."""

    RECORDS = "records", _("Description of public records")
    PROCESSING = "processing", _("Record of processing of personal data")
    ARCHIVE = "archive", _("Archive list")
    CONTRACTS = "contracts", _("Calendar of contracts")
    SUPERVISION = "supervision", _("Plan for supervising processors")


# the law or need behind each; what no one asks for is not made
ASKED_BY = {
    Kind.RECORDS: _("Public Access to Information and Secrecy Act (OSL) chapter 4, section 2"),
    Kind.PROCESSING: _("GDPR article 30"),
    Kind.ARCHIVE: _("Archives Act, section 6"),
    Kind.CONTRACTS: _("The municipality's own control of its contracts"),
    Kind.SUPERVISION: _("GDPR article 28"),
}
# what the law of one country alone asks for
OF_COUNTRY = {Kind.RECORDS: "SE"}
# what is handed to anybody, and the only columns that may stand there: whatever else is known is secret by default
PUBLIC = {
    Kind.RECORDS: ("name", "purpose", "used_by", "tasks", "outside"),
    Kind.ARCHIVE: ("name", "purpose", "used_by", "archive_duty", "archive_years", "archive_reference"),
}
UNNAMED = "unnamed"  # the key of the row that counts what may not be named
