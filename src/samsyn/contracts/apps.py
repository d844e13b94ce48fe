from typing import Any

from django.apps import AppConfig


def _of_system(**context: Any) -> str:
    from samsyn.contracts.panels import of_system

    return of_system(**context)


class ContractsConfig(AppConfig):
    name = "samsyn.contracts"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("system", 10, _of_system)
