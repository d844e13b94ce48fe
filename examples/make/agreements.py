"""What the invented municipality has agreed with those its books name: some of it has ended, some is missing."""

import csv
import io

from make.contracts import HEADERS, number_of

NUMBERED_FROM = 20  # the numbers before are those of the other catalogue
# seller, what, kind, first day, last day, kronor a year, systems; who sells without standing here sells outside
ROWS = [
    ("Nordlånet Finans AB", "Leasing av datorer", "Leasingavtal", "2023-01-01", "2027-12-31", 6_600_000, ""),
    ("Plattleasing Norr AB", "Leasing av surfplattor", "Leasingavtal", "2021-07-01", "2025-06-30", 300_000, ""),
    ("Molnkontoret Sverige AB", "Licenser till kontorsprogram", "Avtal", "2024-01-01", "2026-12-31", 1_700_000, "E-posten, Virusskyddet"),
    ("Katalogverket AB", "Katalog och inloggning", "Avtal", "2022-01-01", "2026-12-31", 500_000, "Metakatalogen"),
    ("Driftbolaget Mälaren AB", "Serverdrift", "Avtal", "2022-10-01", "2027-09-30", 1_000_000, "Servrar och tunna klienter, Säkerhetskopieringen"),
    ("Stadsnät Lillköping AB", "Fiber till husen", "Avtal", "2018-05-01", "tills vidare", 1_100_000, "Kommunnätet"),
    ("Skolportalen AB", "Lärportal", "Avtal", "2024-07-01", "2028-06-30", 2_000_000, "Lärplattformen"),
    ("Omsorgsplan i Norden AB", "Planering i omsorgen", "Avtal", "2021-02-01", "2028-01-31", 2_400_000, "Hemtjänstplaneraren"),
]  # fmt: skip
# what is bought of them on other accounts was not agreed
ACCOUNTS = {"Molnkontoret Sverige AB": "7430-7439", "Stadsnät Lillköping AB": "68"}


def rows() -> list[list[str]]:
    """Return the agreements as the columns of the other catalogue."""
    found = []
    for count, (seller, name, kind, first, last, kronor, systems) in enumerate(ROWS):
        number = "-".join(number_of(NUMBERED_FROM + count))
        told = {
            "Avtalsnummer": f"LK 2024/{count + 1:03d}", "Avtal": name, "Avtalstyp": kind, "Varugrupp": "It",
            "Leverantör": seller, "Orgnr": number, "Startdatum": first, "Slutdatum": last, "Årskostnad": str(kronor),
            "Uppsägningstid": "6 månader", "Avtalsansvarig": "It-chefen", "System": systems, "Konton": ACCOUNTS.get(seller, ""),
        }  # fmt: skip
        found.append([told.get(header, "") for header in HEADERS])
    return found


def register() -> bytes:
    """Return them as the spreadsheet program saved them: semicolons and Windows letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(rows())
    return out.getvalue().encode("cp1252")
