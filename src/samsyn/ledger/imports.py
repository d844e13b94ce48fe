"""Read a ledger file of any kind, and say what loading it would do. Writes nothing."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.money import kronor
from samsyn.core.problems import Problem, has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.ledger_file import LedgerFile
from samsyn.formats.ledger_table import Profile, read_table
from samsyn.formats.sie4 import read_sie
from samsyn.formats.table_profiles import SHIPPED
from samsyn.formats.table_propose import propose
from samsyn.formats.text import sniff
from samsyn.ledger import engine

_BY_NAME = (
    ("ansvar", "responsibility"), ("kostnadsst", "responsibility"), ("resultatenhet", "responsibility"),
    ("omkostningssted", "responsibility"), ("verksamhet", "activity"), ("funktion", "activity"),
    ("aktivitet", "activity"), ("projekt", "project"), ("motpart", "counterparty"),
    ("modpart", "counterparty"), ("objekt", "object"),
)  # fmt: skip
FIRST = 10
HEAD = 1 << 16  # bytes that tell what a file is
DEFAULT_MAPPING = {"1": "responsibility", "6": "project"}


def proposed_mapping(file: LedgerFile) -> dict[str, str]:
    """Propose which dimension is which code part, from the names a file gives its dimensions."""
    mapping = dict(DEFAULT_MAPPING)
    for number, name in file.dimensions.items():
        for word, part in _BY_NAME:
            if word in name.casefold() and part not in mapping.values():
                mapping[number] = part
    return mapping


def shipped_profile(code: str) -> dict[str, Any]:
    """Return a profile that comes with the product. Refuses ``profile_unknown``."""
    found = SHIPPED.get(code)
    if found is None:
        known = ", ".join(sorted(SHIPPED))
        raise Refusal(
            "profile_unknown", N_("There is no profile “%(code)s”. Known: %(known)s."), code=code, known=known
        )
    return found.as_json()


def is_table(data: bytes) -> bool:
    """Tell by what a file holds whether it is a table, which needs a profile."""
    return sniff(data[:HEAD]).kind in ("csv", "xlsx", "json")


def read(data: bytes, profile: Mapping[str, Any] | None = None) -> LedgerFile:
    """Read a file of any kind: SIE by what it holds, tables by their profile (or the one proposed)."""
    if not is_table(data):
        return read_sie(data)
    return read_table(data, Profile.from_json(profile) if profile else propose(data).profile)


@dataclass(frozen=True)
class Plan:
    """What loading a file would do."""

    file: LedgerFile
    whole: tuple[pa.Table, pa.Table, pa.Table]
    facts: pa.Table
    texts: pa.Table
    vouchers: pa.Table
    overlap: engine.Overlap
    replaced_periods: list[str]
    touched_closed: list[str]
    mapping: Mapping[str, str]

    @property
    def refused(self) -> bool:
        """Tell whether an error refuses the file whole."""
        return has_errors(self.file.problems)

    @property
    def effects(self) -> dict[str, Any]:
        """Return how much of the file is new, known, asked about, vanished or closed."""
        return {
            "new_vouchers": len(self.overlap.new), "known_vouchers": self.overlap.same,
            "questions": len(self.overlap.changed), "vanished": self.overlap.vanished[:100],
            "approved_periods_changed": self.touched_closed, "new_rows": self.facts.num_rows,
        }  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What a look at a file found, in plain values, so that it can be kept and shown later in any language.

    ``parts`` are (dimension, the file's name for it, code part); of vouchers that differ or vanished, the keys of
    the first are kept.
    """

    status: str
    summary: dict[str, Any]
    company: str = ""
    months: Sequence[str] = ()
    parts: Sequence[tuple[str, str, str]] = ()
    problems: Sequence[Problem] = ()
    new: int = 0
    known: int = 0
    new_rows: int = 0
    balances: int = 0
    changed: int = 0
    changed_first: Sequence[str] = ()
    vanished: int = 0
    vanished_first: Sequence[str] = ()
    replaced: Sequence[str] = ()
    closed: Sequence[str] = ()
    something: bool = False

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Outcome":
        """Return a kept outcome."""
        return cls(**{**content, "problems": [Problem(**each) for each in content.get("problems", ())]})

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as it is kept."""
        return asdict(self)


def outcome(status: str, summary: dict[str, Any], plan: Plan | None) -> Outcome:
    """Return what a plan says, without its tables."""
    if plan is None:
        return Outcome(status, summary)
    file, overlap = plan.file, plan.overlap
    used = [name.removeprefix("dim_") for name in file.rows.column_names if name.startswith("dim_")]
    return Outcome(
        status, summary, file.company, sorted({*_periods(plan.whole[0])} - {"", None}),
        [(number, file.dimensions.get(number, ""), plan.mapping.get(number, "")) for number in used],
        file.problems, len(overlap.new), overlap.same, plan.facts.num_rows,
        file.balances.num_rows if file.sie_type is not None and file.sie_type < 4 else 0,
        len(overlap.changed), overlap.changed[:FIRST], len(overlap.vanished), overlap.vanished[:FIRST],
        plan.replaced_periods, plan.touched_closed,
        bool(plan.facts.num_rows or overlap.changed or file.balances.num_rows),
    )  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the books know that a new file is held against."""

    vouchers: Mapping[str, tuple[int, str]]
    closed_periods: Set[str]
    chart: Sequence[tuple[str, str, str]]
    internal: Sequence[engine.Range]
    protected: Sequence[engine.Range]
    first_month: int
    others: Mapping[str, tuple[str, str]]


