"""A teacher on her phone: invited, a project with two activities and a picture, published, and who came."""

import io
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Site
from tests.browser.letters import found_in_letters, letters_to
from tests.browser.test_accessibility import AXE, RULES

DAY = date.today() + timedelta(days=20)
BEGUN = """
from datetime import timedelta
from django.utils import timezone
from activities.models import Meeting
meeting = Meeting.objects.get(occurrence__activity__title_lv="{title}")
meeting.starts_at = timezone.now() - timedelta(hours=1)
meeting.ends_at = timezone.now() + timedelta(hours=1)
meeting.save()
"""


class Teacher:
    """One teacher's way, with the coordinator in a browser of her own."""

    def __init__(self, visit: Any, site: Site, *, scripted: bool) -> None:
        self.site, self.scripted = site, scripted
        self.slug, self.mark = ("20-pii", "ar") if scripted else ("26-pii", "bez")
        self.email = f"skolotaja-{self.mark}@example.lv"
        self.page: Page = visit(scripted=scripted, is_staff=True)
        self.office: Page = visit(is_staff=True)

    def named(self, words: str) -> str:
        """The same words twice would find the other journey's."""
        return f"{words} {self.mark}"

    def press(self, words: str, page: Page | None = None) -> None:
        (page or self.page).get_by_role("button", name=words, exact=True).last.click()

    def is_here(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)

    def desk(self, path: str = "") -> None:
        self.page.goto(self.site(f"/musu-iestade/{self.slug}/{path}"))


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def teacher(visit: Any, site: Site, request: pytest.FixtureRequest) -> Teacher:
    return Teacher(visit, site, scripted=request.param)


def test_a_kindergarten_lists_its_project_and_sees_who_came(teacher: Teacher, visit: Any, site: Site) -> None:
    sign_in_to_the_office(teacher.office, site)
    invite(teacher)
    come_in(teacher)
    list_a_project(teacher)
    send_it_all(teacher)
    return_the_project(teacher)
    seen = every_page_is_for_everybody(teacher, set())
    mend_it(teacher)
    approve_everything(teacher)
    family_finds_it_and_signs_up(teacher, visit(scripted=teacher.scripted))
    class_signs_up(teacher)
    sees_both_and_writes_who_came(teacher)
    seen |= every_page_is_for_everybody(teacher, seen)
    assert len(seen) > 20 or not teacher.scripted


def every_page_is_for_everybody(teacher: Teacher, seen: set[str]) -> set[str]:
    """axe finds nothing on any page of the desk that links lead to, and none is wider than the phone."""
    page, found = teacher.page, set[str]()
    waiting = [f"/musu-iestade/{teacher.slug}/", f"/ru/musu-iestade/{teacher.slug}/"] if teacher.scripted else []
    while waiting:
        path = waiting.pop()
        shape = re.sub(r"[0-9]+", "0", path)  # one draft, one date, one group looks like the next
        if shape in seen | found or path.endswith(".xlsx"):
            continue
        found.add(shape)
        page.goto(teacher.site(path))
        for width, scheme in ((360, "light"), (360, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 780})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong = AXE.run(page, options=RULES)
            assert wrong.violations_count == 0, f"{path}, {width} px, {scheme}: {wrong.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {width} px"
        links = [link.get_attribute("href") or "" for link in page.locator("main a[href*='/musu-iestade/']").all()]
        waiting += [link.split("?")[0].split("#")[0] for link in links]
    page.set_viewport_size({"width": 360, "height": 780})
    return found


def sign_in_to_the_office(office: Page, site: Site) -> None:
    office.goto(site("/admin/"))
    office.locator("[name=login]").fill(site.email)
    office.locator("[name=password]").fill(site.password)
    office.locator("form .button--main").click()
    office.wait_for_url("**/admin/")


