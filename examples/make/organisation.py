"""The organisation workbook."""

from datetime import date
from random import Random
from typing import Any

from make.answering import joined
from make.places import FIRST, LAST, MERGER, MOVE, START, Unit

Sheet = tuple[list[str], list[list[Any]]]
TOWN_HALL = {"KLF", "MBF", "SOF"}  # administrations whose units sit in the same house
OTHER_SITES = ["Pumpstation", "Förråd", "Idrottsplats", "Återvinningscentral", "Fritidsgård", "Mötesplats"]
STREETS = ["Ekgatan", "Björkgatan", "Sjögatan", "Kvarngatan", "Skolgatan", "Storgatan", "Kyrkogatan", "Brogatan",
           "Hamngatan", "Torggatan"]  # fmt: skip
AREAS = ["Norr", "Söder", "Väster", "Öster", "Sjöbo", "Kvarnbyn", "Åsen"]
COUNTED = date(2026, 3, 1)
DATED = ["valid_from", "valid_until"]


def sheets(units: list[Unit], seed: int = 7) -> dict[str, Sheet]:
    """Return the sheets of the organisation workbook; a few units have no manager, as in real life."""
    random = Random(seed)
    sites, at = _sites(units)
    rows, centres, codes = [], [], []
    people: list[list[Any]] = []
    roles: list[list[Any]] = []
    names = _names(random)
    for unit in units:
        site, dates = at.get(unit.code, ""), (unit.valid_from, unit.valid_until)
        if unit.code == "KF05":  # Fritidsgårdarna moved from the social to the cultural administration
            rows.append([unit.code, START, unit.name, "unit", "SOF", site, MOVE])
            rows.append([unit.code, MOVE, unit.name, "unit", unit.parent, site, None])
        else:
            rows.append([unit.code, unit.valid_from, unit.name, unit.kind, unit.parent, site, unit.valid_until])
        if unit.kind != "unit":
            continue
        centres += [[code, dates[0], name, unit.code, dates[1]] for code, name in unit.centres]
        codes += _codes(unit)
        if unit.code != "LUNDA" and random.random() > 0.08:
            code = f"chef-{unit.code.lower()}"
            people.append([code, next(names), f"{code}@example.org", "Enhetschef", "sv"])
            roles.append([code, "unit_manager", unit.code, *dates])
    for code, name, title, role, unit_code in _sign_ins():
        people.append([code, name, f"{code}@example.org", title, "sv"])
        roles.append([code, role, unit_code, START, None])
    lineage = [[old, "LUNDA", "merged", MERGER] for old in ("LUNDA-N", "LUNDA-S")]
    lineage.append(["KF05", "KF05", "moved", MOVE])
    return {
        "Sites": (
            ["code", "valid_from", "name", "address", "connection", "need", "wish", "obstacle", "valid_until"], sites,
        ),
        "Units": (["code", "valid_from", "name", "kind", "parent", "site", "valid_until"], rows),
        "CostCentres": (["code", "valid_from", "name", "unit", "valid_until"], centres),
        "ReceivingCodes": (
            ["unit", "label", "valid_from", "responsibility", "activity", "object", "counterparty", "weight",
             "valid_until"], codes,
        ),
        "Staff": (["unit", "counted_on", "staff", "without_mail", "without_identity", "source"], _staff(units)),
        "Lineage": (["from_unit", "to_unit", "kind", "on_date"], lineage),
        "People": (["code", "name", "email", "title", "language"], people),
        "Roles": (["person", "role", "unit", *DATED], roles),
    }  # fmt: skip


def _staff(units: list[Unit]) -> list[list[Any]]:
    """Return how many work in most units, and how many of them share a sign-in: in care more than elsewhere."""
    random = Random(94)
    found: list[list[Any]] = []
    for unit in units:
        if unit.kind == "unit" and unit.valid_until is None and random.random() < 0.85:
            staff = random.randint(6, 70)
            without = staff // 3 if unit.parent == "VOF" else random.choice([0, 0, 0, 1, 2])
            found.append([unit.code, COUNTED, staff, without + random.choice([0, 0, 1, 3]), without, "lönelistan"])
    return found


def _sites(units: list[Unit]) -> tuple[list[list[Any]], dict[str, str]]:
    """Return a hundred sites and where each unit is; Lundaskolan took over the house of Lunda norra."""
    names, at = ["Stadshuset"], {}
    for unit in units:
        if unit.kind != "unit":
            continue
        if unit.parent in TOWN_HALL:
            at[unit.code] = "S001"
        elif unit.code == "LUNDA":
            at[unit.code] = at["LUNDA-N"]
        else:
            names.append(unit.name)
            at[unit.code] = f"S{len(names):03d}"
    names += [f"{kind} {area}" for kind in OTHER_SITES for area in AREAS][: 100 - len(names)]
    random = Random(96)  # apart, so that what was drawn before stays as it was
    rows: list[list[Any]] = [
        [f"S{n:03d}", START, name, f"{STREETS[n % 10]} {n}, Lillköping", *joined(random), None]
        for n, name in enumerate(names, 1)
    ]
    return rows, at


def _names(random: Random) -> Any:
    """Yield invented names, no two alike."""
    every = [f"{first} {last}" for first in FIRST for last in LAST if f"{first} {last}" not in _taken()]
    random.shuffle(every)
    return iter(every)


def _taken() -> set[str]:
    return {name for _, name, *_ in _sign_ins()}


def _codes(unit: Unit) -> list[list[Any]]:
    """Schools are charged on three code strings, others on one."""
    if unit.activity == "44000":
        leisure = unit.centres[1][0]
        shares = [("förskoleklass", unit.centre, "43500", 1), ("grundskola", unit.centre, "44000", 7),
                  ("fritidshem", leisure, "41200", 2)]  # fmt: skip
    else:
        shares = [("", unit.centre, unit.activity, 1)]
    return [
        [unit.code, label, unit.valid_from, centre, activity, "", "115", weight, unit.valid_until]
        for label, centre, activity, weight in shares
    ]


def _sign_ins() -> list[tuple[str, str, str, str, str]]:
    return [
        ("administrator", "Agneta Rask", "Systemadministratör", "administrator", ""),
        ("controller", "Kerstin Modig", "Controller", "controller", ""),
        ("approver", "Oskar Palmgren", "Ekonomichef", "controller", ""),
        ("head-teacher", "Lena Forslid", "Rektor", "unit_manager", "LUNDA"),
        ("system-owner", "Sven Törnblad", "Systemägare", "reader", "BUF"),
        ("auditor", "Rut Granath", "Revisor", "auditor", ""),
        ("school-director", "Magnus Hedin", "Skolchef", "unit_manager", "BUF"),
    ]  # fmt: skip
