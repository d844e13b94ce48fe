"""Ask which devices there are, who has them, which leases end and what that costs.

``units`` says whose devices are asked about: the codes of their units, or None for all; see `rules.units_seen`.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from samsyn.core.periods import day_of
from samsyn.equipment import engine
from samsyn.equipment.choices import WRITTEN, Kind
from samsyn.equipment.models import Device, Holding
from samsyn.organisation.queries import remembered
from samsyn.organisation.queries import tree as organisation
from samsyn.people.queries import managers_by_unit

Units = Collection[str] | None
PAGE = 50
MISSING = {"user": Q(user_name=""), "unit": Q(unit_code=""), "holder": Q(user_name="") | Q(unit_code="")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: words, a kind, a unit with all below, leases that end before a day, what is missing.

    ``ended`` asks for those that are no longer here instead of those that are.
    """

    text: str = ""
    kind: str = ""
    below: Collection[str] = ()
    before: date | None = None
    missing: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Listed:
    """One page of a list: its devices, and what the next page begins after ("" where there is none)."""

    devices: list[Device]
    after: str


@dataclass(frozen=True, slots=True)
class Returns:
    """What one unit must hand back: how many, how many of them too late, and öre.

    ``left_ore``: rent until their last days; ``buy_out_ore``: to buy out those that have a price, ``priced`` of them.
    """

    unit_code: str
    count: int = 0
    late: int = 0
    left_ore: int = 0
    buy_out_ore: int = 0
    priced: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A device as a unit held it on a day: its kind, the number people know it by, where it is, and since when."""

    unit_code: str
    kind: str
    item: str
    place: str
    since: date


def device_with_key(key: UUID, units: Units) -> Device | None:
    """Return a device by its key."""
    return _seen(units).select_related("municipality").filter(key=key).first()


def device_named(key: str) -> Device | None:
    """Return a device by its key as an address writes it, whoever has it."""
    try:
        return device_with_key(UUID(key), None)
    except ValueError:
        return None


def devices(asked: Asked, units: Units, *, after: str = "", limit: int = PAGE) -> Listed:
    """Return one page of devices in the order of their serial numbers, from after one of them."""
    rows = list(_matching(asked, units).filter(serial__gt=after)[: limit + 1])
    return Listed(rows[:limit], rows[limit - 1].serial if len(rows) > limit else "")


def every_device(asked: Asked, units: Units) -> Iterator[Device]:
    """Return all devices of a list, a portion at a time."""
    return _matching(asked, units).iterator(chunk_size=1000)


def tally(on: date, units: Units) -> dict[str, int]:
    """Return how many devices there are (``all``), and how many lack a user or a unit (``holder``).

    ``soon``: whose leases end within a year or have ended, ``late`` the latter alone.
    """
    return remembered(  # type: ignore[no-any-return]
        f"devices:{on}:{_whose(units)}",
        lambda: _here(units).aggregate(
            all=Count("pk"), soon=Count("pk", filter=Q(lease_end_date__lte=engine.year_after(on))),
            late=Count("pk", filter=Q(lease_end_date__lt=on)), holder=Count("pk", filter=MISSING["holder"]),
        ),
    )  # fmt: skip


def leased(numbers: Collection[str], on: date, units: Units) -> dict[str, int]:
    """Return how many devices with some numbers are here (``all``), ``leased`` and due ``soon``, and ``month_ore``."""
    found = _here(units).filter(Q(asset_tag__in=numbers) | Q(serial__in=numbers))
    running = Q(lease_end_date__isnull=False)
    return found.aggregate(
        all=Count("pk"), leased=Count("pk", filter=running),
        month_ore=Sum("lease_month_ore", filter=running, default=0),
        soon=Count("pk", filter=Q(lease_end_date__lte=engine.year_after(on))),
    )  # fmt: skip


def kinds(units: Units) -> list[str]:
    """Return the kinds there are: first those everybody has, then the municipality's own words."""

    def asked() -> set[str]:
        return set(_here(units).exclude(kind="").order_by().values_list("kind", flat=True).distinct())

    own = remembered(f"kinds:{_whose(units)}", asked)
    return [*(each for each in Kind.values if each in own), *sorted(own - set(Kind.values))]


def _whose(units: Units) -> str:
    """Return a short name of whose devices are asked about."""
    return "all" if units is None else sha256("|".join(sorted(units)).encode()).hexdigest()


def returns(on: date, units: Units) -> list[Returns]:
    """Return what each unit must hand back within a year of a day, and what it should have; by code of unit."""
    rows = _ending(on, units).order_by().values("unit_code", "lease_end_date").annotate(
        count=Count("pk"), month=Sum("lease_month_ore", default=0), buy_out=Sum("buy_out_ore", default=0),
        priced=Count("buy_out_ore"),
    )  # fmt: skip
    found: dict[str, Returns] = {}
    for row in rows:
        code, end = row["unit_code"], row["lease_end_date"]
        sum_ = found.get(code, Returns(code))
        found[code] = Returns(
            code, sum_.count + row["count"], sum_.late + row["count"] * (engine.state(end, on) == "past"),
            sum_.left_ore + engine.months_left(end, on) * row["month"], sum_.buy_out_ore + row["buy_out"],
            sum_.priced + row["priced"],
        )  # fmt: skip
    return [found[code] for code in sorted(found)]


