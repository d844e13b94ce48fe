from datetime import date
from typing import Any

import pytest

from samsyn.core.refusals import Refusal
from samsyn.formats.workbook import read_sheets
from samsyn.history.queries import changes_of_record, latest_changes
from samsyn.organisation import queries
from samsyn.people import operations
from samsyn.people.operations import organisation_workbook
from tests.personas import AT, DAY, organisation_sheets, workbook

JULY = date(2025, 7, 1)


def apply(municipality: Any, **sheets: list[dict[str, Any]]) -> Any:
    return operations.apply_workbook(municipality=municipality, sheets=workbook(**sheets), by="tests", at=AT)


def test_exporting_and_importing_again_changes_nothing(lillby: Any) -> None:
    plan = operations.plan_workbook(read_sheets(organisation_workbook()))
    assert plan.problems == []
    assert plan.changes == []
    shipped = sum(len(parts) for parts in queries.mandatory_parts(DAY).values())
    assert plan.unchanged == sum(len(rows) for rows in organisation_sheets().values()) + shipped


def test_a_unit_that_ends_shows_what_hangs_on_it_before_it_is_applied(lillby: Any) -> None:
    row = {"code": "NORRA", "name": "Norra skolan", "kind": "unit", "parent": "BUF", "valid_from": DAY}
    plan = operations.plan_workbook(workbook(Units=[{**row, "valid_until": JULY}]))
    assert [change.kind for change in plan.changes] == ["ended"]
    assert plan.hanging == ["NORRA: 3100 Norra skolan", "NORRA: Head (unit_manager)"]
    assert "NORRA" in queries.tree(JULY).nodes, "a preview writes nothing"


def test_a_merged_unit_keeps_its_lineage_and_leaves_the_tree(lillby: Any) -> None:
    row = {"code": "NORRA", "name": "Norra skolan", "kind": "unit", "parent": "BUF", "valid_from": DAY}
    apply(
        lillby,
        Units=[{**row, "valid_until": JULY}],
        Lineage=[{"from_unit": "NORRA", "to_unit": "SÖDRA", "kind": "merged", "on_date": JULY}],
    )
    assert "NORRA" in queries.tree(date(2025, 6, 30)).nodes
    assert "NORRA" not in queries.tree(JULY).nodes
    assert queries.tree(JULY).lineage_of("SÖDRA") == [("NORRA", "SÖDRA", "merged", JULY)]


def test_what_was_known_before_a_correction_can_still_be_asked(lillby: Any) -> None:
    row = {"code": "NORRA", "name": "Norra friskolan", "kind": "unit", "parent": "BUF", "valid_from": DAY}
    later = AT.replace(day=2)
    operations.apply_workbook(municipality=lillby, sheets=workbook(Units=[row]), by="tests", at=later)
    assert queries.tree(DAY).nodes["NORRA"].name == "Norra friskolan"
    assert queries.tree(DAY, known_at=AT).nodes["NORRA"].name == "Norra skolan"


def test_all_faults_are_listed_and_nothing_is_changed(lillby: Any) -> None:
    bad = workbook(
        Units=[
            {"code": "A", "name": "A", "kind": "school", "parent": "NOWHERE", "valid_from": DAY},
            {"code": "B", "name": "", "kind": "unit", "parent": "LB", "valid_from": "2024-02-31"},
        ],
        Roles=[{"person": "nobody", "role": "king", "unit": "", "valid_from": DAY}],
    )
    with pytest.raises(Refusal) as refused:
        operations.apply_workbook(municipality=lillby, sheets=bad, by="tests", at=AT)
    codes = sorted(problem.code for problem in refused.value.facts["problems"])
    assert codes == [
        "cell_empty", "not_a_date", "unknown_person", "unknown_unit", "unknown_word", "unknown_word",
    ]  # fmt: skip
    assert "A" not in queries.tree(DAY).nodes


