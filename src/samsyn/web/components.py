"""Say what a table or a chart holds; the templates decide how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

Kind = Literal["text", "kr", "kr_exact", "signed_kr", "number", "date", "period"]
Tone = Literal["neutral", "good", "amber", "red"]
NUMERIC = {"kr", "kr_exact", "signed_kr", "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how its raw values are written (kr kinds take öre)."""

    label: str
    kind: Kind = "text"

    @property
    def css(self) -> str:
        """Return the class of its cells: figures stand to the right, figures and days are never broken."""
        return "figure-cell" if self.kind in NUMERIC else "" if self.kind == "text" else "whole-cell"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows are sequences of raw values, or of HTML made with `link` and `pill`.

    ``foot`` is a row of sums; ``dense`` gives 36 px rows and a head that stays; ``hide_caption`` keeps the
    caption for screen readers alone; ``empty`` says what will stand here and how it comes.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[Any] | None = None
    dense: bool = False
    hide_caption: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of amounts in öre with a table twin.

    bar, stacked: ``labels`` and ``series`` {name: amounts}. treemap: ``labels`` and one series.
    sankey: ``links`` (from, to, amount); a name may stand in several columns only if it means the same.
    ``sentence`` says in words what the picture shows; ``headings`` name the columns of words in
    the table, ``unit`` the column of amounts of a sankey.
    """

    id: str
    kind: Literal["bar", "stacked", "sankey", "treemap"]
    title: str
    sentence: str
    labels: Sequence[str] = ()
    series: dict[str, Sequence[int]] = field(default_factory=dict)
    links: Sequence[tuple[str, str, int]] = ()
    headings: Sequence[str] = ()
    unit: str = "kr"

    @property
    def data(self) -> dict[str, Any]:
        """Return what ``charts.js`` draws."""
        series = [{"name": name, "values": list(values)} for name, values in self.series.items()]
        return {"kind": self.kind, "labels": list(self.labels), "series": series, "links": list(self.links)}

    @property
    def table(self) -> Table:
        """Return the same figures as a table."""
        words = [Column(heading) for heading in self.headings]
        if self.kind == "sankey":
            return Table(self.title, [*words, Column(self.unit, "kr")], self.links, hide_caption=True)
        columns = [*words, *(Column(name, "kr") for name in self.series)]
        rows = [list(row) for row in zip(self.labels, *self.series.values(), strict=True)]
        return Table(self.title, columns, rows, hide_caption=True)


def link(text: str, url: str) -> SafeString:
    """Return a link for a table cell."""
    return format_html('<a href="{}">{}</a>', url, text)


def pill(text: str, tone: Tone = "neutral") -> SafeString:
    """Return a pill: a word about a thing, in a tone that never says more than the word."""
    return format_html('<span class="pill pill-{}">{}</span>', tone, text)
