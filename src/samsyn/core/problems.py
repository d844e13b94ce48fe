"""Describe what is wrong in a file: a value with its place, not an exception."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Severity = Literal["error", "warning"]


class SheetLine(int):
    """The number of a row in its sheet, where a list lies on several; people read both: ``3 (2025)``."""

    sheet: str

    def __new__(cls, line: int, sheet: str = "") -> "SheetLine":
        """Make one; without a sheet only a copy does, that fills it in afterwards."""
        made = super().__new__(cls, line)
        made.sheet = sheet
        return made

    def __str__(self) -> str:
        return f"{int(self)} ({self.sheet})"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an imported file.

    ``line`` and ``column`` count from 1 (0: the file as a whole); in a workbook the column is named, as in
    ``Services.price_kr``, or the line knows its sheet (`SheetLine`). An error refuses the file whole, a warning does
    not. ``message`` is an English message id with ``%(found)s``, ``%(expected)s``, ``%(line)s`` placeholders.
    """

    line: int
    column: int | str
    severity: Severity
    code: str
    found: str
    expected: str
    message: str

    def sentence(self, translate: Any = None) -> str:
        """Return the message filled, in the reader's language when ``translate`` is given."""
        translate = translate or str
        expected = self.expected and translate(self.expected)
        facts = {"found": self.found, "expected": expected, "line": self.line, "column": self.column}
        return str(translate(self.message) % facts)

    def as_json(self) -> dict[str, object]:
        """Return the fields in the order the command line prints them."""
        return {**asdict(self), "message": self.sentence()}


def has_errors(problems: list[Problem]) -> bool:
    """Tell whether any problem refuses the file."""
    return any(problem.severity == "error" for problem in problems)


def told_once(problems: Iterable[Problem], code: str, message: str) -> list[Problem]:
    """Say once what was found on many rows: of problems of a code that found the same the first stays.

    ``expected`` becomes the number of rows, for ``message`` to tell.
    """
    listed = list(problems)
    rows = Counter(each.found for each in listed if each.code == code)
    found: list[Problem] = []
    for each in listed:
        if each.code != code:
            found.append(each)
        elif times := rows.pop(each.found, 0):
            found.append(replace(each, expected=str(times), message=message))
    return found
