"""Say who may tell which systems stand behind a service, and why something was bought outside agreements."""

from typing import Any

from samsyn.organisation.queries import Tree
from samsyn.people.queries import may_write
from samsyn.people.rules import Access


def may_link(person: Any, access: Access, system_key: object) -> bool:
    """Tell whether a person may say which services a system stands behind."""
    return access.may("edit_model") or may_write(person, access, "edit_systems", system_key)


def may_answer(access: Access, unit: str, tree: Tree) -> bool:
    """Tell whether a person may say why a unit bought outside agreements."""
    return access.may_for("answer_spending", unit, tree)
