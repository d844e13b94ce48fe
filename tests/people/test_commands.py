"""Say on the command line who acts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.core.refusals import Refusal
from samsyn.people.models import Person


def dry_run(actor: str, path: Path) -> dict[str, Any]:
    path.write_text("System\nTumstocken\n")
    out = StringIO()
    call_command(
        "import_systems", str(path), "--as", actor, "-m", "lillby", "--propose", "--dry-run", "--json", stdout=out
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_whoever_acts_may_be_named_by_mail_address(lillby: Any, tmp_path: Path) -> None:
    person = Person.objects.get(code="controller")
    person.email = "Controller.One@lillby.example"
    person.save()
    assert dry_run("controller.one@LILLBY.example", tmp_path / "systems.csv")["created"] == 1


def test_an_address_of_two_names_nobody(lillby: Any, tmp_path: Path) -> None:
    Person.objects.filter(code__in=("controller", "approver")).update(email="both@lillby.example")
    with pytest.raises(Refusal, match="actor_unknown"):
        dry_run("both@lillby.example", tmp_path / "systems.csv")


def test_a_name_that_is_nobodys_is_told_with_the_names_like_it(lillby: Any, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        dry_run("kontroller", tmp_path / "systems.csv")
    assert "Names like it: controller" in str(refused.value.sentence())
