"""The first page of the office: today and tomorrow, who comes, the way to the rainy morning and to the calls."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Occurrence
from families import at_hand, registering
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.conftest import NOW
from tests.gate import boss, signs_up
from tests.office import page_of_date, signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TODAY, TOMORROW = NOW + 3 * HOUR, NOW + 30 * HOUR
MIDNIGHT = NOW + 36 * HOUR  # of the day after tomorrow


def shown(now: datetime = NOW) -> list[tuple[int, int, int]]:
    """The rows: date, people who come, parties that wait."""
    return [(row.meeting.occurrence_id, row.people, row.waiting) for row in at_hand.rows(now)]


def test_each_meeting_of_today_and_tomorrow_is_there_with_who_comes_and_who_waits(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    tomorrow, today = make_occurrence(starts_at=TOMORROW), make_occurrence(starts_at=TODAY, places=3)
    make_occurrence(starts_at=MIDNIGHT)
    make_occurrence(starts_at=TODAY, state="draft")
    over = make_occurrence(starts_at=NOW - HOUR)
    for adults in (2, 1, 2):
        signs_up(today, adults)
    registering.cancel(signs_up(tomorrow, 4).pk, now=NOW)
    assert shown() == [(over.pk, 0, 0), (today.pk, 3, 1), (tomorrow.pk, 0, 0)]
    assert shown(NOW + HOUR) == [(today.pk, 3, 1), (tomorrow.pk, 0, 0)]


def test_the_way_leads_to_the_rainy_morning_of_that_meeting_until_it_begins(
    make_occurrence: Callable[..., Occurrence], at_ten: None
) -> None:
    begun, coming = make_occurrence(starts_at=NOW.replace(hour=7)), make_occurrence(starts_at=TODAY)
    page = signed_in(COORDINATOR).get("/admin/").content.decode()
    assert f'{page_of_date("rain", coming)}?reize={coming.meetings.get().pk}"' in page
    assert page_of_date("rain", begun) not in page
    assert page.index("Šodien un rīt") < page.index("/admin/activities/activity/")
    registering.call_off(coming.pk, reason={}, by=boss(), now=NOW)
    page = signed_in(COORDINATOR).get("/admin/").content.decode()
    assert ">Nenotiks</strong>" in page
    assert "Labot iemeslu" in page


def test_a_quiet_day_is_said_to_be_one(at_ten: None) -> None:
    assert "Šodien un rīt nekas nenotiek." in signed_in(COORDINATOR).get("/admin/").content.decode()


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_sees_it(role: str, make_occurrence: Callable[..., Occurrence], at_ten: None) -> None:
    make_occurrence(starts_at=TODAY)
    assert "Šodien un rīt" not in signed_in(role).get("/admin/").content.decode()


def test_calls_still_to_be_made_are_counted(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(starts_at=TODAY)
    signs_up(occurrence)
    assert at_hand.calls_owed() == 0
    registering.call_off(occurrence.pk, reason={}, by=boss(), now=NOW)
    assert at_hand.calls_owed() == 1


def test_a_full_day_asks_the_database_no_more(make_occurrence: Callable[..., Occurrence]) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            signs_up(make_occurrence(starts_at=TODAY))
        with CaptureQueriesContext(connection) as asked:
            assert all(row.waiting == 0 and str(row.meeting.occurrence.activity) for row in at_hand.rows(NOW))
        counts.append(len(asked))
    assert counts == [2, 2]
