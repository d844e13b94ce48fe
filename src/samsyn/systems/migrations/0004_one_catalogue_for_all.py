from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models

LISTS = ("tasks", "functions", "interfaces")


def to_the_catalogue(apps, schema_editor):
    """What a system can do is said of the system: where several uses go by one description, all that they said."""
    systems = {}
    for usage in apps.get_model("systems", "ItSystemUsage")._base_manager.select_related("system").order_by("pk"):
        system = systems.setdefault(usage.system_id, usage.system)
        for name in LISTS:
            setattr(system, name, list(dict.fromkeys([*getattr(system, name), *getattr(usage, f"own_{name}")])))
    apps.get_model("systems", "ItSystem")._base_manager.bulk_update(systems.values(), LISTS, batch_size=500)


def to_the_uses(apps, schema_editor):
    """Say of each use what its system can do; what was shared becomes a description of each that used it."""
    systems = apps.get_model("systems", "ItSystem")._base_manager
    usages = list(apps.get_model("systems", "ItSystemUsage")._base_manager.select_related("system"))
    own = {}
    for usage in usages:
        if usage.system.municipality_id is None:
            place = usage.system_id, usage.municipality_id
            if place not in own:
                shared = systems.get(pk=usage.system_id)
                shared.pk, shared.key, shared.municipality_id = None, uuid4(), usage.municipality_id
                shared.save(force_insert=True)
                own[place] = shared
            usage.system = own[place]
    for usage in usages:
        for name in LISTS:
            setattr(usage, f"own_{name}", getattr(usage.system, name))
    names = [f"own_{name}" for name in LISTS]
    apps.get_model("systems", "ItSystemUsage")._base_manager.bulk_update(usages, ["system", *names], batch_size=500)
    systems.filter(municipality=None).delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else what follows waits for checks that wait for it


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0003_sites_joined_and_staff'),
        ('systems', '0003_public_naming'),
    ]

    operations = [
        migrations.AlterField(
            model_name='itsystem',
            name='municipality',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.municipality'),
        ),
        migrations.AlterField(
            model_name='itsystem',
            name='search_key',
            field=models.CharField(db_index=True, max_length=160),
        ),
        *(migrations.AddField('itsystem', name, models.JSONField(blank=True, default=list)) for name in LISTS),
        # under another name while they are moved: a use answers for them by its system from now on
        *(migrations.RenameField('itsystemusage', name, f'own_{name}') for name in LISTS),
        migrations.RunPython(to_the_catalogue, to_the_uses),
        *(migrations.RemoveField('itsystemusage', f'own_{name}') for name in LISTS),
    ]
