"""A query composed once finds what the ordinary one finds, each time for the values of that time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from pytest_django import DjangoAssertNumQueries

from activities.models import Meeting, Occurrence
from kopiena.floor.composed import Composed


def dated(occurrence_id: Any) -> QuerySet[Occurrence]:
    return Occurrence.objects.timed().select_related("activity", "capacity").filter(pk=occurrence_id)


def held(row: Model) -> dict[str, Any]:
    """All that was read into a row and into the rows it points to."""
    told = {name: value for name, value in vars(row).items() if name != "_state"}
    return told | {name: held(other) for name, other in row._state.fields_cache.items() if name != "occurrence"}


def test_it_finds_what_the_ordinary_query_finds(make_occurrence: Callable[..., Occurrence]) -> None:
    composed = Composed(dated)
    dates = [make_occurrence(places=places) for places in (5, None)]

    for date in dates:
        assert [held(row) for row in composed.rows(date.pk)] == [held(row) for row in dated(date.pk)]
        assert composed.one(date.pk) == date
    assert composed.rows(0) == []
    assert composed.one(0) is None


def test_it_is_composed_once_and_asked_each_time(
    make_occurrence: Callable[..., Occurrence], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    composings = []

    def build(occurrence_id: Any) -> QuerySet[Occurrence]:
        composings.append(occurrence_id)
        return dated(occurrence_id)

    composed, date = Composed(build), make_occurrence()

    with django_assert_num_queries(3):
        for _ in range(3):
            composed.rows(date.pk)
    assert len(composings) == 1


def test_what_has_changed_meanwhile_is_found_changed(make_occurrence: Callable[..., Occurrence]) -> None:
    composed, date = Composed(dated), make_occurrence()
    before = composed.one(date.pk)

    Meeting.objects.update(starts_at=date.meetings.get().starts_at - timedelta(hours=1))
    after = composed.one(date.pk)

    assert before is not None
    assert after is not None
    assert before.starts_at - after.starts_at == timedelta(hours=1)


def test_several_values_go_each_to_its_place(make_occurrence: Callable[..., Occurrence]) -> None:
    date = make_occurrence()
    both = Composed(lambda pk, where: Meeting.objects.filter(occurrence=pk, where=where)[:1])

    assert both.rows(date.pk, "venue") == list(date.meetings.all())
    assert both.rows(date.pk, "online") == []


def test_rows_put_into_another_are_asked_for_no_more(
    make_occurrence: Callable[..., Occurrence], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    date = make_occurrence()
    meetings = Composed(lambda occurrence: Meeting.objects.filter(occurrence=occurrence).select_related("venue"))
    there = list(date.meetings.all())

    with django_assert_num_queries(1):
        meetings.into(date, "meetings", date.pk)
        assert list(date.meetings.all()) == there
        assert [meeting.venue.name_lv for meeting in date.meetings.all()] == ["Mezgls"]
    assert date.meetings.filter(where="online").count() == 0


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_are_each_answered_on_their_own_connection(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    composed, dates = Composed(dated), [make_occurrence() for _ in range(4)]

    def ask(date: Occurrence) -> tuple[list[Occurrence], int]:
        try:
            found = [row for _ in range(20) for row in composed.rows(date.pk)]
            return found, connection.connection.info.backend_pid
        finally:
            connection.close()

    with ThreadPoolExecutor(len(dates)) as threads:
        answers = list(threads.map(ask, dates))

    assert [found for found, _ in answers] == [[date] * 20 for date in dates]
    assert connection.connection is None or connection.connection.info.backend_pid not in {pid for _, pid in answers}
