"""Answer a refused request with a page that says what happened, where, and what to do."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from samsyn.core.refusals import Refusal

View = Callable[..., HttpResponseBase]
STATUS = {
    "bad_request": 400,
    "not_allowed": 403,
    "not_found": 404,
    "stale_version": 409,
    "conflict": 409,
}


def status_of(refusal: Refusal) -> int:
    """Return the status a refusal is answered with: its own ``status``, else by its code, else 400."""
    return int(getattr(refusal, "status", 0) or STATUS.get(refusal.code, 400))


def problem(
    request: HttpRequest, refusal: Refusal, *, do: str = "", url: str = "", label: str = ""
) -> HttpResponseBase:
    """Render a refusal as a page, or as a notice alone when htmx asked.

    ``do`` is a translated sentence saying what to do next; ``url`` and ``label`` a link that does it.
    """
    context: dict[str, Any] = {
        "sentence": refusal.sentence(gettext),
        "code": refusal.code,
        "do": do,
        "url": url,
        "label": label,
        "back": request.path,
    }
    partial = bool(request.headers.get("HX-Request"))
    template = "web/refusal_notice.html" if partial else "web/refusal.html"
    return render(request, template, context, status=status_of(refusal))


def csv_file(lines: Iterator[str], name: str) -> HttpResponseBase:
    """Hand out the lines of a CSV file one by one, so that a long list takes no memory."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def page(view: View) -> View:
    """Wrap a view so that a `Refusal` it lets through becomes a page instead of an error."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return problem(request, refusal)

    return answered
