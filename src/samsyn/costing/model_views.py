"""The cost model: its versions, and the rows of each, read by many and written by controllers in a draft."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.periods import Period
from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import operations, panels, queries, volumes
from samsyn.costing.choices import PARTS
from samsyn.costing.engine import content as document
from samsyn.costing.engine import editing
from samsyn.costing.exports import model_workbook
from samsyn.costing.forms import LoadModel, NewDraft, RowForm, initial
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
        "shown": holds or next(iter(found), None),
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
    context = {"form": form, "problems": problems, "crumbs": crumbs(municipality, _("Load a workbook"))}
    return render(request, "costing/load.html", context, status=_status(request))


def version(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Show one version: what it holds, what would keep it from running, its history."""
    require(request.access, "see_model")
    found = version_with(number)
    period, people = _trial(request, found), names_by_key()
    mine = not may_approve(request.access, request.user.key, found.prepared_by_key, request.municipality.four_eyes)
    context = {
        "version": found, "period": period, "holds": panels.until(found), "state": panels.state(found),
        "faults": _faults(request, found), "parts": panels.parts(found), "editable": _editable(request, found),
        "prepared_by": people.get(found.prepared_by_key, ""), "approved_by": people.get(found.approved_by_key, ""),
        "may_approve": request.access.may("approve_run") and not mine, "mine": mine,
        "may_draft": found.state == "approved" and may_edit_model(request.access), "history": panels.history(found),
        "crumbs": crumbs(municipality, _("Model %(number)s") % {"number": found.number}),
    }  # fmt: skip
    return render(request, "costing/version.html", context)


