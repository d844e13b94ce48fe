"""Load what all municipalities share of systems: ``samsyn import catalogue FILE``."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from samsyn.formats.registers import CATALOGUE
from samsyn.people.management.registers import ask_for_a_file, read
from samsyn.systems.operations import load_catalogue


class Command(BaseCommand):
    """Load descriptions of systems that all municipalities of the installation share; for its administrator."""

    help = "Load what all municipalities share of systems: names, supplier, tasks, functions, interfaces"

    def add_arguments(self, parser: ArgumentParser) -> None:
        ask_for_a_file(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object (as without it)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file, load it and print what came of it."""
        _, profile, file = read(CATALOGUE, options)
        loaded = load_catalogue(file=file, by="installation", at=timezone.now(), dry_run=options["dry_run"])
        found = {**loaded.as_json(), "profile": profile.as_json()}
        self.stdout.write(json.dumps(found, ensure_ascii=False, default=str))
        if loaded.status == "refused":
            sys.exit(1)