def summary(file: LedgerFile) -> dict[str, Any]:
    """Return what a file is and its sums in öre, as the command line prints them."""
    return {
        "format": file.format, "sie_type": file.sie_type, "encoding": file.encoding, "program": file.program,
        "vouchers": file.voucher_count, "rows": file.row_count, "debit_ore": file.debit_ore,
        "credit_ore": file.credit_ore, "net_ore": file.net_ore,
    }  # fmt: skip


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a question shows of a row of the books."""
    names = ("line", "account", "responsibility", "activity", "object", "project", "counterparty")
    return {**{name: row[name] for name in names}, "amount": kronor(row["amount_ore"]), "date": str(row["date"])}


def last_day(file: LedgerFile) -> date:
    """Return the last day a file speaks of: which code lists hold for it."""
    days = [day for day in pc.unique(file.rows["date"]).to_pylist() if day]
    return max([*days, *(last for _, last in file.fiscal_years.values())], default=date.max)


def plan(file: LedgerFile, source: str, mapping: Mapping[str, str], known: Known) -> Plan:
    """Compare a read file with the books; vouchers already known are left out of ``facts``.

    Where another source has books of the same months the file gets a warning: costs in both count twice.
    """
    facts, texts, vouchers = whole = engine.fact_rows(
        file, source=source, mapping=mapping, chart=known.chart, internal=known.internal,
        protected=known.protected, first_month=known.first_month,
    )  # fmt: skip
    overlap = engine.compare(vouchers, known.vouchers)
    if known.vouchers:
        keys = pc.cast(facts["voucher_key"], pa.string())
        wanted = pc.or_(pc.is_in(keys, overlap.new), pc.equal(keys, ""))
        facts, texts = facts.filter(wanted), texts.filter(wanted)
        vouchers = vouchers.filter(pc.is_in(vouchers["voucher_key"], overlap.new))
    replaced = [] if file.format == "sie" else sorted(set(_periods(_unnumbered(facts))))
    file.problems += _also_elsewhere(_periods(facts), known.others)
    touched = {*_periods(facts), *(known.vouchers[key][1] for key in [*overlap.changed, *overlap.vanished])}
    return Plan(file, whole, facts, texts, vouchers, overlap, replaced, sorted(touched & known.closed_periods), mapping)


def _also_elsewhere(periods: Sequence[str], others: Mapping[str, tuple[str, str]]) -> list[Problem]:
    words = N_("The source “%(found)s” already has books of %(expected)s. Costs that stand in both are counted twice.")
    found = []
    for source, (first, last) in sorted(others.items()):
        both = sorted(each for each in periods if first <= each <= last)
        if both:
            span = "–".join(dict.fromkeys((both[0], both[-1])))
            found.append(Problem(0, 0, "warning", "also_elsewhere", source, span, words))
    return found


def _unnumbered(facts: pa.Table) -> pa.Table:
    return facts.filter(pc.equal(pc.cast(facts["voucher_key"], pa.string()), ""))


def _periods(facts: pa.Table) -> list[str]:
    return facts["period"].unique().to_pylist()  # type: ignore[no-any-return]
