"""The calendar's pages."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests.activities.conftest import riga

Make = Callable[..., Any]
See = Callable[..., str]

VIEWS = ("/kalendars/2027-03/", "/kalendars/2027-n12/", "/kalendars/2027-03/dienas/")


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
    assert '<a href="/kalendars/2027-03/" data-swap>Šomēnes</a>' in page
    assert "Šomēnes" not in see("/kalendars/")


def test_today_a_cancelled_date_and_a_campaign_are_marked(see: See, make_occurrence: Make, make_campaign: Make) -> None:
    make_occurrence(title_lv="Pārgājiens", starts_at=riga(2027, 3, 12, 14), occurrence={"state": "cancelled"})
    make_campaign(riga(2027, 3, 29), riga(2027, 4, 9), title_lv="Sīpollociņi")
    page = see("/kalendars/2027-03/")
    assert page.count("month__today") == page.count('aria-current="date"') == page.count("šodien") == 1
    assert "<del>Pārgājiens</del> <strong>Nenotiks</strong>" in page
    assert "month__bar--start" in page
    assert "month__bar--end" not in page
    assert "month__bar--end" in see("/kalendars/2027-04/")
    assert "month__bar--start" not in see("/kalendars/2027-04/")
    assert "style=" not in page


def test_the_current_month_is_there_day_by_day_for_a_phone_and_as_a_grid_for_a_wide_screen(
    see: See, make_occurrence: Make
) -> None:
    make_occurrence(title_lv="Pārgājiens", starts_at=riga(2027, 3, 12, 14))
    page = see("/kalendars/")
    narrow, wide = page.index("only-narrow"), page.index("only-wide")
    assert narrow < page.index('class="agenda"') < wide < page.index("<table")
    assert page.count("Pārgājiens") == page.count("Rādīt kā sarakstu") == 2
    assert narrow < page.index('href="/kalendars/2027-04/dienas/"') < wide < page.index('href="/kalendars/2027-04/"')
    for other in ("/kalendars/2027-03/", "/kalendars/2027-03/dienas/", "/kalendars/2027-n10/"):
        assert see(other).count("Pārgājiens") == 1


@pytest.mark.parametrize(
    ("address", "title", "said"),
    [
        ("/kalendars/2027-03/", "Kalendārs: 2027. gada marts", "sestdiena, 27. marts"),
        ("/kalendars/2027-03/dienas/", "Kalendārs: 2027. gada marts, pa dienām", "sestdien, 27. martā"),
        ("/kalendars/2027-n12/", "Kalendārs: 2027. gada 22.–28. marts", "Sestdiena, 27. marts"),
        ("/ru/kalendars/2027-03/", "Календарь: март 2027", "суббота, 27 марта"),
        ("/ru/kalendars/2027-03/dienas/", "Календарь: март 2027, по дням", "в субботу, 27 марта"),
        ("/ru/kalendars/2027-n12/", "Календарь: 22–28 марта 2027 года", "Суббота, 27 марта"),
        ("/en/kalendars/2027-n12/", "Calendar: 22–28 March 2027", "Saturday 27 March"),
    ],
)
def test_each_view_has_its_title_its_lasting_address_and_days_said_as_dates(
    at_noon: None, client: Client, make_occurrence: Make, settings: Any, address: str, title: str, said: str
) -> None:
    settings.SITE_URL = "https://kopiena.example.lv"
    make_occurrence(starts_at=riga(2027, 3, 27, 14))
    page = client.get(address).content.decode()
    assert f"<title>{title} – Kopiena</title>" in page
    assert f'<link rel="canonical" href="https://kopiena.example.lv{address}">' in page
    assert f'<p class="only-print">kopiena.example.lv{address}</p>' in page
    assert 'content="noindex"' not in page
    assert f">{said}</span>" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", VIEWS)
def test_each_view_leads_to_the_others_and_says_where_one_is(see: See, address: str) -> None:
    page = see(address)
    for other in ("/kalendars/2027-03/", "/kalendars/2027-n12/", "/kalendars/2027-03/dienas/"):
        if other == "/kalendars/2027-n12/" and address != other:
            other = "/kalendars/2027-n09/"  # today's
        assert page.count(f'<a href="{other}"') >= 1, other
    assert page.count('aria-current="true"') == 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_text_in_another_language_carries_its_own(see: See, make_occurrence: Make, view: str) -> None:
    make_occurrence(title_lv="Tikai <b>latviski", title_ru="", starts_at=riga(2027, 3, 22, 14))
    assert '<span lang="lv">Tikai &lt;b&gt;latviski</span>' in see(f"/ru{view}")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/kalendars/2031-05/", "Šajā mēnesī aktivitāšu nav."),
        ("/kalendars/2031-05/dienas/", "Šajā mēnesī aktivitāšu nav."),
        ("/kalendars/2031-n20/", "Šajā nedēļā aktivitāšu nav."),
    ],
)
def test_an_empty_view_says_so_shows_the_way_on_and_is_not_for_search_engines(
    at_noon: None, client: Client, db: None, address: str, words: str
) -> None:
    page = client.get(address).content.decode()
    assert words in page
    assert 'href="/plans/2031/"' in page
    assert '<meta name="robots" content="noindex">' in page


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
        "2027-03/diena",
        "2027-13/dienas",
        "9999-12/dienas",
        "2027-n53",
        "2027-n00",
        "2027-n54",
        "2027-n1",
        "1999-n52",
        "2101-n01",
        "0000-n01",
        "9999-n52",
        "2027-N12",
        "2027-n12/dienas",
        "%00",
        "x" * 10_000,
    ],
)
def test_a_month_or_week_that_no_calendar_has_is_not_there(at_noon: None, client: Client, db: None, month: str) -> None:
    assert client.get(f"/kalendars/{month}/").status_code == 404


@pytest.mark.parametrize("week", ["2026-n53", "2020-n53", "2000-n01", "2100-n52"])
def test_a_week_53_is_there_in_the_years_that_have_one(see: See, week: str) -> None:
    see(f"/kalendars/{week}/")


@pytest.mark.parametrize("month", ["2000-01", "2100-12", "2000-01/dienas", "2100-12/dienas", "2000-n01", "2100-n52"])
def test_the_calendar_has_edges(see: See, month: str) -> None:
    assert see(f"/kalendars/{month}/").count("rel=") == 1


@pytest.mark.parametrize("view", ["/kalendars/", *VIEWS])
def test_unknown_parameters_are_passed_over(see: See, view: str) -> None:
    assert see(f"{view}?lang=de&page=%00&x=" + "y" * 10_000) == see(view)


@pytest.mark.parametrize("view", ["/kalendars/", *VIEWS])
def test_one_query_whatever_the_number_of_meetings(
    see: See, make_occurrence: Make, make_campaign: Make, django_assert_num_queries: Make, view: str
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=riga(2027, 3, 22, 14))
            make_campaign(riga(2027, 3, 5), riga(2027, 3, 26))
        with django_assert_num_queries(1):
            see(view)


@pytest.mark.parametrize("view", ["/kalendars/", *VIEWS])
def test_what_is_not_for_everybody_leaves_no_trace(see: See, make_occurrence: Make, view: str) -> None:
    before = see(view)
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=riga(2027, 3, 22, 14), **hidden)
    assert see(view) == before
    make_occurrence(starts_at=riga(2027, 3, 22, 14))
    assert see(view) != before


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize("view", ["/kalendars/", *VIEWS])
def test_the_page_is_sound_html(
    at_noon: None, client: Client, make_occurrence: Make, make_campaign: Make, view: str, prefix: str
) -> None:
    make_occurrence(starts_at=riga(2027, 3, 22, 14), title_lv="<script>&„ļ”", title_ru="")
    make_campaign(riga(2027, 3, 5), riga(2027, 3, 26))
    make_campaign(riga(2027, 3, 6), riga(2027, 3, 28))
    page = client.get(prefix + view).content
    html5lib.HTMLParser(strict=True).parse(page)
    assert b"<script>&" not in page
    assert b"style=" not in page
    found = re.findall(rb' id="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_the_home_page_leads_to_this_week(see: See, make_occurrence: Make) -> None:
    make_occurrence(starts_at=riga(2027, 3, 3, 14))
    assert '<a href="/kalendars/2027-n09/">Šī nedēļa kalendārā</a>' in see("/")


@pytest.mark.parametrize("view", ["/kalendars/", "/kalendars/2027-03/", "/kalendars/2027-03/dienas/"])
def test_a_month_of_two_hundred_is_whole_and_leaves_room_for_style_and_script(
    at_noon: None, client: Client, make_occurrence: Make, view: str
) -> None:
    for number in range(200):
        make_occurrence(starts_at=riga(2027, 3, 1 + number % 31, 9 + number // 31), title_lv=f"Pasākums nr. {number}")
    page = gzip.decompress(zipped := client.get(view, headers={"Accept-Encoding": "gzip"}).content).decode()
    assert len(set(re.findall(r"Pasākums nr. \d+", page))) == 200
    assert len(zipped) <= 20 * 1024  # of 30 KB for everything
