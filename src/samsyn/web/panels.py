"""Let a room show itself on another room's page without either knowing the other."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Panel = Callable[..., str]
_places: dict[str, dict[str, tuple[int, Panel]]] = defaultdict(dict)


def register(place: str, order: int, panel: Panel) -> None:
    """Hang ``panel`` at ``place``; a lower ``order`` comes first. The same function again replaces itself."""
    _places[place][f"{panel.__module__}.{panel.__qualname__}"] = (order, panel)


def panels_for(place: str, **context: Any) -> list[str]:
    """Return the HTML of every panel at ``place`` that has something to say, in order, ties by name."""
    ordered = sorted(_places[place].items(), key=lambda item: (item[1][0], item[0]))
    return [html for _, (_, panel) in ordered if (html := panel(**context))]
