"""Nobody reaches what is not theirs: every address and every command, as everybody, with everybody's ids."""

import itertools
import re
from argparse import _SubParsersAction
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import get_commands, load_command_class
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from samsyn.charging import operations as charging
from samsyn.contracts import operations as contracts
from samsyn.contracts.models import Contract
from samsyn.core.refusals import Refusal
from samsyn.core.scoping import all_municipalities, in_municipality
from samsyn.equipment import operations as equipment
from samsyn.equipment.models import Device
from samsyn.facts import store
from samsyn.formats.register_table import propose_register, read_register
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.formats.workbook import SheetRow
from samsyn.history.models import Event
from samsyn.intake.models import RawFile
from samsyn.landscape import operations as landscape
from samsyn.landscape.models import Customisation
from samsyn.ledger import operations as ledger
from samsyn.ledger.models import LedgerImport, VoucherQuestion
from samsyn.maintenance import operations as maintenance
from samsyn.maintenance.models import AccessReview, Funding
from samsyn.organisation.queries import tree
from samsyn.people import operations as people
from samsyn.people.management.base import ActorCommand
from samsyn.people.models import Duty
from samsyn.people.queries import person_with_code
from samsyn.portfolio import operations as portfolio
from samsyn.spending import operations as spending
from samsyn.spending.models import ServiceSystem
from samsyn.steering import operations as steering
from samsyn.systems import operations as systems
from samsyn.systems.models import Campaign, ItSystemUsage
from tests import build, personas
from tests.personas import AT

# stands in every text of Lillby's; must never meet the eyes of anybody from Grannby
CANARY = "Kanarie"
# pages for those who have not signed in
OPEN = ("/sign-in/", "/answer/x/", "/calendar/x.ics")
Values = dict[str, list[str]]


def chirping(sheets: dict[str, list[SheetRow]]) -> dict[str, list[SheetRow]]:
    """Let every name of a workbook hold the canary."""
    for row in itertools.chain.from_iterable(sheets.values()):
        if "name" in row.cells:
            row.cells["name"] = f"{row.cells['name']} {CANARY}"  # type: ignore[index]
    return sheets


@pytest.fixture
def lillby(db: Any) -> Any:
    """A municipality with something behind every address, and a canary in all of it."""
    place = personas.municipality("kvitterby", "Kvitterby")
    with in_municipality(place):
        sheets = chirping(personas.organisation_sheets())
        people.apply_workbook(municipality=place, sheets=sheets, by="tests", at=AT)
        build.ready(place, chirping(build.model()))
        controller, _ = build.access(place, "controller")
        approver, access = build.access(place, "approver")
        first = build.books({"6540": 12_000}, number=7).replace(b"Faktura", CANARY.encode())
        ledger.load_file(municipality=place, data=first, name=f"{CANARY}.se", by=controller, at=AT)
        again = build.books({"6540": 13_000}, number=7).replace(b"Faktura", CANARY.encode())
        ledger.load_file(municipality=place, data=again, name=f"{CANARY} 2.se", by=controller, at=AT)
        run = charging.draft_run(municipality=place, period=build.MARCH, by=controller, at=AT)
        charging.approve_run(run=run, access=access, by=approver, at=AT)
        waiting = build.books(month=4, number=8)
        ledger.receive(municipality=place, data=waiting, name=f"{CANARY} 3.se", by=controller, at=AT)
        add_a_reader(place)
        add_systems(place, controller, 1)
        add_contracts(place, controller, 1)
        add_devices(place, controller, 1)
        add_capabilities(place, controller, 1)
        add_surroundings(place, controller, 1)
        add_campaign(place, controller)
        add_services(place, controller, 1)
        add_maintenance(place, controller, 1)
    return place


def add_a_reader(place: Any) -> None:
    """Add the one role the small organisation lacks."""
    reader = people.add_person(municipality=place, code="reader", name="Reader", by="tests", at=AT)
    people.give_role(person=reader, role="reader", unit_code="NORRA", valid_from=personas.DAY, by="tests", at=AT)


