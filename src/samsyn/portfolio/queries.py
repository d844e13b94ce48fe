"""Ask what systems do, where several do the same, and which would be enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from samsyn.contracts.queries import ends_of_systems
from samsyn.core.refusals import N_
from samsyn.maintenance.queries import funded
from samsyn.organisation.queries import Tree, tree, unit_names
from samsyn.people.queries import owners_of
from samsyn.portfolio import engine, solver
from samsyn.portfolio.choices import Aim
from samsyn.portfolio.models import Ability, Capability, Portfolio, Profile
from samsyn.systems.queries import in_use, users_by_system
from samsyn.web.removal import Hanging

# what may be assumed of a system in place of what stands there, as `engine.System` takes it; whether others could
# use it (``more``) is assumed of all it does
ASSUMED = ("yearly_cost_ore", "exit_cost_ore", "join_cost_ore", "bound", "end_date", "notice_date")
DAYS = ("end_date", "notice_date")
KEPT_SECONDS = 3600
MANY = 60  # systems; to find the best of more takes longer than anybody waits without a word


def places(nodes: Tree) -> list[str]:
    """Return the administrations of the municipality in their order: for them capabilities are told."""
    found = [each for each in nodes.nodes.values() if each.kind == "administration"]
    return [each.code for each in sorted(found, key=lambda each: (each.sort_key, each.code))]


def standing_for(nodes: Tree) -> dict[str, frozenset[str]]:
    """Return the administrations every unit stands for: its own, or for what lies above them all of those below."""
    every = places(nodes)
    found: dict[str, set[str]] = {}
    for code in nodes.nodes:
        path = [each.code for each in nodes.path(code)]
        found.setdefault(code, set()).update(each for each in path if each in every)
        if code in every:
            for above in path:
                found.setdefault(above, set()).add(code)
    return {code: frozenset(units) for code, units in found.items()}


def functions_not_said(usage: Any, profile: Any) -> list[str]:
    """Return what is listed of a system and not yet said as a capability."""
    said = {each.capability.search_key for each in abilities_of(profile)}
    longest = Capability._meta.get_field("name").max_length or 0
    return [each for each in usage.functions if each.casefold() not in said and len(each) <= longest]


def users_of(system: str, nodes: Tree) -> list[str]:
    """Return the administrations of those who use a system."""
    standing = standing_for(nodes)
    return sorted(frozenset().union(*(standing.get(unit, frozenset()) for unit in users_by_system().get(system, ()))))


def capabilities() -> list[Capability]:
    """Return every capability in the order of their names."""
    return list(Capability.objects.order_by("sort_key", "code"))


def profile_of(system_code: str) -> Profile | None:
    """Return what was said of a system in this room."""
    return Profile.objects.select_related("municipality").filter(system_code=system_code).first()


def abilities_of(profile: Profile | None) -> list[Ability]:
    """Return what a system does."""
    found = profile.abilities.select_related("capability").order_by("capability__sort_key") if profile else []
    return list(found)


def known_abilities() -> dict[str, dict[str, tuple[frozenset[str], bool]]]:
    """Return what every system does: {system: {capability in small letters: (units, whether others could)}}."""
    found: dict[str, dict[str, tuple[frozenset[str], bool]]] = {}
    rows = Ability.objects.values_list("profile__system_code", "capability__search_key", "unit_codes", "could_more")
    for system, capability, units, more in rows:
        found.setdefault(system, {})[capability] = (frozenset(units), more)
    return found


def case_of(on: date, assumed: Mapping[str, Mapping[str, Any]] | None = None) -> engine.Case:
    """Return the systems in use on a day that have said what they do, as the engine counts on them.

    ``assumed`` puts other figures in the place of what stands there.
    """
    assumed, used = assumed or {}, in_use(on)
    ends, profiles = ends_of_systems(on), {each.system_code: each for each in Profile.objects.all()}
    rows = Ability.objects.order_by("capability__code", "profile__system_code")
    abilities = [
        engine.Ability(capability, system, frozenset(units), assumed.get(system, {}).get("more", more))
        for capability, system, units, more in rows.values_list(
            "capability__code", "profile__system_code", "unit_codes", "could_more"
        )
        if system in used and units
    ]
    systems = {
        code: _system(code, used[code], profiles[code], ends.get(code), assumed.get(code, {}))
        for code in sorted({each.system for each in abilities})
    }
    return engine.Case(systems, abilities)


def _system(code: str, usage: Any, profile: Profile, ends: Any, assumed: Mapping[str, Any]) -> engine.System:
    """Return a system as it is counted on; its contract's end is that of the last contract, else what was answered."""
    end, notice = ends or (usage.contract_end_date, None)
    stands = {
        "yearly_cost_ore": usage.yearly_cost_ore, "exit_cost_ore": profile.exit_cost_ore,
        "join_cost_ore": profile.join_cost_ore, "bound": bool(profile.bound),
        "end_date": end, "notice_date": notice,
    }  # fmt: skip
    assumed = {**assumed, **{name: date.fromisoformat(assumed[name]) for name in DAYS if name in assumed}}
    told = {name: assumed.get(name, stands[name]) for name in ASSUMED}
    return engine.System(code, *(told[name] for name in ASSUMED))


