"""What each unit has of each service, month by month, and the lists behind the counts."""

import calendar
from datetime import date
from random import Random

from make.places import MERGER, Unit

# service → how many in all in March 2026, and which units have it
TOTALS = {"ELEVDATOR": 3760, "PERSONALDATOR": 900, "DELAD": 1100, "SURFPLATTA": 500, "KONTO": 1800, "INLOGG": 2200,
          "NAT": 40, "NATLITEN": 87, "SANDARE": 400, "MOBIL": 350}  # fmt: skip
LUNDA = {"ELEVDATOR": 220, "PERSONALDATOR": 46, "SURFPLATTA": 30, "KONTO": 52, "NAT": 2, "SANDARE": 14}
LISTED = {"ELEVDATOR": "ED", "PERSONALDATOR": "PD", "SURFPLATTA": "SP", "NAT": "AN", "SANDARE": "TS"}
MONTHS = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13) if (year, month) <= (2026, 3)]


def _weight(unit: Unit, service: str, random: Random) -> int:
    school, pre = unit.activity == "44000", unit.code.startswith("FS")
    high, care, staff = unit.parent == "GVF", unit.parent in {"VOF", "SOF"}, unit.parent not in {"BUF", "VOF"}
    chance = random.randint(70, 130)
    table = {
        "ELEVDATOR": 20 * school + 45 * high, "PERSONALDATOR": 5 * school + 3 * pre + 8 * high + 9 * staff + care,
        "DELAD": 12 * care, "SURFPLATTA": 5 * pre + 2 * school + 3 * care, "KONTO": 5 * school + 5 * staff + 2 * care,
        "INLOGG": 12 * care + 4 * pre, "NAT": 3 * high + 2 * staff, "NATLITEN": 2 * pre + 3 * care,
        "SANDARE": 6 * school + 2 * pre + 9 * high + 2 * care + 2 * staff, "MOBIL": 8 * care,
    }  # fmt: skip
    return table[service] * chance


def _share(total: int, weights: dict[str, int]) -> dict[str, int]:
    whole = sum(weights.values())
    shares = {code: total * weight // whole for code, weight in weights.items()}
    for code in sorted(weights, key=lambda code: (-(total * weights[code] % whole), code))[
        : total - sum(shares.values())
    ]:
        shares[code] += 1
    return shares


def base(units: list[Unit], seed: int = 11) -> dict[str, dict[str, int]]:
    """Return March 2026: per service and unit; Lundaskolan's numbers are given, the rest share what is left."""
    random = Random(seed)
    places = [unit for unit in units if unit.kind == "unit" and not unit.code.startswith("LUNDA")]
    counts = {}
    for service, total in TOTALS.items():
        weights = {unit.code: _weight(unit, service, random) for unit in places}
        shares = _share(total - LUNDA.get(service, 0), {code: w for code, w in weights.items() if w})
        if service in LUNDA:
            shares["LUNDA"] = LUNDA[service]
        counts[service] = {code: n for code, n in shares.items() if n}
    return counts


def month(counts: dict[str, dict[str, int]], year: int, number: int, seed: int = 13) -> dict[str, dict[str, int]]:
    """Return one month: earlier months drift a little; the schools of Lunda were two before the merger."""
    age = (2026 - year) * 12 + 3 - number
    found: dict[str, dict[str, int]] = {}
    for service, units in counts.items():
        found[service] = {}
        for code, count in units.items():
            drift = Random(f"{seed}{service}{code}")
            step = drift.choice([-1, 0, 0, 1, 1, 2]) if count > 8 else 0
            changed = count - step * (age // 3)
            if code == "LUNDA":
                changed = {("ELEVDATOR", True): count - 12, ("PERSONALDATOR", True): count + 2}.get(
                    (service, age > 0), count
                )
            found[service][code] = max(1, changed)
        # the fleet stays as large as it is: what others lack stands in the largest place
        largest = max((code for code in found[service] if code != "LUNDA"), key=lambda code: (units[code], code))
        found[service][largest] += TOTALS[service] - sum(found[service].values())
        if "LUNDA" in found[service] and date(year, number, 1) < MERGER:
            whole = found[service].pop("LUNDA")
            found[service] |= {"LUNDA-N": whole // 2, "LUNDA-S": whole - whole // 2}
    return found


def counted_on(year: int, number: int) -> date:
    """Return the last day of the month before: what a month is charged for."""
    year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return date(year, number, calendar.monthrange(year, number)[1])


SOURCES = {"KONTO": "katalogtjänsten", "INLOGG": "katalogtjänsten", "MOBIL": "abonnemangslistan"}


def volume_rows(units: list[Unit], year: int) -> list[list[object]]:
    """Return the sheet Volumes of one year; every unit also has its number of accounts for what taxes pay."""
    counts = base(units)
    rows: list[list[object]] = []
    for each, number in MONTHS:
        if each != year:
            continue
        period, day = f"{year}-{number:02d}", counted_on(year, number)
        now = month(counts, year, number)
        for service, places in now.items():
            source = SOURCES.get(service, "utrustningslistan")
            rows += [[service, code, period, n, None, None, source, day] for code, n in sorted(places.items())]
        people: dict[str, int] = {}
        for service in ("KONTO", "INLOGG"):
            for code, n in now[service].items():
                people[code] = people.get(code, 0) + n
        for service in ("SUPPORT", "SAKERHET", "EGNA"):
            rows += [
                [service, code, period, n, None, None, "katalogtjänsten", day] for code, n in sorted(people.items())
            ]
        for service, low, high in (("ETJANST", 5, 9), ("KARTA", 3, 3)):
            for parent in ("BUF", "VOF", "TEF", "KFF", "MBF"):
                n = (low + high) // 2 + len(parent)
                given = (low, high + 4) if high != low else (None, None)
                rows.append([service, parent, period, n, *given, "tjänstelistan", day])
    return rows


def item_rows(units: list[Unit], months: list[tuple[int, int]]) -> list[list[object]]:
    """Return the lists behind the counts of some months: which devices, where, since when."""
    counts = base(units)
    rows: list[list[object]] = []
    for year, number in months:
        now, period = month(counts, year, number), f"{year}-{number:02d}"
        for service, mark in LISTED.items():
            for code, count in sorted(now[service].items()):
                random = Random(f"{service}{code}")
                for n in range(1, count + 1):
                    since = date(random.choice([2022, 2023, 2024, 2025]), random.randint(1, 12), random.randint(1, 28))
                    rows.append(
                        [service, code, period, f"{mark}-{code}-{n:04d}", f"Rum {random.randint(101, 240)}", since]
                    )
    return rows
