from typing import Any

from django.apps import AppConfig


def _of_system(*, request: Any, system: Any) -> str:
    from samsyn.landscape.panels import of_system

    return of_system(request=request, system=system)


class LandscapeConfig(AppConfig):
    name = "samsyn.landscape"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("system", 15, _of_system)
