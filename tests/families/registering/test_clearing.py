"""A burst of junk goes in one go, and comes back in one go while places last."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.registering import Restored
from tests.conftest import NOW
from tests.gate import boss, capacity, group, is_clean, signs_up, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
CLEARED = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=9)


def clears(*registrations: Registration) -> int:
    return registering.clear_junk([each.pk for each in registrations], by=boss(), now=CLEARED)


def test_junk_at_several_dates_is_cancelled_and_the_queues_move_up(date: Dates) -> None:
    one, two = date(2), date(2)
    junk = [signs_up(one, 2), signs_up(two, 2), signs_up(two, 1)]
    real = [signs_up(one, 2), signs_up(two, 2)]
    gone = signs_up(one)
    registering.cancel(gone.pk, now=NOW)
    assert clears(*junk, gone) == 3
    rows = Registration.objects.filter(pk__in=[each.pk for each in junk])
    assert set(rows.values_list("status", "cancelled_by", "cancelled_for", "cancelled_at")) == {
        ("cancelled", "centre", "junk", CLEARED)
    }
    assert [status(each) for each in real] == ["placed", "placed"]
    assert LogEntry.objects.count() == 3
    assert is_clean(CLEARED)


def test_nothing_chosen_is_nothing_done(date: Dates) -> None:
    signs_up(date())
    assert clears() == 0
    assert is_clean(CLEARED)


def test_what_was_no_junk_comes_back_to_its_places_while_they_last_else_to_its_number(date: Dates) -> None:
    occurrence = date(5)
    first, second, third = signs_up(occurrence, 2), signs_up(occurrence, 2), signs_up(occurrence, 1)
    waiting = signs_up(occurrence, 3)
    clears(first, second, third)
    assert status(waiting) == "placed"
    back = registering.restore(CLEARED, by=boss(), now=LATER)
    assert back == Restored(placed=1, waiting=2, left_out=0)
    assert stands(occurrence) == [(1, "placed", 2), (2, "waiting", 2), (3, "waiting", 1), (4, "placed", 3)]
    rows = Registration.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    assert list(rows.values_list("cancelled_at", "cancelled_by", "cancelled_for", "placed_at")) == [
        (None, "", "", LATER),
        (None, "", "", None),
    ]
    assert registering.restore(CLEARED, by=boss(), now=LATER) == Restored(0, 0, 0)
    registering.cancel(waiting.pk, now=LATER)
    assert [status(second), status(third)] == ["placed", "placed"]
    assert is_clean(LATER)


def test_only_what_was_cleared_at_that_moment_comes_back(date: Dates) -> None:
    occurrence = date()
    cleared, earlier, cancelled = signs_up(occurrence), signs_up(occurrence), signs_up(occurrence)
    registering.clear_junk([earlier.pk], by=boss(), now=NOW)
    registering.cancel(cancelled.pk, by=boss(), now=CLEARED)
    clears(cleared)
    assert registering.restore(CLEARED, by=boss(), now=LATER) == Restored(1, 0, 0)
    assert [status(each) for each in (cleared, earlier, cancelled)] == ["placed", "cancelled", "cancelled"]


def test_what_began_was_called_off_or_erased_stays_away(date: Dates) -> None:
    dates = [date(), date(), date(starts_at=CLEARED + timedelta(minutes=2)), date()]
    erased, off, begun, back = (signs_up(occurrence) for occurrence in dates)
    clears(erased, off, begun, back)
    registering.erase(erased.sign_up_id, now=CLEARED)
    registering.call_off(dates[1].pk, reason={}, by=boss(), now=CLEARED)
    assert registering.restore(CLEARED, by=boss(), now=LATER) == Restored(placed=1, waiting=0, left_out=2)
    assert [status(each) for each in (erased, off, begun, back)] == [*["cancelled"] * 3, "placed"]
    assert is_clean(LATER)


def test_it_comes_back_with_the_places_it_takes_by_now(date: Dates) -> None:
    occurrence = date(10)
    family, school = signs_up(occurrence, 2, 1), group(occurrence, 1, 4)
    clears(family, school)
    registering.set_places(occurrence.pk, unit="families", places=3, by=boss(), now=CLEARED)
    assert registering.restore(CLEARED, by=boss(), now=LATER) == Restored(placed=1, waiting=0, left_out=1)
    assert (capacity(occurrence).taken, status(school)) == (1, "cancelled")
    assert is_clean(LATER)


def test_a_group_comes_back_within_the_limit_for_groups(date: Dates) -> None:
    occurrence = date(20)
    school = group(occurrence, 1, 5)
    clears(school)
    registering.set_places(occurrence.pk, unit="people", places=20, for_groups=5, by=boss(), now=CLEARED)
    assert registering.restore(CLEARED, by=boss(), now=LATER) == Restored(placed=0, waiting=1, left_out=0)
    registering.clear_junk([school.pk], by=boss(), now=LATER)
    registering.set_places(occurrence.pk, unit="people", places=None, for_groups=5, by=boss(), now=LATER)
    assert registering.restore(LATER, by=boss(), now=LATER) == Restored(placed=0, waiting=0, left_out=1)
    assert is_clean(LATER)
