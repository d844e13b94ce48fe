from typing import Any

from django.apps import AppConfig


def _of_system(*, request: Any, system: Any) -> str:
    from samsyn.portfolio.panels import of_system

    return of_system(request=request, system=system)


class PortfolioConfig(AppConfig):
    name = "samsyn.portfolio"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("system", 20, _of_system)
