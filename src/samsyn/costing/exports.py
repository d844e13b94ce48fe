"""Hand out the cost model."""

from samsyn.costing.imports import Content, model_sheets
from samsyn.formats.workbook import write_sheets


def model_workbook(content: Content) -> bytes:
    """Return a model version as the workbook it can be read back from, unchanged."""
    return write_sheets(model_sheets(content))
