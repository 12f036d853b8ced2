"""The main job in Chromium: narrow and wide, with JavaScript and without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, Site

both_widths = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
with_and_without_script = pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
CONTACT = "+371 2000 0000"


def fill(page: Page, *, name: str = "Anna", adults: int = 2) -> None:
    page.get_by_label("Jūsu vārds").fill(name)
    page.get_by_label("Tālrunis", exact=True).fill(CONTACT)
    page.get_by_label("Cik pieaugušo nāks?").fill(str(adults))
    page.get_by_label("Nē, lūdzu, nefotografējiet").check()


def child(page: Page, number: int) -> Any:
    return page.get_by_role("group", name=f"{number}. bērns")


def send(page: Page, words: str = "Nosūtīt pieteikumu") -> None:
    page.get_by_role("button", name=words).click()


@both_widths
@with_and_without_script
def test_a_family_of_two_adults_and_three_children_signs_up(visit: Any, site: Site, width: int, scripted: bool) -> None:
    page = visit(width=width, scripted=scripted)
    page.goto(site("/"))
    page.get_by_role("link", name="Skatīt kalendāru").click()
    expect(page).to_have_url(re.compile("/kalendars/"))
    page.goto(site(f"/aktivitates/{site.activity}/"))
    page.get_by_role("link", name=re.compile("^Pieteikties")).first.click()
    fill(page)
    child(page, 1).get_by_label("Vārds").fill("Ilze")
    child(page, 1).get_by_label("Cik gadu bērnam būs šajā dienā?").fill("6")
    page.get_by_role("button", name="Pievienot bērnu").click()
    child(page, 2).get_by_label("Cik gadu bērnam būs šajā dienā?").fill("4")
    page.get_by_role("button", name="Pievienot bērnu").click()
    child(page, 3).get_by_label("Cik gadu bērnam būs šajā dienā?").fill("1")
    child(page, 3).get_by_label("Nāk līdzi, bet nepiedalās").check()
    page.locator("#id_declaration").check()
    expect(page.get_by_label("Jūsu vārds")).to_have_value("Anna")
    expect(child(page, 1).get_by_label("Vārds")).to_have_value("Ilze")
    send(page)
    expect(page).to_have_url(re.compile("/pieteikums/[^/]+/$"))
    expect(page.locator(".status")).to_have_text("Pieteikums apstiprināts")
    expect(page.locator("main")).to_contain_text("2 pieaugušie")
    expect(page.locator("main")).to_contain_text(re.compile(r"\d{4} \d{4}"))


@both_widths
@with_and_without_script
def test_a_family_that_does_not_fit_waits_whole_and_changes_its_mind(
    visit: Any, site: Site, width: int, scripted: bool
) -> None:
    page = visit(width=width, scripted=scripted)
    page.goto(site(f"/pieteikties/{site.narrow}/"))
    fill(page, name="Olga", adults=5)
    send(page)
    expect(page).to_have_title(re.compile("^Kļūda:"))
    expect(page.get_by_role("alert").first).to_contain_text("Visiem kopā vietu nepietiek. Brīvas: 2 vietas.")
    expect(page.get_by_label("Jūsu vārds")).to_have_value("Olga")
    send(page, "Stāties rindā")
    expect(page.locator(".status")).to_have_text("Gaidīšanas rindā. Jūsu kārtas numurs: 1")
    page.get_by_role("link", name="Mainīt pieteikumu").click()
    page.get_by_label("Cik pieaugušo nāks?").fill("2")
    send(page, "Saglabāt")
    expect(page.locator(".status")).to_have_text("Pieteikums apstiprināts")
    page.get_by_role("link", name="Atcelt pieteikumu").click()
    send(page, "Jā, atcelt pieteikumu")
    expect(page.locator(".status")).to_have_text("Pieteikums atcelts")


@with_and_without_script
def test_a_code_and_a_phone_lead_back_to_the_private_page(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site(f"/pieteikties/{site.roomy}/"))
    fill(page)
    send(page)
    expect(page.locator(".status")).to_have_text("Pieteikums apstiprināts")
    ours, code = page.url, page.locator(".code").first.inner_text()
    page.goto(site("/mans-pieteikums/"))
    page.get_by_label("Pieteikuma kods").fill(code)
    page.get_by_label("Tālrunis vai e-pasts").fill(CONTACT)
    send(page, "Atrast manu pieteikumu")
    expect(page).to_have_url(ours)


@with_and_without_script
def test_filters_narrow_the_list_and_the_month_turns(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(width=1280, scripted=scripted)
    page.goto(site("/aktivitates/"))
    everything = page.locator(".results").inner_text()
    page.get_by_label("Joma").select_option("cleanup")
    if not scripted:
        send(page, "Rādīt")
    expect(page).to_have_url(re.compile("theme=cleanup"))
    expect(page.locator(".results")).not_to_have_text(everything)
    expect(page.locator("main")).to_contain_text("Talka pie ezera")
    page.goto(site("/kalendars/"))
    month = page.locator("h1").inner_text()
    page.locator("main a[rel=next], main .month-turn a").last.click()
    expect(page.locator("h1")).not_to_have_text(month)
    page.go_back()
    expect(page.locator("h1")).to_have_text(month)


def test_the_coordinator_signs_in_and_sees_the_registration(browser: Any, visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site(f"/pieteikties/{site.roomy}/"))
    fill(page, name="Vecmāmiņa Alma", adults=1)
    send(page)
    expect(page.locator(".status")).to_have_text("Pieteikums apstiprināts")
    code = page.locator(".code").first.inner_text()
    office = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    office.goto(site("/admin/"))
    office.locator("input[name=login]").fill(site.email)
    office.locator("input[name=password]").fill(site.password)
    office.keyboard.press("Enter")
    expect(office).to_have_url(site("/admin/"))
    office.goto(site("/admin/families/registration/"))
    office.get_by_role("link", name="Vecmāmiņa Alma").click()
    expect(office.locator("body")).to_contain_text(code)
    office.context.close()
