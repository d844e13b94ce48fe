"""Draft a model version from a workbook: ``samsyn import model FILE --json``."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from samsyn.core.problems import has_errors
from samsyn.costing import operations
from samsyn.formats.workbook import read_sheets
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Draft a model version from a workbook."""

    help = "Draft a model version from a workbook (Pools, CostTypes, Rules, Services, Flows, Decisions)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--name", default="")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True)

    def act(self, **options: Any) -> int:
        require(self.access, "edit_model")
        path = Path(options["file"])
        content, problems = operations.read_workbook(read_sheets(path.read_bytes()))
        refused = has_errors(problems)
        version = None
        if not refused:
            version = operations.draft_model(
                municipality=self.municipality, content=content, name=options["name"] or path.stem,
                valid_from=options["valid_from"], by=self.person, at=self.at,
            )  # fmt: skip
        self.print_json(
            {
                "status": "refused" if refused else "drafted", "number": version.number if version else None,
                "rows": {part: len(rows) for part, rows in content.items()},
                "problems": [problem.as_json() for problem in problems],
            }
        )  # fmt: skip
        return 1 if refused else 0
