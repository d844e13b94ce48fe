"""Change the books: load, answer, withdraw. Rows are only ever added or taken back, never edited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.digests import digest_value
from samsyn.core.ids import new_key
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import in_municipality
from samsyn.facts import store
from samsyn.facts.store import FactBatch
from samsyn.formats.ledger_file import LedgerFile
from samsyn.history.operations import Journal, operation
from samsyn.intake import operations as intake
from samsyn.jobs import operations as jobs
from samsyn.ledger import engine, imports, queries
from samsyn.ledger.choices import DEFAULT_CHARTS, DEFAULT_RANGES, READ, STEPS, Answer
from samsyn.ledger.models import CodeRange, LedgerImport, LedgerProfile, LedgerSource, VoucherQuestion
from samsyn.organisation.queries import municipality_with_key
from samsyn.people.queries import person_with_key

Told = Callable[[int], None]


def _unheard(done: int) -> None:
    """Nobody waits to hear how far the work has come."""


@dataclass(frozen=True)
class Loaded:
    """What came of loading a file; ``summary`` is what the command line prints."""

    status: str
    summary: dict[str, Any]
    record: LedgerImport | None
    plan: imports.Plan | None


def ensure_source(*, municipality: Any, code: str, mapping: dict[str, str], by: Any, at: datetime) -> LedgerSource:
    """Return a source, made on first use with the mapping its first file proposes."""
    if found := queries.source_with_code(code):
        return found
    with operation(log=municipality.key, by=by, at=at) as journal:
        after = {"code": code, "mapping": mapping, "chart": DEFAULT_CHARTS[municipality.country]}
        found = LedgerSource.objects.create(municipality=municipality, **after)
        journal.record("add", "ledger_source", found.key, after=after)
        _own_ranges(municipality, by, at)
    return found


def _own_ranges(municipality: Any, by: Any, at: datetime) -> None:
    """Make the shipped ranges the municipality's own data, once."""
    if CodeRange.objects.exists():
        return
    for meaning, part, first, last, account_first, account_last, reason in DEFAULT_RANGES[municipality.country]:
        _add_range(
            municipality, by, at, meaning=meaning, part=part, first=first, last=last, reason=reason,
            account_first=account_first, account_last=account_last, valid_from=date(2000, 1, 1),
        )  # fmt: skip


def set_range(
    *, municipality: Any, meaning: str, part: str, first: str, last: str, valid_from: date, by: Any,
    at: datetime, account_first: str = "", account_last: str = "", reason: str = "",
) -> CodeRange:  # fmt: skip
    """Say that a range of codes is internal, or that its texts are protected at commit."""
    with operation(log=municipality.key, by=by, at=at):
        _own_ranges(municipality, by, at)
        return _add_range(
            municipality, by, at, meaning=meaning, part=part, first=first, last=last, reason=reason,
            account_first=account_first, account_last=account_last, valid_from=valid_from,
        )  # fmt: skip


def _add_range(municipality: Any, by: Any, at: datetime, **fields: Any) -> CodeRange:
    with operation(log=municipality.key, by=by, at=at) as journal:
        row = CodeRange.objects.create(municipality=municipality, recorded_at=at, **fields)
        journal.record("add", "code_range", row.key, after={name: str(value) for name, value in fields.items()})
    return row


def save_profile(*, municipality: Any, code: str, content: dict[str, Any], by: Any, at: datetime) -> LedgerProfile:
    """Save which column of a table is what, under a name."""
    with operation(log=municipality.key, by=by, at=at) as journal:
        profile, made = LedgerProfile.objects.get_or_create(
            municipality=municipality, code=code, defaults={"content": content}
        )
        before, after = None if made else {"content": profile.content}, {"content": content}
        if not made:
            profile.content, profile.version = content, profile.version + 1
            profile.save()
        journal.record("save", "ledger_profile", profile.key, before=before, after=after, version=profile.version)
    return profile


