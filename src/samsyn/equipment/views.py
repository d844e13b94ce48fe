"""The devices: which there are, who has each, and what must be handed back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.periods import day_of
from samsyn.core.refusals import N_, Refusal
from samsyn.equipment import exports, operations, panels, queries
from samsyn.equipment.forms import DeviceForm, GoneForm, initial
from samsyn.equipment.rules import units_seen
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.history.queries import changes_of_record
from samsyn.organisation.queries import tree, unit_names
from samsyn.people import register_views
from samsyn.people.queries import managers_of, require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.web.pages import csv_file

ROOM = register_views.Room(
    EQUIPMENT, "edit_equipment", operations.load_equipment, "equipment", N_("Equipment")
)  # fmt: skip
FILTERS = ("text", "kind", "unit", "before", "missing", "ended")


def equipment(request: Asked, municipality: str) -> HttpResponse:
    """List the devices this person may see, say how many, and find some of them."""
    units, on, names = _units(request), timezone.localdate(), unit_names()
    asked = _asked(request)
    found = queries.devices(_question(asked), units, after=request.GET.get("after", ""))
    query = urlencode({name: value for name, value in asked.items() if value})
    older = urlencode({**asked, "after": found.after}) if found.after else ""
    nodes = tree(on).nodes
    context = {
        "tally": (tally := queries.tally(on, units)), "facts": panels.facts(municipality, tally, on), "asked": asked,
        "table": panels.devices(municipality, found.devices, names, on), "filtered": any(asked.values()),
        "narrowed": any(value for name, value in asked.items() if name not in ("text", "unit")),
        "kinds": [(each, panels.kind(each)) for each in queries.kinds(units)],
        "units": [(code, node.name) for code, node in nodes.items() if units is None or code in units],
        "older": f"?{older}" if older else "", "may_edit": request.access.may("edit_equipment"),
        "file": f"{reverse('equipment-file', args=[municipality])}?{query}",
    }  # fmt: skip
    return render(request, "equipment/equipment.html", context)


def download(request: Asked, municipality: str) -> HttpResponseBase:
    """Hand out the whole list as CSV, line by line."""
    asked = _question(_asked(request))
    return csv_file(exports.whole_list(asked, _units(request)), f"{municipality}-devices")


def returns(request: Asked, municipality: str) -> HttpResponse:
    """List what must be handed back within a year, by unit, and device by device of one of them."""
    units, on, names = _units(request), timezone.localdate(), unit_names()
    found, unit = queries.returns(on, units), request.GET.get("unit", "")
    # a unit without devices is nobody's; "-" stands for no unit
    code = "" if unit == "-" else unit
    listed = queries.returned_by(code, on, units, after=request.GET.get("after", "")) if unit else None
    older = urlencode({"unit": unit, "after": listed.after}) if listed and listed.after else ""
    context = {
        "count": sum(each.count for each in found), "late": sum(each.late for each in found), "unit": unit,
        "table": panels.returns(municipality, found, names), "name": names.get(code, "") or _("No unit"),
        "listed": panels.returned(municipality, listed.devices, on) if listed else None,
        "older": f"?{older}" if older else "",
        "crumbs": [(_("Equipment"), reverse("equipment", args=[municipality])), (_("To hand back"), "")],
    }  # fmt: skip
    return render(request, "equipment/returns.html", context)


def device(request: Asked, municipality: str, device: UUID) -> HttpResponse:
    """Show one device: five answers, who has had it, and what files have said of it."""
    units, on, names = _units(request), timezone.localdate(), unit_names()
    found = _device(device, units)
    managers = [each.name for each in managers_of(found.unit_code, tree(on), on)] if found.unit_code else []
    # what happened elsewhere may name people of other units
    events = told(changes_of_record(request.municipality.key, found.key), _) if units is None else []
    context = {
        "device": found, "what": panels.what(found), "table": panels.answers(found, names, managers, on),
        "state": panels.state(found, on), "known": panels.known(found, names), "received": panels.received(found),
        "holders": panels.holders(queries.holdings(found, units), names), "history": events,
        "may_edit": request.access.may("edit_equipment"),
        "crumbs": [(_("Equipment"), reverse("equipment", args=[municipality])), (str(found), "")],
    }  # fmt: skip
    return render(request, "equipment/device.html", context)


def add(request: Asked, municipality: str) -> HttpResponse:
    """Add one device."""
    require(request.access, "edit_equipment")
    form = DeviceForm(request.POST or None, on=timezone.localdate(), new=True)
    if form.is_bound and form.is_valid():
        try:
            added = operations.add_device(
                municipality=request.municipality, told=form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("serial" if refusal.code.startswith("serial") else None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": added})
            return redirect("device", municipality, added.key)
    crumbs = [(_("Equipment"), reverse("equipment", args=[municipality])), (_("Add a device"), "")]
    context = {"form": form, "crumbs": crumbs, "kinds": queries.kinds(None)}
    return render(request, "equipment/write.html", context, status=422 if form.is_bound else 200)


def write(request: Asked, municipality: str, device: UUID) -> HttpResponse:
    """Write down what is known of a device; what somebody else wrote meanwhile stands beside it."""
    require(request.access, "edit_equipment")
    found, on = _device(device, _units(request)), timezone.localdate()
    start = initial(found)
    form = DeviceForm(request.POST or None, initial=start, on=on)
    stale = _stale(request, found)
    if not stale and _done(request, form, operations.change_device, found, lambda told: {"told": told}):
        messages.success(request, _("%(name)s is saved.") % {"name": found})
        return redirect("device", municipality, found.key)
    context = {
        "form": form, "device": found, "stale": stale, "crumbs": _crumbs(municipality, found, _("Write what you know")),
        "both": panels.both(form, start, unit_names()) if stale else None, "kinds": queries.kinds(None),
    }  # fmt: skip
    return render(request, "equipment/write.html", context, status=409 if stale else 422 if form.is_bound else 200)


def gone(request: Asked, municipality: str, device: UUID) -> HttpResponse:
    """Note that a device is no longer here, and what became of it."""
    require(request.access, "edit_equipment")
    found = _device(device, _units(request))
    form = GoneForm(request.POST or None, initial={"on": timezone.localdate()})
    stale = _stale(request, found)
    if not stale and _done(request, form, operations.return_device, found, dict):
        messages.success(request, _("%(name)s is no longer here.") % {"name": found})
        return redirect("device", municipality, found.key)
    crumbs = _crumbs(municipality, found, _("No longer here"))
    context = {"form": form, "device": found, "stale": stale, "crumbs": crumbs}
    return render(request, "equipment/gone.html", context, status=409 if stale else 422 if form.is_bound else 200)


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a list of devices that somebody else has written."""
    return register_views.load(request, ROOM)


