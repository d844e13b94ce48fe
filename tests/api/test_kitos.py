"""A municipality whose systems are kept in KITOS: read page by page, locked here, let go when deleted there.

The answers are written from the public description of KITOS API v2; the organisation and all in it is invented.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.management import call_command
from django.test import Client

from samsyn.api.client import Kitos
from samsyn.api.kitos import sync
from samsyn.contracts.queries import contract_with_code
from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.intake.queries import last_sync, master_of
from samsyn.systems.operations import add_system, change_system
from samsyn.systems.queries import usage_with_code
from tests import personas
from tests.personas import AT

LATER = AT + timedelta(days=1)
USAGE = "11111111-0000-4000-8000-00000000000"
SYSTEM = "22222222-0000-4000-8000-000000000001"
CONTRACT = "33333333-0000-4000-8000-000000000001"


def pair(words: str) -> dict[str, str]:
    return {"uuid": "99999999-0000-4000-8000-000000000000", "name": words}


def usage(number: int, name: str, **general: Any) -> dict[str, Any]:
    return {
        "uuid": f"{USAGE}{number}" if number < 10 else f"{USAGE[:-1]}{number:02d}",
        "systemContext": {"uuid": SYSTEM, "name": name},
        "general": {"validity": {}, "notes": "set i 2024", **general},
        "organizationUsage": {"usingOrganizationUnits": [pair("Norra skolan"), pair("Ukendt afdeling")]},
        "roles": [{"user": pair("Ida Holm"), "role": pair("Systemejer")}],
        "gdpr": {}, "archiving": {}, "outgoingSystemRelations": [],
    }  # fmt: skip


FIRST = usage(
    1, "Sagsbehandling Pro", localCallName="Sagen", numberOfExpectedUsers={"lowerBound": 10, "upperBound": 50},
    validity={"validFrom": "2019-02-01T00:00:00Z", "validTo": "2999-12-31T00:00:00Z", "lifeCycleStatus": "Operational"},
    containsAITechnology="No", webAccessibilityCompliance="Partially",
)  # fmt: skip
FIRST |= {
    "gdpr": {"hostedAt": "External", "dataSensitivityLevels": ["PersonData", "LegalData"], "purpose": "sager",
             "specificPersonalData": ["CprNumber"], "businessCritical": "Yes", "dpiaDate": "2024-05-02T00:00:00Z"},
    "archiving": {"archiveDuty": "PreserveDataCanDiscardDocuments", "notes": "fra 2010"},
    "localKLEDeviations": {"addedKLE": [pair("27.35.04")], "removedKLE": [pair("27.00.00")]},
}  # fmt: skip
CATALOGUE = {
    "uuid": SYSTEM, "name": "Sagsbehandling Pro", "formerName": "Sag 2000", "description": "Sager om borgere",
    "rightsHolder": {**pair("Firmaet A/S"), "cvr": "10150817"}, "kle": [pair("27.00.00"), pair("27.03.00")],
    "exposedInterfaces": [pair("Sag-API")], "businessType": pair("Fagsystem"),
}  # fmt: skip
PROCESSING = {
    "uuid": "44444444-0000-4000-8000-000000000001", "name": "Sager",
    "systemUsages": [{"uuid": f"{USAGE}1", "name": "x"}],
    "general": {"dataProcessors": [pair("Skyen ApS")], "transferToInsecureThirdCountries": "Yes",
                "insecureCountriesSubjectToDataTransfer": [pair("USA")], "basisForTransfer": pair("SCC"),
                "isAgreementConcluded": "Yes", "agreementConcludedAt": "2024-03-01T00:00:00Z"},
    "oversight": {"oversightScheduledInspectionDate": "2026-09-01T00:00:00Z"},
}  # fmt: skip
AGREEMENT = {
    "uuid": CONTRACT, "name": "Drift af sagen", "general": {"contractId": "K-17", "contractType": pair("Hovedkontrakt"),
    "validity": {"validFrom": "2024-01-01T00:00:00Z", "validTo": "2027-12-31T00:00:00Z"}},
    "supplier": {"organization": {**pair("Firmaet A/S"), "cvr": "10150817"}, "signedAt": "2023-11-01T00:00:00Z"},
    "systemUsages": [{"uuid": f"{USAGE}1", "name": "Sagsbehandling Pro"}],
    "agreementPeriod": {"extensionOptions": pair("2 x 1 år"), "extensionOptionsUsed": 1},
    "termination": {"terms": {"noticePeriodMonths": pair("6"), "noticeByEndOf": "EndOfQuarter"}},
    "payments": {"external": [{"organizationUnit": pair("Skolen"), "acquisition": 10, "operation": 5, "other": 0}]},
}  # fmt: skip


class There:
    """A KITOS on this machine: what it holds, what it was asked, how often it is busy first."""

    def __init__(self) -> None:
        self.held: dict[str, list[Any]] = {
            "it-system-usages": [FIRST, *(usage(n, f"System {n}") for n in range(2, 7))], "it-systems": [CATALOGUE],
            "data-processing-registrations": [PROCESSING], "it-contracts": [AGREEMENT],
            "delta-feed/deleted-entities": [],
        }  # fmt: skip
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.busy = 0
        self.password = "hemmelig"


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve a KITOS that gives two objects a page."""
    monkeypatch.setattr("samsyn.api.client.PAGE_SIZE", 2)
    held = There()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            good = told["password"] == held.password
            self._say(200 if good else 401, {"response": {"token": "t0k3n"}} if good else {})

        def do_GET(self) -> None:
            parts = urlparse(self.path)
            path, asked = parts.path.removeprefix("/api/v2/"), parse_qs(parts.query)
            held.asked.append((path, asked))
            if held.busy:
                held.busy -= 1
                return self._say(503, {})
            if self.headers["Authorization"] != "Bearer t0k3n":
                return self._say(401, {})
            page, size = int(asked["page"][0]), int(asked["pageSize"][0])
            self._say(200, held.held[path][page * size : (page + 1) * size])

        def _say(self, status: int, value: Any) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    held.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    yield held
    server.shutdown()
    server.server_close()


