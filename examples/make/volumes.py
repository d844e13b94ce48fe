"""What each unit has of each service, month by month, and the lists behind the counts."""

import calendar
from datetime import date
from functools import lru_cache
from random import Random

from make.places import MERGER, Unit
from samsyn.core.money import split

# service → how many in all, every month, and which units have it
TOTALS = {"ELEVDATOR": 3760, "PERSONALDATOR": 720, "DELAD": 1280, "SURFPLATTA": 500, "KONTO": 1800, "INLOGG": 2200,
          "NAT": 40, "NATLITEN": 87, "SANDARE": 400, "MOBIL": 350, "SKARM": 420, "MOTESRUM": 36, "UTSKRIFT": 54}  # fmt: skip
LUNDA = {"ELEVDATOR": 220, "PERSONALDATOR": 46, "SURFPLATTA": 30, "KONTO": 52, "NAT": 2, "SANDARE": 14}
LISTED = {"ELEVDATOR": "ED", "PERSONALDATOR": "PD", "DELAD": "DD", "SURFPLATTA": "SP", "NAT": "AN", "NATLITEN": "AL",
          "SANDARE": "TS", "MOBIL": "MT"}  # fmt: skip
MONTHS = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13) if (year, month) <= (2026, 3)]
SOURCES = {"KONTO": "katalogtjänsten", "INLOGG": "katalogtjänsten", "MOBIL": "abonnemangslistan"}
# counted per administration: service → source, and how many each has; 107 business systems in all
BY_ADMINISTRATION = {
    "SYSTEMDRIFT": ("systemlistan", {"KLF": 21, "BUF": 14, "GVF": 9, "VOF": 17, "SOF": 12, "TEF": 18, "KFF": 7, "MBF": 9}),
    "ETJANST": ("tjänstelistan", {"KLF": 4, "BUF": 7, "VOF": 3, "SOF": 2, "TEF": 5, "KFF": 4, "MBF": 5}),
    "KARTA": ("tjänstelistan", {"BUF": 3, "VOF": 2, "TEF": 14, "KFF": 3, "MBF": 8}),
    "DIARIUM": ("diariet", {"KLF": 60, "BUF": 34, "GVF": 18, "VOF": 30, "SOF": 52, "TEF": 24, "KFF": 10, "MBF": 41}),
    "INTRANAT": ("katalogtjänsten", {"KLF": 5, "BUF": 30, "GVF": 8, "VOF": 33, "SOF": 9, "TEF": 9, "KFF": 4, "MBF": 2}),
    "LARPLATTFORM": ("katalogtjänsten", {"BUF": 51, "GVF": 22}),
}  # fmt: skip
STORED = dict(KLF=92, BUF=148, GVF=83, VOF=61, SOF=34, TEF=117, KFF=42, MBF=95)  # tenths of a terabyte


def _weight(unit: Unit, service: str, random: Random) -> int:
    school, pre = unit.activity == "44000", unit.code.startswith("FS")
    high, care, staff = unit.parent == "GVF", unit.parent in {"VOF", "SOF"}, unit.parent not in {"BUF", "VOF"}
    office = unit.parent in {"KLF", "TEF", "MBF", "SOF"}
    chance = random.randint(70, 130)
    table = {
        "ELEVDATOR": 20 * school + 45 * high, "PERSONALDATOR": 5 * school + 3 * pre + 8 * high + 9 * staff + care,
        "DELAD": 12 * care, "SURFPLATTA": 5 * pre + 2 * school + 3 * care, "KONTO": 5 * school + 5 * staff + 2 * care,
        "INLOGG": 12 * care + 4 * pre, "NAT": 3 * high + 2 * staff, "NATLITEN": 2 * pre + 3 * care,
        "SANDARE": 6 * school + 2 * pre + 9 * high + 2 * care + 2 * staff, "MOBIL": 8 * care, "SKARM": 9 * office,
        "MOTESRUM": 3 * office, "UTSKRIFT": 2 * office + care + 3 * high,
    }  # fmt: skip
    return table[service] * chance


