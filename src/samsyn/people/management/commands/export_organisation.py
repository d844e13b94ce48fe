"""Write the organisation workbook: ``samsyn export organisation FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.people.management.base import ActorCommand
from samsyn.people.operations import organisation_workbook
from samsyn.people.queries import require


class Command(ActorCommand):
    """Export units, cost centres, sites, people and roles to one workbook."""

    help = "Export units, cost centres, sites, people and roles to one workbook"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")

    def act(self, **options: Any) -> None:
        require(self.access, "see_organisation")
        Path(options["file"]).write_bytes(organisation_workbook())
