"""Do what waits: jobs, mail, days that have passed, removing what has expired. ``samsyn worker [--once]``."""

import os
import time
from argparse import ArgumentParser
from datetime import timedelta
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from samsyn.contracts import operations as contracts
from samsyn.core.scoping import in_municipality
from samsyn.intake.operations import erase_expired_texts, remove_expired
from samsyn.jobs import operations as jobs
from samsyn.notices.operations import send_waiting, tell_who_is_asked
from samsyn.organisation.queries import municipalities
from samsyn.people.operations import service_person
from samsyn.systems import operations as systems

PAUSE = 1  # seconds between looks for jobs, for somebody may be waiting
ROUND = 20  # and between rounds of everything else
REMEMBERED = timedelta(days=400)


class Command(BaseCommand):
    """Do what waits in the background until the one who started it is gone."""

    help = "Do jobs and send mail that wait, and remove what has expired, again and again"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, pause, work; stop when the parent process is gone."""
        parent = os.getppid()
        latest = float("-inf")
        while True:
            while jobs.run_next(clock=timezone.now):
                pass
            if time.monotonic() > latest + ROUND:
                self.work()
                latest = time.monotonic()
            if options["once"] or os.getppid() != parent:
                return
            close_old_connections()
            time.sleep(PAUSE)

    def work(self) -> None:
        """Do one round for every municipality."""
        at, on = timezone.now(), timezone.localdate()
        for municipality in municipalities():
            with in_municipality(municipality):
                service = service_person(municipality, at)
                contracts.reckon(on=on)
                contracts.remind(municipality=municipality, on=on, by=service, at=at, base_url=settings.SITE_URL)
                tell_who_is_asked(municipality=municipality, by=service, at=at, base_url=settings.SITE_URL)
                systems.tell_owners(municipality=municipality, on=on, by=service, at=at, base_url=settings.SITE_URL)
                send_waiting(municipality=municipality, by=service, at=at)
        call_command("sweep", stdout=StringIO())
        remove_expired(on=timezone.localdate(at), by="samsyn", at=at)
        erase_expired_texts(on=timezone.localdate(at), by="samsyn", at=at)
        jobs.forget(before=at - REMEMBERED)
