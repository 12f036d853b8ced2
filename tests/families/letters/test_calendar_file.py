"""The calendar file says the right time to two readers, and takes back what it said before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import translation
from icalendar import Calendar

from activities.models import Occurrence
from families import calendar_file
from families.models import Registration
from tests.conftest import NOW
from tests.families.letters import stories
from tests.families.letters.stories import Stories, anna
from tests.gate import calls, signs_up

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
RIGA = ZoneInfo("Europe/Riga")


def file_of(registration: Registration) -> bytes:
    return calendar_file.of_registration(Registration.objects.get(pk=registration.pk), NOW)


def by_icalendar(content: bytes) -> list[tuple[Any, Any]]:
    """Begin and end of each event, by a reader that knows the zone by its name."""
    return [(event["dtstart"].dt, event["dtend"].dt) for event in Calendar.from_ical(content).events]


def by_vobject(content: bytes) -> list[tuple[Any, Any]]:
    """The same, by a reader that builds the zone from what the file itself says of it."""
    vobject.icalendar.__dict__["__tzidMap"].clear()  # it remembers the zones of earlier files by name
    read = vobject.readOne(content.decode())
    return [(event.dtstart.value, event.dtend.value) for event in read.vevent_list]


def attached(name: str, dates: Dates, **fields: Any) -> str | None:
    """The file that comes with the letter at the end of the story."""
    return stories.parts(stories.read(*stories.told(name, dates, **fields))).get("text/calendar")


def events(content: str | None) -> list[tuple[str, str, int]]:
    """Day, status and sequence of each event."""
    assert content is not None
    read = Calendar.from_ical(content).events
    return [(f"{event['dtstart'].dt:%d.%m}", str(event["status"]), int(event["sequence"])) for event in read]


SHIFTS = [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]
AROUND_THE_SHIFTS = [
    datetime(2027, 3, 27, 12, 0),
    datetime(2027, 3, 28, 1, 30),
    datetime(2027, 3, 28, 4, 30),
    datetime(2027, 3, 28, 12, 0),
    datetime(2027, 10, 30, 12, 0),
    datetime(2027, 10, 31, 1, 30),
    datetime(2027, 10, 31, 5, 0),
    datetime(2027, 10, 31, 12, 0),
]


@pytest.mark.parametrize("wall", AROUND_THE_SHIFTS, ids=str)
@pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
def test_two_readers_read_the_right_moment_on_both_sides_of_a_shift_of_the_clock(
    make_occurrence: Dates, wall: datetime, reader: Callable[[bytes], list[tuple[Any, Any]]]
) -> None:
    moment = wall.replace(tzinfo=RIGA).astimezone(UTC)
    registration = signs_up(make_occurrence(starts_at=moment))
    ((start, end),) = reader(file_of(registration))
    assert (start.replace(tzinfo=None), start.astimezone(UTC)) == (wall, moment)
    assert end.astimezone(UTC) == moment + timedelta(hours=2)


def test_the_second_reader_does_believe_the_file(make_occurrence: Dates) -> None:
    moment = datetime(2027, 7, 1, 9, tzinfo=UTC)
    wrong = file_of(signs_up(make_occurrence(starts_at=moment))).replace(b"TZOFFSETTO:+0300", b"TZOFFSETTO:+0500")
    ((start, _end),) = by_vobject(wrong)
    assert start.astimezone(UTC) == moment - timedelta(hours=2)


@pytest.mark.parametrize("shift", SHIFTS, ids=str)
@pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
def test_what_begins_before_a_shift_and_ends_after_it_lasts_as_long_as_it_does(
    make_occurrence: Dates, shift: datetime, reader: Callable[[bytes], list[tuple[Any, Any]]]
) -> None:
    registration = signs_up(make_occurrence(starts_at=shift - timedelta(hours=3)))
    registration.occurrence.meetings.update(ends_at=shift + timedelta(hours=5))
    ((start, end),) = reader(file_of(registration))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=8)


def test_the_rule_of_the_clock_in_the_file_is_the_one_riga_keeps(make_occurrence: Dates) -> None:
    zone = Calendar.from_ical(file_of(signs_up(make_occurrence()))).timezones[0].to_tz(lookup_tzid=False)
    hours = [datetime(year, month, 15, 12) for year in range(2026, 2037) for month in range(1, 13)]
    assert [at.replace(tzinfo=zone).utcoffset() for at in hours] == [
        at.replace(tzinfo=RIGA).utcoffset() for at in hours
    ]


@pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
@pytest.mark.parametrize(
    ("first", "behind"),
    [
        (date(2027, 3, 27), date(2027, 3, 30)),
        (date(2027, 10, 30), date(2027, 11, 2)),
        (date(2027, 5, 1), date(2027, 5, 2)),
    ],
)
def test_whole_days_are_days_the_last_one_included(
    make_occurrence: Dates, first: date, behind: date, reader: Callable[[bytes], list[tuple[Any, Any]]]
) -> None:
    registration = signs_up(make_occurrence())
    start, end = (datetime(day.year, day.month, day.day, tzinfo=RIGA) for day in (first, behind))
    registration.occurrence.meetings.update(starts_at=start, ends_at=end, is_all_day=True)
    assert reader(file_of(registration)) == [(first, behind)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("placed", [("11.03", "CONFIRMED", 0)]),
        ("promoted", [("11.03", "CONFIRMED", 1)]),
        ("changed", [("11.03", "CONFIRMED", 1)]),
        ("cancelled", [("11.03", "CANCELLED", 1)]),
        ("cancelled_by_the_centre", [("11.03", "CANCELLED", 1)]),
        ("called_off", [("11.03", "CANCELLED", 1)]),
        ("one_meeting_called_off", [("11.03", "CONFIRMED", 1), ("18.03", "CANCELLED", 1)]),
        ("taken_up", [("11.03", "CONFIRMED", 2)]),
        ("moved", [("12.03", "CONFIRMED", 1)]),
        ("moved_to_another_date", [("18.03", "CONFIRMED", 1), ("11.03", "CANCELLED", 1)]),
    ],
)
def test_the_letter_brings_the_calendar_up_to_date(
    make_occurrence: Dates, name: str, found: list[tuple[str, str, int]]
) -> None:
    assert events(attached(name, make_occurrence)) == found


@pytest.mark.parametrize("name", ["waiting", "no_place", "reminder", "reminder_early", "twice", "link"])
def test_other_letters_bring_no_file(make_occurrence: Dates, name: str) -> None:
    assert attached(name, make_occurrence) is None


@pytest.mark.parametrize("name", sorted(stories.ALL))
def test_a_discreet_letter_brings_no_file(make_occurrence: Dates, name: str) -> None:
    assert attached(name, make_occurrence, audience="discreet") is None


def test_a_meeting_keeps_its_name_in_the_calendar_whenever_it_is_moved(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    before = Calendar.from_ical(file_of(ours)).events[0]["uid"]
    story.reschedule(ours, timedelta(days=3))
    after = Calendar.from_ical(file_of(ours)).events[0]
    assert (after["uid"], int(after["sequence"])) == (before, 1)


def test_who_lost_the_place_by_moving_finds_it_taken_out_of_the_calendar(make_occurrence: Dates) -> None:
    story = Stories(make_occurrence, anna(), {})
    ours = story.comes()
    full = make_occurrence(activity=ours.occurrence.activity, starts_at=NOW + timedelta(days=17))
    calls(full, 10)
    stories.move(ours, full)
    notice = stories.last(ours)
    content = stories.parts(stories.read(notice, NOW))["text/calendar"]
    assert events(content) == [("11.03", "CANCELLED", 1)]


def test_on_the_wire_it_is_a_calendar_in_utf_8_byte_for_byte(make_occurrence: Dates) -> None:
    notice, now = stories.told("placed", make_occurrence, "ru")
    (part,) = stories.read(notice, now).iter_attachments()
    assert str(part["Content-Type"]).replace('"', "") == "text/calendar; charset=utf-8; method=PUBLISH"
    assert part.get_filename() == "kopiena.ics"
    registration = Registration.objects.get(pk=notice.about_id())
    with translation.override("ru"):
        content = calendar_file.of_registration(registration, now)
    assert part.get_payload(decode=True) == content
    assert content.count(b"\n") == content.count(b"\r\n") > 20
