"""Spread cost over services and units in exact integers: docs/algorithms/allocation.md says how."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import gcd
from operator import index, itemgetter
from typing import Literal

import pyarrow as pa
from flint import fmpq_mat, fmpz_mat

from samsyn.core.digests import digest_table
from samsyn.core.money import split
from samsyn.core.refusals import N_, Refusal

Edge = Literal["refuse", "keep", "last_period"]
Key = tuple[str, str]
Weights = dict[str, int]
Volumes = Mapping[str, Mapping[str, int]]

MAX_SUPPORT = 150
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An exact sum of whole ledger rows, in öre of any sign: one cost pool, one cost type."""

    pool: str
    cost_type: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What a giver sends a receiver, as a resolved integer weight: fixed, hours or a measured volume."""

    giver: str
    receiver: str
    weight: int


@dataclass(frozen=True, slots=True)
class Model:
    """Pools give to services; support services give to each other and to final services."""

    pool_flows: tuple[Flow, ...]
    service_flows: tuple[Flow, ...]
    support: frozenset[str]
    final: frozenset[str]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Everything a run must keep to be explained; every mapping is in key order.

    ``amounts`` B: öre per source. ``shares`` N: per source, integer weights of services, their sum the
    denominator. ``moved`` M: öre per source and service. ``cost`` S: öre per service. ``volumes`` V: the
    weights used, per service and unit. ``distributed`` L: öre per service and unit. ``undistributed``: öre
    per service kept back. ``borrowed``: services spread by the last period's volumes.
    """

    amounts: dict[Key, int]
    shares: dict[Key, Weights]
    moved: dict[Key, dict[str, int]]
    cost: dict[str, int]
    volumes: dict[str, Weights]
    distributed: dict[str, dict[str, int]]
    undistributed: dict[str, int]
    borrowed: tuple[str, ...]

    @property
    def difference_ore(self) -> int:
        """Return what went in minus what came out; 0, or the run must not stand."""
        out = sum(sum(units.values()) for units in self.distributed.values())
        return sum(self.amounts.values()) - out - sum(self.undistributed.values())

    def lines(self) -> pa.Table:
        """Return the lines to seal in key order: service, unit, kind and the öre as text, of any size.

        ``unit`` is ``NOBODY`` where kind is ``not_distributed``.
        """
        blocks = [(service, {NOBODY: ore}, "not_distributed") for service, ore in self.undistributed.items()]
        blocks += [(service, units, "distributed") for service, units in self.distributed.items()]
        columns: dict[str, list[str]] = {"service": [], "unit": [], "kind": [], "amount_ore": []}
        for service, units, kind in sorted(blocks, key=itemgetter(0)):
            columns["service"] += [service] * len(units)
            columns["unit"] += units
            columns["kind"] += [kind] * len(units)
            columns["amount_ore"] += map(str, units.values())
        return pa.table(columns, pa.schema(dict.fromkeys(columns, pa.string())))

    def seal(self) -> str:
        """Return the SHA-256 of the lines in key order. Source: RFC 8785 (canonical JSON), one row a line."""
        return digest_table(self.lines())

    def contributions(self, service: str) -> dict[Key, dict[str, int]]:
        """Return what each source put into each unit's line of one service, in öre."""
        return provenance(
            {key: services.get(service, 0) for key, services in self.moved.items()},
            self.volumes.get(service, {}),
        )


def validate(
    model: Model,
    pools: Collection[str] | None = None,
    volumes: Volumes | None = None,
    edge: Mapping[str, Edge] | None = None,
    last_volumes: Volumes | None = None,
) -> list[Refusal]:
    """Return every fault of a model at once, as refusals not raised, each naming its place.

    ``pools`` are those with cost, or every pool that has flows. Without ``volumes`` the drivers of final
    services are not examined.
    """
    examined = sorted({flow.giver for flow in model.pool_flows} if pools is None else set(pools))
    faults = [*_flow_faults(model), *_reach_faults(model, examined)]
    if volumes is not None:
        reached = _costed(model, examined)
        for service in sorted(model.final):
            faults += _volume_faults(service, volumes)
            if service in reached:
                used, _ = _used(service, volumes, edge or {}, last_volumes or {})
                faults += [_no_volume(service)] if used is None else []
    return faults


