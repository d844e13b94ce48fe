from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "samsyn.ledger"

    def ready(self) -> None:
        from samsyn.jobs.operations import register_work
        from samsyn.ledger import operations
        from samsyn.ledger.choices import LOAD, READ

        for kind in (READ, LOAD):
            register_work(kind, operations.work)
