"""Keep what was known of each contract's terms, and since when; the standing terms since the last that was written."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

PORTION = 500
COPIED = (
    "municipality_id", "supplier_id", "kind", "start_date", "end_date", "term_months", "signed_date", "after",
    "renewal_months", "notice_months", "notice_days", "notice_to", "irrevocable_date", "options", "options_used",
    "option_months", "option_notice_months", "procure_months", "notice_given_date", "ceiling_ore", "ledger_accounts",
)  # fmt: skip


def record(apps: Any, schema_editor: Any) -> None:
    """Record the standing terms of every contract, since it was last written about."""
    terms = apps.get_model("contracts", "ContractTerms")._base_manager
    events = apps.get_model("history", "Event")._base_manager.filter(record_type="contract", verb__in=["add", "change"])
    written = dict(events.order_by().values_list("record_key").annotate(models.Max("at")))
    rows = []
    for each in apps.get_model("contracts", "Contract")._base_manager.order_by("pk").iterator(chunk_size=PORTION):
        # a UUIDv7 begins with the moment it was made, in milliseconds
        at = written.get(str(each.key)) or datetime.fromtimestamp((each.key.int >> 80) / 1000, UTC)
        copied = {name: getattr(each, name) for name in COPIED}
        rows.append(terms.model(contract_key=each.key, recorded_at=at, **copied))
        if len(rows) == PORTION:
            terms.bulk_create(rows)
            rows = []
    terms.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0003_accounts_it_covers'),
        ('history', '0001_events'),
        ('organisation', '0003_sites_joined_and_staff'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContractTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract', 'contract'), ('framework', 'framework agreement'), ('call_off', 'call-off'), ('processing', 'data processing agreement'), ('lease', 'lease')], default='contract', max_length=12)),
                ('start_date', models.DateField(blank=True, null=True)),
                ('end_date', models.DateField(blank=True, null=True)),
                ('term_months', models.IntegerField(blank=True, null=True)),
                ('signed_date', models.DateField(blank=True, null=True)),
                ('after', models.CharField(choices=[('ends', 'it ends'), ('renews', 'it is renewed'), ('runs_on', 'it runs on until notice')], default='ends', max_length=8)),
                ('renewal_months', models.IntegerField(default=0)),
                ('notice_months', models.IntegerField(default=0)),
                ('notice_days', models.IntegerField(default=0)),
                ('notice_to', models.CharField(choices=[('any_day', 'any day'), ('month', 'the end of a month'), ('quarter', 'the end of a quarter'), ('half_year', 'the end of a half-year'), ('year', 'the end of a year')], default='any_day', max_length=10)),
                ('irrevocable_date', models.DateField(blank=True, null=True)),
                ('options', models.IntegerField(default=0)),
                ('options_used', models.IntegerField(default=0)),
                ('option_months', models.IntegerField(default=0)),
                ('option_notice_months', models.IntegerField(default=0)),
                ('procure_months', models.IntegerField(default=0)),
                ('notice_given_date', models.DateField(blank=True, null=True)),
                ('ceiling_ore', models.BigIntegerField(blank=True, null=True)),
                ('ledger_accounts', models.CharField(blank=True, default='', max_length=200)),
                ('contract_key', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisation.municipality')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='contracts.supplier')),
            ],
            options={
                'indexes': [models.Index(fields=['contract_key', 'recorded_at'], name='contract_terms_known')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('contract_key',), name='contract_terms_open_once')],
            },
        ),
        migrations.RunPython(record, migrations.RunPython.noop),
    ]
