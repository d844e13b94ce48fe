"""What surrounds the systems: integrations, whose data is the right one, the standards systems stand on, how fields are
filled.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.contracts.queries import names_by_code as contract_names
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.registers_landscape import INTEGRATIONS
from samsyn.history.queries import changes_of_record
from samsyn.landscape import forms, operations, panels, queries
from samsyn.organisation.queries import unit_names
from samsyn.people import register_views
from samsyn.people.queries import may_write, owners_of, require, require_somewhere
from samsyn.people.rules import Asked, known_version
from samsyn.people.words import told
from samsyn.systems.queries import known_systems, names_by_code, usage_with_code

ROOM = register_views.Room(
    INTEGRATIONS, "edit_systems", operations.load_integrations, "integrations", N_("Integrations")
)  # fmt: skip
SIDES = ("from_code", "to_code")


def integrations(request: Asked, municipality: str) -> HttpResponse:
    """List the integrations, and find some of them."""
    require_somewhere(request.access, "see_systems")
    asked = {name: request.GET.get(name, "") for name in ("text", "after")}
    found = queries.integrations(text=asked["text"], after=asked["after"])
    older = urlencode({**asked, "after": found.after}) if found.after else ""
    context = {
        "table": panels.integrations(municipality, found.integrations, timezone.localdate()), "asked": asked,
        "n": len(queries.running(timezone.localdate())), "older": f"?{older}" if older else "",
        "may_edit": request.access.may("edit_systems"), "filtered": bool(asked["text"]),
    }  # fmt: skip
    return render(request, "landscape/integrations.html", context)


def everything(request: Asked, municipality: str) -> HttpResponse:
    """Draw what exchanges data with what."""
    require_somewhere(request.access, "see_systems")
    on = timezone.localdate()
    found = queries.running(on)
    context = {"chart": panels.picture(municipality, found, on), "n": len(found),
               "crumbs": _crumbs(municipality, "integrations", _("Integrations"), _("Picture"))}  # fmt: skip
    return render(request, "landscape/map.html", context)


def integration(request: Asked, municipality: str, integration: str) -> HttpResponse:
    """Show one integration."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.integration_with_code(integration))
    context = {
        "integration": found, "table": panels.integration(municipality, found, contract_names(), timezone.localdate()),
        "may_edit": _may(request, found.from_code, found.to_code), "history": _history(request, found),
        "crumbs": _crumbs(municipality, "integrations", _("Integrations"), found.code),
    }  # fmt: skip
    return render(request, "landscape/integration.html", context)


def write_integration(request: Asked, municipality: str, integration: str = "") -> HttpResponse:
    """Write down what goes from where to where."""
    found = _found(queries.integration_with_code(integration)) if integration else None
    first = request.GET.get("from", "")
    sides = [found.from_code, found.to_code] if found else [first, *(request.POST.get(each, "") for each in SIDES)]
    if not _may(request, *sides):
        require(request.access, "edit_systems")
    start = {name: getattr(found, name) for name in queries.OWN} if found else {"from_code": first}
    form = forms.IntegrationForm(
        request.POST or None, initial=start, systems=_systems(), contracts=list(contract_names().items())
    )
    return _write(
        request, found, form, [], ("integrations", _("Integrations")),
        ("integration", N_("What goes from where to where?")),
        lambda told, _rows, **more: operations.write_integration(integration=found, told=told, **more),
    )  # fmt: skip


def domains(request: Asked, municipality: str) -> HttpResponse:
    """Show which kinds of data have several registers that claim to be the right one."""
    require_somewhere(request.access, "see_systems")
    found = queries.domains()
    context = {
        "n": sum(each.sources.order == "competing" for each in found), "all": len(found),
        "table": panels.domains(municipality, found, names_by_code()), "may_edit": request.access.may("edit_systems"),
    }  # fmt: skip
    return render(request, "landscape/domains.html", context)


