"""Charge for services, explain what changed, name the causes: docs/algorithms/change.md says how."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from samsyn.core.money import half_away, price_times
from samsyn.core.refusals import N_, Refusal

Mode = Literal["price", "cost", "shown"]
Kind = Literal["volume", "price", "new", "ended"]
K = TypeVar("K", str, tuple[str, str])


@dataclass(frozen=True, slots=True)
class ServiceCharge:
    """A service's lines per unit in öre, and where its allocated cost went.

    ``charged_ore + tax_financed_ore + recovery_ore`` is the allocated cost. ``recovery_ore`` is the part
    of the cost that the price did not recover; negative where it recovered more.
    """

    mode: Mode
    lines: dict[str, int]
    charged_ore: int
    tax_financed_ore: int
    recovery_ore: int


def charge(
    mode: Mode,
    allocated: Mapping[str, int],
    price_micro: int | None = None,
    quantities: Mapping[str, int] | None = None,
    step: int = 1,
) -> ServiceCharge:
    """Turn the allocated cost per unit, in öre, into the lines its units see.

    ``price``: price × quantity, in micro-kronor and 1/``step`` units, rounded half away from zero; the
    difference to cost stays with the provider. ``cost``: the allocated öre. ``shown``: the allocated öre,
    paid by taxes. Refuses ``no_price``.
    """
    cost = sum(allocated.values())
    if mode != "price":
        lines = dict(sorted(allocated.items()))
        charged = cost if mode == "cost" else 0
        return ServiceCharge(mode, lines, charged, cost - charged, 0)
    if price_micro is None:
        raise Refusal("no_price", N_("A service charged at a price has no price."))
    counted = quantities or {}
    lines = {unit: price_times(price_micro, counted[unit], step) for unit in sorted(counted)}
    charged = sum(lines.values())
    return ServiceCharge(mode, lines, charged, 0, cost - charged)


@dataclass(frozen=True, slots=True)
class LineValue:
    """One statement line: quantity in 1/``step`` units, öre, and a price in micro-kronor if it has one."""

    service: str
    quantity: int
    amount_ore: int
    price_micro: int | None = None
    step: int = 1

    @property
    def is_absent(self) -> bool:
        """Tell whether the line says nothing: no quantity and no amount."""
        return not self.quantity and not self.amount_ore

    def at_quantity(self, quantity: int, step: int) -> int:
        """Return the öre of another quantity at this line's price, or at its average where it has none."""
        if self.price_micro is not None:
            return price_times(self.price_micro, quantity, step)
        if self.quantity <= 0:
            return self.amount_ore
        return half_away(self.amount_ore * quantity * self.step, self.quantity * step)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one cause did to one service's line, in öre, with the quantities before and after."""

    service: str
    kind: Kind
    amount_ore: int
    quantity_before: int
    quantity_after: int


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two statements; the effects add up to ``total_ore`` exactly."""

    total_ore: int
    effects: tuple[Effect, ...]

    def largest(self, count: int = 2) -> tuple[Effect, ...]:
        """Return the effects that changed most, either way; ties by service, volume before price."""
        return tuple(sorted(self.effects, key=lambda effect: -abs(effect.amount_ore))[:count])


def explain_change(before: Iterable[LineValue], after: Iterable[LineValue]) -> Change:
    """Split the difference between two statements into volume, price, new and ended services.

    The volume effect is the new quantity at the old price less the old amount; the price effect is the rest,
    so it holds every rounding. Effects of 0 are left out. Refuses ``duplicate_service``.
    Source: quantities valued at base prices (Laspeyres), prices at current quantities (Paasche).
    """
    old, new = _by_service(before), _by_service(after)
    effects: list[Effect] = []
    for service in sorted(old | new):
        effects += _effects(old.get(service), new.get(service))
    total = sum(line.amount_ore for line in new.values()) - sum(line.amount_ore for line in old.values())
    return Change(total, tuple(effect for effect in effects if effect.amount_ore))


def _by_service(lines: Iterable[LineValue]) -> dict[str, LineValue]:
    found: dict[str, LineValue] = {}
    for line in lines:
        if line.service in found:
            raise Refusal("duplicate_service", N_("%(name)s has two lines to compare."), name=line.service)
        found[line.service] = line
    return {service: line for service, line in found.items() if not line.is_absent}


def _effects(old: LineValue | None, new: LineValue | None) -> list[Effect]:
    if old and new:
        at_old_price = _new_quantity_at_old_price(old, new)
        parts: list[tuple[Kind, int]] = [
            ("volume", at_old_price - old.amount_ore),
            ("price", new.amount_ore - at_old_price),
        ]
        return [Effect(old.service, kind, ore, old.quantity, new.quantity) for kind, ore in parts]
    if new:
        return [Effect(new.service, "new", new.amount_ore, 0, new.quantity)]
    return [Effect(old.service, "ended", -old.amount_ore, old.quantity, 0)] if old else []


def _new_quantity_at_old_price(old: LineValue, new: LineValue) -> int:
    # an amount adjusted by hand must not show as two effects that cancel
    if old.quantity * new.step == new.quantity * old.step:
        return old.amount_ore
    if old.price_micro is not None and old.price_micro == new.price_micro:
        return new.amount_ore
    return old.at_quantity(new.quantity, new.step)


@dataclass(frozen=True, slots=True)
class Causes(Generic[K]):
    """The largest parts of a whole, in öre, and the rest as one: ``other_count`` parts of ``other_ore``."""

    top: tuple[tuple[K, int], ...]
    other_ore: int
    other_count: int


def top_causes(parts: Iterable[tuple[K, int]], limit: int = 5, hidden: Collection[K] = ()) -> Causes[K]:
    """Return at most ``limit`` causes by size, either sign, and one "other"; they add up to the whole.

    Parts of the same key are summed, those that come to 0 left out, ties go to the smaller key. ``hidden``
    causes (the pay of few) go into "other", and the smallest of the rest with them: "other" is never one of
    them alone unless there is nothing else, and then it is the whole.
    """
    sums: dict[K, int] = {}
    for key, amount in parts:
        sums[key] = sums.get(key, 0) + amount
    ranked = sorted(((key, sums[key]) for key in sorted(sums) if sums[key]), key=lambda part: -abs(part[1]))
    shown = [part for part in ranked if part[0] not in hidden]
    top = shown[: limit if len(shown) == len(ranked) else min(limit, len(shown) - 1)] if shown else []
    other = sum(amount for _, amount in ranked) - sum(amount for _, amount in top)
    return Causes(tuple(top), other, len(ranked) - len(top))


def year_forecast(months: Sequence[int], months_in_year: int = 12) -> int | None:
    """Return the year's öre if it goes on like the last month; None before the first month."""
    if not months:
        return None
    return sum(months) + months[-1] * max(months_in_year - len(months), 0)


def links(parts: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    """Return the sum in öre of each (giver, receiver)."""
    found: dict[tuple[str, str], int] = {}
    for giver, receiver, amount in parts:
        found[giver, receiver] = found.get((giver, receiver), 0) + amount
    return found


def apart(*columns: dict[str, str]) -> list[dict[str, str]]:
    """Return the names in each column of a picture, code → name; one that stands in a column before is marked.

    A picture may not lead back to where it came from.
    """
    found, taken = [], set[str]()
    for column in columns:
        marked = {code: name + " " * sum(name + " " * n in taken for n in range(3)) for code, name in column.items()}
        taken |= set(marked.values())
        found.append(marked)
    return found
