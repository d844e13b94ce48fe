"""Hold what any ledger reader found: one shape for SIE files and tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from samsyn.core.problems import Problem, Severity, has_errors
from samsyn.core.refusals import N_

LISTED = 1000
SHOWN = 80

VOUCHERS = pa.schema(
    {
        "voucher": pa.int32(),
        "line": pa.int32(),
        "series": pa.string(),
        "number": pa.string(),
        "date": pa.date32(),
        "text": pa.string(),
        "registered": pa.date32(),
    }
)
ROWS = pa.schema(
    {
        "line": pa.int32(),
        "voucher": pa.int32(),
        "date": pa.date32(),
        "account": pa.string(),
        "amount_ore": pa.int64(),
        "text": pa.string(),
        "quantity": pa.string(),
        "supplier": pa.string(),
        "supplier_id": pa.string(),
    }
)
BALANCES = pa.schema(
    {
        "line": pa.int32(),
        "record": pa.string(),
        "year": pa.int32(),
        "period": pa.string(),
        "account": pa.string(),
        "objects": pa.string(),
        "amount_ore": pa.int64(),
    }
)


class AccountInfo(NamedTuple):
    """Name an account; ``kind`` is T, S, K, I (asset, debt, cost, income) or empty when not said."""

    name: str
    kind: str


class Faults:
    """Gather every problem of one file, but list at most ``LISTED`` of each severity.

    The number beyond is said in one last problem, so a broken file cannot fill the memory.
    """

    def __init__(self, listed: int = LISTED) -> None:
        self.listed = listed
        self._kept: dict[Severity, list[Problem]] = {"error": [], "warning": []}
        self._more: dict[Severity, int] = {"error": 0, "warning": 0}

    def error(self, code: str, message: str, found: object = "", expected: object = "", *, at: int = 0) -> None:
        """Add a problem that refuses the file; ``at`` is the line (0: the file as a whole)."""
        self.add(Problem(at, 0, "error", code, shown(found), shown(expected), message))

    def warning(self, code: str, message: str, found: object = "", expected: object = "", *, at: int = 0) -> None:
        """Add a problem that does not refuse the file."""
        self.add(Problem(at, 0, "warning", code, shown(found), shown(expected), message))

    def add(self, problem: Problem) -> None:
        """Add a finished problem, or only count it once the list is full."""
        kept = self._kept[problem.severity]
        if len(kept) < self.listed:
            kept.append(problem)
        else:
            self._more[problem.severity] += 1

    def add_all(self, problems: Iterable[Problem]) -> None:
        """Add several finished problems."""
        for problem in problems:
            self.add(problem)

    @property
    def refused(self) -> bool:
        """Tell whether any problem so far refuses the file."""
        return bool(self._kept["error"])

    def listing(self) -> list[Problem]:
        """Return the problems in file order, then how many more there are."""
        found = sorted(self._kept["error"] + self._kept["warning"], key=lambda problem: problem.line)
        message = N_("%(found)s more problems of this kind are not listed.")
        more = [
            Problem(0, 0, severity, "more_problems", str(count), "", message)
            for severity, count in self._more.items()
            if count
        ]
        return found + more


@dataclass
class LedgerFile:
    """What one ledger file says, with every problem found in it.

    ``rows.amount_ore`` is whole öre, debit positive; lines count from 1. Beside the fixed columns `rows` has
    one string column ``dim_<N>`` per dimension used, and for tables ``part_<name>``; empty: nothing there.
    A file with errors still gives every count and sum that could be read.
    """

    format: Literal["sie", "csv", "xlsx", "json"]
    sie_type: int | None = None
    encoding: str = ""
    program: str = ""
    company: str = ""
    org_number: str = ""
    fiscal_years: dict[int, tuple[date, date]] = field(default_factory=dict)
    accounts: dict[str, AccountInfo] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    vouchers: pa.Table = field(default_factory=VOUCHERS.empty_table)
    rows: pa.Table = field(default_factory=ROWS.empty_table)
    balances: pa.Table = field(default_factory=BALANCES.empty_table)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Tell whether an error refuses the file whole."""
        return has_errors(self.problems)

    @property
    def voucher_count(self) -> int:
        """Return how many vouchers were read."""
        return int(self.vouchers.num_rows)

    @property
    def row_count(self) -> int:
        """Return how many rows were read."""
        return int(self.rows.num_rows)

    @property
    def debit_ore(self) -> int:
        """Return the sum of positive amounts."""
        return total(self.rows["amount_ore"], sign=1)

    @property
    def credit_ore(self) -> int:
        """Return the sum of negative amounts, as a negative number."""
        return total(self.rows["amount_ore"], sign=-1)

    @property
    def net_ore(self) -> int:
        """Return the sum of all amounts; 0 in a file of whole vouchers."""
        return self.debit_ore + self.credit_ore


def total(amounts: pa.ChunkedArray, *, sign: int) -> int:
    """Add the amounts of one sign exactly, in Python integers where int64 could overflow."""
    values = amounts.to_numpy()
    values = values[values * sign > 0] if len(values) else values
    if not len(values):
        return 0
    if int(np.abs(values).max()) * len(values) < 2**63:
        return int(values.sum())
    return sum(values.tolist())


def shown(value: object) -> str:
    """Return a value as one short line, for the place ``found`` of a problem."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def constant(value: str, length: int) -> pa.Array:
    """Return a string column of one value, which costs no Python objects."""
    return pa.repeat(pa.scalar(value, pa.string()), length)


def amounts_by(file: LedgerFile, column: str) -> dict[str, int]:
    """Sum the rows by one of their columns: ``{key: amount_ore}``, exact, keys in order."""
    if column not in file.rows.column_names:
        return {"": file.net_ore} if file.row_count else {}
    grouped = file.rows.select([column, "amount_ore"]).group_by(column).aggregate([("amount_ore", "sum")])
    pairs = zip(pc.cast(grouped[column], pa.string()).to_pylist(), grouped["amount_ore_sum"].to_pylist(), strict=True)
    return dict(sorted((key or "", amount) for key, amount in pairs))
