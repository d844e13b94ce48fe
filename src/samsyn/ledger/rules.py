"""Which periods the books may no longer change unseen; rooms above say."""

from collections.abc import Callable, Iterable

# answered by the room that closes periods (it lies above this one)
_closed_periods: list[Callable[[], Iterable[str]]] = []


def register_closed_periods(provider: Callable[[], Iterable[str]]) -> None:
    """Let an upper room say which periods are approved, so that a preview can warn."""
    if provider not in _closed_periods:
        _closed_periods.append(provider)


def closed_periods() -> set[str]:
    """Return the periods that some room has closed."""
    return {period for provider in _closed_periods for period in provider()}
