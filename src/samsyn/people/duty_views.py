"""Who answers for what: what I answer for, what is asked of me, what nobody answers for, handing over."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.people import operations, queries
from samsyn.people.choices import INHERITED, LEVELS, THINGS, DutyState
from samsyn.people.forms import AnswerDuty, EndDuty, HandOver, OfferDuty
from samsyn.people.queries import Thing, require, require_somewhere
from samsyn.people.rules import Asked, role_kinds, role_names, roles_on
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, long_date, number

SHOWN = 100


def mine(request: Asked, municipality: str) -> HttpResponse:
    """Show what I am asked to answer for, what I answer for, and what it waits for."""
    require_somewhere(request.access, "see_systems")
    duties = queries.duties_of(request.user)
    things = queries.things_of(duties)
    names = role_names()
    asked = [
        (duty, things.get(str(duty.thing_key)), names.get(duty.role, duty.role))
        for duty in duties if duty.state == DutyState.OFFERED
    ]  # fmt: skip
    held = [(duty, things.get(str(duty.thing_key))) for duty in duties if duty.state == DutyState.ACCEPTED]
    context = {"asked": asked, "n": len(held), "table": _held(municipality, held) if held else None}
    return render(request, "people/mine.html", context)


def _held(municipality: str, held: list[tuple[Any, Thing | None]]) -> Table:
    columns = [Column(_("What")), Column(_("As")), Column(_("What it waits for")), Column(_("By when"), "date"),
               Column(_("Your time a month")), Column("")]  # fmt: skip
    names = role_names()
    ordered = sorted(held, key=lambda each: (not (each[1] and each[1].decide_by), each[1] and each[1].decide_by))
    rows = [
        [linked(municipality, thing), names.get(duty.role, duty.role), _waits(thing),
         long_date(thing.decide_by, language(get_language())) if thing and thing.decide_by else "–",
         hours(duty.minutes), link(_("I no longer answer for it"), reverse("end-duty", args=[municipality, duty.key]))]
        for duty, thing in ordered
    ]  # fmt: skip
    return Table(_("What you answer for"), columns, rows, hide_caption=True)


def linked(municipality: str, thing: Thing | None) -> str:
    """Return a thing as a way to its page."""
    return link(thing.name, reverse(thing.page, args=[municipality, thing.code])) if thing else "–"


def _waits(thing: Thing | None) -> str:
    if thing and thing.questions:
        n = thing.questions
        return ngettext("%(n)s question without an answer", "%(n)s questions without an answer", n) % {"n": n}
    return _("a decision") if thing and thing.decide_by else _("nothing")


def hours(minutes: int | None) -> str:
    """Return minutes as hours in words."""
    if minutes is None:
        return "–"
    return _("%(hours)s hours") % {"hours": number(minutes / 60, language(get_language()), 1)}


def answer(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Ask whether a person takes on what was offered; take the answer."""
    require_somewhere(request.access, "see_systems")
    duty = queries.duty_with_key(key)
    # what somebody else is asked is theirs alone
    if duty is None or duty.person_id != request.user.pk or duty.state != DutyState.OFFERED:
        raise Http404
    thing = queries.thing_with_key(duty.thing, duty.thing_key)
    form = AnswerDuty(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, duty, form):
        accepted = _("Thank you. You answer for %(name)s now.") % {"name": thing.name if thing else ""}
        declined = request.POST.get("do") == "decline"
        messages.success(request, _("Thank you. Somebody else is asked.") if declined else accepted)
        return redirect("mine", municipality)
    kind = next((each for each in role_kinds() if each.role == duty.role), None)
    context = {
        "duty": duty, "thing": thing, "form": form, "role": kind.name if kind else duty.role,
        "beyond": form.has_error("hours", "beyond"),
        "mandate": duty.mandate or (kind.mandate if kind else ""), **_time_left(request.user),
        "crumbs": [(_("What I answer for"), reverse("mine", args=[municipality])), (thing.name if thing else "", "")],
    }  # fmt: skip
    return render(request, "people/answer_duty.html", context, status=422 if form.is_bound else 200)


