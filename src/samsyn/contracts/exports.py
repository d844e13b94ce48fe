"""Hand out the days of contracts as a calendar that calendar programs follow (iCalendar, RFC 5545), and all as CSV."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from samsyn.contracts import queries, rules, words
from samsyn.contracts.choices import ANSWERS, Kind, kind_in
from samsyn.core.organisation_numbers import written
from samsyn.formats.csv_lines import register_lines
from samsyn.formats.registers import CONTRACTS
from samsyn.systems.queries import names_by_code

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
    step, found = words.step(contract), rules.outlook(contract, timezone.localdate(at))
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


def whole_list(**asked: str) -> Iterator[str]:
    """Return the lines of a file that a list of contracts is read back by, a contract each.

    ``asked``: see `queries.contracts`. Columns are called as the reader's language has it.
    """
    systems = names_by_code()
    labels = {name: {value: str(label) for value, label in choices.choices} for name, choices in ANSWERS.items()}
    things = (_told(each, systems, labels) for each in queries.every_contract(**asked))
    return register_lines(CONTRACTS, _, things, queries.received_headers(**asked))


def _told(contract: Any, systems: dict[str, str], labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    supplier, came = contract.supplier, contract.received.get("kind", "")
    of = [each.system_code for each in contract.systems.all()]
    found = {each.name: getattr(contract, each.name, None) or None for each in CONTRACTS.fields}
    found |= {name: words[getattr(contract, name)] for name, words in labels.items()}
    if contract.kind == Kind.CONTRACT or (came and kind_in(came) == contract.kind):
        found["kind"] = came
    return found | {
        "supplier": supplier.name if supplier else "", "supplier_number": written(supplier.number) if supplier else "",
        "systems": sorted(systems.get(code, code) for code in of) or None, "received": contract.received,
        "notice": _length(contract.notice_months, contract.notice_days), "renewal": _length(contract.renewal_months, 0),
        "option": (contract.options, contract.option_months, 0) if contract.options else None,
        "framework": contract.framework.code if contract.framework else "",
    }  # fmt: skip


def _length(months: int, days: int) -> tuple[int, int] | None:
    return (months, days) if months or days else None
