"""Say which systems stand behind a service, and why something was bought outside agreements: the only verbs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.history.operations import operation
from samsyn.spending.choices import Why
from samsyn.spending.models import Reason, ServiceSystem
from samsyn.systems.queries import names_by_code

STALE = N_("Somebody else has changed this since you opened it.")


def link(
    *, municipality: Any, service: str, service_name: str, system: str, valid_from: date, by: Any, at: datetime
) -> ServiceSystem:
    """Say that a system stands behind a service from a day on.

    Refuses ``system_unknown`` and ``already_linked``: it stands behind it then or later.
    """
    names = names_by_code()
    if system not in names:
        raise Refusal("system_unknown", N_("There is no system “%(code)s”."), code=system)
    with operation(log=municipality.key, by=by, at=at) as journal:
        same = ServiceSystem.objects.select_for_update().filter(service_code=service, system_code=system)
        if any(each.valid_until is None or each.valid_until > valid_from for each in same):
            raise Refusal("already_linked", N_("It already stands behind this service at that time."))
        made = ServiceSystem.objects.create(
            municipality=municipality, service_code=service, system_code=system, valid_from=valid_from
        )
        after = {"service": service_name, "system": names[system], "valid_from": str(valid_from)}
        journal.record("link", "service_system", made.key, after=after)
    return made


def end_link(*, link: ServiceSystem, valid_until: date, known: int, by: Any, at: datetime) -> ServiceSystem:
    """Say from which day on a system no longer stands behind a service.

    Refuses ``stale_version`` and ``ends_before_it_begins``.
    """
    with operation(log=link.municipality.key, by=by, at=at) as journal:
        link = ServiceSystem.objects.select_for_update().get(pk=link.pk)
        if link.version != known:
            raise Refusal("stale_version", STALE)
        if valid_until <= link.valid_from:
            message = N_("It stands behind the service from %(day)s. Say a later day.")
            raise Refusal("ends_before_it_begins", message, day=link.valid_from)
        before = {"valid_until": str(link.valid_until or "")}
        link.valid_until, link.version = valid_until, link.version + 1
        link.save()
        after = {"valid_until": str(valid_until)}
        journal.record("end", "service_system", link.key, before=before, after=after, version=link.version)
    return link


def give_reason(
    *, municipality: Any, about: Mapping[str, Any], why: str, comment: str, known: int | None, by: Any, at: datetime
) -> Reason:
    """Say why a unit bought of somebody outside agreements in a year; an earlier answer stays in the history.

    ``about``: ``year``, ``unit_code``, ``seller_key``, ``seller_name`` and ``ore``, what it is now. ``known`` is the
    version that was read, None for none. Refuses ``stale_version``, ``why_unknown`` and ``comment_missing``.
    """
    if why not in Why.values:
        raise Refusal("why_unknown", N_("Choose one of the reasons."))
    if why == Why.OTHER and not comment.strip():
        raise Refusal("comment_missing", N_("Say in a few words what the reason is."))
    with operation(log=municipality.key, by=by, at=at) as journal:
        same = {name: about[name] for name in ("year", "unit_code", "seller_key")}
        reason = Reason.objects.select_for_update().filter(**same).first()
        if (reason.version if reason else None) != known:
            raise Refusal("stale_version", STALE)
        before = _shown(reason) if reason else {}
        reason = reason or Reason(municipality=municipality, version=0, **same)
        reason.seller_name, reason.ore = about["seller_name"][:200], about["ore"]
        reason.why, reason.comment, reason.version = why, comment.strip(), reason.version + 1
        reason.answered_at, reason.answered_by_key = at, str(by.key)
        reason.save()
        journal.record(
            "give_reason", "purchase", reason.key, before=before, after=_shown(reason), version=reason.version
        )
    return reason


def _shown(reason: Reason) -> dict[str, Any]:
    return {"name": reason.seller_name, "unit": reason.unit_code, "year": reason.year, "why_outside": reason.why,
            "comment": reason.comment, "outside_ore": reason.ore}  # fmt: skip
