"""What was bought on agreements, reckoned without a database."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        supplier("S", "Skrivplatsen AB"),
        supplier("2", "Kartan AB", "5599992426"), supplier("R", "Ritningen AB", "5599992434"),
    ),
    (
        Agreement("N", "A1", date(2024, 1, 1), date(2026, 6, 30)), Agreement("K", "A2"),
        Agreement("D", "A3", date(2026, 3, 1)), Agreement("1", "A4"), Agreement("2", "A5"),
        Agreement("S", "A7", date(2025, 1, 1), date(2025, 12, 31), (("64", "64"), ("7430", "7439"))),
        Agreement("S", "A8", date(2026, 1, 1), None, (("65", "6599"),)),
    ),
)  # fmt: skip
CASES = worked_tables.table("contract-loyalty.md", "case", "number", "name", "text")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_of_the_page_come_out_as_it_says(case: dict[str, str]) -> None:
    said = {name: "" if value == "–" else value for name, value in case.items()}
    words = Words(said["number"], said["name"], said["text"])
    seller, kind, why = KNOWN.judged(words, date.fromisoformat(said["day"]), said["account"])
    assert (kind, why, seller.by) == (said["kind"], said["why"], said["by"])


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
