"""The cost model: what is IT, how it is spread, what is charged, and which decisions it rests on."""

from datetime import date
from typing import Any

Sheet = tuple[list[str], list[list[Any]]]
FROM = date(2024, 1, 1)
IN_2026 = date(2026, 1, 1)

POOLS = [
    ("LEASING", "Leasing av datorer", "no"), ("LICENSER", "Licenser och program", "no"),
    ("DRIFT", "Köpt serverdrift", "no"), ("FIBER", "Fiberförbindelser", "no"), ("KONSULT", "Konsulter", "no"),
    ("LOKAL", "It-lokaler", "no"), ("PERSONAL", "It-enhetens personal", "yes"),
    ("KAPITAL", "Nät och servrar, avskrivning och ränta", "no"), ("MATERIAL", "Tillbehör och material", "no"),
    ("EGEN", "It som förvaltningarna köper själva", "no"),
]  # fmt: skip
TYPES = [("SERVICES", "tjänster"), ("STAFF", "personal"), ("CAPITAL", "kapital"), ("MATERIAL", "material")]
IT = {"responsibility_from": "1010", "responsibility_to": "1010"}


def rules() -> list[dict[str, Any]]:
    """Return the classification rules: pairs first, then the IT unit, then what others buy, then what is not IT."""
    found: list[dict[str, Any]] = [
        _rule("INTERN-KOSTNAD", 10, "eliminated", account="6019"),
        _rule("INTERN-INTAKT", 10, "eliminated", account="3319"),
        _rule("BIDRAG", 20, "outside_income", account="3510", **IT),
    ]
    for code, account, pool, kind, months in (
        ("LEASING", "6310", "LEASING", "SERVICES", 1), ("LICENSER", "7430", "LICENSER", "SERVICES", 1),
        ("ARSLICENS", "7431", "LICENSER", "SERVICES", 12), ("SERVERDRIFT", "4610", "DRIFT", "SERVICES", 1),
        ("FIBER", "6820", "FIBER", "SERVICES", 1), ("KONSULTER", "7510", "KONSULT", "SERVICES", 1),
        ("LOKALER", "6013", "LOKAL", "SERVICES", 1), ("LONER", "50", "PERSONAL", "STAFF", 1),
        ("AVGIFTER", "56", "PERSONAL", "STAFF", 1), ("AVSKRIVNING", "79", "KAPITAL", "CAPITAL", 1),
        ("RANTA", "85", "KAPITAL", "CAPITAL", 1), ("TILLBEHOR", "6410", "MATERIAL", "MATERIAL", 1),
        ("UTSKRIFT", "6510", "MATERIAL", "MATERIAL", 1),
    ):  # fmt: skip
        found.append(_rule(f"IT-{code}", 30, "it", account=account, pool=pool, cost_type=kind, months=months, **IT))
    found.append(_rule("EGNA-SYSTEM", 50, "it", account="7430", pool="EGEN", cost_type="SERVICES"))
    for code, account in (("LON", "50"), ("AVGIFT", "56"), ("ELEVSTOD", "45"), ("HYRA", "60"),
                          ("ENERGI", "62"), ("MAT", "644"), ("LAROMEDEL", "646")):  # fmt: skip
        found.append(_rule(f"EJ-{code}", 80, "not_it", account=account))
    return found


def _rule(code: str, priority: int, outcome: str, account: str = "", **more: Any) -> dict[str, Any]:
    return {"code": code, "priority": priority, "account_from": account, "account_to": account, "outcome": outcome,
            "valid_from": FROM, "decision": "DEL-2023-41", **more}  # fmt: skip


def _service(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "final", "mode": "price", "standing": "mandatory", "step": 1,
            "unit_of_measure": "stycken", "owner": "It-enheten", "valid_from": FROM, **more}  # fmt: skip


