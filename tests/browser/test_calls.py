"""Somebody asks to be called, and the coordinator calls: at 360 px, with one thumb, with JavaScript and without."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import RULES
from tests.browser.test_office_phone import is_one_column

CALLS = "/admin/families/registration/zvani/"
TARGET = 44  # px, for a thumb
both_ways = pytest.mark.parametrize(("scripted", "phone"), [(True, "2000 0081"), (False, "2000 0082")])


def asks_to_be_called(page: Page, site: Site, phone: str) -> None:
    page.goto(site("/mans-pieteikums/"))
    page.get_by_label("Jūsu tālrunis").fill(phone)
    page.get_by_label("Kad Jums var droši piezvanīt?").fill("pēc 18")
    page.get_by_role("button", name="Lūdzu, piezvaniet man").click()
    expect(page.locator("p[role=status]")).to_have_text("Paldies! Mēs Jums piezvanīsim.")
    assert is_one_column(page)


def signed_in(page: Page, site: Site) -> None:
    page.goto(site(f"/konts/login/?next={CALLS}"))
    page.locator("[name=login]").fill(site.email)
    page.locator("[name=password]").fill(site.password)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(site(CALLS))


@both_ways
def test_a_wish_to_be_called_is_called_ticked_and_taken_back(
    visit: Any, site: Site, scripted: bool, phone: str
) -> None:
    asks_to_be_called(visit(scripted=scripted), site, phone)
    page = visit(scripted=scripted, is_staff=True)
    signed_in(page, site)
    row = page.locator("li.call", has_text=phone)
    expect(row).to_contain_text("Zvanīt tikai tad, kad tas ir droši: pēc 18")
    assert row.locator("a[href^='tel:']").get_attribute("href") == f"tel:+371{phone.replace(' ', '')}"
    number = row.locator("h2").inner_text().partition(".")[0]
    tick = page.get_by_role("button", name=re.compile(rf"^Piezvanīts\s?: {number}\. {phone}$"))
    for each in (tick, row.locator("a[href^='tel:']"), row.locator("a[href^='sms:']")):
        box = each.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= TARGET
    assert is_one_column(page)
    tick.click()
    expect(row).to_have_count(0)
    expect(page.locator(".calls__ticked")).to_contain_text(phone)
    page.get_by_role("button", name=re.compile(rf"^Nē, noņemt atzīmi\s?: {phone}$")).click()
    expect(row).to_have_count(1)
    tick.click()
    page.locator(".calls__made summary").click()
    expect(page.locator(".calls__made")).to_contain_text(phone)
    assert is_one_column(page)


@pytest.mark.parametrize("scripted", [True, False])
def test_asking_for_the_link_says_the_same_whoever_asks(visit: Any, site: Site, scripted: bool) -> None:
    page, answers = visit(scripted=scripted), set()
    for email in ("anna@example.lv", "nobody@example.lv"):
        page.goto(site("/mans-pieteikums/"))
        page.get_by_label("E-pasts, ar kuru pieteicāties").last.fill(email)
        page.get_by_role("button", name="Atsūtiet man saiti").click()
        expect(page.locator("p[role=status]")).to_be_visible()
        answers.add(page.locator("main").inner_text())
    assert len(answers) == 1
    assert "Ja ar šo adresi ir pieteikums, saiti nosūtīsim dažu minūšu laikā." in answers.pop()


def test_axe_finds_nothing_in_the_list_of_calls(visit: Any, site: Site) -> None:
    asks_to_be_called(visit(), site, "2000 0083")
    page = visit(is_staff=True)
    signed_in(page, site)
    page.locator("li.call", has_text="2000 0083").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.reload()  # else the admin fades its colours over while axe looks
        found = Axe().run(page, context="#content-main", options=RULES)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
