"""Set a unit's statement as a tagged PDF (PDF/UA-1), the same bytes for the same statement."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
# what the packaged fonts can show; PDF/UA refuses a letter without a glyph
_UNSHOWABLE = re.compile("[^ -~\u00a0-\u017f\u0218-\u021b\u0386-\u03ce\u0400-\u045f\u1e80-\u1e9e\u2007-\u2026"
                         "\u202f-\u203a\u20ac\u2212\u2248\u2260\u2264\u2265]")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the table; ``share`` is the length of its bar in per cent, None for no bar."""

    name: str
    detail: str
    amount: str
    tag: str = ""
    tone: str = "neutral"
    share: int | None = None


@dataclass(frozen=True)
class StatementPage:
    """Everything the page says, in words and figures already written in its language.

    ``page_of`` holds ``{page}`` and ``{pages}``; ``columns`` and ``below_columns`` head two columns each.
    """

    title: str
    author: str
    language: str
    path: Sequence[str]
    headline: str
    why: str
    facts: Sequence[tuple[str, str]]
    lines_title: str
    columns: tuple[str, str]
    lines: Sequence[Line]
    total: tuple[str, str]
    below_title: str
    below_columns: tuple[str, str]
    below: Sequence[tuple[str, str]]
    influence_title: str
    influence: Sequence[tuple[str, str]]
    footer: str
    page_of: str


def write_statement(page: StatementPage, made_at: datetime) -> bytes:
    """Return the page as PDF/UA-1 (ISO 14289-1). ``made_at`` is the only time in it.

    A letter the packaged fonts lack is shown as “?”.
    """
    words = json.dumps(showable(asdict(page)), ensure_ascii=False)
    made: bytes = typst.compile(
        HERE / "templates" / "statement.typ", root=HERE / "templates", font_paths=fonts(),
        sys_inputs={"statement": words}, pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()),
    )  # fmt: skip
    return made


@cache
def fonts() -> Any:
    """Return the packaged fonts, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])


def showable(value: Any) -> Any:
    """Return words, or anything made of them, with every letter the packaged fonts lack as “?”."""
    if isinstance(value, str):
        return _UNSHOWABLE.sub("?", unicodedata.normalize("NFC", value).replace("\n", " ").replace("\t", " "))
    if isinstance(value, dict):
        return {name: showable(each) for name, each in value.items()}
    return [showable(each) for each in value] if isinstance(value, list | tuple) else value
