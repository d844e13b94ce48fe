"""Show indicators: whether somebody answers for each, what is not said of it, and what it takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.steering.choices import Often
from samsyn.steering.queries import minutes_a_year, unsaid
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, number


def indicators(municipality: str, found: Iterable[Any], owners: Mapping[str, Any]) -> Table:
    """Return the indicators."""
    columns = [Column(_("Indicator")), Column(_("What it tells us")), Column(_("New figure")),
               Column(_("Hours of work a year"), "number"), Column(_("Described")), Column(_("Owner"))]  # fmt: skip
    rows = [
        [
            link(each.name, reverse("indicator", args=[municipality, each.code])), each.purpose or "–", _often(each),
            _hours(each), _described(each),
            _("has an owner") if str(each.key) in owners else pill(_("nobody has accepted it"), "red"),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Indicators"), columns, rows, hide_caption=True)


def _often(found: Any) -> str:
    return str(Often(found.often).label) if found.often else _("nobody has said")


def _hours(found: Any) -> str:
    minutes = minutes_a_year(found)
    return _("nobody has said") if minutes is None else number(round(minutes / 60), language(get_language()))


def _described(found: Any) -> str:
    left = len(unsaid(found))
    if not left:
        return pill(_("all is said"), "good")
    return ngettext("%(n)s answer is missing", "%(n)s answers are missing", left) % {"n": left}


def _each_time(minutes: int) -> str:
    """Write minutes of work as people say them: hours from two of them on."""
    if minutes < 2 * 60:
        return ngettext("%(n)s minute each time", "%(n)s minutes each time", minutes) % {"n": minutes}
    return _("%(hours)s hours each time") % {"hours": number(minutes / 60, language(get_language()), 1)}


def answers(found: Any) -> Table:
    """Return what is said of one indicator."""
    by_hand = _("nobody has said")
    if found.work_minutes is not None:
        by_hand = _each_time(found.work_minutes)
    rows = [
        [_("What it tells us"), found.purpose or _missing()],
        [_("Counted in"), found.unit_of_measure or _missing()],
        [_("How it is worked out"), found.formula or _missing()],
        [_("Where the figures come from"), found.source or _missing()],
        [_("New figure"), _often(found) if found.often else _missing()],
        [_("Work by hand"), by_hand],
    ]
    return Table(found.name, [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def _missing() -> str:
    return pill(_("nobody has said"), "amber")
