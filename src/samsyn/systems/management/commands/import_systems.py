"""Load a register of systems: ``samsyn import systems FILE [--profile P | --propose] [--dry-run] --json``."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.formats.register_table import RegisterProfile, propose_register, read_register
from samsyn.formats.registers import SYSTEMS
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require
from samsyn.systems import operations


class Command(ActorCommand):
    """Load a register of systems from a CSV file, workbook or JSON list."""

    help = "Load a register of systems from a CSV file, workbook or JSON list"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--profile", help="a JSON file that says which column is which field")
        parser.add_argument("--propose", action="store_true", help="take the profile that is proposed (as without one)")
        parser.add_argument("--dry-run", action="store_true")

    def act(self, **options: Any) -> int:
        require(self.access, "edit_systems")
        data = Path(options["file"]).read_bytes()
        if options["profile"] and not options["propose"]:
            profile = RegisterProfile.from_json(json.loads(Path(options["profile"]).read_text()))
        else:
            profile = propose_register(data, SYSTEMS).profile
        loaded = operations.load_systems(
            municipality=self.municipality, file=read_register(data, SYSTEMS, profile), data=data,
            name=Path(options["file"]).name, by=self.person, at=self.at, dry_run=options["dry_run"],
        )  # fmt: skip
        self.print_json({**loaded.as_json(), "profile": profile.as_json()})
        return 1 if loaded.status == "refused" else 0
