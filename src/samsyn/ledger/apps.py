from typing import Any

from django.apps import AppConfig


def _work(*job: Any) -> dict[str, Any]:
    # reads columns, which takes half a second to load: only when there is work
    from samsyn.ledger import operations

    return operations.work(*job)


class LedgerConfig(AppConfig):
    name = "samsyn.ledger"

    def ready(self) -> None:
        from samsyn.jobs.operations import register_work
        from samsyn.ledger.choices import LOAD, READ

        for kind in (READ, LOAD):
            register_work(kind, _work)
