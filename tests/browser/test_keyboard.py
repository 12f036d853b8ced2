"""The main job with the keyboard alone: everything is reached in the order it is read, and is seen to be reached."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.pages import STATES

FOCUS = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const own = getComputedStyle(at), after = getComputedStyle(at, '::after');  // a card is ringed as a whole
    const ring = style => style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0;
    return {
        name: at.name || at.id || at.textContent.trim().replace(/\\s+/g, ' '),
        tag: at.tagName,
        ring: Math.max(ring(own), ring(after)),
        seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    at: dict[str, Any] = page.evaluate(FOCUS)
    return at


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        if tab(page)["name"] == name:
            return
    raise AssertionError(f"{name} cannot be reached with Tab")


@pytest.mark.parametrize(
    "name", ["home", "calendar", "week", "day by day", "list", "activity", "form", "private page", "find"]
)
def test_every_stop_of_the_tab_key_is_seen(visit: Any, site: Site, name: str) -> None:
    page = visit(width=1280)
    STATES[name](page, site, "lv")
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(60):
        at = tab(page)
        if at["tag"] == "BODY":
            break
        stops.append(at)
    assert len(stops) >= 10
    for stop in stops:
        assert stop["seen"], f"the focus is on something nobody sees: {stop}"
        assert stop["ring"] >= 3, f"the focus is not shown: {stop}"


def test_the_first_stop_skips_to_the_content(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/kalendars/"))
    assert tab(page)["name"] == "Pāriet uz saturu"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_a_family_signs_up_without_a_mouse(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site(f"/pieteikties/{site.roomy}/"))
    if not scripted:
        page.locator("#id_contact_name").focus()
    else:
        tab_to(page, "contact_name")
    page.keyboard.type("Anna")
    # Phone, when it is safe to call (folded), e-mail, adults, first name, age.
    for typed in ("", "", "anna@example.lv", "2", "Ilze", "6"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    expect(page.locator("#id_child_1_age")).to_have_value("6")
    page.keyboard.press("Tab")  # comes along
    page.keyboard.press("Tab")  # remove child 1
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pievienot bērnu")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # photographs: the first answer
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=photo][value=no]")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#id_declaration")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Nosūtīt pieteikumu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".status")).to_have_text("Pieteikums apstiprināts")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_enter_in_a_field_sends_the_form_and_does_not_add_a_child(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site(f"/pieteikties/{site.roomy}/"))
    page.locator("#id_adults").fill("2")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Kļūda:"))
    assert page.locator("[data-child]").count() == 1


def test_the_space_key_adds_a_child_and_the_new_row_takes_the_focus(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site(f"/pieteikties/{site.roomy}/"))
    page.locator("#id_contact_name").fill("Anna")
    page.get_by_role("button", name="Pievienot bērnu").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-child]")).to_have_count(2)
    expect(page.locator("[data-child] legend").nth(1)).to_be_focused()
    assert tab(page)["name"] == "child_2_first_name"
    expect(page.locator("#id_contact_name")).to_have_value("Anna")
    page.get_by_role("button", name="Noņemt 2. bērnu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-child]")).to_have_count(1)
    expect(page.get_by_role("button", name="Pievienot bērnu")).to_be_focused()
