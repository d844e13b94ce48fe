"""Serve the pages: ``samsyn serve [--host H] [--port P] [--workers N]``."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Serve the pages until stopped."""

    help = "Serve the pages until stopped"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--workers", default="1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand the process over to the server."""
        self.stdout.flush()
        # where nobody has said what the address is, links in mails lead to this very server
        if not os.environ.get("SAMSYN_HOSTS"):
            os.environ.setdefault("SAMSYN_URL", f"http://localhost:{options['port']}")
        # the worker watches its parent, which becomes the server below, and ends with it
        subprocess.Popen([str(Path(sys.executable).with_name("samsyn")), "worker"])
        granian = str(Path(sys.executable).with_name("granian"))
        words = ["--interface", "wsgi", "--host", options["host"], "--port", options["port"]]
        words += ["--workers", options["workers"], "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        # a server that falls is started anew
        words += ["--respawn-failed-workers"]
        os.execv(granian, [granian, *words, "samsyn.config.wsgi:application"])
