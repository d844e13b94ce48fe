"""Components, figures and dates for templates. Registered as built-ins: no template needs to load them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from samsyn.core.problems import Problem
from samsyn.web import components, numbers
from samsyn.web.fields import faults
from samsyn.web.panels import panels_for
from samsyn.web.removal import how_to_remove

register = template.Library()
SHOWN_OF_A_KIND = 3
PAIR = 2  # columns that stand side by side on a telephone too
TONES = {"warning": "amber", "error": "fault", "debug": "info"}


def _lang() -> str:
    return numbers.language(get_language())


def _writer(name: str, write: Callable[..., str]) -> None:
    """Register a filter that writes a value in the reader's language, and nothing for no value."""

    def filtered(value: Any, *arguments: Any) -> str:
        return "" if value is None or value == "" else write(value, *arguments, _lang())

    register.filter(name, filtered)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _as_long_date(value: date, lang: str) -> str:
    return numbers.long_date(_local(value), lang)


def _as_weekday_date(value: date, lang: str) -> str:
    return numbers.weekday_date(_local(value), lang)


def _as_moment(value: datetime, lang: str) -> str:
    local = _local(value)
    return numbers.moment(local, lang) if isinstance(local, datetime) else numbers.long_date(local, lang)


_writer("kr", numbers.kr)
_writer("kr_exact", numbers.kr_exact)
_writer("signed_kr", numbers.signed_kr)
_writer("unit_price", numbers.unit_price)
_writer("number", numbers.number)
_writer("period_name", numbers.period_name)
_writer("month_name", numbers.month_name)
_writer("long_date", _as_long_date)
_writer("weekday_date", _as_weekday_date)
_writer("moment", _as_moment)


@register.filter
def percent(part: int, whole: int) -> str:
    """Write part of whole in per cent: ``{{ part|percent:whole }}``."""
    return numbers.percent(part, whole, _lang())


@register.filter
def quantity(value: int, step: int = 1) -> str:
    """Write a quantity held as whole 1/``step`` units: ``{{ 15|quantity:10 }}`` is 1,5."""
    return numbers.number(Fraction(value, step), _lang())


@register.filter
def translated(value: Any) -> str:
    """Translate a sentence marked with ``N_``, or a problem or refusal with its facts filled in."""
    return str(value.sentence(gettext)) if hasattr(value, "sentence") else gettext(str(value))


_CELLS: dict[str, Callable[[Any, str], str]] = {
    "kr": numbers.kr,
    "kr_exact": numbers.kr_exact,
    "signed_kr": numbers.signed_kr,
    "number": numbers.number,
    "date": _as_long_date,
    "period": numbers.period_name,
}


@register.filter
def cells(row: Sequence[Any], columns: Sequence[components.Column]) -> SafeString:
    """Write a row's cells, each after its column's kind; a page has many, so no template is asked.

    Where a narrow page stacks them (more than a `PAIR`) each carries what its column is called.
    """
    found = []
    for value, column in zip(row, columns, strict=True):
        css = f' class="{column.css}"' if column.css else ""
        label = f' data-label="{conditional_escape(column.label)}"' if len(columns) > PAIR and column.label else ""
        found.append(f"<td{css}{label}>{conditional_escape(_written(value, column))}</td>")
    return mark_safe("".join(found))


