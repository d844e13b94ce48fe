"""Let a thing that was listed by mistake be removed, unless something hangs on it that another room knows of."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.core.refusals import N_, Refusal


@dataclass(frozen=True, slots=True)
class Hanging:
    """Something that hangs on a thing: what it is (a message), its name or day, its page and what names it there."""

    what: str
    name: str | date
    page: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removable:
    """A kind of thing that can be removed: who may, how it is found by what names it in addresses, and the verb.

    ``listed`` is the page it was listed on; ``instead`` says what to do with one that is simply no longer used.
    """

    right: str
    find: Callable[[str], Any]
    remove: Callable[..., None]
    listed: str
    instead: str = ""


Hangs = Callable[[Any], Iterable[Hanging]]
_hangs: dict[str, list[Hangs]] = defaultdict(list)
_removable: dict[str, Removable] = {}
NAMED = 5


def register_hanging(kind: str, hangs: Hangs) -> None:
    """Tell what hangs on a thing of a kind; a room above registers when it starts."""
    _hangs[kind].append(hangs)


def register_removable(kind: str, removable: Removable) -> None:
    """Tell how a thing of a kind is removed."""
    _removable[kind] = removable


def how_to_remove(kind: str) -> Removable | None:
    """Return how a thing of a kind is removed."""
    return _removable.get(kind)


def hanging_on(kind: str, thing: Any) -> list[Hanging]:
    """Return what hangs on a thing, room by room."""
    return [each for hangs in _hangs[kind] for each in hangs(thing)]


def refuse_hanging(kind: str, thing: Any) -> None:
    """Refuse ``in_use`` while something hangs on a thing."""
    if found := hanging_on(kind, thing):
        names = ", ".join([str(each.name) for each in found[:NAMED]] + ["…"] * (len(found) > NAMED))
        message = N_("It cannot be removed: %(count)s things hang on it (%(names)s).")
        raise Refusal("in_use", message, count=len(found), names=names)
