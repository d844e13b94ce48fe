"""Draft a cost model without a workbook: ``samsyn model draft --from DAY --name NAME [--like NUMBER] --json``."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.costing import operations, queries
from samsyn.costing.engine import content as document
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Draft an empty model, or a copy of a version."""

    help = "Draft an empty cost model, or a copy of a version"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--name", required=True)
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True)
        parser.add_argument("--like", type=int, help="the version to copy; without it the model begins empty")

    def act(self, **options: Any) -> None:
        require(self.access, "edit_model")
        like = queries.version_with_number(options["like"]) if options["like"] is not None else None
        if like is None and options["like"] is not None:
            raise Refusal("model_unknown", N_("There is no such model version."))
        drafted = operations.draft_model(
            municipality=self.municipality, content=like.content if like else document.empty(), base=like,
            name=options["name"], valid_from=options["valid_from"], by=self.person, at=self.at,
        )  # fmt: skip
        self.print_json({"status": "drafted", "number": drafted.number})