BACK = "Lämnar ni tillbaka en dator före den 15:e betalar ni inte för den nästa månad."
PRICED = [
    ("ELEVDATOR", "Elevdator", "Elevcomputer", "Student computer", "elevdatorer", "elevcomputere", "student computers", 225, "optional",
     "datorn, programmen, reparation och hjälp", "väska och skärmskydd", BACK),
    ("PERSONALDATOR", "Personaldator", "Personalecomputer", "Staff computer", "personaldatorer", "personalecomputere", "staff computers", 380, "optional",
     "datorn, programmen, reparation och hjälp", "extra skärm", BACK),
    ("DELAD", "Delad dator", "Delt computer", "Shared computer", "delade datorer", "delte computere", "shared computers", 95, "optional",
     "datorn, inloggning för flera, reparation", "skrivare", BACK),
    ("SURFPLATTA", "Surfplatta", "Tablet", "Tablet", "surfplattor", "tablets", "tablets", 95, "optional",
     "surfplattan, skal och reparation", "appar som kostar", "Lämnar ni tillbaka en surfplatta före den 15:e betalar ni inte för den nästa månad."),
    ("KONTO", "Konto och e-post", "Konto og e-mail", "Account and mail", "konton", "konti", "accounts", 74, "mandatory",
     "inloggning, e-post, kalender och lagring", "delade brevlådor utöver en per enhet", "Anmäl den som slutar, så avslutas kontot samma månad."),
    ("INLOGG", "Inloggning utan e-post", "Login uden e-mail", "Sign-in without mail", "inloggningar", "logins", "sign-ins", 15, "mandatory",
     "inloggning till ert verksamhetssystem", "e-post", "Anmäl den som slutar, så avslutas inloggningen samma månad."),
    ("NAT", "Nätanslutning i huset", "Netforbindelse i huset", "Network connection", "nätanslutningar", "netforbindelser", "network connections", 3300, "mandatory",
     "förbindelsen till huset och allt fram till vägguttaget", "nya uttag", ""),
    ("NATLITEN", "Liten nätanslutning", "Lille netforbindelse", "Small network connection", "små nätanslutningar", "små netforbindelser", "small network connections", 750, "mandatory",
     "förbindelsen till huset", "nya uttag", ""),
    ("SANDARE", "Trådlösa sändare", "Trådløse sendere", "Wireless access points", "trådlösa sändare", "trådløse sendere", "wireless access points", 290, "mandatory",
     "sändaren, täckningen och övervakningen", "tillfälliga nät vid evenemang", ""),
    ("MOBIL", "Mobiltelefon", "Mobiltelefon", "Mobile phone", "mobiltelefoner", "mobiltelefoner", "mobile phones", 150, "optional",
     "telefonen och abonnemanget", "samtal utomlands", "Säg upp före den 15:e, så slutar det kosta nästa månad."),
]  # fmt: skip


def services() -> list[dict[str, Any]]:
    """Return the services: priced ones with the prices of 2024–25 and of 2026, shown ones, support ones."""
    found = []
    for code, name, da, en, many, many_da, many_en, price, standing, included, excluded, influence in PRICED:
        common: dict[str, Any] = dict(name_da=da, name_en=en, plural=many, plural_da=many_da, plural_en=many_en, standing=standing,
                      included=included, excluded=excluded, influence=influence, service_level="mejl och telefon 7.30–16.30")  # fmt: skip
        before = price if code in {"ELEVDATOR", "SURFPLATTA"} else price * 97 // 100
        found.append(_service(code, name, price_kr=str(before), valid_until=IN_2026, decision="KF-2023-148", **common))
        found.append(
            _service(code, name, price_kr=str(price), decision="KF-2025-160", **{**common, "valid_from": IN_2026})
        )
    found += [
        _service(
            "ETJANST",
            "E-tjänster",
            name_da="Selvbetjening",
            name_en="E-services",
            mode="cost",
            plural="e-tjänster",
            plural_da="selvbetjeningsløsninger",
            plural_en="e-services",
            included="plattformen och inloggning med e-legitimation",
        ),
        _service(
            "KARTA",
            "Kartor och platsdata",
            name_da="Kort og geodata",
            name_en="Maps",
            mode="cost",
            plural="kartlager",
            plural_da="kortlag",
            plural_en="map layers",
            included="kartan och dess uppdatering",
        ),
        _service(
            "SUPPORT",
            "Hjälp från supporten",
            name_da="Hjælp fra supporten",
            name_en="Help from support",
            mode="shown",
            standing="base",
            plural="användare",
            plural_da="brugere",
            plural_en="users",
            included="hjälp på telefon, mejl och plats",
        ),
        _service(
            "SAKERHET",
            "Säkerhet och övervakning",
            name_da="Sikkerhed og overvågning",
            name_en="Security and monitoring",
            mode="shown",
            standing="base",
            plural="användare",
            plural_da="brugere",
            plural_en="users",
            included="skydd mot intrång dygnet runt",
        ),
        _service(
            "EGNA",
            "System ni köper själva",
            name_da="Systemer I selv køber",
            name_en="Systems you buy yourselves",
            mode="shown",
            standing="base",
            plural="användare",
            plural_da="brugere",
            plural_en="users",
            included="de fakturor som redan ligger hos er",
        ),
    ]
    for code, name in (("S-LEDNING", "It-ledning"), ("S-SERVER", "Serverdrift"), ("S-NAT", "Nätets kärna"),
                       ("S-IDENTITET", "Katalog och inloggning"), ("S-KUND", "Kundtjänst"), ("S-SKYDD", "Skydd och logg")):  # fmt: skip
        found.append(_service(code, name, kind="support", mode="", standing="", unit_of_measure="timmar"))
    return found


