from typing import Any

from django.apps import AppConfig


def _of_system(**context: Any) -> str:
    from samsyn.contracts.panels import of_system

    return of_system(**context)


def _coming_year(**context: Any) -> str:
    from samsyn.contracts.panels import coming_year

    return coming_year(**context)


def _who_answers(*, request: Any, contract: Any) -> str:
    from samsyn.people.duty_views import of_thing

    return of_thing(request=request, kind="contract", key=contract.key)


class ContractsConfig(AppConfig):
    name = "samsyn.contracts"

    def ready(self) -> None:
        from samsyn.contracts.operations import remove_contract
        from samsyn.contracts.queries import contract_with_code, hanging_on_contract, hanging_on_system, things
        from samsyn.core.refusals import N_
        from samsyn.people.queries import register_things
        from samsyn.web.panels import register
        from samsyn.web.removal import Removable, register_hanging, register_removable

        register_things("contract", things)
        register("contract", 0, _who_answers)
        register("overview", 0, _coming_year)
        register("system", 10, _of_system)
        register_hanging("system", hanging_on_system)
        register_hanging("contract", hanging_on_contract)
        instead = N_("A contract that has ended stays, for what was bought on it.")
        how = Removable("edit_contracts", contract_with_code, remove_contract, "contracts", instead)
        register_removable("contract", how)
