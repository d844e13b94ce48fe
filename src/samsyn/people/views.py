"""Sign in and out; remove what was listed by mistake, whatever room it is in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.refusals import Refusal
from samsyn.people.forms import SignIn
from samsyn.people.queries import require
from samsyn.people.rules import Asked
from samsyn.web.components import Column, Table, link
from samsyn.web.numbers import language, long_date
from samsyn.web.removal import Hanging, Removable, hanging_on, how_to_remove


def sign_in(request: Asked, municipality: str) -> HttpResponse:
    """Sign in with name and password, or through the municipality's own sign-in."""
    form = SignIn(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.person)
        response = redirect(_next(request, municipality))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.person.language, samesite="Lax")
        return response
    context = {"form": form, "municipality": request.municipality, "oidc": settings.OIDC}
    return render(request, "people/sign_in.html", context, status=200 if request.method == "GET" else 422)


@require_POST
def sign_out(request: Asked) -> HttpResponse:
    """Sign out and go to the front page."""
    logout(request)
    return redirect("front")


def _next(request: Asked, municipality: str) -> str:
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    return reverse("home", args=[municipality])


def remove(request: Asked, municipality: str, removable: str, named: str) -> HttpResponse:
    """Ask whether a thing is to be removed, show what hangs on it, and remove it where nothing does."""
    how = how_to_remove(removable)
    if how is None:
        raise Http404
    require(request.access, how.right)
    found = how.find(named)
    if found is None:
        raise Http404
    refused = _removed(request, how, found) if request.method == "POST" else None
    if refused == "":
        said = _("%(name)s is removed. What has happened to it stays in the history.") % {"name": found}
        messages.success(request, said)
        return redirect(how.listed, municipality)
    context = {
        "found": found, "instead": how.instead and _(how.instead), "refused": refused,
        "back": (back := reverse(removable, args=[municipality, named])),
        "crumbs": [(str(found), back), (_("Remove it"), "")], **_hanging(municipality, hanging_on(removable, found)),
    }  # fmt: skip
    return render(request, "people/remove.html", context, status=409 if refused else 200)


def _removed(request: Asked, how: Removable, found: Any) -> str:
    """Remove a thing; return why it was not, "" where it was."""
    known = request.POST.get("known", "")
    try:
        how.remove(found=found, known=int(known) if known.isdecimal() else -1, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return refusal.sentence(_)
    return ""


def _called(name: str | date) -> str:
    return long_date(name, language(get_language())) if isinstance(name, date) else name


def _hanging(municipality: str, found: list[Hanging]) -> dict[str, Any]:
    there = (reverse(each.page, args=[municipality, *each.args]) for each in found)
    rows = [[link(_called(each.name), url), _(each.what)] for each, url in zip(found, there, strict=True)]
    return {"n": len(rows), "table": Table(_("What hangs on it"), [Column(_("What")), Column(_("Kind"))], rows)}
