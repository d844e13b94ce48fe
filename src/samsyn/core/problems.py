"""Describe what is wrong in a file: a value with its place, not an exception."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an imported file.

    ``line`` and ``column`` count from 1 (0: the file as a whole). An error refuses the file whole, a
    warning does not. ``message`` is an English message id with ``%(found)s``, ``%(expected)s``,
    ``%(line)s`` placeholders.
    """

    line: int
    column: int
    severity: Severity
    code: str
    found: str
    expected: str
    message: str

    def sentence(self, translate: Any = None) -> str:
        """Return the message filled, in the reader's language when ``translate`` is given."""
        template = translate(self.message) if translate else self.message
        return str(
            template % {"found": self.found, "expected": self.expected, "line": self.line, "column": self.column}
        )

    def as_json(self) -> dict[str, object]:
        """Return the fields in the order the command line prints them."""
        return {**asdict(self), "message": self.sentence()}


def has_errors(problems: list[Problem]) -> bool:
    """Tell whether any problem refuses the file."""
    return any(problem.severity == "error" for problem in problems)
