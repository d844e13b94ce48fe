"""Write what is known of a device, and ask who has what."""

from datetime import date
from typing import Any

import pytest

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.equipment import operations, queries
from samsyn.equipment.queries import Asked
from samsyn.history.queries import changes_of_record
from tests import personas
from tests.equipment.lists import device, load
from tests.personas import AT

TODAY = AT.date()
NORRA = frozenset({"NORRA"})


def change(found: Any, **told: Any) -> Any:
    return operations.change_device(device=found, told=told, known=found.version, by="tests", at=AT)


def end(found: Any, on: date = TODAY, ended_as: str = "returned") -> Any:
    return operations.return_device(
        device=found, ended_as=ended_as, on=on, known=found.version, by="tests", at=AT
    )  # fmt: skip


def serials(asked: Asked, units: frozenset[str] | None = None) -> list[str]:
    return [each.serial for each in queries.devices(asked, units).devices]


def test_a_device_changed_alone_is_an_event_with_what_it_was(lillby: Any) -> None:
    load(lillby)
    found = change(device("EX-1"), user_name="Exempel Person 9", unit_code="SÖDRA")
    newest = changes_of_record(lillby.key, found.key)[0]
    assert newest.fields == [
        ("unit", "Norra skolan", "Södra skolan"), ("user_name", "Exempel Person 1", "Exempel Person 9"),
    ]  # fmt: skip
    now, before = queries.holdings(found, None)
    assert (now.user_name, now.valid_from, before.valid_until) == ("Exempel Person 9", AT.date(), AT.date())


def test_what_is_not_told_stays_and_who_has_it_is_not_noted_anew(lillby: Any) -> None:
    load(lillby)
    found = change(device("EX-1"), site="Sal 4")
    assert found.user_name == "Exempel Person 1" and len(queries.holdings(found, None)) == 1


def test_who_comes_second_learns_of_it(lillby: Any) -> None:
    load(lillby)
    found = device("EX-1")
    change(found, site="Min")
    for late in (lambda: change(found, site="Din"), lambda: end(found)):
        with pytest.raises(Refusal) as refusal:
            late()
        assert refusal.value.code == "stale_version"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"unit_code": "NOBODY"}, "unit_unknown"),
        ({"lease_end_date": date(2020, 1, 1)}, "lease_backwards"),
        ({"buy_out_ore": -1}, "negative_amount"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(lillby: Any, told: dict[str, Any], code: str) -> None:
    load(lillby)
    with pytest.raises(Refusal) as refusal:
        change(device("EX-1"), **told)
    assert refusal.value.code == code and device("EX-1").version == 1


def test_a_device_that_is_handed_back_is_counted_no_more_and_stays_known(lillby: Any) -> None:
    load(lillby)
    found = end(device("EX-1"), date(2026, 3, 1))
    assert "EX-1" not in serials(Asked()) and serials(Asked(ended=True)) == ["EX-1"]
    assert ("NORRA", "computer") not in queries.device_counts(date(2026, 3, 1))
    assert queries.device_counts(date(2026, 2, 28))["NORRA", "computer"] == 1
    assert changes_of_record(lillby.key, found.key)[0].verb == "return"


@pytest.mark.parametrize(
    ("on", "ended_as", "code"),
    [
        (date(2026, 4, 2), "returned", "day_to_come"),
        (date(2025, 8, 14), "returned", "ended_before_held"),
        (date(2026, 3, 1), "sold", "ending_unknown"),
    ],
)
def test_an_end_that_cannot_be_is_refused(lillby: Any, on: date, ended_as: str, code: str) -> None:
    load(lillby)
    with pytest.raises(Refusal) as refusal:
        end(device("EX-1"), on, ended_as)
    assert refusal.value.code == code


def test_what_is_gone_does_not_go_again(lillby: Any) -> None:
    load(lillby)
    found = end(device("EX-1"))
    with pytest.raises(Refusal, match="ended_already"):
        end(found)
    # correcting what is known of it gives it to nobody
    assert queries.holdings(change(found, user_name="Exempel Person 5"), None)[0].valid_until == AT.date()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), ["EX-1", "EX-2", "EX-3", "EX-4"]),
        (Asked(text="bok exempel"), ["EX-1", "EX-3"]),
        (Asked(kind="tablet"), ["EX-2"]),
        (Asked(below={"SÖDRA", "BUF"}), ["EX-3"]),
        (Asked(before=date(2026, 6, 30)), ["EX-3"]),
        (Asked(missing="user"), ["EX-2"]),
        (Asked(missing="unit"), ["EX-4"]),
        (Asked(missing="holder"), ["EX-2", "EX-4"]),
    ],
)
def test_a_list_finds_what_it_is_asked_for(lillby: Any, asked: Asked, found: list[str]) -> None:
    load(lillby)
    assert serials(asked) == found


def test_pages_follow_each_other_without_gap_or_repetition(lillby: Any) -> None:
    load(lillby)
    seen, after = [], ""
    while True:
        page = queries.devices(Asked(), None, after=after, limit=2)
        seen += [each.serial for each in page.devices]
        if not (after := page.after):
            break
    assert seen == ["EX-1", "EX-2", "EX-3", "EX-4"]


def test_the_tally_counts_ends_within_a_year_and_what_lacks_a_holder(lillby: Any) -> None:
    load(lillby)
    assert queries.tally(AT.date(), None) == {"all": 4, "soon": 2, "late": 1, "holder": 2}
    assert queries.tally(AT.date(), NORRA) == {"all": 2, "soon": 1, "late": 0, "holder": 1}


def test_what_is_to_be_handed_back_is_summed_by_unit(lillby: Any) -> None:
    load(lillby)
    found = {each.unit_code: each for each in queries.returns(AT.date(), None)}
    # April is paid; May and June are left
    norra, late = found["NORRA"], found["SÖDRA"]
    assert (norra.count, norra.late, norra.left_ore, norra.buy_out_ore, norra.priced) == (1, 0, 62_000, 90_000, 1)
    assert (late.count, late.late, late.left_ore, late.priced) == (1, 1, 0, 0)
    assert [each.unit_code for each in queries.returns(AT.date(), NORRA)] == ["NORRA"]


def test_the_returns_of_a_unit_come_in_the_order_of_their_days_page_by_page(lillby: Any) -> None:
    days = ["2026-09-30", "2026-05-31", "2026-05-31"]
    rows = "".join(f"A{n};Norra skolan;{day}\n" for n, day in enumerate(days))
    load(lillby, "Serial number;Unit;Lease end\n" + rows)
    seen, after = [], ""
    for _page in range(3):
        page = queries.returned_by("NORRA", AT.date(), None, after=after, limit=1)
        seen += [each.serial for each in page.devices]
        after = page.after
    assert seen == ["A1", "A2", "A0"] and after == ""


def test_who_sees_one_unit_finds_nothing_of_another(lillby: Any) -> None:
    load(lillby)
    assert serials(Asked(), NORRA) == ["EX-1", "EX-2"]
    assert queries.device_with_key(device("EX-3").key, NORRA) is None
    assert [each.serial for each in queries.every_device(Asked(), NORRA)] == ["EX-1", "EX-2"]
    assert queries.returned_by("SÖDRA", AT.date(), NORRA).devices == []
    assert queries.kinds(NORRA) == ["computer", "tablet"]


def test_one_municipality_never_sees_anothers_devices(lillby: Any) -> None:
    load(lillby)
    key = device("EX-1").key
    with in_municipality(personas.municipality("grannby", "Grannby")):
        assert queries.tally(AT.date(), None)["all"] == 0 and queries.device_with_key(key, None) is None
