"""Turn a read ledger file into fact columns, and compare its vouchers with those already known. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from samsyn.formats.ledger_file import LedgerFile, constant

PARTS = ("responsibility", "activity", "object", "project", "counterparty")
FACTS = pa.schema(
    [
        ("batch", pa.string()), ("row", pa.int32()), ("line", pa.int32()), ("voucher_key", pa.string()),
        ("voucher", pa.string()), ("date", pa.date32()), ("period", pa.string()), ("account", pa.string()),
        ("account_kind", pa.string()), ("amount_ore", pa.int64()),
        *((part, pa.string()) for part in PARTS),
        ("internal", pa.bool_()), ("income", pa.bool_()), ("protected", pa.bool_()), ("kind", pa.string()),
    ]
)  # fmt: skip
TEXTS = pa.schema([("row", pa.int32()), *((name, pa.string()) for name in ("text", "supplier", "supplier_id"))])
VOUCHERS = pa.schema(
    [("voucher_key", pa.string()), ("digest", pa.int64()), ("period", pa.string()), ("line", pa.int32())]
)
_NOWHERE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Range:
    """Codes from first to last of one part, compared as prefixes, perhaps only on some accounts."""

    part: str
    first: str
    last: str
    account_first: str = ""
    account_last: str = ""


def within(value: str, first: str, last: str) -> bool:
    """Tell whether a code lies in a range, by prefix: 63–64 holds 6310 and 6499."""
    return bool(value) and first <= value[: len(first)] and value[: len(last)] <= last


def budget(records: Sequence[Mapping[str, Any]], dimension: str) -> dict[tuple[str, str], int]:
    """Return {(responsibility, account): öre} of budget records; ``dimension`` is where responsibility stands.

    A file may give the same sum more than once, on fewer dimensions and on more (SIE 4B §11, #PBUDGET): of a
    responsibility and account those on the fewest count. Records without responsibility are sums of others.
    """
    sums: dict[tuple[str, str], dict[int, int]] = {}
    for record in records:
        objects = dict(pair.split(":", 1) for pair in record["objects"].split(";") if pair)
        if objects.get(dimension):
            by_width = sums.setdefault((objects[dimension], record["account"]), {})
            by_width[len(objects)] = by_width.get(len(objects), 0) + record["amount_ore"]
    return {cell: by_width[min(by_width)] for cell, by_width in sums.items()}


def fact_rows(
    file: LedgerFile,
    *,
    source: str,
    mapping: Mapping[str, str],
    chart: Sequence[tuple[str, str, str]],
    internal: Sequence[Range],
    protected: Sequence[Range],
    first_month: int = 1,
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return (facts, texts, vouchers) of a read file.

    ``mapping``: dimension → code part. ``chart``: (first, last, kind) for accounts the file does not type.
    Rows under ``protected`` ranges lose text and supplier here and never get them back; amounts stay.
    Voucher keys are ``source|fiscal year|series|number``, empty where the file numbers none.
    """
    rows = file.rows
    count = rows.num_rows
    columns: dict[str, Any] = {
        "row": numbers(count),
        "line": rows["line"],
        **_vouchers(file, source, first_month),
        "date": rows["date"],
        "period": _by_value(rows["date"], _month),
        "account": (accounts := _encoded(rows["account"])),
        "account_kind": _by_value(accounts, lambda code: _kind(code, file, chart)),
        "amount_ore": rows["amount_ore"],
    }
    dims = {name: _encoded(rows[name]) for name in _dims(rows)}
    columns |= {part: _part(rows, dims, part, mapping) for part in PARTS} | dims
    columns["internal"] = pa.array(_marked(columns, internal, count))
    columns["income"] = pc.equal(columns["account_kind"], "I")
    hidden = _marked(columns, protected, count)
    columns["protected"] = pa.array(hidden)
    columns["kind"] = same("row", count)
    told = {name: rows[name] for name in ("supplier", "supplier_id")}
    texts = {"row": columns["row"], "text": _text(file, hidden), **told}
    if hidden.any():
        for name in ("text", *told):
            texts[name] = pc.if_else(pa.array(hidden), "", texts[name])
    facts = pa.table(columns)
    return facts, pa.table(texts).cast(TEXTS), voucher_digests(facts)


def voucher_digests(facts: pa.Table) -> pa.Table:
    """Return one row per voucher: key, a digest of its rows in any order, period, first line.

    The digest covers account, amount, day and code parts as received; a changed text alone is no change,
    nor is an empty code part, so that a dimension that comes into use changes no older voucher.
    """
    vouchers, keys = _coded(facts["voucher_key"])
    if not pc.any(pc.not_equal(keys, "")).as_py():
        return VOUCHERS.empty_table()
    # a file may give two vouchers one number: they are one
    words = pc.dictionary_encode(keys)
    vouchers = words.indices.to_numpy()[vouchers]
    # dimensions as received, so that another mapping of them is no change either
    names = ["account", "date", *(_dims(facts) or PARTS)]
    mixed = _mix(facts["amount_ore"].to_numpy().astype(np.uint64))
    for name in names:
        codes, values = _codes(facts[name])
        mixed ^= np.array([_hash(name, value) if value else 0 for value in values], dtype=np.uint64)[codes]
    signed = _mix(mixed).view(np.int64) >> 8  # room to add a voucher's rows without wrapping
    places, periods = _codes(facts["period"])
    in_order = sorted(periods)
    place_of = np.array([in_order.index(each) for each in periods], np.int32)
    digests = np.zeros(len(words.dictionary), np.int64)
    first, lines = (np.full(len(digests), _NOWHERE, np.int32) for _ in range(2))
    np.add.at(digests, vouchers, signed)
    np.minimum.at(first, vouchers, place_of[places])
    np.minimum.at(lines, vouchers, facts["line"].to_numpy())
    met = lines != _NOWHERE
    days = pa.array(in_order, pa.string()).take(pa.array(first[met]))
    columns = [words.dictionary.filter(pa.array(met)), pa.array(digests[met]), days, pa.array(lines[met])]
    found = pa.table(columns, schema=VOUCHERS)
    return found.filter(pc.not_equal(found["voucher_key"], ""))


@dataclass(frozen=True)
class Overlap:
    """How a file's vouchers meet the known ones, by voucher key."""

    new: pa.Array
    changed: list[str]
    vanished: list[str]
    same: int


def compare(new: pa.Table, known: Mapping[str, tuple[int, str]]) -> Overlap:
    """Compare vouchers with the known ones ({key: (digest, period)}).

    A known voucher of the same source and fiscal year that lies within the new file's months and is not in
    it has vanished.
    """
    keys = new["voucher_key"].to_pylist()
    if not known:
        return Overlap(new["voucher_key"].combine_chunks(), [], [], 0)
    digests = new["digest"].to_pylist()
    changed = [k for k, d in zip(keys, digests, strict=True) if k in known and known[k][0] != d]
    fresh = [key for key in keys if key not in known]
    present = set(keys)
    years = {key.rsplit("|", 2)[0] for key in keys}
    periods = new["period"].to_pylist()
    first, last = (min(periods), max(periods)) if periods else ("", "")
    vanished = [
        key
        for key, (_, period) in known.items()
        if key not in present and key.rsplit("|", 2)[0] in years and first <= period <= last
    ]
    same = len(keys) - len(fresh) - len(changed)
    return Overlap(pa.array(fresh, pa.string()), sorted(changed), sorted(vanished), same)


def same(value: str, count: int) -> pa.DictionaryArray:
    """Return a column of one value, which is held once."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([value], pa.string()))


def numbers(count: int) -> pa.Array:
    """Return the row numbers 0, 1, 2 … as a column."""
    return pa.array(np.arange(count, dtype=np.int32))


def reversal(rows: pa.Table) -> pa.Table:
    """Return rows that take others back: the amounts negated, everything else as it was."""
    taken = pc.negate_checked(rows["amount_ore"])
    rows = rows.set_column(rows.column_names.index("amount_ore"), "amount_ore", taken)
    return rows.set_column(rows.column_names.index("kind"), "kind", constant("reversal", rows.num_rows))


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of several files as one table; columns that only some have are empty in the others."""
    return pa.concat_tables([_plain(table) for table in tables], promote_options="default")


def _plain(table: pa.Table) -> pa.Table:
    for index, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(index, field.name, table.column(index).cast(pa.string()))
    return table


def _vouchers(file: LedgerFile, source: str, first_month: int) -> dict[str, Any]:
    vouchers, count = file.vouchers, file.rows.num_rows
    if not vouchers.num_rows:
        return {"voucher_key": same("", count), "voucher": same("", count)}
    year = _by_value(vouchers["date"], lambda day: _fiscal_year(day, file, first_month))
    year = pc.cast(year, pa.string())
    series, number = (pc.fill_null(vouchers[name], "") for name in ("series", "number"))
    keys = pc.binary_join_element_wise(source, year, series, number, "|")
    keys = pc.if_else(pc.equal(number, ""), "", keys)
    shown = pc.utf8_trim_whitespace(pc.binary_join_element_wise(series, number, " "))
    index = pc.cast(file.rows["voucher"], pa.int32()).combine_chunks()
    return {name: _taken(values, index) for name, values in (("voucher_key", keys), ("voucher", shown))}


def _taken(values: Any, index: pa.Array) -> pa.Array:
    """Return each row's value of its voucher as a dictionary column; a row outside vouchers has none."""
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    words = pa.concat_arrays([values, pa.array([""], pa.string())])
    places = index.to_numpy(zero_copy_only=False)
    places = np.where(places < 0, len(values), places).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places), words)


