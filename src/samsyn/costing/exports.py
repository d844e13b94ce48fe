"""Hand out the cost model, and say what became of volumes that were loaded."""

from collections.abc import Sequence
from typing import Any

from samsyn.core.problems import Problem, has_errors
from samsyn.costing.imports import Content, model_sheets
from samsyn.facts.store import FactBatch
from samsyn.formats.workbook import write_sheets


def model_workbook(content: Content) -> bytes:
    """Return a model version as the workbook it can be read back from, unchanged."""
    return write_sheets(model_sheets(content))


def loaded_volumes(batches: Sequence[FactBatch], problems: list[Problem]) -> dict[str, Any]:
    """Return what `operations.load_volumes` did, as the command line prints it."""
    return {
        "status": "refused" if has_errors(problems) else "committed" if batches else "duplicate",
        "batches": len(batches), "rows": sum(batch.row_count for batch in batches),
        "problems": [problem.as_json() for problem in problems],
    }  # fmt: skip
