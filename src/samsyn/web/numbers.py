"""Write amounts, numbers and dates as people in Sweden, Denmark and elsewhere write them. No Django here."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date, format_datetime

from samsyn.core.periods import Period

NBSP = "\u00a0"
MINUS = "\u2212"
SMALL = 100_00  # below a hundred kronor an öre can matter
MICRO = 1_000_000
_MARKS = {"sv": (NBSP, ","), "da": (".", ","), "en": (",", ".")}
_LOCALES = {"sv": "sv_SE", "da": "da_DK", "en": "en_GB"}
_LONG = {"sv": "d MMMM y", "da": "d. MMMM y", "en": "d MMMM y"}
_WEEKDAY = {"sv": "EEEE d MMMM", "da": "EEEE 'den' d. MMMM", "en": "EEEE d MMMM"}
_MOMENT = {"sv": "d MMMM y 'kl.' HH.mm", "da": "d. MMMM y 'kl.' HH.mm", "en": "d MMMM y 'at' HH:mm"}


def language(code: str | None) -> str:
    """Return the one of our three languages nearest to a language code; Swedish when none is."""
    short = (code or "sv")[:2]
    return short if short in _MARKS else "sv"


def _digits(value: int, lang: str) -> str:
    return f"{value:,}".replace(",", _MARKS[lang][0])


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def number(value: int | Decimal | Fraction | float, lang: str, decimals: int = 2) -> str:
    """Write a number with thousands marks, a true minus and no more decimals than it needs."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return (MINUS if exact < 0 else "") + _digits(abs(exact.numerator), lang)
    scaled = _half_up(abs(exact.numerator) * 10**decimals, exact.denominator)
    whole, rest = divmod(scaled, 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0") if decimals else ""
    sign = MINUS if exact < 0 and scaled else ""
    return sign + _digits(whole, lang) + (_MARKS[lang][1] + fraction if fraction else "")


def kr_exact(ore: int, lang: str) -> str:
    """Write öre as kronor with both öre digits: 8433800 → ``84 338,00 kr``."""
    whole, rest = divmod(abs(ore), 100)
    return f"{MINUS if ore < 0 else ''}{_digits(whole, lang)}{_MARKS[lang][1]}{rest:02d}{NBSP}kr"


def kr(ore: int, lang: str) -> str:
    """Write öre as kronor: öre only where they matter (not whole, and less than a hundred kronor)."""
    if ore % 100 and abs(ore) < SMALL:
        return kr_exact(ore, lang)
    whole = _half_up(abs(ore), 100)
    return f"{MINUS if ore < 0 and whole else ''}{_digits(whole, lang)}{NBSP}kr"


def signed_kr(ore: int, lang: str) -> str:
    """Write a change in öre with its sign: ``+2 700 kr``, ``−760 kr``, ``0 kr``."""
    text = kr(ore, lang)
    return f"+{text}" if ore > 0 else text


def unit_price(micro: int, lang: str) -> str:
    """Write micro-kronor: whole kronor bare, else at least two decimals and no more than needed."""
    whole, rest = divmod(abs(micro), MICRO)
    fraction = f"{rest:06d}".rstrip("0").ljust(2, "0") if rest else ""
    tail = _MARKS[lang][1] + fraction if fraction else ""
    return f"{MINUS if micro < 0 else ''}{_digits(whole, lang)}{tail}{NBSP}kr"


def percent(part: int | Fraction, whole: int | Fraction, lang: str) -> str:
    """Write ``part`` of ``whole`` in whole per cent; "" when there is nothing to compare with."""
    if not whole:
        return ""
    share = Fraction(part) * 100 / Fraction(whole)
    rounded = _half_up(abs(share.numerator), share.denominator)
    sign = MINUS if share < 0 else ""
    digits = "<1" if share and not rounded else _digits(rounded, lang)
    return f"{sign}{digits}%" if lang == "en" else f"{sign}{digits}{NBSP}%"


def _day(value: date | Period | str) -> date:
    if isinstance(value, Period):
        return value.first_date
    return Period.parse(value).first_date if isinstance(value, str) else value


def period_name(value: Period | date | str | int, lang: str) -> str:
    """Write a month ("mars 2026"); a fiscal year, ``2026`` as text or number, stays as it is."""
    if isinstance(value, int) or (isinstance(value, str) and len(value) == 4):
        return str(value)
    return format_date(_day(value), "MMMM y", locale=_LOCALES[lang])


def month_name(value: Period | date | str, lang: str) -> str:
    """Write only the month: "mars"."""
    return format_date(_day(value), "LLLL", locale=_LOCALES[lang])


@lru_cache(maxsize=4096)  # a list writes the same days again and again
def long_date(value: date, lang: str) -> str:
    """Write a day: "28 februari 2026"."""
    return format_date(value, _LONG[lang], locale=_LOCALES[lang])


def weekday_date(value: date, lang: str) -> str:
    """Write a day near in time: "onsdag 15 april"."""
    return format_date(value, _WEEKDAY[lang], locale=_LOCALES[lang])


def moment(value: datetime, lang: str) -> str:
    """Write a day and a clock time, in the zone the value already has."""
    return format_datetime(value, _MOMENT[lang], locale=_LOCALES[lang])
