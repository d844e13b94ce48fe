"""The first pages: which municipality, and what awaits me there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samsyn.organisation.queries import municipalities


def front(request: HttpRequest) -> HttpResponse:
    """Show the municipalities of this installation, or go home when signed in."""
    if request.user.is_authenticated:
        return redirect("home", request.user.municipality.code)
    return render(request, "home/front.html", {"municipalities": municipalities()})


def home(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show what this person answers for."""
    return render(request, "home/home.html", {})
