from typing import Any

from django.apps import AppConfig


def _of_system(*, request: Any, system: Any) -> str:
    from samsyn.landscape.panels import of_system

    return of_system(request=request, system=system)


def _to_follow(*, request: Any, text: str) -> str:
    from samsyn.landscape.panels import to_follow

    return to_follow(request=request, text=text)


class LandscapeConfig(AppConfig):
    name = "samsyn.landscape"

    def ready(self) -> None:
        from samsyn.core.refusals import N_
        from samsyn.landscape.operations import remove_domain, remove_field, remove_integration, remove_standard
        from samsyn.landscape.queries import (
            data_domain,
            field_standard,
            hanging_on_contract,
            hanging_on_standard,
            hanging_on_system,
            integration_with_code,
            standard_with_code,
        )
        from samsyn.web.panels import register
        from samsyn.web.removal import Removable, register_hanging, register_removable

        register("buy", 0, _to_follow)
        register("system", 15, _of_system)
        register_hanging("system", hanging_on_system)
        register_hanging("contract", hanging_on_contract)
        register_hanging("standard", hanging_on_standard)
        instead = N_("An integration that no longer runs has ended: write its last day instead.")
        how = Removable("edit_systems", integration_with_code, remove_integration, "integrations", instead)
        register_removable("integration", how)
        register_removable("domain", Removable("edit_systems", data_domain, remove_domain, "domains"))
        register_removable("standard", Removable("edit_systems", standard_with_code, remove_standard, "standards"))
        register_removable("field", Removable("edit_systems", field_standard, remove_field, "fields"))
