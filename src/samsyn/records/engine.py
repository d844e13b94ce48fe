"""Say what changed between two versions of a document, and how much of it is filled in. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Row = Mapping[str, str]  # column → words


@dataclass(frozen=True, slots=True)
class Changed:
    """What a later version says otherwise of one thing: (column, before, after) in the order of the columns."""

    key: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, went and changed between two versions, by the key of the thing a row is about."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[Changed, ...]

    @property
    def is_none(self) -> bool:
        """Tell whether both say the same."""
        return not (self.came or self.went or self.changed)


def difference(before: Mapping[str, Row], now: Mapping[str, Row], columns: Sequence[str], name: str) -> Difference:
    """Return what a later version says otherwise; ``name`` is the column a thing is called by.

    Rows are compared by their keys, so that their order does not matter; a column one of them lacks counts as empty.
    """
    changed = []
    for key in sorted(before.keys() & now.keys()):
        fields = tuple(
            (column, before[key].get(column, ""), now[key].get(column, ""))
            for column in columns if before[key].get(column, "") != now[key].get(column, "")
        )  # fmt: skip
        if fields:
            changed.append(Changed(key, now[key].get(name, key), fields))
    return Difference(
        tuple(now[key].get(name, key) for key in sorted(now.keys() - before.keys())),
        tuple(before[key].get(name, key) for key in sorted(before.keys() - now.keys())), tuple(changed),
    )  # fmt: skip


def filled(rows: Iterable[Row], wanted: Sequence[str]) -> tuple[int, int]:
    """Return how many of the wanted cells hold something, and how many there are."""
    cells = [bool(row.get(column)) for row in rows for column in wanted]
    return sum(cells), len(cells)


def next_supervision(done: date) -> date:
    """Return the day a year after one a processor was supervised on; after 29 February, the last of February."""
    after = done + timedelta(1)
    return after.replace(year=after.year + 1) - timedelta(1)
