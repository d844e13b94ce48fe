"""The overview as people live it: an owner accepts and fills what is missing, a mail is answered, somebody leaves."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visit

VIEWS = [("sv", 1366, "light"), ("da", 360, "light"), ("en", 1366, "dark")]
CATALOGUE = "Dnr;Avtal;Leverantör;Orgnr;Slutdatum;Kaffe\n1;Kopiatorer;Exempel AB;16 556224-8012;2031-12-31;ja\n"


@pytest.mark.journey
@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_a_new_system_owner_accepts_and_fills_what_is_missing(
    visit_alone: Visit, language: str, width: int, theme: str
) -> None:
    owner = visit_alone("system-owner", language=language, width=width, theme=theme)
    page = owner.open("/lillkoping/")
    page.locator(".notice-amber").get_by_role("link", name=owner.word("Answer it")).first.click()
    owner.accessible()
    page.locator(".notice-amber").get_by_role("link", name=owner.word("Answer it")).first.click()
    owner.accessible()
    page.get_by_role("button", name=owner.word("I accept")).click()
    refused = owner.word("Say how much time a month you have for it; 0 is an answer too.")
    expect(page.locator("main")).to_contain_text(refused)
    page.get_by_label(owner.word("Hours a month you have for it")).fill("4")
    page.get_by_role("button", name=owner.word("I accept")).click()
    beyond = "That is more than the time your manager has said you have for what you answer for."
    expect(page.locator("main")).to_contain_text(owner.word(beyond))
    owner.accessible()
    page.get_by_role("button", name=owner.word("I accept all the same")).click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"\d"))
    page.get_by_role("row").filter(has_text=owner.word("system owner")).get_by_role("link").first.click()
    page.get_by_role("link", name=owner.word("Write what you know"), exact=True).click()
    owner.accessible()
    page.locator("textarea[name=purpose]").fill("Det som alla behöver veta.")
    page.get_by_role("button", name=owner.word("Save")).click()
    expect(page.locator("main")).to_contain_text("Det som alla behöver veta.")
    owner.accessible()


@pytest.mark.journey
def test_whoever_answers_for_a_contract_answers_from_the_mail(visit_alone: Visit, tmp_path: Path) -> None:
    controller = visit_alone("controller", language="en")
    page = controller.open("/lillkoping/contracts/year/")
    controller.accessible()
    body = waited_for(tmp_path / "data" / "mail")
    link = re.search(r"https?://[^/]+(/lillkoping/answer/\S+/)", body)
    assert link
    stranger = visit_alone("", language="en")
    page = stranger.open(link[1])
    expect(page.locator("h1")).to_contain_text("What is to become of")
    stranger.accessible()
    page.get_by_label("extend it").check()
    page.get_by_role("button", name="Answer it").click()
    expect(page.locator("main")).to_contain_text("was considered")
    stranger.accessible()
    page.get_by_label("buy anew").check()
    page.get_by_role("button", name="Answer it").click()
    expect(page.locator("h1")).to_have_text("Thank you. Your answer is kept.")
    stranger.accessible()


def waited_for(folder: Path) -> str:
    """Return a mail that asks about a contract, as the worker has sent it."""
    for _ in range(300):
        for path in folder.glob("*"):
            text = path.read_text(errors="replace").replace("=\\n", "").replace("=3D", "=")
            if "/answer/" in text:
                return text
        time.sleep(0.5)
    raise AssertionError(f"no mail about a contract in {folder}")


@pytest.mark.journey
@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_somebody_leaves_and_what_they_answered_for_goes_over_at_once(
    visit_alone: Visit, language: str, width: int, theme: str
) -> None:
    controller = visit_alone("controller", language=language, width=width, theme=theme)
    controller.open("/lillkoping/")
    page = controller.go("Overview")
    controller.accessible()
    page.locator(".rooms").get_by_role("link", name=controller.word("Who answers")).click()
    controller.accessible()
    systems = page.locator("tbody tr").filter(has=page.get_by_role("cell", name=controller.word("system"), exact=True))
    # as the demo says of itself: ten systems without an owner, six whose owner has not accepted
    expect(systems.filter(has_text=controller.word("nobody is named"))).to_have_count(10)
    expect(systems.filter(has_text=controller.word("asked, but has not accepted"))).to_have_count(6)
    page.get_by_label(controller.word("Who leaves?")).select_option("system-owner")
    page.get_by_role("button", name=controller.word("Hand over"), exact=True).click()
    controller.accessible()
    page.locator("input[name=duties]").first.uncheck()
    page.get_by_label(controller.word("Who is asked?")).select_option("school-director")
    page.get_by_role("button", name=controller.word("Hand over"), exact=True).click()
    expect(page.locator("input[name=duties]")).to_have_count(1)
    controller.accessible()
    director = visit_alone("school-director", language=language, width=width, theme=theme)
    expect(director.open("/lillkoping/").locator(".notice-amber").first).to_be_visible()


@pytest.mark.journey
@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_the_head_of_it_finds_the_cheapest_systems_and_takes_the_list_to_a_meeting(
    visit_alone: Visit, language: str, width: int, theme: str
) -> None:
    head = visit_alone("controller", language=language, width=width, theme=theme)
    head.open("/lillkoping/")
    page = head.go("Overview")
    page.locator(".rooms").get_by_role("link", name=head.word("Systems"), exact=True).click()
    page.locator(".pages").get_by_role("link", name=head.word("Overlap")).click()
    head.accessible()
    page.get_by_role("link", name=head.word("Which systems are enough?")).click()
    page.get_by_role("link", name="Ansökningar på webben").click()
    # nothing is proposed before the owner has confirmed what the system does
    expect(page.get_by_role("row").filter(has_text="Gymnasieantagningen")).to_have_count(2)
    expect(page.locator("main")).not_to_contain_text(head.word("Lowest cost a year"))
    head.accessible()
    owner = visit_alone("system-owner", language=language, width=width, theme=theme)
    theirs = owner.open("/lillkoping/systems/")
    theirs.locator("#text").fill("Gymnasieantagningen")
    theirs.get_by_role("button", name=owner.word("Show")).click()
    theirs.get_by_role("link", name="Gymnasieantagningen").click()
    theirs.get_by_role("link", name=owner.word("Confirm what it does")).click()
    owner.accessible()
    theirs.get_by_role("button", name=owner.word("Save: this is right")).click()
    page.reload()
    expect(page.locator("h1")).to_contain_text(re.compile(r"^[12]\D+3"))
    head.accessible()
    page.get_by_role("link", name=head.word("Lowest cost over the years")).click()
    expect(page.locator("main")).to_contain_text(head.word("What is left, in the order to move"))
    head.accessible()
    for name, start in (("PDF", b"%PDF"), (head.word("Workbook"), b"PK")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name, exact=True).click()
        assert Path(taken.value.path()).read_bytes().startswith(start)


@pytest.mark.journey
def test_two_registers_compete_until_somebody_notes_what_was_decided(visit_alone: Visit) -> None:
    controller = visit_alone("controller", language="sv")
    page = controller.open("/lillkoping/data/")
    # as the demo says of itself: two customer ledgers and two population registers
    expect(page.locator("h1")).to_contain_text("2 slag av uppgifter")
    competing = page.get_by_role("row").filter(has_text="flera säger sig vara det rätta")
    expect(competing).to_have_count(2)
    competing.filter(has_text="Kundreskontra 2").get_by_role("link", name="Kunder").click()
    expect(page.locator("h1")).to_have_text("Kunder: 2 register säger sig vara det rätta")
    controller.accessible()
    page.get_by_role("link", name="Anteckna vad som beslutades").click()
    page.get_by_label("Vilket register är det rätta?").select_option(label="Kundreskontra 1")
    page.get_by_label("Var beslutades det?").fill("Kommunstyrelsen § 12")
    page.get_by_label("Vilken dag?").fill("2026-11-02")
    controller.accessible()
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("h1")).to_have_text("Kunder: Kundreskontra 1 är det rätta registret")
    page = controller.open("/lillkoping/standards/")
    expect(page.get_by_role("row").filter(has_text="Windows 7")).to_contain_text("fryst: inget nytt på den")


@pytest.mark.journey
def test_a_newcomer_loads_a_list_of_contracts_with_foreign_columns(visit_alone: Visit, tmp_path: Path) -> None:
    file = tmp_path / "avtal.csv"
    file.write_text(CATALOGUE)
    controller = visit_alone("controller", language="sv")
    page = controller.open("/lillkoping/contracts/")
    page.get_by_role("link", name="Läs in en lista").click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Se vad den innehåller").click()
    expect(page.locator("h1")).to_have_text("Listan lägger till 1 och ändrar 0")
    controller.accessible()
    page.get_by_role("button", name="Läs in listan").click()
    page.get_by_label("Sök").fill("kopiatorer")
    page.get_by_role("button", name="Visa").click()
    page.get_by_role("link", name="Kopiatorer").click()
    expect(page.locator("main")).to_contain_text("5562248012")


# the answer goes to a frame, so that the page can be looked at while it is waited for
SEND_TWICE = """button => {
    const frame = document.createElement("iframe");
    frame.name = button.form.target = "elsewhere";
    document.body.append(frame);
    button.click();
    button.click();
}"""


@pytest.mark.journey
def test_what_takes_its_time_says_so_and_a_second_click_sends_nothing_more(visit: Visit) -> None:
    page = visit("controller", language="en").open("/lillkoping/systems/new/")
    held: list[Route] = []
    page.route("**/systems/new/", lambda route: held.append(route))
    page.get_by_role("button", name="Save").evaluate(SEND_TWICE)
    expect(page.get_by_role("status")).to_contain_text("Working on it.")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert [each.request.method for each in held] == ["POST"]
    held[0].abort()