def doubled(on: date) -> list[engine.Doubled]:
    """Return the capabilities more than one system has on a day, what costs most first."""
    return engine.doubled(case_of(on))


def tally() -> dict[str, int]:
    """Return how many systems have said what they do, and for how many their owner has confirmed it."""
    said = Profile.objects.filter(abilities__isnull=False).distinct()
    return {"said": said.count(), "confirmed": said.exclude(confirmed_at=None).count()}


def portfolios() -> list[Portfolio]:
    """Return the questions that were asked, the newest first."""
    return list(Portfolio.objects.order_by("-asked_at", "code"))


def portfolio_with_code(code: str) -> Portfolio | None:
    """Return a question by its number."""
    return Portfolio.objects.select_related("municipality").filter(code=code).first()


@dataclass(frozen=True)
class Option:
    """One answer: what it aims at, which systems are kept, what it comes to, and who goes where."""

    aim: str
    choice: engine.Choice
    count: engine.Count
    moves: list[engine.Move]


@dataclass(frozen=True)
class Asked:
    """A question with what it takes: its case, and what still stands in the way of an answer.

    ``unconfirmed``: systems whose owner has not said that what is known of them is right; ``costless``: those whose
    yearly cost nobody has said or assumed.
    """

    portfolio: Portfolio
    case: engine.Case
    capabilities: frozenset[str]
    unconfirmed: tuple[str, ...]
    costless: tuple[str, ...]


def asked(portfolio: Portfolio, on: date) -> Asked:
    """Return a question with everything that hangs together with the capabilities it asks about."""
    whole = case_of(on, portfolio.assumed)
    wanted = portfolio.capabilities or {each.capability for each in whole.abilities}
    reached, systems = engine.reached(whole.abilities, wanted)
    unneeded = frozenset((each.partition("|")[0], each.partition("|")[2]) for each in portfolio.unneeded)
    case = engine.Case(
        {code: each for code, each in whole.systems.items() if code in systems},
        [each for each in whole.abilities if each.system in systems], unneeded,
    )  # fmt: skip
    confirmed = set(Profile.objects.exclude(confirmed_at=None).values_list("system_code", flat=True))
    costless = tuple(code for code, each in case.systems.items() if each.yearly_ore is None)
    return Asked(portfolio, case, frozenset(reached), tuple(sorted(systems - confirmed)), costless)


def paid_by_others(option: Option, on: date) -> dict[str, list[Any]]:
    """Return the outside money whose conditions still hold, by the number of each system that an answer leaves."""
    used, by_key = in_use(on), funded(on)
    found = {each.system: by_key.get(str(used[each.system].key), []) for each in option.moves if each.system in used}
    return {code: money for code, money in found.items() if money}


def option(question: Asked, aim: str, on: date) -> Option:
    """Return the best set by one aim, or the same as before where nothing has changed since."""
    years, case = question.portfolio.years, question.case
    key = _place(question, aim, on)
    choice = cache.get(key)
    if choice is None:
        choice = solver.solve(case, Aim(aim).value, on, years)  # type: ignore[arg-type]
        cache.set(key, choice, KEPT_SECONDS)
    count = engine.count(case, choice, on, years)
    return Option(aim, choice, count, engine.moves(case, choice))


def _place(question: Asked, aim: str, on: date) -> str:
    """Return where an answer is kept: it holds while nothing it was counted with has changed."""
    case = question.case
    of = repr((sorted(case.systems.items()), case.abilities, sorted(case.unneeded), question.portfolio.years, on))
    # frozen sets of text are written in an order that differs between processes; this cache lives in one
    return f"portfolio:{aim}:{sha256(of.encode()).hexdigest()}"


def takes_long(question: Asked, on: date) -> bool:
    """Tell whether the answers to a question take seconds to find: there are many systems, and nobody has asked yet."""
    if len(question.case.systems) <= MANY:
        return False
    return any(cache.get(_place(question, aim, on)) is None for aim in _aims(question))


def _aims(question: Asked) -> list[Aim]:
    return [Aim.FEWEST] if question.costless else list(Aim)


def options(question: Asked, on: date) -> list[Option]:
    """Return the answers, by what they aim at; those by cost only where every cost is known."""
    return [option(question, aim, on) for aim in _aims(question)] if question.case.systems else []


def keys_of(systems: Iterable[str], on: date) -> dict[str, str]:
    """Return the keys of some systems in use."""
    used = in_use(on)
    return {code: str(used[code].key) for code in systems if code in used}


def owners(systems: Iterable[str], on: date) -> dict[str, Any]:
    """Return who has accepted to own each of some systems."""
    keys = keys_of(systems, on)
    held = owners_of("system", keys.values())
    return {code: held[key] for code, key in keys.items() if key in held}


def names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of capabilities and units by code."""
    return dict(Capability.objects.values_list("code", "name")), unit_names()


def today_tree(on: date) -> Tree:
    """Return the organisation of a day."""
    return tree(on)


def hanging_on_system(usage: Any) -> list[Hanging]:
    """Return what a system is said to do: who asks which systems are enough counts on it."""
    found = abilities_of(profile_of(usage.code))
    return [Hanging(N_("what it does"), each.capability.name, "does", (usage.code,)) for each in found]
