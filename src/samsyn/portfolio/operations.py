"""Say what systems do, and ask which would be enough: the only verbs that write it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import Journal, operation
from samsyn.intake import operations as intake
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import tree, unit_names
from samsyn.portfolio import imports, queries
from samsyn.portfolio.models import Ability, Capability, Portfolio, Profile
from samsyn.systems.queries import names_by_code, system_codes, users_by_system

Said = tuple[str, Iterable[str], bool]  # what it is called, for which units, whether others could too
STALE = N_("Somebody else has changed this since you opened it.")


def say(
    *, municipality: Any, system_code: str, does: Iterable[Said], told: Mapping[str, Any], known: int | None,
    confirm: bool, by: Any, at: datetime,
) -> Profile:  # fmt: skip
    """Say all that a system does, and what leaving it takes.

    ``told``: ``bound`` with ``bound_reason``, ``exit_cost_ore``, ``join_cost_ore``. ``known`` is the version that was
    read (None: nothing was there); ``confirm`` tells that its owner says so, without it what is said is a claim.
    Refuses ``stale_version``, ``unit_unknown``, ``reason_missing`` for a bound without one, ``negative_amount`` and
    ``nothing_to_confirm``.
    """
    said = [(name.strip(), frozenset(units), more) for name, units, more in does if name.strip()]
    with operation(log=municipality.key, by=by, at=at) as journal:
        profile = Profile.objects.select_for_update().filter(system_code=system_code).first()
        if (profile.version if profile else None) != known:
            raise Refusal("stale_version", STALE)
        _refuse_nonsense(said, told, confirm, set(queries.places(tree(local_day(at)))))
        before = _shown(profile)
        profile = profile or Profile(municipality=municipality, system_code=system_code, version=0)
        for name in ("bound", "bound_reason", "exit_cost_ore", "join_cost_ore"):
            setattr(profile, name, told.get(name, getattr(profile, name)))
        profile.version += 1
        profile.confirmed_at, profile.confirmed_by_key = (at, str(by.key)) if confirm else (None, "")
        profile.save()
        made = _capabilities(municipality, [name for name, _, _ in said])
        profile.abilities.all().delete()
        Ability.objects.bulk_create(
            Ability(municipality=municipality, profile=profile, capability=made[name.casefold()],
                    unit_codes=sorted(units), could_more=more)
            for name, units, more in {name.casefold(): (name, units, more) for name, units, more in said}.values()
        )  # fmt: skip
        _record(journal, profile, before, confirm)
    return profile


def _record(journal: Journal, profile: Profile, before: Mapping[str, Any], confirm: bool) -> None:
    after = _shown(profile)
    if confirm:
        journal.record("confirm", "abilities", profile.key, before=before, after=after, version=profile.version)
    else:
        journal.record("say", "abilities", profile.key, before=before, after=after, version=profile.version)


def _refuse_nonsense(
    does: list[tuple[str, frozenset[str], bool]], told: Mapping[str, Any], confirm: bool, places: set[str]
) -> None:
    for name, units, _ in does:
        for code in sorted(units - places):
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=code)
        if not units:
            raise Refusal("for_nobody", N_("Say for whom it does “%(name)s”."), name=name)
    if told.get("bound") and not str(told.get("bound_reason", "")).strip():
        raise Refusal("reason_missing", N_("Say why it cannot be left."))
    if min((told.get(name) or 0) for name in ("exit_cost_ore", "join_cost_ore")) < 0:
        raise Refusal("negative_amount", N_("A cost cannot be below 0."))
    if confirm and not does:
        raise Refusal("nothing_to_confirm", N_("Say first what it does."))


def _shown(profile: Profile | None) -> dict[str, Any]:
    """Return what the history keeps, in words a person reads."""
    if profile is None or profile.pk is None:
        return {}
    names = unit_names()
    does = (
        f"{each.capability.name} ({', '.join(names.get(code, code) for code in each.unit_codes)})"
        for each in queries.abilities_of(profile)
    )
    return {
        "system": names_by_code().get(profile.system_code, profile.system_code), "does": "; ".join(does),
        "bound": profile.bound, "bound_reason": profile.bound_reason, "exit_cost_ore": profile.exit_cost_ore,
        "join_cost_ore": profile.join_cost_ore,
    }  # fmt: skip


def _capabilities(municipality: Any, names: Iterable[str]) -> dict[str, Capability]:
    """Return capabilities by name in small letters; those nobody has named before are made."""
    known = {each.search_key: each for each in Capability.objects.all()}
    number = max((int(each.code[1:]) for each in known.values()), default=0)
    made = []
    for name in names:
        if name.casefold() not in known:
            number += 1
            known[name.casefold()] = Capability(
                municipality=municipality, code=f"C{number:03d}", name=name, search_key=name.casefold(),
                sort_key=sort_key(name),
            )  # fmt: skip
            made.append(known[name.casefold()])
    Capability.objects.bulk_create(made)
    return known


def load_capabilities(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False
) -> Loaded:
    """Load a list of what systems do; it adds, and takes nothing away. What a list says is a claim until confirmed.

    ``status``: committed, duplicate (nothing new in it), refused (nothing loaded) or dry-run.
    """
    standing = queries.standing_for(tree(local_day(at)))
    names = unit_names()
    places = {label.casefold(): standing[code] for code, label in names.items() if code in standing}
    places |= {code.casefold(): units for code, units in standing.items()}
    users = {
        code: frozenset().union(*(standing.get(unit, frozenset()) for unit in units))
        for code, units in users_by_system().items()
    }
    plan = imports.plan(file, queries.known_abilities(), system_codes(), places, users)
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not plan.does:
        status = "duplicate"
    if status == "committed":
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _write(municipality, plan)
            told_of = {"name": name, "added": plan.new, "changed": len(plan.does) - plan.new}
            journal.record("load", "capabilities", raw.key, after=told_of)
    return Loaded(status, len(file.rows), plan.new, len(plan.does) - plan.new, plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def _write(municipality: Any, plan: imports.Plan) -> None:
    """Write what a list says side by side; whose system it changes has to confirm anew."""
    made = _capabilities(municipality, plan.names.values())
    profiles = {each.system_code: each for each in Profile.objects.filter(system_code__in=plan.does)}
    fresh = [Profile(municipality=municipality, system_code=code) for code in plan.does if code not in profiles]
    Profile.objects.bulk_create(fresh, batch_size=500)
    for each in profiles.values():
        each.version, each.confirmed_at, each.confirmed_by_key = each.version + 1, None, ""
    Profile.objects.bulk_update(profiles.values(), ["version", "confirmed_at", "confirmed_by_key"], batch_size=500)
    profiles |= {each.system_code: each for each in fresh}
    Ability.objects.filter(profile__in=profiles.values()).delete()
    Ability.objects.bulk_create(
        (
            Ability(municipality=municipality, profile=profiles[code], capability=made[name],
                    unit_codes=sorted(units), could_more=more)
            for code, done in plan.does.items() for name, (units, more) in done.items()
        ),
        batch_size=500,
    )  # fmt: skip


def ask(*, municipality: Any, name: str, capabilities: Iterable[str], years: int, by: Any, at: datetime) -> Portfolio:
    """Ask which systems would be enough for some capabilities (all, where none is named) over some years.

    Refuses ``name_missing``, ``capability_unknown`` and ``years_wrong`` (1 to 10).
    """
    if not name.strip():
        raise Refusal("name_missing", N_("Give it a name."))
    if not 1 <= years <= 10:
        raise Refusal("years_wrong", N_("Count over 1 to 10 years."))
    known = {each.code for each in queries.capabilities()}
    for code in sorted(set(capabilities) - known):
        raise Refusal("capability_unknown", N_("There is no capability “%(code)s”."), code=code)
    with operation(log=municipality.key, by=by, at=at) as journal:
        last = Portfolio.objects.order_by("-pk").values_list("code", flat=True).first()
        portfolio = Portfolio.objects.create(
            municipality=municipality, code=f"P{int(last[1:]) + 1 if last else 1:03d}", name=name.strip(),
            capabilities=sorted(set(capabilities)), years=years, asked_at=at,
        )  # fmt: skip
        journal.record("ask", "portfolio", portfolio.key, after={"name": portfolio.name, "years": years})
    return portfolio


def assume(
    *, portfolio: Portfolio, assumed: Mapping[str, Mapping[str, Any]], unneeded: Iterable[str], years: int,
    known: int, by: Any, at: datetime,
) -> Portfolio:  # fmt: skip
    """Count with other figures than those that stand there, or without some needs.

    ``assumed``: {system: {``yearly_cost_ore``, ``exit_cost_ore``, ``join_cost_ore``, ``bound``, ``more``, and
    ``end_date`` and ``notice_date`` as text}}, only what differs;
    ``unneeded``: "capability|unit". Refuses ``stale_version``, ``negative_amount`` and ``years_wrong``.
    """
    if not 1 <= years <= 10:
        raise Refusal("years_wrong", N_("Count over 1 to 10 years."))
    if any(each.get(name, 0) < 0 for each in assumed.values() for name in queries.ASSUMED if name.endswith("_ore")):
        raise Refusal("negative_amount", N_("A cost cannot be below 0."))
    with operation(log=portfolio.municipality.key, by=by, at=at) as journal:
        portfolio = Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
        if portfolio.version != known:
            raise Refusal("stale_version", STALE)
        before = _assumptions(portfolio)
        portfolio.assumed = {code: dict(each) for code, each in assumed.items() if each}
        portfolio.unneeded, portfolio.years = sorted(set(unneeded)), years
        portfolio.version += 1
        portfolio.save()
        after = _assumptions(portfolio)
        journal.record("assume", "portfolio", portfolio.key, before=before, after=after, version=portfolio.version)
    return portfolio


def _assumptions(portfolio: Portfolio) -> dict[str, Any]:
    names = names_by_code()
    assumed = [f"{names.get(code, code)} {sorted(each.items())}" for code, each in sorted(portfolio.assumed.items())]
    return {"name": portfolio.name, "years": portfolio.years, "assumed": "; ".join(assumed),
            "unneeded": ", ".join(portfolio.unneeded)}  # fmt: skip
