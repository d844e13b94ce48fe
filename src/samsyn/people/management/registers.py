"""Load a register of things: ``samsyn import WHAT FILE [--profile P | --propose] [--dry-run] --json``."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from samsyn.formats.register_table import (
    Loaded,
    Register,
    RegisterFile,
    RegisterProfile,
    propose_register,
    read_register,
)  # fmt: skip
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


def ask_for_a_file(parser: ArgumentParser) -> None:
    """Add the arguments of a command that reads a register."""
    parser.add_argument("file")
    parser.add_argument("--profile", help="a JSON file that says which column is which field")
    parser.add_argument("--propose", action="store_true", help="take the profile that is proposed (as without one)")
    parser.add_argument("--dry-run", action="store_true")


def read(register: Register, options: Mapping[str, Any]) -> tuple[bytes, RegisterProfile, RegisterFile]:
    """Return the bytes of the file that was named, its profile and its rows."""
    data = Path(options["file"]).read_bytes()
    if options["profile"] and not options["propose"]:
        profile = RegisterProfile.from_json(json.loads(Path(options["profile"]).read_text()))
    else:
        profile = propose_register(data, register).profile
    return data, profile, read_register(data, register, profile)


class RegisterCommand(ActorCommand):
    """Load a CSV file, workbook or JSON list; subclasses name the register, the right and the operation."""

    register: ClassVar[Register]
    right: ClassVar[str]
    load: ClassVar[Callable[..., Loaded]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and how its columns are told."""
        super().add_arguments(parser)
        ask_for_a_file(parser)

    def act(self, **options: Any) -> int:
        """Read the file, load it and print what came of it."""
        require(self.access, self.right)
        data, profile, file = read(self.register, options)
        loaded = type(self).load(
            municipality=self.municipality, file=file, data=data, name=Path(options["file"]).name, by=self.person,
            at=self.at, dry_run=options["dry_run"],
        )  # fmt: skip
        self.print_json({**loaded.as_json(), "profile": profile.as_json()})
        return 1 if loaded.status == "refused" else 0
