"""Lists of devices as tools and people write them: what each column is taken for, and what is kept as received."""

from datetime import date
from typing import Any

import pytest

from samsyn.formats.register_table import propose_register, read_register
from samsyn.formats.registers_equipment import EQUIPMENT

# what a management tool for computers exports, its columns in English and in Swedish
MANAGED = """Device ID,Device name,Enrolled date,Serial number,Manufacturer,Model,Primary user UPN,Primary user email \
address,Primary user display name,OS,Compliance
8c1f,PC-0017,2025-03-04 08:12:33.0000000,EX0017,Exempel,Bok 14,p17@example.org,p17@example.org,Exempel Person 17,X,yes
"""
MANAGED_SWEDISH = """Enhetsnamn,Registreringsdatum,Serienummer,Tillverkare,Modell,Primär användares visningsnamn,Regel
PC-0017,2025-03-04,EX0017,Exempel,Bok 14,Exempel Person 17,ja
"""
# what a tool for inventories exports
INVENTORY = """Asset Name,Asset Tag,Serial,Model,Category,Checked Out To,Location,Purchase Date,Purchase Cost,Supplier,\
Warranty Expires,Checkout Date
PC-0017,I0017,EX0017,Bok 14,Laptop,Exempel Person 17,Hus A,2024-02-01,"9,450.00",Exempel AB,2027-02-01,2024-02-10
"""
SWEDISH = """Utrustningslista 2026;;;;;;;;;;;
Stöldmärkning;Typ;Serienr;Modell;Användare;Skola;Leasingavtal;Leasing t.o.m.;Månadshyra;Restvärde;Friköp;Garanti slut
I0017;Elevdator;EX0017;Bok 11;Exempel Person 17;Almskolan;L7;2026-06-30;210 kr;450;1 234,50;2027-01-31
"""
DANISH = """Udstyrstype;Serienummer;Bruger;Afdeling;Indkøbsdato;Indkøbspris;Leasingaftale;Leasing udløber;\
Månedlig ydelse;Restværdi;Frikøbspris;Stand ved aflevering;Ansvarlig
Bærbar;EX0017;Eksempel Person 17;Skolen;01-02-2024;"9.450,00";L7;31-12-2026;"210,50";450;900;Hel;Eksempel Person 1
"""


def read(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    data = text.encode()
    file = read_register(data, EQUIPMENT, propose_register(data, EQUIPMENT).profile)
    assert file.problems == []
    return file.rows[0].values, file.rows[0].received


def test_a_management_tools_list_is_read_by_its_own_names() -> None:
    values, received = read(MANAGED)
    assert values == {
        "name": "PC-0017", "held_since": date(2025, 3, 4), "serial": "EX0017", "manufacturer": "Exempel",
        "model": "Bok 14", "user_name": "Exempel Person 17",
    }  # fmt: skip
    assert received["OS"] == "X" and received["Primary user UPN"] == "p17@example.org"


def test_it_is_read_in_swedish_too() -> None:
    values, received = read(MANAGED_SWEDISH)
    assert (values["name"], values["user_name"], values["held_since"]) == (
        "PC-0017", "Exempel Person 17", date(2025, 3, 4)
    )  # fmt: skip
    assert received == {"Regel": "ja"}


def test_an_inventory_is_read_and_its_warranty_is_not_taken_for_a_lease() -> None:
    values, received = read(INVENTORY)
    assert values == {
        "name": "PC-0017", "asset_tag": "I0017", "serial": "EX0017", "model": "Bok 14", "kind": "Laptop",
        "user_name": "Exempel Person 17", "site": "Hus A", "purchase_date": date(2024, 2, 1),
        "purchase_ore": 945_000, "supplier": "Exempel AB", "held_since": date(2024, 2, 10),
    }  # fmt: skip
    assert received == {"Warranty Expires": "2027-02-01"}


def test_a_swedish_spreadsheet_gives_its_leases() -> None:
    values, received = read(SWEDISH)
    assert values == {
        "asset_tag": "I0017", "kind": "Elevdator", "serial": "EX0017", "model": "Bok 11",
        "user_name": "Exempel Person 17", "unit": "Almskolan", "lease_number": "L7",
        "lease_end_date": date(2026, 6, 30), "lease_month_ore": 21_000, "residual_ore": 45_000,
        "buy_out_ore": 123_450,
    }  # fmt: skip
    assert received == {"Garanti slut": "2027-01-31"}


def test_a_danish_spreadsheet_gives_its_leases() -> None:
    values, received = read(DANISH)
    assert values == {
        "kind": "Bærbar", "serial": "EX0017", "user_name": "Eksempel Person 17", "unit": "Skolen",
        "purchase_date": date(2024, 2, 1), "purchase_ore": 945_000, "lease_number": "L7",
        "lease_end_date": date(2026, 12, 31), "lease_month_ore": 21_050, "residual_ore": 45_000,
        "buy_out_ore": 90_000, "return_condition": "Hel", "responsible": "Eksempel Person 1",
    }  # fmt: skip
    assert received == {}


def test_a_column_whose_values_return_numbers_no_devices() -> None:
    hosts = "".join(f"PC-{each},S-{each % 4}\n" for each in range(20))
    found = propose_register(f"Computer Name,ID\n{hosts}".encode(), EQUIPMENT).profile.fields
    assert found == {"name": "Computer Name"}
    own = "".join(f"PC-{each},S-{each}\n" for each in range(20))
    found = propose_register(f"Computer Name,ID\n{own}".encode(), EQUIPMENT).profile.fields
    assert found == {"asset_tag": "ID", "name": "Computer Name"}


def test_where_a_role_says_the_kind_the_type_is_the_model() -> None:
    table = "name,role,device_type,serial,site,location\nsw-1,access-switch,c9300,F1,Hus A,Källare\n"
    values, received = read(table)
    assert values == {"name": "sw-1", "kind": "access-switch", "model": "c9300", "serial": "F1", "site": "Hus A"}
    assert received == {"location": "Källare"}
    assert read("name,device type,serial\nsw-1,switch,F1\n")[0]["kind"] == "switch"


@pytest.mark.parametrize("each", EQUIPMENT.fields, ids=lambda each: each.name)
def test_no_word_stands_for_two_fields(each: Any) -> None:
    # where a role says what a device is for, its type says which one it is
    both = {"device type"}
    others = {word for field in EQUIPMENT.fields if field is not each for word in field.words}
    assert set(each.words) & others <= both and len(set(each.words)) == len(each.words)
