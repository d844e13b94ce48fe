"""Record what changed: one transaction, its events numbered as its last statement."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from samsyn.core.digests import canonical, digest_value
from samsyn.core.ids import new_key
from samsyn.history.models import Event, EventDetail, LogHead

_current: ContextVar["Journal | None"] = ContextVar("journal", default=None)


@dataclass
class Journal:
    """The events of one operation, written together when its transaction ends."""

    log: str
    actor_key: str
    at: datetime
    pending: list[tuple[Event, list[EventDetail]]] = field(default_factory=list)

    def record(
        self,
        verb: str,
        record_type: str,
        record_key: object,
        *,
        after: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
        version: int = 1,
    ) -> None:
        """Note one change; ``before`` and ``after`` hold the fields as plain JSON values."""
        old, new = dict(before or {}), dict(after or {})
        event = Event(
            key=new_key(), log=self.log, at=self.at, actor_key=self.actor_key, verb=verb,
            record_type=record_type, record_key=str(record_key), record_version=version,
            state=digest_value(_plain(new)), commitments={},
        )  # fmt: skip
        details = []
        for name in sorted({*old, *new}):
            if old.get(name) == new.get(name):
                continue
            detail = EventDetail(
                field=name,
                before=_plain(old.get(name)),
                after=_plain(new.get(name)),
                salt=secrets.token_hex(16),
            )
            event.commitments[name] = commitment(detail.salt, name, detail.before, detail.after)
            details.append(detail)
        self.pending.append((event, details))


def commitment(salt: str, field_name: str, before: Any, after: Any) -> str:
    """Return the salted digest that stands for a value after the value itself is erased."""
    return sha256(salt.encode() + canonical([field_name, before, after])).hexdigest()


@contextmanager
def operation(*, log: object, by: object, at: datetime) -> Iterator[Journal]:
    """Run one operation in one transaction; an operation inside another joins it.

    ``log`` is the municipality's key, ``by`` the acting person (or its key). The leaf indexes come from
    one UPDATE … RETURNING at the very end, so that nobody sees a later event before an earlier one.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    journal = Journal(str(log), str(getattr(by, "key", by)), at)
    token = _current.set(journal)
    try:
        with transaction.atomic():
            yield journal
            _write(journal)
    finally:
        _current.reset(token)


def erase_details(*, record_key: object, fields: list[str], log: object, by: object, at: datetime) -> int:
    """Erase the values of some fields of one record; the events and their commitments stay."""
    with operation(log=log, by=by, at=at) as journal:
        events = Event.objects.filter(log=str(log), record_key=str(record_key)).values("pk")
        erased, _ = EventDetail.objects.filter(event_id__in=events, field__in=fields).delete()
        journal.record("erase_details", "event_detail", record_key, after={"fields": fields, "erased": erased})
    return erased


def _write(journal: Journal) -> None:
    if not journal.pending:
        return
    LogHead.objects.get_or_create(log=journal.log)
    details = [(event, detail) for event, rows in journal.pending for detail in rows]
    count = len(journal.pending)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE history_loghead SET next_index = next_index + %s WHERE log = %s RETURNING next_index",
            [count, journal.log],
        )
        first = cursor.fetchone()[0] - count
    for index, (event, _) in enumerate(journal.pending):
        event.leaf_index = first + index
    Event.objects.bulk_create([event for event, _ in journal.pending], batch_size=500)
    for event, detail in details:
        detail.event_id = event.pk
    EventDetail.objects.bulk_create([detail for _, detail in details], batch_size=500)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return str(value) if abs(value) >= 2**53 else value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)