def domain(request: Asked, municipality: str, domain: str) -> HttpResponse:
    """Show the registers of one kind of data side by side."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.domain_with_code(domain))
    names, known = names_by_code(), {each["code"]: each for each in known_systems()}
    codes = {found.sources.source, *found.sources.against, *found.copies}
    keys = {str(known[code]["key"]): code for code in codes if code in known}
    owners = {keys[key]: person for key, person in owners_of("system", keys).items()}
    context = {
        "domain": found.domain, "sources": found.sources, "n": len(found.sources.against),
        "table": panels.registers(municipality, found, names, known, unit_names(), owners),
        "right": names.get(found.sources.source, ""), "may_edit": request.access.may("edit_systems"),
        "history": _history(request, found.domain),
        "crumbs": _crumbs(municipality, "domains", _("Data"), found.domain.name),
    }  # fmt: skip
    return render(request, "landscape/domain.html", context)


def write_domain(request: Asked, municipality: str, domain: str = "") -> HttpResponse:
    """Write down a kind of data, who claims it, and what was decided."""
    require(request.access, "edit_systems")
    asked = _found(queries.domain_with_code(domain)) if domain else None
    found = asked.domain if asked else None
    start = {name: getattr(found, name) for name in operations.DOMAIN} if found else {}
    form = forms.DomainForm(request.POST or None, initial=start, systems=_systems())
    held = [{"code": each.system_code, "claims": each.claims} for each in found.claims.order_by("pk")] if found else []
    rows = forms.rows(forms.ClaimRow, request.POST or None, held, _systems())
    return _write(
        request, found, form, rows, ("domains", _("Data")), ("domain", N_("Which register is the right one?")),
        lambda told, rows, **more: operations.write_domain(
            domain=found, told=told, claims={each["code"]: each["claims"] for each in rows}, **more
        ),
    )  # fmt: skip


def standards(request: Asked, municipality: str) -> HttpResponse:
    """Show the technical standards: what has to be left, by when, and who still stands on it."""
    require_somewhere(request.access, "see_systems")
    on, found = timezone.localdate(), queries.standards()
    leaving = queries.to_leave()
    stand = sum(row.due in ("stands", "overdue") for each in leaving for row in queries.standing(each, on))
    context = {
        "n": len(leaving), "stand": stand, "all": len(found), "may_edit": request.access.may("edit_systems"),
        "table": panels.standards(municipality, found, names_by_code(), on),
    }  # fmt: skip
    return render(request, "landscape/standards.html", context)


def standard(request: Asked, municipality: str, standard: str) -> HttpResponse:
    """Show one technical standard, and who stands on it."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.standard_with_code(standard))
    standing = queries.standing(found, timezone.localdate())
    context = {
        "standard": found, "table": panels.standing(municipality, standing, names_by_code()),
        "stage": found.get_stage_display(),
        "n": sum(each.due in ("stands", "overdue") for each in standing), "history": _history(request, found),
        "may_edit": request.access.may("edit_systems"), "leaving": found.stage in ("hold", "retire"),
        "crumbs": _crumbs(municipality, "standards", _("Standards"), found.name),
    }  # fmt: skip
    return render(request, "landscape/standard.html", context)


def write_standard(request: Asked, municipality: str, standard: str = "") -> HttpResponse:
    """Write down a technical standard, and who stands on it."""
    require(request.access, "edit_systems")
    found = _found(queries.standard_with_code(standard)) if standard else None
    start = {name: getattr(found, name) for name in operations.STANDARD} if found else {}
    form = forms.StandardForm(request.POST or None, initial=start)
    held = [
        {"code": each.system_code, "reason": each.reason, "decision": each.decision, "until_date": each.until_date}
        for each in (found.systems.order_by("pk") if found else ())
    ]  # fmt: skip
    rows = forms.rows(forms.StandsRow, request.POST or None, held, _systems())
    return _write(
        request, found, form, rows, ("standards", _("Standards")), ("standard", N_("What do systems stand on?")),
        lambda told, rows, **more: operations.write_standard(standard=found, told=told, systems=rows, **more),
    )  # fmt: skip


def customisation(request: Asked, municipality: str, system: str, key: object = None) -> HttpResponse:
    """Write down what was changed in a system for this municipality alone."""
    require_somewhere(request.access, "see_systems")
    if usage_with_code(system) is None:
        raise Http404
    if not _may(request, system):
        require(request.access, "edit_systems")
    found = _found(queries.customisation_with_key(key)) if key else None
    if found and found.system_code != system:
        raise Http404
    start = {name: getattr(found, name) for name in operations.CUSTOM} if found else {}
    form = forms.CustomisationForm(request.POST or None, initial=start)
    return _write(
        request, found, form, [], ("systems", _("Systems")), ("", N_("What was changed for us alone?")),
        lambda told, _rows, **more: operations.write_customisation(
            customisation=found, system_code=system, told=told, **more
        ),
        system,
    )  # fmt: skip


def fields(request: Asked, municipality: str) -> HttpResponse:
    """Show which fields of systems units fill in different ways."""
    require_somewhere(request.access, "see_systems")
    found = queries.fields(timezone.localdate())
    differ = [each for each in found if each.differs]
    context = {
        "n": len(differ), "systems": len({each.field.system_code for each in differ}), "all": len(found),
        "agreed": any("agreed" in each.variance.states.values() for each in found),
        "unasked": sum(bool(each.variance.unasked) for each in found),
        "table": panels.fields(municipality, found, names_by_code()), "may_edit": request.access.may("edit_systems"),
    }  # fmt: skip
    return render(request, "landscape/fields.html", context)


