"""What is not IT, or hides it: pay, rent, invoices, fees and taxes of every unit, month by month."""

from random import Random
from typing import NamedTuple

from make.chart import INTERNAL
from make.ledger import Ledger, row
from make.places import Unit
from make.volumes import people
from samsyn.formats.sie4_write import WrittenRow

PAY = 3_450_000  # öre a month and person in 2025
RISE = {2024: 97, 2025: 100, 2026: 103}


class Bought(NamedTuple):
    """One thing a kind of unit buys: account, what the invoice says, öre per person, months between (1: each)."""

    account: str
    text: str
    ore: int
    every: int = 1


OFFICE = [
    Bought("6510", "Pärmen Kontor AB, kontorsmaterial", 24_000), Bought("6850", "Talan Telefoni AB, abonnemang", 19_000),
    Bought("7440", "Tolk & Tryck AB, trycksaker", 31_000, 2),
]  # fmt: skip
BUYS: dict[str, list[Bought]] = {
    "44000": [
        Bought("6460", "Läromedelsdepån AB, läromedel", 95_000), Bought("6440", "Gröna Grossisten AB, livsmedel", 160_000),
        Bought("6910", "Skolbussarna i Lillköping AB, skolskjuts", 120_000), Bought("7520", "Vikariebanken AB, vikarier", 140_000, 2),
    ],
    "40700": [
        Bought("6440", "Gröna Grossisten AB, livsmedel", 140_000), Bought("6420", "Lek & Pyssel AB, förbrukningsmaterial", 45_000),
        Bought("7520", "Vikariebanken AB, vikarier", 90_000, 3),
    ],
    "45000": [
        Bought("6460", "Läromedelsdepån AB, läromedel", 130_000), Bought("6440", "Gröna Grossisten AB, livsmedel", 110_000),
        Bought("6610", "Verkstadsservice Lillköping AB, reparation", 60_000, 2),
    ],
    "51000": [
        Bought("6440", "Gröna Grossisten AB, livsmedel", 105_000), Bought("6420", "Vårdlagret AB, förbrukningsmaterial", 70_000),
        Bought("7520", "Bemanna Omsorg AB, inhyrd personal", 210_000, 2), Bought("6320", "Bilpoolen Norr AB, leasing av bilar", 65_000),
    ],
    "51300": [
        Bought("4630", "Boendekedjan AB, boende med service", 240_000), Bought("6320", "Bilpoolen Norr AB, leasing av bilar", 55_000),
    ],
    "55000": [
        Bought("4630", "Familjehem, ersättning enligt avtal", 310_000), Bought("4510", "Ekonomiskt bistånd, månadens utbetalning", 480_000),
    ],
    "21500": [
        Bought("6610", "Markbolaget Lillköping AB, underhåll", 430_000), Bought("6410", "Redskapshuset AB, maskiner och redskap", 90_000, 2),
        Bought("6320", "Bilpoolen Norr AB, leasing av fordon", 120_000),
    ],
    "31500": [
        Bought("6410", "Fritidsvaror AB, inventarier", 60_000, 2), Bought("7440", "Bokningskollen AB, bokning av hallar", 38_000),
        Bought("6610", "Hallskötarna AB, underhåll", 90_000, 2),
    ],
    "21600": [Bought("7440", "Mätpatrullen AB, mätning och prover", 110_000)],
    "91000": [Bought("7440", "Rekryterarna i Lillköping AB, annonser", 60_000, 2)],
}  # fmt: skip
ODD_TEXTS = [
    "Lärspel Online AB, elevlicenser", "Videorummet AB, mötestjänst", "Fotobanken AB, bilder",
    "Enkätverktyget AB, abonnemang", "Molnlagring Direkt AB, utrymme",
]  # fmt: skip
NEWCOMER = "Skrivstödet AB, skrivhjälp för lärare"
# what protection rules take away when the books are loaded: (account, texts) per activity
SECRET = {
    "55000": ("4510", ["Umgängesresa placerat barn", "Ekonomiskt bistånd, hyra", "Kläder enligt beslut"]),
    "44000": ("4540", ["Egenvårdsbedömning elev", "Elevassistent enligt åtgärdsprogram"]),
}


def month(ledger: Ledger, units: list[Unit], open_now: list[Unit], rented: Unit, number: int) -> None:
    """Add everything but IT of one month: administration by administration, then taxes and payments."""
    staff = people(units, ledger.year, number)
    for parent in sorted({unit.parent for unit in open_now}):
        mine = [unit for unit in open_now if unit.parent == parent]
        random = Random(f"{parent}{ledger.year}{number}")
        _pay(ledger, parent, mine, staff, number)
        _rent(ledger, parent, mine, rented, staff, number)
        for unit in mine:
            _invoices(ledger, unit, staff[unit.code], random, number)
        _undecided(ledger, mine, random, number)
    _newcomer(ledger, open_now, number)
    _secrets(ledger, open_now, number)
    _income(ledger, open_now, staff, number)
    _settle(ledger, number)


