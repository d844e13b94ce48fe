from django.apps import AppConfig


class ChargingConfig(AppConfig):
    name = "samsyn.charging"

    def ready(self) -> None:
        from samsyn.charging.queries import approved_periods
        from samsyn.history.triggers import append_only
        from samsyn.ledger.queries import register_closed_periods

        append_only("charging_statementline")
        register_closed_periods(approved_periods)
