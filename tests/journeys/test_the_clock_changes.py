"""03:30 on 28 March 2027 does not exist, 03:30 on 31 October comes twice: nobody is let in or shut out wrongly."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.models import Meeting, Occurrence
from tests import office
from tests.journeys.conftest import sign_up_form, signs_up
from tests.journeys.resident import Resident

MINUTE = timedelta(minutes=1)
SPRING = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 03:00 becomes 04:00
AUTUMN = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)  # 04:00 becomes 03:00


def is_open(who: Resident, occurrence: Occurrence) -> bool:
    return any(form.get("method") == "post" for form in sign_up_form(who, occurrence).document.iter("form"))


@pytest.mark.parametrize("closes_at", [AUTUMN - 30 * MINUTE, AUTUMN + 30 * MINUTE], ids=["first-0330", "second-0330"])
def test_sign_up_closes_at_its_own_half_past_three_and_not_at_the_other(
    resident: Resident, make_occurrence: Any, clock: Any, closes_at: datetime
) -> None:
    occurrence = make_occurrence(starts_at=AUTUMN + timedelta(hours=8), occurrence={"sign_up_closes_at": closes_at})
    clock.move_to(closes_at - MINUTE)
    assert is_open(resident, occurrence)
    clock.move_to(closes_at)
    assert not is_open(resident, occurrence)
    assert "Pieteikšanās ir beigusies" in sign_up_form(resident, occurrence).text


def test_sign_up_opens_after_the_hour_that_is_not_there(resident: Resident, make_occurrence: Any, clock: Any) -> None:
    opens_at = SPRING + 30 * MINUTE
    occurrence = make_occurrence(starts_at=SPRING + timedelta(hours=8), occurrence={"sign_up_opens_at": opens_at})
    clock.move_to(opens_at - MINUTE)
    page = sign_up_form(resident, occurrence)
    assert "Pieteikšanās sāksies svētdien, 28. martā, plkst. 4.30" in page.text
    clock.move_to(opens_at)
    assert is_open(resident, occurrence)
    assert signs_up(resident, occurrence).marked("status") == ["Pieteikums apstiprināts"]


@pytest.mark.parametrize(
    ("starts_at", "said"),
    [
        (
            SPRING - 30 * MINUTE,
            "svētdien, 28. martā, plkst. 2.30–5.30",
        ),  # two hours long
        (AUTUMN - 90 * MINUTE, "svētdien, 31. oktobrī, plkst. 2.30–3.30"),
    ],
    ids=["spring", "autumn"],
)
def test_a_meeting_over_the_change_is_shown_by_the_clock_on_the_wall(
    resident: Resident, make_occurrence: Any, clock: Any, starts_at: datetime, said: str
) -> None:
    occurrence = make_occurrence(starts_at=starts_at)  # it lasts two hours
    clock.move_to(starts_at - timedelta(days=2))
    page = signs_up(resident, occurrence)
    assert said in page.text
    month = "2027-03" if starts_at < AUTUMN - timedelta(days=100) else "2027-10"
    assert occurrence.activity.title_lv in resident.open(f"/kalendars/{month}/").text
    file = resident.client.get(page.links()["Pievienot kalendāram"]).content.decode()
    assert "DTSTART;TZID=Europe/Riga:2027" in file


@pytest.mark.parametrize("typed", ["28.03.2027 03:30", "31.10.2027 03:30", "30.02.2027 10:00", "2027-03-28 03:30"])
def test_the_office_is_told_that_such_a_time_cannot_be_meant(make_activity: Any, typed: str) -> None:
    day, time = typed.split()
    row = {"starts_at_0": day, "starts_at_1": time, "ends_at_0": day, "ends_at_1": "12:00", "where": "home"}
    client = office.signed_in("Coordinator")
    answer = client.post("/admin/activities/occurrence/add/", office.date_form(make_activity(), row))
    assert answer.status_code == 200
    assert 'class="errorlist' in answer.content.decode()
    assert not Meeting.objects.exists()
    assert not Occurrence.objects.exists()
