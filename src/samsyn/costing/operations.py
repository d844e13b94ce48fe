"""Change the cost model, load volumes, and prepare an allocation: the only verbs that write them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samsyn.catalogue import operations as catalogue
from samsyn.core.digests import digest_value
from samsyn.core.periods import Period
from samsyn.core.problems import Problem, has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.costing import imports, queries, volumes
from samsyn.costing.engine import allocation as engine
from samsyn.costing.engine import classified, editing
from samsyn.costing.engine import content as document
from samsyn.costing.engine.classify import classify
from samsyn.costing.engine.kept import parts
from samsyn.costing.models import AllocationRun, ModelVersion, VolumeAnswer
from samsyn.costing.rules import may_approve
from samsyn.facts import store
from samsyn.facts.store import FactBatch
from samsyn.formats.workbook import SheetRow
from samsyn.history.operations import operation
from samsyn.ledger import queries as ledger

Sheets = Mapping[str, list[SheetRow]]


def read_workbook(sheets: Sheets) -> tuple[imports.Content, list[Problem]]:
    """Return the content of a model workbook and every fault of its cells. Writes nothing."""
    return imports.read_model(sheets)


def draft_model(
    *, municipality: Any, content: document.Content, name: str, valid_from: date, by: Any, at: datetime,
    base: ModelVersion | None = None,
) -> ModelVersion:  # fmt: skip
    """Draft a model version; the event says how it differs from ``base``, or the version worked on till now."""
    last = queries.version_with_number(None)
    base = base or queries.working_version(Period.of(valid_from)) or last
    with operation(log=municipality.key, by=by, at=at) as journal:
        version = ModelVersion.objects.create(
            municipality=municipality, number=(last.number if last else 0) + 1, name=name, content=content,
            digest=digest_value(content), valid_from=valid_from, prepared_by_key=str(by.key), prepared_at=at,
        )  # fmt: skip
        after = {"number": version.number, "name": name, "digest": version.digest}
        if base is not None:
            after |= {"compared_with": base.number, **editing.summary(editing.differences(base.content, content))}
        journal.record("draft", "model_version", version.key, after=after)
    return version


def save_row(
    *, version: ModelVersion, part: str, line: int | None, row: document.Row, known: int, by: Any, at: datetime
) -> ModelVersion:
    """Put a row in a draft: in the place of the one on a line of its sheet, or (no line) as one more.

    Refuses ``model_frozen``, ``stale_version``, ``row_in_use`` and the first fault the row would bring.
    """
    before = editing.row_on(version.content, part, line) if line else None
    if line and before and before.get("code") != row.get("code"):
        _refuse_in_use(version.content, part, line)
    content = editing.with_row(version.content, part, line, row)
    for fault in editing.new_faults(version.content, content):
        raise fault
    return _change(version, content, editing.Difference(part, before, row), known, by, at)


def remove_row(*, version: ModelVersion, part: str, line: int, known: int, by: Any, at: datetime) -> ModelVersion:
    """Take a row out of a draft. Refuses ``model_frozen``, ``stale_version`` and ``row_in_use``."""
    _refuse_in_use(version.content, part, line)
    content, row = editing.with_row(version.content, part, line, None), editing.row_on(version.content, part, line)
    return _change(version, content, editing.Difference(part, row, None), known, by, at)


def _refuse_in_use(content: document.Content, part: str, line: int) -> None:
    hanging = editing.hanging_on(content, part, line)
    if hanging:
        message = N_("%(count)s rows of the model name %(name)s. Change or remove them first.")
        raise Refusal("row_in_use", message, name=content[part][line - editing.FIRST_LINE]["code"], count=len(hanging))


def _change(
    version: ModelVersion, content: document.Content, change: editing.Difference, known: int, by: Any, at: datetime
) -> ModelVersion:
    with operation(log=version.municipality.key, by=by, at=at) as journal:
        current = ModelVersion.objects.select_for_update().get(pk=version.pk)
        if current.state == "approved":
            raise Refusal("model_frozen", N_("An approved model is never changed. Draft a new version of it."))
        if not current.version == version.version == known:
            raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
        if not change.columns:
            return current
        current.content, current.digest = dict(content), digest_value(content)
        current.version += 1
        current.prepared_by_key, current.prepared_at = str(by.key), at
        current.save()
        old, new = ({c: row.get(c) for c in change.columns} if row else {} for row in (change.before, change.after))
        journal.record(
            change.verb, imports.SHEET_OF[change.part], current.key, version=current.version, before=old,
            after={**new, "row": change.name, "digest": current.digest},
        )  # fmt: skip
    return current


@dataclass(frozen=True)
class RulePreview:
    """What a new or changed rule would take in a period, and from whom: (rule code, rows, öre)."""

    rows: int
    amount_ore: int
    remainder_before_ore: int
    remainder_after_ore: int
    in_scope_before_ore: int
    in_scope_after_ore: int
    taken_from: list[tuple[str, int, int]]
    biggest: list[tuple[str, str, int, int]]


def preview_rule(
    *, municipality: Any, period: Period, content: document.Content, row: document.Row, replaces: str = ""
) -> RulePreview:
    """Say what a rule would take before it is saved; the figures are those a run then has. Writes nothing."""
    changed = editing.with_row(content, "rules", editing.line_of(content, "rules", replaces), row)
    before = queries.classification(municipality, period, content, with_text=True)
    after = queries.classification(municipality, period, changed, with_text=True)
    here = next(index for index, rule in enumerate(after.rules) if rule.code == row["code"])
    mine = (after.decided == here) & after.in_period()
    mine = mine & after.of_kind("K") if row["outcome"] in ("it", "not_it") else mine
    former = classify(after.rows, before.rules)
    losers = []
    for index, rule in enumerate(before.rules):
        lost = mine & (former == index)
        if rule.code not in (replaces, row["code"]) and lost.any():
            losers.append((rule.code, int(lost.sum()), after.total(lost)))
    old, new = classified.figures(before), classified.figures(after)
    return RulePreview(
        rows=int(mine.sum()), amount_ore=after.total(mine), remainder_before_ore=old.unclassified_ore,
        remainder_after_ore=new.unclassified_ore, in_scope_before_ore=old.in_scope_ore,
        in_scope_after_ore=new.in_scope_ore, taken_from=losers, biggest=classified.biggest_names(after, mine, 5),
    )  # fmt: skip


def save_rule(
    *, municipality: Any, period: Period, row: document.Row, replaces: str, known: tuple[int, int], by: Any,
    at: datetime,
) -> ModelVersion:  # fmt: skip
    """Save a rule in the draft one works on for a period, or in a new draft of the model that holds.

    ``known`` is number and version of what the writer saw. Refuses ``no_model``, ``stale_version`` and the faults
    the rule would bring.
    """
    version = queries.version_with_number(known[0])
    if version is None or version.state == "approved":
        version = queries.working_version(period) or queries.model_for(period)
    if (version.number, version.version) != known:
        raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
    line = editing.line_of(version.content, "rules", replaces)
    if version.state == "drafted":
        return save_row(version=version, part="rules", line=line, row=row, known=known[1], by=by, at=at)
    content = editing.with_row(version.content, "rules", line, row)
    for fault in editing.new_faults(version.content, content):
        raise fault
    return draft_model(
        municipality=municipality, content=content, name=version.name, valid_from=period.first_date, by=by, at=at,
        base=version,
    )  # fmt: skip


def findings(municipality: Any, content: document.Content, period: Period) -> list[Refusal]:
    """Return everything that would keep a model from running, at once."""
    found = [*document.missing(content), *document.faults(content)]
    if found:
        return found
    on = period.last_date
    counted = volumes.volumes(municipality, period)
    try:
        model = document.model(content, on, counted or None)
    except Refusal as refusal:
        return [refusal]
    return engine.validate(model, None, counted or None, document.edges(content, on))


def approve_model(*, version: ModelVersion, access: Any, period: Period, by: Any, at: datetime) -> ModelVersion:
    """Freeze a model version; the one before it ends where this begins.

    Refuses ``not_allowed``, ``same_person`` and ``model_has_faults``.
    """
    municipality = version.municipality
    _four_eyes(municipality, access, by, version.prepared_by_key)
    faults = findings(municipality, version.content, period)
    if faults:
        raise Refusal(
            "model_has_faults", N_("The model has %(count)s faults. The first: %(first)s"),
            count=len(faults), first=faults[0].sentence(), faults=faults,
        )  # fmt: skip
    with operation(log=municipality.key, by=by, at=at) as journal:
        current = ModelVersion.objects.select_for_update().get(pk=version.pk)
        if current.state == "approved":
            raise Refusal("model_frozen", N_("An approved model is never changed. Draft a new version of it."))
        open_ended = ModelVersion.objects.filter(state="approved", valid_until=None)
        open_ended.filter(valid_from__lt=current.valid_from).update(valid_until=current.valid_from)
        current.state, current.approved_by_key, current.approved_at = "approved", str(by.key), at
        current.version += 1
        current.save()
        after = {"state": "approved", "digest": current.digest, "valid_from": str(current.valid_from)}
        journal.record("approve", "model_version", current.key, version=current.version, after=after)
        rows = queries.services(current, Period.of(max(current.valid_from, local_day(at))))
        named = {
            code: {each: queries.text(row, "name", each) for each in ("sv", "da", "en")}
            for code, row in rows.items()
            if row.get("kind") != "support"
        }
        catalogue.take_in(municipality=municipality, services=named, on=current.valid_from, by=by, at=at)
    return current


def load_volumes(
    *, municipality: Any, sheets: Sheets, by: Any, at: datetime, kinds: Mapping[str, str] | None = None
) -> tuple[list[FactBatch], list[Problem]]:
    """Load volumes and the lists behind them; per service and period the latest count holds.

    ``kinds``: which service each kind of device counted for, where they were counted from devices; proposed the next
    time. Returns the new batches and the problems; with an error nothing is loaded. What would change a month that is
    approved is an error (``month_approved``).
    """
    problems: list[Problem] = []
    staged = []
    for sheet, kind, columns, schema in (
        ("Volumes", "volume", imports.VOLUME_COLUMNS, volumes.VOLUME_SCHEMA),
        ("Items", "volume_item", imports.ITEM_COLUMNS, volumes.ITEM_SCHEMA),
    ):
        rows = imports.read_rows(sheets.get(sheet, []), columns, sheet, problems)
        by_period: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_period.setdefault(row["period"], []).append(row)
        staged += [(sheet, kind, schema, period, found) for period, found in sorted(by_period.items())]
    if has_errors(problems):
        return [], problems
    counts = [volumes.Count(*each[:3], Period.parse(each[3]), each[4]) for each in staged]
    new = volumes.new_counts(municipality, counts)
    if closed := _of_approved_months(each for each, _digest in new):
        return [], closed
    batches = [volumes.stage(municipality, count, digest, kinds or {}, at) for count, digest in new]
    with operation(log=municipality.key, by=by, at=at) as journal:
        for batch in batches:
            store.commit(batch)
            after = {"kind": batch.kind, "period": batch.first_period, "rows": batch.row_count}
            journal.record("load", "volumes", batch.key, after=after)
    return batches, problems


def _of_approved_months(counts: Iterable[volumes.Count]) -> list[Problem]:
    approved = set(queries.approved_periods())
    message = N_(
        "%(found)s is approved, and its volumes stay as they are. Leave that month out, and put right what was wrong "
        "in a month that is not approved yet."
    )
    return [
        Problem(0, f"{each.sheet}.period", "error", "month_approved", str(each.period), "", message)
        for each in counts if str(each.period) in approved
    ]  # fmt: skip


def count_devices(
    *, municipality: Any, period: Period, services: Mapping[str, str], on: date, source: str, by: Any, at: datetime
) -> tuple[list[FactBatch], list[Problem]]:
    """Load the devices that units held on a day as volumes of a month, as `load_volumes` does.

    Refuses what `queries.device_sheets` does.
    """
    sheets = queries.device_sheets(period, services, on, source)
    return load_volumes(municipality=municipality, sheets=sheets, by=by, at=at, kinds=services)


def answer_volume(
    *,
    municipality: Any,
    service: str,
    unit: str,
    period: str,
    agrees: bool,
    comment: str,
    by: Any,
    at: datetime,
) -> VolumeAnswer:
    """Record a manager's word on a volume: it agrees, or it does not, like this."""
    if not agrees and not comment.strip():
        raise Refusal("comment_missing", N_("Say what is wrong with the number, so that it can be put right."))
    with operation(log=municipality.key, by=by, at=at) as journal:
        answer = VolumeAnswer.objects.create(
            municipality=municipality, service_code=service, unit_code=unit, period=period, agrees=agrees,
            comment=comment.strip(), by_key=str(by.key), at=at,
        )  # fmt: skip
        after = {"service": service, "unit": unit, "period": period, "agrees": agrees, "comment": comment}
        journal.record("answer_volume", "volume", answer.key, after=after)
    return answer


