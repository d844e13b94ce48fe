"""Read systems and contracts from KITOS: ``samsyn sync kitos [--dry-run] --municipality CODE``."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from samsyn.api.client import Kitos
from samsyn.api.kitos import sync
from samsyn.core.refusals import N_, Refusal
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Hold what KITOS says against what is known, and load it."""

    help = "Read systems and contracts from KITOS, which keeps them; they are locked here"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the rehearsal."""
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true")

    def act(self, **options: Any) -> int:
        """Read, load and print what came of it."""
        require(self.access, "edit_systems")
        told = settings.KITOS.get(self.municipality.code)
        if not told:
            raise Refusal("kitos_unknown", N_("Nothing is said of KITOS for %(code)s: set SAMSYN_KITOS."),
                          code=self.municipality.code)  # fmt: skip
        client = Kitos(told["url"], told["user"], told["password"], told.get("organisation", ""))
        result = sync(municipality=self.municipality, client=client, by=self.person, at=self.at,
                      dry_run=options["dry_run"])  # fmt: skip
        self.print_json(result)
        return 0
