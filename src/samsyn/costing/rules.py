"""Say who may do what with the cost model and its runs."""

from typing import Any


def may_edit_model(access: Any) -> bool:
    """Tell whether the model may be changed."""
    return bool(access.may("edit_model"))


def may_approve(access: Any, person_key: object, prepared_by_key: str, four_eyes: bool) -> bool:
    """Tell whether this person may approve what another prepared; with four eyes never one's own."""
    own = str(person_key) == prepared_by_key
    return bool(access.may("approve_run")) and not (own and four_eyes)
