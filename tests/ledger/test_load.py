"""Books come in once, overlap, change and go again; every sum stays a plain sum."""

import os
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.facts import store
from samsyn.history.queries import changes_of_record
from samsyn.ledger import imports, operations, queries, rules
from samsyn.people.queries import person_with_code
from tests import personas
from tests.personas import AT

HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n#KTYP 6540 K\n#DIM 1 "Ansvar"\n#DIM 22 "Motpart"\n'


def voucher(number: int, month: int, kronor: int = 100, text: str = "Licenser", more: str = "") -> str:
    day = f"2026{month:02d}15"
    rows = f'#TRANS 6540 {{1 "9100"{more}}} {kronor}.00\n#TRANS 2440 {{}} -{kronor}.00\n'
    return f'#VER A {number} {day} "{text}"\n{{\n{rows}}}\n'


def sie(*vouchers: str) -> bytes:
    return (HEAD + "".join(vouchers)).encode("cp437")


@pytest.fixture
def load(lillby: Any) -> Any:
    by = personas.person(lillby, "controller")
    minutes = iter(range(1000))

    def loading(data: bytes, **options: Any) -> Any:
        at = AT + timedelta(minutes=next(minutes))
        return operations.load_file(municipality=lillby, data=data, name="books.se", by=by, at=at, **options)

    loading.by = by  # type: ignore[attr-defined]
    return loading


def test_a_later_export_adds_only_vouchers_not_known_and_asks_about_the_changed_one(lillby: Any, load: Any) -> None:
    to_february = [voucher(n, 1 + n % 2) for n in range(2000)]
    to_march = [voucher(n, 1 + n % 2, 150 if n == 7 else 100) for n in range(2000)]
    to_march += [voucher(n, 3) for n in range(2000, 3000)]
    assert load(sie(*to_february)).status == "committed"
    second = load(sie(*to_march))
    assert (second.summary["new_vouchers"], second.summary["questions"]) == (1000, 1)
    assert queries.totals(lillby, "account") == {"6540": 3000 * 100_00}
    (question,) = queries.open_questions()
    assert (question.before[0]["amount"], question.after[0]["amount"]) == ("100.00", "150.00")
    operations.answer(question=question, answer="take_new", by=load.by, at=AT)
    assert queries.totals(lillby, "account") == {"6540": (2999 * 100 + 150) * 100}
    assert queries.totals(lillby, "period", "all") == {"2026-01": 0, "2026-02": 0, "2026-03": 0}
    assert load(sie(*to_march)).status == "duplicate"


def test_keeping_the_old_voucher_changes_no_sum(lillby: Any, load: Any) -> None:
    load(sie(voucher(1, 1)))
    load(sie(voucher(1, 1, 900)))
    (question,) = queries.open_questions()
    operations.answer(question=question, answer="keep_old", by=load.by, at=AT)
    assert queries.totals(lillby, "account") == {"6540": 100_00}
    with pytest.raises(Refusal, match="already_answered"):
        operations.answer(question=question, answer="take_new", by=load.by, at=AT)


def test_the_same_file_twice_adds_nothing_and_says_so(lillby: Any, load: Any) -> None:
    first = load(sie(voucher(1, 1)))
    second = load(sie(voucher(1, 1)))
    assert (second.status, second.summary["batch"]) == ("duplicate", first.summary["batch"])
    assert queries.totals(lillby, "account") == {"6540": 100_00}


def test_a_dry_run_shows_everything_and_writes_nothing(lillby: Any, load: Any) -> None:
    loaded = load(sie(voucher(1, 1)), dry_run=True)
    assert (loaded.status, loaded.summary["rows"], loaded.summary["debit_ore"]) == ("dry-run", 2, 100_00)
    assert queries.totals(lillby, "account") == {}
    assert not (store.folder() / str(lillby.key)).exists()


def test_a_refused_file_still_says_what_it_holds_and_names_the_voucher(lillby: Any, load: Any) -> None:
    bad = sie(voucher(1, 1), voucher(2, 1).replace("-100.00", "-99.00"))
    loaded = load(bad)
    assert (loaded.status, loaded.summary["vouchers"], loaded.summary["net_ore"]) == ("refused", 2, 1_00)
    (problem,) = [each for each in loaded.summary["problems"] if each["severity"] == "error"]
    assert "A 2" in problem["message"] and "1.00" in problem["message"] and problem["line"] == 13
    assert queries.totals(lillby, "account") == {}


