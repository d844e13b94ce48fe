from functools import partial
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
        from samsyn.maintenance.operations import remove_object
        from samsyn.maintenance.queries import (
            hanging_on_object,
            hanging_on_system,
            object_with_code,
            objects_above,
            things,
        )
        from samsyn.people.queries import register_above, register_things
        from samsyn.people.words import duties_hanging
        from samsyn.web.panels import register
        from samsyn.web.removal import Removable, register_hanging, register_removable

        register_things("object", things)
        register_above("system", objects_above)
        register("system", 1, _of_system)
        register("mine", 1, _waits)
        register_hanging("system", hanging_on_system)
        register_hanging("maintenance-object", hanging_on_object)
        register_hanging("maintenance-object", partial(duties_hanging, "object"))
        register_removable(
            "maintenance-object", Removable("edit_systems", object_with_code, remove_object, "maintenance-objects")
        )
