"""Count the dates of a contract: when it ends, the last day to give notice, what happens if nobody acts. Pure.

Every date is a day that people write: the *last* day a term holds. The rules in prose, their sources and a worked
table of cases: docs/algorithms/contract-dates.md.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from samsyn.core.refusals import N_, Refusal

After = Literal["ends", "renews", "runs_on"]
NoticeTo = Literal["any_day", "month", "quarter", "half_year", "year"]
State = Literal["not_begun", "holds", "notice_given", "ended"]
Then = Literal["ends", "ends_unless_option", "renews", "runs_on", "stays_ended"]

FIRST_YEAR, LAST_YEAR = 1900, 2299
LONGEST = 600  # months of any one period
DAY = timedelta(days=1)
_LONG = ("half_year", "year")  # between two ends: a day missed binds for long
_PERIODS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says about time; days are the last or first of something, lengths are whole months.

    ``end``: last day of the first term, or ``months`` from ``start``; neither means until further notice.
    ``after``: what follows the first term when nobody acts: it ``ends``, ``renews`` by ``renewal_months`` again and
    again, or ``runs_on`` until notice. ``notice_to``: which days notice can take effect on while it runs on.
    ``irrevocable_until``: no notice takes effect before this day has ended. ``options``: extensions of
    ``option_months`` each, of which ``options_used``; ``option_notice_months``: how long before the end one must be
    called. ``procure_months``: how long it takes to buy anew. ``notice_given``: the day somebody gave notice.
    """

    start: date
    end: date | None = None
    months: int | None = None
    signed: date | None = None
    after: After = "ends"
    renewal_months: int = 0
    notice_months: int = 0
    notice_days: int = 0
    notice_to: NoticeTo = "any_day"
    irrevocable_until: date | None = None
    options: int = 0
    options_used: int = 0
    option_months: int = 0
    option_notice_months: int = 0
    procure_months: int = 0
    notice_given: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a contract's dates are on a day; None where there is no such day.

    ``end``: the last day it holds as things stand. ``then``: what happens if nobody does anything, ``then_until``
    until when. ``ends_on``: the next end that notice can still bring about, ``notice_by`` the last day to give it and
    ``notice_by_at_latest`` the same under the more generous reading; they differ where a month end can be read
    two ways, and the earlier one reminds. ``too_late_for``: a nearer end that notice can bring about no more, since
    ``notice_was_by`` has passed. ``if_noticed_now``: the end, were notice given on the day asked about.
    ``option_by``: last day to use an option. ``procure_by``: last day to begin to buy anew before ``ends_on``, or
    before ``end`` where no notice is needed; none where nobody has said how long that takes. ``signed_late``: days
    between its start and its signing.
    """

    state: State
    end: date | None
    then: Then
    then_until: date | None
    ends_on: date | None
    notice_by: date | None
    notice_by_at_latest: date | None
    if_noticed_now: date | None
    options_left: int
    option_by: date | None
    procure_by: date | None
    signed_late: int
    too_late_for: date | None = None
    notice_was_by: date | None = None

    @property
    def two_readings(self) -> bool:
        """Tell whether the last day to give notice can be read two ways."""
        return self.notice_by != self.notice_by_at_latest


def plus_months(day: date, months: int) -> date:
    """Return the day with the same number some months on (or back), or that month's last day where it has none.

    Source: Swedish law 1930:173 § 2; Regulation (EEC, Euratom) 1182/71 art. 3(2)(c).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(first: date, months: int) -> date:
    """Return the last day of a term of whole months that begins on ``first``: a year from 1 March ends in February."""
    return plus_months(first, months) - DAY


def extended(end: date, months: int) -> date:
    """Return the last day after a further term that begins the day after ``end``."""
    return last_day(end + DAY, months) if months else end


def notice_days(end: date, months: int, days: int = 0) -> tuple[date, date]:
    """Return the last day to give notice for an end, under the strict and the generous reading.

    Strict: the same day number, counted back from ``end``. Generous: the last day from which the period, counted
    forward, still runs out on ``end``. Six months before 28 February: 28 August, and 31 August.
    """
    strict = plus_months(end, -months)
    generous = strict
    while plus_months(generous + DAY, months) <= end:  # at most three days: months differ by no more
        generous += DAY
    return strict - timedelta(days), generous - timedelta(days)


