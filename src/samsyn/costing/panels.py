"""Show the cost model in the components every page has: versions, rules, what they took, services, flows."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.core.periods import Period
from samsyn.core.refusals import N_
from samsyn.costing import queries
from samsyn.costing.choices import PARTS, Kind, Outcome, column_words
from samsyn.costing.engine import classified, editing
from samsyn.costing.engine import content as document
from samsyn.costing.engine.classify import Rule
from samsyn.costing.forms import NAMES, RowForm, initial
from samsyn.costing.imports import PARTS as PARTS_COLUMNS
from samsyn.costing.imports import SHEETS, WORDS
from samsyn.costing.rules import may_edit_model
from samsyn.history.choices import sentence
from samsyn.history.queries import changes_of_record
from samsyn.ledger import queries as ledger
from samsyn.ledger.choices import PART_WORDS
from samsyn.people.queries import names_by_key
from samsyn.people.words import value_words
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, long_date, number, unit_price

Row = dict[str, Any]
Place = tuple[str, int]
# what the history of a version tells of an event beside its sentence
FIELDS = {
    "name": N_("Name"), "compared_with": N_("Compared with model"), "added_rows": N_("Rows that came"),
    "changed_rows": N_("Rows that changed"), "removed_rows": N_("Rows that went"), "added": N_("Came"),
    "changed": N_("Changed"), "removed": N_("Went"),
}  # fmt: skip
# the columns that a list shows, beside the name and the days
LISTED: dict[str, tuple[str, ...]] = {
    "pools": ("code", "is_pay"), "cost_types": ("code",), "rules": ("priority", "takes", "says", "decision"),
    "services": ("kind", "mode", "price_kr", "decision"), "flows": ("driver", "weight", "volume_service"),
    "decisions": ("body", "date", "section", "registry_number"),
}  # fmt: skip
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


def rules(municipality: str, found: classified.Classified, version: Any, may_edit: bool) -> Table:
    """List the rules in the order they are asked, with what each took."""
    names = queries.names(version, _lang())
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
            for rule, rows, amount in classified.per_rule(found)
        ],
        dense=True, hide_caption=True,
        empty=_("There are no rules yet. Decide something in the remainder, and its rule stands here."),
    )  # fmt: skip


def _rule_url(municipality: str, period: Period, **known: str) -> str:
    return f"{reverse('rule', args=[municipality])}?{urlencode({'period': str(period), **known})}"


def remainder(municipality: Any, found: classified.Classified) -> dict[str, list[dict[str, Any]]]:
    """Return the biggest names and accounts that no rule decided, each with where to decide it, and the rest."""
    mask, code, period = found.remainder(), municipality.code, found.period
    names = ledger.account_names(municipality)
    return {
        "names": _lines(
            (words or _("no text, or a protected one"), rows, amount,
             _rule_url(code, period, **{kind: words}) if words else "")
            for kind, words, rows, amount in classified.biggest_names(found, mask, ALL)
        ),
        "accounts": _lines(
            (f"{account} {names.get(account, '')}", rows, amount, _rule_url(code, period, account=account))
            for account, rows, amount in classified.biggest(found, mask, "account", ALL)
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


def by_name(caption: str, found: classified.Classified, mask: Any) -> Table:
    """List the biggest suppliers or texts among some rows."""
    rows = [
        [words or _("no text, or a protected one"), count, amount]
        for _kind, words, count, amount in classified.biggest_names(found, mask, ALL)
    ]
    return _sums(caption, _("Supplier or text"), rows)


def by_account(caption: str, municipality: Any, found: classified.Classified, mask: Any) -> Table:
    """List the biggest accounts among some rows."""
    names = ledger.account_names(municipality)
    biggest = classified.biggest(found, mask, "account", ALL)
    return _sums(caption, _("Account"), [[f"{code} {names.get(code, '')}", n, ore] for code, n, ore in biggest])


def _sums(caption: str, heading: str, rows: list[list[Any]]) -> Table:
    """List the biggest, the rest in one row, and the sum of all."""
    shown, rest = rows[:LINES], rows[LINES:]
    if rest:
        shown.append([_more(len(rest)), sum(each[1] for each in rest), sum(each[2] for each in rest)])
    columns = [Column(heading), Column(_("Rows"), "number"), Column(_("Amount"), "kr")]
    foot = [_("Together"), sum(each[1] for each in rows), sum(each[2] for each in rows)] if len(rows) > 1 else None
    return Table(caption, columns, shown, foot=foot, dense=True)


def slug(part: str) -> str:
    """Return a part of the model as it stands in an address."""
    return part.replace("_", "-")


def parts(version: Any) -> list[dict[str, Any]]:
    """Return the parts of a model: what each is called, how many rows it has, and where they are."""
    return [
        {"slug": slug(part), "title": words[0], "rows": len(version.content.get(part, []))}
        for part, words in PARTS.items()
    ]


def called(version: Any) -> dict[str, dict[str, str]]:
    """Return, by part of the model, what its codes are called."""
    return {
        part: {row["code"]: queries.text(row, "name", _lang()) for row in version.content.get(part, [])}
        for part in ("pools", "cost_types", "services")
    }


def _name(names: dict[str, dict[str, str]], column: str, code: str) -> str:
    return next((names[part][code] for part in NAMES[column] if code in names[part]), code)


def title(version: Any, part: str, row: Row) -> str:
    """Return what a row is called."""
    if part == "flows":
        names = called(version)
        return f"{_name(names, 'from', row['from'])} → {_name(names, 'to', row['to'])}"
    return queries.text(row, "name", _lang()) or str(row["code"])


def rows(version: Any, part: str, faulty: set[Place]) -> Table:
    """List the rows of one part as they stand in the workbook, each with a link."""
    names, dated = called(version), "valid_from" in PARTS_COLUMNS[part]
    heads = [Column(_("Name")), *(Column(str(column_words(part, column)[0])) for column in LISTED[part])]
    return Table(
        str(PARTS[part][0]),
        [*heads, *([Column(_("Holds"), "date")] if dated else [])],
        [
            [
                _row_link(version, part, line, row, (part, line) in faulty),
                *(_listed(version, part, column, row, names) for column in LISTED[part]),
                *([_term(row)] if dated else []),
            ]
            for line, row in enumerate(version.content.get(part, []), editing.FIRST_LINE)
        ],
        dense=True, hide_caption=True, empty=_("Nothing stands here yet."),
    )  # fmt: skip


def _listed(version: Any, part: str, column: str, row: Row, names: dict[str, dict[str, str]]) -> Any:
    """Return a value as a list shows it: what a rule takes and says in words, a decision by its code."""
    if column in ("takes", "says"):
        rule = document.rule(row)
        return conditions(rule) if column == "takes" else outcome(rule, queries.names(version, _lang()))
    shown = in_words(version, part, column, row, names)
    return row["decision"] if column == "decision" and queries.decision_of(version, row) else shown


def _row_link(version: Any, part: str, line: int, row: Row, faulty: bool) -> SafeString:
    found = link(title(version, part, row), _row_url(version, part, line))
    return format_html("{} {}", found, pill(_("to put right"), "red")) if faulty else found


def _row_url(version: Any, part: str, line: int) -> str:
    return reverse("model-row", args=[version.municipality.code, version.number, slug(part), line])


def _term(row: Row) -> str:
    first = day(date.fromisoformat(row["valid_from"]))
    if row.get("valid_until"):
        return f"{first} – {day(date.fromisoformat(row['valid_until']))}"
    return _("from %(day)s") % {"day": first}


def in_words(version: Any, part: str, column: str, row: Row, names: dict[str, dict[str, str]]) -> Any:
    """Return a value as a person reads it: words for codes, a price with its unit, who decided."""
    value, kind = row.get(column), PARTS_COLUMNS[part][column]
    if column == "decision" and (part == "rules" or row["kind"] == Kind.FINAL):
        return _decision(version, row)
    if value in (None, ""):
        return ""
    if column in WORDS:
        return str(WORDS[column](value).label)
    if kind == "yes":
        return _("yes") if value else _("no")
    if kind == "price":
        return unit_price(value, _lang())
    if kind.startswith("day"):
        return day(date.fromisoformat(value))
    return _name(names, column, value) if column in NAMES else value


def details(version: Any, part: str, row: Row) -> Table:
    """Show everything a row says."""
    names = called(version)
    said = ((column_words(part, column)[0], in_words(version, part, column, row, names)) for column in row)
    shown = [(str(head), value) for head, value in said if value != ""]
    return Table(title(version, part, row), [Column(_("What")), Column(_("Says"))], shown, hide_caption=True)


def both(form: RowForm, standing: Row) -> Table:
    """Show what now stands in a row beside what was typed, where they differ."""
    stands = {column: str(value or "") for column, value in initial(form.part, standing).items()}
    typed = {column: str(form[column].value() or "") for column in stands}
    return Table(
        _("What differs"),
        [Column(_("What")), Column(_("Stands there now")), Column(_("You wrote"))],
        [
            [str(form[column].label), stands[column] or "–", typed[column] or "–"]
            for column in stands
            if stands[column] != typed[column]
        ],
    )  # fmt: skip


def places(version: Any, found: Iterable[Place]) -> list[tuple[str, str]]:
    """Return rows by what they are called, each with where it is."""
    return [
        (f"{PARTS[part][0]}: {title(version, part, row)}", _row_url(version, part, line))
        for part, line in found
        if (row := editing.row_on(version.content, part, line))
    ]


def faults(version: Any, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what keeps a version from running, each with the row it speaks of and the way there."""
    told = ((fault, editing.place_of(version.content, fault)) for fault in found)
    return [
        {
            "fault": fault, "place": place, "name": fault.facts.get("name", ""),
            "url": _row_url(version, *place) if place else "",
        }
        for fault, place in told
    ]  # fmt: skip


