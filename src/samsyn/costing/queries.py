"""Ask the cost model: which version holds, what the rules take, what volumes there are, what lies behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing.engine import content as document
from samsyn.costing.engine.allocation import Source, provenance, spread
from samsyn.costing.engine.classify import REMAINDER, Rule, asked, classify, holds
from samsyn.costing.models import AllocationRun, ModelVersion, VolumeAnswer
from samsyn.facts import store
from samsyn.ledger import queries as ledger


def model_for(period: Period) -> ModelVersion:
    """Return the approved model version that holds in a period. Refuses ``no_model``."""
    day = period.last_date
    valid = Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))
    found = ModelVersion.objects.filter(valid, state="approved").order_by("-number").first()
    if found is None:
        raise Refusal(
            "no_model",
            N_("No approved cost model holds in %(period)s. Approve one first."),
            period=str(period),
        )
    return found


def working_version(period: Period) -> ModelVersion | None:
    """Return the version one works on for a period: a draft newer than what holds there, else what holds."""
    holds = model_for(period) if has_model(period) else None
    drafts = ModelVersion.objects.filter(state="drafted", valid_from__lte=period.last_date).order_by("-number")
    draft = drafts.filter(number__gt=holds.number).first() if holds else drafts.first()
    return draft or holds


def versions() -> list[ModelVersion]:
    """Return the model versions, newest first."""
    return list(ModelVersion.objects.order_by("-number"))


def version_with_number(number: int | None) -> ModelVersion | None:
    """Return one model version, or the newest."""
    found = ModelVersion.objects.order_by("-number")
    return (found if number is None else found.filter(number=number)).first()


def run_of(period: str) -> AllocationRun | None:
    """Return the approved run of a period, else its latest draft."""
    runs = AllocationRun.objects.filter(period=period, superseded_at=None).select_related("model_version")
    return runs.order_by("state", "-prepared_at").first()


def approved_run(period: Period) -> AllocationRun | None:
    """Return the approved run of a period."""
    runs = AllocationRun.objects.filter(period=str(period), state="approved", superseded_at=None)
    return runs.select_related("model_version", "municipality").first()


def approved_periods() -> list[str]:
    """Return the periods that have an approved run, oldest first."""
    runs = AllocationRun.objects.filter(state="approved", superseded_at=None)
    return list(runs.order_by("period").values_list("period", flat=True))


@dataclass(frozen=True)
class Classified:
    """The rows of a period (and of the months that spread into it), each with the rule that took it."""

    period: Period
    rows: pa.Table
    rules: list[Rule]
    decided: Any  # index of the rule per row, or REMAINDER

    def mask(self, *outcomes: str, kind: str = "K") -> Any:
        """Return which rows of the period itself have one of these outcomes and this account kind."""
        wanted = np.array([rule.outcome in outcomes for rule in self.rules] + [False], dtype=bool)
        return wanted[self.decided] & self.of_kind(kind) & self.in_period()

    def of_kind(self, kind: str) -> Any:
        """Return which rows stand on accounts of a kind."""
        return pc.equal(self.rows.column("account_kind"), kind).to_numpy()

    def in_period(self) -> Any:
        """Return which rows belong to the period itself."""
        return pc.equal(self.rows.column("period"), str(self.period)).to_numpy()

    def remainder(self) -> Any:
        """Return which cost rows of the period no rule decided."""
        return (self.decided == REMAINDER) & self.of_kind("K") & self.in_period()

    def total(self, mask: Any) -> int:
        """Return the exact sum of some rows in öre."""
        amounts = self.rows.column("amount_ore").filter(pa.array(mask))
        # numpy and Arrow wrap past 2⁶³ silently; the checked sum does not
        return int(pc.sum(amounts.cast(pa.decimal128(38, 0))).as_py() or 0)

    def sources(self) -> list[Source]:
        """Return what each cost pool and cost type holds in the period, spread invoices by their share."""
        found: list[Source] = []
        for cell in self.cells:
            rule = self.rules[cell.rule] if cell.rule != REMAINDER else None
            if rule and rule.outcome == "it" and cell.account_kind == "K":
                age = _months_between(Period.parse(cell.period), self.period)
                if 0 <= age < rule.months:
                    found.append(Source(rule.pool, rule.cost_type, spread(cell.amount_ore, rule.months, age)))
        return found

    @cached_property
    def cells(self) -> list["Cell"]:
        """Return the exact sums of all rows by rule, account kind and period."""
        # Arrow wraps past 2⁶³ silently, so the sums are made in 38 digits
        table = pa.table(
            {
                "rule": pa.array(self.decided), "account_kind": self.rows["account_kind"],
                "period": self.rows["period"], "rows": self.rows["amount_ore"],
                "amount": self.rows["amount_ore"].cast(pa.decimal128(38, 0)),
            }
        )  # fmt: skip
        sums = table.group_by(["rule", "account_kind", "period"]).aggregate([("rows", "count"), ("amount", "sum")])
        cells = [
            Cell(row["rule"], row["account_kind"], row["period"], row["rows_count"], int(row["amount_sum"]))
            for row in sums.to_pylist()
        ]
        return sorted(cells)

    def counted(self, *outcomes: str, kind: str = "K") -> int:
        """Return the öre of the period itself that rules of these outcomes (no outcome: no rule) took."""
        wanted = {index for index, rule in enumerate(self.rules) if rule.outcome in outcomes}
        wanted |= set() if outcomes else {REMAINDER}
        here = (cell for cell in self.cells if cell.period == str(self.period) and cell.account_kind == kind)
        return sum(cell.amount_ore for cell in here if cell.rule in wanted)


class Cell(NamedTuple):
    """The rows of one rule (or ``REMAINDER``), account kind and period: how many, and their öre."""

    rule: int
    account_kind: str
    period: str
    rows: int
    amount_ore: int


def classification(
    municipality: Any, period: Period, content: document.Content, with_text: bool = False, sums_only: bool = False
) -> Classified:
    """Return every ledger row a period's cost may come from, with the rule that took it.

    For ``sums_only`` the rows have no more columns than the rules ask for, and no order.
    """
    rules = document.rules(content)
    reach = max((rule.months for rule in rules), default=1)
    periods = [str(period.shift(-age)) for age in range(reach)]
    wordy = with_text or any(rule.words for rule in rules)
    columns = ["date", "period", "account_kind", "amount_ore", *asked(rules)] if sums_only else None
    rows = ledger.rows(municipality, periods, with_text=wordy, columns=columns)
    return Classified(period, rows, rules, classify(rows, rules))


@dataclass(frozen=True)
class Figures:
    """The sums of a classified period, in öre; `as_json` names them as the command line does."""

    ledger_ore: int
    in_scope_ore: int
    not_it_ore: int
    eliminated_cost_ore: int
    eliminated_income_ore: int
    periodised_ore: int
    unclassified_ore: int
    outside_income_ore: int

    @property
    def out_of_scope_ore(self) -> int:
        """Return cost that is decided not to be this month's IT."""
        return self.not_it_ore + self.eliminated_cost_ore + self.periodised_ore


