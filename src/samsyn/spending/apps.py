from typing import Any

from django.apps import AppConfig


def _money(**context: Any) -> str:
    from samsyn.spending.panels import money_of_system

    return money_of_system(**context)


def _late(**context: Any) -> str:
    from samsyn.spending.panels import late_of_system

    return late_of_system(**context)


def _behind(**context: Any) -> str:
    from samsyn.spending.panels import behind_service

    return behind_service(**context)


def _hangs(usage: Any) -> Any:
    from django.utils.translation import get_language

    from samsyn.core.refusals import N_
    from samsyn.spending.queries import links, services
    from samsyn.web.numbers import language
    from samsyn.web.removal import Hanging

    found, names = links(system=usage.code), services(language(get_language()))
    return [
        Hanging(N_("service"), names.get(each.service_code, each.service_code), "system-services", (usage.code,))
        for each in found
    ]


def _ceiling(**context: Any) -> str:
    from samsyn.spending.panels import ceiling_of

    return ceiling_of(**context)


def _spent(municipality: Any) -> Any:
    from samsyn.spending.queries import agreed, taken

    return {code for code, each in taken(agreed(municipality)).items() if each.day}


class SpendingConfig(AppConfig):
    name = "samsyn.spending"

    def ready(self) -> None:
        from samsyn.contracts.queries import register_spent
        from samsyn.web.panels import register
        from samsyn.web.removal import register_hanging

        register_spent(_spent)
        # what they need reads columns, which takes half a second to load: only when asked
        register("contract", -2, _ceiling)
        register("system-first", 0, _late)
        register("system", 15, _money)
        register("why", 0, _behind)
        register_hanging("system", _hangs)
