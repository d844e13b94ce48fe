"""Ship what the ranges of the common charts hold; the municipality's own file (#KTYP) goes before them."""

from datetime import date

from django.db import migrations

SKR = "Kommun-Bas, account classes (SKR)"
BAS = "BAS, account classes"
IM = "Budget- og regnskabssystem for kommuner, hovedarter"
RANGES = [
    *(("kommunbas", first, last, kind, SKR) for first, last, kind in
      (("1", "1", "T"), ("2", "2", "S"), ("3", "3", "I"), ("4", "8", "K"))),
    *(("bas", first, last, kind, BAS) for first, last, kind in
      (("1", "1", "T"), ("2", "2", "S"), ("3", "3", "I"), ("4", "8", "K"))),
    *(("im", first, last, kind, IM) for first, last, kind in
      (("0", "6", "K"), ("7", "8", "I"), ("9", "9", "K"))),
]


def ship(apps, schema_editor):
    ChartRange = apps.get_model("ledger", "ChartRange")
    ChartRange.objects.bulk_create(
        ChartRange(chart=chart, first=first, last=last, kind=kind, valid_from=date(1995, 1, 1), source=source)
        for chart, first, last, kind, source in RANGES
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_sources_and_imports")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