@dataclass(frozen=True)
class Prepared:
    """An allocation computed and not yet kept: its inputs, its figures, its lines."""

    municipality: Any
    period: Period
    version: ModelVersion
    books: classified.Classified
    figures: classified.Figures
    allocation: engine.Allocation
    input_digest: str


def prepare(*, municipality: Any, period: Period) -> Prepared:
    """Compute one period's allocation from books, volumes and the model that holds. Writes nothing."""
    version = queries.model_for(period)
    found = queries.classification(municipality, period, version.content, sums_only=True)
    counted, on = volumes.volumes(municipality, period), period.last_date
    before, batches = period.shift(-1), volumes.volume_batches(municipality, period)
    model = document.model(version.content, on, counted)
    allocation = engine.allocate(
        found.sources(), model, counted, document.edges(version.content, on), volumes.volumes(municipality, before)
    )
    inputs = {
        "period": str(period),
        "model": version.digest,
        "ledger": ledger.ledger_inputs(municipality, sorted(found.rows["period"].unique().to_pylist())),
        "volumes": sorted(each.digest for each in [*batches, *volumes.volume_batches(municipality, before)]),
    }
    figures = classified.figures(found)
    return Prepared(municipality, period, version, found, figures, allocation, digest_value(inputs))


def keep_run(
    *, prepared: Prepared, summary: dict[str, Any], lines: FactBatch, by: Any, at: datetime, code_version: str
) -> AllocationRun:
    """Keep a prepared allocation as the period's draft; an older draft is superseded."""
    municipality, allocation = prepared.municipality, prepared.allocation
    batch, rows = (
        store.stage(
            municipality_key=municipality.key, kind=kind, source="run", at=at, table=table,
            digest=digest_value([prepared.input_digest, at.isoformat()]), first_period=str(prepared.period),
            last_period=str(prepared.period),
        )
        for kind, table in (("run", parts(allocation)), ("run_row", prepared.books.taken()))
    )  # fmt: skip
    with operation(log=municipality.key, by=by, at=at) as journal:
        AllocationRun.objects.filter(period=str(prepared.period), state="drafted", superseded_at=None).update(
            superseded_at=at
        )
        for each in (batch, rows, lines):
            store.commit(each)
        run = AllocationRun.objects.create(
            municipality=municipality, period=str(prepared.period), model_version=prepared.version,
            summary=summary, detail={"batch": str(batch.key), "rows": str(rows.key), "lines": str(lines.key)},
            input_digest=prepared.input_digest,
            content_digest=allocation.seal(), code_version=code_version,
            prepared_by_key=str(by.key), prepared_at=at,
        )  # fmt: skip
        after = {"period": run.period, "input_digest": run.input_digest, "content_digest": run.content_digest}
        journal.record("prepare", "allocation_run", run.key, after=after)
    return run


