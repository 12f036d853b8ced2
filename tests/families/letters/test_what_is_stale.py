"""What is not so any more is not sent, and the reason is the right one; what nobody has heard yet still is."""

from collections.abc import Callable
from datetime import datetime

import pytest

from activities.models import Occurrence
from families import notices, registering
from families.models import Registration
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Pointless
from tests.conftest import NOW
from tests.families.letters import stories
from tests.families.letters.stories import DAY, Stories, anna, made, said, told
from tests.gate import boss, calls

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
Reason = Notice.Reason
COMING = [
    "placed",
    "waiting",
    "promoted",
    "no_place",
    "changed",
    "taken_up",
    "moved",
    "reminder",
    "reminder_early",
    "twice",
]


def reason_of(notice: Notice, now: datetime) -> str:
    """Why the letter is pointless; "" where it is not."""
    try:
        made(notice, now)
    except Pointless as pointless:
        return pointless.reason
    return ""


@pytest.mark.parametrize("name", sorted(stories.ALL))
def test_an_erased_family_gets_nothing(make_occurrence: Dates, name: str) -> None:
    notice, now = told(name, make_occurrence)
    for registration in Registration.objects.filter(sign_up__email="anna@example.lv"):
        registering.erase(registration.sign_up_id, now=now)
    assert reason_of(notice, now) == Reason.ERASED
    notice.refresh_from_db()
    assert (notice.state, notice.recipient, notice.details) == ("withdrawn", "", {})


@pytest.mark.parametrize("name", COMING)
def test_a_family_that_cancelled_hears_only_of_that(make_occurrence: Dates, name: str) -> None:
    notice, now = told(name, make_occurrence)
    registering.cancel(notice.about_id(), now=now)
    assert reason_of(notice, now) == Reason.NOT_SO
    notice.refresh_from_db()
    assert notice.state == "withdrawn"
    assert stories.owed(Registration.objects.get(pk=notice.about_id())) == [notices.CANCELLED]


@pytest.mark.parametrize("name", COMING)
def test_of_a_date_called_off_nothing_else_is_told(make_occurrence: Dates, name: str) -> None:
    notice, now = told(name, make_occurrence)
    Occurrence.objects.update(state="cancelled")
    assert reason_of(notice, now) == Reason.NOT_SO


@pytest.mark.parametrize("name", [*COMING, "called_off", "cancelled", "cancelled_by_the_centre"])
def test_of_a_date_that_is_over_nothing_is_told(make_occurrence: Dates, name: str) -> None:
    notice, _now = told(name, make_occurrence)
    assert reason_of(notice, NOW + 60 * DAY) == Reason.TOO_LATE


def test_waiting_is_withdrawn_once_places_came_free(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    first, ours = story.waits()
    notice = stories.last(ours)
    registering.cancel(first.pk, now=NOW)
    assert stories.owed(ours) == [notices.PROMOTED]
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("withdrawn", "overtaken")
    assert reason_of(notice, NOW) == Reason.NOT_SO  # even had a worker had it in hand


def test_promoted_is_not_told_to_who_waits_again(make_occurrence: Dates) -> None:
    notice, now = told("promoted", make_occurrence)
    other = make_occurrence(starts_at=NOW + 12 * DAY)
    calls(other, 10)
    stories.move(Registration.objects.get(pk=notice.about_id()), other)
    assert reason_of(notice, now) == Reason.NOT_SO


def test_no_place_is_not_told_of_a_date_one_waits_for_no_longer(make_occurrence: Dates) -> None:
    notice, now = told("no_place", make_occurrence)
    other = make_occurrence(starts_at=NOW + 30 * DAY)
    calls(other, 10)
    stories.move(Registration.objects.get(pk=notice.about_id()), other)
    assert reason_of(notice, now) == Reason.NOT_SO


def test_called_off_is_not_told_once_it_takes_place_after_all(make_occurrence: Dates) -> None:
    notice, now = told("called_off", make_occurrence)
    registering.take_up(Occurrence.objects.get().pk, by=boss(), now=now)
    assert reason_of(notice, now) == Reason.NOT_SO


def test_two_registrations_are_not_told_of_once_the_second_is_gone(make_occurrence: Dates) -> None:
    notice, now = told("twice", make_occurrence)
    registering.cancel(notice.details["second"], now=now)
    assert reason_of(notice, now) == Reason.NOT_SO


def test_links_are_sent_to_the_address_that_asked_only(make_occurrence: Dates) -> None:
    notice, now = told("link", make_occurrence)
    Registration.objects.get(sign_up=notice.about_id()).sign_up.__class__.objects.update(email="else@example.lv")
    assert reason_of(notice, now) == Reason.ERASED


def test_a_cancellation_by_the_family_itself_is_not_rung_up(make_occurrence: Dates) -> None:
    with pytest.raises(Pointless):
        said(*told("cancelled", make_occurrence))
