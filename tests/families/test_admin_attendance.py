"""Who came, in the admin: the coordinator writes it as organisers do, the others of the staff only look."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import gettext, override

from activities.models import Activity, Meeting, Occurrence
from families.attending import Numbers, Whose, note, noted
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.days import on_whole_days
from tests.families.desk.visits import AFTER, BEGINS, another_day, family, institution, own, pair, teacher
from tests.office import page_of_date, signed_in

pytestmark = pytest.mark.django_db
EMPTY_FIELDS = (
    "Both fields left empty mean that the number is not known, one left empty means 0. "
    "You may correct the numbers at any time."
)


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def meeting(make_occurrence: Callable[..., Occurrence]) -> Meeting:
    return own(make_occurrence(places=100), institution(), institution("saulite"))


def page_of(meeting: Meeting) -> str:
    return page_of_date("attendance", meeting.occurrence, meeting.pk)


def date_page(meeting: Meeting, role: str) -> str:
    return signed_in(role).get(page_of_date("change", meeting.occurrence)).content.decode()


def test_the_coordinator_writes_parties_each_organisers_group_and_all_others(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    client = signed_in(COORDINATOR)
    page = client.get(page_of(meeting)).content.decode()
    keys = [f"{meeting.pk}r{anna.pk}"]
    keys += [f"{meeting.pk}g{institution(slug).pk}" for slug in ("pienenite", "saulite")]
    keys += [f"{meeting.pk}o"]
    assert [f'name="adults_{key}"' in page for key in keys] == [True] * 4
    sent: dict[str, object] = {}
    for number, key in enumerate(keys):
        sent |= pair(key, number, number)
    answer = client.post(page_of(meeting), sent)
    assert answer["Location"] == page_of_date("change", meeting.occurrence)
    assert [*noted(meeting.pk).values()] == [Numbers(number, number) for number in (3, 2, 1, 0)]


def test_what_is_wrong_is_said_and_nothing_is_written(meeting: Meeting) -> None:
    key = f"{meeting.pk}o"
    for typed in ("x", "2001", "-1"):
        answer = signed_in(COORDINATOR).post(page_of(meeting), pair(key, typed, 1))
        assert (answer.status_code, 'class="errornote"' in answer.content.decode()) == (200, True)
    assert noted(meeting.pk) == {}


def test_the_page_of_a_date_says_how_many_came_to_each_meeting_held(meeting: Meeting) -> None:
    another_day(meeting.occurrence, -3), another_day(meeting.occurrence, 5)
    note({Whose(meeting.pk): Numbers(48, 332)}, by=teacher(institution()), now=AFTER)
    for role in (COORDINATOR, HELPER, AUDITOR):
        page = date_page(meeting, role)
        assert page.count("48 pieaugušie, 332 bērni") == 1
        assert page.count("/atnaca/") == (2 if role == COORDINATOR else 0)


def test_whole_days_have_no_clock_time(meeting: Meeting) -> None:
    another_day(meeting.occurrence, -3)
    on_whole_days(meeting.occurrence)
    page = date_page(meeting, COORDINATOR)
    assert page.count("Kas atnāca, ") == 2
    assert "00.00" not in page.split("<form")[1] + page.split("<h1>")[1].split("<form")[0]
    assert "00.00" not in signed_in(COORDINATOR).get(page_of(meeting)).content.decode()


def test_the_page_says_what_empty_fields_mean(meeting: Meeting) -> None:
    page = signed_in(COORDINATOR).get(page_of(meeting)).content.decode()
    with override("lv"):
        assert gettext(EMPTY_FIELDS) in page
    key = f"{meeting.pk}o"
    signed_in(COORDINATOR).post(page_of(meeting), pair(key, 12, ""))
    assert noted(meeting.pk) == {Whose(meeting.pk): Numbers(12, 0)}
    signed_in(COORDINATOR).post(page_of(meeting), {**pair(key, "", ""), "seen": f"{key}:12,0"})
    assert noted(meeting.pk) == {}


def test_only_a_coordinator_may_write(meeting: Meeting) -> None:
    for role in (HELPER, AUDITOR):
        assert signed_in(role).get(page_of(meeting)).status_code == 403
        assert signed_in(role).post(page_of(meeting), pair(f"{meeting.pk}o", 1, 1)).status_code == 403
    assert noted(meeting.pk) == {}


def test_of_what_is_discreet_has_not_begun_or_is_of_another_date_there_is_no_page(
    meeting: Meeting, make_occurrence: Callable[..., Occurrence]
) -> None:
    client, other = signed_in(COORDINATOR), own(make_occurrence())
    coming = another_day(meeting.occurrence, 5)
    for number in (coming.pk, other.pk, 0):
        assert client.get(page_of_date("attendance", meeting.occurrence, number)).status_code == 404
    Activity.objects.update(audience="discreet")
    assert client.get(page_of(meeting)).status_code == 404
    assert "/atnaca/" not in date_page(meeting, COORDINATOR)
    assert BEGINS < AFTER < coming.starts_at - timedelta(days=4)
