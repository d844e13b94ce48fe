"""Roles and what each may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here for, within a scope."""

    ADMINISTRATOR = "administrator", _("administrator")
    CONTROLLER = "controller", _("controller")
    UNIT_MANAGER = "unit_manager", _("unit manager")
    READER = "reader", _("reader")
    AUDITOR = "auditor", _("auditor")


# right → roles that carry it for their scope
RIGHTS: dict[str, frozenset[str]] = {
    "manage_organisation": frozenset({Role.ADMINISTRATOR}),
    "see_organisation": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.AUDITOR}),
    "load_books": frozenset({Role.CONTROLLER}),
    "see_books": frozenset({Role.CONTROLLER, Role.AUDITOR}),
    "edit_model": frozenset({Role.CONTROLLER}),
    "see_model": frozenset({Role.CONTROLLER, Role.AUDITOR}),
    "approve_run": frozenset({Role.CONTROLLER}),
    "see_history": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.AUDITOR}),
    "see_statement": frozenset({Role.CONTROLLER, Role.AUDITOR, Role.UNIT_MANAGER, Role.READER}),
    # what there is and who answers for it is no secret within the house
    "see_systems": frozenset(Role),
    "edit_systems": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER}),
    "see_contracts": frozenset(Role),
    "edit_contracts": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER}),
    "answer_volume": frozenset({Role.UNIT_MANAGER}),
}