def add_systems(place: Any, by: Any, count: int) -> None:
    """Add systems whose every text is a canary."""
    words = dict.fromkeys(("purpose", "supplier", "owner_name"), CANARY)
    for number in range(count):
        told = {"name": f"{CANARY} {uuid4()} {number}", "used_by": ["BUF"], **words}
        usage = systems.add_system(municipality=place, told=told, by=by, at=AT)
        people.offer_duty(person=by, thing="system", thing_key=usage.key, role="system_owner", by=by, at=AT)


def add_campaign(place: Any, by: Any) -> None:
    """Ask about every system, and own the newest of them, whose further texts are canaries too."""
    told = {"name": f"{CANARY} {uuid4()}", "functions": [CANARY], "processor": CANARY}
    usage = systems.add_system(municipality=place, told=told, by=by, at=AT)
    duty = people.offer_duty(person=by, thing="system", thing_key=usage.key, role="system_owner", by=by, at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=by, at=AT)
    asked = ["hosting", "interfaces", "information_class", "used_by"]
    systems.begin_campaign(municipality=place, questions=asked, until=date(2999, 1, 1), by=by, at=AT)


def add_contracts(place: Any, by: Any, count: int) -> None:
    """Add contracts whose every text is a canary."""
    words = dict.fromkeys(("category", "supplier", "owner_name", "how"), CANARY)
    for number in range(count):
        told = {"name": f"{CANARY} {uuid4()} {number}", "end_date": date(2027, 1, 1), "systems": ["S0001"], **words}
        contracts.add_contract(municipality=place, told=told, by=by, at=AT)


def add_devices(place: Any, by: Any, count: int) -> None:
    """Add devices of one school whose every text is a canary, and whose leases end soon."""
    rows = [f"{uuid4()},{CANARY},{CANARY},{CANARY},NORRA,2026-12-31" for _ in range(count)]
    data = "\n".join(["Serial number,Type,Model,User,Unit,Lease end", *rows]).encode()
    file = read_register(data, EQUIPMENT, propose_register(data, EQUIPMENT).profile)
    equipment.load_equipment(municipality=place, file=file, data=data, name=f"{CANARY}.csv", by=by, at=AT)


def add_capabilities(place: Any, by: Any, count: int) -> None:
    """Let the first system and new ones do things that are canaries, confirmed, and ask which are enough."""
    codes = ItSystemUsage.objects.order_by("pk").values_list("code", flat=True)
    told = {"exit_cost_ore": 1, "join_cost_ore": 1, "bound": "joint", "bound_reason": CANARY}
    for code in codes[max(len(codes) - count, 0) :]:
        does = [(CANARY, ["BUF"], True), (f"{CANARY} {uuid4()}", ["BUF"], True)]
        portfolio.say(
            municipality=place, system_code=code, does=does, told=told, known=None, confirm=True, by=by, at=AT
        )
    portfolio.ask(municipality=place, name=f"{CANARY} {uuid4()}", capabilities=[], years=5, by=by, at=AT)


def add_surroundings(place: Any, by: Any, count: int) -> None:
    """Let the first system exchange, claim, stand on and have been changed with canaries."""
    common: dict[str, Any] = {"municipality": place, "by": by, "at": AT}
    for _ in range(count):
        name = f"{CANARY} {uuid4()}"
        told = {"from_code": "S0001", "to_name": name, "data": CANARY}
        landscape.write_integration(told=told, **common)
        landscape.write_domain(told={"name": name, "about": CANARY}, claims={"S0001": "source"}, **common)
        systems = [{"code": "S0001", "reason": CANARY, "decision": CANARY}]
        told = {"name": name, "stage": "hold", "until_date": date(2027, 1, 1)}
        landscape.write_standard(told=told, systems=systems, **common)
        landscape.write_customisation(system_code="S0001", told={"what": name}, **common)
        told = {"system_code": "S0001", "name": name, **dict.fromkeys(("meaning", "used_in", "decision"), CANARY)}
        field = landscape.write_field(told={**told, "decided_date": personas.DAY}, **common)
        seen = {"practice": "otherwise", "way": CANARY, "seen_date": AT.date(), "said_by": CANARY}
        for unit in ("NORRA", "SÖDRA"):
            landscape.note_practice(field=field, told={**seen, "unit_code": unit}, known=1, by=by, at=AT)


