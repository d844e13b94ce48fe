"""Read the environment once: data folder, database, secrets."""

import json
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

DATA = Path(os.environ.get("SAMSYN_DATA", "var")).resolve()


def kitos() -> dict[str, dict[str, str]]:
    """Return where KITOS is and who we are there, by municipality, as JSON in ``SAMSYN_KITOS`` says it."""
    found: dict[str, dict[str, str]] = json.loads(os.environ.get("SAMSYN_KITOS") or "{}")
    return found


def database() -> dict[str, object]:
    """Return Django's database entry for ``DATABASE_URL``, or SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return sqlite(DATA / "samsyn.sqlite3")
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
    }


def sqlite(path: Path) -> dict[str, object]:
    """Return Django's entry for one SQLite file: WAL, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def secret(name: str) -> str:
    """Return a secret from the environment, or one made once and kept in the data folder (mode 600)."""
    given = os.environ.get(f"SAMSYN_{name}")
    if given:
        return given
    path = DATA / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
