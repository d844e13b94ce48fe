from typing import Any

from django.apps import AppConfig


def _unanswered(*, request: Any) -> str:
    from samsyn.equipment.panels import unanswered

    return unanswered(request=request)


def _counted(*, request: Any, items: Any, unit: str) -> str:
    from samsyn.equipment.panels import counted

    return counted(request=request, items=items, unit=unit)


class EquipmentConfig(AppConfig):
    name = "samsyn.equipment"

    def ready(self) -> None:
        from samsyn.core.refusals import N_
        from samsyn.equipment.operations import remove_device
        from samsyn.equipment.queries import device_named
        from samsyn.web.panels import register
        from samsyn.web.removal import Removable, register_removable

        register("counted", 0, _counted)
        register("radar", 0, _unanswered)
        instead = N_("A device that was handed back, scrapped or lost is no longer here: write that instead.")
        how = Removable("edit_equipment", device_named, remove_device, "equipment", instead)
        register_removable("device", how)
