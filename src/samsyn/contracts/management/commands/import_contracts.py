"""Load a register of contracts."""

from samsyn.contracts.choices import ANSWERS
from samsyn.contracts.operations import load_contracts
from samsyn.formats.registers import CONTRACTS
from samsyn.people.management.registers import RegisterCommand


class Command(RegisterCommand):
    """Load a register of contracts from a CSV file, workbook or JSON list."""

    help = "Load a register of contracts from a CSV file, workbook or JSON list"
    register, right, load, answers = CONTRACTS, "edit_contracts", load_contracts, ANSWERS
