"""Say no in a way that a page, an API and a terminal can all show."""

from collections.abc import Callable
from typing import Any

_WRITERS: list[Callable[[Any], Any]] = []


def register_writer(write: Callable[[Any], Any]) -> None:
    """Let whoever knows the reader's language say how a fact, such as a day, is written in a translated sentence."""
    _WRITERS[:] = [write]


def N_(message: str) -> str:
    """Mark an English sentence for translation without translating it here."""
    return message


class Refusal(Exception):
    """A request that cannot be granted, with a stable code and the facts behind it.

    ``message`` is an English message id with ``%(name)s`` placeholders; ``facts`` fills them. The face
    that shows it translates first and fills afterwards (`sentence`).
    """

    def __init__(self, code: str, message: str, /, **facts: Any) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.facts = facts

    def sentence(self, translate: Any = None) -> str:
        """Return the filled sentence; ``translate`` maps a message id to the reader's language.

        Days are then written as pages write them, and else as 2026-03-31.
        """
        template, facts = translate(self.message) if translate else self.message, self.facts
        for write in _WRITERS if translate else ():
            facts = {name: write(value) for name, value in facts.items()}
        return str(template % facts) if facts else str(template)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"
