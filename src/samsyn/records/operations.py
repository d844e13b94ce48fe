"""Keep a document as it stands, and how a processor was supervised: the only verbs that write them."""

from datetime import date, datetime
from typing import Any

from samsyn.core.digests import digest_value
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.history.operations import operation
from samsyn.records import queries, words
from samsyn.records.choices import Kind
from samsyn.records.models import Document, Supervision


def keep(*, municipality: Any, kind: str, unit_code: str, language: str, by: Any, at: datetime) -> Document:
    """Keep a document as it stands today. Refuses ``kind_unknown``, ``unit_unknown`` and ``nothing_new``."""
    if kind not in Kind.values:
        raise Refusal("kind_unknown", N_("There is no such document."))
    if unit_code and unit_code not in dict(queries.administrations(local_day(at))):
        raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=unit_code)
    made = words.made(kind, unit_code, local_day(at), language)
    digest, before = digest_value(made.rows), queries.latest(kind, unit_code)
    if before and before.digest == digest:
        raise Refusal("nothing_new", N_("It says what it said when it was last kept."))
    filled, cells = made.filled
    with operation(log=municipality.key, by=by, at=at) as journal:
        document = Document.objects.create(
            municipality=municipality, kind=kind, unit_code=unit_code, language=language,
            rows=list(made.rows.items()),
            filled=filled, cells=cells, digest=digest, made_at=at, made_by_key=str(by.key),
        )  # fmt: skip
        told = {"document": kind, "unit": unit_code, "filled": filled, "cells": cells, "content_digest": digest}
        journal.record("keep", "document", document.key, after=told)
    return document


def supervise(
    *, municipality: Any, processor: queries.Processor, done_on: date, next_on: date, how: str, outcome: str,
    evidence: str, by: Any, at: datetime,
) -> Supervision:  # fmt: skip
    """Keep how a processor was supervised and when that is to be done next. Source: GDPR article 28(1), 28(3)(h).

    Refuses ``day_ahead``, ``next_too_early`` and ``outcome_missing``.
    """
    if done_on > local_day(at):
        raise Refusal("day_ahead", N_("That day has not come yet."))
    if next_on <= done_on:
        raise Refusal("next_too_early", N_("The next time lies before this one."))
    if not how.strip() or not outcome.strip():
        raise Refusal("outcome_missing", N_("Say how it was done and what was found; that nothing was is an answer."))
    with operation(log=municipality.key, by=by, at=at) as journal:
        noted = Supervision.objects.create(
            municipality=municipality, processor_key=processor.key, processor=processor.name, done_date=done_on,
            how=how.strip(), outcome=outcome.strip(), evidence=evidence.strip(), next_date=next_on, by_key=str(by.key),
            recorded_at=at,
        )  # fmt: skip
        told = {"name": processor.name, "done_date": str(done_on), "next_date": str(next_on),
                "what_found": noted.outcome, "evidence": noted.evidence}  # fmt: skip
        journal.record("supervise", "processor", noted.key, after=told)
    return noted
