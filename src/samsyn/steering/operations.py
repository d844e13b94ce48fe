"""Write indicators: the only verbs that do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samsyn.core.refusals import N_, Refusal
from samsyn.history.operations import operation
from samsyn.organisation.operations import sort_key
from samsyn.steering.choices import ASKED
from samsyn.steering.models import Indicator
from samsyn.web.removal import refuse_hanging


def write_indicator(
    *, municipality: Any, told: Mapping[str, Any], found: Indicator | None = None, known: int = 0, by: Any, at: datetime
) -> Indicator:
    """Add an indicator or change one: its ``name`` and what of `ASKED` is told.

    ``work_minutes`` are minutes of work by hand for one figure; ``ended_date`` is the day from which nobody follows
    it. Refuses ``stale_version``, ``name_missing`` and ``name_taken`` (two with one name cannot be told apart).
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        if found:
            found = Indicator.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if (found.version if found else 0) != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        name = " ".join(told["name"].split())
        if not name:
            raise Refusal("name_missing", N_("Give the indicator a name."))
        others = Indicator.objects.exclude(pk=found.pk if found else 0)
        if any(each.name.casefold() == name.casefold() for each in others):
            raise Refusal("name_taken", N_("There is an indicator with that name already."))
        before = _shown(found) if found else {}
        found = found or Indicator(municipality=municipality, code=_code())
        found.name, found.sort_key, found.version = name, sort_key(name), found.version + 1
        for field in ASKED:
            if field in told:
                value = told[field]
                setattr(found, field, value.strip() if isinstance(value, str) else value)
        found.save()
        journal.record("write", "indicator", found.key, before=before, after=_shown(found), version=found.version)
    return found


def _shown(found: Indicator) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in ASKED}
    return {"code": found.code, "name": found.name} | {
        name: "" if value is None else value if isinstance(value, (str, int)) else str(value)
        for name, value in told.items()
    }


def _code() -> str:
    taken = set(Indicator.objects.values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"N{number:03}") not in taken)


def remove_indicator(*, found: Indicator, known: int, by: Any, at: datetime) -> None:
    """Remove an indicator that was listed by mistake; its history stays. Refuses ``stale_version`` and ``in_use``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        found = Indicator.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=found.pk)
        if found.version != known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        refuse_hanging("indicator", found)
        journal.record("remove", "indicator", found.key, before=_shown(found), version=found.version + 1)
        found.delete()