def client(there: Any, **more: Any) -> Kitos:
    return Kitos(there.url, "os@example.org", **{"password": "hemmelig", "sleep": lambda _: None, **more})


def read(place: Any, there: Any, at: Any = AT, **more: Any) -> dict[str, Any]:
    by = personas.person(place, "controller")
    return sync(municipality=place, client=client(there), by=by, at=at, **more)


def by_name(name: str) -> Any:
    from samsyn.systems.queries import system_codes

    return usage_with_code(system_codes()[name.casefold()])


def browser(place: Any, code: str) -> Client:
    browsing = Client(headers={"accept-language": "en"})
    browsing.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return browsing


def test_all_pages_become_systems_with_what_kitos_knows(lillby: Any, there: Any) -> None:
    result = read(lillby, there)
    assert (result["status"], result["created"], result["deleted"]) == ("committed", 8, 0)
    found = by_name("Sagen")
    assert found.system.former_names == ["Sagsbehandling Pro", "Sag 2000"] and found.system.supplier == "Firmaet A/S"
    said = {name: getattr(found, name) for name in (
        "purpose", "owner_name", "hosting", "users_from", "users_to", "uses_ai", "accessibility", "criticality",
        "personal_data", "personal_numbers", "processor", "third_country", "transfer_country", "transfer_safeguard",
        "claimed_stage", "interfaces", "processing_purpose",
    )}  # fmt: skip
    assert said == {
        "purpose": "Sager om borgere", "owner_name": "Ida Holm", "hosting": "supplier", "users_from": 10,
        "users_to": 50, "uses_ai": "no", "accessibility": "partly", "criticality": 4, "personal_data": "yes",
        "personal_numbers": "yes", "processor": "Skyen ApS", "third_country": "yes", "transfer_country": "USA",
        "transfer_safeguard": "SCC", "claimed_stage": "operational", "interfaces": ["Sag-API"],
        "processing_purpose": "sager",
    }  # fmt: skip
    assert found.tasks == ["27.03.00", "27.35.04"] and str(found.supervision_date) == "2026-09-01"
    assert [each.unit_code for each in found.users.all()] == ["NORRA"]
    # the last day it is valid is a day it is still in use
    assert str(found.operational_date) == "2019-02-01" and str(found.ended_date) == "3000-01-01"


