"""The named case: what Lundaskolan pays in March 2026, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from samsyn.charging import engine
from samsyn.charging.queries import Cause, Explanation, Service, Statement
from samsyn.core.money import MICRO
from samsyn.core.periods import Period
from samsyn.organisation.queries import Node, Tree

MARCH = Period(2026, 3)
APPROVED = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)
LINES: list[tuple[str, tuple[str, str, str], tuple[str, str, str], int, int, int, str]] = [
    # code, (sv, da, en), plurals, February, March, price in kronor, standing
    ("PC", ("Elevdator", "Elevcomputer", "Pupil computer"), ("elevdatorer", "elevcomputere", "pupil computers"),
     208, 220, 225, "optional"),
    ("STAFF", ("Personaldator", "Medarbejdercomputer", "Staff computer"),
     ("personaldatorer", "medarbejdercomputere", "staff computers"), 48, 46, 380, "optional"),
    ("NET", ("Nätanslutning i huset", "Netforbindelse i huset", "Network connection"),
     ("nätanslutningar", "netforbindelser", "network connections"), 2, 2, 3300, "mandatory"),
    ("WIFI", ("Trådlös sändare", "Trådløs sender", "Access point"),
     ("trådlösa sändare", "trådløse sendere", "access points"), 14, 14, 290, "mandatory"),
    ("ACCOUNT", ("Konto och e-post", "Konto og e-mail", "Account and e-mail"), ("", "", ""), 52, 52, 74, "mandatory"),
    ("TABLET", ("Surfplatta", "Tablet", "Tablet"), ("surfplattor", "tablets", "tablets"), 30, 30, 95, "optional"),
]  # fmt: skip
INFLUENCE = {"PC": "Lämnar ni tillbaka en dator före den 15:e betalar ni inte för den nästa månad."}


def node(code: str, name: str, kind: str = "unit", parent: str | None = None) -> Node:
    return Node(code, code, name, kind, parent, name.casefold(), date(2024, 1, 1), None)


def row(code: str, **more: Any) -> dict[str, Any]:
    """Return a service as the cost model holds it."""
    for known, (sv, da, en), (plural, plural_da, plural_en), _, _, price, standing in LINES:
        if known == code:
            return {
                "code": code, "name": sv, "name_da": da, "name_en": en, "plural": plural, "plural_da": plural_da,
                "plural_en": plural_en, "price_kr": price * MICRO, "standing": standing, "mode": "price", "step": 1,
                "unit_of_measure": "", "valid_from": "2026-01-01", "valid_until": None,
                "influence": INFLUENCE.get(code, ""), **more,
            }  # fmt: skip
    return {"code": code, "name": code, "step": 1, "valid_from": "2026-01-01", "valid_until": None, **more}


def service(code: str, quantity: int, price_kr: int | None, cost_ore: int = 0, **more: Any) -> Service:
    amount = quantity * price_kr * 100 if price_kr is not None else cost_ore
    shown = more.get("mode") == "shown"
    micro = None if price_kr is None else price_kr * MICRO
    return Service(code, row(code, **more), quantity, micro, amount, 0 if shown else amount, cost_ore, False)


def services() -> list[Service]:
    charged = sorted((service(line[0], line[4], line[5]) for line in LINES), key=lambda each: -each.amount_ore)
    help_ = service("HELP", 0, None, 310_000, name="Hjälp från supporten", name_da="Hjælp fra supporten",
                    name_en="Help from support", mode="shown", standing="base")  # fmt: skip
    return [*charged, help_]


def values(month: int) -> list[engine.LineValue]:
    """Return what was charged in February (2) or March (3)."""
    counts = {line[0]: (line[3] if month == 2 else line[4]) for line in LINES}
    return [engine.LineValue(x[0], counts[x[0]], counts[x[0]] * x[5] * 100, x[5] * MICRO) for x in LINES]


def statement(**changed: Any) -> Statement:
    """Return Lundaskolan's statement for March 2026."""
    content = {"services": [row(line[0]) for line in LINES]}
    path = [node("LK", "Lillköping", "legal_entity"), node("BUF", "Barn och utbildning", "administration", "LK")]
    unit = node("LUNDA", "Lundaskolan", parent="BUF")
    tree = Tree({each.code: each for each in [*path, unit]})
    version = SimpleNamespace(content=content, state="drafted")
    found = Statement(
        unit=unit, period=MARCH, tree=tree, services=services(), total_ore=8_433_800, before_ore=8_239_800,
        run=SimpleNamespace(
            municipality=SimpleNamespace(currency="SEK"), model_version=version,
            approved_at=APPROVED, period="2026-03",
        ),
        year_before_ore=None, not_comparable="merged 2025-07-01", so_far_ore=24_913_400, forecast_ore=100_817_600,
        change=engine.explain_change(values(2), values(3)),
    )  # fmt: skip
    return replace(found, **changed)


def explanation(**changed: Any) -> Explanation:
    """Return the five steps behind the pupil computers."""
    kinds = [("Leasing", 2_990_012), ("Program", 1_012_749), ("Lagning", 578_650), ("Personal", 180_333)]
    causes = [Cause(name, "T", name, "Tjänster", ore, ore * 90, ore * 80, name == "Personal") for name, ore in kinds]
    found = Explanation(
        statement_unit="LUNDA", period=MARCH, service=service("PC", 220, 225, 4_848_256), counted_on=date(2026, 2, 28),
        source="utrustningslistan", answer=None, items=220, causes=causes, other_ore=86_512, other_count=3,
        price_difference_ore=101_744, service_cost_ore=84_600_000, price_decided=True,
        decision={"code": "D1", "body": "Kommunfullmäktige", "date": "2025-11-24", "section": "160",
                  "registry_number": "KS 2025/311"},
    )  # fmt: skip
    return replace(found, **changed)
