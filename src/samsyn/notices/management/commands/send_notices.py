"""Send the mail that waits: ``samsyn send notices``."""

from typing import Any

from samsyn.notices.operations import send_waiting
from samsyn.people.management.base import ActorCommand


class Command(ActorCommand):
    """Send the mail that waits."""

    help = "Send the mail that waits"

    def act(self, **options: Any) -> int:
        outcome = send_waiting(municipality=self.municipality, by=self.person, at=self.at)
        if options["json"]:
            self.print_json(outcome)
        else:
            self.stdout.write(", ".join(f"{count} {state}" for state, count in outcome.items()))
        return 1 if outcome["failed"] else 0
