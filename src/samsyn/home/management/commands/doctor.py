"""Say what is wrong, one sentence per thing: ``samsyn doctor``."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from samsyn.facts import store
from samsyn.history import triggers
from samsyn.jobs.queries import overdue
from samsyn.organisation.queries import municipalities


class Command(BaseCommand):
    """Say what is wrong with this installation, one sentence per thing."""

    help = "Say what is wrong with this installation, one sentence per thing"

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at migrations, triggers and fact files; exit 1 when something is wrong."""
        wrong = list(self.faults())
        for sentence in wrong:
            self.stdout.write(sentence)
        if wrong:
            raise SystemExit(1)
        self.stdout.write("All is well.")

    def faults(self) -> list[str]:
        """Return one sentence per thing that is wrong."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return ["The database is older than the program: run “samsyn migrate”."]
        found = [f"The database lacks the guard {name}: run “samsyn migrate”." for name in triggers.missing()]
        if late := overdue(timezone.now() - timedelta(minutes=5)):
            found.append(f"{late} jobs have waited for more than five minutes: is “samsyn worker” running?")
        for municipality in municipalities():
            for batch in store.all_committed(municipality.key):
                if store.damaged(batch):
                    found.append(f"The file of {batch.kind} {batch.key} ({batch.name}) is missing or damaged.")
        return found
