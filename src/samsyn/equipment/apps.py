from typing import Any

from django.apps import AppConfig


def _unanswered(*, request: Any) -> str:
    from samsyn.equipment.panels import unanswered

    return unanswered(request=request)


class EquipmentConfig(AppConfig):
    name = "samsyn.equipment"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("radar", 0, _unanswered)