def add_services(place: Any, by: Any, count: int) -> None:
    """Let the newest systems stand behind a service, and say why units bought of a canary."""
    for system in ItSystemUsage.objects.order_by("-pk").values_list("code", flat=True)[:count]:
        spending.link(
            municipality=place, service="MAIL", service_name=CANARY, system=system, valid_from=date(2026, 1, 1), by=by,
            at=AT,
        )  # fmt: skip
        about = {"year": "2026", "unit_code": "NORRA", "seller_key": system, "seller_name": CANARY, "ore": 1}
        spending.give_reason(municipality=place, about=about, why="other", comment=CANARY, known=None, by=by, at=AT)


def add_maintenance(place: Any, by: Any, count: int) -> None:
    """Let systems be looked after together and gone through, helped in and spoken for, all of it in canaries."""
    common: dict[str, Any] = {"municipality": place, "by": by, "at": AT}
    usages = list(ItSystemUsage.objects.order_by("-pk")[:count])
    for usage in usages:
        told = {"name": f"{CANARY} {uuid4()}", "purpose": CANARY}
        maintenance.write_object(told=told, systems=[str(usage.key)], **common)
        maintenance.review_access(
            system_key=usage.key, done_on=AT.date(), accounts=1, removed=0, changed=0, evidence=CANARY,
            file=BytesIO(CANARY.encode()), file_name=f"{CANARY}.csv", **common,
        )  # fmt: skip
        duty = people.offer_duty(person=by, thing="system", thing_key=usage.key, role="superuser", by=by, at=AT)
        people.answer_duty(duty=duty, accept=True, minutes=60, by=by, at=AT)
        paid = dict.fromkeys(("asset", "funder", "conditions", "decision"), CANARY)
        paid |= {"system_key": str(usage.key), "amount_ore": 1, "start_date": None, "end_date": None}
        maintenance.write_funding(told=paid, **common)
        measured = {"name": f"{CANARY} {uuid4()}", **dict.fromkeys(("purpose", "formula", "source"), CANARY)}
        steering.write_indicator(told=measured, **common)
        people.name_role(thing="system", told={"en": f"{CANARY} {uuid4()}", "also": [CANARY]}, **common)
    node = tree(AT.date()).nodes["BUF"]
    if not Duty.objects.filter(thing="administration").exists():
        people.offer_duty(person=by, thing="administration", thing_key=node.key, role="representative", mandate=CANARY,
                          by=by, at=AT)  # fmt: skip


@pytest.fixture
def grannby(db: Any) -> Any:
    """The municipality next door: the same codes, other people, nothing in common."""
    place = personas.municipality("grannby", "Grannby")
    with in_municipality(place):
        personas.load_organisation(place)
        outsider = people.add_person(municipality=place, code="outsider", name="Outsider", by="tests", at=AT)
        people.give_role(person=outsider, role="controller", valid_from=personas.DAY, by="tests", at=AT)
        people.give_role(person=outsider, role="administrator", valid_from=personas.DAY, by="tests", at=AT)
    return place


def ids_of(place: Any) -> Values:
    """Return what can stand in an address: this municipality's own keys and codes."""
    with in_municipality(place):
        batches = store.committed(place.key, "ledger")
        keys = [*LedgerImport.objects.filter(state="previewed"), *VoucherQuestion.objects.all(), *batches]
        links = [str(each.key) for each in ServiceSystem.objects.all()]
        keys += [*Duty.objects.all(), *ItSystemUsage.objects.all(), *Contract.objects.all()]
        keys += [*Customisation.objects.all(), *AccessReview.objects.all(), *Funding.objects.all()]
        raw = RawFile.objects.filter(municipality_key=str(place.key))
        return {
            "unit": ["NORRA", "BUF"], "code": ["NORRA"], "period": ["2026-03"], "service": ["MAIL"],
            "kind": ["json", "pdf", "xlsx"], "pool": ["10"], "cost_type": ["T"], "batch": [str(batches[0].key)],
            "voucher": ["ledger|2026|A|1"], "key": [str(each.key) for each in keys], "number": ["1"],
            "part": ["services", "flows"], "line": ["2"], "system": ["S0001"], "raw": [str(each.key) for each in raw],
            "contract": ["A0001"], "thing": ["system", "contract"], "token": ["x"],
            "device": [str(each.key) for each in Device.objects.all()], "capability": ["C001"],
            "integration": ["I0001"], "domain": ["D0001"], "standard": ["T0001"], "field": ["F0001"],
            "document": ["records", "processing", "archive", "contracts", "supervision"], "portfolio": ["P001"],
            "aim": ["fewest", "cheapest"],
            "section": ["use", "importance"],
            "campaign": [str(each.key) for each in Campaign.objects.all()],
            "term": ["2026", "2026-03"], "link": links[:1], "group": ["O001"], "role": ["superuser"],
            "indicator": ["N001"], "removable": ["system", "contract"], "named": ["S0001", "A0001"],
        }  # fmt: skip


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Return every address with its parameters: (``/{municipality}/months/{period}/``, names)."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, route)
        elif isinstance(each, URLPattern):
            template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
            yield f"/{template}", re.findall(r"{(\w+)}", template)