def test_a_withdrawn_batch_leaves_every_answer_and_stays_in_the_history(lillby: Any, load: Any) -> None:
    loaded = load(sie(voucher(1, 1)))
    batch = loaded.summary["batch"]
    operations.withdraw(municipality=lillby, batch_key=batch, reason="fel månad", by=load.by, at=AT)
    assert queries.totals(lillby, "account") == {}
    verbs = [change.verb for change in changes_of_record(lillby.key, batch)]
    assert verbs == ["withdraw", "load"]
    assert load(sie(voucher(1, 1))).status == "committed", "a withdrawn file may come again"


def test_a_batch_that_a_correction_builds_on_is_not_withdrawn_first(lillby: Any, load: Any) -> None:
    first = load(sie(voucher(1, 1))).summary["batch"]
    load(sie(voucher(1, 1, 900)))
    (question,) = queries.open_questions()
    correction = operations.answer(question=question, answer="take_new", by=load.by, at=AT)
    assert correction is not None
    with pytest.raises(Refusal, match="batch_built_upon"):
        operations.withdraw(municipality=lillby, batch_key=first, reason="x", by=load.by, at=AT)
    operations.withdraw(municipality=lillby, batch_key=str(correction.key), reason="x", by=load.by, at=AT)
    assert queries.totals(lillby, "account") == {"6540": 100_00}


def test_vouchers_that_vanished_and_closed_periods_are_listed_in_the_preview(
    lillby: Any, load: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rules, "_closed_periods", [lambda: ["2026-01"]])
    load(sie(voucher(1, 1), voucher(2, 2), voucher(9, 4)))
    preview = load(sie(voucher(2, 2), voucher(4, 3)), dry_run=True)
    assert preview.summary["vanished"] == [], "voucher 1 lies before what the new file begins with"
    preview = load(sie(voucher(3, 1), voucher(4, 3)), dry_run=True)
    assert preview.summary["vanished"] == ["ledger|2026|A|1", "ledger|2026|A|2"]
    assert preview.summary["approved_periods_changed"] == ["2026-01"]


def test_protected_rows_lose_their_words_at_commit_while_amounts_stay(lillby: Any, load: Any) -> None:
    by_name = HEAD.replace('#DIM 22 "Motpart"', '#DIM 20 "Verksamhet"').encode("cp437")
    secret = by_name + voucher(1, 1, text="Umgängesresa barn X", more=' 20 "61000"').encode("cp437")
    open_ = by_name + voucher(2, 1, text="Licenser", more=' 20 "91000"').encode("cp437")
    load(secret), load(open_)
    rows = queries.rows(lillby, ["2026-01"], with_text=True).to_pylist()
    assert [(row["amount_ore"], row["text"]) for row in rows] == [(100_00, ""), (100_00, "Licenser")]


def test_internal_counterparties_and_income_are_flagged(lillby: Any, load: Any) -> None:
    load(sie(voucher(1, 1, more=' 22 "115"'), voucher(2, 1, more=' 22 "870"')))
    rows = queries.rows(lillby, ["2026-01"]).to_pylist()
    assert [(row["counterparty"], row["internal"], row["income"]) for row in rows] == [
        ("115", True, False), ("870", False, False),
    ]  # fmt: skip


def test_balances_of_a_year_file_never_enter_the_sums(lillby: Any, load: Any) -> None:
    data = b"#FLAGGA 0\n#SIETYP 1\n#RAR 0 20260101 20261231\n#IB 0 1910 100.00\n#UB 0 1910 200.00\n#RES 0 6540 50.00\n"
    loaded = load(data)
    assert loaded.status == "committed" and loaded.summary["sie_type"] == 1
    assert queries.totals(lillby, "account", "all") == {}
    assert load(data).status == "duplicate"


def test_another_municipality_may_load_the_same_file(lillby: Any, load: Any) -> None:
    from samsyn.core.scoping import in_municipality

    load(sie(voucher(1, 1)))
    other = personas.municipality("grannby", "Grannby")
    with in_municipality(other):
        personas.load_organisation(other)
        assert queries.totals(other, "account") == {}
        by = personas.person(other, "controller")
        data = sie(voucher(1, 1))
        again = operations.load_file(municipality=other, data=data, name="b.se", by=by, at=AT)
    assert again.status == "committed"


