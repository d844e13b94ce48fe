"""Load a list somebody else has written, as a newcomer does: in the browser, for every room that has one."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samsyn.contracts import queries as contracts
from samsyn.formats.workbook import write_sheets
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


def test_the_only_column_that_can_be_the_name_of_one_row_is_taken_and_said_to_be_a_guess(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "systems", "Grunka;Leverantör;Avtalsslut\nSagsbogen;Exempel AB;2099-12-31\n")
    page = client.get(here).content.decode()
    assert "No header says what they are called. We have taken the column “Grunka”." in page
    assert "The list adds 1" in page and list(systems.systems().systems) == []
    # whoever chooses the column has said it: it is a guess no longer
    two = bring(client, "systems", "Grunka;Annat;Leverantör\nSagsbogen;Hej;Exempel AB\n")
    page = client.get(two)
    assert page.status_code == 422 and "Choose the one that does" in page.content.decode()
    page = client.post(two, {**columns(client, two), "column_1": "name", "do": "look"}).content.decode()
    assert "The list adds 1" in page and "No header says" not in page


def test_a_list_of_devices_without_headers_is_refused_with_what_to_do(lillby: Any) -> None:
    client = browser(lillby)
    rows = "Latitude 5420;5CD0001;Norra skolan;2024-03-01\nLatitude 5420;5CD0002;Norra skolan;2024-03-01\n"
    here = bring(client, "equipment", rows)
    page = client.get(here)
    said = page.content.decode()
    assert page.status_code == 422 and "The list has no headers, and no column is known to give the serial" in said
    assert "Choose the one that does, or write headers above the rows." in said
    page = client.post(here, {**columns(client, here), "column_1": "serial", "do": "look"}).content.decode()
    assert "The list adds 2" in page
    worded = bring(client, "equipment", "5CD0001;Norra skolan\n5CD0002;Norra skolan\n", "ord.csv")
    said = client.get(worded).content.decode()
    assert "or say that the list has no headers if these are none: 5CD0001, Norra skolan." in said


def test_somebody_says_on_which_line_the_headers_are_and_the_list_is_read_from_there(lillby: Any) -> None:
    client = browser(lillby)
    text = "Färg;Form\nröd;rund\nFörteckning;Slask\nMejl;x\nKalender;y\n"
    here = bring(client, "systems", text)
    assert "Read it from there" in client.get(here).content.decode()
    there = f"{here}?headers=3"
    page = client.get(there).content.decode()
    assert 'value="3"' in page and ">Förteckning<" in page
    client.post(there, {**columns(client, there), "column_0": "name", "do": "load"})
    assert [each.name for each in systems.systems().systems] == ["Kalender", "Mejl"]
    again = client.get(bring(client, "systems", text + "Karta;z\n")).content.decode()
    assert "Its columns are read as those of lista.csv were" in again and "The list adds 1 and changes 0" in again


def test_a_list_without_headers_loads_whole_under_the_numbers_of_its_columns(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "systems", "Mejl;Exempel AB\nKalender;Provdata AB\n")
    there = f"{here}?headers=0"
    client.post(there, {**columns(client, there), "column_0": "name", "column_1": "supplier", "do": "load"})
    assert [each.name for each in systems.systems().systems] == ["Kalender", "Mejl"]


def test_another_sheet_than_the_largest_can_be_read(lillby: Any) -> None:
    client = browser(lillby)
    book = write_sheets({"Logg": (["A", "B"], [["x", "y"]] * 9), "Blad 2": (["System", "Leverantör"], [["Mejl", "X"]])})
    file = SimpleUploadedFile("lista.xlsx", book)
    here = client.post("/lillby/systems/load/", {"file": file})["Location"]
    assert '<option value="Logg" selected>' in client.get(here).content.decode()
    there = f"{here}?sheet=Blad+2&headers=1"
    client.post(there, {**columns(client, there), "do": "load"})
    assert [each.name for each in systems.systems().systems] == ["Mejl"]


def test_a_place_that_is_none_is_refused_beside_the_field(lillby: Any) -> None:
    client = browser(lillby)
    here = bring(client, "systems", "System;Slask\nMejl;x\n")
    answer = client.get(f"{here}?headers=-1")
    assert answer.status_code == 200 and "Write 0 or more." in answer.content.decode()


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
