"""Make tables append-only in the database itself, on SQLite and PostgreSQL.

Installed after every migration, since a table rebuild on SQLite drops triggers silently.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: set[str] = set()

_SQLITE = {
    "update": "BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "delete": "BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    # INSERT OR REPLACE deletes without firing the delete trigger
    "replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION samsyn_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRES = {
    "row": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION samsyn_append_only()",
    "truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION samsyn_append_only()",
}


def append_only(*tables: str) -> None:
    """Name tables whose rows are never altered or removed."""
    TABLES.update(tables)


def install(using: str = "default", **_: Any) -> None:
    """Install every missing trigger; safe to run again."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in sorted(TABLES & existing):
            for name, body in _bodies(connection).items():
                cursor.execute(_drop(connection, table, name))
                cursor.execute(f"CREATE TRIGGER {_name(table, name)} {body.format(table=table)}")


def remove(using: str = "default") -> None:
    """Remove the triggers, so that a test may clear its data."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in sorted(TABLES & set(connection.introspection.table_names())):
            for name in _bodies(connection):
                cursor.execute(_drop(connection, table, name))


def missing(using: str = "default") -> list[str]:
    """Return the triggers that should be there and are not."""
    connection = connections[using]
    source = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        present = {row[0] for row in cursor.fetchall()}
    wanted = {_name(table, name) for table in TABLES for name in _bodies(connection)}
    return sorted(wanted - present)


def _bodies(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def _name(table: str, name: str) -> str:
    return f"{table}_{name}_refused"


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {_name(table, name)}{on}"