def invite(teacher: Teacher) -> None:
    office = teacher.office
    office.goto(teacher.site("/admin/partners/institution/?q=" + teacher.slug.replace("-pii", ". PII")))
    office.locator("#result_list tbody th a").first.click()
    office.get_by_role("link", name="Uzaicināt").first.click()
    office.locator("[name=email]").fill(teacher.email)
    office.get_by_role("button", name="Nosūtīt ielūgumu").click()
    expect(office.locator(".messagelist")).to_contain_text(teacher.email)


def come_in(teacher: Teacher) -> None:
    link = found_in_letters(teacher.site, teacher.email, r"(/ielugums/\S+)")
    teacher.page.goto(teacher.site(link))
    teacher.press("Nosūtīt man kodu")
    code = found_in_letters(teacher.site, teacher.email, r"\b(\d{4} ?\d{4})\b", after=1)
    teacher.page.locator("[name=code]").fill(code)
    teacher.press("Pieslēgties")
    teacher.is_here("Kas darāms")
    teacher.page.goto(teacher.site(link))  # used up
    expect(teacher.page.locator("main")).to_contain_text("jau ir izmantots")


def list_a_project(teacher: Teacher) -> None:
    teacher.desk()
    teacher.press("Jauns projekts")
    teacher.is_here("Jauns projekts")
    teacher.page.locator("#id_title").fill(teacher.named("Palodzes dārzs"))
    teacher.page.locator("#id_summary").fill("Kopā ar ģimenēm audzējam lociņus vientuļiem senioriem.")
    add_picture(teacher)
    teacher.press("Saglabāt un pievienot aktivitāti")
    fill_activity(teacher, teacher.named("Lociņu sēšana"), "Kopā sējam lociņus.")
    teacher.press("Saglabāt melnrakstu")
    teacher.desk("piedavajums/")
    teacher.page.get_by_role("link", name=teacher.named("Palodzes dārzs")).first.click()
    teacher.press("Saglabāt un pievienot aktivitāti")
    fill_activity(teacher, teacher.named("Lociņu dāvināšana"), "Kopā nesam lociņus kaimiņiem.")
    teacher.press("Saglabāt melnrakstu")


def add_picture(teacher: Teacher) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(drawn, "JPEG")
    page = teacher.page
    page.locator("#id_picture_declared").check()
    file = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    page.locator("#id_picture_file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#id_picture_alt").fill("Bērni sēj lociņus.")
    if teacher.scripted:
        expect(page.locator(".picture-part__shown img")).to_be_visible()


def fill_activity(teacher: Teacher, title: str, summary: str) -> None:
    teacher.is_here("Jauna aktivitāte")
    page = teacher.page
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(summary)
    page.locator("#id_theme").select_option("garden")
    page.locator("#id_date_1_day").fill(DAY.isoformat())
    page.locator("#id_date_1_from").fill("10:00")
    page.locator("#id_date_1_until").fill("11:00")
    mezgls = page.locator("#id_where option", has_text="Mezgls").first.get_attribute("value")
    page.locator("#id_where").select_option(mezgls)
    page.locator("#id_places").fill("30")


def send_it_all(teacher: Teacher) -> None:
    for title in ("Palodzes dārzs", "Lociņu sēšana", "Lociņu dāvināšana"):
        teacher.desk("piedavajums/")
        teacher.page.get_by_role("link", name=teacher.named(title), exact=True).first.click()
        teacher.press("Nosūtīt centram")
        expect(teacher.page.locator("main")).to_contain_text("Tagad to izskata centrs")
    expect(teacher.page.get_by_role("button", name="Nosūtīt centram")).to_have_count(0)


def open_proposal(teacher: Teacher, title: str) -> None:
    teacher.office.goto(teacher.site("/admin/activities/proposal/?state__exact=proposed"))
    teacher.office.get_by_role("link", name=teacher.named(title)).first.click()


