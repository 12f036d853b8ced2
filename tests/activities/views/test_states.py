"""Each state of an activity on its own page, in the three languages, and what can be done with the page itself."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from activities import lines
from activities.models import Occurrence
from partners.models import Institution, Project
from tests.conftest import NOW

Make = Callable[..., Any]
See = Callable[..., str]
LANGUAGES = ("", "/ru", "/en")


def make_full(make: Make) -> None:
    make(slug="talka", places=0)


def make_undated(make: Make) -> None:
    occurrence = make(slug="talka", approximate_year=2027, approximate_season="spring")
    occurrence.meetings.all().delete()
    Occurrence.objects.filter(pk=occurrence.pk).update(activity=make(slug="cita").activity)


STATES: dict[str, tuple[Callable[[Make], Any], tuple[str, str, str]]] = {
    "free": (
        lambda make: make(slug="talka", places=5),
        ("Palikušas 5 vietas", "Осталось 5 мест", "5 places left"),
    ),
    "full": (make_full, ("Brīvu vietu nav", "Свободных мест нет", "No places left")),
    "unlimited": (
        lambda make: make(slug="talka", places=None),
        ("Vietu skaits nav ierobežots", "Число мест не ограничено", "No limit of places"),
    ),
    "no sign-up": (
        lambda make: make(slug="talka", occurrence={"is_sign_up_needed": False}),
        ("Bez pieteikšanās – vienkārši nāciet", "Без записи – просто приходите", "No sign-up, just come"),
    ),
    "not yet": (
        lambda make: make(slug="talka", occurrence={"sign_up_opens_at": NOW + timedelta(days=2, hours=-3)}),
        (
            "Pieteikšanās sāksies trešdien, 3. martā, plkst. 9.00",
            "Запись начнётся в среду, 3 марта, в 9.00",
            "Sign-up opens on Wednesday 3 March at 9:00",
        ),
    ),
    "closed": (
        lambda make: make(slug="talka", occurrence={"sign_up_closes_at": NOW}),
        ("Pieteikšanās ir beigusies", "Запись закрыта", "Sign-up is closed"),
    ),
    "cancelled": (
        lambda make: make(slug="talka", occurrence={"state": "cancelled"}),
        ("Nenotiks", "Не состоится", "Will not take place"),
    ),
    "past": (
        lambda make: make(slug="talka", starts_at=NOW - timedelta(days=3)),
        ("Notika 26. februārī", "Прошло 26 февраля", "Took place on 26 February"),
    ),
    "undated": (
        make_undated,
        (
            "Laiks tiks precizēts: 2027. gada pavasarī",
            "Время уточняется: весна 2027 года",
            "Date to come: spring 2027",
        ),
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_said_in_each_language(see: See, make_occurrence: Make, state: str) -> None:
    make, said = STATES[state]
    make(make_occurrence)
    for language, words in zip(LANGUAGES, said, strict=True):
        page = unescape(see(f"{language}/aktivitates/talka/"))
        assert words in page
        others = {each for name, (_make, theirs) in STATES.items() for each in theirs if name != state}
        assert [each for each in others if each in page] == []


def test_the_page_can_be_kept_shared_and_printed(see: See, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", title_lv="Ezera talka & pikniks")
    page = see("/aktivitates/talka/")
    assert 'href="/aktivitates/talka.ics"' in page
    google = unquote(unescape(re.findall(r'href="(https://calendar\.google\.com/[^"]+)"', page)[0])).replace("+", " ")
    assert "text=Ezera talka & pikniks" in google
    assert "dates=20270311T100000Z/20270311T120000Z" in google
    outlook = unquote(unescape(re.findall(r'href="(https://outlook\.live\.com/[^"]+)"', page)[0]))
    assert "startdt=2027-03-11T" in outlook
    shared = unquote(unescape(re.findall(r'href="(https://wa\.me/[^"]+)"', page)[0]))
    assert shared == "https://wa.me/?text=Ezera talka & pikniks http://127.0.0.1:8000/aktivitates/talka/"
    mail = unquote(unescape(re.findall(r'href="(mailto:\?[^"]+)"', page)[0]))
    assert mail == "mailto:?subject=Ezera talka & pikniks&body=http://127.0.0.1:8000/aktivitates/talka/"
    assert 'data-copy="http://127.0.0.1:8000/aktivitates/talka/"' in page
    assert "data-print" in page
    assert page.count("button--main") == 1


def test_what_is_over_is_put_into_no_calendar(see: See, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", starts_at=NOW - timedelta(days=3))
    page = see("/aktivitates/talka/")
    assert "talka.ics" not in page
    assert "calendar.google.com" not in page
    assert "data-copy" in page


@pytest.mark.parametrize("kind", ["iestades", "projekti"])
def test_institutions_and_projects_have_further_pages_of_their_past(
    see: See, make_occurrence: Make, now: datetime, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(lines, "A_PAGE", 2)
    institution = Institution.objects.create(slug="pagalms", kind="other", short_name_lv="Nams", name_lv="Nams")
    project = Project.objects.create(slug="pagalms", title_lv="Nams", state="published")
    for day in range(5):
        made = make_occurrence(title_lv=f"Diena {day}", project=project, starts_at=now - timedelta(days=day + 1))
        made.activity.organisers.add(institution)
    make_occurrence(title_lv="Kanārijputniņš", audience="discreet", project=project, starts_at=now - timedelta(days=9))
    assert f'href="/{kind}/pagalms/agrak/2/"' in see(f"/{kind}/pagalms/")
    second, third = see(f"/{kind}/pagalms/agrak/2/"), see(f"/ru/{kind}/pagalms/agrak/3/")
    assert ["Diena 1" in second, "Diena 2" in second, "Diena 3" in second] == [False, True, True]
    assert f'href="/{kind}/pagalms/agrak/3/"' in second
    assert f'rel="prev" href="/{kind}/pagalms/"' in second
    assert "Kanārijputniņš" not in third
    for number in ("4", "1", "0", "02", "99999", "x"):
        see(f"/{kind}/pagalms/agrak/{number}/", 404)
