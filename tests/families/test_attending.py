"""Who came, written down: all of it or nothing, corrected at will, and never over what somebody else has written."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from activities.models import Activity, Meeting, Occurrence
from families import registering
from families.attending import Changed, Numbers, Whose, came_to, note, noted
from families.models import Attendance, Registration
from families.refusals import Refused
from kopiena.floor.dates import plain_day
from tests.days import on_whole_days
from tests.families.desk.visits import AFTER, BEGINS, another_day, family, institution, own, teacher

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]


@pytest.fixture
def meeting(make_occurrence: Make) -> Meeting:
    return own(make_occurrence(places=100))


def refused(*args: object, **kwargs: object) -> str:
    with override("en"), pytest.raises(Refused) as refusal:
        note(*args, by=teacher(institution()), **{"now": AFTER, **kwargs})  # type: ignore[arg-type]
    return refusal.value.message


def writes(typed: dict[Whose, Numbers | None], **also: object) -> None:
    note(typed, by=teacher(institution()), **{"now": AFTER, **also})  # type: ignore[arg-type]


def test_parties_the_own_group_and_all_others_are_written_at_once(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    typed = {
        Whose(meeting.pk, registration=anna.pk): Numbers(2, 1),
        Whose(meeting.pk, institution=institution().pk): Numbers(48, 332),
        Whose(meeting.pk): Numbers(0, 0),
    }
    writes(typed)
    assert noted(meeting.pk) == typed
    assert came_to([meeting.pk]) == {meeting.pk: Numbers(50, 333)}
    assert set(Attendance.objects.values_list("noted_at", "noted_by")) == {(AFTER, teacher(institution()).pk)}


def test_saving_again_corrects_and_none_takes_a_number_out(meeting: Meeting) -> None:
    group, others = Whose(meeting.pk, institution=institution().pk), Whose(meeting.pk)
    writes({group: Numbers(1, 10), others: Numbers(3, 3)})
    writes({group: Numbers(2, 11), others: None}, now=AFTER + timedelta(days=1))
    assert noted(meeting.pk) == {group: Numbers(2, 11)}


def test_what_is_the_same_keeps_who_wrote_it_and_when(meeting: Meeting) -> None:
    writes({Whose(meeting.pk): Numbers(3, 3)})
    writes({Whose(meeting.pk): Numbers(3, 3)}, now=AFTER + timedelta(days=1))
    assert Attendance.objects.get().noted_at == AFTER


def test_several_days_are_written_in_one_go(meeting: Meeting) -> None:
    days = [meeting, *(another_day(meeting.occurrence, days) for days in (1, 2, 3))]
    typed = {Whose(day.pk, institution=institution().pk): Numbers(12, 83) for day in days}
    writes(typed, now=AFTER + timedelta(days=4))
    assert noted(*(day.pk for day in days)) == typed


def test_one_bad_row_and_nothing_is_written(meeting: Meeting, make_occurrence: Make) -> None:
    stranger = family(make_occurrence())
    good, bad = Whose(meeting.pk), Whose(meeting.pk, registration=stranger.pk)
    assert refused({good: Numbers(1, 1), bad: Numbers(1, 1)}) == "This registration is not for this meeting."
    later = another_day(meeting.occurrence, 5)
    assert "once it has begun" in refused({good: Numbers(1, 1), Whose(later.pk): Numbers(1, 1)})
    assert noted(meeting.pk, later.pk) == {}


def test_numbers_before_the_meeting_begins_are_refused_and_at_its_beginning_taken(meeting: Meeting) -> None:
    typed = {Whose(meeting.pk): Numbers(1, 1)}
    words = "Numbers are written down once it has begun: on Thursday 11 March at 12:00."
    assert refused(typed, now=BEGINS - timedelta(seconds=1)) == words
    writes(dict(typed), now=BEGINS)
    assert noted(meeting.pk) == typed


def test_whole_days_begin_without_a_clock_time(meeting: Meeting) -> None:
    on_whole_days(meeting.occurrence)
    begins = meeting.occurrence.meetings.get().starts_at
    told = refused({Whose(meeting.pk): Numbers(1, 1)}, now=begins - timedelta(days=1))
    assert plain_day(begins, "en", today=begins) in told
    assert "0:00" not in told


@pytest.mark.parametrize("whole", [True, False])
def test_of_what_was_called_off_no_numbers_are_kept(whole: bool, meeting: Meeting) -> None:
    if whole:
        Occurrence.objects.update(state="cancelled")
    else:
        Meeting.objects.update(is_cancelled=True)
    assert refused({Whose(meeting.pk): Numbers(1, 1)}) == "This meeting was called off, so nobody came."


@pytest.mark.parametrize("fields", [{"audience": "discreet"}, {"state": "draft"}, {"state": "returned"}])
def test_of_the_discreet_and_the_unpublished_no_numbers_are_kept(fields: dict[str, str], meeting: Meeting) -> None:
    Activity.objects.update(**fields)
    assert refused({Whose(meeting.pk): Numbers(1, 1)}) == "No numbers are kept of this activity."


@pytest.mark.parametrize("numbers", [Numbers(2001, 0), Numbers(0, 2001), Numbers(-1, 0), Numbers(0, -1)])
def test_too_many_or_less_than_none_is_refused(numbers: Numbers, meeting: Meeting) -> None:
    assert refused({Whose(meeting.pk): numbers}) == "Write a whole number from 0 to 2000."


def test_only_an_organiser_brings_a_group_of_its_own(meeting: Meeting) -> None:
    guest = institution("saulite")
    words = "Only who organises an activity brings a group of their own to it."
    assert refused({Whose(meeting.pk, institution=guest.pk): Numbers(1, 9)}) == words
    meeting.occurrence.activity.organisers.add(guest)
    writes({Whose(meeting.pk, institution=guest.pk): Numbers(1, 9)})


def test_a_meeting_that_is_gone_is_said_to_be(meeting: Meeting) -> None:
    assert refused({Whose(meeting.pk + 1000): Numbers(1, 1)}) == "This meeting is no longer here."


def test_who_cancelled_and_came_all_the_same_has_come(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    registering.cancel(anna.pk, now=BEGINS - timedelta(days=1))
    writes({Whose(meeting.pk, registration=anna.pk): Numbers(2, 0)})
    assert came_to([meeting.pk]) == {meeting.pk: Numbers(2, 0)}


def test_an_erased_registration_keeps_its_numbers(meeting: Meeting) -> None:
    anna = family(meeting.occurrence)
    writes({Whose(meeting.pk, registration=anna.pk): Numbers(2, 3)})
    registering.erase(anna.sign_up_id, now=AFTER + timedelta(days=1))
    assert Registration.objects.get().sign_up.contact_name == ""
    assert came_to([meeting.pk]) == {meeting.pk: Numbers(2, 3)}


# Two windows


def test_the_second_window_is_told_what_changed_and_writes_nothing(meeting: Meeting) -> None:
    group, others = Whose(meeting.pk, institution=institution().pk), Whose(meeting.pk)
    writes({group: Numbers(1, 10), others: Numbers(5, 5)}, seen={})
    with pytest.raises(Changed) as changed:
        writes({group: Numbers(1, 10), others: Numbers(6, 6)}, seen={})
    assert changed.value.theirs == {others: Numbers(5, 5)}
    assert noted(meeting.pk) == {group: Numbers(1, 10), others: Numbers(5, 5)}


def test_what_was_taken_out_meanwhile_is_told_too(meeting: Meeting) -> None:
    others = Whose(meeting.pk)
    with pytest.raises(Changed) as changed:
        writes({others: Numbers(6, 6)}, seen={others: Numbers(5, 5)})
    assert changed.value.theirs == {others: None}


def test_who_saw_it_may_write_over_it(meeting: Meeting) -> None:
    others = Whose(meeting.pk)
    writes({others: Numbers(5, 5)}, seen={})
    writes({others: Numbers(6, 6)}, seen={others: Numbers(5, 5)})
    assert noted(meeting.pk) == {others: Numbers(6, 6)}


def test_the_database_is_asked_no_more_for_three_parties_than_for_one(meeting: Meeting) -> None:
    counts = []
    teacher(institution())
    for more in (1, 3):
        new = [family(meeting.occurrence).pk for _ in range(more)]
        typed: dict[Whose, Numbers | None] = {Whose(meeting.pk, registration=pk): Numbers(1, 1) for pk in new}
        with CaptureQueriesContext(connection) as asked:
            writes(typed)
        counts.append(len(asked))
    assert counts[0] == counts[1]
