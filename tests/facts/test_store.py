import os
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
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
def test_files_written_side_by_side_are_whole_when_the_block_ends() -> None:
    table = pa.table({"account": ["6540"] * 1000, "amount_ore": [1] * 1000}, schema=SCHEMA)
    common: dict[str, Any] = {"municipality_key": "m1", "kind": "ledger", "source": "s", "at": AT, "text": table}
    with store.Staging() as staging:
        batches = [staging.stage(digest=str(number), table=table, **common) for number in range(9)]
    assert not any(store.damaged(batch) for batch in FactBatch.objects.all())
    assert [store.read(batch).num_rows + store.read_text(batch).num_rows for batch in batches] == [2000] * 9


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_is_raised_and_nothing_of_it_counts(data_folder: Any) -> None:
    threads = threading.active_count()
    (data_folder / "facts").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        stage(100)
    assert [batch.state for batch in FactBatch.objects.all()] == [FactBatch.State.STAGING]
    assert threading.active_count() == threads


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


def counted(table: pa.Table) -> dict[str, dict[str, int]]:
    batch = store.stage(municipality_key="m1", kind="volume", source="s", digest="d", table=table, at=AT)
    return store.sums(batch, ("service", "unit"), "quantity")


@pytest.mark.django_db
def test_pairs_of_words_are_summed_across_row_groups_as_one_by_one() -> None:
    count = store.ROW_GROUP * 2 + 77
    chance = np.random.default_rng(7)
    # later row groups bring new words and meet the old ones in another order
    unit = np.minimum(chance.integers(0, 400, count), np.arange(count) // 1000)
    service, quantity = chance.integers(0, 3, count), chance.integers(-4, 9, count)
    expected: dict[str, dict[str, int]] = {}
    for a, b, number in zip(service.tolist(), unit.tolist(), quantity.tolist(), strict=True):
        units = expected.setdefault(f"s{a}", {})
        units[f"Å{b}"] = units.get(f"Å{b}", 0) + number
    words = {"service": [f"s{a}" for a in service], "unit": [f"Å{b}" for b in unit]}
    found = counted(pa.table({**words, "quantity": quantity}))
    assert found == {a: {b: total for b, total in units.items() if total} for a, units in expected.items()}
    assert [list(units) for units in found.values()] == [sorted(units) for units in found.values()]


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [[2**62, 2**62, 2**62], [-(2**63), -1, None], [5, -5, None]])
def test_sums_that_pass_64_bits_are_exact_and_those_of_nothing_are_left_out(numbers: list[int | None]) -> None:
    table = pa.table({"service": ["s"] * 3, "unit": ["u"] * 3, "quantity": pa.array(numbers, pa.int64())})
    total = sum(number or 0 for number in numbers)
    assert counted(table) == {"s": {"u": total} if total else {}}


@pytest.mark.django_db
def test_a_file_without_rows_has_no_sums() -> None:
    schema = pa.schema({"service": pa.string(), "unit": pa.string(), "quantity": pa.int64()})
    assert counted(schema.empty_table()) == {}
