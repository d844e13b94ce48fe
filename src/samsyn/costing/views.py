"""What the model's rules decide of the books and leave undecided; a rule, and what it would do; devices counted."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.forms import HiddenInput, Select
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.periods import Period
from samsyn.core.refusals import Refusal
from samsyn.costing import operations, panels, queries
from samsyn.costing.choices import SOURCES
from samsyn.costing.engine import classified, editing
from samsyn.costing.forms import RuleForm, initial
from samsyn.costing.model_views import crumbs, version_with
from samsyn.costing.rules import may_edit_model
from samsyn.equipment import queries as equipment
from samsyn.equipment.choices import Kind as DeviceKind
from samsyn.ledger import queries as ledger
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import unit_names
from samsyn.people.queries import require
from samsyn.people.rules import Asked
from samsyn.web.components import Column, Table
from samsyn.web.numbers import language

Row = dict[str, Any]
Recount = dict[str, dict[str, tuple[int, int]]]


def classification(request: Asked, municipality: str) -> HttpResponse:
    """Show what each rule took of a month, and what no rule decided."""
    require(request.access, "see_model")
    periods = sorted(ledger.periods(request.municipality), reverse=True)
    period = Period.parse(request.GET.get("period") or (periods or [str(Period.of(timezone.localdate()))])[0])
    working = queries.working_version(period)
    context: dict[str, Any] = {
        "period": period, "periods": periods, "version": working, "may_edit": may_edit_model(request.access),
        "crumbs": crumbs(municipality, _("What is IT cost")),
    }  # fmt: skip
    if working is not None and str(period) in periods:
        found = queries.classification(request.municipality, period, working.content, with_text=True)
        context |= _classified(request, found, working)
    return render(request, "costing/classification.html", context)


def rule(request: Asked, municipality: str) -> HttpResponse:
    """Write a rule, see what it would take, and save it in the draft."""
    require(request.access, "edit_model")
    period, working = _working(request)
    start = _initial(request, period, working) if request.method == "GET" else None
    form = RuleForm(request.POST or None, content=working.content, initial=start)
    shown = None
    if request.method == "POST" and form.is_valid():
        if "show" in request.POST:
            shown = _preview(request, period, working, form)
        elif saved := _saved(request, period, form):
            messages.success(request, _("The rule is saved in model %(number)s, a draft.") % {"number": saved.number})
            return redirect(f"{reverse('classification', args=[municipality])}?period={period}")
    return _written(request, period, working, form, shown)


@require_POST
def rule_preview(request: Asked, municipality: str) -> HttpResponse:
    """Answer what a rule would take, while it is being written."""
    require(request.access, "edit_model")
    period, working = _working(request)
    form = RuleForm(request.POST, content=working.content)
    shown = _preview(request, period, working, form) if form.is_valid() else None
    return render(request, "costing/rule_preview.html", {"preview": shown, "period": period})


def devices(request: Asked, municipality: str) -> HttpResponse:
    """Show what the devices that units held make of a month's volumes, and take the count over."""
    require(request.access, "edit_model")
    told, today = request.POST if request.method == "POST" else request.GET, timezone.localdate()
    period = Period.parse(told.get("period") or str(Period.of(today)))
    months = queries.countable(request.municipality, period, today)
    known, held = queries.working_services(period), equipment.kinds_held(period.shift(-1).last_date)
    if "kind" in told:
        pairs = zip(told.getlist("kind"), told.getlist("service"), strict=False)
        services = {kind: code for kind, code in pairs if code}
    else:
        services = queries.services_of_kinds(request.municipality, [each[0] for each in held], known)
    context = _recounted(request, period, services, known) if services and str(period) in months else {}
    if request.method == "POST" and context.get("changes") and _counted(request, period, services):
        return redirect(f"{reverse('count-devices', args=[municipality])}?period={period}")
    context |= {
        "months": months, "period": period, "on": period.shift(-1).last_date, "closed": str(period) not in months,
        "approved": str(period) in queries.approved_periods(), "services": services, "known": known,
        "kinds": _kinds(held, services, known) if held else None, "unplaced": sum(each[3] for each in held),
        "crumbs": crumbs(municipality, _("Count devices")),
    }  # fmt: skip
    return render(request, "costing/devices.html", context)


def _recounted(request: Asked, period: Period, services: dict[str, str], known: Any) -> dict[str, Any]:
    """Return what a count would change, or why it cannot be."""
    try:
        found = queries.recount(request.municipality, period, services, period.shift(-1).last_date)
    except Refusal as refusal:
        return {"refusal": refusal}
    return {"changes": _changes(found, known), "changed": _changed(found, known)}


def _counted(request: Asked, period: Period, services: dict[str, str]) -> bool:
    """Load the count, and say whether anything was new in it; the page itself says when a month is approved."""
    loaded, problems = operations.count_devices(
        municipality=request.municipality, period=period, services=services, on=period.shift(-1).last_date,
        source=SOURCES.get(request.municipality.country, ""), by=request.user, at=timezone.now(),
    )  # fmt: skip
    words = _("The devices are counted.") if loaded else _("This very count stands already. Nothing was loaded.")
    if not problems:
        messages.success(request, words)
    return True


