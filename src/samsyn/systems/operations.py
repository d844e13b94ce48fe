"""Change what is known of systems: the only verbs that write it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import in_municipality, local_day
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import Journal, operation
from samsyn.intake import operations as intake
from samsyn.intake.rules import refuse_kept, refuse_kept_thing, without_kept
from samsyn.notices.operations import queue_mail
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import municipalities, unit_names
from samsyn.systems import engine, imports, queries, sharing, words
from samsyn.systems.choices import (
    ALL_QUESTIONS,
    ANSWERS,
    FURTHER,
    FURTHER_FIELDS,
    LISTS,
    MAY_BE_UNKNOWN,
    MOST_QUESTIONS,
    OF_SYSTEM,
    QUESTIONS,
    REMINDED_BEFORE,
)  # fmt: skip
from samsyn.systems.models import AskedSystem, Campaign, InformationScale, ItSystem, ItSystemUsage, UsedBy
from samsyn.systems.queries import DATES, OWN, answers, other_names, users_of
from samsyn.web.removal import refuse_hanging

Names = Mapping[str, str]
SECURITY_PROTECTED = N_(
    "Information of level 4 may touch the security of the country. Write nothing about it here, and talk to whoever "
    "answers for security protection. Nothing of what you wrote on this page is kept."
)


def add_system(*, municipality: Any, told: Mapping[str, Any], by: Any, at: datetime) -> ItSystemUsage:
    """Add a system this municipality uses; what is not told is asked for later.

    ``told``: ``name`` and any of the other questions, ``code`` (the local number; made where none is told),
    ``unknown`` (questions answered *not known*), the days of its life and any of the further fields. Refuses
    ``name_missing``, ``code_taken``, ``unit_unknown``, ``stages_out_of_order`` and what `_check` refuses.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        return _add(journal, municipality, [told], unit_names())[0]


def change_system(*, usage: ItSystemUsage, told: Mapping[str, Any], known: int, by: Any, at: datetime) -> ItSystemUsage:
    """Change what is known of a system; what is not in ``told`` stays.

    ``known`` is the version that was read; refuses ``stale_version`` when somebody has changed it meanwhile, and
    what `add_system` refuses. ``unknown`` speaks of the eight questions, or of those that ``unknown_of`` names.
    """
    with operation(log=usage.municipality.key, by=by, at=at) as journal:
        usage = _locked(usage, known)
        now = {**answers(usage), **{name: getattr(usage, name) for name in (*OWN, *LISTS)},
               "former_names": usage.system.former_names}  # fmt: skip
        refuse_kept(usage.key, told, now)
        _change(journal, usage, told, unit_names(), queries.scale()[0])
    return usage


def remove_system(*, found: ItSystemUsage, known: int, by: Any, at: datetime) -> None:
    """Remove a system that was listed by mistake; its history stays, and what all municipalities share does too.

    Refuses ``stale_version``, ``kept_elsewhere`` and ``in_use`` while something hangs on it.
    """
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        usage = _locked(found, known)
        refuse_kept_thing(usage.key)
        refuse_hanging("system", usage)
        before, system = _shown(usage, users_of(usage), unit_names()), usage.system
        usage.users.all().delete()
        usage.campaigns.all().delete()
        journal.record("remove", "system", usage.key, before=before, version=usage.version + 1)
        usage.delete()
        if system.municipality_id and not system.usages.exists():
            system.delete()


def _locked(usage: ItSystemUsage, known: int) -> ItSystemUsage:
    found = ItSystemUsage.objects.select_for_update(of=("self",)).select_related("system", "municipality")
    usage = found.get(pk=usage.pk)
    if usage.version != known:
        raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
    return usage


