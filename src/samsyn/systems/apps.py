from typing import Any

from django.apps import AppConfig


def _who_answers(*, request: Any, system: Any) -> str:
    from samsyn.people.duty_views import of_thing

    return of_thing(request=request, kind="system", key=system.key)


def _asked_of(*, request: Any) -> str:
    from samsyn.systems.panels import asked_of

    return asked_of(request=request)


class SystemsConfig(AppConfig):
    name = "samsyn.systems"

    def ready(self) -> None:
        from samsyn.core.refusals import N_
        from samsyn.people.queries import register_things
        from samsyn.systems.operations import remove_system
        from samsyn.systems.queries import things, usage_with_code
        from samsyn.web.panels import register
        from samsyn.web.removal import Removable, register_removable

        register_things("system", things)
        register("system", 0, _who_answers)
        register("mine", 0, _asked_of)
        instead = N_("A system that is no longer used has ended: write since when instead.")
        how = Removable("edit_systems", usage_with_code, remove_system, "systems", instead)
        register_removable("system", how)
