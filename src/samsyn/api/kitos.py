"""Read a municipality's systems and contracts from KITOS, where it has them: they are kept there and only read here."""

import json
from datetime import UTC, datetime
from typing import Any

from samsyn.api.client import Kitos
from samsyn.contracts import operations as contracts
from samsyn.contracts.queries import known_contracts
from samsyn.core.problems import Problem
from samsyn.core.refusals import N_, Refusal
from samsyn.formats import kitos
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import operation
from samsyn.intake import operations as intake
from samsyn.intake.queries import last_sync, masters
from samsyn.intake.rules import fields_of
from samsyn.systems import operations as systems
from samsyn.systems.queries import known_systems, system_codes

SOURCE = "kitos"
# what is read → the kind of thing it becomes, what the feed of deletions calls it, where people see it
KINDS = {
    "systems": ("system", "ItSystemUsage", "ui/it-systems/it-system-usages"),
    "contracts": ("contract", "ItContract", "ui/it-contracts"),
    "processing": ("contract", "DataProcessingRegistration", "ui/data-processing"),
}
NO_NAME = N_("Object %(line)s has no name, and was left out.")


def sync(*, municipality: Any, client: Kitos, by: Any, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Read everything from KITOS and hold it against what is known; all of it or nothing.

    Returns ``status`` (committed, duplicate, dry-run), ``created``, ``updated``, ``unchanged``, ``deleted``,
    ``unplaced`` (what finds no place, by its header) and ``problems``. Refuses what `Kitos.read`
    refuses, and ``kitos_refused``.
    """
    mine = {"organizationUuid": client.organisation} if client.organisation else {}
    usages = list(client.read("it-system-usages", **mine))
    used = {"usedInOrganizationUuid": client.organisation} if client.organisation else {}
    catalogue = list(client.read("it-systems", **used))
    processing = list(client.read("data-processing-registrations", **mine))
    agreements = list(client.read("it-contracts", **mine))
    before = last_sync(municipality.key, SOURCE)
    since = {"deletedSinceUTC": before.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")} if before else {}
    gone = list(client.read("delta-feed/deleted-entities", **since))
    with operation(log=municipality.key, by=by, at=at):
        held = masters(municipality.key, SOURCE)
        codes = _codes(held)
        common: dict[str, Any] = {"municipality": municipality, "by": by, "at": at, "dry_run": dry_run}
        rows = kitos.systems(usages, catalogue, processing, codes)
        loaded = [_load(systems.load_systems, rows, usages, "systems", common)]
        if not dry_run:
            keys = {each["code"]: each["key"] for each in known_systems()}
            _hold("systems", rows, keys, system_codes(), client, common)
            codes = _codes(masters(municipality.key, SOURCE))
        concluded = kitos.processing_agreements(processing, codes, (str(each.get("name")) for each in agreements))
        for name, rows, said in (
            ("contracts", kitos.contracts(agreements, codes), agreements), ("processing", concluded, processing),
        ):  # fmt: skip
            loaded.append(_load(contracts.load_contracts, rows, said, name, common))
            if not dry_run:
                _hold_contracts(name, rows, client, common)
        deleted = _let_go(gone, held, common)
        result = _result(loaded, len(deleted), dry_run)
        if not dry_run:
            intake.note_sync(municipality_key=municipality.key, source=SOURCE, result=result, by=by, at=at)
    return result


class Refused(Refusal):
    """What KITOS says cannot be loaded; nothing is. ``loaded`` says why."""

    def __init__(self, loaded: Loaded) -> None:
        first = next(each for each in loaded.problems if each.severity == "error")
        message = N_("What KITOS says cannot be loaded: %(first)s Nothing was changed.")
        super().__init__("kitos_refused", message, first=first.sentence())


def _codes(held: Any) -> dict[str, str]:
    """Return our number of each thing that is kept in KITOS, by its uuid."""
    mine = {str(each["key"]): each["code"] for each in (*known_systems(), *known_contracts())}
    return {uuid: mine[str(each.thing_key)] for uuid, each in held.items() if str(each.thing_key) in mine}


def _load(load: Any, rows: kitos.Rows, found: list[Any], name: str, common: dict[str, Any]) -> Loaded:
    """Load rows through the same door as any register; what has no name is left out and told."""
    nameless = [each for each in rows.rows if "name" not in each.values]
    rows.rows = [each for each in rows.rows if "name" in each.values]
    problems = [Problem(each.line, 0, "warning", "name_missing", "", "", NO_NAME) for each in nameless]
    headers = tuple(sorted({header for each in rows.rows for header in each.received}))
    file = RegisterFile("json", "utf-8", rows.rows, headers, [*rows.problems, *problems])
    data = json.dumps(found, ensure_ascii=False, sort_keys=True).encode()
    loaded: Loaded = load(file=file, data=data, name=f"kitos-{name}.json", from_master=True, **common)
    if loaded.status == "refused":
        raise Refused(loaded)
    return loaded


def _hold(
    what: str, rows: kitos.Rows, keys: dict[str, Any], named: dict[str, str], client: Kitos, common: dict[str, Any]
) -> None:
    """Note for each row which of our things it is, and which fields come from KITOS."""
    for row, fields in zip(rows.rows, fields_of(each.values for each in rows.rows), strict=True):
        code = row.values.get("code")
        key = keys.get(code or "") or keys.get(named.get(row.values["name"].casefold(), ""))
        if key is not None:
            uuid = rows.uuids[row.line]
            intake.hold(
                municipality_key=common["municipality"].key, source=SOURCE, thing=KINDS[what][0], thing_key=key,
                foreign_key=uuid, url=f"{client.url.rstrip('/')}/{KINDS[what][2]}/{uuid}", fields=fields,
                by=common["by"], at=common["at"],
            )  # fmt: skip


def _hold_contracts(what: str, rows: kitos.Rows, client: Kitos, common: dict[str, Any]) -> None:
    known = known_contracts()
    by_number = {(each["number"], each["name"].casefold()): each["code"] for each in known}
    for row in rows.rows:
        there = (row.values.get("number", ""), row.values["name"].casefold())
        row.values.setdefault("code", by_number.get(there, ""))
    _hold(what, rows, {each["code"]: each["key"] for each in known}, {}, client, common)


def _let_go(gone: list[Any], held: Any, common: dict[str, Any]) -> list[str]:
    """Let go of what was deleted in KITOS; what hangs on it here stays. Returns the uuids."""
    found, entities = [], {(thing, entity) for thing, entity, _ in KINDS.values()}
    for each in map(kitos.lowered, gone):
        master = held.get(str(each.get("entityuuid")))
        day = kitos.day(each.get("occurredatutc"))
        if master is None or master.gone_date or (master.thing, each.get("entitytype")) not in entities:
            continue
        found.append(master.foreign_key)
        if not common["dry_run"]:
            intake.let_go(master=master, on=day or common["at"].date(), by=common["by"], at=common["at"])
    return found


def _result(loaded: list[Loaded], deleted: int, dry_run: bool) -> dict[str, Any]:
    nothing = {each.status for each in loaded} == {"duplicate"} and not deleted
    said = [each.as_json() for each in loaded]
    counts = {name: sum(each[name] for each in said) for name in ("rows", "created", "updated", "unchanged")}
    return {
        "status": "dry-run" if dry_run else "duplicate" if nothing else "committed", **counts, "deleted": deleted,
        "unplaced": sorted({header for each in said for header in each["unplaced"]}),
        "problems": [problem for each in said for problem in each["problems"]],
    }  # fmt: skip
