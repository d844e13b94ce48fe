"""Ask what systems there are, and how well each is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from samsyn.organisation.queries import remembered
from samsyn.people.queries import Thing, owners_of, things_owned_by
from samsyn.systems import engine
from samsyn.systems.choices import (
    FURTHER,
    FURTHER_FIELDS,
    KLASSA,
    LISTS,
    OF_PERSONAL_DATA,
    QUESTIONS,
    REMINDED_BEFORE,
    Kind,
)  # fmt: skip
from samsyn.systems.models import AskedSystem, Campaign, InformationScale, ItSystem, ItSystemUsage, UsedBy

DATES = {
    "pilot": "pilot_date", "operational": "operational_date", "phasing_out": "phasing_out_date", "ended": "ended_date",
}  # fmt: skip
# what a usage itself holds, beside its name and who uses it
_FURTHER = tuple(name for name in FURTHER_FIELDS if name not in LISTS)
OWN = ("purpose", "owner_name", "contract_end_date", "yearly_cost_ore", "personal_data", *DATES.values(),
       *_FURTHER)  # fmt: skip
# a system has some fifty columns, and its row in a list shows few of them
_LISTED = ("code", "name", "sort_key", "purpose", "owner_name", "missing", *DATES.values(), "system__supplier")
PAGE = 50
NEWEST = 20  # rounds of questions shown


@dataclass(frozen=True)
class Listed:
    """One page of the list: its systems, and what the next page begins after ("" where there is none)."""

    systems: list[ItSystemUsage]
    after: str


def usage_with_code(code: str) -> ItSystemUsage | None:
    """Return a system by its local number."""
    found = ItSystemUsage.objects.select_related("system", "municipality").prefetch_related("users")
    return found.filter(code=code).first()


def usages_with_keys(keys: Iterable[str]) -> list[ItSystemUsage]:
    """Return the systems with some keys in the order of their names."""
    return list(ItSystemUsage.objects.filter(key__in=list(keys)).order_by("sort_key", "code"))


def systems(*, on: date | None = None, after: str = "", limit: int = PAGE, **asked: str) -> Listed:
    """Return one page of the systems in the order of their names; ``after`` is the place it begins at, from `Listed`.

    ``asked``: see `_matching`.
    """
    found = _matching(on, **asked).only(*_LISTED)
    if after:
        name, _, code = after.rpartition("|")
        found = found.filter(Q(sort_key__gt=name) | Q(sort_key=name, code__gt=code))
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{last.sort_key}|{last.code}" if last else "")


def every_system(*, on: date | None = None, **asked: str) -> Iterator[ItSystemUsage]:
    """Return all systems of a list, a portion at a time; ``asked``: see `_matching`."""
    # asked for while the municipality is known: the portions come later
    users = Prefetch("users", UsedBy.objects.all())
    return _matching(on, **asked).prefetch_related(users).iterator(chunk_size=500)


def received_headers(*, on: date | None = None, **asked: str) -> list[str]:
    """Return the headers of what files have said of the systems of a list and found no place for, each once."""
    rows = _matching(on, **asked).exclude(received={}).values_list("received", flat=True)
    return list(dict.fromkeys(header for each in rows.iterator(chunk_size=500) for header in each))


def _matching(
    on: date | None, *, text: str = "", missing: str = "", kind: str = "", hosting: str = "", stage: str = ""
) -> QuerySet[ItSystemUsage]:
    """Return the systems of a list in the order of their names.

    ``text`` is looked for in name, former names, number, supplier and purpose; ``missing`` is a question without an
    answer; ``stage`` is where in its life a system is ``on`` a day.
    """
    found = ItSystemUsage.objects.select_related("system").order_by("sort_key", "code")
    found = found.filter(**{name: value for name, value in (("kind", kind), ("hosting", hosting)) if value})
    if stage and on:
        found = found.filter(_in_stage(stage, on))
    listed = _with_words(found, text)
    return listed.filter(missing__contains=f",{missing},") if missing in QUESTIONS else listed


def _with_words(found: QuerySet[ItSystemUsage], text: str) -> QuerySet[ItSystemUsage]:
    for word in text.casefold().split():
        found = found.filter(search_key__contains=word)
    return found


def tally(questions: Iterable[str] = QUESTIONS) -> dict[str, int]:
    """Return how many systems there are (``all``), have every question answered (``known``), and lack each answer.

    And how many are for ``business``, how many ``technical``, and of how many that is ``unsaid``.
    """
    lacking = {name: Count("pk", filter=Q(missing__contains=f",{name},")) for name in questions}
    kinds = {kind or "unsaid": Count("pk", filter=Q(kind=kind)) for kind in ("", *Kind.values)}
    return remembered(  # type: ignore[no-any-return]
        f"systems:{sorted(lacking)}",
        lambda: ItSystemUsage.objects.aggregate(
            all=Count("pk"), known=Count("pk", filter=Q(missing=",")), **lacking, **kinds
        ),
    )  # fmt: skip


def _in_stage(stage: str, on: date) -> Q:
    """Return what holds for systems in a stage: its day has come, and that of none after it."""
    begun = {name: Q(**{f"{field}__isnull": False, f"{field}__lte": on}) for name, field in DATES.items()}
    wanted, later = begun.pop(stage, Q()), dict(begun)
    for name in engine.ORDER[: engine.ORDER.index(stage)] if stage in engine.ORDER else ():
        del later[name]
    for each in later.values():
        wanted &= ~each
    return wanted


def users_of(usage: ItSystemUsage) -> list[str]:
    """Return the codes of the units that use a system."""
    return sorted(each.unit_code for each in usage.users.all())


def answers(usage: ItSystemUsage, users: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the answers to the eight questions as they stand; ``users`` are asked for where not given."""
    return {
        "name": usage.name, "purpose": usage.purpose,
        "used_by": users_of(usage) if users is None else list(users),
        "owner_name": usage.owner_name,
        "supplier": usage.system.supplier, "contract_end_date": usage.contract_end_date,
        "yearly_cost_ore": usage.yearly_cost_ore, "personal_data": usage.personal_data,
    }  # fmt: skip


