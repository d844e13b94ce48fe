"""Load a list somebody else has written, as a newcomer does: in the browser, for every room that has one."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samsyn.contracts import queries as contracts
from samsyn.systems import queries as systems
from tests import personas

CONTRACTS = "Dnr;Avtal;Motpart;Slutdatum;Slask\n1;Skrivare;Exempel AB;2027-12-31;x\n2;Papper;Exempel AB;2028-12-31;y\n"


def browser(place: Any, code: str = "controller") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def bring(client: Client, where: str, text: str, name: str = "lista.csv") -> str:
    answer = client.post(f"/lillby/{where}/load/", {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302
    return str(answer["Location"])


def columns(client: Client, here: str) -> dict[str, str]:
    form = client.get(here).context["form"]
    return {name: field.initial for name, field in form.fields.items()}


def test_nothing_is_loaded_before_somebody_has_seen_what_it_would_do(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "contracts", CONTRACTS)
    page = client.get(here).content.decode()
    assert "The list adds 2 and changes 0" in page and "We have guessed what 4 columns are" in page
    assert contracts.contracts().contracts == []
    client.post(here, {**columns(client, here), "do": "load"})
    assert [each.name for each in contracts.contracts().contracts] == ["Papper", "Skrivare"]
    assert contracts.contracts().contracts[0].received == {"Slask": "y"}


def test_somebody_says_that_a_column_is_something_else_and_sees_what_that_changes(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "contracts", CONTRACTS)
    chosen = {**columns(client, here), "column_4": "category"}
    page = client.post(here, {**chosen, "do": "look"}).content.decode()
    assert contracts.contracts().contracts == [] and '<option value="category" selected>' in page
    client.post(here, {**chosen, "do": "load"})
    assert contracts.contracts().contracts[0].category == "y"


def test_the_next_list_of_the_same_layout_is_read_the_same_way(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "contracts", CONTRACTS)
    client.post(here, {**columns(client, here), "column_4": "category", "do": "load"})
    again = bring(client, "contracts", CONTRACTS.replace(";y", ";z"), "ny.csv")
    page = client.get(again).content.decode()
    assert "Its columns are read as those of lista.csv were" in page and "The list adds 0 and changes 1" in page


def test_two_columns_cannot_be_the_same(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "contracts", CONTRACTS)
    answer = client.post(here, {**columns(client, here), "column_4": "name", "do": "load"})
    assert answer.status_code == 422 and "says the same" in answer.content.decode()
    assert contracts.contracts().contracts == []


def test_a_list_without_names_is_refused_with_what_it_has(lillby: Any) -> None:
    client = browser(lillby)
    answer = client.get(bring(client, "systems", "Färg;Form\nröd;rund\n"))
    assert answer.status_code == 422 and "cannot be loaded as it is" in answer.content.decode()


def test_a_picture_is_no_list_and_the_page_says_so(lillby: Any) -> None:
    client = browser(lillby)
    answer = client.get(bring(client, "systems", "\x89PNG\r\n\x1a\n\0\0\0\0"))
    assert answer.status_code == 422 and "lista.csv cannot be loaded" in answer.content.decode()


def test_a_list_of_systems_comes_in_the_same_way(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "systems", "Applikation;Ägare\nTumstocken;Stadsarkitekten\n")
    client.post(here, {**columns(client, here), "do": "load"})
    assert systems.systems().systems[0].owner_name == "Stadsarkitekten"


def test_a_file_that_came_in_as_one_thing_is_not_shown_as_another(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "contracts", CONTRACTS)
    assert client.get(here.replace("contracts", "systems")).status_code == 404


def test_who_may_not_write_loads_nothing(lillby: Any) -> None:
    assert browser(lillby, "head").get("/lillby/contracts/load/").status_code == 403