def figures(found: Classified) -> Figures:
    """Return the sums whose identities the run must keep."""
    cost = (cell for cell in found.cells if cell.account_kind == "K" and cell.period == str(found.period))
    booked = found.counted("it")
    in_scope = sum(source.amount_ore for source in found.sources())
    return Figures(
        ledger_ore=sum(cell.amount_ore for cell in cost),
        in_scope_ore=in_scope,
        not_it_ore=found.counted("not_it", "outside_income"),
        eliminated_cost_ore=found.counted("eliminated"),
        eliminated_income_ore=found.counted("eliminated", kind="I"),
        periodised_ore=booked - in_scope,
        unclassified_ore=found.counted(),
        outside_income_ore=found.counted("outside_income", kind="I"),
    )


def per_rule(found: Classified) -> list[tuple[Rule, int, int]]:
    """Return each rule with how many rows and öre of the period it took; IT and not IT are cost rows alone."""
    rows, amounts = [0] * len(found.rules), [0] * len(found.rules)
    for cell in found.cells:
        if cell.rule == REMAINDER or cell.period != str(found.period):
            continue
        if cell.account_kind == "K" or found.rules[cell.rule].outcome not in ("it", "not_it"):
            rows[cell.rule] += cell.rows
            amounts[cell.rule] += cell.amount_ore
    return list(zip(found.rules, rows, amounts, strict=True))


