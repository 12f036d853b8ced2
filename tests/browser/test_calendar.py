"""The calendar in Chromium: walked by ear and by keyboard, turned in place, on a narrow screen and on paper."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.pages import NAMES
from tests.browser.test_keyboard import tab

FOCUSED_BOX = """() => {
    const at = document.activeElement.getBoundingClientRect();
    const box = document.querySelector('.month-box').getBoundingClientRect();
    return at.left >= box.left - 1 && at.left < box.right;
}"""
with_and_without_script = pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])


def soon(site: Site) -> str:
    """The month of the two dates that the tests brought along, in three days."""
    return site(NAMES["month"])


def test_the_grid_is_heard_as_a_table_of_dates(visit: Any, site: Site) -> None:
    page: Page = visit(width=1280)
    page.goto(site("/kalendars/2027-03/"))
    table = page.get_by_role("table", name="2027. gada marts")
    for name in ("Nedēļa", "Pirmdiena", "Svētdiena"):
        expect(table.get_by_role("columnheader", name=name, exact=True)).to_have_count(1)
    expect(table.get_by_role("rowheader")).to_have_text([re.compile(f"^{number}. nedēļa") for number in range(9, 14)])
    for words in ("pirmdiena, 1. marts", "svētdiena, 28. marts", "trešdiena, 31. marts"):
        expect(table.get_by_role("cell", name=re.compile(f"^{words}"))).to_have_count(1)
    expect(table.get_by_role("row")).to_have_count(6)


def test_the_stacked_week_of_a_phone_is_still_heard_as_a_table(visit: Any, site: Site) -> None:
    page: Page = visit(width=360)
    page.goto(site("/kalendars/2027-n12/"))
    table = page.get_by_role("table", name="2027. gada 22.–28. marts")
    expect(table.get_by_role("cell")).to_have_count(7)
    expect(table.get_by_text("Sestdiena, 27. marts")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 780})
    expect(table.get_by_role("columnheader")).to_have_count(7)
    expect(table.get_by_role("cell", name=re.compile("^Sestdiena, 27. marts"))).to_have_count(1)


def test_the_tab_key_walks_from_the_list_through_the_weeks_in_order(visit: Any, site: Site) -> None:
    page: Page = visit(width=1280)
    page.goto(soon(site))
    listed = page.locator("main").get_by_role("link", name="Rādīt kā sarakstu")
    listed.focus()
    wanted = page.locator(".month a").evaluate_all(
        "links => links.map(link => link.textContent.trim().replace(/\\s+/g, ' '))"
    )
    assert len(wanted) > 5
    assert [tab(page)["name"] for _ in wanted] == wanted
    assert "Talka pie ezera" in " ".join(wanted)


def test_on_a_phone_the_grid_scrolls_in_its_own_box_and_follows_the_focus(visit: Any, site: Site) -> None:
    page: Page = visit(width=320)
    page.goto(soon(site))
    box = page.locator(".month-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("main").get_by_role("link", name="Rādīt kā sarakstu").focus()
    for _ in range(page.locator(".month a").count()):
        at = tab(page)
        assert page.evaluate(FOCUSED_BOX), at


def test_on_a_phone_the_calendar_begins_with_the_days_and_keeps_to_them(visit: Any, site: Site) -> None:
    page: Page = visit(width=360)
    page.goto(site("/kalendars/"))
    expect(page.locator(".month")).not_to_be_visible()
    expect(page.locator(".agenda").first).to_be_visible()
    page.locator("#days-next").click()
    expect(page).to_have_url(re.compile(r"/kalendars/\d{4}-\d\d/dienas/$"))
    page.get_by_role("link", name="Mēnesis").click()
    expect(page.locator(".month")).to_be_visible()
    page.get_by_role("link", name="Nedēļa", exact=True).click()
    expect(page).to_have_url(re.compile(r"/kalendars/\d{4}-n\d\d/$"))


@pytest.mark.parametrize(
    ("address", "turn", "lands", "heard"),
    [
        ("/kalendars/2027-03/", "month-next", "/kalendars/2027-04/", "Kalendārs: 2027. gada aprīlis – Kopiena"),
        (
            "/kalendars/2027-n12/",
            "week-previous",
            "/kalendars/2027-n11/",
            "Kalendārs: 2027. gada 15.–21. marts – Kopiena",
        ),
        (
            "/kalendars/2027-03/dienas/",
            "days-next",
            "/kalendars/2027-04/dienas/",
            "Kalendārs: 2027. gada aprīlis, pa dienām – Kopiena",
        ),
    ],
)
def test_it_turns_in_place_keeps_the_focus_and_says_where_one_is(
    visit: Any, site: Site, address: str, turn: str, lands: str, heard: str
) -> None:
    page: Page = visit(width=1280)
    page.goto(site(address))
    before = page.title()
    page.evaluate("window.isStillHere = true")
    page.locator(f"#{turn}").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site(lands))
    expect(page).to_have_title(heard)
    expect(page.locator(f"#{turn}")).to_be_focused()
    expect(page.locator("body > [role=status]")).to_have_text(heard)
    assert page.evaluate("window.isStillHere"), "the page was loaded anew"
    assert page.locator(".languages a").nth(1).get_attribute("href") == f"/ru{lands}"
    page.go_back()
    expect(page).to_have_title(before)
    assert page.evaluate("window.isStillHere"), "the page was loaded anew"


def test_at_the_edge_the_focus_goes_to_the_content(visit: Any, site: Site) -> None:
    page: Page = visit(width=1280)
    page.goto(site("/kalendars/2100-11/"))
    page.locator("#month-next").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site("/kalendars/2100-12/"))
    expect(page.locator("#month-next")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


@with_and_without_script
def test_one_comes_back_to_this_month(visit: Any, site: Site, scripted: bool) -> None:
    page: Page = visit(width=1280, scripted=scripted)
    page.goto(site("/kalendars/2031-05/"))
    page.locator("#month-next").click()
    expect(page).to_have_url(site("/kalendars/2031-06/"))
    page.get_by_role("link", name="Šomēnes").click()
    expect(page).to_have_url(re.compile(r"/kalendars/\d{4}-\d\d/$"))
    expect(page.locator(".month__today")).to_contain_text("šodien")
    expect(page.locator(".month__today time")).to_have_attribute("datetime", re.compile(str(date.today().year)))


@pytest.mark.parametrize("name", ["calendar", "month", "week", "empty month"])
def test_a_month_and_a_week_print_on_one_sheet_with_their_address(visit: Any, site: Site, name: str) -> None:
    page: Page = visit(width=794)
    page.goto(site(NAMES[name]))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.locator(".only-print")).to_have_text(re.compile(r"^[^/]+/kalendars/\d{4}-n?\d\d/$"))
    expect(page.locator(".month")).to_be_visible()
