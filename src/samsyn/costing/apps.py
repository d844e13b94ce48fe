from typing import Any

from django.apps import AppConfig


def _count(*, request: Any) -> str:
    from samsyn.costing.panels import count_devices

    return count_devices(request=request)


class CostingConfig(AppConfig):
    name = "samsyn.costing"

    def ready(self) -> None:
        from samsyn.web.panels import register

        # what it needs reads columns, which takes half a second to load: only when asked
        register("equipment", 0, _count)
