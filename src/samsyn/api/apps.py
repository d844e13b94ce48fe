from typing import Any

from django.apps import AppConfig


def _kept(*, request: Any, **thing: Any) -> str:
    from samsyn.api.panels import kept

    return kept(request=request, **thing)


def _synced(*, request: Any) -> str:
    from samsyn.api.panels import synced

    return synced(request=request)


class ApiConfig(AppConfig):
    name = "samsyn.api"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("system", -1, _kept)
        register("contract", -1, _kept)
        register("systems", 0, _synced)
