"""The allocation engine: every öre arrives, and can be followed back."""

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.money import split
from samsyn.costing.engine import allocation as engine
from samsyn.costing.engine.allocation import (
    NOBODY,
    Allocation,
    Flow,
    Key,
    Model,
    Source,
    allocate,
    provenance,
    reciprocal_shares,
    spread,
    validate,
)
from tests.worked_tables import DOCS, number, table

PAGE = "allocation.md"
LICENCES, STAFF, CREDIT = ("10", "licences"), ("20", "staff"), ("30", "credit note")


def worked_model() -> Model:
    """Build the model of the worked example from the page's table of flows."""
    flows = tuple(
        Flow(row["giver"], receiver, int(row[receiver]))
        for row in table(PAGE, "giver", "NET")
        for receiver in ("NET", "HD", "MAIL", "PC")
    )
    to = (Flow("10", "MAIL", 1), Flow("20", "HD", 1), Flow("20", "NET", 1), Flow("30", "NET", 5))
    return Model(to, flows, frozenset({"HD", "NET"}), frozenset({"MAIL", "PC"}))


def worked_volumes() -> dict[str, dict[str, int]]:
    return {row.pop("service"): {unit: int(volume) for unit, volume in row.items()}
            for row in table(PAGE, "service", "A")}  # fmt: skip


def key(text: str) -> Key:
    pool, cost_type = text.split(" ", 1)
    return pool, cost_type


def worked_sources() -> list[Source]:
    rows = table(PAGE, "source", "amount")[:-1]
    return [Source(*key(row["source"]), number(row["amount"])) for row in rows]


def lines(run: Allocation) -> list[list[str]]:
    return [list(row.values()) for row in run.lines().to_pylist()]


def worked() -> Allocation:
    return allocate(worked_sources(), worked_model(), worked_volumes())


# The worked example


@pytest.mark.parametrize("row", table(PAGE, "cost at", "MAIL"), ids=lambda row: row["cost at"])
def test_the_worked_shares_are_replayed(row: dict[str, str]) -> None:
    givers = re.findall("HD|NET", row["cost at"])
    model = replace(worked_model(), pool_flows=tuple(Flow("pool", giver, 3) for giver in givers))
    shares = reciprocal_shares(model, ["pool"])["pool"]
    assert shares == {"MAIL": int(row["MAIL"]), "PC": int(row["PC"])}
    assert sum(shares.values()) == int(row["of"])


@pytest.mark.parametrize("row", table(PAGE, "source", "amount"), ids=lambda row: row["source"])
def test_the_worked_run_is_replayed(row: dict[str, str]) -> None:
    run, name = worked(), row.pop("source")
    if name == "line":
        total, services, cells = sum(run.amounts.values()), run.cost, run.distributed
    else:
        total, services = run.amounts[key(name)], run.moved[key(name)]
        cells = {service: run.contributions(service).get(key(name), {}) for service in run.cost}
    computed = {"amount": total, **{service: services.get(service, 0) for service in run.cost}}
    for service in run.cost:
        computed |= {f"{service} {unit}": cells[service].get(unit, 0) for unit in "ABC"}
    assert computed == {column: number(cell) for column, cell in row.items()}


def test_the_worked_running_totals_are_replayed() -> None:
    run, so_far = worked(), 0
    for row in table(PAGE, "after", "MAIL so far"):
        so_far += run.moved[key(row["after"])]["MAIL"]
        assert so_far == number(row["MAIL so far"])
        assert split(so_far, run.volumes["MAIL"]) == {unit: number(row[unit]) for unit in "ABC"}


@pytest.mark.parametrize("row", table(PAGE, "invoice", "months"), ids=lambda row: row["invoice"])
def test_the_worked_yearly_invoices_are_replayed(row: dict[str, str]) -> None:
    months = int(row["months"])
    by_month = [number(part) for part in row["by month"].split(", ")]
    assert [spread(number(row["invoice"]), months, month) for month in range(months)] == by_month


def test_the_page_lists_every_refusal_of_the_engine() -> None:
    source = Path(engine.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'Refusal\(\s*"(\w+)"', source))
    assert {row["code"].strip("`") for row in table(PAGE, "code", "when")} == codes


def test_the_worked_model_is_sound() -> None:
    assert validate(worked_model(), None, worked_volumes()) == []


def test_the_worked_run_keeps_what_explains_it() -> None:
    run = worked()
    assert run.shares[STAFF] == {"MAIL": 69, "PC": 127}
    assert run.volumes["PC"] == {"A": 5, "C": 2}
    assert run.difference_ore == 0
    assert ["MAIL", "A", "distributed", "7193"] in lines(run)
    assert run.seal() == "2c813741b985ad6d4b2f837abf0443e316bfaaeddbfa0178148cb3baf809dd55"


