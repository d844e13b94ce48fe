"""Ask facts with one Ibis expression: DuckDB on one machine.

Engines filter, join and sum integers, nothing else; rounding happens outside (docs/algorithms).
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.conf import settings

from samsyn.facts import store
from samsyn.facts.models import FactBatch

if TYPE_CHECKING:
    import ibis

_local = threading.local()


def _backend() -> Any:
    place = str(store.folder())
    if getattr(_local, "place", None) != place:
        # Imported on first use: pages that ask no facts pay nothing.
        import duckdb
        import ibis

        store.folder().mkdir(parents=True, exist_ok=True)
        _local.place = place
        connection = duckdb.connect(
            config={
                "memory_limit": getattr(settings, "FACTS_MEMORY", "700MB"),
                "threads": 2,
                "temp_directory": str(store.folder() / ".tmp"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        connection.execute(f"SET allowed_directories = ['{place}']")
        _local.backend = ibis.duckdb.from_connection(connection)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return _local.backend


def table(batches: Sequence[FactBatch], empty: pa.Schema) -> "ibis.Table":
    """Return the rows of some committed batches as an Ibis table; ``empty`` gives the columns of none."""
    backend = _backend()
    paths = [str(store.folder() / batch.path) for batch in batches]
    if not paths:
        import ibis

        return ibis.memtable(empty.empty_table())
    return backend.read_parquet(paths, union_by_name=True)


def answer(expression: Any) -> list[dict[str, Any]]:
    """Run an expression and return its rows as plain Python values."""
    return _backend().to_pyarrow(expression).to_pylist()  # type: ignore[no-any-return]


def answer_table(expression: Any) -> pa.Table:
    """Run an expression and return its rows as columns."""
    return _backend().to_pyarrow(expression)
