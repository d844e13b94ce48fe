"""The month as people live it: the controller makes it, somebody else approves it, the head teacher asks why."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, Visitor

FORBIDDEN = (
    "driver", "pool", "allokering", "fördelningsnyckel", "kostnadsbärare", "reciprok", "batch", "seal", "compliance",
)  # fmt: skip


@pytest.mark.journey
def test_from_the_waiting_month_to_the_voucher(visit: Callable[..., Visitor]) -> None:
    controller = visit("controller")
    page = controller.open("/lillkoping/books/load/")
    page.set_input_files("input[type=file]", ROOT / "examples" / "lillkoping" / "books-2026-03.se")
    page.click("main form button")
    controller.accessible()
    page.click("main form button.btn-primary")
    controller.open("/lillkoping/model/classification/?period=2026-03")
    controller.accessible()

    page = controller.open("/lillkoping/months/2026-03/")
    page.get_by_role("button", name=re.compile("Kör månaden|Kör igen")).click()
    expect(page.locator("h1")).to_contain_text("Mars 2026")
    expect(page.get_by_text("Det stämmer på öret")).to_be_visible()
    expect(page.get_by_role("button", name="Godkänn")).to_have_count(0)  # not one's own

    approver = visit("approver")
    page = approver.open("/lillkoping/months/2026-03/")
    page.get_by_role("button", name=re.compile("Godkänn")).click()
    expect(page.locator("h1")).to_contain_text("godkänd")

    head = visit("head-teacher")
    page = head.open("/lillkoping/what-we-pay/")
    expect(page.locator("h1")).to_have_text(re.compile(r"I mars betalar Lundaskolan 84\s338\skr för it"))
    lead = page.locator(".lead").inner_text()
    assert re.search(r"1\s940\skr mer än i februari", lead), lead
    assert re.search(r"\+2\s700\skr", lead) and re.search(r"−760\skr", lead), lead
    words = page.locator("main").inner_text().casefold()
    assert not [word for word in FORBIDDEN if re.search(rf"\b{word}", words)]
    head.accessible()

    page.locator(".lines a", has_text="Varför?").first.click()
    expect(page.locator("#why")).to_contain_text("220")
    head.accessible()
    page.locator("#why ul a").first.click()
    expect(page.locator("h1")).to_contain_text("precis de här raderna")
    head.accessible()
    page.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_contain_text("Verifikation")
    head.accessible()

    page = head.open("/lillkoping/what-we-pay/LUNDA/2026-03/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.journey
def test_a_manager_reaches_nothing_of_another_unit_or_municipality(visit: Callable[..., Visitor]) -> None:
    head = visit("head-teacher")
    for path in ("/lillkoping/books/", "/lillkoping/months/", "/lillkoping/organisation/", "/lilleborg/"):
        answer = head.page.goto(f"{head.base}{path}")
        assert answer is not None and answer.status in (403, 404), path
