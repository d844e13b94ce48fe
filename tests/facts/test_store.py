import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from django.db import IntegrityError, transaction

from samsyn.facts import engines, store
from samsyn.facts.models import FactBatch

AT = datetime(2026, 4, 1, tzinfo=UTC)
SCHEMA = pa.schema([("account", pa.string()), ("amount_ore", pa.int64())])


def stage(amount: int, digest: str = "d1", owner: str = "m1") -> FactBatch:
    table = pa.table({"account": ["6540"], "amount_ore": [amount]}, schema=SCHEMA)
    return store.stage(municipality_key=owner, kind="ledger", source="s", digest=digest, table=table, at=AT)


def total(owner: str = "m1") -> int:
    table = engines.table(store.committed(owner, "ledger"), SCHEMA)
    return engines.answer(table.aggregate(total=table.amount_ore.sum()))[0]["total"] or 0


@pytest.mark.django_db
def test_a_staged_batch_is_not_read_until_it_is_committed() -> None:
    batch = stage(100)
    assert total() == 0
    store.commit(batch)
    assert total() == 100


@pytest.mark.django_db
def test_a_withdrawn_batch_leaves_every_answer_and_keeps_its_file() -> None:
    batch = stage(100)
    store.commit(batch)
    store.withdraw(batch, reason="wrong file", at=AT)
    assert total() == 0
    assert (store.folder() / batch.path).exists()


@pytest.mark.django_db
def test_the_same_content_is_committed_once_even_when_two_try() -> None:
    store.commit(stage(100))
    second = stage(100)
    with pytest.raises(IntegrityError), transaction.atomic():
        store.commit(second)


@pytest.mark.django_db
def test_sweeping_removes_what_a_killed_import_left(data_folder: Any) -> None:
    batch = stage(100)
    half = (store.folder() / batch.path).with_suffix(".writing")
    half.write_bytes(b"PAR1")
    os.utime(half, (AT.timestamp(), AT.timestamp()))
    assert store.sweep(AT) == 0, "what is staged now may still be committed"
    assert store.sweep(AT + timedelta(hours=1)) == 1
    assert not half.exists()
    assert not (store.folder() / batch.path).exists()
    assert not FactBatch.objects.exists()


@pytest.mark.django_db
def test_a_flipped_bit_in_a_file_is_found() -> None:
    batch = stage(100)
    assert not store.damaged(batch)
    path = store.folder() / batch.path
    path.write_bytes(path.read_bytes()[:-9] + b"x" + path.read_bytes()[-8:])
    assert store.damaged(batch)


@pytest.mark.django_db
def test_one_municipality_never_reads_anothers_facts() -> None:
    store.commit(stage(100, owner="m1"))
    store.commit(stage(7, owner="m2"))
    assert (total("m1"), total("m2")) == (100, 7)


@pytest.mark.django_db
def test_sums_past_what_a_float_can_hold_stay_exact() -> None:
    store.commit(stage(2**53 + 1))
    store.commit(stage(2, digest="d2"))
    assert total() == 2**53 + 3


def test_the_engine_reads_nothing_outside_the_facts_folder(tmp_path: Any) -> None:
    import duckdb

    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        engines._backend().raw_sql(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')").fetchall()
