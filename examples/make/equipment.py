"""The invented municipality's list of devices: 10 000 of them, with the gaps such lists have."""

import csv
import io
from datetime import date, timedelta
from random import Random

from make.places import Unit
from make.volumes import LISTED, _placed, base

COUNT = 10_000
TODAY = date(2026, 4, 1)
HEADERS = [
    "Inventarienummer", "Serienummer", "Typ", "Tillverkare", "Modell", "Användare", "Enhet", "Plats", "Utlämnad",
    "Inköpsdatum", "Inköpspris", "Leverantör", "Leasingavtal", "Leasing fr.o.m.", "Leasing t.o.m.", "Månadshyra",
    "Restvärde", "Utköpspris", "Skick vid återlämning", "Återlämnad", "Operativsystem",
]  # fmt: skip
# service → what it is called, its model, months of lease (0: bought), rent a month, residual value, price
KINDS = {
    "ELEVDATOR": ("Elevdator", "Skolbok 11", 36, 119, 350, 0), "PERSONALDATOR": ("Personaldator", "Kontorsbok 14", 36, 236, 900, 0),
    "DELAD": ("Delad dator", "Kontorsbok 13", 48, 148, 500, 0), "SURFPLATTA": ("Surfplatta", "Platta 9", 24, 142, 400, 0),
    "MOBIL": ("Telefon", "Telefon 5", 24, 118, 300, 0), "SKARM": ("Skärm", "Skärm 24", 0, 0, 0, 1_690),
    "UTSKRIFT": ("Skrivare", "Kopiator 300", 60, 690, 0, 0),
}  # fmt: skip
MARKS = {**LISTED, "SKARM": "SK", "UTSKRIFT": "UT"}
MAKERS = ["Exempeldata", "Nordbok Exempel", "Påhitt"]
HELD_BY_ONE = {"ELEVDATOR", "PERSONALDATOR", "MOBIL"}
CONDITION = "Hel, med laddare; normalt slitage"
STORED, GONE = 300, 600


def rows(units: list[Unit]) -> list[list[str]]:
    """Return the list: what is charged for in March 2026, more screens, what lies in store and what has gone back."""
    chance = Random(29)
    found = []
    counts = base(units)
    for service in KINDS:
        for code, count in sorted(counts[service].items()):
            found += [_row(chance, service, code, n) for n in range(1, count + 1)]
    offices = sorted(counts["SKARM"])
    screens = COUNT - len(found) - STORED - GONE
    found += [_row(chance, "SKARM", offices[n % len(offices)], 1000 + n // len(offices)) for n in range(screens)]
    found += [_row(chance, chance.choice(list(KINDS)), "", n) for n in range(1, STORED + 1)]
    for n in range(1, GONE + 1):
        row = _row(chance, "ELEVDATOR", chance.choice(sorted(counts["ELEVDATOR"])), 5000 + n, gone=True)
        found.append(row)
    names = {unit.code: unit.name for unit in units}
    for number, row in enumerate(found, 1):
        row[1] = f"EX{number * 7919 % 1_000_003:06d}{row[1]}"
        row[6] = names.get(row[6], row[6])
    # lists name what is no unit: an old school, a project
    for row in chance.sample([row for row in found if row[6] and not row[19]], 40):
        row[6] = chance.choice(["Lunda gamla skola", "Projekt digital vård"])
    return found


def _row(chance: Random, service: str, code: str, n: int, gone: bool = False) -> list[str]:
    kind, model, months, rent, residual, price = KINDS[service]
    room, since = _placed(service, code, n)
    if gone:
        since = since.replace(year=2022)
    begun = since - timedelta(chance.randrange(5, 30))
    late = gone or n % 40 == 7  # its lease is past; most of these are still out
    while months and not late and _months_after(begun, months) < TODAY:
        months += 12
    end = _months_after(begun, months) if months else None
    user = (
        f"Exempel Person {chance.randint(1, 9000)}"
        if code and service in HELD_BY_ONE and chance.random() < 0.94
        else ""
    )
    leased = [f"L-{begun.year}-{MARKS[service]}", str(begun), str(end), str(rent), str(residual or ""), "", CONDITION]
    if end and chance.random() < 0.4:
        leased[5] = str(residual + 6 * rent)
    if end and chance.random() < 0.1:
        leased[6] = ""
    bought = [str(begun), f"{price or rent * months + residual}", "Exempeldata Sverige AB"]
    back = str(min(TODAY - timedelta(chance.randrange(3, 200)), _months_after(since, 36))) if gone else ""
    mark = f"{MARKS[service]}-{code or 'LAGER'}-{n:04d}"
    system = chance.choice(["A 11", "A 12"]) if "dator" in kind.casefold() else ""
    return [
        mark, MARKS[service], kind, chance.choice(MAKERS), model, user, code, room if code else "Förrådet",
        str(since) if code else "", *bought, *(leased if end else [""] * 7), back, system,
    ]  # fmt: skip


def _months_after(day: date, months: int) -> date:
    """Return the last day of a lease of some months."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28)) - timedelta(1)


def register(units: list[Unit]) -> bytes:
    """Return the list as the spreadsheet program saved it: semicolons and Windows letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(rows(units))
    return out.getvalue().encode("cp1252")