def test_texts_are_erased_when_their_time_is_up_while_sums_and_digests_stay(lillby: Any, load: Any) -> None:
    from samsyn.intake import operations as intake
    from samsyn.intake.models import RawFile

    load(sie(voucher(1, 1, text="Licenser till Anna")))
    early, late = (AT + timedelta(days=300)), (AT + timedelta(days=4 * 365))
    assert intake.remove_expired(on=early.date(), by="samsyn", at=early) == 0
    assert intake.erase_expired_texts(on=early.date(), by="samsyn", at=early) == 0
    assert intake.remove_expired(on=late.date(), by="samsyn", at=late) == 1
    assert intake.erase_expired_texts(on=late.date(), by="samsyn", at=late) == 1
    (row,) = queries.rows(lillby, ["2026-01"], with_text=True).to_pylist()
    assert (row["amount_ore"], row["text"]) == (100_00, "")
    raw = RawFile.objects.get()
    assert raw.digest and raw.removed_at == late
    with pytest.raises(Refusal, match="raw_file_removed"):
        intake.open_raw(raw)


def test_a_kept_raw_file_is_encrypted_and_comes_back_as_it_was(lillby: Any, load: Any, data_folder: Any) -> None:
    from samsyn.intake import operations as intake
    from samsyn.intake.models import RawFile

    data = sie(voucher(1, 1, text="Hemligt ord"))
    load(data)
    stored = next((data_folder / "raw").rglob("*.bin")).read_bytes()
    assert b"Hemligt" not in stored
    assert intake.open_raw(RawFile.objects.get()) == data


def test_a_large_raw_file_is_kept_piece_by_piece_and_one_changed_byte_is_found(lillby: Any, data_folder: Any) -> None:
    from samsyn.intake import operations as intake

    data = bytes(range(256)) * (intake.PIECE // 256) * 2 + b"the rest"
    raw = intake.keep(municipality_key=lillby.key, name="large.se", content=BytesIO(data), by="tests", at=AT)
    assert (raw.size, raw.digest) == (len(data), sha256(data).hexdigest())
    assert intake.open_raw(raw) == data
    path = next((data_folder / "raw").rglob("*.bin"))
    stored = bytearray(path.read_bytes())
    for place in (0, 5_000, len(stored) - 1):
        path.write_bytes(stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :])
        with pytest.raises(Refusal, match="raw_file_damaged"):
            intake.open_raw(raw)
    path.write_bytes(stored[:20])
    with pytest.raises(Refusal, match="raw_file_damaged"):
        intake.open_raw(raw)


def test_a_received_file_is_kept_once_and_loaded_from_there(lillby: Any, data_folder: Any) -> None:
    from samsyn.intake.models import RawFile

    by = person_with_code(lillby, "controller")
    data = sie(voucher(1, 1))
    record = operations.receive(municipality=lillby, data=data, name="b.se", by=by, at=AT)
    loaded = operations.load_received(record=record, by=by, at=AT + timedelta(days=1))
    assert loaded.record and loaded.record.raw_key == record.raw_key == RawFile.objects.get().key
    assert len(list((data_folder / "raw").rglob("*.bin"))) == 1


def test_a_table_with_zero_bytes_far_into_it_is_refused_in_words(lillby: Any) -> None:
    data = b"konto;belopp\n" + b"6540;100,00\n" * 10_000
    assert imports.is_table(data) and not imports.is_table(sie(voucher(1, 1)))
    assert {problem.code for problem in imports.read(data + b"\0").problems} == {"nul_bytes"}


def test_a_file_beyond_the_limit_is_refused_by_page_and_command_before_it_is_read(
    lillby: Any, settings: Any, tmp_path: Any
) -> None:
    settings.LARGEST_FILE = 2_000_000
    path = tmp_path / "huge.se"
    path.write_bytes(b"")
    os.truncate(path, 2_000_001)
    with pytest.raises(Refusal, match=r"The file is 3 MB. Files of up to 2 MB are read."):
        call_command("import_ledger", str(path), actor="controller", municipality="lillby")
    client = Client(headers={"accept-language": "en"})
    client.force_login(personas.person(lillby, "controller"), "django.contrib.auth.backends.ModelBackend")
    page = client.post("/lillby/books/load/", {"file": SimpleUploadedFile("huge.se", b"0" * 2_200_000)})
    assert page.status_code == 413 and "Files of up to 2 MB are read." in page.content.decode()


