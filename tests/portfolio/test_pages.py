"""What the systems do and which are enough, as people meet it."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from samsyn.core.refusals import Refusal
from samsyn.core.scoping import in_municipality
from samsyn.formats.register_table import Loaded, propose_register, read_register
from samsyn.formats.registers_capabilities import CAPABILITIES
from samsyn.history.queries import changes_of_record
from samsyn.maintenance.operations import FUNDED, write_funding
from samsyn.people import operations as people
from samsyn.people.words import told
from samsyn.portfolio import operations, queries
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT

LIST = """Förmåga;System;Förvaltning;Kan fler använda det;Anteckning
Fakturera invånare;Reskontra 1;Barn och utbildning;Ja;
Fakturera invånare;RESKONTRA 2;Vård;Nej;
Följa upp;Reskontra 1;;Ja;gammalt
Lägga schema;Okänt system;;Ja;
Lägga schema;Reskontra 2;Månen;;
"""


def browser(place: Any, code: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(personas.person(place, code), "django.contrib.auth.backends.ModelBackend")
    return client


def add(place: Any, name: str, cost: int | None = 100_000, **more: Any) -> Any:
    return add_system(municipality=place, told={"name": name, "yearly_cost_ore": cost, **more}, by="tests", at=AT)


def say(place: Any, usage: Any, *names: str, confirm: bool = True, **told: Any) -> Any:
    profile = queries.profile_of(usage.code)
    return operations.say(
        municipality=place, system_code=usage.code, does=[(name, ["BUF"], True) for name in names], told=told,
        known=profile.version if profile else None, confirm=confirm, by=personas.person(place, "controller"), at=AT,
    )  # fmt: skip


def own(place: Any, usage: Any, code: str) -> None:
    person = personas.person(place, code)
    duty = people.offer_duty(person=person, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)
    people.answer_duty(duty=duty, accept=True, minutes=60, by=person, at=AT)


def load(place: Any, text: str = LIST, dry_run: bool = False) -> Loaded:
    data = text.encode()
    file = read_register(data, CAPABILITIES, propose_register(data, CAPABILITIES).profile)
    by = personas.person(place, "controller")
    return operations.load_capabilities(
        municipality=place, file=file, data=data, name="l.csv", by=by, at=AT, dry_run=dry_run
    )


def ask(place: Any, *capabilities: str) -> Any:
    return operations.ask(municipality=place, name="Reskontra", capabilities=capabilities, years=5, by="tests", at=AT)


def test_a_list_says_what_systems_do_and_keeps_what_it_cannot_place(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1", used_by=["BUF"]), add(lillby, "Reskontra 2")
    found = load(lillby)
    assert (found.status, found.rows, found.created, found.updated) == ("committed", 5, 2, 0)
    assert {each.code for each in found.problems} == {"system_unknown", "unit_unknown"}
    assert found.unplaced == ("Anteckning",)
    does = {each.capability.name: each for each in queries.abilities_of(queries.profile_of(one.code))}
    assert does["Fakturera invånare"].unit_codes == ["BUF"] and does["Fakturera invånare"].could_more
    assert does["Följa upp"].unit_codes == ["BUF"]  # for whoever uses it
    other = {each.capability.name: each for each in queries.abilities_of(queries.profile_of(two.code))}
    assert not other["Fakturera invånare"].could_more and other["Lägga schema"].unit_codes == []
    assert load(lillby).status == "duplicate"
    assert load(lillby, LIST + "Boka;Reskontra 1;;;\n", dry_run=True).status == "dry-run"


def test_a_list_that_says_something_new_takes_the_confirmation_away(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1", used_by=["BUF"])
    say(lillby, one, "Fakturera invånare")
    assert queries.tally() == {"said": 1, "confirmed": 1}
    load(lillby, "Förmåga;System\nFakturera invånare;Reskontra 1\n")
    assert queries.tally() == {"said": 1, "confirmed": 1}
    load(lillby, "Förmåga;System\nBoka;Reskontra 1\n")
    assert queries.tally() == {"said": 1, "confirmed": 0}


def test_what_is_bound_needs_a_reason_and_what_is_done_somebody_it_is_done_for(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1")
    with pytest.raises(Refusal, match="Say why"):
        say(lillby, one, "Boka", bound="statute")
    with pytest.raises(Refusal, match="below 0"):
        say(lillby, one, "Boka", exit_cost_ore=-1)
    with pytest.raises(Refusal, match="Say first"):
        say(lillby, one)
    with pytest.raises(Refusal, match="for whom"):
        operations.say(municipality=lillby, system_code=one.code, does=[("Boka", [], True)], told={}, known=None,
                       confirm=False, by="tests", at=AT)  # fmt: skip
    with pytest.raises(Refusal, match="no unit"):
        operations.say(municipality=lillby, system_code=one.code, does=[("Boka", ["?"], True)], told={}, known=None,
                       confirm=False, by="tests", at=AT)  # fmt: skip
    assert queries.profile_of(one.code) is None


def test_the_history_tells_what_a_system_does(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1")
    say(lillby, one, "Boka", confirm=False)
    profile = say(lillby, one, "Boka", "Följa upp", bound="joint", bound_reason="Med grannen")
    found = told(changes_of_record(lillby.key, profile.key), str)
    assert [each["sentence"] for each in found] == ["confirmed what a system does", "said what a system does"]
    before, after = "Boka (Barn och utbildning)", "Boka (Barn och utbildning); Följa upp (Barn och utbildning)"
    assert ("What it does", before, after) in found[0]["changes"]


def fields(**more: Any) -> dict[str, Any]:
    return {"rows": 1, "does-0-name": "Fakturera", "does-0-units": ["BUF"], "does-0-more": "on", "known": "",
            "exit_cost_ore": "1 000", **more}  # fmt: skip


def test_the_owner_confirms_by_saving_and_others_only_claim(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1")
    own(lillby, one, "head")
    there = f"/lillby/overlap/does/{one.code}/"
    client = browser(lillby, "controller")
    assert "is a claim until whoever owns the system" in client.get(there).content.decode()
    assert client.post(there, fields()).status_code == 302
    assert queries.profile_of(one.code).confirmed_at is None
    client = browser(lillby, "head")
    assert "Confirm what it does" in client.get(f"/lillby/systems/{one.code}/").content.decode()
    assert client.post(there, fields(known="1")).status_code == 302
    profile = queries.profile_of(one.code)
    assert profile.confirmed_at and profile.exit_cost_ore == 100_000
    assert browser(lillby, "director").get(there).status_code == 403


def test_what_is_listed_of_a_system_is_ticked_and_not_written_twice(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1", functions=["Fakturera", "Påminna", "Bokföra"], used_by=["NORRA"])
    say(lillby, one, "bokföra")
    client, there = browser(lillby, "controller"), f"/lillby/overlap/does/{one.code}/"
    page = client.get(there).content.decode()
    offered = re.findall(r'name="listed-name" value="([^"]+)"', page)
    assert offered == ["Fakturera", "Påminna"]  # what is said already is not asked about
    assert re.search(r'name="listed-units" value="BUF"[^>]* checked', page)  # whose school uses it
    told = {"rows": 1, "does-0-name": "Bokföra", "does-0-units": ["BUF"], "known": "1", "listed-units": ["BUF"]}
    wrong = client.post(there, {**told, "listed-name": ["Påminna"], "listed-units": []})
    assert "Say for whom it does “Påminna”" in wrong.content.decode()
    assert re.search(r'value="Påminna"[^>]* checked', wrong.content.decode())
    assert client.post(there, {**told, "listed-name": ["Påminna"]}).status_code == 302
    does = {each.capability.name for each in queries.abilities_of(queries.profile_of(one.code))}
    assert {each.casefold() for each in does} == {"bokföra", "påminna"}
    assert re.findall(r'name="listed-name" value="([^"]+)"', client.get(there).content.decode()) == ["Fakturera"]


def test_a_system_of_which_nothing_is_listed_is_asked_no_more_than_before(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1")
    assert (
        "Does it do this too?"
        not in browser(lillby, "controller").get(f"/lillby/overlap/does/{one.code}/").content.decode()
    )


def test_two_who_say_what_a_system_does_at_once_both_learn_of_it(lillby: Any) -> None:
    one = add(lillby, "Reskontra 1")
    say(lillby, one, "Boka")
    client, there = browser(lillby, "controller"), f"/lillby/overlap/does/{one.code}/"
    answer = client.post(there, fields(known=""))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else has changed this" in page and "Boka" in page
    assert 'value="Fakturera"' in page and 'name="known" value="1"' in page
    wrong = client.post(there, fields(known="1", bound="statute"))
    assert wrong.status_code == 422 and "Say why it cannot be left." in wrong.content.decode()


def test_no_set_is_shown_before_every_owner_has_confirmed(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)
    say(lillby, one, "Fakturera")
    say(lillby, two, "Fakturera", confirm=False)
    own(lillby, two, "head")
    asked = ask(lillby)
    client = browser(lillby, "controller")
    page = client.get(f"/lillby/overlap/sets/{asked.code}/").content.decode()
    assert "1 owner has not confirmed what their system does" in page and "Reskontra 2" in page
    assert client.get(f"/lillby/overlap/sets/{asked.code}/fewest/").status_code == 404
    # whoever may not say it for the owner is led to the system, not to a closed door
    reader = browser(lillby, "auditor").get(f"/lillby/overlap/sets/{asked.code}/").content.decode()
    assert f"/overlap/does/{two.code}/" in page and f"/overlap/does/{two.code}/" not in reader
    assert f'href="/lillby/systems/{two.code}/">See what is said of it' in reader
    say(lillby, two, "Fakturera")
    client = browser(lillby, "controller")
    page = client.get(f"/lillby/overlap/sets/{asked.code}/").content.decode()
    assert "1 of 2 systems is enough" in page and "500\u00a0kr instead of 1,500\u00a0kr" in page


def test_a_large_question_says_that_it_is_worked_out_and_the_answer_comes_there(
    lillby: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MANY", 1)
    for each in (add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)):
        say(lillby, each, "Fakturera")
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{ask(lillby).code}/"
    waiting = client.get(there).content.decode()
    assert "We are working it out" in waiting and 'hx-get="?work=1"' in waiting and "is enough" not in waiting
    assert "1 of 2 systems is enough" in client.get(f"{there}?work=1").content.decode()
    # once it is known it stands there at once
    assert "1 of 2 systems is enough" in client.get(there).content.decode()


def test_the_cheapest_set_is_not_guessed_where_a_cost_is_not_known(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1", None), add(lillby, "Reskontra 2")
    for each in (one, two):
        say(lillby, each, "Fakturera")
    asked = ask(lillby)
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{asked.code}/"
    page = client.get(there).content.decode()
    assert "Not every cost is known" in page and "Fewest systems" in page and "Lowest cost a year" not in page
    assert client.get(f"{there}cheapest/").status_code == 404
    answer = client.post(f"{there}assume/{one.code}/", {"known": 1, "yearly_cost_ore": "10"})
    assert answer.status_code == 302
    page = client.get(there).content.decode()
    assert "Lowest cost a year" in page and "assumed" in page
    # what was assumed counts for this question alone
    assert queries.asked(ask(lillby), AT.date()).costless == (one.code,)


def test_every_figure_of_a_system_can_be_counted_otherwise_and_the_paper_says_which_are(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)
    for each in (one, two):
        say(lillby, each, "Fakturera")
    asked = ask(lillby)
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{asked.code}/"
    assert "1 of 2 systems is enough" in client.get(there).content.decode()
    told = {"known": 1, "end_date": "2099-06-30", "notice_date": "2098-12-31", "exit_cost_ore": "20",
            "join_cost_ore": "30", "more": "no", "bound": "no"}  # fmt: skip
    assert client.post(f"{there}assume/{one.code}/", told).status_code == 302
    form = client.get(f"{there}assume/{one.code}/").context["form"]
    assert form.initial == {"end_date": "2099-06-30", "notice_date": "2098-12-31", "exit_cost_ore": 2_000,
                            "join_cost_ore": 3_000, "more": "no", "bound": "no"}  # fmt: skip
    case = queries.asked(queries.portfolio_with_code(asked.code), AT.date()).case
    counted = case.systems[one.code]
    assert {each.system: each.more for each in case.abilities} == {one.code: False, two.code: True}
    assert (counted.end, counted.notice_by, counted.exit_ore) == (date(2099, 6, 30), date(2098, 12, 31), 2_000)
    assert "30 June 2099" in client.get(there).content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{there}fewest.xlsx").content))
    names = [row[1] for row in book.get_sheet_by_name("Systems").to_python()]
    assert "Reskontra 1 (assumed)" in names and "Reskontra 2" in names


def test_what_is_bound_stays_and_what_is_not_needed_is_left(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)
    say(lillby, one, "Fakturera", bound="statute", bound_reason="Lagen")
    say(lillby, two, "Fakturera", "Boka")
    asked = ask(lillby)
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{asked.code}/"
    assert "All 2 systems are needed" in client.get(there).content.decode()
    booking = next(each.code for each in queries.capabilities() if each.name == "Boka")
    every = [f"{each.code}|BUF" for each in queries.capabilities()]
    kept = [each for each in every if not each.startswith(booking)]
    assert client.post(f"{there}needs/", {"known": 1, "needed": kept, "years": 5}).status_code == 302
    page = client.get(there).content.decode()
    assert "1 of 2 systems is enough" in page and "1 need is left out." in page
    stale = client.post(f"{there}needs/", {"known": 1, "needed": every, "years": 5})
    assert stale.status_code == 422 and "Somebody else has changed this" in stale.content.decode()


def test_an_answer_goes_to_the_meeting_as_paper_and_workbook(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)
    for each in (one, two):
        say(lillby, each, "Fakturera")
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{ask(lillby).code}/fewest"
    page = client.get(f"{there}/").content.decode()
    assert "Barn och utbildning: Fakturera in Reskontra 2" in page
    assert client.get(f"{there}.pdf").content.startswith(b"%PDF")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{there}.xlsx").content))
    rows = book.get_sheet_by_name("Who goes where").to_python()
    assert rows[1] == [1, one.code, "Reskontra 1", "Barn och utbildning", "Fakturera", "Reskontra 2"]


def test_what_others_pay_a_part_of_says_so_before_it_is_left(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", 50_000)
    for each in (one, two):
        say(lillby, each, "Fakturera")
    told = {**dict.fromkeys(FUNDED), "decision": "", "asset": "Reskontra 1", "system_key": str(one.key),
            "funder": "Exempelfonden",
            "conditions": "Betalas tillbaka om det lämnas", "end_date": date(2100, 12, 31)}  # fmt: skip
    write_funding(municipality=lillby, told=told, by="tests", at=AT)
    client, there = browser(lillby, "controller"), f"/lillby/overlap/sets/{ask(lillby).code}/fewest"
    words = "Exempelfonden pays a part until 31 December 2100: Betalas tillbaka om det lämnas"
    assert words in client.get(f"{there}/").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{there}.xlsx").content))
    rows = book.get_sheet_by_name("Systems").to_python()
    assert {row[1]: row[-1] for row in rows[1:]} == {"Reskontra 1": words, "Reskontra 2": ""}


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "1 sak görs av flera system"), ("da", "1 ting gøres af flere systemer"),
     ("en", "1 thing is done by several systems")],
)  # fmt: skip
def test_the_overlap_says_what_is_done_twice_in_every_language(lillby: Any, language: str, words: str) -> None:
    for name in ("Reskontra 1", "Reskontra 2"):
        say(lillby, add(lillby, name), "Fakturera")
    assert words in browser(lillby, "head", language).get("/lillby/overlap/").content.decode()


def test_who_only_reads_sees_what_is_done_twice_and_not_what_might_be_left(lillby: Any) -> None:
    say(lillby, add(lillby, "Reskontra 1"), "Fakturera")
    asked = ask(lillby)
    client = browser(lillby, "head")
    assert client.get("/lillby/overlap/").status_code == 200
    assert client.get("/lillby/overlap/sets/").status_code == 403
    assert client.get(f"/lillby/overlap/sets/{asked.code}/").status_code == 403


def test_a_system_that_has_ended_is_counted_no_more(lillby: Any) -> None:
    one, two = add(lillby, "Reskontra 1"), add(lillby, "Reskontra 2", ended_date=AT.date())
    for each in (one, two):
        say(lillby, each, "Fakturera")
    with in_municipality(lillby):
        assert list(queries.case_of(AT.date()).systems) == [one.code]
