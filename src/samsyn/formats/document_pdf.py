"""Set a paper of sections and tables as a tagged PDF (PDF/UA-1), the same bytes for the same paper."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import typst

from samsyn.formats.statement_pdf import HERE, fonts, showable


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table; ``figures`` stand to the right and are never broken."""

    label: str
    figures: bool = False


@dataclass(frozen=True)
class PaperSection:
    """A heading, a text and a table; each may be empty. ``rows`` hold words in the order of ``columns``."""

    heading: str
    text: str = ""
    columns: Sequence[PaperColumn] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Paper:
    """Everything a paper says, in words and figures already written in its language.

    ``page_of`` holds ``{page}`` and ``{pages}``; ``wide`` lays the sheet on its side.
    """

    title: str
    author: str
    language: str
    path: Sequence[str]
    headline: str
    why: str
    sections: Sequence[PaperSection]
    footer: str
    page_of: str
    wide: bool = False


SHORT, LONG = 20, 90  # letters: what is never broken, and beyond which a column grows no wider
ROOM = {True: 140, False: 92}  # letters beside each other on a sheet on its side, and on one upright


def widths(columns: Sequence[PaperColumn], rows: Sequence[Sequence[str]], wide: bool) -> list[int]:
    """Return each column's part of the width, 0 for figures: room for its longest word, then by what it says.

    So no word stands across the next column, what is short is not broken while there is room, and nothing becomes a
    pillar of single words.
    """
    least, most = [], []
    for at, column in enumerate(columns):
        cells = [row[at] for row in rows]
        longest, word = (
            max(map(len, cells), default=0),
            max(map(len, " ".join([column.label, *cells]).split()), default=0),
        )
        most.append(max(word, min(longest, LONG)) + 2)
        least.append(most[-1] if longest <= SHORT else max(word, min(longest, LONG) // 2) + 2)
    left = max(0, ROOM[wide] - sum(least))
    more = [want - need for want, need in zip(most, least, strict=True)]
    parts = [need + min(each, left * each // (sum(more) or 1)) for need, each in zip(least, more, strict=True)]
    return [0 if column.figures else part for column, part in zip(columns, parts, strict=True)]


def write_paper(paper: Paper, made_at: datetime) -> bytes:
    """Return the paper as PDF/UA-1 (ISO 14289-1). ``made_at`` is the only time in it.

    A letter the packaged fonts lack is shown as “?”.
    """
    said = asdict(paper)
    for section, told in zip(paper.sections, said["sections"], strict=True):
        told["widths"] = widths(section.columns, section.rows, paper.wide)
    words = json.dumps(showable(said), ensure_ascii=False)
    made: bytes = typst.compile(
        HERE / "templates" / "document.typ", root=HERE / "templates", font_paths=fonts(),
        sys_inputs={"document": words}, pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()),
    )  # fmt: skip
    return made
