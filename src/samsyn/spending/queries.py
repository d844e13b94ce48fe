"""Ask what was bought of whom and on what, what a system costs, and which systems stand behind a service."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from samsyn.charging import queries as charging
from samsyn.contracts import queries as contracts
from samsyn.core.periods import Period
from samsyn.costing import queries as costing
from samsyn.ledger import queries as ledger
from samsyn.organisation.queries import Tree
from samsyn.organisation.queries import trees as organisations
from samsyn.people.rules import Access
from samsyn.spending import engine
from samsyn.spending.engine import Bought, Purchase, Register, Taken, Words
from samsyn.spending.models import Reason, ServiceSystem
from samsyn.systems.queries import suppliers_by_code

SEE = "see_statement"  # who sees what a unit pays sees what it buys
YEAR = 12  # months
_DIGITS = {"DK": 8}
_ALIKE = ("date", "responsibility", "account", "cost_type", *costing.WORDS)


class NotBought(NamedTuple):
    """What is IT cost but no purchase: öre of pay, and of what units have of each other or have written off."""

    pay: int
    internal: int


def register(municipality: Any) -> Register:
    """Return the suppliers and what has been agreed with them, until when or until a ceiling was reached."""
    known = agreed(municipality)
    return engine.limited(known, taken(known))


def taken(known: Register) -> dict[str, Taken]:
    """Return how much of each framework's ceiling is taken, by its number, as far as months are closed."""
    months = [f"{each.first:%Y-%m}" if each.first else "" for each in known.agreements if each.ceiling]
    if not months:
        return {}
    runs = costing.approved_runs([each for each in costing.approved_periods() if each >= min(months)])
    return _taken(_told_apart(runs), known)


def agreed(municipality: Any) -> Register:
    """Return the suppliers and what has been agreed with them, whatever is taken of it."""
    suppliers = tuple(
        engine.Supplier(str(each.key), each.name, each.number, each.name_key) for each in contracts.suppliers()
    )
    agreements = tuple(engine.Agreement(*each) for each in contracts.agreed())
    return Register(suppliers, agreements, _DIGITS.get(municipality.country, 10))


def terms() -> list[str]:
    """Return the years and months that have a closed month, newest first."""
    months = costing.approved_periods()
    return sorted({*months, *(month[:4] for month in months)}, reverse=True)


def closed(term: str) -> list[str]:
    """Return the closed months of a year or month."""
    return [each for each in costing.approved_periods() if each == term or each[:4] == term]


def bought(periods: Collection[str], known: Register) -> tuple[list[Bought], NotBought]:
    """Return what was bought in some closed months, by responsibility code, and what was no purchase.

    Reckoned once for the same months, books and agreements; texts that are erased meanwhile are forgotten here too.
    """
    return _of_runs(costing.approved_runs(periods), known)


def _of_runs(runs: Sequence[Any], known: Register) -> tuple[list[Bought], NotBought]:
    return _bought(_told_apart(runs), known)


class _Runs:
    """Runs that are told apart by what they are, not by which objects hold them."""

    def __init__(self, stamp: Any, runs: Sequence[Any]) -> None:
        self.stamp, self.runs = stamp, runs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Runs) and self.stamp == other.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)


def _told_apart(runs: Sequence[Any]) -> _Runs:
    return _Runs((tuple((str(run.key), run.period) for run in runs), costing.texts_stamp(runs)), runs)


@lru_cache(maxsize=8)
def _bought(asked: _Runs, known: Register) -> tuple[list[Bought], NotBought]:
    purchases: list[Purchase] = []
    paid = internal = 0
    for pay, within, rest in _parts(asked):
        paid += _sum(pay)
        internal += _sum(within)
        purchases += _purchases(rest)
    return engine.bought(purchases, known), NotBought(paid, internal)


@lru_cache(maxsize=4)
def _taken(asked: _Runs, known: Register) -> dict[str, Taken]:
    return engine.taken((each for _, _, rest in _parts(asked) for each in _purchases(rest)), known)