def test_what_finds_no_place_is_kept_and_told_and_nothing_is_guessed(lillby: Any, there: Any) -> None:
    result = read(lillby, there)
    found = by_name("Sagen")
    assert found.archive_duty == "" and found.received["archiveDuty"] == "PreserveDataCanDiscardDocuments"
    assert found.received["notes"] == "set i 2024" and found.received["dataSensitivityLevels"] == "legaldata"
    assert found.received["used_by"] == "Ukendt afdeling"
    assert {"archiveDuty", "notes", "payments.external"} <= set(result["unplaced"])
    codes = {each["code"] for each in result["problems"]}
    assert codes == {"choice_unknown", "unit_unknown"}


def test_a_contract_comes_with_its_terms_and_its_systems(lillby: Any, there: Any) -> None:
    read(lillby, there)
    found = contract_with_code("A0001")
    assert found is not None and found.supplier is not None
    said = (found.name, found.number, found.supplier.name, found.supplier.number, found.notice_months, found.notice_to,
            found.options, found.option_months, found.options_used)  # fmt: skip
    assert said == ("Drift af sagen", "K-17", "Firmaet A/S", "10150817", 6, "quarter", 2, 12, 1)
    assert [each.system_code for each in found.systems.all()] == [by_name("Sagen").code]
    # whole numbers without a currency or a year are no cost a year
    assert found.yearly_cost_ore is None and found.received["payments.external"] == "Skolen 15"


def test_a_concluded_processing_agreement_is_a_contract_of_its_own(lillby: Any, there: Any) -> None:
    # named as another contract of the same firm, which it must not become
    registration = {**PROCESSING, "name": "Drift af sagen"}
    registration["general"] = {**PROCESSING["general"], "dataProcessors": [pair("Firmaet A/S"), pair("Skyen ApS")]}
    there.held["data-processing-registrations"] = [
        registration, {**PROCESSING, "uuid": "55555555-0000-4000-8000-000000000001", "general": {}},
    ]  # fmt: skip
    read(lillby, there)
    found = contract_with_code("A0002")
    assert found is not None and found.supplier is not None and contract_with_code("A0003") is None
    said = (found.name, found.kind, found.supplier.name, str(found.signed_date), found.received["dataProcessors"])
    assert said == ("Drift af sagen (databehandleraftale)", "processing", "Firmaet A/S", "2024-03-01", "Skyen ApS")
    assert [each.system_code for each in found.systems.all()] == [by_name("Sagen").code]
    master = master_of(found.key)
    assert master is not None and master.url.endswith(f"/ui/data-processing/{PROCESSING['uuid']}")
    gone = {"entityUuid": PROCESSING["uuid"], "entityType": "DataProcessingRegistration",
            "occurredAtUtc": "2026-04-02T10:00:00Z"}  # fmt: skip
    there.held["delta-feed/deleted-entities"], there.held["data-processing-registrations"] = [gone], []
    assert read(lillby, there, LATER)["deleted"] == 1


