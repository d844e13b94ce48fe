"""Hold what was bought against what has been agreed: on an agreement, outside, or from nobody knows whom. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from samsyn.core.organisation_numbers import organisation_number
from samsyn.formats.company_names import first_named, name_key, named_in, plain

ON, OUTSIDE, UNKNOWN = KINDS = ("on", "outside", "unknown")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody agreements are made with: ``number`` ten or eight digits or "", ``spelling`` its `name_key`."""

    key: str
    name: str
    number: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What holds with a supplier from one day to another, both counted; None is open.

    ``accounts``: what it covers, as (first, last), both with all accounts that begin as they do; none is everything.
    ``ceiling``: the öre it may come to in all, 0 for no end; ``called``: (day, öre) called off it; ``spent``: the day
    its ceiling was reached, after which it covers nothing.
    """

    supplier: str
    code: str
    first: date | None = None
    last: date | None = None
    accounts: tuple[tuple[str, str], ...] = ()
    ceiling: int = 0
    called: tuple[tuple[date, int], ...] = ()
    spent: date | None = None

    def covers(self, account: str) -> bool:
        """Tell whether it covers what is booked on an account."""
        within = (first <= account[: len(first)] and account[: len(last)] <= last for first, last in self.accounts)
        return not self.accounts or any(within)

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.first or day) <= day <= (self.last or day)

    def is_spent(self, day: date) -> bool:
        """Tell whether its ceiling had been reached before a day."""
        return self.spent is not None and self.spent < day


class Words(NamedTuple):
    """What the books say of whom something was bought from."""

    number: str = ""
    name: str = ""
    text: str = ""


class Seller(NamedTuple):
    """Whom something was bought from; ``by`` is how that is known: number, name, text, or "" where it is not."""

    key: str
    name: str
    by: str
    agreed: bool = False


NOBODY = Seller("", "", "")


def mark(word: str) -> str:
    """Return what stands for a name or number in addresses, which may be a person's."""
    return blake2b(word.encode(), digest_size=8).hexdigest()


class Purchase(NamedTuple):
    """Rows of the books that are alike: a day, a responsibility code, an account, a cost type, the words, öre."""

    day: date
    responsibility: str
    account: str
    cost_type: str
    words: Words
    ore: int


class Bought(NamedTuple):
    """What a responsibility code, or the unit that has it, bought of a seller in a month: ``kind`` is one of `KINDS`.

    ``why`` is what lacks: "none" (no agreement), "other" (agreements about something else), "spent" (its ceiling was
    reached), "ended", "not_begun", or "" where nothing does.
    """

    period: str
    place: str
    seller: Seller
    kind: str
    why: str
    cost_type: str
    ore: int


