"""A room is never booked twice at a time, unless it is shared on purpose; two meetings may change rooms at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from activities.models import Meeting, Occurrence, Room, Venue
from tests.conftest import NOW
from tests.refusals import ask, refused_by

pytestmark = pytest.mark.django_db

Meets = Callable[..., Meeting]


@pytest.fixture
def rooms() -> list[Room]:
    venue = Venue.objects.create(slug="klubs", name_lv="Klubs")
    return [Room.objects.create(venue=venue, name_lv=name) for name in ("A", "B")]


@pytest.fixture
def meets(make_activity: Callable[..., Any], rooms: list[Room]) -> Meets:
    """Makes a meeting in the first room from 10 to 12, hours of the day unless told."""
    occurrence = Occurrence.objects.create(activity=make_activity())

    def meet(begins: int = 10, ends: int = 12, **fields: Any) -> Meeting:
        day = NOW.replace(hour=0)
        room = fields.pop("room", rooms[0])
        meeting = Meeting(
            occurrence=occurrence,
            starts_at=day + timedelta(hours=begins),
            ends_at=day + timedelta(hours=ends),
            venue=room.venue,
            room=room,
            **fields,
        )
        ask(meeting.save)
        return meeting

    return meet


@pytest.mark.parametrize(("begins", "ends"), [(10, 12), (11, 13), (9, 11), (9, 13), (10, 11), (11, 12)])
def test_two_meetings_that_overlap_are_refused(meets: Meets, begins: int, ends: int) -> None:
    meets()
    assert refused_by(lambda: meets(begins, ends)) == "meeting_room_never_booked_twice"


@pytest.mark.parametrize(("begins", "ends"), [(8, 10), (12, 14)])
def test_one_may_begin_when_the_other_ends(meets: Meets, begins: int, ends: int) -> None:
    meets()
    assert meets(begins, ends).pk


@pytest.mark.parametrize("fields", [{"holds_room": False}, {"is_cancelled": True}])
def test_a_shared_room_and_a_cancelled_meeting_stand_in_nobodys_way(meets: Meets, fields: dict[str, Any]) -> None:
    meets()
    later = meets(**fields)
    assert refused_by(lambda: Meeting.objects.update(holds_room=True, is_cancelled=False)) == (
        "meeting_room_never_booked_twice"
    )
    assert later.pk


def test_another_room_and_no_room_are_free(meets: Meets, rooms: list[Room]) -> None:
    first, second = meets(), meets(room=rooms[1])
    assert first.during == second.during
    Meeting.objects.filter(pk=second.pk).update(room=None)
    assert meets(room=rooms[1]).pk


def test_two_meetings_change_rooms_in_one_transaction(meets: Meets, rooms: list[Room]) -> None:
    first, second = meets(), meets(room=rooms[1])

    def swap() -> None:
        with transaction.atomic():
            Meeting.objects.filter(pk=first.pk).update(room=rooms[1])  # for a moment both are in B
            Meeting.objects.filter(pk=second.pk).update(room=rooms[0])

    ask(swap)
    assert list(Meeting.objects.order_by("pk").values_list("room__name_lv", flat=True)) == ["B", "A"]


def test_a_move_without_the_other_half_is_refused(meets: Meets, rooms: list[Room]) -> None:
    first = meets()
    meets(room=rooms[1])
    assert refused_by(lambda: Meeting.objects.filter(pk=first.pk).update(room=rooms[1])) == (
        "meeting_room_never_booked_twice"
    )