def load_file(
    *, municipality: Any, data: bytes, name: str, by: Any, at: datetime, profile_code: str = "",
    source_code: str = "", dry_run: bool = False, profile: dict[str, Any] | None = None,
    received: LedgerImport | None = None, told: Told = _unheard,
) -> Loaded:  # fmt: skip
    """Read and load a file; tables through a profile (saved, shipped or given), or the one that is proposed.

    ``received`` is put aside once it is loaded. ``told`` hears how many steps are over: 2 read, 3 compared.
    """
    profile = profile or queries.profile_content(profile_code)
    file = imports.read(data, profile)
    loaded = load(
        municipality=municipality, file=file, data=data, name=name, by=by, at=at, profile=profile,
        source_code=source_code or profile_code or "ledger", dry_run=dry_run, received=received, told=told,
    )  # fmt: skip
    loaded.summary["problems"] = [problem.as_json() for problem in file.problems]
    return loaded


def load(
    *, municipality: Any, file: LedgerFile, data: bytes, name: str, source_code: str, by: Any, at: datetime,
    profile: dict[str, Any] | None = None, dry_run: bool = False, received: LedgerImport | None = None,
    told: Told = _unheard,
) -> Loaded:  # fmt: skip
    """Load a read file into the books, or say why not.

    ``status``: committed, duplicate (nothing new), refused (an error; nothing loaded) or dry-run. A voucher
    that is known and differs becomes a question; the rest is loaded. SIE 1–3 become balance facts.
    """
    told(2)
    digest = sha256(data).hexdigest()
    before = store.known(municipality.key, queries.KIND, digest) or store.known(municipality.key, "balance", digest)
    if before:
        return Loaded("duplicate", {**imports.summary(file), "batch": str(before.key)}, None, None)
    source = queries.source_with_code(source_code) or LedgerSource(
        municipality=municipality, code=source_code, mapping=imports.proposed_mapping(file)
    )
    planned = queries.plan(municipality, file, source.code, source.mapping)
    summary = {**(figures := imports.summary(file)), **planned.effects, "batch": None}
    if planned.refused:
        return Loaded("refused", summary, None, planned)
    if dry_run:
        return Loaded("dry-run", summary, None, planned)
    told(3)
    source = ensure_source(municipality=municipality, code=source_code, mapping=source.mapping, by=by, at=at)
    with store.Staging() as staging:
        batches = _stage(staging, municipality, planned, figures, source, digest, name, at)
        raw_key = received.raw_key if received else intake.keep(
            municipality_key=municipality.key, name=name, content=data, by=by, at=at, digest=digest
        ).key  # fmt: skip
    with operation(log=municipality.key, by=by, at=at) as journal:
        for batch in batches:
            store.commit(batch)
        summary["batch"] = str(batches[0].key)
        record = LedgerImport.objects.create(
            municipality=municipality, raw_key=raw_key, name=name, source_code=source_code, profile=profile,
            state="committed", summary=summary, batch_key=str(batches[0].key), by_key=str(by.key), at=at,
        )  # fmt: skip
        _ask(municipality, record, planned)
        _record(journal, batches[0], summary)
        if received:
            _put_aside(received, journal)
        told(3)  # called off or taken over by another worker: nothing of this counts
    return Loaded("committed", summary, record, planned)


def receive(
    *, municipality: Any, data: bytes | IO[bytes], name: str, by: Any, at: datetime, profile_code: str = "",
    aside: bool = False,
) -> LedgerImport:  # fmt: skip
    """Keep a received file and a record of it, to be looked at (``aside``: by a worker) before anything is loaded."""
    raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
    with operation(log=municipality.key, by=by, at=at) as journal:
        record = LedgerImport.objects.create(
            municipality=municipality, raw_key=raw.key, name=name, source_code=profile_code or "ledger",
            profile=queries.profile_content(profile_code), state="previewed", by_key=str(by.key), at=at,
        )  # fmt: skip
        journal.record("receive", "ledger_import", record.key, after={"name": name, "digest": raw.digest})
        if aside:
            set_to_work(record=record, kind=READ, by=by, at=at)
    return record


