"""Ask which systems are looked after together, and when each was last looked at for who may do what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samsyn.core.periods import day_of
from samsyn.core.refusals import N_
from samsyn.maintenance.models import AccessReview, Funding, Holds, MaintenanceObject
from samsyn.people.queries import Thing, things_owned_by
from samsyn.systems.queries import holding, usages_with_keys
from samsyn.web.removal import Hanging

REVIEW_DAYS = 365  # between two reviews of who may do what in a system
PAGE = 50


def objects() -> list[MaintenanceObject]:
    """Return the maintenance objects in the order of their names."""
    return list(MaintenanceObject.objects.order_by("sort_key", "code"))


def object_with_code(code: str) -> MaintenanceObject | None:
    """Return a maintenance object by number."""
    return MaintenanceObject.objects.select_related("municipality").filter(code=code).first()


def object_of(system_key: object) -> MaintenanceObject | None:
    """Return the maintenance object a system belongs to."""
    return MaintenanceObject.objects.filter(systems__system_key=str(system_key)).first()


def objects_above(keys: Iterable[str] | None = None) -> dict[str, str]:
    """Return the key of the maintenance object of some systems, or of all that have one, by the system's key."""
    rows = Holds.objects.values_list("system_key", "maintenance_object__key")
    rows = rows if keys is None else rows.filter(system_key__in=list(keys))
    return {str(system): str(above) for system, above in rows}


def systems_of(found: MaintenanceObject) -> list[str]:
    """Return the keys of the systems of a maintenance object."""
    return [str(key) for key in found.systems.order_by("pk").values_list("system_key", flat=True)]


def things(keys: Iterable[str] | None) -> list[Thing]:
    """Return maintenance objects with some keys, or all, as things somebody answers for."""
    found = MaintenanceObject.objects.order_by("sort_key", "code")
    found = found if keys is None else found.filter(key__in=list(keys))
    return [Thing("object", str(each.key), each.name, "maintenance-object", each.code) for each in found]


@dataclass(frozen=True)
class Review:
    """A system in use, when its rights were last reviewed (None: never) and by when they are to be reviewed next."""

    system: Any
    last: date | None
    due: date


@dataclass(frozen=True)
class Listed:
    """One page of the list, and what the next page begins after ("" where there is none)."""

    reviews: list[Review]
    after: str


def reviews(on: date, *, text: str = "", after: str = "", limit: int = PAGE) -> Listed:
    """Return one page of the systems in use with their last and next review of rights, the most urgent first.

    A system that never was reviewed is to be reviewed at once. ``text``: see `systems.queries.holding`.
    """
    found = _reviewed(on, text).order_by("counted_from", "sort_key", "code")
    day, _, place = after.partition("|")
    if begins := day_of(day):
        name, _, code = place.rpartition("|")
        later = Q(sort_key__gt=name) | Q(sort_key=name, code__gt=code)
        found = found.filter(Q(counted_from__gt=begins) | Q(counted_from=begins) & later)
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(_as_reviews(rows[:limit]), f"{last.counted_from}|{last.sort_key}|{last.code}" if last else "")


def tally(on: date) -> dict[str, int]:
    """Return of how many systems in use (``all``) the rights are to be reviewed (``late``) or ``never`` were."""
    late = Q(counted_from__lte=on - timedelta(REVIEW_DAYS))
    return _reviewed(on).aggregate(  # type: ignore[no-any-return]
        all=Count("pk"), late=Count("pk", filter=late), never=Count("pk", filter=Q(last=None))
    )


def _reviewed(on: date, text: str = "") -> QuerySet[Any]:
    """Return the systems in use with the day of their ``last`` review, and the day a year is counted from."""
    newest = AccessReview.objects.filter(system_key=OuterRef("key")).order_by("-done_date").values("done_date")[:1]
    found = holding(on, text).annotate(last=Subquery(newest))
    return found.annotate(counted_from=Coalesce("last", Value(on - timedelta(REVIEW_DAYS))))


def _as_reviews(found: Iterable[Any]) -> list[Review]:
    return [Review(each, each.last, each.counted_from + timedelta(REVIEW_DAYS)) for each in found]


def reviews_of(system_key: object) -> list[AccessReview]:
    """Return the reviews of who may do what in a system, the newest first."""
    return list(AccessReview.objects.filter(system_key=str(system_key)).order_by("-done_date", "-pk"))


def review_with_key(key: object) -> AccessReview | None:
    """Return a review by key."""
    return AccessReview.objects.filter(key=str(key)).first()


def reviews_due(person: Any, on: date) -> list[Review]:
    """Return the reviews that whoever owns the systems has to do now."""
    mine = things_owned_by(person, "system")
    if not mine:
        return []
    late = _reviewed(on).filter(key__in=mine, counted_from__lte=on - timedelta(REVIEW_DAYS))
    return _as_reviews(late.order_by("counted_from", "sort_key", "code"))


SOON_DAYS = 365  # before the last day of outside money, what follows it has to be thought of


def funding() -> list[Funding]:
    """Return all money from outside, what ends first first, then what has no end."""
    return list(Funding.objects.order_by(F("end_date").asc(nulls_last=True), "asset", "pk"))


def funding_with_key(key: object) -> Funding | None:
    """Return money from outside by key."""
    return Funding.objects.filter(key=str(key)).first()


def funding_of(system_key: object, on: date) -> list[Funding]:
    """Return the outside money for a system whose conditions still hold on a day."""
    holding = Q(end_date=None) | Q(end_date__gte=on)
    return list(Funding.objects.filter(holding, system_key=str(system_key)).order_by("end_date", "pk"))


def funded(on: date) -> dict[str, list[Funding]]:
    """Return the outside money whose conditions still hold on a day, by the key of its system."""
    found: dict[str, list[Funding]] = {}
    holding = Q(end_date=None) | Q(end_date__gte=on)
    for each in Funding.objects.filter(holding, system_key__isnull=False).order_by("end_date", "pk"):
        found.setdefault(str(each.system_key), []).append(each)
    return found


def hanging_on_system(usage: Any) -> list[Hanging]:
    """Return the group, the reviews of rights and the outside money that hang on a system."""
    group, money = object_of(usage.key), Funding.objects.filter(system_key=str(usage.key)).order_by("pk")
    return [
        *([Hanging(N_("group of systems"), group.name, "maintenance-object", (group.code,))] if group else []),
        *(Hanging(N_("review of rights"), each.done_date, "access-reviews-of", (usage.code,))
          for each in reviews_of(usage.key)),
        *(Hanging(N_("outside money"), each.funder, "funding-one", (str(each.key),)) for each in money),
    ]  # fmt: skip


def hanging_on_object(found: MaintenanceObject) -> list[Hanging]:
    """Return the systems of a maintenance object."""
    rows = {str(each.key): each for each in usages_with_keys(systems_of(found))}
    return [Hanging(N_("system"), each.name, "system", (each.code,)) for each in rows.values()]
