"""Read one municipality's rows only, by its own clock: a manager that refuses to run without a scope."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django_scopes import ScopedManager, scope, scopes_disabled

__all__ = ["all_municipalities", "in_municipality", "local_day", "scoped"]


def scoped(path: str = "municipality") -> Any:
    """Return a manager that filters on the municipality found by ``path``; no scope, no answer."""
    return ScopedManager(municipality=path)


def in_municipality(municipality: Any) -> Any:
    """Return a context in which scoped managers read this municipality's rows only."""
    return scope(municipality=municipality)


def all_municipalities() -> Any:
    """Return a context without scope, for installation-wide work (doctor, demo, migrations)."""
    return scopes_disabled()


def local_day(at: datetime) -> date:
    """Return the day a moment lies in where the municipality is: after midnight there it is still yesterday in UTC."""
    return timezone.localdate(at)
