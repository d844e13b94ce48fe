"""Keep raw files encrypted, open them again, and remove them when their time is up."""

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings

from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.facts import store
from samsyn.history.operations import operation
from samsyn.intake import queries
from samsyn.intake.models import Master, RawFile, ReceivedRegister, Sync

KEPT_DAYS = 400
TEXTS_KEPT_DAYS = 3 * 365


class TooLarge(Refusal):
    """A file that is larger than this installation reads."""

    status = 413


NONCE, TAG = 12, 16
PIECE = 1 << 18


def admit(size: int) -> None:
    """Refuse ``file_too_large`` before a byte is read: what is read at once must fit in memory."""
    if size > settings.LARGEST_FILE:
        raise TooLarge(
            "file_too_large",
            N_("The file is %(size)s MB. Files of up to %(limit)s MB are read. Export fewer months at a time."),
            size=-(-size // 10**6), limit=settings.LARGEST_FILE // 10**6,
        )  # fmt: skip


def keep(
    *, municipality_key: object, name: str, content: bytes | IO[bytes], by: object, at: datetime,
    kept_days: int = KEPT_DAYS, digest: str = "",
) -> RawFile:  # fmt: skip
    """Keep a file encrypted (AES-256-GCM) with its digest, a piece at a time; the same content is kept once.

    ``digest`` is its SHA-256 where that is known already.
    """
    file = BytesIO(content) if isinstance(content, bytes) else content
    size = file.seek(0, os.SEEK_END)
    digest = digest or _digest(file)
    known = RawFile.objects.filter(municipality_key=str(municipality_key), digest=digest, removed_at=None).first()
    if known:
        return known
    raw = RawFile(
        municipality_key=str(municipality_key), digest=digest, name=Path(name).name[:255], size=size,
        received_at=at, kept_until=local_day(at) + timedelta(days=kept_days),
    )  # fmt: skip
    _seal(file, _path(raw), digest)
    with operation(log=municipality_key, by=by, at=at) as journal:
        raw.save()
        journal.record("keep", "raw_file", raw.key, after={"name": raw.name, "digest": digest, "size": raw.size})
    return raw


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _seal(file: IO[bytes], path: Path, digest: str) -> None:
    """Write nonce, encrypted content and tag under a temporary name, and rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nonce = os.urandom(NONCE)
    cipher = Cipher(AES(_secret()), GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(digest.encode())
    temporary = path.with_suffix(".writing")
    with temporary.open("wb") as sealed:
        sealed.write(nonce)
        for piece in _pieces(file):
            sealed.write(cipher.update(piece))
        sealed.write(cipher.finalize() + cipher.tag)
        sealed.flush()
        os.fsync(sealed.fileno())
    temporary.rename(path)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(PIECE), b"")


def receive_register(
    *, municipality_key: object, register: str, name: str, content: bytes | IO[bytes], by: object, at: datetime
) -> ReceivedRegister:
    """Keep a register that has come in until somebody has looked at it."""
    raw = keep(municipality_key=municipality_key, name=name, content=content, by=by, at=at)
    with operation(log=municipality_key, by=by, at=at) as journal:
        record = ReceivedRegister.objects.create(
            municipality_key=str(municipality_key), register=register, raw_key=raw.key, name=raw.name, received_at=at
        )
        journal.record("receive", "register", record.key, after={"name": record.name})
    return record


def remember_profile(*, record: ReceivedRegister, profile: dict[str, Any], by: object, at: datetime) -> None:
    """Keep which column was what when a register was loaded."""
    with operation(log=record.municipality_key, by=by, at=at) as journal:
        record.profile, record.loaded_at = profile, at
        record.save()
        journal.record("describe", "register", record.key, after={"name": record.name})


def hold(
    *, municipality_key: object, source: str, thing: str, thing_key: object, foreign_key: str, url: str,
    fields: Iterable[str], by: object, at: datetime,
) -> None:  # fmt: skip
    """Note that some fields of a thing are kept in another system, where it can be seen at ``url``.

    An event is left when it is new, or other fields are kept there than before.
    """
    told = {"url": url, "fields": sorted(fields)}
    with operation(log=municipality_key, by=by, at=at) as journal:
        found = Master.objects.filter(municipality_key=str(municipality_key), source=source, foreign_key=foreign_key)
        held = found.first() or Master(municipality_key=str(municipality_key), source=source, foreign_key=foreign_key)
        changed = held.pk is None or held.fields != told["fields"] or held.gone_date is not None
        held.thing, held.thing_key, held.url, held.fields = thing, UUID(str(thing_key)), url, told["fields"]
        held.read_at, held.gone_date = at, None
        held.save()
        if changed:
            after = {"source": source, "fields": told["fields"]}
            journal.record("hold", "master", thing_key, after=after)


def let_go(*, master: Master, on: date, by: object, at: datetime) -> None:
    """Note that a thing was deleted where it was kept: what is known of it stays, and is ours to change."""
    with operation(log=master.municipality_key, by=by, at=at) as journal:
        master.gone_date = on
        master.save(update_fields=["gone_date"])
        journal.record("let_go", "master", master.thing_key, after={"source": master.source, "on_date": str(on)})


def note_sync(*, municipality_key: object, source: str, result: dict[str, Any], by: object, at: datetime) -> None:
    """Keep when everything was read from another system, and what came of it."""
    with operation(log=municipality_key, by=by, at=at) as journal:
        sync = Sync.objects.create(municipality_key=str(municipality_key), source=source, at=at, result=result)
        counts = {"added": result["created"], "changed": result["updated"]}
        journal.record("read", "master", sync.key, after={"source": source, **counts})


def refuse_to_keep(*, record: ReceivedRegister, by: object, at: datetime) -> None:
    """Remove at once what somebody has sent in that must not be kept here; its digest stays."""
    with operation(log=record.municipality_key, by=by, at=at) as journal:
        for raw in RawFile.objects.select_for_update().filter(key=record.raw_key, removed_at=None):
            raw.removed_at = at
            raw.save(update_fields=["removed_at"])
            journal.record("refuse", "raw_file", raw.key, after={"removed_at": at.isoformat()})
            _path(raw).unlink(missing_ok=True)


def open_raw(raw: RawFile) -> bytes:
    """Return a kept file's content. Refuses ``raw_file_removed`` and ``raw_file_damaged``."""
    path = _path(raw)
    if raw.removed_at or not path.exists():
        raise Refusal("raw_file_removed", N_("The file %(name)s was removed when its time was up."), name=raw.name)
    content = BytesIO()
    with path.open("rb") as sealed:
        cipher = Cipher(AES(_secret()), GCM(sealed.read(NONCE))).decryptor()
        cipher.authenticate_additional_data(raw.digest.encode())
        left = path.stat().st_size - NONCE - TAG
        while left > 0:
            left -= content.write(cipher.update(sealed.read(min(left, PIECE))))
        try:
            cipher.finalize_with_tag(sealed.read())
        except (InvalidTag, ValueError) as fault:
            raise Refusal("raw_file_damaged", N_("The kept file %(name)s is damaged."), name=raw.name) from fault
    return content.getvalue()


def reopen(municipality_key: object, key: object) -> bytes:
    """Return a kept file's content by key. Refuses ``raw_file_removed`` and ``raw_file_damaged``."""
    raw = queries.raw_file(municipality_key, key)
    if raw is None:
        raise Refusal("raw_file_removed", N_("The file %(name)s was removed when its time was up."), name=key)
    return open_raw(raw)


def remove_expired(*, on: date, by: object, at: datetime) -> int:
    """Remove the content of files whose time is up; their digests stay. Returns how many."""
    expired = list(RawFile.objects.filter(kept_until__lt=on, removed_at=None))
    for raw in expired:
        with operation(log=raw.municipality_key, by=by, at=at) as journal:
            raw.removed_at = at
            raw.save(update_fields=["removed_at"])
            journal.record("remove", "raw_file", raw.key, after={"removed_at": at.isoformat()})
        _path(raw).unlink(missing_ok=True)
    return len(expired)


def erase_expired_texts(*, on: date, by: object, at: datetime, kept_days: int = TEXTS_KEPT_DAYS) -> int:
    """Erase the texts and suppliers of facts whose retention date has come; amounts stay. Returns how many files."""
    due = store.with_texts_from_before(on - timedelta(days=kept_days))
    for batch in due:
        with operation(log=batch.municipality_key, by=by, at=at) as journal:
            store.erase_texts(batch)
            journal.record("erase_texts", "fact_batch", batch.key, after={"rows": batch.row_count})
    return len(due)


def sweep(before: datetime) -> int:
    """Remove kept files that no row names: a process was killed between file and row. Returns how many."""
    place = Path(settings.DATA) / "raw"
    old = [path for path in place.glob("*/*") if path.stat().st_mtime < before.timestamp()]
    known = {str(key) for key in RawFile.objects.values_list("key", flat=True)}
    unknown = [path for path in old if path.suffix == ".writing" or path.stem not in known]
    for path in unknown:
        path.unlink(missing_ok=True)
    return len(unknown)


def _path(raw: RawFile) -> Path:
    return Path(settings.DATA) / "raw" / raw.municipality_key / f"{raw.key}.bin"


def _secret() -> bytes:
    return sha256(b64encode(settings.RAW_FILE_KEY.encode())).digest()
