"""See the organisation and its people; load it from a workbook, after a look at what would change."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from samsyn.core.periods import day_of
from samsyn.core.refusals import Refusal
from samsyn.formats.workbook import SheetRow, read_sheets
from samsyn.history.queries import changes_of_record, latest_changes
from samsyn.intake import operations as intake
from samsyn.organisation import queries
from samsyn.organisation.choices import CODE_PARTS, PART_WORDS, EntryKind, UnitKind
from samsyn.organisation.operations import sort_key
from samsyn.people import operations
from samsyn.people.forms import SiteForm, StaffForm, WorkbookFile
from samsyn.people.queries import managers_by_unit, person_with_code, require, require_somewhere, roles_of
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.web.components import Column, Table, indented, link, pill

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _day(request: Asked) -> date:
    return day_of(request.GET.get("on", "")) or timezone.localdate()


def organisation(request: Asked, municipality: str) -> HttpResponse:
    """Show the organisation as it is, or was, on a day."""
    require(request.access, "see_organisation")
    on = _day(request)
    tree = queries.tree(on)
    managers = managers_by_unit(on)
    top = [node for node in tree.nodes.values() if not node.parent]
    rows = [_row(municipality, tree, code, managers) for node in top for code in _walk(tree, node.code)]
    columns = [Column(_("Unit")), Column(_("Kind")), Column(_("Manager")), Column(_("Since"), "date")]
    units = [node for node in tree.nodes.values() if node.kind == "unit"]
    lacking = sum(node.code not in managers for node in units)
    table = Table(_("Organisation"), columns, rows, dense=True, hide_caption=True)
    context = {"table": table, "on": on, "units": len(units), "lacking": lacking, "parts": _parts(on)}
    return render(request, "people/organisation.html", context)


def _parts(on: date) -> Table:
    """Return which code parts each kind of entry must carry."""
    found = queries.mandatory_parts(on)
    rows = [
        (str(EntryKind(kind).label), ", ".join(str(PART_WORDS[part]) for part in CODE_PARTS if part in parts))
        for kind, parts in sorted(found.items())
    ]  # fmt: skip
    return Table(_("What an entry must carry"), [Column(_("Entry")), Column(_("Code parts"))], rows, dense=True)


def _walk(tree: queries.Tree, code: str) -> list[str]:
    return [code, *(each for child in tree.below.get(code, []) for each in _walk(tree, child))]


def _row(municipality: str, tree: queries.Tree, code: str, managers: dict[str, list[Any]]) -> list[Any]:
    node = tree.nodes[code]
    name = link(node.name, reverse("organisation-unit", args=[municipality, code]))
    name = indented(name, len(tree.path(code)) - 1)
    return [name, str(UnitKind(node.kind).label), _people(municipality, managers.get(code, [])), node.valid_from]


def _people(municipality: str, people: list[Any]) -> str:
    found = [(link(each.name, reverse("organisation-person", args=[municipality, each.code])),) for each in people]
    return format_html_join(", ", "{}", found)


def unit(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Show one unit: where it belongs, its code strings, where it came from, what was changed."""
    require(request.access, "see_organisation")
    found = queries.unit_with_code(code)
    if found is None:
        raise Http404
    on, names = _day(request), queries.unit_names()
    tree = queries.tree(on)
    lineage = [(names.get(a, a), kind, names.get(b, b), day) for a, b, kind, day in tree.lineage_of(code)]
    context = {
        "code": code, "name": names.get(code, code), "path": tree.path(code),
        "codes": queries.receiving_codes(code, on), "centres": queries.cost_centres_of(code, on),
        "lineage": lineage, "people": managers_by_unit(on).get(code, []),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
    }  # fmt: skip
    return render(request, "people/unit.html", context)


