"""Load a list of devices."""

from samsyn.equipment.operations import load_equipment
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.people.management.registers import RegisterCommand


class Command(RegisterCommand):
    """Load a list of devices from a CSV file, workbook or JSON list."""

    help = "Load a list of devices from a CSV file, workbook or JSON list"
    register, right, load = EQUIPMENT, "edit_equipment", load_equipment