@dataclass(frozen=True)
class Register:
    """The suppliers with agreements, and the agreements; ``digits`` is how long the country's numbers are."""

    suppliers: tuple[Supplier, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    digits: int = 10

    @cached_property
    def by_number(self) -> dict[str, Supplier]:
        """Return the suppliers by number."""
        return {each.number: each for each in self.suppliers if each.number}

    @cached_property
    def by_spelling(self) -> dict[str, list[Supplier]]:
        """Return the suppliers by spelling; several may share one."""
        return grouped(self.suppliers, lambda each: each.spelling)

    @cached_property
    def widths(self) -> list[int]:
        """Return of how many words the spellings are."""
        return sorted({each.count(" ") + 1 for each in self.by_spelling})

    @cached_property
    def by_supplier(self) -> dict[str, list[Agreement]]:
        """Return the agreements by supplier."""
        return grouped(self.agreements, lambda each: each.supplier)

    def called(self, name: str, number: str = "") -> Seller:
        """Return who has a name; one with another number is somebody else, two of one name are nobody."""
        spelling = name_key(name)
        same = [each for each in self.by_spelling.get(spelling, []) if not (number and each.number)]
        if len(same) > 1 or not spelling:
            return NOBODY
        return self._known(same[0], "name") if same else Seller(mark(spelling), name, "name")

    def _known(self, supplier: Supplier, by: str) -> Seller:
        return Seller(supplier.key, supplier.name, by, supplier.key in self.by_supplier)

    def seller(self, words: Words) -> Seller:
        """Return whom the words of a row name: by number, else by name, else by its text."""
        number = organisation_number(words.number) or ""
        number = number if len(number) == self.digits else ""  # an accounting program's own number may look like one
        if number in self.by_number:
            return self._known(self.by_number[number], "number")
        name = "" if words.name.startswith("[") else words.name.strip()
        if name:
            return self.called(name, number)
        return Seller(mark(number), number, "number") if number else self._told(words.text)

    def _told(self, text: str) -> Seller:
        """Return the one supplier that stands in a text, else the company it begins with."""
        found = named_in(plain(text).split(), self.by_spelling, self.widths)
        # a name within a longer one is that longer one
        found = [key for key in found if not any(key != other and f" {key} " in f" {other} " for other in found)]
        if len(found) > 1:
            return NOBODY
        seller = self.called(found[0] if found else first_named(text))
        return seller._replace(by="text") if seller.key else NOBODY

    def judge(self, seller: Seller, day: date, account: str) -> tuple[str, str]:
        """Return (kind, why) of a purchase on a day, booked on an account."""
        if not seller.key:
            return UNKNOWN, ""
        made = self.by_supplier.get(seller.key, [])
        agreements = [each for each in made if each.covers(account)]
        held = [each for each in agreements if each.holds(day)]
        if held:
            return (OUTSIDE, "spent") if all(each.is_spent(day) for each in held) else (ON, "")
        if not agreements:
            return OUTSIDE, "other" if made else "none"
        return OUTSIDE, "ended" if any(each.last and each.last < day for each in agreements) else "not_begun"

    @cached_property
    def known_as(self) -> Callable[[Words], Seller]:
        """Return what tells whom some words name, as `seller` does, and remembers it."""
        return lru_cache(maxsize=None)(self.seller)

    def judged(self, words: Words, day: date, account: str) -> tuple[Seller, str, str]:
        """Return (seller, kind, why) of what was bought on a day and booked on an account."""
        seller = self.known_as(words)
        return (seller, *self.judge(seller, day, account))


class Taken(NamedTuple):
    """What a ceiling is used up by: öre in all, öre of it that was bought, the day the ceiling was reached."""

    ore: int
    bought: int
    day: date | None


def taken(purchases: Iterable[Purchase], register: Register) -> dict[str, Taken]:
    """Return how much of each ceiling is taken, by agreement: by its call-offs, and by what was bought on it.

    What another agreement with the seller covers too, without a ceiling, is bought on that one. A call-off whose day
    is not known counts, and does not tell when.
    """
    limited = {each.code: each for each in register.agreements if each.ceiling}
    rows: dict[str, list[tuple[date, int]]] = {code: [] for code in limited}
    sellers = {each.supplier for each in limited.values()}
    for each in purchases:
        seller = register.known_as(each.words).key
        if seller not in sellers:
            continue
        held = [one for one in register.by_supplier[seller] if one.covers(each.account) and one.holds(each.day)]
        if held and all(one.ceiling for one in held):
            rows[held[0].code].append((each.day, each.ore))
    return {code: _taken(each, rows[code]) for code, each in limited.items()}


def _taken(agreement: Agreement, rows: list[tuple[date, int]]) -> Taken:
    total, reached = 0, None
    for day, ore in sorted([*agreement.called, *rows]):  # what is paid back on a day comes before what is bought
        total += ore
        if reached is None and total >= agreement.ceiling:
            reached = day
    return Taken(total, sum(ore for _, ore in rows), reached)


def limited(register: Register, found: Mapping[str, Taken]) -> Register:
    """Return the register with the days its ceilings were reached."""
    agreements = tuple(replace(each, spent=found[each.code].day) if each.code in found else each
                       for each in register.agreements)  # fmt: skip
    return replace(register, agreements=agreements)


@dataclass
class Sums:
    """Öre by kind; the three are all there is."""

    on: int = 0
    outside: int = 0
    unknown: int = 0

    @property
    def all(self) -> int:
        """Return the sum of the three."""
        return self.on + self.outside + self.unknown

    def add(self, kind: str, ore: int) -> None:
        """Count in an amount."""
        setattr(self, kind, getattr(self, kind) + ore)


def bought(purchases: Iterable[Purchase], register: Register) -> list[Bought]:
    """Judge every purchase and sum what is alike, in an order that does not depend on theirs."""
    judged = lru_cache(maxsize=None)(register.judged)
    found: dict[Bought, int] = {}
    for day, responsibility, account, cost_type, words, ore in purchases:
        key = Bought(f"{day:%Y-%m}", responsibility, *judged(words, day, account), cost_type, 0)
        found[key] = found.get(key, 0) + ore
    return sorted(key._replace(ore=ore) for key, ore in found.items())


def sums(rows: Iterable[Bought], by: Callable[[Bought], Key]) -> dict[Key, Sums]:
    """Return the sums by kind of each group."""
    found: dict[Key, Sums] = {}
    for row in rows:
        found.setdefault(by(row), Sums()).add(row.kind, row.ore)
    return found


@dataclass(frozen=True)
class Deviation:
    """What a unit bought outside agreements of one seller, and why it counts as that."""

    unit: str
    seller: str
    name: str
    ore: int
    why: frozenset[str] = field(default_factory=frozenset)


def deviations(rows: Iterable[Bought], unit_of: Callable[[Bought], str], large: int) -> list[Deviation]:
    """Return what was bought outside for at least ``large`` öre, per unit and seller, the largest first."""
    groups = grouped((each for each in rows if each.kind == OUTSIDE), lambda each: (unit_of(each), each.seller.key))
    found = [
        Deviation(unit, seller, min(each.seller.name for each in mine), sum(each.ore for each in mine),
                  frozenset(each.why for each in mine))
        for (unit, seller), mine in groups.items()
    ]  # fmt: skip
    return sorted((each for each in found if each.ore >= large), key=lambda each: (-each.ore, each.unit, each.seller))


Item = TypeVar("Item")


def grouped(items: Iterable[Item], by: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return items by what they share, each group in their order."""
    found: dict[Key, list[Item]] = {}
    for each in items:
        found.setdefault(by(each), []).append(each)
    return found
