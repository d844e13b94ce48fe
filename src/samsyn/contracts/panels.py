"""Show contracts: the list, the calendar, the days of one, what covers a need."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.contracts import queries, rules
from samsyn.contracts.choices import After, Kind
from samsyn.contracts.engine import plus_months
from samsyn.contracts.forms import GROUPS, StoodForm
from samsyn.contracts.rules import RECORDED, Held
from samsyn.contracts.words import day, step, then
from samsyn.core.scoping import local_day
from samsyn.formats.registers import CONTRACTS
from samsyn.history.choices import field_name
from samsyn.people.words import value_words
from samsyn.web.components import Chart, Column, Table, link, pill
from samsyn.web.numbers import kr, language, period_name
from samsyn.web.templatetags.web import figure


def contracts(municipality: str, found: list[Any]) -> Table:
    """Return one page of contracts, who has accepted to answer for each or is only said to."""
    owners = queries.owners(found)
    columns = [Column(_("Contract")), Column(_("Kind")), Column(_("Supplier")), Column(_("Who answers")),
               Column(_("Ends"), "date"), Column(_("Decide by"), "date")]  # fmt: skip
    rows = [
        [_linked(municipality, each), Kind(each.kind).label, each.supplier.name if each.supplier else "",
         who(each, owners), _end(each), day(each.next_date)]
        for each in found
    ]  # fmt: skip
    return Table(_("Contracts"), columns, rows, hide_caption=True)


def _linked(municipality: str, contract: Any) -> str:
    return link(contract.name, reverse("contract", args=[municipality, contract.code]))


def _end(contract: Any) -> str:
    if contract.last_date and contract.last_date < timezone.localdate():
        return pill(_("ended"))
    if contract.last_date:
        return day(contract.last_date)
    return _("until further notice") if contract.after == "runs_on" else pill(_("not known"), "red")


def who(contract: Any, owners: Mapping[str, Any]) -> str:
    """Return who answers for a contract: who has accepted to, else whoever it is said to be."""
    if person := owners.get(str(contract.key)):
        return str(person.name)
    if contract.owner_name:
        return format_html("{} {}", contract.owner_name, pill(_("claimed, not accepted"), "amber"))
    return pill(_("nobody"), "red")


def calendar(municipality: str, found: list[Any], owners: Mapping[str, Any]) -> Table:
    """Return what must be decided within a year, the nearest first."""
    columns = [Column(_("By when"), "date"), Column(_("Contract")), Column(_("What to decide")), Column(_("Supplier")),
               Column(_("Who decides")), Column(_("Money a year"), "kr")]  # fmt: skip
    rows = [
        [day(each.next_date), _linked(municipality, each), step(each), each.supplier.name if each.supplier else "",
         who(each, owners), each.yearly_cost_ore]
        for each in found
    ]  # fmt: skip
    return Table(_("What must be decided"), columns, rows, hide_caption=True)


def per_month(found: list[tuple[date, int]]) -> Chart:
    """Return a picture of the öre at stake from the nearest month, named by its first day, to the farthest."""
    speech, ore = language(get_language()), dict(found)
    span = range(_months(found[0][0]), _months(found[-1][0]) + 1)
    months = [date(at // 12, at % 12 + 1, 1) for at in span]
    most = max(months, key=lambda month: ore.get(month, 0))
    return Chart(
        id="decisions-per-month", kind="bar", title=_("When the money is decided"),
        sentence=_("Most is decided in %(month)s: %(kr)s a year.")
        % {"month": period_name(most, speech), "kr": kr(ore[most], speech)},
        labels=[period_name(month, speech) for month in months], headings=[_("Month")],
        series={_("Money a year"): [ore.get(month, 0) for month in months]},
    )  # fmt: skip


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def coming_year(*, request: Any) -> str:
    """Return when the money of the coming year is decided, for the overview; nothing where no money is."""
    found = queries.at_stake(timezone.localdate()) if request.access.scopes("see_contracts") else []
    if not any(ore for _month, ore in found):
        return ""
    return render_to_string("web/figure.html", figure(per_month(found)), request=request)


def stood(contract: Any, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return how a contract stood on a day that is asked for: its terms and their days as they were known then."""
    form = StoodForm(asked if "on" in asked else None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    terms = queries.terms_known(contract, _end_of(on)) if on else None
    outlook = rules.outlook(terms, on) if terms and on else None
    return {
        "form": form, "on": on, "known": bool(terms), "terms": said(terms) if terms else None, "outlook": outlook,
        "days": days(terms, outlook, past=True) if outlook else None, "then": then(outlook) if outlook else "",
        "since": local_day(queries.known_since(contract)) if on and not terms else None,
    }  # fmt: skip


def _end_of(on: date) -> datetime:
    return datetime.combine(on, time.max, timezone.get_current_timezone())


def said(terms: Any) -> Table:
    """Return what some terms of a contract said, in the order its form asks."""
    names = [name for _heading, asked in GROUPS for name in asked if name in RECORDED]
    found = queries.told_of(terms, names)
    rows = [
        [capfirst(field_name(name, _)), value_words(name, found[name], _)]
        for name in ("supplied_by", *names) if name in found
    ]  # fmt: skip
    return Table(_("What it said"), [Column(_("What")), Column(_("As it was known"))], rows)


def days(contract: Any, found: Any, past: bool = False) -> Table:
    """Return the days that follow from a contract's terms, as they are or were."""
    ends = _("Ends, as things stood") if past else _("Ends, as things stand")
    noticed = _("Ends, if notice was given that day") if past else _("Ends, if notice is given today")
    rows = [[ends, day(found.end) if found.end else _("until further notice")]]
    for words, value in (
        (_("Next end that notice can bring about"), found.ends_on), (_("Last day to give notice"), found.notice_by),
        (_("Too late to end it on"), found.too_late_for), (_("Notice for that was due by"), found.notice_was_by),
        (_("Last day to use an option"), found.option_by), (_("Latest day to begin to buy anew"), found.procure_by),
        (noticed, found.if_noticed_now),
    ):  # fmt: skip
        if value:
            rows.append([words, day(value)])
    if contract.options:
        left = ngettext("%(n)s of %(all)s is left", "%(n)s of %(all)s are left", found.options_left)
        rows.append([_("Options to extend"), left % {"n": found.options_left, "all": contract.options}])
    if found.signed_late:
        late = ngettext("%(n)s day after it began", "%(n)s days after it began", found.signed_late)
        rows.append([_("Signed late"), late % {"n": found.signed_late}])
    return Table(
        _("Its days then") if past else _("Its days"),
        [Column(_("What")), Column(_("When"), "date")],
        rows,
        hide_caption=True,
    )


def covering(municipality: str, found: list[tuple[Any, Held]]) -> Table:
    """Return what somebody can buy from, in the order they are to be asked."""
    owners, on = queries.owners(each for each, _terms in found), timezone.localdate()
    columns = [Column(_("Agreement")), Column(_("Supplier")), Column(_("Ask as number"), "number"),
               Column(_("How to buy")), Column(_("Until")), Column(_("Whom to ask"))]  # fmt: skip
    rows = [
        [format_html("{} {}", _linked(municipality, each), _new(held, on)),
         held.terms.supplier.name if held.terms.supplier else "", each.ranking,
         each.how or _("Ask who answers for it."), _until(each, held, on), who(each, owners)]
        for each, held in found
    ]  # fmt: skip
    return Table(_("What you can buy from"), columns, rows, hide_caption=True)


def _new(held: Held, on: date) -> str:
    """Say that an agreement has held for three months at most."""
    new = held.first and plus_months(held.first, 3) >= on
    words = _("new since %(day)s") % {"day": day(held.first)} if new else ""
    return format_html('<span class="small quiet">{}</span>', words) if words else ""


def _until(contract: Any, held: Held, on: date) -> str:
    """Say how long one can buy, plainly where it ends within six months; what goes on by itself ends only by notice."""
    if held.terms is not contract:
        words = _("on new terms from %(day)s") % {"day": day(contract.start_date)}
        return format_html('{} <span class="small quiet">{}</span>', day(held.last), words)
    if not contract.last_date or contract.last_date < on:
        return _end(contract)
    # a day is never broken, so that it stays readable in a narrow column
    whole = day(contract.last_date).replace(" ", "\u00a0")
    ends = contract.notice_given_date or contract.after not in (After.RENEWS, After.RUNS_ON)
    soon = ends and contract.last_date <= plus_months(on, 6)
    return format_html("<b>{}</b>", _("ends on %(day)s") % {"day": whole}) if soon else whole


def of_system(*, request: Any, system: Any) -> str:
    """Return the contracts about a system, for its page; nothing where there are none."""
    found = queries.about_system(system.code)
    if not found or not request.access.scopes("see_contracts"):
        return ""
    table = contracts(request.municipality.code, found)
    return render_to_string("contracts/of_system.html", {"table": table}, request=request)


def call_offs(municipality: str, framework: Any) -> tuple[Table, int]:
    """Return what has been called off a framework, and its sum in öre."""
    found = queries.call_offs(framework)
    columns = [Column(_("Call-off")), Column(_("Supplier")), Column(_("Until"), "date"), Column(_("Worth"), "kr")]
    rows = [
        [_linked(municipality, each), each.supplier.name if each.supplier else "", _end(each), each.ceiling_ore]
        for each in found
    ]  # fmt: skip
    return Table(_("Called off it"), columns, rows), queries.called_off(framework)


def money(ore: int) -> str:
    """Write an amount of öre in kronor."""
    return kr(ore, language(get_language()))


def both(form: Any, now: dict[str, Any]) -> Table:
    """Return the fields where what was typed differs from what stands there now."""
    form.is_valid()
    rows = [
        [str(form[name].label), str(now[name] or "–"), str(value or "–")]
        for name, value in form.cleaned_data.items() if (value or None) != (now[name] or None)
    ]  # fmt: skip
    columns = [Column(_("Field")), Column(_("Stands there now")), Column(_("You wrote"))]
    return Table(_("What differs"), columns, rows)


def received(contract: Any) -> Table:
    """Return what files have said of a contract that found no field, as they said it."""
    columns = [Column(_("Column")), Column(_("As received"))]
    rows = sorted((CONTRACTS.called_by(header, _), text) for header, text in contract.received.items())
    return Table(_("As received"), columns, rows, hide_caption=True)
