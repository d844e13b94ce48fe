"""Measure loading a SIE 4 file of one million rows into the books: python bench/load.py [ROWS]

From bytes to committed facts through the door the command uses, all validation on; the file is the one of
bench/sie.py. The yardstick is `bytes.splitlines` on the same bytes in the same process.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sie import _peak_mb, _reset_peak, make, timed

AT = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
TIMES = 3


def measure(path: Path) -> dict[str, Any]:
    """Load the file into a fresh municipality, ``TIMES`` times."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    django.setup()
    from django.core.management import call_command

    from samsyn.core.scoping import in_municipality
    from samsyn.ledger import operations
    from samsyn.organisation import operations as organisation
    from samsyn.people import operations as people

    call_command("migrate", verbosity=0)
    data = path.read_bytes()
    found: dict[str, Any] = {"size": len(data) / 1e6, "lines": timed(data.splitlines, 3)}
    small, seconds, peaks = make(100), [], []
    for turn in range(TIMES + 1):
        place = organisation.found_municipality(code=f"bench{turn}", name="Bench", by="bench", at=AT)
        with in_municipality(place):
            by = people.add_person(municipality=place, code="a", name="a", by="bench", at=AT)
            # the first, small file loads what is loaded on first use
            given, at = (data if turn else small), AT + timedelta(minutes=turn)
            before = _reset_peak()
            found.setdefault("before", before)
            start = time.perf_counter()
            loaded = operations.load_file(municipality=place, data=given, name="books.se", by=by, at=at)
            seconds.append(time.perf_counter() - start)
            peaks.append(_peak_mb())
        assert loaded.status == "committed" and loaded.summary["net_ore"] == 0, loaded.summary
        found |= {"rows": loaded.summary["rows"], "new": loaded.summary["new_rows"]}
        del loaded
    return found | {"load": sorted(seconds[1:])[TIMES // 2], "peak": peaks[1]}


def main() -> None:
    """Print one table."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
        return
    import pyarrow

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.se"
        path.write_bytes(make(rows))
        environment = {**os.environ, "SAMSYN_DATA": str(Path(folder) / "data")}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, "--measure", str(path)]
        answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found = json.loads(answer.stdout)
    assert found["rows"] == found["new"] == rows
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}, pyarrow {pyarrow.__version__}, SQLite")  # fmt: skip
    print(f"{'SIE 4 into the books, rows':<32}{rows:>12,}")
    print(f"{'size, MB':<32}{found['size']:>12.1f}")
    print(f"{'splitlines, s':<32}{found['lines']:>12.3f}")
    print(f"{'load_file, s':<32}{found['load']:>12.3f}")
    print(f"{'ratio (reach 20)':<32}{found['load'] / found['lines']:>12.1f}")
    print(f"{'MB/s (reach 40)':<32}{found['size'] / found['load']:>12.1f}")
    print(f"{'peak, MB (reach 700)':<32}{found['peak']:>12.0f}")
    print(f"{'of which before':<32}{found['before']:>12.0f}")


if __name__ == "__main__":
    main()
