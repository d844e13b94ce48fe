"""Hand out a unit's statement: ``samsyn statement --unit U --period P --format json|pdf|xlsx``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samsyn.charging import exports, queries
from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.organisation.queries import tree
from samsyn.people.management.base import ActorCommand


class Command(ActorCommand):
    """Hand out a unit's statement as JSON, PDF or XLSX."""

    help = "Hand out a unit's statement as JSON, PDF or XLSX"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True)
        parser.add_argument("--period", required=True, type=Period.parse)
        parser.add_argument("--format", choices=["json", "pdf", "xlsx"], default="json")
        parser.add_argument("--out", help="the file to write (default: UNIT-PERIOD.FORMAT)")
        parser.add_argument("--language", choices=["sv", "da", "en"], default="sv")

    def act(self, **options: Any) -> None:
        unit, period, kind = options["unit"], options["period"], options["format"]
        found = None
        if self.access.may_for("see_statement", unit, tree(period.last_date)):
            found = queries.statement(unit, period)
        if found is None:
            message = N_("There is no statement of %(unit)s for %(period)s that you may see.")
            raise Refusal("no_statement", message, unit=unit, period=str(period))
        if kind == "json":
            self.print_json(exports.as_json(found, options["language"]))
            return
        target = Path(options["out"] or f"{unit}-{period}.{kind}")
        target.write_bytes(exports.statement(found, kind, options["language"]))
        self.stdout.write(str(target))