def claimed(version: Any, part: str) -> int:
    """Return how many services for units rest on no registered decision."""
    rows = version.content.get(part, []) if part == "services" else []
    return sum(row["kind"] == Kind.FINAL and queries.decision_of(version, row) is None for row in rows)


def _decision(version: Any, row: Row) -> str | SafeString:
    found = queries.decision_of(version, row)
    if found is None:
        return pill(_("claimed"), "amber")
    section = f", § {found['section']}" if found.get("section") else ""
    return f"{found['body']} {day(date.fromisoformat(found['date']))}{section}"


def history(version: Any) -> list[dict[str, Any]]:
    """Return the events of a version as `history_list` shows them, each row by what it is called."""
    people = names_by_key()
    return [
        {"at": change.at, "who": people.get(change.actor_key, change.actor_key), **_told(version, change)}
        for change in changes_of_record(version.municipality.key, version.key)
    ]


def _told(version: Any, change: Any) -> dict[str, Any]:
    said, values = sentence(change.verb, change.record_type, _), {name: after for name, _old, after in change.fields}
    part = SHEETS[change.record_type][0] if change.record_type in SHEETS else ""
    if not part:
        told = [
            (_(FIELDS[name]), *(value_words(name, value, _) for value in (before, after)))
            for name, before, after in change.fields
            if name in FIELDS
        ]
        return {"sentence": said, "changes": told}
    names, columns = called(version), PARTS_COLUMNS[part]
    told = [
        (column_words(part, name)[0], *(in_words(version, part, name, {"kind": Kind.FINAL, name: value}, names)
                                        for value in (before, after)))
        for name, before, after in change.fields
        if name in columns
    ]  # fmt: skip
    return {"sentence": f"{said}: {value_words('row', values.get('row', ''), _)}", "changes": told}


def count_devices(*, request: Any) -> str:
    """Lead those who may from the devices to counting them as a month's volumes."""
    if not may_edit_model(request.access):
        return ""
    there = reverse("count-devices", args=[request.municipality.code])
    return format_html('<a class="btn" href="{}">{}</a>', there, _("Count them for a month"))