def biggest(found: Classified, mask: Any, by: str, limit: int = 10) -> list[tuple[str, int, int]]:
    """Return (value, rows, öre) of the biggest suppliers, accounts … among some rows."""
    if by not in found.rows.column_names:
        return []
    rows = found.rows.filter(pa.array(mask)).select([by, "amount_ore"])
    sums = rows.group_by(by).aggregate([("amount_ore", "sum"), ("amount_ore", "count")]).to_pylist()
    sums.sort(key=lambda row: (-abs(row["amount_ore_sum"]), row[by] or ""))
    return [(row[by] or "", row["amount_ore_count"], row["amount_ore_sum"]) for row in sums[:limit]]


def biggest_names(found: Classified, mask: Any, limit: int = 10) -> list[tuple[str, str, int, int]]:
    """Return ("supplier" or "text", its words, rows, öre) of the biggest among some rows; texts must be read."""
    rows = found.rows.filter(pa.array(mask)).select(["supplier", "text", "amount_ore"])
    nameless = pc.equal(pc.fill_null(rows["supplier"], ""), "")
    rows = rows.append_column("name", pc.if_else(nameless, pc.fill_null(rows["text"], ""), rows["supplier"]))
    rows = rows.append_column("kind", pc.if_else(nameless, "text", "supplier"))
    sums = rows.group_by(["kind", "name"]).aggregate([("amount_ore", "sum"), ("amount_ore", "count")]).to_pylist()
    sums.sort(key=lambda row: (-abs(row["amount_ore_sum"]), row["name"]))
    return [(row["kind"], row["name"], row["amount_ore_count"], row["amount_ore_sum"]) for row in sums[:limit]]


def rows_behind(found: Classified, pool: str, cost_type: str, start: int = 0, limit: int = 50) -> pa.Table:
    """Return one page of the ledger rows a source consists of; ``months`` says over how many each is spread."""
    wanted = np.array(
        [rule.outcome == "it" and (rule.pool, rule.cost_type) == (pool, cost_type) for rule in found.rules] + [False]
    )
    months = np.array([rule.months for rule in found.rules] + [0])
    months_of_rows = found.rows.column("period").to_pylist()
    age = {month: _months_between(Period.parse(month), found.period) for month in set(months_of_rows)}
    ages = np.array([age[month] for month in months_of_rows], dtype=np.int32)
    mask = wanted[found.decided] & found.of_kind("K") & (ages >= 0) & (ages < months[found.decided])
    rows = found.rows.append_column("months", pa.array(months[found.decided].astype(np.int32)))
    return rows.filter(pa.array(mask)).slice(start, limit)


def _months_between(earlier: Period, later: Period) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def answers(period: str, units: Sequence[str] | None = None) -> dict[tuple[str, str], VolumeAnswer]:
    """Return the latest answer about each (service, unit) of a period."""
    rows = VolumeAnswer.objects.filter(period=period)
    if units is not None:
        rows = rows.filter(unit_code__in=units)
    return {(row.service_code, row.unit_code): row for row in rows.order_by("at", "pk")}


def run_part(run: AllocationRun, part: str) -> list[dict[str, Any]]:
    """Return one part (B, N, M, V or L) of what a run keeps to be explained."""
    return _part(_kept(run), part)


def _kept(run: AllocationRun) -> pa.Table | None:
    batch = store.find(run.municipality.key, run.detail["batch"])
    return store.read(batch) if batch else None


def _part(kept: pa.Table | None, part: str, **only: str) -> list[dict[str, Any]]:
    for column, value in {"part": part, **only}.items():
        kept = kept.filter(pc.equal(kept[column], value)) if kept else None
    return kept.to_pylist() if kept else []


@dataclass(frozen=True)
class Contributions:
    """What each source put into one service: its own sum, what it moved there, and each unit's cell."""

    amounts: dict[tuple[str, str], int]
    moved: dict[tuple[str, str], int]
    cells: dict[tuple[str, str], dict[str, int]]


