"""The documents the law asks for: what each says today, what is missing, what changed, and the versions kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.people.queries import may_write, names_by_key, require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.records import engine, exports, operations, panels, queries, words
from samsyn.records.choices import ASKED_BY, Kind
from samsyn.records.forms import SuperviseForm
from samsyn.systems.queries import usage_with_code
from samsyn.web.numbers import language, percent

TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def documents(request: Asked, municipality: str) -> HttpResponse:
    """List the documents, how full each is, and when it was last kept."""
    require_somewhere(request.access, "see_systems")
    on, latest, speech = timezone.localdate(), queries.latest_of_each(), language(get_language())
    cards, kinds = [], queries.kinds(request.municipality.country)
    for kind in kinds:
        filled, cells = words.made(kind, "", on).filled
        cards.append({
            "label": kind.label, "asked_by": ASKED_BY[kind], "share": percent(filled, cells, speech),
            "latest": latest.get(kind), "url": reverse("document", args=[municipality, kind.value]),
        })  # fmt: skip
    return render(
        request, "records/documents.html", {"cards": cards, "never": sum(kind not in latest for kind in kinds)}
    )


def document(request: Asked, municipality: str, document: str) -> HttpResponse:
    """Show what a document says today, what is missing and what changed; keep it."""
    require_somewhere(request.access, "see_systems")
    on, unit = timezone.localdate(), request.GET.get("unit", "")
    units = queries.administrations(on)
    if document not in queries.kinds(request.municipality.country) or (unit and unit not in dict(units)):
        raise Http404
    if document == Kind.CONTRACTS:
        unit, units = "", []
    if request.method == "POST":
        return _keep(request, document, unit)
    made, before, speech = words.made(document, unit, on), queries.latest(document, unit), language(get_language())
    since = _since(made, before, speech)
    context = {
        "label": Kind(document).label, "asked_by": ASKED_BY[Kind(document)], "unit": unit, "units": units,
        "share": percent(*made.filled, speech), "n": len(made.rows), "table": panels.rows(municipality, made),
        "gaps": panels.gaps(municipality, made), "before": before, "since": since,
        "changes": panels.changes(since, made) if since else None,
        "versions": panels.versions(municipality, queries.kept(document, unit)),
        "may_keep": request.access.may("edit_systems"),
        "crumbs": [(_("Documents"), reverse("documents", args=[municipality])), (Kind(document).label, "")],
    }  # fmt: skip
    return render(request, "records/document.html", context)


def _since(made: words.Made, before: Any, speech: str) -> engine.Difference | None:
    """Return what changed since a version; one in another language says the same in other words."""
    if before is None or before.language != speech:
        return None
    return engine.difference(before.by_key, made.rows, list(made.columns), "name")


def _keep(request: Asked, kind: str, unit: str) -> HttpResponse:
    require(request.access, "edit_systems")
    try:
        operations.keep(municipality=request.municipality, kind=kind, unit_code=unit, by=request.user,
                        language=language(get_language()), at=timezone.now())  # fmt: skip
    except Refusal as refusal:
        messages.warning(request, refusal.sentence(_))
    else:
        messages.success(request, _("This version is kept. Take it as PDF or workbook below."))
    return redirect(f"{reverse('document', args=[request.municipality.code, kind])}{f'?unit={unit}' if unit else ''}")


def supervision(request: Asked, municipality: str, system: str) -> HttpResponse:
    """Show how the processor of a system has been supervised, and keep the next time it is done."""
    require_somewhere(request.access, "see_systems")
    used = usage_with_code(system)
    all_of_them = queries.processors("", timezone.localdate()) if used else {}
    found = next((each for each in all_of_them.values() if used in each.systems), None)
    if found is None:
        raise Http404
    may = any(may_write(request.user, request.access, "edit_systems", each.key) for each in found.systems)
    if request.method == "POST" and not may:
        require(request.access, "edit_systems")
    today = timezone.localdate()
    form = SuperviseForm(request.POST or None, initial={"done_on": today, "next_on": engine.next_supervision(today)})
    if request.method == "POST" and form.is_valid() and _supervised(request, found, form):
        messages.success(request, _("It is noted."))
        return redirect("supervision", municipality, system)
    context = {
        "processor": found, "form": form if may else None, "late": bool(found.next and found.next < today),
        "table": panels.supervisions(queries.supervisions_of(found.key), names_by_key()),
        "crumbs": _to_plan(municipality, found.name),
    }  # fmt: skip
    return render(request, "records/supervision.html", context, status=422 if form.is_bound else 200)


def _to_plan(municipality: str, name: str) -> list[tuple[Any, str]]:
    there = reverse("document", args=[municipality, Kind.SUPERVISION.value])
    return [(_("Documents"), reverse("documents", args=[municipality])), (Kind.SUPERVISION.label, there), (name, "")]


def _supervised(request: Asked, found: queries.Processor, form: SuperviseForm) -> bool:
    """Keep a supervision; a refusal becomes an error of the form."""
    try:
        operations.supervise(municipality=request.municipality, processor=found, **form.cleaned_data, by=request.user,
                             at=timezone.now())  # fmt: skip
    except Refusal as refusal:
        form.add_error("next_on" if refusal.code == "next_too_early" else None, refusal.sentence(_))
    return form.is_valid()


def download(request: Asked, municipality: str, key: object, kind: str) -> HttpResponse:
    """Hand out a version that was kept."""
    require_somewhere(request.access, "see_systems")
    found = queries.document_with_key(key)
    if found is None or kind not in TYPES:
        raise Http404
    answer = HttpResponse(exports.document(found, kind), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.made_at:%Y-%m-%d}.{kind}"'
    return answer
