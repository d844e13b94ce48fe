from typing import Any

from django.apps import AppConfig


def _of_system(*, request: Any, system: Any) -> str:
    from samsyn.portfolio.panels import of_system

    return of_system(request=request, system=system)


def _hangs(usage: Any) -> Any:
    from samsyn.portfolio.queries import hanging_on_system

    return hanging_on_system(usage)


class PortfolioConfig(AppConfig):
    name = "samsyn.portfolio"

    def ready(self) -> None:
        from samsyn.web.panels import register
        from samsyn.web.removal import register_hanging

        register("system", 20, _of_system)
        register_hanging("system", _hangs)
