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
# what a rule can ask for
ASKED = (*(f"{part}_{end}" for part in PARTS for end in ("from", "to")), *WORDS)


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
    return in_order([rule(row) for row in content.get("rules", [])])


def rule(row: Row) -> Rule:
    """Return one classification rule."""
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


class Fault(Refusal):
    """What is wrong with one row: ``part`` and ``index`` say which, ``column`` where in it."""

    def __init__(self, part: str, index: int, column: str, code: str, message: str, /, **facts: Any) -> None:
        super().__init__(code, message, **facts)
        self.part, self.index, self.column = part, index, column


NEEDED = {
    "pools": N_("The model has no cost pool yet."), "cost_types": N_("The model has no cost type yet."),
    "rules": N_("The model has no rule yet."), "services": N_("The model has no service yet."),
    "flows": N_("The model has no flow yet."),
}  # fmt: skip


def empty() -> Content:
    """Return a model with every part and no row."""
    return {part: [] for part in (*NEEDED, "decisions")}


def missing(content: Content) -> list[Refusal]:
    """Return a refusal for each part that a model cannot do without and has no row of."""
    return [Refusal("part_missing", message, part=part) for part, message in NEEDED.items() if not content.get(part)]


def faults(content: Content) -> list[Refusal]:
    """Return what is wrong within the document itself: doubled codes, overlaps, names of nothing."""
    found: list[Refusal] = []
    for part in ("pools", "cost_types", "rules", "decisions"):
        found += _doubled(part, content.get(part, []))
    found += _overlapping("services", content.get("services", []))
    found += _overlapping("flows", content.get("flows", []))
    for part in ("rules", "services", "flows"):
        found += _backwards(part, content.get(part, []))
    pools = {row["code"] for row in content.get("pools", [])}
    types = {row["code"] for row in content.get("cost_types", [])}
    for index, row in enumerate(content.get("rules", [])):
        if row["outcome"] == "it" and (row["pool"] not in pools or row["cost_type"] not in types):
            message = N_("The rule %(name)s says IT but names no known cost pool and cost type.")
            column = "cost_type" if row["pool"] in pools else "pool"
            found.append(Fault("rules", index, column, "rule_without_pool", message, name=row["code"]))
        if not any(row.get(column) for column in ASKED):
            message = N_("Say which rows the rule %(name)s takes: an account, a code, a supplier or a text.")
            found.append(Fault("rules", index, "account_from", "rule_asks_nothing", message, name=row["code"]))
        for part in PARTS:
            first, last = row[f"{part}_from"], row[f"{part}_to"]
            if first and last and last < first[: len(last)]:
                message = N_("The rule %(name)s asks for a range that ends before it begins.")
                found.append(Fault("rules", index, f"{part}_to", "range_backwards", message, name=row["code"]))
    for part in ("rules", "services"):
        found += _undecided(part, content)
    for index, row in enumerate(content.get("services", [])):
        if row["kind"] == "final" and row["mode"] == "price" and row["price_kr"] is None:
            message = N_("%(name)s is charged at a price but has none.")
            found.append(Fault("services", index, "price_kr", "price_missing", message, name=row["code"]))
        if row["kind"] == "final" and not row["mode"]:
            message = N_("%(name)s does not say how it is charged.")
            found.append(Fault("services", index, "mode", "mode_missing", message, name=row["code"]))
    return found


def _doubled(part: str, rows: Iterable[Row]) -> list[Refusal]:
    seen: set[str] = set()
    found: list[Refusal] = []
    for index, row in enumerate(rows):
        if row["code"] in seen:
            message = N_("“%(name)s” stands twice in the model.")
            found.append(Fault(part, index, "code", "code_twice", message, name=row["code"]))
        seen.add(row["code"])
    return found


def _undecided(part: str, content: Content) -> list[Refusal]:
    known = {row["code"] for row in content.get("decisions", [])}
    message = N_("%(name)s rests on the decision “%(decision)s”, which is not in the model.")
    return [
        Fault(part, index, "decision", "unknown_decision", message, name=row["code"], decision=row["decision"])
        for index, row in enumerate(content.get(part, []))
        if row.get("decision") and row["decision"] not in known
    ]


def _backwards(part: str, rows: Iterable[Row]) -> list[Refusal]:
    message = N_("%(name)s would end on %(last)s, before it begins on %(first)s.")
    return [
        Fault(part, index, "valid_until", "ends_before_it_begins", message, name=_called(row),
              first=date.fromisoformat(row["valid_from"]), last=date.fromisoformat(row["valid_until"]))
        for index, row in enumerate(rows)
        if row.get("valid_until") and row["valid_until"] <= row["valid_from"]
    ]  # fmt: skip


def _called(row: Row) -> str:
    return row["code"] if "code" in row else f"{row['from']} → {row['to']}"


def _overlapping(part: str, rows: Iterable[Row]) -> list[Refusal]:
    by_name: dict[str, list[tuple[int, _Validity]]] = {}
    for index, row in enumerate(rows):
        by_name.setdefault(_called(row), []).append((index, _Validity(row)))
    found: list[Refusal] = []
    for code, validities in by_name.items():
        ordered = sorted(validities, key=lambda each: each[1].valid_from)
        for (_index, earlier), (index, later) in pairwise(ordered):
            if earlier.valid_until is None or later.valid_from < earlier.valid_until:
                message, day = N_("Two rows of “%(name)s” hold on the same day, %(day)s."), later.valid_from
                found.append(Fault(part, index, "valid_from", "validity_overlaps", message, name=code, day=day))
    return found
