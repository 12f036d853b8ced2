"""What the picture says in each state of an activity, in three languages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.models import Activity, Meeting, Occurrence, Venue
from activities.offer import offers_of, with_dates
from activities.sharing.words import Words, words_of, words_of_the_site
from tests.activities.conftest import riga

Make = Callable[..., Any]
SATURDAY = riga(2027, 3, 27, 14)


def told(activity: Activity, now: datetime, language: str = "lv") -> Words:
    fetched = with_dates(Activity.objects.filter(pk=activity.pk)).get()
    with translation.override(language):
        return words_of(fetched, offers_of(fetched, now), now)


@pytest.mark.parametrize(
    ("language", "title", "theme", "when"),
    [
        ("lv", "Ezera talka 1", "Talkas", "Sestdien, 27. martā, plkst. 14.00"),
        ("ru", "Субботник у озера 1", "Субботники", "В субботу, 27 марта, в 14.00"),
        ("en", "Lake clean-up 1", "Clean-ups", "On Saturday 27 March at 14:00"),
    ],
)
def test_a_coming_date_is_said_as_people_say_it(
    make_occurrence: Make, now: datetime, language: str, title: str, theme: str, when: str
) -> None:
    activity = make_occurrence(starts_at=SATURDAY).activity
    assert told(activity, now, language) == Words(
        slug=activity.slug,
        title=title,
        theme="cleanup",
        theme_word=theme,
        when=when,
        where="Mezgls, Smilšu iela 92",
    )


def test_of_several_dates_it_is_the_nearest_that_takes_place(make_occurrence: Make, now: datetime) -> None:
    cancelled = make_occurrence(starts_at=SATURDAY - timedelta(days=7), occurrence={"state": "cancelled"})
    for days in (14, 0, -60):
        make_occurrence(activity=cancelled.activity, starts_at=SATURDAY + timedelta(days=days))
    words = told(cancelled.activity, now)
    assert (words.when, words.off, words.is_past) == ("Sestdien, 27. martā, plkst. 14.00", "", False)


def test_of_a_course_under_way_it_is_the_next_meeting_with_its_place(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=now - timedelta(days=7))
    venue = Venue.objects.create(slug="parks", name_lv="Parks")
    end = SATURDAY + timedelta(hours=2)
    Meeting.objects.create(occurrence=occurrence, starts_at=SATURDAY, ends_at=end, venue=venue)
    words = told(occurrence.activity, now)
    assert (words.when, words.where) == ("Sestdien, 27. martā, plkst. 14.00", "Parks")


def test_another_year_is_said(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(starts_at=riga(2028, 1, 8, 10)).activity
    assert told(activity, now).when == "Sestdien, 2028. gada 8. janvārī, plkst. 10.00"


@pytest.mark.parametrize(
    ("language", "when", "where"),
    [("lv", "No 5. līdz 9. aprīlim", "Mājās"), ("ru", "С 5 по 9 апреля", "Дома")],
)
def test_of_a_campaign_the_days_are_said(
    make_campaign: Make, now: datetime, language: str, when: str, where: str
) -> None:
    words = told(make_campaign(riga(2027, 4, 5), riga(2027, 4, 9)), now, language)
    assert (words.when, words.where) == (when, where)


def test_several_places_at_one_time_are_counted(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=SATURDAY)
    for number in (1, 2):
        venue = Venue.objects.create(slug=f"parks-{number}", name_lv=f"Parks {number}")
        Meeting.objects.create(
            occurrence=occurrence, starts_at=SATURDAY, ends_at=SATURDAY + timedelta(hours=2), venue=venue
        )
    assert told(occurrence.activity, now).where == "Mezgls un vēl 2 norises vietas"


@pytest.mark.parametrize(
    ("language", "off"), [("lv", "Nenotiks"), ("ru", "Не состоится"), ("en", "Will not take place")]
)
def test_a_cancelled_date_says_so_beside_it(make_occurrence: Make, now: datetime, language: str, off: str) -> None:
    words = told(make_occurrence(starts_at=SATURDAY, occurrence={"state": "cancelled"}).activity, now, language)
    assert words.off == off
    assert "27" in words.when
    assert not words.is_past


def test_a_date_whose_only_meeting_is_called_off_is_cancelled_too(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=SATURDAY)
    occurrence.meetings.update(is_cancelled=True)
    assert told(occurrence.activity, now).off == "Nenotiks"


@pytest.mark.parametrize(
    ("language", "when"),
    [("lv", "Notika 20. februārī"), ("ru", "Прошло 20 февраля"), ("en", "Took place on 20 February")],
)
def test_a_past_one_says_when_it_was(make_occurrence: Make, now: datetime, language: str, when: str) -> None:
    activity = make_occurrence(starts_at=riga(2027, 2, 20, 14)).activity
    make_occurrence(activity=activity, starts_at=riga(2027, 1, 20, 14))
    words = told(activity, now, language)
    assert (words.when, words.off, words.is_past, words.where) == (when, "", True, "Mezgls, Smilšu iela 92")


def test_a_past_one_that_was_cancelled_did_not_take_place(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(starts_at=riga(2027, 2, 20, 14), occurrence={"state": "cancelled"}).activity
    words = told(activity, now)
    assert (words.when, words.off, words.is_past) == ("20. februārī", "Nenotika", True)


@pytest.mark.parametrize(
    ("year", "season", "when", "is_past"),
    [
        (2027, "spring", "Laiks tiks precizēts: 2027. gada pavasarī", False),
        (2027, "", "Laiks tiks precizēts: 2027. gadā", False),
        (None, "", "Laiks tiks precizēts", False),
        (2020, "", "Iecerēts: 2020. gads", True),
    ],
)
def test_without_a_date_it_says_about_when(
    make_activity: Make, now: datetime, year: int | None, season: str, when: str, is_past: bool
) -> None:
    words = told(make_activity(approximate_year=year, approximate_season=season), now)
    assert (words.when, words.where, words.off, words.is_past) == (when, "", "", is_past)


def test_a_date_without_a_time_that_is_cancelled_says_only_that(make_activity: Make, now: datetime) -> None:
    activity = make_activity(approximate_year=2027)
    Occurrence.objects.create(activity=activity, state="cancelled")
    words = told(activity, now)
    assert (words.when, words.off, words.summary) == ("", "Nenotiks", "Nenotiks")


def test_a_title_not_written_in_the_language_is_shown_in_another(make_activity: Make, now: datetime) -> None:
    assert told(make_activity(title_ru=""), now, "ru").title == "Ezera talka 1"


def test_all_in_one_line_comes_what_is_called_off_first(make_occurrence: Make, now: datetime) -> None:
    words = told(make_occurrence(starts_at=SATURDAY, occurrence={"state": "cancelled"}).activity, now)
    assert words.summary == "Nenotiks. Sestdien, 27. martā, plkst. 14.00. Mezgls, Smilšu iela 92"


@pytest.mark.parametrize(
    ("language", "title", "where"),
    [
        ("lv", "Ko kopā darām Ķīmijā", "Daugavpils Kopienas resursu centrs"),
        ("ru", "Что мы вместе делаем на Химии", "Даугавпилсский ресурсный центр сообщества"),
        ("en", "What we do together in Ķīmija", "Daugavpils Community Resource Centre"),
    ],
)
def test_the_site_as_a_whole_speaks_three_languages(language: str, title: str, where: str) -> None:
    with translation.override(language):
        words = words_of_the_site()
    assert (words.slug, words.title, words.where, words.when) == ("", title, where, "")
