"""Ask what services there are, and which steps of them nobody or several answer for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from samsyn.catalogue.choices import Step
from samsyn.catalogue.models import ProviderTerm, Service
from samsyn.people.queries import Thing
from samsyn.web.numbers import language


@dataclass(frozen=True)
class Covered:
    """A service with who answers for each step: a step that it does not have is not there."""

    service: Service
    steps: dict[str, list[str]]  # step → unit codes

    @property
    def uncovered(self) -> list[str]:
        """Return the steps that nobody answers for."""
        return [step for step, units in self.steps.items() if not units]

    @property
    def doubled(self) -> list[str]:
        """Return the steps that several say they do."""
        return [step for step, units in self.steps.items() if len(units) > 1]


def name_of(service: Service) -> str:
    """Return what a service is called in the language of the page."""
    return getattr(service, language(get_language())) or service.sv


def services() -> list[Covered]:
    """Return the services that have not ended with who does which step, in the order of their names."""
    found = Service.objects.exclude(ended_date__lte=timezone.localdate()).prefetch_related("answers")
    return [covered(each) for each in found.order_by("sort_key", "code")]


def covered(service: Service) -> Covered:
    """Return who answers for each step of a service."""
    steps: dict[str, list[str]] = {step: [] for step in Step.values if step not in service.unneeded}
    for each in sorted(service.answers.all(), key=lambda each: each.unit_code):
        steps.setdefault(each.step, []).append(each.unit_code)
    return Covered(service, steps)


def service_with_code(code: str) -> Service | None:
    """Return a service by code, also one that has ended."""
    return Service.objects.select_related("municipality").prefetch_related("answers").filter(code=code).first()


def providers_of(service: Service) -> list[ProviderTerm]:
    """Return who has provided a service, the newest first."""
    return list(service.providers.order_by("-start_date", "-pk"))


def provider_with_key(service: Service, key: object) -> ProviderTerm | None:
    """Return one of those who have provided a service."""
    return service.providers.filter(key=str(key)).first()


def things(keys: Iterable[str] | None) -> list[Thing]:
    """Return the services with some keys, or all that have not ended, as things somebody answers for."""
    wanted = ~Q(ended_date__lte=timezone.localdate()) if keys is None else Q(key__in=list(keys))
    found: Any = Service.objects.filter(wanted).order_by("sort_key", "code")
    return [Thing("service", str(each.key), name_of(each), "service", each.code) for each in found]