def load_systems(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False,
    from_master: bool = False,
) -> Loaded:  # fmt: skip
    """Load a register of systems: new ones are added, known ones (by number, else by name) get what the file knows.

    An empty cell takes nothing away. What finds no place is kept with its system as received. ``status``: committed,
    duplicate (nothing new in it), refused (nothing loaded) or dry-run. What is kept in another system only comes
    ``from_master``.
    """
    known = queries.known_systems()
    plan = imports.plan(file, known, unit_names())
    if not from_master:
        plan.changed, kept = without_kept(plan.changed, known)
        plan.problems += kept
    plan.problems += imports.faults(plan, DATES)
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        names = unit_names()
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _add(journal, municipality, plan.new, names)
            found = ItSystemUsage.objects.select_related("system").in_bulk([key for key, _ in plan.changed])
            scale = queries.scale()[0]
            for key, told in plan.changed:
                _change(journal, found[key], told, names, scale)
            told_of = {"name": name, "added": len(plan.new), "changed": len(plan.changed)}
            journal.record("load", "systems", raw.key, after=told_of)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def load_catalogue(*, file: RegisterFile, by: Any, at: datetime, dry_run: bool = False) -> Loaded:
    """Load descriptions of systems that all municipalities of the installation share; its administrator alone does.

    A row is a standing description by its name. A use with a description of its own by that name, and nothing in it
    that the shared one lacks, goes by the shared one from now on. The history of each municipality tells what its
    systems have learnt. What a description does not hold is not kept.
    """
    rows = [replace(each, received={}) for each in file.rows]
    plan = imports.plan(replace(file, rows=rows), sharing.shared(), {})
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        with transaction.atomic():
            found = sharing.written(plan)
            for municipality in municipalities():
                with in_municipality(municipality):
                    _follow(municipality, found, by, at)
            ItSystem.shared.bulk_update(found.values(), ["name", "search_key", *OF_SYSTEM], batch_size=500)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def _follow(municipality: Any, found: Mapping[str, ItSystem], by: Any, at: datetime) -> None:
    """Let the uses of one municipality go by shared descriptions, before those that stood are saved anew."""
    by_pk = {each.pk: each for each in found.values()}
    theirs = Q(system__municipality=municipality, system__search_key__in=list(found)) | Q(system__in=list(by_pk))
    usages = ItSystemUsage.objects.filter(theirs).select_related("system").prefetch_related("users").order_by("pk")
    names, scale = unit_names(), queries.scale()[0]
    with operation(log=municipality.key, by=by, at=at) as journal:
        for usage in usages:
            own = usage.system if usage.system.municipality_id else None
            there = by_pk.get(usage.system.pk) or found[usage.system.search_key]
            if own and sharing.says_more(own, there):
                continue
            held = users_of(usage)
            before = _shown(usage, held, names)
            usage.system, usage.version = there, usage.version + 1
            _tell(usage, {}, held, scale)
            usage.save()
            if own and not own.usages.exists():
                own.delete()
            if (after := _shown(usage, held, names)) != before:
                journal.record("change", "system", usage.key, before=before, after=after, version=usage.version)


def _add(
    journal: Journal, municipality: Any, everything: Sequence[Mapping[str, Any]], names: Names
) -> list[ItSystemUsage]:
    """Write new systems side by side; one name is one system, as the catalogue or we ourselves have described it."""
    codes = _codes({_text(told, "code") for told in everything})
    known = sharing.standing(_text(told, "name") for told in everything)
    made: list[ItSystem] = []
    scale = queries.scale()[0]
    usages, users = [], []
    for told in everything:
        said = {name: value for name, value in told.items() if name == "name" or value}
        system = sharing.described(known.get(_text(told, "name").casefold()), said, municipality, alone=False)
        if system.pk is None:
            known[system.search_key] = system
            made.append(system)
        usage = ItSystemUsage(municipality=municipality, code=_text(told, "code") or next(codes), system=system)
        units = _units(told.get("used_by", ()), names)
        _tell(usage, told, units, scale)
        usages.append(usage)
        users += [UsedBy(municipality=municipality, usage=usage, unit_code=each) for each in units]
        journal.record("add", "system", usage.key, after={"code": usage.code, **_shown(usage, units, names)})
    ItSystem.objects.bulk_create(made, batch_size=500)
    ItSystemUsage.objects.bulk_create(usages, batch_size=500)
    UsedBy.objects.bulk_create(users, batch_size=500)
    return usages


def _change(journal: Journal, usage: ItSystemUsage, told: Mapping[str, Any], names: Names, scale: str) -> None:
    held = users_of(usage)
    before, units = _shown(usage, held, names), _units(told.get("used_by", held), names)
    usage.version += 1
    alone = usage.system.municipality_id is not None and usage.system.usages.count() == 1
    said = {"name": usage.name, **told}
    usage.system = sharing.described(usage.system, said, usage.municipality, alone=alone)
    if alone or usage.system.pk is None:
        usage.system.save()
    _tell(usage, told, units, scale)
    usage.save()
    usage.users.exclude(unit_code__in=units).delete()
    UsedBy.objects.bulk_create(
        UsedBy(municipality=usage.municipality, usage=usage, unit_code=each) for each in units if each not in held
    )
    after = _shown(usage, units, names)
    journal.record("change", "system", usage.key, before=before, after=after, version=usage.version)