def person(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Show one person: who they are, what roles they have, what was changed."""
    require(request.access, "see_organisation")
    found = person_with_code(request.municipality, code)
    if found is None:
        raise Http404
    names = queries.unit_names()
    roles = [
        (role.get_role_display(), names.get(role.unit_code, role.unit_code) or _("the whole municipality"),
         role.valid_from, role.valid_until)
        for role in roles_of(found)
    ]  # fmt: skip
    columns = [Column(_("Role")), Column(_("For")), Column(_("Since"), "date"), Column(_("Until"), "date")]
    context = {
        "person": found, "roles": Table(_("Roles"), columns, roles, dense=True, hide_caption=True),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
    }  # fmt: skip
    return render(request, "people/person.html", context)


def sites(request: Asked, municipality: str) -> HttpResponse:
    """List the sites: what connection there is, what is needed, wished for and in the way."""
    require_somewhere(request.access, "see_systems")
    on, text, after = timezone.localdate(), request.GET.get("text", ""), request.GET.get("after", "")
    everyone, units = queries.sites(on), queries.units_at(on)
    # a municipality has some hundred sites: what the page asks for is chosen among them all
    found = {_place_in_list(each): each for each in everyone if _holds(each, units.get(each.code, []), text)}
    rank, _bar, place = after.partition("|")
    name, _bar, code = place.rpartition("|")
    following = sorted(each for each in found if each > (rank, name, code))
    shown = [found[each] for each in following[:PAGE]]
    older = urlencode({"text": text, "after": "|".join(following[PAGE - 1])}) if len(following) > PAGE else ""
    may_edit = request.access.may("manage_organisation")
    context = {
        "all": len(everyone), "silent": sum(_silent(each) for each in everyone), "text": text,
        "hindered": sum(bool(each.obstacle) for each in everyone), "older": f"?{older}" if older else "",
        "table": _sites(municipality, shown, units, may_edit=may_edit),
    }  # fmt: skip
    return render(request, "people/sites.html", context)


def _silent(site: Any) -> bool:
    return not (site.connection and site.need)


def _place_in_list(site: Any) -> tuple[str, str, str]:
    """Return where a site stands: first of whom something is not said, then where something is in the way."""
    return str(2 * (not _silent(site)) + (not site.obstacle)), sort_key(site.name), site.code


def _holds(site: Any, units: list[str], text: str) -> bool:
    told = (site.name, site.code, site.address, site.connection, site.need, site.wish, site.obstacle, *units)
    words = " ".join(told).casefold()
    return all(word in words for word in text.casefold().split())


def _sites(municipality: str, found: list[Any], units: dict[str, list[str]], *, may_edit: bool) -> Table:
    columns = [Column(_("Site")), Column(_("Who works there")), Column(_("Connection")), Column(_("Need")),
               Column(_("Wish")), Column(_("In the way"))]  # fmt: skip
    rows = [
        [link(each.name, reverse("site", args=[municipality, each.code])) if may_edit else each.name,
         ", ".join(units.get(each.code, [])) or "–", each.connection or pill(_("not said"), "amber"),
         each.need or pill(_("not said"), "amber"), each.wish or "–", each.obstacle or "–"]
        for each in found
    ]  # fmt: skip
    return Table(_("Sites"), columns, rows, hide_caption=True)


def site(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Say how one site is joined to the network."""
    require(request.access, "manage_organisation")
    found = next((each for each in queries.sites(timezone.localdate()) if each.code == code), None)
    if found is None:
        raise Http404
    names = ("connection", "need", "wish", "obstacle")
    form = SiteForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        row = {"code": found.code, "valid_from": found.valid_from, "name": found.name, **form.cleaned_data}
        operations.apply_workbook(
            municipality=request.municipality, sheets={"Sites": [SheetRow(1, row)]}, by=request.user, at=timezone.now()
        )
        messages.success(request, _("%(name)s is saved.") % {"name": found.name})
        return redirect("sites", municipality)
    crumbs = [(_("Sites"), reverse("sites", args=[municipality])), (found.name, "")]
    context = {"form": form, "site": found, "crumbs": crumbs}
    return render(request, "people/site.html", context, status=422 if form.is_bound else 200)


def identities(request: Asked, municipality: str) -> HttpResponse:
    """List the units by how many who work there have no mail or identity of their own."""
    require_somewhere(request.access, "see_systems")
    tree, counts = queries.tree(timezone.localdate()), queries.staff_counts()
    units = sorted((node for node in tree.nodes.values() if node.kind == "unit"), key=lambda node: node.sort_key)
    known = [counts[node.code] for node in units if node.code in counts]
    columns = [Column(_("Unit")), Column(_("Work there"), "number"), Column(_("Without own mail"), "number"),
               Column(_("Without own identity"), "number"), Column(_("Counted on"), "date"),
               Column(_("Source"))]  # fmt: skip
    rows = [_counted(request, municipality, node, tree, counts.get(node.code)) for node in units]
    context = {
        "table": Table(_("Who has no identity of their own"), columns, rows, hide_caption=True), "units": len(units),
        "n": sum(each.without_identity for each in known), "mail": sum(each.without_mail for each in known),
        "uncounted": len(units) - len(known),
    }  # fmt: skip
    return render(request, "people/identities.html", context)


def _counted(request: Asked, municipality: str, node: Any, tree: queries.Tree, count: Any) -> list[Any]:
    may = request.access.may("manage_organisation") or request.access.may_for("answer_volume", node.code, tree)
    name = link(node.name, reverse("identity", args=[municipality, node.code])) if may else node.name
    if count is None:
        return [name, None, None, None, None, pill(_("not counted"), "amber")]
    return [name, count.staff, count.without_mail, count.without_identity, count.counted_on, count.source or "–"]


def identity(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Say how many who work in a unit have no mail or identity of their own."""
    on = timezone.localdate()
    tree, count = queries.tree(on), queries.staff_counts().get(code)
    if code not in tree.nodes:
        raise Http404
    if not request.access.may_for("answer_volume", code, tree):
        require(request.access, "manage_organisation")
    names = ("staff", "without_mail", "without_identity")
    form = StaffForm(request.POST or None, initial={name: getattr(count, name) for name in names} if count else {})
    if request.method == "POST" and form.is_valid():
        row = {"unit": code, "counted_on": on, "source": request.user.name, **form.cleaned_data}
        try:
            operations.apply_workbook(
                municipality=request.municipality, sheets={"Staff": [SheetRow(1, row)]}, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Refusal:
            form.add_error(None, _("More cannot be without than work there. Check the numbers."))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": tree.nodes[code].name})
            return redirect("identities", municipality)
    crumbs = [(_("Identities"), reverse("identities", args=[municipality])), (tree.nodes[code].name, "")]
    context = {"form": form, "name": tree.nodes[code].name, "crumbs": crumbs}
    return render(request, "people/identity.html", context, status=422 if form.is_bound else 200)


def workbook(request: Asked, municipality: str) -> HttpResponse:
    """Hand out the workbook that the organisation can be read back from."""
    require(request.access, "see_organisation")
    return HttpResponse(
        operations.organisation_workbook(), content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{municipality}-organisation.xlsx"'},
    )  # fmt: skip


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take a workbook and keep it, so that it can be looked at before it is applied."""
    require(request.access, "manage_organisation")
    form = WorkbookFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        raw = intake.keep(
            municipality_key=request.municipality.key, name=file.name, content=file, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return redirect("organisation-preview", municipality, raw.key)
    return render(request, "people/load.html", {"form": form})


def preview(request: Asked, municipality: str, raw: UUID) -> HttpResponse:
    """Show what a workbook would change, and apply it when asked."""
    require(request.access, "manage_organisation")
    sheets = read_sheets(intake.reopen(request.municipality.key, raw))
    if request.method == "POST":
        operations.apply_workbook(
            municipality=request.municipality,
            sheets=sheets,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The organisation has been changed."))
        return redirect("organisation", municipality)
    plan = operations.plan_workbook(sheets)
    columns = [
        Column(_("Sheet")), Column(_("Row"), "number"), Column(_("What")), Column(_("Which")), Column(_("Change")),
    ]  # fmt: skip
    words = {"new": _("new"), "changed": _("changed"), "ended": _("ended")}
    rows = [(c.sheet, c.line, words[c.kind], " ".join(c.name), _difference(c)) for c in plan.changes[:500]]
    table = Table(_("What would change"), columns, rows, dense=True)
    return render(request, "people/preview.html", {
        "plan": plan, "table": table, "counts": _counts(plan),
        "faults": sum(problem.severity == "error" for problem in plan.problems),
    })  # fmt: skip


def _counts(plan: Any) -> list[tuple[int, str]]:
    return [(plan.count("new"), _("new")), (plan.count("changed"), _("changed")), (plan.count("ended"), _("ended")),
            (plan.unchanged, _("unchanged"))]  # fmt: skip


def _difference(change: Any) -> str:
    if not change.before:
        return ""
    return "; ".join(
        f"{name}: {change.before.get(name) or '–'} → {value or '–'}"
        for name, value in change.after.items()
        if (change.before.get(name) or "") != (value or "")
    )


def log(request: Asked, municipality: str) -> HttpResponse:
    """Show everything that has been done here, newest first."""
    require(request.access, "see_history")
    before = request.GET.get("before", "")
    found = latest_changes(
        request.municipality.key,
        int(before) if before.isdecimal() else None,
    )
    older = f"?before={found[-1][0]}" if len(found) == 50 else ""
    return render(request, "people/log.html", {"events": told((change for _, change in found), _), "older": older})
