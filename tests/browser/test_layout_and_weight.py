"""Nothing scrolls sideways at 320 px, a first visit weighs little, paper carries no navigation."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANGUAGES, Site
from tests.browser.pages import NAMES, STATES, WITH_COOKIE, signed_up

KILOBYTE = 1024
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    .slice(0, 5).map(each => each.tagName + '.' + each.className + ' ' + each.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_nothing_scrolls_sideways_at_320_px(visit: Any, site: Site, name: str, language: str) -> None:
    page: Page = visit(width=320, is_staff=name in WITH_COOKIE)
    STATES[name](page, site, language)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("name", NAMES)
def test_a_first_visit_is_at_most_30_kilobytes_in_4_requests(visit: Any, site: Site, name: str) -> None:
    page: Page = visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: dict[str, float] = {}
    names: dict[str, str] = {}
    wire.on("Network.requestWillBeSent", lambda said: names.update({said["requestId"]: said["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}))
    page.goto(site(NAMES[name]), wait_until="networkidle")
    weighed = {names[key].removeprefix(site.address): round(size) for key, size in sizes.items()}
    icon = page.locator("link[rel=icon]").get_attribute("href")
    if icon not in weighed:  # a browser without a window does not fetch it
        weighed[icon or ""] = len(page.request.get(site.address + (icon or "")).body())
    # Photos apart; and the browser's own drawing of a calendar beside a date field comes over no wire.
    apart = [address for address in weighed if address.startswith(("/media/", "data:"))]
    for address in apart:
        del weighed[address]
    assert sum(weighed.values()) <= 30 * KILOBYTE, weighed
    assert len(weighed) <= 4, weighed


def test_no_script_blocks_drawing(visit: Any, site: Site) -> None:
    page: Page = visit(scripted=False)
    page.goto(site("/"))
    scripts = page.locator("script")
    assert scripts.count() >= 1
    for script in scripts.all():
        assert script.get_attribute("defer") is not None or script.get_attribute("type") == "application/ld+json"


@pytest.mark.parametrize(
    "name", ["home", "calendar", "week", "day by day", "list", "activity", "plan", "private page", "slip"]
)
def test_paper_carries_the_content_and_no_navigation(visit: Any, site: Site, name: str) -> None:
    page: Page = visit(width=794)  # A4 at 96 dots an inch
    STATES[name](page, site, "lv")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for unwanted in ("nav", ".skip", ".filters", "button", ".no-print"):
        for each in page.locator(unwanted).all():
            expect(each).not_to_be_visible()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_a_slip_prints_on_one_sheet(visit: Any, site: Site) -> None:
    page: Page = visit(width=794)
    page.goto(site.address + signed_up(page, site) + "izdruka/")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("name", ["activity", "past activity", "plan", "plan of 2020"])
def test_what_hangs_on_a_door_prints_on_one_sheet(visit: Any, site: Site, name: str) -> None:
    page: Page = visit(width=794)
    STATES[name](page, site, "lv")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
