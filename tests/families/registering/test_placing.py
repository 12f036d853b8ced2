"""Places given by hand: to who waits, and at another date; never more than there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.notices import NO_PLACE
from families.parties import Child, Party
from families.registering import NeedsReason, NoRoom, NotOpen, Refused
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import boss, capacity, group, is_clean, signs_up, staff, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
LATE = NOW + timedelta(hours=7)  # past the 18 hours before a date of tomorrow
EVERYTHING = ("age", "window", "held", "order")


@pytest.fixture
def late_queue(date: Dates) -> tuple[Occurrence, list[Registration]]:
    """Four places came free too late to go to the queue: parties of 3, 2 and 2 wait."""
    occurrence = date(4, starts_at=NOW + DAY)
    leaving = signs_up(occurrence, 4)
    waiting = [signs_up(occurrence, size) for size in (3, 2, 2)]
    registering.cancel(leaving.pk, now=LATE)
    return occurrence, waiting


def test_the_first_in_line_is_placed_without_a_reason(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    occurrence, (first, *_) = late_queue
    placed = registering.place_by_hand(first.pk, staff=staff(), now=LATE)
    assert (placed.status, placed.placed_at, placed.revision, placed.overrides) == ("placed", LATE, 1, [])
    assert (capacity(occurrence).taken, capacity(occurrence).waiting) == (3, 2)
    assert LogEntry.objects.get().object_id == str(first.pk)


def test_past_others_who_fit_only_with_a_reason(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    _, (_, second, _) = late_queue
    with pytest.raises(NeedsReason) as asked:
        registering.place_by_hand(second.pk, staff=staff(), now=LATE)
    assert list(asked.value.broken) == ["order"]
    assert status(second) == "waiting"
    placed = registering.place_by_hand(second.pk, staff=staff("order", reason="A birthday"), now=LATE)
    assert (placed.status, placed.overrides, placed.override_reason) == ("placed", ["order"], "A birthday")


def test_past_others_who_do_not_fit_without_one(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    _, (_, second, third) = late_queue
    registering.place_by_hand(second.pk, staff=staff("order", reason="A birthday"), now=LATE)
    assert registering.place_by_hand(third.pk, staff=staff(), now=LATE).overrides == []


def test_never_more_than_there_are(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    occurrence, (first, second, _) = late_queue
    registering.place_by_hand(first.pk, staff=staff(), now=LATE)
    with pytest.raises(NoRoom) as refusal:
        registering.place_by_hand(second.pk, staff=staff(*EVERYTHING, reason="Please"), now=LATE)
    assert refusal.value.message == (
        "Free places: 1, needed: 2. Raise the number of places first, or cancel a registration."
    )
    assert stands(occurrence)[1:] == [(2, "placed", 3), (3, "waiting", 2), (4, "waiting", 2)]


def test_placed_twice_is_placed_once(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    occurrence, (first, *_) = late_queue
    registering.place_by_hand(first.pk, staff=staff(), now=LATE)
    again = registering.place_by_hand(first.pk, staff=staff(), now=LATE + DAY / 24)
    assert (again.revision, again.placed_at, capacity(occurrence).taken) == (1, LATE, 3)


def test_who_is_placed_late_is_no_longer_told_that_no_place_came_free(
    late_queue: tuple[Occurrence, list[Registration]],
) -> None:
    _, (first, second, third) = late_queue
    words = Notice.objects.filter(kind=NO_PLACE)
    assert set(words.values_list("about", "state")) == {
        (f"registration:{each.pk}", "owed") for each in (first, second, third)
    }
    registering.place_by_hand(first.pk, staff=staff(), now=LATE)
    assert dict(words.values_list("about", "state"))[f"registration:{first.pk}"] == "withdrawn"
    assert is_clean(LATE)


def test_once_it_has_begun_only_with_a_reason(late_queue: tuple[Occurrence, list[Registration]]) -> None:
    _, (first, *_) = late_queue
    begun = NOW + DAY
    with pytest.raises(NeedsReason) as asked:
        registering.place_by_hand(first.pk, staff=staff(), now=begun)
    assert asked.value.broken == {"window": "The activity has begun."}
    given = staff("window", reason="They stand at the door")
    assert registering.place_by_hand(first.pk, staff=given, now=begun).overrides == ["window"]


def test_kept_places_are_given_by_hand_only_with_a_reason(date: Dates) -> None:
    occurrence = date(5)
    registering.hold_places(occurrence.pk, held=4, until=NOW + DAY, by=boss(), now=NOW)
    large, small = signs_up(occurrence, 4), signs_up(occurrence, 3)
    with pytest.raises(NeedsReason) as asked:
        registering.place_by_hand(small.pk, staff=staff(), now=NOW)
    assert list(asked.value.broken) == ["held", "order"]
    placed = registering.place_by_hand(small.pk, staff=staff("held", "order", reason="Waits long"), now=NOW)
    assert (placed.overrides, capacity(occurrence).held) == (["held", "order"], 2)
    assert status(large) == "waiting"
    assert is_clean()


def test_a_group_is_not_placed_past_its_limit(date: Dates) -> None:
    occurrence = date(20)
    registering.set_places(occurrence.pk, unit="people", places=20, for_groups=3, by=boss(), now=NOW)
    waiting = group(occurrence, 1, 4, may_wait=True)
    with pytest.raises(NoRoom, match="Places free for groups: 3"):
        registering.place_by_hand(waiting.pk, staff=staff(*EVERYTHING, reason="Please"), now=NOW)
    assert is_clean()


def test_what_is_cancelled_or_called_off_is_not_placed(date: Dates) -> None:
    occurrence = date(1)
    signs_up(occurrence)
    gone, waiting = signs_up(occurrence), signs_up(occurrence)
    registering.cancel(gone.pk, now=NOW)
    with pytest.raises(Refused, match="This registration is cancelled"):
        registering.place_by_hand(gone.pk, staff=staff(), now=NOW)
    registering.call_off(occurrence.pk, reason={}, by=boss(), now=NOW)
    with pytest.raises(Refused, match="This date will not take place"):
        registering.place_by_hand(waiting.pk, staff=staff(*EVERYTHING, reason="Please"), now=NOW)


def moves(registration: Registration, to: Occurrence, *lets_pass: str, reason: str = "", **also: Any) -> Registration:
    given = staff(*lets_pass, reason=reason)
    return registering.move(registration.pk, to.pk, staff=given, **{"now": NOW, **also})


def test_a_moved_party_is_placed_whole_and_the_old_queue_moves_up(date: Dates) -> None:
    old, new = date(3), date(3)
    ours, waiting = signs_up(old, 3), signs_up(old, 2)
    moved = moves(ours, new)
    assert (moved.occurrence_id, moved.status, moved.queue_number, moved.revision) == (new.pk, "placed", 1, 1)
    assert (stands(old), stands(new)) == ([(2, "placed", 2)], [(1, "placed", 3)])
    assert status(waiting) == "placed"
    assert is_clean()


def test_a_party_that_does_not_fit_there_stays_or_waits_at_the_end(date: Dates) -> None:
    old, new = date(3), date(3)
    ours, other = signs_up(old, 2), signs_up(new, 2)
    with pytest.raises(NoRoom, match="Free: 1 place"):
        moves(ours, new, *EVERYTHING, reason="Please")
    assert stands(old) == [(1, "placed", 2)]
    moved = moves(ours, new, may_wait=True)
    assert (moved.status, moved.queue_number, moved.placed_at) == ("waiting", 2, None)
    assert capacity(old).taken == 0
    registering.cancel(other.pk, now=NOW)
    assert status(moved) == "placed"
    assert is_clean()


def test_a_party_that_waits_can_be_moved_to_a_place(date: Dates) -> None:
    old, new = date(1), date(3)
    signs_up(old)
    waiting = signs_up(old, 3)
    assert moves(waiting, new).placed_at == NOW
    assert (capacity(old).waiting, capacity(new).taken) == (0, 3)
    assert is_clean()


def test_the_places_are_counted_as_the_new_date_counts_them(date: Dates) -> None:
    old, new = date(unit="people"), date(unit="children")
    moved = moves(signs_up(old, 2, 3), new)
    assert (moved.seats, capacity(old).taken, capacity(new).taken) == (3, 0, 3)
    with pytest.raises(Refused) as refusal:
        moves(signs_up(old, 2), new)
    assert refusal.value.field == "children"
    assert is_clean()


def test_ages_and_time_are_asked_anew_with_all_that_is_broken_at_once(date: Dates) -> None:
    old = date(is_age_asked=True)
    new = date(3, age_from=4, age_to=7, is_age_asked=True, occurrence={"sign_up_closes_at": NOW})
    registering.hold_places(new.pk, held=3, until=NOW + DAY, by=boss(), now=NOW)
    ours = signs_up(old, party=Party.with_ages(1, (Child(9, "Zane"),)))
    with pytest.raises(NeedsReason) as asked:
        moves(ours, new)
    assert list(asked.value.broken) == ["window", "age", "held"]
    with pytest.raises(NeedsReason) as asked:
        moves(ours, new, may_wait=True)
    assert list(asked.value.broken) == ["window", "age"]  # it would wait for the places, so nobody's are used
    moved = moves(ours, new, "age", "window", "held", reason="As agreed")
    assert (moved.overrides, capacity(new).held) == (["age", "held", "window"], 1)
    assert [child.first_name for child in registering.party_of(moved).people] == ["Zane"]


def test_a_group_is_counted_among_the_groups_of_the_new_date(date: Dates) -> None:
    old, new, families = date(20), date(20), date(20, unit="families")
    ours = group(old, 1, 5)
    registering.set_places(new.pk, unit="people", places=20, for_groups=5, by=boss(), now=NOW)
    with pytest.raises(NoRoom, match="Places free for groups: 5"):
        moves(ours, new)
    with pytest.raises(Refused) as refusal:
        moves(ours, families)
    assert refusal.value.field == "institution"
    registering.set_places(new.pk, unit="people", places=20, for_groups=6, by=boss(), now=NOW)
    moves(ours, new)
    assert (capacity(old).taken_by_groups, capacity(new).taken_by_groups) == (0, 6)
    assert is_clean()


def test_what_cannot_be_moved(date: Dates) -> None:
    old, new = date(), date()
    ours, gone = signs_up(old), signs_up(old)
    registering.cancel(gone.pk, now=NOW)
    for registration, to, sentence, field in (
        (ours, old, "The registration already is for this date.", "occurrence"),
        (gone, new, "This registration is cancelled. To come after all, please sign up again.", None),
    ):
        with pytest.raises(Refused) as refusal:
            moves(registration, to)
        assert (refusal.value.message, refusal.value.field) == (sentence, field)
    with pytest.raises(Refused, match="The activity has begun"):
        moves(ours, date(starts_at=NOW + 20 * DAY), now=NOW + 10 * DAY)
    registering.call_off(new.pk, reason={}, by=boss(), now=NOW)
    with pytest.raises(NotOpen, match="This date will not take place"):
        moves(ours, new, *EVERYTHING, reason="Please")
    with pytest.raises(Refused, match="This date is no longer here"):
        moves(ours, Occurrence(pk=10**9))


def test_from_a_date_that_is_called_off_one_is_moved_even_after_its_time(date: Dates) -> None:
    old, new = date(starts_at=NOW + DAY), date(3)
    ours = signs_up(old, 3)
    registering.call_off(old.pk, reason={}, by=boss(), now=NOW)
    assert moves(ours, new, now=NOW + 2 * DAY).is_placed


def test_a_form_is_not_moved_to_a_date_where_it_stands_already(date: Dates) -> None:
    old, new = date(), date()
    ours, there = signs_up(old), signs_up(new)
    Registration.objects.filter(pk=there.pk).update(sign_up=ours.sign_up)
    with pytest.raises(Refused) as refusal:
        moves(ours, new)
    assert refusal.value.field == "occurrence"


def test_who_was_told_in_vain_at_the_old_date_waits_untold_at_the_new_one(date: Dates) -> None:
    old, new = date(1, starts_at=NOW + DAY), date(1)
    signs_up(old)
    signs_up(new)
    waiting = signs_up(old)
    registering.settle_all(LATE)
    moves(waiting, new, may_wait=True, now=LATE)
    vain = NOW + 9 * DAY + timedelta(hours=6)
    registering.settle_all(vain)
    notices = Notice.objects.filter(about=f"registration:{waiting.pk}", kind=NO_PLACE).order_by("revision")
    assert list(notices.values_list("revision", "state")) == [(0, "withdrawn"), (1, "owed")]
    assert is_clean(vain)
