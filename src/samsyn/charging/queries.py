"""Read what units pay: sealed lines, what changed, why, and where each krona comes from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

import pyarrow.compute as pc
from django.db.models import Count, Min, Q, Sum, Value
from django.db.models.functions import Concat

from samsyn.charging import engine
from samsyn.charging.models import StatementLine
from samsyn.core.periods import Period
from samsyn.costing import queries as costing
from samsyn.costing import volumes
from samsyn.ledger import queries as ledger
from samsyn.organisation import queries as organisation

Row = dict[str, Any]
PAID = ("charged", "shown")
_LINE = ("period", "service_code", "kind", "quantity", "price_micro", "amount_ore", "cost_ore", "estimated")


def approved_periods() -> set[str]:
    """Return the periods whose run is approved."""
    return set(costing.approved_periods())


def lines(units: Sequence[str], periods: Sequence[str]) -> list[Row]:
    """Return the sealed lines of some units in some periods as one, summed per service and kind where they lie."""
    order = itemgetter("period", "service_code", "kind")
    if len(units) == 1:  # nothing to sum
        return sorted(_paid(units, periods).order_by().values(*_LINE), key=order)
    # a group by plain columns makes SQLite walk the index of their order, through every unit for one
    service = Concat("service_code", Value(""))
    rows = _paid(units, periods).values("period", "kind", service=service).order_by().annotate(
        quantities=Sum("quantity"), amounts=Sum("amount_ore"), costs=Sum("cost_ore"), price=Min("price_micro"),
        guessed=Count("pk", filter=Q(estimated=True)),
    )  # fmt: skip
    # PostgreSQL answers sums as decimals
    found = [
        {"period": row["period"], "service_code": row["service"], "kind": row["kind"],
         "quantity": int(row["quantities"]), "price_micro": row["price"], "amount_ore": int(row["amounts"]),
         "cost_ore": int(row["costs"]), "estimated": row["guessed"] > 0}
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=order)


def _paid(units: Sequence[str], periods: Sequence[str]) -> Any:
    return StatementLine.objects.filter(unit_code__in=list(units), period__in=list(periods), kind__in=PAID)


def periods(municipality: Any) -> list[dict[str, Any]]:
    """Return every period with books, volumes or a run: its state, what it has and what it lacks."""
    books = ledger.periods(municipality)
    counted = volumes.periods(municipality)
    runs = costing.latest_runs()
    every = {*books, *counted, *runs}
    answer, modelled = [], costing.with_model(every)
    for period in sorted(every):
        run = runs.get(period)
        has = {"books": period in books, "volumes": period in counted, "model": period in modelled}
        answer.append(
            {
                "period": period, "state": run.state if run else "waiting",
                "has": [name for name, there in has.items() if there],
                "lacks": [name for name, there in has.items() if not there],
                "run": str(run.key) if run else None,
                "in_scope_ore": run.summary["in_scope_ore"] if run else None,
                "unclassified_ore": run.summary["unclassified_ore"] if run else None,
            }
        )  # fmt: skip
    return answer


@dataclass(frozen=True)
class Service:
    """One service of a statement in the words of the model that was approved."""

    code: str
    row: Row
    quantity: int
    price_micro: int | None
    amount_ore: int
    charged_ore: int
    cost_ore: int
    estimated: bool

    def name(self, language: str = "sv") -> str:
        """Return the service's name in a language."""
        return costing.text(self.row, "name", language)

    def plural(self, language: str = "sv") -> str:
        """Return what several of them are called, in the middle of a sentence."""
        return costing.plural(self.row, language) or self.name(language).casefold()

    @property
    def is_charged(self) -> bool:
        """Tell whether the unit is charged for it, or taxes pay."""
        return self.row.get("mode") != "shown"


@dataclass(frozen=True)
class Statement:
    """What a unit, or all units below it, pays in a period."""

    unit: organisation.Node
    period: Period
    run: Any
    tree: organisation.Tree
    services: list[Service]
    total_ore: int
    before_ore: int | None
    year_before_ore: int | None
    not_comparable: str
    so_far_ore: int
    forecast_ore: int | None
    change: engine.Change | None
    below: list[tuple[organisation.Node, int]] = field(default_factory=list)
    budget_ore: int | None = None

    @property
    def path(self) -> list[organisation.Node]:
        """Return the units from the top of the organisation down to this one."""
        return self.tree.path(self.unit.code)


