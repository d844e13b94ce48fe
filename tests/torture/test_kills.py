"""A process killed in the middle of its work leaves all of it or nothing.

SAMSYN_TORTURE says how many kills (ten), SAMSYN_TORTURE_SEED where chance begins. Each kill works on a copy of
the same folder, on SQLite; the moment lies anywhere between the first byte written and a little past the end.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SAMSYN_TORTURE") or 10)
SEED = int(os.environ.get("SAMSYN_TORTURE_SEED") or 1)
WORK: dict[str, tuple[str, Sequence[str]]] = {
    "import": ("controller", ["import", "ledger", "{files}/books.se"]),
    "volumes": ("controller", ["import", "volumes", "{files}/volumes.xlsx"]),
    "run": ("controller", ["allocate", "--period", "2026-03"]),
    "approval": ("approver", ["allocate", "--period", "2026-03", "--approve"]),
}


class Known(NamedTuple):
    """A piece of work done undisturbed: the folder before it, what counts before and after, how long it writes."""

    start: Path
    before: dict[str, Any]
    after: dict[str, Any]
    seconds: float


class Place(NamedTuple):
    files: Path
    work: dict[str, Known]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "SAMSYN_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def state(data: Path, *words: str) -> Any:
    line = [sys.executable, "-m", "tests.torture.state", *(words or ["show"])]
    done = subprocess.run(line, env=environment(data), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None


def start(data: Path, files: Path, name: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "samsyn.config.cli", *command(files, name)], env=environment(data), cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def command(files: Path, name: str) -> list[str]:
    actor, words = WORK[name]
    return [*(word.format(files=files) for word in words), "--as", actor, "--municipality", "lillby", "--json"]


def written(data: Path) -> int:
    """Return a number that changes with whatever is written below a folder."""
    found = 0
    for path in (each for each in data.rglob("*") if not each.name.endswith("-shm")):
        try:
            found += path.stat().st_mtime_ns
        except FileNotFoundError:
            found += 1
    return found


def wait_for_writing(process: "subprocess.Popen[bytes]", data: Path) -> None:
    before = written(data)
    # a killed process that had written nothing would prove nothing
    while process.poll() is None and written(data) == before:
        time.sleep(0.002)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Do each piece of work once undisturbed, on a copy of what the one before it left."""
    folder = tmp_path_factory.mktemp("torture")
    (files := folder / "files").mkdir()
    data = folder / "prepared"
    state(data, "build", str(files))
    work = {}
    for name in WORK:
        before = data
        data = folder / name
        shutil.copytree(before, data)
        known = state(data)["counts"]
        process = start(data, files, name)
        wait_for_writing(process, data)
        moment = time.perf_counter()
        assert process.wait() == 0, name
        seconds = time.perf_counter() - moment
        now = state(data)["counts"]
        assert now != known, f"{name} changed nothing, so a kill would prove nothing"
        work[name] = Known(before, known, now, seconds)
    return Place(files, work)


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_process_leaves_all_or_nothing(
    place: Place, tmp_path: Path, kill: int, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(SEED * 100_003 + kill)
    name = list(WORK)[kill % len(WORK)]
    known = place.work[name]
    data = tmp_path / "data"
    shutil.copytree(known.start, data)
    process = start(data, place.files, name)
    wait_for_writing(process, data)
    time.sleep(chance.uniform(0, known.seconds * 1.1))
    process.send_signal(signal.SIGKILL)
    ended = process.wait()
    found, again, said = state(data, "again", *command(place.files, name))
    outcome = "nothing" if found["counts"] == known.before else "all" if found["counts"] == known.after else "HALF"
    # work, killed or had ended, what was left
    record_property("kill", (name, "killed" if ended < 0 else "had ended", outcome))
    assert found["doctor"] == "All is well."
    assert (found["staging"], found["unnamed"], found["lost"], found["raw"], found["gaps"]) == (0, [], [], [], False)
    assert outcome in ("nothing", "all"), f"{name}, {ended}"
    # and the work can be done again, to the same end
    assert again["counts"] == known.after, said
