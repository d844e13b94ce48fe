"""The books of the whole municipality, as SIE 4E: three years, every voucher balanced, every sum chosen."""

import calendar
from dataclasses import dataclass
from datetime import date
from random import Random

from make.places import Unit
from samsyn.core.money import split
from samsyn.formats.ledger_file import AccountInfo
from samsyn.formats.sie4_write import Head, WrittenRow, WrittenVoucher, write_sie

ACCOUNTS = {
    "1930": ("Bank", "T"), "2440": ("Leverantörsskulder", "S"), "2710": ("Personalskatt", "S"),
    "1229": ("Ackumulerade avskrivningar", "T"), "3319": ("Interna it-intäkter", "I"),
    "3510": ("Bidrag från staten", "I"), "3010": ("Skatteintäkter", "I"),
    "4540": ("Köp av elevstöd", "K"), "4610": ("Köp av drift", "K"), "5010": ("Löner", "K"), "5650": ("Arbetsgivaravgifter", "K"),
    "5690": ("Personalomkostnadspålägg", "K"), "6010": ("Hyra av lokaler", "K"), "6013": ("Interna hyror", "K"),
    "6019": ("Interna it-kostnader", "K"), "6210": ("El och värme", "K"), "6310": ("Leasing av datorer", "K"),
    "6410": ("Förbrukningsinventarier", "K"), "6440": ("Livsmedel", "K"), "6460": ("Läromedel", "K"),
    "6510": ("Kontorsmaterial och utskrift", "K"), "6820": ("Datakommunikation", "K"),
    "6850": ("Telefoni", "K"), "7430": ("Licenser och programtjänster", "K"), "7431": ("Årslicenser", "K"),
    "7439": ("Övriga tjänster", "K"), "7510": ("It-konsulter", "K"), "7920": ("Avskrivning inventarier", "K"),
    "8510": ("Intern ränta", "K"),
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """One kind of IT cost of the IT unit: kronor in 2025, account, and what its invoices say."""

    kind: str
    account: str
    kronor: int
    text: str
    against: str = "2440"
    counterparty: str = "870"
    yearly: bool = False


# 22 600 000 kr = 11 752 000 services + 7 006 000 staff + 3 164 000 capital + 678 000 material
IT_UNIT = [
    Cost("SERVICES", "6310", 5_200_000, "Nordlånet Finans AB, leasing av datorer"),
    Cost("SERVICES", "7430", 2_300_000, "Molnkontoret Sverige AB, licenser"),
    Cost("SERVICES", "7431", 600_000, "Katalogverket AB, årslicens", yearly=True),
    Cost("SERVICES", "4610", 1_412_000, "Driftbolaget Mälaren AB, serverdrift"),
    Cost("SERVICES", "6820", 1_400_000, "Stadsnät Lillköping AB, fiberförbindelser"),
    Cost("SERVICES", "7510", 600_000, "Rådgivarna i Bergslagen AB, konsulttimmar"),
    Cost("SERVICES", "6013", 240_000, "Hyra it-källaren", "1930", "170"),
    Cost("STAFF", "5010", 5_000_000, "Löner it-enheten", "2710", "110"),
    Cost("STAFF", "5650", 1_606_000, "Arbetsgivaravgifter it-enheten", "2710", "110"),
    Cost("STAFF", "5690", 400_000, "Personalomkostnadspålägg it-enheten", "2710", "110"),
    Cost("CAPITAL", "7920", 2_864_000, "Avskrivning nät och servrar", "1229", "110"),
    Cost("CAPITAL", "8510", 300_000, "Intern ränta it-investeringar", "1930", "110"),
    Cost("MATERIAL", "6410", 478_000, "Kablaget AB, tillbehör och reservdelar"),
    Cost("MATERIAL", "6510", 200_000, "Pappersgruppen AB, toner och papper"),
]  # fmt: skip
GROWTH = {2024: (96, 100), 2025: (1, 1), 2026: (103, 100)}
OWN_IT = 9_400_000  # kr in 2025, bought by administrations themselves on 40 cost centres
PAIR = 15_000_000  # kr in 2025, charged inside the municipality
OWN_TEXTS = [
    "Skolportalen AB, abonnemang", "Omsorgsplan i Norden AB, planeringssystem", "Kartbyrån AB, karttjänst",
    "Bokhyllan System AB, bibliotekssystem", "Tidrapporten AB, schemasystem", "Passerteknik Väst AB, låssystem",
]  # fmt: skip
ODD_TEXTS = [
    "Lärspel Online AB, elevlicenser", "Videorummet AB, mötestjänst", "Fotobanken AB, bilder",
    "Enkätverktyget AB, abonnemang", "Molnlagring Direkt AB, utrymme",
]  # fmt: skip
# what protection rules take away when the books are loaded: (account, texts) per administration
SECRET = {
    "SOF": ("6440", ["Umgängesresa placerat barn", "Ekonomiskt bistånd, hyra", "Kläder enligt beslut"]),
    "BUF": ("4540", ["Egenvårdsbedömning elev", "Elevassistent enligt åtgärdsprogram"]),
}


def yearly(kronor: int, year: int) -> int:
    """Return a year's öre of something that cost so many kronor in 2025."""
    up, down = GROWTH[year]
    return kronor * 100 * up // down


def by_month(ore: int, name: str) -> list[int]:
    """Split a year over twelve months with a little unevenness, exactly."""
    random = Random(name)
    shares = split(ore, {f"{month:02d}": random.randint(92, 108) for month in range(1, 13)})
    return [shares[f"{month:02d}"] for month in range(1, 13)]


class Ledger:
    """The vouchers of one year in the making."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.vouchers: list[WrittenVoucher] = []
        self.numbers = {"L": 0, "P": 0, "I": 0, "A": 0}

    def add(self, series: str, month: int, day: int, text: str, rows: list[WrittenRow], against: str) -> None:
        """Add a voucher; what is missing to balance goes to ``against``."""
        self.numbers[series] += 1
        rest = -sum(row.amount_ore for row in rows)
        if rest:
            rows = [*rows, WrittenRow(against, rest)]
        last = calendar.monthrange(self.year, month)[1]
        when = date(self.year, month, min(day, last))
        self.vouchers.append(WrittenVoucher(series, str(self.numbers[series]), when, text, tuple(rows)))


def row(account: str, ore: int, unit: Unit, text: str = "", counterparty: str = "870", project: str = "") -> WrittenRow:
    """Return one row with the whole code string of a unit."""
    objects = [("1", unit.centre), ("20", unit.activity), ("22", counterparty)]
    if project:
        objects.insert(1, ("6", project))
    return WrittenRow(account, ore, tuple(objects), text=text)


def year_of_books(units: list[Unit], year: int, months: int = 12) -> bytes:
    """Return the SIE 4E file of a year, from January through a month."""
    ledger = Ledger(year)
    it = next(unit for unit in units if unit.code == "IT")
    places = [u for u in units if u.kind == "unit" and u.code != "IT" and u.valid_from.year <= year]
    for month in range(1, months + 1):
        first = date(year, month, 1)
        open_now = [u for u in places if u.valid_from <= first and (u.valid_until is None or first < u.valid_until)]
        _it_unit(ledger, it, year, month)
        _own_it(ledger, open_now, year, month)
        _pair(ledger, it, open_now, year, month)
        _everything_else(ledger, open_now, year, month)
    head = Head(
        program="Ekonomi Plus", program_version="12.4", company="Lillköpings kommun (påhittad)", org_number="212000-0000",
        made_on=date(year, months, calendar.monthrange(year, months)[1]),
        fiscal_years={0: (date(year, 1, 1), date(year, 12, 31))},
        accounts={code: AccountInfo(*info) for code, info in ACCOUNTS.items()},
        dimensions={"1": "Ansvar", "6": "Projekt", "20": "Verksamhet", "21": "Objekt", "22": "Motpart"},
        objects={("1", u.centre): u.name for u in units if u.centre},
    )  # fmt: skip
    return write_sie(head, ledger.vouchers, checksum=True)


def _it_unit(ledger: Ledger, it: Unit, year: int, month: int) -> None:
    for cost in IT_UNIT:
        ore = yearly(cost.kronor, year)
        if cost.yearly:
            if month == 1:
                ledger.add("L", 1, 14, f"{cost.text} {year}", [row(cost.account, ore, it, cost.text)], "2440")
            continue
        share = by_month(ore, f"{cost.account}{cost.text}{year}")[month - 1]
        series = "P" if cost.kind == "STAFF" else "L"
        rows = [row(cost.account, share, it, cost.text, cost.counterparty)]
        if cost.account == "7430" and month == 9:  # a credit note, inside the year's sum
            credit = 12_450_00
            rows[0] = row(cost.account, share + credit, it, cost.text)
            ledger.add("L", 9, 22, "Kreditfaktura Molnkontoret Sverige AB",
                       [row(cost.account, -credit, it, "Molnkontoret Sverige AB, kreditfaktura licenser")], "2440")  # fmt: skip
        ledger.add(series, month, 25 if series == "P" else 10, cost.text, rows, cost.against)
    if month in (3, 9):
        grant = [row("3510", -180_000_00, it, "Statsbidrag digitalisering", "810")]
        ledger.add("A", month, 20, "Statsbidrag digitalisering", grant, "1930")


def _own_it(ledger: Ledger, units: list[Unit], year: int, month: int) -> None:
    """Administrations' own IT on 40 cost centres; in 2025 exactly what it should be, whoever merged."""
    buyers = [unit for unit in units if not unit.code.startswith(("LUNDA", "FS"))][:40]
    share = by_month(yearly(OWN_IT, year), f"own{year}")[month - 1]
    parts = split(share, {unit.code: Random(unit.code).randint(5, 60) for unit in buyers})
    for unit in buyers:
        text = Random(f"text{unit.code}").choice(OWN_TEXTS)
        ledger.add("L", month, 12, text, [row("7430", parts[unit.code], unit, text)], "2440")


def _pair(ledger: Ledger, it: Unit, units: list[Unit], year: int, month: int) -> None:
    """What the IT unit charges inside the municipality: the same krona as cost and as income."""
    share = by_month(yearly(PAIR, year), f"pair{year}")[month - 1]
    parts = split(share, {unit.code: Random(f"pair{unit.code}").randint(5, 40) for unit in units})
    rows = [row("6019", parts[unit.code], unit, "Intern debitering it", "115") for unit in units]
    ledger.add(
        "I", month, 27, "Intern debitering it", [*rows, row("3319", -share, it, "Intern debitering it", "115")], "1930"
    )


def _everything_else(ledger: Ledger, units: list[Unit], year: int, month: int) -> None:
    for parent in sorted({unit.parent for unit in units}):
        mine = [unit for unit in units if unit.parent == parent]
        random = Random(f"{parent}{year}{month}")
        pay = [
            row("5010", random.randint(300_000, 1_900_000) * 100, unit, f"Löner {unit.name}", "110") for unit in mine
        ]
        fees = [row("5650", r.amount_ore * 314 // 1000, unit, f"Avgifter {unit.name}", "110")
                for r, unit in zip(pay, mine, strict=True)]  # fmt: skip
        ledger.add("P", month, 25, f"Löner {parent}", pay + fees, "2710")
        rent = [row("6013", random.randint(40_000, 260_000) * 100, unit, "Internhyra", "170") for unit in mine]
        ledger.add("I", month, 1, f"Internhyra {parent}", rent, "1930")
        goods = [row(account, random.randint(2_000, 90_000) * 100 + random.randint(0, 99), unit, text)
                 for unit in mine for account, text in _goods(unit, random)]  # fmt: skip
        ledger.add("L", month, 15, f"Inköp {parent}", goods, "2440")
        odd = random.sample(mine, min(2, len(mine)))
        for unit in odd:
            text = random.choice(ODD_TEXTS)
            ore = random.randint(1_900, 14_800) * 100
            ledger.add("L", month, random.randint(3, 28), text, [row("7439", ore, unit, text)], "2440")
        if parent in SECRET:
            account, texts = SECRET[parent]
            schools = [unit for unit in mine if unit.activity in ("44000", "55000")]
            unit, text = random.choice(schools), random.choice(texts)
            ledger.add("L", month, 18, text, [row(account, random.randint(1, 9) * 100_00, unit, text)], "2440")


def _goods(unit: Unit, random: Random) -> list[tuple[str, str]]:
    base = [("6210", "Lillköpings Energi AB, el och värme"), ("6440", "Gröna Grossisten AB, livsmedel")]
    if unit.parent in {"BUF", "GVF"}:
        base.append(("6460", "Läromedelsdepån AB, läromedel"))
    return base if random.random() > 0.2 else base[:1]
