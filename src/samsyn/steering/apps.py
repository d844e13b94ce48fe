from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "samsyn.steering"

    def ready(self) -> None:
        from samsyn.core.refusals import N_
        from samsyn.people.queries import register_things
        from samsyn.steering.operations import remove_indicator
        from samsyn.steering.queries import indicator_with_code, things
        from samsyn.web.removal import Removable, register_removable

        register_things("indicator", things)
        instead = N_("An indicator that nobody follows any more has ended: write since when instead.")
        how = Removable("edit_systems", indicator_with_code, remove_indicator, "indicators", instead)
        register_removable("indicator", how)
