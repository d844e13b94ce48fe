"""List the batches of the books and the questions that wait."""

from typing import Any

from samsyn.ledger import queries
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """List the batches of the books, and the vouchers that wait for an answer."""

    help = "List the batches of the books, and the vouchers that wait for an answer"

    def act(self, **options: Any) -> None:
        require(self.access, "see_books")
        found = [
            {
                "batch": str(b.key),
                "name": b.name,
                "rows": b.row_count,
                "first": b.first_period,
                "last": b.last_period,
            }
            for b in queries.batches(self.municipality)
        ]
        waiting = [
            {"question": str(q.key), "voucher": q.voucher_key, "before": q.before, "after": q.after}
            for q in queries.open_questions()
        ]
        self.print_json({"batches": found, "questions": waiting})
