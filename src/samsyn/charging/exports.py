"""What a unit takes away: its statement as PDF, workbook or JSON, and the steps behind a line."""

import json
from fractions import Fraction
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsyn.charging import phrases as say
from samsyn.charging import queries, words
from samsyn.charging.queries import Explanation, Service, Statement
from samsyn.core.money import MICRO, kronor
from samsyn.core.periods import Period
from samsyn.formats.statement_pdf import Line, StatementPage, write_statement
from samsyn.formats.workbook import write_sheets


def statement(found: Statement, kind: str, language: str) -> bytes:
    """Return a statement as ``pdf``, ``xlsx`` or ``json`` in a language."""
    with translation.override(language):
        if kind == "pdf":
            return write_statement(_page(found), found.run.approved_at)
        if kind == "xlsx":
            return write_sheets(_sheets(found))
        return json.dumps(as_json(found, language), ensure_ascii=False, indent=2).encode()


def attachment(unit: str, period: str, language: str) -> bytes:
    """Return the PDF that goes with a mail; a sealed statement makes the same file whenever it is sent."""
    found = queries.statement(unit, Period.parse(period))
    if found is None:
        raise LookupError(f"no statement of {unit} for {period}")
    return statement(found, "pdf", language)


def as_json(found: Statement, language: str = "sv") -> dict[str, Any]:
    """Return a statement for machines: amounts in whole öre and as kronor text."""
    return {
        "unit": found.unit.code, "name": found.unit.name, "period": str(found.period),
        "currency": found.run.municipality.currency,
        "total_ore": found.total_ore, "total": kronor(found.total_ore), "before_ore": found.before_ore,
        "year_before_ore": found.year_before_ore, "not_comparable": found.not_comparable or None,
        "so_far_ore": found.so_far_ore, "forecast_ore": found.forecast_ore,
        "budget_ore": found.budget_ore, "seal": found.run.seal,
        "change": None if found.change is None else {
            "total_ore": found.change.total_ore,
            "effects": [
                {"service": e.service, "kind": e.kind, "amount_ore": e.amount_ore,
                 "quantity_before": e.quantity_before, "quantity_after": e.quantity_after}
                for e in found.change.effects
            ],
        },
        "lines": [
            {"service": s.code, "name": s.name(language), "quantity": s.quantity,
             "price_micro": s.price_micro, "amount_ore": s.amount_ore,
             "standing": s.row.get("standing") or "", "charged": s.is_charged,
             "cost_ore": s.cost_ore, "estimated": s.estimated}
            for s in found.services
        ],
        "below": [
            {"unit": node.code, "name": node.name, "amount_ore": amount} for node, amount in found.below
        ],
    }  # fmt: skip


def explanation_json(found: Explanation) -> dict[str, Any]:
    """Return the five steps for machines; the causes, the rest and the price difference sum to the line."""
    return {
        "unit": found.statement_unit, "service": found.service.code, "period": str(found.period),
        "amount_ore": found.service.amount_ore, "quantity": found.service.quantity,
        "rule": {"mode": found.service.row["mode"], "price_micro": found.service.price_micro},
        "driver": {"source": found.source, "counted_on": str(found.counted_on or ""), "items": found.items},
        "cost": [
            {"pool": c.pool, "cost_type": c.cost_type, "amount_ore": c.amount_ore, "source_ore": c.source_ore,
             "moved_ore": c.moved_ore}
            for c in found.causes
        ],
        "other_ore": found.other_ore, "other_count": found.other_count,
        "price_difference_ore": found.price_difference_ore, "decision": found.decision,
    }  # fmt: skip


def _page(found: Statement) -> StatementPage:
    month = say.month_and_year(found.period)
    approved = _("Approved %(day)s") % {"day": say.day(timezone.localtime(found.run.approved_at).date())}
    return StatementPage(
        title=_("IT costs of %(unit)s, %(month)s") % {"unit": found.unit.name, "month": month},
        author=found.path[0].name if found.path else "",
        language=say.language(),
        path=[*(node.name for node in found.path if node.kind != "authority"), month],
        headline=words.headline(found),
        why=words.why(found),
        facts=words.facts(found),
        lines_title=_("What you pay for"),
        columns=(_("Service"), _("Amount")),
        lines=[_line(each, found.total_ore) for each in found.services],
        total=(_("Together, excluding VAT"), say.kr(found.total_ore)),
        below_title=_("Unit by unit"),
        below_columns=(_("Unit"), _("Amount")),
        below=[(node.name, say.kr(ore)) for node, ore in found.below],
        influence_title=_("This you can influence"),
        influence=words.influence(found),
        footer=f"Samsyn · {found.unit.name}, {month} · {approved}",
        page_of=_("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    )


def _line(service: Service, total: int) -> Line:
    name, detail = service.name(say.language()), words.line_detail(service)
    if not service.is_charged:
        return Line(name, detail, say.kr(0))
    tag, tone = words.tag(service)
    share = round(100 * service.charged_ore / total) if total > 0 else 0
    return Line(name, detail, say.kr(service.charged_ore), tag, tone, min(max(share, 0), 100))


def _sheets(found: Statement) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Return the sheets: what is paid for, what changed, and the facts. Amounts are kronor."""
    lines = [_("Service"), _("Quantity"), _("Unit of measure"), _("Price, kr"), _("Amount, kr"), _("What you may do")]
    changes = [_("Service"), _("Cause"), _("Before"), _("After"), _("Amount, kr")]
    total = [_("Together, excluding VAT"), None, None, None, _kronor(found.total_ore), None]
    return {
        _("Statement"): (lines, [*(_row(each) for each in found.services), total]),
        _("Change"): (changes, _changes(found)),
        _("Facts"): (
            [_("What it is"), _("Fact")],
            [
                [_("Unit"), found.unit.name],
                [_("Month"), say.month_and_year(found.period)],
                [_("In short"), f"{words.headline(found)}. {words.why(found)}"],
                *([note, value] for value, note in words.facts(found)),
            ],
        ),
    }


def _row(service: Service) -> list[Any]:
    price = None if service.price_micro is None else service.price_micro / MICRO
    measure = say.said(service, "unit_of_measure")
    tag, _tone = words.tag(service)
    return [
        service.name(say.language()),
        _count(say.quantity(service)),
        measure,
        price,
        _kronor(service.charged_ore),
        tag,
    ]


def _changes(found: Statement) -> list[list[Any]]:
    if found.change is None:
        return [[words.why(found)]]
    kinds = {"volume": _("quantity"), "price": _("price or cost"), "new": _("new"), "ended": _("ended")}
    rows: list[list[Any]] = []
    for each in found.change.effects:
        service = words.service_of(found, each.service)
        step = service.row.get("step") or 1
        before, after = (_count(Fraction(value, step)) for value in (each.quantity_before, each.quantity_after))
        rows.append([service.name(say.language()), kinds[each.kind], before, after, _kronor(each.amount_ore)])
    return [*rows, [_("Together"), None, None, None, _kronor(found.change.total_ore)]]


def _count(quantity: Fraction) -> int | float:
    return int(quantity) if quantity.denominator == 1 else float(quantity)


def _kronor(ore: int) -> float:
    """Return kronor as a workbook holds numbers; exact to the öre below ninety thousand billion kronor."""
    return ore / 100