def _written(value: Any, column: components.Column) -> Any:
    """Write a value after its column's kind; words and ready HTML pass unchanged."""
    if value is None:
        return ""
    is_word = isinstance(value, str) and column.kind != "period"
    return value if is_word or column.kind not in _CELLS else _CELLS[column.kind](value, _lang())


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """Return the theme the reader chose (light, dark), or "" to follow the computer."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if isinstance(request, HttpRequest) else ""
    return chosen if chosen in ("light", "dark") else ""


@register.inclusion_tag("web/fact.html")
def fact(value: Any, note: Any, url: str = "") -> dict[str, Any]:
    """Show one figure and what it is. Put at most four in ``<div class="facts">``."""
    return {"value": value, "note": note, "url": url}


@register.simple_tag
def tag(text: Any, tone: components.Tone = "neutral") -> SafeString:
    """Show a pill: neutral, good, amber or red."""
    return components.pill(str(text), tone)


@register.simple_block_tag
def line(content: str, name: Any, amount: Any, **options: Any) -> SafeString:
    """Show a line in ``<ul class="lines">``; the content is its detail, the options are those of `components.line`."""
    return components.line(name, amount, content, **options)


@register.simple_block_tag
def notice(content: str, kind: str = "info", heading: Any = "", url: str = "", label: Any = "") -> str:
    """Show a notice: info, success, amber or fault; ``url`` and ``label`` are what to do next."""
    context = {
        "content": content,
        "heading": heading,
        "url": url,
        "label": label,
        "kind": TONES.get(kind, kind),
    }
    return render_to_string("web/notice.html", context)


@register.inclusion_tag("web/empty_state.html")
def empty_state(
    heading: Any, text: Any = "", url: str = "", label: Any = "", other_url: str = "", other_label: Any = ""
) -> dict[str, Any]:
    """Say what will stand here and how it comes: one way, or two."""
    other = {"other_url": other_url, "other_label": other_label}
    return {"heading": heading, "text": text, "url": url, "label": label, **other}


@register.inclusion_tag("web/figure.html")
def figure(chart: components.Chart) -> dict[str, Any]:
    """Draw a chart with its sentence and its table twin."""
    return {"chart": chart, "data": json_script(chart.data, f"{chart.id}-data")}


@register.inclusion_tag("web/data_table.html")
def data_table(table: components.Table) -> dict[str, Any]:
    """Show a table in the one design tables have."""
    return {"table": table, "stacks": len(table.columns) > PAIR}


@register.inclusion_tag("web/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """Show numbered steps of why; an item has ``lead``, ``text`` and, if it leads on, ``url`` and ``ask``."""
    return {"items": items}


@register.inclusion_tag("web/problem_list.html")
def problem_list(problems: Sequence[Problem]) -> dict[str, Any]:
    """List what is wrong in a file: where, what was found, what was expected; errors first.

    Of what is wrong in the same way in the same column the first few stand open, and the rest one click below.
    """
    kinds: dict[tuple[Any, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.severity != "error"):
        kinds.setdefault((problem.severity, problem.code, problem.column), []).append(problem)
    errors = sum(problem.severity == "error" for problem in problems)
    return {
        "kinds": [{"first": each[:SHOWN_OF_A_KIND], "more": each[SHOWN_OF_A_KIND:]} for each in kinds.values()],
        "errors": errors, "warnings": len(problems) - errors,
    }  # fmt: skip


@register.inclusion_tag("web/removal.html", takes_context=True)
def removal(context: Any, kind: str, name: object) -> dict[str, Any]:
    """Say how a thing that was listed by mistake is removed, to whoever may."""
    how, request = how_to_remove(kind), context["request"]
    may = how is not None and request.access.may(how.right)
    return {"may": may, "municipality": request.municipality.code, "kind": kind, "name": name}


@register.inclusion_tag("web/history_list.html")
def history_list(events: Sequence[Any]) -> dict[str, Any]:
    """List events: ``at``, ``who``, ``sentence`` and ``changes`` as (field, before, after).

    What was changed stands open, before and after; the fields of something new are one click below.
    """
    return {"events": [{**each, "open": any(before for _, before, _ in each["changes"])} for each in events]}


@register.inclusion_tag("web/pager.html")
def pager(newer: str = "", older: str = "") -> dict[str, Any]:
    """Link to the page before and after in a list read by keyset."""
    return {"newer": newer, "older": older}


@register.inclusion_tag("web/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form field with label, help and fault, tied together for screen readers."""
    return {"bound": bound, "faults": faults(bound)}


@register.inclusion_tag("web/progress.html")
def progress(sentence: Any, done: int = 0, total: int = 0, url: str = "") -> dict[str, Any]:
    """Show work under way; with ``url`` htmx asks it every second second and puts the answer here."""
    return {"sentence": sentence, "done": done, "total": total, "url": url}


@register.inclusion_tag("web/download_links.html")
def download_links(links: Iterable[tuple[Any, str]]) -> dict[str, Any]:
    """Offer the same content in other forms: pairs of label and address."""
    return {"links": links}


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, **facts: Any) -> list[str]:
    """Return the panels hung at a place: ``{% panels "unit" unit=unit as them %}``."""
    return panels_for(place, request=context.get("request"), **facts)
