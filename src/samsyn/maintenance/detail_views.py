"""Who speaks for an administration, who helps in a system, who has more than there is time for, what roles are."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.maintenance.forms import GiveTime, NameRole, NoteContact
from samsyn.organisation.queries import tree
from samsyn.people import operations, queries
from samsyn.people.choices import ACTIVE_DAYS, THINGS, DutyRole, DutyState
from samsyn.people.duty_views import hours, linked
from samsyn.people.queries import Load, require, require_somewhere
from samsyn.people.rules import Asked, known_version, role_kinds, role_names
from samsyn.people.words import told
from samsyn.web.components import Column, Table, link, pill

SHOWN = 500


def administrations(request: Asked, municipality: str) -> HttpResponse:
    """List who speaks for each administration, and those that nobody speaks for."""
    require_somewhere(request.access, "see_systems")
    things = queries.administrations(None)
    held = queries.owned("administration")
    columns = [Column(_("Administration")), Column(_("Who speaks for it")), Column(_("What they may decide")),
               Column(_("State"))]  # fmt: skip
    rows = [[linked(municipality, each), *_speaks(held.get(each.key))] for each in things]
    lacking = sum(not _accepted(held.get(each.key)) for each in things)
    table = Table(_("Who speaks for each administration"), columns, rows, hide_caption=True)
    return render(request, "maintenance/administrations.html", {"n": lacking, "all": len(things), "table": table})


def _accepted(duty: Any) -> bool:
    return duty is not None and duty.state == DutyState.ACCEPTED and duty.person.is_active


def _speaks(duty: Any) -> list[Any]:
    """Return who speaks for an administration: whoever has accepted is there to be found by all."""
    if duty is None:
        return ["–", "–", pill(_("nobody"), "red")]
    if not duty.person.is_active:
        return ["–", duty.mandate, pill(_("has left"), "red")]
    has = _accepted(duty)
    state = pill(_("accepted"), "good") if has else pill(_("not accepted"), "amber")
    return [duty.person.name if has else _("a named person"), duty.mandate or "–", state]


def administration(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Show who speaks for one administration, with which mandate, and who did before."""
    require_somewhere(request.access, "see_systems")
    found = next((each for each in queries.administrations(None) if each.code == code), None)
    if found is None:
        raise Http404
    duty = queries.owned("administration").get(found.key)
    before = queries.history_of_duty(found.key, DutyRole.REPRESENTATIVE)
    columns = [Column(_("Who")), Column(_("From"), "date"), Column(_("Until"), "date"), Column(_("Mandate"))]
    rows = [
        [each.person.name, *(moment and timezone.localdate(moment) for moment in (each.answered_at, each.ended_at)),
         each.mandate or "–"]
        for each in before if each.state in (DutyState.ACCEPTED, DutyState.ENDED)
    ]  # fmt: skip
    crumbs = [(_("Administrations"), reverse("administrations", args=[municipality])), (found.name, "")]
    context = {
        "thing": found, "duty": duty if _accepted(duty) else None, "asked": duty, "crumbs": crumbs,
        "before": Table(_("Who has spoken for it"), columns, rows, hide_caption=True) if rows else None,
        "may_offer": request.access.may("offer_duties"),
    }  # fmt: skip
    return render(request, "maintenance/administration.html", context)


def superusers(request: Asked, municipality: str) -> HttpResponse:
    """List the superusers of each system: accepted, time, in touch; names for those concerned."""
    require_somewhere(request.access, "see_systems")
    on, duties = timezone.localdate(), queries.superusers()
    things = queries.things_of(duties)
    mine = {str(each.thing_key) for each in queries.duties_of(request.user) if each.state == DutyState.ACCEPTED}
    mine |= queries.things_owned_by(request.user, "system")
    known = [(each, things[str(each.thing_key)]) for each in duties if str(each.thing_key) in things]
    known.sort(key=lambda pair: (pair[1].name, pair[0].person.name))
    all_names = request.access.may("offer_duties")
    rows = [
        _superuser(municipality, duty, thing, all_names or str(duty.thing_key) in mine) for duty, thing in known[:SHOWN]
    ]
    columns = [Column(_("System")), Column(_("Superuser")), Column(_("Where it stands")), Column(_("Time a month")),
               Column(_("Last in touch on"), "date")]  # fmt: skip
    context = {
        "all": len(known), "active": sum(queries.is_active_superuser(duty, on) for duty, _thing in known),
        "silent": sum(duty.state == DutyState.OFFERED for duty, _thing in known), "days": ACTIVE_DAYS,
        "without": len(queries.things_of_kind("system")) - len({thing.key for _duty, thing in known}),
        "table": Table(_("Superusers"), columns, rows, hide_caption=True),
    }  # fmt: skip
    return render(request, "maintenance/superusers.html", context)


