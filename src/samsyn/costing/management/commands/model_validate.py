"""List what would keep a model version from running: ``samsyn model validate --period 2026-03``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import operations, queries
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """List what would keep a model version from running."""

    help = "List what would keep a model version from running"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--number", type=int)
        parser.add_argument("--period", required=True)

    def act(self, **options: Any) -> int:
        require(self.access, "see_model")
        version = queries.version_with_number(options["number"])
        if version is None:
            raise Refusal("model_unknown", N_("There is no such model version."))
        found = operations.findings(self.municipality, version.content, Period.parse(options["period"]))
        self.print_json([{"code": each.code, "message": each.sentence()} for each in found])
        return 1 if found else 0
