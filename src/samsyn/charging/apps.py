from django.apps import AppConfig


class ChargingConfig(AppConfig):
    name = "samsyn.charging"

    def ready(self) -> None:
        from samsyn.charging import exports
        from samsyn.charging.queries import approved_periods
        from samsyn.history.triggers import append_only
        from samsyn.ledger.queries import register_closed_periods
        from samsyn.notices.operations import register_attachment

        append_only("charging_statementline")
        register_closed_periods(approved_periods)
        register_attachment("statement", exports.attachment)
