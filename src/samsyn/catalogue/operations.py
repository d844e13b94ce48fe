"""Write the service catalogue: the only verbs that do."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from samsyn.catalogue import queries
from samsyn.catalogue.choices import Step
from samsyn.catalogue.models import ProviderTerm, Service, StepAnswer
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.history.operations import operation
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import unit_names

STALE = N_("Somebody else has changed this since you opened it.")
PROVIDER = ("provider", "scope", "start_date", "end_date", "exit_reason")


def take_in(*, municipality: Any, services: Mapping[str, Mapping[str, str]], on: date, by: Any, at: datetime) -> None:
    """Let the catalogue hold the services of a cost model from a day: new ones come, those left out have ended.

    ``services``: code → name by language (``sv`` always). What is known of a service stays when its name changes.
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        known = {each.code: each for each in Service.objects.all()}
        for code, names in services.items():
            found = known.pop(code, None) or Service(municipality=municipality, code=code, version=0)
            before = _names(found) if found.version else {}
            found.sv, found.da, found.en = (names.get(each, "") for each in ("sv", "da", "en"))
            if before == _names(found) and found.ended_date is None:
                continue
            found.ended_date, found.sort_key, found.version = None, sort_key(found.sv), found.version + 1
            found.save()
            journal.record("write", "service", found.key, before=before, after=_names(found), version=found.version)
        for each in known.values():
            if each.ended_date is None:
                each.ended_date, each.version = on, each.version + 1
                each.save(update_fields=["ended_date", "version"])
                told = {"name": each.sv, "ended_date": str(on)}
                journal.record("end", "service", each.key, after=told, version=each.version)


def _names(found: Service) -> dict[str, Any]:
    return {"code": found.code, "name": found.sv, "name_da": found.da, "name_en": found.en}


def answer_steps(
    *, service: Service, steps: Mapping[str, Iterable[str]], unneeded: Iterable[str], known: int, by: Any, at: datetime
) -> Service:
    """Say which unit answers for each step of a service, and which steps it does not have.

    ``steps``: step → unit codes; two for one step are kept and shown as a finding. Refuses ``stale_version``,
    ``unit_unknown`` and ``step_unneeded`` (a unit answers for a step that is said not to be there).
    """
    with operation(log=service.municipality.key, by=by, at=at) as journal:
        service = Service.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=service.pk)
        if service.version != known:
            raise Refusal("stale_version", STALE)
        names, without = unit_names(), [step for step in Step.values if step in set(unneeded)]
        told = {step: list(dict.fromkeys(steps.get(step, ()))) for step in Step.values}
        for step, units in told.items():
            if unknown := [each for each in units if each not in names]:
                raise Refusal("unit_unknown", N_("There is no unit with the code %(code)s."), code=unknown[0])
            if units and step in without:
                raise Refusal("step_unneeded", N_("Somebody answers for a step that is said not to be there."))
        before = _steps(service, names)
        service.answers.all().delete()
        StepAnswer.objects.bulk_create(
            StepAnswer(municipality=service.municipality, service=service, step=step, unit_code=unit)
            for step, units in told.items() for unit in units
        )  # fmt: skip
        service.unneeded, service.version = without, service.version + 1
        service.save(update_fields=["unneeded", "version"])
        after = _steps(service, names)
        journal.record("answer", "service", service.key, before=before, after=after, version=service.version)
    return service


def _steps(service: Service, names: Mapping[str, str]) -> dict[str, str]:
    found = queries.covered(service).steps
    return {f"step_{step}": ", ".join(names.get(each, each) for each in found.get(step, ())) for step in Step.values}


def write_provider(
    *, service: Service, told: Mapping[str, Any], found: ProviderTerm | None = None, known: int = 0, by: Any,
    at: datetime,
) -> ProviderTerm:  # fmt: skip
    """Keep who provided a service for a time, or change it. ``told``: `PROVIDER`.

    Refuses ``stale_version``, ``ends_before_start`` and ``reason_missing`` (what ended says why).
    """
    with operation(log=service.municipality.key, by=by, at=at) as journal:
        if (found.version if found else 0) != known:
            raise Refusal("stale_version", STALE)
        before = _provided(found) if found else {}
        found = found or ProviderTerm(municipality=service.municipality, service=service, version=0)
        for name in PROVIDER:
            setattr(found, name, told[name])
        if found.end_date and found.end_date < found.start_date:
            raise Refusal("ends_before_start", N_("The last day lies before the first."))
        if found.end_date and found.end_date <= local_day(at) and not found.exit_reason.strip():
            raise Refusal("reason_missing", N_("Say why it ended: it is what the next who chooses wants to know."))
        found.version += 1
        found.save()
        journal.record("provide", "service", service.key, before=before, after=_provided(found))
    return found


def _provided(found: ProviderTerm) -> dict[str, str]:
    return {name: str(getattr(found, name) or "") for name in PROVIDER}
