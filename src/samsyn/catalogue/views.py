"""What services there are, who does which step of them, and who has provided them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.catalogue import operations, panels, queries
from samsyn.catalogue.choices import Step
from samsyn.catalogue.forms import UNNEEDED, ProviderForm, StepsForm
from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.organisation.queries import unit_names
from samsyn.people.duty_views import of_thing
from samsyn.people.queries import may_write, owners_of, require, require_somewhere
from samsyn.people.rules import Asked, known_version
from samsyn.people.words import told


def services(request: Asked, municipality: str) -> HttpResponse:
    """List the services, and the steps nobody or several answer for."""
    require_somewhere(request.access, "see_systems")
    found = queries.services()
    owners = owners_of("service", [str(each.service.key) for each in found])
    context = {
        "all": len(found), "uncovered": sum(len(each.uncovered) for each in found),
        "doubled": sum(len(each.doubled) for each in found), "table": panels.services(municipality, found, owners),
    }  # fmt: skip
    return render(request, "catalogue/services.html", context)


def service(request: Asked, municipality: str, service: str) -> HttpResponse:
    """Show one service: who does which step, who owns it, who has provided it."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.service_with_code(service))
    covered, may_edit = queries.covered(found), _may(request, found)
    context = {
        "service": found, "name": queries.name_of(found), "n": len(covered.uncovered),
        "steps": panels.steps(covered, unit_names()), "may_edit": may_edit,
        "providers": panels.providers(municipality, found, queries.providers_of(found), may_edit=may_edit),
        "answering": of_thing(request=request, kind="service", key=found.key),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "crumbs": _crumbs(municipality, found),
    }  # fmt: skip
    return render(request, "catalogue/service.html", context)


def answer(request: Asked, municipality: str, service: str) -> HttpResponse:
    """Say which unit answers for each step of a service."""
    found = _found(queries.service_with_code(service))
    if not _may(request, found):
        require(request.access, "edit_systems")
    form = StepsForm(request.POST or None, initial=_start(found), units=unit_names())
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_steps(
                service=found, steps=form.steps(), unneeded=form.unneeded(), known=known_version(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": queries.name_of(found)})
            return redirect("service", municipality, found.code)
    context = {
        "form": form, "service": found, "name": queries.name_of(found), "known": found.version,
        "rows": [(form[step], form[f"also_{step}"]) for step in Step.values],
        "crumbs": _crumbs(municipality, found, _("Who does what")),
    }  # fmt: skip
    return render(request, "catalogue/answer.html", context, status=422 if form.is_bound else 200)


def _start(found: Any) -> dict[str, str]:
    start = dict.fromkeys(found.unneeded, UNNEEDED)
    for step, units in queries.covered(found).steps.items():
        start |= dict(zip((step, f"also_{step}"), units, strict=False))
    return start


def provider(request: Asked, municipality: str, service: str, key: object = None) -> HttpResponse:
    """Keep who provided a service for a time, and why that ended."""
    found = _found(queries.service_with_code(service))
    if not _may(request, found):
        require(request.access, "edit_systems")
    term = _found(queries.provider_with_key(found, key)) if key else None
    start = {name: getattr(term, name) for name in operations.PROVIDER} if term else {}
    form = ProviderForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_provider(service=found, told=form.cleaned_data, found=term, known=known_version(request),
                                      by=request.user, at=timezone.now())  # fmt: skip
        except Refusal as refusal:
            form.add_error("exit_reason" if refusal.code == "reason_missing" else None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["provider"]})
            return redirect("service", municipality, found.code)
    context = {"form": form, "service": found, "name": queries.name_of(found), "known": term.version if term else 0,
               "crumbs": _crumbs(municipality, found, _("Who has provided it"))}  # fmt: skip
    return render(request, "catalogue/provider.html", context, status=422 if form.is_bound else 200)


def _may(request: Asked, found: Any) -> bool:
    return may_write(request.user, request.access, "edit_systems", found.key)


def _found(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _crumbs(municipality: str, found: Any, here: str = "") -> list[tuple[str, str]]:
    home, name = (_("Services"), reverse("services", args=[municipality])), queries.name_of(found)
    if here:
        return [home, (name, reverse("service", args=[municipality, found.code])), (here, "")]
    return [home, (name, "")]
