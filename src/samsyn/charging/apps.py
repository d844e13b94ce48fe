from collections.abc import Iterable

from django.apps import AppConfig


def _closed_periods() -> Iterable[str]:
    from samsyn.charging.queries import approved_periods

    return approved_periods()


def _statement(*facts: str, **more: str) -> bytes:
    from samsyn.charging import exports

    return exports.attachment(*facts, **more)


class ChargingConfig(AppConfig):
    name = "samsyn.charging"

    def ready(self) -> None:
        from samsyn.history.triggers import append_only
        from samsyn.ledger.rules import register_closed_periods
        from samsyn.notices.operations import register_attachment

        append_only("charging_statementline")
        # what they need reads columns, which takes half a second to load: only when asked
        register_closed_periods(_closed_periods)
        register_attachment("statement", _statement)
