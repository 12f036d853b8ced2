"""Dates and their meetings in the admin: times that exist, and a room that is never booked twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from activities.admin.meetings import MeetingFormSet
from activities.models import Activity, Capacity, Meeting, Occurrence, Room, Venue
from kopiena.roles import COORDINATOR
from tests.office import date_form, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/activities/occurrence/add/"
ROW = {"begins_on": "2027-03-27", "begins_clock": "14:00", "ends_clock": "16:00"}


@pytest.fixture
def room() -> Room:
    venue = Venue.objects.create(slug="pils", name_lv="Kultūras pils")
    return Room.objects.create(venue=venue, name_lv="Lielā zāle")


def page_of(occurrence: Occurrence) -> str:
    return reverse("admin:activities_occurrence_change", args=[occurrence.pk])


def errors_of(answer: Any) -> list[dict[str, Any]]:
    """The errors of each meeting on the page."""
    assert answer.status_code == 200
    return [dict(form.errors) for form in answer.context["inline_admin_formsets"][0].formset.forms]


def test_a_date_is_made_with_its_meeting_in_riga_time(make_activity: Callable[..., Activity], room: Room) -> None:
    activity = make_activity(usual_places=7)
    answer = signed_in(COORDINATOR).post(ADD, date_form(activity, {**ROW, "room": room.pk}))
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2027, 3, 27, 12, tzinfo=UTC)  # winter time until the next morning
    assert meeting.ends_at == datetime(2027, 3, 27, 14, tzinfo=UTC)
    assert meeting.venue == room.venue  # a room says where
    assert Capacity.objects.get().places == 7


def test_whole_days_are_given_by_their_days_alone(make_activity: Callable[..., Activity]) -> None:
    campaign = {"begins_on": "2027-03-20", "ends_on": "2027-04-04", "is_all_day": "on", "where": "home"}
    client = signed_in(COORDINATOR)
    assert client.post(ADD, date_form(make_activity(), campaign)).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.first_day.isoformat(), meeting.last_day.isoformat()) == ("2027-03-20", "2027-04-04")
    assert meeting.ends_at == datetime(2027, 4, 4, 21, tzinfo=UTC)  # midnight of summer time
    form = client.get(page_of(meeting.occurrence)).context["inline_admin_formsets"][0].formset.forms[0]
    shown = [form[name].value() for name in ("begins_on", "begins_clock", "ends_on", "ends_clock")]
    assert [str(value) for value in shown] == ["2027-03-20", "None", "2027-04-04", "None"]


def test_a_date_saved_unchanged_stays_as_it_was(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence()
    before = Meeting.objects.values().get()
    client = signed_in(COORDINATOR)
    form = client.get(page_of(occurrence)).context["inline_admin_formsets"][0].formset.forms[0]
    row = {name: form[name].value() for name in form.fields if name != "DELETE"}
    assert client.post(page_of(occurrence), date_form(occurrence.activity, row, initial=1)).status_code == 302
    assert Meeting.objects.values().get() == before


def test_a_time_is_asked_for_unless_it_takes_whole_days(make_activity: Callable[..., Activity]) -> None:
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), {"begins_on": "2027-03-27", "where": "home"}))
    assert set(errors_of(answer)[0]) == {"begins_clock", "ends_clock"}


def test_an_end_before_the_beginning_is_refused(make_activity: Callable[..., Activity]) -> None:
    row = {**ROW, "where": "home", "ends_clock": "13:00"}
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), row))
    assert set(errors_of(answer)[0]) == {"ends_clock"}
    assert not Occurrence.objects.exists()


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_an_hour_the_clock_change_skips_or_repeats_is_refused_in_latvian(
    day: str, make_activity: Callable[..., Activity]
) -> None:
    row = {"begins_on": day, "begins_clock": "03:30", "ends_clock": "05:00", "where": "home"}
    fields = {"sign_up_opens_at_0": day, "sign_up_opens_at_1": "03:30"}
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), row, **fields))
    said = errors_of(answer)[0]["begins_clock"]
    assert "laika joslā" in str(said)
    assert answer.context["adminform"].form.errors["sign_up_opens_at"] == said


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-30", "x" * 10_000, "\x00", "🎈"])
def test_a_day_that_cannot_be_is_refused(day: str, make_activity: Callable[..., Activity]) -> None:
    fields = {"sign_up_opens_at_0": day, "sign_up_opens_at_1": "10:00"}
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), {**ROW, "begins_on": day}, **fields))
    assert "begins_on" in errors_of(answer)[0]
    assert "sign_up_opens_at" in answer.context["adminform"].form.errors


def test_a_meeting_at_a_venue_needs_one_and_at_home_none(make_activity: Callable[..., Activity], room: Room) -> None:
    client, activity = signed_in(COORDINATOR), make_activity()
    for row in ({"where": "venue"}, {"where": "home", "venue": room.venue.pk}, {"where": "home", "room": room.pk}):
        assert "__all__" in errors_of(client.post(ADD, date_form(activity, {**ROW, **row})))[0]


def test_a_room_of_another_venue_is_refused_beside_the_field(
    make_activity: Callable[..., Activity], room: Room
) -> None:
    other = Venue.objects.create(slug="cita", name_lv="Cita vieta")
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), {**ROW, "venue": other.pk, "room": room.pk}))
    assert set(errors_of(answer)[0]) == {"room"}


# A room is never booked twice


def test_a_room_that_another_date_holds_is_refused_with_everything_kept(
    make_activity: Callable[..., Activity], room: Room
) -> None:
    client, activity = signed_in(COORDINATOR), make_activity()
    client.post(ADD, date_form(activity, {**ROW, "room": room.pk}))
    answer = client.post(ADD, date_form(activity, {**ROW, "room": room.pk}, name_lv="Otrais"))
    assert set(errors_of(answer)[0]) == {"room"}
    assert 'value="Otrais"' in answer.content.decode()
    shared = client.post(ADD, date_form(activity, {**ROW, "room": room.pk, "holds_room": False}))
    assert shared.status_code == 302


def test_two_new_meetings_that_clash_with_each_other_are_refused(
    make_activity: Callable[..., Activity], room: Room
) -> None:
    row = {**ROW, "room": room.pk}
    answer = signed_in(COORDINATOR).post(ADD, date_form(make_activity(), row, {**row, "ends_clock": "15:00"}))
    assert [set(errors) for errors in errors_of(answer)] == [set(), {"room"}]
    assert not Occurrence.objects.exists()


def test_two_meetings_may_change_times_with_each_other(make_activity: Callable[..., Activity], room: Room) -> None:
    client, activity = signed_in(COORDINATOR), make_activity()
    rows = [{**ROW, "room": room.pk}, {**ROW, "room": room.pk, "begins_on": "2027-03-29"}]
    client.post(ADD, date_form(activity, *rows))
    first, second = Meeting.objects.order_by("starts_at")
    swapped = [
        {**rows[1], "id": first.pk, "occurrence": first.occurrence_id},
        {**rows[0], "id": second.pk, "occurrence": first.occurrence_id},
    ]
    answer = client.post(page_of(first.occurrence), date_form(activity, *swapped, initial=2))
    assert answer.status_code == 302
    assert list(Meeting.objects.order_by("starts_at")) == [second, first]


def test_a_deleted_meeting_frees_its_room_for_another_of_the_same_page(
    make_activity: Callable[..., Activity], room: Room
) -> None:
    client, activity = signed_in(COORDINATOR), make_activity()
    row = {**ROW, "room": room.pk}
    client.post(ADD, date_form(activity, row))
    old = Meeting.objects.get()
    rows = [{**row, "id": old.pk, "occurrence": old.occurrence_id, "DELETE": "on"}, row]
    assert client.post(page_of(old.occurrence), date_form(activity, *rows, initial=1)).status_code == 302
    assert Meeting.objects.get().pk != old.pk


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The first look at the rooms sees nothing, as when somebody else saves between look and commit."""
    looks: list[int] = []
    real = MeetingFormSet._is_taken

    def is_taken(self: MeetingFormSet, meeting: Meeting) -> bool:
        looks.append(1)
        return len(looks) > 1 and real(self, meeting)

    monkeypatch.setattr(MeetingFormSet, "_is_taken", is_taken)
    return looks


@pytest.mark.django_db(transaction=True)
def test_a_room_taken_at_the_same_moment_becomes_an_error_beside_the_field(
    make_activity: Callable[..., Activity], room: Room, blind: list[int]
) -> None:
    client, activity = signed_in(COORDINATOR), make_activity()
    client.post(ADD, date_form(activity, {**ROW, "room": room.pk}))
    client.get("/admin/")  # what was said of the first is read
    blind.clear()
    answer = client.post(ADD, date_form(activity, {**ROW, "room": room.pk}))
    assert len(blind) == 2
    assert set(errors_of(answer)[0]) == {"room"}
    assert [str(message) for message in answer.context["messages"]] == []
    assert Occurrence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_second_look_that_clash_would_break_the_page(
    make_activity: Callable[..., Activity], room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MeetingFormSet, "_is_taken", lambda self, meeting: False)
    client, activity = signed_in(COORDINATOR), make_activity()
    client.post(ADD, date_form(activity, {**ROW, "room": room.pk}))
    with pytest.raises(IntegrityError):
        client.post(ADD, date_form(activity, {**ROW, "room": room.pk}))
