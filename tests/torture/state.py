"""Build the place that is tortured, say what it holds, do some work again and say it once more.

``python -m tests.torture.state build FOLDER | show | again WORD …``

Runs in a process of its own, on the data folder and database that the environment names.
"""

import contextlib
import hashlib
import json
import os
import sys
from io import StringIO
from pathlib import Path
from typing import Any


def big_books(rows: int = 60_000) -> bytes:
    """Return a month of books large enough that reading, writing and committing it all take their time."""
    head = '#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n#KONTO 6540 "Licenser"\n'
    return (head + "".join(
        f'#VER B {n} 20260320 "Faktura {n}"\n{{\n#TRANS 6540 {{1 9100}} {n}.00\n#TRANS 2440 {{}} -{n}.00\n}}\n'
        for n in range(1, rows // 2 + 1)
    )).encode("cp437")  # fmt: skip


def volume_workbook() -> bytes:
    """Return a workbook of volumes with a long list behind them."""
    from samsyn.formats.workbook import write_sheets
    from tests import build

    sheets = {
        name: (list(rows[0].cells), [[*row.cells.values()] for row in rows]) for name, rows in build.volumes().items()
    }
    count = sheets["Volumes"][0].index("quantity")
    for row in sheets["Volumes"][1]:
        row[count] = 7
    items = [["PC", "NORRA", "2026-03", f"dator {n}", "sal 1", None] for n in range(5_000)]
    sheets["Items"] = (["service", "unit", "period", "item", "place", "since"], items)
    return write_sheets(sheets)


def prepare(folder: Path) -> None:
    """Make a municipality whose March can be run, and the files that are going to be loaded."""
    from django.core.management import call_command

    from samsyn.core.scoping import in_municipality
    from tests import build, personas

    call_command("migrate", verbosity=0)
    place = personas.municipality("lillby", "Lillby")
    with in_municipality(place):
        personas.load_organisation(place)
        build.ready(place)
    (folder / "books.se").write_bytes(big_books())
    (folder / "volumes.xlsx").write_bytes(volume_workbook())


def show() -> dict[str, Any]:
    """Sweep, ask the doctor, and say everything that counts."""
    from django.core.management import call_command

    from samsyn.charging.models import StatementLine
    from samsyn.core.scoping import in_municipality
    from samsyn.costing import queries as costing
    from samsyn.costing import volumes
    from samsyn.facts import store
    from samsyn.history.models import Event
    from samsyn.intake.models import RawFile
    from samsyn.ledger import queries as ledger
    from samsyn.organisation.queries import municipality_with_code
    from tests import build

    call_command("sweep", "--hours", "0", stdout=StringIO())
    said = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("doctor", stdout=said)
    place = municipality_with_code("lillby")
    assert place is not None
    with in_municipality(place):
        run = costing.run_of("2026-03")
        lines = StatementLine.objects.order_by("service_code", "unit_code", "kind")
        rows = list(lines.values_list("service_code", "unit_code", "kind", "amount_ore"))
        batches = store.FactBatch.objects.filter(municipality_key=str(place.key))
        named = {name for each in batches for name in (each.path, *([each.sidecar_path] if each.has_sidecar else []))}
        files = {str(path.relative_to(store.folder())) for path in store.folder().rglob("*.*") if path.is_file()}
        raw = {path.stem for path in (store.folder().parent / "raw").rglob("*.*")}
        leaves = list(
            Event.objects.filter(log=str(place.key)).order_by("leaf_index").values_list("leaf_index", flat=True)
        )
        return {
            "counts": {
                "totals": ledger.totals(place, "account", "all"),
                "batches": sorted(f"{each.kind} {each.row_count}" for each in batches if each.source != "run"),
                "volumes": volumes.volumes(place, build.MARCH),
                "run": run.state if run else None, "sealed": bool(run and run.seal),
                "lines": hashlib.sha256(repr(rows).encode()).hexdigest() if rows else "none",
            },
            "doctor": said.getvalue().strip(),
            "staging": batches.filter(state="staging").count(),
            "unnamed": sorted(files - named), "lost": sorted(named - files),
            "raw": sorted(raw ^ {str(key) for key in RawFile.objects.values_list("key", flat=True)}),
            "gaps": leaves != list(range(len(leaves))),
        }  # fmt: skip


def main() -> None:
    """Do one of the two."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    import django

    django.setup()
    from samsyn.config.cli import main as cli

    if sys.argv[1] == "build":
        prepare(Path(sys.argv[2]))
    elif sys.argv[1] == "show":
        sys.stdout.write(json.dumps(show()) + "\n")
    else:
        found, said = show(), StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
            cli(sys.argv[2:])
        sys.stdout.write(json.dumps([found, show(), said.getvalue()[-500:]]) + "\n")


if __name__ == "__main__":
    main()