def test_every_row_of_a_workbook_leaves_an_event(lillby: Any) -> None:
    verbs = [change.record_type for _, change in latest_changes(lillby.key, limit=100)]
    assert verbs.count("Units") == 6 and verbs.count("CostCentres") == 2


def test_names_sort_in_swedish_order_on_every_database() -> None:
    from samsyn.organisation.operations import sort_key

    names = ["Örby", "Zäta", "Ängen", "Åby", "Berga", "ärla"]
    assert sorted(names, key=sort_key) == ["Berga", "Zäta", "Åby", "Ängen", "ärla", "Örby"]


def codes(**sheets: list[dict[str, Any]]) -> list[str]:
    return [problem.code for problem in operations.plan_workbook(workbook(**sheets)).problems]


def unit(code: str, parent: str, **dates: date) -> dict[str, Any]:
    return {"code": code, "name": code, "kind": "unit", "parent": parent, "valid_from": DAY, **dates}


def test_units_that_lie_below_each_other_are_refused(lillby: Any) -> None:
    assert codes(Units=[unit("A", "B"), unit("B", "A")]) == ["circle", "circle"]
    assert codes(Units=[unit("A", "A")]) == ["circle"]
    moved = {**unit("BUF", "NORRA", valid_from=JULY), "kind": "administration"}
    ended = {**unit("BUF", "BUN", valid_until=JULY), "kind": "administration"}
    assert "circle" in codes(Units=[ended, moved]), "also when it begins later"


def test_a_unit_has_one_name_and_place_at_a_time(lillby: Any) -> None:
    later = unit("NORRA", "BUF", valid_from=JULY)
    assert codes(Units=[later]) == ["overlap"]
    assert codes(Units=[unit("NORRA", "BUF", valid_until=JULY), later]) == []
    assert codes(Units=[unit("NORRA", "BUF", valid_until=DAY)]) == ["ends_too_early"]


def test_a_code_string_that_lacks_a_mandatory_part_is_warned_of_and_still_taken(lillby: Any) -> None:
    row = {"unit": "NORRA", "label": "skola", "valid_from": DAY, "responsibility": "3100", "weight": 1}
    assert codes(ReceivingCodes=[row]) == ["part_missing"]
    assert codes(ReceivingCodes=[{**row, "activity": "44000"}]) == []
    assert codes(ReceivingCodes=[{**row, "activity": "44000", "weight": -1}]) == ["negative_weight"]
    apply(lillby, ReceivingCodes=[row])
    assert queries.receiving_codes("NORRA", DAY)[0]["responsibility"] == "3100"


def test_which_parts_are_mandatory_is_data_of_the_workbook(lillby: Any) -> None:
    part = {"entry_kind": "operation", "part": "activity", "valid_from": date(2000, 1, 1), "valid_until": JULY}
    more = {"entry_kind": "investment", "part": "object", "valid_from": JULY}
    assert codes(CodeParts=[{**more, "part": "colour"}]) == ["unknown_word"]
    apply(lillby, CodeParts=[part, more])
    assert queries.mandatory_parts(DAY)["operation"] == ["activity", "responsibility"]
    assert queries.mandatory_parts(JULY) == {
        "operation": ["responsibility"], "investment": ["object", "project"], "internal": ["counterparty"],
    }  # fmt: skip


def test_a_unit_keeps_the_events_of_everything_that_is_its_own(lillby: Any) -> None:
    found = queries.unit_with_code("NORRA")
    assert found is not None
    apply(lillby, CostCentres=[{"code": "3100", "name": "Norra", "unit": "NORRA", "valid_from": DAY}])
    newest, *older = changes_of_record(lillby.key, found.key)
    assert (newest.verb, newest.record_type) == ("change", "CostCentres")
    assert ("name", "Norra skolan", "Norra") in newest.fields
    assert {change.record_type for change in older} == {"Units", "CostCentres"}