def field(request: Asked, municipality: str, field: str) -> HttpResponse:
    """Show how one field is to be filled, and how each unit does."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.field_with_code(field, timezone.localdate()))
    may_edit = _may(request, found.field.system_code)
    context = {
        "field": found.field, "table": panels.field(municipality, found.field, names_by_code()),
        "ways": panels.ways(found), "practices": panels.practices(municipality, found, may_edit),
        "n": len(found.variance.ways), "states": set(found.variance.states.values()), "may_edit": may_edit,
        "otherwise": found.variance.otherwise, "unasked": panels.named(found),
        "history": _history(request, found.field),
        "crumbs": _crumbs(municipality, "fields", _("Fields"), found.field.name),
    }  # fmt: skip
    return render(request, "landscape/field.html", context)


def write_field(request: Asked, municipality: str, field: str = "") -> HttpResponse:
    """Write how a field of a system is to be filled."""
    found = _found(queries.field_standard(field)) if field else None
    first = request.GET.get("system", "")
    if not _may(request, found.system_code if found else request.POST.get("system_code", first)):
        require(request.access, "edit_systems")
    start = {name: getattr(found, name) for name in operations.FIELD} if found else {"system_code": first}
    form = forms.FieldForm(request.POST or None, initial=start, systems=[] if found else _systems())
    return _write(
        request, found, form, [], ("fields", _("Fields")), ("field", N_("How is the field to be filled?")),
        lambda told, _rows, **more: operations.write_field(field=found, told=told, **more),
    )  # fmt: skip


def note_practice(request: Asked, municipality: str, field: str) -> HttpResponse:
    """Note how a unit fills a field."""
    on = timezone.localdate()
    found = _found(queries.field_with_code(field, on))
    if not _may(request, found.field.system_code):
        require(request.access, "edit_systems")
    start = {"unit_code": request.GET.get("unit", ""), "seen_date": on}
    units = list(queries.units_that_fill(found.field.system_code, on).items())
    form = forms.NoteForm(request.POST or None, initial=start, units=units, ways=found.variance.ways)
    if request.method == "POST" and form.is_valid() and _noted(request, found.field, form):
        messages.success(request, _("It is noted how %(name)s is filled.") % {"name": found.field.name})
        return redirect("field", municipality, field)
    here = (found.field.name, reverse("field", args=[municipality, field]))
    context = {
        "form": form, "field": found.field,
        "crumbs": [(_("Fields"), reverse("fields", args=[municipality])), here, (_("Note how it is"), "")],
    }  # fmt: skip
    return render(request, "landscape/note.html", context, status=422 if form.is_bound else 200)


def _noted(request: Asked, field: Any, form: forms.NoteForm) -> bool:
    """Keep a note; a refusal becomes an error of the form."""
    try:
        operations.note_practice(
            field=field, told=form.cleaned_data, known=known_version(request), by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
    return form.is_valid()


def _write(
    request: Asked, found: Any, form: Any, rows: list[Any], above: tuple[str, str], page: tuple[str, str],
    save: Callable[..., Any], system: str = "",
) -> HttpResponse:  # fmt: skip
    """Take in a form with its rows; what somebody else wrote meanwhile stands beside it."""
    municipality, posted = request.municipality.code, request.method == "POST"
    stale = posted and found is not None and request.POST.get("known") != str(found.version)
    if posted and all([form.is_valid(), *(row.is_valid() for row in rows)]) and not stale:
        try:
            saved = save(form.cleaned_data, forms.told(rows), municipality=request.municipality, by=request.user,
                         at=timezone.now(), known=found.version if found else 0)  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return redirect("system", municipality, system) if system else redirect(page[0], municipality, saved.code)
    context = {
        "form": form, "rows": rows, "found": found, "stale": stale, "title": _(page[1]),
        "both": panels.both(form, form.initial) if stale else None,
        "back": _link(municipality, page[0], found.code) if found and page[0] else _link(municipality, above[0]),
        "crumbs": _crumbs(municipality, *above, str(found) if found else _("New")),
    }  # fmt: skip
    return render(request, "landscape/write.html", context, status=409 if stale else 422 if posted else 200)


def _systems() -> list[tuple[str, str]]:
    return list(names_by_code().items())


def _may(request: Asked, *systems: str) -> bool:
    """Tell whether this person may write: by right, or as one who answers for one of the systems."""
    require_somewhere(request.access, "see_systems")
    usages = [usage for code in systems if code and (usage := usage_with_code(code))]
    may = request.access.may("edit_systems")
    return may or any(may_write(request.user, request.access, "edit_systems", each.key) for each in usages)


def _history(request: Asked, found: Any) -> list[dict[str, Any]]:
    return told(changes_of_record(request.municipality.key, found.key), _)


def _found(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _link(municipality: str, there: str, *named: str) -> str:
    return reverse(there, args=[municipality, *named])


def _crumbs(municipality: str, there: str, above: str, here: str) -> list[tuple[str, str]]:
    return [(above, reverse(there, args=[municipality])), (here, "")]


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a list of integrations that somebody else has written."""
    return register_views.load(request, ROOM)


def check(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a list would do, and load it."""
    return register_views.check(request, ROOM, key)
