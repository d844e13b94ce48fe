"""Run the month: ``samsyn allocate --period 2026-03 [--approve] --json``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.charging import operations
from samsyn.core.periods import Period
from samsyn.costing.queries import run_of
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Allocate a month's IT cost to services and units; with --approve seal what another has prepared."""

    help = "Allocate a month's IT cost; with --approve, seal what somebody else has prepared"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", required=True, type=Period.parse)
        parser.add_argument("--approve", action="store_true")

    def act(self, **options: Any) -> None:
        require(self.access, "edit_model")
        period = options["period"]
        run = run_of(str(period)) if options["approve"] else None
        if run is None or (run.state == "drafted" and operations.is_outdated(run)):
            run = operations.draft_run(municipality=self.municipality, period=period, by=self.person, at=self.at)
        if options["approve"]:
            run = operations.approve_run(run=run, access=self.access, by=self.person, at=self.at)
        self.print_json({"run": str(run.key), "period": run.period, **run.summary})