def seal_run(*, run: AllocationRun, access: Any, lines_digest: str, by: Any, at: datetime) -> AllocationRun:
    """Approve a run: from now on nothing in it changes. Refuses ``same_person`` and ``already_approved``."""
    municipality = run.municipality
    _four_eyes(municipality, access, by, run.prepared_by_key)
    with operation(log=municipality.key, by=by, at=at) as journal:
        current = AllocationRun.objects.select_for_update().get(pk=run.pk)
        taken = AllocationRun.objects.filter(period=run.period, state="approved", superseded_at=None).exists()
        if current.state == "approved" or current.superseded_at or taken:
            raise Refusal("already_approved", N_("%(period)s already has an approved run."), period=run.period)
        current.state, current.approved_by_key, current.approved_at = "approved", str(by.key), at
        current.seal = digest_value(
            {
                "content": current.content_digest, "lines": lines_digest, "inputs": current.input_digest,
                "code": current.code_version, "by": str(by.key), "at": at.isoformat(),
            }
        )  # fmt: skip
        current.summary = {**current.summary, "state": "approved", "seal": current.seal}
        current.save()
        after = {"period": current.period, "seal": current.seal}
        journal.record("approve", "allocation_run", current.key, version=2, after=after)
    return current


def _four_eyes(municipality: Any, access: Any, by: Any, prepared_by_key: str) -> None:
    if not access.may("approve_run"):
        raise Refusal("not_allowed", N_("Your roles do not allow this (%(right)s)."), right="approve_run")
    if not may_approve(access, by.key, prepared_by_key, municipality.four_eyes):
        raise Refusal("same_person", N_("You prepared this yourself. Somebody else must approve it."))
