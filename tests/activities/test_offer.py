"""An occurrence as a visitor meets it at a given moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.models import Activity, Capacity, Meeting, Occurrence
from activities.offer import Offer, offers_of, with_dates

Make = Callable[..., Any]


def offer_of(occurrence: Occurrence, now: datetime) -> Offer:
    activity = with_dates(Activity.objects.filter(pk=occurrence.activity_id)).get()
    return next(offer for offer in offers_of(activity, now) if offer.occurrence.pk == occurrence.pk)


@pytest.mark.parametrize(
    ("taken", "words", "mark", "is_full"),
    [
        (0, "Palikušas 10 vietas", "free", False),
        (6, "Palikušas 4 vietas", "free", False),
        (7, "Palikušas 3 vietas", "few", False),
        (9, "Palikusi 1 vieta", "few", False),
        (10, "Brīvu vietu nav", "none", True),
    ],
)
def test_places_are_said_in_words_and_the_last_three_are_few(
    make_occurrence: Make, now: datetime, taken: int, words: str, mark: str, is_full: bool
) -> None:
    occurrence = make_occurrence()
    offer = offer_of(occurrence, now)
    offer.occurrence.capacity.taken = taken
    assert (offer.places, offer.places_mark, offer.is_full, offer.is_open) == (words, mark, is_full, True)


def test_where_nothing_is_free_it_says_how_many_wait(make_occurrence: Make, now: datetime) -> None:
    offer = offer_of(make_occurrence(places=0), now)
    offer.occurrence.capacity.waiting = 3
    assert offer.waiting == "Rindā: 3 pieteikumi"
    assert offer_of(make_occurrence(), now).waiting == ""


def test_places_kept_for_callers_are_not_offered_until_they_lapse(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(places=10)
    Capacity.objects.filter(pk=occurrence.pk).update(held=4, held_until=now + timedelta(hours=1))
    assert offer_of(occurrence, now).free == 6
    assert offer_of(occurrence, now + timedelta(hours=1)).free == 10


def test_without_a_limit_there_is_always_a_place(make_occurrence: Make, now: datetime) -> None:
    offer = offer_of(make_occurrence(places=None), now)
    assert (offer.places, offer.places_mark, offer.is_full) == ("Vietu skaits nav ierobežots", "free", False)


def test_the_state_is_said_in_words(make_occurrence: Make, now: datetime) -> None:
    opens = {"sign_up_opens_at": now + timedelta(days=2)}
    closed = {"sign_up_closes_at": now}
    assert offer_of(make_occurrence(), now).words == ""
    assert (
        offer_of(make_occurrence(occurrence=opens), now).words
        == "Pieteikšanās sāksies trešdien, 3. martā, plkst. 12.00"
    )
    assert offer_of(make_occurrence(occurrence=closed), now).words == "Pieteikšanās ir beigusies"
    free_entry = make_occurrence(occurrence={"is_sign_up_needed": False})
    assert offer_of(free_entry, now).words == "Bez pieteikšanās – vienkārši nāciet"
    assert offer_of(make_occurrence(starts_at=now - timedelta(days=2)), now).words == "Notika 27. februārī"


def test_a_closed_date_says_nothing_of_places(make_occurrence: Make, now: datetime) -> None:
    assert offer_of(make_occurrence(occurrence={"sign_up_closes_at": now}), now).places == ""


def test_a_cancelled_date_is_so_even_where_nobody_signs_up(make_occurrence: Make, now: datetime) -> None:
    cancelled = {"state": "cancelled", "is_sign_up_needed": False}
    coming = offer_of(make_occurrence(occurrence=cancelled), now)
    over = offer_of(make_occurrence(occurrence=cancelled, starts_at=now - timedelta(days=2)), now)
    assert (coming.words, coming.is_open, over.words) == ("Nenotiks", False, "Nenotika")


def test_a_date_whose_every_meeting_is_cancelled_is_cancelled(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence()
    occurrence.meetings.update(is_cancelled=True)
    offer = offer_of(occurrence, now)
    assert (offer.is_cancelled, offer.is_open, offer.words) == (True, False, "Nenotiks")


def test_a_date_without_a_time_waits_for_it(make_activity: Make, now: datetime) -> None:
    occurrence = Occurrence.objects.create(activity=make_activity())
    offer = offer_of(occurrence, now)
    assert (offer.is_dated, offer.is_over, offer.words, offer.is_open) == (False, False, "Laiks tiks precizēts", False)


def test_an_early_end_of_sign_up_is_said(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(occurrence={"sign_up_closes_at": now + timedelta(days=1)})
    assert offer_of(occurrence, now).closes == "Pieteikšanās beigsies otrdien, 2. martā, plkst. 12.00"
    assert offer_of(make_occurrence(), now).closes == ""


def test_the_decision_on_the_weather_is_said_until_it_is_due(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(occurrence={"decision_at": now + timedelta(days=1)})
    assert offer_of(occurrence, now).decision == "Lēmumu par norisi meklējiet šeit otrdien, 2. martā, plkst. 12.00."
    assert offer_of(occurrence, now + timedelta(days=1)).decision == ""


def test_meetings_side_by_side_stand_under_one_time(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence()
    first = occurrence.meetings.get()
    Meeting.objects.create(
        occurrence=occurrence, starts_at=first.starts_at, ends_at=first.ends_at, where="home", name_lv="Mājās"
    )
    offer = offer_of(occurrence, now)
    assert [(time.when, len(time.meetings)) for time in offer.times] == [
        ("ceturtdien, 11. martā, plkst. 12.00–14.00", 2)
    ]
    assert offer.only_place is None


def test_a_course_in_one_place_says_the_place_once(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence()
    first = occurrence.meetings.get()
    week = timedelta(days=7)
    Meeting.objects.create(
        occurrence=occurrence, starts_at=first.starts_at + week, ends_at=first.ends_at + week, venue=first.venue
    )
    offer = offer_of(occurrence, now)
    assert offer.only_place == first
    assert len(list(offer.times)) == 2


def test_the_next_meeting_skips_what_is_over_and_what_is_cancelled(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=now - timedelta(days=7))
    first = occurrence.meetings.get()
    for days, is_cancelled in ((1, True), (8, False)):
        Meeting.objects.create(
            occurrence=occurrence,
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, hours=1),
            venue=first.venue,
            is_cancelled=is_cancelled,
        )
    meeting = offer_of(occurrence, now).next_meeting
    assert meeting is not None
    assert meeting.starts_at == now + timedelta(days=8)
