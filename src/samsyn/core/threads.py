"""Let several processors do pure work; the threads end with the work, and nothing depends on their number."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

THREADS = min(2, os.cpu_count() or 1)  # more gained nothing and held more

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_order(work: Callable[[Given], Made], items: Iterable[Given], *, threads: int = THREADS) -> Iterator[Made]:
    """Yield ``work(item)`` of each item in their order, worked on ahead by a few threads.

    At most ``threads`` items are begun beyond the one asked for, so memory stays bounded. What ``work`` raises is
    raised here in its turn; who stops asking waits only for what is in work.
    """
    if threads < 2:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        coming = deque[Future[Made]]()
        try:
            for item in items:
                coming.append(pool.submit(work, item))
                if len(coming) > threads:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            for each in coming:
                each.cancel()
