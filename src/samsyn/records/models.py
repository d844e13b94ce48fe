"""Documents as they were once handed out."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.records.choices import Kind


class Document(models.Model):
    """A document as it stood on a day, for the whole municipality ("") or one administration. Never changed.

    ``rows``: (key of the thing, {column: words}) in the order they stand; ``filled`` of ``cells`` held something.
    """

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    unit_code = models.CharField(max_length=40, default="", blank=True)
    language = models.CharField(max_length=2)
    rows = models.JSONField()
    filled = models.IntegerField()
    cells = models.IntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_key = models.CharField(max_length=64)

    objects = scoped()

    class Meta:
        indexes = [models.Index(fields=["municipality", "kind", "unit_code", "made_at"], name="document_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"

    @property
    def by_key(self) -> dict[str, dict[str, str]]:
        """The rows by the key of what each is about."""
        return dict(self.rows)


class Supervision(models.Model):
    """A look at whoever handles personal data for us: what was found, what shows it, when the next is."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    processor_key = models.CharField(max_length=160)
    processor = models.CharField(max_length=160)
    done_date = models.DateField()
    how = models.TextField()
    outcome = models.TextField()
    evidence = models.TextField(default="", blank=True)
    next_date = models.DateField()
    by_key = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = scoped()

    class Meta:
        indexes = [models.Index(fields=["municipality", "processor_key", "done_date"], name="supervision_latest")]

    def __str__(self) -> str:
        return f"{self.processor} {self.done_date}"
