"""Write, commit, withdraw and find batches of facts; nothing half written is ever read."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction

from samsyn.core.threads import THREADS, in_order
from samsyn.facts.models import FactBatch

__all__ = [
    "FactBatch", "Staging", "all_committed", "commit", "committed", "damaged", "erase_texts", "find", "folder", "found",
    "known", "read", "read_text",
    "rewrite_text", "stage", "sums", "sweep", "take", "with_texts_from_before",
    "withdraw",
]  # fmt: skip

ROW_GROUP = 120_000
STRETCH = 8  # row groups summed at a time


def folder() -> Path:
    """Return the facts folder."""
    return Path(settings.DATA) / "facts"


class Staging:
    """Stage batches whose files are written side by side by a few threads: all are on disk when the block ends."""

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(THREADS)
        self._files: list[tuple[FactBatch, Future[str], Future[str] | None]] = []
        return self

    def stage(
        self, *, municipality_key: object, kind: str, source: str, digest: str, table: pa.Table, at: datetime,
        control_sum: int = 0, text: pa.Table | None = None, **fields: Any,
    ) -> FactBatch:  # fmt: skip
        """Begin to write a batch's file under its final name while its row says ``staging``.

        ``text`` is the erasable sidecar: a table keyed by the same row numbers. Readers do not see the batch
        until `commit`. The file is fsynced under a temporary name and renamed.
        """
        batch = FactBatch.objects.create(
            municipality_key=str(municipality_key), kind=kind, source=source, digest=digest, created_at=at,
            row_count=table.num_rows, control_sum=control_sum, has_sidecar=text is not None, **fields,
        )  # fmt: skip
        file = self._pool.submit(_write, table, folder() / batch.path)
        sidecar = None if text is None else self._pool.submit(_write, text, folder() / batch.sidecar_path)
        self._files.append((batch, file, sidecar))
        return batch

    def __exit__(self, fault: object, *_: object) -> None:
        self._pool.shutdown(cancel_futures=fault is not None)
        if fault is None:
            for batch, file, sidecar in self._files:
                batch.file_digest = file.result()
                if sidecar:
                    sidecar.result()
                batch.save(update_fields=["file_digest"])


def stage(**batch: Any) -> FactBatch:
    """Stage one batch and return it when its files are on disk; takes what `Staging.stage` takes."""
    with Staging() as staging:
        return staging.stage(**batch)


def commit(batch: FactBatch) -> None:
    """Let readers see a staged batch; call inside the operation's transaction."""
    batch.state = FactBatch.State.COMMITTED
    batch.save(update_fields=["state"])


def withdraw(batch: FactBatch, *, reason: str, at: datetime) -> None:
    """Hide a batch from every later answer; its file and row stay."""
    batch.state = FactBatch.State.WITHDRAWN
    batch.withdrawn_reason, batch.withdrawn_at = reason, at
    batch.save(update_fields=["state", "withdrawn_reason", "withdrawn_at"])


def committed(municipality_key: object, kind: str, **filters: Any) -> list[FactBatch]:
    """Return the batches that count, oldest first."""
    found = FactBatch.objects.filter(
        municipality_key=str(municipality_key), kind=kind, state=FactBatch.State.COMMITTED, **filters
    )
    return list(found.order_by("pk"))


def committed_keys(municipality_key: object, kind: str) -> tuple[str, ...]:
    """Return the keys of the batches that count, oldest first: small enough to tell whether anything is new."""
    found = FactBatch.objects.filter(municipality_key=str(municipality_key), kind=kind, state=FactBatch.State.COMMITTED)
    return tuple(str(key) for key in found.order_by("pk").values_list("key", flat=True))


def find(municipality_key: object, key: str) -> FactBatch | None:
    """Return one batch of this municipality."""
    return FactBatch.objects.filter(municipality_key=str(municipality_key), key=key).first()


def found(municipality_key: object, keys: Iterable[str]) -> dict[str, FactBatch]:
    """Return some batches of this municipality by key, in one question."""
    batches = FactBatch.objects.filter(municipality_key=str(municipality_key), key__in={key for key in keys if key})
    return {str(each.key): each for each in batches}


def known(municipality_key: object, kind: str, digest: str) -> FactBatch | None:
    """Return the committed batch that already holds this content."""
    return FactBatch.objects.filter(
        municipality_key=str(municipality_key), kind=kind, digest=digest, state=FactBatch.State.COMMITTED
    ).first()