def period_end(day: date, notice_to: NoticeTo) -> date:
    """Return the first day, from ``day`` on, that notice can take effect on."""
    if notice_to == "any_day":
        return day
    size = _PERIODS[notice_to]
    month = (day.month - 1) // size * size + size
    return date(day.year, month, monthrange(day.year, month)[1])


def validate(terms: Terms) -> list[Refusal]:
    """Return everything that cannot be in a contract's terms, at once, as refusals not raised."""
    return list(_faults(terms))


def outlook(terms: Terms, on: date) -> Outlook:
    """Return what the dates are on a day. Refuses the first fault of `validate`, and ``beyond_calendar``."""
    for fault in _faults(terms):
        raise fault
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise _beyond("on", on)
    left = terms.options - terms.options_used
    base = first_end(terms)
    ends = _end_by_notice(terms, terms.notice_given) if terms.notice_given else None
    end = ends or _term_end(terms, base, on)
    state = _state(terms, end, on)
    late = max((terms.signed - terms.start).days, 0) if terms.signed else 0
    if state == "ended" or ends:
        return Outlook(state, end, "stays_ended" if state == "ended" else "ends", None, None, None, None, None, left,
                       None, _procure(terms, ends) if state != "ended" else None, late)  # fmt: skip
    then, until = _then(terms, base, end, left)
    term = end or (base if base and on <= base else None)
    ends_on, missed = _reachable(terms, base, on)
    strict, generous = _notice_by(terms, ends_on)
    return Outlook(
        state, end, then, until, ends_on, strict, generous, _end_by_notice(terms, on), left,
        _before(term, terms.option_notice_months) if left else None,
        _procure(terms, ends_on or end), late, missed, _notice_by(terms, missed)[1],
    )  # fmt: skip


def first_end(terms: Terms) -> date | None:
    """Return the last day of the first term with the options used, or None for until further notice.

    An option used early lengthens the term no more than one used late.
    """
    end = terms.end or (last_day(terms.start, terms.months) if terms.months is not None else None)
    return extended(end, terms.options_used * terms.option_months) if end else None


def speaks_until(starts: Sequence[date | None]) -> list[date]:
    """Return the last day each version of a contract's terms speaks for, in the order they were written.

    ``starts``: the first day of each, None where it is open. The newest speaks for all days from its own first one;
    an earlier one until the day before the first day of any written after it, and for no day if it begins later.
    """
    found, until = [], date.max
    for start in reversed(starts):
        found.append(until)
        until = min(until, start - DAY) if start else date.min
    return found[::-1]


def _term_end(terms: Terms, base: date | None, on: date) -> date | None:
    """Return the last day of the term a contract is in; none where it runs on until notice."""
    if base is None or terms.after == "runs_on":
        return None
    return _renewal(terms, base, on) if terms.after == "renews" and on > base else base


