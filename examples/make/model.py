"""The cost model: what is IT, how it is spread, what is charged, and which decisions it rests on."""

from datetime import date
from typing import Any

from make import services
from make.services import FROM
from samsyn.costing.imports import SHEETS

Sheet = tuple[list[str], list[list[Any]]]

# code, whether it is pay, how many people, and what it is called: here, in Danish, in English
POOLS = [
    ("LEASING", "no", None, "Leasing av datorer", "Leasing af computere", "Leased computers"),
    ("LICENSER", "no", None, "Licenser och program", "Licenser og programmer", "Licences and software"),
    ("DRIFT", "no", None, "Köpt serverdrift", "Købt serverdrift", "Server hosting bought"),
    ("FIBER", "no", None, "Fiberförbindelser", "Fiberforbindelser", "Fibre connections"),
    ("KONSULT", "no", None, "Konsulter", "Konsulenter", "Consultants"),
    ("LOKAL", "no", None, "It-lokaler", "It-lokaler", "IT premises"),
    ("PERSONAL", "yes", 15, "It-enhetens personal", "It-enhedens personale", "The IT unit’s staff"),
    ("KAPITAL", "no", None, "Nät och servrar, avskrivning och ränta", "Netværk og servere, afskrivning og renter",
     "Networks and servers, depreciation and interest"),
    ("MATERIAL", "no", None, "Tillbehör och reservdelar", "Tilbehør og reservedele", "Accessories and spare parts"),
    ("UTSKRIFT", "no", None, "Toner och papper", "Toner og papir", "Toner and paper"),
    ("EGEN", "no", None, "It som förvaltningarna köper själva", "It som forvaltningerne selv køber",
     "IT the administrations buy themselves"),
]  # fmt: skip
TYPES = [
    ("SERVICES", "tjänster", "tjenester", "services"), ("STAFF", "personal", "personale", "staff"),
    ("CAPITAL", "kapital", "kapital", "capital"), ("MATERIAL", "material", "materialer", "material"),
]  # fmt: skip
POOL_COLUMNS = ("code", "is_pay", "people", "name", "name_da", "name_en")
TYPE_COLUMNS = ("code", "name", "name_da", "name_en")
IT = {"responsibility_from": "1010", "responsibility_to": "1010"}
# what the IT unit's accounts are: rule → account, pool, kind of cost, months
IT_RULES = {
    "LEASING": ("6310", "LEASING", "SERVICES", 1), "LICENSER": ("7430", "LICENSER", "SERVICES", 1),
    "ARSLICENS": ("7431", "LICENSER", "SERVICES", 12), "SERVERDRIFT": ("4610", "DRIFT", "SERVICES", 1),
    "FIBER": ("6820", "FIBER", "SERVICES", 1), "KONSULTER": ("7510", "KONSULT", "SERVICES", 1),
    "LOKALER": ("6013", "LOKAL", "SERVICES", 1), "LONER": ("50", "PERSONAL", "STAFF", 1),
    "AVGIFTER": ("56", "PERSONAL", "STAFF", 1), "AVSKRIVNING": ("79", "KAPITAL", "CAPITAL", 1),
    "RANTA": ("85", "KAPITAL", "CAPITAL", 1), "TILLBEHOR": ("6410", "MATERIAL", "MATERIAL", 1),
    "UTSKRIFT": ("6510", "UTSKRIFT", "MATERIAL", 1),
}  # fmt: skip
NOT_IT = {
    "BIDRAG": ("45", "45"), "VARD": ("46", "46"), "LON": ("50", "50"), "AVGIFT": ("56", "56"), "HYRA": ("60", "61"),
    "ENERGI": ("62", "62"), "BILAR": ("632", "632"), "INVENTARIER": ("641", "641"), "MATERIAL": ("642", "642"),
    "MAT": ("644", "644"), "LAROMEDEL": ("646", "646"), "KONTOR": ("65", "65"), "UNDERHALL": ("66", "66"),
    "TELEFONI": ("685", "685"), "TRANSPORT": ("69", "69"), "ADMINISTRATION": ("744", "744"), "VIKARIER": ("752", "752"),
}  # fmt: skip
# what goes where: kronor of 2025 (in thousands) from what is bought, hours from the support services
FLOWS: dict[str, dict[str, int]] = {
    "LICENSER": {"ELEVDATOR": 1000, "PERSONALDATOR": 400, "DELAD": 150, "KONTO": 450, "S-IDENTITET": 100, "ETJANST": 60, "KARTA": 40},
    "DRIFT": {"S-SERVER": 600, "KONTO": 250, "LAGRING": 60, "ETJANST": 40, "SYSTEMDRIFT": 50},
    "FIBER": {"NAT": 700, "NATLITEN": 300, "S-NAT": 100},
    "KONSULT": {"S-SKYDD": 150, "ELEVDATOR": 100, "ETJANST": 62},
    "LOKAL": {"S-SERVER": 160, "S-LEDNING": 80},
    "PERSONAL": {"ELEVDATOR": 1900, "PERSONALDATOR": 570, "DELAD": 260, "SURFPLATTA": 50, "MOBIL": 170, "SKARM": 30,
                 "MOTESRUM": 60, "PROJEKT": 160, "S-LEDNING": 700, "S-SERVER": 800, "S-NAT": 650, "S-IDENTITET": 500,
                 "S-KUND": 800, "S-SKYDD": 356},
    "KAPITAL": {"ELEVDATOR": 500, "SANDARE": 900, "S-NAT": 750, "S-SERVER": 1014},
    "MATERIAL": {"ELEVDATOR": 300, "PERSONALDATOR": 60, "SANDARE": 40, "MOBIL": 28, "SKARM": 50},
    "UTSKRIFT": {"UTSKRIFT": 1},
    "EGEN": {"EGNA": 1},
    "S-LEDNING": {"S-SERVER": 120, "S-NAT": 100, "S-IDENTITET": 60, "S-KUND": 140, "S-SKYDD": 60, "ELEVDATOR": 163,
                  "PERSONALDATOR": 78, "KONTO": 23, "PROJEKT": 83, "SUPPORT": 177},
    "S-SERVER": {"S-IDENTITET": 180, "S-KUND": 40, "S-SKYDD": 80, "ELEVDATOR": 227, "PERSONALDATOR": 110, "DELAD": 58,
                 "KONTO": 100, "INLOGG": 39, "SYSTEMDRIFT": 57, "LAGRING": 26, "ETJANST": 15, "KARTA": 18, "DIARIUM": 14,
                 "INTRANAT": 19, "LARPLATTFORM": 19},
    "S-NAT": {"S-SERVER": 160, "NAT": 402, "NATLITEN": 213, "SANDARE": 213},
    "S-IDENTITET": {"S-SERVER": 50, "S-KUND": 80, "ELEVDATOR": 344, "PERSONALDATOR": 125, "KONTO": 226, "INLOGG": 178},
    "S-KUND": {"S-IDENTITET": 60, "ELEVDATOR": 31, "PERSONALDATOR": 22, "DELAD": 12, "SURFPLATTA": 194, "MOBIL": 143,
               "SKARM": 75, "MOTESRUM": 31, "UTSKRIFT": 26, "SUPPORT": 410},
    "S-SKYDD": {"S-SERVER": 160, "S-NAT": 140, "PERSONALDATOR": 222, "DELAD": 232, "SAKERHET": 249},
}  # fmt: skip
# what is leased, kr a month: computers on two contracts of a fixed size, the others by the piece
LEASED = {"ELEVDATOR": 3760 * 116, "PERSONALDATOR": 720 * 104}
LEASED_BY_THE_PIECE = {"DELAD": 31, "SURFPLATTA": 45}
DECISIONS = [
    ("KF-2022-96", "Kommunfullmäktige", date(2022, 6, 20), "96", "KS 2022/141", "", "Vad som ingår i it-enhetens grunduppdrag"),
    ("KF-2023-148", "Kommunfullmäktige", date(2023, 11, 27), "148", "KS 2023/212", "", "Priser på it-tjänster 2024 och 2025"),
    ("KF-2025-160", "Kommunfullmäktige", date(2025, 11, 24), "160", "KS 2025/187", "", "Priser på it-tjänster 2026"),
    ("DEL-2023-41", "Ekonomichefen på delegation", date(2023, 12, 11), "41", "KS 2023/230", "", "Vad som räknas som it-kostnad"),
    ("DEL-2024-58", "Ekonomichefen på delegation", date(2024, 12, 9), "58", "KS 2024/271", "", "Bilder och fotografier är inte it"),
]  # fmt: skip


