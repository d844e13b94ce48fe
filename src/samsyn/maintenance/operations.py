"""Group systems that are looked after together, and keep what a review of rights found."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.history.operations import operation
from samsyn.intake import operations as intake
from samsyn.maintenance import queries
from samsyn.maintenance.models import AccessReview, Funding, Holds, MaintenanceObject
from samsyn.organisation.operations import sort_key
from samsyn.systems.queries import in_use
from samsyn.web.removal import refuse_hanging

EVIDENCE_KEPT_DAYS = 5 * 365  # what shows that a review was done outlasts the next audits


def write_object(
    *, municipality: Any, told: Mapping[str, str], systems: Sequence[str], found: MaintenanceObject | None = None,
    known: int = 0, by: Any, at: datetime,
) -> MaintenanceObject:  # fmt: skip
    """Add a maintenance object or change one: ``name``, ``purpose``, and the keys of its ``systems``.

    A system leaves the object it was in. Refuses ``stale_version`` and ``name_missing``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        if (found.version if found else 0) != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        if not told["name"].strip():
            raise Refusal("name_missing", N_("Give it a name."))
        names = {str(each.key): each.name for each in in_use(local_day(at)).values()}
        before = _shown(found, names) if found else {}
        found = found or MaintenanceObject(municipality=municipality, code=_code())
        found.name, found.purpose = told["name"].strip(), told.get("purpose", "").strip()
        found.sort_key, found.version = sort_key(found.name), found.version + 1
        found.save()
        found.systems.exclude(system_key__in=systems).delete()
        new = [each for each in dict.fromkeys(systems) if each not in set(queries.systems_of(found))]
        Holds.objects.filter(system_key__in=new).delete()
        Holds.objects.bulk_create(
            Holds(municipality=municipality, maintenance_object=found, system_key=each) for each in new
        )
        after = _shown(found, names)
        journal.record("write", "maintenance_object", found.key, before=before, after=after, version=found.version)
    return found


def remove_object(*, found: MaintenanceObject, known: int, by: Any, at: datetime) -> None:
    """Remove a maintenance object that holds nothing; its history stays. Refuses ``stale_version`` and ``in_use``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        if found.version != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        refuse_hanging("maintenance-object", found)
        journal.record("remove", "maintenance_object", found.key, before=_shown(found, {}), version=known + 1)
        found.delete()


def _shown(found: MaintenanceObject, names: Mapping[str, str]) -> dict[str, Any]:
    held = sorted(names.get(each, each) for each in queries.systems_of(found))
    return {"code": found.code, "name": found.name, "purpose": found.purpose, "systems": ", ".join(held)}


def _code() -> str:
    taken = {each.code for each in queries.objects()}
    return next(code for number in range(1, len(taken) + 2) if (code := f"O{number:03}") not in taken)


def review_access(
    *, municipality: Any, system_key: Any, done_on: date, accounts: int, removed: int, changed: int, evidence: str,
    by: Any, at: datetime, file: IO[bytes] | None = None, file_name: str = "",
) -> AccessReview:  # fmt: skip
    """Keep that somebody has gone through who may do what in a system, and what came of it.

    ``accounts`` were looked at, ``removed`` and ``changed`` of them; ``evidence`` says what shows it (a list, a
    number in the diary), and a file may be kept with it. Refuses ``day_ahead``, ``evidence_missing`` and
    ``too_many`` (more removed and changed than there were).
    """
    if done_on > local_day(at):
        raise Refusal("day_ahead", N_("That day has not come yet."))
    if not evidence.strip() and file is None:
        raise Refusal("evidence_missing", N_("Say what shows that it was done, or add the list that was gone through."))
    if removed + changed > accounts:
        raise Refusal("too_many", N_("More were removed and changed than were looked at. Check the numbers."))
    with operation(log=municipality.key, by=by, at=at) as journal:
        raw = None
        if file is not None:
            raw = intake.keep(municipality_key=municipality.key, name=file_name, content=file, by=by, at=at,
                              kept_days=EVIDENCE_KEPT_DAYS)  # fmt: skip
        review = AccessReview.objects.create(
            municipality=municipality, system_key=system_key, done_date=done_on, accounts=accounts, removed=removed,
            changed=changed, evidence=evidence.strip(), raw_key=str(raw.key) if raw else "", file_name=file_name,
            by_key=str(by.key), recorded_at=at,
        )  # fmt: skip
        told = {"done_date": str(done_on), "accounts": accounts, "accounts_removed": removed,
                "accounts_changed": changed, "evidence": review.evidence}  # fmt: skip
        journal.record("review", "access", system_key, after=told)
    return review


FUNDED = ("asset", "system_key", "funder", "amount_ore", "conditions", "decision", "start_date", "end_date")


def write_funding(
    *, municipality: Any, told: Mapping[str, Any], found: Funding | None = None, known: int = 0, by: Any, at: datetime
) -> Funding:
    """Keep money from outside for something we have, or change it. ``told``: `FUNDED`.

    Refuses ``stale_version``, ``asset_missing``, ``conditions_missing`` (that there are none is an answer) and
    ``ends_before_start``.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        if (found.version if found else 0) != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        names = {str(each.key): each.name for each in in_use(local_day(at)).values()}
        before = _funded(found) if found else {}
        found = found or Funding(municipality=municipality)
        for name in FUNDED:
            setattr(found, name, told[name] or (None if name in ("system_key", "amount_ore") else told[name]))
        found.asset = found.asset or names.get(str(found.system_key), "")
        if not found.asset:
            raise Refusal("asset_missing", N_("Say what the money is for, or which system."))
        if not found.conditions.strip():
            raise Refusal("conditions_missing", N_("Say on what conditions; “none” is an answer too."))
        if found.start_date and found.end_date and found.end_date < found.start_date:
            raise Refusal("ends_before_start", N_("The last day lies before the first."))
        found.version += 1
        found.save()
        journal.record("fund", "asset", found.key, before=before, after=_funded(found), version=found.version)
    return found


def _funded(found: Funding) -> dict[str, Any]:
    told = {name: str(getattr(found, name) or "") for name in FUNDED if name not in ("system_key", "amount_ore")}
    return {**told, "amount_ore": found.amount_ore}
