"""The demo's books, volumes and model make months that balance, without a database and without the importer."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from samsyn.charging.engine import charge
from samsyn.core.periods import Period
from samsyn.costing.engine import content as document
from samsyn.costing.engine.allocation import Allocation, Source, allocate, spread
from samsyn.costing.engine.classify import Rule, classify
from samsyn.costing.imports import read_model
from samsyn.formats.workbook import read_csv_sheet, read_sheets
from tests.examples.raw import BOOKS, LILLKOPING, PARTS, Row, books

MARCH = Period(2026, 3)
YEAR_2025 = [Period(2025, month) for month in range(1, 13)]
Volumes = dict[str, dict[str, dict[str, int]]]


@pytest.fixture(scope="module")
def model() -> Any:
    content, problems = read_model(read_sheets((LILLKOPING / "model.xlsx").read_bytes()))
    assert not problems
    return content


@pytest.fixture(scope="module")
def organisation() -> Any:
    return read_sheets((LILLKOPING / "organisation.xlsx").read_bytes())


@pytest.fixture(scope="module")
def volumes() -> Volumes:
    found: Volumes = defaultdict(lambda: defaultdict(dict))
    for year in (2024, 2025, 2026):
        for row in read_sheets((LILLKOPING / f"volumes-{year}.xlsx").read_bytes())["Volumes"]:
            found[row.text("period")][row.text("service")][row.text("unit")] = row.whole("quantity")
    return found


@pytest.fixture(scope="module")
def classified(model: Any) -> list[tuple[Row, Rule | None]]:
    rows = [row for name in BOOKS for row in books(name)]
    table = pa.table(
        {
            "account": [row.account for row in rows], "date": [row.day for row in rows],
            "text": [row.text for row in rows], "supplier": [""] * len(rows),
            **{part: [row.parts[part] for row in rows] for part in PARTS.values()},
        }
    )  # fmt: skip
    rules = document.rules(model)
    taken = [rules[place] if place >= 0 else None for place in classify(table, rules)]
    return list(zip(rows, taken, strict=True))


def sources(classified: Sequence[tuple[Row, Rule | None]], period: Period) -> list[Source]:
    found = []
    for row, rule in classified:
        age = (period.year - row.day.year) * 12 + period.month - row.day.month
        if row.kind == "K" and rule and rule.outcome == "it" and 0 <= age < rule.months:
            found.append(Source(rule.pool, rule.cost_type, spread(row.ore, rule.months, age)))
    return found


def run(model: Any, volumes: Volumes, classified: Any, period: Period) -> Allocation:
    on, counted = period.last_date, volumes[str(period)]
    flows = document.model(model, on, counted)
    return allocate(sources(classified, period), flows, counted, document.edges(model, on))


def paid(model: Any, volumes: Volumes, period: Period, unit: str) -> int:
    """Return price × quantity of everything a unit has that carries a price."""
    known = document.services(model, period.last_date)
    return sum(
        charge("price", {}, known[service]["price_kr"], units, known[service]["step"]).lines.get(unit, 0)
        for service, units in volumes[str(period)].items() if known[service]["mode"] == "price"
    )  # fmt: skip


def test_the_model_has_no_faults(model: Any) -> None:
    assert [fault.sentence() for fault in document.faults(model)] == []


def test_lundaskolan_pays_what_the_named_case_says(model: Any, volumes: Volumes) -> None:
    months = [paid(model, volumes, Period(2026, month), "LUNDA") for month in (1, 2, 3)]
    assert months == [82_398_00, 82_398_00, 84_338_00]
    assert sum(months) == 249_134_00


def test_lundaskolan_is_charged_for_six_things_and_nothing_else(model: Any, volumes: Volumes) -> None:
    known = document.services(model, MARCH.last_date)
    counted = {service: units["LUNDA"] for service, units in volumes["2026-03"].items() if "LUNDA" in units}
    assert {service: n for service, n in counted.items() if known[service]["mode"] != "shown"} == {
        "ELEVDATOR": 220, "PERSONALDATOR": 46, "SURFPLATTA": 30, "KONTO": 52, "NAT": 2, "SANDARE": 14,
    }  # fmt: skip
    assert "Hjälp från supporten" in {known[service]["name"] for service in counted}


def test_the_months_balance_to_the_ore(model: Any, volumes: Volumes, classified: Any) -> None:
    for period in (Period(2024, 1), Period(2025, 7), MARCH):
        found = run(model, volumes, classified, period)
        assert found.difference_ore == 0
        assert not found.undistributed
        assert sum(found.cost.values()) == sum(source.amount_ore for source in sources(classified, period))


def test_it_cost_32_million_in_2025_and_the_pair_is_not_in_it(classified: Any) -> None:
    assert sum(source.amount_ore for period in YEAR_2025 for source in sources(classified, period)) == 32_000_000_00
    pair = {"K": 0, "I": 0}
    for row, rule in classified:
        if row.day.year == 2025 and rule and rule.outcome == "eliminated":
            pair[row.kind] += row.ore
    assert pair == {"K": 15_000_000_00, "I": -15_000_000_00}


def test_pupils_computers_cost_a_little_more_than_schools_paid_for_them(
    model: Any, volumes: Volumes, classified: Any
) -> None:
    cost = sum(run(model, volumes, classified, period).cost["ELEVDATOR"] for period in YEAR_2025)
    charged = sum(sum(volumes[str(period)]["ELEVDATOR"].values()) * 225_00 for period in YEAR_2025)
    assert charged == 10_152_000_00
    assert abs(cost - 10_360_000_00) < 1_000_00


def test_march_2026_has_something_new_that_no_rule_decides(classified: Any) -> None:
    undecided: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, rule in classified:
        if rule is None and row.kind == "K":
            undecided[str(Period.of(row.day))][row.account] += row.ore
    assert all(150_000_00 < sum(accounts.values()) < 600_000_00 for accounts in undecided.values())
    assert len(undecided) == 27
    assert [period for period, accounts in undecided.items() if "7433" in accounts] == ["2026-03"]


def test_the_books_hold_what_their_maker_says() -> None:
    expected = json.loads((LILLKOPING / "expected.json").read_text())
    for name, figures in expected["books"].items():
        rows = list(books(name))
        assert figures == {
            "vouchers": len({row.voucher for row in rows}), "rows": len(rows),
            "debit_ore": sum(row.ore for row in rows if row.ore > 0),
            "credit_ore": -sum(row.ore for row in rows if row.ore < 0),
            "cost_ore": sum(row.ore for row in rows if row.kind == "K"),
        }, name  # fmt: skip
    assert sum(expected["it_unit_2025_ore"].values()) == 22_600_000_00
    assert expected["lundaskolan_2026_03_ore"] == 84_338_00


def test_every_voucher_balances() -> None:
    for name in BOOKS:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for row in books(name):
            sums[row.voucher] += row.ore
        assert set(sums.values()) == {0}, name


def test_the_volumes_are_those_of_the_municipality(volumes: Volumes) -> None:
    totals = {service: sum(units.values()) for service, units in volumes["2026-03"].items()}
    assert totals["ELEVDATOR"] == 1500 + 2260
    assert totals["PERSONALDATOR"] + totals["DELAD"] == 2000
    assert totals["KONTO"] + totals["INLOGG"] == 4000
    assert totals["NAT"] + totals["NATLITEN"] == 127
    assert (totals["SURFPLATTA"], totals["MOBIL"], totals["SANDARE"], totals["SYSTEMDRIFT"]) == (500, 350, 400, 107)
    assert len(volumes) == 27


def test_every_count_with_a_list_is_as_long_as_its_list(volumes: Volumes) -> None:
    lists: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in read_csv_sheet((LILLKOPING / "items-2026.csv").read_bytes()):
        lists[(row.text("period"), row.text("service"), row.text("unit"))].add(row.text("item"))
    assert len(lists[("2026-03", "ELEVDATOR", "LUNDA")]) == 220
    for (period, service, unit), items in lists.items():
        assert volumes[period][service][unit] == len(items), (period, service, unit)


def test_books_and_volumes_name_only_what_the_organisation_knows(organisation: Any, volumes: Volumes) -> None:
    centres = {
        row.text("code"): (row.day("valid_from"), row.day("valid_until") or date.max)
        for row in organisation["CostCentres"]
    }
    for name in BOOKS:
        for row in books(name):
            if row.parts["responsibility"]:
                first, last = centres[row.parts["responsibility"]]
                assert first <= row.day < last, row
    units = {
        row.text("code"): (row.day("valid_from"), row.day("valid_until") or date.max)
        for row in organisation["Units"] if row.text("code") != "KF05"
    }  # fmt: skip
    for period, services in volumes.items():
        for unit in {unit for counted in services.values() for unit in counted} - {"KF05"}:
            assert units[unit][0] <= Period.parse(period).first_date < units[unit][1], (period, unit)


def test_the_organisation_has_its_size_its_merger_and_its_sign_ins(organisation: Any) -> None:
    kinds = [row.text("kind") for row in organisation["Units"]]
    assert kinds.count("administration") == 8 == kinds.count("authority")
    assert 80 <= len({row.text("code") for row in organisation["Units"] if row.text("kind") == "unit"}) <= 100
    assert len(organisation["Sites"]) == 100
    lineage = {(row.text("from_unit"), row.text("to_unit"), row.text("kind")) for row in organisation["Lineage"]}
    assert {("LUNDA-N", "LUNDA", "merged"), ("LUNDA-S", "LUNDA", "merged")} < lineage
    assert "moved" in {kind for _, _, kind in lineage}
    people = {row.text("code"): row for row in organisation["People"]}
    assert {"controller", "approver", "head-teacher", "system-owner", "administrator", "auditor"} < set(people)
    assert all(row.text("email").endswith("@example.org") for row in people.values())
    assert len({row.text("name") for row in people.values()}) == len(people)