def rules() -> list[dict[str, Any]]:
    """Return the classification rules: pairs first, then the IT unit, then what others buy, then what is not IT."""
    found = [
        _rule("INTERN-KOSTNAD", 10, "eliminated", "6019"), _rule("INTERN-INTAKT", 10, "eliminated", "3319"),
        _rule("STATSBIDRAG", 20, "outside_income", "3510", **IT),
        _rule("SALT-UTANFOR", 20, "outside_income", "3610", counterparty_from="5", counterparty_to="7", **IT),
    ]  # fmt: skip
    for code, (account, pool, kind, months) in IT_RULES.items():
        found.append(_rule(f"IT-{code}", 30, "it", account, pool=pool, cost_type=kind, months=months, **IT))
    found.append(_rule("EGNA-SYSTEM", 50, "it", "7430", pool="EGEN", cost_type="SERVICES"))
    images = {"text": "Fotobanken", "valid_from": date(2025, 1, 1), "decision": "DEL-2024-58"}
    found.append(_rule("EJ-BILDER", 70, "not_it", "7439", **images))
    for code, (first, last) in NOT_IT.items():
        found.append(_rule(f"EJ-{code}", 80, "not_it", first, account_to=last))
    return found


def _rule(code: str, priority: int, outcome: str, account: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "priority": priority, "account_from": account, "account_to": account, "outcome": outcome,
            "months": 1, "valid_from": FROM, "decision": "DEL-2023-41", **more}  # fmt: skip


