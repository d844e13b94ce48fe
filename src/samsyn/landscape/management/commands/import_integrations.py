"""Load a list of integrations."""

from samsyn.formats.registers_landscape import INTEGRATIONS
from samsyn.landscape.operations import load_integrations
from samsyn.people.management.registers import RegisterCommand


class Command(RegisterCommand):
    """Load a list of integrations from a CSV file, workbook or JSON list."""

    help = "Load a list of integrations from a CSV file, workbook or JSON list"
    register, right, load = INTEGRATIONS, "edit_systems", load_integrations
