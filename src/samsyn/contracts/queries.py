"""Ask what has been agreed, what covers a need, and what must be decided next."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from samsyn.contracts import rules
from samsyn.contracts.choices import ASKED_AGAIN, ASKED_AGAIN_SOON, SOON, After, Answer, Kind
from samsyn.contracts.models import Contract, ContractedSystem, ContractTerms, Decision, Supplier
from samsyn.contracts.rules import TERMS, Held, accounts, outlook
from samsyn.core.refusals import N_
from samsyn.organisation.queries import remembered, valid
from samsyn.people.queries import Thing, owners_of
from samsyn.web.removal import Hanging

# what a contract itself holds beside its supplier and its systems
OWN = ("number", "name", "kind", "category", "owner_name", *TERMS, "yearly_cost_ore",
       "ceiling_ore", "ranking", "how", "ledger_accounts")  # fmt: skip
ENDLESS = Q(end_date=None, term_months=None) & ~Q(after=After.RUNS_ON)
PAGE = 50
YEAR = timedelta(days=365)
FEW = 500  # keys that are asked for by name; beyond that everything is read


_BOOKS: list[Callable[[Any], Collection[str]]] = []


def register_spent(asked: Callable[[Any], Collection[str]]) -> None:
    """Let whoever knows the books tell which frameworks' ceilings are reached by what was bought, by their numbers."""
    _BOOKS[:] = [asked]


@dataclass(frozen=True)
class Listed:
    """One page of a list: its contracts, and what the next page begins after ("" where there is none)."""

    contracts: list[Contract]
    after: str


def contract_with_code(code: str) -> Contract | None:
    """Return a contract by its number here."""
    return Contract.objects.select_related("supplier", "municipality", "framework").filter(code=code).first()


def contracts(*, after: str = "", limit: int = PAGE, **asked: str) -> Listed:
    """Return one page of contracts in the order of their names; ``asked``: see `_asked`."""
    found = _asked(**asked)
    if after:
        name, _, code = after.rpartition("|")
        found = found.filter(Q(sort_key__gt=name) | Q(sort_key=name, code__gt=code))
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{last.sort_key}|{last.code}" if last else "")


def every_contract(**asked: str) -> Iterator[Contract]:
    """Return all contracts of a list, a portion at a time; ``asked``: see `_asked`."""
    # asked for while the municipality is known: the portions come later
    about = Prefetch("systems", ContractedSystem.objects.all())
    return _asked(**asked).select_related("framework").prefetch_related(about).iterator(chunk_size=500)


def received_headers(**asked: str) -> list[str]:
    """Return the headers of what files have said of the contracts of a list and found no place for, each once."""
    rows = _asked(**asked).exclude(received={}).values_list("received", flat=True)
    return list(dict.fromkeys(header for each in rows.iterator(chunk_size=500) for header in each))


def _asked(*, text: str = "", kind: str = "", missing: str = "") -> QuerySet[Contract]:
    """Return the contracts of a list in the order of their names.

    ``text`` is looked for in all that names them; ``missing`` is what is not known of those that hold: ``end`` or
    ``owner``.
    """
    found = _matching(text).order_by("sort_key", "code")
    if missing in ("end", "owner"):
        lacking = ENDLESS if missing == "end" else _ownerless()
        found = found.filter(lacking, Q(last_date=None) | Q(last_date__gte=timezone.localdate()))
    return found.filter(kind=kind) if kind in Kind.values else found


def covering(text: str, on: date, *, limit: int = 40) -> list[tuple[Contract, Held]]:
    """Return the agreements somebody can buy from on a day, each with its terms then, in the order they are asked.

    Without ``text`` all framework agreements. One whose ceiling is reached by its call-offs or by what is booked, and
    what has not begun or has ended, cover nothing; until the terms that stand now begin, those before them hold.
    """
    found = _matching(text).select_related("municipality")
    found = (
        found.exclude(kind__in=[Kind.PROCESSING, Kind.CALL_OFF]) if text.strip() else found.filter(kind=Kind.FRAMEWORK)
    )
    followed = ContractTerms.objects.exclude(superseded_at=None).values("contract_key")
    coming = Q(start_date__gt=on)
    found = found.filter(coming & Q(key__in=followed) | ~coming & (Q(last_date=None) | Q(last_date__gte=on)))
    # some may be spent: more are read than are told
    rows = list(found.order_by("category", "number", "ranking", "sort_key", "code")[: 2 * limit])
    held = [(each, one) for each, terms in _held(rows) for one in terms if one.on(on)]
    limited = [one for _, one in held if one.terms.kind == Kind.FRAMEWORK and one.terms.ceiling_ore]
    spent = {one.code for one in limited if sum(ore for _, ore in one.called) >= one.terms.ceiling_ore}
    spent |= {code for asked in _BOOKS if limited for code in asked(rows[0].municipality)}
    return [(each, one) for each, one in held if one.code not in spent][:limit]