def reciprocal_shares(model: Model, pools: Collection[str]) -> dict[str, Weights]:
    """Return how each pool ends up on final services when support services also serve each other.

    The shares of a pool are integers in lowest terms; their sum is the denominator. They solve
    E = (D−Q)⁻¹R in exact rationals, own consumption dropped: Q the weights between support services, R
    those to final services, D their row sums. Refuses with the first fault of ``validate``.
    Source: the reciprocal (algebraic) method of service department cost allocation.
    """
    faults = validate(model, pools)
    if faults:
        raise faults[0]
    ordered, final = sorted(pools), sorted(model.final)
    given, onward = _weights(model.pool_flows), _weights(model.service_flows)
    support = sorted(_costed(model, ordered) & model.support)
    direct = _matrix(given, ordered, final)
    if support:
        balance, onto = _balance(onward, support), _matrix(onward, support, final)
        solved, denominator = fmpq_mat(balance).solve(fmpq_mat(onto)).numer_denom()
        direct = direct * denominator + _matrix(given, ordered, support) * solved
    return {
        pool: _lowest_terms(final, [int(entry) for entry in row])
        for pool, row in zip(ordered, direct.table(), strict=True)
    }


def allocate(
    sources: Iterable[Source],
    model: Model,
    volumes: Volumes,
    edge: Mapping[str, Edge] | None = None,
    last_volumes: Volumes | None = None,
) -> Allocation:
    """Spread sources over services by reciprocal shares and over units by volumes, to the öre.

    ``volumes``: net integer quantity per final service and unit. ``edge`` says, per service, what happens to
    cost without volume: ``refuse`` (default), ``keep`` it as not distributed, or use the ``last_period``.
    Refuses with the first fault of the model, ``negative_volume`` and ``service_without_volume``.
    Rounding: largest remainder, twice (``samsyn.core.money.split``).
    """
    amounts = _amounts(sources)
    by_pool = reciprocal_shares(model, {pool for pool, _ in amounts})
    shares = {key: by_pool[key[0]] for key in amounts}
    moved = {key: split(amount, shares[key]) for key, amount in amounts.items()}
    cost = dict.fromkeys(sorted(model.final), 0)
    for service, amount in chain.from_iterable(services.items() for services in moved.values()):
        cost[service] += amount
    weights, borrowed = _weigh(cost, volumes, edge or {}, last_volumes or {})
    return Allocation(
        amounts=amounts,
        shares=shares,
        moved=moved,
        cost=cost,
        volumes=weights,
        distributed={s: split(cost[s], units) for s, units in weights.items() if units},
        undistributed={s: cost[s] for s, units in weights.items() if cost[s] and not units},
        borrowed=borrowed,
    )


def provenance(moved: Mapping[Key, int], volumes: Mapping[str, int]) -> dict[Key, dict[str, int]]:
    """Return what each source put into each unit's line of one service, by running totals.

    ``moved``: öre per source; ``volumes``: weight per unit, both as kept by the run. Summed over units a
    source gives what it moved, summed over sources a unit gets its line, exactly, for any signs; each cell
    is less than 2 öre from its exact value. Without volumes all of it lies on ``NOBODY``.
    """
    weights = volumes if any(volumes.values()) else {NOBODY: 1}
    before = dict.fromkeys(weights, 0)
    running, cells = 0, {}
    for key in sorted(key for key, amount in moved.items() if amount):
        running += moved[key]
        after = split(running, weights)
        cells[key] = {unit: after[unit] - before[unit] for unit in after}
        before = after
    return cells


def spread(amount_ore: int, months: int, month: int) -> int:
    """Return the öre of a yearly invoice that fall on month ``month`` (0 is the first) of ``months``.

    The months add up to the invoice and differ by at most one öre; the first months take it.
    """
    if not 0 <= month < months:
        raise ValueError("month must lie within months")
    whole, left = divmod(abs(amount_ore), months)
    share = whole + (month < left)
    return -share if amount_ore < 0 else share


def _amounts(sources: Iterable[Source]) -> dict[Key, int]:
    """Sum sources per key, in key order, without those that come to nothing."""
    sums: dict[Key, int] = {}
    for source in sources:
        key = (source.pool, source.cost_type)
        sums[key] = sums.get(key, 0) + index(source.amount_ore)
    return {key: sums[key] for key in sorted(sums) if sums[key]}


def _weights(flows: Iterable[Flow]) -> dict[str, Weights]:
    """Sum positive weights per giver and receiver."""
    table: dict[str, Weights] = {}
    for flow in flows:
        if flow.weight > 0:
            row = table.setdefault(flow.giver, {})
            row[flow.receiver] = row.get(flow.receiver, 0) + index(flow.weight)
    return table


def _matrix(table: Mapping[str, Weights], givers: list[str], receivers: list[str]) -> fmpz_mat:
    rows = [table.get(giver, {}) for giver in givers]
    return fmpz_mat(len(givers), len(receivers), [row.get(receiver, 0) for row in rows for receiver in receivers])


