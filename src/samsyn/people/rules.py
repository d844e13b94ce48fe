"""Say who may do what, whose units they see, and what roles are called. No exceptions raised here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from samsyn.organisation.queries import Tree
from samsyn.people.choices import DUTIES, RIGHTS, DutyRole
from samsyn.people.models import RoleName
from samsyn.web.numbers import language


@dataclass(frozen=True)
class Access:
    """The roles a person holds on a day: (role, unit code or "" for the whole municipality)."""

    municipality_id: int
    held: frozenset[tuple[str, str]]
    on: date

    def may(self, right: str) -> bool:
        """Tell whether some role carries this right for the whole municipality."""
        return any(role in RIGHTS[right] and not unit for role, unit in self.held)

    def scopes(self, right: str) -> list[str]:
        """Return the unit codes this right is held for; an empty string is the whole municipality."""
        return sorted({unit for role, unit in self.held if role in RIGHTS[right]})

    def may_for(self, right: str, unit_code: str, tree: Tree) -> bool:
        """Tell whether this right is held for one unit: whole municipality, or a unit at or above it."""
        scopes = set(self.scopes(right))
        return "" in scopes or any(node.code in scopes for node in tree.path(unit_code))

    @property
    def roles(self) -> frozenset[str]:
        """Return the names of all roles held."""
        return frozenset(role for role, _ in self.held)


class Asked(HttpRequest):
    """A request inside a municipality: what the scope middleware has put on it."""

    municipality: Any
    access: Access
    user: Any


def known_version(request: HttpRequest) -> int:
    """Return the version of a thing that the page somebody sends was made from; 0 where it says none."""
    said = request.POST.get("known", "")
    return int(said) if said.isascii() and said.isdigit() else 0


@dataclass(frozen=True, slots=True)
class RoleKind:
    """A role one may have for a kind of thing: its code and name, other names for it, and what it may decide."""

    role: str
    thing: str
    name: str
    also: list[str]
    mandate: str
    stored: RoleName | None


def role_kinds() -> list[RoleKind]:
    """Return every role that somebody may be asked to take: the usual ones, and those of the municipality's own."""
    stored = {each.role: each for each in RoleName.objects.order_by("pk")}
    usual = {role.value: thing for thing, roles in DUTIES.items() for role in roles}
    own = {role: each.thing for role, each in stored.items() if role not in usual}
    return [_role_kind(role, thing, stored.get(role)) for role, thing in (usual | own).items()]


def _role_kind(role: str, thing: str, stored: RoleName | None) -> RoleKind:
    usual = str(DutyRole(role).label) if role in DutyRole.values else ""
    if stored is None:
        return RoleKind(role, thing, usual, [], "", None)
    own = [getattr(stored, each) for each in (language(get_language()), "sv", "da", "en")]
    named = own[0] or usual or next((each for each in own if each), role)
    return RoleKind(role, thing, named, stored.also, stored.mandate, stored)


def role_names() -> dict[str, str]:
    """Return what each role is called here, in the language of the page."""
    return {each.role: each.name for each in role_kinds()}


def roles_on(thing: str) -> dict[str, str]:
    """Return the roles of a kind of thing with their names; the first is who owns it."""
    return {each.role: each.name for each in role_kinds() if each.thing == thing}