def called_off(framework: Contract) -> int:
    """Return what has been called off a framework on the terms that stand now, in öre."""
    [(_, terms)] = _held([framework])
    return sum(ore for _, ore in terms[-1].called)


def calendar(on: date, *, until: date | None = None) -> list[Contract]:
    """Return the contracts something must be decided about within a year, the nearest first."""
    found = Contract.objects.select_related("supplier", "municipality").filter(next_date__lte=until or on + YEAR)
    return list(found.order_by("next_date", "code"))


def owners(found: Iterable[Contract]) -> dict[str, Any]:
    """Return who has accepted to answer for some contracts, by the contract's key."""
    return owners_of("contract", [str(each.key) for each in found])


def at_stake(on: date) -> list[tuple[date, int]]:
    """Return the first of each month of the coming year in which something is decided, and its öre a year."""
    found = Contract.objects.filter(next_date__lte=on + YEAR).annotate(month=TruncMonth("next_date"))
    sums = found.values("month").annotate(ore=Coalesce(Sum("yearly_cost_ore"), 0)).order_by("month")
    return list(sums.values_list("month", "ore"))


def undecided(on: date, keys: Collection[str] | None) -> list[Contract]:
    """Return the contracts of the coming year nobody has decided about; those with some keys, or all for None."""
    found = calendar(on) if keys is None else [each for each in calendar(on) if str(each.key) in keys]
    answered = Decision.objects.filter(day__range=(on, on + YEAR)).exclude(answer__in=["", Answer.NOT_MINE])
    decided = set(answered.values_list("contract_id", "day", "step"))
    return [each for each in found if (each.pk, each.next_date, each.next_step) not in decided]


def outdated(on: date) -> list[Contract]:
    """Return the contracts whose next day has passed or that have been renewed, so that they are reckoned anew.

    So are those reckoned before it was known that what goes on by itself does not end.
    """
    goes_on = Q(notice_given_date=None) & ~Q(after=After.ENDS)
    wrong = Q(last_date__lt=on, after=After.RENEWS) | Q(next_step="end")
    return list(Contract.objects.filter(Q(next_date__lt=on) | goes_on & wrong).order_by("pk"))


def tally(on: date) -> dict[str, Any]:
    """Return how many contracts hold (``all``), lack an end or an owner, and what the coming year decides."""
    soon = Q(next_date__lte=on + YEAR)
    return remembered(  # type: ignore[no-any-return]
        f"contracts:{on}",
        lambda: Contract.objects.filter(Q(last_date=None) | Q(last_date__gte=on)).aggregate(
            all=Count("pk"), endless=Count("pk", filter=ENDLESS),
            ownerless=Count("pk", filter=_ownerless()), soon=Count("pk", filter=soon),
            soon_ore=Sum("yearly_cost_ore", filter=soon, default=0),
        ),
    )  # fmt: skip


def _ownerless() -> Q:
    """Return which contracts nobody answers for: no name is written, and nobody has accepted to."""
    accepted = owners(Contract.objects.filter(owner_name="").only("key"))
    return Q(owner_name="") & ~Q(key__in=list(accepted))


def names_by_code() -> dict[str, str]:
    """Return the name of every contract by its number, in the order of the names."""
    return dict(Contract.objects.order_by("sort_key", "code").values_list("code", "name"))


def about_system(code: str) -> list[Contract]:
    """Return the contracts that are about a system."""
    found = Contract.objects.select_related("supplier").filter(systems__system_code=code)
    return list(found.order_by("last_date", "code"))


def hanging_on_system(usage: Any) -> list[Hanging]:
    """Return the contracts about a system: they hang on it."""
    return [Hanging(N_("contract"), each.name, "contract", (each.code,)) for each in about_system(usage.code)]


def hanging_on_contract(contract: Contract) -> list[Hanging]:
    """Return what was called off a contract and what was decided about it: they hang on it."""
    decided = contract.decisions.exclude(answer="").order_by("day")
    return [
        *(Hanging(N_("call-off"), each.name, "contract", (each.code,)) for each in call_offs(contract)),
        *(Hanging(N_("decision"), each.day, "contract", (contract.code,)) for each in decided),
    ]  # fmt: skip


