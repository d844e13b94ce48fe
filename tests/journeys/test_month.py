"""The month as people live it: the controller makes it, somebody else approves it, the head teacher asks why."""

import re

import pytest
from playwright.sync_api import expect

from tests.charging.trade import trade_words
from tests.journeys.conftest import ROOT, Visit, Visitor

BOOKS = ROOT / "examples" / "lillkoping" / "books-2026-03.se"
MONTH = {"sv": ("mars", "mars 2026"), "da": ("marts", "marts 2026"), "en": ("March", "March 2026")}
# the twelve schools' new purchase, what is left undecided before and after, and the statement: sum and change
FIGURES = {
    "sv": ("118 200 kr", "331 097 kr", "212 897 kr", "84 338 kr", "1 940 kr", "+2 700 kr", "−760 kr"),
    "da": ("118.200 kr", "331.097 kr", "212.897 kr", "84.338 kr", "1.940 kr", "+2.700 kr", "−760 kr"),
    "en": ("118,200 kr", "331,097 kr", "212,897 kr", "84,338 kr", "1,940 kr", "+2,700 kr", "−760 kr"),
}


@pytest.mark.journey
@pytest.mark.parametrize(
    ("language", "width", "other", "theme"),
    [("sv", 1366, 360, "light"), ("da", 360, 1366, "light"), ("en", 1366, 360, "dark")],
)
def test_from_the_waiting_month_to_the_voucher(
    visit_alone: Visit, language: str, width: int, other: int, theme: str
) -> None:
    """Those who make the month sit at one width and the head teacher at the other; each page is looked at in both."""
    view = {"language": language, "width": width, "theme": theme}
    controller, approver = visit_alone("controller", **view), visit_alone("approver", **view)
    load_the_books(controller)
    decide_what_is_new(controller)
    approve_the_model(approver)
    run_the_month(controller)
    approve_the_month(approver)
    ask_why(visit_alone("head-teacher", **view | {"width": other}))


def load_the_books(controller: Visitor) -> None:
    page = controller.open("/lillkoping/")
    controller.accessible()
    page.get_by_role("link", name=controller.word("See the month")).click()
    expect(page.locator(".notice-amber")).to_contain_text(controller.word("books"))
    controller.accessible()
    page.get_by_role("link", name=controller.word("Load books")).click()
    page.get_by_role("link", name=controller.word("Load a file")).first.click()
    page.set_input_files("input[type=file]", BOOKS)
    page.get_by_role("button", name=controller.word("See what it holds")).click()
    expect(page.locator("h1")).to_contain_text("431")
    controller.accessible()
    page.get_by_role("button", name=controller.word("Load it into the books")).click()
    expect(page.locator("h1")).to_contain_text(BOOKS.name)
    controller.accessible()


def decide_what_is_new(controller: Visitor) -> None:
    """Write a rule for what no rule decides: the same new purchase in twelve schools."""
    new, before, after, *_rest = FIGURES[controller.language]
    page = controller.go("Months")
    page.get_by_role("link", name="2026-03").click()
    page.get_by_role("link", name=controller.word("Decide the remainder")).click()
    expect(page.locator("h1")).to_contain_text(before)
    controller.accessible()
    page.get_by_role("link", name=re.compile(f"{controller.word('Decide this')}.*7433")).click()
    page.get_by_role("radio", name=controller.word("IT"), exact=True).check()
    page.get_by_label(controller.word("Cost pool, for IT")).select_option("EGEN")
    page.get_by_label(controller.word("Cost type, for IT")).select_option("SERVICES")
    effect = page.locator("#effect")
    expect(effect.locator("strong")).to_contain_text("12 ")
    for figure in (new, before, after):
        expect(effect).to_contain_text(figure)
    expect(effect).not_to_be_focused()  # whoever fills the form stays where they write
    controller.accessible()
    page.get_by_role("button", name=controller.word("Save the rule")).click()
    expect(page.locator("h1")).to_contain_text(after)
    controller.accessible()
    page.get_by_role("link", name=controller.word("See the draft")).click()
    expect(page.locator("h1")).to_have_text(controller.sentence("Model %(n)s can be approved", n="2"))
    expect(page.get_by_role("button", name=controller.word("Approve the model"))).to_have_count(0)  # not one's own
    controller.accessible()


def approve_the_model(approver: Visitor) -> None:
    page = approver.open("/lillkoping/")
    approver.accessible()
    page.get_by_role("link", name=approver.word("See the model")).click()
    page.get_by_role("button", name=approver.word("Approve the model")).click()
    expect(page.locator("h1")).to_have_text(approver.sentence("Model %(n)s holds %(holds)s", n="2"))
    approver.accessible()


def run_the_month(controller: Visitor) -> None:
    page = controller.go("Months")
    controller.accessible()
    page.get_by_role("link", name="2026-03").click()
    page.get_by_role("button", name=controller.word("Run the month")).click()
    expect(page.locator("h1")).to_contain_text(MONTH[controller.language][1].capitalize())
    expect(page.locator(".lead")).to_contain_text(controller.word("It balances to the öre."))
    expect(page.locator(".facts")).to_contain_text(FIGURES[controller.language][2])
    expect(page.get_by_role("button", name=controller.word("Approve and send the statements"))).to_have_count(0)
    controller.accessible()


def approve_the_month(approver: Visitor) -> None:
    page = approver.open("/lillkoping/")
    page.get_by_role("link", name=approver.word("See the month")).click()
    page.get_by_role("button", name=approver.word("Approve and send the statements")).click()
    expect(page.locator("h1")).to_have_text(approver.sentence("%(month)s is approved: IT cost %(amount)s"))
    approver.accessible()


def ask_why(head: Visitor) -> None:
    """Read the statement, ask why, follow the cost to a voucher, and take the PDF."""
    *_earlier, total, more, up, down = FIGURES[head.language]
    month = MONTH[head.language][0]
    page = head.open("/lillkoping/")
    answer = {"month": month, "unit": "Lundaskolan", "amount": total}
    expect(page.locator("h1")).to_have_text(head.sentence("In %(month)s %(unit)s pays %(amount)s for IT", **answer))
    lead = head.sentence("That is %(amount)s more than in %(month)s: %(causes)s.", amount=more)
    expect(page.locator(".lead")).to_have_text(lead)
    for figure in (up, down):
        expect(page.locator(".lead")).to_contain_text(figure)
    plain_and_accessible(head)

    page.get_by_role("link", name=head.word("Why?")).first.click()
    expect(page.locator("#why")).to_contain_text("220")
    plain_and_accessible(head)
    page.locator("#why ul a").first.click()
    rows = head.sentence("%(name)s cost %(amount)s this month: exactly these rows")
    expect(page.locator("h1")).to_have_text(rows)
    plain_and_accessible(head)
    page.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_have_text(head.sentence("Voucher %(voucher)s"))
    plain_and_accessible(head)

    page = head.open("/lillkoping/what-we-pay/LUNDA/2026-03/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def plain_and_accessible(head: Visitor) -> None:
    assert not trade_words(head.page.locator("main").inner_text(), head.language), head.page.url
    head.accessible()


@pytest.mark.journey
def test_a_manager_reaches_nothing_of_another_unit_or_municipality(visit: Visit) -> None:
    head = visit("head-teacher")
    for path in ("/lillkoping/books/", "/lillkoping/months/", "/lillkoping/organisation/", "/lilleborg/"):
        answer = head.page.goto(f"{head.base}{path}")
        assert answer is not None and answer.status in (403, 404), path
