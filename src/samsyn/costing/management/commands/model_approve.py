"""Approve a drafted model version: ``samsyn model approve [--number N]``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import operations, queries
from samsyn.people.management.base import ActorCommand


class Command(ActorCommand):
    """Approve a drafted model version; nothing in it changes after that."""

    help = "Approve a drafted model version; nothing in it changes after that"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--number", type=int)
        parser.add_argument("--period", default="", help="the month whose volumes it is tried against")

    def act(self, **options: Any) -> None:
        version = queries.version_with_number(options["number"])
        if version is None:
            raise Refusal("model_unknown", N_("There is no such model version."))
        period = Period.parse(options["period"]) if options["period"] else Period.of(version.valid_from)
        version = operations.approve_model(
            version=version, access=self.access, period=period, by=self.person, at=self.at
        )
        self.print_json({"status": "approved", "number": version.number, "digest": version.digest})
