"""Show the books in the components every page has: deliveries, vouchers, code ranges, history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.core.money import parse_ore
from samsyn.history.queries import changes_of_record
from samsyn.ledger import queries
from samsyn.ledger.choices import PART_WORDS
from samsyn.people.queries import names_by_key
from samsyn.people.words import told
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, period_name


def voucher_name(key: str) -> str:
    """Return a voucher's key as people write it: ``A 17, 2026``."""
    _source, year, series, number = ["", "", *key.split("|")][-4:]
    return f"{series} {number}".strip() + (f", {year}" if year else "")


def batch_name(batch: Any) -> str:
    """Return what a delivery is called: its file, or the voucher it corrects."""
    corrected = batch.about.get("corrects")
    return _("Correction of voucher %(voucher)s") % {"voucher": voucher_name(corrected)} if corrected else batch.name


def month(period: str) -> str:
    """Return a month in words."""
    return period_name(period, language(get_language()))


def span(first: str, last: str) -> str:
    """Return a stretch of months: one, or from – to."""
    return " – ".join(month(each) for each in dict.fromkeys([first, last]) if each)


def deliveries(municipality: str, found: Sequence[Any]) -> Table:
    """List deliveries of books."""
    people, loaded_by = names_by_key(), queries.loaded_by()
    return Table(
        _("What has come in"),
        [
            Column(_("File")), Column(_("Source")), Column(_("Months")), Column(_("Rows"), "number"),
            Column(_("Loaded"), "date"), Column(_("By")), Column(_("State")),
        ],
        [
            [
                link(batch_name(batch), reverse("delivery", args=[municipality, batch.key])), batch.source,
                span(batch.first_period, batch.last_period), batch.row_count, batch.created_at,
                people.get(loaded_by.get(str(batch.key), ""), ""), state(batch),
            ]
            for batch in found
        ],
        dense=True,
    )  # fmt: skip


def state(batch: Any) -> SafeString:
    """Return whether a delivery counts, as a pill."""
    if batch.state == "withdrawn":
        return pill(_("withdrawn"))
    if batch.kind == "balance":
        return pill(_("balances, not in the sums"))
    return pill(_("counts"), "good") if batch.row_count else pill(_("nothing new"))


def sample(proposal: Any) -> Table:
    """Show the first rows of a table."""
    headings = [Column(header) for header in proposal.headers]
    rows = [[*row[: len(headings)], *[""] * (len(headings) - len(row))] for row in proposal.samples]
    return Table(_("The first rows of the file"), headings, rows, dense=True)


def before_and_after(question: Any) -> Table:
    """Put the two versions of a voucher side by side: one row per account, code string and day."""
    sums: dict[tuple[str, ...], list[int]] = {}
    for side, rows in enumerate((question.before, question.after)):
        for row in rows:
            codes = " ".join(row[part] for part in PART_WORDS if part != "account" and row.get(part))
            sums.setdefault((row["account"], codes, row["date"]), [0, 0])[side] += parse_ore(row["amount"], ".")
    rows = [
        [account, codes, date.fromisoformat(day), before, after, "" if before == after else pill(_("differs"), "amber")]
        for (account, codes, day), (before, after) in sums.items()
    ]
    return Table(
        _("The voucher before and after"),
        [
            Column(_("Account")), Column(_("Codes")), Column(_("Date"), "date"), Column(_("In the books"), "kr_exact"),
            Column(_("In the new file"), "kr_exact"), Column(_("Difference")),
        ],
        rows, hide_caption=True,
    )  # fmt: skip


def by_period(rows: Sequence[dict[str, Any]]) -> Table:
    """Show the sums of a delivery month by month."""
    names = ("rows", "debit_ore", "credit_ore", "cost_ore")
    return Table(
        _("Month by month"),
        [
            Column(_("Month")), Column(_("Rows"), "number"), Column(_("Debit"), "kr"),
            Column(_("Credit"), "kr"), Column(_("On cost accounts"), "kr"),
        ],
        [[month(row["period"]) if row["period"] else _("no month"), *(row[name] for name in names)] for row in rows],
        foot=[_("Together"), *(sum(row[name] for row in rows) for name in names)] if rows else None,
    )  # fmt: skip


def ranges(caption: str, meaning: str) -> Table:
    """List code ranges."""
    return Table(
        caption,
        [
            Column(_("Code part")), Column(_("Codes")), Column(_("Only on accounts")), Column(_("Why")),
            Column(_("Since"), "date"),
        ],
        [
            [
                PART_WORDS[each.part], _from_to(each.first, each.last), _from_to(each.account_first, each.account_last),
                each.reason and _(each.reason), each.valid_from,
            ]
            for each in queries.code_ranges() if each.meaning == meaning
        ],
        empty=_("None yet."),
    )  # fmt: skip


def _from_to(first: str, last: str) -> str:
    return "–".join(dict.fromkeys(each for each in (first, last) if each))


def history(municipality: Any, key: object) -> list[dict[str, Any]]:
    """Return the events of a record as `history_list` shows them."""
    return told(changes_of_record(municipality.key, key), _)
