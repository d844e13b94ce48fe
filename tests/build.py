"""Build a whole small month: books, a model with reciprocal support, volumes. The worked example of the docs."""

from datetime import date
from typing import Any

from samsyn.charging import operations as charging
from samsyn.core.periods import Period
from samsyn.costing import operations as costing
from samsyn.formats.workbook import SheetRow
from samsyn.ledger import operations as ledger
from samsyn.people.queries import access_of
from tests import personas
from tests.personas import AT, workbook

MARCH = Period(2026, 3)
FROM = date(2026, 1, 1)

# source → account, öre: 10 licences, 20 staff, 30 a credit note (docs/algorithms/allocation.md)
BOOKED = {"6540": 10_001, "5000": 20_000, "6810": -703}


def books(rows: dict[str, int] | None = None, month: int = 3, number: int = 1) -> bytes:
    """Return a SIE file with one voucher: these accounts in öre, balanced on 2440."""
    rows = BOOKED if rows is None else rows
    lines = [f'#TRANS {account} {{1 9100}} {ore / 100:.2f} "" "Faktura"' for account, ore in rows.items()]
    lines.append(f"#TRANS 2440 {{}} {-sum(rows.values()) / 100:.2f}")
    head = '#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n#KONTO 6540 "Licenser"\n'
    return (head + f'#VER A {number} 2026{month:02d}15 "Faktura"\n{{\n' + "\n".join(lines) + "\n}\n").encode("cp437")


def model() -> dict[str, list[SheetRow]]:
    """Return the worked example's model: HD and NET serve each other; MAIL and PC serve units."""
    dated = {"valid_from": FROM}
    services = [
        {"code": code, "name": name, "kind": kind, "mode": mode, "step": 1, "standing": "mandatory", **dated}
        for code, name, kind, mode in (
            ("HD", "Hjälp", "support", ""), ("NET", "Nät", "support", ""),
            ("MAIL", "Konto och e-post", "final", "cost"), ("PC", "Elevdator", "final", "cost"),
        )
    ]  # fmt: skip
    flows = [("10", "MAIL", 1), ("20", "HD", 1), ("20", "NET", 1), ("30", "NET", 1), ("HD", "NET", 1),
             ("HD", "MAIL", 3), ("HD", "PC", 6), ("NET", "HD", 2), ("NET", "MAIL", 3), ("NET", "PC", 5)]  # fmt: skip
    return workbook(
        Pools=[
            {"code": "10", "name": "Licenser", "is_pay": "no"},
            {"code": "20", "name": "Personal", "is_pay": "yes"},
            {"code": "30", "name": "Nät", "is_pay": "no"},
        ],
        CostTypes=[{"code": "T", "name": "Tjänster"}, {"code": "P", "name": "Personal"}],
        Rules=[
            {"code": f"R{pool}", "priority": 10, "account_from": account, "account_to": account, "outcome": "it",
             "pool": pool, "cost_type": kind, **dated}
            for pool, account, kind in (("10", "6540", "T"), ("20", "50", "P"), ("30", "6810", "T"))
        ],
        Services=services,
        Flows=[{"from": a, "to": b, "driver": "fixed", "weight": w, **dated} for a, b, w in flows],
        Decisions=[{"code": "D1", "body": "Kommunfullmäktige", "date": date(2025, 11, 24), "section": "160"}],
    )  # fmt: skip


def volumes(period: str = "2026-03") -> dict[str, list[SheetRow]]:
    """Return the worked example's volumes: A is Norra skolan, B Södra skolan, C the IT unit."""
    counts = {"MAIL": {"NORRA": 3, "SÖDRA": 3, "IT": 1}, "PC": {"NORRA": 5, "SÖDRA": 0, "IT": 2}}
    return workbook(
        Volumes=[
            {"service": service, "unit": unit, "period": period, "quantity": quantity,
             "source": "utrustningslistan", "counted_on": date(2026, 2, 28)}
            for service, units in counts.items()
            for unit, quantity in units.items()
        ]
    )  # fmt: skip


def access(municipality: Any, code: str) -> tuple[Any, Any]:
    """Return a person and their access."""
    person = personas.person(municipality, code)
    return person, access_of(person, AT.date())


def drafted(municipality: Any, sheets: dict[str, list[SheetRow]] | None = None) -> Any:
    """Load volumes and draft the model; there are no books yet."""
    controller, _ = access(municipality, "controller")
    _, problems = costing.load_volumes(municipality=municipality, sheets=volumes(), by=controller, at=AT)
    assert problems == []
    content, problems = costing.read_workbook(sheets or model())
    assert problems == []
    return costing.draft_model(
        municipality=municipality, content=content, name="2026", valid_from=FROM, by=controller, at=AT
    )


def ready(municipality: Any, sheets: dict[str, list[SheetRow]] | None = None) -> None:
    """Load books, volumes and an approved model, so that March can be run."""
    controller, _ = access(municipality, "controller")
    approver, approving = access(municipality, "approver")
    loaded = ledger.load_file(municipality=municipality, data=books(), name="mars.se", by=controller, at=AT)
    assert loaded.status == "committed", loaded.summary
    version = drafted(municipality, sheets)
    costing.approve_model(version=version, access=approving, period=MARCH, by=approver, at=AT)


def approved(municipality: Any, sheets: dict[str, list[SheetRow]] | None = None) -> Any:
    """Run and approve March."""
    ready(municipality, sheets)
    controller, _ = access(municipality, "controller")
    approver, approving = access(municipality, "approver")
    run = charging.draft_run(municipality=municipality, period=MARCH, by=controller, at=AT)
    return charging.approve_run(run=run, access=approving, by=approver, at=AT)