def test_reading_again_changes_nothing_and_a_change_there_changes_only_that(lillby: Any, there: Any) -> None:
    read(lillby, there)
    before = {each: by_name(each).version for each in ("Sagen", "System 2")}
    result = read(lillby, there, LATER)
    assert (result["status"], result["created"], result["updated"]) == ("duplicate", 0, 0)
    there.held["it-system-usages"][0] = FIRST | {"general": {**FIRST["general"], "localCallName": "Sagen Ny"}}
    assert read(lillby, there, LATER + timedelta(1))["updated"] == 1
    found = by_name("Sagen Ny")
    assert found.version == before["Sagen"] + 1 and by_name("System 2").version == before["System 2"]
    assert "Sagen" in found.system.former_names
    assert [each.verb for each in changes_of_record(lillby.key, found.key)][:1] == ["change"]


def test_a_system_that_is_known_by_name_is_taken_over_and_not_doubled(lillby: Any, there: Any) -> None:
    mine = add_system(municipality=lillby, told={"name": "Sagen", "purpose": "vores ord"}, by="tests", at=AT)
    read(lillby, there)
    found = by_name("Sagen")
    assert found.pk == mine.pk and found.purpose == "Sager om borgere"


def test_what_is_kept_in_kitos_is_not_changed_here_and_the_rest_is(lillby: Any, there: Any) -> None:
    read(lillby, there)
    found = by_name("Sagen")
    with pytest.raises(Refusal) as refused:
        change_system(usage=found, told={"purpose": "andet"}, known=found.version, by="tests", at=AT)
    assert refused.value.code == "kept_elsewhere" and by_name("Sagen").purpose == "Sager om borgere"
    change_system(usage=found, told={"yearly_cost_ore": 100}, known=found.version, by="tests", at=AT)
    assert by_name("Sagen").yearly_cost_ore == 100
    page = browser(lillby, "controller").get(f"/lillby/systems/{found.code}/change/").content.decode()
    assert "Kept in KITOS, and changed there." in page and 'name="purpose"' in page
    assert page.count("disabled") >= 3
    page = browser(lillby, "controller").get(f"/lillby/systems/{found.code}/").content.decode()
    assert f"{there.url}/ui/it-systems/it-system-usages/{USAGE}1" in page


def test_the_page_of_a_kept_system_saves_what_is_ours(lillby: Any, there: Any) -> None:
    read(lillby, there)
    found = by_name("Sagen")
    told = {"name": "Hacket", "purpose": "Hacket", "yearly_cost_ore": "120 000", "known": str(found.version)}
    answer = browser(lillby, "controller").post(f"/lillby/systems/{found.code}/change/", told)
    assert answer.status_code == 302, answer.content.decode()
    found = by_name("Sagen")
    assert (found.purpose, found.yearly_cost_ore) == ("Sager om borgere", 12_000_000)


@pytest.mark.parametrize("name", ["Sagen", "Et andet navn"])
def test_a_file_does_not_overwrite_what_is_kept_in_kitos(lillby: Any, there: Any, name: str) -> None:
    from samsyn.formats.register_table import propose_register, read_register
    from samsyn.formats.registers import SYSTEMS
    from samsyn.systems.operations import load_systems

    read(lillby, there)
    # a second system under its name says that the numbers are ours
    own = add_system(municipality=lillby, told={"name": "Kortet"}, by="tests", at=AT).code
    rows = f"{by_name('Sagen').code};{name};andet;500\n{own};Kortet;;\n"
    data = f"Nr;Systemnavn;Formål;Årskostnad\n{rows}".encode()
    file = read_register(data, SYSTEMS, propose_register(data, SYSTEMS).profile)
    loaded = load_systems(municipality=lillby, file=file, data=data, name="l.csv", by="tests", at=LATER)
    assert loaded.updated == 1 and "kept_elsewhere" in [each.code for each in loaded.problems]
    assert (by_name("Sagen").purpose, by_name("Sagen").yearly_cost_ore) == ("Sager om borgere", 50_000)


