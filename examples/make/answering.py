"""Who answers for what in the invented municipality, beside who owns a system: and where nobody does."""

import json
from random import Random

STEPS = ["order", "install", "operate", "first_line", "second_line", "access", "training", "phase_out"]
IT = "IT"
ASKED = "Svarar för förvaltningen i frågor om it och prioriterar bland dess önskemål."
MANDATES = {
    "BUF": "Svarar för förvaltningen i frågor om it och beslutar om köp upp till 500 000 kronor.",
    "VOF": "Svarar för förvaltningen i frågor om it; beslut tas av förvaltningschefen.",
    "KLF": ASKED, "TEF": ASKED, "MBF": ASKED,
}  # fmt: skip
GROUPS = {
    "Skolans system": ("Förskola och skola", ["Elevregistret", "Lärplattformen", "Schemat", "Frånvaron"]),
    "Omsorgens system": ("Äldre och personer med funktionsnedsättning",
                         ["Omsorgsjournalen", "Biståndsbesluten", "Trygghetslarmen"]),
}  # fmt: skip
# who looks after the first group; nobody has taken the second
LEVELS = ["object_owner", "maintenance_manager", "it_maintenance_manager", "object_specialist"]
PROVIDED = [
    {"service": "KONTO", "provider": "Brevbäraren AB", "scope": "e-post för alla", "start_date": "2008-02-01",
     "end_date": "2014-06-30", "exit_reason": "Gränssnittet mot kontaktcenter var otydligt och svaren kom för sent."},
    {"service": "KONTO", "provider": "It-enheten", "scope": "e-post och konton", "start_date": "2014-07-01",
     "end_date": None, "exit_reason": ""},
    {"service": "SURFPLATTA", "provider": "Plattservice i Väst AB", "scope": "installation och service",
     "start_date": "2019-01-01", "end_date": None, "exit_reason": ""},
]  # fmt: skip
FUNDED = [
    {"asset": "Serverrummet", "funder": "Myndigheten för civilt försvar", "amount_ore": 120_000_000,
     "conditions": "Rummet ska stå till kommunens ledning vid kris och får inte läggas ut.",
     "decision": "Beslut 2017-114", "start_date": "2017-05-01", "end_date": "2027-04-30"},
    {"asset": "", "system": "Biblioteket", "funder": "Statens kulturråd", "amount_ore": 24_000_000,
     "conditions": "Ska redovisas när projektet slutar.", "decision": "", "start_date": "2024-01-01",
     "end_date": "2026-12-31"},
]  # fmt: skip
SUPERVISED = [
    {"processor": "Nordmoln Exempel AB", "done_on": "2025-02-10", "next_on": "2026-02-10", "how": "frågor per brev",
     "outcome": "Två underbiträden saknades i avtalet.", "evidence": "KS 2025-31"},
    {"processor": "Exempelsystem Norr AB", "done_on": "2026-01-20", "next_on": "2027-01-20", "how": "besök",
     "outcome": "Inget att anmärka.", "evidence": "KS 2026-4"},
]  # fmt: skip
# what the municipality measures of its IT: one with nobody, one that only who made it can work out
MEASURED = [
    {"name": "Ärenden som fått svar inom en dag", "often": "monthly", "unit_of_measure": "procent", "work_minutes": 90,
     "purpose": "Visar om den som frågar får svar. Sjunker den under 80 ses bemanningen över.",
     "formula": "ärenden med ett första svar inom 8 arbetstimmar, delat med alla ärenden under månaden",
     "source": "ärendesystemets lista", "owner": "accepted"},
    {"name": "It-kostnad per dator", "often": "yearly", "unit_of_measure": "kronor", "work_minutes": 0,
     "purpose": "Jämförs med tidigare år.", "formula": "godkända månaders kostnad för tjänsten, delad med datorerna",
     "source": "kostnadsmodellen", "owner": "accepted"},
    {"name": "Verksamhetens nöjdhet med it", "often": "yearly", "unit_of_measure": "medel på en skala 1–5",
     "work_minutes": 2400, "purpose": "", "formula": "", "source": "enkät till alla chefer", "owner": "offered"},
    {"name": "Driftsatta e-tjänster", "often": "tertial", "unit_of_measure": "antal", "work_minutes": None,
     "purpose": "Fanns i budgeten för 2019.", "formula": "", "source": "", "owner": ""},
]  # fmt: skip
NAMES = [
    {"role": "system_manager", "sv": "systemansvarig", "also": ["systemförvaltare", "applikationsansvarig"],
     "mandate": "Beslutar om inställningar och tider; beställer rättningar inom ramen."},
    {"role": "superuser", "mandate": "Hjälper kollegor i första hand och samlar önskemål."},
]  # fmt: skip


def answering(services: list[str], units: list[str], systems: list[str]) -> bytes:
    """Return it all as JSON: most steps have one unit, a few none, a few two."""
    random = Random(106)  # noqa: S311 - a demo, the same every time
    steps: dict[str, dict[str, list[str]]] = {}
    for service in services:
        steps[service] = {step: [] if random.random() < 0.1 else [IT] for step in STEPS}
        if random.random() < 0.3:
            steps[service]["first_line"] = [IT, random.choice(units)]
    found = {
        "groups": [{"name": name, "purpose": what, "systems": held} for name, (what, held) in GROUPS.items()],
        "levels": LEVELS, "mandates": MANDATES, "roles": NAMES, "steps": steps, "providers": PROVIDED,
        "funding": FUNDED, "unneeded": {"NAT": ["training"], "NATLITEN": ["training"], "LAGRING": ["training"]},
        "superusers": [{"system": each, "people": random.randint(1, 4)} for each in random.sample(systems, 18)],
        "reviewed": [
            {"system": each, "days_ago": random.randint(20, 420), "accounts": random.randint(12, 900)}
            for each in random.sample(systems, 40)
        ],
        "supervised": SUPERVISED, "unnamed": {"system": "Passersystemet", "provision": "OSL 18:8"},
        "indicators": MEASURED,
        "owns_services": [each for each in services if random.random() < 0.85],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


CONNECTIONS = ["fiber 10 Gbit/s", "fiber 1 Gbit/s", "fiber 100 Mbit/s", "mobilt bredband", "ADSL 8 Mbit/s"]
NEEDS = ["fiber 1 Gbit/s", "fiber 100 Mbit/s", "mobilt bredband"]
OBSTACLES = ["ån ligger emellan", "hyrt hus", "ingen fiber i gatan"]


def joined(random: Random) -> list[str]:
    """Return connection, need, wish and obstacle of one site; not everybody has answered."""
    there = random.choices(CONNECTIONS, [10, 50, 20, 12, 8])[0]
    poor = there in CONNECTIONS[3:]
    return [
        there if random.random() < 0.93 else "", random.choice(NEEDS) if random.random() < 0.8 else "",
        "trådlöst i hela huset" if random.random() < 0.25 else "",
        random.choice(OBSTACLES) if poor and random.random() < 0.6 else "",
    ]  # fmt: skip
