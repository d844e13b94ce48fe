"""Ask the books: rows, sums, texts, batches, what they were read from."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from samsyn.core.refusals import N_, Refusal
from samsyn.facts import engines, store
from samsyn.facts.store import FactBatch
from samsyn.formats.ledger_file import LedgerFile
from samsyn.jobs import queries as jobs
from samsyn.ledger import engine
from samsyn.ledger import imports as ways
from samsyn.ledger.choices import DEFAULT_CHARTS, DEFAULT_RANGES
from samsyn.ledger.engine import FACTS, PARTS, Range
from samsyn.ledger.models import (
    ChartRange,
    CodeRange,
    LedgerImport,
    LedgerProfile,
    LedgerSource,
    VoucherQuestion,
)
from samsyn.ledger.rules import closed_periods

KIND = "ledger"
_COLUMNS = [name for name in FACTS.names if name != "protected"]
_TEXTS = ("supplier", "text")


def batches(municipality: Any) -> list[FactBatch]:
    """Return the batches of books that count, oldest first."""
    return store.committed(municipality.key, KIND)


def postings(municipality: Any, batch: str | None = None, periods: Sequence[str] | None = None) -> Any:
    """Return the rows of the books as an Ibis table: of one batch, or of those that may hold some periods."""
    found = batches(municipality) if periods is None else _holding(municipality, periods)
    if batch is not None:
        found = [each for each in found if str(each.key) == batch]
        if not found:
            raise Refusal("batch_unknown", N_("There is no batch “%(batch)s” in the books."), batch=batch)
    return engines.table(found, FACTS)


def rows(
    municipality: Any,
    periods: Sequence[str],
    account_kinds: Sequence[str] = ("K", "I"),
    with_text: bool = False,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Return the rows of some periods, in the order of the books; with their texts when asked.

    With ``columns``, where ``supplier`` and ``text`` may be among them, only those, in no order: for sums.
    """
    table = postings(municipality, periods=periods)
    wanted = table.filter(table.period.isin(list(periods)) & table.account_kind.isin(list(account_kinds)))
    if columns is None:
        found = engines.answer_table(wanted.select(*_COLUMNS).order_by(["batch", "row"]))
        return _with_texts(municipality, found) if with_text else found
    words = [name for name in _TEXTS if name in columns]
    plain = [name for name in columns if name not in words]
    keyed = [name for name in ("batch", "row") if words and name not in plain]
    found = engines.answer_table(wanted.select(*plain, *keyed))
    return _with_texts(municipality, found, words) if words else found


def _with_texts(municipality: Any, found: pa.Table, words: Sequence[str] = ()) -> pa.Table:
    """Join the erasable texts (or some, encoded) batch by batch, so that each sidecar is read once."""
    parts = []
    for batch in batches(municipality):
        mine = found.filter(pc.equal(found["batch"], str(batch.key)))
        if not mine.num_rows:
            continue
        texts = store.read_text(batch, list(words) or None).unify_dictionaries().take(mine["row"])
        for name in words or _TEXTS:
            mine = mine.append_column(name, texts[name])
        parts.append(mine)
    if parts:
        return pa.concat_tables(parts)
    for name in words or _TEXTS:
        found = found.append_column(name, pa.array([], pa.string()))
    return found


