"""Add, change and remove rows of a model version's document, and say how two documents differ. Pure.

A row is named as people name it (``row_name``) and found by its line: the row it has in the workbook, from 2.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from samsyn.core.refusals import Refusal
from samsyn.costing.engine.content import Content, Fault, Row, faults

FIRST_LINE, NAMED_AT_MOST = 2, 50
NAMED_BY = {"services": ("code", "valid_from"), "flows": ("from", "to", "valid_from")}
# part → the columns of other parts that name its codes
NAMED_IN: dict[str, tuple[tuple[str, str], ...]] = {
    "pools": (("flows", "from"), ("rules", "pool")),
    "cost_types": (("rules", "cost_type"),),
    "services": (("flows", "from"), ("flows", "to"), ("flows", "volume_service")),
    "decisions": (("services", "decision"), ("rules", "decision")),
}
Place = tuple[str, int]


def row_name(part: str, row: Row) -> str:
    """Return what tells a row from the others of its part: its code, and where it has terms the day it begins."""
    return " ".join(str(row[column]) for column in NAMED_BY.get(part, ("code",)))


def row_on(content: Content, part: str, line: int) -> Row | None:
    """Return the row on a line."""
    rows = content.get(part, [])
    return rows[line - FIRST_LINE] if 0 <= line - FIRST_LINE < len(rows) else None


def line_of(content: Content, part: str, name: str) -> int | None:
    """Return the first line with a row of this name."""
    rows = enumerate(content.get(part, []), FIRST_LINE)
    return next((line for line, row in rows if row_name(part, row) == name), None)


def with_row(content: Content, part: str, line: int | None, row: Row | None) -> dict[str, list[Row]]:
    """Return the content with a row on a line replaced, without it (no row), or with one more (no line)."""
    rows, new = list(content.get(part, [])), [] if row is None else [row]
    start = len(rows) if line is None else line - FIRST_LINE
    return {**content, part: [*rows[:start], *new, *rows[start + 1 :]]}


def hanging_on(content: Content, part: str, line: int) -> list[Place]:
    """Return where the row on a line is named, unless another row with the same code stays."""
    rows = content.get(part, [])
    if part not in NAMED_IN or sum(row["code"] == rows[line - FIRST_LINE]["code"] for row in rows) > 1:
        return []
    code, found = rows[line - FIRST_LINE]["code"], {}
    for other, column in NAMED_IN[part]:
        for place, row in enumerate(content.get(other, []), FIRST_LINE):
            if row.get(column) == code:
                found[other, place] = True
    return list(found)


def new_faults(before: Content, after: Content) -> list[Refusal]:
    """Return the faults a change brings: those that were not there before it."""
    known = Counter(fault.sentence() for fault in faults(before))
    found = []
    for fault in faults(after):
        known[fault.sentence()] -= 1
        if known[fault.sentence()] < 0:
            found.append(fault)
    return found


def place_of(content: Content, refusal: Refusal) -> Place | None:
    """Return the row a refusal speaks of: it says so itself, or by the code it names."""
    if isinstance(refusal, Fault):
        return refusal.part, refusal.index + FIRST_LINE
    name, receiver = refusal.facts.get("name"), refusal.facts.get("receiver")
    for part, column in (("services", "code"), ("pools", "code"), ("flows", "from")):
        for line, row in enumerate(content.get(part, []), FIRST_LINE):
            # what names both ends speaks of the flow between them
            if row[column] == name and receiver == (row["to"] if receiver and part == "flows" else None):
                return part, line
    return None


@dataclass(frozen=True)
class Difference:
    """One row that came (no ``before``), went (no ``after``) or changed."""

    part: str
    before: Row | None
    after: Row | None

    @property
    def verb(self) -> str:
        """Return add, change, end or remove, as the history names it."""
        if self.before is None or self.after is None:
            return "add" if self.after else "remove"
        return "end" if self.columns == ["valid_until"] and self.after["valid_until"] else "change"

    @property
    def name(self) -> str:
        """Return the name the row had, or has if it is new."""
        return row_name(self.part, self.before or self.after or {})

    @property
    def columns(self) -> list[str]:
        """Return the columns that differ."""
        before, after = self.before or {}, self.after or {}
        return [column for column in {**before, **after} if (before.get(column) or "") != (after.get(column) or "")]


def differences(before: Content, after: Content) -> Iterator[Difference]:
    """Pair the rows of two documents by name, then by code alone, and return those that differ."""
    for part in sorted({*before, *after}):
        gone, come = _rows(before, part), _rows(after, part)
        old = [json.loads(row) for row in (gone - come).elements()]
        new = [json.loads(row) for row in (come - gone).elements()]
        for columns in (NAMED_BY.get(part, ("code",)), NAMED_BY.get(part, ("code",))[:-1] or ("code",)):
            for row in list(new):
                same = [each for each in old if all(each[column] == row[column] for column in columns)]
                if same:
                    old.remove(same[0])
                    new.remove(row)
                    yield Difference(part, same[0], row)
        yield from (Difference(part, row, None) for row in old)
        yield from (Difference(part, None, row) for row in new)


def summary(found: Iterable[Difference]) -> dict[str, Any]:
    """Return which rows came, changed and went: how many of each, and ``NAMED_AT_MOST`` of them by name."""
    kinds = {"add": "added", "remove": "removed", "change": "changed", "end": "changed"}
    counts: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    for count, each in enumerate(found):
        kind = kinds[each.verb]
        counts[f"{kind}_rows"] += 1
        if count < NAMED_AT_MOST:
            columns = f" ({', '.join(each.columns)})" if kind == "changed" else ""
            names.setdefault(kind, []).append(f"{each.part} {each.name}{columns}")
    return {**counts, **{kind: "; ".join(named) for kind, named in names.items()}}


def _rows(content: Content, part: str) -> Counter[str]:
    return Counter(json.dumps(row, sort_keys=True) for row in content.get(part, []))