def ends_of_systems(on: date) -> dict[str, tuple[date | None, date | None]]:
    """Return for each system with a contract (the last day that is paid for if notice is given now, the day to notice).

    Of several contracts the last end and the first day to give notice count.
    """
    found: dict[str, tuple[date | None, date | None]] = {}
    for each in ContractedSystem.objects.select_related("contract").order_by("system_code", "contract__code"):
        if (days := outlook(each.contract, on)) is None or days.state == "ended":
            continue
        end, notice = found.get(each.system_code, (None, None))
        ends = [day for day in (end, days.if_noticed_now or days.end) if day]
        notices = [day for day in (notice, days.notice_by) if day]
        found[each.system_code] = (max(ends, default=None), min(notices, default=None))
    return found


def systems_of(contract: Contract) -> list[str]:
    """Return the numbers of the systems a contract is about."""
    return list(contract.systems.order_by("system_code").values_list("system_code", flat=True))


def call_offs(contract: Contract) -> list[Contract]:
    """Return what has been called off a framework."""
    return list(contract.call_offs.select_related("supplier").order_by("start_date", "code"))


def suppliers() -> list[Supplier]:
    """Return every supplier."""
    return list(Supplier.objects.order_by("name_key", "pk"))


def agreed() -> list[tuple[Any, ...]]:
    """Return what can be bought on, as `spending.engine.Agreement` takes it: whose, until when, for what, how much.

    What only says how personal data is processed is nothing to buy on. A framework's ceiling is told with its
    call-offs, each with the day it begins; `date.max` where that is not known. Terms that others have followed are
    agreements of their own, as far as they speak (`engine.speaks_until`).
    """
    rows = Contract.objects.order_by("code").values_list(
        "pk", "key", "supplier__key", "code", "start_date", "last_date", "ledger_accounts", "kind", "ceiling_ore",
        named=True,
    )  # fmt: skip
    return [
        (str(supplier), one.code, one.first, one.last, accounts(one.terms.ledger_accounts),
         (one.terms.ceiling_ore or 0) if one.terms.kind == Kind.FRAMEWORK else 0, one.called)
        for row, terms in _held(rows) for one in terms
        if (supplier := _seller(row, one)) and one.terms.kind != Kind.PROCESSING
    ]  # fmt: skip


def _seller(row: Any, held: Held) -> Any:
    if held.terms is row:
        return row.supplier__key
    return held.terms.supplier.key if held.terms.supplier else None


def _held(contracts: Iterable[Any]) -> Iterator[tuple[Any, list[Held]]]:
    """Return some contracts, each with the terms that hold on some day, see `rules.held`; three questions in all."""
    contracts = list(contracts)
    keys, every = [each.key for each in contracts], len(contracts) > FEW
    followed: dict[Any, list[ContractTerms]] = {}
    terms = ContractTerms.objects.filter(was_wrong=False).exclude(superseded_at=None).select_related("supplier")
    for each in (terms if every else terms.filter(contract_key__in=keys)).order_by("recorded_at", "pk"):
        followed.setdefault(each.contract_key, []).append(each)
    calls: dict[Any, list[tuple[date, int]]] = {}
    made = Contract.objects.exclude(framework=None)
    made = made if every else made.filter(framework__key__in=keys)
    if any(each.kind == Kind.FRAMEWORK for each in contracts):
        # one that nobody has told the first day of is later than all
        for key, day, ore in made.values_list("framework__key", "start_date", "ceiling_ore"):
            calls.setdefault(key, []).append((day or date.max, ore or 0))
    for each in contracts:
        yield each, rules.held(each, followed.get(each.key, ()), calls.get(each.key, ()))


def terms_known(contract: Contract, known_at: datetime) -> ContractTerms | None:
    """Return the terms of a contract as known at a moment; None where nothing was known yet."""
    return _recorded(contract).filter(valid(None, known_at)).last()


def told_of(found: Contract | ContractTerms, names: Iterable[str], **more: Any) -> dict[str, Any]:
    """Return what is told of a contract, or was, as the history keeps it: plain values, days as text.

    What has its first value is left out, but for a name.
    """
    first = type(found)()
    values = {name: getattr(found, name) for name in names}
    values |= {"supplied_by": found.supplier.name if found.supplier else "", **more}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items() if value != getattr(first, name, "") or name == "name"
    }  # fmt: skip


