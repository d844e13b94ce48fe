"""Show services: who does which step, and what nobody or several do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.catalogue.choices import Step
from samsyn.catalogue.queries import Covered, name_of
from samsyn.web.components import Column, Table, link, pill


def services(municipality: str, found: Iterable[Covered], owners: Mapping[str, Any]) -> Table:
    """Return the services: which of their steps nobody or several answer for, and whether anybody owns them."""
    columns = [Column(_("Service")), Column(_("Nobody does")), Column(_("Several say they do")), Column(_("Owner"))]
    rows = [
        [
            link(name_of(each.service), reverse("service", args=[municipality, each.service.code])),
            _steps(each.uncovered) or "–", _steps(each.doubled) or "–",
            _("has an owner") if str(each.service.key) in owners else pill(_("nobody has accepted it"), "red"),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Services"), columns, rows, hide_caption=True)


def _steps(steps: Sequence[str]) -> str:
    if len(steps) == len(Step):
        return _("all steps")
    return ", ".join(str(Step(each).label) for each in steps)


def steps(found: Covered, units: Mapping[str, str]) -> Table:
    """Return who answers for each step of a service."""
    columns = [Column(_("Step")), Column(_("Who answers")), Column(_("State"))]
    rows = []
    for step in Step:
        held = found.steps.get(step.value)
        if held is None:
            rows.append([step.label.capitalize(), _("the service has no such step"), "–"])
            continue
        state = pill(_("one unit"), "good") if len(held) == 1 else pill(_("nobody"), "red")
        if len(held) > 1:
            state = pill(ngettext("%(n)s unit says so", "%(n)s units say so", len(held)) % {"n": len(held)}, "amber")
        rows.append([step.label.capitalize(), ", ".join(units.get(each, each) for each in held) or "–", state])
    return Table(_("Who does what"), columns, rows, hide_caption=True)


def providers(municipality: str, service: Any, found: Iterable[Any], *, may_edit: bool) -> Table:
    """Return who has provided a service, and why each ended."""
    columns = [Column(_("Who")), Column(_("What of it")), Column(_("From"), "date"), Column(_("Until"), "date"),
               Column(_("Why it ended"))]  # fmt: skip
    rows = [
        [
            link(each.provider, reverse("provider", args=[municipality, service.code, each.key]))
            if may_edit else each.provider,
            each.scope or "–", each.start_date, each.end_date, each.exit_reason or "–",
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Who has provided it"), columns, rows, hide_caption=True)