def test_contributions_can_be_recomputed_from_what_is_stored() -> None:
    run = worked()
    stored = {key: services.get("PC", 0) for key, services in reversed(run.moved.items())}
    assert provenance(stored, run.volumes["PC"]) == run.contributions("PC")
    assert LICENCES not in provenance(stored, run.volumes["PC"])
    assert provenance(stored, run.volumes["PC"])[CREDIT] == {"A": -317, "C": -128}


# Shares against a slow and independent oracle


def eliminate(model: Model, start: dict[str, int]) -> dict[str, Fraction]:
    """Solve one pool's shares by Gaussian elimination on fractions: x = start + Qᵀx, shares = Rᵀx."""
    names = sorted(model.support)
    out = {giver: {f.receiver: f.weight for f in model.service_flows if f.giver == giver} for giver in names}
    part = {
        giver: {to: Fraction(w, sum(v for k, v in row.items() if k != giver) or 1) for to, w in row.items()}
        for giver, row in out.items()
    }
    total = sum(start.values())
    rows = [
        [Fraction(i == j) - (part[j].get(i, 0) if i != j else 0) for j in names] + [Fraction(start.get(i, 0), total)]
        for i in names
    ]
    for i in range(len(names)):
        pivot = next(k for k in range(i, len(names)) if rows[k][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(len(names)):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i], strict=True)]
    gross = {name: row[-1] for name, row in zip(names, rows, strict=True)}
    return {
        final: Fraction(start.get(final, 0), total) + sum(gross[s] * part[s].get(final, 0) for s in names)
        for final in model.final
    }


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Draw a model in which every support service hands something to a final service."""
    support = [f"s{i}" for i in range(draw(st.integers(0, 5)))]
    final = [f"f{i}" for i in range(draw(st.integers(1, 4)))]
    weight = st.integers(0, 10**6) | st.integers(0, 2)
    flows = [Flow(giver, to, draw(weight)) for giver in support for to in support + final[1:]]
    flows += [Flow(giver, final[0], draw(st.integers(1, 9))) for giver in support]
    pools = [f"p{i}" for i in range(draw(st.integers(1, 4)))]
    to = [Flow(pool, draw(st.sampled_from(support + final)), draw(st.integers(1, 99))) for pool in pools * 3]
    return Model(tuple(to), tuple(flows), frozenset(support), frozenset(final))


@given(models())
def test_shares_equal_elimination_on_fractions(model: Model) -> None:
    for pool, shares in reciprocal_shares(model, {flow.giver for flow in model.pool_flows}).items():
        start: dict[str, int] = {}
        for flow in model.pool_flows:
            if flow.giver == pool:
                start[flow.receiver] = start.get(flow.receiver, 0) + flow.weight
        exact = {service: share for service, share in eliminate(model, start).items() if share}
        assert {service: Fraction(n, sum(shares.values())) for service, n in shares.items()} == exact


def test_a_chain_without_a_cycle_is_followed_to_its_end() -> None:
    flows = (Flow("a", "b", 1), Flow("b", "c", 1), Flow("c", "x", 1), Flow("c", "y", 2))
    model = Model((Flow("p", "a", 7),), flows, frozenset("abc"), frozenset("xy"))
    assert reciprocal_shares(model, ["p"]) == {"p": {"x": 1, "y": 2}}


def test_a_pool_may_bear_the_name_of_a_service() -> None:
    model = Model((Flow("x", "x", 1), Flow("x", "y", 1)), (), frozenset(), frozenset("xy"))
    assert reciprocal_shares(model, ["x"]) == {"x": {"x": 1, "y": 1}}


def test_a_service_that_mostly_uses_itself_still_hands_everything_on() -> None:
    flows = (Flow("a", "a", 10**9), Flow("a", "x", 1))
    model = Model((Flow("p", "a", 1),), flows, frozenset("a"), frozenset("x"))
    assert reciprocal_shares(model, ["p"]) == {"p": {"x": 1}}


# Properties of a run

UNITS = [f"u{i}" for i in range(5)]


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Source], Model, dict[str, dict[str, int]]]:
    model = draw(models())
    pool = st.sampled_from(sorted({flow.giver for flow in model.pool_flows}))
    source = st.builds(Source, pool, st.sampled_from("abc"), st.integers(-(10**14), 10**14))
    volume = st.dictionaries(st.sampled_from(UNITS), st.integers(0, 10**9) | st.integers(0, 2), max_size=5)
    volumes = {service: draw(volume) for service in model.final}
    return draw(st.lists(source, max_size=8)), model, volumes


def kept(run: tuple[list[Source], Model, dict[str, dict[str, int]]]) -> Allocation:
    sources, model, volumes = run
    return allocate(sources, model, volumes, dict.fromkeys(model.final, "keep"))


@given(runs())
def test_no_ore_is_lost_or_counted_twice(run: Any) -> None:
    result = kept(run)
    assert result.difference_ore == 0
    assert sum(int(amount) for *_, amount in lines(result)) == sum(source.amount_ore for source in run[0])
    assert sum(result.cost.values()) == sum(result.amounts.values())


@given(runs(), st.randoms(use_true_random=False))
def test_the_order_and_splitting_of_rows_do_not_matter(run: Any, shuffler: random.Random) -> None:
    sources, model, volumes = run
    halves = [replace(s, amount_ore=part) for s in sources for part in (7, s.amount_ore - 7)]
    pool_flows, service_flows = list(model.pool_flows), list(model.service_flows)
    for rows in (halves, pool_flows, service_flows):
        shuffler.shuffle(rows)
    turned = {service: dict(reversed(volumes[service].items())) for service in reversed(volumes)}
    other = kept((halves, Model(tuple(pool_flows), tuple(service_flows), model.support, model.final), turned))
    assert other == kept(run)
    assert list(other.distributed) == list(kept(run).distributed)
    assert other.seal() == kept(run).seal()


@given(runs())
def test_crediting_everything_turns_every_source_and_its_moves(run: Any) -> None:
    sources, model, volumes = run
    turned = kept(([replace(source, amount_ore=-source.amount_ore) for source in sources], model, volumes))
    assert lines(turned) == [[*key, str(-int(amount))] for *key, amount in lines(kept(run))]


@given(runs())
def test_a_unit_without_volume_has_no_line_and_no_origin(run: Any) -> None:
    result = kept(run)
    for service, units in run[2].items():
        silent = {unit for unit, volume in units.items() if not volume}
        assert not silent & set(result.distributed.get(service, {}))
        assert all(not silent & set(cells) for cells in result.contributions(service).values())


@given(runs())
def test_contributions_add_up_both_ways_and_stay_within_two_ore(run: Any) -> None:
    result = kept(run)
    for service, cost in result.cost.items():
        cells = result.contributions(service)
        volumes = result.volumes[service] or {NOBODY: 1}
        for source, units in cells.items():
            assert sum(units.values()) == result.moved[source][service]
            for unit, ore in units.items():
                exact = Fraction(result.moved[source][service] * volumes[unit], sum(volumes.values()))
                assert abs(ore - exact) < 2
        lines = result.distributed.get(service) or {NOBODY: cost}
        assert {unit: sum(units.get(unit, 0) for units in cells.values()) for unit in lines} == lines


@given(st.integers(-(10**12), 10**12), st.integers(1, 36))
def test_a_yearly_invoice_is_spread_as_a_split_with_equal_weights(invoice: int, months: int) -> None:
    even = split(invoice, {f"{month:02}": 1 for month in range(months)})
    assert [spread(invoice, months, month) for month in range(months)] == list(even.values())


@pytest.mark.parametrize("months, month", [(0, 0), (3, 3), (3, -1)])
def test_a_month_outside_the_spread_is_an_error(months: int, month: int) -> None:
    with pytest.raises(ValueError):
        spread(100, months, month)


HASHED = """
from samsyn.costing.engine.allocation import *
names = ["\\u00e5", "a", "\\U0001f5a5", "\\uffff", "Z", "b1", "b10", "b2"]
model = Model(
    tuple(Flow(p, s, 1 + i) for p in {"p1", "p2"} for i, s in enumerate(("s1", "s2"))),
    tuple(Flow(a, b, len(a + b) + ord(b[-1])) for a in {"s1", "s2"} for b in {"s1", "s2", *names}),
    frozenset({"s1", "s2"}), frozenset(names))
volumes = {s: {u: 1 + ord(u[0]) % 7 for u in set(names)} for s in set(names)}
run = allocate({Source(p, t, 12345 * len(t)) for p in {"p1", "p2"} for t in {"x", "yy"}}, model, volumes)
print(run.seal(), list(run.shares.items()), run.contributions("b10"))
"""


def test_two_processes_with_different_hash_seeds_agree() -> None:
    def run(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", HASHED], env=environment, capture_output=True, check=True).stdout

    assert run("1") == run("4242") != b""


def test_the_index_of_the_pages_links_to_each_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in index for page in DOCS.glob("*.md") if page.name != "README.md")
