"""Ask what waits to be sent."""

from datetime import datetime

from samsyn.notices.choices import State
from samsyn.notices.models import Notice


def due(at: datetime) -> list[Notice]:
    """Return the mails that should leave now, oldest first."""
    return list(Notice.objects.filter(state=State.QUEUED, due_at__lte=at).order_by("due_at", "pk"))


def counts() -> dict[str, int]:
    """Return how many mails wait, were sent and failed."""
    found = dict.fromkeys(State.values, 0)
    for state in Notice.objects.values_list("state", flat=True):
        found[state] += 1
    return found
