"""Answer a voucher that differs: ``samsyn ledger answer QUESTION take_new|keep_old``."""

from argparse import ArgumentParser
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.ledger import operations, queries
from samsyn.people.management.base import ActorCommand
from samsyn.people.queries import require


class Command(ActorCommand):
    """Say which of two versions of a voucher holds."""

    help = "Say which of two versions of a voucher holds"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("question")
        parser.add_argument("answer", choices=["take_new", "keep_old"])

    def act(self, **options: Any) -> None:
        require(self.access, "load_books")
        question = queries.question_with_key(options["question"])
        if question is None:
            raise Refusal("question_unknown", N_("There is no such question."))
        batch = operations.answer(question=question, answer=options["answer"], by=self.person, at=self.at)
        self.print_json({"status": "answered", "batch": str(batch.key) if batch else None})