def catalogue(text: str = "", after: str = "", limit: int = PAGE) -> tuple[list[tuple[ItSystem, str]], str]:
    """Return one page of the shared descriptions by name, each with our number of it, and where the next begins.

    ``text`` is looked for in the names; the number is "" where we do not use it.
    """
    found = ItSystem.shared.filter(search_key__gt=after).order_by("search_key")
    for word in text.casefold().split():
        found = found.filter(search_key__contains=word)
    rows = list(found[: limit + 1])
    used = dict(ItSystemUsage.objects.filter(system__in=rows).order_by("-pk").values_list("system", "code"))
    page = [(each, used.get(each.pk, "")) for each in rows[:limit]]
    return page, rows[limit - 1].search_key if len(rows) > limit else ""


def is_shared() -> bool:
    """Tell whether the municipalities of this installation share descriptions of systems."""
    return bool(ItSystem.shared.exists())


def shared_with_key(key: str) -> ItSystem | None:
    """Return a shared description by its key."""
    try:
        return ItSystem.shared.filter(key=UUID(key)).first()
    except ValueError:
        return None


def how_known(usage: ItSystemUsage) -> engine.Known:
    """Return which questions are answered, not known or missing."""
    return engine.known(answers(usage), usage.unknown, QUESTIONS)


def further_known(usage: ItSystemUsage, names: Iterable[str] = FURTHER) -> engine.Known:
    """Return which of some questions beyond the eight are answered, not known or missing.

    Where there are no personal data, nothing about them is missing.
    """
    names = tuple(names)
    found = engine.known({name: getattr(usage, name) for name in names}, usage.unknown, names)
    if usage.personal_data != "no":
        return found
    return replace(found, missing=tuple(each for each in found.missing if each not in OF_PERSONAL_DATA))


def left(usage: ItSystemUsage, questions: Iterable[str]) -> list[str]:
    """Return which of some questions, of the eight or beyond, wait for an answer about a system."""
    further = further_known(usage, [each for each in questions if each in FURTHER]).missing
    return [each for each in questions if each in further or f",{each}," in usage.missing]


def scale() -> tuple[str, list[dict[str, str]]]:
    """Return the scale information is classed by: its name, and its aspects with what they are called."""
    found = InformationScale.objects.order_by("pk").last()
    return (found.scale, found.aspects) if found else KLASSA


def aspects(language: str) -> dict[str, str]:
    """Return what the aspects information is classed by are called in a language, by code."""
    return {each["code"]: each[language] for each in scale()[1]}


def stage(usage: ItSystemUsage, on: date) -> str:
    """Return where in its life a system is on a day."""
    return engine.life_cycle({stage: getattr(usage, name) for stage, name in DATES.items()}, on)


def in_use(on: date) -> dict[str, ItSystemUsage]:
    """Return the systems that have not ended on a day, by number."""
    return {each.code: each for each in holding(on).order_by("sort_key", "code")}


def holding(on: date, text: str = "") -> QuerySet[ItSystemUsage]:
    """Return the systems that have not ended on a day and hold every word of a text, for another room to narrow."""
    return _with_words(ItSystemUsage.objects.exclude(ended_date__lte=on).select_related("system"), text)


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
            **{name: getattr(each, name) for name in (*OWN, *LISTS, "code", "key", "received")}, "pk": each.pk,
            "name": each.name,
            "supplier": each.system.supplier, "former_names": other_names(each),
            "used_by": sorted(user.unit_code for user in each.users.all()),
        }
        for each in found
    ]  # fmt: skip


