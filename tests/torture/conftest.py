"""Torture is asked for by name: ``make torture``, or SAMSYN_TORTURE=N pytest tests/torture."""

import os
from collections import Counter
from typing import Any

collect_ignore_glob = [] if os.environ.get("SAMSYN_TORTURE") else ["test_*.py"]
# (work, killed or had ended, what was left) of every kill
OUTCOMES: list[tuple[str, str, str]] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many kills there were, where they fell and what they left."""
    for outcome, count in sorted(Counter(OUTCOMES).items()):
        terminalreporter.write_line(f"{count:>4}  {outcome[0]:<9} {outcome[1]:<10} left {outcome[2]}")
