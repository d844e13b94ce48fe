"""Work done by several threads comes in order, stays bounded and leaves nothing behind."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.threads import in_order


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


@pytest.mark.parametrize("threads", [1, 2, 5])
@given(items=st.lists(st.integers()))
def test_answers_come_in_the_order_of_the_items(threads: int, items: list[int]) -> None:
    assert list(in_order(lambda item: item * 2, items, threads=threads)) == [item * 2 for item in items]


def test_only_a_few_items_are_taken_before_they_are_asked_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    answers = in_order(str, items(), threads=2)
    assert next(answers) == "0" and taken == [0, 1, 2]
    assert next(answers) == "1" and taken == [0, 1, 2, 3]
    answers.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("threads", [1, 3])
def test_what_goes_wrong_is_raised_after_the_answers_before_it(threads: int) -> None:
    answers = in_order(lambda item: 6 // item, [3, 2, 0, 1], threads=threads)
    assert [next(answers), next(answers)] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        next(answers)


def test_several_threads_work_at_the_same_time_and_one_is_the_callers_own() -> None:
    meeting = threading.Barrier(2, timeout=20)
    assert len(list(in_order(lambda _: meeting.wait(), [0, 1], threads=2))) == 2
    assert list(in_order(lambda _: threading.current_thread(), [0], threads=1)) == [threading.current_thread()]
