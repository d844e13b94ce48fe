"""What looks after systems: maintenance objects, and reviews of who may do what."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped


class MaintenanceObject(models.Model):
    """Systems that are looked after together; who answers for it answers for those that have nobody of their own."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    purpose = models.TextField(default="", blank=True)
    sort_key = models.CharField(max_length=200)
    version = models.IntegerField(default=0)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="maintenance_object_code")]

    def __str__(self) -> str:
        return self.name


class Holds(models.Model):
    """A system that belongs to a maintenance object; it belongs to one at most."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    maintenance_object = models.ForeignKey(MaintenanceObject, on_delete=models.CASCADE, related_name="systems")
    system_key = models.UUIDField()

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "system_key"], name="maintenance_holds_once")]

    def __str__(self) -> str:
        return f"{self.maintenance_object_id} {self.system_key}"


class AccessReview(models.Model):
    """A look at who may do what in a system: what was found, and what shows that it was done."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    system_key = models.UUIDField()
    done_date = models.DateField()
    accounts = models.IntegerField()
    removed = models.IntegerField()
    changed = models.IntegerField()
    evidence = models.TextField()
    raw_key = models.CharField(max_length=64, default="", blank=True)  # a file, kept as it came
    file_name = models.CharField(max_length=200, default="", blank=True)
    by_key = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = scoped()

    class Meta:
        indexes = [models.Index(fields=["municipality", "system_key", "done_date"], name="access_review_by_day")]

    def __str__(self) -> str:
        return f"{self.system_key} {self.done_date}"


class Funding(models.Model):
    """Money from outside for something we have, on conditions and until a day; ``system_key`` where it is a system."""

    municipality = models.ForeignKey("organisation.Municipality", on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    asset = models.CharField(max_length=160)
    system_key = models.UUIDField(null=True, blank=True)
    funder = models.CharField(max_length=160)
    amount_ore = models.BigIntegerField(null=True, blank=True)
    conditions = models.TextField()
    decision = models.CharField(max_length=200, default="", blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.asset}: {self.funder}"
