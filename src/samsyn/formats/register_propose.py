"""Find which column of a register is which field, from header names and the values below them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from samsyn.formats.company_names import is_company
from samsyn.formats.ledger_table import SEARCHED_ROWS, headers_of, keys_of
from samsyn.formats.register_cells import NOTHING, Field, reader_of
from samsyn.formats.table_grid import Cell, Grid, cell_text, texts
from samsyn.formats.table_values import day_of

# what a record within a record calls the words that people know it by, and what machines know it by
_LABELS = {"name", "display value", "displayname", "display name", "label", "title", "text", "value", "navn", "namn"}
_MARKS = {"id", "link", "href", "url", "uri", "code", "uuid", "key", "sys id", "email", "self", "type"}
_ADDRESS = re.compile(r"(?i)https?://\S+")
_ADDRESS_OR_DAY = re.compile(rf"{_ADDRESS.pattern}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?:[ T]\d.*)?")
_SHORT = 80  # letters: no number of a thing is longer
# words after which a header says more about its head: *date of signing*
_AFTER_HEAD = {
    "of",
    "for",
    "av",
    "af",
    "till",
    "til",
    "to",
    "that",
    "which",
    "som",
    "der",
    "over",
    "i",
    "in",
    "vid",
    "pa",
}
# whose name a header speaks of, where it is a person's and not the thing's
_PEOPLE = {"full", "first", "last", "family", "given", "middle", "user", "contact", "person", "fornamn", "efternamn",
           "fornavn", "efternavn", "fulde", "kontaktperson", "kontakt"}  # fmt: skip
_LONGEST_NAME = 120
_CERTAIN = 0.7  # the very name of a field, whatever its place among its words
_COMPANIES = 0.3  # of the values of a column, for it to be one of companies
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
    letters = sum(len(key) == 1 and any(key in each.words for each in fields) for found in readings for key, _ in found)
    offers = []
    for number, found in enumerate(readings):
        for each in fields:
            # one letter (K, R, T) is a name only beside others of its kind
            keys = [(key, weight) for key, weight in found if len(key) > 1 or letters > 2]
            sure = max((_named(key, each) * weight for key, weight in keys), default=0.0)
            if sure > 0.2 and (sure := sure * _fit(each, headers[number], columns[number])) > 0.2:
                offers.append((-sure, number, each.name))
    given: dict[str, int] = {}
    for _, number, name in sorted(offers):
        if name not in given and number not in given.values():
            given[name] = number
    return given


def likely_name(headers: Sequence[str], columns: Sequence[Sequence[Cell]], taken: Sequence[int]) -> int | None:
    """Return the first column that could name things where no header says so: short texts, hardly one of them twice.

    A table of one column names things in it, whatever they look like.
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
    return None


def likely_supplier(columns: Sequence[Sequence[Cell]], taken: Sequence[int]) -> int | None:
    """Return the column that holds the most companies by their form (AB, A/S, Ltd), where no header says so."""
    shares = [(_share_of_companies(cells), -number) for number, cells in enumerate(columns) if number not in taken]
    share, number = max(shares, default=(0.0, 0))
    return -number if share >= _COMPANIES else None


def _share_of_companies(cells: Sequence[Cell]) -> float:
    words = [text for cell in cells if (text := cell_text(cell)).casefold() not in NOTHING]
    return sum(map(is_company, words)) / len(words) if len(words) > 2 else 0.0


def _sure(header: str, fields: Sequence[Field], things: Sequence[str]) -> float:
    readings = [(key, weight) for key, weight in _readings(header, things) if len(key) > 1]
    return max((_named(key, each) * weight for key, weight in readings for each in fields), default=0.0)


def _unwrapped(headers: Sequence[str]) -> list[str]:
    """Leave out the record that most columns stand within: ``details.name`` is a name."""
    first = Counter(header.split(".")[0] for header in headers if re.match(r"\w+\.\w", header))
    if not first or first.most_common(1)[0][1] < 0.6 * len(headers):
        return list(headers)
    return [header.removeprefix(f"{first.most_common(1)[0][0]}.") for header in headers]


def _readings(header: str, things: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield what a header may be called, and how much that weighs: whole, without what stands in brackets, by its path.

    ``aftalenavn`` is a name where the things are called ``aftale``; ``owner.name`` is the owner, ``period.endDate`` an
    end date, and ``owner.code`` an owner as only machines know one.
    """
    for weight, text in ((1.0, header), (0.97, re.sub(r"\(.*?\)", "", header))):
        for key in keys_of(text):
            yield key, weight
            yield from ((rest, 0.9 * weight) for rest in _without(key, things))
    path = header.split(".")
    if len(path) < 2 or not all(re.fullmatch(r"\w+", part) for part in path):
        return
    for key in keys_of(path[-1]):
        within = 1.0 if key in _LABELS else 0.5 if key in _MARKS else 0.0
        yield from ((each, within) for parent in keys_of(path[-2]) for each in {parent, parent.removesuffix("s")})
        if key not in _MARKS:
            yield key, 0.5 if within else 0.9


def _without(key: str, things: Sequence[str]) -> Iterator[str]:
    """Yield the second part of a word put together of what a thing is called and what is said of it."""
    for thing in things:
        rest = key.removeprefix(thing)
        if rest != key and " " not in key:
            yield from (each for each in (rest, rest.removeprefix("s")) if len(each) > 2)


def _named(key: str, wanted: Field) -> float:
    """Return how sure a header means a field: its very name, or a name among other words; the more of it the surer."""
    if key in wanted.own:
        return 1.0
    if key in wanted.words:
        return 1 - 0.01 * wanted.words.index(key)
    if (joined := key.replace(" ", "")) in wanted.joined:
        return 0.95 - 0.01 * wanted.joined.index(joined)
    tokens = key.split()
    named = wanted.name == "name"
    if named and not _PEOPLE.isdisjoint(tokens):
        return 0.0
    words = [set(word.split()) for word in wanted.words if len(word) > 3]
    fitting = [word for word in words if word <= set(tokens)]
    if not fitting:
        return 0.0
    head = tokens[next((place for place, word in enumerate(tokens) if place and word in _AFTER_HEAD), len(tokens)) - 1]
    headed = any(head in word for word in fitting)
    # what is said of a thing is not its name: *contract cycle time*
    return 0.0 if named and not headed else 0.3 + 0.4 * max(map(len, fitting)) / len(set(tokens)) + 0.1 * headed


def _fit(wanted: Field, header: str, cells: Sequence[Cell]) -> float:
    """Return the share of a column's values that the field can read; an empty column fits.

    Addresses of the web fit no text, and days only one so short that it may be a number of a kind.
    """
    reader = reader_of(wanted, header, cells)
    filled = [cell for cell in cells if cell_text(cell).casefold() not in NOTHING]
    prose = wanted.kind == "text" and wanted.longest > _SHORT
    other = _ADDRESS_OR_DAY if prose else _ADDRESS
    good = sum(reader(cell) is not None and not other.fullmatch(cell_text(cell)) for cell in filled)
    return good / len(filled) if filled else 1.0
