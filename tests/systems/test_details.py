"""What is known of a system beyond the eight questions: on its page, in its history, from a file."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from samsyn.core.refusals import Refusal
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers import SYSTEMS
from samsyn.history.models import EventDetail
from samsyn.history.queries import changes_of_record
from samsyn.intake.models import RawFile
from samsyn.people import operations as people
from samsyn.people.words import told
from samsyn.systems import operations, queries
from samsyn.systems.choices import ALL_QUESTIONS, FURTHER, FURTHER_FIELDS, OF_PERSONAL_DATA, SECTIONS
from samsyn.systems.models import ItSystemUsage
from tests import personas
from tests.personas import AT

TOLD: dict[str, Any] = {
    "kind": "business", "hosting": "own", "hosting_place": "Källaren", "users_from": 200, "users_to": 300,
    "claimed_stage": "operational", "uses_ai": "no", "criticality": 4, "criticality_reference": "KS 2026/17",
    "criticality_date": date(2026, 1, 15), "information_class": {"confidentiality": 2, "correctness": 1},
    "class_date": date(2026, 1, 16), "processing_purpose": "Betyg", "legal_ground": "public_task",
    "data_subjects": "Elever", "data_categories": "Namn", "sensitive_data": "yes", "personal_numbers": "yes",
    "recipients": "Skolverket", "third_country": "yes", "transfer_country": "USA", "transfer_safeguard": "Klausuler",
    "erasure_limit": "Två år", "security_measures": "Behörigheter", "processor": "Exempel AB",
    "impact_assessment_date": date(2026, 1, 17), "supervision_date": date(2027, 1, 18), "public_records": "yes",
    "archive_duty": "dispose", "archive_years": 5, "archive_reference": "KS 2025/3", "accessibility": "partly",
    "accessibility_date": date(2026, 1, 19), "as_a_service": "yes", "as_a_service_answer": "För dyrt",
    "as_a_service_date": date(2026, 1, 20), "as_a_service_by": "Upphandlaren", "tasks": ["27.35.04"],
    "functions": ["Scheman"], "interfaces": ["Elevlistor som fil"], "named_publicly": "no",
    "secrecy_provision": "OSL 18:8", "secrecy_date": date(2026, 1, 21),
}  # fmt: skip


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, **told: Any) -> Any:
    return operations.add_system(municipality=place, told={"name": "Procapita", **told}, by="tests", at=AT)


def change(usage: Any, **told: Any) -> Any:
    return operations.change_system(usage=usage, told=told, known=usage.version, by="tests", at=AT)


def page(place: Any, code: str = "head", language: str = "en") -> str:
    return browser(place, code, language).get("/lillby/systems/S0001/").content.decode()


def own(usage: Any) -> None:
    head = personas.person(usage.municipality, "head")
    duty = people.offer_duty(person=head, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=head, at=AT)


def test_every_field_is_kept_and_shown_where_it_belongs(lillby: Any) -> None:
    assert set(TOLD) == set(FURTHER_FIELDS)
    usage = ItSystemUsage.objects.get(pk=add(lillby, **TOLD).pk)
    assert {name: getattr(usage, name) for name in TOLD} == TOLD
    found = page(lillby)
    for words in ("Källaren", "200–300", "4: it must not stand still", "Confidentiality 2, Correctness 1 (KLASSA)",
                  "a task in the public interest", "17 January 2026", "meets some of them", "27.35.04",
                  "USA"):  # fmt: skip
        assert words in found, words


def test_a_system_is_known_by_eight_questions_whatever_else_is_said(lillby: Any) -> None:
    usage = add(lillby, **TOLD)
    assert len(queries.how_known(usage).missing) == 7 and queries.tally()["known"] == 0


def test_what_is_not_answered_is_folded_away_with_a_count(lillby: Any) -> None:
    add(lillby, hosting="own")
    found = page(lillby)
    section = found[found.index("What kind it is and where it runs") :]
    assert section.index("we run it ourselves") < section.index("<details><summary>4 questions have no answer")


def test_nobody_knows_is_an_answer_to_every_question(lillby: Any) -> None:
    usage = change(add(lillby), unknown=list(FURTHER), unknown_of=list(FURTHER))
    assert queries.further_known(usage).missing == ()
    assert queries.how_known(usage).not_known == ()
    # what is said of the eight leaves the others as they are, and an answer outweighs
    usage = change(usage, unknown=["purpose"], kind="business")
    assert queries.how_known(usage).not_known == ("purpose",)
    assert set(queries.further_known(usage).not_known) == set(FURTHER) - {"kind"}
    assert page(lillby).count(">nobody knows<") == len(FURTHER)


def test_without_personal_data_nothing_about_them_is_asked(lillby: Any) -> None:
    usage = add(lillby, personal_data="no")
    assert not set(queries.further_known(usage).missing) & set(OF_PERSONAL_DATA)
    assert "Whose personal data" not in page(lillby)
    # what has been said all the same is not hidden
    change(usage, data_subjects="Elever")
    assert "Whose personal data" in page(lillby)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"users_from": 300, "users_to": 200}, "users_crossed"),
        ({"tasks": ["27.35.04", "27.35"]}, "task_invalid"),
        ({"information_class": {"confidentiality": 4}}, "security_protected"),
        ({"hosting": "somewhere"}, "choice_unknown"),
        ({"criticality": 5}, "choice_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(lillby: Any, told: dict[str, Any], code: str) -> None:
    usage = add(lillby)
    with pytest.raises(Refusal) as refusal:
        change(usage, **told, hosting_place="Källaren")
    assert refusal.value.code == code
    assert ItSystemUsage.objects.get().hosting_place == ""


def test_at_most_so_many_begin_with_none(lillby: Any) -> None:
    assert add(lillby, users_to=50).users_from == 0


def test_level_four_stops_the_form_and_nothing_of_it_is_kept(lillby: Any) -> None:
    add(lillby)
    client = browser(lillby, "controller")
    told = {"known": "1", "level_confidentiality": "4", "criticality_reference": "Hemligt"}
    answer = client.post("/lillby/systems/S0001/about/importance/", told)
    assert answer.status_code == 422 and "security protection" in answer.content.decode()
    assert ItSystemUsage.objects.get().information_class == {}
    assert not EventDetail.objects.filter(field__startswith="class_").exists()
    assert "Hemligt" not in json.dumps(list(EventDetail.objects.values_list("after", flat=True)))


def test_a_stage_that_is_only_claimed_says_what_contradicts_it(lillby: Any) -> None:
    usage = add(lillby, claimed_stage="operational", contract_end_date=date(2025, 1, 1))
    found = page(lillby)
    assert "undecided" in found and "claimed: in use" in found
    assert "The days of its life" in found and "The contract says" in found and "accepted to own it" in found
    own(usage)
    change(usage, operational_date=date(2020, 1, 1), contract_end_date=None)
    assert "claimed:" not in page(lillby)


def test_every_section_has_a_form_that_keeps_what_it_shows(lillby: Any) -> None:
    client = browser(lillby, "controller")
    add(lillby, **TOLD)
    for section in SECTIONS:
        here = f"/lillby/systems/S0001/about/{section}/"
        form = client.get(here).context["form"]
        usage = ItSystemUsage.objects.get()
        data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
        data = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
        assert client.post(here, {**data, "known": usage.version}).status_code == 302, section
    usage = ItSystemUsage.objects.get()
    assert {name: getattr(usage, name) for name in TOLD} == TOLD
    newest = changes_of_record(lillby.key, usage.key)[0]
    assert newest.fields == []  # the same was written again


def test_two_who_write_at_once_both_learn_of_it_and_nothing_is_lost(lillby: Any) -> None:
    usage = add(lillby, hosting="own")
    client = browser(lillby, "controller")
    change(usage, hosting="cloud", hosting_place="Norge")
    here = "/lillby/systems/S0001/about/use/"
    answer = client.post(here, {"known": "1", "hosting": "supplier", "hosting_place": "Malmö"})
    found = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else has changed this" in found
    assert "Norge" in found and "Malmö" in found and 'name="known" value="2"' in found
    client.post(here, {"known": "2", "hosting": "supplier", "hosting_place": "Malmö"})
    assert ItSystemUsage.objects.get().hosting_place == "Malmö"


def test_levels_that_differ_stand_beside_each_other_too(lillby: Any) -> None:
    usage = add(lillby)
    client = browser(lillby, "controller")
    change(usage, information_class={"confidentiality": 3})
    answer = client.post("/lillby/systems/S0001/about/importance/", {"known": "1", "level_correctness": "2"})
    assert answer.status_code == 409 and "Confidentiality" in answer.content.decode()


def test_a_system_is_found_by_what_it_can_do_and_by_its_task(lillby: Any) -> None:
    add(lillby, functions=["Elektroniska underskrifter"], tasks=["27.35.04"])
    for text in ("underskrifter", "27.35"):
        assert [each.name for each in queries.systems(text=text).systems] == ["Procapita"]


def test_who_has_accepted_a_system_writes_about_it_and_others_are_told_no(lillby: Any) -> None:
    own(add(lillby))
    for code, status in (("head", 200), ("director", 403), ("auditor", 403)):
        assert browser(lillby, code).get("/lillby/systems/S0001/about/use/").status_code == status
    assert browser(lillby, "head").get("/lillby/systems/S0001/about/else/").status_code == 404


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_the_history_tells_every_field_in_words(lillby: Any, language: str) -> None:
    from django.utils import translation
    from django.utils.translation import gettext

    usage = change(add(lillby), **TOLD, unknown=list(ALL_QUESTIONS), unknown_of=list(ALL_QUESTIONS))
    with translation.override(language):
        newest = told(changes_of_record(lillby.key, usage.key), gettext)[0]
    # a field without a name would show its own, and an answer without words its code
    assert not [name for name, _, _ in newest["changes"] if "_" in name]
    words = {after for _, _, after in newest["changes"]}
    assert not words & {"own", "business", "public_task", "dispose", "partly", "yes" if language != "en" else "ja"}


def test_a_municipality_may_class_by_a_scale_of_its_own(lillby: Any, tmp_path: Path) -> None:
    usage = change(add(lillby), information_class={"correctness": 2})
    scale = {"scale": "Vår skala 2026", "aspects": [
        {"code": "confidentiality", "sv": "Sekretess", "da": "Fortrolighed", "en": "Secrecy"},
        {"code": "traceability", "sv": "Spårbarhet", "da": "Sporbarhed", "en": "Traceability"},
    ]}  # fmt: skip
    file = tmp_path / "scale.json"
    file.write_text(json.dumps(scale))
    call_command("adopt_scale", str(file), "--as", "controller", "-m", "lillby", stdout=StringIO())
    form = browser(lillby, "controller").get("/lillby/systems/S0001/about/importance/").content.decode()
    assert "Secrecy" in form and "Traceability" in form and "Correctness" not in form
    told = {"known": usage.version, "criticality": "2"}
    browser(lillby, "controller").post("/lillby/systems/S0001/about/importance/", told)
    usage = ItSystemUsage.objects.select_related("municipality").get()
    assert (usage.criticality, usage.information_class) == (2, {"correctness": 2})
    # what was classed before keeps the name of its scale
    assert ItSystemUsage.objects.get().class_scale == "KLASSA"
    assert change(usage, information_class={"traceability": 3}).class_scale == "Vår skala 2026"


TWICE = [dict.fromkeys(("code", "sv", "da", "en"), "a")] * 2


@pytest.mark.parametrize("aspects", [[], [{"code": "a", "sv": "A", "da": "A"}], TWICE])
def test_a_scale_that_lacks_something_is_refused(lillby: Any, aspects: list[dict[str, str]]) -> None:
    with pytest.raises(Refusal, match="scale_invalid"):
        operations.adopt_scale(municipality=lillby, scale="X", aspects=aspects, by="tests", at=AT)


# ---- from a file

FILE = """System;Systemtype;Hosting;Antal brugere;Kritikalitet;Fortrolighed;KLE;Arkiveringspligt;CPR;Webtilgængelighed
Skemaet;Fagsystem;Cloud;200-300;Høj;2;27.35.04 G01, 27.36;B;ja;Delvist
Nettet;Infrastruktur;On-premise;1 200;kritisk;;;;;
"""


def load(place: Any, text: str) -> Loaded:
    data = text.encode()
    file = read_register(data, SYSTEMS, propose_register(data, SYSTEMS).profile)
    return operations.load_systems(
        municipality=place, file=file, data=data, name="x.csv", by=personas.person(place, "controller"), at=AT
    )


def test_a_foreign_list_fills_the_further_fields_and_loses_nothing(lillby: Any) -> None:
    loaded = load(lillby, FILE)
    assert (loaded.status, loaded.created, loaded.unplaced) == ("committed", 2, ())
    net, plan = queries.ItSystemUsage.objects.order_by("sort_key")
    assert (plan.kind, plan.hosting, plan.criticality) == ("business", "cloud", 3)
    assert (plan.users_from, plan.users_to) == (200, 300)
    assert plan.information_class == {"confidentiality": 2} and plan.class_scale == "KLASSA"
    assert plan.tasks == ["27.35.04"] and plan.received == {"tasks": "27.35.04 G01, 27.36"}
    assert (plan.archive_duty, plan.personal_numbers, plan.accessibility) == ("keep", "yes", "partly")
    assert (net.kind, net.hosting, net.criticality) == ("technical", "own", 4)
    assert (net.users_from, net.users_to) == (1200, None)
    assert [(each.line, each.code) for each in loaded.problems] == [(2, "task_invalid")]
    assert load(lillby, FILE).status == "duplicate"


def test_a_later_list_adds_to_lists_and_levels_and_takes_nothing(lillby: Any) -> None:
    load(lillby, FILE)
    load(lillby, "System;Riktighet;KLE;Funktioner\nSkemaet;1;27.00.00;Scheman\n")
    found = ItSystemUsage.objects.get(name="Skemaet")
    assert found.information_class == {"confidentiality": 2, "correctness": 1}
    assert found.tasks == ["27.35.04", "27.00.00"] and found.functions == ["Scheman"]


def test_a_file_with_level_four_is_refused_whole_with_its_line(lillby: Any) -> None:
    loaded = load(lillby, "System;Konfidentialitet\nMejl;1\nKrisen;4\n")
    assert loaded.status == "refused" and ItSystemUsage.objects.count() == 0
    assert [(each.line, each.code) for each in loaded.problems] == [(3, "security_protected")]


def test_a_file_with_level_four_that_is_sent_in_by_the_page_is_not_kept_either(lillby: Any, settings: Any) -> None:
    client = browser(lillby, "controller")
    file = SimpleUploadedFile("system.csv", b"System;Konfidentialitet\nMejl;1\nKrisen;4\n")
    there = client.post("/lillby/systems/load/", {"file": file}).headers["Location"]
    answer = client.get(there)
    assert answer.status_code == 422 and "security protection" in answer.content.decode()
    assert RawFile.objects.get().removed_at is not None
    assert not list((Path(settings.DATA) / "raw").rglob("*.bin"))
    assert client.get(there).status_code == 400 == client.post(there, {"do": "load"}).status_code
    assert ItSystemUsage.objects.count() == 0


def test_the_list_says_how_many_are_for_business_and_finds_by_kind_hosting_and_stage(lillby: Any) -> None:
    add(lillby, name="Skemaet", kind="business", hosting="cloud", operational_date=date(2020, 1, 1))
    add(lillby, name="Nettet", kind="technical", hosting="own", ended_date=date(2021, 1, 1))
    tried = {"pilot_date": date(2020, 1, 1), "ended_date": date(2999, 1, 1)}
    add(lillby, name="Kortet", kind="technical", hosting="own", **tried)
    add(lillby, name="Boken")
    client = browser(lillby, "auditor")
    found = client.get("/lillby/systems/").content.decode()
    assert "1 are for business, 2 technical. Of 1 nobody has said." in found

    def names(query: str) -> set[str]:
        text = client.get(f"/lillby/systems/?{query}").content.decode()
        return {name for name in ("Skemaet", "Nettet", "Kortet", "Boken") if name in text}

    assert names("kind=technical") == {"Nettet", "Kortet"} and names("hosting=cloud") == {"Skemaet"}
    assert names("stage=operational") == {"Skemaet"} and names("stage=ended") == {"Nettet"}
    assert names("stage=pilot&hosting=own") == {"Kortet"} and names("stage=undecided") == {"Boken"}
    assert names("stage=phasing_out") == set() and names("kind=nonsense") == set()


@pytest.mark.parametrize("on", [date(2019, 1, 1), date(2020, 6, 1), date(2021, 6, 1), date(2999, 1, 1)])
def test_the_filter_and_the_page_mean_the_same_by_a_stage(lillby: Any, on: date) -> None:
    days = [None, date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    for number, (pilot, used, ended) in enumerate((a, b, c) for a in days for b in days for c in days):
        told = {"pilot_date": pilot, "operational_date": used, "ended_date": ended}
        try:
            add(lillby, name=f"S {number}", **told)
        except Refusal as refusal:
            assert refusal.code == "stages_out_of_order"
    every = list(ItSystemUsage.objects.all())
    for stage in ("undecided", "pilot", "operational", "phasing_out", "ended"):
        found = {each.pk for each in queries.systems(stage=stage, on=on, limit=1000).systems}
        assert found == {each.pk for each in every if queries.stage(each, on) == stage}
