"""Suppliers, and what has been agreed with them."""

from django.db import models

from samsyn.contracts.choices import After, Answer, Kind, Next, NoticeTo
from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped


class Supplier(models.Model):
    """Somebody who sells to the municipality; ``number`` as `organisation_number` writes it, or unknown."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    number = models.CharField(max_length=10, default="", blank=True)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], condition=~models.Q(number=""),
                                    name="contract_supplier_number")
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Agreed(models.Model):
    """What a contract says about time, and about what may be bought on it."""

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CONTRACT)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    term_months = models.IntegerField(null=True, blank=True)
    signed_date = models.DateField(null=True, blank=True)
    after = models.CharField(max_length=8, choices=After.choices, default=After.ENDS)
    renewal_months = models.IntegerField(default=0)
    notice_months = models.IntegerField(default=0)
    notice_days = models.IntegerField(default=0)
    notice_to = models.CharField(max_length=10, choices=NoticeTo.choices, default=NoticeTo.ANY_DAY)
    irrevocable_date = models.DateField(null=True, blank=True)
    options = models.IntegerField(default=0)
    options_used = models.IntegerField(default=0)
    option_months = models.IntegerField(default=0)
    option_notice_months = models.IntegerField(default=0)
    procure_months = models.IntegerField(default=0)
    notice_given_date = models.DateField(null=True, blank=True)
    ceiling_ore = models.BigIntegerField(null=True, blank=True)
    # as `rules.accounts` reads them; "" is whatever its supplier sells
    ledger_accounts = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        abstract = True


class Contract(Agreed):
    """What was agreed with one supplier, and until when. The days that follow from its terms are kept beside them.

    ``code`` is its number here, ``number`` what its papers carry. ``next_date`` is the first day, from the one it was
    reckoned on, that something must be decided by, ``next_step`` what, ``last_date`` the day it ends as things stand.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    number = models.CharField(max_length=80, default="", blank=True)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=200, default="", blank=True)
    supplier = models.ForeignKey(Supplier, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts")
    framework = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="call_offs")
    owner_name = models.CharField(max_length=120, default="", blank=True)
    yearly_cost_ore = models.BigIntegerField(null=True, blank=True)
    ranking = models.IntegerField(null=True, blank=True)
    how = models.TextField(default="", blank=True)
    received = models.JSONField(default=dict)
    next_date = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=8, choices=Next.choices, default="", blank=True)
    last_date = models.DateField(null=True, blank=True)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="contract_code")]
        indexes = [
            models.Index(fields=["municipality", "sort_key", "code"], name="contract_order"),
            models.Index(fields=["municipality", "next_date", "code"], name="contract_next"),
        ]

    def __str__(self) -> str:
        return self.name


class ContractTerms(Agreed):
    """What was known of a contract's terms from one moment to another; never edited: an edit writes another row.

    It names its contract by key: what was known stays when a contract that was listed by mistake is removed.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    contract_key = models.UUIDField()
    supplier = models.ForeignKey(Supplier, null=True, on_delete=models.PROTECT, related_name="terms")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    # known, but never held: its first day was wrong and was put right
    was_wrong = models.BooleanField(default=False)

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract_key"], condition=models.Q(superseded_at=None),
                                    name="contract_terms_open_once")
        ]  # fmt: skip
        indexes = [models.Index(fields=["contract_key", "recorded_at"], name="contract_terms_known")]

    def __str__(self) -> str:
        return f"{self.contract_key} {self.recorded_at:%Y-%m-%d}"


class ContractedSystem(models.Model):
    """A system that a contract is about."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="systems")
    system_code = models.CharField(max_length=40)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "system_code"], name="contract_system")]

    def __str__(self) -> str:
        return self.system_code


class Decision(models.Model):
    """What must be decided about a contract by a day: who has been asked how often, and what was answered."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="decisions")
    day = models.DateField()
    step = models.CharField(max_length=8, choices=Next.choices)
    asked = models.IntegerField(default=0)
    asked_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default="", blank=True)
    as_a_service = models.CharField(max_length=3, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_key = models.CharField(max_length=64, default="", blank=True)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "day", "step"], name="contract_decided_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.answer}"
