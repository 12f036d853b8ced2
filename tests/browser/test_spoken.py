"""One journey through the accessibility tree: what somebody hears who does not see the page."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


def heard(page: Page, part: str = "body") -> str:
    """The tree as a screen reader walks it."""
    return page.locator(part).aria_snapshot()


def test_the_whole_way_is_heard(visit: Any, site: Site) -> None:
    page = visit(width=360)
    page.goto(site("/"))
    home = heard(page)
    for landmark in ("banner", "main", "contentinfo", 'navigation "Valoda"', 'navigation "Galvenā izvēlne"'):
        assert landmark in home
    assert home.index('link "Latviešu"') < home.index('link "Kopiena')
    assert [page.locator(f"h{level}").count() > 0 for level in (1, 2)] == [True, True]
    assert page.locator("h1").count() == 1
    a_date_block_is_heard_as_one_date(page)

    page.get_by_role("link", name="Skatīt kalendāru").click()
    main = heard(page, "main")
    assert re.search(r'link "Rādīt kā sarakstu"', main)
    assert main.index("heading") < main.index("Rādīt kā sarakstu")

    page.goto(site(f"/aktivitates/{site.activity}/"))
    assert 'heading "Talka pie ezera" [level=1]' in heard(page, "main")
    page.get_by_role("link", name=re.compile("^Pieteikties")).first.click()

    form = heard(page, "main")
    for legend in ("Kas piesakās?", "Tālrunis vai e-pasts – pietiek ar vienu", "Kas nāks?", "1. bērns"):
        assert f'group "{legend}"' in form
    assert re.search(r'textbox "Jūsu vārds', form)
    assert (
        'group "Vai Jūs un bērnus drīkst fotografēt?' in form
        or 'radiogroup "Vai Jūs un bērnus drīkst fotografēt?' in form
    )

    errors_are_heard(page)
    a_new_row_is_heard(page)

    page.locator("#id_contact_name").fill("Anna")
    page.locator("#id_email").fill("anna@example.lv")
    page.locator("#id_adults").fill("2")
    page.locator("#id_child_1_age").fill("6")
    page.locator("[name=photo][value=no]").check()
    page.locator("#id_declaration").check()
    page.get_by_role("button", name="Nosūtīt pieteikumu").click()
    page.wait_for_url("**/pieteikums/*/")
    expect(page).to_have_title(re.compile("^Jūsu pieteikums"))
    private = heard(page, "main")
    assert private.index("Talka pie ezera") < private.index("Pieteikums apstiprināts") < private.index("Kad")

    page.get_by_role("link", name="Mainīt pieteikumu").click()
    page.locator("#id_adults").fill("3")
    page.get_by_role("button", name="Saglabāt").click()
    page.wait_for_url("**/pieteikums/*/?done=changed")
    assert re.search(r'status: "?Izdarīts', heard(page, "main")), "the change is not announced"


def a_date_block_is_heard_as_one_date(page: Page) -> None:
    block = page.locator(".date-block").first
    assert re.search(r"time: [a-zāčēģīķļņšūž]+, \d+\. [a-zāčēģīķļņšūž]+$", block.aria_snapshot().strip())


def errors_are_heard(page: Page) -> None:
    page.get_by_role("button", name="Nosūtīt pieteikumu").click()
    expect(page).to_have_title(re.compile("^Kļūda:"))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Lūdzu, apskatiet vēlreiz")
    name = page.get_by_role("textbox", name=re.compile("Jūsu vārds"))
    expect(name).to_have_attribute("aria-invalid", "true")
    description = name.evaluate(
        """at => (at.getAttribute('aria-describedby') || '').split(' ')
            .map(id => document.getElementById(id)?.textContent).join(' ')"""
    )
    assert "Ierakstiet" in description
    first = summary.get_by_role("link").first
    expect(first).to_have_text("Ierakstiet, kā Jūs uzrunāt.")
    first.click()
    expect(page.locator("#id_contact_name")).to_be_focused()


def a_new_row_is_heard(page: Page) -> None:
    page.get_by_role("button", name="Pievienot bērnu").click()
    legend = page.locator("[data-child] legend").nth(1)
    expect(legend).to_be_focused()
    expect(legend).to_have_text("2. bērns")
    assert 'group "2. bērns"' in heard(page, "main")
    page.get_by_role("button", name="Noņemt 2. bērnu").click()
    expect(page.locator("[data-child]")).to_have_count(1)


def test_a_filter_says_how_many_were_found_and_leaves_the_focus(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/aktivitates/"))
    page.get_by_label("Joma").focus()
    page.get_by_label("Joma").select_option("cleanup")
    expect(page).to_have_url(re.compile("theme=cleanup"))
    voice = page.locator("body > [role=status]")
    expect(voice).to_have_text(re.compile(r"^Atrast(a|as) \d+ aktivitāt"))
    expect(page.get_by_label("Joma")).to_be_focused()


def test_what_is_said_in_another_language_is_marked_as_such(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/en/"))
    for code, name in {"lv": "Latviešu", "ru": "Русский", "en": "English"}.items():
        assert page.get_by_role("link", name=name).first.get_attribute("lang") == code
