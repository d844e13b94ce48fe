"""Read an organisation workbook: ``samsyn import organisation FILE [--dry-run] --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.core.problems import has_errors
from samsyn.formats.workbook import read_sheets
from samsyn.people import operations
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Import units, cost centres, sites, people and roles from one workbook."""

    help = "Import units, cost centres, sites, people and roles from one workbook"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true")

    def act(self, **options: Any) -> int:
        require(self.access, "manage_organisation")
        sheets = read_sheets(Path(options["file"]).read_bytes())
        plan = operations.plan_workbook(sheets)
        refused = has_errors(plan.problems)
        if not refused and not options["dry_run"]:
            operations.apply_workbook(municipality=self.municipality, sheets=sheets, by=self.person, at=self.at)
        status = "refused" if refused else "dry-run" if options["dry_run"] else "committed"
        self.print_json(
            {
                "status": status, "new": plan.count("new"), "changed": plan.count("changed"),
                "ended": plan.count("ended"), "unchanged": plan.unchanged, "hanging": plan.hanging,
                "problems": [problem.as_json() for problem in plan.problems],
            }
        )  # fmt: skip
        return 1 if refused else 0
