"""Open the municipality named by the address, for people who belong to it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.intake.operations import admit
from samsyn.organisation.queries import municipality_with_code
from samsyn.people.queries import access_of
from samsyn.web.pages import problem

Handler = Callable[[HttpRequest], HttpResponse]
# a link in a mail, or in a calendar program, answers for the one it was given to, without signing in
OPEN = {"sign-in", "answer-reminder", "contract-feed"}
FIELDS = 100_000


def municipality_scope(get_response: Handler) -> Handler:
    """Run each page inside its municipality; strangers sign in first, others' pages do not exist."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # no name, code or search holds it, and PostgreSQL refuses it
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        code = match.kwargs.get("municipality")
        if code is None:
            return get_response(request)
        municipality = municipality_with_code(code)
        if municipality is None:
            raise Http404
        request.municipality = municipality  # type: ignore[attr-defined]
        with in_municipality(municipality):
            if match.url_name not in OPEN:
                if not request.user.is_authenticated:
                    return redirect(f"{reverse('sign-in', args=[code])}?next={request.path}")
                if request.user.municipality_id != municipality.pk:
                    raise Http404
                request.access = access_of(request.user, timezone.localdate())  # type: ignore[attr-defined]
            try:
                # the fields around a file are small; nothing of it has been received yet
                admit(int(request.META.get("CONTENT_LENGTH") or 0) - FIELDS)
            except Refusal as refusal:
                return problem(request, refusal)  # type: ignore[return-value]
            return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return problem(request, exception) if isinstance(exception, Refusal) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