def statement(unit_code: str, period: Period, tree: organisation.Tree | None = None) -> Statement | None:
    """Return the statement of a unit (with all below it) for an approved period, None where there is none.

    ``tree`` is the organisation on the period's last day, where it is already at hand.
    """
    tree = tree or organisation.tree(period.last_date)
    node, run = tree.nodes.get(unit_code), costing.approved_run(period)
    if run is None or node is None:
        return None
    units = tree.subtree(unit_code)
    year = [str(Period(period.year, month)) for month in range(1, period.month + 1)]
    before, last_year = period.shift(-1), period.shift(-12)
    rows = lines(units, sorted({*year, str(before), str(last_year)}))
    by_period: dict[str, list[Row]] = {}
    for row in rows:
        by_period.setdefault(row["period"], []).append(row)
    now = by_period.get(str(period), [])
    words = costing.services(run.model_version, period)
    comparison = _comparison(tree.lineage_of(unit_code), period, before, last_year)
    old = by_period.get(str(before)) if not comparison.get("before") else None
    so_far = [_charged(by_period.get(month, [])) for month in year]
    return Statement(
        unit=node, period=period, run=run, tree=tree, services=_services(now, words),
        total_ore=_charged(now), before_ore=_charged(old) if old else None,
        year_before_ore=None if comparison.get("year") or str(last_year) not in by_period
        else _charged(by_period[str(last_year)]),
        not_comparable=comparison.get("year", ""), so_far_ore=sum(so_far),
        forecast_ore=engine.year_forecast(so_far), budget_ore=_budget(run, tree.responsibilities(units), period),
        change=engine.explain_change(_values(old), _values(now))
        if old else None,
        below=_below(tree, unit_code, period),
    )  # fmt: skip


def _budget(run: Any, responsibilities: Collection[str], period: Period) -> int | None:
    found = costing.it_budget(run.municipality, run.model_version, period.year, responsibilities)
    return found if found and found > 0 else None


def _comparison(
    lineage: Sequence[organisation.Change], period: Period, before: Period, last_year: Period
) -> dict[str, str]:
    """Say which earlier periods a merged, split or moved unit cannot be compared with, and why."""
    found = {}
    for name, other in (("before", before), ("year", last_year)):
        for _, _, kind, on in lineage:
            if kind != "moved" and other.last_date < on <= period.last_date:
                found[name] = f"{kind} {on.isoformat()}"
    return found


def _charged(rows: Sequence[Row] | None) -> int:
    return sum(row["amount_ore"] for row in rows or [] if row["kind"] == "charged")


def _services(rows: Sequence[Row], words: dict[str, Row]) -> list[Service]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["service_code"], []).append(row)
    found = [
        Service(
            code=code, row=words.get(code, {"name": code}), quantity=sum(row["quantity"] for row in mine),
            price_micro=mine[0]["price_micro"], amount_ore=sum(row["amount_ore"] for row in mine),
            charged_ore=_charged(mine), cost_ore=sum(row["cost_ore"] for row in mine),
            estimated=any(row["estimated"] for row in mine),
        )
        for code, mine in grouped.items()
    ]  # fmt: skip
    found = [each for each in found if each.amount_ore or each.quantity]
    return sorted(found, key=lambda each: (not each.is_charged, -each.amount_ore, each.code))


def _values(rows: Sequence[Row] | None) -> list[engine.LineValue]:
    charged = _services([row for row in rows or [] if row["kind"] == "charged"], {})
    return [engine.LineValue(each.code, each.quantity, each.charged_ore, each.price_micro) for each in charged]


