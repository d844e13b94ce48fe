"""Say which scale information is classed by."""

import json
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require
from samsyn.systems.operations import adopt_scale


class Command(ActorCommand):
    """Class information from now on by the scale of a JSON file: {"scale": name, "aspects": [{code, sv, da, en}]}."""

    help = "Class information by the scale of a JSON file, from now on"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def act(self, **options: Any) -> None:
        """Read the file and adopt its scale; what cannot be read is a scale without a name."""
        require(self.access, "edit_systems")
        told: dict[str, Any] = {"scale": "", "aspects": []}
        with suppress(OSError, ValueError, KeyError, TypeError):
            read = json.loads(options["file"].read_text())
            told = {"scale": str(read["scale"]), "aspects": list(map(dict, read["aspects"]))}
        adopt_scale(municipality=self.municipality, by=self.person, at=self.at, **told)
        if options["json"]:
            self.print_json(told)
