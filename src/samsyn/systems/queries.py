"""Ask what systems there are, and how well each is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from samsyn.people.queries import Thing
from samsyn.systems import engine
from samsyn.systems.choices import QUESTIONS
from samsyn.systems.models import ItSystemUsage, UsedBy

DATES = {
    "pilot": "pilot_date", "operational": "operational_date", "phasing_out": "phasing_out_date", "ended": "ended_date",
}  # fmt: skip
# what a usage itself holds, beside its name and who uses it
OWN = ("purpose", "owner_name", "contract_end_date", "yearly_cost_ore", "personal_data", *DATES.values())
PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One page of the list: its systems, and what the next page begins after ("" where there is none)."""

    systems: list[ItSystemUsage]
    after: str


def usage_with_code(code: str) -> ItSystemUsage | None:
    """Return a system by its local number."""
    return ItSystemUsage.objects.select_related("system", "municipality").filter(code=code).first()


def systems(*, text: str = "", missing: str = "", after: str = "", limit: int = PAGE) -> Listed:
    """Return one page of the systems in the order of their names.

    ``text`` is looked for in name, former names, number, supplier and purpose; ``missing`` is a question without an
    answer; ``after`` is the place the page begins at, as `Listed` gave it.
    """
    found = ItSystemUsage.objects.select_related("system").order_by("sort_key", "code")
    for word in text.casefold().split():
        found = found.filter(search_key__contains=word)
    if missing in QUESTIONS:
        found = found.filter(missing__contains=f",{missing},")
    if after:
        name, _, code = after.rpartition("|")
        found = found.filter(Q(sort_key__gt=name) | Q(sort_key=name, code__gt=code))
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{last.sort_key}|{last.code}" if last else "")


def tally(questions: Iterable[str] = QUESTIONS) -> dict[str, int]:
    """Return how many systems there are (``all``), have every question answered (``known``), and lack each answer."""
    lacking = {name: Count("pk", filter=Q(missing__contains=f",{name},")) for name in questions}
    return ItSystemUsage.objects.aggregate(all=Count("pk"), known=Count("pk", filter=Q(missing=",")), **lacking)


def users_of(usage: ItSystemUsage) -> list[str]:
    """Return the codes of the units that use a system."""
    return list(usage.users.order_by("unit_code").values_list("unit_code", flat=True))


def answers(usage: ItSystemUsage, users: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the answers to the eight questions as they stand; ``users`` are asked for where not given."""
    return {
        "name": usage.name, "purpose": usage.purpose,
        "used_by": users_of(usage) if users is None else list(users),
        "owner_name": usage.owner_name,
        "supplier": usage.system.supplier, "contract_end_date": usage.contract_end_date,
        "yearly_cost_ore": usage.yearly_cost_ore, "personal_data": usage.personal_data,
    }  # fmt: skip


def how_known(usage: ItSystemUsage) -> engine.Known:
    """Return which questions are answered, not known or missing."""
    return engine.known(answers(usage), usage.unknown, QUESTIONS)


def stage(usage: ItSystemUsage, on: date) -> str:
    """Return where in its life a system is on a day."""
    return engine.life_cycle({stage: getattr(usage, name) for stage, name in DATES.items()}, on)


def in_use(on: date) -> dict[str, ItSystemUsage]:
    """Return the systems that have not ended on a day, by number."""
    found = ItSystemUsage.objects.exclude(ended_date__lte=on).select_related("system").order_by("sort_key", "code")
    return {each.code: each for each in found}


def users_by_system() -> dict[str, list[str]]:
    """Return the codes of the units that use each system, by its number."""
    found: dict[str, list[str]] = {}
    for code, unit in UsedBy.objects.order_by("unit_code").values_list("usage__code", "unit_code"):
        found.setdefault(code, []).append(unit)
    return found


def known_systems() -> list[dict[str, Any]]:
    """Return every system with what a file may say of it: key, number, names, answers, days, what was received."""
    found = ItSystemUsage.objects.select_related("system").prefetch_related("users").order_by("pk")
    return [
        {
            **{name: getattr(each, name) for name in (*OWN, "code", "received")}, "pk": each.pk, "name": each.name,
            "supplier": each.system.supplier, "former_names": each.system.former_names,
            "used_by": sorted(user.unit_code for user in each.users.all()),
        }
        for each in found
    ]  # fmt: skip


def system_codes() -> dict[str, str]:
    """Return the number of every system by its number, its name and its former names, in small letters."""
    rows = ItSystemUsage.objects.order_by("-pk").values_list("code", "name", "system__former_names")
    found = {name.casefold(): code for code, _, former in rows for name in former}
    found |= {name.casefold(): code for code, name, _ in rows}
    return found | {code.casefold(): code for code, _, _ in rows}


def names_by_code() -> dict[str, str]:
    """Return the name of every system by its number, in the order of the names."""
    return dict(ItSystemUsage.objects.order_by("sort_key", "code").values_list("code", "name"))


def suppliers_by_code() -> dict[str, str]:
    """Return who supplies each system, by its number, where that is known."""
    rows = ItSystemUsage.objects.exclude(system__supplier="").order_by("sort_key", "code")
    return dict(rows.values_list("code", "system__supplier"))


def things(keys: Iterable[str] | None) -> list[Thing]:
    """Return the systems with some keys, or all that have not ended, as things somebody answers for."""
    wanted = ~Q(ended_date__lte=timezone.localdate()) if keys is None else Q(key__in=list(keys))
    found = ItSystemUsage.objects.filter(wanted).order_by("sort_key", "code")
    rows = found.values_list("key", "name", "code", "owner_name", "missing")
    return [
        Thing("system", str(key), name, "system", code, said=said, questions=max(missing.count(",") - 1, 0))
        for key, name, code, said, missing in rows
    ]
