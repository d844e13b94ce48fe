"""List the months: ``samsyn periods --json``."""

from typing import Any

from samsyn.charging import queries
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """List the periods with what each has and lacks."""

    help = "List the periods with what each has and lacks"

    def act(self, **options: Any) -> None:
        require(self.access, "see_books")
        self.print_json(queries.periods(self.municipality))
