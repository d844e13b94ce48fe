"""Thirty lines of the demo, re-added in five steps by a reader that knows nothing of the product."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from samsyn.charging import queries
from samsyn.core.periods import Period
from samsyn.core.scoping import in_municipality
from samsyn.home import demo
from samsyn.organisation.queries import municipality_with_code
from tests import independent_reader as reader

LILLKOPING = demo.EXAMPLES / "lillkoping"
FEBRUARY = Period(2026, 2)


@pytest.fixture
def lillkoping(db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    about = demo.settings_of(LILLKOPING) | {
        "books": ["books-2026-02.se"], "volumes": ["volumes-2026.xlsx"],
        "approve_from": "2026-02", "approve_until": "2026-02",
    }  # fmt: skip
    monkeypatch.setattr(demo, "settings_of", lambda folder: about)
    demo.build(LILLKOPING, lambda words: None)
    municipality = municipality_with_code("lillkoping")
    with in_municipality(municipality):
        yield municipality


def test_thirty_lines_can_be_re_added_by_somebody_else(lillkoping: Any) -> None:
    raw = reader.book(LILLKOPING / "books-2026-02.se")
    services = [row for row in reader.sheet(LILLKOPING / "model.xlsx", "Services") if row["kind"] == "final"]
    decisions = {row["code"]: row for row in reader.sheet(LILLKOPING / "model.xlsx", "Decisions")}
    volumes = {
        (row["service"], row["unit"]): row
        for row in reader.sheet(LILLKOPING / "volumes-2026.xlsx", "Volumes")
        if row["period"] == "2026-02"
    }
    places = sorted((service, unit) for service, unit in volumes if unit not in ("BUF", "VOF", "TEF", "KFF", "MBF"))
    for service, unit in Random(2026).sample(places, 30):
        why = queries.explain(lillkoping, unit, service, FEBRUARY)
        assert why is not None
        held = [row for row in services if row["code"] == service and holds(row)]
        price, volume = held[0]["price_kr"], volumes[service, unit]
        # 1 and 2: the line is the number times the price of the model that held
        if held[0]["mode"] == "price":
            assert why.service.amount_ore == int(volume["quantity"]) * int(float(price) * 100)
        # 3: the number, its source and its day are those of the count
        assert (why.service.quantity, why.source) == (volume["quantity"], volume["source"])
        assert why.counted_on == volume["counted_on"]
        # 4: the causes sum to the line, and each is exactly rows of the raw file
        parts = sum(cause.amount_ore for cause in why.causes) + why.other_ore
        assert parts + why.price_difference_ore == why.service.amount_ore
        for cause in why.causes:
            assert re_added(lillkoping, cause, raw) == cause.source_ore
        # 5: the decision is the one the workbook registers
        code = held[0]["decision"]
        assert (why.decision or {}).get("section", "") == (str(decisions[code]["section"]) if code else "")


def holds(row: dict[str, Any]) -> bool:
    on = date(2026, 2, 28)
    return bool(row["valid_from"] <= on and (not row["valid_until"] or on < row["valid_until"]))


def re_added(municipality: Any, cause: queries.Cause, raw: dict[int, tuple[str, str, int]]) -> int:
    """Add the rows shown behind a cause, each looked up by line in the raw file."""
    whole = yearly = 0
    for row in queries.rows_behind(municipality, FEBRUARY, cause.pool, cause.cost_type, 0, 10_000):
        voucher, account, ore = raw[row["line"]]
        assert (row["voucher"], row["account"], row["amount_ore"]) == (voucher, account, ore)
        if row["months"] == 12:
            yearly += ore  # the invoice of January: February is its second month
        else:
            whole += ore
    return whole + reader.twelfth(yearly, 1)


def test_the_reader_imports_nothing_of_the_product() -> None:
    assert "samsyn" not in Path(reader.__file__).read_text()
