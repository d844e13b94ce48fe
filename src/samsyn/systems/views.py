"""The systems: which there are, what is known of each, and what is not."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import N_, Refusal
from samsyn.formats.registers import SYSTEMS
from samsyn.history.queries import changes_of_record
from samsyn.intake.rules import lock
from samsyn.people import register_views
from samsyn.people.queries import may_write, owner_of, require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.systems import operations, panels, queries, words
from samsyn.systems.choices import ANSWERS, QUESTIONS
from samsyn.systems.forms import SystemForm, initial
from samsyn.web.pages import csv_file

ROOM = register_views.Room(
    SYSTEMS, "edit_systems", operations.load_systems, "systems", N_("Systems"), ANSWERS
)  # fmt: skip
FILTERS = ("text", "missing", "kind", "hosting", "stage", "after")


def systems(request: Asked, municipality: str) -> HttpResponse:
    """List the systems, say how many are known, and find those that lack an answer."""
    require_somewhere(request.access, "see_systems")
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in FILTERS}
    tally = queries.tally(panels.GAPS)
    found = queries.systems(**asked, on=timezone.localdate())
    older = urlencode({**asked, "after": found.after}) if found.after else ""
    context = {
        "tally": tally, "table": panels.systems(municipality, found.systems), "asked": asked,
        "filters": (filters := panels.filters(asked)), "narrowed": any(chosen for *_words, chosen in filters),
        "gaps": panels.gaps(municipality, tally), "may_edit": request.access.may("edit_systems"),
        "questions": QUESTIONS.items(), "is_shared": queries.is_shared(), "older": f"?{older}" if older else "",
        "filtered": any(value for name, value in asked.items() if name != "after"),
        "file": f"{reverse('systems-file', args=[municipality])}?{urlencode({**asked, 'after': ''})}",
    }  # fmt: skip
    return render(request, "systems/systems.html", context)


def download(request: Asked, municipality: str) -> HttpResponseBase:
    """Hand out the whole list as CSV, line by line."""
    require_somewhere(request.access, "see_systems")
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in FILTERS if name != "after"}
    asked["on"] = timezone.localdate()
    return csv_file(words.whole_list(**asked), f"{municipality}-systems")


def system(request: Asked, municipality: str, system: str) -> HttpResponse:
    """Show one system: the eight questions with their answers, its life and its history."""
    require_somewhere(request.access, "see_systems")
    found = usage_or_404(system)
    owned = owner_of("system", found.key) is not None
    scale = queries.scale() if found.information_class else ("", [])
    claimed, doubts = panels.claim(found, owned)
    context = {
        "system": found, "known": queries.how_known(found), "table": panels.answers(found, owned),
        "received": panels.received(found), "sections": panels.sections(found, scale),
        "stage": panels.stage(found), "life": panels.life(found), "claimed": claimed, "doubts": doubts,
        "may_edit": may_write(request.user, request.access, "edit_systems", found.key),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "crumbs": [(_("Systems"), reverse("systems", args=[municipality])), (found.name, "")],
    }  # fmt: skip
    return render(request, "systems/system.html", context)


def write(request: Asked, municipality: str, system: str = "") -> HttpResponse:
    """Write down what is known of a system; what somebody else wrote meanwhile stands beside it."""
    found = usage_or_404(system) if system else None
    if found is None or not may_write(request.user, request.access, "edit_systems", found.key):
        require(request.access, "edit_systems")
    start = initial(found) if found else _of_catalogue(request.GET.get("of", ""))
    form = SystemForm(request.POST or None, initial=start, on=timezone.localdate())
    if found:
        lock(form, found.key)
    stale = found is not None and request.method == "POST" and request.POST.get("known") != str(found.version)
    if request.method == "POST" and form.is_valid() and not stale and (saved := _saved(request, found, form)):
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("system", municipality, saved.code)
    context = {
        "form": form, "system": found, "both": panels.both(form, start) if stale else None, "stale": stale,
        "crumbs": _crumbs(municipality, found),
    }  # fmt: skip
    return render(request, "systems/write.html", context, status=409 if stale else 422 if form.is_bound else 200)


def _of_catalogue(key: str) -> dict[str, Any]:
    """Return how the form of a new system begins where it stands in the shared catalogue."""
    shared = queries.shared_with_key(key) if key else None
    return {"name": shared.name, "supplier": shared.supplier} if shared else {}


def catalogue(request: Asked, municipality: str) -> HttpResponse:
    """Show the systems that all municipalities of the installation have described together."""
    require_somewhere(request.access, "see_systems")
    asked = {name: request.GET.get(name, "") for name in ("text", "after")}
    found, after = queries.catalogue(asked["text"], asked["after"])
    may_edit = request.access.may("edit_systems")
    context = {
        "table": panels.catalogue(municipality, found, may_edit), "asked": asked, "is_shared": queries.is_shared(),
        "older": f"?{urlencode({**asked, 'after': after})}" if after else "",
        "crumbs": [(_("Systems"), reverse("systems", args=[municipality])), (_("Shared catalogue"), "")],
    }  # fmt: skip
    return render(request, "systems/catalogue.html", context)


def _saved(request: Asked, found: Any, form: SystemForm) -> Any:
    """Return what was saved; a refusal becomes an error of the form."""
    common: dict[str, Any] = {"told": form.cleaned_data, "by": request.user, "at": timezone.now()}
    try:
        if found:
            return operations.change_system(usage=found, known=found.version, **common)
        return operations.add_system(municipality=request.municipality, **common)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
        return None


def usage_or_404(code: str) -> Any:
    """Return a system by its local number."""
    found = queries.usage_with_code(code)
    if found is None:
        raise Http404
    return found


def _crumbs(municipality: str, found: Any) -> list[tuple[str, str]]:
    crumbs = [(_("Systems"), reverse("systems", args=[municipality]))]
    if found:
        here = (found.name, reverse("system", args=[municipality, found.code]))
        return [*crumbs, here, (_("Write what you know"), "")]
    return [*crumbs, (_("New system"), "")]


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a list of systems that somebody else has written."""
    return register_views.load(request, ROOM)


def check(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a list of systems would do, and load it."""
    return register_views.check(request, ROOM, key)
