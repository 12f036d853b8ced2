"""It rains at 8:15, the walk is at 10: from the coordinator's sign-in to the last call, on her phone, in few taps."""

import os
import subprocess
import sys
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, Site
from tests.browser.test_accessibility import RULES
from tests.browser.test_office_phone import is_one_column

TAPS = 10  # fewer than this before the first call
THUMB = 44  # px
CALLS = 3
# axe would put styles of its own into the page, which its policy rightly refuses.
AXE_RULES = {**RULES, "preload": False}
REASON = "Laikapstākļu dēļ nenotiks."  # true also where the test runs shortly before midnight

# A walk that begins in less than two hours: three phones, one of them without e-mail, and an e-mail alone.
MAKE = """
from datetime import timedelta
from django.utils import timezone
from activities.models import Activity, Meeting, Occurrence, Venue
from families import registering
from families.parties import Party
from families.registering import Sender
now = timezone.now()
slug = f"pastaiga-{Activity.objects.count()}"
activity = Activity.objects.create(
    slug=slug, title_lv=slug.capitalize(), title_ru="Прогулка", title_en="Walk", theme="cleanup", state="published",
    published_at=now, usual_places=None)
occurrence = Occurrence.objects.create(activity=activity)
starts = (now + timedelta(minutes=105)).replace(second=0, microsecond=0)
Meeting.objects.create(
    occurrence=occurrence, starts_at=starts, ends_at=starts + timedelta(hours=2), where="venue",
    venue=Venue.objects.order_by("pk").first())
people = [("Anna", "+37120000000", "anna91@example.lv"), ("Lidija", "+37120000000", ""),
          ("Ilze", "+37120000000", "ilze93@example.lv"), ("Olga", "", "olga94@example.lv")]
for number, (name, phone, email) in enumerate(people):
    sender = Sender(name=name, language="ru" if name == "Olga" else "lv", phone=phone, email=email, has_declared=True)
    registering.register(f"{slug}-{number}", occurrence.pk, sender, Party(adults=2), may_wait=True, now=now)
print(f"{slug} {occurrence.pk}")
"""


