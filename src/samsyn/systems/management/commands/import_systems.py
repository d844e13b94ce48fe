"""Load a register of systems."""

from samsyn.formats.registers import SYSTEMS
from samsyn.people.management.registers import RegisterCommand
from samsyn.systems.choices import ANSWERS
from samsyn.systems.operations import load_systems


class Command(RegisterCommand):
    """Load a register of systems from a CSV file, workbook or JSON list."""

    help = "Load a register of systems from a CSV file, workbook or JSON list"
    register, right, load, answers = SYSTEMS, "edit_systems", load_systems, ANSWERS
