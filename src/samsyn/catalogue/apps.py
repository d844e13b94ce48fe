from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "samsyn.catalogue"

    def ready(self) -> None:
        from samsyn.catalogue.queries import things
        from samsyn.people.queries import register_things

        register_things("service", things)