def _codes(wanted: Set[str]) -> Iterator[str]:
    """Yield free numbers, from the highest made so far. Refuses ``code_taken`` for a wanted one that is not free."""
    held = set(ItSystemUsage.objects.values_list("code", flat=True))
    for code in sorted(wanted & held):
        raise Refusal("code_taken", N_("There is already a system with the number %(code)s."), code=code)
    made = [int(code[1:]) for code in held if code[:1] == "S" and code[1:].isascii() and code[1:].isdigit()]
    return (code for number in count(max(made, default=0) + 1) if (code := f"S{number:04d}") not in wanted)


def _units(codes: Iterable[str], names: Names) -> list[str]:
    for code in codes:
        if code not in names:
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=code)
    return sorted(set(codes))


def _text(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name) or "").strip()


def _tell(usage: ItSystemUsage, told: Mapping[str, Any], units: Sequence[str], scale: str) -> None:
    """Take over what was told, and what follows from it: what is missing, and how it is found and sorted."""
    for name in OWN:
        if name in told:
            setattr(usage, name, told[name])
    usage.name = _text(told, "name") or usage.name
    if "unknown" in told:
        spoken = told.get("unknown_of", MAY_BE_UNKNOWN)
        usage.unknown = [
            each for each in (*MAY_BE_UNKNOWN, *FURTHER)
            if each in (told["unknown"] if each in spoken else usage.unknown)
        ]  # fmt: skip
    _check(usage)
    if "information_class" in told:
        usage.class_scale = scale if usage.information_class else ""
    for first, then in engine.out_of_order({stage: getattr(usage, name) for stage, name in DATES.items()}):
        message = N_("The day of “%(then)s” lies before the day of “%(first)s”.")
        raise Refusal("stages_out_of_order", message, first=first, then=then)
    usage.received = {**usage.received, **told.get("received", {})}
    usage.sort_key = sort_key(usage.name)
    known = engine.known(answers(usage, units), usage.unknown, QUESTIONS)
    usage.missing = ",".join(["", *known.missing, ""])
    names = (usage.name, usage.code, *other_names(usage), usage.system.supplier)
    usage.search_key = " ".join([*names, usage.purpose, *usage.functions, *usage.tasks]).casefold()


def _check(usage: ItSystemUsage) -> None:
    """Refuse ``choice_unknown``, ``users_crossed``, ``task_invalid`` and ``security_protected``."""
    for name, choices in ANSWERS.items():
        if getattr(usage, name) not in ("", None, *choices.values):
            raise Refusal("choice_unknown", N_("“%(found)s” is none of the answers."), found=getattr(usage, name))
    least, most = usage.users_from, usage.users_to
    if least is not None and most is not None and most < least:
        raise Refusal("users_crossed", N_("At most %(most)s users are fewer than at least %(least)s."), least=least,
                      most=most)  # fmt: skip
    if most is not None and least is None:
        usage.users_from = 0  # at most so many: from none
    usage.users_to = None if most == least else most
    for task in usage.tasks:
        if not engine.is_task(task):
            message = N_("“%(found)s” is no number of a task. It should look like 27.35.04.")
            raise Refusal("task_invalid", message, found=task)
    if engine.is_protected(usage.information_class):
        raise Refusal("security_protected", SECURITY_PROTECTED)


def _shown(usage: ItSystemUsage, units: Sequence[str], names: Names) -> dict[str, Any]:
    """Return what the history keeps: plain values, days as text."""
    found = {**answers(usage, units), **{name: getattr(usage, name) for name in DATES.values()}}
    found["used_by"] = ", ".join(names.get(each, each) for each in found["used_by"])
    found["supplied_by"] = found.pop("supplier")  # what a rule calls supplier is another thing
    found["not_known"] = usage.unknown
    for name in (*FURTHER_FIELDS, "class_scale"):
        value = getattr(usage, name)
        if name == "information_class":
            found |= {f"class_{aspect}": level for aspect, level in value.items()}
        elif value not in (None, "", []):  # so that what is new does not tell forty empty fields
            found[name] = ", ".join(value) if name in LISTS else str(value) if name == "criticality" else value
    return {name: str(value) if isinstance(value, date) else value for name, value in found.items()}


