"""What was bought for IT and on which agreements, why not, and which services a system stands behind."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.core.refusals import N_, Refusal
from samsyn.history.queries import changes_of_record
from samsyn.ledger import queries as ledger
from samsyn.people.queries import require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.spending import engine, operations, panels, queries, rules, words
from samsyn.spending.choices import LARGE_ORE
from samsyn.spending.forms import EndForm, LinkForm, ReasonForm
from samsyn.systems.queries import usage_with_code
from samsyn.web.numbers import language

PAGE = 50


def _seen(request: Asked, term: str) -> queries.Seen:
    found = queries.seen(request.municipality, request.access, term, request.GET.get("unit", ""))
    if found is None:
        raise Http404
    return found


def latest(request: Asked, municipality: str) -> HttpResponse:
    """Go to the year or month that was asked for, else to the newest year with all its months."""
    require_somewhere(request.access, queries.SEE)
    known = queries.terms()
    if not known:
        return render(request, "spending/none_yet.html", {})
    asked, years = request.GET.get("term", ""), [each for each in known if len(each) == 4]
    # the first months of a year tell little
    whole = [year for year in years if sum(each[:4] == year for each in known) > queries.YEAR]
    term = asked if asked in known else (whole or years)[0]
    there = reverse("spending-term", args=[municipality, term])
    return redirect(panels.address(there, None, request.GET.get("unit", "")))


def spending(request: Asked, municipality: str, term: str) -> HttpResponse:
    """Show how much was bought on agreements in a year or month, by unit and seller, and what was not."""
    found = _seen(request, term)
    total = engine.sums(found.rows, lambda row: "").get("", engine.Sums())
    names = panels.unit_names(found)
    # a month says little of how much is bought of somebody
    large = engine.deviations(found.rows, lambda row: row.place, LARGE_ORE) if len(term) == 4 else []
    reasons = queries.reasons([term[:4]])
    here = names.get(found.unit, "")
    context = {
        "found": found, "total": total, "headline": words.headline(total, term, here), "why": words.why(found, total),
        "chart": panels.picture(found, names) if total.all else None,
        "parts": panels.parts(municipality, found, names), "sellers": panels.sellers(municipality, found),
        "deviations": panels.deviations(municipality, request.access, found, large, reasons, names),
        "large_ore": LARGE_ORE, "n": len(large),
        "unanswered": sum((term[:4], each.unit, each.seller) not in reasons for each in large),
        "terms": panels.terms(queries.terms()), "crumbs": panels.crumbs(municipality, found),
    }  # fmt: skip
    return render(request, "spending/spending.html", context)


def rows(request: Asked, municipality: str, term: str) -> HttpResponse:
    """Show the rows of the books behind a figure, with voucher and line."""
    found, asked = _seen(request, term), {name: request.GET.get(name, "") for name in ("seller", "kind", "after")}
    wanted = panels.wanted(found, asked["seller"], asked["kind"])
    known = queries.register(request.municipality)
    page, after = queries.vouchers(found.periods, known, found.places, wanted, asked["after"], PAGE)
    mine = [row for row in found.rows if wanted(row)]
    context = {
        "table": panels.rows(municipality, found, page, request.access.may("see_books")),
        "ore": sum(row.ore for row in mine), "seller": mine[0].seller.name if mine and asked["seller"] else "",
        "kind": asked["kind"], "older": panels.address("", found, **{**asked, "after": after}) if after else "",
        "crumbs": panels.crumbs(municipality, found, _("Rows")),
    }  # fmt: skip
    return render(request, "spending/rows.html", context)


def voucher(request: Asked, municipality: str, term: str, batch: str, voucher: str) -> HttpResponse:
    """Show one voucher as the file has it."""
    require(request.access, "see_books")
    found = _seen(request, term)
    lines = queries.voucher(request.municipality, found.periods, batch, voucher)
    if not lines:
        raise Http404
    context = {
        "voucher": lines[0]["voucher"], "table": panels.voucher(lines),
        "file": ledger.file_name(request.municipality, batch),
        "crumbs": panels.crumbs(municipality, found, _("Voucher")),
    }  # fmt: skip
    return render(request, "spending/voucher.html", context)


def why(request: Asked, municipality: str, term: str) -> HttpResponse:
    """Ask why a unit bought of somebody outside agreements in a year, and take the answer."""
    about = _about(request, term)
    old = queries.reason_about(term, about["unit_code"], about["seller_key"])
    start = {"why": old.why, "comment": old.comment} if old else {}
    form, version = ReasonForm(request.POST or None, initial=start), str(old.version) if old else ""
    posted = request.method == "POST"
    stale = posted and request.POST.get("known", "") != version
    if posted and not stale and form.is_valid() and _given(request, about, form, old):
        messages.success(request, _("Thank you. The reason stands beside the purchase."))
        return redirect(panels.address(reverse("spending-term", args=[municipality, term]), None, about["unit_code"]))
    context = {
        "about": about, "form": form, "stale": stale, "version": version, "old": old,
        "history": told(changes_of_record(request.municipality.key, old.key), _) if old else [],
        "crumbs": panels.crumbs(municipality, about["found"], _("Why?")),
        "lacks": words.lacks(about["lacks"]),
    }  # fmt: skip
    return render(request, "spending/why.html", context, status=409 if stale else 422 if posted else 200)


def _about(request: Asked, term: str) -> dict[str, Any]:
    """Return what is asked about: a purchase one may see and answer for."""
    found, seller = _seen(request, term), request.GET.get("seller", "")
    unit = request.GET.get("unit", "")
    mine = [row for row in found.rows if row.place == unit and row.seller.key == seller and row.kind == engine.OUTSIDE]
    if len(term) != 4 or not mine or not rules.may_answer(request.access, unit, found.tree):
        raise Http404
    return {
        "year": term, "unit_code": unit, "unit": panels.unit_names(found).get(unit, unit), "seller_key": seller,
        "seller_name": mine[0].seller.name, "ore": sum(row.ore for row in mine), "found": found,
        "lacks": frozenset(row.why for row in mine),
    }  # fmt: skip


def _given(request: Asked, about: dict[str, Any], form: ReasonForm, old: Any) -> bool:
    """Save the reason; a refusal becomes an error of the form."""
    try:
        operations.give_reason(
            municipality=request.municipality, about=about, known=old.version if old else None, by=request.user,
            at=timezone.now(), **form.cleaned_data,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("comment" if refusal.code == "comment_missing" else None, refusal.sentence(_))
        return False
    return True


def services(request: Asked, municipality: str, system: str) -> HttpResponse:
    """Say which services a system stands behind."""
    usage = _linkable(request, system)
    known = queries.services(language(get_language()))
    form = LinkForm(request.POST or None, services=known, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        service, day = form.cleaned_data["service"], form.cleaned_data["valid_from"]
        try:
            operations.link(
                municipality=request.municipality, service=service, service_name=known[service], system=usage.code,
                valid_from=day, by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.sentence(_))
        else:
            messages.success(request, _("Saved."))
            return redirect("system-services", municipality, system)
    table = panels.links(municipality, usage, queries.links(system=usage.code), known)
    context = {"system": usage, "form": form, "table": table, "crumbs": panels.system_crumbs(municipality, usage)}
    return render(request, "spending/services.html", context, status=422 if form.is_bound else 200)


def end(request: Asked, municipality: str, system: str, link: object) -> HttpResponse:
    """Say from when a system no longer stands behind a service."""
    usage, found = _linkable(request, system), queries.link_with_key(link)
    if found is None or found.system_code != usage.code:
        raise Http404
    known = queries.services(language(get_language()))
    form = EndForm(request.POST or None, initial={"valid_until": found.valid_until or timezone.localdate()})
    posted = request.method == "POST"
    stale = posted and request.POST.get("known", "") != str(found.version)
    if posted and not stale and form.is_valid() and _ended(request, found, form):
        messages.success(request, _("Saved."))
        return redirect("system-services", municipality, system)
    context = {
        "system": usage, "link": found, "form": form, "stale": stale,
        "service": known.get(found.service_code, found.service_code),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "crumbs": panels.system_crumbs(municipality, usage),
    }  # fmt: skip
    return render(request, "spending/end.html", context, status=409 if stale else 422 if posted else 200)


def _ended(request: Asked, found: Any, form: EndForm) -> bool:
    try:
        operations.end_link(link=found, known=found.version, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("valid_until", refusal.sentence(_))
        return False
    return True


def _linkable(request: Asked, system: str) -> Any:
    require_somewhere(request.access, "see_systems")
    usage = usage_with_code(system)
    if usage is None:
        raise Http404
    if not rules.may_link(request.user, request.access, usage.key):
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right="edit_systems")
    return usage
