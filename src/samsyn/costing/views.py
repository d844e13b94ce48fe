"""The cost model: its versions, what its rules decide and leave undecided, its services and flows."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.periods import Period
from samsyn.core.problems import has_errors
from samsyn.costing import operations, panels, queries, volumes
from samsyn.costing.exports import model_workbook
from samsyn.costing.forms import LoadModel, RuleForm
from samsyn.costing.rules import may_approve, may_edit_model
from samsyn.formats.workbook import read_sheets
from samsyn.ledger import queries as ledger
from samsyn.people.queries import names_by_key, require
from samsyn.people.rules import Asked

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def model(request: Asked, municipality: str) -> HttpResponse:
    """Say which model holds, and list every version."""
    require(request.access, "see_model")
    found, today = queries.versions(), timezone.localdate()
    holds = queries.model_for(Period.of(today)) if queries.has_model(Period.of(today)) else None
    newer = [each for each in found if each.state == "drafted" and (holds is None or each.number > holds.number)]
    context = {
        "holds": holds,
        "draft": newer[0] if newer else None,
        "versions": panels.versions(municipality, found),
        "may_edit": may_edit_model(request.access),
    }
    return render(request, "costing/model.html", context)


def load(request: Asked, municipality: str) -> HttpResponse:
    """Draft a new version from a workbook; every fault of its cells is listed at once."""
    require(request.access, "edit_model")
    form = LoadModel(request.POST or None, request.FILES or None, initial={"valid_from": timezone.localdate()})
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        content, problems = operations.read_workbook(read_sheets(told["file"].read()))
        if not has_errors(problems):
            drafted = operations.draft_model(
                municipality=request.municipality, content=content, name=told["name"], valid_from=told["valid_from"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Model %(number)s is drafted.") % {"number": drafted.number})
            return redirect("model-version", municipality, drafted.number)
    context = {"form": form, "problems": problems, "crumbs": _crumbs(municipality, _("Load a workbook"))}
    return render(request, "costing/load.html", context, status=_status(request))


def version(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Show one version: what it holds, what would keep it from running, its history."""
    require(request.access, "see_model")
    found = _version(number)
    period, people = _trial(request, found), names_by_key()
    mine = not may_approve(request.access, request.user.key, found.prepared_by_key, request.municipality.four_eyes)
    context = {
        "version": found, "period": period, "holds": panels.until(found), "state": panels.state(found),
        "counts": {part: len(rows) for part, rows in found.content.items()},
        "faults": operations.findings(request.municipality, found.content, period),
        "prepared_by": people.get(found.prepared_by_key, ""), "approved_by": people.get(found.approved_by_key, ""),
        "may_approve": request.access.may("approve_run") and not mine, "mine": mine,
        "history": panels.history(request.municipality, found.key),
        "crumbs": _crumbs(municipality, _("Model %(number)s") % {"number": found.number}),
    }  # fmt: skip
    return render(request, "costing/version.html", context)