def _renewal(terms: Terms, base: date, day: date) -> date:
    """Return the first end of a renewed term on or after a day, counted from the first one so that nothing drifts."""
    past = (day.year - base.year) * 12 + day.month - base.month
    turn = max(past // terms.renewal_months - 1, 0)
    while (end := extended(base, turn * terms.renewal_months)) < day:
        turn += 1
    return end


def _then(terms: Terms, base: date | None, end: date | None, left: int) -> tuple[Then, date | None]:
    if base is None or end is None:
        return "runs_on", None
    if terms.after == "renews":
        return "renews", _renewal(terms, base, end + DAY)
    return ("ends_unless_option" if left else "ends"), end


def _reachable(terms: Terms, base: date | None, on: date) -> tuple[date | None, date | None]:
    """Return the next end that notice on a day can bring about, and the nearer one that it comes too late for.

    None once it runs on and may be left every month or quarter: then a day missed costs little, and none is told.
    """
    now = _end_by_notice(terms, on)
    at_once = replace(terms, notice_months=0, notice_days=0)
    nearest = _end_by_notice(at_once, on)
    if now is None or nearest is None:
        return None, None
    first = _end_by_notice(at_once, terms.start) if base or terms.irrevocable_until else None
    if terms.after != "renews" and terms.notice_to not in _LONG and now != first:
        return None, None
    return now, nearest if nearest < now else None


def _notice_by(terms: Terms, end: date | None) -> tuple[date | None, date | None]:
    return notice_days(end, terms.notice_months, terms.notice_days) if end else (None, None)


def _end_by_notice(terms: Terms, day: date) -> date | None:
    """Return the end that notice on a day brings about; where a contract ends by itself notice brings none."""
    base = first_end(terms)
    if terms.after == "ends" and base:
        return None
    over = plus_months(day + timedelta(terms.notice_days), terms.notice_months)
    earliest = max(each for each in (over, terms.irrevocable_until, terms.start) if each)
    if base is None or (terms.after == "runs_on" and earliest > base):
        return period_end(earliest, terms.notice_to)
    return base if earliest <= base else _renewal(terms, base, earliest)


def _state(terms: Terms, end: date | None, on: date) -> State:
    if end is not None and on > end:
        return "ended"
    if on < terms.start:
        return "not_begun"
    return "notice_given" if terms.notice_given and terms.notice_given <= on else "holds"


def _before(end: date | None, months: int) -> date | None:
    return plus_months(end, -months) if end else None


def _procure(terms: Terms, end: date | None) -> date | None:
    return _before(end, terms.procure_months) if terms.procure_months else None


def _faults(terms: Terms) -> Iterator[Refusal]:
    for name in ("start", "end", "signed", "irrevocable_until", "notice_given"):
        day = getattr(terms, name)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR - 100:
            yield _beyond(name, day)
    for name in ("months", "renewal_months", "notice_months", "notice_days", "options", "options_used",
                 "option_months", "option_notice_months", "procure_months"):  # fmt: skip
        number = getattr(terms, name)
        if number is not None and not 0 <= number <= LONGEST:
            message = N_("%(name)s is %(found)s; it can be from 0 to %(most)s.")
            yield Refusal("length_out_of_range", message, name=name, found=number, most=LONGEST)
    if terms.end and terms.end < terms.start:
        message = N_("It ends on %(end)s, before it begins on %(start)s.")
        yield Refusal("ends_before_start", message, end=terms.end, start=terms.start)
    if terms.months == 0:
        yield Refusal("empty_term", N_("The first term is 0 months long."))
    if terms.end and terms.months is not None:
        yield Refusal("two_ends", N_("Give the last day of the first term or its length, not both."))
    if terms.after == "renews" and not terms.renewal_months:
        yield Refusal("empty_renewal", N_("It is renewed by 0 months: say how long each renewal is."))
    if terms.options_used > terms.options:
        message = N_("%(used)s options are used, and there are only %(options)s.")
        yield Refusal("too_many_options_used", message, used=terms.options_used, options=terms.options)
    if terms.options and not terms.option_months:
        yield Refusal("empty_option", N_("An option extends by 0 months: say how long each is."))
    if terms.end is None and terms.months is None and (terms.options or terms.after == "renews"):
        yield Refusal("no_first_term", N_("What runs until further notice has no end to extend or renew."))
    if terms.options * terms.option_months > LONGEST:
        yield Refusal("options_too_long", N_("The options together are longer than %(most)s months."), most=LONGEST)


def _beyond(name: str, day: date) -> Refusal:
    return Refusal("beyond_calendar", N_("%(name)s is %(day)s: no contract is that old or long."), name=name, day=day)


@dataclass(frozen=True, slots=True)
class Decision:
    """What must be decided next: by which day, and what that day is the last for."""

    day: date
    step: Literal["procure", "option", "notice", "end"]


def next_decision(found: Outlook, on: date) -> Decision | None:
    """Return the first day from ``on`` that something must be decided by; None where nothing ever must.

    Of two that fall on one day the one that takes longest to act on counts: to buy anew, an option, notice, the end.
    Its end is one where it ends by itself; what is renewed or runs on asks for notice. Once the earlier reading of the
    last day to give notice has passed, the later one counts.
    """
    if found.state == "ended":
        return None
    notice = found.notice_by if found.notice_by and found.notice_by >= on else found.notice_by_at_latest
    end = found.end if found.then in ("ends", "ends_unless_option") else None
    days: list[tuple[date | None, Literal["procure", "option", "notice", "end"]]] = [
        (found.procure_by, "procure"), (found.option_by, "option"), (notice, "notice"), (end, "end"),
    ]  # fmt: skip
    ahead = [Decision(day, step) for day, step in days if day and day >= on]
    return min(ahead, key=lambda each: each.day, default=None)
