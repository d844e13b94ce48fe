"""The organisation workbook."""

from random import Random
from typing import Any

from make.places import FIRST, LAST, MERGER, MOVE, START, Unit

Sheet = tuple[list[str], list[list[Any]]]


def sheets(units: list[Unit], seed: int = 7) -> dict[str, Sheet]:
    """Return the sheets of the organisation workbook; a few units have no manager, as in real life."""
    random = Random(seed)
    sites = [[f"S{n:03d}", START, f"{street} {n}", f"{street}gatan {n}, Lillköping", None]
             for n, street in zip(range(1, 101), _streets(), strict=False)]  # fmt: skip
    rows, centres, codes, people, roles = [], [], [], [], []
    for place, unit in enumerate(units):
        site = f"S{place % 100 + 1:03d}" if unit.kind == "unit" else ""
        if unit.code == "KF05":  # Fritidsgårdarna moved from the social to the cultural administration
            rows.append([unit.code, START, unit.name, "unit", "SOF", site, MOVE])
            rows.append([unit.code, MOVE, unit.name, "unit", unit.parent, site, None])
        else:
            rows.append([unit.code, unit.valid_from, unit.name, unit.kind, unit.parent, site, unit.valid_until])
        if unit.kind != "unit":
            continue
        centres.append([unit.centre, unit.valid_from, unit.name, unit.code, unit.valid_until])
        codes += _codes(unit)
        if unit.code != "LUNDA" and random.random() > 0.08:
            name = f"{random.choice(FIRST)} {random.choice(LAST)}"
            code = f"chef-{unit.code.lower()}"
            people.append([code, name, f"{code}@example.org", "Enhetschef", "sv"])
            roles.append([code, "unit_manager", unit.code, unit.valid_from, unit.valid_until])
    for code, name, title, role, unit in _sign_ins():
        people.append([code, name, f"{code}@example.org", title, "sv"])
        roles.append([code, role, unit, START, None])
    lineage = [[old, "LUNDA", "merged", MERGER] for old in ("LUNDA-N", "LUNDA-S")]
    lineage.append(["KF05", "KF05", "moved", MOVE])
    return {
        "Sites": (["code", "valid_from", "name", "address", "valid_until"], sites),
        "Units": (["code", "valid_from", "name", "kind", "parent", "site", "valid_until"], rows),
        "CostCentres": (["code", "valid_from", "name", "unit", "valid_until"], centres),
        "ReceivingCodes": (
            ["unit", "label", "valid_from", "responsibility", "activity", "object", "counterparty", "weight",
             "valid_until"], codes,
        ),
        "Lineage": (["from_unit", "to_unit", "kind", "on_date"], lineage),
        "People": (["code", "name", "email", "title", "language"], people),
        "Roles": (["person", "role", "unit", "valid_from", "valid_until"], roles),
    }  # fmt: skip


def _codes(unit: Unit) -> list[list[Any]]:
    """Schools are charged on three code strings, others on one."""
    if unit.activity == "44000":
        shares = [("förskoleklass", "43500", 1), ("grundskola", "44000", 7), ("fritidshem", "41200", 2)]
    else:
        shares = [("", unit.activity, 1)]
    return [
        [unit.code, label, unit.valid_from, unit.centre, activity, "", "110", weight, unit.valid_until]
        for label, activity, weight in shares
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


def _streets() -> list[str]:
    names = ["Ek", "Björk", "Sjö", "Kvarn", "Skol", "Stor", "Kyrk", "Bro", "Hamn", "Torg"]
    return [names[n % len(names)] for n in range(100)]