def rows_at(municipality: Any, places: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the rows at some places (batch, row) of the books with their texts, in the order asked for."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for key in dict.fromkeys(key for key, _ in places):
        if (batch := store.find(municipality.key, key)) is None:
            continue
        mine = [row for each, row in places if each == key]
        found, texts = store.take(batch, mine), store.take(batch, mine, text=True)
        for name in _TEXTS:
            found = found.append_column(name, texts[name])
        rows |= {(key, row["row"]): row for row in found.to_pylist()}
    return [rows[place] for place in places if place in rows]


def ledger_inputs(municipality: Any, periods: Sequence[str]) -> list[list[str]]:
    """Return key and content digest of every batch that may hold rows of these periods."""
    return [[str(batch.key), batch.digest] for batch in _holding(municipality, periods)]


def _holding(municipality: Any, periods: Sequence[str]) -> list[FactBatch]:
    first, last = min(periods, default=""), max(periods, default="")
    return [each for each in batches(municipality) if each.first_period <= last and each.last_period >= first]


def totals(municipality: Any, by: str, accounts: str = "cost", batch: str | None = None) -> dict[str, int]:
    """Return exact sums in öre by account, responsibility, dimension:N, period or supplier, keys in order."""
    table = postings(municipality, batch)
    if accounts == "cost":
        table = table.filter(table.account_kind == "K")
    if by == "supplier":
        return _supplier_totals(municipality, engines.answer_table(table.select(*_COLUMNS)))
    column = _column(by)
    if column not in table.columns:
        return {}
    amounts = table.group_by(key=table[column]).aggregate(total=table.amount_ore.sum().cast("string"))
    sums: dict[str, int] = {}
    for row in engines.answer(amounts):
        if row["key"] or not by.startswith("dimension:"):
            sums[row["key"] or ""] = sums.get(row["key"] or "", 0) + int(row["total"])
    return dict(sorted(sums.items()))


def _column(by: str) -> str:
    kind, _, number = by.partition(":")
    if kind == "dimension" and number:
        return f"dim_{number}"
    if kind in {"account", "period", *PARTS}:
        return kind
    raise Refusal(
        "unknown_grouping",
        N_("Sums can be made by account, responsibility, dimension:N, period or supplier, not by “%(by)s”."),
        by=by,
    )


def _supplier_totals(municipality: Any, found: pa.Table) -> dict[str, int]:
    table = _with_texts(municipality, found).select(["supplier", "amount_ore"])
    sums = table.group_by("supplier").aggregate([("amount_ore", "sum")]).to_pylist()
    return dict(sorted((row["supplier"] or "", row["amount_ore_sum"]) for row in sums))


def voucher_rows(municipality: Any, batch_key: str, voucher_key: str) -> list[dict[str, Any]]:
    """Return a voucher's rows with texts, in file order."""
    batch = store.find(municipality.key, batch_key)
    if batch is None:
        return []
    table = store.read(batch)
    table = table.filter(pc.equal(table["voucher_key"].cast(pa.string()), voucher_key))
    texts = store.read_text(batch).take(table["row"])
    table = table.append_column("supplier", texts["supplier"]).append_column("text", texts["text"])
    return sorted(table.to_pylist(), key=lambda row: row["line"])  # type: ignore[no-any-return]


def batch_holding(municipality: Any, source: str, voucher_key: str) -> FactBatch | None:
    """Return the batch whose version of a voucher holds now: the latest that has it."""
    for batch in reversed(store.committed(municipality.key, KIND, source=source)):
        keys = store.read(batch, ["voucher_key"])["voucher_key"].cast(pa.string())
        if pc.any(pc.equal(keys, voucher_key)).as_py():
            return batch
    return None


def unnumbered(municipality: Any, source: str, periods: Sequence[str]) -> list[tuple[FactBatch, pa.Table, pa.Table]]:
    """Return (batch, rows, texts) of what a source has said about some periods without voucher numbers."""
    found = []
    for batch in store.committed(municipality.key, KIND, source=source):
        rows = store.read(batch)
        named = pc.is_in(rows["period"].cast(pa.string()), pa.array(periods))
        mine = pc.and_(named, pc.equal(rows["voucher_key"].cast(pa.string()), ""))
        if pc.any(mine).as_py():
            found.append((batch, rows.filter(mine), store.read_text(batch).filter(mine)))
    return found


def file_name(municipality: Any, batch_key: str) -> str:
    """Return the name of the file a batch was read from."""
    batch = store.find(municipality.key, batch_key)
    return batch.name if batch else ""


def plan(municipality: Any, file: LedgerFile, source: str, mapping: Mapping[str, str]) -> ways.Plan:
    """Say what loading a read file would do."""
    country, on, saved = municipality.country, ways.last_day(file), source_with_code(source)
    known = ways.Known(
        vouchers=known_vouchers(municipality, source), closed_periods=closed_periods(),
        chart=chart(saved.chart if saved else DEFAULT_CHARTS[country], on),
        internal=ranges(country, "internal", on), protected=ranges(country, "protected", on),
        first_month=municipality.fiscal_year_start_month, others=_spans(municipality, source),
    )  # fmt: skip
    return ways.plan(file, source, mapping, known)


def _spans(municipality: Any, source: str) -> dict[str, tuple[str, str]]:
    """Return {source: (first, last period)} of every other source's books."""
    spans: dict[str, tuple[str, str]] = {}
    for batch in batches(municipality):
        if batch.source != source and batch.first_period:
            first, last = spans.get(batch.source, (batch.first_period, batch.last_period))
            spans[batch.source] = (min(first, batch.first_period), max(last, batch.last_period))
    return spans


def known_vouchers(municipality: Any, source: str) -> dict[str, tuple[int, str]]:
    """Return {voucher key: (digest, period)} of a source; the latest batch that has a voucher holds."""
    known: dict[str, tuple[int, str]] = {}
    for batch in store.committed(municipality.key, "voucher", source=source):
        table = store.read(batch)
        columns = (table[name].to_pylist() for name in ("voucher_key", "digest", "period"))
        for key, digest, period in zip(*columns, strict=True):
            known[key] = (digest, period)
    return known


def periods(municipality: Any) -> set[str]:
    """Return the periods that have rows in the books."""
    table = postings(municipality)
    return {row["period"] for row in engines.answer(table.select("period").distinct()) if row["period"]}


def budgets(municipality: Any, year: int) -> dict[tuple[str, str], int]:
    """Return {(responsibility, account): öre} budgeted for a year (#PBUDGET); a source's latest file holds."""
    return _budgets(str(municipality.key), store.committed_keys(municipality.key, "balance"), year)


@lru_cache(maxsize=32)
def _budgets(municipality: str, keys: tuple[str, ...], year: int) -> dict[tuple[str, str], int]:
    dimensions = {
        source.code: next((number for number, part in source.mapping.items() if part == "responsibility"), "")
        for source in LedgerSource.objects.all()
    }
    sums: dict[tuple[str, str], int] = {}
    read: set[str] = set()
    for key in reversed(keys):
        batch = store.find(municipality, key)
        if batch is None or batch.source in read:
            continue
        table = store.read(batch, ["record", "period", "account", "objects", "amount_ore"])
        mine = pc.and_(pc.equal(table["record"], "PBUDGET"), pc.starts_with(table["period"], str(year)))
        found = engine.budget(table.filter(mine).to_pylist(), dimensions.get(batch.source, ""))
        read |= {batch.source} if found else set()
        sums |= {cell: sums.get(cell, 0) + ore for cell, ore in found.items()}
    return sums


def account_names(municipality: Any) -> dict[str, str]:
    """Return the names of accounts, as the latest file names them."""
    names: dict[str, str] = {}
    for batch in batches(municipality):
        names.update(batch.about.get("accounts", {}))
    return names


def chart(code: str, on: date) -> list[tuple[str, str, str]]:
    """Return (first, last, kind) of a chart's ranges on a day."""
    rows = ChartRange.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), chart=code, valid_from__lte=on)
    return list(rows.order_by("first").values_list("first", "last", "kind"))


