"""The sentences that the page of a contract and its mails share, and the links in those mails."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.contracts import rules
from samsyn.contracts.choices import LINK_HOLDS, Next
from samsyn.web.numbers import kr, language, long_date

SALT = "samsyn.contracts.reminder"
FEED = "samsyn.contracts.calendar"


def day(value: Any) -> str:
    """Write a day, or that there is none."""
    return long_date(value, language(get_language())) if value else "–"


def step(contract: Any) -> str:
    """Say what the next day of a contract is the last for."""
    words = {
        Next.PROCURE: _("begin to buy anew"), Next.OPTION: _("use the option, or let it end"),
        Next.NOTICE: _("give notice, or let it go on"), Next.END: _("what comes after it"),
    }  # fmt: skip
    return words[Next(contract.next_step)] if contract.next_step else "–"


def then(found: Any) -> str:
    """Say what happens if nobody does anything."""
    until = {"day": day(found.then_until or found.end)}
    words = {
        "ends": _("It ends on %(day)s.") % until,
        "ends_unless_option": _("It ends on %(day)s, for nobody has used the option.") % until,
        "renews": _("It is renewed and binds until %(day)s.") % until,
        "runs_on": _("It runs on, and costs, until somebody gives notice."), "stays_ended": _("It has ended."),
    }  # fmt: skip
    return words[found.then]


def reminder(contract: Any, decision: Any, person: Any, base_url: str, on: date) -> tuple[str, str]:
    """Return subject and body of the mail that asks somebody what is to become of a contract."""
    token = signing.dumps({"decision": str(decision.key), "person": str(person.key)}, salt=SALT)
    url = base_url.rstrip("/") + reverse("answer-reminder", args=[contract.municipality.code, token])
    about = {"name": contract.name, "day": day(decision.day), "step": step(contract)}
    subject = _("%(name)s: decide by %(day)s: %(step)s") % about
    found = rules.outlook(contract, on)
    lines = [
        _("Hello %(name)s,") % {"name": person.name}, "",
        _("By %(day)s it must be decided what is to become of the contract “%(name)s”: %(step)s.") % about,
        _("If nobody does anything: %(then)s") % {"then": then(found) if found else ""},
    ]  # fmt: skip
    if contract.yearly_cost_ore:
        lines.append(_("It costs %(kr)s a year.") % {"kr": kr(contract.yearly_cost_ore, language(get_language()))})
    lines += ["", _("Answer here; you need not sign in:"), url, ""]
    lines.append(_("You are reminded until somebody has answered. The link is yours alone: do not pass it on."))
    return subject, "\n".join(lines)


def read_token(token: str) -> dict[str, str] | None:
    """Return which decision a link asks about and of whom; None when it was changed or is too old."""
    try:
        found: dict[str, str] = signing.loads(token, salt=SALT, max_age=LINK_HOLDS * 86_400)
    except signing.BadSignature:
        return None
    return found


def feed_token(person: Any) -> str:
    """Return what opens a person's calendar without signing in; another password makes another."""
    stamp = salted_hmac(FEED, person.password).hexdigest()[:16]
    return signing.dumps({"person": str(person.key), "stamp": stamp}, salt=FEED)


def read_feed_token(token: str, person_with_key: Callable[[str], Any]) -> Any:
    """Return the person a calendar belongs to; None when the link was changed or is no longer theirs."""
    try:
        found: dict[str, str] = signing.loads(token, salt=FEED)
    except signing.BadSignature:
        return None
    person = person_with_key(found["person"])
    stamp = salted_hmac(FEED, person.password).hexdigest()[:16]
    return person if person.is_active and constant_time_compare(found["stamp"], stamp) else None