def _parts(asked: _Runs) -> Iterable[tuple[pa.Table, pa.Table, pa.Table]]:
    """Return the rows of each month that are pay, those within the municipality, and those that were bought."""
    pay = {run.period: costing.names(run.model_version).pay for run in asked.runs}
    for rows in costing.it_rows(asked.runs):
        if rows.num_rows:
            is_pay = pc.is_in(rows["pool"], pa.array(sorted(pay[rows["period"][0].as_py()]), pa.string()))
            is_internal = pc.and_not(rows["internal"], is_pay)
            bought = pc.invert(pc.or_(is_pay, is_internal))
            yield rows.filter(is_pay), rows.filter(is_internal), rows.filter(bought)


def _sum(rows: pa.Table) -> int:
    return int(pc.sum(rows["amount_ore"].cast(pa.decimal128(38, 0))).as_py() or 0)


def _purchases(rows: pa.Table) -> Iterable[Purchase]:
    """Return the rows as purchases; those that are alike are one."""
    amounts = rows["amount_ore"].cast(pa.decimal128(38, 0))
    table = pa.table({**{name: rows[name] for name in _ALIKE}, "ore": amounts})
    table = table.group_by(list(_ALIKE)).aggregate([("ore", "sum")])
    for row in table.to_pylist():
        place, words = row["responsibility"] or "", _words(row)
        yield Purchase(row["date"], place, row["account"] or "", row["cost_type"], words, int(row["ore_sum"]))


@dataclass(frozen=True)
class Places:
    """Which unit a responsibility code was in each month, and which of them somebody sees; None sees all."""

    trees: dict[str, Tree]
    units: dict[str, dict[str, str]]
    seen: dict[str, set[str] | None]

    def placed(self, rows: Iterable[Bought], everywhere: bool = False) -> list[Bought]:
        """Return rows by unit ("" where no unit has the code), those that may be seen or ``everywhere``."""
        found = (row._replace(place=self.units[row.period].get(row.place, "")) for row in rows)
        return [row for row in found if everywhere or self._sees(row)]

    def _sees(self, row: Bought) -> bool:
        seen = self.seen[row.period]
        return seen is None or row.place in seen

    def within(self, rows: Iterable[Bought], unit: str) -> list[Bought]:
        """Return the rows of a unit and of all below it."""
        below = {period: set(tree.subtree(unit)) for period, tree in self.trees.items()}
        return [row for row in rows if row.place in below[row.period]]

    def part_of(self, unit: str) -> Callable[[Bought], str]:
        """Return what tells which administration, or which unit right below a unit, a row belongs to."""

        def part(row: Bought) -> str:
            path = [node.code for node in self.trees[row.period].path(row.place)]
            if not unit:
                administration = self.trees[row.period].administration_of(row.place)
                return administration.code if administration else row.place
            at = path.index(unit) + 1 if unit in path else len(path)
            return path[at] if at < len(path) else row.place

        return part


def places(periods: Iterable[str], access: Access) -> Places:
    """Return the units of some months, as the statements of those months are seen."""
    days = {period: Period.parse(period).last_date for period in periods}
    found_on = organisations(days.values())
    trees = {period: found_on[day] for period, day in days.items()}
    scopes = access.scopes(SEE)
    units = {
        period: {code: unit for unit, codes in sorted(found.charged_on.items(), reverse=True) for code in codes}
        for period, found in trees.items()
    }
    seen: dict[str, set[str] | None] = {
        period: None if "" in scopes else {code for scope in scopes for code in found.subtree(scope)}
        for period, found in trees.items()
    }
    return Places(trees, units, seen)


