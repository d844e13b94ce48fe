"""Build the demo municipalities when the data folder is empty, then serve."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from samsyn.home import demo
from samsyn.organisation.queries import municipalities


class Command(BaseCommand):
    """Build the demo municipalities when the data folder is empty, print the sign-ins, and serve."""

    help = "Build the demo municipalities when the data folder is empty, print the sign-ins, and serve"
    # they load every page, which the server does anew a moment later
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="build and stop")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, build what is missing, say how to sign in, serve."""
        call_command("migrate", verbosity=0)
        known = {each.code for each in municipalities()}
        folders = sorted(path.parent for path in demo.EXAMPLES.glob("*/demo.json"))
        if not known:
            demo.share()
        for folder in folders:
            if folder.name not in known:
                demo.build(folder, lambda words: self.stdout.write(f"  {words}"))
            elif demo.is_half(folder):
                raise CommandError(
                    f"Building {folder.name} was interrupted, so half of it is there. "
                    f"Remove the folder {settings.DATA} and run this again."
                )
        self.stdout.write(f"\nSamsyn: http://127.0.0.1:{options['port']}/   Password for all: {demo.PASSWORD}")
        for folder in folders:
            about = demo.settings_of(folder)
            self.stdout.write(f"  {about['name']}: {', '.join(about['sign_ins'])}")
        if not options["no_serve"]:
            call_command("serve", port=options["port"])
