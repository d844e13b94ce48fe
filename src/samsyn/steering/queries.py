"""Ask which indicators there are, what is not said of them, and what they cost in work."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from samsyn.people.queries import Thing
from samsyn.steering.choices import NEEDED, TIMES_A_YEAR, Often
from samsyn.steering.models import Indicator


def indicators() -> list[Indicator]:
    """Return the indicators that somebody follows, in the order of their names."""
    return list(Indicator.objects.exclude(ended_date__lte=timezone.localdate()).order_by("sort_key", "code"))


def indicator_with_code(code: str) -> Indicator | None:
    """Return an indicator by number, also one that nobody follows any more."""
    return Indicator.objects.select_related("municipality").filter(code=code).first()


def unsaid(found: Indicator) -> list[str]:
    """Return what is not said of an indicator that somebody who did not make it must know."""
    return [name for name in NEEDED if not getattr(found, name)]


def minutes_a_year(found: Indicator) -> int | None:
    """Return how many minutes of work by hand an indicator takes in a year; None where that is not said."""
    if found.work_minutes is None or not found.often:
        return None
    return found.work_minutes * TIMES_A_YEAR[Often(found.often)]


def things(keys: Iterable[str] | None) -> list[Thing]:
    """Return the indicators with some keys, or all that somebody follows, as things somebody answers for."""
    wanted = ~Q(ended_date__lte=timezone.localdate()) if keys is None else Q(key__in=list(keys))
    return [
        Thing("indicator", str(each.key), each.name, "indicator", each.code, questions=len(unsaid(each)))
        for each in Indicator.objects.filter(wanted).order_by("sort_key", "code")
    ]