def ranges(country: str, meaning: str, on: date) -> list[Range]:
    """Return the code ranges with a meaning on a day; its country's until the municipality has its own."""
    if not CodeRange.objects.exists():
        return [Range(*row[1:6]) for row in DEFAULT_RANGES[country] if row[0] == meaning]
    rows = CodeRange.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on), meaning=meaning, valid_from__lte=on, superseded_at=None
    )
    return [Range(row.part, row.first, row.last, row.account_first, row.account_last) for row in rows.order_by("pk")]


def code_ranges() -> list[CodeRange]:
    """Return every current code range."""
    return list(CodeRange.objects.filter(superseded_at=None).order_by("meaning", "part", "first"))


def source_with_code(code: str) -> LedgerSource | None:
    """Return one source."""
    return LedgerSource.objects.filter(code=code).first()


def profiles() -> list[LedgerProfile]:
    """Return the saved profiles."""
    return list(LedgerProfile.objects.order_by("code"))


def profile_with_code(code: str) -> LedgerProfile | None:
    """Return one saved profile."""
    return LedgerProfile.objects.filter(code=code).first()


def profile_content(code: str) -> dict[str, Any] | None:
    """Return a saved or shipped profile; None for no code. Refuses ``profile_unknown``."""
    if not code:
        return None
    saved = profile_with_code(code)
    return saved.content if saved else ways.shipped_profile(code)