def vouchers(
    periods: Collection[str], known: Register, where: Places, wanted: Callable[[Bought], bool], after: str, limit: int
) -> tuple[list[dict[str, Any]], str]:
    """Return one page of the rows behind what was bought, and what the next begins after ("" for nothing).

    ``wanted`` is asked of each row as `engine.Bought` names it.
    """
    found: list[dict[str, Any]] = []
    runs = costing.approved_runs(periods)
    pay = {run.period: costing.names(run.model_version).pay for run in runs}
    judge = lru_cache(maxsize=None)(known.judged)
    for table in costing.it_rows([run for run in runs if run.period >= after[:7]]):
        if len(found) > limit and table.num_rows and table["period"][0].as_py() > found[-1]["period"]:
            break  # the months come in order, and this page is full
        for row in table.filter(pc.invert(table["internal"])).to_pylist():
            place = f"{row['period']}|{row['batch']}|{row['row']:010d}"
            if place <= after or row["pool"] in pay[row["period"]]:
                continue
            judged = judge(_words(row), row["date"], row["account"] or "")
            mine = Bought(row["period"], row["responsibility"] or "", *judged, row["cost_type"], row["amount_ore"])
            if (placed := where.placed([mine])) and wanted(placed[0]):
                found.append({**row, "at": place, "bought": placed[0]})
    found.sort(key=lambda row: row["at"])
    return found[:limit], found[limit - 1]["at"] if len(found) > limit else ""


def _words(row: dict[str, Any]) -> Words:
    return Words(row["supplier_id"] or "", row["supplier"] or "", row["text"] or "")


def voucher(municipality: Any, periods: Collection[str], batch: str, key: str) -> list[dict[str, Any]]:
    """Return a voucher's rows, but for those of pay, when something was bought by it in some closed months."""
    runs = costing.approved_runs(periods)
    pay = {run.period: costing.names(run.model_version).pay for run in runs}
    pools: dict[int, tuple[bool, bool]] = {}
    for table in costing.it_rows(runs, with_words=False):
        mine = table.filter(pc.and_(pc.equal(table["batch"], batch), pc.equal(table["voucher_key"], key)))
        for row in mine.to_pylist():
            pools[row["row"]] = (row["pool"] in pay[row["period"]], row["internal"])
    if all(any(each) for each in pools.values()):
        return []
    return [row for row in ledger.voucher_rows(municipality, batch, key) if not pools.get(row["row"], (False,))[0]]


def reasons(years: Collection[str]) -> dict[tuple[str, str, str], Reason]:
    """Return what has been answered about purchases outside agreements, by year, unit and seller."""
    return {(each.year, each.unit_code, each.seller_key): each for each in Reason.objects.filter(year__in=years)}


def reason_about(year: str, unit: str, seller: str) -> Reason | None:
    """Return what has been answered about what a unit bought of a seller in a year."""
    return Reason.objects.filter(year=year, unit_code=unit, seller_key=seller).first()


def links(*, service: str = "", system: str = "", on: date | None = None) -> list[ServiceSystem]:
    """Return which systems stand behind which services: of one service or system, on a day or ever."""
    found = ServiceSystem.objects.order_by("service_code", "system_code", "valid_from")
    if service:
        found = found.filter(service_code=service)
    if system:
        found = found.filter(system_code=system)
    if on:
        found = found.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
    return list(found)


def link_with_key(key: object) -> ServiceSystem | None:
    """Return a link by key."""
    return ServiceSystem.objects.filter(key=str(key)).first()


def services(language: str) -> dict[str, str]:
    """Return the names of the services of the newest closed month's model, by code, in their order."""
    return services_of(costing.newest_runs(1), language)


def services_of(runs: Sequence[Any], language: str) -> dict[str, str]:
    """Return the names of the services that units pay for, as the last of some runs has them."""
    rows = costing.services(runs[-1].model_version, Period.parse(runs[-1].period)) if runs else {}
    return {code: costing.text(row, "name", language) for code, row in rows.items() if row.get("kind") != "support"}


def cost_types_of(runs: Sequence[Any], language: str) -> dict[str, str]:
    """Return the names of the cost types, as the last of some runs has them."""
    return costing.names(runs[-1].model_version, language).cost_types if runs else {}