@require_POST
def approve(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Freeze a version; somebody else than its writer does it."""
    found = _version(number)
    operations.approve_model(
        version=found, access=request.access, period=_trial(request, found), by=request.user, at=timezone.now()
    )
    messages.success(request, _("Model %(number)s is approved. Nothing in it changes any more.") % {"number": number})
    return redirect("model-version", municipality, number)


def workbook(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Hand out a version as the workbook it can be read back from."""
    require(request.access, "see_model")
    response = HttpResponse(model_workbook(_version(number).content), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="model-{number}.xlsx"'
    return response


def classification(request: Asked, municipality: str) -> HttpResponse:
    """Show what each rule took of a month, and what no rule decided."""
    require(request.access, "see_model")
    periods = sorted(ledger.periods(request.municipality), reverse=True)
    period = Period.parse(request.GET.get("period") or (periods or [str(Period.of(timezone.localdate()))])[0])
    working = queries.working_version(period)
    context: dict[str, Any] = {
        "period": period, "periods": periods, "version": working, "may_edit": may_edit_model(request.access),
        "crumbs": _crumbs(municipality, _("What is IT cost")),
    }  # fmt: skip
    if working is not None and str(period) in periods:
        found = queries.classification(request.municipality, period, working.content, with_text=True)
        context |= _classified(request, found, working)
    return render(request, "costing/classification.html", context)


def rule(request: Asked, municipality: str) -> HttpResponse:
    """Write a rule, see what it would take, and save it in the draft."""
    require(request.access, "edit_model")
    period, working = _working(request)
    form = RuleForm(request.POST or None, content=working.content, initial=_initial(request, period, working))
    shown = None
    if request.method == "POST" and form.is_valid():
        if "show" not in request.POST:
            saved = operations.save_rule(
                municipality=request.municipality, period=period, row=form.row(), known=form.seen(),
                replaces=form.cleaned_data["replaces"], by=request.user, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("The rule is saved in model %(number)s, a draft.") % {"number": saved.number})
            return redirect(f"{reverse('classification', args=[municipality])}?period={period}")
        shown = _preview(request, period, working, form)
    code = request.GET.get("code", "")
    crumbs = [*_crumbs(municipality, code or _("New rule"))]
    crumbs.insert(1, (_("What is IT cost"), f"{reverse('classification', args=[municipality])}?period={period}"))
    context = {"form": form, "period": period, "version": working, "preview": shown, "code": code, "crumbs": crumbs}
    return render(request, "costing/rule.html", context, status=422 if form.errors else 200)


@require_POST
def rule_preview(request: Asked, municipality: str) -> HttpResponse:
    """Answer what a rule would take, while it is being written."""
    require(request.access, "edit_model")
    period, working = _working(request)
    form = RuleForm(request.POST, content=working.content)
    shown = _preview(request, period, working, form) if form.is_valid() else None
    return render(request, "costing/rule_preview.html", {"preview": shown, "period": period})


def services(request: Asked, municipality: str) -> HttpResponse:
    """List the services with how they are charged and on whose decision."""
    return _list(request, municipality, "services", _("Services"))


def flows(request: Asked, municipality: str) -> HttpResponse:
    """List what flows where, and by which measure."""
    return _list(request, municipality, "flows", _("Flows"))


def _list(request: Asked, municipality: str, part: str, words: str) -> HttpResponse:
    require(request.access, "see_model")
    number, today = request.GET.get("version", ""), timezone.localdate()
    holding = queries.working_version(Period.of(today)) or queries.version_with_number(None)
    found = _version(int(number)) if number.isdecimal() else holding
    context: dict[str, Any] = {"version": found, "crumbs": _crumbs(municipality, words)}
    if found is not None:
        on = Period.of(_day(found, today))
        table = panels.services(found, on) if part == "services" else panels.flows(found, on)
        claimed = sum(1 for row in queries.services(found, on).values() if _is_claimed(found, row))
        context |= {"table": table, "on": on, "claimed": claimed}
    return render(request, f"costing/{part}.html", context)


def _is_claimed(version: Any, row: dict[str, Any]) -> bool:
    return row["kind"] == "final" and queries.decision_of(version, row) is None


def _day(version: Any, today: date) -> date:
    """Return the day to look at a version: today, or as near as it holds."""
    last = version.valid_until - timedelta(days=1) if version.valid_until else date.max
    day: date = max(version.valid_from, min(today, last))
    return day


def _status(request: Asked) -> int:
    return 422 if request.method == "POST" else 200


def _crumbs(municipality: str, here: str) -> list[tuple[str, str]]:
    return [(_("Cost model"), reverse("model", args=[municipality])), (here, "")]


def _version(number: int) -> Any:
    found = queries.version_with_number(number)
    if found is None:
        raise Http404
    return found


def _trial(request: Asked, version: Any) -> Period:
    """Return the month a version is tried against: the latest that has volumes, or its first."""
    first = Period.of(version.valid_from)
    return max([Period.parse(each) for each in volumes.periods(request.municipality)] + [first])


def _working(request: Asked) -> tuple[Period, Any]:
    period = Period.parse(request.GET.get("period") or request.POST.get("period") or "")
    return period, queries.working_version(period) or queries.model_for(period)


def _preview(request: Asked, period: Period, version: Any, form: RuleForm) -> operations.RulePreview:
    return operations.preview_rule(
        municipality=request.municipality, period=period, content=version.content, row=form.row(),
        replaces=form.cleaned_data["replaces"],
    )  # fmt: skip


def _initial(request: Asked, period: Period, version: Any) -> dict[str, Any]:
    """Return what the form begins with: the rule to change, or a new one for what was pointed at."""
    known = f"{version.number}:{version.version}"
    rules = version.content.get("rules", [])
    code = request.GET.get("code", "")
    if code:
        row = next((each for each in rules if each["code"] == code), None)
        if row is None:
            raise Http404
        return {**row, "replaces": code, "known": known}
    taken = {each["code"] for each in rules}
    fresh = next(f"R{number}" for number in range(len(rules) + 1, 2 * len(rules) + 3) if f"R{number}" not in taken)
    given = {name: request.GET.get(name, "") for name in ("supplier", "text")}
    account = request.GET.get("account", "")
    return {
        "code": fresh, "priority": 100, "months": 1, "valid_from": period.first_date, "known": known,
        "account_from": account, "account_to": account, **given,
    }  # fmt: skip


def _classified(request: Asked, found: queries.Classified, version: Any) -> dict[str, Any]:
    municipality, code, figures = request.municipality, request.municipality.code, queries.figures(found)
    not_it, pairs = found.mask("not_it"), found.mask("eliminated") | found.mask("eliminated", kind="I")
    income = found.mask("outside_income", kind="I") | found.mask("outside_income")
    return {
        "figures": figures, "spread": abs(figures.periodised_ore), "any": True,
        "remainder": panels.remainder(municipality, found), "remainder_rows": int(found.remainder().sum()),
        "rules": panels.rules(code, found, version, may_edit_model(request.access)),
        "tables": [
            table
            for table in (
                panels.by_name(_("Decided not to be IT, by supplier or text"), found, not_it),
                panels.by_account(_("Decided not to be IT, by account"), municipality, found, not_it),
                panels.by_account(_("Internal pairs, counted out"), municipality, found, pairs),
                panels.by_account(_("Outside income"), municipality, found, income),
            )
            if table.rows
        ],
    }  # fmt: skip
