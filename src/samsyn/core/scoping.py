"""Read one municipality's rows only: a manager that refuses to run without a scope."""

from typing import Any

from django_scopes import ScopedManager, scope, scopes_disabled

__all__ = ["all_municipalities", "in_municipality", "scoped"]


def scoped(path: str = "municipality") -> Any:
    """Return a manager that filters on the municipality found by ``path``; no scope, no answer."""
    return ScopedManager(municipality=path)


def in_municipality(municipality: Any) -> Any:
    """Return a context in which scoped managers read this municipality's rows only."""
    return scope(municipality=municipality)


def all_municipalities() -> Any:
    """Return a context without scope, for installation-wide work (doctor, demo, migrations)."""
    return scopes_disabled()
