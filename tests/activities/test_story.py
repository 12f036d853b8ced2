"""Everything the page of one activity tells."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from activities import fetching
from activities.models import Activity, Capacity, Need
from activities.story import Story

Make = Callable[..., Any]


def story_of(activity: Activity, now: datetime) -> Story:
    story = fetching.story_of(activity.slug, now)
    assert story is not None
    return story


def test_the_filled_button_is_that_of_the_first_date_with_places(make_occurrence: Make, now: datetime) -> None:
    full = make_occurrence(starts_at=now + timedelta(days=1))
    activity = full.activity
    Capacity.objects.filter(pk=full.pk).update(places=0)
    free = make_occurrence(activity=activity, starts_at=now + timedelta(days=2))
    story = story_of(activity, now)
    assert story.main is not None
    assert (story.main.occurrence, story.is_any_full) == (free, True)
    Capacity.objects.filter(pk=free.pk).update(places=0)
    story = story_of(activity, now)
    assert story.main is not None
    assert story.main.occurrence == full


def test_where_nobody_can_sign_up_no_button_is_filled(make_occurrence: Make, now: datetime) -> None:
    assert story_of(make_occurrence(occurrence={"state": "cancelled"}).activity, now).main is None


def test_a_weekly_event_folds_its_later_dates(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence().activity
    for week in range(7):
        make_occurrence(activity=activity, starts_at=now + timedelta(days=20 + 7 * week))
    story = story_of(activity, now)
    assert (len(story.nearest), len(story.later), story.later_words, story.is_main_later) == (
        6,
        2,
        "un vēl 2 reizes",
        False,
    )


SIBLINGS = "Cita vecuma brāļi un māsas drīkst nākt līdzi."


def test_whether_a_child_may_stay_alone_is_said_both_ways(make_activity: Make, now: datetime) -> None:
    alone, together = make_activity(is_adult_needed=False), make_activity()
    grown_up, helpers = make_activity(age_from=18), make_activity(is_for_helpers=True)
    assert [story_of(each, now).stays_alone for each in (alone, together, grown_up, helpers)] == [
        "Jā, bērni var palikt bez pieaugušā.",
        "Nē, bērni nāk kopā ar pieaugušo.",
        "",
        "",
    ]
    with translation.override("ru"):
        said = [story_of(each, now).stays_alone for each in (alone, together)]
    assert said == ["Да, дети могут остаться без взрослого.", "Нет, дети приходят вместе со взрослым."]


def test_brothers_and_sisters_are_named_where_the_age_is_limited(make_activity: Make, now: datetime) -> None:
    told = [{}, {"age_from": 4}, {"age_from": 4, "is_sibling_welcome": False}]
    assert [story_of(make_activity(**fields), now).siblings for fields in told] == ["", SIBLINGS, ""]


def test_whom_a_place_is_for_is_said_where_it_is_not_each_person(make_activity: Make, now: datetime) -> None:
    assert [story_of(make_activity(unit=unit), now).a_place_is for unit in ("people", "children", "families")] == [
        "",
        "Skaitām tikai bērnus; pieaugušie vietas neaizņem.",
        "Viena vieta – visai ģimenei.",
    ]


def test_the_languages_spoken(make_activity: Make, now: datetime) -> None:
    both = make_activity(is_in_latvian=True, is_in_russian=True)
    assert story_of(both, now).languages == ["latviski", "krieviski"]
    assert story_of(make_activity(), now).languages == []


def test_of_a_venue_only_what_is_known_is_said(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence()
    venue = occurrence.meetings.get().venue
    venue.address = ""
    venue.save()
    assert story_of(occurrence.activity, now).ways_in == []
    venue.is_step_free, venue.has_toilet = True, False
    venue.save()
    (way,) = story_of(occurrence.activity, now).ways_in
    assert (way.venue, way.comforts) == (venue, ["Var iekļūt bez pakāpieniem.", "Tualetes nav."])


def test_only_what_is_still_wanted_is_asked_for(make_activity: Make, now: datetime) -> None:
    activity = make_activity()
    Need.objects.create(activity=activity, kind="things", title_lv="Grābekļi", wanted=3, taken=1)
    Need.objects.create(activity=activity, kind="helpers", title_lv="Cepēji", wanted=2, taken=2)
    assert [(need.title_lv, still) for need, still in story_of(activity, now).needs] == [("Grābekļi", "vēl vajag: 2")]


def test_a_past_activity_is_past_only_when_all_its_dates_are(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(starts_at=now - timedelta(days=3)).activity
    assert story_of(activity, now).is_past
    make_occurrence(activity=activity)
    story = story_of(activity, now)
    assert (story.is_past, len(story.past), len(story.coming)) == (False, 1, 1)


def test_for_whom_is_not_said_of_what_a_year_gone_by_had_planned(make_activity: Any, now: datetime) -> None:
    make_activity(slug="iecerets-2020", approximate_year=2020)
    make_activity(slug="iecerets-2027", approximate_year=2027)
    stories = [Story(Activity.objects.get(slug=f"iecerets-{year}"), [], now) for year in (2020, 2027)]
    assert [story.is_gone for story in stories] == [True, False]