def adopt_scale(*, municipality: Any, scale: str, aspects: Sequence[Mapping[str, str]], by: Any, at: datetime) -> None:
    """Say which scale information is classed by from now on; what was classed before keeps the name of its own.

    ``aspects``: [{"code", "sv", "da", "en"}]. Refuses ``scale_invalid``.
    """
    codes = [str(each.get("code", "")) for each in aspects]
    whole = all(each.get(name) for each in aspects for name in ("code", "sv", "da", "en"))
    if not scale.strip() or not codes or not whole or len(set(codes)) < len(codes):
        message = N_("A scale needs a name, and aspects each with a code of its own and a name in sv, da and en.")
        raise Refusal("scale_invalid", message)
    with operation(log=municipality.key, by=by, at=at) as journal:
        kept = InformationScale.objects.create(
            municipality=municipality, scale=scale.strip(), aspects=[dict(each) for each in aspects], recorded_at=at
        )
        journal.record("adopt", "information_scale", kept.key, after={"class_scale": scale, "aspects": codes})


def begin_campaign(
    *, municipality: Any, questions: Sequence[str], until: date, by: Any, at: datetime, kind: str = "", unit: str = "",
) -> Campaign:  # fmt: skip
    """Ask the owners of systems that lack an answer; see `queries.to_ask` for which systems.

    Refuses ``questions_missing``, ``too_many_questions``, ``question_unknown``, ``day_has_passed`` and
    ``nothing_to_ask``.
    """
    if not questions:
        raise Refusal("questions_missing", N_("Choose what is asked."))
    if len(questions) > MOST_QUESTIONS:
        message = N_("You chose %(found)s questions. Nobody is asked more than %(most)s at a time.")
        raise Refusal("too_many_questions", message, found=len(questions), most=MOST_QUESTIONS)
    if not set(questions) <= set(ALL_QUESTIONS):
        raise Refusal("question_unknown", N_("One of the questions is not known here."))
    if until <= local_day(at):
        raise Refusal("day_has_passed", N_("The last day to answer must lie ahead."))
    asked = queries.to_ask(questions, local_day(at), kind=kind, unit=unit)
    if not asked:
        raise Refusal("nothing_to_ask", N_("No such system lacks any of these answers."))
    with operation(log=municipality.key, by=by, at=at) as journal:
        campaign = Campaign.objects.create(
            municipality=municipality, questions=list(questions), until=until, asked_at=at,
            asked_by_key=str(getattr(by, "key", by)),
        )  # fmt: skip
        AskedSystem.objects.bulk_create(
            AskedSystem(municipality=municipality, campaign=campaign, usage=each) for each in asked
        )
        told = {"questions": list(questions), "until": until.isoformat(), "systems": len(asked)}
        journal.record("begin", "campaign", campaign.key, after=told)
    return campaign


def answer(
    *, campaign: Campaign, usage: ItSystemUsage, question: str, told: Mapping[str, Any], known: int, by: Any,
    at: datetime, on: date,
) -> ItSystemUsage:  # fmt: skip
    """Answer one question of a campaign about one system. An empty ``told`` says that nobody knows.

    Refuses ``campaign_ended``, ``not_asked`` (whoever does not own it, or about what is not asked) and what
    `change_system` refuses.
    """
    if campaign.until < on:
        message = N_("The last day to answer has passed. You can still write it on the page of the system.")
        raise Refusal("campaign_ended", message)
    if question not in campaign.questions or not queries.is_asked(campaign, usage, by):
        raise Refusal("not_asked", N_("You are not asked about this."))
    unknown = {"unknown": () if told else (question,), "unknown_of": (question,)}
    return change_system(usage=usage, told={**told, **unknown}, known=known, by=by, at=at)


def tell_owners(*, municipality: Any, on: date, by: Any, at: datetime, base_url: str) -> int:
    """Tell the owners that they are asked, and once more a week before the last day; returns how many mails.

    Only who has an answer left is told.
    """
    count = 0
    for campaign in queries.to_tell(on):
        with operation(log=municipality.key, by=by, at=at) as journal:
            campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
            # one that begins in its last week says so in its only mail
            mails = 2 if campaign.until <= on + timedelta(REMINDED_BEFORE) else 1
            if campaign.mails >= mails:  # another worker has told them meanwhile
                continue
            waiting: dict[Any, int] = {}
            for each in queries.asked_in(campaign):
                if each.owner and each.left:
                    waiting[each.owner] = waiting.get(each.owner, 0) + len(each.left)
            for person, left in waiting.items():
                with translation.override(person.language):
                    subject, body = words.campaign(campaign, person, left, municipality, base_url)
                queue_mail(municipality=municipality, to=person, topic=f"campaign {campaign.key} {mails}",
                           subject=subject, body=body, by=by, at=at)  # fmt: skip
            count += len(waiting)
            campaign.mails = mails
            campaign.save(update_fields=["mails"])
            journal.record("tell", "campaign", campaign.key, after={"mails": len(waiting)})
    return count
