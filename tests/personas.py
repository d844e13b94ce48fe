"""The people of the tests, named after what they are here for."""

from datetime import UTC, date, datetime
from typing import Any

from samsyn.formats.workbook import SheetRow
from samsyn.organisation import operations as organisation
from samsyn.people import operations as people
from samsyn.people.queries import person_with_code

AT = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
DAY = date(2024, 1, 1)
PASSWORD = "correct horse"

UNITS = [
    ("LB", "Lillby kommun", "legal_entity", ""),
    ("BUN", "Barn- och utbildningsnämnden", "authority", "LB"),
    ("BUF", "Barn och utbildning", "administration", "BUN"),
    ("NORRA", "Norra skolan", "unit", "BUF"),
    ("SÖDRA", "Södra skolan", "unit", "BUF"),
    ("IT", "It-enheten", "unit", "LB"),
]
PEOPLE = {
    "administrator": ("administrator", ""),
    "controller": ("controller", ""),
    "approver": ("controller", ""),
    "auditor": ("auditor", ""),
    "head": ("unit_manager", "NORRA"),
    "director": ("unit_manager", "BUF"),
}


def municipality(code: str, name: str) -> Any:
    """Found a municipality."""
    return organisation.found_municipality(code=code, name=name, by="tests", at=AT)


def workbook(**sheets: list[dict[str, Any]]) -> dict[str, list[SheetRow]]:
    """Return sheets as if they had been read from a workbook."""
    return {name: [SheetRow(line, row) for line, row in enumerate(rows, 2)] for name, rows in sheets.items()}


def organisation_sheets() -> dict[str, list[SheetRow]]:
    """Return the small organisation as sheets."""
    return workbook(
        Units=[
            {"code": code, "name": name, "kind": kind, "parent": parent, "valid_from": DAY}
            for code, name, kind, parent in UNITS
        ],
        CostCentres=[
            {"code": "3100", "name": "Norra skolan", "unit": "NORRA", "valid_from": DAY},
            {"code": "9100", "name": "It-enheten", "unit": "IT", "valid_from": DAY},
        ],
        People=[
            {
                "code": code,
                "name": code.title(),
                "email": f"{code}@example.org",
                "title": "",
                "language": "sv",
            }
            for code in PEOPLE
        ],
        Roles=[
            {"person": code, "role": role, "unit": unit, "valid_from": DAY} for code, (role, unit) in PEOPLE.items()
        ],
    )


def load_organisation(municipality: Any) -> None:
    """Load the small organisation."""
    people.apply_workbook(municipality=municipality, sheets=organisation_sheets(), by="tests", at=AT)


def person(municipality: Any, code: str) -> Any:
    """Return one of the people, able to sign in."""
    found = person_with_code(municipality, code)
    assert found is not None, code
    people.set_password(person=found, password=PASSWORD, by="tests", at=AT)
    return found
