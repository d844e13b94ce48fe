"""Sign in and out; see the people and their roles."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samsyn.people.forms import SignIn
from samsyn.people.rules import Asked


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
