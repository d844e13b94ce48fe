from typing import Any

from django.apps import AppConfig


def _overdue(*, request: Any) -> str:
    from samsyn.records.panels import overdue

    return overdue(request=request)


class RecordsConfig(AppConfig):
    name = "samsyn.records"

    def ready(self) -> None:
        from samsyn.web.panels import register

        register("mine", 2, _overdue)
