"""Read a model version's document into what the engines take. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from samsyn.core.intervals import holds
from samsyn.core.refusals import N_, Refusal
from samsyn.costing.engine.allocation import Edge, Flow, Model, Volumes
from samsyn.costing.engine.classify import PARTS, WORDS, Rule, in_order

Row = dict[str, Any]
Content = Mapping[str, list[Row]]


class _Validity:
    """The validity of a row, as `holds` asks for it."""

    def __init__(self, row: Row) -> None:
        self.valid_from = date.fromisoformat(row["valid_from"])
        self.valid_until = date.fromisoformat(row["valid_until"]) if row.get("valid_until") else None


def valid_rows(content: Content, part: str, on: date) -> list[Row]:
    """Return the rows of one part that hold on a day."""
    return [row for row in content.get(part, []) if holds(_Validity(row), on)]


def services(content: Content, on: date) -> dict[str, Row]:
    """Return the services that hold on a day, by code."""
    return {row["code"]: row for row in valid_rows(content, "services", on)}


def decision(content: Content, code: str) -> Row | None:
    """Return one registered decision; None means what rests on it is only claimed."""
    return next((row for row in content.get("decisions", []) if row["code"] == code), None) if code else None


def rules(content: Content) -> list[Rule]:
    """Return the classification rules in the order they are asked."""
    return in_order([_rule(row) for row in content.get("rules", [])])


def _rule(row: Row) -> Rule:
    ranges = tuple(
        (part, row[f"{part}_from"] or row[f"{part}_to"], row[f"{part}_to"] or row[f"{part}_from"])
        for part in PARTS
        if row.get(f"{part}_from") or row.get(f"{part}_to")
    )
    validity = _Validity(row)
    return Rule(
        code=row["code"], priority=row["priority"], outcome=row["outcome"], ranges=ranges,
        words=tuple((name, row[name]) for name in WORDS if row.get(name)), pool=row["pool"],
        cost_type=row["cost_type"], months=row["months"] or 1, valid_from=validity.valid_from,
        valid_until=validity.valid_until, decision=row.get("decision", ""),
    )  # fmt: skip


def model(content: Content, on: date, volumes: Volumes | None) -> Model:
    """Return the flows that hold on a day, volumes resolved to weights (None: not counted yet, all alike)."""
    known = services(content, on)
    support = frozenset(code for code, row in known.items() if row["kind"] == "support")
    pools = {row["code"] for row in content.get("pools", [])}
    flows = valid_rows(content, "flows", on)
    unknown = sorted({row["from"] for row in flows} - pools - support)
    if unknown:
        raise Refusal(
            "unknown_giver",
            N_("A flow comes from “%(name)s”, which is neither a cost pool nor a support service."),
            name=unknown[0],
        )
    drawn = None if volumes is None else {service: sum(units.values()) for service, units in volumes.items()}
    return Model(
        pool_flows=tuple(_flow(row, drawn) for row in flows if row["from"] in pools),
        service_flows=tuple(_flow(row, drawn) for row in flows if row["from"] not in pools),
        support=support,
        final=frozenset(known) - support,
    )


def _flow(row: Row, drawn: Mapping[str, int] | None) -> Flow:
    weight = row["weight"]
    if row["driver"] == "volume" and drawn is not None:
        # a weight beside a volume says how much one piece draws
        weight *= drawn.get(row["volume_service"] or row["to"], 0)
    return Flow(row["from"], row["to"], weight)


def edges(content: Content, on: date) -> dict[str, Edge]:
    """Return, per service, what happens to cost without volume."""
    return {code: row["no_volume"] or "refuse" for code, row in services(content, on).items()}


def faults(content: Content) -> list[Refusal]:
    """Return what is wrong within the document itself: doubled codes, overlaps, names of nothing."""
    found: list[Refusal] = []
    for part in ("pools", "cost_types", "rules", "decisions"):
        found += _doubled(content.get(part, []), lambda row: row["code"])
    found += _overlapping(content.get("services", []), lambda row: row["code"])
    found += _overlapping(content.get("flows", []), lambda row: f"{row['from']} → {row['to']}")
    pools = {row["code"] for row in content.get("pools", [])}
    types = {row["code"] for row in content.get("cost_types", [])}
    decisions = {row["code"] for row in content.get("decisions", [])}
    for row in content.get("rules", []):
        if row["outcome"] == "it" and (row["pool"] not in pools or row["cost_type"] not in types):
            message = N_("The rule %(name)s says IT but names no known cost pool and cost type.")
            found.append(Refusal("rule_without_pool", message, name=row["code"]))
    for row in [*content.get("rules", []), *content.get("services", [])]:
        if row.get("decision") and row["decision"] not in decisions:
            message = N_("%(name)s rests on the decision “%(decision)s”, which is not in the model.")
            found.append(Refusal("unknown_decision", message, name=row["code"], decision=row["decision"]))
    for row in content.get("services", []):
        if row["kind"] == "final" and row["mode"] == "price" and row["price_kr"] is None:
            found.append(Refusal("price_missing", N_("%(name)s is charged at a price but has none."), name=row["code"]))
        if row["kind"] == "final" and not row["mode"]:
            found.append(Refusal("mode_missing", N_("%(name)s does not say how it is charged."), name=row["code"]))
    return found


def _doubled(rows: Iterable[Row], name: Any) -> list[Refusal]:
    seen: set[str] = set()
    found = []
    for row in rows:
        code = name(row)
        if code in seen:
            found.append(Refusal("code_twice", N_("“%(name)s” stands twice in the model."), name=code))
        seen.add(code)
    return found


def _overlapping(rows: Iterable[Row], name: Any) -> list[Refusal]:
    by_name: dict[str, list[_Validity]] = {}
    for row in rows:
        by_name.setdefault(name(row), []).append(_Validity(row))
    found = []
    for code, validities in by_name.items():
        ordered = sorted(validities, key=lambda each: each.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_until is None or later.valid_from < earlier.valid_until:
                message = N_("Two rows of “%(name)s” hold on the same day, %(day)s.")
                found.append(Refusal("validity_overlaps", message, name=code, day=later.valid_from.isoformat()))
    return found
