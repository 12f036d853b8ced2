"""The page of a venue."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from activities import lines
from activities.models import Room, Venue

Make = Callable[..., Any]
See = Callable[..., str]


def test_it_tells_how_to_get_in_and_what_was_and_will_be_there(see: See, make_occurrence: Make, now: datetime) -> None:
    make_occurrence(title_lv="Izrāde")
    make_occurrence(title_lv="Zīmēšana", occurrence={"state": "cancelled"})
    make_occurrence(title_lv="Rudens rīts", starts_at=now - timedelta(days=3))
    Venue.objects.update(way_in_lv="Ieeja no pagalma.", is_step_free=True, has_toilet=False, district_lv="Ķīmija")
    Room.objects.create(venue=Venue.objects.get(), name_lv="Zāle")
    page = see("/vietas/mezgls/")
    told = [
        "Mezgls",
        "Smilšu iela 92",
        'href="/aktivitates/?district=kimija"',
        "Ieeja no pagalma.",
        "Var iekļūt bez pakāpieniem. Tualetes nav.",
        "Atvērt kartē:",
        "https://www.waze.com/ul?q=",
        "Zāle",
        "Gaidāms",
        "Izrāde",
        "Ceturtdien, 11. martā, plkst. 12.00–14.00",
        "Zīmēšana",
        "Nenotiks:",
        "Agrāk",
        "Rudens rīts",
        "Notika 26. februārī",
    ]
    assert [page.find(words) for words in told] == sorted(page.find(words) for words in told)
    assert all(words in page for words in told)
    assert "Туалета нет." in see("/ru/vietas/mezgls/")


def test_the_activity_leads_to_it(see: See, make_occurrence: Make) -> None:
    make_occurrence(slug="talka")
    assert '<a href="/vietas/mezgls/">Mezgls</a>' in see("/aktivitates/talka/")


@pytest.mark.parametrize(
    "hidden",
    [{"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "proposed"}],
)
def test_where_nothing_is_for_everybody_there_is_no_page(client: Client, make_occurrence: Make, hidden: Any) -> None:
    make_occurrence(title_lv="Kanārijputniņš", **hidden)
    assert [client.get(f"/vietas/{slug}/").status_code for slug in ("mezgls", "nav")] == [404, 404]
    make_occurrence()
    assert "Kanārijputniņš" not in client.get("/vietas/mezgls/").content.decode()


def test_further_pages_of_the_past(
    see: See, make_occurrence: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "A_PAGE", 2)
    for day in range(5):
        make_occurrence(title_lv=f"Diena {day}", starts_at=now - timedelta(days=day + 1))
    assert 'href="/vietas/mezgls/agrak/2/"' in see("/vietas/mezgls/")
    second = see("/vietas/mezgls/agrak/2/")
    assert ("Diena 2" in second, "Diena 1" in second, 'href="/vietas/mezgls/agrak/3/"' in second) == (True, False, True)
    for number in ("4", "1", "0", "02", "99999"):
        assert "Diena" not in see(f"/vietas/mezgls/agrak/{number}/", 404)


def test_three_queries_whatever_the_number_of_rows(
    see: See, make_occurrence: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence()
            make_occurrence(starts_at=now - timedelta(days=3))
        with django_assert_num_queries(3):
            see("/vietas/mezgls/")


def test_the_page_is_sound_html(client: Client, make_occurrence: Make, now: datetime) -> None:
    make_occurrence(title_lv="<script>&")
    make_occurrence(starts_at=now - timedelta(days=3))
    for language in ("", "/ru", "/en"):
        html5lib.HTMLParser(strict=True).parse(client.get(f"{language}/vietas/mezgls/").content)
