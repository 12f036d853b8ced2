"""A repeat is by the wall clock: its days, the hours the clock change skips or doubles, and its limit."""

import random
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from activities.proposing.asked_date import AskedDate
from activities.proposing.repeats import EVERY, MOST, Repeat, TooMany, is_skipped, is_twice

RIGA = ZoneInfo("Europe/Riga")
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


def test_every_second_week_counts_from_the_first_such_weekday() -> None:
    friday = date(2027, 3, 5)

    days = Repeat(friday, date(2027, 4, 20), frozenset({1}), every=2).days()

    assert days == [date(2027, 3, 9), date(2027, 3, 23), date(2027, 4, 6), date(2027, 4, 20)]


def test_several_weekdays_and_the_last_day_belong_to_it() -> None:
    days = Repeat(date(2027, 3, 1), date(2027, 3, 10), frozenset({0, 2})).days()

    assert days == [date(2027, 3, 1), date(2027, 3, 3), date(2027, 3, 8), date(2027, 3, 10)]


def test_without_a_weekday_it_is_that_of_the_first_day() -> None:
    assert Repeat(date(2027, 3, 4), date(2027, 3, 12), frozenset()).days() == [date(2027, 3, 4), date(2027, 3, 11)]


def test_any_repeat_is_what_counting_day_by_day_finds() -> None:
    """A few hundred of them, the same each time: over both clock changes and the new year."""
    dice = random.Random(2027)
    for _turn in range(300):
        first = date(2027, 1, 1) + timedelta(days=dice.randrange(365))
        last = first + timedelta(days=dice.randrange(100))
        weekdays = frozenset(dice.sample(range(7), dice.randrange(1, 3)))
        every = dice.choice(EVERY)
        span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        begin = next((day for day in span if day.weekday() in weekdays), first)
        monday = begin - timedelta(days=begin.weekday())
        expected = [
            day for day in span if day.weekday() in weekdays and day >= begin and (day - monday).days // 7 % every == 0
        ]

        assert Repeat(first, last, weekdays, every).days() == expected


@pytest.mark.parametrize(("first", "last"), [("2027-03-16", "2027-04-06"), ("2027-10-19", "2027-11-09")])
def test_seventeen_stays_seventeen_across_both_clock_changes(first: str, last: str) -> None:
    days = Repeat(date.fromisoformat(first), date.fromisoformat(last), frozenset({1})).days()
    moments = [AskedDate(day, day, time(17), time(18)).starts_at for day in days]

    assert [moment.astimezone(RIGA).hour for moment in moments] == [17] * 4
    assert {moment.astimezone(UTC).hour for moment in moments} == {14, 15}


def test_each_minute_of_both_nights_is_skipped_shown_twice_or_neither() -> None:
    for day in (FORWARD, BACK):
        for minute in range(24 * 60):
            at = time(minute // 60, minute % 60)
            there_and_back = datetime.combine(day, at, RIGA).astimezone(UTC).astimezone(RIGA).replace(tzinfo=None)

            assert is_skipped(day, at) is (there_and_back != datetime.combine(day, at))
            assert is_skipped(day, at) is (day == FORWARD and at.hour == 3)
            assert is_twice(day, at) is (day == BACK and at.hour == 3)


def test_an_hour_that_is_skipped_is_refused_and_one_shown_twice_is_said() -> None:
    skipped = AskedDate(FORWARD, FORWARD, time(3, 30), time(5))
    doubled = AskedDate(BACK, BACK, time(3, 30), time(5))

    assert "3.30" in skipped.fault
    assert (doubled.fault, "3.30" in doubled.note) == ("", True)
    assert doubled.starts_at.astimezone(UTC).hour == 0  # the first of the two


def test_a_date_lasts_by_moments_not_by_the_clock() -> None:
    over_the_gap = AskedDate(FORWARD, FORWARD, time(2, 30), time(4, 30))

    assert over_the_gap.ends_at.timestamp() - over_the_gap.starts_at.timestamp() == 3600


@pytest.mark.parametrize("last", ["2029-01-30", "2046-12-20", "2100-12-31"])
def test_ten_thousand_dates_are_refused_at_once(last: str) -> None:
    begun = stopwatch.perf_counter()
    with pytest.raises(TooMany):
        Repeat(date(2027, 3, 1), date.fromisoformat(last), frozenset(range(7))).days()

    assert stopwatch.perf_counter() - begun < 0.2


def test_the_limit_itself_is_allowed() -> None:
    first = date(2027, 3, 2)
    last = first + timedelta(weeks=MOST - 1)

    assert len(Repeat(first, last, frozenset({1})).days()) == MOST
    with pytest.raises(TooMany):
        Repeat(first, last + timedelta(weeks=1), frozenset({1})).days()
