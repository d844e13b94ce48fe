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


class DutyRole(models.TextChoices):
    """What a person answers for a thing as."""

    SYSTEM_OWNER = "system_owner", _("system owner")
    SYSTEM_MANAGER = "system_manager", _("system manager")
    SUPERUSER = "superuser", _("superuser")
    CONTRACT_OWNER = "contract_owner", _("contract owner")


class DutyState(models.TextChoices):
    """Where a duty stands: nobody has it before they accepted it."""

    OFFERED = "offered", _("offered, not accepted")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


# kind of thing → the roles it has; the first is who owns it
DUTIES = {
    "system": (DutyRole.SYSTEM_OWNER, DutyRole.SYSTEM_MANAGER, DutyRole.SUPERUSER),
    "contract": (DutyRole.CONTRACT_OWNER,),
}

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
    # which systems might be left is first for those who prepare it
    "see_portfolio": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.AUDITOR}),
    "edit_portfolio": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER}),
    "offer_duties": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER}),
    "see_equipment": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.AUDITOR, Role.UNIT_MANAGER}),
    "edit_equipment": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER}),
    "answer_volume": frozenset({Role.UNIT_MANAGER}),
    "answer_spending": frozenset({Role.CONTROLLER, Role.UNIT_MANAGER}),
}

# the people's part of the organisation workbook: sheet → (what a row is known by, what it says)
SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "People": (("code",), ("name", "email", "title", "language")),
    "Roles": (("person", "role", "unit", "valid_from"), ("valid_until",)),
}
