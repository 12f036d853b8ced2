"""Finding: what is there this weekend for a 4- and a 9-year-old, with the baby along, five of us?"""

import os
import re
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT, WIDTHS, Site
from tests.browser.test_keyboard import tab_to

both_widths = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
with_and_without_script = pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
MOST_ACTIONS = 4
ANSWER = "Ģimenes diena visiem"

# One thing this weekend suits; one has three places, one is for the big ones only, one is next month.
MAKE = """
from datetime import datetime, time, timedelta
from django.utils import timezone
from activities.finder.results import period
from activities.models import Activity, Meeting, Occurrence, Venue
from activities.models.meeting import RIGA
from kopiena.floor import dates
now = timezone.now()
sunday = period("weekend", dates.local_day(now))[1]
def make(slug, title, days=0, places=None, needs_sign_up=True, **fields):
    activity, is_new = Activity.objects.get_or_create(slug=slug, defaults=dict(
        title_lv=title, title_ru="Семейный день для всех", theme="home", state="published", published_at=now,
        usual_places=places, **fields))
    if not is_new:
        return
    occurrence = Occurrence.objects.create(activity=activity, is_sign_up_needed=needs_sign_up)
    start = datetime.combine(sunday + timedelta(days=days), time.min, RIGA)
    end = datetime.combine(sunday + timedelta(days=days + 1), time.min, RIGA)
    Meeting.objects.create(occurrence=occurrence, starts_at=start, ends_at=end, is_all_day=True,
        venue=Venue.objects.order_by("pk").first())
make("gimenes-diena", "Ģimenes diena visiem", needs_sign_up=False, age_from=3, age_to=9)
make("maza-gimenes-diena", "Mazā ģimenes diena", places=3, age_from=3, age_to=9)
make("lielo-diena", "Lielo diena", needs_sign_up=False, age_from=12, is_sibling_welcome=False)
make("velak", "Diena vēlāk", days=35, needs_sign_up=False)
"""