@dataclass(frozen=True)
class SystemMoney:
    """What twelve closed months say of a system's money.

    ``direct``: what was bought of its suppliers; ``others``: systems those suppliers deliver too, so that the rows
    are not this system's alone. ``moved`` and ``paid``: what the services it stands behind cost by type and who pays
    by unit; ``shared``: how many systems stand behind each service. The two never add: what was bought lies within.
    """

    runs: list[Any]
    direct: list[Bought]
    others: list[str]
    moved: dict[tuple[str, str], int]
    paid: list[tuple[str, str, int]]
    shared: dict[str, int]
    tree: Tree | None = None

    @property
    def periods(self) -> list[str]:
        """Return the months."""
        return [run.period for run in self.runs]

    @property
    def direct_ore(self) -> int:
        """Return what was bought of its suppliers."""
        return sum(each.ore for each in self.direct)


def money_of(municipality: Any, usage: Any, where: Callable[[list[str]], Places], everywhere: bool) -> SystemMoney:
    """Return the money of a system over the last twelve closed months, as somebody may see it."""
    runs, known, agreed = costing.newest_runs(YEAR), register(municipality), contracts.systems_by_supplier()
    if not runs:
        return SystemMoney([], [], [], {}, [], {})
    periods = [run.period for run in runs]
    mine = _sellers_of(usage, known, agreed)
    rows = [row for row in _of_runs(runs, known)[0] if row.seller.key in mine] if mine else []
    placed = where(periods)
    direct, units = placed.placed(rows, everywhere), placed.seen[periods[-1]]
    shared = _shared(usage, Period.parse(periods[-1]).last_date)
    whole = everywhere or units is None
    paid = [row for row in charging.paid_for(shared, periods) if whole or row[1] in (units or ())] if shared else []
    return SystemMoney(
        runs, direct, _others(usage, {row.seller.key for row in direct}, known, agreed),
        costing.moved(runs, shared) if whole else {}, paid, shared, placed.trees[periods[-1]],
    )  # fmt: skip


def _shared(usage: Any, on: date) -> dict[str, int]:
    """Return the services a system stands behind on a day, with how many systems each has."""
    behind = engine.grouped(links(on=on), attrgetter("service_code"))
    return {code: len(rows) for code, rows in behind.items() if any(row.system_code == usage.code for row in rows)}


def _sellers_of(usage: Any, known: Register, agreed: Mapping[str, set[str]]) -> set[str]:
    """Return who supplies a system: as its contracts say, and as it says itself."""
    said = known.called(usage.system.supplier).key if usage.system.supplier else ""
    return {*(key for key, codes in agreed.items() if usage.code in codes), said} - {""}


def _others(usage: Any, sellers: set[str], known: Register, agreed: Mapping[str, set[str]]) -> list[str]:
    """Return the other systems of some suppliers."""
    if not sellers:
        return []
    said = {code for code, name in suppliers_by_code().items() if known.called(name).key in sellers}
    return sorted({*said, *(code for key in sellers for code in agreed.get(key, ()))} - {usage.code})


@dataclass(frozen=True)
class Seen:
    """What somebody may see of a year's or month's purchases: of a unit, or of the whole ("").

    ``not_bought`` is told of the whole alone.
    """

    term: str
    periods: list[str]
    unit: str
    rows: list[Bought]
    places: Places
    not_bought: NotBought | None

    @property
    def tree(self) -> Tree:
        """Return the organisation as it was last."""
        return self.places.trees[self.periods[-1]]

    @property
    def part(self) -> Callable[[Bought], str]:
        """Return what tells which part of the unit a row belongs to."""
        return self.places.part_of(self.unit)


def seen(municipality: Any, access: Access, term: str, unit: str) -> Seen | None:
    """Return the purchases of a year or month as somebody may see them; None for what does not exist to them."""
    periods = closed(term)
    if not periods or not access.scopes(SEE):
        return None
    where = places(periods, access)
    scopes, last = access.scopes(SEE), where.trees[periods[-1]]
    unit = unit or ("" if "" in scopes else next((each for each in scopes if each in last.nodes), scopes[0]))
    if unit not in last.nodes if unit else "" not in scopes:
        return None
    if unit and not access.may_for(SEE, unit, last):
        return None
    found, rest = bought(periods, register(municipality))
    placed = where.placed(found)
    rows = where.within(placed, unit) if unit else placed
    return Seen(term, periods, unit, rows, where, None if unit else rest)
