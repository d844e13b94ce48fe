"""What the systems do: what is paid for twice, what one does, and which would be enough."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import N_, Refusal
from samsyn.formats.registers_capabilities import CAPABILITIES
from samsyn.history.queries import changes_of_record
from samsyn.people import register_views
from samsyn.people.queries import may_write, owner_of, require, require_somewhere
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.portfolio import engine, exports, operations, panels, queries, words
from samsyn.portfolio.choices import Aim
from samsyn.portfolio.forms import YES_NO, AskForm, AssumeForm, LeavingForm, NeedsForm, does_rows, listed_rows, said
from samsyn.systems.queries import names_by_code, usage_with_code

ROOM = register_views.Room(CAPABILITIES, "edit_systems", operations.load_capabilities, "overlap", N_("Overlap"))
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def overlap(request: Asked, municipality: str) -> HttpResponse:
    """Show what several systems do, and what that costs."""
    require_somewhere(request.access, "see_systems")
    found = queries.doubled(timezone.localdate())
    capabilities, units = queries.names()
    context = {
        "tally": queries.tally(), "n": len(found), "ore": sum(each.ore for each in found),
        "table": panels.doubled(municipality, found, names_by_code(), capabilities, units),
        "chart": panels.picture(found, capabilities), "may_edit": request.access.may("edit_systems"),
        "may_see_sets": bool(request.access.scopes("see_portfolio")), "capabilities": len(capabilities),
    }  # fmt: skip
    return render(request, "portfolio/overlap.html", context)


def matrix(request: Asked, municipality: str) -> HttpResponse:
    """Show every capability with the systems that have it for each administration."""
    require_somewhere(request.access, "see_systems")
    on = timezone.localdate()
    case, (capabilities, units) = queries.case_of(on), queries.names()
    places = queries.places(queries.today_tree(on))
    context = {
        "table": panels.matrix(municipality, case, names_by_code(), capabilities, units, places),
        "n": len({each.capability for each in case.abilities}), "crumbs": _crumbs(municipality, _("Matrix")),
    }  # fmt: skip
    return render(request, "portfolio/matrix.html", context)


def capability(request: Asked, municipality: str, capability: str) -> HttpResponse:
    """Show the systems that do one thing, and what each costs for it."""
    require_somewhere(request.access, "see_systems")
    capabilities, units = queries.names()
    if capability not in capabilities:
        raise Http404
    case = queries.case_of(timezone.localdate())
    doubled = next((each for each in engine.doubled(case) if each.capability == capability), None)
    shares = engine.shares(case)
    table = panels.of_capability(municipality, case, capability, names_by_code(), units, shares)
    context = {
        "name": capabilities[capability], "code": capability, "doubled": doubled, "n": len(table.rows), "table": table,
        "may_ask": request.access.may("edit_portfolio"), "crumbs": _crumbs(municipality, capabilities[capability]),
    }  # fmt: skip
    return render(request, "portfolio/capability.html", context)


def does(request: Asked, municipality: str, system: str) -> HttpResponse:
    """Say what a system does, for whom, and what leaving it takes; its owner confirms."""
    usage, profile = _writable(request, system), queries.profile_of(system)
    owner, version = owner_of("system", usage.key), str(profile.version) if profile else ""
    is_owner = bool(owner and owner.pk == request.user.pk)
    rows, listed, leaving = _forms(request, usage, profile)
    posted = request.method == "POST"
    stale = posted and request.POST.get("known", "") != version
    whole = posted and not stale and all([leaving.is_valid(), *(row.is_valid() for row in [*rows, *listed])])
    if whole and _say(request, system, profile, ([*rows, *listed], leaving), is_owner):
        messages.success(request, _("What %(name)s does is saved.") % {"name": usage.name})
        return redirect("system", municipality, system)
    context = {
        "system": usage, "rows": rows, "listed": listed, "form": leaving, "is_owner": is_owner, "stale": stale,
        "version": version,
        "now": panels.of_profile(profile) if stale else None, "known": queries.capabilities(), "profile": profile,
        "history": told(changes_of_record(request.municipality.key, profile.key), _) if profile else [],
        "crumbs": _crumbs(municipality, usage.name),
    }  # fmt: skip
    return render(request, "portfolio/does.html", context, status=409 if stale else 422 if posted else 200)


def _writable(request: Asked, system: str) -> Any:
    require_somewhere(request.access, "see_systems")
    usage = usage_with_code(system)
    if usage is None:
        raise Http404
    if not may_write(request.user, request.access, "edit_systems", usage.key):
        require(request.access, "edit_systems")
    return usage


def _forms(request: Asked, usage: Any, profile: Any) -> tuple[Any, Any, LeavingForm]:
    start = {name: getattr(profile, name) for name in LeavingForm.base_fields} if profile else {}
    units, nodes = queries.names()[1], queries.today_tree(timezone.localdate())
    places = [(code, units.get(code, code)) for code in queries.places(nodes)]
    data = request.POST if request.method == "POST" else None
    functions, users = queries.functions_not_said(usage, profile), queries.users_of(usage.code, nodes)
    listed = listed_rows(data, functions, users, places)
    return does_rows(data, profile, places), listed, LeavingForm(data, initial=start)


def _say(request: Asked, system: str, profile: Any, forms: Any, confirm: bool) -> bool:
    """Save what was said; a refusal becomes an error of the form."""
    rows, leaving = forms
    try:
        operations.say(
            municipality=request.municipality, system_code=system, **said(rows, leaving),
            known=profile.version if profile else None, confirm=confirm, by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        leaving.add_error("bound_reason" if refusal.code == "reason_missing" else None, refusal.sentence(_))
        return False
    return True


def portfolios(request: Asked, municipality: str) -> HttpResponse:
    """List the questions that were asked: which systems are enough?"""
    require(request.access, "see_portfolio")
    found = queries.portfolios()
    context = {
        "table": panels.portfolios(municipality, found), "n": len(found),
        "may_ask": request.access.may("edit_portfolio"), "crumbs": _crumbs(municipality, _("Which are enough?")),
    }  # fmt: skip
    return render(request, "portfolio/portfolios.html", context)


def ask(request: Asked, municipality: str) -> HttpResponse:
    """Ask which systems are enough for some capabilities."""
    require(request.access, "edit_portfolio")
    choices = [(each.code, each.name) for each in queries.capabilities()]
    wanted = [code for code in request.GET.getlist("capability") if code in dict(choices)]
    start = {"capabilities": wanted, "name": ", ".join(dict(choices)[code] for code in wanted)}
    form = AskForm(request.POST or None, initial=start, choices=choices)
    if request.method == "POST" and form.is_valid():
        asked = operations.ask(
            municipality=request.municipality, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        return redirect("portfolio", municipality, asked.code)
    context = {"form": form, "crumbs": _crumbs(municipality, _("Ask"))}
    return render(request, "portfolio/ask.html", context, status=422 if form.is_bound else 200)


def portfolio(request: Asked, municipality: str, portfolio: str) -> HttpResponse:
    """Answer which systems are enough, or say whose answer is missing."""
    question = _question(request, portfolio)
    on, names, (capabilities, _units) = timezone.localdate(), names_by_code(), queries.names()
    found, refusal = [], ""
    waits = not question.unconfirmed and "work" not in request.GET and queries.takes_long(question, on)
    if not question.unconfirmed and not waits:
        try:
            found = queries.options(question, on)
        except Refusal as refused:
            refusal = refused.sentence(_)
    may_edit = request.access.may("edit_portfolio")
    best = found[0] if found else None
    context = {
        "question": question, "portfolio": question.portfolio, "refusal": refusal, "may_edit": may_edit,
        "waits": waits, "n": len(question.case.systems),
        "options": panels.options(municipality, question, found),
        "headline": words.headline(question, best) if best else "", "why": words.why(question, best) if best else "",
        "missing": panels.unanswered(request, question, names, on),
        "counted": panels.assumptions(municipality, question, names, may_edit),
        "about": ", ".join(sorted(capabilities[code] for code in question.capabilities)),
        "costless": ", ".join(names.get(code, code) for code in question.costless),
        "crumbs": [*_crumbs(municipality, _("Which are enough?"), "portfolios"), (question.portfolio.name, "")],
    }  # fmt: skip
    return render(request, "portfolio/portfolio.html", context)


def option(request: Asked, municipality: str, portfolio: str, aim: str) -> HttpResponse:
    """Show one answer: what is left in which order, who goes where, what is kept."""
    question = _question(request, portfolio)
    found, names, called = _option(question, aim), names_by_code(), queries.names()
    funding = queries.paid_by_others(found, timezone.localdate())
    context = {
        "portfolio": question.portfolio, "aim": Aim(aim).label, "option": found,
        "headline": words.headline(question, found), "why": words.why(question, found),
        "leaving": panels.leaving(municipality, found, names, called, funding),
        "kept": panels.kept(municipality, question, found, names), "faults": engine.faults(question.case, found.choice),
        "files": [(label, reverse("option-file", args=[municipality, portfolio, aim, kind]))
                  for label, kind in (("PDF", "pdf"), (_("Workbook"), "xlsx"))],
        "crumbs": [*_crumbs(municipality, _("Which are enough?"), "portfolios"),
                   (question.portfolio.name, reverse("portfolio", args=[municipality, portfolio])),
                   (Aim(aim).label, "")],
    }  # fmt: skip
    return render(request, "portfolio/option.html", context)


def download(request: Asked, municipality: str, portfolio: str, aim: str, kind: str) -> HttpResponse:
    """Hand out one answer as PDF or workbook."""
    question = _question(request, portfolio)
    if kind not in TYPES:
        raise Http404
    found, names, called = _option(question, aim), names_by_code(), queries.names()
    funding = queries.paid_by_others(found, timezone.localdate())
    if kind == "pdf":
        data = exports.paper(question, found, names, called, funding, timezone.now())
    else:
        data = exports.workbook(question, found, names, called, funding)
    answer = HttpResponse(data, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{portfolio}-{aim}.{kind}"'
    return answer


def assume(request: Asked, municipality: str, portfolio: str, system: str) -> HttpResponse:
    """Count with other figures for one system."""
    require(request.access, "edit_portfolio")
    question = _question(request, portfolio)
    if system not in question.case.systems:
        raise Http404
    held = dict(question.portfolio.assumed.get(system, {}))
    held |= {name: "yes" if held[name] else "no" for name in YES_NO if name in held}
    form = AssumeForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        assumed = {**question.portfolio.assumed, system: form.assumed()}
        if _assumed(request, question.portfolio, form, assumed=assumed):
            return redirect("portfolio", municipality, portfolio)
    name = names_by_code()[system]
    context = {"form": form, "portfolio": question.portfolio, "name": name,
               "crumbs": _inside(municipality, question.portfolio, name)}  # fmt: skip
    return render(request, "portfolio/assume.html", context, status=422 if form.is_bound else 200)


def needs(request: Asked, municipality: str, portfolio: str) -> HttpResponse:
    """Count without some needs, or over other years."""
    require(request.access, "edit_portfolio")
    question = _question(request, portfolio)
    capabilities, units = queries.names()
    every = sorted({*question.case.needs, *question.case.unneeded})
    choices = [(f"{code}|{unit}", f"{capabilities[code]} · {units.get(unit, unit)}") for code, unit in every]
    needed = [f"{code}|{unit}" for code, unit in question.case.needs]
    form = NeedsForm(request.POST or None, choices=choices,
                     initial={"needed": needed, "years": question.portfolio.years})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        left = [value for value, _label in choices if value not in form.cleaned_data["needed"]]
        if _assumed(request, question.portfolio, form, unneeded=left, years=form.cleaned_data["years"]):
            return redirect("portfolio", municipality, portfolio)
    context = {"form": form, "portfolio": question.portfolio,
               "crumbs": _inside(municipality, question.portfolio, _("What is needed"))}  # fmt: skip
    return render(request, "portfolio/needs.html", context, status=422 if form.is_bound else 200)


def _assumed(request: Asked, portfolio: Any, form: Any, **changed: Any) -> bool:
    """Save other assumptions; a refusal becomes an error of the form."""
    known = request.POST.get("known", "")
    given = {"assumed": portfolio.assumed, "unneeded": portfolio.unneeded, "years": portfolio.years, **changed}
    try:
        operations.assume(
            portfolio=portfolio, known=int(known) if known.isdigit() else 0, by=request.user, at=timezone.now(), **given
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
        return False
    return True


def _question(request: Asked, code: str) -> queries.Asked:
    require(request.access, "see_portfolio")
    found = queries.portfolio_with_code(code)
    if found is None:
        raise Http404
    return queries.asked(found, timezone.localdate())


def _option(question: queries.Asked, aim: str) -> queries.Option:
    """Return one answer; there is none before everybody has answered, nor by cost before every cost is known."""
    answered = not question.unconfirmed and question.case.systems
    if aim not in Aim.values or not answered or (question.costless and aim != Aim.FEWEST):
        raise Http404
    return queries.option(question, aim, timezone.localdate())


def _crumbs(municipality: str, here: str, there: str = "") -> list[tuple[str, str]]:
    above = (_("Overlap"), reverse("overlap", args=[municipality]))
    return [above, (here, reverse(there, args=[municipality]) if there else "")]


def _inside(municipality: str, portfolio: Any, here: str) -> list[tuple[str, str]]:
    sets = _crumbs(municipality, _("Which are enough?"), "portfolios")
    return [*sets, (portfolio.name, reverse("portfolio", args=[municipality, portfolio.code])), (here, "")]


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a list of what systems do that somebody else has written."""
    return register_views.load(request, ROOM)


def check(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a list would do, and load it."""
    return register_views.check(request, ROOM, key)
