"""Make the demo municipalities again: ``python examples/generate.py [FOLDER]``. The same seed, the same files."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from make import (  # noqa: E402
    agreements,
    answering,
    books,
    capabilities,
    contracts,
    equipment,
    landscape,
    lilleborg,
    model,
    organisation,
    places,
    services,
    systems,
    volumes,
)

from samsyn.formats.workbook import write_sheets  # noqa: E402

VOLUMES = ["service", "unit", "period", "quantity", "low", "high", "source", "counted_on"]
ITEMS = ["service", "unit", "period", "item", "place", "since"]
ABOUT = {
    "name": "Lillköping", "country": "SE", "model_from": "2024-01-01", "approver": "approver",
    "sign_ins": ["controller", "approver", "head-teacher", "school-director", "system-owner", "administrator", "auditor"],
    "books": ["books-2024.se", "books-2025.se", "books-2026-02.se"], "books_after": [],
    "volumes": ["volumes-2024.xlsx", "volumes-2025.xlsx", "volumes-2026.xlsx", "items-2026.csv"],
    "systems": ["systems-2026.csv"], "contracts": ["contracts-2026.csv", "agreements-2026.csv"],
    "equipment": ["equipment-2026.csv"], "capabilities": ["capabilities-2026.csv"],
    "integrations": ["integrations-2026.csv"], "surroundings": "surroundings-2026.json",
    "answering": "who-answers-2026.json",
    "stands_behind": {
        "KONTO": ["E-posten", "Metakatalogen"], "INLOGG": ["Metakatalogen"], "NAT": ["Kommunnätet"],
        "NATLITEN": ["Kommunnätet"], "SANDARE": ["Trådlösa nätet"], "SYSTEMDRIFT": ["Servrar och tunna klienter"],
        "LAGRING": ["Säkerhetskopieringen"], "LARPLATTFORM": ["Lärplattformen"], "DIARIUM": ["Diariet"],
        "INTRANAT": ["Intranätet"], "KARTA": ["Kartvisaren GIS"], "UTSKRIFT": ["Utskrifterna"],
    },
    "questions": {
        "Ansökningar på webben": ["Ta emot ansökningar på webben"],
        "Böcker, scheman och register": ["Låna ut böcker", "Lägga schema", "Slå upp folkbokförda"],
    },
    "asked": ["tasks", "users_from", "criticality", "public_records", "accessibility"],
    "approve_from": "2024-01", "approve_until": "2026-02",
}  # fmt: skip


def table(columns: list[str], rows: list[list[Any]]) -> bytes:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode()


def lillkoping(folder: Path) -> None:
    """Write everything of Lillköping."""
    folder.mkdir(parents=True, exist_ok=True)
    units = places.units()
    (folder / "organisation.xlsx").write_bytes(write_sheets(organisation.sheets(units)))
    (folder / "model.xlsx").write_bytes(write_sheets(model.sheets()))
    for year in (2024, 2025, 2026):
        rows = volumes.volume_rows(units, year)
        (folder / f"volumes-{year}.xlsx").write_bytes(write_sheets({"Volumes": (VOLUMES, rows)}))
    items = volumes.item_rows(units, [(2026, month) for month in (1, 2, 3)])
    (folder / "items-2026.csv").write_bytes(table(ITEMS, items))
    (folder / "systems-2026.csv").write_bytes(systems.register(contracts.ends()))
    (folder / "capabilities-2026.csv").write_bytes(capabilities.register())
    (folder / "integrations-2026.csv").write_bytes(landscape.register())
    (folder / "surroundings-2026.json").write_bytes(landscape.surroundings())
    codes = [each.code for each in units if each.kind == "unit" and each.valid_until is None]
    named = [row[1] for row in systems.rows()]
    (folder / "who-answers-2026.json").write_bytes(answering.answering(services.for_units(), codes, named))
    (folder / "contracts-2026.csv").write_bytes(contracts.register())
    (folder / "agreements-2026.csv").write_bytes(agreements.register())
    (folder / "equipment-2026.csv").write_bytes(equipment.register(units))
    figures = {}
    for name, data, sums in books.files(units):
        (folder / name).write_bytes(data)
        figures[name] = sums
    (folder / "expected.json").write_text(json.dumps(expected(figures), ensure_ascii=False, indent=2) + "\n")
    (folder / "demo.json").write_text(json.dumps(ABOUT, ensure_ascii=False, indent=2) + "\n")


def expected(figures: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Return what the files hold, as their maker knows it: what reads them must come to the same."""
    kinds: dict[str, int] = {}
    for cost in books.IT_UNIT:
        kinds[cost.kind] = kinds.get(cost.kind, 0) + cost.kronor * 100
    prices = {code: int(row[3]) * 100 for code, row in services.PRICED.items()}
    lunda = sum(count * prices[service] for service, count in volumes.LUNDA.items())
    return {
        "books": figures, "it_unit_2025_ore": kinds, "own_it_2025_ore": books.OWN_IT * 100,
        "internal_pair_2025_ore": books.PAIR * 100, "lundaskolan_2026_03_ore": lunda,
    }  # fmt: skip


def main(target: Path) -> None:
    """Write both municipalities, and what they share, below a folder."""
    (target / "catalogue-2026.csv").write_bytes(systems.catalogue())
    lillkoping(target / "lillkoping")
    lilleborg.write(target / "lilleborg")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
