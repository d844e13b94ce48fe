"""Turn what is told of a contract into terms the date engine takes, when each of its terms held, and its accounts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from samsyn.contracts import engine
from samsyn.contracts.choices import After, NoticeTo
from samsyn.contracts.engine import FIRST_YEAR, Outlook, Terms
from samsyn.core.refusals import N_, Refusal

DAYS = ("start_date", "end_date", "signed_date", "irrevocable_date", "notice_given_date")
LENGTHS = ("term_months", "renewal_months", "notice_months", "notice_days", "options", "options_used",
           "option_months", "option_notice_months", "procure_months")  # fmt: skip
TERMS = (*DAYS, *LENGTHS, "after", "notice_to")
RECORDED = (*TERMS, "supplier_id", "kind", "ceiling_ore", "ledger_accounts")  # kept with when each was known
Accounts = tuple[tuple[str, str], ...]
_ACCOUNTS = re.compile(r"(\d{1,12})(?:\s*[-–]\s*(\d{1,12}))?")


def terms(told: Mapping[str, Any]) -> Terms | None:
    """Return the terms of a contract; None where its end is not known: neither told, nor *until further notice*."""
    start, end, months = told.get("start_date"), told.get("end_date"), told.get("term_months")
    after: Any = told.get("after") or After.ENDS
    notice_to: Any = told.get("notice_to") or NoticeTo.ANY_DAY
    if end is None and after != After.RUNS_ON and (start is None or months is None):
        return None
    return Terms(
        # an end without a beginning holds as if it had always been
        start=start or date(FIRST_YEAR, 1, 1), end=end, months=None if end else months, after=after,
        signed=told.get("signed_date"), irrevocable_until=told.get("irrevocable_date"),
        notice_given=told.get("notice_given_date"), notice_to=notice_to,
        **{name: told.get(name) or 0 for name in LENGTHS if name != "term_months"},
    )  # fmt: skip


def terms_of(contract: Any) -> Terms | None:
    """Return a contract's terms; None where its end is not known: neither told, nor *until further notice*."""
    return terms({name: getattr(contract, name) for name in TERMS})


def outlook(contract: Any, on: date) -> Outlook | None:
    """Return what a contract's dates are on a day; None where its end is not known."""
    found = terms_of(contract)
    return engine.outlook(found, on) if found else None


@dataclass(frozen=True)
class Held:
    """Terms of a contract and the days they hold, both counted, None is open; ``called``: (day, öre) called off them.

    ``code`` is the contract's number, and for terms that others have followed which of them they are.
    """

    code: str
    terms: Any
    first: date | None
    last: date | None
    called: tuple[tuple[date, int], ...] = ()

    def on(self, day: date) -> bool:
        """Tell whether they hold on a day."""
        return (self.first or day) <= day <= (self.last or day)


def held(contract: Any, followed: Sequence[Any], calls: Iterable[tuple[date, int]] = ()) -> list[Held]:
    """Return the terms of a contract that hold on some day, in the order they were written; the last stand now.

    ``followed``: the terms that others have followed, in the order they were written (see `engine.speaks_until`);
    ``calls``: the day each call-off begins, and its öre. A call-off counts on the last terms that had begun, before
    all of them on the first.
    """
    found = []
    untils = engine.speaks_until([*(each.start_date for each in followed), contract.start_date])
    for number, (each, until) in enumerate(zip(followed, untils, strict=False)):
        if until > date.min and (each.start_date or until) <= until:
            days = outlook(each, until)
            last = min(days.end, until) if days and days.end else until
            found.append(Held(f"{contract.code}/{number}", each, each.start_date, last))
    found.append(Held(contract.code, contract, contract.start_date, contract.last_date))
    begun = sorted(found, key=lambda each: each.first or date.min)
    called: dict[str, list[tuple[date, int]]] = {}
    for day, ore in sorted(calls):
        on = [each.code for each in begun if (each.first or date.min) <= day]
        called.setdefault(on[-1] if on else begun[0].code, []).append((day, ore))
    return [replace(each, called=tuple(called.get(each.code, ()))) for each in found]


def only_filled_in(start: date | None, end: date | None, new: date | None) -> bool:
    """Tell whether a first day that nobody had told is told now: within what was known to hold, not after its end."""
    return start is None and new is not None and (end is None or new <= end)


def accounts(text: str) -> Accounts:
    """Return the accounts that a text names, as (first, last), both with all that begin as they do: ``64, 7430-7439``.

    Refuses ``accounts_unclear``.
    """
    found = []
    for part in filter(None, (each.strip() for each in re.split(r"[,;\n]", text))):
        named = _ACCOUNTS.fullmatch(part)
        first, last = (named[1], named[2] or named[1]) if named else ("", "")
        if not named or first > last:
            message = N_("“%(found)s” names no accounts: write such as 64, 7430-7439.")
            raise Refusal("accounts_unclear", message, found=part)
        found.append((first, last))
    return tuple(found)
