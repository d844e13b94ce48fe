"""In the Danish chart art 9.7 is internal income; the rest of hovedart 9 is cost."""

from datetime import date

from django.db import migrations

IM = "Budget- og regnskabssystem for kommuner, hovedarter"
NINE = (("9", "96", "K"), ("97", "97", "I"), ("98", "99", "K"))


def split(apps, schema_editor):
    ranges = apps.get_model("ledger", "ChartRange").objects
    ranges.filter(chart="im", first="9").delete()
    for first, last, kind in NINE:
        ranges.create(chart="im", first=first, last=last, kind=kind, valid_from=date(1995, 1, 1), source=IM)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_charts")]
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
