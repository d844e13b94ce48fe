"""Keep the rows of a document as a list: a database may put the keys of an object in an order of its own."""

from typing import Any

from django.db import migrations


def as_list(apps: Any, schema_editor: Any) -> None:
    """Write {key: row} as [[key, row], …]."""
    for document in apps.get_model("records", "Document")._base_manager.filter().iterator():
        if isinstance(document.rows, dict):
            document.rows = list(document.rows.items())
            document.save(update_fields=["rows"])


class Migration(migrations.Migration):
    dependencies = [("records", "0002_supervisions")]

    operations = [migrations.RunPython(as_list, migrations.RunPython.noop)]
