"""What a system is stands once for all municipalities; how each uses it, and what it says otherwise, is its own."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from samsyn.core.scoping import in_municipality
from samsyn.history.queries import changes_of_record
from samsyn.systems import operations, queries
from samsyn.systems.models import ItSystem
from tests import personas
from tests.personas import AT

FILE = """System,Former names,Supplier,Functions,Tasks,Interfaces,Owner
Mejlen,Posten,Exempel AB,mejl; kalender,27.35.04,IMAP,Ek
"""


@pytest.fixture
def grannby(db: Any) -> Any:
    place = personas.municipality("grannby", "Grannby")
    with in_municipality(place):
        personas.load_organisation(place)
    return place


def share(folder: Path, text: str = FILE, *more: str) -> dict[str, Any]:
    file, out = folder / "catalogue.csv", StringIO()
    file.write_text(text)
    call_command("import_catalogue", str(file), *more, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def add(place: Any, **told: Any) -> Any:
    with in_municipality(place):
        return operations.add_system(municipality=place, told=told, by="tests", at=AT)


def change(usage: Any, **told: Any) -> Any:
    with in_municipality(usage.municipality):
        return operations.change_system(usage=usage, told=told, known=usage.version, by="tests", at=AT)


def said(usage: Any) -> tuple[Any, ...]:
    with in_municipality(usage.municipality):
        found = queries.usage_with_code(usage.code)
        assert found is not None
        return (found.name, found.system.supplier, found.functions, found.tasks, found.interfaces,
                found.system.municipality is None)  # fmt: skip


def test_what_is_shared_answers_for_every_municipality(lillby: Any, grannby: Any, tmp_path: Path) -> None:
    loaded = share(tmp_path)
    assert (loaded["status"], loaded["created"], loaded["unplaced"]) == ("committed", 1, ["Owner"])
    for place in (lillby, grannby):
        usage = add(place, name="mejlen", purpose="Post")
        assert said(usage) == ("mejlen", "Exempel AB", ["mejl", "kalender"], ["27.35.04"], ["IMAP"], True)
        assert ",supplier," not in usage.missing
        with in_municipality(place):
            assert queries.system_codes()["posten"] == usage.code
            assert [each.code for each in queries.systems(text="kalender").systems] == [usage.code]
    assert share(tmp_path)["status"] == "duplicate"


def test_what_one_says_otherwise_becomes_its_own_and_changes_nothing_for_the_others(
    lillby: Any, grannby: Any, tmp_path: Path
) -> None:
    share(tmp_path)
    mine, theirs = add(lillby, name="Mejlen"), add(grannby, name="Mejlen")
    # what is only used otherwise goes on by the shared description
    assert said(change(mine, name="Vår mejl", supplier="Exempel AB", purpose="x"))[-1]
    mine.refresh_from_db()
    changed = said(change(mine, supplier="En annan AB"))
    assert changed == ("Vår mejl", "En annan AB", ["mejl", "kalender"], ["27.35.04"], ["IMAP"], False)
    assert said(theirs)[1] == "Exempel AB"
    # somebody who knows it under another supplier from the beginning
    assert said(add(lillby, name="MEJLEN", supplier="Tredje AB"))[1:2] == ("Tredje AB",)
    assert ItSystem.shared.get().supplier == "Exempel AB"


def test_a_system_used_twice_here_under_one_name_keeps_two_suppliers_apart(lillby: Any) -> None:
    first, second = add(lillby, name="Mejl", supplier="A"), add(lillby, name="Mejl", supplier="B")
    assert (said(first)[1], said(second)[1]) == ("A", "B")


def test_a_description_of_our_own_goes_over_where_the_shared_one_says_as_much(
    lillby: Any, grannby: Any, tmp_path: Path
) -> None:
    mine, theirs = add(lillby, name="Mejlen", functions=["mejl"]), add(grannby, name="Mejlen", supplier="Andra AB")
    share(tmp_path)
    assert said(mine)[1:] == ("Exempel AB", ["mejl", "kalender"], ["27.35.04"], ["IMAP"], True)
    assert said(theirs)[1:3] == ("Andra AB", [])
    with in_municipality(lillby):
        assert ItSystem.objects.count() == 0
        told = changes_of_record(lillby.key, mine.key)
    assert any("Exempel AB" in str(each) for each in told)


def test_what_the_administrator_changes_is_told_in_every_history(lillby: Any, tmp_path: Path) -> None:
    share(tmp_path)
    usage = add(lillby, name="Mejlen")
    assert share(tmp_path, FILE.replace("Exempel AB", "Nya AB"))["updated"] == 1
    assert said(usage)[1] == "Nya AB"
    with in_municipality(lillby):
        assert any("Nya AB" in str(each) for each in changes_of_record(lillby.key, usage.key))
        assert queries.systems(text="nya").systems


def test_a_dry_run_shares_nothing(lillby: Any, tmp_path: Path) -> None:
    assert share(tmp_path, FILE, "--dry-run")["status"] == "dry-run"
    assert not queries.is_shared()


@pytest.mark.parametrize(("speech", "words"), [("sv", "Lägg till"), ("da", "Tilføj")])
def test_a_system_is_added_from_the_catalogue(lillby: Any, tmp_path: Path, speech: str, words: str) -> None:
    share(tmp_path)
    client = Client(headers={"accept-language": speech})
    client.force_login(personas.person(lillby, "controller"), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/lillby/systems/catalogue/?text=mejl").content.decode()
    assert words in page and "Posten" in page
    key = ItSystem.shared.get().key
    assert 'value="Exempel AB"' in client.get(f"/lillby/systems/new/?of={key}").content.decode()
    usage = add(lillby, name="Mejlen")
    assert f"/lillby/systems/{usage.code}/" in client.get("/lillby/systems/catalogue/").content.decode()
    assert client.get("/lillby/systems/new/?of=nonsense").status_code == 200
