"""Hand out a document that was kept, as PDF or workbook, in the language it was made in."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsyn.formats.document_pdf import Paper, PaperColumn, PaperSection, write_paper
from samsyn.formats.workbook import write_sheets
from samsyn.organisation.queries import unit_names
from samsyn.records import words
from samsyn.records.choices import ASKED_BY, PUBLIC, Kind
from samsyn.web.numbers import long_date, percent


def document(found: Any, kind: str) -> bytes:
    """Return a kept document; the same version makes the same file whenever it is asked for."""
    with translation.override(found.language):
        if kind == "xlsx":
            columns, rows = _table(found)
            return write_sheets({str(Kind(found.kind).label)[:31]: (columns, rows)})
        return write_paper(paper(found), found.made_at)


def _table(found: Any) -> tuple[list[str], list[list[str]]]:
    columns = words.columns_of(found.kind)
    return list(columns.values()), [[row.get(name, "") for name in columns] for _key, row in found.rows]


def paper(found: Any) -> Paper:
    """Return what the PDF of a kept document says."""
    with translation.override(found.language):
        return _paper(found)


def _paper(found: Any) -> Paper:
    columns, rows = _table(found)
    place = found.municipality.name
    owner = unit_names().get(found.unit_code, found.unit_code) if found.unit_code else place
    made = long_date(timezone.localdate(found.made_at), found.language)
    share = percent(found.filled, found.cells, found.language) or "–"
    why = _("Made on %(day)s from what is known. %(share)s of what is asked for is filled in.") % {
        "day": made,
        "share": share,
    }
    if found.kind in PUBLIC:
        why += " " + _("What is secret by default does not stand here.")
    title = f"{Kind(found.kind).label}, {owner}"
    section = PaperSection(str(ASKED_BY[found.kind]), "", [PaperColumn(each) for each in columns], rows)
    return Paper(title, place, found.language, [place, *([owner] if owner != place else [])], title, why, [section],
                 f"{place} · {made}", _("page {page} of {pages}"), wide=True)  # fmt: skip
