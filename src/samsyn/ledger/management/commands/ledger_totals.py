"""Sum the books: ``samsyn ledger totals --by account --json``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.ledger import queries
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Sum the books by account, responsibility, dimension:N, period or supplier."""

    help = "Sum the books by account, responsibility, dimension:N, period or supplier"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--batch")
        parser.add_argument("--accounts", choices=["cost", "all"], default="cost")
        parser.add_argument("--by", required=True)

    def act(self, **options: Any) -> None:
        require(self.access, "see_books")
        self.print_json(queries.totals(self.municipality, options["by"], options["accounts"], options["batch"]))