def addresses(code: str, values: Values) -> list[str]:
    """Return every address of a municipality with every given value in every parameter."""
    found = []
    for template, names in patterns():
        if "municipality" in names:
            others = [name for name in names if name != "municipality"]
            for chosen in itertools.product(*(values[name] for name in others)):
                found.append(template.format(municipality=code, **dict(zip(others, chosen, strict=True))))
    return found


def browser(place: Any = None, code: str = "") -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if place is not None:
        with in_municipality(place):
            person = person_with_code(place, code)
        assert person is not None, code
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def content(answer: Any) -> str:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data.decode("utf-8", "replace")  # type: ignore[no-any-return]


def events() -> int:
    with all_municipalities():
        return Event.objects.count()


def test_the_addresses_are_all_known_to_these_tests(lillby: Any) -> None:
    found = addresses("kvitterby", ids_of(lillby))
    assert len({re.sub(r"[0-9a-f-]{36}", "", each) for each in found}) > 40


@pytest.mark.one_database
def test_a_stranger_signs_in_first_whatever_the_address(lillby: Any) -> None:
    before = events()
    for address in addresses("kvitterby", ids_of(lillby)):
        for answer in (browser().get(address), browser().post(address)):
            if address.endswith(OPEN):
                assert CANARY not in content(answer), address
            else:
                assert (answer.status_code, answer.url.split("?")[0]) == (302, "/kvitterby/sign-in/"), address
    assert events() == before


@pytest.mark.parametrize("role", ["administrator", "controller", "approver", "auditor", "head", "director", "reader"])
def test_every_address_has_an_answer_for_every_role(lillby: Any, role: str) -> None:
    client, seen, chirps = browser(lillby, role), 0, 0
    for address in addresses("kvitterby", ids_of(lillby)):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 400, 403, 404, 405), (address, answer.status_code)
        seen += answer.status_code == 200
        chirps += CANARY in content(answer)
    assert seen >= 2
    # or its absence elsewhere would prove nothing
    assert chirps >= 2


@pytest.mark.one_database
@pytest.mark.parametrize("role", ["auditor", "reader"])
def test_who_may_only_read_changes_nothing_by_any_address(lillby: Any, role: str) -> None:
    client, before = browser(lillby, role), events()
    for address in addresses("kvitterby", ids_of(lillby)):
        answer = client.post(address, {"agrees": "yes", "answer": "take_new", "reason": "x", "name": "x"})
        assert answer.status_code < 500, address
    assert events() == before


def test_a_head_teacher_reaches_only_the_own_school(lillby: Any) -> None:
    values = {**ids_of(lillby), "unit": ["SÖDRA", "BUF", "IT"]}
    client = browser(lillby, "head")
    for address in addresses("kvitterby", values):
        if "/what-we-pay/" in address and not address.endswith("/what-we-pay/"):
            answer = client.get(address, follow=True)
            assert answer.status_code in (404, 405), address


@pytest.mark.one_database
@pytest.mark.parametrize("role", ["outsider", "controller", "head"])
def test_another_municipality_does_not_exist(lillby: Any, grannby: Any, role: str) -> None:
    client, before = browser(grannby, role), events()
    for address in addresses("kvitterby", ids_of(lillby)):
        if not address.endswith(OPEN):
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404), address
    assert events() == before