def flows() -> list[dict[str, Any]]:
    """Return what goes where: support by hours, some leasing by how many there are, the rest by fixed parts."""
    found = [
        {"from": giver, "to": receiver, "driver": "hours" if giver.startswith("S-") else "fixed", "weight": weight}
        for giver, row in FLOWS.items() for receiver, weight in row.items()
    ]  # fmt: skip
    found += [{"from": "LEASING", "to": service, "driver": "fixed", "weight": kr} for service, kr in LEASED.items()]
    for service, kr in LEASED_BY_THE_PIECE.items():
        found.append({"from": "LEASING", "to": service, "driver": "volume", "weight": kr, "volume_service": service})
    return [{**flow, "valid_from": FROM} for flow in found]


def sheets() -> dict[str, Sheet]:
    """Return the model workbook."""
    columns = {sheet: list(names) for sheet, (_, names) in SHEETS.items()}
    rows = {
        "Pools": [dict(zip(POOL_COLUMNS, row, strict=True)) for row in POOLS],
        "CostTypes": [dict(zip(TYPE_COLUMNS, row, strict=True)) for row in TYPES],
        "Rules": rules(), "Services": services.rows(), "Flows": flows(),
        "Decisions": [dict(zip(columns["Decisions"], row, strict=True)) for row in DECISIONS],
    }  # fmt: skip
    return {
        sheet: (names, [[row.get(name) for name in names] for row in rows[sheet]]) for sheet, names in columns.items()
    }
