"""What is known of a system beyond the eight questions, and the rounds of questions that ask its owner for it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.intake.rules import lock
from samsyn.people.queries import may_write, require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.systems import forms, operations, panels, queries
from samsyn.systems.choices import ALL_QUESTIONS, SECTIONS
from samsyn.systems.views import usage_or_404


def about(request: Asked, municipality: str, system: str, section: str) -> HttpResponse:
    """Write one section of what is known of a system; what somebody else wrote meanwhile stands beside it."""
    found = usage_or_404(system)
    if section not in SECTIONS:
        raise Http404
    if not may_write(request.user, request.access, "edit_systems", found.key):
        require(request.access, "edit_systems")
    title, questions = SECTIONS[section]
    start = forms.about(found, list(questions))
    form = _form(request.POST or None, found, list(questions), start)
    stale = request.method == "POST" and request.POST.get("known") != str(found.version)
    if request.method == "POST" and form.is_valid() and not stale and _saved(request, found, form):
        messages.success(request, _("%(name)s is saved.") % {"name": found.name})
        return redirect("system", municipality, found.code)
    context = {
        "form": form, "system": found, "title": title, "stale": stale,
        "both": panels.both(form, start) if stale else None,
        "crumbs": [(_("Systems"), reverse("systems", args=[municipality])),
                   (found.name, reverse("system", args=[municipality, found.code])), (title, "")],
    }  # fmt: skip
    return render(request, "systems/about.html", context, status=409 if stale else 422 if form.is_bound else 200)


def _form(data: Any, usage: Any, names: list[str], start: dict[str, Any], **options: Any) -> forms.AboutForm:
    aspects = queries.scale()[1] if "information_class" in names else []
    form = forms.AboutForm(data, initial=start, names=names, aspects=aspects, on=timezone.localdate(), **options)
    lock(form, usage.key)
    return form


def _saved(request: Asked, found: Any, form: forms.AboutForm) -> bool:
    """Write what a form tells; a refusal becomes an error of the form."""
    try:
        operations.change_system(usage=found, told=form.told(), known=found.version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
        return False
    return True


def campaigns(request: Asked, municipality: str) -> HttpResponse:
    """List the rounds of questions that owners have been asked."""
    require_somewhere(request.access, "see_systems")
    found, on = queries.campaigns(), timezone.localdate()
    context = {
        "table": panels.campaigns(municipality, found), "running": sum(each.campaign.until >= on for each in found),
        "may_edit": request.access.may("edit_systems"),
        "crumbs": [(_("Systems"), reverse("systems", args=[municipality])), (_("Ask the owners"), "")],
    }  # fmt: skip
    return render(request, "systems/campaigns.html", context)


def begin(request: Asked, municipality: str) -> HttpResponse:
    """Ask the owners of some systems a few questions."""
    require(request.access, "edit_systems")
    form = forms.CampaignForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            begun = operations.begin_campaign(
                municipality=request.municipality, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            day = refusal.code == "day_has_passed"
            form.add_error("until" if day else "questions", refusal.sentence(_))
        else:
            messages.success(request, _("The owners are asked. They get a mail each."))
            return redirect("campaign-progress", municipality, begun.key)
    context = {"form": form, "crumbs": _crumbs(municipality, _("New questions"))}
    return render(request, "systems/begin.html", context, status=422 if form.is_bound else 200)


def progress(request: Asked, municipality: str, campaign: object) -> HttpResponse:
    """Show which owners have answered what; their names are for those who may ask somebody to own a system."""
    require_somewhere(request.access, "see_systems")
    found = _campaign(campaign)
    asked = queries.asked_in(found)
    whole, left = len(asked) * len(found.questions), sum(len(each.left) for each in asked)
    context = {
        "campaign": found, "table": panels.progress(found, asked, request.access.may("offer_duties")),
        "done": whole - left, "whole": whole, "ended": found.until < timezone.localdate(),
        "questions": [ALL_QUESTIONS[each] for each in found.questions],
        "ownerless": sum(each.owner is None for each in asked),
        "crumbs": _crumbs(municipality, _("How far it has come")),
    }  # fmt: skip
    return render(request, "systems/progress.html", context)


def campaign(request: Asked, municipality: str, campaign: object) -> HttpResponse:
    """Ask an owner what is left about their systems, one system at a time; keep each answer by itself."""
    require_somewhere(request.access, "see_systems")
    found = _campaign(campaign)
    asked = queries.asked_in(found, request.user)
    if not asked:
        if request.access.may("edit_systems"):
            return redirect("campaign-progress", municipality, found.key)
        raise Http404
    ended = found.until < timezone.localdate()
    bound, stale = _answered(request, found, asked) if request.method == "POST" else (None, None)
    if request.method == "POST" and bound is None:
        return redirect(_next(request, found, asked))
    here = _chosen(request, asked)
    context = {
        "campaign": found, "here": here, "ended": ended, "n": sum(len(each.left) for each in asked), "stale": stale,
        "table": panels.mine(request.path, asked, found.questions),
        "questions": _questions(here, found.questions, bound, ended),
    }  # fmt: skip
    return render(request, "systems/campaign.html", context, status=(409 if stale else 422) if bound else 200)


def _chosen(request: Asked, asked: list[Any]) -> Any:
    """Return the system to ask about: the one that is named, else the first that lacks an answer."""
    named = request.POST.get("system") or request.GET.get("system")
    found = [each for each in asked if each.usage.code == named] or [each for each in asked if each.left]
    return (found or asked)[0]


def _answered(request: Asked, found: Any, asked: list[Any]) -> tuple[Any, Any]:
    """Keep one answer. Returns the form to show again, or None, and what somebody else has written meanwhile."""
    here, question = _chosen(request, asked), request.POST.get("question", "")
    if question not in found.questions or here.usage.code != request.POST.get("system"):
        raise Http404
    start = forms.about(here.usage, [question])
    form = _form(request.POST, here.usage, [question], start, auto_id=f"{question}_%s")
    nobody, valid = request.POST.get("do") == "nobody", form.is_valid()
    if request.POST.get("known") != str(here.usage.version):
        return form, panels.both(form, start)
    if not nobody and not valid:
        return form, None
    if not nobody and form.is_empty():
        form.add_error(None, _("Write an answer, or say that nobody knows."))
        return form, None
    told = {} if nobody else {name: value for name, value in form.told().items() if not name.startswith("unknown")}
    try:
        operations.answer(campaign=found, usage=here.usage, question=question, told=told, known=here.usage.version,
                          by=request.user, at=timezone.now(), on=timezone.localdate())  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
        return form, None
    return None, None


def _next(request: Asked, found: Any, asked: list[Any]) -> str:
    """Return where to go on: the same system while something is left of it, else the next."""
    here = _chosen(request, asked)
    left = [each for each in here.left if each != request.POST.get("question")]
    messages.success(request, _("Kept: %(name)s.") % {"name": here.usage.name})
    return f"{request.path}?system={here.usage.code}" if left else request.path


def _questions(here: Any, names: list[str], bound: Any, ended: bool) -> list[dict[str, Any]]:
    """Return the questions about one system, each with its answer and a form of its own."""
    scale, found = queries.scale(), []
    for name in names:
        form = bound if bound is not None and bound.names == (name,) else None
        if form is None and not ended:
            form = _form(None, here.usage, [name], forms.about(here.usage, [name]), auto_id=f"{name}_%s")
        if form and name in form.fields:
            form.fields[name].label = _("Your answer")  # the question stands above it
        found.append({
            "name": name, "words": ALL_QUESTIONS[name], "form": form, "left": name in here.left,
            "answer": panels.further(here.usage, name, scale), "bound": form is bound and bound is not None,
        })  # fmt: skip
    return found


def _campaign(key: object) -> Any:
    found = queries.campaign_with_key(key)
    if found is None:
        raise Http404
    return found


def _crumbs(municipality: str, here: str) -> list[tuple[str, str]]:
    return [(_("Systems"), reverse("systems", args=[municipality])),
            (_("Ask the owners"), reverse("campaigns", args=[municipality])), (here, "")]  # fmt: skip
