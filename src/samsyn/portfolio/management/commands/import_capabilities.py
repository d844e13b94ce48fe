"""Load a list of what systems do."""

from samsyn.formats.registers_capabilities import CAPABILITIES
from samsyn.people.management.registers import RegisterCommand
from samsyn.portfolio.operations import load_capabilities


class Command(RegisterCommand):
    """Load a list of what systems do from a CSV file, workbook or JSON list."""

    help = "Load a list of what systems do from a CSV file, workbook or JSON list"
    register, right, load = CAPABILITIES, "edit_systems", load_capabilities
