"""Make documents from what is known: headings, answers and gaps, in the language they are made in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from samsyn.contracts.choices import Next
from samsyn.contracts.queries import calendar
from samsyn.history.choices import field_name
from samsyn.landscape.choices import Often
from samsyn.landscape.queries import running
from samsyn.records import engine
from samsyn.records.choices import PUBLIC, UNNAMED, Kind
from samsyn.records.queries import processors, used_in
from samsyn.systems.choices import ANSWERS
from samsyn.web.numbers import kr, language, long_date


def answer(thing: Any, name: str) -> str:
    """Return what is known of one field in words; nothing where nothing is."""
    value = getattr(thing, name)
    if value in (None, "", []):
        return _("nobody knows") if name in thing.unknown else ""
    if name in ANSWERS:
        return str(ANSWERS[name](value).label)
    return day(value) if isinstance(value, date) else str(value)


def day(value: date) -> str:
    """Write a day."""
    return long_date(value, language(get_language()))


def exchange(name: str, integration: Any) -> str:
    """Say what goes to or comes from somebody outside, and how often. Source: OSL 4:2 item 6."""
    parts = [integration.data, str(Often(integration.often).label) if integration.often else ""]
    told = ", ".join(each for each in parts if each)
    return f"{name} ({told})" if told else name


def contract(found: Any) -> dict[str, str]:
    """Return a contract as the calendar tells it."""
    return {
        "name": found.name, "supplier": found.supplier.name if found.supplier else "",
        "next": str(Next(found.next_step).label) if found.next_step else "",
        "next_date": day(found.next_date) if found.next_date else "", "owner_name": found.owner_name,
        "yearly_cost": kr(found.yearly_cost_ore, language(get_language())) if found.yearly_cost_ore else "",
    }  # fmt: skip


def _heads(names: Iterable[str]) -> dict[str, str]:
    return {name: field_name(name, _) for name in names}


def records() -> dict[str, str]:
    """Return the headings of the description of public records."""
    return {"name": _("System"), "purpose": _("What it is for"), "used_by": _("Used by"), "tasks": _("Tasks"),
            "outside": _("Data regularly obtained from or delivered to others")}  # fmt: skip


def processing(names: Iterable[str]) -> dict[str, str]:
    """Return the headings of the record of processing."""
    return {"name": _("System"), "used_by": _("Used by"), **_heads(names)}


def archive(names: Iterable[str]) -> dict[str, str]:
    """Return the headings of the archive list."""
    return {"name": _("System"), "purpose": _("What it is for"), "used_by": _("Used by"), **_heads(names)}


def contracts() -> dict[str, str]:
    """Return the headings of the calendar of contracts."""
    return {"next_date": _("By when"), "name": _("Contract"), "next": _("What to decide"), "supplier": _("Supplier"),
            "owner_name": _("Who decides"), "yearly_cost": _("Money a year")}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A document as it would stand today: its columns with headings, its rows by key, which columns are asked for.

    ``gaps``: (key of the thing, column) of every asked cell that is empty; ``pages``: the code of the thing by key.
    """

    kind: str
    unit_code: str
    columns: dict[str, str]
    rows: dict[str, dict[str, str]]
    wanted: tuple[str, ...]
    pages: dict[str, str]

    @property
    def filled(self) -> tuple[int, int]:
        """Return how many of the asked cells hold something, and how many there are."""
        return engine.filled((row for key, row in self.rows.items() if key != UNNAMED), self.wanted)

    @property
    def gaps(self) -> list[tuple[str, list[str]]]:
        """Return the things that lack something asked for: (key, headings of what is empty)."""
        found = [
            (key, [self.columns[column] for column in self.wanted if not row.get(column)])
            for key, row in self.rows.items() if key != UNNAMED
        ]  # fmt: skip
        return [(key, missing) for key, missing in found if missing]


def made(kind: str, unit_code: str, on: date, language: str | None = None) -> Made:
    """Return a document as it stands on a day, for the whole municipality ("") or one administration.

    What is secret by default (integrations' partners within the house, hosting, classes, who alone knows a system)
    stands in no document that is handed to anybody.
    """
    makers: dict[str, Callable[[str, date], Made]] = {
        Kind.RECORDS: _records, Kind.PROCESSING: _processing, Kind.ARCHIVE: _archive, Kind.CONTRACTS: _contracts,
        Kind.SUPERVISION: _supervision,
    }  # fmt: skip
    with override(language or get_language()):
        return makers[kind](unit_code, on)


def _public(kind: Kind, rows: dict[str, dict[str, str]], systems: Iterable[Any]) -> dict[str, dict[str, str]]:
    """Return the rows that may be handed out: allowed columns of what may be named, and how many may not be."""
    unnamed = [each for each in systems if str(each.key) in rows and each.named_publicly == "no"]
    hidden = {str(each.key) for each in unnamed}
    found = {
        key: {name: row[name] for name in PUBLIC[kind]} for key, row in rows.items() if key not in hidden
    }  # fmt: skip
    if unnamed:
        grounds = ", ".join(sorted({each.secrecy_provision for each in unnamed} - {""}))
        told = ngettext("%(n)s more system is not named", "%(n)s more systems are not named", len(unnamed))
        words = told % {"n": len(unnamed)}
        found[UNNAMED] = {"name": f"{words} ({grounds})" if grounds else words}
    return found


