"""Write the list of devices: ``samsyn export equipment FILE``."""

from collections.abc import Iterator

from samsyn.equipment.exports import whole_list
from samsyn.people.management.registers import ExportCommand


class Command(ExportCommand):
    """Write the list of devices as CSV that is read back with nothing new in it."""

    help = "Write the list of devices as CSV"
    right = "see_equipment"

    def lines(self) -> Iterator[str]:
        """Return the lines of the file."""
        return whole_list()
