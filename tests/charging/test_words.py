"""The sentences of a statement: plain, exact, the same on the page, in the PDF and in the mail."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import samsyn
from samsyn.charging import engine, phrases, words
from samsyn.charging.queries import ServiceYear, Statement
from samsyn.core.money import MICRO
from samsyn.core.periods import Period
from tests.charging import lundaskolan
from tests.charging.lix import lix
from tests.charging.trade import trade_words

CALLS: dict[str, Any] = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def changed(before: list[engine.LineValue], after: list[engine.LineValue], **more: Any) -> Statement:
    old, new = (sum(line.amount_ore for line in lines) for lines in (before, after))
    change = engine.explain_change(before, after)
    return lundaskolan.statement(change=change, before_ore=old, total_ore=new, **more)


def value(code: str, quantity: int, price: int, amount: int | None = None) -> engine.LineValue:
    return engine.LineValue(code, quantity, quantity * price * 100 if amount is None else amount, price * MICRO)


def test_the_heading_is_the_answer() -> None:
    assert plain(words.headline(lundaskolan.statement())) == "I mars betalar Lundaskolan 84 338 kr för it"
    assert words.headline(lundaskolan.statement(total_ore=0)) == "I mars betalar Lundaskolan inget för it"
    back = plain(words.headline(lundaskolan.statement(total_ore=-50_000)))
    assert back == "I mars får Lundaskolan tillbaka 500 kr för it"


def test_the_named_case_says_its_change_in_one_sentence_in_three_languages() -> None:
    said = {}
    for language in ("sv", "da", "en"):
        with translation.override(language):
            said[language] = plain(words.why(lundaskolan.statement()))
    assert said == {
        "sv": "Det är 1 940 kr mer än i februari: tolv fler elevdatorer (+2 700 kr) och "
        "två personaldatorer färre (−760 kr).",
        "da": "Det er 1.940 kr mere end i februar: tolv flere elevcomputere (+2.700 kr) og "
        "to færre medarbejdercomputere (−760 kr).",
        "en": "That is 1,940 kr more than in February: twelve more pupil computers (+2,700 kr) and "
        "two fewer staff computers (−760 kr).",
    }


def test_what_the_two_largest_leave_is_said_as_the_rest() -> None:
    before = [value("PC", 10, 225), value("STAFF", 10, 380), value("TABLET", 10, 95)]
    after = [value("PC", 30, 225), value("STAFF", 9, 380), value("TABLET", 11, 95)]
    assert plain(words.why(changed(before, after))) == (
        "Det är 4 215 kr mer än i februari: 20 fler elevdatorer (+4 500 kr), 1 personaldator färre (−380 kr) "
        "och övrigt (+95 kr)."
    )


def test_prices_new_and_ended_services_have_words_of_their_own() -> None:
    found = changed([value("PC", 10, 200), value("TABLET", 30, 95)], [value("PC", 10, 225), value("STAFF", 1, 380)])
    assert plain(words._causes(found)) == (
        "surfplattor, som ni inte längre betalar för (−2 850 kr), personaldatorer, som ni inte betalade för förut "
        "(+380 kr) och övrigt (+250 kr)"
    )
    dearer = changed([value("PC", 10, 200)], [value("PC", 10, 225)])
    assert plain(words.why(dearer)) == "Det är 250 kr mer än i februari: högre pris på elevdatorer (+250 kr)."
    cheaper = changed([value("PC", 10, 225)], [value("PC", 10, 200)])
    assert plain(words.why(cheaper)) == "Det är 250 kr mindre än i februari: lägre pris på elevdatorer (−250 kr)."


def test_a_service_without_a_plural_still_makes_a_sentence() -> None:
    found = changed([value("ACCOUNT", 52, 74)], [value("ACCOUNT", 55, 74)])
    assert plain(words._causes(found)) == "tre fler av konto och e-post (+222 kr)"
    one = changed([value("ACCOUNT", 52, 74)], [value("ACCOUNT", 53, 74)])
    assert plain(words._causes(one)) == "1 konto och e-post till (+74,00 kr)".replace(",00", "")


def test_numbers_below_thirteen_are_words() -> None:
    assert phrases.number_word(Fraction(12)) == "tolv"
    assert phrases.number_word(Fraction(13)) == "13"
    assert phrases.number_word(Fraction(1, 2)) == "0,5"
    with translation.override("da"):
        assert phrases.number_word(Fraction(7)) == "syv"


def test_nothing_changed_is_said() -> None:
    same = lundaskolan.values(3)
    assert words.why(changed(same, same)) == "Det är lika mycket som i februari, och inget har ändrats."
    swapped = changed([value("PC", 2, 100), value("STAFF", 1, 100)], [value("PC", 1, 100), value("STAFF", 2, 100)])
    assert plain(words.why(swapped)).startswith("Det är lika mycket som i februari, men inte för samma saker: ")


def test_nothing_to_compare_with_is_said_with_the_reason() -> None:
    first = lundaskolan.statement(change=None, before_ore=None, not_comparable="")
    assert words.why(first) == "Vi har inget att jämföra med: det finns ingen räkning för februari."
    july = {"period": Period(2025, 7), "change": None, "before_ore": None}
    merged = words.why(lundaskolan.statement(**july))
    assert merged == "Vi har inget att jämföra med: Lundaskolan slogs ihop av flera enheter den 1 juli 2025."
    split = words.why(lundaskolan.statement(**july, not_comparable="split 2025-07-01"))
    assert split == "Vi har inget att jämföra med: Lundaskolan delades den 1 juli 2025."


def test_at_most_four_facts_and_a_reason_where_one_is_missing() -> None:
    shown = [(plain(value), plain(note)) for value, note in words.facts(lundaskolan.statement())]
    assert shown == [
        ("249 134 kr", "hittills 2026"),
        ("ungefär 1 008 000 kr", "för hela 2026, om det fortsätter så här"),
        ("82 398 kr", "i februari 2026"),
        ("Ingen jämförelse", "med mars 2025: enheter slogs ihop den 1 juli 2025"),
    ]
    cards = [tuple(card) for card in words.facts(lundaskolan.statement(not_comparable="", before_ore=None))]
    assert cards[2:] == [
        ("Ingen jämförelse", "med februari 2026: det finns ingen räkning då"),
        ("Ingen jämförelse", "med mars 2025: det finns ingen räkning då"),
    ]
    budgeted = [tuple(map(plain, card)) for card in words.facts(lundaskolan.statement(budget_ore=1_000_000_00))]
    assert budgeted[:2] == [
        ("249 134 kr", "hittills 2026, av 1 000 000 kr"),
        ("ungefär 8 000 kr över budget", "för hela 2026, om det fortsätter så här"),
    ]
    under = words.facts(lundaskolan.statement(budget_ore=1_100_000_00))[1]
    assert plain(under.value) == "ungefär 92 000 kr under budget"
    assert words.facts(lundaskolan.statement(budget_ore=1_008_000_00))[1].value == "ungefär som i budgeten"
    december = words.facts(lundaskolan.statement(period=Period(2026, 12)))
    assert not any("fortsätter" in card.note for card in december), "in December nothing is left to guess"


def test_a_line_says_how_its_amount_comes_about_and_what_one_may_do() -> None:
    found = {each.code: each for each in lundaskolan.services()}
    assert plain(words.line_detail(found["PC"])) == "220 stycken × 225 kr"
    assert words.tag(found["PC"]) == ("kan lämnas tillbaka", "good")
    assert words.tag(found["NET"]) == ("betalas av alla", "neutral")
    assert words.tag(found["HELP"]) == ("betalas med skattemedel", "neutral")
    assert words.line_detail(found["HELP"]) == "ingår i grunduppdraget och betalas med skattemedel"
    assert plain(words.line_detail(lundaskolan.service("PC", 1, 225))) == "1 styck × 225 kr"
    shared = lundaskolan.service("PC", 7, None, 100, mode="cost", unit_of_measure="timmar", step=2)
    assert words.line_detail(shared) == "3,5 timmar, er del av kostnaden"


def test_the_five_steps_read_as_the_look_shows() -> None:
    steps = [plain(f"{lead} {text}") for lead, text in words.why_steps(lundaskolan.explanation())]
    assert steps == [
        "220 × 225 kr. Ni hade 220 elevdatorer den 28 februari 2026.",
        "Antalet kommer ur utrustningslistan. Ni har inte svarat om det stämmer.",
        "Priset 225 kr är lika för alla och gäller från den 1 januari 2026.",
        "Kostnaden bakom er rad är 48 483 kr: leasing 29 900 kr, program 10 128 kr, lagning 5 786 kr, "
        "personal 1 803 kr och övrigt 866 kr. Ni betalar 1 017 kr mer än det kostade, och det behåller it-enheten.",
        "Beslutat av kommunfullmäktige den 24 november 2025, § 160, ärende KS 2025/311.",
    ]


def test_without_a_decision_the_price_is_only_claimed() -> None:
    assert tuple(words.why_steps(lundaskolan.explanation(decision=None))[4]) == (
        "Inget beslut", "är registrerat: priset är påstått.",
    )  # fmt: skip


def test_the_second_step_says_what_the_manager_has_answered() -> None:
    def second(**more: Any) -> str:
        return words.why_steps(lundaskolan.explanation(**more))[1].text

    agrees = SimpleNamespace(agrees=True, comment="")
    assert second(answer=agrees, source="") == "har ingen angiven källa. Ni har svarat att det stämmer."
    wrong = SimpleNamespace(agrees=False, comment="Vi har 218.")
    assert second(answer=wrong).endswith("Ni har svarat att det inte stämmer: ”Vi har 218.”")


@pytest.mark.parametrize("mode", ["cost", "shown"])
def test_a_shared_cost_and_a_tax_paid_one_have_five_steps_too(mode: str) -> None:
    service = lundaskolan.service("PC", 220, None, 4_848_256, mode=mode)
    found = lundaskolan.explanation(service=service, price_difference_ore=0, decision=None)
    said = [plain(f"{lead} {text}") for lead, text in words.why_steps(found)]
    assert len(said) == 5
    assert said[2] == "Er del är 48 483 kr av de 846 000 kr som det kostade för alla i mars."
    opening = {"cost": "Er del är 48 483 kr.", "shown": "0 kr. Ni betalar inget för det här: skatten betalar."}
    assert said[0].startswith(opening[mode])
    assert said[4] == "Inget beslut är registrerat: hur kostnaden delas är bara påstått."


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
def test_what_is_shown_of_the_cost_adds_up_to_the_whole_shown(amounts: list[int]) -> None:
    shown = [ore for _, ore in phrases.adding_up([("", ore) for ore in amounts])]
    assert all(ore % 100 == 0 for ore in shown)
    assert phrases.kr(sum(shown)) == phrases.kr(phrases._whole(sum(amounts)))
    assert all(abs(ore - exact) <= 100 for ore, exact in zip(shown, amounts, strict=True))


def test_small_amounts_keep_their_öre_so_that_they_can_be_added_up() -> None:
    tiny = lundaskolan.explanation(
        causes=[replace(lundaskolan.explanation().causes[0], amount_ore=4286)], other_ore=2907, other_count=2,
        service=lundaskolan.service("PC", 3, None, 7193, mode="cost"), price_difference_ore=0,
    )  # fmt: skip
    text = plain(words.why_steps(tiny)[3].text)
    assert text == "bakom er rad är 71,93 kr: leasing 42,86 kr och övrigt 29,07 kr."


def test_one_pays_once(monkeypatch: Any) -> None:
    def once(cost: int, charged: int, last: int = 12) -> str:
        year = ServiceYear(Period(2025, 1), Period(2025, last), cost, charged, cost - charged)
        monkeypatch.setattr(words, "service_year", lambda code, year_: year)
        return plain(words.pay_once(lundaskolan.explanation()))

    assert once(1_036_000_000, 1_015_200_000) == (
        "Ni betalar en gång: elevdatorer kostade 10 360 000 kr under 2025. "
        "Enheterna betalade 10 152 000 kr och it-enheten stod för resten, 208 000 kr."
    )
    assert once(100_000, 150_000, 3) == (
        "Ni betalar en gång: elevdatorer kostade 1 000 kr under januari–mars 2025. "
        "Enheterna betalade 1 500 kr, och 500 kr blev kvar hos it-enheten."
    )
    assert once(100_000, 100_000).endswith("och enheterna betalade precis det.")
    monkeypatch.setattr(words, "service_year", lambda code, year: None)
    assert words.pay_once(lundaskolan.explanation()) == ""


def test_the_picture_has_its_sentence_and_its_table() -> None:
    chart = words.picture(lundaskolan.statement())
    assert plain(chart.sentence) == "Elevdator är den största delen, 59 %."
    assert sum(ore for _, ore in chart.table.rows) == 8_433_800


def prose() -> Iterator[str]:
    """Yield every sentence a manager may read, for the statement and its variants."""
    variants = [
        lundaskolan.statement(), lundaskolan.statement(change=None, before_ore=None, not_comparable=""),
        changed([value("PC", 1, 200)], [value("PC", 30, 225), value("STAFF", 1, 380), value("ACCOUNT", 4, 74)]),
    ]  # fmt: skip
    for found in variants:
        yield words.headline(found) + "."
        yield words.why(found)
        yield " ".join(f"{card.value} {card.note}." for card in words.facts(found))
        yield words.mail(found, "Karin", "https://samsyn.example.org/lund")[1]
    for why in (lundaskolan.explanation(), lundaskolan.explanation(decision=None, source="")):
        yield " ".join(f"{lead} {text}" for lead, text in words.why_steps(why))


def labels() -> Iterator[str]:
    """Yield the words beside the figures."""
    for each in lundaskolan.services():
        yield from (words.line_detail(each), words.tag(each)[0])


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_no_word_of_the_trade_reaches_a_manager(language: str) -> None:
    with translation.override(language):
        for text in (*prose(), *labels()):
            assert not trade_words(text, language), text


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_no_sentence_of_the_statement_has_a_word_of_the_trade_in_any_language(language: str) -> None:
    for message in spoken():
        forms = message if isinstance(message, tuple) else (message,)
        for form in forms if language == "en" else known(language)[forms[0]]:
            assert not trade_words(form, language), form


def spoken() -> list[Any]:
    """Return the message ids of the modules that write to managers."""
    folder = Path(samsyn.__file__).parent / "charging"
    found = [
        message
        for name in ("words.py", "phrases.py", "exports.py")
        for _line, message, _comments, _context in extract_from_file("python", folder / name, keywords=CALLS)
    ]
    assert len(found) > 60
    return found


def known(language: str) -> dict[str, tuple[str, ...]]:
    path = Path(samsyn.__file__).parent / "charging" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


def test_the_swedish_reads_easily() -> None:
    for text in (*prose(), " ".join(prose())):
        assert lix(text) <= 35, (lix(text), text)


def test_every_language_says_the_same_amounts() -> None:
    said = []
    for language in ("sv", "da", "en"):
        with translation.override(language):
            digits = re.findall(r"\d+", re.sub(r"(?<=\d)[\u00a0.,](?=\d{3})", "", words.why(lundaskolan.statement())))
            said.append(digits)
    assert said[0] == said[1] == said[2] == ["1940", "2700", "760"]


def test_days_are_written_out() -> None:
    assert phrases.day(date(2026, 2, 28)) == phrases.day("2026-02-28") == "28 februari 2026"
    assert phrases.day(None) == ""
