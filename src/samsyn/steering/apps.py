from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "samsyn.steering"

    def ready(self) -> None:
        from samsyn.people.queries import register_things
        from samsyn.steering.queries import things

        register_things("indicator", things)