def return_the_project(teacher: Teacher) -> None:
    open_proposal(teacher, "Palodzes dārzs")
    teacher.office.get_by_role("link", name="Atgriezt labošanai").click()
    teacher.office.locator("[name=note]").fill("Lūdzu, pierakstiet, kad projekts sākas.")
    teacher.press("Atgriezt ar šo piezīmi", teacher.office)
    found_in_letters(teacher.site, teacher.email, r"(pierakstiet, kad projekts sākas)")


def mend_it(teacher: Teacher) -> None:
    teacher.desk()
    expect(teacher.page.locator("main")).to_contain_text("pierakstiet, kad projekts sākas")
    teacher.page.get_by_role("link", name=teacher.named("Palodzes dārzs")).first.click()
    expect(teacher.page.locator("#id_picture_alt")).to_have_value("Bērni sēj lociņus.")
    teacher.page.locator("#id_begins_on").fill(date.today().isoformat())
    teacher.press("Nosūtīt centram")


def approve_everything(teacher: Teacher) -> None:
    for title in ("Palodzes dārzs", "Lociņu sēšana", "Lociņu dāvināšana"):
        open_proposal(teacher, title)
        teacher.office.get_by_role("link", name="Apstiprināt un publicēt").click()
        teacher.press("Jā, apstiprināt un publicēt", teacher.office)
        expect(teacher.office.locator(".messagelist")).to_be_visible()
    found_in_letters(teacher.site, teacher.email, r"(/projekti/\S+|/aktivitates/\S+)")


def family_finds_it_and_signs_up(teacher: Teacher, page: Page) -> None:
    page.goto(teacher.site(f"/kalendars/{DAY:%Y-%m}/"))
    page.get_by_role("link", name=teacher.named("Lociņu sēšana")).first.click()
    expect(page.locator("main")).to_contain_text("Bērnu klubs „Mezgls”")
    page.locator("main .button--main").first.click()
    page.locator("#id_contact_name").fill("Anna")
    page.locator("#id_email").fill("anna@example.lv")
    page.locator("#id_adults").fill("1")
    page.locator("#id_children").fill("2")
    page.locator("[name=photo][value=no]").check()
    page.locator("#id_declaration").check()
    page.locator("form[method=post] .button--main").last.click()
    expect(page.locator("main")).to_contain_text("Pieteikums apstiprināts")


def class_signs_up(teacher: Teacher) -> None:
    teacher.desk("grupas/jauna/")
    page = teacher.page
    page.get_by_role("link", name=teacher.named("Lociņu sēšana")).first.click()
    page.locator("#id_children").fill("12")
    page.locator("#id_adults").fill("2")
    page.locator("[name=photo][value=but]").check()
    page.locator("#id_not_photographed").fill("3")
    page.locator("#id_contact_name").fill("Ilze")
    page.locator("#id_email").fill(teacher.email)
    teacher.press("Nosūtīt pieteikumu")
    expect(page.locator("main")).to_contain_text("Pieteikums apstiprināts")


def sees_both_and_writes_who_came(teacher: Teacher) -> None:
    teacher.desk("kas-nak/")
    page = teacher.page
    page.get_by_role("link", name=teacher.named("Lociņu sēšana")).first.click()
    for words in ("Anna", "Ilze", "3 bērnus nefotografēt"):
        expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).not_to_contain_text("anna@example.lv")
    page.get_by_role("link", name="Saraksts izdrukai").first.click()
    expect(page.locator("table.door tbody")).to_contain_text("Anna")
    page.go_back()
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "shell", "--no-imports", "-c",
         BEGUN.format(title=teacher.named("Lociņu sēšana"))],
        env={**os.environ, "KOPIENA_VAR": str(teacher.site.var)}, cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    page.reload()
    assert page.locator("input[name^=children_]").first.input_value() in ("2", "12")  # as they signed up
    teacher.press("Saglabāt skaitu")
    teacher.desk("skaitli/")
    expect(page.locator("main")).to_contain_text("17 cilvēki")
    assert letters_to(teacher.site, teacher.email)