def _records(unit_code: str, on: date) -> Made:
    """Make items 2, 3 and 6 and the list of systems with public records. Source: OSL 4:2, standards 2.6."""
    used, users = used_in(unit_code, on)
    outside: dict[str, list[str]] = {}
    for each in running(on):
        sides = (each.from_code, each.from_name), (each.to_code, each.to_name)
        for (code, _name), (other, name) in (sides, sides[::-1]):
            if code and not other:
                outside.setdefault(code, []).append(exchange(name, each))
    rows = {
        str(each.key): {
            "name": each.name, "purpose": each.purpose, "used_by": ", ".join(users.get(code, ())),
            "tasks": ", ".join(each.tasks), "outside": "; ".join(sorted(outside.get(code, ()))),
        }
        for code, each in used.items() if each.public_records == "yes"
    }  # fmt: skip
    pages = {str(each.key): code for code, each in used.items()}
    rows = _public(Kind.RECORDS, rows, used.values())
    return Made(Kind.RECORDS, unit_code, records(), rows, ("purpose", "used_by", "tasks"), pages)


PROCESSING = ("processing_purpose", "legal_ground", "data_subjects", "data_categories", "recipients", "third_country",
              "erasure_limit", "security_measures", "processor", "supervision_date")  # fmt: skip


def _processing(unit_code: str, on: date) -> Made:
    """Make the controller's record. Source: GDPR article 30(1), standards 2.7."""
    used, users = used_in(unit_code, on)
    rows = {
        str(each.key): {
            "name": each.name, "used_by": ", ".join(users.get(code, ())),
            **{name: answer(each, name) for name in PROCESSING},
        }
        for code, each in used.items() if each.personal_data == "yes"
    }  # fmt: skip
    pages = {str(each.key): code for code, each in used.items()}
    wanted = tuple(name for name in PROCESSING if name not in ("processor", "supervision_date"))
    return Made(Kind.PROCESSING, unit_code, processing(PROCESSING), rows, wanted, pages)


ARCHIVE = ("archive_duty", "archive_years", "archive_reference")


def _archive(unit_code: str, on: date) -> Made:
    """Make the list of systems with records and what becomes of them. Source: arkivlagen 6 §."""
    used, users = used_in(unit_code, on)
    rows = {
        str(each.key): {
            "name": each.name, "purpose": each.purpose, "used_by": ", ".join(users.get(code, ())),
            **{name: answer(each, name) for name in ARCHIVE},
        }
        for code, each in used.items() if each.public_records == "yes"
    }  # fmt: skip
    pages = {str(each.key): code for code, each in used.items()}
    rows = _public(Kind.ARCHIVE, rows, used.values())
    return Made(Kind.ARCHIVE, unit_code, archive(ARCHIVE), rows, ("archive_duty", "archive_reference"), pages)


def _contracts(unit_code: str, on: date) -> Made:
    """Make what must be decided within a year; contracts belong to no administration, so ``unit_code`` is not asked."""
    found = calendar(on)
    rows = {str(each.key): contract(each) for each in found}
    pages = {str(each.key): each.code for each in found}
    return Made(Kind.CONTRACTS, "", contracts(), rows, ("supplier", "owner_name", "yearly_cost"), pages)


def supervision() -> dict[str, str]:
    """Return the headings of the plan for supervising processors."""
    return {"name": _("Processor"), "systems": _("Systems"), "agreement": _("Agreement"), "latest": _("Last time"),
            "outcome": _("What was found"), "next": _("Next time")}  # fmt: skip


def _supervision(unit_code: str, on: date) -> Made:
    """Make the plan for supervising processors, the most urgent first. Source: GDPR article 28, standards 2.7."""
    rows, pages = {}, {}
    for key, each in processors(unit_code, on).items():
        next_time = day(each.next) if each.next else ""
        rows[key] = {
            "name": each.name, "systems": ", ".join(sorted(system.name for system in each.systems)),
            "agreement": each.agreement, "latest": day(each.latest.done_date) if each.latest else "",
            "outcome": each.latest.outcome if each.latest else "",
            "next": _("%(day)s, overdue") % {"day": next_time} if each.next and each.next < on else next_time,
        }  # fmt: skip
        pages[key] = each.systems[0].code
    return Made(Kind.SUPERVISION, unit_code, supervision(), rows, ("agreement", "latest", "next"), pages)


def columns_of(kind: str) -> dict[str, str]:
    """Return the headings of a document in the language of now."""
    heads: dict[str, Callable[[], dict[str, str]]] = {
        Kind.RECORDS: records, Kind.PROCESSING: lambda: processing(PROCESSING),
        Kind.ARCHIVE: lambda: archive(ARCHIVE), Kind.CONTRACTS: contracts, Kind.SUPERVISION: supervision,
    }  # fmt: skip
    return heads[kind]()
