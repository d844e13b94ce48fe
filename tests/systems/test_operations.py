"""Write what is known of systems, and ask what is not."""

from datetime import date
from typing import Any

import pytest

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.history.queries import changes_of_record
from samsyn.systems import operations, queries
from tests import personas
from tests.personas import AT

ALL = {
    "name": "Procapita", "purpose": "Elevregister", "used_by": ["BUF"], "owner_name": "Skolchefen",
    "supplier": "Tieto", "contract_end_date": date(2027, 2, 28), "yearly_cost_ore": 41_200_000, "personal_data": "yes",
}  # fmt: skip


def add(place: Any, **told: Any) -> Any:
    return operations.add_system(municipality=place, told=told, by="tests", at=AT)


def change(usage: Any, **told: Any) -> Any:
    return operations.change_system(usage=usage, told=told, known=usage.version, by="tests", at=AT)


def test_a_system_needs_a_name_alone_and_lacks_the_other_seven(lillby: Any) -> None:
    usage = add(lillby, name="Procapita")
    assert usage.code == "S0001"
    assert len(queries.how_known(usage).missing) == 7
    assert queries.tally() == {"all": 1, "known": 0, **dict.fromkeys(ALL, 1), "name": 0,
                               "business": 0, "technical": 0, "unsaid": 1}  # fmt: skip


def test_a_system_with_eight_answers_is_known(lillby: Any) -> None:
    add(lillby, **ALL)
    assert queries.tally()["known"] == 1


def test_nobody_knows_is_an_answer_until_somebody_does(lillby: Any) -> None:
    usage = add(lillby, **{**ALL, "owner_name": ""}, unknown=["owner_name"])
    assert queries.tally()["known"] == 1 and queries.how_known(usage).not_known == ("owner_name",)
    usage = change(usage, owner_name="Skolchefen")
    assert queries.how_known(usage).not_known == ()


def test_what_is_not_told_stays(lillby: Any) -> None:
    usage = change(add(lillby, **ALL), purpose="Register över elever")
    assert queries.answers(usage) == {**ALL, "purpose": "Register över elever"}


def test_a_renamed_system_is_found_by_what_it_was_called(lillby: Any) -> None:
    usage = change(add(lillby, **ALL), name="Edlevo")
    assert usage.system.former_names == ["Procapita"]
    assert [each.name for each in queries.systems(text="procapita").systems] == ["Edlevo"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "X", "used_by": ["NOBODY"]}, "unit_unknown"),
        ({"name": "X", "pilot_date": date(2026, 2, 1), "ended_date": date(2026, 1, 1)}, "stages_out_of_order"),
        ({"name": "X", "code": "S0001"}, "code_taken"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(lillby: Any, told: dict[str, Any], code: str) -> None:
    add(lillby, **ALL)
    with pytest.raises(Refusal) as refusal:
        add(lillby, **told)
    assert refusal.value.code == code
    assert queries.tally()["all"] == 1


def test_who_comes_second_learns_of_it(lillby: Any) -> None:
    usage = add(lillby, **ALL)
    change(usage, purpose="Mitt")
    with pytest.raises(Refusal) as refusal:
        change(usage, purpose="Ditt")
    assert refusal.value.code == "stale_version"


def test_the_history_says_what_was_written(lillby: Any) -> None:
    usage = change(add(lillby, **ALL), contract_end_date=date(2028, 2, 28))
    newest = changes_of_record(lillby.key, usage.key)[0]
    assert newest.fields == [("contract_end_date", "2027-02-28", "2028-02-28")]


def test_pages_follow_each_other_in_the_order_of_names(lillby: Any) -> None:
    names = ["Ångström", "Zebra", "Ärende", "anna", "Öppet", "Zebra"]
    for name in names:
        add(lillby, name=name)
    seen, after = [], ""
    while True:
        page = queries.systems(after=after, limit=2)
        seen += [each.name for each in page.systems]
        if not (after := page.after):
            break
    assert seen == ["anna", "Zebra", "Zebra", "Ångström", "Ärende", "Öppet"]


def test_one_municipality_never_sees_anothers_systems(lillby: Any) -> None:
    usage = add(lillby, **ALL)
    with in_municipality(personas.municipality("grannby", "Grannby")):
        assert queries.tally()["all"] == 0 and queries.usage_with_code(usage.code) is None
