"""A week as the calendar shows it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.calendar.ways import Way
from activities.calendar.week import week_of
from tests.activities.conftest import riga

Make = Callable[..., Any]
Find = Callable[..., Any]

MONDAY = date(2027, 3, 22)


def test_a_week_is_seven_days_from_monday(make_occurrence: Make, now: datetime, titles: Find) -> None:
    make_occurrence(starts_at=riga(2027, 3, 21, 23), title_lv="Svētdienas vakars")
    make_occurrence(starts_at=riga(2027, 3, 22, 0), title_lv="Pirmdiena")
    make_occurrence(starts_at=riga(2027, 3, 28, 23, 30), title_lv="Svētdiena")
    make_occurrence(starts_at=riga(2027, 3, 29, 0), title_lv="Nākamā nedēļa")
    week = week_of(MONDAY, now)
    assert [day.date.day for day in week.days] == list(range(22, 29))
    assert titles(week) == {22: ["Pirmdiena"], 28: ["Svētdiena"]}
    assert (week.label, week.number, week.address) == ("2027. gada 22.–28. marts", "12. nedēļa", "/kalendars/2027-n12/")
    assert (week.is_empty, week.is_current) == (False, False)


@pytest.mark.parametrize(("monday", "sunday"), [(date(2027, 3, 22), 28), (date(2027, 10, 25), 31)])
def test_the_weeks_of_the_clock_change_have_every_day_once(
    make_occurrence: Make, make_campaign: Make, now: datetime, titles: Find, lanes: Find, monday: date, sunday: int
) -> None:
    make_occurrence(starts_at=riga(2027, monday.month, sunday, 22), title_lv="Vakars")
    make_campaign(riga(2027, monday.month, sunday), riga(2027, monday.month, sunday), title_lv="Visa diena")
    make_campaign(riga(2027, monday.month, sunday - 1), riga(2027, monday.month, sunday), title_lv="Divas dienas")
    week = week_of(monday, now)
    assert len({day.date for day in week.days}) == 7
    assert titles(week) == {sunday: ["Visa diena", "Vakars"]}
    assert lanes(week)[-3:] == [
        [],
        [("Divas dienas", True, True, False)],
        [("Divas dienas", False, False, True)],
    ]


def test_week_53_turns_into_the_first_of_the_next_year(db: None, now: datetime) -> None:
    week = week_of(date(2026, 12, 28), now)
    assert (week.number, week.label) == ("53. nedēļa", "2026. gada 28. decembris – 2027. gada 3. janvāris")
    assert week.previous == Way("/kalendars/2026-n52/", "2026. gada 21.–27. decembris")
    assert week.next == Way("/kalendars/2027-n01/", "4.–10. janvāris")
    assert week.views[0].address == "/kalendars/2026-12/"  # the month of its Thursday


def test_the_calendar_ends_with_its_weeks(db: None, now: datetime) -> None:
    first, last = week_of(date(2000, 1, 3), now), week_of(date(2100, 12, 27), now)
    assert (first.previous, last.next) == (None, None)
    assert first.next == Way("/kalendars/2000-n02/", "10.–16. janvāris")
    assert last.previous == Way("/kalendars/2100-n51/", "2100. gada 20.–26. decembris")
    assert last.views[0].address == "/kalendars/2100-12/"


def test_this_week_leads_to_today_and_others_lead_back(db: None, now: datetime) -> None:
    ours = week_of(date(2027, 3, 1), now)
    assert ours.is_current
    assert ours.now is None
    assert [day.date.day for day in ours.days if day.is_today] == [1]
    other = week_of(MONDAY, now)
    assert other.now == Way("/kalendars/2027-n09/", "Šonedēļ")
    assert other.views == (
        Way("/kalendars/2027-03/", "Mēnesis"),
        Way("/kalendars/2027-n12/", "Nedēļa", is_here=True),
        Way("/kalendars/2027-03/dienas/", "Pa dienām"),
    )


def test_the_current_week_over_two_months_belongs_to_that_of_today(db: None, now: datetime) -> None:
    week = week_of(date(2027, 3, 29), now + timedelta(days=34))  # Sunday 4 April
    assert week.views[0].address == "/kalendars/2027-04/"
    assert week_of(date(2027, 3, 29), now + timedelta(days=29)).views[0].address == "/kalendars/2027-03/"


def test_a_week_is_said_in_each_language(db: None, now: datetime) -> None:
    said = {}
    for code in ("lv", "ru", "en"):
        with translation.override(code):
            week = week_of(date(2027, 3, 29), now)
            said[code] = (week.label, week.number, week.next and week.next.name)
    assert said == {
        "lv": ("2027. gada 29. marts – 4. aprīlis", "13. nedēļa", "5.–11. aprīlis"),
        "ru": ("29 марта – 4 апреля 2027 года", "13-я неделя", "5–11 апреля"),
        "en": ("29 March – 4 April 2027", "Week 13", "5–11 April"),
    }


def test_a_campaign_longer_than_the_week_has_no_ends_in_it(make_campaign: Make, now: datetime, lanes: Find) -> None:
    make_campaign(riga(2027, 3, 1), riga(2027, 4, 30), title_lv="Izstāde")
    week = week_of(MONDAY, now)
    assert lanes(week) == [[("Izstāde", number == 0, False, False)] for number in range(7)]
    assert week.days[0].bars[0].classes == "month__bar theme--cleanup month__bar--over-7"


def test_an_empty_week_knows_it(db: None, now: datetime) -> None:
    assert week_of(MONDAY, now).is_empty