def _text(file: LedgerFile, hidden: Any) -> Any:
    """Return each row's text, or its voucher's where it has none.

    A voucher with a protected row lends its words to none of its rows: the other side of a secret payment
    would tell it.
    """
    own = pc.fill_null(file.rows["text"], "")
    silent = pc.equal(own, "")
    if not file.vouchers.num_rows or not pc.any(silent).as_py():
        return own
    index = pc.cast(file.rows["voucher"], pa.int32()).combine_chunks()
    words = pc.fill_null(file.vouchers["text"], "")
    if hidden.any():
        secret = pc.unique(index.filter(pa.array(hidden)))
        own_places = pa.array(np.arange(file.vouchers.num_rows, dtype=np.int32))
        words = pc.if_else(pc.is_in(own_places, secret), "", words)
    shared = _taken(words, index).cast(pa.string())
    return pc.if_else(silent, pa.chunked_array([shared]), own)


def _part(rows: pa.Table, dims: Mapping[str, Any], part: str, mapping: Mapping[str, str]) -> Any:
    if f"part_{part}" in rows.column_names:
        return _encoded(rows[f"part_{part}"])
    for dimension, meaning in mapping.items():
        if meaning == part and f"dim_{dimension}" in dims:
            return dims[f"dim_{dimension}"]
    return same("", rows.num_rows)


