"""Count devices as the volumes of a month: ``samsyn count devices 2026-04 Elevdator=ELEVDATOR --on 2026-03-31``."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import exports, operations
from samsyn.costing.choices import SOURCES
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Load the devices units held on a day as volumes, each kind as a service."""

    help = "Load the devices units held on a day as volumes of a month, each kind as a service"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("period", help="the month, such as 2026-04")
        parser.add_argument("kinds", nargs="+", help="KIND=SERVICE, such as Elevdator=ELEVDATOR")
        parser.add_argument("--on", type=date.fromisoformat, help="the day they are counted; the last before the month")
        parser.add_argument("--source", default="", help="what units read that the count comes from")

    def act(self, **options: Any) -> int:
        require(self.access, "edit_model")
        period = Period.parse(options["period"])
        services = dict(each.rpartition("=")[::2] for each in options["kinds"])
        if not all(services):
            raise Refusal("kind_without_service", N_("Say which service each kind is: KIND=SERVICE."))
        batches, problems = operations.count_devices(
            municipality=self.municipality, period=period, services=services,
            on=options["on"] or period.shift(-1).last_date, by=self.person, at=self.at,
            source=options["source"] or SOURCES.get(self.municipality.country, ""),
        )  # fmt: skip
        answer = exports.loaded_volumes(batches, problems)
        self.print_json(answer)
        return 1 if answer["status"] == "refused" else 0
