"""Reminders are found when their moment has come: one for each date's day, or none, however often one looks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from activities.models import Occurrence
from families import registering, reminders
from families.models import Registration
from families.registering import Sender
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import ANNA, boss, signs_up

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY, HOUR, MOMENT = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
OLGA = Sender(name="Ольга", language="ru", email="olga@example.lv", has_declared=True)
BEGINS = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)  # a Saturday, 14.00 in Riga; the clock changes in the night after
EARLY = datetime(2027, 3, 24, 7, 0, tzinfo=UTC)  # 09.00 in Riga
LATE = datetime(2027, 3, 26, 7, 0, tzinfo=UTC)


def reminded() -> list[tuple[str, int, str, str]]:
    found = Notice.objects.filter(kind__startswith="reminder").order_by("pk")
    return list(found.values_list("kind", "revision", "recipient", "state"))


@pytest.fixture
def olga(make_occurrence: Callable[..., Occurrence]) -> Registration:
    return signs_up(make_occurrence(starts_at=BEGINS), sender=OLGA)


def test_the_moments_are_nine_in_the_morning_in_riga() -> None:
    assert reminders.moment("reminder_early", BEGINS) == EARLY
    assert reminders.moment("reminder", BEGINS) == LATE


@pytest.mark.parametrize(
    ("begins", "early", "late"),
    [  # over the clock changes of 28 March and 31 October 2027
        ("2027-03-29T06:00", "2027-03-26T07:00", "2027-03-28T06:00"),
        ("2027-11-01T07:00", "2027-10-29T06:00", "2027-10-31T07:00"),
        ("2027-03-27T22:30", "2027-03-25T07:00", "2027-03-27T07:00"),  # half past midnight on Sunday in Riga
    ],
)
def test_they_are_by_the_clock_of_riga_over_each_change(begins: str, early: str, late: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}+00:00")

    assert reminders.moment("reminder_early", at(begins)) == at(early)
    assert reminders.moment("reminder", at(begins)) == at(late)


def test_each_comes_at_its_moment_and_not_before(olga: Registration) -> None:
    day = datetime(2027, 3, 27).toordinal()
    reminders.owe_due(EARLY - MOMENT)
    assert reminded() == []
    reminders.owe_due(EARLY)
    assert reminded() == [("reminder_early", day, "olga@example.lv", "owed")]
    reminders.owe_due(LATE - MOMENT)
    assert len(reminded()) == 1
    reminders.owe_due(LATE)
    assert reminded() == [
        ("reminder_early", day, "olga@example.lv", "withdrawn"),  # nobody had sent it
        ("reminder", day, "olga@example.lv", "owed"),
    ]


def test_found_twice_and_late_it_is_one(olga: Registration) -> None:
    for at in (LATE + 6 * HOUR, LATE + 6 * HOUR, LATE + 7 * HOUR):
        reminders.owe_due(at)
    assert [kind for kind, *_ in reminded()] == ["reminder"]


def test_once_it_has_begun_nobody_is_reminded(olga: Registration) -> None:
    reminders.owe_due(BEGINS)
    assert reminded() == []


def test_who_signed_up_after_the_moment_is_not_reminded_but_later_is(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    occurrence = make_occurrence(starts_at=BEGINS)
    signs_up(occurrence, sender=OLGA, now=EARLY)
    reminders.owe_due(EARLY + HOUR)
    assert reminded() == []
    reminders.owe_due(LATE)
    assert [kind for kind, *_ in reminded()] == ["reminder"]


def test_who_waits_has_no_e_mail_or_has_cancelled_is_not_reminded(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=2, starts_at=BEGINS)
    signs_up(occurrence, sender=ANNA)
    cancelled = signs_up(occurrence, sender=OLGA)
    registering.cancel(cancelled.pk, now=NOW)
    signs_up(occurrence, sender=ANNA)
    signs_up(occurrence, sender=OLGA)
    reminders.owe_due(LATE)
    assert reminded() == []


def test_of_what_will_not_take_place_nobody_is_reminded(olga: Registration) -> None:
    registering.call_off(olga.occurrence_id, reason={}, by=boss(), now=NOW)
    assert reminders.owe_due(LATE) == 0
    assert reminded() == []


def test_moved_to_another_day_there_is_a_reminder_for_the_new_one(olga: Registration) -> None:
    reminders.owe_due(LATE)
    meeting = olga.occurrence.meetings.get()
    new = registering.Rescheduled(meeting.pk, BEGINS + 7 * DAY, BEGINS + 7 * DAY + HOUR, venue=meeting.venue)
    registering.reschedule(olga.occurrence_id, [new], by=boss(), now=LATE + HOUR)
    reminders.owe_due(LATE + 2 * HOUR)
    assert [(kind, state) for kind, _, _, state in reminded()] == [("reminder", "withdrawn")]
    reminders.owe_due(LATE + 7 * DAY)
    assert [(kind, state) for kind, _, _, state in reminded()] == [("reminder", "withdrawn"), ("reminder", "owed")]


def test_who_just_heard_the_new_time_is_not_reminded_of_it_as_well(olga: Registration) -> None:
    meeting = olga.occurrence.meetings.get()
    sooner = BEGINS - 2 * HOUR
    new = registering.Rescheduled(meeting.pk, sooner, sooner + HOUR, venue=meeting.venue)
    registering.reschedule(olga.occurrence_id, [new], by=boss(), now=LATE)
    reminders.owe_due(LATE + HOUR)
    assert reminded() == []


def test_a_course_is_reminded_of_once_before_its_first_meeting(olga: Registration) -> None:
    meeting = olga.occurrence.meetings.get()
    meeting.pk, meeting.starts_at, meeting.ends_at = None, BEGINS + 7 * DAY, BEGINS + 7 * DAY + HOUR
    meeting.save(force_insert=True)
    for at in (EARLY, LATE, EARLY + 7 * DAY, LATE + 7 * DAY):
        reminders.owe_due(at)
    assert [kind for kind, *_ in reminded()] == ["reminder_early", "reminder"]


def test_as_many_questions_for_many_as_for_one_at_a_date(
    olga: Registration, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(5):
        signs_up(olga.occurrence, sender=OLGA)
    with django_assert_num_queries(5):  # dates, who is to be reminded, what that makes untrue or pulls along, notices
        reminders.owe_due(LATE)
    with django_assert_num_queries(2):
        reminders.owe_due(LATE)
