"""Say who may do what, and whose units they see. No exceptions raised here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from samsyn.organisation.queries import Tree
from samsyn.people.choices import RIGHTS


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
