"""Hold a register of contracts against those that are known: what is new, what it adds, what it cannot place. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from samsyn.contracts.choices import KIND_WORDS, After, kind_in
from samsyn.contracts.engine import plus_months, validate
from samsyn.contracts.rules import TERMS, accounts, terms
from samsyn.core.problems import Problem, told_once
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.company_names import name_key
from samsyn.formats.ledger_table import key_of
from samsyn.formats.register_table import RegisterFile, RegisterRow

Told = dict[str, Any]
_MANY = 3  # names that share no first word, of one organisation number
NO_SYSTEM = N_(
    "“%(found)s” is no system here. It stands on %(expected)s rows, the first is line %(line)s, and is kept as it is."
)
# how registers write *until further notice* where a day should stand
_ENDLESS = ("9999", "2999", "tills vidare", "tillsvidare", "until further", "indtil videre", "løbende")
_DAY = timedelta(days=1)


@dataclass
class Plan:
    """What loading a register would do. ``changed`` are (key, what is told)."""

    new: list[Told] = field(default_factory=list)
    changed: list[tuple[Any, Told]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan(file: RegisterFile, known: Iterable[Mapping[str, Any]], systems: Mapping[str, str]) -> Plan:
    """Compare the rows of a register with the known contracts.

    A row that a master has linked to a contract is that one. Else it is a known contract when number, name and supplier
    are the same, else when number and supplier are and no other row could be meant; so several suppliers of one
    framework stay several contracts, and nothing is merged on likeness alone.

    ``systems``: {name or number in small letters: number}.
    """
    found = Plan(problems=list(file.problems))
    rows = [(_told(row, systems, found), row.line) for row in file.rows]
    standing = list(known)
    _disown(rows, found)
    _settle([told for told, _ in rows], standing)
    by_code = {each["code"]: each for each in standing if each.get("code")}
    exact: dict[Any, list[Any]] = {}
    for each in standing:
        exact.setdefault(_same(each), []).append(each)
    loose: dict[Any, list[Any]] = {}
    for each in [*standing, *(told for told, _ in rows)]:
        loose.setdefault(_near(each), []).append(each)
    for same, twins in _told_apart(rows, found).items():
        standing_alike = exact.get(same, [])
        for (told, line), like in zip(twins, _paired(twins, standing_alike), strict=True):
            near = loose[_near(told)] if told.get("number") else []
            alone = near[0] if len(near) == 2 and "pk" in near[0] else None
            old = by_code.get(told.pop("linked", "")) or _ours(told, by_code) or like or alone
            _called_off(told, old or {})
            _orderly(told, old or {}, line, found)
            if old is None:
                found.new.append(told)
                continue
            more = _more(old, told)
            if more:
                found.changed.append((old["pk"], {"name": old["name"], **more}))
            found.unchanged += not more
    found.problems = told_once(found.problems, "system_unknown", NO_SYSTEM)
    return found


def _ours(told: Told, by_code: Mapping[str, Any]) -> Any:
    """Return the contract a row names by our number and calls by its name; any other number is kept as received."""
    code = told.pop("code", "")
    found = by_code.get(code)
    if found and _same({**found, "number": ""})[1:3] == _same({**told, "number": ""})[1:3]:
        return found
    if code:
        told["received"]["code"] = code
    return None


def _called_off(told: Told, old: Mapping[str, Any]) -> None:
    """Keep as received what framework a row names, unless it is known: only a page asks whether it can be used."""
    named = told.pop("framework", "")
    if named and named != old.get("framework"):
        told["received"]["framework"] = named


def _disown(rows: Iterable[tuple[Told, int]], found: Plan) -> None:
    """Keep as received a number that stands beside many suppliers: it is the buyer's, or nobody's."""
    beside: dict[str, dict[str, int]] = {}
    for told, line in rows:
        if told.get("supplier") and told.get("supplier_number"):
            first = name_key(told["supplier"]).partition(" ")[0]
            beside.setdefault(told["supplier_number"], {}).setdefault(first, line)
    strange = {number: names for number, names in beside.items() if len(names) >= _MANY}
    for number, names in strange.items():
        message = N_(
            "The organisation number %(found)s stands beside %(expected)s different suppliers, the first on line "
            "%(line)s. It is kept as it is, and each supplier is known by its name."
        )
        line = min(names.values())
        found.problems.append(Problem(line, 0, "warning", "number_of_many", number, str(len(names)), message))
    for told, _ in rows:
        if told.get("supplier_number") in strange:
            told["received"]["supplier_number"] = told.pop("supplier_number")


def _settle(rows: Iterable[Told], standing: Iterable[Mapping[str, Any]]) -> None:
    """Call each supplier as the one of its number, or of its name, is called; another spelling is kept as received."""
    by_number: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}

    def settled(said: str, number: str) -> str:
        """Return what a supplier is called, as `operations` will find it or add it."""
        like = by_name.get(name_key(said))
        found = by_number.get(number) if number else like
        if found is None and like and not like[1]:
            found, like[1] = like, number
        found = found or [said or number, number]
        by_name.setdefault(name_key(said), found)
        if found[1]:
            by_number[found[1]] = found
        return found[0]

    for each in standing:
        settled(each["supplier"], each["supplier_number"])
    for told in rows:
        said = told.get("supplier", "")
        name = settled(said, told.get("supplier_number", ""))
        if said and name_key(name) != name_key(said):
            told["received"]["supplier"], told["supplier"] = said, name


def _told_apart(rows: Iterable[tuple[Told, int]], found: Plan) -> dict[Any, list[tuple[Told, int]]]:
    """Return the rows by what a contract is known by; one that says again all that another said is taken once.

    Rows that share that and say other things stay several: to merge them would lose what one of them says.
    """
    apart: dict[Any, list[tuple[Told, int]]] = {}
    for told, line in rows:
        twins = apart.setdefault(_same(told), [])
        again = next((first for each, first in twins if each == told), None)
        if again is not None:
            message = N_("“%(found)s” on line %(line)s stands on line %(expected)s too, and was taken once.")
        elif twins:
            message = N_(
                "“%(found)s” on line %(line)s looks like line %(expected)s but says other things. Both are loaded: "
                "remove one if they are the same contract."
            )
        if twins:
            code, other = ("alike", twins[0][1]) if again is None else ("stands_twice", again)
            found.problems.append(Problem(line, 0, "warning", code, told["name"], str(other), message))
        found.unchanged += again is not None
        if again is None:
            twins.append((told, line))
    return apart


def _paired(twins: list[tuple[Told, int]], standing: Iterable[Any]) -> list[Any]:
    """Give each row the known contract it says nothing new of, else the first that is left."""
    left = list(standing)
    pairs: list[Any] = []
    for told, _line in twins:
        same = next((each for each in left if not _more(each, told)), None)
        if same:
            left.remove(same)
        pairs.append(same)
    return [same or (left.pop(0) if left else None) for same in pairs]


def _more(old: Mapping[str, Any], told: Told) -> Told:
    return {name: value for name, value in told.items() if name != "linked" and _adds(old, name, value)}


def _same(each: Mapping[str, Any]) -> tuple[str, ...]:
    start = each.get("start_date")
    days = () if each.get("number") else (start.isoformat() if start else "",)
    return (each.get("number") or "", str(each["name"]).casefold(), *_supplier(each), *days)


def _near(each: Mapping[str, Any]) -> tuple[str, ...]:
    return (each.get("number") or "", *_supplier(each))


def _supplier(each: Mapping[str, Any]) -> tuple[str]:
    return (name_key(each.get("supplier") or "") or each.get("supplier_number") or "",)


def _adds(old: Mapping[str, Any], name: str, value: Any) -> bool:
    """Tell whether a file says something else than what stands there."""
    if name == "received":
        return any(old["received"].get(header) != text for header, text in value.items())
    if name == "supplier":
        return name_key(value) != name_key(old["supplier"])
    if name == "systems":
        return not set(value) <= set(old["systems"])
    return bool(old.get(name) != value)


def _told(row: RegisterRow, systems: Mapping[str, str], found: Plan) -> Told:
    """Return what a row says in the fields of a contract."""
    told: Told = {**row.values, "received": dict(row.received)}
    first, last = told.pop("term", (None, None))
    if first:
        told.setdefault("start_date", first)
        told.setdefault("end_date", last)
    _kind(told)
    _accounts(told, row.line, found)
    _lengths(told)
    _longest(told)
    if names := told.pop("systems", []):
        told["systems"] = sorted({systems[name.casefold()] for name in names if name.casefold() in systems})
        strange = [name for name in names if name.casefold() not in systems]
        if strange:
            found.problems += [
                Problem(row.line, 0, "warning", "system_unknown", name, "", NO_SYSTEM) for name in strange
            ]
            told["received"]["systems"] = ", ".join(strange)
    return told


def _kind(told: Told) -> None:
    if said := told.pop("kind", ""):
        kind = kind_in(said)
        if kind:
            told["kind"] = kind.value
        if kind is None or key_of(said) not in KIND_WORDS:
            told["received"]["kind"] = said


def _accounts(told: Told, line: int, found: Plan) -> None:
    """Keep as received what names no accounts: to cover too little or too much would say something wrong of people."""
    try:
        accounts(told.get("ledger_accounts", ""))
    except Refusal as refused:
        said = told["received"]["ledger_accounts"] = told.pop("ledger_accounts")
        message = N_("Line %(line)s says “%(found)s” of accounts, which names none. It is kept as it is.")
        found.problems.append(Problem(line, 0, "warning", refused.code, said, "", message))


def _lengths(told: Told) -> None:
    """Place the periods of a row; days fit nowhere but in a period of notice."""
    if "notice" in told:
        told["notice_months"], told["notice_days"] = told.pop("notice")
    months, days = told.pop("renewal", (0, 0))
    if months and not days:
        told["renewal_months"] = months
    elif days:
        told["received"]["renewal"] = f"{months} + {days} d"
    count, months, days = told.pop("option", (0, 0, 0))
    if months:
        told["options"], told["option_months"] = count, months
    elif days:
        told["received"]["option"] = f"{count} x {days} d"
    if told.get("renewal_months") and (told.get("end_date") or told.get("term_months")):
        told.setdefault("after", After.RENEWS.value)
    else:
        told.pop("renewal_months", None)


def _longest(told: Told) -> None:
    """Take the longest a contract can last as options: as many as fit, or one that lasts just so long."""
    longest, end = told.pop("longest_date", None), told.get("end_date")
    if not longest:
        return
    if not end:
        told["received"]["longest_date"] = longest.isoformat()
        return
    begins = end + _DAY
    months = (longest.year - end.year) * 12 + longest.month - end.month
    if months > 0 and plus_months(begins, months) - _DAY == longest:
        each = told.get("option_months", 0)
        told["options"], told["option_months"] = (months // each, each) if each and months % each == 0 else (1, months)
    elif longest != end:
        told["received"]["longest_date"] = longest.isoformat()


def _orderly(told: Told, old: Mapping[str, Any], line: int, found: Plan) -> None:
    """Keep beside what a contract's time is said to be where it cannot be so: nobody knows which of it is wrong."""
    said = told["received"].get("end_date", "").casefold()
    if any(words in said for words in _ENDLESS):
        told["after"] = After.RUNS_ON.value
    merged = terms({**old, **told})
    faults = validate(merged) if merged else []
    for fault in faults:
        message = N_("The dates on line %(line)s cannot be: %(found)s They are kept beside.")
        found.problems.append(Problem(line, 0, "warning", fault.code, fault.sentence(gettext), "", message))
    for name in TERMS if faults else ():
        if name in told:
            told["received"][name] = str(told.pop(name))
