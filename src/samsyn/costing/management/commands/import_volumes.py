"""Load volumes and the lists behind them: ``samsyn import volumes FILE --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.costing import exports, operations
from samsyn.formats.workbook import read_csv_sheet, read_sheets
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Load volumes (workbook or CSV) and the lists behind them."""

    help = "Load volumes (a workbook with Volumes and Items, or one of them as CSV)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file")

    def act(self, **options: Any) -> int:
        require(self.access, "edit_model")
        path = Path(options["file"])
        data = path.read_bytes()
        if path.suffix == ".csv":
            rows = read_csv_sheet(data)
            sheets = {"Items" if rows and "item" in rows[0].cells else "Volumes": rows}
        else:
            sheets = read_sheets(data)
        batches, problems = operations.load_volumes(
            municipality=self.municipality, sheets=sheets, by=self.person, at=self.at
        )
        answer = exports.loaded_volumes(batches, problems)
        self.print_json(answer)
        return 1 if answer["status"] == "refused" else 0