@lru_cache
def _march(places: tuple[tuple[str, str, str], ...], seed: int = 11) -> dict[str, dict[str, int]]:
    random = Random(seed)
    units = [Unit(code, code, parent, activity=activity) for code, parent, activity in places]
    counts = {}
    for service, total in TOTALS.items():
        weights = {unit.code: _weight(unit, service, random) for unit in units}
        shares = split(total - LUNDA.get(service, 0), {code: w for code, w in weights.items() if w})
        if service in LUNDA:
            shares["LUNDA"] = LUNDA[service]
        counts[service] = {code: n for code, n in shares.items() if n}
    return counts


def base(units: list[Unit]) -> dict[str, dict[str, int]]:
    """Return March 2026: per service and unit; Lundaskolan's numbers are given, the rest share what is left."""
    places = [unit for unit in units if unit.kind == "unit" and not unit.code.startswith("LUNDA")]
    return _march(tuple((unit.code, unit.parent, unit.activity) for unit in places))


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


def people(units: list[Unit], year: int, number: int) -> dict[str, int]:
    """Return how many work in each unit: everyone has an account or a sign-in."""
    now = month(base(units), year, number)
    found: dict[str, int] = {}
    for service in ("KONTO", "INLOGG"):
        for code, n in now[service].items():
            found[code] = found.get(code, 0) + n
    return found


def counted_on(year: int, number: int) -> date:
    """Return the last day of the month before: what a month is charged for."""
    year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return date(year, number, calendar.monthrange(year, number)[1])


def volume_rows(units: list[Unit], year: int) -> list[list[object]]:
    """Return the sheet Volumes of one year; every unit also has its number of accounts for what taxes pay."""
    rows: list[list[object]] = []
    for each, number in MONTHS:
        if each != year:
            continue
        period, day = f"{year}-{number:02d}", counted_on(year, number)

        def add(service: str, counts: dict[str, int], source: str, spread: int = 0, *at: object) -> None:
            for code, n in sorted(counts.items()):
                given = (n - n * spread // 100, n + n * spread // 100) if spread else (None, None)
                rows.append([service, code, at[0], n, *given, source, at[1]])

        for service, places in month(base(units), year, number).items():
            add(service, places, SOURCES.get(service, "utrustningslistan"), 0, period, day)
        for service in ("SUPPORT", "SAKERHET", "EGNA"):
            add(service, people(units, year, number), "katalogtjänsten", 0, period, day)
        for service, (source, counts) in BY_ADMINISTRATION.items():
            add(service, counts, source, 0, period, day)
        add("LAGRING", STORED, "lagringsmätningen, avrundad", 8, period, day)
        add("PROJEKT", _hours(year, number), "tidrapporten", 0, period, day)
    return rows


def _hours(year: int, number: int) -> dict[str, int]:
    """Return the hours of help in projects: two or three administrations a month."""
    random = Random(f"projekt{year}{number}")
    return {code: random.randint(4, 16) for code in sorted(random.sample(sorted(STORED), random.randint(2, 3)))}


def item_rows(units: list[Unit], months: list[tuple[int, int]]) -> list[list[object]]:
    """Return the lists behind the counts of some months: which devices, where, since when."""
    rows: list[list[object]] = []
    for year, number in months:
        now, period = month(base(units), year, number), f"{year}-{number:02d}"
        for service, mark in LISTED.items():
            for code, count in sorted(now[service].items()):
                rows += [
                    [service, code, period, f"{mark}-{code}-{n:04d}", *_placed(service, code, n)]
                    for n in range(1, count + 1)
                ]
    return rows


def _placed(service: str, code: str, n: int) -> tuple[str, date]:
    """Return where one thing stands and since when; Lundaskolan's newest came in February 2026."""
    random = Random(f"{service}{code}{n}")
    room = f"Rum {random.randint(101, 240)}"
    if (service, code) == ("ELEVDATOR", "LUNDA"):
        if n > LUNDA[service] - 12:
            return room, date(2026, 2, 16)
        return room, date(2025, 8, random.randint(11, 22)) if n % 3 else date(2024, 8, random.randint(12, 23))
    return room, date(random.choice([2022, 2023, 2024, 2025]), random.randint(1, 12), random.randint(1, 28))