@pytest.fixture
def walk(site: Site) -> tuple[str, str]:
    """Its slug and its number."""
    made = subprocess.run(
        [sys.executable, ROOT / "manage.py", "shell", "--no-imports", "-c", MAKE],
        env={**os.environ, "KOPIENA_VAR": str(site.var)}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    slug, number = made.stdout.split()
    return slug, number


class Thumb:
    """Counts each tap, one into a field before typing included, and sees that it is large enough to be hit."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """Tap it once."""
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB
        assert is_one_column(self.page)
        target.click()
        self.taps += 1

    def types(self, field: Locator, text: str) -> None:
        """Tap into the field and type."""
        self.tap(field)
        field.fill(text)


def sign_in(page: Page, site: Site) -> Thumb:
    thumb = Thumb(page)
    page.goto(site("/admin/"))
    thumb.types(page.locator("[name=login]"), site.email)
    thumb.types(page.locator("[name=password]"), site.password)
    thumb.tap(page.locator("main button[type=submit]"))
    return thumb


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_from_the_sign_in_to_the_last_call_ticked(
    visit: Any, site: Site, walk: tuple[str, str], scripted: bool
) -> None:
    slug, _number = walk
    page = visit(scripted=scripted, is_staff=True)
    thumb = sign_in(page, site)
    row = page.locator(".at-hand li", has_text=slug.capitalize())
    expect(row).to_contain_text("8 cilvēki")
    thumb.tap(row.get_by_role("link", name="Nenotiks, cits laiks vai cita vieta"))
    expect(page.locator(".rain-reach")).to_contain_text("Jāzvana: 3 pieteikumi")
    expect(page.locator(".rain-reach")).to_contain_text("E-pasta vēstuli saņems: 3 pieteikumi")
    thumb.tap(page.locator(".rain-choice", has_text=REASON))
    thumb.tap(page.get_by_role("button", name="Jā, nenotiks – paziņot visiem"))
    expect(page.get_by_role("status").last).to_contain_text("Vēl jāzvana: 3")
    thumb.tap(page.get_by_role("link", name="Uz zvanu sarakstu"))
    assert thumb.taps < TAPS, f"{thumb.taps} taps before the first call"
    print(f"{thumb.taps} taps from the sign-in to the call list")
    called = page.locator("button[name=called]")
    expect(called).to_have_count(CALLS)
    for left in range(CALLS, 0, -1):
        assert page.locator("a[href^='tel:']").first.is_visible()
        thumb.tap(called.first)
        expect(called).to_have_count(left - 1)
    expect(page.get_by_text("Zvanīt nevienam nevajag.")).to_be_visible()
    resident = visit()
    resident.goto(site(f"/aktivitates/{slug}/"))
    expect(resident.locator("main")).to_contain_text("Nenotiks")
    expect(resident.locator("main")).to_contain_text(REASON)


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_only_what_was_chosen_is_shown_and_the_button_says_it(
    visit: Any, site: Site, walk: tuple[str, str], scripted: bool
) -> None:
    page = visit(scripted=scripted, is_staff=True)
    sign_in(page, site)
    page.goto(site(f"/admin/activities/occurrence/{walk[1]}/lietus/"))
    day, where, own = page.get_by_label("Diena"), page.get_by_label("Kur", exact=False), page.get_by_label("Krieviski")
    for choice, shown in (("Cits laiks", (True, True)), ("Cita vieta", (False, True)), ("Nenotiks", (False, False))):
        page.locator(".rain-choice").get_by_text(choice, exact=True).click()
        assert (day.is_visible(), where.last.is_visible()) == shown
        assert page.get_by_role("button", name=f"Jā, {choice[0].lower()}{choice[1:]} – paziņot visiem").is_visible()
    expect(own).to_be_hidden()
    page.get_by_role("radio", name="Saviem vārdiem").focus()
    page.keyboard.press("Space")
    own.fill("Гроза.")
    page.get_by_label("Angliski").fill("x" * 10)
    page.locator(".rain-choice").get_by_text("Cita vieta", exact=True).click()
    page.get_by_role("button", name="Jā, cita vieta – paziņot visiem").click()
    expect(page.get_by_role("alert")).to_contain_text("Izvēlieties citu vietu.")
    page.locator(".rain-choice").get_by_text("Nenotiks", exact=True).click()
    expect(own).to_have_value("Гроза.")
    assert is_one_column(page)


def look(page: Page, site: Site, path: str, part: str) -> None:
    page.goto(site(path))
    for width, scheme in ((320, "light"), (360, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 780})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.reload()  # else the admin fades its colours over while axe looks
        assert is_one_column(page), f"{path} at {width}"
        found = Axe().run(page, context=part, options=AXE_RULES)
        assert found.violations_count == 0, f"{path} {width} px, {scheme}: {found.generate_report()}"


def test_axe_finds_nothing_on_the_pages_of_the_rainy_morning(visit: Any, site: Site, walk: tuple[str, str]) -> None:
    page = visit(is_staff=True)
    sign_in(page, site)
    rain = f"/admin/activities/occurrence/{walk[1]}/lietus/"
    for path, part in (("/admin/", ".at-hand"), (rain, ".rain"), (f"{rain}pazinots/", ".rain-told")):
        look(page, site, path, part)
    page.goto(site(rain))
    page.locator(".rain-choice", has_text=REASON).click()
    page.get_by_role("button", name="Jā, nenotiks – paziņot visiem").click()
    expect(page.get_by_role("status").last).to_contain_text("Vēl jāzvana: 3")
    for path, part in (("/admin/", ".at-hand"), (rain, ".rain"), (f"{rain}pazinots/", ".rain-told")):
        look(page, site, path, part)
