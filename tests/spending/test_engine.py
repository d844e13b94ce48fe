"""What was bought on agreements, reckoned without a database."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.contracts.engine import speaks_until
from samsyn.formats.company_names import first_named, name_key, named_in, plain
from samsyn.spending import engine
from samsyn.spending.engine import Agreement, Purchase, Register, Supplier, Words
from tests import worked_tables


def supplier(key: str, name: str, number: str = "") -> Supplier:
    return Supplier(key, name, number, name_key(name))


KNOWN = Register(
    (
        supplier("N", "Nordlånet Finans AB", "5599992400"), supplier("K", "Kablaget AB"),
        supplier("D", "Datorboden AB"), supplier("1", "Kartan AB", "5599992418"),
        supplier("S", "Skrivplatsen AB"), supplier("M", "Mötesrummet AB"),
        supplier("2", "Kartan AB", "5599992426"), supplier("R", "Ritningen AB", "5599992434"),
    ),
    (
        Agreement("N", "A1", date(2024, 1, 1), date(2026, 6, 30)), Agreement("K", "A2"),
        Agreement("D", "A3", date(2026, 3, 1)), Agreement("1", "A4"), Agreement("2", "A5"),
        Agreement("S", "A7", date(2025, 1, 1), date(2025, 12, 31), (("64", "64"), ("7430", "7439"))),
        Agreement("S", "A8", date(2026, 1, 1), None, (("65", "6599"),)),
        Agreement("M", "A9", date(2026, 1, 1), None, ceiling=100_00, spent=date(2026, 2, 10)),
    ),
)  # fmt: skip
CASES = worked_tables.table("contract-loyalty.md", "case", "number", "name", "text")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_of_the_page_come_out_as_it_says(case: dict[str, str]) -> None:
    said = {name: "" if value == "–" else value for name, value in case.items()}
    words = Words(said["number"], said["name"], said["text"])
    seller, kind, why = KNOWN.judged(words, date.fromisoformat(said["day"]), said["account"])
    assert (kind, why, seller.by) == (said["kind"], said["why"], said["by"])


ANEW = worked_tables.table("contract-loyalty.md", "case, written anew", "written")


def told(text: str) -> tuple[date | None, date | None]:
    first, _, last = text.partition("–")
    return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("case", ANEW, ids=lambda case: case["case, written anew"])
def test_terms_that_others_have_followed_speak_as_the_page_says(case: dict[str, str]) -> None:
    written = [told(each) for each in case["written"].split("; ")]
    untils = speaks_until([first for first, _last in written])
    speaking = [(first, min(last or until, until), until) for (first, last), until in zip(written, untils, strict=True)]
    agreements = tuple(
        Agreement("K", f"A1/{number}", first, last)
        for number, (first, last, until) in enumerate(speaking) if (first or date.min) <= until
    )  # fmt: skip
    known = Register((supplier("K", "Kablaget AB"),), agreements)
    _, kind, why = known.judged(Words(name="Kablaget AB"), date.fromisoformat(case["day"]), "")
    assert (kind, why or "–") == (case["kind"], case["why"])


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2027, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=6), st.dates(date(2019, 1, 1), date(2028, 12, 31)))
def test_of_every_day_the_newest_terms_that_had_begun_speak_and_no_others(starts: list[date | None], day: date) -> None:
    untils = speaks_until(starts)
    speaking = [
        at for at, (first, until) in enumerate(zip(starts, untils, strict=True)) if (first or day) <= day <= until
    ]
    assert speaking == [at for at, first in enumerate(starts) if (first or day) <= day][-1:]


def test_the_page_has_enough_cases() -> None:
    assert len(CASES) >= 20


PURCHASES = st.lists(
    st.builds(
        Purchase,
        st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.sampled_from(["3100", "9100", ""]),
        st.sampled_from(["6450", "6599", "7430", ""]),
        st.sampled_from(["T", "P"]),
        st.builds(
            Words, st.sampled_from(["", "5599992400", "559999-2442", "10004007"]),
            st.sampled_from(["", "Kartan AB", "Skrivplatsen AB", "Kablaget", "Okänd AB", "[dold]"]),
            st.sampled_from(["", "Kablaget AB, kontakter", "Datorboden AB", "Ny Firma AB, x", "kvitto"]) | st.text(),
        ),
        st.integers(-(2**63), 2**63),
    )
)  # fmt: skip


@given(PURCHASES)
def test_on_outside_and_unknown_are_all_that_was_bought(purchases: Sequence[Purchase]) -> None:
    found = engine.bought(purchases, KNOWN)
    total = engine.sums(found, lambda row: "").get("", engine.Sums())
    assert total.on + total.outside + total.unknown == total.all == sum(each.ore for each in purchases)
    for by in (lambda row: row.place, lambda row: row.seller.key, lambda row: row.period):
        assert sum(each.all for each in engine.sums(found, by).values()) == total.all


@given(PURCHASES, st.randoms())
def test_the_order_of_the_books_does_not_matter(purchases: list[Purchase], chance: object) -> None:
    other = list(purchases)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert engine.bought(other, KNOWN) == engine.bought(purchases, KNOWN)


@given(PURCHASES, st.integers(1, 2**40))
def test_a_large_deviation_is_outside_and_large(purchases: list[Purchase], large: int) -> None:
    found = engine.bought(purchases, KNOWN)
    deviations = engine.deviations(found, lambda row: row.place, large)
    outside: dict[tuple[str, str], int] = {}
    for row in found:
        if row.kind == "outside":
            outside[row.place, row.seller.key] = outside.get((row.place, row.seller.key), 0) + row.ore
    assert {(each.unit, each.seller): each.ore for each in deviations} == {
        key: ore for key, ore in outside.items() if ore >= large
    }
    assert all(each.why <= {"none", "other", "ended", "not_begun"} for each in deviations)


@given(PURCHASES)
def test_an_agreement_more_never_takes_anything_off_an_agreement(purchases: list[Purchase]) -> None:
    more = Register(KNOWN.suppliers, (*KNOWN.agreements, Agreement("R", "A6")))

    def on(known: Register) -> list[bool]:
        return [known.judged(each.words, each.day, each.account)[1] == "on" for each in purchases]

    before, after = on(KNOWN), on(more)
    assert all(still for was, still in zip(before, after, strict=True) if was)


def test_a_name_is_one_whatever_its_form_and_marks() -> None:
    assert name_key("NORDLANET Finans Aktiebolag (publ)") == name_key("Nordlånet Finans AB") == "nordlanet finans"
    assert name_key("Exempel A/S") == name_key("Exempel as") == "exempel"
    assert name_key("AB") == "ab"


def test_a_name_within_a_longer_name_is_the_longer_one() -> None:
    known = Register((supplier("a", "Moln Norr AB"), supplier("b", "Moln Norr Data AB")))
    assert known.seller(Words(text="Moln Norr Data AB, drift")).key == "b"


def test_a_short_name_is_not_found_in_any_sentence() -> None:
    assert named_in(plain("Vi köper it av någon").split(), {"it"}, [1]) == []
    assert named_in(plain("IT AB, drift").split(), {"it"}, [1]) == ["it"]


def test_an_entry_that_begins_with_no_company_names_none() -> None:
    assert [first_named(each) for each in ("Hyra, Huset AB", "löner AB", "", "ABBA på scen")] == [""] * 4
    assert first_named("Tolk & Tryck AB, trycksaker") == "Tolk & Tryck AB"


def test_what_stands_for_a_seller_in_an_address_does_not_tell_a_persons_number() -> None:
    seller = KNOWN.seller(Words(number="811218-9876"))
    assert seller.key and "8112189876" not in seller.key


def met(day: int, kronor: int, account: str = "6450", month: int = 2) -> Purchase:
    return Purchase(date(2026, month, day), "9100", account, "T", Words(name="Mötesrummet AB"), kronor * 100)


def framework(*more: Agreement, called: tuple[tuple[date, int], ...] = (), ceiling: int = 100_00) -> Register:
    frame = Agreement("M", "A9", date(2026, 1, 1), None, (), ceiling, called)
    return Register((supplier("M", "Mötesrummet AB"),), (frame, *more))


def test_a_ceiling_is_taken_by_what_is_called_off_and_bought_in_the_order_of_the_days() -> None:
    rows = [met(20, 30), met(1, 40), met(10, 30)]
    assert engine.taken(rows, framework()) == {"A9": engine.Taken(100_00, 100_00, date(2026, 2, 20))}
    known = framework(called=((date(2026, 1, 5), 30_00),))
    found = engine.taken(rows, known)
    assert found == {"A9": engine.Taken(130_00, 100_00, date(2026, 2, 10))}
    kinds = [(row.kind, row.why, row.ore) for row in engine.bought(rows, engine.limited(known, found))]
    assert kinds == [("on", "", 70_00), ("outside", "spent", 30_00)]


def test_what_is_paid_back_gives_room_until_the_ceiling_is_reached() -> None:
    rows = [met(1, 90), met(2, -50), met(3, 50), met(3, -5)]
    assert engine.taken(rows, framework()) == {"A9": engine.Taken(85_00, 85_00, None)}


def test_a_call_off_without_a_day_counts_and_puts_nothing_outside() -> None:
    rows, known = [met(1, 40), met(2, 10)], framework(called=((date.max, 90_00),))
    found = engine.taken(rows, known)
    assert found["A9"] == engine.Taken(140_00, 50_00, date.max)
    assert {row.kind for row in engine.bought(rows, engine.limited(known, found))} == {"on"}


def test_what_another_agreement_covers_takes_nothing_of_a_ceiling() -> None:
    other = Agreement("M", "B1", date(2026, 2, 5), None, (("64", "64"),))
    rows = [met(1, 60), met(10, 60), met(10, 60, account="7430")]
    assert engine.taken(rows, framework(other)) == {"A9": engine.Taken(120_00, 120_00, date(2026, 2, 10))}


MET = st.builds(met, st.integers(1, 28), st.integers(-90, 90), st.just("6450"), st.integers(1, 12))


@given(st.lists(MET, max_size=20), st.integers(1, 300))
def test_a_ceiling_is_reached_on_the_first_day_that_day_by_day_comes_to_it(rows: list[Purchase], kronor: int) -> None:
    known = framework(ceiling=kronor * 100)
    sums, total = {}, 0
    for day in sorted({row.day for row in rows}):
        total += sum(row.ore for row in rows if row.day == day)
        sums[day] = total
    reached = next((day for day, ore in sums.items() if ore >= kronor * 100), None)
    assert engine.taken(rows, known)["A9"] == engine.Taken(total, total, reached)
