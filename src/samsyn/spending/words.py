"""Write what was bought, on what and why not, in sentences."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.spending.engine import Sums
from samsyn.spending.queries import Seen, SystemMoney
from samsyn.web import numbers


def lang() -> str:
    """Return the active one of our three languages."""
    return numbers.language(get_language())


def money(ore: int) -> str:
    """Write an amount of öre in kronor."""
    return numbers.kr(ore, lang())


def day(value: date | None) -> str:
    """Write a day, or nothing."""
    return numbers.long_date(value, lang()) if value else ""


def term(text: str) -> str:
    """Write a year or a month."""
    return numbers.period_name(text, lang())


def headline(total: Sums, text: str, unit: str) -> str:
    """Say how much of what was bought was bought on agreements."""
    facts = {"when": term(text), "unit": unit, "share": numbers.percent(total.on, total.all, lang())}
    if not total.all:
        return _("Nothing was bought for IT in %(when)s") % facts
    if unit:
        return _("%(unit)s: of what was bought for IT in %(when)s, %(share)s was on an agreement") % facts
    return _("Of what was bought for IT in %(when)s, %(share)s was on an agreement") % facts


def why(found: Seen, total: Sums) -> str:
    """Say what was counted, what was not, and how surely."""
    if not total.all:
        return ""
    said = [_("Together %(sum)s was bought.") % {"sum": money(total.all)}]
    if len(found.term) == 4 and len(found.periods) < 12:
        months = ngettext("%(n)s closed month is counted.", "%(n)s closed months are counted.", len(found.periods))
        said.append(months % {"n": len(found.periods)})
    if found.not_bought:
        facts = {"pay": money(found.not_bought.pay), "internal": money(found.not_bought.internal)}
        said.append(
            _("Pay (%(pay)s) and what is booked within the municipality (%(internal)s) are not purchases.") % facts
        )
    return " ".join(said)


LACKS = {
    "none": lambda: _("no agreement with this seller is in the list"),
    "other": lambda: _("the agreement is about something else"),
    "spent": lambda: _("the ceiling of the agreement was reached"),
    "ended": lambda: _("the agreement had ended"),
    "not_begun": lambda: _("the agreement had not begun"),
}


def lacks(why: Iterable[str]) -> str:
    """Say what lacked for it to be on an agreement."""
    return "; ".join(LACKS[each]() for each in LACKS if each in set(why))


def by(how: str) -> str:
    """Say how the seller is known."""
    words = {"number": _("organisation number"), "name": _("name"), "text": _("name in the text of the entry")}
    return words.get(how, "")


def compared(money_of: SystemMoney, answered: int | None, partly: bool) -> str:
    """Say how what was booked agrees with the yearly cost somebody has answered; ``partly``: not all is seen."""
    if answered is None:
        return _("Nobody has said yet what it costs a year.")
    facts = {"answered": money(answered), "more": money(abs(money_of.direct_ore - answered))}
    if money_of.others and not partly:
        return _("It is said to cost %(answered)s a year. That cannot be held against rows that are not split.") % facts
    if partly or not money_of.direct:
        return _("It is said to cost %(answered)s a year.") % facts
    if money_of.direct_ore > answered:
        return _("It is said to cost %(answered)s a year: %(more)s more is booked.") % facts
    if money_of.direct_ore < answered:
        return _("It is said to cost %(answered)s a year: %(more)s less is booked.") % facts
    return _("That is what it is said to cost a year.")


def span(periods: list[str]) -> str:
    """Say which months are counted."""
    return _("%(first)s to %(last)s") % {"first": term(periods[0]), "last": term(periods[-1])} if periods else ""


def ended(contract: Any) -> str:
    """Say that a contract has ended, and when."""
    facts = {"name": contract.name, "day": day(contract.last_date)}
    return _("The contract “%(name)s” ended on %(day)s, and the system is still in use.") % facts
