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


def write_paper(paper: Paper, made_at: datetime) -> bytes:
    """Return the paper as PDF/UA-1 (ISO 14289-1). ``made_at`` is the only time in it.

    A letter the packaged fonts lack is shown as “?”.
    """
    words = json.dumps(showable(asdict(paper)), ensure_ascii=False)
    made: bytes = typst.compile(
        HERE / "templates" / "document.typ", root=HERE / "templates", font_paths=fonts(),
        sys_inputs={"document": words}, pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()),
    )  # fmt: skip
    return made
