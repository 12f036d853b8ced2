"""What stands on the home page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from activities.finder.loading import load
from activities.front import Front, front_of
from tests.activities.conftest import riga

Make = Callable[..., Any]


def test_this_week_is_today_and_the_six_days_after(make_occurrence: Make, now: datetime) -> None:
    today = make_occurrence(starts_at=now + timedelta(hours=2)).activity
    last = make_occurrence(starts_at=riga(2027, 3, 7, 23, 30)).activity
    make_occurrence(starts_at=riga(2027, 3, 8, 0, 0))
    make_occurrence(starts_at=now - timedelta(hours=2))  # over at this very moment
    assert load(now).week == [today.pk, last.pk]


def test_this_week_and_the_newest_show_nothing_that_is_not_for_everybody(make_occurrence: Make, now: datetime) -> None:
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=now + timedelta(days=1), **hidden)
    assert front_of(now) == Front([], [], [])


def test_the_newest_are_still_to_come(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    older = make_occurrence(published_at=now - timedelta(days=3)).activity
    newer = make_activity(published_at=now - timedelta(days=1), approximate_year=2027)
    make_activity(published_at=now, approximate_year=2020)
    make_occurrence(starts_at=now - timedelta(days=9))
    assert load(now).newest == [newer.pk, older.pk]


def test_what_is_called_off_stands_there_only_where_nothing_else_comes(make_occurrence: Make, now: datetime) -> None:
    off = make_occurrence(starts_at=now + timedelta(days=1), occurrence={"state": "cancelled"})
    weekly = make_occurrence(starts_at=now + timedelta(days=2), occurrence={"state": "cancelled"})
    make_occurrence(activity=weekly.activity, starts_at=now + timedelta(days=9))
    assert load(now).week == [off.activity_id]
    (card,) = front_of(now).this_week
    assert "Nenotiks" in card


def test_two_queries_bring_all_cards_and_two_more_the_words_of_a_rainy_day(
    make_occurrence: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=now + timedelta(days=1))
        with django_assert_num_queries(4 + 2):  # the catalogue is not kept in tests
            front = front_of(now)
        assert (len(front.this_week), front.newest, front.today) == (count if count == 1 else 4, front.this_week, [])
    make_occurrence(starts_at=now + timedelta(hours=1), occurrence={"state": "cancelled"})
    with django_assert_num_queries(4 + 2 + 2):
        assert len(front_of(now).today) == 1
