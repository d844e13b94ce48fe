"""Who does which step of a service, what falls between two, and who has provided it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samsyn.catalogue import operations, queries
from samsyn.core.refusals import Refusal
from samsyn.history.queries import changes_of_record
from samsyn.people import operations as people
from samsyn.people import queries as who
from tests import build, personas
from tests.personas import AT

ALL = ("order", "install", "operate", "first_line", "second_line", "access", "training", "phase_out")


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def take_in(place: Any, *codes: str, on: date = date(2026, 1, 1)) -> None:
    services = {code: {"sv": f"Tjänsten {code}", "en": f"The service {code}"} for code in codes}
    operations.take_in(municipality=place, services=services, on=on, by="tests", at=AT)


def answer(code: str = "MAIL", unneeded: Any = (), **steps: list[str]) -> Any:
    found = queries.service_with_code(code)
    assert found is not None
    return operations.answer_steps(
        service=found, steps=steps, unneeded=unneeded, known=found.version, by="tests", at=AT
    )


def test_the_services_of_an_approved_model_stand_in_the_catalogue(lillby: Any) -> None:
    build.ready(lillby, build.model())
    codes = {each.service.code for each in queries.services()}
    assert "MAIL" in codes
    assert {each.thing.code for each in who.gaps(AT) if each.thing.kind == "service"} == codes


def test_a_service_a_model_leaves_out_has_ended_and_comes_back_with_what_was_known(lillby: Any) -> None:
    take_in(lillby, "MAIL", "NET")
    answer(order=["IT"])
    take_in(lillby, "NET")
    assert [each.service.code for each in queries.services()] == ["NET"]
    take_in(lillby, "MAIL", "NET")
    mail = next(each for each in queries.services() if each.service.code == "MAIL")
    assert mail.steps["order"] == ["IT"]
    verbs = [each.verb for each in changes_of_record(lillby.key, mail.service.key)]
    assert sorted(verbs) == ["answer", "end", "write", "write"]


def test_taking_in_the_same_services_again_changes_nothing(lillby: Any) -> None:
    take_in(lillby, "MAIL")
    before = queries.services()[0].service.version
    take_in(lillby, "MAIL")
    assert queries.services()[0].service.version == before


def test_steps_nobody_and_several_answer_for_are_listed(lillby: Any) -> None:
    take_in(lillby, "MAIL")
    answer(order=["IT"], install=["IT", "NORRA"], unneeded=["training", "phase_out"])
    found = queries.services()[0]
    assert found.uncovered == ["operate", "first_line", "second_line", "access"] and found.doubled == ["install"]
    page = browser(lillby, "head").get("/lillby/services/").content.decode()
    assert "4 steps of the services have nobody" in page and "The service MAIL" in page
    page = browser(lillby, "head").get("/lillby/services/MAIL/").content.decode()
    assert "nobody answers for 4 steps" in page and "2 units say so" in page and "has no such step" in page


@pytest.mark.parametrize(
    ("steps", "unneeded", "code"),
    [({"order": ["NOWHERE"]}, (), "unit_unknown"), ({"order": ["IT"]}, ("order",), "step_unneeded")],
)
def test_an_answer_that_cannot_be_is_refused(lillby: Any, steps: Any, unneeded: Any, code: str) -> None:
    take_in(lillby, "MAIL")
    with pytest.raises(Refusal) as refused:
        answer(unneeded=unneeded, **steps)
    assert refused.value.code == code and len(queries.services()[0].uncovered) == 8


def test_the_owner_of_a_service_says_who_does_what_and_nobody_else_may(lillby: Any) -> None:
    take_in(lillby, "MAIL")
    found, head = queries.service_with_code("MAIL"), personas.person(lillby, "head")
    assert found is not None
    told = {**dict.fromkeys(ALL, "IT"), "also_order": "NORRA", "training": "-", "known": str(found.version)}
    assert browser(lillby, "director").post("/lillby/services/MAIL/steps/", told).status_code == 403
    duty = people.offer_duty(person=head, thing="service", thing_key=found.key, role="service_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)
    owner = browser(lillby, "head")
    assert owner.post("/lillby/services/MAIL/steps/", told).status_code == 302
    covered = queries.services()[0]
    assert covered.uncovered == [] and covered.doubled == ["order"] and covered.service.unneeded == ["training"]
    # the form shows what was said, and who comes with an old version learns of it
    page = owner.get("/lillby/services/MAIL/steps/").content.decode()
    assert '<option value="-" selected>' in page and '<option value="NORRA" selected>' in page
    page = owner.post("/lillby/services/MAIL/steps/", told)
    assert page.status_code == 422 and "Somebody else has changed this" in page.content.decode()
    assert who.gaps(AT) == []


def test_what_ended_says_why(lillby: Any) -> None:
    take_in(lillby, "MAIL")
    controller = browser(lillby, "controller")
    told = {"provider": "Nätbolaget", "scope": "hjälptelefon", "start_date": "2000-01-01", "end_date": "2010-06-30",
            "exit_reason": "", "known": "0"}  # fmt: skip
    page = controller.post("/lillby/services/MAIL/provider/", told)
    assert page.status_code == 422 and "Say why it ended" in page.content.decode()
    told["exit_reason"] = "Gränssnittet var otydligt."
    assert controller.post("/lillby/services/MAIL/provider/", told).status_code == 302
    page = controller.get("/lillby/services/MAIL/").content.decode()
    assert "Nätbolaget" in page and "Gränssnittet var otydligt." in page
    term = queries.providers_of(queries.services()[0].service)[0]
    told |= {"end_date": "1999-01-01", "known": "1"}
    page = controller.post(f"/lillby/services/MAIL/provider/{term.key}/", told)
    assert page.status_code == 422 and "The last day lies before the first" in page.content.decode()
