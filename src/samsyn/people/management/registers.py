"""Load a register of things: ``samsyn import WHAT FILE [--profile P | --propose] [--dry-run] --json``; write one."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.utils import translation

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
from samsyn.people.words import in_our_words


def ask_for_a_file(parser: ArgumentParser) -> None:
    """Add the arguments of a command that reads a register."""
    parser.add_argument("file")
    parser.add_argument("--profile", help="a JSON file that says which column is which field")
    parser.add_argument("--propose", action="store_true", help="take the profile that is proposed (as without one)")
    parser.add_argument("--dry-run", action="store_true")


def read(
    register: Register, options: Mapping[str, Any], answers: Mapping[str, Any] | None = None
) -> tuple[bytes, RegisterProfile, RegisterFile]:  # fmt: skip
    """Return the bytes of the file that was named, its profile and its rows."""
    data, register = Path(options["file"]).read_bytes(), in_our_words(register, answers or {})
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
    answers: ClassVar[Mapping[str, Any]] = {}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and how its columns are told."""
        super().add_arguments(parser)
        ask_for_a_file(parser)

    def act(self, **options: Any) -> int:
        """Read the file, load it and print what came of it."""
        require(self.access, self.right)
        data, profile, file = read(self.register, options, self.answers)
        loaded = type(self).load(
            municipality=self.municipality, file=file, data=data, name=Path(options["file"]).name, by=self.person,
            at=self.at, dry_run=options["dry_run"],
        )  # fmt: skip
        self.print_json({**loaded.as_json(), "profile": profile.as_json()})
        return 1 if loaded.status == "refused" else 0


class ExportCommand(ActorCommand):
    """Write a whole list as CSV, as the page of the list hands it out; subclasses name the right and the lines."""

    right: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and in whose words its columns are called."""
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="")

    def act(self, **options: Any) -> None:
        """Write the file."""
        require(self.access, self.right)
        with (
            translation.override(options["language"] or self.person.language),
            Path(options["file"]).open("w", encoding="utf-8", newline="") as file,
        ):
            file.writelines(self.lines())

    def lines(self) -> Iterator[str]:
        """Return the lines of the file."""
        raise NotImplementedError
