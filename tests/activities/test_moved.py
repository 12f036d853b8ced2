"""A meeting remembers when it was to begin at first; activities, dates and meetings remember when they last changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from activities.models import Activity, Meeting, Occurrence
from families import registering
from families.registering import Rescheduled
from kopiena.roles import COORDINATOR
from tests.conftest import NOW
from tests.gate import boss
from tests.office import date_form, signed_in

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
HOUR = timedelta(hours=1)


def moved(meeting: Meeting, starts_at: datetime) -> Meeting:
    """Held at another time by the coordinator's page, with or without people."""
    wanted = Rescheduled(meeting.pk, starts_at, starts_at + HOUR, meeting.where, meeting.venue, meeting.room)
    registering.reschedule(meeting.occurrence_id, [wanted], by=boss(), now=NOW)
    return Meeting.objects.get(pk=meeting.pk)


def test_moved_again_it_still_remembers_the_first_time(make_occurrence: Dates) -> None:
    meeting = make_occurrence().meetings.get()
    first = meeting.starts_at
    assert meeting.moved_from is None
    assert moved(meeting, first + HOUR).moved_from == first
    assert moved(meeting, first - HOUR).moved_from == first


def test_moved_back_it_was_not_moved(make_occurrence: Dates) -> None:
    meeting = make_occurrence().meetings.get()
    first = meeting.starts_at
    moved(meeting, first + HOUR)
    assert moved(meeting, first).moved_from is None


def test_another_end_or_place_is_no_other_beginning(make_occurrence: Dates) -> None:
    meeting = make_occurrence().meetings.get()
    wanted = Rescheduled(meeting.pk, meeting.starts_at, meeting.ends_at + HOUR, "home")
    assert registering.reschedule(meeting.occurrence_id, [wanted], by=boss(), now=NOW)
    meeting.refresh_from_db()
    assert (meeting.where, meeting.moved_from) == ("home", None)


@pytest.mark.parametrize(("state", "is_known"), [("published", True), ("draft", False), ("proposed", False)])
def test_in_the_admin_it_is_remembered_of_what_could_be_known(
    make_occurrence: Dates, state: str, is_known: bool
) -> None:
    occurrence = make_occurrence(starts_at=timezone.now() + timedelta(days=10), state=state)
    meeting = occurrence.meetings.get()
    row = {"begins_on": "2037-03-27", "begins_clock": "14:00", "ends_clock": "16:00", "where": "home", "id": meeting.pk}
    page = f"/admin/activities/occurrence/{occurrence.pk}/change/"
    answer = signed_in(COORDINATOR).post(page, date_form(occurrence.activity, row, initial=1))
    assert answer.status_code == 302
    after = Meeting.objects.get(pk=meeting.pk)
    assert after.starts_at != meeting.starts_at
    assert after.moved_from == (meeting.starts_at if is_known else None)


@pytest.mark.parametrize(
    ("model", "change"),
    [(Activity, {"title_lv": "Cita"}), (Occurrence, {"state": "cancelled"}), (Meeting, {"is_cancelled": True})],
)
def test_every_change_is_remembered_and_nothing_else_is_one(make_occurrence: Dates, model: Any, change: Any) -> None:
    make_occurrence()
    model.objects.update(changed_at=NOW)
    assert model.objects.get().changed_at == NOW
    row = model.objects.get()
    row.save()
    assert model.objects.get().changed_at == NOW
    for name, value in change.items():
        setattr(row, name, value)
    row.save()  # the old moment is written back with it
    by_saving = model.objects.get().changed_at
    assert by_saving != NOW
    model.objects.update(**dict.fromkeys(change, "planned" if model is Occurrence else False))
    assert model.objects.get().changed_at > by_saving
