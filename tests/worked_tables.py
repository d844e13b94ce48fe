"""Read the worked tables of docs/algorithms, so that the tests can replay them."""

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs" / "algorithms"


def table(page: str, *columns: str) -> list[dict[str, str]]:
    """Return the rows of the table on a page whose header begins with these columns."""
    rows: list[dict[str, str]] = []
    header: list[str] = []
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells and rows:
            return rows
        if header and not set(cells[0]) <= set("-"):
            rows.append(dict(zip(header, cells, strict=True)))
        if tuple(cells[: len(columns)]) == columns:
            header = cells
    if not rows:
        raise LookupError(f"{page} has no table {columns}")
    return rows


def number(text: str) -> int:
    """Read ``−1 234`` as −1234."""
    return int(text.replace(" ", "").replace("\u2212", "-"))


def pairs(text: str) -> dict[str, int]:
    """Read ``a 1, b −2`` as a mapping."""
    return {part.split(" ", 1)[0]: number(part.split(" ", 1)[1]) for part in text.split(", ")}
