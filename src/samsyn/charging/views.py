"""What a unit pays and why: the statement, its five steps, the lists and rows behind it."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.charging import exports, queries, words
from samsyn.charging import phrases as say
from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import operations as costing
from samsyn.costing import volumes
from samsyn.organisation import queries as organisation
from samsyn.people.rules import Asked
from samsyn.web.components import line, link

_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_PAGE = 50


def _statement(request: Asked, unit: str, period: str) -> queries.Statement:
    """Return the statement if this person may see it; what one may not see does not exist."""
    month = Period.parse(period)
    tree = organisation.tree(month.last_date)
    if not request.access.may_for("see_statement", unit, tree):
        raise Http404
    found = queries.statement(unit, month, tree)
    if found is None:
        raise Http404
    return found


def _address(view: str, found: queries.Statement, municipality: str) -> Callable[[str], str]:
    """Return where a view of each service stands, or nowhere where units are summed; the pattern is found once."""
    mark = "SERVICE"
    before, after = reverse(view, args=[municipality, found.unit.code, found.period, mark]).rsplit(mark, 1)
    return lambda code: "" if found.below else f"{before}{quote(code, safe='')}{after}"


def _lines(found: queries.Statement, municipality: str) -> Iterator[SafeString]:
    """Write the lines as the page shows them."""
    why, which = (_address(view, found, municipality) for view in ("why", "which"))
    language, ask = say.language(), _("Why?")
    for service in found.services:
        name, detail = service.name(language), [words.line_detail(service)]
        told: dict[str, Any] = {"url": why(service.code), "ask": ask}
        if service.is_charged:
            if service.quantity and not found.below:
                detail.append(link(words.which(service), which(service.code)))
            detail += [_("estimated")] if service.estimated else []
            tag, tone = words.tag(service)
            told |= {"tag": tag, "tone": tone, "part": service.charged_ore, "whole": found.total_ore}
        said = format_html_join(" · ", "{}", ((each,) for each in detail))
        yield line(name, service.charged_ore, said, target="#why", quiet=not service.is_charged, **told)


def _crumbs(found: queries.Statement, municipality: str, access: Any) -> list[tuple[str, str]]:
    crumbs = []
    for node in found.path:
        seen = node.code != found.unit.code and access.may_for("see_statement", node.code, found.tree)
        url = reverse("statement", args=[municipality, node.code, found.period]) if seen else ""
        if node.kind != "authority":
            crumbs.append((node.name, url))
    return crumbs


def latest(request: Asked, municipality: str, unit: str = "") -> HttpResponse:
    """Go to the newest statement of a unit; without one, of the first unit one answers for."""
    periods = sorted(queries.approved_periods())
    scopes = request.access.scopes("see_statement")
    if not scopes:
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right="see_statement")
    code = unit or next((scope for scope in scopes if scope), "") or organisation.top_unit(timezone.localdate())
    if not periods:
        return render(request, "charging/none_yet.html", {})
    return redirect("statement", municipality, code, periods[-1])


def statement(request: Asked, municipality: str, unit: str, period: str) -> HttpResponse:
    """Show what a unit pays in a month, why, and what it can do about it."""
    found = _statement(request, unit, period)
    where = [municipality, unit, period]
    periods = sorted(queries.approved_periods())
    place = periods.index(period)
    context = {
        "found": found, "crumbs": _crumbs(found, municipality, request.access),
        "headline": words.headline(found), "why": words.why(found), "facts": words.facts(found),
        "lines": list(_lines(found, municipality)), "picture": words.picture(found),
        "below": [(node, ore, reverse("statement", args=[municipality, node.code, period]))
                  for node, ore in found.below],
        "files": [(kind.upper(), reverse("statement-file", args=[*where, kind])) for kind in _TYPES],
        "older": periods[place - 1] if place else "",
        "newer": periods[place + 1] if place + 1 < len(periods) else "",
        "where": where,
        "influence": words.influence(found),
    }  # fmt: skip
    return render(request, "charging/statement.html", context)


def download(request: Asked, municipality: str, unit: str, period: str, kind: str) -> HttpResponse:
    """Hand out the statement as a file."""
    if kind not in _TYPES:
        raise Http404
    found = _statement(request, unit, period)
    language = get_language() or "sv"
    content = exports.statement(found, kind, language)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{unit}-{period}.{kind}"'
    return response


def _explanation(request: Asked, unit: str, period: str, service: str) -> queries.Explanation:
    found = None
    month = Period.parse(period)
    if request.access.may_for("see_statement", unit, organisation.tree(month.last_date)):
        found = queries.explain(request.municipality, unit, service, month, say.language())
    if found is None:
        raise Http404
    return found


def why(request: Asked, municipality: str, unit: str, period: str, service: str) -> HttpResponse:
    """Show the five steps behind a line, beside the statement or as a page of its own."""
    found = _explanation(request, unit, period, service)
    where = [municipality, unit, period, service]
    causes = [
        (cause, "" if cause.is_pay else reverse("rows-behind", args=[*where, cause.pool, cause.cost_type]))
        for cause in found.causes
    ]
    context = {
        "found": found, "name": found.service.name(get_language() or "sv"), "steps": words.why_steps(found),
        "included": say.said(found.service, "included"), "excluded": say.said(found.service, "excluded"),
        "causes": causes, "where": where, "once": words.pay_once(found),
        "items": volumes.items(request.municipality, found.period, service, unit),
        "may_answer": request.access.may_for(
            "answer_volume", unit, organisation.tree(found.period.last_date)
        ),
    }  # fmt: skip
    partial = "charging/_why.html" if request.headers.get("HX-Request") else "charging/why.html"
    return render(request, partial, context)


def which(request: Asked, municipality: str, unit: str, period: str, service: str) -> HttpResponse:
    """Show the list behind a volume: which computers, where, since when."""
    found = _explanation(request, unit, period, service)
    items = volumes.items(request.municipality, found.period, service, unit)
    context = {
        "found": found, "name": found.service.plural(get_language() or "sv"), "items": items,
        "where": [municipality, unit, period, service],
    }  # fmt: skip
    return render(request, "charging/which.html", context)


@require_POST
def answer(request: Asked, municipality: str, unit: str, period: str, service: str) -> HttpResponse:
    """Take a manager's word on a volume: it agrees, or it does not, like this."""
    month = Period.parse(period)
    if not request.access.may_for("answer_volume", unit, organisation.tree(month.last_date)):
        raise Http404
    costing.answer_volume(
        municipality=request.municipality, service=service, unit=unit, period=period,
        agrees=request.POST.get("agrees") == "yes", comment=request.POST.get("comment", "").replace("\0", ""),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return redirect("which", municipality, unit, period, service)


def rows(
    request: Asked, municipality: str, unit: str, period: str, service: str, pool: str, cost_type: str
) -> HttpResponse:
    """Show the rows of the books that a cause consists of, with voucher and line."""
    found = _explanation(request, unit, period, service)
    cause = next((each for each in found.causes if (each.pool, each.cost_type) == (pool, cost_type)), None)
    if cause is None or cause.is_pay:
        raise Http404
    first = request.GET.get("from", "")[:9]
    start = int(first) if first.isdecimal() else 0
    behind = queries.rows_behind(request.municipality, found.period, pool, cost_type, start, _PAGE + 1)
    context = {
        "found": found, "cause": cause, "rows": behind[:_PAGE], "where": [municipality, unit, period, service],
        "name": found.service.name(get_language() or "sv"),
        "older": f"?from={start + _PAGE}" if len(behind) > _PAGE else "",
        "newer": f"?from={start - _PAGE}" if start else "",
    }  # fmt: skip
    return render(request, "charging/rows.html", context)


def voucher(
    request: Asked, municipality: str, unit: str, period: str, service: str, batch: str, voucher: str
) -> HttpResponse:
    """Show one voucher as the file has it, when one of its rows lies behind the line."""
    found = _explanation(request, unit, period, service)
    lines = queries.voucher_behind(request.municipality, found, batch, voucher)
    if not lines:
        raise Http404
    context = {
        "found": found, "lines": lines, "voucher": lines[0]["voucher"], "title": _("Voucher"),
        "where": [municipality, unit, period, service],
        "file": queries.file_of(request.municipality, batch),
    }  # fmt: skip
    return render(request, "charging/voucher.html", context)
