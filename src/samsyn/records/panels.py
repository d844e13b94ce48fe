"""Show documents: the rows, the gaps, what changed, the versions kept."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.history.choices import field_name
from samsyn.people.queries import things_owned_by
from samsyn.records.choices import UNNAMED, Kind
from samsyn.records.engine import Difference
from samsyn.records.queries import processors
from samsyn.records.words import Made
from samsyn.web.components import Column, Table, link, pill
from samsyn.web.numbers import language, moment, percent

FITTING = 8  # columns of words that can be read side by side on a screen


def rows(municipality: str, made: Made) -> Table:
    """Return the rows of a document, each thing a link to its page."""
    # days are words here, as in every form of the document, and are not broken
    columns = [Column(words, "date" if name.endswith("date") else "text") for name, words in made.columns.items()]
    found = [
        [link(row[name], _there(municipality, made, key)) if name == "name" and key in made.pages
         else row.get(name, "") or ("" if key == UNNAMED else "–")
         for name in made.columns]
        for key, row in made.rows.items()
    ]  # fmt: skip
    wide = len(columns) > FITTING
    return Table(str(Kind(made.kind).label), columns, found, hide_caption=True, cards=wide)


def _there(municipality: str, made: Made, key: str) -> str:
    page = {Kind.CONTRACTS: "contract", Kind.SUPERVISION: "supervision"}.get(Kind(made.kind), "system")
    return reverse(page, args=[municipality, made.pages[key]])


def gaps(municipality: str, made: Made) -> Table:
    """Return what is missing, each a way to where it can be written."""
    columns = [Column(_("Where")), Column(_("What is missing")), Column(_("What to do"))]
    page = {Kind.CONTRACTS: "contract", Kind.SUPERVISION: "supervision"}.get(Kind(made.kind), "system")
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


def supervisions(found: Iterable[Any], names: dict[str, str]) -> Table:
    """Return how a processor was supervised: when, how, what was found and what shows it."""
    columns = [Column(_("When"), "date"), Column(_("How")), Column(_("What was found")), Column(_("What shows it")),
               Column(_("By whom")), Column(_("Next time"), "date")]  # fmt: skip
    rows = [
        [each.done_date, each.how, each.outcome, each.evidence or "–", names.get(each.by_key, "–"), each.next_date]
        for each in found
    ]
    return Table(_("How it was supervised"), columns, rows, hide_caption=True)


def overdue(*, request: Any) -> str:
    """Return the processors of a person's systems that are to be supervised now, for their first page."""
    on, mine = timezone.localdate(), things_owned_by(request.user, "system")
    if not mine:
        return ""
    found = [
        each for each in processors("", on).values()
        if each.next and each.next <= on and any(str(system.key) in mine for system in each.systems)
    ]  # fmt: skip
    context = {"found": found, "n": len(found), "municipality": request.municipality}
    return render_to_string("records/overdue.html", context, request=request) if found else ""
