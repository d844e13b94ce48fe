"""Read the cells of a register as its fields ask, whatever words, marks and scale a column writes them in."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from samsyn.core.organisation_numbers import organisation_number
from samsyn.core.refusals import N_
from samsyn.formats.ledger_table import key_of, keys_of
from samsyn.formats.table_grid import Cell, cell_text
from samsyn.formats.table_values import (
    Decimal,
    Order,
    amount_of,
    day_of,
    day_order,
    decimal_mark,
    leaves_open,
)

Kind = Literal[
    "text", "names", "day", "term", "period", "options", "money", "number", "interval", "organisation_number",
    "yes_no", "choice",
]  # fmt: skip
LONGEST = 20_000
NOTHING = {"", "-", "–", "--", "?", "n/a", "na", "n.a.", "nan", "null", "none", "okänt", "okand", "ukendt", "unknown",
           "vet ej", "ved ikke", "ukjent", "unbekannt", "onbekend", "inconnu", "(blank)", "(tom)", "(none)",
           "#n/a", "#saknas!", "#i/t", "#nv", "#ref!", "#referens!", "#reference!", "#value!", "#värdefel!", "#værdi!",
           "#name?", "#namn?", "#navn?"}  # fmt: skip
NUMBER = re.compile(r"(\d{1,9})(?:\.0+)?")
EXPECTED: dict[Kind, str] = {
    "text": N_("text"), "names": N_("names"), "day": N_("a day such as 2026-01-31"),
    "term": N_("two days such as 2026-01-01 - 2026-12-31"), "period": N_("a period such as 3 months"),
    "options": N_("options such as 2 x 12 months"), "number": N_("a whole number"),
    "organisation_number": N_("an organisation number such as 556224-8012"),
    "money": N_("an amount in kronor such as 1234,56"), "yes_no": N_("yes or no"),
    "interval": N_("a number such as 250, or 200–300"), "choice": N_("one of the answers that are known"),
}  # fmt: skip
_YES = {"ja", "j", "yes", "y", "x", "true", "sand", "sant", "1", "kyllä", "oui", "sí"}
_NO = {"nej", "n", "no", "false", "falsk", "falskt", "0", "ingen", "inga", "nein", "nee", "ei", "non"}
# a length: a number, and the word after it; what is negative are days
_LENGTHS = re.compile(r"(\d{1,4})(?:\.0)?\s*([a-zåäöæø]*)\.?")
_UNITS = {"år": 12, "ar": 12, "aar": 12, "yea": 12, "yr": 12, "jah": 12, "jaa": 12, "vuo": 12, "an": 12, "må": 1,
          "man": 1, "mo": 1, "md": 1, "maa": 1, "kk": 1, "kuu": 1, "kva": 3, "qua": 3, "dag": -1, "day": -1, "d": -1,
          "tag": -1, "jou": -1, "vec": -7, "uge": -7, "wee": -7, "woc": -7, "wek": -7, "vko": -7}  # fmt: skip
_UNIT_HEADS = {"ar", "optionsar", "years", "year", "yr", "dagar", "dage", "days"}
# from when a period of notice counts back: a length says it anyway
_BEFORE = re.compile(r"\s*\b(?:före|innan|før|before|prior|in advance|i förväg|forud|inden|skriftlig\w*)\b.*")
_YES_FIRST = re.compile(r"(?:ja|yes|finns|option)\s*[,:;.(–-]*\s*(?=\d)|\)$")
_TIMES = re.compile(
    r"(\d{1,2})\s*(?:x|×|\*|st\.?|stk\.?|optione?r?n?a?|options?|gange?r?)\s*(?:a|à|på|om|of)?\s*(\d.*)"
)
_PIPED = re.compile(r"\[([^|\[\]]+)\|[^\]]*\|[^\]]*\]")
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
_DAYS = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\b\d{8}\b")
_COUNT = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?:\.0{1,2})?"
_INTERVAL = re.compile(rf"{_COUNT}(?:(?:-|till|til|to){_COUNT})?")
_RANK = re.compile(r"(?i)\b(?:rang\w*|rank\w*|prioritet)\s*[:=]?\s*(\d{1,3})\b")
_THOUSANDS = r"tkr|t\.?\s?kr|kkr|tsek|ksek|tdkk|tusen|tusind"
_MILLIONS = r"mkr|m\.?\s?kr|mnkr|msek|mdkk|mio\.?|mio\.?\s?kr|milj|miljoner|millioner"
_SCALES = ((1_000, re.compile(rf"(?i)(?<![a-zåäö])(?:{_THOUSANDS})\.?(?![a-zåäö])")),
           (1_000_000, re.compile(rf"(?i)(?<![a-zåäö])(?:{_MILLIONS})\.?(?![a-zåäö])")))  # fmt: skip
_TOTAL = re.compile(
    r"(?i)(?:(?:del|grand|sub)?[ -]?(?:summa|summe|sum|total|totalt|totals|totalsumma|totaal|gesamt|gesamtsumme)"
    r"|i alt|yhteensä|summa summarum)(?: (?:antal|kostnad|system|avtal|kontrakter|kr)\w*){0,2}"
    r"\s*:?\s*(?P<figure>\d[\d ., ]*)?(?:kr|sek|dkk|st)?\.?"
)
_FIGURES = re.compile(r"(?i)[-+(]?[\d ., ]+[)-]?\s*(?:kr|sek|dkk|st|%)?\.?")
# what a header says of all its amounts; in a cell it is an amount itself
_THOUSANDS_EACH = re.compile(r"(?i)(?<![\d.,])1[ .]?000[ -]?(?:s|tal|kr|sek|dkk)")
# what people write after an amount that says nothing more of it
_AFTER_AMOUNT = re.compile(
    r"(?i)(?:[,:.]\s?[-–—]{1,2}|\b(?:kronor|kroner|kr|sek|dkk)|(?:/|\bper |\bpr\.? )\s?(?:år|year|aar))\.?$"
)
_CURRENCY = {"valuta", "valutakod", "valutakode", "currency", "currency code"}
_KRONOR = {"", "sek", "dkk", "kr", "kronor", "kroner"}
_FOREIGN = re.compile(r"(?i)[£$€¥]|\b(?:gbp|eur|euro|usd|nok|isk|chf|pln)\b")


@dataclass(frozen=True)
class Field:
    """What a register knows of a thing: how its cells are read, and what such a column is called (see `key_of`).

    ``label`` is what people call it, to be translated; ``values`` are what the cells of a choice may say, by answer;
    ``own`` is what our own pages and lists call it, in every language.
    """

    name: str
    label: str
    kind: Kind
    words: tuple[str, ...]
    longest: int = LONGEST
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """Return its names without spaces: some write ``leasing slut``, others ``leasingslut``."""
        return tuple(word.replace(" ", "") for word in self.words)

    @cached_property
    def within(self) -> Mapping[str, tuple[frozenset[str], ...]]:
        """Return its names as words, by each of these: what it may be called among other words."""
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for name in self.words:
            for word in name.split() if len(name) > 3 else ():
                found[word] = (*found.get(word, ()), frozenset(name.split()))
        return found


def reader_of(wanted: Field, header: str, cells: Sequence[Cell], order: Order | None = None) -> Callable[[Cell], Any]:
    """Return what reads one cell of a column, or gives None.

    Decimal mark and order of day and month are the column's own, seen from its cells; thousands or millions of kronor
    and the unit of a length also stand in its header. Another currency is no amount. ``order``: see `days_order`.
    """
    kind = wanted.kind
    if kind == "day":
        own = day_order(cells)
        own = order if order and own == "dmy" and leaves_open(cells) else own
        return lambda cell: day_of(_counted(cell), None, own)
    if kind == "money":
        mark, scale = decimal_mark(_bare(cell) if isinstance(cell, str) else cell for cell in cells), _scale(header)
        abroad = _FOREIGN.search(header) or _FOREIGN.search(key_of(header))
        return (lambda cell: None) if abroad else lambda cell: _money(cell, mark, scale)
    if kind == "choice":
        answers = {word: answer for answer, words in wanted.values.items() for word in words}
        return lambda cell: _chosen(cell, answers)
    unit = _unit_of(header)
    readers: dict[Kind, Callable[[Cell], Any]] = {
        "yes_no": _yes_or_no, "names": _names, "term": _term, "number": _number, "interval": _interval,
        "period": lambda cell: _period(cell_text(cell), unit), "options": lambda cell: _options(cell_text(cell), unit),
        "organisation_number": lambda cell: organisation_number(cell_text(cell)),
    }  # fmt: skip
    return readers.get(kind, _text)


def _text(cell: Cell) -> str:
    """Read a text; of several that some portals put into one cell, ``[Exempel Ltd|Street 1|...]``, the first."""
    text = cell_text(cell)
    piped = _PIPED.match(text)
    return (piped[1].strip() if piped else text)[:LONGEST]


def says_more(kind: Kind, text: str) -> bool:
    """Tell whether a cell that was read says something beside, which would be lost."""
    if kind == "number":
        return not NUMBER.fullmatch(text)
    if kind == "period":
        return bool(_BEFORE.search(text.casefold()))
    return kind == "text" and bool(_PIPED.match(text))


def is_total(row: Sequence[Cell], *, last: bool) -> bool:
    """Tell whether a row sums up those above it: a word for that, and nothing but figures beside it.

    Without any figure it is one only among the last rows: a thing may be called so.
    """
    filled = [text for text in map(cell_text, row) if text]
    if not filled or not (found := _TOTAL.fullmatch(filled[0])):
        return False
    figures = [each for each in filled[1:] if _FIGURES.fullmatch(each)]
    return len(figures) == len(filled) - 1 and bool(figures or found["figure"] or last)


def currency_place(headers: Sequence[str]) -> int | None:
    """Return the column that says which currency the amounts of a row are in."""
    keys = [{*keys_of(header), *keys_of(header.split(".")[-1])} for header in headers]
    return next((number for number, each in enumerate(keys) if each & _CURRENCY), None)


def is_kronor(cell: Cell) -> bool:
    """Tell whether a currency is kronor, or not told."""
    return cell_text(cell).casefold() in _KRONOR


def _scale(text: str) -> int:
    """Return how many kronor one is, of a header that says thousands or millions."""
    if _THOUSANDS_EACH.search(text):
        return 1_000
    return next((scale for scale, words in _SCALES if words.search(text)), 1)


def _money(cell: Cell, mark: Decimal, scale: int) -> int | None:
    if not isinstance(cell, str):
        found = amount_of(cell, mark)
    elif _FOREIGN.search(cell):
        return None
    else:
        text = cell_text(cell)
        for own, words in _SCALES:
            text, times = words.subn("", text)
            scale = own if times else scale
        found = amount_of(_bare(text.strip()), mark)
    return None if found is None else found * scale


def days_order(columns: Iterable[Sequence[Cell]]) -> Order | None:
    """Return in which order a table writes day and month, where the columns that leave no doubt agree."""
    sure = {day_order(cells) for cells in columns if not leaves_open(cells)}
    return sure.pop() if len(sure) == 1 else None


def _counted(cell: Cell) -> Cell:
    """Return a day that a spreadsheet wrote as the number it counts days by as that number."""
    return int(cell.strip()[:5]) if isinstance(cell, str) and _SERIAL.fullmatch(cell.strip()) else cell


def _bare(cell: Cell) -> str:
    """Return an amount without the words behind it that say nothing more of it: ``1.200,- kr/år``."""
    text = cell_text(cell)
    while (shorter := _AFTER_AMOUNT.sub("", text).strip()) != text:
        text = shorter
    return text


def _term(cell: Cell) -> tuple[date, date] | None:
    """Read a first and a last day out of one cell."""
    days = [day_of(text, None) for text in _DAYS.findall(cell_text(cell))]
    return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] and days[0] <= days[1] else None


def _unit_of(header: str) -> int:
    """Return what a number without a word counts, by its header: months, where that says nothing else."""
    word = next((word for word in key_of(header).split() if word in _UNIT_HEADS), "")
    return 12 if word == "optionsar" else _unit(word) or 1


def _unit(word: str) -> int:
    return _UNITS.get(word[:3], _UNITS.get(word[:2], 0))


def _period(text: str, unit: int) -> tuple[int, int] | None:
    """Read a length as (months, days). A number without a word counts what the next one that has a word does."""
    parts = _lengths(_BEFORE.sub("", text.casefold()), unit)
    if parts is None:
        return None
    months = sum(number * unit for number, unit in parts if unit > 0)
    days = -sum(number * unit for number, unit in parts if unit < 0)
    return (months, days) if months < 1200 and days < 3700 else None


def _lengths(text: str, unit: int) -> list[tuple[int, int]] | None:
    """Return the lengths a text adds up, each as (number, unit); None when it says something else too."""
    parts = _LENGTHS.findall(text)
    if not parts or _LENGTHS.sub("", text).strip(" ,.+&") not in ("", "och", "og", "and"):
        return None
    if any(word and not _unit(word) for _, word in parts):
        return None
    found: list[tuple[int, int]] = []
    for number, word in reversed(parts):
        unit = _unit(word) or unit
        found.insert(0, (int(number), unit))
    return found


def _options(text: str, unit: int) -> tuple[int, int, int] | None:
    """Read options as (how many, months each, days each): ``2 x 12 months``, ``1+1 år``; ``1+2 år`` is one of three."""
    text = _YES_FIRST.sub("", text.casefold())
    times = _TIMES.fullmatch(text)
    parts = _lengths(times[2] if times else text, unit)
    if parts is None:
        return None
    lengths = [number * each for number, each in parts] * (int(times[1]) if times else 1)
    if not lengths or min(lengths) < 0 < max(lengths):
        return None
    equal = all(one == other for one, other in pairwise(lengths)) and len(lengths) < 100
    count, each = (len(lengths), lengths[0]) if equal else (1, sum(lengths))
    return (count, max(each, 0), max(-each, 0)) if 0 < abs(each) * count < 1200 else None


def _number(cell: Cell) -> int | None:
    """Read a small whole number, alone or after a word for rank."""
    found = NUMBER.fullmatch(text := cell_text(cell)) or _RANK.search(text)
    return int(found[1]) if found else None


def _interval(cell: Cell) -> tuple[int, int] | None:
    """Read how many, as a number or as least and most: ``250``, ``200–300``, ``1.000 till 1.500``."""
    found = _INTERVAL.fullmatch("".join(cell_text(cell).casefold().replace("–", "-").split()))
    if not found:
        return None
    least, most = (int(re.sub(r"\D", "", text)) for text in (found[1], found[2] or found[1]))
    return (least, most) if least <= most else None


def _chosen(cell: Cell, answers: Mapping[str, str]) -> str | None:
    """Return the answer a cell gives, by the whole of it or by its first words; the longest that fits.

    A number before the words is their place in a list of somebody's own: *1 - most critical* says *most critical*.
    """
    for key in keys_of(cell_text(cell)):
        for text in dict.fromkeys((key.lstrip("0123456789 "), key)):
            fitting = [word for word in answers if text == word or text.startswith(f"{word} ")]
            if fitting:
                return answers[max(fitting, key=len)]
    return None


def _yes_or_no(cell: Cell) -> str | None:
    first = cell_text(cell).casefold().replace(",", " ").replace(".", " ").split(" ")[0]
    return "yes" if first in _YES else "no" if first in _NO else None


def _names(cell: Cell) -> list[str]:
    text = cell.replace("\0", "") if isinstance(cell, str) else cell_text(cell)
    parts = text.replace("\r", "\n").replace(";", "\n").replace("|", "\n")
    # one name with a comma is written with a semicolon after it
    if "\n" not in parts.strip() and ";" not in text:
        parts = parts.replace(",", "\n")
    return list(dict.fromkeys(filter(None, (" ".join(each.split()) for each in parts.split("\n")))))