FLOWS: dict[str, dict[str, int]] = {
    "LEASING": {"ELEVDATOR": 70, "PERSONALDATOR": 20, "DELAD": 7, "SURFPLATTA": 3},
    "LICENSER": {"ELEVDATOR": 42, "PERSONALDATOR": 16, "KONTO": 30, "S-IDENTITET": 6, "ETJANST": 4, "KARTA": 2},
    "DRIFT": {"S-SERVER": 80, "KONTO": 10, "ETJANST": 10},
    "FIBER": {"NAT": 60, "NATLITEN": 25, "S-NAT": 15},
    "KONSULT": {"S-SKYDD": 40, "ELEVDATOR": 35, "ETJANST": 25},
    "LOKAL": {"S-SERVER": 70, "S-LEDNING": 30},
    "PERSONAL": {"ELEVDATOR": 44, "PERSONALDATOR": 9, "DELAD": 4, "SURFPLATTA": 1, "S-LEDNING": 8, "S-SERVER": 8, "S-NAT": 9,
                 "S-IDENTITET": 6, "S-KUND": 10, "S-SKYDD": 6, "MOBIL": 3, "KARTA": 2, "ETJANST": 3},
    "KAPITAL": {"ELEVDATOR": 36, "SANDARE": 24, "S-NAT": 22, "S-SERVER": 18},
    "MATERIAL": {"ELEVDATOR": 60, "PERSONALDATOR": 20, "SANDARE": 10, "MOBIL": 10},
    "EGEN": {"EGNA": 1},
    "S-LEDNING": {"S-SERVER": 10, "S-NAT": 10, "S-KUND": 10, "ELEVDATOR": 30, "PERSONALDATOR": 15, "KONTO": 15, "SUPPORT": 10},
    "S-SERVER": {"S-IDENTITET": 25, "S-SKYDD": 10, "KONTO": 30, "INLOGG": 10, "ETJANST": 15, "KARTA": 10},
    "S-NAT": {"S-SERVER": 10, "NAT": 45, "NATLITEN": 20, "SANDARE": 25},
    "S-IDENTITET": {"KONTO": 45, "INLOGG": 25, "ELEVDATOR": 20, "S-KUND": 10},
    "S-KUND": {"SUPPORT": 90, "S-IDENTITET": 10},
    "S-SKYDD": {"SAKERHET": 70, "S-SERVER": 15, "S-NAT": 15},
}  # fmt: skip
DECISIONS = [
    ("KF-2023-148", "Kommunfullmäktige", date(2023, 11, 27), "148", "KS 2023/212", "", "Priser på it-tjänster 2024 och 2025"),
    ("KF-2025-160", "Kommunfullmäktige", date(2025, 11, 24), "160", "KS 2025/187", "", "Priser på it-tjänster 2026"),
    ("DEL-2023-41", "Ekonomichefen på delegation", date(2023, 12, 11), "41", "KS 2023/230", "", "Vad som räknas som it-kostnad"),
]  # fmt: skip


def sheets() -> dict[str, Sheet]:
    """Return the model workbook."""
    from samsyn.costing.imports import SHEETS

    flows = [{"from": giver, "to": receiver, "driver": "hours" if giver.startswith("S-") else "fixed", "weight": weight,
              "valid_from": FROM} for giver, row in FLOWS.items() for receiver, weight in row.items()]  # fmt: skip
    decisions = [
        dict(zip(("code", "body", "date", "section", "registry_number", "link", "text"), row, strict=True))
        for row in DECISIONS
    ]
    rows = {
        "Pools": [dict(zip(("code", "name", "is_pay"), row, strict=True)) for row in POOLS],
        "CostTypes": [dict(zip(("code", "name"), row, strict=True)) for row in TYPES],
        "Rules": rules(), "Services": services(), "Flows": flows, "Decisions": decisions,
    }  # fmt: skip
    return {
        sheet: (list(columns), [[row.get(column) for column in columns] for row in rows[sheet]])
        for sheet, (_, columns) in SHEETS.items()
    }