def contributions(run: AllocationRun, service: str) -> Contributions:
    """Return the provenance of one service's lines, recomputed from what the run keeps."""
    kept = _kept(run)
    moved = {(row["first"], row["second"]): row["amount_ore"] for row in _part(kept, "M", third=service)}
    weights = {row["second"]: int(row["number"]) for row in _part(kept, "V", first=service)}
    amounts = {(row["first"], row["second"]): row["amount_ore"] for row in _part(kept, "B")}
    return Contributions(amounts, moved, provenance(moved, weights))


@dataclass(frozen=True)
class Names:
    """The names a model gives its cost pools and cost types, which pools are pay, and which of few people."""

    pools: dict[str, str]
    cost_types: dict[str, str]
    pay: frozenset[str]
    few: frozenset[str]


def names(version: ModelVersion) -> Names:
    """Return the names of a model's cost pools and cost types."""
    content = version.content
    return Names(
        {row["code"]: row["name"] for row in content["pools"]},
        {row["code"]: row["name"] for row in content["cost_types"]},
        frozenset(row["code"] for row in content["pools"] if row["is_pay"]),
        frozenset(row["code"] for row in content["pools"] if row["is_pay"] and (row.get("people") or 5) < 5),
    )


def services(version: ModelVersion, period: Period) -> dict[str, dict[str, Any]]:
    """Return the services of a model that hold in a period."""
    return document.services(version.content, period.last_date)


def text(row: dict[str, Any], column: str, language: str) -> str:
    """Return what a service says in a column in a language, else in the municipality's own."""
    return row.get(f"{column}_{language}") or row.get(column) or ""


def plural(row: dict[str, Any], language: str) -> str:
    """Return what several of a service are called, in the language of its name; "" where the model does not say."""
    named = row.get(f"name_{language}")
    return (row.get(f"plural_{language}") or "") if named else text(row, "plural", language)


def decision_of(version: ModelVersion, row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the registered decision a rule or service rests on; None: it is only claimed."""
    return document.decision(version.content, row.get("decision", ""))


def it_budget(municipality: Any, version: ModelVersion, year: int, responsibilities: Sequence[str]) -> int | None:
    """Return the öre some responsibilities have budgeted for a year on the accounts that internal IT is charged to.

    Those are the accounts of the rules that eliminate internal charges. None: nothing is budgeted on them.
    """
    spans = [
        (first, last)
        for rule in document.rules(version.content) if rule.outcome == "eliminated"
        for part, first, last in rule.ranges if part == "account"
    ]  # fmt: skip
    planned = ledger.budgets(municipality, year).items()
    found = [
        ore for (responsibility, account), ore in planned
        if responsibility in responsibilities and any(holds(account, *span) for span in spans)
    ]  # fmt: skip
    return sum(found) if found else None


def has_model(period: Period) -> bool:
    """Tell whether an approved model holds in a period."""
    try:
        model_for(period)
    except Refusal:
        return False
    return True


def latest_runs() -> dict[str, AllocationRun]:
    """Return each period's approved run, else its draft."""
    runs = AllocationRun.objects.filter(superseded_at=None).defer("detail").order_by("period", "-state")
    return {run.period: run for run in runs}


def support_flows(version: ModelVersion, period: Period) -> list[tuple[str, str, int]]:
    """Return (from, to, weight) of what support services give, by name."""
    on = period.last_date
    known = document.services(version.content, on)
    name = {code: row["name"] for code, row in known.items()}
    return [
        (str(name[row["from"]]), str(name.get(row["to"], row["to"])), int(row["weight"]))
        for row in document.valid_rows(version.content, "flows", on)
        if row["from"] in name
    ]


def pay_rows(found: Classified, version: ModelVersion, batch: str) -> set[int]:
    """Return the numbers of a batch's rows that lie in cost pools of pay."""
    pay = names(version).pay
    wanted = np.array([rule.pool in pay for rule in found.rules] + [False], dtype=bool)[found.decided]
    mine = found.rows.filter(pa.array(wanted))
    return set(mine.filter(pc.equal(mine["batch"], batch))["row"].to_pylist())


def holds_voucher(found: Classified, pool: str, cost_type: str, batch: str, voucher: str) -> bool:
    """Tell whether a voucher has a row in a source."""
    rows = rows_behind(found, pool, cost_type, 0, found.rows.num_rows)
    same = pc.and_(pc.equal(rows["batch"], batch), pc.equal(rows["voucher_key"], voucher))
    return bool(pc.any(same).as_py())
