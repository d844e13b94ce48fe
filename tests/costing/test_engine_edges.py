"""The allocation engine at its edges: what is kept, borrowed and refused."""

from dataclasses import replace
from typing import Any

import pytest

from samsyn.core.refusals import Refusal
from samsyn.costing.engine.allocation import (
    MAX_SUPPORT,
    NOBODY,
    Allocation,
    Flow,
    Model,
    Source,
    allocate,
    reciprocal_shares,
    validate,
)


def refused(*args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        allocate(*args, **kwargs)
    assert "%(" not in caught.value.sentence()
    return caught.value


def simple(**weights: int) -> Model:
    return Model(tuple(Flow("p", to, weight) for to, weight in weights.items()), (), frozenset(), frozenset("xy"))


PAID = [Source("p", "t", 101)]


def paid(amount_ore: int) -> Allocation:
    return allocate([Source("p", "t", amount_ore)], simple(x=1), {"x": {"A": 1}})


def lines(run: Allocation) -> list[list[str]]:
    return [list(row.values()) for row in run.lines().to_pylist()]


def test_cost_without_volume_is_refused_unless_the_model_says_otherwise() -> None:
    fault = refused(PAID, simple(x=1, y=1), {"x": {"A": 1}, "y": {"A": 0}})
    assert (fault.code, fault.facts["name"]) == ("service_without_volume", "y")


def test_cost_without_volume_can_be_kept_on_a_line_of_its_own() -> None:
    run = allocate(PAID, simple(x=1, y=1), {"x": {"A": 1}}, {"y": "keep"})
    assert lines(run) == [["x", "A", "distributed", "51"], ["y", NOBODY, "not_distributed", "50"]]
    assert run.contributions("y") == {("p", "t"): {NOBODY: 50}}
    assert run.difference_ore == 0


def test_lines_come_in_the_order_of_their_services_and_units() -> None:
    run = allocate(PAID, simple(x=1, y=1), {"y": {"b": 1, "a": 1, "B": 1}}, {"x": "keep"})
    assert [line[:2] for line in lines(run)] == [["x", ""], ["y", "B"], ["y", "a"], ["y", "b"]]


def test_cost_without_volume_can_follow_the_last_period_and_says_so() -> None:
    run = allocate(PAID, simple(x=1, y=1), {"x": {"A": 1}}, {"y": "last_period"}, {"y": {"B": 2, "C": 2}})
    assert run.distributed["y"] == {"B": 25, "C": 25}
    assert run.borrowed == ("y",)


def test_the_last_period_is_not_used_where_there_are_volumes_now() -> None:
    run = allocate(PAID, simple(x=1), {"x": {"A": 1}}, {"x": "last_period"}, {"x": {"B": 2}})
    assert (run.distributed["x"], run.borrowed) == ({"A": 101}, ())


def test_a_last_period_without_volume_is_refused() -> None:
    fault = refused(PAID, simple(x=1), {}, {"x": "last_period"}, {"x": {"A": 0}})
    assert fault.code == "service_without_volume"


def test_a_service_without_cost_needs_no_volume_and_gives_lines_of_zero() -> None:
    run = allocate(PAID, simple(x=1), {"x": {"A": 1}, "y": {"A": 3}})
    assert run.distributed == {"x": {"A": 101}, "y": {"A": 0}}
    assert allocate(PAID, simple(x=1), {"x": {"A": 1}}).distributed == {"x": {"A": 101}}


def test_sources_that_cancel_on_a_service_need_no_volume_but_keep_their_origin() -> None:
    sources = [Source("p", "a", 100), Source("p", "b", -100)]
    run = allocate(sources, simple(x=1), {})
    assert lines(run) == []
    assert run.contributions("x") == {("p", "a"): {NOBODY: 100}, ("p", "b"): {NOBODY: -100}}


def test_a_volume_below_zero_is_refused_with_its_place() -> None:
    fault = refused(PAID, simple(x=1), {"x": {"A": 5, "B": -2}})
    assert (fault.code, fault.facts) == ("negative_volume", {"name": "x", "unit": "B", "volume": -2})


def test_a_negative_volume_is_refused_also_where_there_is_no_cost() -> None:
    assert refused(PAID, simple(x=1), {"x": {"A": 1}, "y": {"A": -1}}).code == "negative_volume"


def test_nothing_to_allocate_gives_an_empty_run() -> None:
    run = allocate([], simple(x=1), {})
    assert (lines(run), run.difference_ore) == ([], 0)


def test_a_source_that_comes_to_nothing_asks_nothing_of_the_model() -> None:
    run = allocate([*PAID, Source("q", "t", 5), Source("q", "t", -5)], simple(x=1), {"x": {"A": 1}})
    assert list(run.amounts) == [("p", "t")]


def test_the_seal_changes_with_one_ore() -> None:
    assert paid(101).seal() != paid(102).seal()


def test_amounts_beyond_64_bits_are_sealed() -> None:
    assert lines(paid(2**80)) == [["x", "A", "distributed", str(2**80)]]
    assert len(paid(2**80).seal()) == 64


# What a model may not be


def codes(faults: list[Refusal]) -> list[tuple[str, str]]:
    return [(fault.code, fault.facts["name"]) for fault in faults]


def test_all_faults_of_a_model_are_told_at_once() -> None:
    flows = (
        Flow("a", "b", 1), Flow("b", "a", 1), Flow("c", "x", -1), Flow("x", "a", 1), Flow("c", "nowhere", 1),
    )  # fmt: skip
    model = Model(
        (Flow("p", "a", 1), Flow("empty", "x", 0), Flow("q", "x", 1), Flow("q", "y", 1)),
        flows, frozenset("abcx"), frozenset("xyz"),
    )  # fmt: skip
    faults = validate(model, ["p", "q", "empty", "forgotten"], {"x": {"A": -1, "B": 2}})
    assert codes(faults) == [
        ("support_and_final", "x"),
        ("negative_flow", "c"),
        ("unknown_receiver", "c"),
        ("pool_reaches_nobody", "empty"),
        ("pool_reaches_nobody", "forgotten"),
        ("support_unreachable", "a"),
        ("support_unreachable", "b"),
        ("negative_volume", "x"),
        ("service_without_volume", "y"),
    ]
    assert all("%(" not in fault.sentence() for fault in faults)


def test_a_final_service_that_gives_cost_on_is_a_fault() -> None:
    model = replace(simple(x=1), service_flows=(Flow("x", "y", 1),))
    assert codes(validate(model)) == [("not_a_support_service", "x")]


@pytest.mark.parametrize(
    "edge, last, faults", [("keep", {}, 0), ("last_period", {"y": {"A": 1}}, 0), ("refuse", {}, 1)]
)
def test_the_check_of_volumes_follows_the_rule_for_cost_without_volume(edge: Any, last: Any, faults: int) -> None:
    assert len(validate(simple(y=1), None, {}, {"y": edge}, last)) == faults


def test_cost_in_a_ring_that_leads_nowhere_is_refused_by_name() -> None:
    model = Model((Flow("p", "a", 1),), (Flow("a", "b", 1), Flow("b", "a", 1)), frozenset("ab"), frozenset("x"))
    fault = refused(PAID, model, {})
    assert (fault.code, fault.facts["name"]) == ("support_unreachable", "a")


def test_cost_that_leaks_from_a_sound_ring_into_a_dead_end_is_refused() -> None:
    flows = (Flow("a", "x", 1), Flow("a", "dead", 1), Flow("a", "dead", 1))
    model = Model((Flow("p", "a", 1),), flows, frozenset({"a", "dead"}), frozenset("x"))
    assert refused(PAID, model, {}).facts["name"] == "dead"


def test_a_dead_end_without_cost_stops_nobody() -> None:
    flows = (Flow("a", "x", 1), Flow("a", "dead", 0))
    model = Model((Flow("p", "a", 1), Flow("idle", "dead", 1)), flows, frozenset({"a", "dead"}), frozenset("x"))
    assert allocate(PAID, model, {"x": {"A": 1}}).distributed == {"x": {"A": 101}}
    assert codes(validate(model)) == [("support_unreachable", "dead")]


def test_a_pool_with_cost_and_no_flow_is_refused_by_name() -> None:
    fault = refused([*PAID, Source("q", "t", 1)], simple(x=1), {"x": {"A": 1}})
    assert (fault.code, fault.facts["name"]) == ("pool_reaches_nobody", "q")


def test_a_negative_weight_is_refused_with_its_place() -> None:
    fault = refused(PAID, simple(x=1, y=-3), {"x": {"A": 1}})
    assert (fault.code, fault.facts) == ("negative_flow", {"name": "p", "receiver": "y", "weight": -3})


@pytest.mark.parametrize("extra, fault", [(0, None), (1, "too_many_support_services")])
def test_the_number_of_support_services_has_a_ceiling(extra: int, fault: str | None) -> None:
    names = [f"s{i:03}" for i in range(MAX_SUPPORT + extra)]
    ring = zip(names, names[1:] + names[:1], strict=True)
    flows = (*(Flow(a, b, 2) for a, b in ring), Flow(names[0], "x", 1))
    model = Model((Flow("p", names[5], 1),), flows, frozenset(names), frozenset("x"))
    assert [f.code for f in validate(model)] == ([fault] if fault else [])
    if not fault:
        assert reciprocal_shares(model, ["p"]) == {"p": {"x": 1}}
