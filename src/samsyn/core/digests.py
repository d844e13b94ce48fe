"""Digest content, not bytes of a file: RFC 8785 JSON rows, SHA-256."""

import hashlib
from collections.abc import Iterable
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """Return RFC 8785 JSON; integers from 2⁵³ must already be decimal strings."""
    return bytes(rfc8785.dumps(value))


def digest_rows(rows: Iterable[list[Any]]) -> str:
    """Return the SHA-256 of rows as canonical JSON, one per line, in the order given."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical(row))
        digest.update(b"\n")
    return digest.hexdigest()


def digest_value(value: Any) -> str:
    """Return the SHA-256 of one value as canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()
