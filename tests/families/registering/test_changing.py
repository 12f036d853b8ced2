"""Coming in another number, for the family and by the staff; cancelling."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.parties import Child, Party
from families.registering import NeedsReason, NoRoom, Refused
from tests.conftest import NOW
from tests.gate import boss, calls, capacity, group, is_clean, signs_up, staff, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)


def test_a_waiting_party_that_now_fits_is_placed_and_keeps_its_number(date: Dates) -> None:
    occurrence = date(5)
    signs_up(occurrence, 3)
    waiting = signs_up(occurrence, 4)
    changed = registering.change(waiting.pk, Party(adults=2), now=NOW)
    assert (changed.status, changed.seats, changed.queue_number, changed.placed_at) == ("placed", 2, 2, NOW)
    assert is_clean()


def test_a_waiting_party_may_grow_and_still_waits(date: Dates) -> None:
    occurrence = date(5)
    signs_up(occurrence, 3)
    waiting = signs_up(occurrence, 3)
    assert registering.change(waiting.pk, Party(adults=6), now=NOW).is_waiting
    assert stands(occurrence) == [(1, "placed", 3), (2, "waiting", 6)]


def test_a_larger_party_that_does_not_fit_is_told_the_ways_on_and_keeps_its_places(date: Dates) -> None:
    occurrence = date(5)
    ours = signs_up(occurrence, 3)
    with pytest.raises(NoRoom) as refusal:
        registering.change(ours.pk, Party(adults=6), now=NOW)
    assert refusal.value.message == (
        "There is not enough room for all of you together. You have: 3 places. Free besides: 2. Your places stay "
        "yours. You can come in a smaller number, choose another date, or sign the others up with a form of their "
        "own: they will wait together."
    )
    assert stands(occurrence) == [(1, "placed", 3)]
    assert registering.change(ours.pk, Party(adults=5), now=NOW).seats == 5


def test_the_family_does_not_grow_into_kept_places_and_the_staff_only_with_a_reason(date: Dates) -> None:
    occurrence = date(5)
    ours = signs_up(occurrence, 2)
    registering.hold_places(occurrence.pk, held=3, until=NOW + DAY, by=boss(), now=NOW)
    with pytest.raises(NoRoom, match="Free besides: 0"):
        registering.change(ours.pk, Party(adults=3), now=NOW)
    with pytest.raises(NeedsReason) as asked:
        registering.change(ours.pk, Party(adults=3), staff=staff(), now=NOW)
    assert asked.value.broken == {"held": "These places are kept for people who sign up by phone."}
    changed = registering.change(ours.pk, Party(adults=3), staff=staff("held", reason="Grandmother"), now=NOW)
    assert (changed.seats, changed.overrides, capacity(occurrence).held) == (3, ["held"], 2)
    assert LogEntry.objects.filter(object_id=str(ours.pk)).count() == 1
    with pytest.raises(NoRoom):
        registering.change(ours.pk, Party(adults=6), staff=staff("held", "order", reason="All"), now=NOW)
    assert is_clean()


def test_the_staff_are_asked_for_all_that_stands_in_the_way_at_once(date: Dates) -> None:
    occurrence = date(5, age_from=4, age_to=7, is_age_asked=True)
    ours = signs_up(occurrence, party=Party.with_ages(1, (Child(5),)))
    registering.hold_places(occurrence.pk, held=3, until=NOW + DAY, by=boss(), now=NOW)
    larger = Party.with_ages(1, (Child(5), Child(9)))
    with pytest.raises(NeedsReason) as asked:
        registering.change(ours.pk, larger, staff=staff(), now=NOW)
    assert set(asked.value.broken) == {"age", "held"}
    shown = staff(*asked.value.broken, reason="A brother")
    assert registering.change(ours.pk, larger, staff=shown, now=NOW).overrides == ["age", "held"]


def test_an_age_once_let_pass_stays_so_when_the_family_changes(date: Dates) -> None:
    occurrence = date(age_from=4, age_to=7, is_age_asked=True)
    party = Party.with_ages(1, (Child(9),))
    ours = calls(occurrence, party=party, staff=staff("age", reason="Small for his age"))
    changed = registering.change(ours.pk, Party.with_ages(2, (Child(9),)), now=NOW)
    assert (changed.adults, changed.overrides, changed.override_reason) == (2, ["age"], "Small for his age")
    other = signs_up(occurrence, party=Party.with_ages(1, (Child(5),)))
    with pytest.raises(Refused) as refusal:
        registering.change(other.pk, party, now=NOW)
    assert refusal.value.field == "child_1_age"


def test_who_is_more_than_the_web_lets_in_may_still_change_to_fewer(date: Dates) -> None:
    ours = calls(date(30), 20)
    assert registering.change(ours.pk, Party(adults=19), now=NOW).seats == 19
    with pytest.raises(Refused) as refusal:
        registering.change(ours.pk, Party(adults=20), now=NOW)
    assert refusal.value.field == "adults"


def test_the_people_and_their_ages_are_those_of_the_new_party(date: Dates) -> None:
    ours = signs_up(date(is_age_asked=True), party=Party.with_ages(1, (Child(5, "Līga"), Child(9))))
    registering.change(ours.pk, Party.with_ages(1, (Child(13, "Zane"), Child(1, is_along=True))), now=NOW)
    ours.refresh_from_db()
    assert list(ours.participants.values_list("kind", "first_name", "age")) == [
        ("child", "Zane", 13),
        ("child_along", "", 1),
    ]
    assert (ours.children_under_7, ours.children_7_to_12, ours.children_over_12, ours.revision) == (1, 0, 1, 1)
    assert is_clean()


def test_a_group_grows_only_within_the_limit_for_groups(date: Dates) -> None:
    occurrence = date(20)
    registering.set_places(occurrence.pk, unit="people", places=20, for_groups=8, by=boss(), now=NOW)
    ours = group(occurrence, 1, 5)
    with pytest.raises(NoRoom, match="Free besides: 2"):
        registering.change(ours.pk, Party(adults=1, children=8), staff=staff("order", reason="All"), now=NOW)
    registering.change(ours.pk, Party(adults=1, children=7), staff=staff(), now=NOW)
    assert capacity(occurrence).taken_by_groups == 8
    registering.change(ours.pk, Party(adults=1, children=1), staff=staff(), now=NOW)
    assert (capacity(occurrence).taken, capacity(occurrence).taken_by_groups) == (2, 2)
    assert is_clean()


def test_what_is_cancelled_or_called_off_is_not_changed(date: Dates) -> None:
    occurrence = date()
    ours, other = signs_up(occurrence), signs_up(occurrence)
    registering.cancel(ours.pk, now=NOW)
    with pytest.raises(Refused, match="This registration is cancelled"):
        registering.change(ours.pk, Party(adults=2), now=NOW)
    registering.call_off(occurrence.pk, reason={}, by=boss(), now=NOW)
    with pytest.raises(Refused, match="This date will not take place"):
        registering.change(other.pk, Party(adults=2), now=NOW)


def test_cancelled_says_when_and_by_whom_and_the_queue_moves_up_in_its_order(date: Dates) -> None:
    occurrence = date(6)
    leaving = signs_up(occurrence, 4)
    signs_up(occurrence, 2)
    waiting = [signs_up(occurrence, size) for size in (5, 2, 3, 2)]
    cancelled = registering.cancel(leaving.pk, by=boss(), now=NOW)
    assert (cancelled.cancelled_at, cancelled.cancelled_by, cancelled.cancelled_for) == (NOW, "centre", "")
    assert [status(each) for each in waiting] == ["waiting", "placed", "waiting", "placed"]
    overtaken = Registration.objects.with_overtaken().in_queue()
    assert list(overtaken.values_list("queue_number", "overtaken")) == [(3, 2), (5, 1)]
    assert is_clean()


def test_who_cancels_and_returns_goes_to_the_end(date: Dates) -> None:
    occurrence = date(2)
    signs_up(occurrence, 2)
    first = signs_up(occurrence, 2)
    second = signs_up(occurrence, 2)
    registering.cancel(first.pk, now=NOW)
    again = signs_up(occurrence, 2)
    assert (second.queue_number, again.queue_number) == (3, 4)
    assert stands(occurrence) == [(1, "placed", 2), (2, "cancelled", 2), (3, "waiting", 2), (4, "waiting", 2)]
