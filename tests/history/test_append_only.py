from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from samsyn.history import triggers
from samsyn.history.models import Event, EventDetail
from samsyn.history.operations import commitment, erase_details, operation
from tests.personas import AT


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as fault:
        return "append-only" in str(fault)
    return False


def events() -> Any:
    return Event.objects.filter(log="log")


def record(log: str = "log", **after: Any) -> None:
    with operation(log=log, by="ann", at=AT) as journal:
        journal.record("add", "thing", "t1", after=after)


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_or_remove_an_event() -> None:
    record(name="x")
    event = events().get()
    assert refuses("UPDATE history_event SET verb = 'other'")
    assert refuses("DELETE FROM history_event")
    if connection.vendor == "sqlite":
        columns = ", ".join(field.column for field in Event._meta.fields)
        assert refuses(f"INSERT OR REPLACE INTO history_event ({columns}) SELECT {columns} FROM history_event")
    else:
        assert refuses("TRUNCATE history_event CASCADE")
    assert events().get() == event


@pytest.mark.django_db
def test_events_still_refuse_after_a_migration_rebuilt_their_table() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # the way Django rebuilds a table on SQLite
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'history_event'")
            cursor.execute(cursor.fetchone()[0].replace("history_event", "new__history_event", 1))
            cursor.execute("DROP TABLE history_event")
            cursor.execute("ALTER TABLE new__history_event RENAME TO history_event")
        else:
            triggers.remove()
    assert triggers.missing()
    triggers.install()
    assert triggers.missing() == []
    record(name="x")
    assert refuses("DELETE FROM history_event") and refuses("UPDATE history_event SET verb = 'other'")


@pytest.mark.django_db
def test_leaf_indexes_of_one_log_run_without_gaps_and_logs_do_not_share_them() -> None:
    for name in "abc":
        record("one", name=name)
    record("two", name="d")
    assert list(Event.objects.filter(log="one").order_by("leaf_index").values_list("leaf_index", flat=True)) == [
        0,
        1,
        2,
    ]
    assert Event.objects.get(log="two").leaf_index == 0


@pytest.mark.django_db
def test_an_operation_that_fails_leaves_no_event() -> None:
    with pytest.raises(RuntimeError), operation(log="log", by="ann", at=AT) as journal:
        journal.record("add", "thing", "t1", after={"name": "x"})
        raise RuntimeError("half way")
    assert not events().exists()


@pytest.mark.django_db
def test_an_operation_inside_another_joins_its_transaction() -> None:
    with operation(log="log", by="ann", at=AT) as outer:
        outer.record("add", "thing", "t1", after={"name": "x"})
        with operation(log="log", by="bo", at=AT) as inner:
            inner.record("add", "thing", "t2", after={"name": "y"})
        assert not events().exists()
    assert list(events().order_by("leaf_index").values_list("record_key", flat=True)) == ["t1", "t2"]


@pytest.mark.django_db
def test_a_value_can_be_erased_while_its_commitment_stays() -> None:
    record(name="Ann Example", shoe=38)
    detail = EventDetail.objects.get(event__log="log", field="name")
    stands = events().get().commitments["name"]
    assert stands == commitment(detail.salt, "name", None, "Ann Example")
    assert erase_details(record_key="t1", fields=["name"], log="log", by="dpo", at=AT) == 1
    first = events().order_by("leaf_index")[0]
    assert first.commitments["name"] == stands
    assert not first.details.filter(field="name").exists() and first.details.filter(field="shoe").exists()


@pytest.mark.django_db
def test_amounts_too_large_for_json_numbers_are_kept_as_decimal_strings() -> None:
    record(amount=2**53 + 1)
    assert EventDetail.objects.get(field="amount").after == str(2**53 + 1)
