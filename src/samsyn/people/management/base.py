"""Run a command as somebody, in a municipality: ``--as``, ``--municipality``."""

import json
import os
from argparse import ArgumentParser
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import in_municipality
from samsyn.organisation.queries import municipalities, municipality_with_code
from samsyn.people.queries import access_of, everybody, person_with_code
from samsyn.people.rules import Access


class ActorCommand(BaseCommand):
    """A command that one person runs in one municipality; subclasses write ``act``."""

    # they load every page, which is half of a short command's time; `samsyn check` and every upgrade make them
    requires_system_checks: tuple[str, ...] = ()
    municipality: Any
    person: Any
    access: Access
    at: datetime

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who and where; ``SAMSYN_ACTOR`` and ``SAMSYN_MUNICIPALITY`` say the same."""
        parser.add_argument("--as", dest="actor", default=os.environ.get("SAMSYN_ACTOR", ""))
        parser.add_argument("--municipality", "-m", default=os.environ.get("SAMSYN_MUNICIPALITY", ""))
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the municipality and the person, then act; the exit status is what ``act`` returns."""
        self.municipality = self._municipality(options["municipality"])
        self.at = timezone.now()
        with in_municipality(self.municipality), translation.override("en"):
            self.person = self._person(options["actor"])
            self.access = access_of(self.person, timezone.localdate())
            status = self.act(**options)
        if status:
            raise SystemExit(status)

    def act(self, **options: Any) -> int | None:
        """Do the work of the command."""
        raise NotImplementedError

    def print_json(self, value: Any) -> None:
        """Print one JSON value."""
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))

    def _municipality(self, code: str) -> Any:
        if not code:
            known = municipalities()
            if len(known) == 1:
                return known[0]
            raise Refusal(
                "municipality_missing", N_("Say which municipality: --municipality one of %(known)s."),
                known=", ".join(each.code for each in known) or "–",
            )  # fmt: skip
        found = municipality_with_code(code)
        if found is None:
            raise Refusal("municipality_unknown", N_("There is no municipality “%(code)s” here."), code=code)
        return found

    def _person(self, code: str) -> Any:
        if not code:
            raise Refusal("actor_missing", N_("Say who acts: --as NAME, or set SAMSYN_ACTOR."))
        found = person_with_code(self.municipality, code)
        return found or self._person_with_mail(code)

    def _person_with_mail(self, address: str) -> Any:
        here = everybody()
        found = [each for each in here if each.email and each.email.casefold() == address.casefold()]
        if len(found) != 1:
            like = get_close_matches(address.split("@")[0], [each.code for each in here], 5, cutoff=0.5)
            raise Refusal(
                "actor_unknown",
                N_("“%(code)s” is nobody’s user name or mail address in %(place)s. Names like it: %(known)s."),
                code=address, place=self.municipality.name, known=", ".join(like) or "–",
            )  # fmt: skip
        return found[0]
