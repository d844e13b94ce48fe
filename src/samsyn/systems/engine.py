"""Say where in its life a system is, what is answered about it, and what cannot be. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

ORDER = ("pilot", "operational", "phasing_out", "ended")
HIGHEST = 3  # level of information that is kept here; above it the law on security protection begins
_TASK = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")


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


def doubts(claimed: str, derived: str, contract_end: date | None, owned: bool, on: date) -> tuple[str, ...]:
    """Return what contradicts a stage that somebody has claimed: ``days``, ``contract`` and ``acceptance``.

    ``derived`` is what `life_cycle` says, and stays the truth. A system that lives has a contract that has not ended;
    one that is used has an owner who has accepted it. Nothing claimed is contradicted by nothing.
    """
    if not claimed:
        return ()
    over = contract_end is not None and contract_end < on
    lives = claimed in ("pilot", "operational", "phasing_out")
    found = {
        "days": claimed != derived,
        "contract": over if lives else claimed == "ended" and contract_end is not None and not over,
        "acceptance": claimed in ("operational", "phasing_out") and not owned,
    }
    return tuple(each for each, contradicts in found.items() if contradicts)


def is_task(text: str) -> bool:
    """Tell whether a text is the number of a task: main group, group and subject. Source: KLE, ``NN.NN.NN``."""
    return bool(_TASK.fullmatch(text))


def task_in(text: str) -> str:
    """Return the number of the task a text begins with (``27.35.04 G01``, ``27.35.04 Dagpleje``), or ""."""
    number, rest = text[:8], text[8:]
    return number if is_task(number) and (not rest or rest[0].isspace()) else ""


def is_protected(levels: Mapping[str, int]) -> bool:
    """Tell whether information is of a level that must not be written here. Source: KLASSA of SKR, level 4."""
    return any(level > HIGHEST for level in levels.values())


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
    answered = tuple(each for each in questions if answers.get(each) not in (None, "", [], (), {}))
    not_known = tuple(each for each in questions if each in unknown and each not in answered)
    rest = tuple(each for each in questions if each not in answered and each not in not_known)
    return Known(answered, not_known, rest)
