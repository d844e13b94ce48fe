"""Make the public identity of a thing: a UUIDv7, which sorts by the time it was made (RFC 9562)."""

from uuid import UUID

import uuid6


def new_key() -> UUID:
    """Return a new UUIDv7."""
    return UUID(int=uuid6.uuid7().int)
