"""Hand out the days of contracts as a calendar that calendar programs follow (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from samsyn.contracts import queries, words

ALARM_DAYS = (14, 1)
REFRESH = timedelta(hours=12)


def calendar(contracts: Iterable[Any], name: str, base_url: str, at: datetime) -> bytes:
    """Return a calendar with a whole day for each contract something must be decided about.

    An event keeps its UID while contract, day and step are the same: a program that has it changes it, and adds none.
    """
    made = Calendar()
    made.add("prodid", "-//Samsyn//contracts//")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for each in contracts:
        if each.next_date:
            made.add_component(_event(each, base_url, at))
    return bytes(made.to_ical())


def _event(contract: Any, base_url: str, at: datetime) -> Event:
    step, found = words.step(contract), queries.outlook(contract, at.date())
    url = base_url.rstrip("/") + reverse("contract", args=[contract.municipality.code, contract.code])
    event = Event()
    event.add("uid", f"{contract.key}-{contract.next_step}-{contract.next_date:%Y%m%d}")
    event.add("dtstamp", at)
    event.add("dtstart", contract.next_date)
    event.add("dtend", contract.next_date + timedelta(1))
    event.add("transp", "TRANSPARENT")
    summary = _("%(name)s: last day to %(step)s") if contract.next_step != "end" else _("%(name)s: %(step)s")
    event.add("summary", summary % {"name": contract.name, "step": step})
    event.add("description", words.then(found) if found else "")
    event.add("url", url)
    for days in ALARM_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", contract.name)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event
