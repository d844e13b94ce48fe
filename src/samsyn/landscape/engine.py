"""Say where an integration stands on a day, which claims contradict each other, and what a standard asks for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["planned", "running", "ended"]
Order = Literal["decided", "one", "competing", "nobody"]
Due = Literal["fine", "stands", "excepted", "overdue"]


def status(start: date | None, end: date | None, on: date) -> Status:
    """Return where an integration stands on a day: it runs from its first day to its last one, both included.

    Without a first day it has always run; without a last one it runs on.
    """
    if start and start > on:
        return "planned"
    return "ended" if end and end < on else "running"


@dataclass(frozen=True, slots=True)
class Sources:
    """How a kind of data stands: ``source`` is the one register that counts, ``against`` those that claim it too."""

    order: Order
    source: str
    against: tuple[str, ...]


def sources(claiming: Iterable[str], decided: str) -> Sources:
    """Return which of the systems that claim to be the right register for a kind of data is.

    ``decided`` is the one somebody has decided on, or "". Who claims it beside the decided one contradicts it; several
    without a decision compete, and none of them is the source. Source: a data domain has one authoritative source
    (master data management; demands row 90).
    """
    found = sorted(set(claiming))
    if decided:
        return Sources("decided", decided, tuple(each for each in found if each != decided))
    if len(found) == 1:
        return Sources("one", found[0], ())
    return Sources("competing" if found else "nobody", "", tuple(found))


def due(stage: str, until: date | None, excepted_until: date | None, is_excepted: bool, on: date) -> Due:
    """Return how a system stands to a standard it is built on.

    Only what is on hold or to be left asks for anything. ``until``: the day it has to be left, its last; an exception
    holds until its own last day, or without one for good. Past both it is ``overdue``.
    """
    if stage not in ("hold", "retire"):
        return "fine"
    if is_excepted and (excepted_until is None or excepted_until >= on):
        return "excepted"
    late = until is not None and until < on
    return "overdue" if late or is_excepted else "stands"


def neighbours(links: Iterable[tuple[str, str]], centre: str) -> list[tuple[str, str]]:
    """Return the links of one system, and those between its neighbours."""
    links = list(links)
    near = {centre} | {other for pair in links if centre in pair for other in pair}
    return [pair for pair in links if set(pair) <= near]


def merged(links: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Return each link once with how often it stands there, in order; what goes both ways is two links."""
    found: dict[tuple[str, str], int] = {}
    for pair in links:
        found[pair] = found.get(pair, 0) + 1
    return [(a, b, count) for (a, b), count in sorted(found.items())]
