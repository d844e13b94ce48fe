"""Show the cost model in the components every page has: versions, rules, what they took, services, flows."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.core.periods import Period
from samsyn.core.refusals import N_
from samsyn.costing import queries
from samsyn.costing.choices import Driver, Mode, Outcome, Standing
from samsyn.costing.engine.classify import Rule
from samsyn.history.choices import sentence
from samsyn.history.queries import changes_of_record
from samsyn.ledger import queries as ledger
from samsyn.ledger.choices import PART_WORDS
from samsyn.people.queries import names_by_key
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, long_date, number, unit_price

FIELDS = {"name": N_("Name")}
LINES, ALL = 8, sys.maxsize


def _lang() -> str:
    return language(get_language())


def day(value: date) -> str:
    """Return a day in words."""
    return long_date(value, _lang())


def until(version: Any) -> str:
    """Return for how long a version holds."""
    first = day(version.valid_from)
    return f"{first} – {day(version.valid_until)}" if version.valid_until else _("from %(day)s") % {"day": first}


def state(version: Any) -> SafeString:
    """Return whether a version is approved, as a pill."""
    return pill(_("approved"), "good") if version.state == "approved" else pill(_("draft"), "amber")


def versions(municipality: str, found: Sequence[Any]) -> Table:
    """List the model's versions."""
    people = names_by_key()
    return Table(
        _("Versions"),
        [Column(word) for word in (_("Model"), _("Holds"), _("State"), _("Prepared by"), _("Approved by"))],
        [
            [
                link(_("Model %(number)s, %(name)s") % {"number": each.number, "name": each.name},
                     reverse("model-version", args=[municipality, each.number])),
                until(each), state(each), people.get(each.prepared_by_key, ""), people.get(each.approved_by_key, ""),
            ]
            for each in found
        ],
        hide_caption=True,
    )  # fmt: skip


def conditions(rule: Rule) -> str:
    """Say in words which rows a rule asks for."""
    said = [f"{PART_WORDS[part]} {first}" + (f"–{last}" if last != first else "") for part, first, last in rule.ranges]
    words = {"supplier": _("the supplier holds “%(words)s”"), "text": _("the text holds “%(words)s”")}
    return ", ".join([*said, *(words[name] % {"words": text} for name, text in rule.words)]) or _("every row")


def outcome(rule: Rule, names: queries.Names) -> str:
    """Say in words what a rule decides."""
    word = str(Outcome(rule.outcome).label)
    if rule.outcome == Outcome.IT:
        pool, kind = names.pools.get(rule.pool, rule.pool), names.cost_types.get(rule.cost_type, rule.cost_type)
        word = f"{word}: {pool}, {kind}"
    over = _("over %(months)s months") % {"months": rule.months}
    return f"{word}, {over}" if rule.months > 1 else word


def rules(municipality: str, found: queries.Classified, version: Any, may_edit: bool) -> Table:
    """List the rules in the order they are asked, with what each took."""
    names = queries.names(version)
    return Table(
        _("What each rule took"),
        [
            Column(_("Order"), "number"), Column(_("Rule")), Column(_("Takes")), Column(_("Says")),
            Column(_("Decision")), Column(_("Rows"), "number"), Column(_("Amount"), "kr"),
        ],
        [
            [
                rule.priority,
                link(rule.code, _rule_url(municipality, found.period, code=rule.code)) if may_edit else rule.code,
                conditions(rule), outcome(rule, names), _decision(version, {"decision": rule.decision}), rows, amount,
            ]
            for rule, rows, amount in queries.per_rule(found)
        ],
        dense=True, hide_caption=True,
        empty=_("There are no rules yet. Decide something in the remainder, and its rule stands here."),
    )  # fmt: skip


def _rule_url(municipality: str, period: Period, **known: str) -> str:
    return f"{reverse('rule', args=[municipality])}?{urlencode({'period': str(period), **known})}"


def remainder(municipality: Any, found: queries.Classified) -> dict[str, list[dict[str, Any]]]:
    """Return the biggest names and accounts that no rule decided, each with where to decide it, and the rest."""
    mask, code, period = found.remainder(), municipality.code, found.period
    names = ledger.account_names(municipality)
    return {
        "names": _lines(
            (words or _("no text, or a protected one"), rows, amount,
             _rule_url(code, period, **{kind: words}) if words else "")
            for kind, words, rows, amount in queries.biggest_names(found, mask, ALL)
        ),
        "accounts": _lines(
            (f"{account} {names.get(account, '')}", rows, amount, _rule_url(code, period, account=account))
            for account, rows, amount in queries.biggest(found, mask, "account", ALL)
        ),
    }  # fmt: skip


