"""A date is called off and taken up, its sign-up closed and opened; when it begins, gate and pages say alike."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Activity, Meeting, Occurrence
from activities.models.occurrence import SignUpState
from activities.offer import offers_of, with_dates
from families import gate, registering
from families.registering import NotOpen, Refused
from tests.conftest import NOW
from tests.gate import boss, is_clean, signs_up, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
REASON = {"reason_lv": "Lietus", "reason_ru": "Дождь", "reason_en": "Rain"}


def test_called_off_everybody_keeps_what_they_had_and_nobody_moves(date: Dates) -> None:
    occurrence = date(2)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_lv, occurrence.reason_ru, occurrence.reason_en) == (
        *("cancelled", "Lietus", "Дождь", "Rain"),
    )
    registering.cancel(leaving.pk, now=NOW)
    assert status(waiting) == "waiting"
    with pytest.raises(NotOpen, match="This date will not take place"):
        signs_up(occurrence)
    with pytest.raises(Refused, match="This date is already marked as not taking place"):
        registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW)
    assert LogEntry.objects.count() == 1
    assert is_clean()


def test_taken_up_it_is_as_it_was_and_the_queue_moves_up(date: Dates) -> None:
    occurrence = date(2)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW)
    registering.cancel(leaving.pk, now=NOW)
    registering.take_up(occurrence.pk, by=boss(), now=NOW)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_lv, occurrence.reason_ru, occurrence.reason_en) == (
        "planned",
        *[""] * 3,
    )
    assert stands(occurrence) == [(1, "cancelled", 2), (2, "placed", 2)]
    assert status(waiting) == "placed"
    with pytest.raises(Refused, match="This date is not marked as not taking place"):
        registering.take_up(occurrence.pk, by=boss(), now=NOW)
    assert is_clean()


def test_what_has_begun_is_not_called_off(date: Dates) -> None:
    occurrence = date(starts_at=NOW + DAY)
    with pytest.raises(Refused, match="The activity has begun"):
        registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW + DAY)
    registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW + DAY - timedelta(microseconds=1))


def test_a_closed_sign_up_refuses_while_the_queue_still_moves_up_and_can_be_opened_again(date: Dates) -> None:
    occurrence = date(2)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    registering.close_sign_up(occurrence.pk, by=boss(), now=NOW)
    with pytest.raises(NotOpen, match="sign-up closed"):
        signs_up(occurrence)
    with pytest.raises(Refused, match="Sign-up is not open"):
        registering.close_sign_up(occurrence.pk, by=boss(), now=NOW)
    registering.cancel(leaving.pk, now=NOW)
    assert status(waiting) == "placed"
    registering.open_sign_up(occurrence.pk, by=boss(), now=NOW)
    assert signs_up(occurrence).is_waiting
    occurrence.refresh_from_db()
    assert occurrence.sign_up_closes_at is None
    with pytest.raises(Refused, match="Only a sign-up that was closed"):
        registering.open_sign_up(occurrence.pk, by=boss(), now=NOW)
    assert is_clean()


def test_what_has_not_opened_is_not_closed_and_what_has_begun_not_opened(date: Dates) -> None:
    not_yet = date(occurrence={"sign_up_opens_at": NOW + DAY})
    with pytest.raises(Refused, match="Sign-up has not opened yet"):
        registering.close_sign_up(not_yet.pk, by=boss(), now=NOW)
    begun = date(starts_at=NOW + DAY)
    with pytest.raises(Refused, match="Only a sign-up that was closed"):
        registering.open_sign_up(begun.pk, by=boss(), now=NOW + DAY)


def begins(occurrence: Occurrence, now: datetime = NOW) -> set[tuple[datetime | None, SignUpState]]:
    """When the date begins and whether one may sign up, as the query, the page and the gate say."""
    (offer,) = offers_of(with_dates(Activity.objects.filter(pk=occurrence.activity_id)).get(), now)
    timed = Occurrence.objects.timed().get(pk=occurrence.pk)
    with gate.locked(occurrence.pk, now=now) as held:
        assert (timed.starts_at, timed.ends_at) == (offer.starts_at, offer.ends_at)
        return {(offer.starts_at, offer.state), (held.starts_at, held.state)}


def test_a_course_begins_with_its_first_meeting_that_takes_place(date: Dates) -> None:
    occurrence = date(starts_at=NOW + DAY)
    second = NOW + 8 * DAY
    Meeting.objects.create(occurrence=occurrence, starts_at=second, ends_at=second + DAY / 24, where="home")
    assert begins(occurrence) == {(NOW + DAY, SignUpState.OPEN)}
    assert begins(occurrence, NOW + DAY) == {(NOW + DAY, SignUpState.CLOSED)}
    occurrence.meetings.filter(starts_at=NOW + DAY).update(is_cancelled=True)
    assert begins(occurrence, NOW + DAY) == {(second, SignUpState.OPEN)}
    occurrence.meetings.update(is_cancelled=True)
    assert begins(occurrence, NOW) == {(NOW + DAY, SignUpState.CANCELLED)}
    occurrence.meetings.all().delete()
    assert begins(occurrence) == {(None, SignUpState.UNDATED)}


def test_with_the_first_meeting_called_off_the_queue_moves_up_until_18_hours_before_the_second(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    second = NOW + 8 * DAY
    Meeting.objects.create(occurrence=occurrence, starts_at=second, ends_at=second + DAY / 24, where="home")
    leaving, waiting, last = signs_up(occurrence), signs_up(occurrence), signs_up(occurrence)
    occurrence.meetings.filter(starts_at=NOW + DAY).update(is_cancelled=True)
    until = second - timedelta(hours=18)
    registering.cancel(leaving.pk, now=until - timedelta(microseconds=1))
    registering.cancel(waiting.pk, now=until)
    assert [status(each) for each in (waiting, last)] == ["cancelled", "waiting"]
    assert is_clean(until)
