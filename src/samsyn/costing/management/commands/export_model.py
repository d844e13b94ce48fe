"""Write a model version as a workbook: ``samsyn export model FILE [--number N]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.costing import queries
from samsyn.costing.exports import model_workbook
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Write a model version as the workbook it can be read from."""

    help = "Write a model version as the workbook it can be read from"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--number", type=int)

    def act(self, **options: Any) -> None:
        require(self.access, "see_model")
        version = queries.version_with_number(options["number"])
        if version is None:
            raise Refusal("model_unknown", N_("There is no such model version."))
        Path(options["file"]).write_bytes(model_workbook(version.content))