def _lines(found: Iterable[tuple[str, int, int, str]]) -> list[dict[str, Any]]:
    """Return the first as lines and the rest as one line, so that they sum to the whole."""
    rows = list(found)
    shown, rest = rows[:LINES], rows[LINES:]
    if rest:
        shown.append((_more(len(rest)), sum(each[1] for each in rest), sum(each[2] for each in rest), ""))
    return [dict(zip(("name", "rows", "amount", "url"), each, strict=True)) for each in shown]


def _more(count: int) -> str:
    return ngettext("%(n)s more", "%(n)s more", count) % {"n": number(count, _lang())}


def by_name(caption: str, found: queries.Classified, mask: Any) -> Table:
    """List the biggest suppliers or texts among some rows."""
    rows = [
        [words or _("no text, or a protected one"), count, amount]
        for _kind, words, count, amount in queries.biggest_names(found, mask, ALL)
    ]
    return _sums(caption, _("Supplier or text"), rows)


def by_account(caption: str, municipality: Any, found: queries.Classified, mask: Any) -> Table:
    """List the biggest accounts among some rows."""
    names = ledger.account_names(municipality)
    biggest = queries.biggest(found, mask, "account", ALL)
    return _sums(caption, _("Account"), [[f"{code} {names.get(code, '')}", n, ore] for code, n, ore in biggest])


def _sums(caption: str, heading: str, rows: list[list[Any]]) -> Table:
    """List the biggest, the rest in one row, and the sum of all."""
    shown, rest = rows[:LINES], rows[LINES:]
    if rest:
        shown.append([_more(len(rest)), sum(each[1] for each in rest), sum(each[2] for each in rest)])
    columns = [Column(heading), Column(_("Rows"), "number"), Column(_("Amount"), "kr")]
    foot = [_("Together"), sum(each[1] for each in rows), sum(each[2] for each in rows)] if len(rows) > 1 else None
    return Table(caption, columns, shown, foot=foot, dense=True)


def services(version: Any, on: Period) -> Table:
    """List the services that hold in a month."""
    known = queries.services(version, on).values()
    kinds = {"final": _("for units"), "support": _("for other services")}
    rows = sorted(known, key=lambda row: (row["kind"], row["name"]))
    return Table(
        _("Services"),
        [Column(_("Service")), Column(_("For whom")), Column(_("Charged")), Column(_("Price")), Column(_("Standing")),
         Column(_("Decision"))],
        [
            [
                row["name"], kinds.get(row["kind"], row["kind"]), Mode(row["mode"]).label if row["mode"] else "",
                _price(row), Standing(row["standing"]).label if row["kind"] == "final" and row["standing"] else "",
                _decision(version, row) if row["kind"] == "final" else "",
            ]
            for row in rows
        ],
        dense=True, hide_caption=True, empty=_("No services hold yet."),
    )  # fmt: skip


def _price(row: dict[str, Any]) -> str:
    if row["price_kr"] is None:
        return ""
    price = unit_price(row["price_kr"], _lang())
    return f"{price} / {row['unit_of_measure']}" if row["unit_of_measure"] else price


def _decision(version: Any, row: dict[str, Any]) -> str | SafeString:
    found = queries.decision_of(version, row)
    if found is None:
        return pill(_("claimed"), "amber")
    section = f", § {found['section']}" if found.get("section") else ""
    return f"{found['body']} {day(date.fromisoformat(found['date']))}{section}"


def flows(version: Any, on: Period) -> Table:
    """List what flows from cost pools and services to services in a month."""
    names = {
        **queries.names(version).pools,
        **{code: row["name"] for code, row in queries.services(version, on).items()},
    }
    return Table(
        _("Flows"),
        [Column(_("From")), Column(_("To")), Column(_("Measured by")), Column(_("Weight"), "number")],
        [
            [
                names.get(row["from"], row["from"]), names.get(row["to"], row["to"]),
                Driver(row["driver"]).label if row["driver"] != Driver.VOLUME
                else _("volume of %(service)s") % {"service": names.get(row["volume_service"] or row["to"], "")},
                row["weight"],
            ]
            for row in queries.flows(version, on.last_date)
        ],
        dense=True, hide_caption=True, empty=_("No flows hold yet."),
    )  # fmt: skip


def history(municipality: Any, key: object) -> list[dict[str, Any]]:
    """Return the events of a record as `history_list` shows them."""
    people = names_by_key()
    return [
        {
            "at": change.at, "who": people.get(change.actor_key, change.actor_key),
            "sentence": sentence(change.verb, change.record_type, _),
            "changes": [(_(FIELDS[name]), before, after) for name, before, after in change.fields if name in FIELDS],
        }
        for change in changes_of_record(municipality.key, key)
    ]  # fmt: skip
