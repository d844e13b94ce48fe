"""Write the list of systems: ``samsyn export systems FILE``."""

from collections.abc import Iterator

from samsyn.people.management.registers import ExportCommand
from samsyn.systems.words import whole_list


class Command(ExportCommand):
    """Write the list of systems as CSV that is read back with nothing new in it."""

    help = "Write the list of systems as CSV"
    right = "see_systems"

    def lines(self) -> Iterator[str]:
        """Return the lines of the file."""
        return whole_list()
