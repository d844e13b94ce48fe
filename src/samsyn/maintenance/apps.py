from typing import Any

from django.apps import AppConfig


def _of_system(*, request: Any, system: Any) -> str:
    from samsyn.maintenance.panels import of_system

    return of_system(request=request, system=system)


def _waits(*, request: Any) -> str:
    from samsyn.maintenance.panels import reviews_waiting

    return reviews_waiting(request=request)


class MaintenanceConfig(AppConfig):
    name = "samsyn.maintenance"

    def ready(self) -> None:
        from samsyn.maintenance.queries import objects_above, things
        from samsyn.people.queries import register_above, register_things
        from samsyn.web.panels import register

        register_things("object", things)
        register_above("system", objects_above)
        register("system", 1, _of_system)
        register("mine", 1, _waits)