def _superuser(municipality: str, duty: Any, thing: Any, named: bool) -> list[Any]:
    on = timezone.localdate()
    state = pill(_("not accepted"), "amber")
    if not duty.person.is_active:
        state = pill(_("has left"), "red")
    elif duty.state == DutyState.ACCEPTED:
        active = queries.is_active_superuser(duty, on)
        state = pill(_("active"), "good") if active else pill(_("no contact for a year"), "amber")
    who = _("a named person")
    if named:
        there = reverse("superuser", args=[municipality, duty.key])
        who = link(duty.person.name, there) if duty.state == DutyState.ACCEPTED else duty.person.name
    return [linked(municipality, thing), who, state, hours(duty.minutes) if named else "–", duty.contacted_date]


def superuser(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Note when somebody was in touch with a superuser."""
    duty = queries.duty_with_key(key)
    if duty is None or duty.role != DutyRole.SUPERUSER or duty.state != DutyState.ACCEPTED:
        raise Http404
    if not queries.may_write(request.user, request.access, "offer_duties", duty.thing_key):
        require(request.access, "offer_duties")
    thing = queries.thing_with_key(duty.thing, duty.thing_key)
    form = NoteContact(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.note_contact(duty=duty, on=form.cleaned_data["day"], by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("day", refusal.sentence(_))
        else:
            messages.success(request, _("It is noted."))
            return redirect("superusers", municipality)
    crumbs = [(_("Superusers"), reverse("superusers", args=[municipality])), (duty.person.name, "")]
    context = {"form": form, "duty": duty, "thing": thing, "hours": hours(duty.minutes), "crumbs": crumbs}
    return render(request, "maintenance/superuser.html", context, status=422 if form.is_bound else 200)


def load(request: Asked, municipality: str) -> HttpResponse:
    """Show who answers for how much: managers see their own, those who ask people to answer see all."""
    require_somewhere(request.access, "see_load")
    on = timezone.localdate()
    led, everybody = queries.led_by(request.user, tree(on), on), request.access.may("offer_duties")
    found = [each for each in queries.loads() if everybody or each.person.pk in led]
    names = {each.key: each for each in queries.things_of_kind("system")} if led else {}
    busy = queries.overloaded()
    columns = [Column(_("Who")), Column(_("Answers for"), "number"), Column(_("Time they say")),
               Column(_("Time they have")), Column(_("State"))]  # fmt: skip
    columns += [Column(_("Only they know"))] if led else []
    rows = [_loaded(municipality, each, busy, names, each.person.pk in led, bool(led)) for each in found[:SHOWN]]
    table = Table(_("Who answers for how much"), columns, rows, hide_caption=True)
    over = sum(each.person.pk in busy for each in found)
    context = {"table": table, "n": over, "all": len(found), "led": bool(led)}
    return render(request, "maintenance/loads.html", context)


def _loaded(municipality: str, found: Load, busy: set[int], names: Any, led: bool, alone: bool) -> list[Any]:
    """Return how much somebody answers for; what only they know is for their own manager."""
    person = found.person
    state = pill(_("more than there is time for"), "red") if person.pk in busy else "–"
    if person.duty_minutes is None:
        state = pill(_("nobody has said how much time"), "amber")
    row = [link(person.name, reverse("give-time", args=[municipality, person.code])), len(found.duties),
           hours(found.minutes), hours(person.duty_minutes), state]  # fmt: skip
    if alone:
        known = [names[key].name for key in found.alone if key in names] if led else []
        row.append(", ".join(known) or "–")
    return row


def give_time(request: Asked, municipality: str, code: str) -> HttpResponse:
    """Say how much time somebody has for all they answer for; theirs to say who lead them."""
    on = timezone.localdate()
    person = queries.person_with_code(request.municipality, code)
    if person is None:
        raise Http404
    if person.pk not in queries.led_by(request.user, tree(on), on):
        require(request.access, "offer_duties")
    duties = [each for each in queries.duties_of(person) if each.state == DutyState.ACCEPTED]
    things, names = queries.things_of(duties), role_names()
    now = None if person.duty_minutes is None else round(person.duty_minutes / 60, 1)
    form = GiveTime(request.POST or None, initial={"hours": now})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["hours"]
        minutes = None if given is None else round(given * 60)
        operations.give_time(person=person, minutes=minutes, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is saved.") % {"name": person.name})
        return redirect("loads", municipality)
    rows = [[linked(municipality, things.get(str(each.thing_key))), names.get(each.role, each.role),
             hours(each.minutes)] for each in duties]  # fmt: skip
    table = Table(_("What they answer for"), [Column(_("What")), Column(_("As")), Column(_("Time a month"))], rows,
                  hide_caption=True)  # fmt: skip
    crumbs = [(_("Time"), reverse("loads", args=[municipality])), (person.name, "")]
    context = {"form": form, "person": person, "n": len(duties), "table": table, "crumbs": crumbs,
               "taken": hours(sum(each.minutes or 0 for each in duties))}  # fmt: skip
    return render(request, "maintenance/give_time.html", context, status=422 if form.is_bound else 200)


def roles(request: Asked, municipality: str) -> HttpResponse:
    """List the roles there are: what each is called here, other names for it, what it may decide."""
    require_somewhere(request.access, "see_systems")
    may_edit = request.access.may("manage_organisation")
    shown = {thing for thing in THINGS if thing != "object" or queries.things_of_kind("object")}
    found = [each for each in role_kinds() if each.thing in shown]
    columns = [Column(_("Role")), Column(_("For what")), Column(_("Also called")), Column(_("What it may decide"))]
    rows = [
        [link(each.name, reverse("role", args=[municipality, each.role])) if may_edit else each.name,
         str(THINGS[each.thing]), ", ".join(each.also) or "–", each.mandate or "–"]
        for each in found
    ]  # fmt: skip
    table = Table(_("Roles"), columns, rows, hide_caption=True)
    context = {"table": table, "n": len(found), "may_edit": may_edit, "silent": sum(not each.mandate for each in found)}
    return render(request, "maintenance/roles.html", context)


def role(request: Asked, municipality: str, role: str = "") -> HttpResponse:
    """Say what a role is called here and what it may decide, or add one."""
    require(request.access, "manage_organisation")
    kind = next((each for each in role_kinds() if each.role == role), None)
    if role and kind is None:
        raise Http404
    stored = kind.stored if kind else None
    start = {name: getattr(stored, name) for name in operations.NAMED} if stored else {}
    start["also"] = ", ".join(start.get("also", []))
    things = [] if kind else [(code, words) for code, words in THINGS.items() if code != "object"]
    form = NameRole(request.POST or None, initial=start, things=things)
    if request.method == "POST" and form.is_valid() and _named(request, role, form):
        messages.success(request, _("The role is saved."))
        return redirect("roles", municipality)
    crumbs = [(_("Roles"), reverse("roles", args=[municipality])), (kind.name if kind else _("New role"), "")]
    history = told(changes_of_record(request.municipality.key, stored.key), _) if stored else []
    context = {"form": form, "kind": kind, "known": stored.version if stored else 0, "crumbs": crumbs,
               "history": history}  # fmt: skip
    return render(request, "maintenance/role.html", context, status=422 if form.is_bound else 200)


def _named(request: Asked, role: str, form: NameRole) -> bool:
    """Save what a role is called; a refusal becomes an error of the form."""
    try:
        operations.name_role(
            municipality=request.municipality, role=role, thing=form.cleaned_data.get("thing", ""),
            told=form.cleaned_data, known=known_version(request), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(_))
    return form.is_valid()
