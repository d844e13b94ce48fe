"""Adding a municipality on the command line."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samsyn.organisation.models import Municipality


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.django_db
def test_a_municipality_is_added_with_somebody_who_can_sign_in(typed: Any, client: Any) -> None:
    typed("ett-langt-losenord-31\n")
    out = io.StringIO()
    call_command("found_municipality", "storby", "Storby", administrator="eva", stdout=out)
    assert "eva" in out.getvalue() and Municipality.objects.get(code="storby").name == "Storby"
    answer = client.post("/storby/sign-in/", {"name": "eva", "password": "ett-langt-losenord-31"})
    assert (answer.status_code, answer["Location"]) == (302, "/storby/")


@pytest.mark.django_db
def test_one_that_exists_is_refused_in_words(typed: Any) -> None:
    typed("ett-langt-losenord-31\n")
    call_command("found_municipality", "storby", "Storby")
    typed("ett-langt-losenord-31\n")
    with pytest.raises(CommandError, match="There is a municipality “storby” already"):
        call_command("found_municipality", "storby", "Storby igen")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "\n"])
def test_without_a_password_nothing_is_left_half_made(typed: Any, text: str) -> None:
    typed(text)
    with pytest.raises(CommandError, match="password"):
        call_command("found_municipality", "storby", "Storby")
    assert not Municipality.objects.filter(code="storby").exists()
