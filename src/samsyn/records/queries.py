"""Find what documents are made from, and those that were kept."""

from datetime import date
from typing import Any

from samsyn.organisation.queries import tree, unit_names
from samsyn.records.models import Document
from samsyn.systems.queries import in_use, users_by_system


def administrations(on: date) -> list[tuple[str, str]]:
    """Return the administrations a document can be made for: (code, name)."""
    found = [each for each in tree(on).nodes.values() if each.kind == "administration"]
    return [(each.code, each.name) for each in sorted(found, key=lambda each: each.sort_key)]


def used_in(unit_code: str, on: date) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return the systems in use, of one administration those it uses, with the names of who uses each."""
    used, users, nodes = in_use(on), users_by_system(), tree(on)
    if unit_code:
        here = {each.code for each in nodes.path(unit_code)} | set(nodes.subtree(unit_code))
        used = {code: each for code, each in used.items() if set(users.get(code, ())) & here}
    names = unit_names()
    return used, {code: [names.get(each, each) for each in codes] for code, codes in users.items()}


def latest(kind: str, unit_code: str) -> Document | None:
    """Return a document as it was last kept."""
    found = Document.objects.filter(kind=kind, unit_code=unit_code).order_by("-made_at", "-pk")
    return found.select_related("municipality").first()


def kept(kind: str, unit_code: str, limit: int = 20) -> list[Document]:
    """Return the versions that were kept, the newest first."""
    found = Document.objects.filter(kind=kind, unit_code=unit_code).defer("rows")
    return list(found.order_by("-made_at", "-pk")[:limit])


def latest_of_each() -> dict[str, Document]:
    """Return the newest version of each document for the whole municipality."""
    found: dict[str, Document] = {}
    for each in Document.objects.filter(unit_code="").defer("rows").order_by("made_at", "pk"):
        found[each.kind] = each
    return found


def document_with_key(key: object) -> Document | None:
    """Return a version that was kept."""
    return Document.objects.select_related("municipality").filter(key=str(key)).first()
