"""What is measured, who answers for it, and whether others could work it out too."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.people.duty_views import of_thing
from samsyn.people.queries import may_write, owners_of, require, require_somewhere
from samsyn.people.rules import Asked, known_version
from samsyn.people.words import told
from samsyn.steering import operations, panels, queries
from samsyn.steering.choices import ASKED
from samsyn.steering.forms import IndicatorForm


def indicators(request: Asked, municipality: str) -> HttpResponse:
    """List the indicators, and say how many have nobody who answers for them."""
    require_somewhere(request.access, "see_systems")
    found = queries.indicators()
    owners = owners_of("indicator", [str(each.key) for each in found])
    context = {
        "all": len(found), "n": sum(str(each.key) not in owners for each in found),
        "undescribed": sum(bool(queries.unsaid(each)) for each in found),
        "hours": round(sum(queries.minutes_a_year(each) or 0 for each in found) / 60),
        "table": panels.indicators(municipality, found, owners), "may_edit": request.access.may("edit_systems"),
    }  # fmt: skip
    return render(request, "steering/indicators.html", context)


def indicator(request: Asked, municipality: str, indicator: str) -> HttpResponse:
    """Show one indicator: what it tells, how it is worked out, who answers for it."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.indicator_with_code(indicator))
    context = {
        "indicator": found, "n": len(queries.unsaid(found)), "table": panels.answers(found),
        "answering": of_thing(request=request, kind="indicator", key=found.key),
        "may_edit": may_write(request.user, request.access, "edit_systems", found.key),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "crumbs": [(_("Indicators"), reverse("indicators", args=[municipality])), (found.name, "")],
    }  # fmt: skip
    return render(request, "steering/indicator.html", context)


def write(request: Asked, municipality: str, indicator: str = "") -> HttpResponse:
    """Say what is measured, from what, how and how often."""
    found = _found(queries.indicator_with_code(indicator)) if indicator else None
    if not found or not may_write(request.user, request.access, "edit_systems", found.key):
        require(request.access, "edit_systems")
    start = {name: getattr(found, name) for name in ("name", *ASKED)} if found else {}
    form = IndicatorForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.write_indicator(
                municipality=request.municipality, told=form.cleaned_data, found=found, known=known_version(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("name" if refusal.code == "name_taken" else None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("indicator", municipality, saved.code)
    context: dict[str, Any] = {
        "form": form, "indicator": found, "known": found.version if found else 0,
        "crumbs": [(_("Indicators"), reverse("indicators", args=[municipality])),
                   (found.name if found else _("New indicator"), "")],
    }  # fmt: skip
    return render(request, "steering/write.html", context, status=422 if form.is_bound else 200)


def _found(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