def _pay(ledger: Ledger, parent: str, mine: list[Unit], staff: dict[str, int], number: int) -> None:
    rows: list[WrittenRow] = []
    for unit in mine:
        random = Random(f"pay{unit.code}{ledger.year}{number}")
        ore = staff[unit.code] * PAY * RISE[ledger.year] // 100 * random.randint(985, 1015) // 1000
        leisure = ore // 5 if len(unit.centres) > 1 else 0
        for part, at_leisure in ((ore - leisure, False), (leisure, True)):
            if part:
                rows.append(row("5010", part, unit, counterparty="110", leisure=at_leisure))
                rows.append(row("5650", part * 3142 // 10000, unit, counterparty="110", leisure=at_leisure))
    ledger.add("P", number, 25, f"Löner och avgifter {parent}", rows, "2710")


def _rent(ledger: Ledger, parent: str, mine: list[Unit], rented: Unit, staff: dict[str, int], number: int) -> None:
    """Internal rent: a cost of every unit, an income of the one that lets the houses."""
    rows = [
        row("6013", (20_000_00 + staff[unit.code] * 1_950_00) * RISE[ledger.year] // 100, unit, counterparty="170")
        for unit in mine if unit is not rented
    ]  # fmt: skip
    income = row("3413", -sum(each.amount_ore for each in rows), rented, counterparty=INTERNAL[parent])
    ledger.add("I", number, 1, f"Internhyra {parent}", [*rows, income])


def _invoices(ledger: Ledger, unit: Unit, staff: int, random: Random, number: int) -> None:
    for bought in [*BUYS.get(unit.activity, []), *OFFICE]:
        if (number + len(unit.name)) % bought.every:
            continue
        if bought in OFFICE and random.random() > 0.5:
            continue
        ore = (staff + 4) * bought.ore * bought.every * RISE[ledger.year] // 100 * random.randint(700, 1300) // 1000
        ledger.invoice(number, random.randint(2, 27), bought.text, [row(bought.account, ore, unit)])


def _undecided(ledger: Ledger, mine: list[Unit], random: Random, number: int) -> None:
    """Odd things that no rule decides, so that there is a remainder to look at."""
    for unit in random.sample(mine, min(2, len(mine))):
        text, ore = random.choice(ODD_TEXTS), random.randint(8_900, 34_800) * 100
        ledger.invoice(number, random.randint(3, 28), text, [row("7439", ore, unit)])


def _newcomer(ledger: Ledger, open_now: list[Unit], number: int) -> None:
    """In March 2026 twelve schools buy something new on a new account: a rule is missing."""
    if (ledger.year, number) != (2026, 3):
        return
    for unit in [unit for unit in open_now if unit.code.startswith("SK")]:
        ledger.invoice(number, 16, NEWCOMER, [row("7433", 9_850_00, unit)])


def _secrets(ledger: Ledger, open_now: list[Unit], number: int) -> None:
    random = Random(f"secret{ledger.year}{number}")
    for activity, (account, texts) in SECRET.items():
        unit = random.choice([unit for unit in open_now if unit.activity == activity])
        against = "1930" if account == "4510" else "2440"
        for text in texts:
            ore = random.randint(9, 90) * 100_00
            ledger.add("L", number, 18, text, [row(account, ore, unit)], against)


def _income(ledger: Ledger, open_now: list[Unit], staff: dict[str, int], number: int) -> None:
    for account, activity, each, text in (
        ("3110", "40700", 4_600_00, "Avgifter för förskola"), ("3120", "51000", 2_900_00, "Avgifter för omsorg"),
    ):  # fmt: skip
        rows = [row(account, -staff[unit.code] * each, unit) for unit in open_now if unit.activity == activity]
        ledger.add("K", number, 20, text, rows, "1930")
    water = next(unit for unit in open_now if unit.name == "Vatten och avlopp")
    ledger.add("K", number, 20, "Avgifter för vatten", [row("3130", -9_840_000_00, water)], "1930")
    office = next(unit for unit in open_now if unit.name == "Ekonomienheten")
    taxes = row("3010", -231_400_000_00 * RISE[ledger.year] // 100, office, counterparty="810")
    ledger.add("A", number, 17, "Kommunalskatt, månadens utbetalning", [taxes], "1930")


def _settle(ledger: Ledger, number: int) -> None:
    """Pay the month's debts to suppliers, staff and the state, and get the VAT back."""
    held = ledger.moved()
    for account, text in (
        ("2440", "Utbetalning till leverantörer"), ("2710", "Löner och skatt"), ("1680", "Moms åter"),
    ):  # fmt: skip
        ledger.add("U", number, 30, text, [WrittenRow(account, -held[account])], "1930")
