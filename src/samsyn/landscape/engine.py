"""Say where an integration stands, which claims contradict each other, what a standard asks for, and how units that
fill a field differ. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["planned", "running", "ended"]
Order = Literal["decided", "one", "competing", "nobody"]
Due = Literal["fine", "stands", "excepted", "overdue"]
Filled = Literal["otherwise", "again", "unknown", "agreed"]


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


@dataclass(frozen=True, slots=True)
class Note:
    """How one unit fills a field, as it was on a day; ``number`` tells which of two of a day was written last."""

    unit: str
    practice: str
    way: str
    seen: date
    number: int


@dataclass(frozen=True, slots=True)
class Variance:
    """How a field is filled: ``states`` by unit; ``ways`` other than the agreed one, each with its units.

    ``unasked``: who uses the field and has said nothing, and nobody above or below has for them.
    """

    states: Mapping[str, Filled]
    ways: Mapping[str, tuple[str, ...]]
    unasked: tuple[str, ...]

    @property
    def otherwise(self) -> int:
        """Return how many units fill the field in another way than agreed."""
        return sum(state == "otherwise" for state in self.states.values())


def latest(notes: Iterable[Note]) -> dict[str, Note]:
    """Return the note that holds for each unit: what was seen last; a newer note follows an older one."""
    return {each.unit: each for each in sorted(notes, key=lambda each: (each.unit, each.seen, each.number))}


def variance(
    notes: Iterable[Note], users: Iterable[str], below: Mapping[str, Sequence[str]], changed: date | None = None
) -> Variance:
    """Return how the units that use a system fill one of its fields.

    ``users``: the units that use it, ``below`` the units below each. ``changed``: the day the meaning of the field last
    changed; who did as agreed before it is to be asked again, and who did otherwise still does until somebody says
    else. Two units that say the same of their way, whatever the letters, have one way. Source: demands row 113.
    """
    held = latest(notes)
    states: dict[str, Filled] = {unit: _filled(note, changed) for unit, note in sorted(held.items())}
    said: dict[str, list[Note]] = {}
    for unit, state in states.items():
        if state == "otherwise":
            said.setdefault(" ".join(held[unit].way.casefold().split()).rstrip("."), []).append(held[unit])
    ways = {min(note.way for note in each): tuple(note.unit for note in each) for _, each in sorted(said.items())}
    return Variance(states, ways, _unasked(users, below, set(held)))


def _filled(note: Note, changed: date | None) -> Filled:
    if note.practice == "agreed":
        return "again" if changed and note.seen < changed else "agreed"
    return "otherwise" if note.practice == "otherwise" else "unknown"


def _unasked(users: Iterable[str], below: Mapping[str, Sequence[str]], asked: set[str]) -> tuple[str, ...]:
    """Return the topmost units in whose whole part of the tree nobody has said anything."""

    def silent(unit: str) -> list[str]:
        if unit in asked:
            return []
        parts = [(each, silent(each)) for each in below.get(unit, ())]
        # where nobody below has spoken either, the whole of it is silent
        return [unit] if all(found == [each] for each, found in parts) else [one for _, found in parts for one in found]

    return tuple(dict.fromkeys(one for user in users for one in silent(user)))
