"""Read and stage the volumes that services are shared by, and the lists behind them: facts, the latest count holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.digests import digest_rows, digest_value
from samsyn.core.periods import Period
from samsyn.facts import store
from samsyn.facts.store import FactBatch

VOLUME_SCHEMA = pa.schema(
    [
        ("service", pa.string()), ("unit", pa.string()), ("period", pa.string()), ("quantity", pa.int64()),
        ("low", pa.int64()), ("high", pa.int64()), ("source", pa.string()), ("counted_on", pa.date32()),
    ]
)  # fmt: skip
ITEM_SCHEMA = pa.schema(
    [
        ("service", pa.string()), ("unit", pa.string()), ("period", pa.string()), ("item", pa.string()),
        ("place", pa.string()), ("since", pa.date32()),
    ]
)  # fmt: skip


def volume_batches(municipality: Any, period: Period) -> list[FactBatch]:
    """Return the batches whose volumes count in a period."""
    return list(_owned(municipality, "volume", period))


def volumes(municipality: Any, period: Period) -> dict[str, dict[str, int]]:
    """Return net quantities per service and unit, in the service's steps, in key order; none that come to 0."""
    found: dict[str, dict[str, int]] = {}
    for batch, mine in _owned(municipality, "volume", period).items():
        sums = store.sums(batch, ("service", "unit"), "quantity")
        found |= {service: units for service, units in sums.items() if service in mine}
    return dict(sorted(found.items()))


def estimated(municipality: Any, period: Period) -> dict[str, set[str]]:
    """Return, per service, the units whose volume was stated as an interval."""
    found: dict[str, set[str]] = {}
    for batch, mine in _owned(municipality, "volume", period).items():
        stated = store.read(
            batch, ["service", "unit"], where=pc.field("low").is_valid() & pc.field("service").isin(mine)
        )
        for row in stated.group_by(["service", "unit"]).aggregate([]).to_pylist():
            found.setdefault(row["service"], set()).add(row["unit"])
    return found


def volume_of(municipality: Any, period: Period, service: str, unit: str) -> dict[str, Any]:
    """Return one volume with its source and the day it was counted."""
    counts = _counts(municipality, "volume", period, service)
    rows = _rows(counts[-1], service, unit) if counts else []
    return rows[-1] if rows else {}


def items(municipality: Any, period: Period, service: str, unit: str) -> list[dict[str, Any]]:
    """Return the list behind one volume: device or place, and since when.

    None where another number has been counted for the unit since its list came.
    """
    lists = _counts(municipality, "volume_item", period, service)
    if not lists:
        return []
    counts = _counts(municipality, "volume", period, service)
    # a list may come before its count
    then = [each for each in counts if each.pk < lists[-1].pk] or counts[:1]
    if then[-1:] != counts[-1:]:
        was, now = (sum(row["quantity"] for row in _rows(each, service, unit)) for each in (then[-1], counts[-1]))
        if was != now:
            return []
    return sorted(_rows(lists[-1], service, unit), key=lambda row: row["item"])


def periods(municipality: Any) -> set[str]:
    """Return the periods that have volumes."""
    return {batch.first_period for batch in store.committed(municipality.key, "volume")}


def kinds_counted(municipality: Any) -> dict[str, str]:
    """Return the service that each kind of device counted for the last time, by kind."""
    found: dict[str, str] = {}
    for batch in store.committed(municipality.key, "volume"):
        found |= batch.about.get("kinds", {})
    return found


@dataclass(frozen=True)
class Count:
    """A month's rows as a file tells them: ``sheet`` of the workbook, ``kind`` of fact."""

    sheet: str
    kind: str
    schema: pa.Schema
    period: Period
    rows: list[dict[str, Any]]


def new_counts(municipality: Any, counts: Iterable[Count]) -> list[tuple[Count, str]]:
    """Return what is not the very same as what holds, volumes before lists, with the digest each is kept under.

    The same again after something else was counted is a count of its own; so is a list behind a new count.
    """
    found: list[tuple[Count, str]] = []
    for count in counts:
        names = count.schema.names
        digest = digest_rows(sorted([[str(row[name] or "") for name in names] for row in count.rows]))
        recounted = any(each.period == count.period for each, _digest in found)
        while known := store.known(municipality.key, count.kind, digest):
            if not recounted and _holds(municipality, known, count):
                break
            digest = digest_value([digest, str(known.key)])
        else:
            found.append((count, digest))
    return found


def _holds(municipality: Any, batch: FactBatch, count: Count) -> bool:
    """Tell whether a batch is the latest of all its services, and nothing was counted since it came."""
    services = batch.about["services"]
    if sorted(_owned(municipality, count.kind, count.period).get(batch, [])) != services:
        return False
    later = store.committed(municipality.key, "volume", first_period=str(count.period), pk__gt=batch.pk)
    return not any(set(services) & set(each.about["services"]) for each in later)


def stage(municipality: Any, count: Count, digest: str, kinds: Mapping[str, str], at: datetime) -> FactBatch:
    """Write a month's rows where readers do not see them yet."""
    for row in count.rows:
        for name in count.schema.names:
            if pa.types.is_date(count.schema.field(name).type) and row[name]:
                row[name] = date.fromisoformat(row[name])
    services = sorted({row["service"] for row in count.rows})
    about = {"services": services, "kinds": {each: code for each, code in kinds.items() if code in services}}
    return store.stage(
        municipality_key=municipality.key, kind=count.kind, source="volumes", digest=digest, at=at,
        table=pa.Table.from_pylist(count.rows, schema=count.schema), first_period=str(count.period),
        last_period=str(count.period), about=about,
    )  # fmt: skip


def _owned(municipality: Any, kind: str, period: Period) -> dict[FactBatch, list[str]]:
    """Return, per batch, the services whose latest count it is."""
    owner: dict[str, FactBatch] = {}
    for batch in store.committed(municipality.key, kind, first_period=str(period)):
        for service in batch.about["services"]:
            owner[service] = batch
    owned: dict[FactBatch, list[str]] = {}
    for service, batch in owner.items():
        owned.setdefault(batch, []).append(service)
    return owned


def _counts(municipality: Any, kind: str, period: Period, service: str) -> list[FactBatch]:
    """Return the batches that count a service, oldest first."""
    found = store.committed(municipality.key, kind, first_period=str(period))
    return [each for each in found if service in each.about["services"]]


def _rows(batch: FactBatch, service: str, unit: str) -> list[dict[str, Any]]:
    table = store.read(batch)
    wanted = pc.and_(pc.equal(table["service"], service), pc.equal(table["unit"], unit))
    return table.filter(wanted).to_pylist()  # type: ignore[no-any-return]
