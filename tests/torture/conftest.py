"""Torture is asked for by name: ``make torture``, or SAMSYN_TORTURE=N pytest tests/torture."""

import os
from collections import Counter
from typing import Any

collect_ignore_glob = [] if os.environ.get("SAMSYN_TORTURE") else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many kills there were, where they fell and what they left."""
    reports = [each for how in ("passed", "failed") for each in terminalreporter.getreports(how)]
    outcomes = [value for each in reports for name, value in each.user_properties if name == "kill"]
    for outcome, count in sorted(Counter(map(tuple, outcomes)).items()):
        terminalreporter.write_line(f"{count:>4}  {outcome[0]:<9} {outcome[1]:<10} left {outcome[2]}")
