"""Say whose devices a person sees."""

from samsyn.organisation.queries import Tree
from samsyn.people.rules import Access


def units_seen(access: Access, tree: Tree) -> frozenset[str] | None:
    """Return the codes of the units whose devices a person sees; None for every device, also one without a unit."""
    scopes = access.scopes("see_equipment")
    if "" in scopes:
        return None
    return frozenset(code for scope in scopes for code in tree.subtree(scope))
