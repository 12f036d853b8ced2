"""The demonstration before it becomes rows: alive on whatever day it is loaded, and free of contradictions."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from kopiena.demo import plan as demonstration
from kopiena.demo.made_up import FAMILIES
from kopiena.demo.planned import PlannedActivity, PlannedMeeting, PlannedOccurrence
from kopiena.demo.projects import PROJECTS
from kopiena.demo.venues import REAL_VENUE, ROOMS, VENUES
from kopiena.demo.weeks import Weeks, is_feast
from kopiena.floor.dates import RIGA
from kopiena.start.institutions import PARTNERS

EVERY_DAY = [date(2026, 9, 1) + timedelta(days=number) for number in range(400)]
BEFORE_SPRING_CHANGE = date(2027, 3, 20)  # clocks go forward on 28 March
BEFORE_AUTUMN_CHANGE = date(2027, 10, 20)  # and back on 31 October
WRITTEN_IN_RUSSIAN_ONLY = {"pasaku-vakars"}


@cache
def plan(today: date) -> list[PlannedActivity]:
    return demonstration.plan(today)


def occurrences(today: date, *, is_open: bool = False) -> Iterator[PlannedOccurrence]:
    for activity in plan(today):
        if not is_open or activity.fields.get("audience", "open") == "open":
            yield from activity.occurrences


def meetings(today: date, *, is_open: bool = False) -> Iterator[PlannedMeeting]:
    for occurrence in occurrences(today, is_open=is_open):
        yield from occurrence.meetings


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, RIGA)


def test_on_every_day_of_the_year_the_ten_weeks_are_alive() -> None:
    for today in EVERY_DAY:
        coming = [each for each in meetings(today, is_open=True) if each.starts_at >= midnight(today + timedelta(1))]
        assert len(coming) >= 30
        assert max(each.ends_at for each in coming) <= midnight(today + timedelta(weeks=12))
        assert sum(each.starts_at < midnight(today + timedelta(days=8)) for each in coming) >= 5
        for week in range(6):
            begins, ends = midnight(today + timedelta(weeks=week)), midnight(today + timedelta(weeks=week + 1, days=1))
            assert any(begins <= each.starts_at < ends for each in coming), (today, week)


def test_on_every_day_something_is_on_and_something_was_last_week() -> None:
    for today in EVERY_DAY:
        begins, ends = midnight(today), midnight(today + timedelta(days=1))
        assert any(each.starts_at <= begins and each.ends_at >= ends for each in meetings(today, is_open=True))
        past = [each for each in meetings(today) if each.ends_at <= begins]
        assert len(past) >= 3
        assert all(each.starts_at >= midnight(today - timedelta(days=7)) for each in past)


def test_nothing_begins_on_a_feast_unless_it_lasts_for_days() -> None:
    for today in EVERY_DAY:
        for each in meetings(today):
            lasts = each.ends_at - each.starts_at > timedelta(days=1)
            is_over = each.ends_at <= midnight(today)
            # A hand-over day follows the campaign before it and is not moved.
            is_hand_over = each.name.get("name_en") == "We hand over what has grown"
            assert lasts or is_over or is_hand_over or not is_feast(each.starts_at.date()), (today, each)


def test_a_room_is_never_booked_twice() -> None:
    for today in EVERY_DAY:
        for room in ROOMS:
            held = sorted((each.starts_at, each.ends_at) for each in meetings(today) if each.room == room)
            assert all(first[1] <= second[0] for first, second in pairwise(held)), (today, room)


def test_the_show_comes_after_the_last_rehearsal() -> None:
    for today in EVERY_DAY:
        rehearsals, show = next(each for each in plan(today) if each.key == "lellu-teatris").occurrences
        assert len(rehearsals.meetings) == 6
        assert show.meetings[0].starts_at > rehearsals.meetings[-1].ends_at
        assert not show.fields["is_sign_up_needed"]


@pytest.mark.parametrize("today", [BEFORE_SPRING_CHANGE, BEFORE_AUTUMN_CHANGE])
def test_the_clock_on_the_wall_is_the_same_across_the_clock_change(today: date) -> None:
    for key, begins, ends in (("mazuli", time(10), time(11)), ("zimesanas-studija", time(16, 30), time(18))):
        activity = next(each for each in plan(today) if each.key == key)
        held = [meeting for occurrence in activity.occurrences for meeting in occurrence.meetings]
        local = {(each.starts_at.astimezone(RIGA).time(), each.ends_at.astimezone(RIGA).time()) for each in held}
        assert local == {(begins, ends)}
        assert len({each.starts_at.utcoffset() for each in held}) == 2  # both sides of the change are there


@pytest.mark.parametrize("today", [BEFORE_SPRING_CHANGE, BEFORE_AUTUMN_CHANGE])
def test_whole_days_begin_and_end_at_midnight_across_the_clock_change(today: date) -> None:
    spans = [each for each in meetings(today) if each.is_all_day]
    assert len(spans) == 2
    for each in spans:
        assert (each.starts_at.astimezone(RIGA).time(), each.ends_at.astimezone(RIGA).time()) == (time.min, time.min)


def test_a_week_holds_each_weekday_once_and_none_is_today() -> None:
    for today in EVERY_DAY[:14]:
        weeks = Weeks(today)
        coming = {weeks._day(weekday, 0) for weekday in range(7)}
        past = {weeks.past(weekday) for weekday in range(7)}
        assert coming == {today + timedelta(days=number) for number in range(1, 8)}
        assert past == {today - timedelta(days=number) for number in range(1, 8)}


def test_a_feast_is_left_out_of_a_row_and_moves_a_single_day_by_a_week() -> None:
    weeks = Weeks(date(2026, 12, 20))
    assert weeks.coming(4) == date(2027, 1, 8)  # 25 December and 1 January are feasts
    assert weeks.each(4, range(3)) == [date(2027, 1, 8)]
    assert weeks.course(4, 2) == [date(2027, 1, 8), date(2027, 1, 15)]


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 11, 22), 2027), (date(2027, 2, 28), 2027), (date(2027, 3, 1), 2028)]
)
def test_flower_beds_wait_for_the_next_spring_that_has_not_begun(today: date, year: int) -> None:
    beds = next(each for each in plan(today) if each.key == "puku-dobes")
    assert (beds.fields["approximate_year"], beds.fields["approximate_season"]) == (year, "spring")
    assert not beds.occurrences


def all_texts(today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    for activity in plan(today):
        yield activity.key, activity.fields
        for need in activity.needs:
            yield activity.key, need
        for occurrence in activity.occurrences:
            yield activity.key, occurrence.fields
            for each in occurrence.meetings:
                yield activity.key, each.name
    yield from {**VENUES, **ROOMS, **PROJECTS}.items()


def test_every_text_is_in_three_languages_but_the_one_that_shows_a_fallback() -> None:
    for key, fields in all_texts(date(2026, 11, 22)):
        for name in fields:
            stem, _, language = name.rpartition("_")
            if language in ("lv", "ru", "en") and key not in WRITTEN_IN_RUSSIAN_ONLY:
                texts = {code: fields.get(f"{stem}_{code}") for code in ("lv", "ru", "en")}
                assert all(texts.values()), (key, texts)
                assert re.search("[а-я]", texts["ru"].lower()), (key, texts)
                assert not re.search("[а-я]", (texts["lv"] + texts["en"]).lower()), (key, texts)


def test_every_partner_holds_something_and_every_key_is_known() -> None:
    activities = plan(date(2026, 11, 22))
    partners = {row["slug"] for row in PARTNERS}
    assert {slug for activity in activities for slug in activity.organisers} == partners
    assert {activity.fields["theme"] for activity in activities} == {
        "garden", "cleanup", "stage", "craft", "home", "safety",
    }  # fmt: skip
    keys = [activity.key for activity in activities]
    assert len(keys) == len(set(keys))
    assert {activity.project for activity in activities} == {"", *PROJECTS}
    for number, activity in enumerate(activities):
        assert not activity.made_for or activity.made_for in keys[:number]
    for each in meetings(date(2026, 11, 22)):
        assert each.venue in {"", REAL_VENUE, *VENUES}
        assert each.room in {"", *ROOMS}


def test_no_made_up_family_could_be_a_real_one() -> None:
    contacts = [family.contact for family in FAMILIES]
    assert len(contacts) == len(set(contacts))
    for contact in contacts:
        assert re.fullmatch(r"\+37120000000|[a-z]+@example\.lv", contact)
    for activity in plan(date(2026, 11, 22)):
        for occurrence in activity.occurrences:
            for each in occurrence.meetings:
                assert not each.online_link or each.online_link.startswith("https://example.lv/")
