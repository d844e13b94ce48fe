"""Find which column of a register is which field, from header names and the values below them."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from samsyn.formats import register_words as vocabulary
from samsyn.formats.company_names import is_company
from samsyn.formats.ledger_table import SEARCHED_ROWS, headers_of, keys_of
from samsyn.formats.register_cells import NOTHING, Field, reader_of
from samsyn.formats.table_grid import Cell, Grid, cell_text, texts
from samsyn.formats.table_values import day_of

_ADDRESS = re.compile(r"(?i)https?://\S+")
_ADDRESS_OR_DAY = re.compile(rf"{_ADDRESS.pattern}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?:[ T]\d.*)?")
_SHORT = 80  # letters: no number of a thing is longer
_COUNTED = re.compile(r"(?:antal|antall|anzahl|aantal|number of|no of|nr of|nombre de)\b")
_LONGEST_NAME = 120
_CERTAIN = 0.7  # the very name of a field, whatever its place among its words
_LIKE = 0.35  # of the words of a header, for one to stand for it that is not its last
_COMPANIES = 0.3  # of the values of a column, for it to be one of companies
_TOLD_APART = 0.8  # of the values of a column, for it to number things
_FIGURES, _YEAR = re.compile(r"[\d.,+/ -]+"), re.compile(r"(?:19|20)\d\d")


def header_place(grid: Grid, fields: Sequence[Field], things: Sequence[str]) -> int:
    """Return the index of the row with the most known headers, of equals the first; -1 where no row is of headers.

    Where the row below is one of headers too, the upper says what machines call them, and the lower is taken. One
    likeness alone makes no headers of a row: the first that is half as wide as any does, unless it holds data.
    """
    scores = [[_sure(text, fields, things) for text in texts(row) if text]
              for row in grid.rows[:SEARCHED_ROWS]]  # fmt: skip
    known = [sum(sure > 0 for sure in row) for row in scores]
    best = known.index(max(known))
    if known[best] < 2 and max(scores[best], default=0.0) < _CERTAIN:
        first = next(place for place, row in enumerate(scores) if 2 * len(row) >= max(map(len, scores)))
        return -1 if _is_data(grid.rows[first]) else first
    below = sum(sure >= 0.6 for row in scores[best + 1 : best + 2] for sure in row)
    return best + 1 if below > max(2, known[best] // 2) else best


def named_columns(grid: Grid, place: int) -> list[str]:
    """Return the headers of a table; without a row of them, the number of each column: ``#1``."""
    return headers_of(grid.rows[place]) if place >= 0 else [f"#{at + 1}" for at in range(max(map(len, grid.rows)))]


