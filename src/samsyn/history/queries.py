"""Read what happened to a record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samsyn.history.models import Event, LogHead


@dataclass(frozen=True)
class Change:
    """One event as a page shows it; ``fields`` is (name, before, after), empty where erased."""

    at: datetime
    actor_key: str
    verb: str
    record_type: str
    version: int
    fields: list[tuple[str, Any, Any]]
    erased: list[str]


def head(log: object) -> int:
    """Return how many events a log holds."""
    return LogHead.objects.filter(log=str(log)).values_list("next_index", flat=True).first() or 0


def changes_of_record(log: object, record_key: object, limit: int = 50) -> list[Change]:
    """Return the newest changes of one record first."""
    events = Event.objects.filter(log=str(log), record_key=str(record_key)).order_by("-leaf_index")
    return [_change(event) for event in events.prefetch_related("details")[:limit]]


def latest_changes(log: object, before_index: int | None = None, limit: int = 50) -> list[tuple[int, Change]]:
    """Return one page of a municipality's log, newest first, with the leaf index of each."""
    events = Event.objects.filter(log=str(log)).order_by("-leaf_index")
    if before_index is not None:
        events = events.filter(leaf_index__lt=before_index)
    return [(event.leaf_index, _change(event)) for event in events.prefetch_related("details")[:limit]]


def _change(event: Event) -> Change:
    details = sorted(event.details.all(), key=lambda detail: detail.field)
    kept = {detail.field for detail in details}
    return Change(
        at=event.at, actor_key=event.actor_key, verb=event.verb, record_type=event.record_type,
        version=event.record_version,
        fields=[(detail.field, detail.before, detail.after) for detail in details],
        erased=sorted(set(event.commitments) - kept),
    )  # fmt: skip