def _marked(columns: Mapping[str, Any], ranges: Sequence[Range], count: int) -> Any:
    marked = np.zeros(count, dtype=bool)
    for each in ranges:
        codes, values = _codes(columns[each.part])
        hit = np.array([within(value or "", each.first, each.last) for value in values], dtype=bool)[codes]
        if each.account_first:
            codes, values = _codes(columns["account"])
            hit &= np.array([within(v or "", each.account_first, each.account_last) for v in values], dtype=bool)[codes]
        marked |= hit
    return marked


def _dims(table: pa.Table) -> list[str]:
    return [name for name in table.column_names if name.startswith("dim_")]


def _encoded(column: Any) -> pa.DictionaryArray:
    """Return a column as one piece, each word held once."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(pc.fill_null(column, ""))
    return _whole(column)


def _whole(column: Any) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def _coded(column: Any) -> tuple[Any, pa.Array]:
    """Return (code per row, distinct values) as columns."""
    if not len(column):
        return np.zeros(0, np.int32), pa.array([], pa.string())
    if column.null_count:  # what a refused file lacks is a value like others: its sums are shown all the same
        column = pc.dictionary_encode(column.cast(pa.string()), null_encoding="encode")
    elif not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    column = _whole(column)
    return column.indices.to_numpy(zero_copy_only=False), column.dictionary


def _codes(column: Any) -> tuple[Any, list[Any]]:
    """Return (code per row, distinct values); an empty column has one value, so that look-ups hold."""
    codes, words = _coded(column)
    return codes, words.to_pylist() or [None]


def _by_value(column: Any, word: Any) -> pa.Array:
    """Return word(value) per row as a dictionary column, computed once per distinct value."""
    codes, values = _codes(pc.fill_null(column, date(1, 1, 1)) if pa.types.is_date(column.type) else column)
    places: dict[str, int] = {}
    place_of = np.array([places.setdefault(word(value), len(places)) for value in values], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(place_of[codes]), pa.array(list(places), pa.string()))


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day and day.year > 1 else ""


def _fiscal_year(day: date | None, file: LedgerFile, first_month: int) -> str:
    if day is None or day.year == 1:
        return ""
    for first, last in file.fiscal_years.values():
        if first <= day <= last:
            return str(first.year)
    return str(day.year if day.month >= first_month else day.year - 1)


def _kind(account: str | None, file: LedgerFile, chart: Sequence[tuple[str, str, str]]) -> str:
    known = file.accounts.get(account or "")
    if known and known.kind:
        return known.kind
    return next((kind for first, last, kind in chart if within(account or "", first, last)), "")


def _hash(name: str, value: object) -> int:
    return int.from_bytes(blake2b(f"{name}={value or ''}".encode(), digest_size=8).digest(), "little")


def _mix(values: Any) -> Any:
    """Scramble 64 bits (the finaliser of splitmix64); wrapping is wanted here."""
    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return values ^ (values >> np.uint64(31))
