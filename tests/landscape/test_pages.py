"""What surrounds the systems, as people meet it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samsyn.core.refusals import Refusal
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers_landscape import INTEGRATIONS
from samsyn.history.queries import changes_of_record
from samsyn.landscape import operations, queries
from samsyn.people import operations as people
from samsyn.people.words import told
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

LIST = """Källsystem;Målsystem;Information;Frekvens;Dubbelriktad;Anteckning
Elever;Schema;klasser;varje natt;Nej;
Skatteverket;Elever;folkbokföring;när det passar;;gammalt
elever;SCHEMA;klasser;varje vecka;Nej;
Elever;Schema;rum;;Ja;
"""


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def two(lillby: Any) -> tuple[Any, Any]:
    """Two systems."""
    return tuple(  # type: ignore[return-value]
        add_system(municipality=lillby, told={"name": name, "used_by": ["BUF"]}, by="tests", at=AT)
        for name in ("Elever", "Schema")
    )


def load(place: Any, text: str = LIST) -> Loaded:
    data = text.encode()
    file = read_register(data, INTEGRATIONS, propose_register(data, INTEGRATIONS).profile)
    by = personas.person(place, "controller")
    return operations.load_integrations(municipality=place, file=file, data=data, name="l.csv", by=by, at=AT)


def own(place: Any, usage: Any, code: str) -> None:
    person = personas.person(place, code)
    duty = people.offer_duty(person=person, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=person, at=AT)


def integration(place: Any, **told: Any) -> Any:
    return operations.write_integration(municipality=place, told=told, by=personas.person(place, "controller"), at=AT)


def domain(place: Any, claims: dict[str, str], **more: Any) -> Any:
    return operations.write_domain(
        municipality=place, told={"name": "Elever", **more}, claims=claims, by="tests", at=AT
    )


def test_a_list_of_integrations_is_placed_and_nothing_of_it_is_lost(lillby: Any, two: Any) -> None:
    found = load(lillby)
    assert (found.status, found.rows, found.created) == ("committed", 4, 3)
    assert {each.code for each in found.problems} == {"system_unknown", "stands_twice"}
    one = queries.integrations(text="klasser").integrations[0]
    assert (one.from_code, one.to_code, one.often, one.both_ways) == (two[0].code, two[1].code, "daily", False)
    outside = queries.integrations(text="skatteverket").integrations[0]
    assert (outside.from_code, outside.from_name, outside.to_code) == ("", "Skatteverket", two[0].code)
    assert outside.received == {"Anteckning": "gammalt", "often_words": "när det passar"}
    assert load(lillby).status == "duplicate"
    again = load(lillby, "Källsystem;Målsystem;Information;Slutdatum\nElever;Schema;klasser;2027-06-30\n")
    assert (again.created, again.updated) == (0, 1)


def test_an_integration_needs_two_sides_that_differ_and_days_in_order(lillby: Any, two: Any) -> None:
    with pytest.raises(Refusal, match="from what and to what"):
        integration(lillby, from_code=two[0].code)
    with pytest.raises(Refusal, match="with itself"):
        integration(lillby, from_code=two[0].code, to_code=two[0].code)
    with pytest.raises(Refusal, match="no system"):
        integration(lillby, from_code="S9999", to_name="x")
    with pytest.raises(Refusal, match="before the first"):
        integration(lillby, from_name="a", to_name="b", start_date=date(2026, 2, 1), end_date=date(2026, 1, 1))
    integration(lillby, from_name="a", to_name="b", data="x")
    with pytest.raises(Refusal, match="already such"):
        integration(lillby, from_name="A", to_name="b", data="X")
    assert len(queries.running(AT.date())) == 1


def test_the_picture_has_a_table_with_the_same_ways(lillby: Any, two: Any) -> None:
    load(lillby)
    page = browser(lillby, "head").get("/lillby/integrations/map/").content.decode()
    assert "3 ways that data goes, between 3 systems and others outside." in page
    assert '"kind": "graph"' in page and page.count("<tr>") == 4
    page = browser(lillby, "head").get(f"/lillby/systems/{two[1].code}/").content.decode()
    assert "Schema exchanges data with 1 other." in page


def test_two_registers_that_claim_the_same_are_a_finding_until_somebody_decides(lillby: Any, two: Any) -> None:
    claims = {two[0].code: "source", two[1].code: "source"}
    found = domain(lillby, claims)
    page = browser(lillby, "head").get("/lillby/data/").content.decode()
    assert "1 kind of data has several registers that claim to be the right one" in page
    client = browser(lillby, "controller")
    there = f"/lillby/data/{found.code}/"
    assert "2 registers claim to be the right one" in client.get(there).content.decode()
    sent = {"known": 1, "name": "Elever", "decided_code": two[0].code, "rows": 2, "row-0-code": two[0].code,
            "row-0-claims": "source", "row-1-code": two[1].code, "row-1-claims": "source"}  # fmt: skip
    undecided = client.post(f"{there}change/", sent)
    assert undecided.status_code == 422 and "Say where and on which day" in undecided.content.decode()
    decided = {**sent, "decision": "KS § 12", "decided_date": "2026-11-01"}
    assert client.post(f"{there}change/", decided).status_code == 302
    page = client.get(there).content.decode()
    assert "Elever is the right register" in page and "contradict the decision" in page
    assert "Every kind of data has one right register at most" in client.get("/lillby/data/").content.decode()


def test_whoever_is_going_to_buy_sees_the_standards_to_follow(lillby: Any) -> None:
    client = browser(lillby, "head")
    assert "follows the standards" not in client.get("/lillby/buy/?text=dator").content.decode()
    for name, stage, until in (("Windows 7", "hold", timezone.localdate()), ("Containrar", "adopt", None)):
        operations.write_standard(municipality=lillby, told={"name": name, "stage": stage, "until_date": until},
                                  systems=[], by="tests", at=AT)  # fmt: skip
    page = client.get("/lillby/buy/?text=dator+med+windows").content.decode()
    assert "2 technical standards are set." in page and "Windows 7" in page and "on hold: nothing new on it" in page
    assert "Containrar" not in page and "needs an exception" in page
    # before anything is asked about, nothing is said
    assert "technical standards are set" not in client.get("/lillby/buy/").content.decode()


def test_windows_that_gets_no_updates_is_on_hold_with_its_day(lillby: Any, two: Any) -> None:
    on = timezone.localdate()
    told = {"name": "Windows 7", "stage": "hold", "until_date": on + timedelta(30)}
    with pytest.raises(Refusal, match="by which day"):
        operations.write_standard(municipality=lillby, told={**told, "until_date": None}, systems=[], by="t", at=AT)
    late = {"code": two[1].code, "reason": "skåp", "decision": "§ 1", "until_date": on - timedelta(1)}
    with pytest.raises(Refusal, match="exception was decided"):
        operations.write_standard(municipality=lillby, told=told, systems=[{**late, "decision": ""}], by="t", at=AT)
    found = operations.write_standard(
        municipality=lillby, told=told, systems=[{"code": two[0].code}, late], by="tests", at=AT
    )
    client = browser(lillby, "head")
    page = client.get("/lillby/standards/").content.decode()
    assert "1 standard has to be left" in page and "2 systems still stand on one of them" in page
    assert "1 is too late" in page
    page = client.get(f"/lillby/standards/{found.code}/").content.decode()
    assert "Windows 7 is left by" in page and "has to leave it" in page and "too late" in page
    assert "It stands on Windows 7:" in client.get(f"/lillby/systems/{two[0].code}/").content.decode()


def test_the_owner_of_a_system_writes_what_surrounds_it_and_others_do_not(lillby: Any, two: Any) -> None:
    own(lillby, two[0], "head")
    sent = {"from_code": two[0].code, "to_name": "Regionen", "data": "planer", "often": "daily"}
    client = browser(lillby, "head")
    assert client.get(f"/lillby/integrations/new/?from={two[0].code}").status_code == 200
    assert client.post("/lillby/integrations/new/", sent).status_code == 302
    assert client.post("/lillby/integrations/new/", {**sent, "from_code": two[1].code}).status_code == 403
    there = f"/lillby/changed-for-us/{two[0].code}/"
    assert client.post(there, {"what": "Egna koder", "upgrade_cost_ore": "1 000"}).status_code == 302
    assert client.post(f"/lillby/changed-for-us/{two[1].code}/", {"what": "x"}).status_code == 403
    page = client.get(f"/lillby/systems/{two[0].code}/").content.decode()
    assert "Egna koder" in page and "Regionen" in page


def test_two_who_write_at_once_both_learn_of_it(lillby: Any, two: Any) -> None:
    found = integration(lillby, from_code=two[0].code, to_code=two[1].code, data="klasser")
    operations.write_integration(
        municipality=lillby, told={"data": "rum"}, integration=found, known=1, by="tests", at=AT
    )
    answer = browser(lillby, "controller").post(
        f"/lillby/integrations/{found.code}/change/",
        {"known": 1, "from_code": two[0].code, "to_code": two[1].code, "data": "tider"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409 and "rum" in page and 'value="tider"' in page and 'name="known" value="2"' in page
    with pytest.raises(Refusal, match="Somebody else"):
        operations.write_integration(municipality=lillby, told={}, integration=found, known=1, by="tests", at=AT)


def test_the_history_tells_what_changed(lillby: Any, two: Any) -> None:
    found = domain(lillby, {two[0].code: "source"})
    operations.write_domain(
        municipality=lillby, told={"about": "alla"}, claims={}, domain=found, known=1, by="tests", at=AT
    )
    changes = told(changes_of_record(lillby.key, found.key), str)
    assert [each["sentence"] for each in changes] == ["wrote what is known of a kind of data", "added a kind of data"]
    assert ("What systems claim", "Elever (source)", "") in changes[0]["changes"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Inga integrationer finns i listan ännu"), ("da", "Ingen integrationer er på listen"),
     ("en", "No integrations are listed yet")],
)  # fmt: skip
def test_an_empty_list_says_how_it_is_filled(lillby: Any, language: str, words: str) -> None:
    page = browser(lillby, "controller", language).get("/lillby/integrations/").content.decode()
    assert words in page and "/lillby/integrations/load/" in page