@pytest.fixture(scope="module")
def weekend(site: Site) -> None:
    for words in (["shell", "--no-imports", "-c", MAKE], ["index_words"]):
        subprocess.run(
            [sys.executable, ROOT / "manage.py", *words],
            env={**os.environ, "KOPIENA_VAR": str(site.var)}, cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip


def is_answered(page: Page) -> None:
    shown = page.locator("main .cards")
    expect(shown).to_contain_text(ANSWER)
    for other in ("Mazā ģimenes diena", "Lielo diena", "Diena vēlāk"):
        expect(shown).not_to_contain_text(other)


@both_widths
@with_and_without_script
@pytest.mark.usefixtures("weekend")
def test_the_parents_question_is_answered_in_four_actions(visit: Any, site: Site, width: int, scripted: bool) -> None:
    """A link, two fields, a button."""
    page = visit(width=width, scripted=scripted)
    page.goto(site("/"))
    actions = [
        lambda: page.get_by_role("link", name="Šajā nedēļas nogalē").click(),
        lambda: page.get_by_label("Bērnu vecums").fill("0, 4, 9"),
        lambda: page.get_by_label("Cik Jūsu būs?").fill("5"),
        lambda: page.get_by_role("button", name="Rādīt").click(),
    ]
    assert len(actions) <= MOST_ACTIONS
    for action in actions:
        action()
    expect(page).to_have_url(re.compile(r"ages=0(,|%2C)"))
    is_answered(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("weekend")
def test_the_same_with_the_keyboard_alone_and_the_number_is_said(visit: Any, site: Site) -> None:
    page = visit(width=1280)
    page.goto(site("/aktivitates/"))
    tab_to(page, "when")
    page.keyboard.press("ArrowRight")  # today
    expect(page).to_have_url(re.compile("when=today"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("when=weekend"))
    expect(page.locator("#filter-when-weekend")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("4 9")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("party=5"))
    is_answered(page)
    expect(page.locator("[role=status].visually-hidden")).to_have_text(re.compile("^Atrasta"))


@pytest.mark.usefixtures("weekend")
def test_every_filter_has_a_name_and_a_role(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/aktivitates/"))
    form = page.get_by_role("form", name="Precizēt izvēli")
    expect(form.get_by_role("searchbox", name="Ko Jūs meklējat?")).to_be_visible()
    when = form.get_by_role("group", name="Kad?")
    expect(when.get_by_role("radio")).to_have_count(4)
    expect(when.get_by_role("radio", name=re.compile(r"Šajā nedēļas nogalē \(\d+\)"))).to_be_visible()
    form.get_by_text("Papildu izvēle").click()
    for name in ("Joma", "Apkaime", "Partneris", "Projekts", "Kādā valodā runās"):
        expect(form.get_by_role("combobox", name=name)).to_be_visible()
    for name in ("bez pakāpieniem", "ratiņiem", "palīgus", "Bez pieteikšanās"):
        expect(form.get_by_role("checkbox", name=re.compile(name))).to_be_visible()
    for control in form.locator("input:visible, select:visible, button:visible").all():
        box = control.bounding_box()
        assert box is not None
        is_tick = control.get_attribute("type") == "checkbox"  # its label is the target
        assert is_tick or box["height"] >= 44, control.get_attribute("id")


@with_and_without_script
@pytest.mark.usefixtures("weekend")
def test_a_grandmother_reads_everything_in_russian_from_the_first_tap(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site("/"))
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("link", name="В эти выходные").click()
    expect(page.locator(".results")).to_have_text(re.compile("^Найден"))
    page.get_by_role("link", name="Семейный день для всех").first.click()
    expect(page.locator("h1")).to_have_text("Семейный день для всех")
    for path in ("/aktivitates/", "/kalendars/"):
        page.goto(site(path, "ru"))
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        for link in page.locator("main a[href^='/']").all():
            assert (link.get_attribute("href") or "").startswith("/ru/")
    page.go_back()


@with_and_without_script
@pytest.mark.usefixtures("weekend")
def test_words_in_any_form_find_it_and_a_slip_is_mended_and_said(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site("/aktivitates/"))
    for typed in ("ģimenes", "gimenem", "семье"):
        page.get_by_label("Ko Jūs meklējat?").fill(typed)
        page.get_by_role("button", name="Rādīt").click()
        expect(page).to_have_url(re.compile(re.escape(quote(typed))))
        expect(page.locator("main .cards")).to_contain_text(ANSWER)
    page.get_by_label("Ko Jūs meklējat?").fill("gimeen")
    page.get_by_role("button", name="Rādīt").click()
    expect(page.locator("main")).to_contain_text(re.compile("Rādām: ģimen"))
    expect(page.locator("main .cards")).to_contain_text(ANSWER)


class OnTheWay:
    """Lists that are asked for and held back, until the test lets the next one go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page, self.pattern = page, pattern
        self.held: list[Route] = []
        page.route(pattern, lambda route: self.held.append(route))

    def let_go(self) -> None:
        while not self.held:  # asked for, and not stopped yet
            self.page.wait_for_timeout(20)
        self.held.pop(0).continue_()

    def hold_no_more(self) -> None:
        self.page.unroute(self.pattern)


@pytest.mark.usefixtures("weekend")
def test_who_types_on_while_the_list_is_on_its_way_loses_nothing(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/aktivitates/"))
    lists = OnTheWay(page, "**/aktivitates/?when=month")
    page.locator("#filter-when-month").check()
    page.get_by_label("Ko Jūs meklējat?").fill("ģimene")
    expect(page.locator("main")).to_have_attribute("aria-busy", "true")
    lists.let_go()
    expect(page).to_have_url(re.compile("when=month"))
    expect(page.get_by_label("Ko Jūs meklējat?")).to_have_value("ģimene")
    expect(page.get_by_label("Ko Jūs meklējat?")).to_be_focused()
    expect(page.locator("#filter-when-month")).to_be_checked()


@pytest.mark.usefixtures("weekend")
def test_who_goes_into_a_field_or_presses_a_button_meanwhile_is_not_put_out(visit: Any, site: Site) -> None:
    page = visit()
    page.goto(site("/aktivitates/?q=talka"))
    lists = OnTheWay(page, "**/aktivitates/?*when=*")
    words, show = page.get_by_label("Ko Jūs meklējat?"), page.get_by_role("button", name="Rādīt")

    page.locator("#filter-when-month").check()
    words.select_text()
    lists.let_go()
    expect(page).to_have_url(re.compile("when=month"))
    page.keyboard.type("ģimene")
    expect(words).to_have_value("ģimene")

    page.locator("#filter-when-weekend").check()
    show.hover()
    page.mouse.down()
    with page.expect_response(re.compile("when=weekend")) as answer:
        lists.let_go()
    answer.value.finished()
    lists.hold_no_more()
    page.wait_for_timeout(100)  # enough for the swap that must not come
    expect(show).to_be_visible()
    with page.expect_request(re.compile("when=weekend")):
        page.mouse.up()
    expect(page).to_have_url(re.compile("when=weekend"))


@with_and_without_script
def test_an_empty_result_says_which_choice_to_drop(visit: Any, site: Site, scripted: bool) -> None:
    page = visit(scripted=scripted)
    page.goto(site("/aktivitates/?theme=stage&since=2100-01-01"))
    expect(page.locator(".results")).to_have_text("Nav atrasta neviena aktivitāte")
    page.get_by_role("link", name="arī citās dienās").click()
    expect(page.locator(".results")).to_have_text(re.compile("^Atrast"))
    expect(page.get_by_role("button", name="Rādīt")).to_be_visible()
