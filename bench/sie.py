"""Measure reading a SIE 4 file of one million rows: python bench/sie.py [ROWS]

The file is made here with a fixed seed: 2 objects and a text on every row, 5 % of the texts with an escaped
quotation mark, #KSUMMA, code page 437. The yardstick is `bytes.splitlines` on the same bytes in the same run.
"""

import gc
import platform
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy
import pyarrow

from samsyn.formats.ledger_file import AccountInfo
from samsyn.formats.sie4 import read_sie
from samsyn.formats.sie4_write import Head, WrittenRow, WrittenVoucher, write_sie

TEXTS = (
    "Månadshyra lokal",
    "Licens ärendesystem",
    "Städning",
    "Konsultstöd införande",
    "Läromedel åk 4",
    "Telefoni",
)


def vouchers(count: int, seed: int = 1) -> Iterator[WrittenVoucher]:
    """Make balanced vouchers of two to eight rows until there are ``count`` rows."""
    chance = random.Random(seed)
    made = number = 0
    while made < count:
        number += 1
        size = min(chance.randint(2, 8), count - made) if count - made != 1 else 1
        amounts = [chance.randint(-9_999_999, 9_999_999) for _ in range(size - 1)]
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(365))
        yield WrittenVoucher(
            chance.choice("ABCL"), str(number), day, f"Leverantörsfaktura {number}",
            tuple(_row(chance, amount, day) for amount in [*amounts, -sum(amounts)]),
        )  # fmt: skip
        made += size


def _row(chance: random.Random, amount: int, day: date) -> WrittenRow:
    text = f"{chance.choice(TEXTS)} {chance.randrange(10_000)}"
    if chance.random() < 0.05:
        text = f'Skärm 27" {text}'
    objects = (("1", f"{chance.randrange(1000):04d}"), ("6", f"P{chance.randrange(200)}"))
    return WrittenRow(str(chance.randint(3000, 8999)), amount, objects, day, text)


def make(rows: int) -> bytes:
    """Write the file."""
    accounts = {str(number): AccountInfo(f"Konto {number}", "") for number in range(3000, 9000)}
    head = Head(
        "Samsyn bench", "1", "Lillköping", "212000-0000", date(2027, 1, 15),
        {0: (date(2026, 1, 1), date(2026, 12, 31))}, accounts, {"1": "Ansvar", "6": "Projekt"},
    )  # fmt: skip
    return write_sie(head, vouchers(rows), checksum=True)


def timed(work: Callable[[], object], times: int) -> float:
    """Return the median of ``times`` measurements in seconds."""
    found = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        result = work()
        found.append(time.perf_counter() - start)
        del result
    return sorted(found)[len(found) // 2]


def main() -> None:
    """Print one table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    read_sie(make(100))  # what is loaded on first use is not reading
    data = make(rows)
    gc.collect()
    lines = timed(data.splitlines, 3)
    before = _reset_peak()
    read = timed(lambda: read_sie(data), 3)
    file = read_sie(data)
    assert file.row_count == rows and file.net_ore == 0 and not file.problems, file.problems[:3]
    size = len(data) / 1e6
    print(f"{platform.machine()}, Python {platform.python_version()}, pyarrow {pyarrow.__version__}, "
          f"numpy {numpy.__version__}")  # fmt: skip
    print(f"{'SIE 4, rows':<28}{rows:>12,}")
    print(f"{'size, MB':<28}{size:>12.1f}")
    print(f"{'splitlines, s':<28}{lines:>12.3f}")
    print(f"{'read_sie, s':<28}{read:>12.3f}")
    print(f"{'ratio':<28}{read / lines:>12.1f}")
    print(f"{'MB/s':<28}{size / read:>12.1f}")
    print(f"{'peak while reading, MB':<28}{_peak_mb():>12.0f}")
    print(f"{'of which before reading':<28}{before:>12.0f}")


def _reset_peak() -> float:
    """Let the peak start anew where Linux allows it; return the memory held now, in MB."""
    try:
        with open("/proc/self/clear_refs", "w") as control:  # noqa: PTH123 - a kernel file
            control.write("5")
    except OSError:
        pass
    return _status("VmRSS")


def _peak_mb() -> float:
    return _status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _status(name: str) -> float:
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123 - a kernel file
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))
    except (OSError, StopIteration):
        return 0.0


if __name__ == "__main__":
    main()
