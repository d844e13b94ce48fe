"""The invented municipality's catalogue of contracts, with the gaps and odd cells such catalogues have."""

import csv
import io
import random
from datetime import date, timedelta

from make import systems

HEADERS = [
    "Avtalsnummer", "Avtal", "Avtalstyp", "Varugrupp", "Leverantör", "Orgnr", "Startdatum", "Slutdatum", "Längst till",
    "Uppsägningstid", "Förlängs med", "Årskostnad", "Takvolym", "Rang", "Så avropar du", "Avtalsansvarig", "System",
    "Konton",
]  # fmt: skip
# framework agreements: what they cover → how to buy
FRAMEWORKS = {
    "Bärbara datorer": "Beställ i Inköpsportalen; den första som kan leverera får ordern.",
    "Skärmar och tangentbord": "Beställ i Inköpsportalen.",
    "Mobiltelefoner och surfplattor": "Ring den första; kan den inte leverera inom en vecka, ring nästa.",
    "Skrivare och papper": "Beställ i Inköpsportalen.",
    "Konsulter för it": "Förnyad konkurrensutsättning: skriv vad som ska göras och be alla om pris.",
    "Nätverk och installation": "Ring den första; över 500 000 kr tillfrågas alla.",
    "Programvarulicenser": "Be om pris av båda.",
}
SELLERS = ["Datorboden Exempel AB", "Nätlaget Exempel AB", "Kontorsvaror Exempel AB", "Rådgivarna Exempel AB"]
SPELLINGS = ["{0}-{1}", "{0}{1}", "16{0}{1}", "16 {0}-{1}", "{0} - {1}"]


def number_of(seller: int) -> tuple[str, str]:
    """Return an organisation number that nobody has yet: the series 559999, with a check digit that holds."""
    digits = f"559999{100 + seller * 7:03d}"
    doubled = (int(each) * (2 - place % 2) for place, each in enumerate(digits))
    check = -sum(each // 10 + each % 10 for each in doubled) % 10
    return digits[:6], f"{digits[6:]}{check}"


def rows() -> list[list[str]]:
    """Return the catalogue: a contract for what a supplier delivers to one administration, and the frameworks."""
    chance = random.Random(2027)  # noqa: S311 - a demo, the same every time
    everybody = [*systems.COMPANIES[:-1], *SELLERS]
    found = []
    groups: dict[tuple[str, str], list[list[str]]] = {}
    for row in systems.rows():
        if row[5] in everybody:
            groups.setdefault((row[5], row[3]), []).append(row)
    for count, ((seller, place), group) in enumerate(groups.items(), start=1):
        begun = date(2019, 1, 1) + timedelta(chance.randrange(1800))
        ends = date(begun.year + chance.choice([4, 5, 7, 9]), begun.month, 1) - timedelta(1)
        renewed = chance.random() < 0.6
        cost = sum(int(row[7].replace(" ", "") or 0) for row in group)
        found.append(
            [
                f"LK 2019/{count:03d}", f"{group[0][1]} med drift och underhåll", "Avtal", "IT-system", seller,
                _number(chance, everybody.index(seller)), begun.isoformat(),
                ends.isoformat() if chance.random() < 0.9 else chance.choice(["", "tills vidare", "hösten 2027"]), "",
                chance.choice(["3 månader", "6 månader", "6 månader", "12 månader"]) if renewed else "",
                "1 år" if renewed else "", str(cost) if cost else "", "", "", "",
                f"Förvaltningsledaren, {place}" if chance.random() < 0.92 else "", ", ".join(row[1] for row in group),
            ]
        )  # fmt: skip
    for count, (name, how) in enumerate(FRAMEWORKS.items(), start=1):
        ends = date(2026 + chance.choice([0, 1, 1, 2, 3]), 12, 31)
        for rank, seller in enumerate(chance.sample(SELLERS, 2), start=1):
            found.append(
                [
                    f"RAM {count:02d}", name, "Ramavtal", name, seller, _number(chance, everybody.index(seller)),
                    ends.replace(year=ends.year - 4, month=1, day=1).isoformat(), ends.isoformat(),
                    ends.replace(year=ends.year + 2).isoformat() if chance.random() < 0.5 else "", "", "", "",
                    str(chance.choice([2, 4, 8]) * 1_000_000), str(rank), how, "Inköparen", "",
                ]
            )  # fmt: skip
    return found


def ends() -> dict[str, str]:
    """Return the day each system's contract ends, by the system's name; what is renewed has been, by the spring of 2026."""
    found = {}
    for row in rows():
        if row[7][:4].isdigit():
            end = date.fromisoformat(row[7])
            while row[10] and end < date(2026, 4, 1):
                after = end + timedelta(1)
                end = after.replace(year=after.year + 1) - timedelta(1)
            found |= dict.fromkeys(row[16].split(", "), end.isoformat())
    return found


def _number(chance: random.Random, seller: int) -> str:
    return chance.choice(SPELLINGS).format(*number_of(seller))


def register() -> bytes:
    """Return the catalogue as the spreadsheet program saved it: semicolons and Windows letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(rows())
    return out.getvalue().encode("cp1252")
