"""Write the parts of a statement's sentences in the active language: counts, names, amounts, days."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.charging.queries import Service
from samsyn.core.periods import Period
from samsyn.costing import queries as costing
from samsyn.web import numbers

_SMALL = {
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
    "en": "two three four five six seven eight nine ten eleven twelve",
}
_PIECES = {"", "st", "st.", "styck", "stycken", "stk", "stk.", "piece", "pieces"}


def language() -> str:
    """Return the active one of our three languages."""
    return numbers.language(get_language())


def kr(ore: int) -> str:
    """Write öre as kronor."""
    return numbers.kr(ore, language())


def kr_exact(ore: int) -> str:
    """Write öre as kronor with both öre digits."""
    return numbers.kr_exact(ore, language())


def signed_kr(ore: int) -> str:
    """Write a change in öre with its sign."""
    return numbers.signed_kr(ore, language())


def unit_price(service: Service) -> str:
    """Write a service's price."""
    return numbers.unit_price(service.price_micro or 0, language())


def quantity(service: Service) -> Fraction:
    """Return how many of a service the unit has; quantities are kept in 1/``step`` units."""
    return Fraction(service.quantity, service.row.get("step") or 1)


def number(value: Fraction | int) -> str:
    """Write a number in figures."""
    return numbers.number(value, language())


def number_word(value: Fraction) -> str:
    """Write a number; two to twelve as words. One stays a figure where it would need the noun's gender."""
    if value.denominator == 1 and 2 <= value <= 12:
        return _SMALL[language()].split()[int(value) - 2]
    return "one" if value == 1 and language() == "en" else number(value)


def said(service: Service, column: str) -> str:
    """Return what the model says of a service in the reader's language, else in the municipality's own."""
    return costing.text(service.row, column, language())


def own_plural(service: Service) -> str:
    """Return the service's own plural, "" where the model has none in this language."""
    return costing.plural(service.row, language())


def things(service: Service, value: Fraction | int = 2) -> str:
    """Return a service's name in the middle of a sentence, for so many of it."""
    return (own_plural(service) if value != 1 else "") or middle(service.name(language()))


def middle(name: str) -> str:
    """Return a name with a small first letter, unless it begins like HR or iPad."""
    return name if name[1:2].isupper() or not name else name[0].lower() + name[1:]


def body(name: str) -> str:
    """Return the name of a deciding body in the middle of a sentence."""
    return name if language() == "en" else middle(name)


def pieces(service: Service) -> str:
    """Write a line's quantity with its unit of measure."""
    value = quantity(service)
    measure = said(service, "unit_of_measure")
    if measure.casefold() in _PIECES:
        return ngettext("%(count)s piece", "%(count)s pieces", 1 if value == 1 else 2) % {"count": number(value)}
    return f"{number(value)} {measure}"


def adding_up(parts: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Round each part to whole kronor together with those before it, so that what is shown adds up."""
    before = 0
    for name, ore in parts:
        yield name, _whole(before + ore) - _whole(before)
        before += ore


def _whole(ore: int) -> int:
    """Round to kronor, in öre, half away from zero as `numbers.kr` does."""
    return (abs(ore) + 50) // 100 * (-100 if ore < 0 else 100)


def listed(items: Sequence[str]) -> str:
    """Write a list with commas and an “and”."""
    if len(items) < 2:
        return "".join(items)
    return _("%(items)s and %(last)s") % {"items": ", ".join(items[:-1]), "last": items[-1]}


def month(period: Period) -> str:
    """Write a month without its year."""
    return numbers.month_name(period, language())


def month_and_year(period: Period) -> str:
    """Write a month with its year."""
    return numbers.period_name(period, language())


def span(first: Period, last: Period) -> str:
    """Write the months from one to another; a whole year as its number."""
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return month_and_year(last) if first == last else f"{month(first)}–{month_and_year(last)}"


def day(value: date | str | None) -> str:
    """Write a day, also one kept as ISO text."""
    if not value:
        return ""
    return numbers.long_date(date.fromisoformat(value) if isinstance(value, str) else value, language())
