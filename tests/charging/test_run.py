"""A month from books to sealed lines: the worked example, carried through the whole house."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from samsyn.charging import operations, queries
from samsyn.charging.models import StatementLine
from samsyn.core.refusals import Refusal
from samsyn.costing import operations as costing
from samsyn.costing import queries as costing_queries
from samsyn.costing.engine import classified
from samsyn.facts import store
from samsyn.formats.workbook import SheetRow
from samsyn.ledger import operations as ledger
from tests import build
from tests.build import MARCH
from tests.personas import AT, workbook


def amounts(municipality: Any) -> dict[tuple[str, str], int]:
    rows = StatementLine.objects.filter(kind="charged")
    return {(row.service_code, row.unit_code): row.amount_ore for row in rows if row.amount_ore}


def test_the_worked_example_comes_out_of_the_whole_house(lillby: Any) -> None:
    run = build.approved(lillby)
    assert amounts(lillby) == {
        ("MAIL", "NORRA"): 7193, ("MAIL", "SÖDRA"): 7193, ("MAIL", "IT"): 2398,
        ("PC", "NORRA"): 8939, ("PC", "IT"): 3575,
    }  # fmt: skip
    assert run.summary["in_scope_ore"] == run.summary["charged_ore"] == 29_298
    assert run.summary["difference_ore"] == 0


def test_every_figure_of_a_run_keeps_its_identity(lillby: Any) -> None:
    figures = build.approved(lillby).summary
    assert figures["ledger_ore"] == (
        figures["in_scope_ore"] + figures["out_of_scope_ore"] + figures["unclassified_ore"]
    )
    assert figures["in_scope_ore"] == (
        figures["allocated_ore"] + figures["undistributed_ore"] + figures["difference_ore"]
    )
    assert figures["allocated_ore"] == (figures["charged_ore"] + figures["tax_financed_ore"] + figures["recovery_ore"])


def test_a_month_without_books_is_not_approved(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    approver, access = build.access(lillby, "approver")
    costing.load_volumes(municipality=lillby, sheets=build.volumes("2026-04"), by=controller, at=AT)
    run = operations.draft_run(municipality=lillby, period=MARCH.shift(1), by=controller, at=AT)
    with pytest.raises(Refusal, match="no_books"):
        operations.approve_run(run=run, access=access, by=approver, at=AT)


def test_who_approves_is_not_who_prepared(lillby: Any) -> None:
    build.ready(lillby)
    controller, access = build.access(lillby, "controller")
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    with pytest.raises(Refusal, match="same_person"):
        operations.approve_run(run=run, access=access, by=controller, at=AT)
    head, heads_access = build.access(lillby, "head")
    with pytest.raises(Refusal, match="not_allowed"):
        operations.approve_run(run=run, access=heads_access, by=head, at=AT)
    assert not StatementLine.objects.exists()


def test_a_sealed_line_cannot_be_changed_even_in_the_database(lillby: Any) -> None:
    build.approved(lillby)
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementLine.objects.update(amount_ore=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementLine.objects.all().delete()
    controller, _ = build.access(lillby, "controller")
    with pytest.raises(Refusal, match="already_approved"):
        operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)


def test_the_same_inputs_give_the_same_content_digest(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    first = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    later = AT + timedelta(hours=1)
    second = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=later)
    assert (first.content_digest, first.input_digest) == (second.content_digest, second.input_digest)
    assert not operations.is_outdated(second)


def test_new_volumes_make_a_draft_outdated(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    changed = workbook(Volumes=[{"service": "PC", "unit": "IT", "period": "2026-03", "quantity": 9}])
    costing.load_volumes(municipality=lillby, sheets=changed, by=controller, at=AT)
    assert operations.is_outdated(run)
    prepared = costing.prepare(municipality=lillby, period=MARCH)
    assert prepared.allocation.volumes["PC"] == {"IT": 9}, "the latest count of a service replaces the former"
    assert prepared.allocation.volumes["MAIL"] == {"IT": 1, "NORRA": 3, "SÖDRA": 3}


def test_a_damaged_draft_is_not_approved(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    approver, access = build.access(lillby, "approver")
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    batch = store.find(lillby.key, run.detail["lines"])
    assert batch is not None
    (store.folder() / batch.path).write_bytes(b"x")
    with pytest.raises(Refusal, match="draft_damaged"):
        operations.approve_run(run=run, access=access, by=approver, at=AT)


def test_the_five_steps_sum_exactly_to_the_line(lillby: Any) -> None:
    build.approved(lillby)
    for (service, unit), amount in amounts(lillby).items():
        why = queries.explain(lillby, unit, service, MARCH)
        assert why is not None
        causes = sum(cause.amount_ore for cause in why.causes) + why.other_ore + why.price_difference_ore
        assert causes == amount
        assert len(why.causes) <= 5
    why = queries.explain(lillby, "NORRA", "MAIL", MARCH)
    assert why is not None
    assert {cause.pool: cause.amount_ore for cause in why.causes} == {"10": 4286, "20": 3018, "30": -111}
    assert (why.source, str(why.counted_on), why.decision) == ("utrustningslistan", "2026-02-28", None)


def test_the_rows_behind_a_cause_are_exactly_those_of_the_file(lillby: Any) -> None:
    build.approved(lillby)
    (row,) = queries.rows_behind(lillby, MARCH, "10", "T", 0, 10)
    assert (row["amount_ore"], row["voucher"], row["line"]) == (10_001, "A 1", 7)


def test_the_rows_behind_a_sealed_cause_stay_when_texts_are_erased_and_books_withdrawn(lillby: Any) -> None:
    """A rule that asks for a text put rows in the pool; the text may be erased at its day, the sealed answer stands."""
    sheets = build.model()
    sheets["Rules"] = [SheetRow(row.line, {**row.cells, "text": "faktura"}) for row in sheets["Rules"]]
    build.approved(lillby, sheets)
    before = [row["line"] for row in queries.rows_behind(lillby, MARCH, "10", "T", 0, 10)]
    assert before
    for batch in store.committed(lillby.key, "ledger"):
        store.erase_texts(batch)
    again = queries.rows_behind(lillby, MARCH, "10", "T", 0, 10)
    assert [row["line"] for row in again] == before and again[0]["text"] == ""
    store.withdraw(store.committed(lillby.key, "ledger")[0], reason="fel fil", at=AT)
    assert [row["line"] for row in queries.rows_behind(lillby, MARCH, "10", "T", 0, 10)] == before


def test_an_internal_pair_is_counted_out_and_shown_not_netted(lillby: Any) -> None:
    """32 million in scope; the pair of 15 million is neither added (47) nor subtracted (17)."""
    sheets = build.model()
    dated = {"valid_from": build.FROM}
    sheets["Rules"] += workbook(
        x=[
            {"code": "PAIR", "priority": 1, "account_from": account, "account_to": account,
             "outcome": "eliminated", **dated}
            for account in ("6013", "3300")
        ]
    )["x"]  # fmt: skip
    sheets["Rules"][-1].cells["code"] = "PAIR2"  # type: ignore[index]
    build.ready(lillby, sheets)
    controller, _ = build.access(lillby, "controller")
    million = 100_000_000
    data = build.books({"6540": 32 * million - 29_298, "6013": 15 * million, "3300": -15 * million}, number=2)
    ledger.load_file(municipality=lillby, data=data, name="intern.se", by=controller, at=AT)
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    assert run.summary["in_scope_ore"] == 32 * million
    assert (run.summary["eliminated_cost_ore"], run.summary["eliminated_income_ore"]) == (
        15 * million, -15 * million,
    )  # fmt: skip


def test_a_yearly_invoice_is_spread_over_months_and_the_figures_still_balance(lillby: Any) -> None:
    sheets = build.model()
    sheets["Rules"][0].cells["months"] = 12  # type: ignore[index]
    build.ready(lillby, sheets)
    controller, _ = build.access(lillby, "controller")
    january = build.books({"6540": 120_000}, month=1, number=2)
    ledger.load_file(municipality=lillby, data=january, name="januari.se", by=controller, at=AT)
    figures = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT).summary
    march_share = 10_001 // 12 + 1  # the first months take the odd öre
    assert figures["in_scope_ore"] == 10_000 + march_share + 20_000 - 703
    assert figures["periodised_ore"] == 10_001 - march_share - 10_000
    assert figures["ledger_ore"] == 29_298
    assert figures["difference_ore"] == 0


def test_what_no_rule_decides_is_the_visible_remainder(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    data = build.books({"7400": 5_000}, number=2)
    ledger.load_file(municipality=lillby, data=data, name="mer.se", by=controller, at=AT)
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    assert run.summary["unclassified_ore"] == 5_000
    found = costing_queries.classification(lillby, MARCH, run.model_version.content)
    assert classified.biggest(found, found.remainder(), "account") == [("7400", 1, 5_000)]


def test_the_periods_say_what_each_has_and_lacks(lillby: Any) -> None:
    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    ledger.load_file(municipality=lillby, data=build.books(month=2, number=9), name="februari.se", by=controller, at=AT)
    found = {each["period"]: (each["state"], each["lacks"]) for each in queries.periods(lillby)}
    assert found == {"2026-02": ("waiting", ["volumes"]), "2026-03": ("waiting", [])}
    operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    assert queries.periods(lillby)[1]["state"] == "drafted"


def test_a_manager_above_sees_the_sum_and_walks_down(lillby: Any) -> None:
    build.approved(lillby)
    found = queries.statement("BUF", MARCH)
    assert found is not None
    assert found.total_ore == 7193 + 8939 + 7193
    assert [(node.code, amount) for node, amount in found.below] == [("NORRA", 16_132), ("SÖDRA", 7193)]


def test_a_unit_sees_its_budget_for_internal_it_and_the_latest_file_holds(lillby: Any) -> None:
    sheets = build.model()
    sheets["Rules"] += workbook(
        Rules=[{"code": "PAIR", "priority": 1, "account_from": "601", "account_to": "601", "outcome": "eliminated",
                "valid_from": build.FROM}]
    )["Rules"]  # fmt: skip
    build.ready(lillby, sheets)
    controller, _ = build.access(lillby, "controller")
    for number, ore in ((2, 70), (3, 90)):
        rows = {"6540": 100 * number}
        plan = "".join(
            f"#PBUDGET 0 2026{month:02d} {account} {{{objects}}} {kr}\n"
            for month in (1, 2)
            for account, objects, kr in (("6019", "1 3100", ore), ("6019", "", 999), ("5010", "1 3100", 888),
                                         ("6019", "1 3100 20 44000", 5))
        )  # fmt: skip
        head, _, rest = build.books(rows, number=number).partition(b"#VER")
        loaded = ledger.load_file(
            municipality=lillby, data=head + plan.encode() + b"#VER" + rest, name=f"{number}.se", by=controller,
            at=AT + timedelta(minutes=number),
        )  # fmt: skip
        assert loaded.status == "committed", loaded.summary
    approver, approving = build.access(lillby, "approver")
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    operations.approve_run(run=run, access=approving, by=approver, at=AT)
    found = queries.statement("NORRA", MARCH)
    assert found is not None and found.budget_ore == 2 * 90_00
    other = queries.statement("IT", MARCH)
    assert other is not None and other.budget_ore is None


def test_the_pay_of_fewer_than_five_is_not_shown_by_itself(lillby: Any) -> None:
    sheets = build.model()
    sheets["Pools"] = workbook(
        Pools=[{"code": "10", "name": "Licenser", "is_pay": "no"}, {"code": "30", "name": "Nät", "is_pay": "no"},
               {"code": "20", "name": "Personal", "is_pay": "yes", "people": 4}]
    )["Pools"]  # fmt: skip
    build.ready(lillby, sheets)
    controller, _ = build.access(lillby, "controller")
    approver, approving = build.access(lillby, "approver")
    run = operations.draft_run(municipality=lillby, period=MARCH, by=controller, at=AT)
    operations.approve_run(run=run, access=approving, by=approver, at=AT)
    found = queries.explain(lillby, "NORRA", "MAIL", MARCH)
    assert found is not None and found.other_count >= 2
    assert "20" not in {cause.pool for cause in found.causes}
    assert sum(cause.amount_ore for cause in found.causes) + found.other_ore == found.service.cost_ore


def test_a_voucher_behind_a_line_shows_no_row_of_pay(lillby: Any) -> None:
    build.approved(lillby)
    found = queries.explain(lillby, "NORRA", "MAIL", MARCH)
    assert found is not None
    cause = next(each for each in found.causes if each.pool == "10")
    row = queries.rows_behind(lillby, MARCH, cause.pool, cause.cost_type, 0, 1)[0]
    shown = queries.voucher_behind(lillby, found, row["batch"], row["voucher_key"])
    assert [each["account"] for each in shown] == ["6540", "6810", "2440"]


def test_the_lines_of_several_units_are_summed_per_service_where_they_lie(lillby: Any) -> None:
    build.approved(lillby)
    names = ("quantity", "amount_ore", "cost_ore")
    whole = queries.lines(["NORRA", "SÖDRA", "IT"], [str(MARCH)])
    each = [row for unit in ("NORRA", "SÖDRA", "IT") for row in queries.lines([unit], [str(MARCH)])]
    assert [row["service_code"] for row in whole] == sorted({row["service_code"] for row in each})
    for row in whole:
        mine = [part for part in each if part["service_code"] == row["service_code"]]
        assert {name: row[name] for name in names} == {name: sum(part[name] for part in mine) for name in names}
        assert type(row["amount_ore"]) is int


def test_one_units_lines_are_found_by_the_unit_not_by_walking_every_service(lillby: Any) -> None:
    build.approved(lillby)
    asked: list[Any] = []

    def note(execute: Any, sql: str, given: Any, *more: Any) -> Any:
        asked.append((sql, given))
        return execute(sql, given, *more)

    with connection.execute_wrapper(note):
        queries.lines(["NORRA"], [str(MARCH)])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0][0]}", asked[0][1])
            assert "charging_line_unit" in str(cursor.fetchall())
