from functools import partial

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samsyn.people"

    def ready(self) -> None:
        from samsyn.people.choices import DUTIES
        from samsyn.people.queries import administrations, register_things
        from samsyn.people.words import duties_hanging
        from samsyn.web.removal import register_hanging

        register_things("administration", administrations)
        for kind in DUTIES:
            register_hanging(kind, partial(duties_hanging, kind))
