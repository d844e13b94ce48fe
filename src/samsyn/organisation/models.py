"""The organisation's things: identities, and dated rows that say what held when and since when we knew."""

from django.db import models

from samsyn.core.ids import new_key
from samsyn.core.scoping import scoped
from samsyn.organisation.choices import EntryKind, LineageKind, UnitKind


class Municipality(models.Model):
    """A tenant of the installation."""

    key = models.UUIDField(default=new_key, unique=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="SE")
    currency = models.CharField(max_length=3, default="SEK")
    time_zone = models.CharField(max_length=40, default="Europe/Stockholm")
    fiscal_year_start_month = models.PositiveSmallIntegerField(default=1)
    four_eyes = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    organisation_stamp = models.UUIDField(default=new_key)  # a new one whenever the organisation changes

    objects = models.Manager()

    def __str__(self) -> str:
        return self.name


class Recorded(models.Model):
    """A dated row that is never edited: an edit supersedes it and writes another."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class OrgUnit(models.Model):
    """The identity of a legal entity, authority, administration or unit; its facts are terms."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40, db_collation=None)
    version = models.IntegerField(default=1)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "code"], name="organisation_unit_code")]

    def __str__(self) -> str:
        return self.code


class OrgUnitTerm(Recorded):
    """What a unit was called and where it belonged, from one day until another."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=16, choices=UnitKind.choices)
    name = models.CharField(max_length=160)
    parent = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site_code = models.CharField(max_length=40, default="", blank=True)
    search_key = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200)

    objects = scoped("unit__municipality")

    def __str__(self) -> str:
        return self.name


class CostCentre(Recorded):
    """A code of the books that belongs to a unit for a time."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="cost_centres")

    objects = scoped()

    def __str__(self) -> str:
        return self.code


class Site(Recorded):
    """A place where units work."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=new_key, unique=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=200, default="", blank=True)
    # how it is joined to the network: what there is, what the work needs, what is wished for, what stands in the way
    connection = models.CharField(max_length=200, default="", blank=True)
    need = models.CharField(max_length=200, default="", blank=True)
    wish = models.CharField(max_length=200, default="", blank=True)
    obstacle = models.CharField(max_length=200, default="", blank=True)

    objects = scoped()

    def __str__(self) -> str:
        return self.name


class ReceivingCode(Recorded):
    """A code string a unit is charged on, with its weight among the unit's strings."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="receiving_codes")
    label = models.CharField(max_length=80, default="", blank=True)
    responsibility = models.CharField(max_length=40, default="", blank=True)
    activity = models.CharField(max_length=40, default="", blank=True)
    object = models.CharField(max_length=40, default="", blank=True)
    counterparty = models.CharField(max_length=40, default="", blank=True)
    weight = models.PositiveIntegerField(default=1)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.responsibility}-{self.activity}"


class Lineage(models.Model):
    """How one unit became another on a day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    from_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="became")
    to_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=16, choices=LineageKind.choices)
    on_date = models.DateField()

    objects = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_unit", "to_unit", "kind", "on_date"], name="organisation_lineage_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} {self.kind} {self.to_unit_id}"


class MandatoryPart(models.Model):
    """A code part that an entry of some kind must carry, for a time."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    entry_kind = models.CharField(max_length=16, choices=EntryKind.choices)
    part = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = scoped()

    def __str__(self) -> str:
        return f"{self.entry_kind}: {self.part}"


class StaffCount(models.Model):
    """How many work in a unit on a day, and how many of them have no mail or no identity of their own."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="staff_counts")
    counted_on = models.DateField()
    staff = models.IntegerField()
    without_mail = models.IntegerField()
    without_identity = models.IntegerField()
    source = models.CharField(max_length=160, default="", blank=True)

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "counted_on"], name="organisation_staff_counted_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.counted_on}"
