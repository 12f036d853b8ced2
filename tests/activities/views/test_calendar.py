"""The calendar's pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests.activities.conftest import riga

Make = Callable[..., Any]
See = Callable[..., str]


def test_the_calendar_without_a_month_is_this_month_and_says_its_lasting_address(
    at_noon: None, client: Client, db: None, settings: Any
) -> None:
    settings.SITE_URL = "https://kopiena.example.lv"
    page = client.get("/kalendars/").content.decode()
    assert '<link rel="canonical" href="https://kopiena.example.lv/kalendars/2027-03/">' in page
    assert "2027. gada marts" in page
    russian = client.get("/ru/kalendars/").content.decode()
    assert '<link rel="canonical" href="https://kopiena.example.lv/ru/kalendars/2027-03/">' in russian
    assert "Март 2027" in russian


def test_it_begins_with_the_link_to_the_list_and_turns_the_month(see: See) -> None:
    page = see("/kalendars/2027-12/")
    assert page.index("Rādīt kā sarakstu") < page.index("<table")
    assert 'href="/kalendars/2027-11/"' in page
    assert 'href="/kalendars/2028-01/"' in page
    assert "data-swap" in page
    assert "Šomēnes" in page
    assert "Šomēnes" not in see("/kalendars/")


def test_today_a_cancelled_date_and_a_campaign_are_marked(see: See, make_occurrence: Make, make_campaign: Make) -> None:
    make_occurrence(title_lv="Pārgājiens", starts_at=riga(2027, 3, 12, 14), occurrence={"state": "cancelled"})
    make_campaign(riga(2027, 3, 29), riga(2027, 4, 9), title_lv="Sīpollociņi")
    page = see("/kalendars/2027-03/")
    assert page.count("month__today") == 1
    assert page.count("Nenotiks") == 2  # in the agenda and in the table
    assert "month__bar--start" in page
    assert "month__bar--end" not in page
    assert "month__bar--end" in see("/kalendars/2027-04/")
    assert "month__bar--start" not in see("/kalendars/2027-04/")
    assert "style=" not in page


def test_a_text_in_another_language_carries_its_own(see: See, make_occurrence: Make) -> None:
    make_occurrence(title_lv="Tikai latviski", title_ru="", starts_at=riga(2027, 3, 12, 14))
    assert '<span lang="lv">Tikai latviski</span>' in see("/ru/kalendars/2027-03/")


def test_an_empty_month_says_so_and_shows_the_way_on(see: See) -> None:
    page = see("/kalendars/2031-05/")
    assert "Šajā mēnesī aktivitāšu nav." in page
    assert 'href="/plans/2031/"' in page


@pytest.mark.parametrize(
    "month",
    [
        "0000-13",
        "2027-13",
        "2027-00",
        "9999-12",
        "1999-12",
        "2101-01",
        "2027-3",
        "٢٠٢٧-٠٣",
        "2027-03-01",
        "%00",
        "x" * 10_000,
    ],
)
def test_a_month_that_no_calendar_has_is_not_there(at_noon: None, client: Client, db: None, month: str) -> None:
    assert client.get(f"/kalendars/{month}/").status_code == 404


@pytest.mark.parametrize("month", ["2000-01", "2100-12"])
def test_the_calendar_has_edges(see: See, month: str) -> None:
    assert see(f"/kalendars/{month}/").count("rel=") == 1


def test_unknown_parameters_are_passed_over(see: See) -> None:
    assert see("/kalendars/2027-03/?lang=de&page=%00&x=" + "y" * 10_000) == see("/kalendars/2027-03/")


def test_one_query_whatever_the_number_of_meetings(
    see: See, make_occurrence: Make, make_campaign: Make, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=riga(2027, 3, 12, 14))
            make_campaign(riga(2027, 3, 5), riga(2027, 3, 6))
        with django_assert_num_queries(1):
            see("/kalendars/2027-03/")


def test_what_is_not_for_everybody_leaves_no_trace(see: See, make_occurrence: Make, now: Any) -> None:
    before = see("/kalendars/2027-03/")
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=now + timedelta(days=3), **hidden)
    assert see("/kalendars/2027-03/") == before


def test_the_page_is_sound_html(at_noon: None, client: Client, make_occurrence: Make, make_campaign: Make) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 14), title_lv="<script>&„ļ”")
    make_campaign(riga(2027, 3, 5), riga(2027, 3, 6))
    html5lib.HTMLParser(strict=True).parse(client.get("/kalendars/2027-03/").content)
