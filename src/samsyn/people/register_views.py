"""The way in of a register, the same for every room: a file, which column is what, what it would do, load it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.formats.ledger_file import shown
from samsyn.formats.register_table import (
    Loaded,
    Register,
    RegisterProfile,
    RegisterProposal,
    fits,
    propose_register,
    read_register,
)  # fmt: skip
from samsyn.intake import operations as intake
from samsyn.intake import queries as received
from samsyn.intake.rules import may_keep
from samsyn.people.forms import RegisterColumns, RegisterFileForm, RegisterPlace
from samsyn.people.queries import require
from samsyn.people.rules import Asked
from samsyn.people.words import in_our_words
from samsyn.web.components import Column, Table


@dataclass(frozen=True)
class Room:
    """Whose register it is: who may load it, by which operation, and the names of its addresses.

    ``there`` lists what is loaded; ``there-load`` takes a file, ``there-check`` shows one. ``title`` is translated;
    ``answers`` are the choices of its fields.
    """

    register: Register
    right: str
    load: Callable[..., Loaded]
    there: str
    title: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def known(self) -> Register:
        """The register, with what our own lists call its fields."""
        return in_our_words(self.register, self.answers)


def load(request: Asked, room: Room) -> HttpResponse:
    """Take in a file; nothing is loaded yet."""
    require(request.access, room.right)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        intake.admit(file.size)
        record = intake.receive_register(
            municipality_key=request.municipality.key, register=room.register.name, name=file.name, content=file,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return redirect(f"{room.there}-check", request.municipality.code, record.key)
    context = {"form": form, "crumbs": _crumbs(request, room, _("Load a list")),
               "back": reverse(room.there, args=[request.municipality.code])}  # fmt: skip
    return render(request, "people/register_load.html", context, status=422 if form.is_bound else 200)


def check(request: Asked, room: Room, key: object) -> HttpResponse:
    """Show which column is taken as what and what loading would do; change the one, or do the other."""
    require(request.access, room.right)
    record = received.received_register(request.municipality.key, room.register.name, key)
    if record is None:
        raise Http404
    data = intake.reopen(request.municipality.key, record.raw_key)
    place, proposal = _placed(request, room, data)
    profile, proposal, like = _known_layout(request, room, proposal, data)
    form = RegisterColumns(request.POST or None, proposal=proposal, register=room.register, fields=profile.fields)
    if request.method == "POST" and form.is_valid():
        profile = RegisterProfile(form.cleaned_data["fields"], proposal.profile.sheet, proposal.profile.header_row)
    wanted = request.method == "POST" and form.is_valid() and request.POST.get("do") == "load"
    loaded = room.load(
        municipality=request.municipality, file=read_register(data, room.known, profile), data=data,
        name=record.name, by=request.user, at=timezone.now(), dry_run=not wanted,
    )  # fmt: skip
    if wanted and loaded.status != "refused":
        intake.remember_profile(record=record, profile=profile.as_json(), by=request.user, at=timezone.now())
        told = {"new": loaded.created, "changed": loaded.updated}
        messages.success(request, _("The list is loaded: %(new)s came, %(changed)s changed.") % told)
        return redirect(room.there, request.municipality.code)
    if not may_keep(loaded.problems):
        intake.refuse_to_keep(record=record, by=request.user, at=timezone.now())
    context = {
        "record": record, "form": form, "loaded": loaded, "like": like, "sample": _sample(proposal), "place": place,
        "guess": proposal.guess if profile.fields.get(room.register.required) == proposal.guess and not like else "",
        "placed": len(profile.fields), "something": loaded.created or loaded.updated,
        "crumbs": _crumbs(request, room, record.name),
        "again": reverse(f"{room.there}-load", args=[request.municipality.code]),
    }  # fmt: skip
    refused = loaded.status == "refused" or (form.is_bound and not form.is_valid())
    return render(request, "people/register_check.html", context, status=422 if refused else 200)


def _placed(request: Asked, room: Room, data: bytes) -> tuple[RegisterPlace, RegisterProposal]:
    """Return what is proposed, read from the sheet and the line somebody has said, or from where they are found."""
    proposal = propose_register(data, room.known)
    place = RegisterPlace(request.GET or None, proposal=proposal)
    if not place.is_valid():
        return place, proposal
    sheet, line = place.cleaned_data.get("sheet") or None, place.cleaned_data["headers"]
    return place, propose_register(data, room.known, sheet=sheet, header_row=line)


def _known_layout(
    request: Asked, room: Room, proposal: RegisterProposal, data: bytes
) -> tuple[RegisterProfile, RegisterProposal, str]:
    """Return how an earlier file with the same columns was read, from where, and its name; else what is proposed."""
    for each in received.loaded_registers(request.municipality.key, room.register.name):
        was = RegisterProfile.from_json(each.profile or {"fields": {}})
        read = [proposal]
        if not request.GET and was.header_row is not None:
            read.append(propose_register(data, room.known, sheet=was.sheet, header_row=was.header_row))
        for found in read:
            here = replace(was, header_row=found.profile.header_row, sheet=found.profile.sheet)
            if set(here.fields) >= set(found.profile.fields) and fits(here, found):
                return here, found, each.name
    return proposal.profile, proposal, ""


def _sample(proposal: RegisterProposal) -> Table:
    width = len(proposal.headers)
    rows = [[shown(each) for each in (*row[:width], *[""] * (width - len(row)))] for row in proposal.samples]
    return Table(_("The first rows of the file"), [Column(each) for each in proposal.headers], rows, dense=True)


def _crumbs(request: Asked, room: Room, here: str) -> list[tuple[Any, str]]:
    return [(_(room.title), reverse(room.there, args=[request.municipality.code])), (here, "")]
