"""Run the month: draft its statement lines, approve them, answer for them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

import pyarrow as pa
from django.db import connection
from django.urls import reverse
from django.utils import translation

import samsyn
from samsyn.charging import engine, queries, words
from samsyn.charging.choices import LineKind
from samsyn.charging.models import StatementLine
from samsyn.core.digests import digest_rows, digest_table
from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.costing import operations as costing
from samsyn.costing import queries as costing_queries
from samsyn.costing import volumes
from samsyn.facts import store
from samsyn.history.operations import operation
from samsyn.ledger import queries as ledger
from samsyn.notices.operations import Attachment, queue_mail
from samsyn.people.queries import managers_by_unit

LINES = pa.schema(
    [
        ("service", pa.string()), ("unit", pa.string()), ("kind", pa.string()), ("quantity", pa.int64()),
        ("price_micro", pa.int64()), ("amount_ore", pa.int64()), ("cost_ore", pa.int64()),
        ("estimated", pa.bool_()),
    ]
)  # fmt: skip


def draft_run(*, municipality: Any, period: Period, by: Any, at: datetime) -> Any:
    """Compute a period's allocation and statement lines, prove that they balance, and keep them as a draft.

    Refuses ``already_approved``, ``run_does_not_balance`` and what the model or its volumes lack.
    """
    if str(period) in queries.approved_periods():
        raise Refusal("already_approved", N_("%(period)s already has an approved run."), period=str(period))
    prepared = costing.prepare(municipality=municipality, period=period)
    rows, sums = _lines(prepared)
    summary = _summary(prepared, rows, sums)
    if summary["difference_ore"]:
        raise Refusal(
            "run_does_not_balance", N_("The run does not balance: %(difference)s öre are missing."),
            difference=summary["difference_ore"],
        )  # fmt: skip
    lines = store.stage(
        municipality_key=municipality.key, kind="statement_line", source="run", at=at,
        digest=digest_rows([[prepared.input_digest, at.isoformat()]]),
        table=rows,
        first_period=str(period), last_period=str(period), about={"lines_digest": lines_digest(rows)},
    )  # fmt: skip
    return costing.keep_run(
        prepared=prepared, summary=summary, lines=lines, by=by, at=at, code_version=samsyn.__version__
    )


def is_outdated(run: Any) -> bool:
    """Tell whether books, volumes or model have changed since a draft was made."""
    prepared = costing.prepare(municipality=run.municipality, period=Period.parse(run.period))
    return bool(prepared.input_digest != run.input_digest)


def approve_run(*, run: Any, access: Any, by: Any, at: datetime, base_url: str = "") -> Any:
    """Approve a drafted run: its lines become rows that never change, sealed in the same transaction.

    Refuses ``no_books`` and ``draft_damaged``, and what `costing.operations.seal_run` refuses.
    With ``base_url`` every unit manager gets a mail; queueing it is part of the same transaction.
    """
    municipality = run.municipality
    if run.period not in ledger.periods(municipality):
        raise Refusal(
            "no_books", N_("%(period)s has no books, so nobody could see what the costs are. Load its books first."),
            period=run.period,
        )  # fmt: skip
    batch = store.find(municipality.key, run.detail["lines"])
    if batch is None or store.damaged(batch):
        raise Refusal("draft_damaged", N_("The draft of %(period)s is damaged. Run it again."), period=run.period)
    lines = store.read(batch)
    with operation(log=municipality.key, by=by, at=at):
        sealed = costing.seal_run(run=run, access=access, lines_digest=lines_digest(lines), by=by, at=at)
        _write(run, lines)
        if base_url:
            notify_managers(run=sealed, base_url=base_url, by=by, at=at)
    return sealed


def _write(run: Any, lines: pa.Table) -> None:
    """Insert the lines as rows straight from their columns, without an object for each."""
    meta = StatementLine._meta
    given = {name: repeat(getattr(run, name)) for name in ("municipality_id", "period")}
    given["run_key"] = repeat(meta.get_field("run_key").get_db_prep_value(run.key, connection))
    renamed = {"service": "service_code", "unit": "unit_code"}
    columns = given | {renamed.get(name, name): lines[name].to_pylist() for name in LINES.names}
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {meta.db_table} ({', '.join(columns)}) VALUES ({places})",
            list(zip(*columns.values(), strict=False)),
        )


def notify_managers(*, run: Any, base_url: str, by: Any, at: datetime) -> int:
    """Queue a mail to every unit manager about the approved month and return how many; nobody is told twice.

    The mail says in the manager's language what the unit pays and what changed it, with a link and the PDF.
    """
    period, municipality = Period.parse(run.period), run.municipality
    count = 0
    with operation(log=municipality.key, by=by, at=at) as journal:
        for unit, managers in managers_by_unit(local_day(at)).items():
            found = queries.statement(unit, period) if unit else None
            for person in managers if found else []:
                _notify(found, person, base_url, municipality, by, at)
                count += 1
        journal.record("notify_managers", "allocation_run", run.key, after={"mails": count})
    return count


def _notify(found: Any, person: Any, base_url: str, municipality: Any, by: Any, at: datetime) -> None:
    unit, period = found.unit.code, str(found.period)
    url = base_url.rstrip("/") + reverse("statement", args=[municipality.code, unit, period])
    with translation.override(person.language):
        subject, body = words.mail(found, person.name, url)
    facts = {"unit": unit, "period": period, "language": person.language}
    queue_mail(
        municipality=municipality, to=person, topic=f"statement {found.run.key} {unit}", subject=subject, body=body,
        attachments=[Attachment(f"{found.unit.name} {period}.pdf", "statement", facts)], by=by, at=at,
    )  # fmt: skip


def lines_digest(rows: pa.Table) -> str:
    """Return the digest of statement lines in key order (docs/algorithms/allocation.md, Seal)."""
    return digest_table(rows.select(["service", "unit", "kind", "amount_ore"]))


def _lines(prepared: Any) -> tuple[pa.Table, dict[str, int]]:
    """Return every statement line, and what was charged, paid with taxes and left with the provider."""
    allocation, estimated = prepared.allocation, volumes.estimated(prepared.municipality, prepared.period)
    services = costing_queries.services(prepared.version, prepared.period)
    rows = [LINES.empty_table()]
    sums = {"charged_ore": 0, "tax_financed_ore": 0, "recovery_ore": 0}
    for code, service in services.items():
        if service["kind"] != "final":
            continue
        cost, quantities = allocation.distributed.get(code, {}), allocation.volumes.get(code, {})
        charged = engine.charge(service["mode"], cost, service["price_kr"], quantities, service["step"])
        kind = LineKind.SHOWN if service["mode"] == "shown" else LineKind.CHARGED
        price = service["price_kr"] if service["mode"] == "price" else None
        guessed = estimated.get(code, set())
        rows.append(
            _block(
                code, list(charged.lines), kind, list(charged.lines.values()), price,
                quantities=[quantities.get(unit, 0) for unit in charged.lines],
                costs=[cost.get(unit, 0) for unit in charged.lines],
                estimated=[unit in guessed for unit in charged.lines],
            )
        )  # fmt: skip
        if charged.recovery_ore:
            rows.append(_block(code, [""], LineKind.RECOVERY, [charged.recovery_ore]))
        kept = allocation.undistributed.get(code, 0)
        if kept:
            rows.append(_block(code, [""], LineKind.NOT_DISTRIBUTED, [kept], costs=[kept]))
        for name in sums:
            sums[name] += getattr(charged, name)
    return pa.concat_tables(rows), sums


def _block(
    service: str, units: list[str], kind: str, amounts: list[int], price: int | None = None,
    quantities: Sequence[int] = (0,), costs: Sequence[int] = (0,), estimated: Sequence[bool] = (False,),
) -> pa.Table:  # fmt: skip
    """Return the lines of one service and kind."""
    count = len(units)
    columns = ([service] * count, units, [str(kind)] * count, quantities, [price] * count, amounts, costs, estimated)
    return pa.table(dict(zip(LINES.names, columns, strict=True)), LINES)


def _summary(prepared: Any, rows: pa.Table, sums: dict[str, int]) -> dict[str, Any]:
    figures, allocation = prepared.figures, prepared.allocation
    undistributed = sum(allocation.undistributed.values())
    allocated = sum(sum(units.values()) for units in allocation.distributed.values())
    return {
        "state": "drafted",
        "ledger_ore": figures.ledger_ore,
        "in_scope_ore": figures.in_scope_ore,
        "out_of_scope_ore": figures.out_of_scope_ore,
        "unclassified_ore": figures.unclassified_ore,
        "allocated_ore": allocated,
        "undistributed_ore": undistributed,
        **sums,
        # both identities at once: what went in, and what the lines say came out
        "difference_ore": figures.in_scope_ore - sum(sums.values()) - undistributed,
        "services": len(rows["service"].unique()),
        "units": len(set(rows["unit"].unique().to_pylist()) - {""}),
        "lines": len(rows),
        "eliminated_cost_ore": figures.eliminated_cost_ore,
        "eliminated_income_ore": figures.eliminated_income_ore,
        "not_it_ore": figures.not_it_ore,
        "periodised_ore": figures.periodised_ore,
        "outside_income_ore": figures.outside_income_ore,
        "input_digest": prepared.input_digest,
        "seal": None,
    }
