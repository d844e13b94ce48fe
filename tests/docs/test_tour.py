"""The tour of the house names only what is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

TOUR = Path(__file__).parents[2] / "docs" / "tour.md"
NAMES = sorted(set(re.findall(r"`(samsyn(?:\.\w+)+)`", TOUR.read_text())))


def found(name: str) -> bool:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            thing = getattr(thing, part, None)
        return thing is not None
    return False


def test_the_tour_names_something() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_tour_is_alive(name: str) -> None:
    assert found(name), f"docs/tour.md names {name}, which is gone"
