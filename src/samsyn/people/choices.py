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
    SERVICE_OWNER = "service_owner", _("service owner")
    INDICATOR_OWNER = "indicator_owner", _("indicator owner")
    REPRESENTATIVE = "representative", _("representative")
    OBJECT_OWNER = "object_owner", _("object owner")
    IT_OBJECT_OWNER = "it_object_owner", _("object owner, IT")
    MAINTENANCE_MANAGER = "maintenance_manager", _("maintenance manager")
    IT_MAINTENANCE_MANAGER = "it_maintenance_manager", _("maintenance manager, IT")
    OBJECT_SPECIALIST = "object_specialist", _("object specialist")
    IT_OBJECT_SPECIALIST = "it_object_specialist", _("object specialist, IT")


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
    "service": (DutyRole.SERVICE_OWNER,),
    "indicator": (DutyRole.INDICATOR_OWNER,),
    "administration": (DutyRole.REPRESENTATIVE,),
    "object": (
        DutyRole.OBJECT_OWNER, DutyRole.IT_OBJECT_OWNER, DutyRole.MAINTENANCE_MANAGER, DutyRole.IT_MAINTENANCE_MANAGER,
        DutyRole.OBJECT_SPECIALIST, DutyRole.IT_OBJECT_SPECIALIST,
    ),
}  # fmt: skip
# what things are called that somebody answers for
THINGS = {
    "system": _("system"), "contract": _("contract"), "service": _("service"), "administration": _("administration"),
    "object": _("maintenance object"), "indicator": _("indicator"),
}  # fmt: skip
# the levels of a maintenance object (pm3): who decides the budget, who decides, who does; business and IT in pairs
LEVELS = (
    (_("Budget"), DutyRole.OBJECT_OWNER, DutyRole.IT_OBJECT_OWNER),
    (_("Decisions"), DutyRole.MAINTENANCE_MANAGER, DutyRole.IT_MAINTENANCE_MANAGER),
    (_("Daily work"), DutyRole.OBJECT_SPECIALIST, DutyRole.IT_OBJECT_SPECIALIST),
)
# a system's role → the role of its maintenance object that fills it, unless the system has its own
INHERITED: dict[str, str] = {
    DutyRole.SYSTEM_OWNER: DutyRole.OBJECT_OWNER, DutyRole.SYSTEM_MANAGER: DutyRole.MAINTENANCE_MANAGER,
}  # fmt: skip
# days without contact after which a superuser no longer counts as active
ACTIVE_DAYS = 365

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
    # how much each answers for: those who ask people to answer, and managers for their own
    "see_load": frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.UNIT_MANAGER}),
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
