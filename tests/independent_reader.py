"""Read the demo's raw files with nothing of the product: its word against ours."""

import re
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

_ROW = re.compile(r"\s*#TRANS\s+(\d+)\s+\{[^}]*\}\s+(-?)(\d+)\.(\d\d)")
_VOUCHER = re.compile(r'\s*#VER\s+"?([^"\s]+)"?\s+"?([^"\s]+)"?')


def book(path: Path) -> dict[int, tuple[str, str, int]]:
    """Return {line: (voucher, account, öre)} of a SIE file."""
    found, voucher = {}, ""
    for number, line in enumerate(path.read_bytes().decode("cp437").splitlines(), 1):
        if head := _VOUCHER.match(line):
            voucher = f"{head[1]} {head[2]}"
        elif row := _ROW.match(line):
            ore = int(row[3]) * 100 + int(row[4])
            found[number] = (voucher, row[1], -ore if row[2] else ore)
    return found


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by column name."""
    grid = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    return [dict(zip(grid[0], row, strict=True)) for row in grid[1:]]


def twelfth(ore: int, month: int) -> int:
    """Return what falls on one month (0 is the first) of a yearly invoice; the first months take the odd öre."""
    return ore // 12 + (1 if month < ore % 12 else 0)
