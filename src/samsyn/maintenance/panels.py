"""Show what looks after systems: groups of them, and reviews of who may do what."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from samsyn.maintenance import queries
from samsyn.people.queries import may_write, names_by_key
from samsyn.systems.queries import in_use
from samsyn.web.components import Column, Table, link, pill


def groups(municipality: str) -> Table:
    """Return the groups of systems, each a way to its page."""
    names = {str(each.key): (each.code, each.name) for each in in_use(timezone.localdate()).values()}
    columns = [Column(_("Group")), Column(_("Which activity it serves")), Column(_("Systems"))]
    held: dict[str, list[tuple[str, str]]] = {}
    for system, above in queries.objects_above().items():
        held.setdefault(above, []).extend([names[system]] if system in names else [])
    rows = []
    for each in queries.objects():
        systems = sorted(held.get(str(each.key), ()), key=lambda system: system[1])
        there = ((reverse("system", args=[municipality, code]), name) for code, name in systems)
        rows.append([
            link(each.name, reverse("maintenance-object", args=[municipality, each.code])), each.purpose or "–",
            format_html_join(", ", '<a href="{}">{}</a>', there) or "–",
        ])  # fmt: skip
    return Table(_("Systems that are looked after together"), columns, rows, hide_caption=True)


def systems_in(municipality: str, keys: Iterable[str]) -> Table:
    """Return some systems, and what a year of each costs."""
    wanted, columns = set(keys), [Column(_("System")), Column(_("What for")), Column(_("Cost a year"), "kr")]
    found = [each for each in in_use(timezone.localdate()).values() if str(each.key) in wanted]
    rows = [
        [link(each.name, reverse("system", args=[municipality, each.code])), each.purpose or "–", each.yearly_cost_ore]
        for each in found
    ]
    return Table(_("Its systems"), columns, rows, hide_caption=True, empty=_("No system belongs to it yet."))


def _when(last: date | None, due: date, on: date) -> str:
    if due <= on:
        return pill(_("never done") if last is None else _("due"), "red")
    return pill(_("done"), "good")


def reviews(municipality: str, found: Iterable[queries.Review], on: date) -> Table:
    """Return when the rights of each system were last gone through, and when they are to be the next time."""
    columns = [Column(_("System")), Column(_("State")), Column(_("Last done"), "date"), Column(_("Next by"), "date"),
               Column(_("What to do"))]  # fmt: skip
    rows = [
        [link(each.system.name, reverse("system", args=[municipality, each.system.code])),
         _when(each.last, each.due, on), each.last, each.due,
         link(_("Open the reviews"), reverse("access-reviews-of", args=[municipality, each.system.code]))]
        for each in found
    ]  # fmt: skip
    return Table(_("Reviews of who may do what"), columns, rows, hide_caption=True)


def reviews_of(municipality: str, system: Any, *, may_open: bool) -> Table:
    """Return the reviews of one system: what each found and what shows it."""
    names = names_by_key()
    columns = [Column(_("Done on"), "date"), Column(_("By whom")), Column(_("Accounts"), "number"),
               Column(_("Removed"), "number"), Column(_("Changed"), "number"), Column(_("What shows it"))]  # fmt: skip
    rows = [
        [each.done_date, names.get(each.by_key, "–") if may_open else _("a named person"), each.accounts, each.removed,
         each.changed, _evidence(municipality, each, may_open)]
        for each in queries.reviews_of(system.key)
    ]  # fmt: skip
    return Table(_("Reviews of who may do what"), columns, rows, hide_caption=True, empty=_("It never was done."))


def _evidence(municipality: str, review: Any, may_open: bool) -> str:
    if not may_open:
        return "–"
    file = link(review.file_name, reverse("access-review-file", args=[municipality, review.key]))
    words = [each for each in (review.evidence, file if review.raw_key else "") if each]
    return format_html_join(" · ", "{}", ((each,) for each in words))


def funding(municipality: str, found: Iterable[Any], on: date, *, may_edit: bool) -> Table:
    """Return money from outside: for what, of whom, on what conditions and until when."""
    columns = [Column(_("For what")), Column(_("Who pays")), Column(_("How much"), "kr"), Column(_("Conditions")),
               Column(_("Until"), "date"), Column(_("State"))]  # fmt: skip
    rows = [
        [link(each.asset, reverse("funding-one", args=[municipality, each.key])) if may_edit else each.asset,
         each.funder, each.amount_ore, each.conditions, each.end_date, _runs(each, on)]
        for each in found
    ]  # fmt: skip
    return Table(_("Money from outside"), columns, rows, hide_caption=True)


def _runs(found: Any, on: date) -> str:
    if found.end_date is None:
        return pill(_("no end is known"), "amber")
    if found.end_date < on:
        return pill(_("has ended"))
    soon = (found.end_date - on).days <= queries.SOON_DAYS
    return pill(_("ends within a year"), "amber") if soon else pill(_("runs"), "good")


def of_system(*, request: Any, system: Any) -> str:
    """Return the group of a system, and when its rights were last gone through, for its page."""
    on, code = timezone.localdate(), request.municipality.code
    found = queries.reviews_of(system.key)
    last = found[0].done_date if found else None
    context = {
        "group": queries.object_of(system.key), "system": system, "municipality": request.municipality, "last": last,
        "late": last is None or (on - last).days >= queries.REVIEW_DAYS, "there": [code, system.code],
        "funded": queries.funding_of(system.key, on),
        "may_review": may_write(request.user, request.access, "edit_systems", system.key),
    }  # fmt: skip
    return render_to_string("maintenance/of_system.html", context, request=request)


def reviews_waiting(*, request: Any) -> str:
    """Return the reviews of rights that wait for a person, for their first page."""
    found = queries.reviews_due(request.user, timezone.localdate())
    context = {"found": found, "n": len(found), "municipality": request.municipality}
    return render_to_string("maintenance/waiting.html", context, request=request) if found else ""
