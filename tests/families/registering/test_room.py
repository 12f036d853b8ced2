"""Which places the staff may give and whose they pass over, at every border."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from activities.models import Occurrence
from families import gate, registering
from families.registering import room
from tests.conftest import NOW
from tests.gate import boss, signs_up

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
LATE = NOW + timedelta(hours=7)


@pytest.fixture
def late(date: Dates) -> Occurrence:
    """Ten places, four taken, two kept, so four free; parties of three (number 3) and five (number 4) wait, late."""
    occurrence = date(10, starts_at=NOW + timedelta(days=1))
    signs_up(occurrence, 4)
    leaving = signs_up(occurrence, 6)
    signs_up(occurrence, 3)
    signs_up(occurrence, 5)
    registering.cancel(leaving.pk, now=LATE)
    registering.hold_places(occurrence.pk, held=2, until=LATE + timedelta(hours=1), by=boss(), now=LATE)
    return occurrence


@pytest.mark.parametrize(
    ("seats", "is_there", "from_held", "broken"),
    [
        (1, True, 1, set()),
        (2, True, 2, set()),
        (3, True, 2, {"order"}),
        (6, True, 2, {"order"}),
        (7, False, 2, {"order"}),
    ],
)
def test_callers_have_the_kept_places_and_then_the_others_in_order(
    late: Occurrence, seats: int, is_there: bool, from_held: int, broken: set[str]
) -> None:
    with gate.locked(late.pk, now=LATE) as held:
        found = room.for_caller(held, seats)
    assert (found.is_there, found.from_held, set(found.broken)) == (is_there, from_held, broken)


@pytest.mark.parametrize(
    ("seats", "before", "is_there", "from_held", "broken"),
    [
        (0, None, True, 0, set()),
        (-2, None, True, 0, set()),
        (1, None, True, 0, {"order"}),
        (4, 3, True, 0, set()),  # nobody waits before number 3
        (4, 4, True, 0, {"order"}),
        (5, 3, True, 1, {"held"}),
        (5, 4, True, 1, {"held", "order"}),
        (6, None, True, 2, {"held", "order"}),
        (7, 3, False, 3, {"held"}),
    ],
)
def test_by_hand_the_queue_comes_first_and_kept_places_last(
    late: Occurrence, seats: int, before: int | None, is_there: bool, from_held: int, broken: set[str]
) -> None:
    with gate.locked(late.pk, now=LATE) as held:
        found = room.by_hand(held, seats, is_group=False, before=before)
    assert (found.is_there, found.from_held, set(found.broken)) == (is_there, from_held, broken)


def test_without_a_limit_there_is_room_and_nobody_is_passed_over(date: Dates) -> None:
    occurrence = date(None)
    with gate.locked(occurrence.pk, now=NOW) as held:
        for found in (room.for_caller(held, 500), room.by_hand(held, 500, is_group=False)):
            assert (found.is_there, found.from_held, found.broken) == (True, 0, {})


def test_a_group_past_its_limit_has_no_room_although_places_are_free(date: Dates) -> None:
    occurrence = date(10)
    registering.set_places(occurrence.pk, unit="people", places=10, for_groups=4, by=boss(), now=NOW)
    with gate.locked(occurrence.pk, now=NOW) as held:
        found = [room.for_caller(held, seats, is_group=True).is_there for seats in (4, 5)]
        by_hand = [room.by_hand(held, seats, is_group=True).is_there for seats in (4, 5)]
    assert (found, by_hand) == ([True, False], [True, False])
