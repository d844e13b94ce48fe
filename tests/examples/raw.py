"""Read the demo's books with nothing of the product, as somebody who distrusts it would."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

LILLKOPING = Path(__file__).parents[2] / "examples" / "lillkoping"
PARTS = {"1": "responsibility", "6": "project", "20": "activity", "21": "object", "22": "counterparty"}
BOOKS = ("books-2024.se", "books-2025.se", "books-2026-03.se")
_WORD = re.compile(r'"((?:\\"|[^"])*)"|([{}])|([^\s{}"]+)')


class Row(NamedTuple):
    """One #TRANS row with its voucher's day, and the kind of its account."""

    voucher: tuple[str, str]
    account: str
    kind: str
    ore: int
    day: date
    parts: dict[str, str]
    text: str


def books(name: str) -> Iterator[Row]:
    """Yield every row of one file."""
    kinds: dict[str, str] = {}
    voucher: list[str] = []
    for line in (LILLKOPING / name).read_text("cp437").splitlines():
        words = [
            quoted if not (brace or plain) else brace or plain
            for quoted, brace, plain in _WORD.findall(line)
        ]  # fmt: skip
        if words[:1] == ["#KTYP"]:
            kinds[words[1]] = words[2]
        elif words[:1] == ["#VER"]:
            voucher = words
        elif words[:1] == ["#TRANS"]:
            close = words.index("}")
            pairs = words[3:close]
            parts = dict.fromkeys(PARTS.values(), "") | {
                PARTS[dimension]: code for dimension, code in zip(pairs[::2], pairs[1::2], strict=True)
            }
            day = date(int(voucher[3][:4]), int(voucher[3][4:6]), int(voucher[3][6:]))
            ore = int(words[close + 1].replace(".", ""))
            yield Row((voucher[1], voucher[2]), words[1], kinds[words[1]], ore, day, parts, voucher[4])
