"""Remove what killed processes left half written: ``samsyn sweep [--hours N]``."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from samsyn.facts import store
from samsyn.intake import operations as intake


class Command(BaseCommand):
    """Remove what killed processes left half written; nothing that counts is touched."""

    help = "Remove what killed processes left half written; nothing that counts is touched"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hours", type=float, default=1.0, help="leave what is younger: it may still be at work")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep batches and kept files."""
        before = timezone.now() - timedelta(hours=options["hours"])
        batches, files = store.sweep(before), intake.sweep(before)
        self.stdout.write(f"{batches} batches and {files} files removed.")