def read(batch: FactBatch, columns: list[str] | None = None, *, where: pc.Expression | None = None) -> pa.Table:
    """Read one batch's file, or the rows of it ``where`` holds; row groups that cannot have any are not opened."""
    return pq.read_table(folder() / batch.path, columns=columns, filters=where, partitioning=None)


def take(batch: FactBatch, places: Sequence[int], *, text: bool = False) -> pa.Table:
    """Read the rows of a batch's file (or of its erasable text) at some places: no more row groups than they lie in."""
    file = pq.ParquetFile(folder() / (batch.sidecar_path if text else batch.path))
    sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    ends, wanted = np.cumsum(sizes), np.asarray(places, dtype=np.int64)
    groups, which = np.unique(np.searchsorted(ends, wanted, "right"), return_inverse=True)
    starts = (ends - sizes)[groups]
    before = np.cumsum([0, *(sizes[group] for group in groups)])[:-1]
    return file.read_row_groups(groups.tolist()).take(wanted - starts[which] + before[which])


def read_text(batch: FactBatch, columns: list[str] | None = None) -> pa.Table:
    """Read one batch's erasable text; columns asked for by name come encoded, each word held once."""
    path = folder() / batch.sidecar_path
    return pq.read_table(path, columns=columns, read_dictionary=columns, partitioning=None)


def sums(batch: FactBatch, keys: tuple[str, str], number: str) -> dict[str, dict[str, int]]:
    """Return the exact sums of a whole number per pair of words, in the words' byte order, without sums of 0.

    Words are counted by their places in the columns' own dictionaries (docs/adr/0006), a few row groups at a time.
    """
    words = [pa.array([], pa.string()) for _ in keys]
    found, bound = np.zeros((0, 0), dtype=np.int64), 0
    for here, table, reach in _summed(batch, keys, number):
        words = [_with(seen, fresh) for seen, fresh in zip(words, here, strict=True)]
        bound += reach
        found = _grown(found, (len(words[0]), len(words[1])), np.int64 if bound < 2**63 else object)
        places = (pc.index_in(fresh, seen).to_numpy() for fresh, seen in zip(here, words, strict=True))
        found[np.ix_(*places)] += table
    order = pc.array_sort_indices(words[1])
    rows, names = found[:, order.to_numpy()].tolist(), words[1].take(order).to_pylist()
    by_word = sorted(zip(words[0].to_pylist(), rows, strict=True))
    pairs = ((word, zip(names, row, strict=True), all(row)) for word, row in by_word)
    return {word: dict(each if full else filter(itemgetter(1), each)) for word, each, full in pairs}


def _grown(table: Any, shape: tuple[int, int], kind: type) -> Any:
    """Return a table with room for more words, and in unbounded integers where 64 bits may not hold the sums."""
    if table.shape == shape and table.dtype == kind:
        return table
    larger: Any = np.zeros(shape, dtype=kind)
    larger[: table.shape[0], : table.shape[1]] = table
    return larger


def _summed(batch: FactBatch, keys: Sequence[str], number: str) -> Iterator[tuple[list[pa.StringArray], Any, int]]:
    """Yield, per stretch of a file, its words per key, their table of sums and a bound on every sum in it."""
    path = folder() / batch.path
    metadata = pq.read_metadata(path)
    groups = [group for group in range(metadata.num_row_groups) if metadata.row_group(group).num_rows]

    def summed(stretch: list[int]) -> tuple[list[pa.StringArray], Any, int]:
        # a file that is open may be read by one thread alone
        file = pq.ParquetFile(path, metadata=metadata, read_dictionary=keys)
        rows = file.read_row_groups(stretch, [*keys, number], use_threads=False).combine_chunks()
        first, second = (rows[key].chunk(0) for key in keys)
        numbers = pc.fill_null(rows[number].chunk(0), 0).to_numpy()
        bound = len(numbers) * max(-int(numbers.min()), int(numbers.max()))
        cells = np.multiply(first.indices.to_numpy(), len(second.dictionary), dtype=np.int64)
        cells += second.indices.to_numpy()
        kind = np.int64 if bound < 2**63 else object
        table = np.zeros((len(first.dictionary), len(second.dictionary)), dtype=kind)
        np.add.at(table.reshape(-1), cells, numbers.astype(kind, copy=False))
        return [first.dictionary, second.dictionary], table, bound

    return in_order(summed, [groups[start : start + STRETCH] for start in range(0, len(groups), STRETCH)])


