"""The sentences a page and a paper share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.portfolio.queries import Asked, Option
from samsyn.web.numbers import kr, language, long_date

Names = Mapping[str, str]


def day(value: date | None) -> str:
    """Write a day, or nothing."""
    return long_date(value, language(get_language())) if value else ""


def money(ore: int) -> str:
    """Write an amount."""
    return kr(ore, language(get_language()))


def goes(move: Any, names: Names, words: tuple[Names, Names]) -> list[str]:
    """Return who goes to which system with what, a sentence for each system that takes over."""
    capabilities, units = words
    found: dict[tuple[str, str], list[str]] = {}
    for unit, capability, system in move.goes:
        found.setdefault((system, capability), []).append(units.get(unit, unit))
    return [
        _("%(who)s: %(what)s in %(system)s")
        % {"who": ", ".join(who), "what": capabilities.get(capability, capability), "system": names.get(system, system)}
        for (system, capability), who in sorted(found.items())
    ]


def held(funding: Iterable[Any]) -> str:
    """Say who pays a part of a system, until when and on what conditions: whoever leaves it may have to pay back."""
    said = []
    for each in funding:
        facts = {"who": each.funder, "day": day(each.end_date), "conditions": each.conditions}
        until = _("%(who)s pays a part until %(day)s: %(conditions)s") if each.end_date else ""
        said.append((until or _("%(who)s pays a part: %(conditions)s")) % facts)
    return "; ".join(said)


def headline(question: Asked, option: Option) -> str:
    """Say the answer in one sentence."""
    count, all_now = option.count, len(question.case.systems)
    if count.systems == all_now:
        return ngettext("The %(n)s system is needed", "All %(n)s systems are needed", all_now) % {"n": all_now}
    words = ngettext("%(n)s of %(all)s systems is enough", "%(n)s of %(all)s systems are enough", count.systems)
    return words % {"n": count.systems, "all": all_now}


def why(question: Asked, option: Option) -> str:
    """Say what it comes to."""
    count = option.count
    if not question.costless:
        return _("A year it costs %(then)s instead of %(now)s. Over %(years)s years, with leaving and moving, "
                 "%(total)s instead of %(all)s.") % {
            "then": money(count.yearly_ore), "now": money(count.yearly_now_ore), "years": question.portfolio.years,
            "total": money(count.total_ore), "all": money(count.now_ore),
        }  # fmt: skip
    return _("What it saves cannot be said before every cost is known.")