@require_POST
def approve(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Freeze a version; somebody else than its writer does it."""
    found = version_with(number)
    operations.approve_model(
        version=found, access=request.access, period=_trial(request, found), by=request.user, at=timezone.now()
    )
    messages.success(request, _("Model %(number)s is approved. Nothing in it changes any more.") % {"number": number})
    return redirect("model-version", municipality, number)


def workbook(request: Asked, municipality: str, number: int) -> HttpResponse:
    """Hand out a version as the workbook it can be read back from."""
    require(request.access, "see_model")
    response = HttpResponse(model_workbook(version_with(number).content), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="model-{number}.xlsx"'
    return response


def rows(request: Asked, municipality: str, number: int, part: str) -> HttpResponse:
    """List one part of a version: how many rows, which are faulty, and each with a link."""
    require(request.access, "see_model")
    found, part = version_with(number), _part(part)
    faults = [each for each in _faults(request, found) if each["place"] and each["place"][0] == part]
    context = {
        "version": found, "part": part, "slug": panels.slug(part), "title": PARTS[part][0], "new": PARTS[part][1],
        "table": panels.rows(found, part, {each["place"] for each in faults}), "faults": faults,
        "claimed": panels.claimed(found, part), "editable": _editable(request, found),
        "may_draft": found.state == "approved" and may_edit_model(request.access),
        "crumbs": crumbs(municipality, PARTS[part][0], found),
    }  # fmt: skip
    return render(request, "costing/rows.html", context)


def row(request: Asked, municipality: str, number: int, part: str, line: int | None = None) -> HttpResponse:
    """Write a row of a draft, or read one; what somebody else has changed meanwhile stands beside what was typed."""
    require(request.access, "see_model")
    found, part = version_with(number), _part(part)
    if not _editable(request, found):
        return _read(request, found, part, line)
    if part == "rules":
        return redirect(_rule(request, found, line))
    form = _row_form(request, found, part, line)
    stale = request.method == "POST" and request.POST.get("known") != str(found.version)
    if request.method == "POST" and not stale and form.is_valid() and _saved(request, found, form):
        messages.success(request, _("Saved in model %(number)s, a draft.") % {"number": number})
        return redirect("model-rows", municipality, number, panels.slug(part))
    return _written(request, found, form, stale)


def remove(request: Asked, municipality: str, number: int, part: str, line: int) -> HttpResponse:
    """Ask whether a row is to go, say what hangs on it, and take it out of the draft."""
    require(request.access, "edit_model")
    found, part = version_with(number), _part(part)
    standing = _row(found, part, line)
    if request.method == "POST":
        known = request.POST.get("known", "")
        operations.remove_row(
            version=found, part=part, line=line, known=int(known) if known.isdecimal() else 0, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Removed from model %(number)s, a draft.") % {"number": number})
        return redirect("model-rows", municipality, number, panels.slug(part))
    context = {
        "version": found, "part": part, "slug": panels.slug(part), "name": panels.title(found, part, standing),
        "hanging": panels.places(found, editing.hanging_on(found.content, part, line)),
        "table": panels.details(found, part, standing), "editable": _editable(request, found),
        "crumbs": crumbs(municipality, panels.title(found, part, standing), found, part),
    }  # fmt: skip
    return render(request, "costing/remove.html", context)


def draft(request: Asked, municipality: str, number: int | None = None) -> HttpResponse:
    """Draft a new version that begins as a copy of this one, or (no number) empty, to be filled on pages."""
    require(request.access, "edit_model")
    found = None if number is None else version_with(number)
    form = NewDraft(request.POST or None, initial={"valid_from": _from(request, found).first_date})
    if request.method == "POST" and form.is_valid():
        content = found.content if found else document.empty()
        drafted = operations.draft_model(
            municipality=request.municipality, content=content, base=found, **form.cleaned_data,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Model %(number)s is drafted.") % {"number": drafted.number})
        return redirect("model-version", municipality, drafted.number)
    context = {"form": form, "version": found, "crumbs": crumbs(municipality, _("New draft"), found)}
    return render(request, "costing/draft.html", context, status=422 if form.errors else 200)


def _from(request: Asked, version: Any) -> Period:
    """Return the month a draft is likely to hold from: the next one, or for a first model that of the first books."""
    now = Period.of(timezone.localdate())
    return (
        now.shift(1) if version else min([Period.parse(each) for each in ledger.periods(request.municipality)] + [now])
    )


def _saved(request: Asked, version: Any, form: RowForm) -> bool:
    """Save a row; a refusal stands in the form, so that nothing typed is lost."""
    known = int(form.cleaned_data["known"])
    try:
        operations.save_row(
            version=version, part=form.part, line=form.line, row=form.row, known=known, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
    return not form.errors


def _row_form(request: Asked, version: Any, part: str, line: int | None) -> RowForm:
    """Return the form of a row: a known one, a new one, or a new one like another."""
    like = request.GET.get("like", "")
    standing = editing.row_on(version.content, part, line or (int(like) if like.isdecimal() else 0))
    if standing is None and (line or like) and request.method != "POST":
        raise Http404
    given = initial(part, standing) if standing else {"valid_from": version.valid_from}
    hidden = {"known": version.version, "was": editing.row_name(part, standing) if standing and line else ""}
    own = "da" if request.municipality.country == "DK" else "sv"
    if request.method != "POST":
        return RowForm(content=version.content, part=part, line=line, own=own, initial={**given, **hidden})
    # a row somebody else has moved is found again by its name
    line = line if request.POST.get("known") == str(version.version) else _moved(request, version, part)
    typed = {**request.POST.dict(), "known": str(version.version)}
    return RowForm(typed, content=version.content, part=part, line=line, own=own)


def _moved(request: Asked, version: Any, part: str) -> int | None:
    return editing.line_of(version.content, part, request.POST.get("was", ""))


def _written(request: Asked, version: Any, form: RowForm, stale: bool) -> HttpResponse:
    code, part, line = request.municipality.code, form.part, form.line
    standing = editing.row_on(version.content, part, line) if line else None
    name = panels.title(version, part, standing) if standing else str(PARTS[part][1])
    where = [code, version.number, panels.slug(part)]
    context = {
        "form": form, "version": version, "line": line, "slug": panels.slug(part), "name": name, "stale": stale,
        "both": panels.both(form, standing) if stale and standing else None,
        "here": reverse("model-row", args=[*where, line]) if line else reverse("model-row-new", args=where),
        "crumbs": crumbs(code, name, version, part),
    }  # fmt: skip
    return render(request, "costing/row.html", context, status=409 if stale else 422 if form.is_bound else 200)


def _read(request: Asked, version: Any, part: str, line: int | None) -> HttpResponse:
    if request.method == "POST" or line is None:
        require(request.access, "edit_model")
        raise Refusal("model_frozen", N_("An approved model is never changed. Draft a new version of it."))
    standing = _row(version, part, line)
    name = panels.title(version, part, standing)
    context = {
        "version": version, "name": name, "table": panels.details(version, part, standing),
        "crumbs": crumbs(request.municipality.code, name, version, part),
    }  # fmt: skip
    return render(request, "costing/row_read.html", context)


def _editable(request: Asked, version: Any) -> bool:
    return version.state == "drafted" and may_edit_model(request.access)


def _rule(request: Asked, version: Any, line: int | None) -> str:
    """Return the page for rules, which says at once what a rule would take of the latest month in the books."""
    latest = max(
        [Period.parse(each) for each in ledger.periods(request.municipality)] + [Period.of(version.valid_from)]
    )
    asked = {"period": str(latest), "version": version.number}
    code = {"code": _row(version, "rules", line)["code"]} if line else {}
    return f"{reverse('rule', args=[request.municipality.code])}?{urlencode({**asked, **code})}"


def _part(name: str) -> str:
    part = name.replace("-", "_")
    if part not in PARTS:
        raise Http404
    return part


def _row(version: Any, part: str, line: int) -> dict[str, Any]:
    found = editing.row_on(version.content, part, line)
    if found is None:
        raise Http404
    return found


def _faults(request: Asked, version: Any) -> list[dict[str, Any]]:
    """Return what keeps a version from running, each with the row it speaks of and the way there."""
    if version.state == "approved":
        return []
    found = operations.findings(request.municipality, version.content, _trial(request, version))
    return panels.faults(version, found)


def _status(request: Asked) -> int:
    return 422 if request.method == "POST" else 200


def crumbs(municipality: str, here: Any, version: Any = None, part: str = "") -> list[tuple[Any, str]]:
    """Return the way to a page of the model, through its version and part where it has them."""
    found: list[tuple[Any, str]] = [(_("Cost model"), reverse("model", args=[municipality]))]
    if version is not None:
        words = _("Model %(number)s") % {"number": version.number}
        found.append((words, reverse("model-version", args=[municipality, version.number])))
    if part:
        found.append((PARTS[part][0], reverse("model-rows", args=[municipality, version.number, panels.slug(part)])))
    return [*found, (here, "")]


def version_with(number: int) -> Any:
    """Return a version by its number, or answer that there is none."""
    found = queries.version_with_number(number)
    if found is None:
        raise Http404
    return found


def _trial(request: Asked, version: Any) -> Period:
    """Return the month a version is tried against: the latest that has volumes, or its first."""
    first = Period.of(version.valid_from)
    return max([Period.parse(each) for each in volumes.periods(request.municipality)] + [first])
