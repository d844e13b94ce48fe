"""Change the organisation: the only verbs that write it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from samsyn.core.ids import new_key
from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.formats.workbook import SheetRow
from samsyn.history.operations import Journal, operation
from samsyn.organisation import imports, queries
from samsyn.organisation.imports import ended_codes as ended_codes
from samsyn.organisation.imports import plan as plan_rows
from samsyn.organisation.models import (
    CostCentre,
    Lineage,
    MandatoryPart,
    Municipality,
    OrgUnit,
    OrgUnitTerm,
    ReceivingCode,
    Site,
    StaffCount,
)

__all__ = [
    "apply_workbook",
    "ended_codes",
    "found_municipality",
    "plan_rows",
    "plan_workbook",
    "set_four_eyes",
    "sort_key",
    "workbook_sheets",
]

# Swedish and Danish order of letters, by replacing them with what sorts right everywhere.
_ORDER = str.maketrans({"å": "~1", "ä": "~2", "æ": "~2", "ö": "~3", "ø": "~3", "é": "e", "ü": "y"})


def sort_key(name: str) -> str:
    """Return a key that sorts names in Swedish order on every database (å, ä/æ, ö/ø last)."""
    return name.casefold().translate(_ORDER)


def found_municipality(
    *, code: str, name: str, by: object, at: datetime, country: str = "SE", is_demo: bool = False
) -> Municipality:
    """Add a municipality to the installation. Refuses ``code_taken``."""
    if Municipality.objects.filter(code=code).exists():
        raise Refusal("code_taken", N_("There is a municipality “%(code)s” already."), code=code)
    municipality = Municipality(
        code=code, name=name, country=country, currency="DKK" if country == "DK" else "SEK", is_demo=is_demo
    )
    with operation(log=municipality.key, by=by, at=at) as journal:
        municipality.save()
        journal.record("found", "municipality", municipality.key, after={"code": code, "name": name})
        for entry, part in (
            ("operation", "responsibility"), ("operation", "activity"), ("investment", "project"),
            ("internal", "counterparty"),
        ):  # fmt: skip
            MandatoryPart.objects.create(
                municipality=municipality, entry_kind=entry, part=part, valid_from="2000-01-01"
            )
    return municipality


def set_four_eyes(*, municipality: Municipality, required: bool, by: object, at: datetime) -> None:
    """Record whether the one who approves must be another than the one who prepared."""
    with operation(log=municipality.key, by=by, at=at) as journal:
        before = municipality.four_eyes
        municipality.four_eyes, municipality.version = required, municipality.version + 1
        municipality.save(update_fields=["four_eyes", "version"])
        journal.record(
            "set_four_eyes", "municipality", municipality.key, version=municipality.version,
            before={"four_eyes": before}, after={"four_eyes": required},
        )  # fmt: skip


def known_rows() -> dict[str, list[imports.Row]]:
    """Return what is known now under the workbook's own column names."""
    names = {
        "unit__code": "unit", "parent__code": "parent", "site_code": "site",
        "from_unit__code": "from_unit", "to_unit__code": "to_unit",
    }  # fmt: skip
    known: dict[str, list[imports.Row]] = {}
    for sheet, rows in queries.everything().items():
        own = {**names, "unit__code": "code"} if sheet == "Units" else names
        known[sheet] = [{own.get(column, column): value for column, value in row.items()} for row in rows]
    return known


def workbook_sheets(
    known: dict[str, list[imports.Row]] | None = None, layout: dict[str, Any] | None = None
) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Return known rows as the sheets they are imported from."""
    rows = known_rows() if known is None else known
    found: dict[str, tuple[list[str], list[list[Any]]]] = {}
    for sheet, (naming, content) in (layout or imports.SHEETS).items():
        columns = [*naming, *content]
        found[sheet] = (columns, [[row[column] for column in columns] for row in rows.get(sheet, [])])
    return found


def plan_workbook(sheets: dict[str, list[SheetRow]]) -> imports.Plan:
    """Say what applying a workbook would change; nothing is written."""
    known = known_rows()
    result = plan_rows(sheets, known)
    imports.check_units(result, sheets, {row["code"] for row in known["Units"]})
    imports.check_dates(result, known)
    imports.check_code_parts(result, known)
    imports.check_staff(result)
    for code, day in ended_codes(result).items():
        for centre in CostCentre.objects.filter(queries.valid(day), unit__code=code).order_by("code"):
            moved = any(change.sheet == "CostCentres" and change.name[0] == centre.code for change in result.changes)
            if not moved:
                result.hanging.append(f"{code}: {centre.code} {centre.name}")
    return result


def apply_workbook(
    *, municipality: Municipality, sheets: dict[str, list[SheetRow]], by: object, at: datetime
) -> imports.Plan:
    """Apply an organisation workbook whole. Refuses ``workbook_has_errors``."""
    with operation(log=municipality.key, by=by, at=at) as journal:
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        result = plan_workbook(sheets)
        if has_errors(result.problems):
            raise Refusal(
                "workbook_has_errors", N_("The workbook has %(count)s faults. Nothing was changed."),
                count=len(result.problems), problems=result.problems,
            )  # fmt: skip
        units = {unit.code: unit for unit in OrgUnit.objects.all()}
        for change in result.changes:
            if change.sheet == "Units" and change.after["code"] not in units:
                code = change.after["code"]
                units[code] = OrgUnit.objects.create(municipality=municipality, code=code)
        for change in result.changes:
            _WRITERS[change.sheet](municipality, units, change, at)
            _record(journal, change, units)
        Municipality.objects.filter(pk=municipality.pk).update(organisation_stamp=new_key())
    return result


def _record(journal: Journal, change: imports.PlannedChange, units: Mapping[str, OrgUnit]) -> None:
    """Leave the event with the unit it concerns, so that a unit's page can show it."""
    plain = [{name: str(value or "") for name, value in row.items()} for row in (change.before, change.after)]
    plain[1]["row"] = " ".join(change.name)
    verb = {"new": "add", "changed": "change", "ended": "end"}[change.kind]
    column = {"Units": "code", "Lineage": "to_unit"}.get(change.sheet, "unit")
    unit = units.get(change.after.get(column, ""))
    journal.record(verb, change.sheet, unit.key if unit else change.sheet, before=plain[0], after=plain[1])


