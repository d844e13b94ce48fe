"""Build the demo municipalities from the files in examples/, through the same doors as everybody else."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

import samsyn
from samsyn.core.periods import Period
from samsyn.core.scoping import in_municipality
from samsyn.formats.workbook import read_csv_sheet, read_sheets
from samsyn.organisation import operations as organisation
from samsyn.people import operations as people
from samsyn.people import queries as people_queries
from samsyn.people.choices import DUTIES
from samsyn.people.queries import access_of, person_with_code

PASSWORD = "samsyn-demo"
STARTED = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)  # when the demo begins
EXAMPLES = Path(samsyn.__file__).parents[2] / "examples"
Say = Callable[[str], None]


def settings_of(folder: Path) -> dict[str, Any]:
    """Return what a demo folder says about itself: name, country, files in order, months to approve."""
    found: dict[str, Any] = json.loads((folder / "demo.json").read_text())
    return found


def build(folder: Path, say: Say, at: datetime | None = None) -> None:
    """Build one demo municipality from its folder."""
    about = settings_of(folder)
    moment = at or STARTED
    municipality = organisation.found_municipality(
        code=folder.name, name=about["name"], country=about["country"], by="demo", at=moment, is_demo=True
    )
    with in_municipality(municipality):
        service = people.service_person(municipality, moment)
        say(f"{about['name']}: organisation")
        sheets = read_sheets((folder / "organisation.xlsx").read_bytes())
        people.apply_workbook(municipality=municipality, sheets=sheets, by=service, at=moment)
        for code in about["sign_ins"]:
            people.set_password(person=_person(municipality, code), password=PASSWORD, by=service, at=moment)
        _load(folder, about, municipality, moment, say)
        _approve(about, municipality, moment, say)
        _books(about["books_after"], folder, municipality, moment, say)
        _registers(folder, about, municipality, moment, say)
        _duties(about, municipality, moment)
        _portfolio(about, municipality, moment)
        _surroundings(folder, about, municipality, moment)
        _campaign(about, municipality)
        _spending(about, municipality, moment)
        _answering(folder, about, municipality, moment)
    (settings.DATA / f"demo-{folder.name}").touch()


def share() -> None:
    """Load what all municipalities share of systems."""
    from samsyn.formats.register_table import propose_register, read_register
    from samsyn.formats.registers import CATALOGUE
    from samsyn.systems.operations import load_catalogue

    data = (EXAMPLES / "catalogue-2026.csv").read_bytes()
    file = read_register(data, CATALOGUE, propose_register(data, CATALOGUE).profile)
    loaded = load_catalogue(file=file, by="demo", at=STARTED)
    assert loaded.status != "refused", loaded.problems[:3]


def is_half(folder: Path) -> bool:
    """Tell whether building a municipality that is there was interrupted: it is marked when it is whole."""
    return not (settings.DATA / f"demo-{folder.name}").exists()


def _person(municipality: Any, code: str) -> Any:
    found = person_with_code(municipality, code)
    assert found is not None, f"{code} is not in the demo's workbook"
    return found


# what reads columns takes a second to load: only those who build wait for it
def _load(folder: Path, about: dict[str, Any], municipality: Any, at: datetime, say: Say) -> None:
    from samsyn.costing import operations as costing

    controller = _person(municipality, "controller")
    _books(about["books"], folder, municipality, at, say)
    for name in about["volumes"]:
        say(f"{about['name']}: {name}")
        data = (folder / name).read_bytes()
        if name.endswith(".csv"):
            rows = read_csv_sheet(data)
            sheets = {"Items" if "item" in rows[0].cells else "Volumes": rows}
        else:
            sheets = read_sheets(data)
        _, problems = costing.load_volumes(municipality=municipality, sheets=sheets, by=controller, at=at)
        assert not problems, problems[:3]
    content, problems = costing.read_workbook(read_sheets((folder / "model.xlsx").read_bytes()))
    assert not problems, problems[:3]
    first = date.fromisoformat(about["model_from"])
    version = costing.draft_model(
        municipality=municipality, content=content, name=about["name"], valid_from=first, by=controller, at=at
    )
    approver = _person(municipality, about["approver"])
    costing.approve_model(
        version=version,
        access=access_of(approver, timezone.localdate(at)),
        period=Period.parse(about["approve_from"]),
        by=approver,
        at=at,
    )


def _books(names: list[str], folder: Path, municipality: Any, at: datetime, say: Say) -> None:
    from samsyn.ledger import operations as ledger

    controller = _person(municipality, "controller")
    for name in names:
        say(f"{municipality.name}: {name}")
        data = (folder / name).read_bytes()
        loaded = ledger.load_file(municipality=municipality, data=data, name=name, by=controller, at=at)
        assert loaded.status == "committed", (name, loaded.summary["problems"][:3])


def _registers(folder: Path, about: dict[str, Any], municipality: Any, at: datetime, say: Say) -> None:
    from samsyn.contracts.operations import load_contracts
    from samsyn.equipment.operations import load_equipment
    from samsyn.formats.register_table import propose_register, read_register
    from samsyn.formats.registers import CONTRACTS, SYSTEMS
    from samsyn.formats.registers_capabilities import CAPABILITIES
    from samsyn.formats.registers_equipment import EQUIPMENT
    from samsyn.formats.registers_landscape import INTEGRATIONS
    from samsyn.landscape.operations import load_integrations
    from samsyn.portfolio.operations import load_capabilities
    from samsyn.systems.operations import load_systems

    controller = _person(municipality, "controller")
    rooms = ((SYSTEMS, load_systems), (CONTRACTS, load_contracts), (EQUIPMENT, load_equipment),
             (CAPABILITIES, load_capabilities), (INTEGRATIONS, load_integrations))  # fmt: skip
    for register, load in rooms:
        for name in about.get(register.name, ()):
            say(f"{municipality.name}: {name}")
            data = (folder / name).read_bytes()
            file = read_register(data, register, propose_register(data, register).profile)
            loaded = load(municipality=municipality, file=file, data=data, name=name, by=controller, at=at)
            assert loaded.status == "committed", loaded.problems[:3]


NOT_ACCEPTED = 6  # systems whose owner was asked and has not answered


def _duties(about: dict[str, Any], municipality: Any, at: datetime) -> None:
    """Ask those whom the lists name; all but a few accept."""
    from samsyn.contracts.operations import reckon
    from samsyn.contracts.queries import things as contracts
    from samsyn.systems.queries import things as systems

    reckon(on=timezone.localdate())  # the demo is built as of the spring; what has been renewed since still holds
    everybody = [each for each in people_queries.everybody() if each.code not in about["sign_ins"]]
    said = [each for each in systems(None) if each.said]
    silent = {each.key for each in said[:: max(len(said) // NOT_ACCEPTED, 1)][:NOT_ACCEPTED]}
    agreed = [each for each in contracts(None) if each.said]
    silent |= {each.key for each in agreed[::20]}
    for number, thing in enumerate([*said, *agreed]):
        # the first of those asked is the persona who owns systems; the rest is spread over everybody
        person = _person(municipality, "system-owner") if number % 9 == 0 else everybody[number % len(everybody)]
        duty = people.offer_duty(
            person=person, thing=thing.kind, thing_key=thing.key, role=DUTIES[thing.kind][0], by="demo", at=at
        )
        if thing.key not in silent:
            people.answer_duty(duty=duty, accept=True, minutes=120 + number % 5 * 60, by=person, at=at)


def _answering(folder: Path, about: dict[str, Any], municipality: Any, at: datetime) -> None:
    """Say who looks after what, speaks for whom and does which step; a few have nobody, as in real life."""
    if "answering" not in about:
        return
    from samsyn.home.demo_answering import build as answering

    answering(json.loads((folder / about["answering"]).read_text()), municipality, _person(municipality, "controller"),
              _person(municipality, "system-owner"), at)  # fmt: skip


# why some systems can never be left, in the demo
BOUND = {"Diariet": ("statute", "En myndighet ska hålla sina handlingar ordnade.")}


def _portfolio(about: dict[str, Any], municipality: Any, at: datetime) -> None:
    """Let owners confirm what their systems do, but for the persona's own; ask one question."""
    from samsyn.portfolio import operations, queries
    from samsyn.systems.queries import in_use

    used, persona = (
        in_use(timezone.localdate(at)),
        "system-owner" in about["sign_ins"] and _person(municipality, "system-owner"),
    )
    said = [code for code in used if queries.profile_of(code)]
    for code, owner in queries.owners(said, timezone.localdate(at)).items():
        bound, reason = BOUND.get(used[code].name, ("", ""))
        cost = used[code].yearly_cost_ore or 0
        told = {"bound": bound, "bound_reason": reason, "exit_cost_ore": cost // 2, "join_cost_ore": cost // 10}
        profile = queries.profile_of(code)
        does = [(each.capability.name, each.unit_codes, each.could_more) for each in queries.abilities_of(profile)]
        if profile and owner != persona:
            operations.say(
                municipality=municipality, system_code=code, does=does, told=told, known=profile.version,
                confirm=True, by=owner, at=at,
            )  # fmt: skip
    for name, wanted in about.get("questions", {}).items():
        codes = [each.code for each in queries.capabilities() if each.name in wanted]
        controller = _person(municipality, "controller")
        operations.ask(municipality=municipality, name=name, capabilities=codes, years=5, by=controller, at=at)


def _surroundings(folder: Path, about: dict[str, Any], municipality: Any, at: datetime) -> None:
    """Say which registers claim what, what systems stand on, what was changed for us, and how fields are filled."""
    from samsyn.landscape import operations as landscape
    from samsyn.systems.queries import names_by_code

    if "surroundings" not in about:
        return
    found = json.loads((folder / about["surroundings"]).read_text())
    codes = {name: code for code, name in names_by_code().items()}
    common: dict[str, Any] = {"municipality": municipality, "by": _person(municipality, "controller"), "at": at}
    for each in found["domains"]:
        claims = {codes[name]: what for name, what in each["claims"].items()}
        told = _days(each) | {"decided_code": codes.get(each.get("decided", ""), "")}
        landscape.write_domain(told=told, claims=claims, **common)
    for each in found["standards"]:
        systems = [_days(row) | {"code": codes[row["code"]]} for row in each["systems"]]
        landscape.write_standard(told=_days(each), systems=systems, **common)
    for each in found["customisations"]:
        landscape.write_customisation(told=each, system_code=codes[each["system"]], **common)
    for each in found["fields"]:
        field = landscape.write_field(told=_days(each) | {"system_code": codes[each["system"]]}, **common)
        for note in each["notes"]:
            landscape.note_practice(field=field, told=_days(note), known=1, by=common["by"], at=at)


def _days(told: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(each) if name.endswith("_date") else each for name, each in told.items()}


def _campaign(about: dict[str, Any], municipality: Any) -> None:
    """Ask the owners what a list of systems lacks; as of today, so that it runs whenever the demo is looked at."""
    from samsyn.systems.operations import begin_campaign

    if asked := about.get("asked"):
        begin_campaign(
            municipality=municipality, questions=asked, kind="business", until=timezone.localdate() + timedelta(21),
            by=_person(municipality, "controller"), at=timezone.now(),
        )  # fmt: skip


def _spending(about: dict[str, Any], municipality: Any, at: datetime) -> None:
    """Say which systems stand behind which services."""
    from samsyn.spending import operations, queries
    from samsyn.systems.queries import system_codes

    names, codes, controller = queries.services("sv"), system_codes(), _person(municipality, "controller")
    for service, systems in about.get("stands_behind", {}).items():
        for system in systems:
            operations.link(
                municipality=municipality, service=service, service_name=names[service],
                system=codes[system.casefold()], valid_from=date.fromisoformat(about["model_from"]), by=controller,
                at=at,
            )  # fmt: skip


def _approve(about: dict[str, Any], municipality: Any, at: datetime, say: Say) -> None:
    from samsyn.charging import operations as charging

    controller = _person(municipality, "controller")
    approver = _person(municipality, about["approver"])
    access = access_of(approver, timezone.localdate(at))
    period, last = Period.parse(about["approve_from"]), Period.parse(about["approve_until"])
    while period <= last:
        say(f"{about['name']}: {period}")
        run = charging.draft_run(municipality=municipality, period=period, by=controller, at=at)
        charging.approve_run(run=run, access=access, by=approver, at=at)
        period = period.shift(1)
