"""The first pages: which municipality, and what awaits me there."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.charging.queries import periods
from samsyn.contracts.queries import tally as contracts_tally
from samsyn.contracts.queries import undecided
from samsyn.costing import queries as costing
from samsyn.costing.rules import may_approve
from samsyn.equipment.queries import tally as devices_tally
from samsyn.equipment.rules import units_seen
from samsyn.landscape.queries import domains, fields, to_leave
from samsyn.ledger.queries import open_questions
from samsyn.organisation.queries import municipalities, tree
from samsyn.people.queries import duties_of, require_somewhere
from samsyn.people.queries import gaps as owner_gaps
from samsyn.people.rules import Asked
from samsyn.portfolio.queries import doubled
from samsyn.systems.queries import tally as systems_tally
from samsyn.web.numbers import kr, language, long_date, number, period_name

SOON = timedelta(90)  # as long before its day as a contract is first asked about


def front(request: Asked) -> HttpResponse:
    """Show the municipalities of this installation, or go home when signed in."""
    if request.user.is_authenticated:
        return redirect("home", request.user.municipality.code)
    return render(request, "home/front.html", {"municipalities": municipalities()})


def home(request: Asked, municipality: str) -> HttpResponse:
    """Show what awaits this person; who only reads statements goes straight to them."""
    access, duties = request.access, duties_of(request.user)
    if not duties and not access.may("see_books") and access.scopes("see_statement"):
        return redirect("what-we-pay", municipality)
    months = periods(request.municipality) if access.may("see_books") else []
    waits = _asked(municipality, duties) + _to_decide(municipality, duties) + _waits(request, municipality, months)
    figures = _held(municipality, duties) + _figures(municipality, months)
    return render(request, "home/home.html", {"waits": waits, "figures": figures})


def _asked(municipality: str, duties: list[Any]) -> list[tuple[str, str, str]]:
    """Return (sentence, address, link) of what this person is asked to answer for."""
    n = sum(duty.state == "offered" for duty in duties)
    words = ngettext("You are asked to answer for %(n)s thing.", "You are asked to answer for %(n)s things.", n)
    return [(words % {"n": n}, reverse("mine", args=[municipality]), _("Answer it"))] if n else []


def _to_decide(municipality: str, duties: list[Any]) -> list[tuple[str, str, str]]:
    """Return (sentence, address, link) of the contracts this person has to decide about soon, the nearest first."""
    on, speech = timezone.localdate(), language(get_language())
    mine = {str(duty.thing_key) for duty in duties if duty.state == "accepted"}
    soon = [each for each in undecided(on, mine) if each.next_date and each.next_date <= on + SOON] if mine else []
    words = _("Decide about “%(name)s” by %(day)s.")
    return [
        (words % {"name": each.name, "day": long_date(each.next_date, speech)},
         reverse("contract", args=[municipality, each.code]), _("See the contract"))
        for each in soon if each.next_date
    ]  # fmt: skip


def _held(municipality: str, duties: list[Any]) -> list[tuple[str, str, str]]:
    """Return (figure, what it is, address) of what this person answers for."""
    n = sum(duty.state == "accepted" for duty in duties)
    words = ngettext("thing you answer for", "things you answer for", n)
    return [(str(n), words, reverse("mine", args=[municipality]))] if n else []


def _figures(municipality: str, months: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (figure, what it is, address) of the last approved month."""
    approved = [each for each in months if each["state"] == "approved"]
    if not approved:
        return []
    last, speech = approved[-1], language(get_language())
    name = period_name(last["period"], speech)
    month = reverse("month", args=[municipality, last["period"]])
    rest = f"{reverse('classification', args=[municipality])}?period={last['period']}"
    count = ngettext("month approved", "months approved", len(approved))
    return [
        (kr(last["in_scope_ore"], speech), _("IT cost in %(month)s") % {"month": name}, month),
        (kr(last["unclassified_ore"], speech), _("no rule decided in %(month)s") % {"month": name}, rest),
        (str(len(approved)), count, reverse("months", args=[municipality])),
    ]


def _waits(request: Asked, municipality: str, months: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (sentence, address, link) of what waits for a controller."""
    if not request.access.may("edit_model"):
        return []
    waits = []
    for each in months:
        if each["state"] != "approved":
            name = period_name(each["period"], language(get_language()))
            words = _("%(month)s is not approved yet.") % {"month": name.capitalize()}
            waits.append((words, reverse("month", args=[municipality, each["period"]]), _("See the month")))
    drafted = costing.version_with_number(None)
    if drafted and drafted.state == "drafted" and _may_approve(request, drafted):
        words = _("Model %(number)s is a draft, and waits for your approval.") % {"number": drafted.number}
        waits.append((words, reverse("model-version", args=[municipality, drafted.number]), _("See the model")))
    if open_questions():
        words = _("Vouchers have come again and differ. Say which ones hold.")
        waits.append((words, reverse("books", args=[municipality]), _("See the books")))
    return waits


def _may_approve(request: Asked, version: Any) -> bool:
    return may_approve(request.access, request.user.key, version.prepared_by_key, request.municipality.four_eyes)


def overview(request: Asked, municipality: str) -> HttpResponse:
    """Show what there is and what hurries about it, each a click from where it stands."""
    require_somewhere(request.access, "see_systems")
    on, lang = timezone.localdate(), language(get_language())
    systems, contracts, gaps = systems_tally([]), contracts_tally(on), len(owner_gaps(timezone.now()))
    cards = [
        (number(systems["all"], lang), _("systems, %(n)s of them known") % {"n": systems["known"]}, "systems"),
        (number(contracts["soon"], lang), _("contracts to decide about within a year"), "contract-calendar"),
        (number(gaps, lang), _("things nobody answers for"), "radar"),
    ]
    if request.access.scopes("see_equipment"):
        devices = devices_tally(on, units_seen(request.access, tree(on)))
        words = _("devices, %(n)s of them late to be handed back") % {"n": number(devices["late"], lang)}
        cards.append((number(devices["all"], lang), words, "equipment"))
    cards += _surroundings(on, lang)
    context = {
        "cards": [(figure, words, reverse(name, args=[municipality])) for figure, words, name in cards],
        "ore": contracts["soon_ore"], "n": contracts["soon"], "gaps": gaps,
    }  # fmt: skip
    return render(request, "home/overview.html", context)


def _surroundings(on: date, lang: str) -> list[tuple[str, str, str]]:
    """Return how much is done twice, competes, has to be left and is filled in different ways."""
    competing = sum(each.sources.order == "competing" for each in domains())
    differ = sum(each.differs for each in fields(on))
    return [
        (number(len(doubled(on)), lang), _("things that several systems do"), "overlap"),
        (number(competing, lang), _("kinds of data with several registers"), "domains"),
        (number(len(to_leave()), lang), _("standards that have to be left"), "standards"),
        (number(differ, lang), _("fields filled in different ways"), "fields"),
    ]