def _supersede(model: Any, at: datetime, **naming: Any) -> None:
    model.objects.filter(superseded_at=None, **naming).update(superseded_at=at)


def _dates(row: imports.Row, at: datetime) -> dict[str, Any]:
    return {"valid_from": row["valid_from"], "valid_until": row["valid_until"], "recorded_at": at}


def _write_site(municipality: Municipality, _: Any, change: imports.PlannedChange, at: datetime) -> None:
    row = change.after
    _supersede(Site, at, code=row["code"], valid_from=row["valid_from"])
    Site.objects.create(
        municipality=municipality,
        code=row["code"],
        name=row["name"],
        address=row["address"],
        **{name: row[name] for name in imports.JOINED},
        **_dates(row, at),
    )


def _write_unit(_: Municipality, units: dict[str, OrgUnit], change: imports.PlannedChange, at: datetime) -> None:
    row, unit = change.after, units[change.after["code"]]
    _supersede(OrgUnitTerm, at, unit=unit, valid_from=row["valid_from"])
    OrgUnitTerm.objects.create(
        unit=unit, kind=row["kind"], name=row["name"], parent=units.get(row["parent"]), site_code=row["site"],
        search_key=row["name"].casefold(), sort_key=sort_key(row["name"]), **_dates(row, at),
    )  # fmt: skip


def _write_centre(municipality: Municipality, units: dict[str, OrgUnit], change: Any, at: datetime) -> None:
    row = change.after
    _supersede(CostCentre, at, code=row["code"], valid_from=row["valid_from"])
    CostCentre.objects.create(
        municipality=municipality,
        code=row["code"],
        name=row["name"],
        unit=units[row["unit"]],
        **_dates(row, at),
    )


def _write_receiving(municipality: Municipality, units: dict[str, OrgUnit], change: Any, at: datetime) -> None:
    row = change.after
    _supersede(ReceivingCode, at, unit=units[row["unit"]], label=row["label"], valid_from=row["valid_from"])
    parts = {name: row[name] for name in ("label", "responsibility", "activity", "object", "counterparty", "weight")}
    ReceivingCode.objects.create(municipality=municipality, unit=units[row["unit"]], **parts, **_dates(row, at))


def _write_lineage(municipality: Municipality, units: dict[str, OrgUnit], change: Any, _: datetime) -> None:
    row = change.after
    Lineage.objects.get_or_create(
        municipality=municipality, from_unit=units[row["from_unit"]], to_unit=units[row["to_unit"]],
        kind=row["kind"], on_date=row["on_date"],
    )  # fmt: skip


def _write_code_part(municipality: Municipality, _: Any, change: imports.PlannedChange, __: datetime) -> None:
    row = change.after
    naming = {name: row[name] for name in ("entry_kind", "part", "valid_from")}
    MandatoryPart.objects.update_or_create(
        municipality=municipality, **naming, defaults={"valid_until": row["valid_until"]}
    )


def _write_staff(municipality: Municipality, units: dict[str, OrgUnit], change: Any, _: datetime) -> None:
    row = change.after
    told = {name: row[name] for name in ("staff", "without_mail", "without_identity", "source")}
    StaffCount.objects.update_or_create(
        municipality=municipality, unit=units[row["unit"]], counted_on=row["counted_on"], defaults=told
    )


_WRITERS: dict[str, Callable[..., None]] = {
    "Sites": _write_site, "Units": _write_unit, "CostCentres": _write_centre,
    "ReceivingCodes": _write_receiving, "Lineage": _write_lineage, "CodeParts": _write_code_part,
    "Staff": _write_staff,
}  # fmt: skip
