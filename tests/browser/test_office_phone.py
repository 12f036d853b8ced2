"""The coordinator with somebody on the phone, in a real browser: on her own phone, with JavaScript and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

CALLER = "2000 0000"  # of the demonstration's Anna


@pytest.fixture
def at_the_form(visit: Callable[..., Page], site: Site) -> Callable[..., Page]:
    """The form for the date with room, opened by the coordinator."""

    def open_form(**how: bool) -> Page:
        page = visit(width=360, is_staff=True, **how)
        page.goto(site("/konts/login/?next=/admin/"))
        page.locator("[name=login]").fill(site.email)
        page.locator("[name=password]").fill(site.password)
        page.locator("main button[type=submit]").click()
        page.locator("a[href='/admin/families/signup/pa-talruni/']").first.click()
        page.locator("#phone-occurrence").select_option(str(site.roomy))
        return page

    return open_form


def is_one_column(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_who_called_before_is_found_while_typing_and_one_tap_fills_the_contact(
    at_the_form: Callable[..., Page],
) -> None:
    page = at_the_form()
    page.locator("#phone-phone").press_sequentially(CALLER)
    page.locator("button[name=known]").first.click()
    expect(page.locator("#phone-contact_name")).to_have_value("Anna")
    expect(page.locator("#phone-phone")).to_have_value(CALLER)
    expect(page.locator("#phone-adults")).to_be_focused()
    assert is_one_column(page)
    page.locator("#phone-adults").fill("1")
    page.keyboard.press("Enter")
    expect(page.locator(".office__code")).to_be_visible()
    assert is_one_column(page)


def test_the_form_shows_only_what_the_chosen_date_has_a_use_for(at_the_form: Callable[..., Page], site: Site) -> None:
    page = at_the_form()
    expect(page.locator("#phone-ages")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_contain_text("Talka pie ezera")
    page.locator("#phone-ages").fill("4")
    page.locator("#phone-occurrence").select_option(str(site.narrow))
    expect(page.locator("#phone-ages")).to_be_visible()  # what was typed is not hidden
    page.locator("#phone-ages").fill("")
    page.locator("#phone-occurrence").select_option(str(site.roomy))
    page.locator("#phone-occurrence").select_option(str(site.narrow))
    expect(page.locator("#phone-ages")).to_be_hidden()
    expect(page.locator("[data-chosen]")).to_contain_text("Mazā talka")


def test_without_javascript_a_button_looks_and_a_tap_fills(at_the_form: Callable[..., Page], site: Site) -> None:
    page = at_the_form(scripted=False)
    page.locator("#phone-phone").fill(CALLER)
    page.locator("#phone-adults").fill("2")
    page.locator("button[name=search]").click()
    expect(page.locator("#phone-adults")).to_have_value("2")
    page.locator("button[name=known]").first.click()
    expect(page.locator("#phone-contact_name")).to_have_value("Anna")
    expect(page.locator("#phone-occurrence")).to_have_value(str(site.roomy))
    expect(page.locator("#phone-adults")).to_have_value("2")
    assert is_one_column(page)
