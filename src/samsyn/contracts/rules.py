"""Turn what is told of a contract into terms the date engine takes, and into the accounts it covers."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from samsyn.contracts.choices import After, NoticeTo
from samsyn.contracts.engine import FIRST_YEAR, Terms
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
