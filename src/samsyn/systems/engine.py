"""Say where in its life a system is, and which of the eight questions are answered. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

ORDER = ("pilot", "operational", "phasing_out", "ended")


def life_cycle(dates: Mapping[str, date | None], on: date) -> str:
    """Return the stage of a system on a day: the last of those whose day has come, else ``undecided``.

    ``dates``: day per stage (pilot, operational, phasing_out, ended), each perhaps unknown. A stage that was skipped
    is no hindrance. Source: the stages of KITOS and of pm3, docs/glossary.md.
    """
    begun = [stage for stage in ORDER if (day := dates.get(stage)) is not None and day <= on]
    return begun[-1] if begun else "undecided"


def out_of_order(dates: Mapping[str, date | None]) -> list[tuple[str, str]]:
    """Return each pair of stages (earlier, later) whose days say that the later one came first."""
    known = [(stage, day) for stage in ORDER if (day := dates.get(stage)) is not None]
    return [(first, then) for (first, a), (then, b) in pairwise(known) if b < a]


@dataclass(frozen=True, slots=True)
class Known:
    """How well a system is known: which questions have an answer, which were answered *not known*, which none."""

    answered: tuple[str, ...]
    not_known: tuple[str, ...]
    missing: tuple[str, ...]


def known(answers: Mapping[str, object], unknown: Collection[str], questions: Collection[str]) -> Known:
    """Return how well a system is known. ``unknown`` are questions somebody answered that they do not know.

    Empty text, nothing and an empty list are no answer; 0 and False are. An answer outweighs *not known*.
    """
    answered = tuple(each for each in questions if answers.get(each) not in (None, "", [], ()))
    not_known = tuple(each for each in questions if each in unknown and each not in answered)
    rest = tuple(each for each in questions if each not in answered and each not in not_known)
    return Known(answered, not_known, rest)
