"""Write the list of contracts: ``samsyn export contracts FILE``."""

from collections.abc import Iterator

from samsyn.contracts.exports import whole_list
from samsyn.people.management.registers import ExportCommand


class Command(ExportCommand):
    """Write the list of contracts as CSV that is read back with nothing new in it."""

    help = "Write the list of contracts as CSV"
    right = "see_contracts"

    def lines(self) -> Iterator[str]:
        """Return the lines of the file."""
        return whole_list()