def test_what_is_deleted_there_stays_here_is_told_and_may_be_changed(lillby: Any, there: Any) -> None:
    read(lillby, there)
    feed = [{"entityUuid": f"{USAGE}1", "entityType": "ItSystemUsage", "occurredAtUtc": "2026-04-02T10:00:00Z"},
            {"entityUuid": f"{USAGE}2", "entityType": "ItContract", "occurredAtUtc": "2026-04-02T10:00:00Z"},
            {"entityUuid": "nobody", "entityType": "ItSystemUsage", "occurredAtUtc": "2026-04-02T10:00:00Z"},
            ]  # fmt: skip
    there.held["delta-feed/deleted-entities"] = feed
    there.held["it-system-usages"] = there.held["it-system-usages"][1:]
    assert read(lillby, there, LATER)["deleted"] == 1
    found = by_name("Sagen")
    master = master_of(found.key)
    assert master is not None and str(master.gone_date) == "2026-04-02"
    change_system(usage=found, told={"purpose": "vores nu"}, known=found.version, by="tests", at=LATER)
    page = browser(lillby, "controller").get(f"/lillby/systems/{found.code}/").content.decode()
    assert "It was deleted in KITOS on 2 April 2026" in page
    # the second time it is asked only for what was deleted since the first
    since = [asked["deletedSinceUTC"][0] for path, asked in there.asked if "deletedSinceUTC" in asked]
    assert since[0] == "2026-04-01T08:00:00Z"
    assert read(lillby, there, LATER)["deleted"] == 0


def test_a_rehearsal_changes_nothing(lillby: Any, there: Any) -> None:
    result = read(lillby, there, dry_run=True)
    assert (result["status"], result["created"]) == ("dry-run", 8)
    assert usage_with_code("S0001") is None and last_sync(lillby.key, "kitos") is None


def test_a_busy_kitos_is_asked_again_and_given_up_in_the_end(lillby: Any, there: Any) -> None:
    there.busy = 2
    assert read(lillby, there)["created"] == 8
    there.busy = 100
    with pytest.raises(Refusal) as refused:
        read(lillby, there, LATER)
    assert refused.value.code == "kitos_unreachable" and "503" in refused.value.sentence()


def test_a_wrong_password_says_so_and_never_the_password(lillby: Any, there: Any) -> None:
    by = personas.person(lillby, "controller")
    wrong = client(there, password="forkert")
    with pytest.raises(Refusal) as refused:
        sync(municipality=lillby, client=wrong, by=by, at=AT)
    assert refused.value.code == "kitos_sign_in"
    assert "forkert" not in refused.value.sentence() + repr(wrong) + str(refused.value)


@pytest.mark.parametrize("answer", [{"not": "a list"}, "x", [1]])
def test_an_answer_that_is_no_list_is_refused_and_changes_nothing(lillby: Any, there: Any, answer: Any) -> None:
    class Odd(list[Any]):
        def __getitem__(self, _: Any) -> Any:
            return answer

    there.held["it-contracts"] = Odd()
    with pytest.raises(Refusal) as refused:
        read(lillby, there)
    assert refused.value.code == "kitos_answer" and usage_with_code("S0001") is None


def test_the_command_says_what_came_of_it(lillby: Any, there: Any, settings: Any, capsys: Any) -> None:
    settings.KITOS = {"lillby": {"url": there.url, "user": "os@example.org", "password": "hemmelig"}}
    call_command("sync_kitos", "--as", "controller", "--municipality", "lillby")
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"status", "created", "updated", "unchanged", "deleted", "unplaced", "problems"}
    page = browser(lillby, "controller").get("/lillby/systems/").content.decode()
    assert "8 came, 0 changed, 0 were deleted there" in page and "archiveDuty" in page
    settings.KITOS = {}
    with pytest.raises(Refusal) as refused:
        call_command("sync_kitos", "--as", "controller", "--municipality", "lillby")
    assert refused.value.code == "kitos_unknown"
