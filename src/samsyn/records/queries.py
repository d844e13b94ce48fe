"""Find what documents are made from, and those that were kept."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samsyn.contracts.queries import known_contracts
from samsyn.formats.company_names import name_key
from samsyn.organisation.queries import tree, unit_names
from samsyn.records.choices import OF_COUNTRY, Kind
from samsyn.records.models import Document, Supervision
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


def kinds(country: str) -> list[Kind]:
    """Return the documents somebody asks a municipality of a country for."""
    return [kind for kind in Kind if OF_COUNTRY.get(kind, country) == country]


def latest_of_each() -> dict[str, Document]:
    """Return the newest version of each document for the whole municipality."""
    found: dict[str, Document] = {}
    for each in Document.objects.filter(unit_code="").defer("rows").order_by("made_at", "pk"):
        found[each.kind] = each
    return found


def document_with_key(key: object) -> Document | None:
    """Return a version that was kept."""
    return Document.objects.select_related("municipality").filter(key=str(key)).first()


@dataclass
class Processor:
    """Somebody who handles personal data for us: in which systems, under which agreement, looked at when.

    ``next`` is what the latest supervision says, else the earliest day that a system gives; None: nobody has said.
    """

    key: str
    name: str
    systems: list[Any] = field(default_factory=list)
    agreement: str = ""  # number of a data processing agreement here
    latest: Supervision | None = None

    @property
    def next(self) -> date | None:
        """Return the day it is to be looked at next."""
        if self.latest:
            return self.latest.next_date
        return min((each.supervision_date for each in self.systems if each.supervision_date), default=None)


def processors(unit_code: str, on: date) -> dict[str, Processor]:
    """Return who handles personal data for us by the key of their name, the most urgent first."""
    used, _users = used_in(unit_code, on)
    found: dict[str, Processor] = {}
    for each in used.values():
        for name in filter(None, (part.strip() for part in each.processor.split(","))):
            found.setdefault(name_key(name), Processor(name_key(name), name)).systems.append(each)
    for contract in known_contracts():
        if contract["kind"] == "processing" and contract["name_key"] in found:
            found[contract["name_key"]].agreement = contract["code"]
    for noted in Supervision.objects.filter(processor_key__in=found).order_by("done_date", "pk"):
        found[noted.processor_key].latest = noted
    return dict(sorted(found.items(), key=lambda item: (item[1].next or date.min, item[1].name.casefold())))


def supervisions_of(processor_key: str) -> list[Supervision]:
    """Return how somebody was supervised, the newest first."""
    return list(Supervision.objects.filter(processor_key=processor_key).order_by("-done_date", "-pk"))
