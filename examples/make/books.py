"""The books of the whole municipality, as SIE 4E: every voucher balanced, the sums of IT chosen."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from make import chart, daily, services, volumes
from make.ledger import Ledger, row
from make.places import Unit
from samsyn.core.money import split
from samsyn.formats.ledger_file import AccountInfo
from samsyn.formats.sie4_write import Head, WrittenBalance, write_sie


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
    object: str = ""
    project: str = ""


# 22 600 000 kr = 11 752 000 services + 7 006 000 staff + 3 164 000 capital + 678 000 material
IT_UNIT = [
    Cost("SERVICES", "6310", 5_000_000, "Nordlånet Finans AB, leasing av elevdatorer", object="7101"),
    Cost("SERVICES", "6310", 1_600_000, "Nordlånet Finans AB, leasing av personaldatorer", object="7102"),
    Cost("SERVICES", "6310", 300_000, "Plattleasing Norr AB, leasing av surfplattor", object="7103"),
    Cost("SERVICES", "7430", 1_700_000, "Molnkontoret Sverige AB, licenser"),
    Cost("SERVICES", "7431", 500_000, "Katalogverket AB, årslicens", yearly=True),
    Cost("SERVICES", "4610", 1_000_000, "Driftbolaget Mälaren AB, serverdrift", object="7301"),
    Cost("SERVICES", "6820", 1_100_000, "Stadsnät Lillköping AB, fiberförbindelser", object="7201"),
    Cost("SERVICES", "7510", 312_000, "Rådgivarna i Bergslagen AB, konsulttimmar", project="9112"),
    Cost("SERVICES", "6013", 240_000, "Hyra it-källaren", "3413", "170"),
    Cost("STAFF", "5010", 5_000_000, "Löner it-enheten", "2710", "110"),
    Cost("STAFF", "5650", 1_606_000, "Arbetsgivaravgifter it-enheten", "2710", "110"),
    Cost("STAFF", "5690", 400_000, "Personalomkostnadspålägg it-enheten", "2710", "110"),
    Cost("CAPITAL", "7920", 1_764_000, "Avskrivning nät", "1229", "110", object="7201"),
    Cost("CAPITAL", "7920", 1_100_000, "Avskrivning servrar", "1229", "110", object="7301"),
    Cost("CAPITAL", "8510", 300_000, "Intern ränta it-investeringar", "1930", "110"),
    Cost("MATERIAL", "6410", 478_000, "Kablaget AB, tillbehör och reservdelar"),
    Cost("MATERIAL", "6510", 200_000, "Pappersgruppen AB, toner och papper"),
]  # fmt: skip
GROWTH = {2024: (96, 100), 2025: (1, 1), 2026: (105, 100)}
OWN_IT = 9_400_000  # kr in 2025, bought by administrations themselves on 40 cost centres
PAIR = 15_000_000  # kr in 2025, charged inside the municipality
OWN_TEXTS = {
    "BUF": ("8101", "Skolportalen AB, lärportal"), "GVF": ("8105", "Tidrapporten AB, schemasystem"),
    "VOF": ("8102", "Omsorgsplan i Norden AB, planeringssystem"), "TEF": ("8106", "Passerteknik Väst AB, låssystem"),
    "KFF": ("8104", "Bokhyllan System AB, bibliotekssystem"), "MBF": ("8103", "Kartbyrån AB, karttjänst"),
    "KLF": ("8105", "Tidrapporten AB, schemasystem"), "SOF": ("8102", "Omsorgsplan i Norden AB, planeringssystem"),
}  # fmt: skip


def yearly(kronor: int, year: int) -> int:
    """Return a year's öre of something that cost so many kronor in 2025."""
    up, down = GROWTH[year]
    return kronor * 100 * up // down


def by_month(ore: int, name: str) -> list[int]:
    """Split a year over twelve months with a little unevenness, exactly."""
    random = Random(name)
    shares = split(ore, {f"{month:02d}": random.randint(92, 108) for month in range(1, 13)})
    return [shares[f"{month:02d}"] for month in range(1, 13)]


