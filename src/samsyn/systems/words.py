"""The sentences of the mails that ask owners about their systems."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.systems.choices import ALL_QUESTIONS
from samsyn.web.numbers import language, long_date


def campaign(campaign: Any, person: Any, left: int, municipality: Any, base_url: str) -> tuple[str, str]:
    """Return subject and body of the mail that asks an owner some questions about their systems."""
    day = long_date(campaign.until, language(get_language()))
    url = base_url.rstrip("/") + reverse("campaign", args=[municipality.code, campaign.key])
    answers = ngettext("%(n)s answer", "%(n)s answers", left) % {"n": left}
    lines = [
        _("Hello %(name)s,") % {"name": person.name}, "",
        _("By %(day)s we need %(answers)s from you about the systems you own.") % {"day": day, "answers": answers},
        _("This is what we ask:"), *(f"– {ALL_QUESTIONS[each]}" for each in campaign.questions), "",
        _("That nobody knows is an answer too. Each answer is kept at once, so you can stop and go on another day."),
        "", url,
    ]  # fmt: skip
    subject = _("About your systems: %(answers)s by %(day)s") % {"answers": answers, "day": day}
    return subject, "\n".join(lines)
