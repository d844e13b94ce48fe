"""Let the people of the demo look after groups of systems, help in them, speak for administrations and do steps."""

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from samsyn.catalogue import operations as catalogue
from samsyn.catalogue.queries import service_with_code
from samsyn.maintenance import operations as maintenance
from samsyn.people import operations as people
from samsyn.people.queries import administrations, everybody, loads
from samsyn.records import operations as records
from samsyn.records.queries import processors
from samsyn.steering import operations as steering
from samsyn.systems.operations import change_system
from samsyn.systems.queries import in_use, usage_with_code


def build(told: dict[str, Any], municipality: Any, by: Any, persona: Any, at: datetime) -> None:
    """Do all that ``told`` says, as the controller; the persona who owns systems owns the first group too."""
    common: dict[str, Any] = {"municipality": municipality, "by": by, "at": at}
    systems = {each.name: each for each in in_use(timezone.localdate(at)).values()}
    keys = {name: str(each.key) for name, each in systems.items()}
    others = cycle([each for each in everybody() if each.code.startswith("chef-")])

    def ask(thing: str, key: object, role: str, person: Any, mandate: str = "", accept: bool = True) -> Any:
        duty = people.offer_duty(
            person=person, thing=thing, thing_key=str(key), role=role, mandate=mandate, by=by, at=at
        )
        return people.answer_duty(duty=duty, accept=True, minutes=120, by=person, at=at) if accept else duty

    for each in told["roles"]:
        people.name_role(told=each, role=each["role"], **common)
    groups = [
        maintenance.write_object(told=each, systems=[keys[name] for name in each["systems"]], **common)
        for each in told["groups"]
    ]
    for role in told["levels"]:
        ask("object", groups[0].key, role, persona if role == "object_owner" else next(others))
    for number, thing in enumerate(each for each in administrations(None) if each.code in told["mandates"]):
        ask("administration", thing.key, "representative", next(others), told["mandates"][thing.code], number != 1)
    for each in told["superusers"]:
        _superusers(each, systems, ask, others, by, at)
    for each in told["reviewed"]:
        maintenance.review_access(
            system_key=keys[each["system"]], done_on=timezone.localdate() - timedelta(each["days_ago"]),
            accounts=each["accounts"], removed=each["accounts"] // 20, changed=each["accounts"] // 30,
            evidence="Kontolista genomgången med enhetscheferna", municipality=municipality, by=persona,
            at=timezone.now(),
        )  # fmt: skip
    for each in told["funding"]:
        days = {name: each[name] and date.fromisoformat(each[name]) for name in ("start_date", "end_date")}
        maintenance.write_funding(told={**each, **days, "system_key": keys.get(each.get("system", ""), "")}, **common)
    _services(told, ask, others, by, at)
    for each in told["indicators"]:
        found = steering.write_indicator(told=each, **common)
        if each["owner"]:
            ask("indicator", found.key, "indicator_owner", next(others), accept=each["owner"] == "accepted")
    _supervised(told, systems, common)
    # a manager has given half of them the time they asked for, and one less
    for number, load in enumerate(loads()[:20:2]):
        people.give_time(person=load.person, minutes=load.minutes - 60 * (number == 1), by=by, at=at)


def _superusers(each: dict[str, Any], systems: Any, ask: Any, others: Any, by: Any, at: datetime) -> None:
    for number in range(each["people"]):
        duty = ask("system", systems[each["system"]].key, "superuser", next(others), accept=number != 2)
        if number == 0:
            people.note_contact(duty=duty, on=timezone.localdate(at) - timedelta(20), by=by, at=at)


def _services(told: dict[str, Any], ask: Any, others: Any, by: Any, at: datetime) -> None:
    for code, steps in told["steps"].items():
        found = service_with_code(code)
        if found is None:
            continue
        without = told["unneeded"].get(code, [])
        wanted = {step: units for step, units in steps.items() if step not in without}
        catalogue.answer_steps(service=found, steps=wanted, unneeded=without, known=found.version, by=by, at=at)
        if code in told["owns_services"]:
            ask("service", found.key, "service_owner", next(others))
    for each in told["providers"]:
        found = service_with_code(each["service"])
        days = {name: each[name] and date.fromisoformat(each[name]) for name in ("start_date", "end_date")}
        if found is not None:
            catalogue.write_provider(service=found, told={**each, **days}, by=by, at=at)


def _supervised(told: dict[str, Any], systems: Any, common: dict[str, Any]) -> None:
    """Note how two processors were supervised, one of them long ago; and that one system is not to be named."""
    known = {each.name: each for each in processors("", common["at"].date()).values()}
    for each in (each for each in told["supervised"] if each["processor"] in known):
        records.supervise(
            processor=known[each["processor"]], how=each["how"], outcome=each["outcome"], evidence=each["evidence"],
            done_on=date.fromisoformat(each["done_on"]), next_on=date.fromisoformat(each["next_on"]), **common,
        )  # fmt: skip
    usage = usage_with_code(systems[told["unnamed"]["system"]].code)
    if usage:
        secret = {"named_publicly": "no", "secrecy_provision": told["unnamed"]["provision"], "public_records": "yes"}
        change_system(usage=usage, told=secret, known=usage.version, by=common["by"], at=common["at"])
