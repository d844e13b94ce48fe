"""Digest content, not bytes of a file: RFC 8785 JSON rows, SHA-256."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import rfc8785

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """Return RFC 8785 JSON; integers from 2⁵³ must already be decimal strings."""
    return bytes(rfc8785.dumps(value))


def digest_rows(rows: Iterable[list[str]]) -> str:
    """Return the SHA-256 of rows of text as canonical JSON, one per line, in the order given.

    For text alone the standard encoder writes the bytes of RFC 8785, at less than half the time.
    """
    digest = hashlib.sha256()
    for row in rows:
        digest.update(_TEXT.encode(row).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def digest_value(value: Any) -> str:
    """Return the SHA-256 of one value as canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()
