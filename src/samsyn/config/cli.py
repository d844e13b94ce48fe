"""Run the product without a browser: ``samsyn import ledger FILE`` is the command ``import_ledger``."""

import os
import sys

from samsyn.core.refusals import Refusal


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status: 1 with the sentence when refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    from django.core.management import execute_from_command_line, get_commands

    words = list(sys.argv[1:] if argv is None else argv)
    import django

    django.setup()
    joined = "_".join(words[:2])
    if len(words) > 1 and joined in get_commands():
        words = [joined, *words[2:]]
    try:
        execute_from_command_line(["samsyn", *words])
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence()} ({refusal.code})\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
