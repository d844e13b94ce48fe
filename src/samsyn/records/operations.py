"""Keep a document as it stands, so that the next one can say what changed: the only verb that writes it."""

from datetime import datetime
from typing import Any

from samsyn.core.digests import digest_value
from samsyn.core.refusals import N_, Refusal
from samsyn.history.operations import operation
from samsyn.records import queries, words
from samsyn.records.choices import Kind
from samsyn.records.models import Document


def keep(*, municipality: Any, kind: str, unit_code: str, language: str, by: Any, at: datetime) -> Document:
    """Keep a document as it stands today. Refuses ``kind_unknown``, ``unit_unknown`` and ``nothing_new``."""
    if kind not in Kind.values:
        raise Refusal("kind_unknown", N_("There is no such document."))
    if unit_code and unit_code not in dict(queries.administrations(at.date())):
        raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=unit_code)
    made = words.made(kind, unit_code, at.date(), language)
    digest, before = digest_value(made.rows), queries.latest(kind, unit_code)
    if before and before.digest == digest:
        raise Refusal("nothing_new", N_("It says what it said when it was last kept."))
    filled, cells = made.filled
    with operation(log=municipality.key, by=by, at=at) as journal:
        document = Document.objects.create(
            municipality=municipality, kind=kind, unit_code=unit_code, language=language, rows=made.rows,
            filled=filled, cells=cells, digest=digest, made_at=at, made_by_key=str(by.key),
        )  # fmt: skip
        told = {"document": kind, "unit": unit_code, "filled": filled, "cells": cells, "content_digest": digest}
        journal.record("keep", "document", document.key, after=told)
    return document