def test_vouchers_of_one_number_are_one_voucher_whose_rows_may_stand_in_any_order(lillby: Any, load: Any) -> None:
    assert load(sie(voucher(1, 1), voucher(1, 1, 200), voucher(2, 1))).summary["new_vouchers"] == 2
    again = load(sie(voucher(1, 1, 200), voucher(2, 1), voucher(1, 1), voucher(3, 1))).summary
    assert (again["new_vouchers"], again["known_vouchers"], again["questions"]) == (1, 2, 0)


def test_the_other_side_of_a_protected_row_does_not_tell_what_it_was(lillby: Any, load: Any) -> None:
    head = HEAD.replace('#DIM 22 "Motpart"', '#DIM 20 "Verksamhet"').encode("cp437")
    load(head + voucher(1, 1, text="Umgängesresa barn X", more=' 20 "61000"').encode("cp437"))
    rows = queries.rows(lillby, ["2026-01"], ("K", "S"), with_text=True).to_pylist()
    assert [(row["account"], row["text"]) for row in rows] == [("6540", ""), ("2440", "")]


def test_a_dimension_that_comes_into_use_changes_no_older_voucher(lillby: Any, load: Any) -> None:
    load(sie(voucher(1, 1), voucher(2, 1)))
    later = load(sie(voucher(1, 1), voucher(2, 1), voucher(3, 2, more=' 6 "P1"')))
    assert (later.summary["questions"], later.summary["new_vouchers"]) == (0, 1)
    changed = load(sie(voucher(1, 1, more=' 6 "P1"'), voucher(4, 2)))
    assert changed.summary["questions"] == 1, "a code part that is filled in later is a change"


def test_a_danish_municipality_has_the_danish_chart_and_ranges(lillby: Any) -> None:
    place = personas.municipality("lilleby", "Lilleby")
    place.country = "DK"
    place.save()
    with in_municipality(place):
        personas.load_organisation(place)
        by = personas.person(place, "controller")
        head = "Artskonto;Bogføringsdato;Bilagsnr;Omkostningssted;Beløb"
        booked = (("22", "100,00"), ("11", "50,00"), ("97", "-30,00"), ("71", "-20,00"))
        lines = [head, *(f"{account};2026-01-15;B-{account};4000;{kr}" for account, kr in booked)]
        loaded = operations.load_file(
            municipality=place, data="\n".join(lines).encode(), name="regnskab.csv", by=by, at=AT
        )
        assert loaded.status == "committed", loaded.summary
        assert queries.totals(place, "account") == {"11": 5_000, "22": 10_000}
        rows = queries.rows(place, ["2026-01"]).to_pylist()
        assert {row["account"]: row["internal"] for row in rows} == {"22": False, "11": False, "97": True, "71": False}


def test_a_voucher_without_a_day_is_refused_in_words_with_its_sums_shown(load: Any) -> None:
    for days in (('""', '""'), ("20260115", '""')):
        found = load(sie(*(voucher(n, 1).replace("20260115", day) for n, day in enumerate(days, 1))))
        assert (found.status, found.summary["rows"], found.summary["debit_ore"]) == ("refused", 4, 20_000)
        assert {problem["code"] for problem in found.summary["problems"]} == {"bad_date"}


def test_books_of_the_same_months_from_another_source_are_warned_of(load: Any) -> None:
    assert load(sie(voucher(1, 1), voucher(2, 3))).summary["problems"] == []
    table = b"Datum;Konto;Belopp\n2026-03-15;6540;100,00\n2026-04-15;6540;1,00\n"
    (found,) = load(table, source_code="leverantor").summary["problems"]
    assert (found["severity"], found["code"], found["found"], found["expected"]) == (
        "warning", "also_elsewhere", "ledger", "2026-03",
    )  # fmt: skip
    assert load(sie(voucher(1, 1), voucher(2, 3), voucher(3, 5))).summary["problems"] == []
