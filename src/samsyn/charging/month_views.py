"""The controller's month: what is there, what is missing, the run, the proof that it balances."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.charging import operations, queries
from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import queries as costing
from samsyn.costing.rules import may_approve, may_edit_model
from samsyn.people.queries import names_by_key, require
from samsyn.people.rules import Asked
from samsyn.web.components import Chart, Column, Table, link, pill
from samsyn.web.numbers import language

_TONES = {"waiting": "amber", "drafted": "neutral", "approved": "good"}


def _state(word: str) -> str:
    return {"waiting": _("waiting"), "drafted": _("drafted"), "approved": _("approved")}[word]


def _lacks(found: dict[str, Any] | None) -> str:
    """Say what a month lacks, in words."""
    words = {"books": _("books"), "volumes": _("volumes"), "model": _("a cost model")}
    return ", ".join(words[lack] for lack in (found["lacks"] if found else ()))


def months(request: Asked, municipality: str) -> HttpResponse:
    """List the months, newest first, with what each lacks."""
    require(request.access, "see_books")
    found = queries.periods(request.municipality)[::-1]
    rows = [
        (
            link(each["period"], reverse("month", args=[municipality, each["period"]])),
            pill(_state(each["state"]), _TONES[each["state"]]),  # type: ignore[arg-type]
            _lacks(each),
            each["in_scope_ore"], each["unclassified_ore"],
        )
        for each in found
    ]  # fmt: skip
    columns = [
        Column(_("Month")), Column(_("State")), Column(_("Missing")), Column(_("IT cost"), "kr"),
        Column(_("Not decided"), "kr"),
    ]  # fmt: skip
    waiting = [each["period"] for each in found if each["state"] != "approved"]
    table = Table(_("Months"), columns, rows, dense=True, hide_caption=True)
    may_act = may_edit_model(request.access) or request.access.may("approve_run")
    context = {"table": table, "waiting": waiting, "count": len(found), "may_act": may_act}
    return render(request, "charging/months.html", context)


def month(request: Asked, municipality: str, period: str) -> HttpResponse:
    """Show one month: the picture, the proof, the remainder, what is late, and what to do next."""
    require(request.access, "see_books")
    Period.parse(period)
    found = next((p for p in queries.periods(request.municipality) if p["period"] == period), None)
    run = costing.run_of(period)
    context: dict[str, Any] = {
        "period": period, "lacks": _lacks(found), "run": run, "may_run": may_edit_model(request.access),
        "uncounted": not found or "volumes" in found["lacks"],
    }  # fmt: skip
    if run is not None:
        flow = queries.flow(request.municipality, run, language(get_language()))
        context |= {
            "picture": _picture(flow), "negative": _negative(flow), "support": _support(flow),
            "proof": _proof(run.summary), "prepared_by": names_by_key().get(run.prepared_by_key, ""),
            "approved_by": names_by_key().get(run.approved_by_key, ""),
            "outdated": run.state == "drafted" and operations.is_outdated(run),
            "may_approve": may_approve(
                request.access, request.user.key, run.prepared_by_key,
                request.municipality.four_eyes,
            ),
        }  # fmt: skip
    return render(request, "charging/month.html", context)


@require_POST
def run(request: Asked, municipality: str, period: str) -> HttpResponse:
    """Run the month and keep the result as a draft."""
    require(request.access, "edit_model")
    operations.draft_run(
        municipality=request.municipality,
        period=Period.parse(period),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The month has been run. Nothing is decided until somebody else approves it."))
    return redirect("month", municipality, period)


@require_POST
def approve(request: Asked, municipality: str, period: str) -> HttpResponse:
    """Approve the month's draft: its statements become readable and never change."""
    drafted = costing.run_of(period)
    if drafted is None:
        raise Refusal("no_run", N_("%(period)s has not been run yet. Run it first."), period=period)
    base_url = request.build_absolute_uri("/")
    operations.approve_run(run=drafted, access=request.access, by=request.user, at=timezone.now(), base_url=base_url)
    messages.success(request, _("The month is approved. Every unit can read its statement now."))
    return redirect("month", municipality, period)


def _picture(flow: queries.Flow) -> Chart:
    return Chart(
        id="month-flow", kind="sankey", title=_("From cost types to administrations"),
        sentence=_("The width of each band is its share of the month’s IT cost."),
        links=flow.links, headings=[_("From"), _("To")], unit=_("Amount"),
    )  # fmt: skip


def _negative(flow: queries.Flow) -> Table | None:
    if not flow.negative:
        return None
    return Table(_("Credits, not drawn"), [Column(_("Cost pool")), Column(_("Amount"), "kr")], flow.negative)


def _support(flow: queries.Flow) -> Table | None:
    if not flow.support:
        return None
    return Table(
        _("Support services, spread on to the others"),
        [Column(_("From")), Column(_("To")), Column(_("Weight"), "number")],
        flow.support, dense=True,
    )  # fmt: skip


def _proof(summary: dict[str, Any]) -> Table:
    """Return the identities of the run as a table that can be added up by hand."""
    lines = [
        (_("All costs in the books"), "ledger_ore"), (_("of which IT this month"), "in_scope_ore"),
        (_("of which not IT, internal or spread over other months"), "out_of_scope_ore"),
        (_("of which no rule has decided"), "unclassified_ore"), (_("Spread over services and units"), "allocated_ore"),
        (_("Not distributed"), "undistributed_ore"), (_("Charged to units"), "charged_ore"),
        (_("Paid with taxes"), "tax_financed_ore"), (_("Left with the provider (cost above price)"), "recovery_ore"),
        (_("Difference"), "difference_ore"),
    ]  # fmt: skip
    return Table(
        _("The proof"), [Column(_("What")), Column(_("Amount"), "kr_exact")],
        [(label, summary[name]) for label, name in lines],
    )  # fmt: skip
