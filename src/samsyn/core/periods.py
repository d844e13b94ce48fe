"""Name a month or a year, and step between them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from samsyn.core.refusals import N_, Refusal

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])\Z")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A calendar month. ``str()`` gives ``2026-03``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``2026-03``. Refuses ``not_a_period``."""
        match = _MONTH.match(text)
        if not match:
            raise Refusal("not_a_period", N_("“%(found)s” is not a month. Write it as 2026-03."), found=text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Period":
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_date(self) -> date:
        """Return the first day."""
        return date(self.year, self.month, 1)

    @property
    def last_date(self) -> date:
        """Return the last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shift(self, months: int) -> "Period":
        """Return the period ``months`` later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def day_of(text: str) -> date | None:
    """Return the day that was asked for in an address; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
