"""Change what is known of contracts: the only verbs that write it."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import translation

from samsyn.contracts import engine, imports, queries, rules, words
from samsyn.contracts.choices import (
    ESCALATED_AFTER,
    FIRST_ASKED,
    After,
    Answer,
    Kind,
    LaterStart,
    Next,
    NoticeTo,
)  # fmt: skip
from samsyn.contracts.models import Contract, ContractedSystem, ContractTerms, Decision, Supplier
from samsyn.contracts.queries import OWN, systems_of
from samsyn.core.organisation_numbers import organisation_number
from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.formats.company_names import name_key
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import Journal, operation
from samsyn.intake import operations as intake
from samsyn.intake.rules import refuse_kept, refuse_kept_thing, without_kept
from samsyn.notices.operations import queue_mail
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import tree
from samsyn.people import queries as people
from samsyn.systems.queries import system_codes
from samsyn.web.removal import refuse_hanging

READINGS = timedelta(4)  # two readings of one last day to give notice are at most three days apart
PORTION = 500  # rows that are written at once
_CHOICES = {"kind": Kind, "after": After, "notice_to": NoticeTo}


def add_contract(*, municipality: Any, told: Mapping[str, Any], by: Any, at: datetime) -> Contract:
    """Add a contract; what is not told is asked for later.

    ``told``: ``name`` and any field of `Contract` that `OWN` names, ``supplier`` and ``supplier_number`` as somebody
    wrote them, ``systems`` (numbers) and ``framework`` (a number here). Refuses ``name_missing``,
    ``supplier_number_invalid``, ``system_unknown``, ``framework_unknown``, ``framework_spent`` and every fault of its
    terms (see `engine.validate`).
    """
    with operation(log=municipality.key, by=by, at=at) as journal:
        return _add(journal, municipality, [told], at)[0]


def change_contract(
    *, contract: Contract, told: Mapping[str, Any], known: int, by: Any, at: datetime, later_start: str = ""
) -> Contract:
    """Change what is known of a contract; what is not in ``told`` stays.

    ``known`` is the version that was read, ``later_start`` what a first day that is moved to a later one means (a
    `LaterStart`): only who moves it knows. Refuses ``stale_version`` when somebody has changed it meanwhile,
    ``later_start_unclear``, and what `add_contract` refuses.
    """
    with operation(log=contract.municipality.key, by=by, at=at) as journal:
        contract = _locked(contract, known)
        now = {name: getattr(contract, name) for name in OWN} | {"systems": systems_of(contract)}
        supplier = contract.supplier
        now |= {"supplier": supplier.name if supplier else "", "supplier_number": supplier.number if supplier else ""}
        refuse_kept(contract.key, told, now)
        start, end = contract.start_date, contract.last_date
        _change(journal, contract, told, _Suppliers(contract.municipality), system_codes(), local_day(at))
        later = bool(start and contract.start_date and start < contract.start_date)
        if later and later_start not in LaterStart.values:
            message = N_("Say whether a new term begins on the later first day, or the day was wrong.")
            raise Refusal("later_start_unclear", message)
        _record([contract], at)
        if later_start == LaterStart.MISTAKE if later else rules.only_filled_in(start, end, contract.start_date):
            _put_right([contract.key], start)
    return contract


def remove_contract(*, found: Contract, known: int, by: Any, at: datetime) -> None:
    """Remove a contract that was listed by mistake; its history stays.

    Refuses ``stale_version``, ``kept_elsewhere`` and ``in_use`` while something hangs on it.
    """
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        contract = _locked(found, known)
        refuse_kept_thing(contract.key)
        refuse_hanging("contract", contract)
        before = _shown(contract, systems_of(contract))
        contract.systems.all().delete()
        contract.decisions.all().delete()
        _supersede([contract.key], at)
        journal.record("remove", "contract", contract.key, before=before, version=contract.version + 1)
        contract.delete()


def _locked(contract: Contract, known: int) -> Contract:
    found = Contract.objects.select_for_update(of=("self",)).select_related("supplier", "municipality", "framework")
    contract = found.get(pk=contract.pk)
    if contract.version != known:
        raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
    return contract


def load_contracts(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False,
    from_master: bool = False,
) -> Loaded:  # fmt: skip
    """Load a register of contracts: new ones are added, known ones get what the file knows; see `imports.plan`.

    An empty cell takes nothing away. What finds no place is kept with its contract as received. What is kept in
    another system only comes ``from_master``.
    """
    codes, known = system_codes(), queries.known_contracts()
    plan = imports.plan(file, known, codes)
    if not from_master:
        plan.changed, kept = without_kept(plan.changed, known)
        plan.problems += kept
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _add(journal, municipality, plan.new, at)
            found = Contract.objects.select_related("supplier").in_bulk([key for key, _ in plan.changed])
            suppliers = _Suppliers(municipality)
            before = [(each, each.start_date, each.last_date) for each in found.values()]
            for key, told in plan.changed:
                _change(journal, found[key], told, suppliers, codes, local_day(at))
            _record(list(found.values()), at)
            # a list that tells a later first day tells a new term: who writes lists is not asked
            filled_in = [each.key for each, start, end in before if rules.only_filled_in(start, end, each.start_date)]
            _put_right(filled_in, None)
            told_of = {"name": name, "added": len(plan.new), "changed": len(plan.changed)}
            journal.record("load", "contracts", raw.key, after=told_of)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def reckon(*, on: date) -> int:
    """Reckon anew the days of contracts whose next day has passed. Returns how many. Nothing that was told changes."""
    due = queries.outdated(on)
    for contract in due:
        day, step = contract.next_date, contract.next_step
        _reckon(contract, on)
        then = contract.next_date
        if day and then and step == contract.next_step == Next.NOTICE and then - day < READINGS:
            # the same question, the more generous day: who has answered is not asked again
            contract.decisions.filter(day=day, step=step).update(day=then)
    Contract.objects.bulk_update(due, ["next_date", "next_step", "last_date"], batch_size=PORTION)
    return len(due)


class _Suppliers:
    """Suppliers by number and by name: all spellings of one become one."""

    def __init__(self, municipality: Any) -> None:
        self.municipality = municipality
        self.by_number: dict[str, Supplier] = {}
        self.by_name: dict[str, Supplier] = {}
        for each in queries.suppliers():
            self._know(each)

    def named(self, name: str, number: str) -> Supplier | None:
        """Return a supplier, added if it is new; a number that nobody had is kept with the one of that name."""
        name, key = name.strip(), name_key(name)
        found = self.by_number.get(number) if number else self.by_name.get(key)
        like = self.by_name.get(key)
        if found is None and number and like and not like.number:
            found = like
            found.number = number
            found.save(update_fields=["number"])
        if found is None and (name or number):
            found = Supplier(municipality=self.municipality, number=number, name=name or number, name_key=key)
            found.save()
        if found:
            self._know(found)
        return found

    def _know(self, supplier: Supplier) -> None:
        if supplier.number:
            self.by_number[supplier.number] = supplier
        self.by_name.setdefault(supplier.name_key, supplier)


def _add(journal: Journal, municipality: Any, everything: Sequence[Mapping[str, Any]], at: datetime) -> list[Contract]:
    suppliers, known = _Suppliers(municipality), set(system_codes().values())
    codes = _codes()
    contracts, systems = [], []
    for told in everything:
        contract = Contract(municipality=municipality, code=next(codes))
        _tell(contract, told, suppliers, local_day(at))
        contracts.append(contract)
        mine = _systems(told.get("systems", ()), known)
        systems += [ContractedSystem(municipality=municipality, contract=contract, system_code=each) for each in mine]
        journal.record("add", "contract", contract.key, after={"code": contract.code, **_shown(contract, mine)})
    Contract.objects.bulk_create(contracts, batch_size=PORTION)
    ContractedSystem.objects.bulk_create(systems, batch_size=PORTION)
    _record(contracts, at)
    return contracts


def _record(contracts: Sequence[Contract], at: datetime) -> None:
    """Write down the terms of some contracts as known from now on, where they are not what was known before."""
    for start in range(0, len(contracts), PORTION):
        found = {each.key: each for each in contracts[start : start + PORTION]}
        standing = ContractTerms.objects.filter(contract_key__in=list(found), superseded_at=None)
        known = {key: terms for key, *terms in standing.values_list("contract_key", *rules.RECORDED)}
        new = [
            each for key, each in found.items() if known.get(key) != [getattr(each, name) for name in rules.RECORDED]
        ]
        _supersede([each.key for each in new if each.key in known], at)
        ContractTerms.objects.bulk_create(
            ContractTerms(municipality_id=each.municipality_id, contract_key=each.key, recorded_at=at,
                          **{name: getattr(each, name) for name in rules.RECORDED})
            for each in new
        )  # fmt: skip


def _supersede(keys: Sequence[Any], at: datetime) -> None:
    ContractTerms.objects.filter(contract_key__in=keys, superseded_at=None).update(superseded_at=at)


def _put_right(keys: Sequence[Any], start: date | None) -> None:
    """Let the terms of some contracts that tell a first day never have held: another day stands in its place."""
    ContractTerms.objects.filter(contract_key__in=keys, start_date=start).update(was_wrong=True)


def _change(
    journal: Journal, contract: Contract, told: Mapping[str, Any], suppliers: _Suppliers, codes: Mapping[str, str],
    on: date,
) -> None:  # fmt: skip
    held = systems_of(contract)
    before = _shown(contract, held)
    mine = _systems(told.get("systems", held), set(codes.values()) | set(held))
    contract.version += 1
    _tell(contract, told, suppliers, on)
    contract.save()
    contract.systems.exclude(system_code__in=mine).delete()
    ContractedSystem.objects.bulk_create(
        ContractedSystem(municipality=contract.municipality, contract=contract, system_code=each)
        for each in mine if each not in held
    )  # fmt: skip
    journal.record("change", "contract", contract.key, before=before, after=_shown(contract, mine),
                   version=contract.version)  # fmt: skip


def _codes() -> Iterator[str]:
    made = [int(code[1:]) for code in Contract.objects.values_list("code", flat=True)]
    return (f"A{number:04d}" for number in count(max(made, default=0) + 1))


def _systems(codes: Sequence[str], known: Set[str]) -> list[str]:
    for code in codes:
        if code not in known:
            raise Refusal("system_unknown", N_("There is no system “%(code)s”."), code=code)
    return sorted(set(codes))


def _tell(contract: Contract, told: Mapping[str, Any], suppliers: _Suppliers, on: date) -> None:
    """Take over what was told, and what follows from it: its days, and how it is found and sorted."""
    for name in OWN:
        if name in told:
            setattr(contract, name, told[name])
    contract.name = str(contract.name or "").strip()
    if not contract.name:
        raise Refusal("name_missing", N_("A contract must have a name."))
    for name, choices in _CHOICES.items():
        if getattr(contract, name) not in choices.values:
            raise Refusal("choice_unknown", N_("“%(found)s” is none of the answers."), found=getattr(contract, name))
    if "supplier" in told or "supplier_number" in told:
        old = contract.supplier
        number = _number(str(told.get("supplier_number", old.number if old else "") or ""))
        contract.supplier = suppliers.named(str(told.get("supplier", old.name if old else "") or ""), number)
    if "framework" in told and told["framework"] != (contract.framework.code if contract.framework else ""):
        contract.framework = _framework(told["framework"], on)
    contract.received = {**contract.received, **told.get("received", {})}
    contract.sort_key = sort_key(contract.name)
    supplier = [contract.supplier.name, contract.supplier.number] if contract.supplier else []
    words = [contract.name, contract.number, contract.code, contract.category, *supplier]
    contract.search_key = " ".join(words).casefold()
    for fault in engine.validate(terms) if (terms := rules.terms_of(contract)) else ():
        raise fault
    _reckon(contract, on)


def _number(text: str) -> str:
    number = organisation_number(text) if text.strip() else ""
    if number is None:
        message = N_("“%(found)s” is no organisation number: the last figure does not fit the others.")
        raise Refusal("supplier_number_invalid", message, found=text)
    return number


def _framework(code: str, on: date) -> Contract | None:
    """Return the framework a call-off is made from."""
    if not code:
        return None
    found = Contract.objects.select_for_update(of=("self",)).filter(code=code, kind=Kind.FRAMEWORK).first()
    if found is None:
        raise Refusal("framework_unknown", N_("There is no framework agreement “%(code)s”."), code=code)
    if found.ceiling_ore and queries.called_off(found) >= found.ceiling_ore:
        message = N_("The ceiling of “%(name)s” is reached: nothing more can be called off it.")
        raise Refusal("framework_spent", message, name=found.name)
    if found.last_date and found.last_date < on:
        raise Refusal("framework_ended", N_("“%(name)s” has ended: nothing can be called off it."), name=found.name)
    return found


def _reckon(contract: Contract, on: date) -> None:
    found = rules.outlook(contract, on)
    decision = engine.next_decision(found, on) if found else None
    contract.last_date = found.end if found else contract.end_date
    contract.next_date = decision.day if decision else None
    contract.next_step = decision.step if decision else ""


def _shown(contract: Contract, systems: Sequence[str]) -> dict[str, Any]:
    return queries.told_of(contract, OWN, systems=", ".join(systems))


def remind(*, municipality: Any, on: date, by: Any, at: datetime, base_url: str) -> int:
    """Ask whoever answers for each contract what is to become of it, until they have said; returns how many mails.

    First `FIRST_ASKED` days before the day, then every `ASKED_AGAIN` days, more often in the last month. Whoever owns
    the contract is asked; without an owner those who may change contracts; after every `ESCALATED_AFTER` reminders
    the managers one step further up the line are told too.
    """
    count = 0
    for contract, day in queries.to_ask(on, on + timedelta(FIRST_ASKED)):
        with operation(log=municipality.key, by=by, at=at) as journal:
            decision, _ = Decision.objects.select_for_update(of=("self",)).get_or_create(
                municipality=municipality, contract=contract, day=day, step=contract.next_step
            )
            if not queries.is_due(decision, on):  # another worker has asked meanwhile
                continue
            for person in _asked(contract, decision, on):
                with translation.override(person.language):
                    subject, body = words.reminder(contract, decision, person, base_url, on)
                queue_mail(municipality=municipality, to=person, topic=f"contract {decision.key} {decision.asked}",
                           subject=subject, body=body, by=by, at=at)  # fmt: skip
                count += 1
            decision.asked, decision.asked_on = decision.asked + 1, on
            decision.save()
            journal.record("remind", "contract", contract.key, after={"asked": decision.asked})
    return count


def _asked(contract: Contract, decision: Decision, on: date) -> list[Any]:
    """Return whoever owns it, and one line more of managers above for each `ESCALATED_AFTER` reminders unanswered."""
    owner = people.owner_of("contract", contract.key)
    if owner is None or decision.answer == Answer.NOT_MINE:
        return people.holders("edit_contracts", on)
    asked, line = [owner], [owner]
    for _ in range(decision.asked // ESCALATED_AFTER):
        above = [each for below in line for each in people.line_managers(below, tree(on), on)]
        line = [each for each in dict.fromkeys(above) if each not in asked]
        asked += line
    return asked


def decide(
    *, contract: Contract, day: date, step: str, answer: str, by: Any, at: datetime, as_a_service: str = "",
    reason: str = "",
) -> Decision:  # fmt: skip
    """Answer what is to become of a contract. Nothing else about it changes: notice is given outside.

    Refuses ``answer_missing``, ``answered_already``, ``service_not_considered`` (to extend without saying whether
    buying it as a service was considered) and ``reason_missing`` (to say that it is somebody else's).
    """
    with operation(log=contract.municipality.key, by=by, at=at) as journal:
        decision, _ = Decision.objects.select_for_update(of=("self",)).get_or_create(
            municipality=contract.municipality, contract=contract, day=day, step=step
        )
        if decision.answer and decision.answer != Answer.NOT_MINE:
            raise Refusal("answered_already", N_("This has been answered already."))
        if answer not in Answer.values:
            raise Refusal("answer_missing", N_("Choose what is to become of it."))
        if answer == Answer.EXTEND and as_a_service not in ("yes", "no"):
            message = N_("Say whether buying it as a service was considered: that is asked at every extension.")
            raise Refusal("service_not_considered", message)
        if answer == Answer.NOT_MINE and not reason.strip():
            raise Refusal("reason_missing", N_("Say whose it is, as far as you know."))
        decision.answer, decision.as_a_service, decision.reason = answer, as_a_service, reason.strip()
        decision.answered_at, decision.answered_by_key = at, str(by.key)
        decision.save()
        told = {"date": day.isoformat(), "answer": answer, "as_a_service": as_a_service, "comment": decision.reason}
        journal.record("decide", "contract", contract.key, after=told)
    return decision