def _balance(onward: Mapping[str, Weights], support: list[str]) -> fmpz_mat:
    """Return D−Q: what a support service hands on, less what the others hand to each other."""
    # own consumption stands in both and cancels
    totals = {giver: {giver: sum(onward[giver].values())} for giver in support}
    return _matrix(totals, support, support) - _matrix(onward, support, support)


def _lowest_terms(services: list[str], numbers: list[int]) -> Weights:
    common = gcd(*numbers)
    return {service: number // common for service, number in zip(services, numbers, strict=True) if number}


def _reach(starts: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        fresh = set(steps.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def _costed(model: Model, pools: Iterable[str]) -> set[str]:
    """Return the services, support and final, that cost of these pools comes to."""
    given = _weights(model.pool_flows)
    starts = {receiver for pool in pools for receiver in given.get(pool, {})}
    return _reach(starts, _weights(model.service_flows))


def _flow_faults(model: Model) -> Iterator[Refusal]:
    known = model.support | model.final
    if len(model.support) > MAX_SUPPORT:
        yield Refusal(
            "too_many_support_services",
            N_("There are %(count)s support services; at most %(limit)s can serve each other."),
            name=max(model.support),
            count=len(model.support),
            limit=MAX_SUPPORT,
        )
    for name in sorted(model.support & model.final):
        yield Refusal("support_and_final", N_("%(name)s is both a support service and a final one."), name=name)
    for flow in chain(model.pool_flows, model.service_flows):
        if flow.weight < 0:
            message = N_("%(name)s gives %(receiver)s the negative weight %(weight)s.")
            facts = {"receiver": flow.receiver, "weight": flow.weight}
            yield Refusal("negative_flow", message, name=flow.giver, **facts)
        if flow.receiver not in known:
            message = N_("%(name)s gives to %(receiver)s, which is not a service of the model.")
            yield Refusal("unknown_receiver", message, name=flow.giver, receiver=flow.receiver)
    for name in sorted({flow.giver for flow in model.service_flows} - model.support):
        yield Refusal("not_a_support_service", N_("%(name)s gives cost on but is not a support service."), name=name)


def _reach_faults(model: Model, pools: list[str]) -> Iterator[Refusal]:
    given = _weights(model.pool_flows)
    for pool in pools:
        if pool not in given:
            yield Refusal("pool_reaches_nobody", N_("The cost of %(name)s goes to no service."), name=pool)
    backwards: dict[str, list[str]] = {}
    for giver, row in _weights(model.service_flows).items():
        for receiver in row:
            backwards.setdefault(receiver, []).append(giver)
    for name in sorted((_costed(model, pools) & model.support) - _reach(model.final, backwards)):
        message = N_("The cost of the support service %(name)s never comes to a service that units use.")
        yield Refusal("support_unreachable", message, name=name)


def _volume_faults(service: str, volumes: Volumes) -> Iterator[Refusal]:
    counted = volumes.get(service, {})
    for unit, volume in sorted(counted.items()) if min(counted.values(), default=0) < 0 else ():
        if volume < 0:
            message = N_("The volume of %(name)s at %(unit)s is %(volume)s, below zero.")
            yield Refusal("negative_volume", message, name=service, unit=unit, volume=volume)


def _no_volume(service: str) -> Refusal:
    return Refusal("service_without_volume", N_("%(name)s has cost but no volume to share it by."), name=service)


def _used(
    service: str, volumes: Volumes, edge: Mapping[str, Edge], last_volumes: Volumes
) -> tuple[Weights | None, bool]:
    """Return the weights for a service with cost (none where kept, None where refused), and if borrowed."""
    weights = _positive(volumes.get(service, {}))
    rule = edge.get(service, "refuse")
    if weights or rule == "keep":
        return weights, False
    last = _positive(last_volumes.get(service, {})) if rule == "last_period" else {}
    return last or None, True


def _positive(volumes: Mapping[str, int]) -> Weights:
    return {unit: index(volume) for unit, volume in sorted(volumes.items()) if volume > 0}


def _weigh(
    cost: Mapping[str, int], volumes: Volumes, edge: Mapping[str, Edge], last_volumes: Volumes
) -> tuple[dict[str, Weights], tuple[str, ...]]:
    """Choose each service's weights; only cost that is not 0 needs any."""
    chosen: dict[str, Weights] = {}
    borrowed = []
    for service, amount in cost.items():
        for fault in _volume_faults(service, volumes):
            raise fault
        used, lent = _used(service, volumes, edge if amount else {service: "keep"}, last_volumes)
        if used is None:
            raise _no_volume(service)
        chosen[service] = used
        borrowed += [service] if lent else []
    return chosen, tuple(borrowed)