def files(units: list[Unit]) -> Iterator[tuple[str, bytes, dict[str, int]]]:
    """Yield (name, SIE 4E file, its figures) year after year; 2026 as exported in February and in March."""
    held = {account: kronor * 100 for account, kronor in chart.OPENING.items()}
    for year, months in ((2024, 12), (2025, 12), (2026, 3)):
        ledger = _vouchers(units, year, months)
        for until in (2, 3) if months == 3 else (12,):
            part, budget = ledger.until(until), _budget(units, year)
            name = f"books-{year}.se" if until == 12 else f"books-{year}-{until:02d}.se"
            yield name, _written(units, part, until, held, budget), _figures(part)
        held = _carried(held, ledger.moved())


def _written(
    units: list[Unit], ledger: Ledger, month: int, held: dict[str, int], budget: list[WrittenBalance]
) -> bytes:
    year = ledger.year
    head = Head(
        program="Ekonomi Plus", program_version="12.4", company="Lillköpings kommun (påhittad)",
        org_number="212000-0000", made_on=date(year, month, calendar.monthrange(year, month)[1]),
        fiscal_years={0: (date(year, 1, 1), date(year, 12, 31))},
        accounts={code: AccountInfo(*info) for code, info in chart.ACCOUNTS.items()}, dimensions=chart.DIMENSIONS,
        objects=_names(units),
    )  # fmt: skip
    return write_sie(head, ledger.vouchers, [*_balances(held, ledger.moved()), *budget], checksum=True)


def _figures(ledger: Ledger) -> dict[str, int]:
    rows = [each for voucher in ledger.vouchers for each in voucher.rows]
    return {
        "vouchers": len(ledger.vouchers), "rows": len(rows),
        "debit_ore": sum(each.amount_ore for each in rows if each.amount_ore > 0),
        "credit_ore": -sum(each.amount_ore for each in rows if each.amount_ore < 0),
        "cost_ore": sum(each.amount_ore for each in rows if chart.ACCOUNTS[each.account][1] == "K"),
    }  # fmt: skip


def _names(units: list[Unit]) -> dict[tuple[str, str], str]:
    lists = (("6", chart.PROJECTS), ("20", chart.ACTIVITIES), ("21", chart.OBJECTS), ("22", chart.COUNTERPARTIES))
    named = {(dimension, code): name for dimension, names in lists for code, name in names.items()}
    centres = {("1", code): name for unit in units for code, name in unit.centres}
    return named | centres


def _vouchers(units: list[Unit], year: int, months: int) -> Ledger:
    ledger = Ledger(year)
    it = next(unit for unit in units if unit.code == "IT")
    rented = next(unit for unit in units if unit.name == "Fastighet")
    for month in range(1, months + 1):
        first = date(year, month, 1)
        open_now = [
            unit for unit in units
            if unit.kind == "unit" and unit is not it
            and unit.valid_from <= first and (unit.valid_until is None or first < unit.valid_until)
        ]  # fmt: skip
        _it_unit(ledger, it, rented, month)
        _own_it(ledger, open_now, month)
        _pair(ledger, it, open_now, month)
        daily.month(ledger, units, open_now, rented, month)
    return ledger


def _it_unit(ledger: Ledger, it: Unit, rented: Unit, month: int) -> None:
    for cost in IT_UNIT:
        ore = yearly(cost.kronor, ledger.year)
        if cost.yearly:
            if month == 1:
                ledger.invoice(1, 14, f"{cost.text} {ledger.year}", [row(cost.account, ore, it)])
            continue
        share = by_month(ore, f"{cost.account}{cost.text}{ledger.year}")[month - 1]
        if cost.account == "7430" and month == 9:  # a credit note, inside the year's sum
            credit = 12_450_00
            share += credit
            ledger.invoice(9, 22, "Molnkontoret Sverige AB, kreditfaktura licenser", [row(cost.account, -credit, it)])
        rows = [row(cost.account, share, it, counterparty=cost.counterparty, object=cost.object, project=cost.project)]
        if cost.against == "2440":
            ledger.invoice(month, 10, cost.text, rows)
        elif cost.against == "3413":
            rows.append(row("3413", -share, rented, counterparty="115"))
            ledger.add("I", month, 1, cost.text, rows)
        else:
            ledger.add("P" if cost.kind == "STAFF" else "A", month, 25, cost.text, rows, cost.against)
    if month in (3, 9):
        grant = row("3510", -180_000_00, it, counterparty="810", project="9105")
        ledger.add("A", month, 20, "Statsbidrag digitalisering", [grant], "1930")
    sold = row("3610", -14_500_00, it, counterparty="510")
    ledger.add("K", month, 28, "Lillköpings Energi AB, plats i serverrummet", [sold], "1930")


