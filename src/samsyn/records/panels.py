"""Show documents: the rows, the gaps, what changed, the versions kept."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.history.choices import field_name
from samsyn.records.choices import Kind
from samsyn.records.engine import Difference
from samsyn.records.words import Made
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, moment, percent


def rows(municipality: str, made: Made) -> Table:
    """Return the rows of a document, each thing a link to its page."""
    columns = [Column(each) for each in made.columns.values()]
    found = [
        [link(row[name], _there(municipality, made, key)) if name == "name" else row.get(name, "") or "–"
         for name in made.columns]
        for key, row in made.rows.items()
    ]  # fmt: skip
    return Table(str(Kind(made.kind).label), columns, found, hide_caption=True)


def _there(municipality: str, made: Made, key: str) -> str:
    page = "contract" if made.kind == Kind.CONTRACTS else "system"
    return reverse(page, args=[municipality, made.pages[key]])


def gaps(municipality: str, made: Made) -> Table:
    """Return what is missing, each a way to where it can be written."""
    columns = [Column(_("Where")), Column(_("What is missing")), Column(_("What to do"))]
    page = "contract-change" if made.kind == Kind.CONTRACTS else "system"
    found = [
        [made.rows[key]["name"], ", ".join(missing),
         link(_("Fill it in, or ask who owns it"), reverse(page, args=[municipality, made.pages[key]]))]
        for key, missing in made.gaps
    ]  # fmt: skip
    return Table(_("What is missing"), columns, found, hide_caption=True)


def changes(found: Difference, made: Made) -> Table:
    """Return what changed since the last version."""
    columns = [Column(_("What")), Column(_("Field")), Column(_("Before")), Column(_("Now"))]
    rows: list[list[Any]] = [[name, pill(_("came"), "good"), "", ""] for name in found.came]
    rows += [[name, pill(_("went"), "amber"), "", ""] for name in found.went]
    rows += [
        [each.name, made.columns.get(column, field_name(column, _)), before or "–", now or "–"]
        for each in found.changed for column, before, now in each.fields
    ]  # fmt: skip
    return Table(_("What changed"), columns, rows, hide_caption=True)


def versions(municipality: str, found: Iterable[Any]) -> Table:
    """Return the versions that were kept."""
    speech = language(get_language())
    columns = [Column(_("Kept")), Column(_("Filled in")), Column("PDF"), Column(_("Workbook"))]

    def file(each: Any, kind: str) -> str:
        return link(kind.upper(), reverse("document-file", args=[municipality, each.key, kind]))

    rows = [
        [moment(each.made_at, speech), percent(each.filled, each.cells, speech) or "–", file(each, "pdf"),
         file(each, "xlsx")]
        for each in found
    ]  # fmt: skip
    return Table(_("Versions kept"), columns, rows, hide_caption=True)
