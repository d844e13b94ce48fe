"""Withdraw a batch: ``samsyn ledger withdraw BATCH --reason TEXT``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.ledger import operations
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Withdraw a batch from the books; it stays in the history."""

    help = "Withdraw a batch from the books; it stays in the history"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("batch")
        parser.add_argument("--reason", required=True)

    def act(self, **options: Any) -> None:
        require(self.access, "load_books")
        batch = operations.withdraw(
            municipality=self.municipality, batch_key=options["batch"], reason=options["reason"],
            by=self.person, at=self.at,
        )  # fmt: skip
        self.print_json({"status": "withdrawn", "batch": str(batch.key)})
