"""Two registrations of one family become one: the better of both, never more than there are."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.parties import Child, Party
from families.registering import NoRoom, Refused, Sender
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import boss, capacity, group, is_clean, signs_up, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)


def merges(kept: Registration, other: Registration, *, together: bool = True, **also: object) -> Registration:
    given = {"by": boss(), "now": NOW, **also}
    return registering.merge(kept.pk, other.pk, together=together, **given)  # type: ignore[arg-type]


def test_both_parties_come_together_and_the_other_form_is_cancelled_as_joined(date: Dates) -> None:
    occurrence = date(is_age_asked=True)
    one = Sender(name="Anna", language="lv", phone="+37120000000", needs_answer="rieksti")
    two = Sender(name="Juris", language="ru", phone="+37120000000", needs_answer="ratiņkrēsls")
    kept = signs_up(occurrence, party=Party.with_ages(1, (Child(5, "Līga"),)), sender=one)
    other = signs_up(occurrence, party=Party.with_ages(1, (Child(13), Child(2, is_along=True))), sender=two)
    merged = merges(kept, other)
    other.refresh_from_db()
    assert (merged.adults, merged.children, merged.children_along, merged.seats) == (2, 2, 1, 5)
    assert (merged.children_under_7, merged.children_7_to_12, merged.children_over_12) == (2, 0, 1)
    assert (merged.needs_answer, merged.queue_number, merged.sign_up_id) == ("rieksti\nratiņkrēsls", 1, kept.sign_up_id)
    assert [person.age for person in merged.participants.all()] == [5, 13, 2]
    assert (other.status, other.cancelled_by, other.cancelled_for) == ("cancelled", "centre", "merged")
    assert (capacity(occurrence).taken, other.participants.count()) == (5, 0)
    assert is_clean()


def test_the_same_party_twice_keeps_one_and_the_queue_moves_up(date: Dates) -> None:
    occurrence = date(6)
    kept, other, waiting = signs_up(occurrence, 3), signs_up(occurrence, 3), signs_up(occurrence, 2)
    merged = merges(kept, other, together=False)
    assert (merged.seats, merged.adults, status(waiting)) == (3, 3, "placed")
    assert is_clean()


def test_the_kept_one_has_the_lower_number_and_the_place_of_either(date: Dates) -> None:
    occurrence = date(4)
    first = signs_up(occurrence, 4)
    signs_up(occurrence, 3)
    kept = signs_up(occurrence, 4)
    merged = merges(kept, first, together=False)
    assert (merged.status, merged.queue_number, merged.placed_at) == ("placed", 1, NOW)
    assert stands(occurrence) == [(1, "placed", 4), (2, "waiting", 3), (3, "cancelled", 4)]
    assert signs_up(occurrence).queue_number == 4
    assert is_clean()


def test_two_that_wait_wait_together_at_the_lower_number(date: Dates) -> None:
    occurrence = date(3)
    signs_up(occurrence, 3)
    first, between, last = (signs_up(occurrence, size) for size in (1, 2, 2))
    merged = merges(last, first)
    assert (merged.status, merged.queue_number, merged.seats, merged.placed_at) == ("waiting", 2, 3, None)
    assert (status(between), capacity(occurrence).waiting) == ("waiting", 2)
    assert is_clean()


def test_together_they_must_fit(date: Dates) -> None:
    occurrence = date(5)
    kept, other = signs_up(occurrence, 4), signs_up(occurrence, 2)
    with pytest.raises(NoRoom) as refusal:
        merges(kept, other)
    assert refusal.value.message == (
        "There are not enough places for all of them. Free: 1. Keep the other registration, or raise the number of "
        "places first."
    )
    assert stands(occurrence) == [(1, "placed", 4), (2, "waiting", 2)]
    registering.set_places(occurrence.pk, unit="people", places=6, by=boss(), now=NOW)
    assert merges(kept, other).seats == 6
    assert is_clean()


def test_late_freed_places_serve_the_party_that_is_joined_but_not_past_another_that_waits(date: Dates) -> None:
    occurrence = date(4, starts_at=NOW + DAY)
    kept, leaving, other = signs_up(occurrence, 2), signs_up(occurrence, 2), signs_up(occurrence, 2)
    late = NOW + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    third = signs_up(occurrence, 1, now=late)
    with pytest.raises(NoRoom):
        merges(kept, other, now=late)
    registering.cancel(third.pk, now=late)
    assert (merges(kept, other, now=late).seats, capacity(occurrence).waiting) == (4, 0)
    assert is_clean(late)


def test_who_waits_on_after_being_joined_late_is_still_owed_the_word(date: Dates) -> None:
    occurrence = date(2, starts_at=NOW + DAY)
    signs_up(occurrence, 2)
    kept, other = signs_up(occurrence, 1), signs_up(occurrence, 1)
    late = NOW + timedelta(hours=7)
    registering.settle(occurrence.pk, now=late)
    merges(kept, other, now=late)
    registering.settle(occurrence.pk, now=late)
    assert set(Notice.objects.values_list("about", "revision", "state")) == {
        (f"registration:{kept.pk}", 0, "withdrawn"),
        (f"registration:{kept.pk}", 1, "owed"),
        (f"registration:{other.pk}", 0, "withdrawn"),
    }
    assert is_clean(late)


def test_where_a_place_is_for_a_family_together_they_take_one(date: Dates) -> None:
    occurrence = date(1, unit="families")
    kept, other = signs_up(occurrence, 2), signs_up(occurrence, 3)
    merged = merges(kept, other)
    assert (merged.adults, merged.seats, capacity(occurrence).taken, capacity(occurrence).waiting) == (5, 1, 1, 0)
    assert is_clean()


def test_half_a_list_of_children_is_not_kept(date: Dates) -> None:
    occurrence = date(is_age_asked=True)
    kept = signs_up(occurrence, party=Party.with_ages(1, (Child(5),)))
    other = signs_up(occurrence, 1, 2)
    merged = merges(kept, other)
    assert (merged.children, merged.participants.count()) == (3, 0)
    assert is_clean()


def test_what_cannot_be_joined(date: Dates) -> None:
    occurrence, elsewhere = date(30), date(30)
    ours, gone, school = signs_up(occurrence), signs_up(occurrence), group(occurrence, 1, 5)
    registering.cancel(gone.pk, now=NOW)
    same_date = "Only two registrations for the same date can be joined."
    for kept, other, sentence in (
        (ours, signs_up(elsewhere), same_date),
        (ours, ours, same_date),
        (ours, gone, "This registration is cancelled. To come after all, please sign up again."),
        (gone, ours, "This registration is cancelled. To come after all, please sign up again."),
        (ours, school, "A group of an institution cannot be joined with another registration."),
    ):
        with pytest.raises(Refused) as refusal:
            merges(kept, other)
        assert refusal.value.message == sentence
    with pytest.raises(Refused, match="The activity has begun"):
        merges(ours, signs_up(occurrence), now=NOW + 10 * DAY)
    assert is_clean()