@pytest.mark.one_database
@pytest.mark.parametrize("role", ["outsider", "controller", "head"])
def test_another_municipalitys_ids_open_nothing_at_ones_own_address(lillby: Any, grannby: Any, role: str) -> None:
    client, before = browser(grannby, role), events()
    for address in addresses("grannby", ids_of(lillby)):
        answers = [client.get(address)]
        if re.search(r"[0-9a-f]{8}-", address):
            answers.append(client.post(address, {"answer": "take_new", "reason": "x"}))
        for answer in answers:
            assert answer.status_code in (200, 302, 400, 403, 404, 405), (address, answer.status_code)
            assert CANARY not in content(answer), address
    assert events() == before


@pytest.mark.parametrize(
    "query",
    [
        "?from=x&before=x&on=x&period=x",
        "?from=-9&before=-1&on=2026-02-31&period=2026-13",
        f"?from={9**40}&before={9**40}&on=99999-01-01&period=0000-01",
        "?from=²&before=²&on=²&period=²",
        "?text=%00&after=%00&from=%00&on=%00&period=%00",
    ],
)
def test_nonsense_is_answered_with_a_sentence(lillby: Any, query: str) -> None:
    nobody = ["00000000-0000-4000-8000-000000000000"]
    nonsense = {"unit": ["?", "%00"], "code": ["?", "%00"], "period": ["2026-13", "0000-01", "2999-12"],
                "service": ["?"], "kind": ["exe"], "pool": ["?"], "cost_type": ["?"], "batch": ["?"],
                "voucher": ["?"], "number": ["999"], "key": nobody, "raw": nobody,
                "part": ["services", "x"], "line": ["0", "999"], "system": ["?", "%00"],
                "contract": ["?", "%00"], "thing": ["system", "?"], "device": nobody,
                "capability": ["?"], "integration": ["?"],
                "domain": ["?"], "standard": ["?"], "field": ["?", "%00"], "portfolio": ["?"], "aim": ["?"],
                "document": ["?"],
                "campaign": nobody, "section": ["?"], "token": ["?", "x:y:z"],
                "term": ["?", "2026-13", "%00", "0000"], "link": nobody, "group": ["?", "%00"],
                "role": ["?", "%00"], "indicator": ["?", "%00"], "removable": ["?", "device"],
                "named": ["?", "%00"]}  # fmt: skip
    client = browser(lillby, "controller")
    # what does not exist is not there, whatever is asked about it: one question will do
    asked = [*addresses("kvitterby", nonsense)] if query.startswith("?from=x") else []
    for address in [*asked, *addresses("kvitterby", ids_of(lillby))]:
        answer = client.get(address + query)
        assert answer.status_code < 500, (address, answer.status_code)


def test_the_number_of_questions_does_not_grow_with_the_data(lillby: Any) -> None:
    values = ids_of(lillby)
    visited = [each for each in addresses("kvitterby", values) if not each.endswith(("/json", "/pdf", "/xlsx"))]
    with in_municipality(lillby):
        add_campaign(lillby, personas.person(lillby, "controller"))
    before = counts(browser(lillby, "controller"), visited)
    grow(lillby)
    after = counts(browser(lillby, "controller"), visited)
    # what answers otherwise than before was not asked the same
    assert {each: (before[each], after[each]) for each in visited if before[each][1] != after[each][1]} == {}
    assert {each: (before[each], after[each]) for each in visited if after[each][0] > before[each][0]} == {}
    assert max(after.values())[0] <= 42  # a system, around which nine rooms tell what they know


