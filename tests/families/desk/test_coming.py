"""The meetings of an institution: this week's first, older ones after, each with its counts; and what is owed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Meeting, Occurrence
from activities.offer import when
from families import registering
from families.attending import Numbers, Whose, note
from families.desk.coming import AT_ONCE, coming
from families.desk.owed import NewSignUps, meetings_without_numbers, new_registrations
from families.retention import LISTS_OPEN
from kopiena.floor.dates import local_day
from tests.conftest import NOW
from tests.families.desk.visits import AFTER, BEGINS, another_day, at_desk, family, institution, own, page_of, teacher
from tests.gate import group

pytestmark = pytest.mark.django_db

Make = Callable[..., Occurrence]
COMING = "/musu-iestade/pienenite/kas-nak/"


@pytest.fixture
def meeting(make_occurrence: Make) -> Meeting:
    return own(make_occurrence(places=10))


def numbers(meeting: Meeting, adults: int = 1, children: int = 2, now=AFTER) -> None:
    note({Whose(meeting.pk): Numbers(adults, children)}, by=teacher(institution()), now=now)


def test_this_week_comes_first_then_the_later_and_the_earlier_the_latest_first(meeting: Meeting) -> None:
    days = {number: another_day(meeting.occurrence, number) for number in (-30, -8, -2, 3, 4, 40)}
    made = coming(institution(), {}, BEGINS)  # a Thursday
    assert [line.meeting for line in made.this_week] == [days[-2], meeting, days[3]]
    assert [line.meeting for line in made.later.lines] == [days[4], days[40]]
    assert [line.meeting for line in made.earlier.lines] == [days[-8], days[-30]]


def test_a_line_counts_those_with_places_and_says_what_is_free_and_who_waits(make_occurrence: Make) -> None:
    meeting = own(make_occurrence(places=12))
    family(meeting.occurrence), family(meeting.occurrence, "Zane", 1, 1)
    family(meeting.occurrence, "Gaida", 3, 3)
    registering.cancel(family(meeting.occurrence, "Cilda", 1, 0).pk, now=NOW)
    line = coming(institution(), {}, BEGINS - timedelta(days=7)).later.lines[0]
    assert (line.parties, line.adults, line.children, line.free, line.waiting) == (2, 3, 4, 5, 1)
    with at_desk(institution(), BEGINS - timedelta(days=7)) as client:
        page = client.get(COMING).content.decode()
    for words in ("2 pieteikumi: 3 pieaugušie, 4 bērni", "Palikušas 5 vietas · Rindā: 1 pieteikums"):
        assert words in page
    assert f'href="{page_of(meeting)}"' in page


def test_what_is_over_without_numbers_is_marked_until_they_are_written(meeting: Meeting) -> None:
    def marked(now=AFTER) -> list[bool]:
        made = coming(institution(), {}, now)
        return [line.is_missing for line in (*made.this_week, *made.earlier.lines)]

    assert marked(BEGINS + timedelta(hours=1)) == [False]
    assert marked() == marked(AFTER + timedelta(days=300)) == [True]
    Meeting.objects.update(is_cancelled=True)
    assert marked() == [False]
    Meeting.objects.update(is_cancelled=False)
    numbers(meeting, 0, 0)
    assert marked() == [False]


def test_a_page_without_dates_says_so_and_nothing_of_others_stands_on_it(make_occurrence: Make) -> None:
    own(make_occurrence(), institution("saulite"))
    discreet = own(make_occurrence(audience="discreet"))
    with at_desk(institution()) as client:
        answer = client.get(COMING)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()
    assert str(discreet.occurrence.activity) not in answer.content.decode()


@pytest.mark.parametrize(
    "asked", ["?agrak=2", "?agrak=999", "?agrak=-1", "?agrak=x", "?velak=%00", "?velak=" + "9" * 500]
)
def test_longer_lists_are_turned_and_no_address_breaks_them(asked: str, meeting: Meeting) -> None:
    for number in range(AT_ONCE + 1):
        another_day(meeting.occurrence, -8 - number)
    with at_desk(institution()) as client:
        answer = client.get(COMING + asked)
    assert answer.status_code == 200
    assert answer.content.decode().count('class="meeting"') in (1 + AT_ONCE, 2)


def test_the_page_asks_no_more_for_many_meetings_than_for_few(meeting: Meeting, make_occurrence: Make) -> None:
    counts = []
    with at_desk(institution()) as client:
        for days in ((), (1, -10, 20)):
            for number in days:
                more = own(make_occurrence(starts_at=BEGINS + timedelta(days=abs(number))))
                family(more.occurrence, "Zane", 1, 0)
                Meeting.objects.filter(pk=more.pk).update(
                    starts_at=BEGINS + timedelta(days=number), ends_at=BEGINS + timedelta(days=number, hours=1)
                )
            another_day(meeting.occurrence, -20), another_day(meeting.occurrence, 30)
            client.get(COMING)
            with CaptureQueriesContext(connection) as asked:
                client.get(COMING)
            counts.append(len(asked))
    assert counts[0] == counts[1]


# What is owed


def test_meetings_over_without_numbers_are_owed_until_their_list_closes(
    meeting: Meeting, make_occurrence: Make
) -> None:
    older, coming_one = another_day(meeting.occurrence, -5), another_day(meeting.occurrence, 5)
    own(make_occurrence(), institution("saulite"))
    own(make_occurrence(audience="discreet"))
    own(make_occurrence(state="draft"))

    def owed(now) -> list[Meeting]:
        return [line.meeting for line in meetings_without_numbers(institution(), now)]

    assert owed(AFTER) == [meeting, older]
    numbers(meeting)
    assert owed(AFTER) == [older]
    assert owed(coming_one.ends_at) == [coming_one, older]
    assert owed(older.ends_at + LISTS_OPEN) == [coming_one]


def test_new_sign_ups_since_a_moment_are_counted_by_date(meeting: Meeting, make_occurrence: Make) -> None:
    later, other = own(make_occurrence(starts_at=BEGINS + timedelta(days=2))), own(make_occurrence(), institution("x"))
    for each in (meeting, meeting, later, other):
        family(each.occurrence, "Anna", 1, 2)
    registering.cancel(family(meeting.occurrence, "Cilda", 1, 0).pk, now=NOW)
    group(later.occurrence, 1, 5)  # its own
    own(make_occurrence(audience="discreet"))
    since, day = NOW - timedelta(seconds=1), local_day(NOW)
    assert new_registrations(institution(), since, NOW) == [
        NewSignUps(meeting, str(meeting.occurrence.activity), when(meeting, day), 2, 6),
        NewSignUps(later, str(later.occurrence.activity), when(later, day), 1, 3),
    ]
    assert new_registrations(institution(), NOW, NOW) == []
    assert new_registrations(institution(), since, AFTER + timedelta(days=3)) == []


def test_both_ask_few_queries_however_many_there_are(meeting: Meeting, make_occurrence: Make) -> None:
    counts = []
    mine = institution()
    for more in (1, 2):
        for _ in range(more):
            family(own(make_occurrence()).occurrence)
        with CaptureQueriesContext(connection) as asked:
            meetings_without_numbers(mine, AFTER)
            new_registrations(mine, NOW - timedelta(days=1), NOW)
        counts.append(len(asked))
    assert counts == [5, 5]
    assert Activity.objects.count() == 4
