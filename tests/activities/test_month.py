"""A month as the calendar shows it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from activities.models import Meeting
from activities.month import Month, month_of
from tests.activities.conftest import riga

Make = Callable[..., Any]

MARCH = date(2027, 3, 1)


def titles(month: Month) -> dict[int, list[str]]:
    return {day.date.day: [entry.activity.title_lv for entry in day.entries] for day in month.busy_days}


def test_a_month_is_whole_weeks_from_monday_with_empty_places_around(db: None, now: datetime) -> None:
    month = month_of(date(2027, 5, 1), now)
    assert [len(week) for week in month.weeks] == [7] * 6
    assert [day.date.day if day else None for day in month.weeks[0]] == [None] * 5 + [1, 2]
    assert [day.date.day if day else None for day in month.weeks[-1]] == [31] + [None] * 6
    assert (month.label, month.is_empty, month.is_current) == ("2027. gada maijs", True, False)


def test_each_meeting_stands_on_its_day_in_riga(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 1, 0, 30), title_lv="Pirmā nakts")
    make_occurrence(starts_at=riga(2027, 3, 31, 23, 30), title_lv="Pēdējā nakts")
    make_occurrence(starts_at=riga(2027, 2, 28, 23, 30), title_lv="Februāra nakts")
    make_occurrence(starts_at=riga(2027, 4, 1, 0, 0), title_lv="Aprīlis")
    assert titles(month_of(MARCH, now)) == {1: ["Pirmā nakts"], 31: ["Pēdējā nakts"]}


def test_today_is_marked_and_the_agenda_begins_with_it(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 5, 12))
    make_occurrence(starts_at=riga(2027, 3, 20, 12))
    month = month_of(MARCH, now + timedelta(days=9))
    assert [day.date.day for day in month.days if day.is_today] == [10]
    assert ([day.date.day for day in month.days_ahead], [day.date.day for day in month.days_gone]) == ([20], [5])
    assert [day.date.day for day in month_of(MARCH, now + timedelta(days=99)).days_ahead] == [5, 20]


def test_a_campaign_is_one_straight_bar_in_each_week(make_campaign: Make, now: datetime) -> None:
    make_campaign(riga(2027, 2, 20), riga(2027, 3, 3), title_lv="Izstāde")
    make_campaign(riga(2027, 3, 2), riga(2027, 3, 9), title_lv="Sīpollociņi")
    make_campaign(riga(2027, 3, 5), riga(2027, 3, 6), title_lv="Dobes")
    month = month_of(MARCH, now)
    lanes = [
        [bar and (bar.campaign.entry.activity.title_lv, bar.is_named, bar.is_start, bar.is_end) for bar in day.bars]
        for day in month.days[:9]
    ]
    assert lanes == [
        [("Izstāde", True, False, False)],
        [("Izstāde", False, False, False), ("Sīpollociņi", True, True, False)],
        [("Izstāde", False, False, True), ("Sīpollociņi", False, False, False)],
        [None, ("Sīpollociņi", False, False, False)],
        [("Dobes", True, True, False), ("Sīpollociņi", False, False, False)],
        [("Dobes", False, False, True), ("Sīpollociņi", False, False, False)],
        [None, ("Sīpollociņi", False, False, False)],
        [("Sīpollociņi", True, False, False)],
        [("Sīpollociņi", False, False, True)],
    ]
    assert [campaign.span for campaign in month.campaigns] == [
        "no 20. februāra līdz 3. martam",
        "no 2. līdz 9. martam",
        "no 5. līdz 6. martam",
    ]
    assert month.busy_days == []


def test_an_evening_past_midnight_is_no_campaign(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 23), title_lv="Balle")
    month = month_of(MARCH, now)
    assert (titles(month), month.campaigns) == ({12: ["Balle"]}, [])


def test_meetings_side_by_side_are_one_entry(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=riga(2027, 3, 12, 14))
    first = occurrence.meetings.get()
    Meeting.objects.create(occurrence=occurrence, starts_at=first.starts_at, ends_at=first.ends_at, where="online")
    (entry,) = month_of(MARCH, now).days[11].entries
    assert (entry.clock, entry.hours, [venue.name_lv for venue in entry.venues], entry.elsewhere) == (
        "14.00",
        "14.00–16.00",
        ["Mezgls"],
        ["Tiešsaistē"],
    )


def test_only_what_anybody_may_see_is_in_it(make_occurrence: Make, now: datetime) -> None:
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=riga(2027, 3, 12, 14), **hidden)
    assert month_of(MARCH, now).is_empty


def test_the_calendar_ends_at_its_edges(db: None, now: datetime) -> None:
    assert (month_of(date(2000, 1, 1), now).previous, month_of(date(2100, 12, 1), now).next) == (None, None)
    middle = month_of(date(2027, 1, 1), now)
    assert (middle.previous, middle.next) == (date(2026, 12, 1), date(2027, 2, 1))
    assert (middle.previous_name, middle.next_name) == ("2026. gada decembris", "februāris")


def test_the_month_of_the_clock_change_has_every_day_once(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 28, 17), title_lv="Pavasara koncerts")
    month = month_of(MARCH, now)
    assert [day.date.day for day in month.days] == list(range(1, 32))
    assert month.days[27].entries[0].clock == "17.00"
