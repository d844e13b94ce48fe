"""Add a municipality: ``samsyn found municipality CODE NAME --administrator MAIL``."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.organisation import operations as organisation
from samsyn.people import operations as people


class Command(BaseCommand):
    """Add a municipality and its first administrator."""

    help = "Add a municipality and its first administrator (the password is asked for, or comes on standard input)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("name")
        parser.add_argument("--country", choices=["SE", "DK"], default="SE")
        parser.add_argument("--administrator", default="administrator", help="sign-in name")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, and let the administrator in; both or neither."""
        try:
            password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
            if not password:
                raise CommandError("A password is needed: type it when asked, or give it on standard input.")
            with transaction.atomic():
                self._found(options, password)
        except Refusal as refusal:
            raise CommandError(refusal.sentence()) from refusal
        self.stdout.write(f"{options['name']}: sign in as {options['administrator']} at /{options['code']}/")

    def _found(self, options: dict[str, Any], password: str) -> None:
        at = timezone.now()
        municipality = organisation.found_municipality(
            code=options["code"], name=options["name"], country=options["country"], by="installation", at=at
        )
        with in_municipality(municipality):
            code = options["administrator"]
            person = people.add_person(
                municipality=municipality, code=code, name=code, email=options["email"], by="installation", at=at,
                password=password,
            )  # fmt: skip
            people.give_role(
                person=person, role="administrator", valid_from=timezone.localdate(at), by="installation", at=at
            )
