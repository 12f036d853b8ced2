"""A month as the calendar shows it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.calendar.month import month_of
from activities.calendar.ways import Way
from tests.activities.conftest import riga

Make = Callable[..., Any]
Find = Callable[..., Any]

MARCH = date(2027, 3, 1)


def test_a_month_is_whole_weeks_from_monday_with_empty_places_around(db: None, now: datetime) -> None:
    month = month_of(date(2027, 5, 1), now)
    assert [len(week.days) for week in month.weeks] == [7] * 6
    assert [(day.date.day, day.is_shown) for day in month.weeks[0].days] == [
        *((number, False) for number in range(26, 31)),
        (1, True),
        (2, True),
    ]
    assert [day.date.day for day in month.weeks[-1].days if day.is_shown] == [31]
    assert (month.label, month.is_empty, month.is_current) == ("2027. gada maijs", True, False)


def test_each_week_bears_its_number_and_leads_to_its_page(db: None, now: datetime) -> None:
    january = month_of(date(2027, 1, 1), now)
    assert [(week.number, week.label, week.address) for week in january.weeks] == [
        ("53", "53. nedēļa", "/kalendars/2026-n53/"),
        ("1", "1. nedēļa", "/kalendars/2027-n01/"),
        ("2", "2. nedēļa", "/kalendars/2027-n02/"),
        ("3", "3. nedēļa", "/kalendars/2027-n03/"),
        ("4", "4. nedēļa", "/kalendars/2027-n04/"),
    ]


def test_a_week_of_a_year_before_ours_has_no_page(db: None, now: datetime) -> None:
    weeks = month_of(date(2000, 1, 1), now).weeks
    assert [(week.number, week.address) for week in weeks[:2]] == [("52", ""), ("1", "/kalendars/2000-n01/")]
    assert month_of(date(2100, 12, 1), now).weeks[-1].address == "/kalendars/2100-n52/"


def test_each_day_is_said_as_one_date(db: None, now: datetime) -> None:
    day = month_of(MARCH, now).days[26]
    assert (day.iso, day.numeral, day.label) == ("2027-03-27", "27", "sestdiena, 27. marts")
    with translation.override("ru"):
        assert month_of(MARCH, now).days[26].label == "суббота, 27 марта"


def test_each_meeting_stands_on_its_day_in_riga(make_occurrence: Make, now: datetime, titles: Find) -> None:
    make_occurrence(starts_at=riga(2027, 3, 1, 0, 30), title_lv="Pirmā nakts")
    make_occurrence(starts_at=riga(2027, 3, 31, 23, 30), title_lv="Pēdējā nakts")
    make_occurrence(starts_at=riga(2027, 2, 28, 23, 30), title_lv="Februāra nakts")
    make_occurrence(starts_at=riga(2027, 4, 1, 0, 0), title_lv="Aprīlis")
    assert titles(month_of(MARCH, now)) == {1: ["Pirmā nakts"], 31: ["Pēdējā nakts"]}


def test_today_is_marked(db: None, now: datetime) -> None:
    month = month_of(MARCH, now + timedelta(days=9))
    assert [day.date.day for day in month.days if day.is_today] == [10]
    assert [day for day in month_of(date(2027, 4, 1), now).days if day.is_today] == []


def test_a_campaign_is_one_straight_bar_in_each_week(make_campaign: Make, now: datetime, lanes: Find) -> None:
    make_campaign(riga(2027, 2, 20), riga(2027, 3, 3), title_lv="Izstāde")
    make_campaign(riga(2027, 3, 2), riga(2027, 3, 9), title_lv="Sīpollociņi")
    make_campaign(riga(2027, 3, 5), riga(2027, 3, 6), title_lv="Dobes")
    month = month_of(MARCH, now)
    assert lanes(month)[:10] == [
        [("Izstāde", True, False, False)],
        [("Izstāde", False, False, False), ("Sīpollociņi", True, True, False)],
        [("Izstāde", False, False, True), ("Sīpollociņi", False, False, False)],
        [None, ("Sīpollociņi", False, False, False)],
        [("Dobes", True, True, False), ("Sīpollociņi", False, False, False)],
        [("Dobes", False, False, True), ("Sīpollociņi", False, False, False)],
        [None, ("Sīpollociņi", False, False, False)],
        [("Sīpollociņi", True, False, False)],
        [("Sīpollociņi", False, False, True)],
        [],
    ]
    assert [campaign.span for campaign in month.found.campaigns] == [
        "no 20. februāra līdz 3. martam",
        "no 2. līdz 9. martam",
        "no 5. līdz 6. martam",
    ]
    assert month.found.by_day == {}


def test_a_bar_says_in_classes_how_far_it_goes(make_campaign: Make, now: datetime) -> None:
    make_campaign(riga(2027, 3, 4), riga(2027, 3, 8), title_lv="Sīpollociņi", theme="garden")
    days = month_of(MARCH, now).days
    assert [[bar.classes for bar in day.bars] for day in days[3:8]] == [
        ["month__bar theme--garden month__bar--over-4 month__bar--start"],
        ["month__bar theme--garden"],
        ["month__bar theme--garden"],
        ["month__bar theme--garden"],
        ["month__bar theme--garden month__bar--end"],
    ]


def test_a_campaign_over_new_year_stands_in_both_months(make_campaign: Make, now: datetime, lanes: Find) -> None:
    make_campaign(riga(2027, 12, 31), riga(2028, 1, 2), title_lv="Salūts")
    december, january = month_of(date(2027, 12, 1), now), month_of(date(2028, 1, 1), now)
    assert lanes(december)[-1] == [("Salūts", True, True, False)]
    assert lanes(january)[:3] == [[("Salūts", True, False, False)], [("Salūts", False, False, True)], []]
    assert january.found.campaigns[0].span == "no 2027. gada 31. decembra līdz 2028. gada 2. janvārim"


def test_the_calendar_ends_at_its_edges(db: None, now: datetime) -> None:
    assert (month_of(date(2000, 1, 1), now).previous, month_of(date(2100, 12, 1), now).next) == (None, None)
    middle = month_of(date(2027, 1, 1), now)
    assert middle.previous == Way("/kalendars/2026-12/", "2026. gada decembris")
    assert middle.next == Way("/kalendars/2027-02/", "februāris")


def test_from_each_month_one_comes_to_the_other_views_and_to_now(db: None, now: datetime) -> None:
    may = month_of(date(2027, 5, 1), now)
    assert may.views == (
        Way("/kalendars/2027-05/", "Mēnesis", is_here=True),
        Way("/kalendars/2027-n17/", "Nedēļa"),
        Way("/kalendars/2027-05/dienas/", "Pa dienām"),
    )
    assert may.now == Way("/kalendars/2027-03/", "Šomēnes")
    march = month_of(MARCH, now + timedelta(days=21))
    assert march.now is None
    assert march.views[1].address == "/kalendars/2027-n12/"  # the week of today


@pytest.mark.parametrize(("first", "last_sunday"), [(date(2027, 3, 1), 28), (date(2027, 10, 1), 31)])
def test_a_month_of_the_clock_change_has_every_day_once(
    make_occurrence: Make, now: datetime, first: date, last_sunday: int
) -> None:
    make_occurrence(starts_at=riga(2027, first.month, last_sunday, 17), title_lv="Koncerts")
    make_occurrence(starts_at=riga(2027, first.month, last_sunday, 0, 30), title_lv="Nakts")
    month = month_of(first, now)
    assert [day.date.day for day in month.days] == list(range(1, 32))
    assert [(entry.clock, str(entry.title)) for entry in month.days[last_sunday - 1].entries] == [
        ("0.30", "Nakts"),
        ("17.00", "Koncerts"),
    ]


def test_a_month_of_two_hundred_keeps_every_one_in_order(make_occurrence: Make, now: datetime) -> None:
    for number in range(200):
        make_occurrence(starts_at=riga(2027, 3, 1 + number % 28, 9 + number // 28), title_lv=f"Nr. {number}")
    month = month_of(MARCH, now)
    assert sum(len(day.entries) for day in month.days) == 200
    assert [str(entry.title) for entry in month.days[0].entries] == [f"Nr. {number}" for number in range(0, 200, 28)]
