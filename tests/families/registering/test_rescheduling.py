"""A date is held at another time or place: who hears of it and how, what moves along, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Meeting, Occurrence, Room, Venue
from families import registering
from families.models import Registration
from families.registering import Refused, Rescheduled, Sender
from kopiena.floor.models import Notice
from kopiena.floor.outbox import sending
from tests.conftest import NOW
from tests.gate import ANNA, boss, is_clean, signs_up, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY_MAIL = Sender(name="Ольга", language="ru", email="olga@example.lv", has_declared=True)
BY_BOTH = replace(ANNA, name="Ilze", email="ilze@example.lv", phone="+37120000008")


def meeting_of(occurrence: Occurrence) -> Meeting:
    return occurrence.meetings.get()


def as_it_is(meeting: Meeting, **other: Any) -> Rescheduled:
    """The meeting as it is, but for what is told."""
    now = Rescheduled(meeting.pk, meeting.starts_at, meeting.ends_at, meeting.where, meeting.venue, meeting.room)
    return replace(now, **other)


def moved(occurrence: Occurrence, by: timedelta = timedelta(0), now: datetime = NOW, **other: Any) -> bool:
    """Its one meeting is moved by so much, or elsewhere."""
    meeting = meeting_of(occurrence)
    times = {"starts_at": meeting.starts_at + by, "ends_at": meeting.ends_at + by}
    return registering.reschedule(occurrence.pk, [as_it_is(meeting, **{**times, **other})], by=boss(), now=now)


def owed(registration: Registration) -> list[tuple[str, int, str]]:
    """What is owed about it but the first word: kind, revision, way."""
    ours = Notice.objects.filter(about=f"registration:{registration.pk}").owed().exclude(kind="placed").order_by("pk")
    return list(ours.values_list("kind", "revision", "channel"))


def all_sent(**of: Any) -> None:
    Notice.objects.owed().filter(**of).update(state="sent", sent_at=NOW)


def old_starts(**of: Any) -> list[datetime]:
    """The old beginnings that the one owed word of a move tells of."""
    (notice,) = Notice.objects.owed().filter(kind="moved", **of)
    return [datetime.fromisoformat(each["starts_at"]) for each in notice.details["old"]]


# Who hears of it, and how


def test_moved_far_ahead_a_letter_goes_to_who_has_an_e_mail_and_a_call_to_who_has_none(date: Dates) -> None:
    occurrence = date()
    by_mail, by_both, by_phone = (signs_up(occurrence, sender=sender) for sender in (BY_MAIL, BY_BOTH, ANNA))
    assert moved(occurrence, HOUR)
    assert owed(by_mail) == [("moved", 1, "mail")]
    assert owed(by_both) == [("moved", 1, "mail")]
    assert owed(by_phone) == [("moved", 1, "call")]
    assert LogEntry.objects.count() == 1
    assert is_clean()


def test_who_cancelled_hears_nothing(date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    registering.cancel(ours.pk, now=NOW)
    Notice.objects.owed().withdraw("not_so")
    moved(occurrence, HOUR)
    assert owed(ours) == []


@pytest.mark.parametrize("by", [-9 * DAY - 12 * HOUR, 9 * DAY])
def test_within_a_day_of_the_old_beginning_or_the_new_everybody_with_a_phone_is_called(
    by: timedelta, date: Dates
) -> None:
    is_postponed = by > timedelta(0)
    occurrence = date(starts_at=NOW + (2 * HOUR if is_postponed else 10 * DAY))
    ours = signs_up(occurrence, sender=BY_BOTH)
    moved(occurrence, by)
    assert owed(ours) == [("moved", 1, "mail"), ("moved", 1, "call")]


def test_in_a_course_under_way_the_meeting_that_moves_decides_who_is_called(date: Dates) -> None:
    occurrence = date(starts_at=NOW + DAY)
    begins = NOW + 8 * DAY
    second = Meeting.objects.create(occurrence=occurrence, starts_at=begins, ends_at=begins + HOUR, where="home")
    ours = signs_up(occurrence, sender=BY_BOTH)
    wanted = as_it_is(second, starts_at=begins + HOUR, ends_at=begins + 2 * HOUR)
    registering.reschedule(occurrence.pk, [wanted], by=boss(), now=begins - HOUR)
    assert owed(ours) == [("moved", 1, "mail"), ("moved", 1, "call")]


# What nobody has heard yet


def test_two_moves_before_anything_was_sent_are_one_word_from_the_oldest_to_the_newest(date: Dates) -> None:
    occurrence = date()
    ours, was = signs_up(occurrence, sender=BY_MAIL), meeting_of(occurrence).starts_at
    moved(occurrence, HOUR)
    moved(occurrence, HOUR)
    assert owed(ours) == [("moved", 2, "mail")]
    assert old_starts() == [was]
    ours.refresh_from_db()
    assert ours.revision == 2


def test_once_the_first_move_was_sent_the_second_tells_from_there(date: Dates) -> None:
    occurrence = date()
    signs_up(occurrence, sender=BY_MAIL)
    moved(occurrence, HOUR)
    between = meeting_of(occurrence).starts_at
    all_sent()
    moved(occurrence, HOUR)
    assert old_starts() == [between]


def test_who_got_the_letter_but_no_call_yet_is_called_with_the_oldest_time(date: Dates) -> None:
    occurrence = date(starts_at=NOW + 5 * HOUR)
    signs_up(occurrence, sender=BY_BOTH)
    was = meeting_of(occurrence).starts_at
    moved(occurrence, HOUR)
    all_sent(channel="mail")
    moved(occurrence, HOUR)
    assert old_starts(channel="call") == [was]
    assert old_starts(channel="mail") == [was + HOUR]


def test_a_letter_that_could_not_be_delivered_has_told_nobody(date: Dates) -> None:
    occurrence = date()
    signs_up(occurrence, sender=BY_MAIL)
    was = meeting_of(occurrence).starts_at
    moved(occurrence, HOUR)
    Notice.objects.filter(kind="moved").update(state="failed", reason="refused")
    moved(occurrence, HOUR)
    assert old_starts() == [was]


def test_moved_and_moved_back_before_anything_was_sent_nobody_hears_of_it(date: Dates) -> None:
    occurrence = date()
    by_mail, by_phone = signs_up(occurrence, sender=BY_MAIL), signs_up(occurrence)
    all_sent()
    moved(occurrence, HOUR)
    moved(occurrence, -HOUR)
    assert (owed(by_mail), owed(by_phone)) == ([], [])


def test_moved_back_after_it_was_sent_everybody_hears_of_that(date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    moved(occurrence, HOUR)
    all_sent()
    moved(occurrence, -HOUR)
    assert owed(ours) == [("moved", 2, "mail")]


def test_a_confirmation_that_a_move_made_untrue_is_owed_again_once_the_move_is_taken_back(date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    moved(occurrence, HOUR)
    assert list(Notice.objects.owed().values_list("kind", "revision")) == [("moved", 1)]
    moved(occurrence, -HOUR)
    assert list(Notice.objects.owed().values_list("about", "kind", "revision")) == [
        (f"registration:{ours.pk}", "placed", 2)
    ]


def test_a_room_and_back_is_no_move_either_but_another_room_is(date: Dates) -> None:
    occurrence = date()
    hall, attic = rooms_of(occurrence)
    meeting_of(occurrence)
    occurrence.meetings.update(room=hall)
    ours = signs_up(occurrence, sender=BY_MAIL)
    assert moved(occurrence, room=attic)
    assert owed(ours) == [("moved", 1, "mail")]
    moved(occurrence, room=hall)
    assert owed(ours) == []


def rooms_of(occurrence: Occurrence) -> tuple[Room, Room]:
    venue = Venue.objects.get()
    return tuple(Room.objects.create(venue=venue, name_lv=name) for name in ("Zāle", "Bēniņi"))  # type: ignore[return-value]


# What moves along, and who moves up


def test_moments_set_by_hand_and_still_to_come_keep_their_distance(date: Dates) -> None:
    opens, passed = NOW - 2 * DAY, NOW - DAY
    occurrence = date(
        occurrence={
            "sign_up_opens_at": opens,
            "sign_up_closes_at": NOW + 9 * DAY,
            "promote_until": NOW + 8 * DAY,
            "decision_at": passed,
        }
    )
    moved(occurrence, 3 * DAY)
    occurrence.refresh_from_db()
    assert (occurrence.sign_up_opens_at, occurrence.sign_up_closes_at) == (opens, NOW + 12 * DAY)
    assert (occurrence.promote_until, occurrence.decision_at) == (NOW + 11 * DAY, passed)


def test_only_the_place_changed_no_moment_moves(date: Dates) -> None:
    occurrence = date(occurrence={"decision_at": NOW + DAY})
    assert moved(occurrence, where="home", venue=None)
    occurrence.refresh_from_db()
    assert (occurrence.decision_at, meeting_of(occurrence).where) == (NOW + DAY, "home")


def test_put_off_the_queue_moves_up_again(date: Dates) -> None:
    occurrence = date(2, starts_at=NOW + 5 * HOUR)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    registering.cancel(leaving.pk, now=NOW)
    assert status(waiting) == "waiting"
    moved(occurrence, 3 * DAY)
    assert status(waiting) == "placed"
    assert {each[:2] for each in owed(waiting)} == {("moved", 1), ("promoted", 2)}
    assert is_clean()


# What is refused


def test_nothing_changed_is_no_change(date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    assert not moved(occurrence)
    assert owed(ours) == []
    ours.refresh_from_db()
    assert ours.revision == 0
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"starts_at": NOW}, "The new time lies in the past"),
        ({"ends_at": NOW + 10 * DAY}, "A meeting must end after it begins"),
        ({"meeting_id": 0}, "This meeting is no longer here"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_owed(other: dict[str, Any], sentence: str, date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    with pytest.raises(Refused, match=sentence):
        moved(occurrence, **other)
    assert owed(ours) == []
    assert meeting_of(occurrence).starts_at == NOW + 10 * DAY


def test_what_is_called_off_or_has_begun_is_not_moved(date: Dates) -> None:
    off = date()
    registering.call_off(off.pk, reason={}, by=boss(), now=NOW)
    with pytest.raises(Refused, match="Take it up again first"):
        moved(off, HOUR)
    begun = date(starts_at=NOW + HOUR)
    with pytest.raises(Refused, match="The meeting has begun"):
        moved(begun, DAY, now=NOW + HOUR)


def test_a_room_of_another_venue_or_one_that_is_taken_is_refused_with_nothing_moved(date: Dates) -> None:
    occurrence, other = date(), date()
    hall, _attic = rooms_of(occurrence)
    other.meetings.update(room=hall)
    with pytest.raises(Refused, match="The room is taken at that time"):
        moved(occurrence, room=hall)
    elsewhere = Venue.objects.create(slug="cits", name_lv="Cits")
    with pytest.raises(Refused, match="This room belongs to another venue"):
        moved(occurrence, venue=elsewhere, room=hall)
    assert meeting_of(occurrence).room is None
    assert moved(occurrence, 2 * HOUR, room=hall)


def test_sign_up_that_would_close_before_it_opens_is_refused_with_a_way_out(date: Dates) -> None:
    window = {"sign_up_opens_at": NOW + 7 * DAY, "sign_up_closes_at": NOW + 9 * DAY}
    occurrence = date(occurrence=window)
    with pytest.raises(Refused, match="Change when it opens first"):
        moved(occurrence, -3 * DAY)
    occurrence.refresh_from_db()
    assert occurrence.sign_up_closes_at == NOW + 9 * DAY
    assert meeting_of(occurrence).starts_at == NOW + 10 * DAY


# With the worker


def test_moved_back_while_the_letter_waited_the_worker_has_nothing_to_send(date: Dates) -> None:
    occurrence = date()
    signs_up(occurrence, sender=BY_MAIL)
    all_sent()
    moved(occurrence, HOUR)
    moved(occurrence, -HOUR)
    assert sending.next_due(NOW) is None
