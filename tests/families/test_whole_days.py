"""What lasts whole days is named by its day alone, wherever the office or a family chooses or looks at a date."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Meeting, Occurrence
from families import registering
from families.models import Registration
from kopiena.floor.dates import local_day, moment, plain_day
from kopiena.roles import COORDINATOR
from tests.days import on_whole_days
from tests.families.caller import PHONE_PAGE
from tests.office import cancel_page_of, page_of_date, registration_page_of, signed_in, staff

pytestmark = pytest.mark.django_db

Soon = Callable[..., Occurrence]
Comes = Callable[..., Registration]


def begins_with_whole_days(occurrence: Occurrence) -> None:
    """A campaign that ends with a meeting at a clock time."""
    on_whole_days(occurrence)
    ends_at = occurrence.meetings.get().ends_at
    begins_at = ends_at + timedelta(days=3, hours=14)
    Meeting.objects.create(
        occurrence=occurrence, starts_at=begins_at, ends_at=begins_at + timedelta(hours=1), where="home"
    )


def begins(occurrence: Occurrence) -> datetime:
    return occurrence.meetings.order_by("starts_at")[0].starts_at


def says_the_day_alone(page: str, occurrence: Occurrence) -> bool:
    """Whether the office's page names the date, and nowhere with a clock time."""
    day = f"{local_day(occurrence.meetings.order_by('starts_at')[0].starts_at):%d.%m.%Y}."
    return day in page and f"{day} 00.00" not in page


@pytest.mark.parametrize(
    "address",
    [
        lambda registration: reverse("admin:activities_occurrence_changelist"),
        lambda registration: page_of_date("queue", registration.occurrence),
        lambda registration: reverse("admin:families_registration_changelist"),
        registration_page_of,
        cancel_page_of,
        lambda registration: PHONE_PAGE,
        lambda registration: reverse("admin:families_registration_junk"),
    ],
)
def test_in_the_office(address: Callable[[Registration], str], soon: Soon, comes: Comes) -> None:
    registration = comes(soon())
    begins_with_whole_days(registration.occurrence)
    page = signed_in(COORDINATOR).get(address(registration)).content.decode()
    assert says_the_day_alone(page, registration.occurrence)


def test_among_the_dates_to_move_to(soon: Soon, comes: Comes) -> None:
    registration, other = comes(soon()), soon()
    begins_with_whole_days(other)
    page = signed_in(COORDINATOR).get(reverse("admin:families_registration_move", args=[registration.pk]))
    assert says_the_day_alone(page.content.decode(), other)


def test_on_the_call_list_of_one_date(soon: Soon, comes: Comes) -> None:
    registration = comes(soon(), email="")
    begins_with_whole_days(registration.occurrence)
    reason = {"reason_lv": "Lietus."}
    registering.call_off(registration.occurrence_id, reason=reason, by=staff(), now=timezone.now())
    calls = f"{reverse('admin:families_calls')}?date={registration.occurrence_id}"
    assert says_the_day_alone(signed_in(COORDINATOR).get(calls).content.decode(), registration.occurrence)


def test_among_the_other_dates_of_an_activity(soon: Soon) -> None:
    full = soon(places=0)
    other = soon(activity=full.activity)
    begins_with_whole_days(other)
    page = Client().get(f"/pieteikties/{full.pk}/").content.decode()
    assert plain_day(begins(other), "lv") in page
    assert moment(begins(other), "lv") not in page
