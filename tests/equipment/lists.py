"""Lists of devices for the tests."""

from datetime import datetime
from typing import Any

from samsyn.equipment import operations, queries
from samsyn.equipment.queries import Asked
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers_equipment import EQUIPMENT
from tests import personas
from tests.personas import AT

HEAD = (
    "Serienummer;Inventarienummer;Typ;Tillverkare;Modell;Användare;Enhet;Utlämnad;Leasingavtal;Leasing fr.o.m.;"
    "Leasing t.o.m.;Månadshyra;Restvärde;Utköpspris;Skick vid återlämning;Stöldmärkt\n"
)
FILE = (
    HEAD + "ex-1;I1;Dator;Exempel;Bok 14;Exempel Person 1;Norra skolan;2025-08-15;L7;2024-07-01;2026-06-30;310;450;900;"
    "Hel, med laddare;ja\n"
    "ex-2;I2;Surfplatta;Exempel;Platta 9;;NORRA;2025-01-10;;;;;;;;\n"
    "ex-3;I3;Elevdator;Exempel;Bok 11;Exempel Person 3;Södra skolan;2024-01-10;L7;2023-03-01;2026-02-28;200;;;;nej\n"
    "ex-4;I4;Skärm;Exempel;Skärm 24;Exempel Person 4;;;;;;;;;;\n"
)


def load(place: Any, text: str = FILE, *, dry_run: bool = False, at: datetime = AT) -> Loaded:
    """Load a list as the controller."""
    data = text.encode()
    file = read_register(data, EQUIPMENT, propose_register(data, EQUIPMENT).profile)
    return operations.load_equipment(
        municipality=place, file=file, data=data, name="list.csv", by=personas.person(place, "controller"), at=at,
        dry_run=dry_run,
    )  # fmt: skip


def device(serial: str) -> Any:
    """Return a device by its serial number."""
    return queries.devices(Asked(text=serial), None).devices[0]
