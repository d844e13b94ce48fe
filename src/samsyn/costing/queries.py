"""Ask the cost model: which version holds, what the rules take, what volumes there are, what lies behind."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q
from django_scopes import get_scope

from samsyn.core.periods import Period
from samsyn.core.refusals import N_, Refusal
from samsyn.costing import imports, volumes
from samsyn.costing.engine import content as document
from samsyn.costing.engine.allocation import provenance
from samsyn.costing.engine.classified import Classified
from samsyn.costing.engine.classify import asked, classify, holds
from samsyn.costing.models import AllocationRun, ModelVersion, VolumeAnswer
from samsyn.equipment import queries as equipment
from samsyn.facts import store
from samsyn.formats.workbook import SheetRow
from samsyn.ledger import queries as ledger


def model_for(period: Period) -> ModelVersion:
    """Return the approved model version that holds in a period. Refuses ``no_model``."""
    day = period.last_date
    valid = Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))
    found = ModelVersion.objects.filter(valid, state="approved").order_by("-number").first()
    if found is None:
        raise Refusal(
            "no_model",
            N_("No approved cost model holds in %(period)s. Approve one first."),
            period=str(period),
        )
    return found


def with_model(periods: Iterable[str]) -> set[str]:
    """Return those of some months in which an approved model holds."""
    held = list(ModelVersion.objects.filter(state="approved").values_list("valid_from", "valid_until"))
    days = {each: Period.parse(each).last_date for each in periods}
    return {
        each for each, day in days.items() if any(first <= day and (not until or day < until) for first, until in held)
    }


def working_version(period: Period) -> ModelVersion | None:
    """Return the version one works on for a period: a draft newer than what holds there, else what holds."""
    holds = model_for(period) if has_model(period) else None
    drafts = ModelVersion.objects.filter(state="drafted", valid_from__lte=period.last_date).order_by("-number")
    draft = drafts.filter(number__gt=holds.number).first() if holds else drafts.first()
    return draft or holds


def versions() -> list[ModelVersion]:
    """Return the model versions, newest first."""
    return list(ModelVersion.objects.order_by("-number"))


def version_with_number(number: int | None) -> ModelVersion | None:
    """Return one model version, or the newest."""
    found = ModelVersion.objects.order_by("-number")
    return (found if number is None else found.filter(number=number)).first()


def run_of(period: str) -> AllocationRun | None:
    """Return the approved run of a period, else its latest draft."""
    runs = AllocationRun.objects.filter(period=period, superseded_at=None).select_related("model_version")
    return runs.order_by("state", "-prepared_at").first()


def approved_run(period: Period) -> AllocationRun | None:
    """Return the approved run of a period."""
    runs = AllocationRun.objects.filter(period=str(period), state="approved", superseded_at=None)
    found = runs.select_related("model_version").defer("model_version__content").first()
    if found:
        found.municipality = get_scope()["municipality"]
    return found


def content_of(version: ModelVersion) -> document.Content:
    """Return the document of a version; that of an approved one never changes, and is read once."""
    return _frozen(version.pk, version.digest) if version.state == "approved" else version.content


@lru_cache(maxsize=8)
def _frozen(pk: int, _digest: str) -> document.Content:
    content: document.Content = ModelVersion.objects.values_list("content", flat=True).get(pk=pk)
    return content


def approved_periods() -> list[str]:
    """Return the periods that have an approved run, oldest first."""
    runs = AllocationRun.objects.filter(state="approved", superseded_at=None)
    return list(runs.order_by("period").values_list("period", flat=True))


def classification(
    municipality: Any, period: Period, content: document.Content, with_text: bool = False, sums_only: bool = False
) -> Classified:
    """Return every ledger row a period's cost may come from, with the rule that took it.

    For ``sums_only`` the rows have no more columns than the rules ask for, and no order.
    """
    rules = document.rules(content)
    reach = max((rule.months for rule in rules), default=1)
    periods = [str(period.shift(-age)) for age in range(reach)]
    wordy = with_text or any(rule.words for rule in rules)
    needed = ["batch", "row", "date", "period", "account_kind", "amount_ore", *asked(rules)]
    columns = needed if sums_only else None
    rows = ledger.rows(municipality, periods, with_text=wordy, columns=columns)
    return Classified(period, rows, rules, classify(rows, rules))


def answers(period: str, units: Sequence[str] | None = None) -> dict[tuple[str, str], VolumeAnswer]:
    """Return the latest answer about each (service, unit) of a period."""
    rows = VolumeAnswer.objects.filter(period=period)
    if units is not None:
        rows = rows.filter(unit_code__in=units)
    return {(row.service_code, row.unit_code): row for row in rows.order_by("at", "pk")}


def run_part(run: AllocationRun, part: str) -> list[dict[str, Any]]:
    """Return one part (B, N, M, V or L) of what a run keeps to be explained."""
    return _part(_kept(run), part)


def _kept(run: AllocationRun) -> pa.Table | None:
    batch = store.find(run.municipality.key, run.detail["batch"])
    return _parts(batch) if batch else None


@lru_cache(maxsize=4)
def _parts(batch: store.FactBatch) -> pa.Table:
    """Return what a run keeps; a person asks why of one line after the other, and facts never change."""
    return store.read(batch)


def _part(kept: pa.Table | None, part: str, **only: str) -> list[dict[str, Any]]:
    for column, value in {"part": part, **only}.items():
        kept = kept.filter(pc.equal(kept[column], value)) if kept else None
    return kept.to_pylist() if kept else []


def rows_taken(run: AllocationRun) -> pa.Table:
    """Return every ledger row a run's cost comes from, as `Classified.taken`: what was kept when the run was made.

    The texts some rules ask for may have been erased since, so the books themselves can no longer tell.
    """
    batch = store.find(run.municipality.key, run.detail["rows"]) if "rows" in run.detail else None
    if batch is not None:
        return store.read(batch)
    # a run made before its rows were kept
    period = Period.parse(run.period)
    return classification(run.municipality, period, content_of(run.model_version), sums_only=True).taken()


def approved_runs(periods: Collection[str]) -> list[AllocationRun]:
    """Return the approved runs of some periods, oldest first, in one question."""
    return _approved(period__in=periods)


def newest_runs(count: int) -> list[AllocationRun]:
    """Return the approved runs of the newest periods, oldest first, in one question."""
    return _approved(count)


def _approved(newest: int | None = None, **among: Any) -> list[AllocationRun]:
    runs = AllocationRun.objects.filter(state="approved", superseded_at=None, **among).order_by("-period")
    found = list(runs.select_related("model_version").defer("model_version__content")[:newest])
    for run in found:
        run.municipality = get_scope()["municipality"]
    return found[::-1]


def texts_stamp(runs: Sequence[AllocationRun]) -> tuple[str, ...]:
    """Return what changes when books come, go or lose their texts."""
    if not runs:
        return ()
    books = store.committed(runs[0].municipality.key, ledger.KIND)
    return tuple(f"{each.key} {each.has_sidecar}" for each in books)


def moved(runs: Sequence[AllocationRun], services: Collection[str]) -> dict[tuple[str, str], int]:
    """Return {(service, cost type): öre} that some runs put into some services."""
    if not runs or not services:
        return {}
    batches = store.found(runs[0].municipality.key, [run.detail["batch"] for run in runs])
    sums: dict[tuple[str, str], int] = {}
    for batch in batches.values():
        for row in _part(store.read(batch), "M"):
            if row["third"] in services:
                cell = (row["third"], row["second"])
                sums[cell] = sums.get(cell, 0) + row["amount_ore"]
    return sums


BOOKED = ("batch", "row", "line", "voucher_key", "voucher", "date", "period", "account", "responsibility", "internal",
          "amount_ore")  # fmt: skip
WORDS = ("supplier", "supplier_id", "text")


def it_rows(runs: Sequence[AllocationRun], with_words: bool = True) -> Iterator[pa.Table]:
    """Yield the rows of IT cost that each run's own month booked, file by file: each row once, however it is spread.

    Columns: `BOOKED`, ``cost_type``, ``pool`` and, when asked, `WORDS`. Files withdrawn since are read all the same.
    """
    books: dict[str, store.FactBatch] = {}
    kept = store.found(runs[0].municipality.key, [run.detail.get("rows", "") for run in runs]) if runs else {}
    for run in runs:
        held = kept.get(run.detail.get("rows", ""))
        taken = store.read(held) if held else rows_taken(run)
        keys = set(pc.unique(taken["batch"].cast(pa.string())).to_pylist())
        if keys - books.keys():
            books |= store.found(run.municipality.key, keys - books.keys())
        for key, batch in sorted((key, books[key]) for key in keys & books.keys()):
            mine = taken.filter(pc.equal(taken["batch"].cast(pa.string()), key))
            rows = store.read(batch, list(BOOKED), where=pc.field("period") == run.period)
            places = pc.index_in(rows["row"], mine["row"].combine_chunks())
            rows, places = rows.filter(pc.is_valid(places)), pc.drop_null(places)
            for name in ("pool", "cost_type"):
                rows = rows.append_column(name, mine[name].cast(pa.string()).take(places))
            yield _worded(rows, batch) if with_words and rows.num_rows else rows


def _worded(rows: pa.Table, batch: store.FactBatch) -> pa.Table:
    texts = store.take(batch, rows["row"].to_pylist(), text=True)
    for name in WORDS:
        # books loaded before the suppliers' numbers were kept have none
        words = texts[name] if name in texts.column_names else pa.nulls(rows.num_rows, pa.string())
        rows = rows.append_column(name, words)
    return rows


@dataclass(frozen=True)
class Contributions:
    """What each source put into one service: its own sum, what it moved there, and each unit's cell."""

    amounts: dict[tuple[str, str], int]
    moved: dict[tuple[str, str], int]
    cells: dict[tuple[str, str], dict[str, int]]


