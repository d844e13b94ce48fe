"""What every test may ask for: a clean data folder, a municipality, its people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis

from samsyn.core.scoping import in_municipality
from tests import personas

# a loaded machine is slow, not wrong
hypothesis.register_profile("house", deadline=None, derandomize=True)
hypothesis.load_profile("house")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    """Give each test a data folder of its own."""
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return tmp_path


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Forget the language that a page of the test before was asked for in."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def lillby(db: Any) -> Iterator[Any]:
    """A small municipality with its scope open: two schools below one administration."""
    municipality = personas.municipality("lillby", "Lillby")
    with in_municipality(municipality):
        personas.load_organisation(municipality)
        yield municipality


@pytest.fixture
def shared_data() -> Path:
    """The folder of real files beside the repository; skip where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.exists():
        pytest.skip("../shared/data is absent")
    return folder