def _with(seen: pa.Array, words: pa.Array) -> pa.Array:
    """Return the words seen so far and after them those that are new."""
    fresh = words.filter(pc.invert(pc.is_in(words, seen)))
    return pa.concat_arrays([seen, fresh]) if len(fresh) else seen


def rewrite_text(batch: FactBatch, text: pa.Table) -> None:
    """Replace the erasable text of a batch (after erasing some of it)."""
    _write(text, folder() / batch.sidecar_path)


def with_texts_from_before(day: date) -> list[FactBatch]:
    """Return the batches written before a day that still have texts."""
    return list(FactBatch.objects.filter(has_sidecar=True, created_at__date__lt=day).order_by("pk"))


def erase_texts(batch: FactBatch) -> None:
    """Empty every text of a batch's sidecar; its rows and numbers stay."""
    table = read_text(batch)
    for index, column in enumerate(table.schema):
        if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
            empty = pa.repeat(pa.scalar("", pa.string()), table.num_rows)
            table = table.set_column(index, column.name, empty)
    rewrite_text(batch, table)
    batch.has_sidecar = False
    batch.save(update_fields=["has_sidecar"])


def sweep(before: datetime) -> int:
    """Remove the files and rows of batches staged before a moment and never committed; return how many.

    Also files that were being written when a process was killed. What is staged now may still be committed.
    """
    dead = list(FactBatch.objects.filter(state=FactBatch.State.STAGING, created_at__lt=before))
    for path in folder().rglob("*.writing"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    removed = 0
    for batch in dead:
        with transaction.atomic():
            # the row goes first: a batch committed meanwhile keeps its files
            gone, _ = FactBatch.objects.filter(pk=batch.pk, state=FactBatch.State.STAGING).delete()
            if gone:
                for name in (batch.path, batch.sidecar_path):
                    (folder() / name).unlink(missing_ok=True)
        removed += gone
    return removed


def damaged(batch: FactBatch) -> bool:
    """Tell whether a batch's file no longer has the digest it was written with."""
    path = folder() / batch.path
    return not path.exists() or _digest(path) != batch.file_digest


def _write(table: pa.Table, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".writing")
    words = {column.name for column in table.schema if pa.types.is_dictionary(column.type)}
    schema = _schema_on_disk(table)
    # row and line numbers never come twice: their steps are small, a dictionary of them is not
    rising = {column.name for column in schema if pa.types.is_int32(column.type)}
    many = {name for name in words if not pa.types.is_dictionary(schema.field(name).type)}
    amounts = {name for name in schema.names if name.endswith("_ore")}
    with pq.ParquetWriter(
        temporary, schema, compression="zstd",
        use_dictionary=[name for name in schema.names if name not in rising | many | amounts],
        column_encoding=dict.fromkeys(rising, "DELTA_BINARY_PACKED"),
        # the first and last word of a row group tell nothing, except of periods
        write_statistics=[name for name in schema.names if name == "period" or name not in words],
    ) as writer:  # fmt: skip
        for start in range(0, table.num_rows or 1, ROW_GROUP):
            writer.write_table(table.slice(start, ROW_GROUP).cast(schema), ROW_GROUP)
    _sync(temporary)
    digest = _digest(temporary)
    temporary.rename(path)
    _sync(path.parent)
    return digest


def _schema_on_disk(table: pa.Table) -> pa.Schema:
    """Return a table's schema, with columns of very many words as plain text.

    Each row group would write all of the words anew.
    """
    schema = table.schema
    for index, column in enumerate(table.columns):
        if pa.types.is_dictionary(column.type) and any(
            len(each.dictionary) > ROW_GROUP // 10 for each in column.chunks
        ):
            schema = schema.set(index, schema.field(index).with_type(column.type.value_type))
    return schema


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def all_committed(municipality_key: object) -> list[FactBatch]:
    """Return every batch of a municipality that counts, whatever its kind."""
    return list(
        FactBatch.objects.filter(municipality_key=str(municipality_key), state=FactBatch.State.COMMITTED).order_by("pk")
    )
