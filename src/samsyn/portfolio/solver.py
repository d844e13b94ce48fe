"""Find the best set of systems with the solver HiGHS; what it finds is counted and checked again by the engine."""

from collections.abc import Mapping
from datetime import date
from math import gcd
from typing import Any, Literal

import numpy as np

from samsyn.core.refusals import N_, Refusal
from samsyn.portfolio.engine import Case, Choice, Need, faults, leaving_ore

Aim = Literal["fewest", "cheapest", "over_years"]
SECONDS = 20.0
Variable = tuple[str, ...]
Form = Mapping[Variable, int]  # variable → whole weight
Row = tuple[int, int, dict[int, int]]


def solve(case: Case, aim: Aim, on: date, years: int) -> Choice:
    """Return the set of systems that meets every need and is best by an aim; proven, not guessed.

    ``fewest`` systems, then the lowest yearly cost; ``cheapest`` a year, then fewest; ``over_years``: the lowest sum of
    yearly costs, leaving and joining over ``years``, then fewest. Between equals the lowest such sum decides in all,
    and last how few have to move.
    Set covering with assignment as a 0/1 programme: keep[s], serve[need, s] ≤ keep[s], Σ serve[need] = 1,
    join[unit, s] ≥ serve. The aims are taken one after the other, each held while the next is sought; all weights are
    whole numbers divided by their greatest common divisor, and a value counts as proven when the solver's bound is
    less than one such unit below it. Refuses ``not_solved`` when the time is up before that.
    Source: HiGHS, Huangfu and Hall (2018); docs/algorithms/portfolio.md.
    """
    able = case.able
    names, rows = _programme(case, able)
    model, values = _model(names, rows), dict.fromkeys(names, 0)
    for form in _forms(case, aim, on, years):
        values = _best(model, names, form)
    kept = tuple(sorted(name[1] for name, value in values.items() if name[0] == "keep" and value))
    served = {need: code for need, systems in able.items() for code in systems if values["serve", *need, code]}
    choice = Choice(kept, served)
    if wrong := faults(case, choice):
        raise Refusal("not_solved", N_("No set was proven to be the best (%(why)s)."), why="; ".join(wrong))
    return choice


def _programme(case: Case, able: Mapping[Need, list[str]]) -> tuple[dict[Variable, int], list[Row]]:
    """Return the variables with their places, and what holds between them as (least, most, weights)."""
    names: dict[Variable, int] = {}
    rows: list[Row] = []

    def place(*name: str) -> int:
        return names.setdefault(name, len(names))

    for code, system in case.systems.items():
        keep = place("keep", code)
        if system.bound:
            rows.append((1, 1, {keep: 1}))
    served = case.served
    for (capability, unit), systems in able.items():
        serving = {code: place("serve", capability, unit, code) for code in systems}
        rows.append((1, 1, dict.fromkeys(serving.values(), 1)))
        for code, serve in serving.items():
            rows.append((-1, 0, {serve: 1, place("keep", code): -1}))
            if (unit, code) not in served:
                rows.append((-1, 0, {serve: 1, place("join", unit, code): -1}))
    return names, rows


def _model(names: Mapping[Variable, int], rows: list[Row]) -> Any:
    import highspy  # half a second that only those who ask for a set wait for

    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", SECONDS),
                        ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0), ("mip_feasibility_tolerance", 1e-9)):  # fmt: skip
        model.setOptionValue(name, value)
    size = len(names)
    model.addVars(size, np.zeros(size), np.ones(size))
    every = np.arange(size, dtype=np.int32)
    model.changeColsIntegrality(size, every, np.full(size, highspy.HighsVarType.kInteger))
    for least, most, weights in rows:
        _hold(model, least, most, weights)
    return model


def _hold(model: Any, least: int | float, most: int, weights: Mapping[int, int]) -> None:
    places, values = np.array(list(weights), dtype=np.int32), np.array(list(weights.values()), dtype=np.float64)
    model.addRow(least, most, len(weights), places, values)


def _forms(case: Case, aim: Aim, on: date, years: int) -> list[Form]:
    """Return the sums to make small, one after the other: the aim first, then what decides between equals."""
    number: Form = {("keep", code): 1 for code in case.systems}
    yearly: Form = {("keep", code): each.yearly_ore or 0 for code, each in case.systems.items()}
    pairs = sorted({(need[1], code) for need, systems in case.able.items() for code in systems} - case.served)
    moved: Form = {("join", *pair): 1 for pair in pairs}
    # who leaves a system pays the rest of its contract: keeping it spares that
    long: Form = {
        ("keep", code): (each.yearly_ore or 0) * years - leaving_ore(each, on, years)
        for code, each in case.systems.items()
    } | {("join", unit, code): case.systems[code].join_ore for unit, code in pairs}
    return {
        "fewest": [number, yearly, long, moved], "cheapest": [yearly, number, long, moved],
        "over_years": [long, number, moved],
    }[aim]  # fmt: skip


def _best(model: Any, names: Mapping[Variable, int], form: Form) -> dict[Variable, int]:
    """Make one sum as small as it gets, hold it there, and return what every variable is."""
    unit = gcd(*form.values()) or 1
    weights = {names[name]: weight // unit for name, weight in form.items() if weight}
    costs = np.zeros(len(names))
    costs[list(weights)] = list(weights.values())
    model.changeColsCost(len(names), np.arange(len(names), dtype=np.int32), costs)
    model.run()
    status = model.modelStatusToString(model.getModelStatus())
    found = [round(each) for each in model.getSolution().col_value]
    value = sum(weight * found[place] for place, weight in weights.items())
    if status != "Optimal" or (weights and model.getInfo().mip_dual_bound <= value - 1):
        raise Refusal("not_solved", N_("No set was proven to be the best (%(why)s)."), why=status)
    _hold(model, -model.getInfinity(), value, weights)
    return {name: found[place] for name, place in names.items()}
