"""Load a ledger file: ``samsyn import ledger FILE [--profile P] [--dry-run] --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.intake.operations import admit
from samsyn.ledger import operations
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Load a SIE file, or a table through a profile, into the books."""

    help = "Load a SIE file, or a table through a profile, into the books"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--profile", default="", help="a saved or shipped profile (tables)")
        parser.add_argument("--source", default="", help="where the books come from (default: the profile, or ledger)")
        parser.add_argument("--dry-run", action="store_true")

    def act(self, **options: Any) -> int:
        require(self.access, "load_books")
        path = Path(options["file"])
        admit(path.stat().st_size)
        loaded = operations.load_file(
            municipality=self.municipality, data=path.read_bytes(), name=path.name,
            by=self.person, at=self.at,
            profile_code=options["profile"], source_code=options["source"], dry_run=options["dry_run"],
        )  # fmt: skip
        self.print_json({"status": loaded.status, **loaded.summary})
        return 1 if loaded.status == "refused" else 0