def other_names(usage: ItSystemUsage) -> list[str]:
    """Return what a system is or was called beside its name here."""
    return [name for name in (usage.system.name, *usage.system.former_names) if name != usage.name]


def system_codes() -> dict[str, str]:
    """Return the number of every system by its number, its name and its former names, in small letters."""
    said = ("code", "name", "system__name", "system__former_names")
    rows = ItSystemUsage.objects.order_by("-pk").values_list(*said)
    found = {name.casefold(): code for code, _, there, former in rows for name in (*former, there)}
    found |= {name.casefold(): code for code, name, *_ in rows}
    return found | {code.casefold(): code for code, *_ in rows}


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


@dataclass(frozen=True)
class Asked:
    """A system of a campaign: who has accepted to own it, if anybody, and the questions that wait for an answer."""

    usage: ItSystemUsage
    owner: Any  # a person, or None
    left: list[str]


@dataclass
class Progress:
    """How far a campaign has come: answers asked for, and those that wait."""

    campaign: Campaign
    asked: int = 0
    left: int = 0


def _unasked(found: Iterable[Campaign], before: str = "") -> list[str]:
    """Return the fields that no campaign asks about: counting answers needs none of them."""
    asked = {name for each in found for name in each.questions}
    return [f"{before}{name}" for name in _FURTHER if name not in asked]


def campaigns() -> list[Progress]:
    """Return the newest campaigns, the newest first."""
    found = {each.pk: Progress(each) for each in Campaign.objects.order_by("-pk")[:NEWEST]}
    rows = AskedSystem.objects.filter(campaign__in=list(found)).select_related("usage__system")
    for row in rows.defer(*_unasked((each.campaign for each in found.values()), "usage__")):
        each = found[row.campaign_id]
        each.asked += len(each.campaign.questions)
        each.left += len(left(row.usage, each.campaign.questions))
    return list(found.values())


def campaign_with_key(key: object) -> Campaign | None:
    """Return a campaign by key."""
    return Campaign.objects.select_related("municipality").filter(key=str(key)).first()


def asked_in(campaign: Campaign, person: Any = None) -> list[Asked]:
    """Return the systems of a campaign, or those of them a person owns, in the order of the names."""
    rows = ItSystemUsage.objects.filter(campaigns__campaign=campaign).select_related("system", "municipality")
    rows = rows.defer(*_unasked([campaign])) if person is None else rows.filter(key__in=owned_by(person))
    usages = list(rows.order_by("sort_key", "code"))
    owners = owners_of("system", [str(each.key) for each in usages])
    return [Asked(each, owners.get(str(each.key)), left(each, campaign.questions)) for each in usages]


def owned_by(person: Any) -> set[str]:
    """Return the keys of the systems a person has accepted to own."""
    return things_owned_by(person, "system")


def asked_of(person: Any, on: date) -> list[tuple[Campaign, int]]:
    """Return the campaigns that ask a person, with how many answers each still waits for, the most urgent first."""
    rows = AskedSystem.objects.filter(usage__key__in=owned_by(person), campaign__until__gte=on)
    waits: dict[Campaign, int] = {}
    for row in rows.select_related("campaign", "usage__system").order_by("campaign__until", "campaign__pk"):
        waits[row.campaign] = waits.get(row.campaign, 0) + len(left(row.usage, row.campaign.questions))
    return list(waits.items())


def is_asked(campaign: Campaign, usage: ItSystemUsage, person: Any) -> bool:
    """Tell whether a campaign asks a person about a system."""
    return str(usage.key) in owned_by(person) and usage.campaigns.filter(campaign=campaign).exists()


def to_tell(on: date) -> list[Campaign]:
    """Return the campaigns whose owners have a mail coming: that it has begun, or that a week is left."""
    soon = on + timedelta(REMINDED_BEFORE)
    wanted = Q(mails=0) | Q(mails=1, until__lte=soon)
    return list(Campaign.objects.filter(wanted, until__gte=on).select_related("municipality").order_by("pk"))


def to_ask(questions: Sequence[str], on: date, *, kind: str = "", unit: str = "") -> list[ItSystemUsage]:
    """Return the systems that lack an answer to one of some questions; ``unit`` is one that uses them."""
    found = ItSystemUsage.objects.exclude(ended_date__lte=on).select_related("system").order_by("sort_key", "code")
    found = found.filter(kind=kind) if kind else found
    found = found.filter(users__unit_code=unit) if unit else found
    return [each for each in found if left(each, questions)]
