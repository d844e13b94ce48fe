"""Load a register of things: ``samsyn import WHAT FILE [--profile P | --propose] [--dry-run] --json``."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from samsyn.formats.register_table import Loaded, Register, RegisterProfile, propose_register, read_register
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class RegisterCommand(ActorCommand):
    """Load a CSV file, workbook or JSON list; subclasses name the register, the right and the operation."""

    register: ClassVar[Register]
    right: ClassVar[str]
    load: ClassVar[Callable[..., Loaded]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and how its columns are told."""
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--profile", help="a JSON file that says which column is which field")
        parser.add_argument("--propose", action="store_true", help="take the profile that is proposed (as without one)")
        parser.add_argument("--dry-run", action="store_true")

    def act(self, **options: Any) -> int:
        """Read the file, load it and print what came of it."""
        require(self.access, self.right)
        data = Path(options["file"]).read_bytes()
        if options["profile"] and not options["propose"]:
            profile = RegisterProfile.from_json(json.loads(Path(options["profile"]).read_text()))
        else:
            profile = propose_register(data, self.register).profile
        loaded = type(self).load(
            municipality=self.municipality, file=read_register(data, self.register, profile), data=data,
            name=Path(options["file"]).name, by=self.person, at=self.at, dry_run=options["dry_run"],
        )  # fmt: skip
        self.print_json({**loaded.as_json(), "profile": profile.as_json()})
        return 1 if loaded.status == "refused" else 0