def _saved(request: Asked, period: Period, form: RuleForm) -> Any:
    """Save the rule; a refusal stands in the form, so that nothing typed is lost."""
    try:
        return operations.save_rule(
            municipality=request.municipality, period=period, row=form.row, known=form.seen(),
            replaces=form.cleaned_data["was"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("known" if refusal.code == "stale_version" else None, refusal.sentence(_))
        return None


def _written(request: Asked, period: Period, version: Any, form: RuleForm, shown: Any) -> HttpResponse:
    """Show the form; when somebody else was quicker, with what now stands beside what was typed."""
    code, stale = request.GET.get("code", ""), "known" in form.errors
    if stale:
        form = RuleForm({**request.POST.dict(), "known": _known(version)}, content=version.content)
    standing = editing.row_on(version.content, "rules", form.line) if form.line else None
    back = (_("What is IT cost"), f"{reverse('classification', args=[request.municipality.code])}?period={period}")
    way = crumbs(request.municipality.code, code or _("New rule"))
    context = {
        "form": form, "period": period, "version": version, "preview": shown, "code": code, "stale": stale,
        "both": panels.both(form, standing) if stale and standing else None,
        "line": form.line if version.state == "drafted" else None, "crumbs": [way[0], back, way[1]],
    }  # fmt: skip
    return render(request, "costing/rule.html", context, status=409 if stale else 422 if form.errors else 200)


def _working(request: Asked) -> tuple[Period, Any]:
    """Return the month to try a rule on, and the draft that was asked for or else what one works on then."""
    period, number = Period.parse(request.GET.get("period", "")), request.GET.get("version", "")
    asked = version_with(int(number)) if number.isdecimal() else None
    drafted = asked if asked and asked.state == "drafted" else None
    return period, drafted or queries.working_version(period) or queries.model_for(period)


def _known(version: Any) -> str:
    return f"{version.number}:{version.version}"


def _preview(request: Asked, period: Period, version: Any, form: RuleForm) -> operations.RulePreview:
    return operations.preview_rule(
        municipality=request.municipality, period=period, content=version.content, row=form.row,
        replaces=form.cleaned_data["was"],
    )  # fmt: skip


def _initial(request: Asked, period: Period, version: Any) -> dict[str, Any]:
    """Return what the form begins with: the rule to change, or a new one for what was pointed at."""
    rules, code = version.content.get("rules", []), request.GET.get("code", "")
    if code:
        line = editing.line_of(version.content, "rules", code)
        if line is None:
            raise Http404
        return {**initial("rules", rules[line - editing.FIRST_LINE]), "was": code, "known": _known(version)}
    taken = {each["code"] for each in rules}
    fresh = next(f"R{number}" for number in range(len(rules) + 1, 2 * len(rules) + 3) if f"R{number}" not in taken)
    given = {name: request.GET.get(name, "") for name in ("supplier", "text")}
    account = request.GET.get("account", "")
    return {
        "code": fresh, "priority": 100, "months": 1, "valid_from": period.first_date, "known": _known(version),
        "account_from": account, "account_to": account, **given,
    }  # fmt: skip


def _classified(request: Asked, found: classified.Classified, version: Any) -> dict[str, Any]:
    municipality, code, figures = request.municipality, request.municipality.code, classified.figures(found)
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


def _kinds(held: Iterable[tuple[str, int, int, int]], services: dict[str, str], known: dict[str, Row]) -> Table:
    """List the kinds of devices, how many units hold how many, and let the service each counts for be chosen."""
    choices = [("", _("none")), *((code, _service(known, code)) for code in known)]
    rows = [
        (
            _kind(name) or _("no kind is told"), count, units,
            _chosen(name, services.get(name, ""), choices) if name else "",
        )
        for name, count, units, _unplaced in held
    ]  # fmt: skip
    columns = [Column(_("Kinds of devices")), Column(_("Devices"), "number"), Column(_("Units"), "number"),
               Column(_("Counts for the service"))]  # fmt: skip
    return Table(_("Kinds of devices"), columns, sorted(rows), hide_caption=True)


def _chosen(kind: str, code: str, choices: list[tuple[str, str]]) -> SafeString:
    said = _("The service that %(kind)s counts for") % {"kind": _kind(kind)}
    hidden = HiddenInput().render("kind", kind)
    return format_html(
        '<div class="field">{}{}</div>', hidden, Select(choices=choices).render("service", code, {"aria-label": said})
    )


def _changes(found: Recount, known: dict[str, Row]) -> Table:
    """Say of each service what stands for a month, what is counted, and in how many units they differ."""
    rows = []
    for code, units in found.items():
        stands, counted = (_pieces(known, code, sum(each)) for each in zip(*units.values(), strict=True))
        rows.append((_service(known, code), stands, counted, sum(was != now for was, now in units.values())))
    columns = [Column(_("Service")), Column(_("Stands now"), "number"), Column(_("Counted"), "number"),
               Column(_("Units that change"), "number")]  # fmt: skip
    return Table(_("What it changes"), columns, rows, hide_caption=True)


def _changed(found: Recount, known: dict[str, Row]) -> Table:
    """List each unit whose volume of a service a count changes."""
    names = unit_names()
    rows = [
        (names.get(unit, unit), _service(known, code), _pieces(known, code, was), _pieces(known, code, now))
        for code, units in found.items() for unit, (was, now) in units.items() if was != now
    ]  # fmt: skip
    columns = [Column(_("Unit")), Column(_("Service")), Column(_("Stands now"), "number"),
               Column(_("Counted"), "number")]  # fmt: skip
    return Table(_("Unit by unit"), columns, sorted(rows, key=lambda row: (sort_key(row[0]), row[1])), dense=True)


def _service(known: dict[str, Row], code: str) -> str:
    return queries.text(known[code], "name", language(get_language()))


def _pieces(known: dict[str, Row], code: str, quantity: int) -> Fraction:
    return Fraction(quantity, known[code]["step"] or 1)


def _kind(value: str) -> str:
    return str(DeviceKind(value).label) if value in DeviceKind.values else value
