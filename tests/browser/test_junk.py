"""The hidden field: nobody sees it, hears it or comes to it, and whose phone fills it in gets through."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANGUAGES, WIDTHS, Site
from tests.browser.test_the_main_job import fill, send

WORDS = {"lv": "Atstājiet šo lauku tukšu", "ru": "Оставьте это поле пустым", "en": "Leave this field empty"}


def is_in_the_window(page: Page) -> bool:
    """Whether any of it can be scrolled to."""
    box = page.locator("[name=website]").bounding_box()
    assert box is not None
    return box["x"] + box["width"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nobody_sees_or_hears_the_hidden_field(visit: Any, site: Site, width: int, language: str) -> None:
    page = visit(width=width)
    page.goto(site(f"/pieteikties/{site.roomy}/", language))
    assert not is_in_the_window(page)
    assert WORDS[language] not in page.locator("body").aria_snapshot()
    for link in page.locator("link[rel=stylesheet]").all():
        link.evaluate("each => each.remove()")
    assert is_in_the_window(page)
    expect(page.get_by_text(WORDS[language])).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_a_phone_that_fills_the_hidden_field_in_does_not_keep_its_owner_out(
    visit: Any, site: Site, scripted: bool
) -> None:
    page = visit(scripted=scripted)
    page.goto(site(f"/pieteikties/{site.narrow}/"))
    fill(page, adults=9)
    page.locator("[name=website]").fill("https://example.lv", force=True)
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("Bija aizpildīts lauks, kam jāpaliek tukšam")
    expect(page.locator("[name=website]")).to_have_value("")
    expect(page.get_by_label("Jūsu vārds")).to_have_value("Anna")
    send(page)
    expect(page.get_by_role("alert").first).to_contain_text("Visiem kopā vietu nepietiek.")
