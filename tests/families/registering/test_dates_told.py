"""Whom a date that is called off, in whole or in part, is told to; and the reason, also when it is corrected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from activities.models import Meeting, Occurrence, Room, Venue
from families import registering
from families.models import Registration
from families.reach import Reach
from families.registering import Refused, Sender
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import ANNA, boss, calls, is_clean, signs_up

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RAIN = {"reason_lv": "Lietus", "reason_ru": "Дождь", "reason_en": "Rain"}
WIND = {"reason_lv": "Vējš", "reason_ru": "Ветер", "reason_en": "Wind"}
BY_MAIL = Sender(name="Ольга", language="ru", email="olga@example.lv", has_declared=True)
BY_BOTH = replace(ANNA, name="Ilze", email="ilze@example.lv", phone="+37120000008")


@pytest.fixture
def course(date: Dates) -> Callable[[], tuple[Occurrence, list[Meeting]]]:
    """Three meetings, in 10, 17 and 24 days."""

    def make() -> tuple[Occurrence, list[Meeting]]:
        occurrence = date()
        for days in (17, 24):
            begins = NOW + days * DAY
            Meeting.objects.create(occurrence=occurrence, starts_at=begins, ends_at=begins + HOUR, where="home")
        return occurrence, list(occurrence.meetings.order_by("starts_at"))

    return make


def off(occurrence: Occurrence, *meetings: Meeting, now: datetime = NOW, reason: dict[str, str] = RAIN) -> None:
    chosen = [meeting.pk for meeting in meetings]
    registering.call_off(occurrence.pk, reason=reason, meetings=chosen, by=boss(), now=now)


def owed(registration: Registration) -> list[tuple[str, int, str, list[int]]]:
    """What is owed about it but the first word: kind, revision, way, and which meetings it names."""
    ours = Notice.objects.filter(about=f"registration:{registration.pk}").owed().exclude(kind="placed").order_by("pk")
    return [
        (each.kind, each.revision, each.channel, [told["meeting"] for told in each.details.get("meetings", [])])
        for each in ours
    ]


def test_two_hours_before_a_letter_goes_to_each_e_mail_and_a_call_to_each_phone(date: Dates) -> None:
    occurrence = date(starts_at=NOW + 2 * HOUR)
    by_mail, by_both, by_phone = (signs_up(occurrence, sender=sender) for sender in (BY_MAIL, BY_BOTH, ANNA))
    silent = calls(occurrence, sender=Sender(name="Zigis", language="lv"))
    parties = Registration.objects.live().select_related("sign_up").order_by("pk")
    reach = Reach.of(parties, starts_at=NOW + 2 * HOUR, now=NOW)
    assert (reach.letters, reach.calls, reach.nobody) == ([by_mail, by_both], [by_phone, by_both], [silent])
    off(occurrence)
    assert owed(by_mail) == [("called_off", 1, "mail", [])]
    assert owed(by_both) == [("called_off", 1, "mail", []), ("called_off", 1, "call", [])]
    assert owed(by_phone) == [("called_off", 1, "call", [])]
    assert owed(silent) == []


def test_far_ahead_only_who_has_no_e_mail_is_called(date: Dates) -> None:
    occurrence = date()
    ours = [signs_up(occurrence, sender=sender) for sender in (BY_MAIL, BY_BOTH, ANNA)]
    parties = Registration.objects.live().select_related("sign_up").order_by("pk")
    assert Reach.of(parties, starts_at=NOW + 10 * DAY, now=NOW).calls == ours[2:]
    off(occurrence)
    assert [owed(each)[0][2] for each in ours] == ["mail", "mail", "call"]
    assert all(len(owed(each)) == 1 for each in ours)


def test_one_meeting_of_a_course_is_called_off_and_named(course: Callable) -> None:
    occurrence, (first, second, _third) = course()
    ours = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence, second)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_lv) == ("planned", "Lietus")
    assert list(occurrence.meetings.filter(is_cancelled=True)) == [second]
    assert owed(ours) == [("called_off", 1, "mail", [second.pk])]
    off(occurrence, first)
    assert owed(ours) == [("called_off", 2, "mail", [second.pk, first.pk])]


def test_what_was_told_of_the_first_meeting_is_not_told_again_with_the_second(course: Callable) -> None:
    occurrence, (first, second, _third) = course()
    ours = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence, first)
    Notice.objects.update(state="sent", sent_at=NOW)
    off(occurrence, second)
    assert owed(ours) == [("called_off", 2, "mail", [second.pk])]


def test_the_last_meetings_that_are_left_are_the_whole_date(course: Callable) -> None:
    occurrence, (first, *others) = course()
    ours = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence, first)
    off(occurrence, *others)
    occurrence.refresh_from_db()
    assert occurrence.state == "cancelled"
    assert owed(ours) == [("called_off", 2, "mail", [])]


def test_in_a_course_under_way_all_that_is_left_is_called_off_and_the_meeting_decides_who_is_called(
    course: Callable,
) -> None:
    occurrence, (first, second, third) = course()
    ours = signs_up(occurrence, sender=BY_BOTH)
    now = second.starts_at - HOUR
    with pytest.raises(Refused, match="The activity has begun"):
        off(occurrence, now=now)
    with pytest.raises(Refused, match="The activity has begun"):
        off(occurrence, first, second, now=now)
    off(occurrence, second, third, now=now)
    occurrence.refresh_from_db()
    assert occurrence.state == "planned"
    assert owed(ours) == [
        ("called_off", 1, "mail", [second.pk, third.pk]),
        ("called_off", 1, "call", [second.pk, third.pk]),
    ]


def test_a_meeting_called_off_already_or_gone_is_refused(course: Callable, date: Dates) -> None:
    occurrence, (first, second, _third) = course()
    ours = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence, first)
    with pytest.raises(Refused, match="This meeting is already marked as not taking place"):
        off(occurrence, first)
    with pytest.raises(Refused, match="This meeting is already marked"):
        off(occurrence, first, second)
    with pytest.raises(Refused, match="This meeting is no longer here"):
        off(occurrence, date().meetings.get())
    assert owed(ours) == [("called_off", 1, "mail", [first.pk])]
    assert is_clean()


def test_taken_up_before_it_was_sent_nobody_hears_of_either_and_after_everybody_does(course: Callable) -> None:
    occurrence, (first, second, _third) = course()
    early = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence, first)
    registering.take_up(occurrence.pk, by=boss(), now=NOW)
    assert owed(early) == []
    off(occurrence, second)
    Notice.objects.owed().update(state="sent", sent_at=NOW)
    registering.take_up(occurrence.pk, by=boss(), now=NOW)
    assert owed(early) == [("taken_up", 4, "mail", [])]
    assert not occurrence.meetings.filter(is_cancelled=True).exists()
    occurrence.refresh_from_db()
    assert occurrence.reason_lv == ""


def test_taken_up_shortly_before_who_had_been_called_is_called_again(course: Callable) -> None:
    occurrence, (_first, second, _third) = course()
    ours = signs_up(occurrence, sender=BY_BOTH)
    now = second.starts_at - 2 * HOUR
    off(occurrence, second, now=now)
    Notice.objects.owed().update(state="sent", sent_at=now)
    registering.take_up(occurrence.pk, by=boss(), now=now)
    assert [each[:3] for each in owed(ours)] == [("taken_up", 2, "mail"), ("taken_up", 2, "call")]


def test_a_room_given_away_meanwhile_refuses_the_meeting_with_a_sentence(course: Callable, date: Dates) -> None:
    occurrence, (first, _second, _third) = course()
    room = Room.objects.create(venue=Venue.objects.get(), name_lv="Zāle")
    occurrence.meetings.filter(pk=first.pk).update(room=room)
    off(occurrence, first)
    date().meetings.update(room=room)
    with pytest.raises(Refused, match="Another meeting has the room"):
        registering.take_up(occurrence.pk, by=boss(), now=NOW)
    assert list(occurrence.meetings.filter(is_cancelled=True)) == [first]


def test_a_corrected_reason_writes_no_second_word_and_needs_nothing_to_be_taken_up(date: Dates) -> None:
    occurrence = date()
    ours = signs_up(occurrence, sender=BY_MAIL)
    off(occurrence)
    before = owed(ours)
    registering.correct_reason(occurrence.pk, reason=WIND, by=boss(), now=NOW)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_ru) == ("cancelled", "Ветер")
    assert owed(ours) == before
    ours.refresh_from_db()
    assert ours.revision == 1


def test_the_reason_of_what_takes_place_is_not_corrected(course: Callable) -> None:
    occurrence, (first, *_others) = course()
    with pytest.raises(Refused, match="not marked as not taking place"):
        registering.correct_reason(occurrence.pk, reason=WIND, by=boss(), now=NOW)
    off(occurrence, first)
    registering.correct_reason(occurrence.pk, reason=WIND, by=boss(), now=NOW)
    with pytest.raises(Refused, match="not marked as not taking place"):
        registering.correct_reason(occurrence.pk, reason=RAIN, by=boss(), now=first.ends_at)