def late_leases(numbers: Collection[str], on: date) -> int:
    """Return how many devices leased by some agreements are here after their lease has ended."""
    if not numbers:
        return 0
    return _here(None).filter(lease_number__in=numbers, lease_end_date__lt=on).count()


def returned_by(unit_code: str, on: date, units: Units, *, after: str = "", limit: int = PAGE) -> Listed:
    """Return one page of what one unit must hand back within a year, the earliest first."""
    found = _ending(on, units).filter(unit_code=unit_code).order_by("lease_end_date", "serial")
    day, _, serial = after.partition("|")
    if begins := day_of(day):
        found = found.filter(Q(lease_end_date__gt=begins) | Q(lease_end_date=begins, serial__gt=serial))
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{last.lease_end_date}|{last.serial}" if last else "")


def holdings(device: Device, units: Units) -> list[Holding]:
    """Return who has had a device, the latest first; with ``units`` only while it was theirs."""
    found = device.holdings.order_by("-valid_from", "-pk")
    return list(found if units is None else found.filter(unit_code__in=units))


def device_counts(on: date) -> dict[tuple[str, str], int]:
    """Return how many devices of each kind each unit held on a day: {(code of unit, kind): count}."""
    return dict(Counter((each.unit_code, each.kind) for each in held(on)))


def held(on: date) -> list[Held]:
    """Return every device that a unit held on a day."""
    rows = Holding.objects.filter(_held(on)).exclude(unit_code="").order_by("unit_code", "device__serial")
    names = ("unit_code", "device__kind", "device__serial", "device__asset_tag", "device__site", "valid_from")
    return [
        Held(unit, kind, tag or serial, place, since)
        for unit, kind, serial, tag, place, since in rows.values_list(*names)
    ]


def kinds_held(on: date) -> list[tuple[str, int, int, int]]:
    """Return (kind, devices that units held on a day, how many units, devices held without a unit), by kind."""
    placed = ~Q(unit_code="")
    rows = Holding.objects.filter(_held(on)).order_by("device__kind").values_list("device__kind").annotate(
        n=Count("pk", filter=placed), units=Count("unit_code", filter=placed, distinct=True),
        unplaced=Count("pk", filter=~placed),
    )  # fmt: skip
    return list(rows)


def devices_by_unit() -> dict[str, int]:
    """Return how many devices each unit has, by its code; "" where no unit is known."""
    rows = _here(None).order_by().values_list("unit_code").annotate(n=Count("pk"))
    return remembered("devices by unit", lambda: dict(rows))  # type: ignore[no-any-return]


def unanswered(on: date) -> list[tuple[str, str, int]]:
    """Return the devices nobody answers for: (unit, why, how many), the most first.

    The manager of a unit answers for its devices, or the one above. ``why``: no_unit, unit_gone, no_manager.
    """
    tree, managed = organisation(on), managers_by_unit(on)
    found = []
    for unit, n in devices_by_unit().items():
        path = tree.path(unit) if unit else []
        if not any(node.code in managed for node in path):
            found.append((unit, "no_manager" if path else "unit_gone" if unit else "no_unit", n))
    return sorted(found, key=lambda each: (-each[2], each[0]))


def known_devices() -> list[dict[str, Any]]:
    """Return every device with what a list may say of it."""
    rows = Device.objects.order_by("pk").values("pk", "serial", *WRITTEN, "ended_date", "received")
    return [dict(row) for row in rows]


def lease(device: Device) -> engine.Lease:
    """Return what was agreed of a device, as the engine takes it."""
    return engine.Lease(device.lease_end_date, device.lease_month_ore, device.residual_ore, device.buy_out_ore)


def state(device: Device, on: date) -> engine.State:
    """Return how a device's lease stands on a day."""
    return engine.state(device.lease_end_date, on)


def months_left(device: Device, on: date) -> int:
    """Return how many months of rent are left after the month of a day."""
    return engine.months_left(device.lease_end_date, on)


def left_ore(device: Device, on: date) -> int | None:
    """Return the rent that is left to pay, in öre; None where it cannot be known."""
    return engine.left_ore(lease(device), on)


def loss(device: Device, on: date) -> engine.Loss:
    """Return what it costs to lose a device or buy it out."""
    return engine.loss(lease(device), on)


def _seen(units: Units) -> QuerySet[Device]:
    return Device.objects.all() if units is None else Device.objects.filter(unit_code__in=units)


def _here(units: Units) -> QuerySet[Device]:
    return _seen(units).filter(ended_date=None)


def _ending(on: date, units: Units) -> QuerySet[Device]:
    return _here(units).filter(lease_end_date__lte=engine.year_after(on))


def _held(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))


def _matching(asked: Asked, units: Units) -> QuerySet[Device]:
    found = _seen(units).exclude(ended_date=None) if asked.ended else _here(units)
    for word in asked.text.casefold().split():
        found = found.filter(search_key__contains=word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.below:
        found = found.filter(unit_code__in=asked.below)
    if asked.before:
        found = found.filter(lease_end_date__lt=asked.before)
    return found.filter(MISSING.get(asked.missing, Q())).order_by("serial")
