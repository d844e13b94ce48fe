"""What every test may ask for: a clean data folder, a municipality, its people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings as hypothesis

from samsyn.core.scoping import in_municipality
from samsyn.organisation.queries import municipality_with_code
from tests import personas

# a loaded machine is slow, not wrong
hypothesis.register_profile("house", deadline=None, derandomize=True)
hypothesis.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database, which is all that a second database can answer differently."""
    for item in items:
        asks = "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db")
        if asks and not item.get_closest_marker("one_database"):
            item.add_marker("database")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many of the tests that passed had asked a database."""
    passed = [each for each in terminalreporter.getreports("passed") if "database" in each.keywords]
    if passed:
        terminalreporter.write_line(f"{len(passed)} passed with a database")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    """Give each test a data folder of its own, and nothing that another remembered."""
    cache.clear()
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return tmp_path


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Forget the language that a page of the test before was asked for in."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Found Lillby once; each test takes back what it did to it."""
    with django_db_blocker.unblock():
        municipality = personas.municipality("lillby", "Lillby")
        with in_municipality(municipality):
            personas.load_organisation(municipality)


@pytest.fixture
def lillby(db: Any) -> Iterator[Any]:
    """A small municipality with its scope open: two schools below one administration."""
    municipality = municipality_with_code("lillby")
    with in_municipality(municipality):
        yield municipality


@pytest.fixture
def shared_data() -> Path:
    """The folder of real files beside the repository; skip where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.exists():
        pytest.skip("../shared/data is absent")
    return folder
