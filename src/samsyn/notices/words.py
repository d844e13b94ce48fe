"""What mails of this room say."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.people.queries import Thing

SHOWN = 10


def asked(name: str, municipality: str, things: Sequence[Thing], base_url: str) -> tuple[str, str]:
    """Return subject and body of the mail to somebody who is asked to answer for things."""
    n = len(things)
    subject = ngettext("You are asked to answer for %(n)s thing", "You are asked to answer for %(n)s things", n)
    named = [f"- {each.name}" for each in things[:SHOWN]]
    if n > SHOWN:
        named.append(_("- and %(n)s more") % {"n": n - SHOWN})
    lines = [
        _("Hello %(name)s,") % {"name": name}, "", _("you are asked to answer for:"), *named, "",
        _("It is yours only once you accept, with the time and the support you have for it. You may say no."),
        base_url.rstrip("/") + reverse("mine", args=[municipality]), "",
        _("You are reminded once a week until you have answered."),
    ]  # fmt: skip
    return subject % {"n": n}, "\n".join(lines)
