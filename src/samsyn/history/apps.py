from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "samsyn.history"

    def ready(self) -> None:
        from samsyn.history import triggers

        triggers.append_only("history_event")
        post_migrate.connect(triggers.install, dispatch_uid="history.triggers")
