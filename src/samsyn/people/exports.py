"""Hand out the organisation workbook."""

from samsyn.formats.workbook import write_sheets
from samsyn.organisation import operations as organisation
from samsyn.people.choices import SHEETS
from samsyn.people.operations import known_people


def organisation_workbook() -> bytes:
    """Return units, cost centres, sites, people and roles as the workbook they are read from."""
    return write_sheets({**organisation.workbook_sheets(), **organisation.workbook_sheets(known_people(), SHEETS)})
