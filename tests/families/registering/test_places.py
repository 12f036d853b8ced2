"""Setting places, what they are for and how many groups may have; keeping some for callers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from activities.models import Occurrence
from families import registering
from families.registering import Refused
from tests.conftest import NOW
from tests.gate import boss, calls, capacity, group, is_clean, signs_up, stands, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)


def sets(
    occurrence: Occurrence, places: int | None, for_groups: int | None = None, unit: str = "people", now: datetime = NOW
) -> None:
    registering.set_places(occurrence.pk, unit=unit, places=places, for_groups=for_groups, by=boss(), now=now)


def holds(occurrence: Occurrence, held: int, until: datetime | None = NOW + DAY, now: datetime = NOW) -> None:
    registering.hold_places(occurrence.pk, held=held, until=until, by=boss(), now=now)


def refusal(deed: Callable[[], None]) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.message, refused.value.field


def test_more_places_go_to_exactly_the_next_that_fit(date: Dates) -> None:
    occurrence = date(2)
    for size in (2, 4, 2, 3, 1):
        signs_up(occurrence, size)
    sets(occurrence, 5)
    assert [found[1] for found in stands(occurrence)] == ["placed", "waiting", "placed", "waiting", "placed"]
    assert is_clean()


def test_as_many_as_are_taken_is_the_fewest(date: Dates) -> None:
    occurrence = date(10)
    signs_up(occurrence, 4)
    assert refusal(lambda: sets(occurrence, 3)) == (
        "4 places are taken already. Cancel some registrations first, or keep at least as many.",
        "places",
    )
    sets(occurrence, 4)
    assert (capacity(occurrence).places, signs_up(occurrence).status) == (4, "waiting")


def test_the_limit_for_groups_is_at_least_what_they_have_and_raised_lets_them_move_up(date: Dates) -> None:
    occurrence = date(20)
    group(occurrence, 1, 3)
    assert refusal(lambda: sets(occurrence, 20, 3)) == (
        "Groups already have: 4. Make a group smaller first, or keep at least as many for groups.",
        "for_groups",
    )
    sets(occurrence, 20, 4)
    waiting = group(occurrence, 1, 1, may_wait=True)
    sets(occurrence, 20, 5)
    assert status(waiting) == "waiting"
    sets(occurrence, 20, 6)
    assert (status(waiting), capacity(occurrence).taken_by_groups) == ("placed", 6)
    assert is_clean()


def test_what_a_place_is_for_changes_only_while_nobody_has_signed_up(date: Dates) -> None:
    occurrence = date(10)
    ours = signs_up(occurrence)
    assert refusal(lambda: sets(occurrence, 10, unit="children"))[1] == "unit"
    registering.cancel(ours.pk, now=NOW)
    assert refusal(lambda: sets(occurrence, 10, unit="chairs")) == (
        "A place is for people, children or families.",
        "unit",
    )
    sets(occurrence, 10, unit="children")
    assert capacity(occurrence).unit == "children"
    assert is_clean()


def test_without_a_limit_everybody_moves_up_while_the_queue_does_and_later_it_is_refused(date: Dates) -> None:
    occurrence, late = date(1), date(1, starts_at=NOW + DAY)
    for each in (occurrence, late):
        signs_up(each)
        signs_up(each, 3)
    sets(occurrence, None)
    assert (capacity(occurrence).waiting, capacity(occurrence).taken) == (0, 4)
    moment = NOW + timedelta(hours=7)
    assert refusal(lambda: sets(late, None, now=moment)) == (
        "Parties are still waiting, so the limit cannot be lifted. Give a number of places instead.",
        "places",
    )
    assert (capacity(late).places, capacity(late).waiting) == (1, 1)
    assert is_clean()


def test_only_free_places_are_kept_and_only_until_a_moment_to_come(date: Dates) -> None:
    occurrence = date(5)
    signs_up(occurrence, 2)
    starts_at = NOW + 10 * DAY
    when = "Say until when the places are kept: a moment still to come."
    for held, until, expected in (
        (4, NOW + DAY, ("Free places: 3. No more than that can be kept.", "held")),
        (3, None, (when, "until")),
        (3, NOW, (when, "until")),
        (3, starts_at + timedelta(microseconds=1), ("The places can be kept at most until it begins.", "until")),
    ):
        assert refusal(lambda held=held, until=until: holds(occurrence, held, until)) == expected  # type: ignore[misc]
    holds(occurrence, 3, starts_at)
    assert (capacity(occurrence).held, capacity(occurrence).held_until) == (3, starts_at)
    assert signs_up(occurrence, 1).is_waiting
    assert refusal(lambda: holds(date(None), 1)) == (
        "Here the number of places has no limit, so none need be kept.",
        "held",
    )
    assert is_clean()


def test_given_back_at_once_they_go_to_the_queue(date: Dates) -> None:
    occurrence = date(3)
    holds(occurrence, 3)
    waiting = signs_up(occurrence, 2)
    holds(occurrence, 2)
    assert status(waiting) == "waiting"
    holds(occurrence, 0, None)
    assert (status(waiting), capacity(occurrence).held, capacity(occurrence).held_until) == ("placed", 0, None)
    assert is_clean()


def test_at_their_moment_they_lapse_and_go_to_the_queue_and_not_before(date: Dates) -> None:
    occurrence = date(3)
    holds(occurrence, 2)
    waiting = signs_up(occurrence, 3)
    assert registering.settle_all(NOW + DAY - timedelta(microseconds=1)) == 1
    assert (status(waiting), capacity(occurrence).held) == ("waiting", 2)
    assert registering.settle_all(NOW + DAY) == 1
    assert (status(waiting), capacity(occurrence).held, capacity(occurrence).held_until) == ("placed", 0, None)
    assert is_clean(NOW + DAY)


def test_lapsed_places_are_let_go_although_nobody_waits(date: Dates) -> None:
    occurrence = date(3)
    holds(occurrence, 2)
    assert registering.settle_all(NOW + 2 * DAY) == 1
    assert (capacity(occurrence).held, registering.settle_all(NOW + 2 * DAY)) == (0, 0)


def test_fewer_places_than_taken_and_kept_keep_the_callers_first_but_never_past_the_places(date: Dates) -> None:
    occurrence = date(5)
    signs_up(occurrence, 2)
    holds(occurrence, 3)
    sets(occurrence, 4)
    assert signs_up(occurrence, 1).is_waiting
    calls(occurrence, 2)
    assert stands(occurrence) == [(1, "placed", 2), (2, "waiting", 1), (3, "placed", 2)]
    assert is_clean()
