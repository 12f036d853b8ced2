"""The shelves of an institution or a project."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from activities import lines, shelf
from activities.models import Occurrence
from activities.shelf import shelf_of
from tests.activities.conftest import riga

Make = Callable[..., Any]


def test_it_sorts_coming_undated_and_past(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    later = make_occurrence(starts_at=now + timedelta(days=9)).activity
    sooner = make_occurrence(starts_at=now + timedelta(days=2)).activity
    undated = make_activity(approximate_year=2027, approximate_season="autumn")
    planned_once = make_activity(approximate_year=2020)
    opening = make_occurrence(starts_at=riga(2020, 1, 23, 15)).activity
    last_week = make_occurrence(starts_at=now - timedelta(days=6)).activity
    without_time = make_activity()
    Occurrence.objects.create(activity=without_time)
    found = shelf_of(Q(), now)
    assert [card.activity for card in found.coming] == [sooner, later]
    assert [card.activity for card in found.undated] == [undated, without_time]
    assert [(line.activity, line.when) for line in found.past.rows] == [
        (last_week, "Notika 23. februārī"),
        (opening, "Notika 2020. gada 23. janvārī"),
        (planned_once, "Iecerēts: 2020. gads"),
    ]


def test_a_course_under_way_is_whole_on_its_card(make_occurrence: Make, now: datetime) -> None:
    course = make_occurrence(starts_at=now - timedelta(days=3))
    first = course.meetings.get()
    course.meetings.create(starts_at=now + timedelta(days=4), ends_at=now + timedelta(days=5), venue=first.venue)
    (card,) = shelf_of(Q(), now).coming
    assert card.next is not None
    assert (len(card.next.meetings), card.next.is_open) == (2, False)


def test_what_did_not_take_place_says_so(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=now - timedelta(days=3), occurrence={"state": "cancelled"})
    assert [line.when for line in shelf_of(Q(), now).past.rows] == ["Nenotika"]


def test_too_much_for_a_page_leads_to_the_list_and_to_further_pages(
    make_occurrence: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_CARDS", 2)
    monkeypatch.setattr(lines, "A_PAGE", 2)
    for day in (1, 2, 3, -1, -2, -3):
        make_occurrence(starts_at=now + timedelta(days=day))
    found = shelf_of(Q(), now)
    assert (len(found.coming), found.has_more, len(found.past.rows), found.past.next) == (2, True, 2, 2)


def test_three_queries_however_much_there_is(
    make_occurrence: Make, make_activity: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence()
            make_occurrence(starts_at=now - timedelta(days=3))
            make_activity(approximate_year=2027)
        with django_assert_num_queries(3):
            shelf_of(Q(), now)