def imports(limit: int = 50) -> list[LedgerImport]:
    """Return the latest imports."""
    return list(LedgerImport.objects.order_by("-pk")[:limit])


def import_with_key(key: str | UUID) -> LedgerImport | None:
    """Return one import."""
    return LedgerImport.objects.filter(key=key).first()


def open_questions() -> list[VoucherQuestion]:
    """Return the vouchers that wait for an answer."""
    return list(VoucherQuestion.objects.filter(answer="").order_by("pk"))


def question_with_key(key: str | UUID) -> VoucherQuestion | None:
    """Return one question."""
    return VoucherQuestion.objects.filter(key=key).first()


def work_on(record: LedgerImport) -> Any:
    """Return the last job on a received file, or None: it was looked at at once."""
    return jobs.latest(record.municipality.key, record.key)


def refusal_of(job: Any) -> Refusal | None:
    """Return why a job failed, or None."""
    return jobs.refusal(job)


def at_work(municipality: Any) -> set[str]:
    """Return the keys of the received files that a worker reads or loads, or soon will."""
    return jobs.subjects_at_work(municipality.key)


def loaded_from(record: LedgerImport) -> dict[str, Any]:
    """Return the summary of what was loaded from the same kept file."""
    found = LedgerImport.objects.filter(raw_key=record.raw_key).exclude(batch_key="").order_by("-pk").first()
    return found.summary if found else {}


def received() -> list[LedgerImport]:
    """Return the files that have been received and wait to be looked at, newest first."""
    return list(LedgerImport.objects.filter(state="previewed").order_by("-pk"))


def loaded_by() -> dict[str, str]:
    """Return who loaded each batch: {batch key: person key}."""
    return dict(LedgerImport.objects.exclude(batch_key="").values_list("batch_key", "by_key"))


def deliveries(municipality: Any, limit: int = 200) -> list[FactBatch]:
    """Return the latest batches of books and balances, newest first, also those withdrawn."""
    states = (FactBatch.State.COMMITTED, FactBatch.State.WITHDRAWN)
    found = FactBatch.objects.filter(
        municipality_key=str(municipality.key), kind__in=(KIND, "balance"), state__in=states
    )
    return list(found.order_by("-pk")[:limit])


def delivery(municipality: Any, key: object) -> FactBatch | None:
    """Return one batch of books or balances, also when withdrawn."""
    found = store.find(municipality.key, str(key))
    return found if found and found.kind in (KIND, "balance") and found.state != FactBatch.State.STAGING else None


def sums_by_period(batch: FactBatch) -> list[dict[str, Any]]:
    """Return rows, debit, credit and cost of a batch per period, in öre, exact."""
    if batch.kind != KIND:
        return []
    table = store.read(batch, ["period", "amount_ore", "account_kind"])
    amounts = table["amount_ore"].cast(pa.decimal128(38, 0))
    nothing = pa.scalar(0, pa.decimal128(38, 0))
    table = pa.table(
        {
            "period": table["period"].cast(pa.string()), "rows": table["amount_ore"],
            "debit": pc.if_else(pc.greater(amounts, nothing), amounts, nothing),
            "credit": pc.if_else(pc.less(amounts, nothing), amounts, nothing),
            "cost": pc.if_else(pc.equal(table["account_kind"].cast(pa.string()), "K"), amounts, nothing),
        }
    )  # fmt: skip
    wanted = [("rows", "count"), ("debit", "sum"), ("credit", "sum"), ("cost", "sum")]
    sums = table.group_by("period").aggregate(wanted).sort_by("period").to_pylist()
    return [
        {"period": row["period"] or "", "rows": row["rows_count"],
         **{f"{name}_ore": int(row[f"{name}_sum"]) for name in ("debit", "credit", "cost")}}
        for row in sums
    ]  # fmt: skip
