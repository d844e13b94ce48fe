"""Which systems are looked after together, and who has gone through who may do what."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.intake import operations as intake
from samsyn.maintenance import operations, panels, queries
from samsyn.maintenance.forms import FundingForm, ObjectForm, ReviewForm
from samsyn.people.duty_views import of_thing
from samsyn.people.queries import may_write, require, require_somewhere
from samsyn.people.rules import Asked, known_version
from samsyn.people.words import told
from samsyn.systems.queries import in_use, usage_with_code
from samsyn.systems.queries import things as systems_with_keys


def groups(request: Asked, municipality: str) -> HttpResponse:
    """List the groups of systems that are looked after together."""
    require_somewhere(request.access, "see_systems")
    found = queries.objects()
    context = {"n": len(found), "table": panels.groups(municipality), "may_edit": request.access.may("edit_systems")}
    return render(request, "maintenance/groups.html", context)


def group(request: Asked, municipality: str, group: str) -> HttpResponse:
    """Show one group: who answers for it, and its systems."""
    require_somewhere(request.access, "see_systems")
    found = _found(queries.object_with_code(group))
    keys = queries.systems_of(found)
    context = {
        "group": found, "n": len(keys), "table": panels.systems_in(municipality, keys),
        "answering": of_thing(request=request, kind="object", key=found.key),
        "may_edit": request.access.may("edit_systems"),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "crumbs": [(_("Groups of systems"), reverse("maintenance-objects", args=[municipality])), (found.name, "")],
    }  # fmt: skip
    return render(request, "maintenance/group.html", context)


def write(request: Asked, municipality: str, group: str = "") -> HttpResponse:
    """Say which systems are looked after together."""
    require(request.access, "edit_systems")
    found = _found(queries.object_with_code(group)) if group else None
    known = [(str(each.key), each.name) for each in in_use(timezone.localdate()).values()]
    start = {"name": found.name, "purpose": found.purpose, "systems": queries.systems_of(found)} if found else {}
    form = ObjectForm(request.POST or None, initial=start, systems=known)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.write_object(
                municipality=request.municipality, told=form.cleaned_data, systems=form.cleaned_data["systems"],
                found=found, known=known_version(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("maintenance-object", municipality, saved.code)
    home = (_("Groups of systems"), reverse("maintenance-objects", args=[municipality]))
    here = (found.name, reverse("maintenance-object", args=[municipality, found.code])) if found else None
    context = {"form": form, "group": found, "crumbs": [home, *([here] if here else []), (_("Write it down"), "")]}
    return render(request, "maintenance/write.html", context, status=422 if form.is_bound else 200)


def reviews(request: Asked, municipality: str) -> HttpResponse:
    """List the systems by when who may do what was last gone through."""
    require_somewhere(request.access, "see_systems")
    on = timezone.localdate()
    text = request.GET.get("text", "")
    found = queries.reviews(on, text=text, after=request.GET.get("after", ""))
    context = {
        "tally": queries.tally(on), "table": panels.reviews(municipality, found.reviews, on), "text": text,
        "older": f"?{urlencode({'text': text, 'after': found.after})}" if found.after else "",
    }  # fmt: skip
    return render(request, "maintenance/reviews.html", context)


def reviews_of(request: Asked, municipality: str, system: str) -> HttpResponse:
    """Show the reviews of one system, and keep a new one."""
    require_somewhere(request.access, "see_systems")
    found = _found(usage_with_code(system))
    may = may_write(request.user, request.access, "edit_systems", found.key)
    if request.method == "POST" and not may:
        require(request.access, "edit_systems")
    form = ReviewForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _reviewed(request, found, form):
        messages.success(request, _("The review is kept. The next is due in a year."))
        return redirect("access-reviews-of", municipality, found.code)
    context = {
        "form": form if may else None, "system": found, "crumbs": _crumbs(municipality, found),
        "table": panels.reviews_of(municipality, found, may_open=may or request.access.may("see_history")),
    }  # fmt: skip
    return render(request, "maintenance/reviews_of.html", context, status=422 if form.is_bound else 200)


def _reviewed(request: Asked, system: Any, form: ReviewForm) -> bool:
    """Keep a review; a refusal becomes an error of the form."""
    wanted = {name: form.cleaned_data[name] for name in ("done_on", "accounts", "removed", "changed", "evidence")}
    file = form.cleaned_data["file"]
    try:
        if file:
            intake.admit(file.size)
        operations.review_access(
            municipality=request.municipality, system_key=system.key, **wanted, file=file or None,
            file_name=file.name if file else "", by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
    return form.is_valid()


def file(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Hand out the list that shows that a review was done, to those who answer for the system."""
    review = _found(queries.review_with_key(key))
    if not may_write(request.user, request.access, "edit_systems", review.system_key):
        require(request.access, "see_history")
    if not review.raw_key or not systems_with_keys([str(review.system_key)]):
        raise Http404
    data = intake.reopen(request.municipality.key, review.raw_key)
    named = review.file_name.replace('"', "").replace("\n", "")
    return HttpResponse(data, content_type="application/octet-stream",
                        headers={"Content-Disposition": f'attachment; filename="{named}"'})  # fmt: skip


def funding(request: Asked, municipality: str) -> HttpResponse:
    """List what others pay a part of, and when that ends."""
    require_somewhere(request.access, "see_systems")
    on, found, may_edit = timezone.localdate(), queries.funding(), request.access.may("edit_systems")
    soon = [each for each in found if each.end_date and 0 <= (each.end_date - on).days <= queries.SOON_DAYS]
    context = {"all": len(found), "n": len(soon), "may_edit": may_edit,
               "table": panels.funding(municipality, found, on, may_edit=may_edit)}  # fmt: skip
    return render(request, "maintenance/funding.html", context)


def write_funding(request: Asked, municipality: str, key: object = None) -> HttpResponse:
    """Keep who pays a part of what, on what conditions and until when."""
    require(request.access, "edit_systems")
    found = _found(queries.funding_with_key(key)) if key else None
    start = {name: getattr(found, name) for name in operations.FUNDED} if found else {}
    systems = [(str(each.key), each.name) for each in in_use(timezone.localdate()).values()]
    form = FundingForm(request.POST or None, initial=start, systems=systems)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.write_funding(
                municipality=request.municipality, told=form.cleaned_data, found=found, known=known_version(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            fields = {"asset_missing": "asset", "conditions_missing": "conditions"}
            form.add_error(fields.get(refusal.code), refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved.asset})
            return redirect("funding", municipality)
    crumbs = [(_("Money from outside"), reverse("funding", args=[municipality])), (_("Write it down"), "")]
    context = {"form": form, "known": found.version if found else 0, "crumbs": crumbs}
    return render(request, "maintenance/write_funding.html", context, status=422 if form.is_bound else 200)


def _found(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _crumbs(municipality: str, system: Any) -> list[tuple[str, str]]:
    return [
        (_("Reviews of who may do what"), reverse("access-reviews", args=[municipality])),
        (system.name, reverse("system", args=[municipality, system.code])), (_("Review"), ""),
    ]  # fmt: skip
