from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samsyn.people"

    def ready(self) -> None:
        from samsyn.people.queries import administrations, register_things

        register_things("administration", administrations)
