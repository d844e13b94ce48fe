"""The contracts: which there are, what must be decided about them and by when, and what covers a need."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsyn.contracts import exports, operations, panels, queries, rules, words
from samsyn.contracts.choices import ANSWERS, LACKING, Answer, Kind
from samsyn.contracts.forms import ContractForm, DecisionForm, initial
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.registers import CONTRACTS
from samsyn.history.queries import changes_of_record
from samsyn.intake.rules import lock
from samsyn.people import register_views
from samsyn.people.queries import (
    access_of,
    duties_of,
    may_write,
    owner_of,
    person_with_key,
    require,
    require_somewhere,
)
from samsyn.people.rules import Asked
from samsyn.people.words import told
from samsyn.systems.queries import names_by_code
from samsyn.web.pages import csv_file

WARNED, SPENT = 80, 100  # per cent of a framework's ceiling

FILTERS = ("text", "kind", "missing")

ROOM = register_views.Room(
    CONTRACTS, "edit_contracts", operations.load_contracts, "contracts", N_("Contracts"), ANSWERS
)  # fmt: skip


def contracts(request: Asked, municipality: str) -> HttpResponse:
    """List the contracts, say how many wait for a decision, and what is not known of them."""
    require_somewhere(request.access, "see_contracts")
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in (*FILTERS, "after")}
    found = queries.contracts(**asked)
    older = urlencode({**asked, "after": found.after}) if found.after else ""
    context = {
        "tally": queries.tally(timezone.localdate()), "table": panels.contracts(municipality, found.contracts),
        "asked": asked, "kinds": Kind.choices, "older": f"?{older}" if older else "",
        "filtered": any(asked[name] for name in FILTERS), "lacking": LACKING,
        "file": f"{reverse('contracts-file', args=[municipality])}?{urlencode({**asked, 'after': ''})}",
        "may_edit": request.access.may("edit_contracts"),
    }  # fmt: skip
    return render(request, "contracts/contracts.html", context)


def download(request: Asked, municipality: str) -> HttpResponseBase:
    """Hand out the whole list as CSV, line by line."""
    require_somewhere(request.access, "see_contracts")
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    return csv_file(exports.whole_list(**asked), f"{municipality}-contracts")


def calendar(request: Asked, municipality: str) -> HttpResponse:
    """Show what must be decided within a year, by whom, and the money at stake."""
    require_somewhere(request.access, "see_contracts")
    found = queries.calendar(timezone.localdate())
    stake, owners = queries.at_stake(timezone.localdate()), queries.owners(found)
    context = {
        "table": panels.calendar(municipality, found, owners), "n": len(found),
        "chart": panels.per_month(stake) if any(ore for _month, ore in stake) else None,
        "ore": sum(each.yearly_cost_ore or 0 for each in found),
        "feed": request.build_absolute_uri(
            reverse("contract-feed", args=[municipality, words.feed_token(request.user)])
        ),
        "nobody": sum(str(each.key) not in owners for each in found), "first": found[0] if found else None,
        "crumbs": [(_("Contracts"), reverse("contracts", args=[municipality])), (_("The coming year"), "")],
    }  # fmt: skip
    return render(request, "contracts/calendar.html", context)


def feed(request: Asked, municipality: str, token: str) -> HttpResponse:
    """Hand a calendar program the days of what its owner answers for, of all contracts to those who look after them."""
    person = words.read_feed_token(token, lambda key: person_with_key(request.municipality, key))
    if person is None:
        raise Http404
    moment, mine = timezone.now(), {str(duty.thing_key) for duty in duties_of(person)}
    keys = None if access_of(person, timezone.localdate()).may("edit_contracts") else mine
    with translation.override(person.language):
        found = queries.undecided(timezone.localdate(), keys)
        name = _("Contracts, %(place)s") % {"place": request.municipality.name}
        data = exports.calendar(found, name, request.build_absolute_uri("/"), moment)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")


def buy(request: Asked, municipality: str) -> HttpResponse:
    """Find the agreement that covers what somebody is going to buy."""
    require_somewhere(request.access, "see_contracts")
    text = request.GET.get("text", "").strip()
    found = queries.covering(text, timezone.localdate())
    shown = found or queries.covering("", timezone.localdate())
    context = {"text": text, "table": panels.covering(municipality, shown), "n": len(found)}
    return render(request, "contracts/buy.html", context)


def contract(request: Asked, municipality: str, contract: str) -> HttpResponse:
    """Show one contract: when it must be decided about, what happens otherwise, what it says."""
    require_somewhere(request.access, "see_contracts")
    found = _contract(contract)
    outlook = rules.outlook(found, timezone.localdate())
    table, used = panels.call_offs(municipality, found) if found.kind == Kind.FRAMEWORK else (None, 0)
    names = names_by_code()
    share = used * 100 // found.ceiling_ore if found.ceiling_ore else 0
    context = {
        "contract": found, "who": panels.who(found, queries.owners([found])), "outlook": outlook,
        "days": panels.days(found, outlook) if outlook else None,
        "then": words.then(outlook) if outlook else "", "step": words.step(found),
        "decision": queries.decision_about(found), "may_decide": _may_decide(request, found),
        "systems": [(code, names.get(code, code)) for code in queries.systems_of(found)],
        "call_offs": table, "used": used, "left": max((found.ceiling_ore or 0) - used, 0), "share": share,
        "near": WARNED <= share < SPENT, "spent": share >= SPENT,
        # a contract that was bought under the rules may not simply go on
        "tacit": bool(outlook and outlook.then in ("renews", "runs_on")),
        "received": panels.received(found),
        "may_edit": may_write(request.user, request.access, "edit_contracts", found.key),
        "history": told(changes_of_record(request.municipality.key, found.key), _),
        "stood": panels.stood(found, request.GET),
        "crumbs": [(_("Contracts"), reverse("contracts", args=[municipality])), (found.name, "")],
    }  # fmt: skip
    return render(request, "contracts/contract.html", context)


def _may_decide(request: Asked, found: Any) -> bool:
    owner = owner_of("contract", found.key)
    return bool(found.next_date and (request.access.may("edit_contracts") or (owner and owner.pk == request.user.pk)))


def decide(request: Asked, municipality: str, contract: str) -> HttpResponse:
    """Ask what is to become of a contract, of the one who owns it or may change it; take the answer."""
    require_somewhere(request.access, "see_contracts")
    found = _contract(contract)
    if not _may_decide(request, found):
        raise Http404
    return _decide(request, found, found.next_date, found.next_step, request.user, ("contract", municipality, contract))


def answer(request: Asked, municipality: str, token: str) -> HttpResponse:
    """Take the answer from the link in a mail: opening it changes nothing, and it answers once."""
    read = words.read_token(token)
    decision = queries.decision_with_key(read["decision"]) if read else None
    if read is None or decision is None:
        return render(request, "contracts/link_over.html", {"old": True}, status=404)
    if decision.answer and decision.answer != Answer.NOT_MINE:
        return render(request, "contracts/link_over.html", {"contract": decision.contract}, status=410)
    person = person_with_key(request.municipality, read["person"])
    if not person.is_active:
        return render(request, "contracts/link_over.html", {"old": True}, status=404)
    return _decide(request, decision.contract, decision.day, decision.step, person, None)


def _decide(request: Asked, found: Any, day: Any, step: str, person: Any, back: Any) -> HttpResponse:
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.decide(contract=found, day=day, step=step, by=person, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            field = {"service_not_considered": "as_a_service", "reason_missing": "reason", "answer_missing": "answer"}
            form.add_error(field.get(refusal.code), refusal.sentence(_))
        else:
            if back is None:
                return render(request, "contracts/answered.html", {"contract": found, "answer": request.POST["answer"]})
            messages.success(request, _("Thank you. Your answer stands on the contract."))
            return redirect(*back)
    outlook = rules.outlook(found, timezone.localdate())
    context = {
        "form": form, "contract": found, "day": day, "step": words.step(found),
        "then": words.then(outlook) if outlook else "",
        "tacit": bool(outlook and outlook.then in ("renews", "runs_on")),
        "crumbs": _way_back(back, found) if back else [],
    }  # fmt: skip
    return render(request, "contracts/decide.html", context, status=422 if form.is_bound else 200)


def _way_back(back: Any, found: Any) -> list[tuple[str, str]]:
    contracts = (_("Contracts"), reverse("contracts", args=[back[1]]))
    return [contracts, (found.name, reverse(back[0], args=back[1:])), (_("Decide"), "")]


def write(request: Asked, municipality: str, contract: str = "") -> HttpResponse:
    """Write down what a contract says; what somebody else wrote meanwhile stands beside it."""
    found = _contract(contract) if contract else None
    if found is None or not may_write(request.user, request.access, "edit_contracts", found.key):
        require(request.access, "edit_contracts")
    start = initial(found) if found else {}
    form = ContractForm(request.POST or None, initial=start)
    if found:
        lock(form, found.key)
    stale = found is not None and request.method == "POST" and request.POST.get("known") != str(found.version)
    if request.method == "POST" and form.is_valid() and not stale and (saved := _saved(request, found, form)):
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("contract", municipality, saved.code)
    crumbs = [(_("Contracts"), reverse("contracts", args=[municipality]))]
    if found:
        crumbs.append((found.name, reverse("contract", args=[municipality, found.code])))
    context = {
        "form": form, "contract": found, "both": panels.both(form, start) if stale else None, "stale": stale,
        "crumbs": [*crumbs, (_("Write what it says") if found else _("New contract"), "")],
    }  # fmt: skip
    return render(request, "contracts/write.html", context, status=409 if stale else 422 if form.is_bound else 200)


def _saved(request: Asked, found: Any, form: ContractForm) -> Any:
    """Return what was saved; a refusal becomes an error of the form."""
    told = dict(form.cleaned_data)
    means = told.pop("later_start")
    common: dict[str, Any] = {"told": told, "by": request.user, "at": timezone.now()}
    try:
        if found:
            return operations.change_contract(contract=found, known=found.version, later_start=means, **common)
        return operations.add_contract(municipality=request.municipality, **common)
    except Refusal as refusal:
        form.add_error("later_start" if refusal.code == "later_start_unclear" else None, refusal.sentence(_))
        return None


def _contract(code: str) -> Any:
    found = queries.contract_with_code(code)
    if found is None:
        raise Http404
    return found


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a list of contracts that somebody else has written."""
    return register_views.load(request, ROOM)


def check(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a list of contracts would do, and load it."""
    return register_views.check(request, ROOM, key)