def _answered(request: Asked, duty: Any, form: AnswerDuty) -> bool:
    """Take the answer; what is refused, or goes beyond the time there is, becomes an error beside its field."""
    given, do = form.cleaned_data["hours"], request.POST.get("do")
    minutes = None if given is None else round(given * 60)
    if do == "accept" and minutes and _beyond(request.user, minutes):
        words = _("That is more than the time your manager has said you have for what you answer for.")
        form.add_error("hours", ValidationError(words, "beyond"))
        return False
    try:
        operations.answer_duty(
            duty=duty, accept=do in ("accept", "accept_beyond"), minutes=minutes, support=form.cleaned_data["support"],
            reason=form.cleaned_data["reason"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("hours" if refusal.code == "minutes_missing" else "reason", refusal.sentence(_))
        return False
    return True


def _beyond(person: Any, minutes: int) -> bool:
    """Tell whether so much more a month is beyond what a person's manager has given them."""
    return person.duty_minutes is not None and _taken(person) + minutes > person.duty_minutes


def _taken(person: Any) -> int:
    return sum(each.minutes or 0 for each in queries.duties_of(person) if each.state == DutyState.ACCEPTED)


def end(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Let somebody stop answering for a thing, or take back the question; the thing is a gap then."""
    require_somewhere(request.access, "see_systems")
    duty = queries.duty_with_key(key)
    own = duty is not None and duty.person_id == request.user.pk and duty.state == DutyState.ACCEPTED
    if duty is None or duty.state not in queries.OPEN or not (own or request.access.may("offer_duties")):
        raise Http404
    thing = queries.thing_with_key(duty.thing, duty.thing_key)
    form = EndDuty(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.end_duty(duty=duty, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("It is ended. Somebody else can be asked."))
        return redirect(thing.page, municipality, thing.code) if thing else redirect("radar", municipality)
    context = {"form": form, "duty": duty, "thing": thing, "own": own, "role": role_names().get(duty.role, duty.role),
               "crumbs": _crumbs(municipality, thing.name if thing else "")}  # fmt: skip
    return render(request, "people/end_duty.html", context, status=422 if form.is_bound else 200)


def _time_left(person: Any) -> dict[str, str]:
    """Return the time a person has accepted, and has, where their manager has said it."""
    if person.duty_minutes is None:
        return {}
    return {"taken": hours(_taken(person)), "given": hours(person.duty_minutes)}


def radar(request: Asked, municipality: str) -> HttpResponse:
    """List what nobody answers for, the longest first; names only for those who may do something about it."""
    require_somewhere(request.access, "see_systems")
    may_offer = request.access.may("offer_duties")
    if may_offer and request.GET.get("leaves"):
        return redirect("hand-over", municipality, request.GET["leaves"].replace("/", "") or "-")
    found = queries.gaps(timezone.now())
    counts = Counter(each.why for each in found)
    context = {
        "n": len(found), "counts": [(counts[why], words) for why, words in _why().items() if counts[why]],
        "table": _gaps(municipality, found[:SHOWN], may_offer), "left": max(len(found) - SHOWN, 0),
        "may_offer": may_offer, "people": queries.everybody() if may_offer else [],
    }  # fmt: skip
    return render(request, "people/radar.html", context)


def _why() -> dict[str, Any]:
    return {"nobody": _("nobody is named"), "not_accepted": _("asked, but has not accepted"),
            "left": _("the one who answered has left"), "no_time": _("accepted, without any time for it"),
            "overloaded": _("accepted, by somebody with more than there is time for")}  # fmt: skip


def _gaps(municipality: str, found: list[Any], may_offer: bool) -> Table:
    why = _why()
    columns = [Column(_("What")), Column(_("Kind")), Column(_("The gap")), Column(_("Days"), "number")]
    columns += [Column(_("Said to answer")), Column(_("What to do"))] if may_offer else []
    rows = []
    for gap in found:
        row = [linked(municipality, gap.thing), str(THINGS[gap.thing.kind]), why[gap.why], gap.days]
        if may_offer:
            there = reverse("offer-duty", args=[municipality, gap.thing.kind, gap.thing.key])
            row += [gap.duty.person.name if gap.duty else gap.thing.said or "–", link(_("Ask somebody"), there)]
        rows.append(row)
    return Table(_("What nobody answers for"), columns, rows, hide_caption=True)


def offer(request: Asked, municipality: str, thing: str, key: object) -> HttpResponse:
    """Ask somebody to answer for a thing."""
    require(request.access, "offer_duties")
    found = queries.thing_with_key(thing, key)
    if found is None:
        raise Http404
    people = {each.code: each for each in queries.everybody()}
    form = OfferDuty(
        request.POST or None, roles=list(roles_on(thing).items()),
        initial={"role": request.GET.get("role", "")},
        people=[(code, _called(each)) for code, each in people.items()],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        person = people[form.cleaned_data["person"]]
        try:
            operations.offer_duty(person=person, thing=thing, thing_key=str(key), role=form.cleaned_data["role"],
                                  mandate=form.cleaned_data["mandate"], by=request.user, at=timezone.now())  # fmt: skip
        except Refusal as refusal:
            form.add_error("mandate" if refusal.code == "mandate_missing" else "person", refusal.sentence(_))
        else:
            messages.success(request, _("%(name)s is asked. It is theirs once they accept.") % {"name": person.name})
            return redirect(found.page, municipality, found.code)
    context = {"form": form, "thing": found, "crumbs": _crumbs(municipality, found.name)}
    return render(request, "people/offer_duty.html", context, status=422 if form.is_bound else 200)


def hand_over(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Hand over what somebody answers for, all at once, and show what is left over."""
    require(request.access, "offer_duties")
    people = {each.code: each for each in queries.everybody()}
    person = people.pop(code, None)
    if person is None:
        raise Http404
    duties = {str(each.key): each for each in queries.duties_of(person)}
    things = queries.things_of(duties.values())
    form = HandOver(
        request.POST or None, people=[(code, _called(each)) for code, each in people.items()],
        duties=[(key, _duty_words(each, things.get(str(each.thing_key)))) for key, each in duties.items()],
        initial={"duties": list(duties)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        to = people[form.cleaned_data["person"]]
        chosen = [duties[each] for each in form.cleaned_data["duties"]]
        try:
            operations.hand_over(duties=chosen, to=to, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("person", refusal.sentence(_))
        else:
            told = {"name": to.name, "n": len(chosen), "left": len(duties) - len(chosen), "old": person.name}
            messages.success(
                request, _("%(name)s is asked to answer for %(n)s. %(left)s are left with %(old)s.") % told
            )
            return redirect("hand-over", municipality, person.code)
    context = {"form": form, "person": person, "n": len(duties), "crumbs": _crumbs(municipality, person.name)}
    return render(request, "people/hand_over.html", context, status=422 if form.is_bound else 200)


def _called(person: Any) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


def _duty_words(duty: Any, thing: Thing | None) -> str:
    return f"{thing.name if thing else '–'}: {role_names().get(duty.role, duty.role)}"


def _crumbs(municipality: str, here: str) -> list[tuple[str, str]]:
    return [(_("Who answers"), reverse("radar", args=[municipality])), (here, "")]


def of_thing(*, request: Any, kind: str, key: object) -> str:
    """Return who answers for a thing, for its page: the roles and the gaps, names only to those concerned."""
    duties, names, above = queries.duties_on(key), roles_on(kind), queries.above_of(kind, key)
    may_offer = request.access.may("offer_duties")
    concerned = may_offer or any(
        duty.person_id == request.user.pk for duty in (*duties, *(above.duties if above else ()))
    )
    ends = request.municipality.code if may_offer else ""
    rows = [row for role, name in names.items() for row in _holding(role, name, duties, above, concerned, ends)]
    columns = [Column(_("As what?")), Column(_("Who")), Column(_("State"))]
    table = Table(_("Who answers"), columns, rows, hide_caption=True)
    context = {
        "table": _paired(rows, names) if kind == "object" else table, "may_offer": may_offer,
        "offer": reverse("offer-duty", args=[request.municipality.code, kind, key]),
    }  # fmt: skip
    return render_to_string("people/of_thing.html", context, request=request)


def _holding(
    role: str, name: str, duties: list[Any], above: Any, concerned: bool, ends: str
) -> list[list[Any]]:  # fmt: skip
    """Return who has a role, or is asked to take it; else who has it for what lies above; else that nobody has.

    ``ends``: the municipality, for whoever may end it.
    """
    mine = [duty for duty in duties if duty.role == role]
    through = [duty for duty in above.duties if duty.role == INHERITED.get(role)] if above and not mine else []
    rows = []
    for duty in mine or through:
        has = duty.state == DutyState.ACCEPTED
        state = pill(_("accepted"), "good") if has else pill(_("not accepted"), "amber")
        if through:
            state = format_html("{} {}", state, _("for all of %(name)s") % {"name": above.thing.name})
        elif ends:
            there = reverse("end-duty", args=[ends, duty.key])
            state = format_html("{} {}", state, link(_("End it") if has else _("Take back the question"), there))
        rows.append([name, duty.person.name if concerned else _("a named person"), state])
    return rows or [[name, "–", pill(_("nobody"), "red")]]


def _paired(rows: list[list[Any]], names: dict[str, str]) -> Table:
    """Return who has the roles of a maintenance object, business and IT side by side at each level."""
    said: dict[str, list[Any]] = {}
    for name, who, state in rows:
        said.setdefault(name, []).append(format_html("{} {}", who, state))
    cells = {
        name: format_html_join(mark_safe("<br>"), "{}", ((each,) for each in found)) for name, found in said.items()
    }
    columns = [Column(_("Level")), Column(_("For the business")), Column(_("For IT"))]
    paired = [
        [level, *(format_html("<b>{}</b><br>{}", names[role], cells[names[role]]) for role in pair)]
        for level, *pair in LEVELS
    ]
    own = {role for _level, *pair in LEVELS for role in pair}
    paired += [[names[role], cells[names[role]], ""] for role in names if role not in own]
    return Table(_("Who answers"), columns, paired, hide_caption=True)