def check(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a list of devices would do, and load it."""
    return register_views.check(request, ROOM, key)


def _done(request: Asked, form: Any, operation: Any, found: Any, words: Any) -> bool:
    """Tell whether what was sent was right and is done; a refusal becomes an error of the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        operation(device=found, known=found.version, by=request.user, at=timezone.now(), **words(form.cleaned_data))
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
        return False
    return True


def _stale(request: Asked, found: Any) -> bool:
    return request.method == "POST" and request.POST.get("known") != str(found.version)


def _units(request: Asked) -> frozenset[str] | None:
    """Return whose devices this person sees; refuses who sees nobody's."""
    require_somewhere(request.access, "see_equipment")
    return units_seen(request.access, tree(timezone.localdate()))


def _asked(request: Asked) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in FILTERS}


def _question(asked: dict[str, str]) -> queries.Asked:
    unit = asked["unit"]
    below = frozenset(tree(timezone.localdate()).subtree(unit)) if unit else ()
    return queries.Asked(asked["text"], asked["kind"], below, day_of(asked["before"]), asked["missing"],
                         bool(asked["ended"]))  # fmt: skip


def _device(key: UUID, units: frozenset[str] | None) -> Any:
    found = queries.device_with_key(key, units)
    if found is None:
        raise Http404
    return found


def _crumbs(municipality: str, found: Any, here: str) -> list[tuple[str, str]]:
    there = reverse("device", args=[municipality, found.key])
    return [(_("Equipment"), reverse("equipment", args=[municipality])), (str(found), there), (here, "")]