def counts(client: Client, visited: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return how many questions each page asks the database, the second time it is asked, and how it answers."""
    found = {}
    for address in visited:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            status = client.get(address).status_code
        found[address] = len(asked), status
    return found


def grow(place: Any) -> None:
    """Add units, people, books of three more months, volumes, and events by the dozen."""
    with in_municipality(place):
        controller, _ = build.access(place, "controller")
        sheets = personas.organisation_sheets()
        first = len(sheets["Units"])
        more = [
            {"code": f"U{n}", "name": f"Skola {n}", "kind": "unit", "parent": "BUF", "valid_from": personas.DAY}
            for n in range(12)
        ]
        sheets["Units"] += [SheetRow(first + line, row) for line, row in enumerate(more)]
        sheets["People"] += [
            SheetRow(
                90 + n, {"code": f"p{n}", "name": f"P {n}", "email": f"p{n}@example.org", "title": "", "language": "sv"}
            )
            for n in range(12)
        ]
        sheets["Roles"] += [
            SheetRow(90 + n, {"person": f"p{n}", "role": "unit_manager", "unit": f"U{n}", "valid_from": personas.DAY})
            for n in range(12)
        ]
        people.apply_workbook(municipality=place, sheets=sheets, by=controller, at=AT)
        for month in (1, 2, 3):
            data = build.books({"6540": 900, "7400": 800}, month=month, number=20 + month)
            moment = AT + timedelta(minutes=month)
            ledger.load_file(municipality=place, data=data, name=f"{month}.se", by=controller, at=moment)
            ledger.receive(municipality=place, data=data + b"\n", name=f"{month} igen.se", by=controller, at=moment)
        add_systems(place, controller, 12)
        add_contracts(place, controller, 12)
        add_devices(place, controller, 60)
        add_capabilities(place, controller, 12)
        add_surroundings(place, controller, 12)
        add_campaign(place, controller)
        add_services(place, controller, 12)
        add_maintenance(place, controller, 12)


COMMANDS = sorted(
    name
    for name, room in get_commands().items()
    if room.startswith("samsyn.") and isinstance(load_command_class(room, name), ActorCommand)
)


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) >= 12


@pytest.mark.one_database
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_refused_to_another_municipalitys_person(
    lillby: Any, grannby: Any, name: str, tmp_path: Path
) -> None:
    before = events()
    for actor, why in (("outsider", "actor_unknown"), ("", "actor_missing")):
        with pytest.raises(Refusal, match=why):
            run(name, "kvitterby", actor, words_of(lillby, tmp_path))
    assert events() == before


@pytest.mark.one_database
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_finds_nothing_by_another_municipalitys_ids(
    lillby: Any, grannby: Any, name: str, tmp_path: Path
) -> None:
    with in_municipality(lillby):
        before = Event.objects.filter(log=str(lillby.key)).count()
    said = run(name, "grannby", "outsider", words_of(lillby, tmp_path), lenient=True)
    assert CANARY not in said
    assert not any(CANARY.encode() in path.read_bytes() for path in tmp_path.glob("out*"))
    with in_municipality(lillby):
        assert Event.objects.filter(log=str(lillby.key)).count() == before


def words_of(place: Any, folder: Path) -> dict[str, str]:
    """Return a word for every argument that a command may demand, with this municipality's ids."""
    file = folder / "books.se"
    file.write_bytes(build.books(month=5, number=1))
    with in_municipality(place):
        batch = str(store.committed(place.key, "ledger")[0].key)
        question = str(VoucherQuestion.objects.get().key)
    return {
        "file": str(file), "out": str(folder / "out.xlsx"), "question": question, "answer": "take_new", "batch": batch,
        "reason": "x", "by": "account", "period": "2026-03", "unit": "NORRA", "service": "MAIL", "number": "1",
        "name": "x", "valid_from": "2026-01-01", "kinds": f"{CANARY}=PC",
    }  # fmt: skip


def run(name: str, place: str, actor: str, words: dict[str, str], lenient: bool = False) -> str:
    """Run a command with every argument it demands (or knows, for ids), and return what it says."""
    command: Any = load_command_class(get_commands()[name], name)
    parser, line = command.create_parser("samsyn", name), []
    for action in parser._actions:
        assert not isinstance(action, _SubParsersAction)
        demanded = action.required or action.dest in ("batch", "out")
        if demanded and action.dest in words:
            line += [action.option_strings[0], words[action.dest]] if action.option_strings else [words[action.dest]]
        assert action.dest in words or not action.required, f"{name}: say what {action.dest} may be"
    out = StringIO()
    options = vars(parser.parse_args([*line, "--municipality", place, "--as", actor, "--json"]))
    command.stdout._out = command.stderr._out = out
    try:
        command.handle(**options)
    except Refusal as refusal:
        if not lenient:
            raise
        return f"{out.getvalue()} {refusal.sentence()}"
    except SystemExit:
        assert lenient
    return out.getvalue()
