"""Say the five steps behind a line: ``samsyn explain --unit U --service S --period P``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.charging import exports, queries
from samsyn.core.money import kronor
from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.organisation.queries import tree
from samsyn.people.management.base import ActorCommand


class Command(ActorCommand):
    """Say the five steps behind one line of a statement."""

    help = "Say the five steps behind one line of a statement"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True)
        parser.add_argument("--service", required=True)
        parser.add_argument("--period", required=True, type=Period.parse)

    def act(self, **options: Any) -> None:
        unit, period = options["unit"], options["period"]
        found = None
        if self.access.may_for("see_statement", unit, tree(period.last_date)):
            found = queries.explain(self.municipality, unit, options["service"], period)
        if found is None:
            message = N_("There is no line of %(service)s for %(unit)s in %(period)s that you may see.")
            facts = {"service": options["service"], "unit": unit, "period": str(period)}
            raise Refusal("no_line", message, **facts)
        if options["json"]:
            self.print_json(exports.explanation_json(found))
            return
        line, each = found.service, found.service.row
        self.stdout.write(f"1. {line.name()}: {line.quantity}, {kronor(line.amount_ore)} kr")
        self.stdout.write(f"2. {each['mode']}; {each['standing']}")
        self.stdout.write(f"3. {line.quantity}: {found.source} {found.counted_on or ''}")
        for cause in found.causes:
            self.stdout.write(f"4. {cause.name}, {cause.cost_type_name}: {kronor(cause.amount_ore)} kr")
        self.stdout.write(f"4. +{found.other_count}: {kronor(found.other_ore)} kr; "
                          f"{kronor(found.price_difference_ore)} kr")  # fmt: skip
        self.stdout.write(f"5. {found.decision['body'] if found.decision else '–'}")
