"""The invented Danish municipality Lilleborg: tiny, to show that it sees nothing of Lillköping and the other way."""

import json
from datetime import date
from pathlib import Path

from samsyn.costing.imports import SHEETS
from samsyn.formats.workbook import write_sheets

START = date(2026, 1, 1)
UNITS = [
    ("LB", "Lilleborg Kommune", "legal_entity", ""), ("LB-KOM", "Lilleborg Kommune", "authority", "LB"),
    ("LB-BU", "Børn og Unge", "administration", "LB-KOM"), ("LB-SKOLE", "Strandskolen", "unit", "LB-BU"),
    ("LB-BIB", "Biblioteket", "unit", "LB-BU"), ("LB-IT", "It-afdelingen", "unit", "LB-BU"),
]  # fmt: skip
BOOKS = [
    ("22", "2026-01-15", "B-1001", "4000", "Skyfirmaet A/S", "Licenser januar", "42.500,00"),
    ("40", "2026-01-20", "B-1002", "4000", "Netværket A/S", "Datalinje", "18.250,50"),
    ("11", "2026-01-31", "B-1003", "4000", "", "Løn it", "95.000,00"),
    ("22", "2026-02-15", "B-1010", "4000", "Skyfirmaet A/S", "Licenser februar", "42.500,00"),
    ("22", "2026-02-18", "B-1011", "4000", "Skyfirmaet A/S", "Kreditnota", "1.200,00-"),
    ("11", "2026-02-28", "B-1012", "4000", "", "Løn it", "95.000,00"),
]  # fmt: skip


def write(folder: Path) -> None:
    """Write everything of Lilleborg."""
    folder.mkdir(parents=True, exist_ok=True)
    people = [("controller", "Mette Holm"), ("godkender", "Søren Bak"), ("skoleleder", "Kirsten Dam")]
    roles = [
        ("controller", "controller", ""),
        ("godkender", "controller", ""),
        ("skoleleder", "unit_manager", "LB-SKOLE"),
    ]
    organisation = {
        "Units": (["code", "valid_from", "name", "kind", "parent", "site", "valid_until"],
                  [[code, START, name, kind, parent, "", None] for code, name, kind, parent in UNITS]),
        "CostCentres": (["code", "valid_from", "name", "unit", "valid_until"],
                        [["4000", START, "It-afdelingen", "LB-IT", None]]),
        "People": (["code", "name", "email", "title", "language"],
                   [[code, name, f"{code}@example.org", "", "da"] for code, name in people]),
        "Roles": (["person", "role", "unit", "valid_from", "valid_until"],
                  [[code, role, unit, START, None] for code, role, unit in roles]),
    }  # fmt: skip
    (folder / "organisation.xlsx").write_bytes(write_sheets(organisation))
    (folder / "model.xlsx").write_bytes(write_sheets(_model()))
    counts = {"PC": {"LB-SKOLE": 60, "LB-BIB": 12, "LB-IT": 4}}
    rows = [
        [service, unit, period, n, None, None, "udstyrslisten", date(2026, 1, 31)]
        for period in ("2026-01", "2026-02")
        for service, units in counts.items()
        for unit, n in units.items()
    ]
    columns = ["service", "unit", "period", "quantity", "low", "high", "source", "counted_on"]
    (folder / "volumes-2026.xlsx").write_bytes(write_sheets({"Volumes": (columns, rows)}))
    head = "Artskonto;Bogføringsdato;Bilagsnr;Omkostningssted;Leverandør;Posteringstekst;Beløb\r\n"
    (folder / "regnskab-2026.csv").write_bytes(
        (head + "".join(";".join(row) + "\r\n" for row in BOOKS)).encode("utf-8-sig")
    )
    about = {
        "name": "Lilleborg", "country": "DK", "model_from": "2026-01-01", "approver": "godkender",
        "sign_ins": ["controller", "godkender", "skoleleder"], "books": ["regnskab-2026.csv"], "books_after": [],
        "volumes": ["volumes-2026.xlsx"], "approve_from": "2026-01", "approve_until": "2026-01",
    }  # fmt: skip
    (folder / "demo.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n")


def _model() -> dict[str, tuple[list[str], list[list[object]]]]:
    dated = {"valid_from": START}
    rule = {"priority": 10, "outcome": "it", "months": 1, **dated}
    rows: dict[str, list[dict[str, object]]] = {
        "Pools": [
            {"code": "KOEB", "name": "Køb", "name_sv": "Inköp", "name_en": "Purchases", "is_pay": "no"},
            {"code": "LOEN", "name": "Løn", "name_sv": "Lön", "name_en": "Pay", "is_pay": "yes", "people": 6},
        ],
        "CostTypes": [
            {"code": "SERVICES", "name": "tjenester", "name_sv": "tjänster", "name_en": "services"},
            {"code": "STAFF", "name": "personale", "name_sv": "personal", "name_en": "staff"},
        ],
        "Rules": [
            {"code": "KOEB", "account_from": "22", "account_to": "22", "pool": "KOEB", "cost_type": "SERVICES", **rule},
            {"code": "LINJE", "account_from": "40", "account_to": "40", "pool": "KOEB", "cost_type": "SERVICES", **rule},
            {"code": "LOEN", "account_from": "11", "account_to": "11", "pool": "LOEN", "cost_type": "STAFF", **rule},
        ],
        "Services": [
            {"code": "PC", "name": "Computer", "plural": "computere", "name_sv": "Dator", "plural_sv": "datorer", "name_en": "Computer",
             "plural_en": "computers", "kind": "final", "mode": "cost",
             "standing": "mandatory", "step": 1, "unit_of_measure": "stk.", **dated},
        ],
        "Flows": [{"from": pool, "to": "PC", "driver": "fixed", "weight": 1, **dated} for pool in ("KOEB", "LOEN")],
        "Decisions": [],
    }  # fmt: skip
    return {
        sheet: (list(columns), [[row.get(column) for column in columns] for row in rows[sheet]])
        for sheet, (_, columns) in SHEETS.items()
    }