def set_to_work(*, record: LedgerImport, kind: str, by: Any, at: datetime) -> None:
    """Let a worker look at a received file (``READ``) or load it (``LOAD``)."""
    with operation(log=record.municipality.key, by=by, at=at) as journal:
        jobs.enqueue(municipality_key=record.municipality.key, kind=kind, subject=record.key, by=by, at=at)
        journal.record("hand_over", "ledger_import", record.key, after={"work": kind})


def work(job: Any, told: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Do a job: look at a received file or load it, and return the outcome; what is loaded already is only said."""
    municipality, steps = municipality_with_key(job.municipality_key), STEPS[job.kind]

    def step(done: int) -> None:
        told(done, len(steps), steps[done])

    with in_municipality(municipality):
        step(1)
        record = queries.import_with_key(job.subject)
        assert record is not None
        if record.state != "previewed":
            return imports.Outcome("committed", queries.loaded_from(record)).as_json()
        by = person_with_key(municipality, job.by_key)
        loaded = _load_received(record, by, job.started_at, job.kind == READ, step)
        return imports.outcome(loaded.status, loaded.summary, loaded.plan).as_json()


def set_profile(*, record: LedgerImport, code: str, content: dict[str, Any], by: Any, at: datetime) -> LedgerImport:
    """Say which column of a received table is what, and save the answer as a profile for the next file."""
    with operation(log=record.municipality.key, by=by, at=at) as journal:
        save_profile(municipality=record.municipality, code=code, content=content, by=by, at=at)
        record.profile, record.source_code = content, code
        record.save(update_fields=["profile", "source_code"])
        journal.record("describe", "ledger_import", record.key, after={"profile": code})
        if queries.work_on(record):
            set_to_work(record=record, kind=READ, by=by, at=at)
    return record


def preview(record: LedgerImport) -> Loaded:
    """Say what loading a received file would do, read anew from the kept file. Writes nothing."""
    return _load_received(record, None, record.at, dry_run=True)


def load_received(*, record: LedgerImport, by: Any, at: datetime) -> Loaded:
    """Load a received file into the books; a refused file stays to be looked at."""
    return _load_received(record, by, at, dry_run=False)


def discard(*, record: LedgerImport, by: Any, at: datetime) -> None:
    """Put a received file aside and call off the work on it; the books are as they were."""
    with operation(log=record.municipality.key, by=by, at=at) as journal:
        jobs.cancel(municipality_key=record.municipality.key, subject=record.key, at=at)
        _put_aside(record, journal)


def _put_aside(record: LedgerImport, journal: Journal) -> None:
    record.state = "put_aside"
    record.save(update_fields=["state"])
    journal.record("put_aside", "ledger_import", record.key, after={"state": record.state})


def _load_received(record: LedgerImport, by: Any, at: datetime, dry_run: bool, told: Told = _unheard) -> Loaded:
    data = intake.reopen(record.municipality.key, record.raw_key)
    if record.profile is None and imports.is_table(data):
        return Loaded("columns", {}, None, None)
    return load_file(
        municipality=record.municipality, data=data, name=record.name, source_code=record.source_code, by=by, at=at,
        profile=record.profile, dry_run=dry_run, received=record, told=told,
    )  # fmt: skip


def answer(*, question: VoucherQuestion, answer: str, by: Any, at: datetime) -> FactBatch | None:
    """Answer which of two versions of a voucher holds; taking the new one takes the old one back first."""
    if answer not in (Answer.TAKE_NEW, Answer.KEEP_OLD):
        raise Refusal("unknown_answer", N_("Answer take_new or keep_old, not “%(found)s”."), found=answer)
    municipality = question.municipality
    batch = vouchers = None
    if answer == Answer.TAKE_NEW:
        batch, vouchers = _stage_correction(question, at)
    with operation(log=municipality.key, by=by, at=at) as journal:
        current = VoucherQuestion.objects.select_for_update().get(pk=question.pk)
        if current.answer:
            raise Refusal("already_answered", N_("This voucher has been answered already."))
        for each in (batch, vouchers):
            if each:
                store.commit(each)
        current.answer, current.answered_by_key, current.answered_at = answer, str(by.key), at
        current.save()
        journal.record("answer", "voucher_question", current.key, after={"answer": answer})
    return batch


def withdraw(*, municipality: Any, batch_key: str, reason: str, by: Any, at: datetime) -> FactBatch:
    """Withdraw a batch: its rows leave every later answer and stay in the history."""
    batch = store.find(municipality.key, batch_key)
    if batch is None or batch.kind not in (queries.KIND, "balance") or batch.state != "committed":
        raise Refusal("batch_unknown", N_("There is no batch “%(batch)s” in the books."), batch=batch_key)
    if not reason.strip():
        raise Refusal("reason_missing", N_("Say why the batch is withdrawn."))
    if any(batch_key in each.about.get("takes_back", []) for each in queries.batches(municipality)):
        raise Refusal(
            "batch_built_upon", N_("A later batch takes back rows of this one. Withdraw the later one first.")
        )
    with operation(log=municipality.key, by=by, at=at) as journal:
        store.withdraw(batch, reason=reason, at=at)
        for each in store.committed(municipality.key, "voucher", digest=batch.digest):
            store.withdraw(each, reason=reason, at=at)
        LedgerImport.objects.filter(batch_key=batch_key).update(state="withdrawn")
        after = {"state": "withdrawn", "reason": reason}
        journal.record("withdraw", "ledger_batch", batch.key, before={"state": "committed"}, after=after)
    return batch


def _stage(
    staging: store.Staging, municipality: Any, plan: imports.Plan, figures: dict[str, Any], source: LedgerSource,
    digest: str, name: str, at: datetime,
) -> list[FactBatch]:  # fmt: skip
    file = plan.file
    about = {**figures, "company": file.company,
             "accounts": {code: info.name for code, info in file.accounts.items() if info.name},
             "objects": {f"{dim}:{code}": words for (dim, code), words in file.objects.items()},
             "dimensions": file.dimensions}  # fmt: skip
    common: dict[str, Any] = {
        "municipality_key": municipality.key, "source": source.code, "digest": digest, "name": name, "at": at,
    }  # fmt: skip
    staged = []
    if file.balances.num_rows:
        staged.append(staging.stage(kind="balance", table=file.balances, about=about, **common))
    if file.sie_type is not None and file.sie_type < 4:
        return staged or [staging.stage(kind="balance", table=file.balances, about=about, **common)]
    facts, texts = plan.facts, plan.texts
    if plan.replaced_periods:
        facts, texts, about["takes_back"] = _with_reversals(municipality, source.code, plan)
    periods = sorted(pc.unique(facts["period"].cast(pa.string())).to_pylist())
    span = {"first_period": periods[0], "last_period": periods[-1]} if periods else {}
    ledger = _stage_ledger(staging, facts, texts, {**common, **span}, about)
    return [ledger, staging.stage(kind="voucher", table=plan.vouchers, **common), *staged]


def _stage_ledger(
    staging: store.Staging, facts: pa.Table, texts: pa.Table, common: dict[str, Any], about: dict[str, Any]
) -> FactBatch:
    """Number the rows anew and write them with the key of their batch."""
    key = new_key()
    numbers = engine.numbers(facts.num_rows)
    facts = facts.set_column(facts.column_names.index("row"), "row", numbers)
    facts = facts.add_column(0, "batch", engine.same(str(key), facts.num_rows))
    texts = texts.set_column(0, "row", numbers)
    amounts = pc.sum(facts["amount_ore"].cast(pa.decimal128(38, 0))).as_py()
    return staging.stage(
        kind=queries.KIND, key=key, table=facts, text=texts, about=about, control_sum=int(amounts or 0), **common
    )


def _with_reversals(municipality: Any, source: str, plan: imports.Plan) -> tuple[pa.Table, pa.Table, list[str]]:
    """Put the taking back of what the same source said about these periods before the new rows."""
    found = queries.unnumbered(municipality, source, plan.replaced_periods)
    facts = [*(engine.reversal(rows.drop_columns(["batch"])) for _, rows, _ in reversed(found)), plan.facts]
    texts = [*(words for _, _, words in reversed(found)), plan.texts]
    return engine.joined(facts), pa.concat_tables(texts), [str(batch.key) for batch, _, _ in found]


def _ask(municipality: Any, record: LedgerImport, plan: imports.Plan) -> None:
    """Keep both versions of each voucher that differs, as questions."""
    facts = plan.whole[0]
    keys = facts["voucher_key"].cast(pa.string()) if plan.overlap.changed else None
    for voucher_key in plan.overlap.changed:
        batch = queries.batch_holding(municipality, record.source_code, voucher_key)
        old = queries.voucher_rows(municipality, str(batch.key), voucher_key) if batch else []
        VoucherQuestion.objects.create(
            municipality=municipality, ledger_import=record, voucher_key=voucher_key,
            pending_batch_key=str(batch.key) if batch else "",
            before=[imports.shown(row) for row in old if row["kind"] == "row"],
            after=[imports.shown(row) for row in facts.filter(pc.equal(keys, voucher_key)).to_pylist()],
        )  # fmt: skip


def _stage_correction(question: VoucherQuestion, at: datetime) -> tuple[FactBatch, FactBatch]:
    """Stage a small batch that takes the old version back and adds the new one."""
    municipality, record = question.municipality, question.ledger_import
    source = queries.source_with_code(record.source_code)
    assert source is not None
    file = imports.read(intake.reopen(municipality.key, record.raw_key), record.profile)
    facts, texts, vouchers = queries.plan(municipality, file, source.code, source.mapping).whole
    mine = pc.equal(facts["voucher_key"].cast(pa.string()), question.voucher_key)
    old_batch = queries.batch_holding(municipality, source.code, question.voucher_key)
    parts, words = [facts.filter(mine)], [texts.filter(mine)]
    if old_batch:
        old = store.read(old_batch)
        same = pc.and_(
            pc.equal(old["voucher_key"].cast(pa.string()), question.voucher_key), pc.equal(old["kind"], "row")
        )
        parts.insert(0, engine.reversal(old.filter(same).drop_columns(["batch"])))
        words.insert(0, store.read_text(old_batch).filter(same))
    joined = engine.joined(parts)
    periods = sorted(set(joined["period"].to_pylist()))
    common: dict[str, Any] = {
        "municipality_key": municipality.key, "source": source.code, "name": record.name, "at": at,
        "digest": digest_value([record.batch_key, question.voucher_key]),
    }  # fmt: skip
    span = {"first_period": periods[0], "last_period": periods[-1]}
    about = {
        **imports.summary(file), "corrects": question.voucher_key,
        "takes_back": [str(old_batch.key)] if old_batch else [],
    }  # fmt: skip
    mine = pc.equal(vouchers["voucher_key"], question.voucher_key)
    with store.Staging() as staging:
        batch = _stage_ledger(staging, joined, pa.concat_tables(words), {**common, **span}, about)
        return batch, staging.stage(kind="voucher", table=vouchers.filter(mine), **common)


def _record(journal: Journal, batch: FactBatch, summary: dict[str, Any]) -> None:
    after = {name: summary[name] for name in ("format", "vouchers", "rows", "net_ore", "questions")}
    journal.record("load", "ledger_batch", batch.key, after={**after, "name": batch.name, "digest": batch.digest})