def _is_data(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds a day, or mostly numbers that are no years: such a row names no columns."""
    filled = [text for text in texts(row) if text]
    numbers = [text for text in filled if _FIGURES.fullmatch(text) and not _YEAR.fullmatch(text)]
    return len(filled) > 1 and (2 * len(numbers) > len(filled) or any(day_of(cell, None) for cell in row))


def placed(
    fields: Sequence[Field], headers: Sequence[str], columns: Sequence[Sequence[Cell]], things: Sequence[str]
) -> dict[str, int]:
    """Give each field the column that fits it best, each column one field. ``things``: see `Register`."""
    readings = [list(_readings(header, things)) for header in _unwrapped(headers)]
    letters = sum(
        len(key) == 1 and any(key in each.words for each in fields) for found in readings for key, *_ in found
    )
    others = {word for each in fields if each.name != "name" for word in each.words}
    offers = []
    for number, found in enumerate(readings):
        # one letter (K, R, T) is a name only beside others of its kind
        keys = [each for each in found if len(each.key) > 1 or letters > 2]
        named = {each.name: _surest(keys, each, others) for each in fields}
        certain = max(named.values(), default=0.0) >= _CERTAIN
        empty = not any(map(cell_text, columns[number]))
        for each in fields:
            sure = named[each.name]
            # the very name of one field is no likeness to another; nor is an empty column like anything
            if sure <= 0.2 or (sure < _CERTAIN and (certain or empty)):
                continue
            sure *= 0.5 if empty else _fit(each, headers[number], columns[number])
            if sure > 0.2:
                offers.append((-sure, number, each.name))
    given: dict[str, int] = {}
    for _, number, name in sorted(offers):
        if name not in given and number not in given.values():
            given[name] = number
    return given


def _surest(keys: Sequence["_Reading"], wanted: Field, others: Container[str]) -> float:
    strict = wanted.kind in vocabulary.EXACT_KINDS
    return max((_named(key, wanted, others) * weight for key, weight, own in keys if own or not strict), default=0.0)


def likely_name(headers: Sequence[str], columns: Sequence[Sequence[Cell]], taken: Sequence[int]) -> int | None:
    """Return the first column that could name things where no header says so: short texts, hardly one of them twice.

    A table of one column names things in it, whatever they look like. One row tells too little to choose by: there
    a column is taken when no other is left that could.
    """
    if len(headers) == 1:
        return 0
    for number, cells in enumerate(columns):
        words = [text for cell in cells if (text := cell_text(cell)).casefold() not in NOTHING]
        named = [text for text in words if text[0].isalpha() and len(text) <= _LONGEST_NAME]
        if number in taken or not headers[number] or len(words) < max(2, len(cells) // 2):
            continue
        if len(named) >= 0.9 * len(words) and len(set(named)) >= 0.9 * len(words) and "@" not in named[0]:
            return number
    free = ((number, cells) for number, cells in enumerate(columns) if number not in taken and headers[number])
    left = [number for number, cells in free if len(cells) == 1 and _may_name(cell_text(cells[0]))]
    return left[0] if len(left) == 1 else None


def _may_name(text: str) -> bool:
    is_word = text[:1].isalpha() and len(text) <= _LONGEST_NAME and text.casefold() not in NOTHING
    return is_word and "@" not in text and not _ADDRESS.match(text)


def likely_supplier(columns: Sequence[Sequence[Cell]], taken: Sequence[int]) -> int | None:
    """Return the column that holds the most companies by their form (AB, A/S, Ltd), where no header says so."""
    shares = [(_share_of_companies(cells), -number) for number, cells in enumerate(columns) if number not in taken]
    share, number = max(shares, default=(0.0, 0))
    return -number if share >= _COMPANIES else None


def _share_of_companies(cells: Sequence[Cell]) -> float:
    words = [text for cell in cells if (text := cell_text(cell)).casefold() not in NOTHING]
    return sum(map(is_company, words)) / len(words) if len(words) > 2 else 0.0


def _sure(header: str, fields: Sequence[Field], things: Sequence[str]) -> float:
    readings = [each for each in _readings(header, things) if len(each.key) > 1]
    return max((_surest(readings, each, ()) for each in fields), default=0.0)


def _unwrapped(headers: Sequence[str]) -> list[str]:
    """Leave out the record that most columns stand within: ``details.name`` is a name."""
    first = Counter(header.split(".")[0] for header in headers if re.match(r"\w+\.\w", header))
    if not first or first.most_common(1)[0][1] < 0.6 * len(headers):
        return list(headers)
    return [header.removeprefix(f"{first.most_common(1)[0][0]}.") for header in headers]


class _Reading(NamedTuple):
    """What a header may be called, how much that weighs, and whether a day or an amount there is the thing's own."""

    key: str
    weight: float
    own: bool = True


def _readings(header: str, things: Sequence[str]) -> Iterator[_Reading]:
    """Yield what a header may be called: whole, without what stands in brackets, by its path.

    ``aftalenavn`` is a name where the things are called ``aftale``; ``agency name`` is an agency; ``owner.name`` is the
    owner, ``contract.period.endDate`` an end date, ``enquiryPeriod.endDate`` none of the thing's, and ``owner.code`` an
    owner as only machines know one.
    """
    whole = re.sub(r"(?<=[A-Za-z])0(?![0-9])", "", header)  # a view of a database that ends each name so
    for weight, text in ((1.0, whole), (0.97, re.sub(r"[(\[].*?[)\]]", "", whole))):
        for key in keys_of(text):
            yield _Reading(key, weight)
            yield from (_Reading(rest, 0.9 * weight) for rest in _without(key, things))
            words = key.split()
            if len(words) > 1 and words[-1] in vocabulary.CALLED:
                yield _Reading(" ".join(words[:-1]), 0.93 * weight)
    path = re.split(r"[.:]", header)
    if len(path) < 2 or not all(re.fullmatch(r"\w+", part) for part in path):
        return
    parents = {word for part in path[:-1] if part not in vocabulary.STAGES for word in keys_of(part)[-1].split()}
    nearer = 0.02 if not parents.isdisjoint(f"{thing}{end}" for thing in things for end in ("", "s")) else 0.0
    for key in keys_of(path[-1]):
        within = 1.0 if key in vocabulary.LABELS else 0.5 if key in vocabulary.MARKS else 0.0
        parent = keys_of(path[-2])
        yield from (_Reading(each, within) for name in parent for each in {name, name.removesuffix("s")})
        if key not in vocabulary.MARKS:
            yield _Reading(key, 0.5 if within else 0.9 + nearer, vocabulary.PLACES.issuperset(parents - set(things)))


def _without(key: str, things: Sequence[str]) -> Iterator[str]:
    """Yield the second part of a word put together of what a thing is called and what is said of it."""
    for thing in things:
        rest = key.removeprefix(thing)
        if rest != key and " " not in key:
            yield from (each for each in (rest, rest.removeprefix("s")) if len(each) > 2)


def _named(key: str, wanted: Field, others: Container[str] = ()) -> float:
    """Return how sure a header means a field: its very name, or a name among other words; the more of it the surer.

    ``others``: what the other fields are called. What a thing of another kind is called names none of this kind.
    """
    if key in wanted.own:
        return 1.0
    if key in wanted.words:
        return max(0.75, 1 - 0.01 * wanted.words.index(key))
    if (joined := key.replace(" ", "")) in wanted.joined:
        return max(0.72, 0.95 - 0.01 * wanted.joined.index(joined))
    tokens = key.split()
    every = set(tokens)
    fitting = {word for token in tokens for word in wanted.within.get(token, ()) if word <= every}
    if not fitting:
        return 0.0
    likest = max(fitting, key=lambda word: (len(word), *sorted(word)))
    ends = (place for place, word in enumerate(tokens) if place and word in vocabulary.AFTER_HEAD)
    head = tokens[next(ends, len(tokens)) - 1]
    headed = any(head in word for word in fitting)
    share = len(likest) / len(every)
    if not _may_be(key, tokens, head, wanted, likest, headed) or not (
        headed or share >= _LIKE or wanted.kind in vocabulary.EXACT_KINDS
    ):
        return 0.0
    if wanted.name == "name":
        stem = " ".join(tokens[:-1]) if tokens[-1] in vocabulary.CALLED else ""
        # what is said of a thing is not its name: *contract cycle time*; nor is what another is called: *agency name*
        if not headed or stem in others or not vocabulary.PEOPLE.isdisjoint(tokens):
            return 0.0
    return 0.3 + 0.4 * share + 0.1 * headed


def _may_be(
    key: str, tokens: Sequence[str], head: str, wanted: Field, likest: frozenset[str], headed: bool
) -> bool:  # fmt: skip
    """Tell whether a header that holds the name of a field among other words can mean it, by what these are."""
    for word in ("per", "pr"):
        if word in tokens and likest <= set(tokens[tokens.index(word) + 1 :]):
            return False
    rest = set(tokens) - likest
    if wanted.kind in ("period", "options") and rest <= (vocabulary.LENGTHS | vocabulary.NEUTRAL):
        return True
    if wanted.kind in vocabulary.EXACT_KINDS or likest <= vocabulary.PLAIN:
        wholly = vocabulary.WHOLE if wanted.kind == "money" and not wanted.name.startswith("yearly") else set()
        return (vocabulary.NEUTRAL | wholly) >= rest
    if not rest.isdisjoint(vocabulary.DAYS_AND_AMOUNTS):
        return False
    counted = _COUNTED.match(key) and wanted.kind not in ("number", "interval")
    if counted or (head in vocabulary.ASIDE and head in rest):
        return False
    if wanted.name in vocabulary.OF_PERSONS:
        return not (head.endswith(vocabulary.UNITS) or any(token.startswith(vocabulary.SELLERS) for token in tokens))
    if not any(token.endswith(vocabulary.PERSONS) or token.startswith(("kontakt", "contact")) for token in tokens):
        return True
    # *responsible department* is a department; *object owner department* is its owner
    return wanted.name in vocabulary.OF_UNITS and headed and not vocabulary.RESPONSIBLE.isdisjoint(tokens)


def _fit(wanted: Field, header: str, cells: Sequence[Cell]) -> float:
    """Return the share of a column's values that the field can read; an empty column fits.

    Addresses of the web fit no text, and days only one so short that it may be a number of a kind.
    """
    reader = reader_of(wanted, header, cells)
    filled = [cell for cell in cells if cell_text(cell).casefold() not in NOTHING]
    letters = any(letter.isalpha() for cell in filled for letter in cell_text(cell))
    if filled and wanted.name in vocabulary.NAMED_KINDS and not letters:
        return 0.0
    if wanted.name == "asset_tag" and len(set(map(cell_text, filled))) < _TOLD_APART * len(filled):
        return 0.0
    prose = wanted.kind == "text" and wanted.longest > _SHORT
    other = _ADDRESS_OR_DAY if prose else _ADDRESS
    good = sum(reader(cell) is not None and not other.fullmatch(cell_text(cell)) for cell in filled)
    return good / len(filled) if filled else 1.0
