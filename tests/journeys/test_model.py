"""A controller changes the model on pages: a price, a flow, a decision, a rule gone; and sees who did what."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, Visitor


@pytest.fixture
def draft(visit: Visit) -> Iterator[tuple[Visitor, str]]:
    """Draft a copy of the model that holds; return the controller and where the draft is."""
    controller = visit("controller")
    page = controller.open("/lillkoping/model/1/")
    page.get_by_role("link", name="Gör ett utkast till en ny version").click()
    page.get_by_label("Namn").fill("2027")
    page.get_by_label("Gäller från").fill("2027-01-01")
    page.click("main form button")
    expect(page.locator("h1")).to_contain_text("går att godkänna")
    yield controller, re.sub(r"^https?://[^/]+", "", page.url)


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara", exact=True).click()


@pytest.mark.journey
def test_a_controller_changes_the_model_and_sees_the_history(draft: tuple[Visitor, str]) -> None:
    controller, there = draft
    page = controller.open(f"{there}decisions/new/")
    page.get_by_label("Kod").fill("KF-2026-101")
    page.get_by_label("Vem som beslutade").fill("Kommunfullmäktige")
    page.get_by_label("Beslutat den").fill("2026-11-23")
    page.get_by_label("Paragraf").fill("101")
    save(page)
    expect(page.get_by_role("link", name="KF-2026-101")).to_be_visible()
    controller.accessible()

    page = controller.open(f"{there}services/")
    page.get_by_role("link", name="Elevdator").nth(1).click()
    controller.accessible()
    page.get_by_label("Pris i kronor").fill("tvåhundra")
    save(page)
    expect(page.locator(".field-wrong")).to_contain_text("”tvåhundra” står där ett pris i kronor som 225 eller 0,125")
    controller.complaints.clear()  # the browser calls a refused form an error
    controller.accessible()
    page.get_by_label("Pris i kronor").fill("231")
    page.get_by_label("Beslutet bakom").select_option("KF-2026-101")
    save(page)
    expect(page.locator("main")).to_contain_text("231 kr")

    page = controller.open(f"{there}flows/new/")
    page.get_by_label("Från", exact=True).select_option("KONSULT")
    page.get_by_label("Till", exact=True).select_option("KARTA")
    page.get_by_label("fasta vikter").check()
    page.get_by_label("Vikt", exact=True).fill("10")
    save(page)
    expect(page.locator("main")).to_contain_text("Konsulter → Kartor och platsdata")

    page = controller.open(f"{there}pools/")
    page.get_by_role("link", name="Konsulter").click()
    page.get_by_role("link", name="Ta bort").click()
    expect(page.locator("h1")).to_contain_text("kan inte tas bort än")
    controller.accessible()

    page = controller.open(f"{there}rules/")
    page.get_by_role("link", name="EJ-BILDER").click()
    expect(page.locator("#effect")).to_contain_text("Den tar")
    page.get_by_role("link", name="Ta bort").click()
    controller.accessible()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("link", name="EJ-BILDER")).to_have_count(0)

    page = controller.open(there)
    history = page.locator(".history-list")
    for sentence in ("tog bort en regel: EJ-BILDER", "lade till ett flöde: KONSULT KARTA, 1 januari 2027",
                     "ändrade en tjänst: ELEVDATOR, 1 januari 2026", "lade till ett beslut: KF-2026-101"):  # fmt: skip
        expect(history).to_contain_text(sentence)
    expect(history.get_by_text(re.compile(r"231\skr"))).to_be_visible()
    controller.accessible()


@pytest.mark.journey
@pytest.mark.parametrize(("language", "width", "theme"), [("da", 360, "light"), ("en", 360, "dark")])
def test_the_pages_of_a_draft_are_accessible(
    draft: tuple[Visitor, str], visit: Visit, language: str, width: int, theme: str
) -> None:
    _controller, there = draft
    somebody = visit("controller", width=width, language=language, theme=theme)
    for part in ("pools", "cost-types", "rules", "services", "flows", "decisions"):
        for path in (f"{part}/", f"{part}/new/", f"{part}/2/", f"{part}/2/remove/"):
            page = somebody.open(there + path)
            for folded in page.locator("main summary").all():
                folded.click()
            somebody.accessible()
