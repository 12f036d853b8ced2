"""On a date's own page nothing that people signed up for is moved, called off or deleted past the gate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from activities.models import Meeting, Occurrence
from families import registering
from families.models import Registration
from kopiena.floor.models import Notice
from kopiena.roles import COORDINATOR
from tests.office import date_form, page_of_date, signed_in, staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FIXED = {"begins_on", "begins_clock", "ends_on", "ends_clock", "is_all_day", "where", "venue", "room", "is_cancelled"}
SENTENCE = "Uz šo tikšanās reizi cilvēki jau ir pieteikušies."


def row_of(office: Client, occurrence: Occurrence) -> dict[str, Any]:
    """The fields of the first meeting as the page shows them, those that are only to look at included."""
    form = office.get(page_of_date("change", occurrence)).context["inline_admin_formsets"][0].formset.forms[0]
    return {name: form[name].value() for name in form.fields if name != "DELETE"}


def sent(office: Client, occurrence: Occurrence, row: dict[str, Any], *more: dict[str, Any]) -> Any:
    form = date_form(occurrence.activity, row, *more, initial=1, name_lv="Jauns nosaukums")
    return office.post(page_of_date("change", occurrence), form)


def as_a_browser_sends(row: dict[str, Any]) -> dict[str, Any]:
    """What is only to look at is left out."""
    return {name: None if name in FIXED else value for name, value in row.items()}


def times(occurrence: Occurrence) -> list[Any]:
    return list(occurrence.meetings.order_by("pk").values_list("starts_at", "ends_at", "where", "is_cancelled"))


@pytest.fixture
def signed_up(soon: Callable[..., Occurrence], comes: Callable[..., Registration]) -> Occurrence:
    """A date somebody has signed up for, to the minute."""
    occurrence = soon()
    begins = occurrence.meetings.get().starts_at.replace(second=0, microsecond=0)
    occurrence.meetings.update(starts_at=begins, ends_at=begins + DAY / 24)
    comes(occurrence)
    return occurrence


def test_time_and_place_are_to_look_at_and_point_to_the_page_that_tells_everybody(signed_up: Occurrence) -> None:
    office = signed_in(COORDINATOR)
    answer = office.get(page_of_date("change", signed_up))
    form = answer.context["inline_admin_formsets"][0].formset.forms[0]
    assert {name for name, field in form.fields.items() if field.disabled} == FIXED
    way = f"{page_of_date('rain', signed_up)}?reize={signed_up.meetings.get().pk}"
    assert way in answer.content.decode()
    assert "-DELETE" not in answer.content.decode()


def test_the_rest_of_the_page_is_saved_and_a_meeting_added(signed_up: Occurrence) -> None:
    office, before = signed_in(COORDINATOR), times(signed_up)
    row = {**as_a_browser_sends(row_of(office, signed_up)), "name_lv": "Ievads"}
    day = timezone.localdate() + 20 * DAY
    new = {"begins_on": f"{day}", "begins_clock": "10:00", "ends_clock": "12:00", "where": "home"}
    row["where"] = None
    assert sent(office, signed_up, row, new).status_code == 302
    assert times(signed_up)[:1] == before
    assert len(times(signed_up)) == 2
    signed_up.refresh_from_db()
    assert (signed_up.name_lv, signed_up.meetings.order_by("pk")[0].name_lv) == ("Jauns nosaukums", "Ievads")


@pytest.mark.parametrize(
    "forged",
    [
        {"begins_on": "2090-01-02"},
        {"begins_clock": "03:33"},
        {"ends_clock": "03:33"},
        {"where": "home", "venue": ""},
        {"is_cancelled": "on"},
        {"is_all_day": "on"},
    ],
)
def test_a_forged_form_changes_nothing_and_is_told_where_to_go(forged: dict[str, str], signed_up: Occurrence) -> None:
    office, before, notices = signed_in(COORDINATOR), times(signed_up), Notice.objects.count()
    answer = sent(office, signed_up, {**row_of(office, signed_up), **forged})
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert times(signed_up) == before
    assert Notice.objects.count() == notices


def test_a_forged_deletion_deletes_nothing(signed_up: Occurrence) -> None:
    office, before = signed_in(COORDINATOR), times(signed_up)
    sent(office, signed_up, {**as_a_browser_sends(row_of(office, signed_up)), "where": None, "DELETE": "on"})
    assert times(signed_up) == before
    office.post(f"/admin/activities/occurrence/{signed_up.pk}/delete/", {"post": "yes"})
    assert Meeting.objects.filter(occurrence=signed_up).exists()


def test_a_page_opened_before_the_first_sign_up_changes_nothing_after_it(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    row = row_of(office, occurrence)
    comes(occurrence)
    before = times(occurrence)
    answer = sent(office, occurrence, {**row, "begins_on": f"{timezone.localdate() + 3 * DAY}"})
    assert SENTENCE in answer.content.decode()
    assert times(occurrence) == before


def test_where_nobody_comes_any_more_the_meeting_is_changed_and_deleted_as_before(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    gone = comes(occurrence)
    registering.cancel(gone.pk, by=staff(), now=timezone.now())
    day = timezone.localdate() + 3 * DAY
    row = {
        **row_of(office, occurrence),
        "begins_on": f"{day}",
        "begins_clock": "10:00",
        "ends_clock": "12:00",
        "ends_on": "",
    }
    assert sent(office, occurrence, row).status_code == 302
    assert timezone.localdate(occurrence.meetings.get().starts_at) == day
    row["id"] = occurrence.meetings.get().pk
    assert sent(office, occurrence, {**row, "DELETE": "on"}).status_code == 302
    assert not occurrence.meetings.exists()