def contributions(run: AllocationRun, service: str) -> Contributions:
    """Return the provenance of one service's lines, recomputed from what the run keeps."""
    kept = _kept(run)
    moved = {(row["first"], row["second"]): row["amount_ore"] for row in _part(kept, "M", third=service)}
    weights = {row["second"]: int(row["number"]) for row in _part(kept, "V", first=service)}
    amounts = {(row["first"], row["second"]): row["amount_ore"] for row in _part(kept, "B")}
    return Contributions(amounts, moved, provenance(moved, weights))


@dataclass(frozen=True)
class Names:
    """The names a model gives its cost pools and cost types, which pools are pay, and which of few people."""

    pools: dict[str, str]
    cost_types: dict[str, str]
    pay: frozenset[str]
    few: frozenset[str]


def names(version: ModelVersion, language: str = "") -> Names:
    """Return the names of a model's cost pools and cost types, in a language where the model has it."""
    content = content_of(version)
    return Names(
        {row["code"]: text(row, "name", language) for row in content["pools"]},
        {row["code"]: text(row, "name", language) for row in content["cost_types"]},
        frozenset(row["code"] for row in content["pools"] if row["is_pay"]),
        frozenset(row["code"] for row in content["pools"] if row["is_pay"] and (row.get("people") or 5) < 5),
    )


