"""Write what a run keeps to be explained later as columns."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from samsyn.costing.engine.allocation import Allocation
from samsyn.formats.ledger_file import constant


def parts(allocation: Allocation) -> pa.Table:
    """Return B, N, M, V and L as columns; N may pass 64 bits and is kept as decimal text."""
    sources = list(allocation.amounts)
    blocks = [_block("B", [*zip(*sources, strict=True)] or [(), ()], amounts=list(allocation.amounts.values()))]
    for pool, cost_type in sources:
        shares, moved = allocation.shares[pool, cost_type], allocation.moved[pool, cost_type]
        blocks.append(_block("N", [pool, cost_type, list(shares)], numbers=list(map(str, shares.values()))))
        blocks.append(_block("M", [pool, cost_type, list(moved)], amounts=list(moved.values())))
    for service, weights in allocation.volumes.items():
        blocks.append(_block("V", [service, list(weights)], numbers=list(map(str, weights.values()))))
    for service, units in allocation.distributed.items():
        blocks.append(_block("L", [service, list(units)], amounts=list(units.values())))
    return pa.concat_tables(blocks).combine_chunks()


def _block(
    part: str, names: Sequence[str | Sequence[str]], numbers: Sequence[str] = (), amounts: Sequence[int] = ()
) -> pa.Table:
    """Return the rows of one part; a name given once stands on each of them."""
    count = max(len(numbers), len(amounts))
    words = [part, *names, *[""] * (3 - len(names)), numbers or ""]
    columns = [constant(each, count) if isinstance(each, str) else pa.array(each, pa.string()) for each in words]
    ore = pa.array(amounts or np.zeros(count, np.int64), pa.int64())
    return pa.Table.from_arrays([*columns, ore], ["part", "first", "second", "third", "number", "amount_ore"])
