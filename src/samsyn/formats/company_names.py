"""Write the name of a company one way, and find names in what an entry says. Exact: no name is guessed at."""

import re
from collections.abc import Container, Iterable, Sequence

from samsyn.formats.ledger_table import key_of

FORMS = frozenset({"ab", "aktiebolag", "publ", "kb", "hb", "as", "aps", "is", "oy", "ltd", "inc"})
# what companies of other countries end with beside those; left in a name, for there they tell two apart
_ELSEWHERE = frozenset({"limited", "plc", "pty", "llc", "gmbh", "bv", "nv", "corp", "corporation", "oyj", "asa", "srl"})
_WORDS = frozenset({"is", "as"})  # forms that are words too
_DANISH = re.compile(r"\b[ai]\s*/\s*s\b")
# what an entry begins with: one to six words without a comma, then the form of a company
_FIRST = re.compile(
    r"\s*((?:(?:[A-ZÅÄÖÆØÉÜ0-9][\w.’'-]*|&|och|og|i)\s+)(?:[\w.’'&-]+\s+){0,5}?"
    r"(?:AB|Aktiebolag|A/S|ApS|I/S|HB|KB|Oy|Ltd|Inc)(?![\w/]))"
)


def name_key(name: str) -> str:
    """Return a company's name without its form, its marks and the size of its letters: what two spellings share."""
    words = plain(name).split()
    kept = [each for each in words if each not in FORMS]
    return " ".join(kept or words)[:160]


def plain(text: str) -> str:
    """Return a text in small letters without accents and marks; ``A/S`` and ``I/S`` as one word."""
    return key_of(_DANISH.sub(lambda found: found[0][0] + "s", text.casefold()))


def is_company(text: str) -> bool:
    """Tell whether a short text ends in the form of a company, before any brackets: ``Kablaget AB (publ)``."""
    words = plain(text.split("(")[0]).split()
    slashed = bool(_DANISH.search(text.casefold()))
    return 1 < len(words) <= 8 and (slashed or words[-1] in (FORMS | _ELSEWHERE) - _WORDS)


def named_in(words: Sequence[str], keys: Container[str], widths: Iterable[int]) -> list[str]:
    """Return the companies, by their `name_key`, that stand whole in the words of a `plain` text.

    ``widths``: of how many words the keys are. A name of one word counts only before the form of a company:
    ``Kablaget AB``, not any ``kablaget``.
    """
    found = {
        key for width in widths for at in range(len(words) - width + 1)
        if (key := " ".join(words[at : at + width])) in keys
        and (width > 1 or (at + 1 < len(words) and words[at + 1] in FORMS))
    }  # fmt: skip
    return sorted(found)


def first_named(text: str) -> str:
    """Return the company an entry begins with, as it is written there: ``Kablaget AB, toner``; "" where none is."""
    found = _FIRST.match(text)
    return " ".join(found[1].split()) if found else ""
