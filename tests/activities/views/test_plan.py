"""The page of the year's plan."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests.activities.conftest import riga

Make = Callable[..., Any]
See = Callable[..., str]


def test_it_shows_dated_and_undated_by_season(see: See, make_occurrence: Make, make_activity: Make) -> None:
    make_occurrence(title_lv="Koncerts", starts_at=riga(2027, 5, 15, 12))
    make_activity(title_lv="Dobes", approximate_year=2027, approximate_season="spring")
    page = see("/plans/2027/")
    told = ["2027. gada plāns", "2027. gada pavasaris", "Maijs", "Sestdien, 15. maijā", "Koncerts", "Dobes"]
    assert [page.find(words) for words in told] == sorted(page.find(words) for words in told)
    assert all(words in page for words in told)
    assert "План на 2027 год" in see("/ru/plans/2027/")


def test_a_year_without_a_plan_says_so(see: See) -> None:
    assert "Šī gada plāna šeit nav." in see("/plans/2050/")


@pytest.mark.parametrize("year", ["0", "1999", "2101", "9999", "99999999999999999999", "20275", "abcd", "%00", "٢٠٢٧"])
def test_a_year_that_is_not_ours_is_not_there(client: Client, db: None, year: str) -> None:
    assert client.get(f"/plans/{year}/").status_code == 404


def test_three_queries_whatever_the_number_of_rows(
    see: See, make_occurrence: Make, make_activity: Make, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=riga(2027, 5, 15, 12))
            make_activity(approximate_year=2027)
        with django_assert_num_queries(3):
            see("/plans/2027/")


def test_what_is_not_for_everybody_leaves_no_trace(see: See, make_occurrence: Make, make_activity: Make) -> None:
    before = see("/plans/2027/")
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=riga(2027, 5, 15, 12), **hidden)
        make_activity(approximate_year=2031, **hidden)
    assert see("/plans/2027/") == before


def test_the_page_is_sound_html(client: Client, make_occurrence: Make, make_activity: Make) -> None:
    make_occurrence(starts_at=riga(2027, 5, 15, 12), summary_lv="<b>")
    make_activity(approximate_year=2027)
    html5lib.HTMLParser(strict=True).parse(client.get("/plans/2027/").content)