def services(version: ModelVersion, period: Period) -> dict[str, dict[str, Any]]:
    """Return the services of a model that hold in a period."""
    return document.services(content_of(version), period.last_date)


def text(row: dict[str, Any], column: str, language: str) -> str:
    """Return what a row of the model says in a column in a language, else in the municipality's own."""
    return row.get(f"{column}_{language}") or row.get(column) or ""


def plural(row: dict[str, Any], language: str) -> str:
    """Return what several of a service are called, in the language of its name; "" where the model does not say."""
    named = row.get(f"name_{language}")
    return (row.get(f"plural_{language}") or "") if named else text(row, "plural", language)


def decision_of(version: ModelVersion, row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the registered decision a rule or service rests on; None: it is only claimed."""
    return document.decision(content_of(version), row.get("decision", ""))


def it_budget(municipality: Any, version: ModelVersion, year: int, responsibilities: Collection[str]) -> int | None:
    """Return the öre some responsibilities have budgeted for a year on the accounts that internal IT is charged to.

    Those are the accounts of the rules that eliminate internal charges. None: nothing is budgeted on them.
    """
    spans = [
        (first, last)
        for rule in document.rules(content_of(version)) if rule.outcome == "eliminated"
        for part, first, last in rule.ranges if part == "account"
    ]  # fmt: skip
    planned = ledger.budgets(municipality, year).items()
    found = [
        ore for (responsibility, account), ore in planned
        if responsibility in responsibilities and any(holds(account, *span) for span in spans)
    ]  # fmt: skip
    return sum(found) if found else None


def has_model(period: Period) -> bool:
    """Tell whether an approved model holds in a period."""
    try:
        model_for(period)
    except Refusal:
        return False
    return True


def latest_runs() -> dict[str, AllocationRun]:
    """Return each period's approved run, else its draft."""
    runs = AllocationRun.objects.filter(superseded_at=None).defer("detail").order_by("period", "-state")
    return {run.period: run for run in runs}


def support_flows(version: ModelVersion, period: Period, language: str = "") -> list[tuple[str, str, int]]:
    """Return (from, to, weight) of what support services give, by name."""
    on = period.last_date
    known = document.services(content_of(version), on)
    name = {code: text(row, "name", language) for code, row in known.items()}
    return [
        (str(name[row["from"]]), str(name.get(row["to"], row["to"])), int(row["weight"]))
        for row in document.valid_rows(content_of(version), "flows", on)
        if row["from"] in name
    ]


def device_sheets(
    period: Period, services: Mapping[str, str], on: date, source: str = ""
) -> dict[str, list[SheetRow]]:  # fmt: skip
    """Return the devices that units held on a day as the sheets of a month's volumes; ``services``: {kind: service}.

    Refuses ``kind_without_service``, ``unknown_service``, and ``nothing_counted`` where nobody held any of these kinds.
    """
    if not services or not all(services.values()):
        raise Refusal("kind_without_service", N_("Say which service each kind counts for, at least one of them."))
    known = working_services(period)
    if unknown := [code for code in services.values() if known and code not in known]:
        raise Refusal("unknown_service", N_("The cost model has no service “%(name)s” that month."), name=unknown[0])
    steps = {code: row["step"] or 1 for code, row in known.items()}
    sheets = imports.device_sheets(equipment.held(on), services, str(period), on, source, steps)
    if not sheets["Items"]:
        raise Refusal("nothing_counted", N_("No unit had a device of these kinds on %(day)s."), day=on)
    return sheets


def recount(
    municipality: Any, period: Period, services: Mapping[str, str], on: date
) -> dict[str, dict[str, tuple[int, int]]]:
    """Return what counting devices would make of a month: {service: {unit: (what stands, what is counted)}}.

    Of each service that is counted, every unit that has it now or would. Refuses as `device_sheets`.
    """
    stand, found = volumes.volumes(municipality, period), dict[str, dict[str, tuple[int, int]]]()
    for row in device_sheets(period, services, on)["Volumes"]:
        code, unit, count = (row.cells[name] for name in ("service", "unit", "quantity"))
        now = stand.get(code, {})
        found.setdefault(code, {each: (was, 0) for each, was in now.items()})[unit] = (now.get(unit, 0), count)
    return found


def working_services(period: Period) -> dict[str, document.Row]:
    """Return the services, by code, of the model one works on for a period; none where there is no model."""
    version = working_version(period)
    return document.services(content_of(version), period.last_date) if version else {}


def countable(municipality: Any, asked: Period, today: date) -> list[str]:
    """Return the months whose volumes can be counted, newest first: a year back, in the books, and one asked for.

    What is approved is never changed, and a day to come cannot be counted on.
    """
    year = (str(Period.of(today).shift(-back)) for back in range(12))
    found = {*year, str(asked), *ledger.periods(municipality)} - set(approved_periods())
    return sorted((each for each in found if Period.parse(each).shift(-1).last_date <= today), reverse=True)


def services_of_kinds(municipality: Any, kinds: Iterable[str], known: Mapping[str, document.Row]) -> dict[str, str]:
    """Propose which service each kind of device counts for: that of the last time, else the one of its very name."""
    before = volumes.kinds_counted(municipality)
    named = {word.casefold(): code for code, row in known.items() for word in (row["name"], code)}
    found = {each: before.get(each, "") or named.get(each.casefold(), "") for each in kinds}
    return {each: code for each, code in found.items() if code in known}