def _below(tree: organisation.Tree, unit: str, period: Period) -> list[tuple[organisation.Node, int]]:
    owner = {code: child for child in tree.below.get(unit, []) for code in tree.subtree(child)}
    if not owner:
        return []
    charged, sums = _paid(list(owner), [str(period)]).filter(kind="charged"), dict[str, int]()
    for code, amount in charged.values_list("unit_code").order_by().annotate(Sum("amount_ore")):
        sums[owner[code]] = sums.get(owner[code], 0) + int(amount)
    return sorted(((tree.nodes[code], amount) for code, amount in sums.items()), key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Cause:
    """One part of the cost behind a line: a cost pool and cost type, and what it put into the line."""

    pool: str
    cost_type: str
    name: str
    cost_type_name: str
    amount_ore: int
    source_ore: int
    moved_ore: int
    is_pay: bool


@dataclass(frozen=True)
class Explanation:
    """The five steps behind one line.

    The amounts of ``causes``, ``other_ore`` and ``price_difference_ore`` sum to the line, to the öre.
    """

    statement_unit: str
    period: Period
    service: Service
    counted_on: date | None
    source: str
    answer: Any
    items: int
    causes: list[Cause]
    other_ore: int
    other_count: int
    price_difference_ore: int
    service_cost_ore: int
    decision: Row | None
    price_decided: bool


def explain(
    municipality: Any, unit_code: str, service_code: str, period: Period, language: str = ""
) -> Explanation | None:
    """Return the five steps behind one unit's line, summing exactly to it, named in a language where the model is."""
    run = costing.approved_run(period)
    mine = [row for row in lines([unit_code], [str(period)]) if row["service_code"] == service_code]
    if run is None or not mine:
        return None
    words = costing.services(run.model_version, period)
    service = _services(mine, words)[0]
    parts, names = costing.contributions(run, service_code), costing.names(run.model_version, language)
    causes = [
        _cause(names, key, units.get(unit_code, 0), parts.moved[key], parts.amounts[key])
        for key, units in parts.cells.items()
    ]
    named = {(cause.pool, cause.cost_type): cause for cause in causes}
    hidden = [key for key in named if key[0] in names.few]
    top = engine.top_causes([(key, cause.amount_ore) for key, cause in named.items()], hidden=hidden)
    volume = volumes.volume_of(municipality, period, service_code, unit_code)
    decision = costing.decision_of(run.model_version, words.get(service_code, {}))
    return Explanation(
        statement_unit=unit_code, period=period, service=service, counted_on=volume.get("counted_on"),
        source=volume.get("source") or "",
        answer=costing.answers(str(period), [unit_code]).get((service_code, unit_code)),
        items=len(volumes.items(municipality, period, service_code, unit_code)),
        causes=[named[key] for key, _ in top.top], other_ore=top.other_ore, other_count=top.other_count,
        price_difference_ore=service.amount_ore - service.cost_ore,
        service_cost_ore=sum(parts.moved.values()),
        decision=decision, price_decided=decision is not None,
    )  # fmt: skip


def _cause(names: costing.Names, key: tuple[str, str], amount: int, moved: int, source: int) -> Cause:
    pool, cost_type = key
    return Cause(
        pool=pool, cost_type=cost_type, name=names.pools.get(pool, pool),
        cost_type_name=names.cost_types.get(cost_type, cost_type), amount_ore=amount, source_ore=source,
        moved_ore=moved, is_pay=pool in names.pay,
    )  # fmt: skip


@dataclass(frozen=True)
class ServiceYear:
    """What a service cost in the approved months of a year, what units paid, and what the provider bore."""

    first: Period
    last: Period
    cost_ore: int
    charged_ore: int
    rest_ore: int


def service_year(service_code: str, year: int) -> ServiceYear | None:
    """Return what a service cost in the approved months of a year; None where no month has it."""
    rows = StatementLine.objects.filter(service_code=service_code, period__range=(f"{year}-01", f"{year}-12"))
    sums = list(rows.values_list("period", "kind").annotate(Sum("amount_ore")).order_by("period"))
    if not sums:
        return None
    of_kind = {kind: sum(ore for _, each, ore in sums if each == kind) for _, kind, _ in sums}
    cost, charged = sum(of_kind.values()), of_kind.get("charged", 0)
    rest = cost - charged - of_kind.get("shown", 0)
    return ServiceYear(Period.parse(sums[0][0]), Period.parse(sums[-1][0]), cost, charged, rest)


def paid_for(services: Collection[str], periods: Collection[str]) -> list[tuple[str, str, int]]:
    """Return (service, unit, öre it pays for it or is shown) over some periods, summed where they lie."""
    rows = StatementLine.objects.filter(service_code__in=services, period__in=periods, kind__in=PAID).order_by()
    return sorted((*each, int(ore)) for *each, ore in rows.values_list("service_code", "unit_code", Sum("amount_ore")))


@dataclass(frozen=True)
class Flow:
    """A month's cost on its way: what a picture can draw, what it cannot, and support stages as a table."""

    links: list[tuple[str, str, int]]
    negative: list[tuple[str, int]]
    support: list[tuple[str, str, int]]


def flow(municipality: Any, run: Any, language: str = "") -> Flow:
    """Return the links cost type → cost pool → service → administration of a run, in öre, named in a language."""
    period = Period.parse(run.period)
    names, tree = costing.names(run.model_version, language), organisation.tree(period.last_date)
    words = costing.services(run.model_version, period).items()
    given, moved, paid = (costing.run_part(run, part) for part in "BML")
    above = {row["second"]: tree.administration_of(row["second"]) for row in paid}
    types, pools, services, units = engine.apart(
        {row["second"]: names.cost_types.get(row["second"], row["second"]) for row in given},
        {row["first"]: names.pools.get(row["first"], row["first"]) for row in given},
        {code: costing.text(row, "name", language) for code, row in words},
        {code: administration.name if administration else code for code, administration in above.items()},
    )
    into = engine.links((types[row["second"]], pools[row["first"]], row["amount_ore"]) for row in given)
    onto = engine.links((pools[row["first"]], services[row["third"]], row["amount_ore"]) for row in moved)
    out = engine.links((services[row["first"]], units[row["second"]], row["amount_ore"]) for row in paid)
    sums = engine.links((pool, "", amount) for (_, pool), amount in into.items())
    links = [(a, b, amount) for part in (into, onto, out) for (a, b), amount in sorted(part.items()) if amount > 0]
    support = costing.support_flows(run.model_version, period, language)
    return Flow(links, sorted((pool, amount) for (pool, _), amount in sums.items() if amount < 0), support)


def rows_behind(
    municipality: Any, period: Period, pool: str, cost_type: str, start: int, limit: int
) -> list[dict[str, Any]]:
    """Return one page of the ledger rows a cost pool and type consists of, with account names, in the books' order.

    ``months`` says over how many each is spread.
    """
    run = costing.approved_run(period)
    assert run is not None
    taken = costing.rows_taken(run)
    mine = pc.and_(pc.equal(taken["pool"], pool), pc.equal(taken["cost_type"], cost_type))
    page = taken.filter(mine).sort_by([("batch", "ascending"), ("row", "ascending")]).slice(start, limit)
    rows = ledger.rows_at(municipality, list(zip(*page.select(["batch", "row"]).to_pydict().values(), strict=True)))
    accounts = ledger.account_names(municipality)
    return [
        {**row, "account_name": accounts.get(row["account"], ""), "months": months}
        for row, months in zip(rows, page["months"].to_pylist(), strict=True)
    ]


def voucher_behind(municipality: Any, found: Explanation, batch: str, voucher: str) -> list[dict[str, Any]]:
    """Return a voucher's rows, but for those of pay, when one of them lies behind the line."""
    run = costing.approved_run(found.period)
    assert run is not None
    taken = costing.rows_taken(run)
    mine = taken.filter(pc.equal(taken["batch"], batch)).to_pylist()
    source = {row["row"]: (row["pool"], row["cost_type"]) for row in mine}
    behind = {(cause.pool, cause.cost_type) for cause in found.causes if not cause.is_pay}
    pay = {row for row, (pool, _) in source.items() if pool in costing.names(run.model_version).pay}
    rows = ledger.voucher_rows(municipality, batch, voucher)
    if not any(source.get(row["row"]) in behind for row in rows):
        return []
    return [row for row in rows if row["row"] not in pay]


def file_of(municipality: Any, batch: str) -> str:
    """Return the name of the file a batch of books was read from."""
    return ledger.file_name(municipality, batch)
