"""Count money in whole öre: read it, split it, price it. Never a float."""

import re
from collections.abc import Mapping
from operator import index
from typing import Any

import numpy as np

from samsyn.core.refusals import N_, Refusal

MICRO = 1_000_000
_INT64 = 2**63 - 1
# fifteen digits of kronor stay within int64 as öre
_AMOUNT = re.compile(
    r"(?P<before>[+-]?) ?(?=[.,]?[0-9])"
    r"(?P<whole>[0-9]{0,15}|[0-9]{1,3}(?P<mark>[ .,])[0-9]{3}(?:(?P=mark)[0-9]{3}){0,3})"
    r"(?:(?!(?P=mark))(?P<decimal>[.,])(?P<fraction>[0-9]+))?"
    r" ?(?P<after>[+-]?)"
)
_SAME = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f'\u2019", " ") | dict.fromkeys("\u2212\u2013", "-"))


def split(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split ``amount`` öre over ``weights`` by largest remainder, exactly.

    Keys are taken in UTF-8 byte order; the öre left over go to the largest remainders, ties to the
    smaller key; the sign is put back last, so ``split(-a) == -split(a)`` and a weight of 0 gives 0.
    Refuses ``negative_weight`` and, for an amount that is not 0, ``no_weight``.
    Source: the largest remainder method (Hamilton/Hare); docs/algorithms/allocation.md.
    """
    # strings sort by code point, which is UTF-8 byte order
    keys = sorted(weights)
    # index() turns fixed-width integers, which wrap, into unbounded ones
    exact = list(map(index, map(weights.__getitem__, keys)))
    if min(exact, default=0) < 0:
        key, weight = next((key, weight) for key, weight in zip(keys, exact, strict=True) if weight < 0)
        message = N_("%(key)s has the negative weight %(weight)s.")
        raise Refusal("negative_weight", message, key=key, weight=weight)
    size, total = abs(index(amount)), sum(exact)
    if size == 0:
        return dict.fromkeys(keys, 0)
    if total == 0:
        raise Refusal("no_weight", N_("There is nothing to split by: all weights are 0."), amount=amount)
    in_register = total <= _INT64 and size * max(exact) <= _INT64
    shares = _shares(np.array(exact, dtype=np.int64 if in_register else object), size, total)
    return dict(zip(keys, shares if amount > 0 else [-share for share in shares], strict=True))


def _shares(weights: Any, size: int, total: int) -> list[int]:
    """Return the shares of a size above 0; the products are whole numbers of a kind that holds them."""
    products = weights * size
    shares = products // total
    # a stable sort keeps the byte order of the keys among equal remainders
    by_remainder = np.argsort(shares * total - products, kind="stable")
    shares[by_remainder[: size - int(shares.sum())]] += 1
    return shares.tolist()  # type: ignore[no-any-return]


def half_away(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero: 5/2 → 3, −5/2 → −3."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def price_times(price_micro: int, quantity: int, step: int = 1) -> int:
    """Return öre for ``quantity`` (in 1/``step`` units) at ``price_micro`` micro-kronor a unit."""
    return half_away(index(price_micro) * index(quantity) * 100, MICRO * index(step))


def parse_ore(text: str, decimal: str | None = None) -> int:
    """Read an amount as people and ledgers write it, in whole öre.

    Takes ``1 234,56``, ``1.234,56-``, ``1,234.56``, ``-12.5``, ``,50``, ``1234``. A point, comma, space or
    apostrophe between groups of three is a thousands mark. ``1.234`` alone could be either: it is read
    when ``decimal`` names the file's decimal mark, else refused ``ambiguous_amount``. Refuses
    ``not_an_amount`` (also beyond fifteen digits of kronor) and, beyond whole öre, ``too_fine``.
    """
    match = _AMOUNT.fullmatch(text.strip().translate(_SAME))
    if not match or (match["before"] and match["after"]):
        raise _unreadable(text)
    whole, mark, fraction = match["whole"], match["decimal"], match["fraction"] or ""
    if decimal and match["mark"] == decimal:
        raise _unreadable(text)
    if len(fraction) == 3 and re.fullmatch("[1-9][0-9]{0,2}", whole) and mark != decimal:
        if decimal is None:
            message = N_("“%(found)s” can be read in two ways. Say which mark comes before the öre.")
            raise Refusal("ambiguous_amount", message, found=text[:40])
        whole, fraction = whole + fraction, ""
    elif decimal and mark and mark != decimal:
        raise _unreadable(text)
    fraction = fraction.rstrip("0")
    if len(fraction) > 2:
        raise Refusal("too_fine", N_("“%(found)s” has parts smaller than one öre."), found=text[:40])
    ore = int(re.sub("[^0-9]", "", whole) or "0") * 100 + int(fraction.ljust(2, "0"))
    return -ore if "-" in (match["before"], match["after"]) else ore


def _unreadable(text: str) -> Refusal:
    return Refusal("not_an_amount", N_("“%(found)s” is not an amount of money."), found=text[:40])


def kronor(ore: int) -> str:
    """Write öre as kronor with a decimal point, for files and machines: 12345 → ``123.45``."""
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // 100}.{abs(ore) % 100:02d}"