def _own_it(ledger: Ledger, units: list[Unit], month: int) -> None:
    """Administrations' own IT on 40 cost centres; in 2025 exactly what it should be, whoever merged."""
    year = ledger.year
    buyers = [unit for unit in units if not unit.code.startswith(("LUNDA", "FS"))][:40]
    share = by_month(yearly(OWN_IT, year), f"own{year}")[month - 1]
    parts = split(share, {unit.code: Random(unit.code).randint(5, 60) for unit in buyers})
    for unit in buyers:
        system, text = OWN_TEXTS[unit.parent]
        ledger.invoice(month, 12, text, [row("7430", parts[unit.code], unit, object=system)])


def _pair(ledger: Ledger, it: Unit, units: list[Unit], month: int) -> None:
    """What the IT unit charges inside the municipality: the same krona as cost and as income."""
    share = by_month(yearly(PAIR, ledger.year), f"pair{ledger.year}")[month - 1]
    parts = split(share, {unit.code: Random(f"pair{unit.code}").randint(5, 40) for unit in units})
    rows = [row("6019", parts[unit.code], unit, counterparty="115") for unit in units]
    for parent in sorted({unit.parent for unit in units}):
        ore = sum(parts[unit.code] for unit in units if unit.parent == parent)
        rows.append(row("3319", -ore, it, counterparty=chart.INTERNAL[parent]))
    ledger.add("I", month, 27, "Intern debitering it", rows)


def _budget(units: list[Unit], year: int) -> list[WrittenBalance]:
    """Return what units have budgeted for IT in 2026: the year as it began, in whole 10 000 kr, month by month."""
    if year != 2026:
        return []
    prices = {code: int(row[3]) * 100 for code, row in services.PRICED.items()}
    known, sums = {unit.code: unit for unit in units}, {"LUNDA": 1_000_000_00}
    for service, counts in volumes.month(volumes.base(units), 2026, 1).items():
        for code, count in counts.items():
            if code != "LUNDA":
                sums[code] = sums.get(code, 0) + 12 * count * prices.get(service, 0)
    return [
        WrittenBalance("PBUDGET", 0, "6019", part, f"2026{month}", (("1", known[code].centre),))
        for code, ore in sorted(sums.items()) if known[code].centre
        for month, part in split(-(-ore // 10_000_00) * 10_000_00, {f"{n:02d}": 1 for n in range(1, 13)}).items()
        if part
    ]  # fmt: skip


def _carried(held: dict[str, int], moved: dict[str, int]) -> dict[str, int]:
    """Return what each balance account holds when the next year begins; the result went to equity."""
    after = {account: ore + moved.get(account, 0) for account, ore in held.items()}
    after["2010"] += sum(ore for account, ore in moved.items() if account not in held)
    return after


def _balances(before: dict[str, int], moved: dict[str, int]) -> list[WrittenBalance]:
    opening = [WrittenBalance("IB", 0, account, ore) for account, ore in sorted(before.items())]
    closing = [WrittenBalance("UB", 0, account, ore + moved.get(account, 0)) for account, ore in sorted(before.items())]
    result = [WrittenBalance("RES", 0, account, ore) for account, ore in sorted(moved.items()) if account not in before]
    return opening + closing + result