def known_since(contract: Contract) -> datetime:
    """Return the moment from which it is kept what was known of a contract's terms."""
    return _recorded(contract).values_list("recorded_at", flat=True)[0]


def _recorded(contract: Contract) -> QuerySet[ContractTerms]:
    found = ContractTerms.objects.select_related("supplier").filter(contract_key=contract.key)
    return found.order_by("recorded_at", "pk")


def systems_by_supplier() -> dict[str, set[str]]:
    """Return the numbers of the systems that contracts with each supplier are about, by the supplier's key."""
    found: dict[str, set[str]] = {}
    rows = ContractedSystem.objects.exclude(contract__supplier=None)
    for key, code in rows.values_list("contract__supplier__key", "system_code"):
        found.setdefault(str(key), set()).add(code)
    return found


def known_contracts() -> list[dict[str, Any]]:
    """Return every contract with what a file may say of it."""
    systems: dict[int, list[str]] = {}
    for pk, code in ContractedSystem.objects.order_by("system_code").values_list("contract_id", "system_code"):
        systems.setdefault(pk, []).append(code)
    return [
        {
            **{name: getattr(each, name) for name in (*OWN, "code", "key", "received", "pk")},
            "framework": each.framework.code if each.framework else "",
            "supplier": each.supplier.name if each.supplier else "",
            "supplier_number": each.supplier.number if each.supplier else "",
            "name_key": each.supplier.name_key if each.supplier else "", "systems": systems.get(each.pk, []),
        }
        for each in Contract.objects.select_related("supplier", "framework").order_by("pk")
    ]  # fmt: skip


def things(keys: Iterable[str] | None) -> list[Thing]:
    """Return the contracts with some keys, or all that hold, as things somebody answers for."""
    holding = Q(last_date=None) | Q(last_date__gte=timezone.localdate())
    found = Contract.objects.filter(holding if keys is None else Q(key__in=list(keys))).order_by("sort_key", "code")
    rows = found.values_list("key", "name", "code", "owner_name", "next_date")
    return [
        Thing("contract", str(key), name, "contract", code, said=said, decide_by=day)
        for key, name, code, said, day in rows
    ]


def _matching(text: str) -> QuerySet[Contract]:
    found = Contract.objects.select_related("supplier")
    for word in text.casefold().split():
        found = found.filter(search_key__contains=word)
    return found


def same(found: Iterable[Contract]) -> list[tuple[Contract, Contract]]:
    """Return the pairs that look like one contract twice: one name with one supplier, their terms overlapping."""
    groups: dict[tuple[Any, str], list[Contract]] = {}
    for each in found:
        groups.setdefault((each.supplier_id, each.sort_key), []).append(each)
    return [
        (first, then)
        for group in groups.values() for number, first in enumerate(group) for then in group[number + 1 :]
        if (first.start_date or date.min) <= (then.end_date or date.max)
        and (then.start_date or date.min) <= (first.end_date or date.max)
    ]  # fmt: skip


def to_ask(on: date, until: date) -> list[tuple[Contract, date]]:
    """Return the contracts somebody is to be asked about on a day, with the day they must be decided by."""
    asked = {(each.contract_id, each.day, each.step): each for each in Decision.objects.filter(day__range=(on, until))}
    found = []
    for contract in calendar(on, until=until):
        day = contract.next_date
        if day and ((known := asked.get((contract.pk, day, contract.next_step))) is None or is_due(known, on)):
            found.append((contract, day))
    return found


def is_due(decision: Decision, on: date) -> bool:
    """Tell whether whoever decides is to be asked again: no answer yet, and long enough since the last time."""
    if decision.answer and decision.answer != Answer.NOT_MINE:
        return False
    pause = ASKED_AGAIN_SOON if (decision.day - on).days <= SOON else ASKED_AGAIN
    return decision.asked_on is None or (on - decision.asked_on).days >= pause


def decision_about(contract: Contract) -> Decision | None:
    """Return what has been asked and answered about a contract's next day."""
    if contract.next_date is None:
        return None
    found = contract.decisions.filter(day=contract.next_date, step=contract.next_step)
    return found.select_related("contract", "municipality").first()


def decision_with_key(key: object) -> Decision | None:
    """Return a decision by key, with its contract."""
    return Decision.objects.select_related("contract__supplier", "municipality").filter(key=str(key)).first()
