"""Sources, profiles, code lists and imports of the books. The rows themselves are facts."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.ledger.choices import AccountKind, Answer


class LedgerSource(models.Model):
    """Where books come from, and which of its dimensions is which code part."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict)
    chart = models.CharField(max_length=40, default="kommunbas")
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="ledger_source_code")]

    def __str__(self) -> str:
        return self.code


class LedgerProfile(models.Model):
    """A saved answer to which column of a table is what."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.SlugField(max_length=40)
    content = models.JSONField()
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="ledger_profile_code")]

    def __str__(self) -> str:
        return self.code


class ChartRange(models.Model):
    """Which kind of account a range of a chart holds, for a time. Shared by all municipalities."""

    chart = models.CharField(max_length=40)
    first = models.CharField(max_length=12)
    last = models.CharField(max_length=12)
    kind = models.CharField(max_length=1, choices=AccountKind.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.chart} {self.first}–{self.last}"


class CodeRange(models.Model):
    """A range of codes with a meaning: internal counterparties, and rows whose texts are protected."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    meaning = models.CharField(max_length=20, choices=[("internal", "internal"), ("protected", "protected")])
    part = models.CharField(max_length=20)
    first = models.CharField(max_length=12)
    last = models.CharField(max_length=12)
    account_first = models.CharField(max_length=12, default="", blank=True)
    account_last = models.CharField(max_length=12, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.meaning} {self.part} {self.first}–{self.last}"


class LedgerImport(models.Model):
    """One file on its way into the books."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    raw_key = models.UUIDField()
    name = models.CharField(max_length=255)
    source_code = models.CharField(max_length=40)
    profile = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=16)
    summary = models.JSONField(default=dict)
    batch_key = models.CharField(max_length=64, default="", blank=True)
    by_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = scoped()

    def __str__(self) -> str:
        return self.name


class VoucherQuestion(models.Model):
    """A voucher that came again and differs; somebody must say which one holds."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    ledger_import = models.ForeignKey(LedgerImport, on_delete=models.PROTECT, related_name="questions")
    voucher_key = models.CharField(max_length=120)
    before = models.JSONField()
    after = models.JSONField()
    pending_batch_key = models.CharField(max_length=64)
    answer = models.CharField(max_length=16, choices=Answer.choices, default=Answer.OPEN, blank=True)
    answered_by_key = models.CharField(max_length=64, default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = scoped()

    def __str__(self) -> str:
        return self.voucher_key
