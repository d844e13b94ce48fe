"""Say what the rules took of a month's books: sums by rule, cost pool and period, and what is left."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.periods import Period
from samsyn.costing.engine.allocation import Source, spread
from samsyn.costing.engine.classify import REMAINDER, Rule


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

    def taken(self) -> pa.Table:
        """Return the rows the period's cost of IT comes from: batch, row, and which rule put them where, over how long.

        Columns: batch, row, rule, pool, cost_type, months. A row spread over months is there in each of them.
        """
        months = np.array([rule.months if rule.outcome == "it" else 0 for rule in self.rules] + [0], dtype=np.int32)
        period = pc.dictionary_encode(self.rows["period"]).unify_dictionaries().combine_chunks()
        ages = [_months_between(Period.parse(each), self.period) for each in period.dictionary.to_pylist()]
        age = np.array(ages, dtype=np.int32)[period.indices.to_numpy()]
        places = np.flatnonzero(self.of_kind("K") & (age >= 0) & (age < months[self.decided]))
        by = self.decided[places]
        words = {
            name: pa.DictionaryArray.from_arrays(pa.array(by), pa.array([getattr(rule, of) for rule in self.rules]))
            for name, of in (("rule", "code"), ("pool", "pool"), ("cost_type", "cost_type"))
        }
        rows = self.rows.select(["batch", "row"]).take(pa.array(places))
        return pa.table({**dict(zip(rows.column_names, rows.columns, strict=True)), **words, "months": months[by]})

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


def _months_between(earlier: Period, later: Period) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
