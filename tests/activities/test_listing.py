"""The list of activities and its filters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.listing import Drop, Filters, drops, found
from activities.models import Activity, Capacity, Occurrence
from partners.models import Institution
from tests.activities.conftest import riga

Make = Callable[..., Any]


def titles(filters: Filters, now: datetime) -> list[str]:
    return [activity.title_lv for activity in found(filters, now)]


@pytest.fixture
def make_institution(db: None) -> Callable[[str], Institution]:
    def make(slug: str) -> Institution:
        return Institution.objects.create(slug=slug, kind="preschool", short_name_lv=slug, name_lv=slug)

    return make


def test_what_comes_first_stands_first_and_the_undated_come_by_season(
    make_occurrence: Make, make_activity: Make, now: datetime
) -> None:
    make_activity(title_lv="Kādreiz")
    make_activity(title_lv="Rudenī", approximate_year=2027, approximate_season="autumn")
    make_activity(title_lv="Pavasarī", approximate_year=2027, approximate_season="spring")
    make_activity(title_lv="Toreiz", approximate_year=2020)
    make_occurrence(title_lv="Vēlāk", starts_at=now + timedelta(days=9))
    make_occurrence(title_lv="Drīz", starts_at=now + timedelta(days=1))
    make_occurrence(title_lv="Bijis", starts_at=now - timedelta(days=1))
    assert titles(Filters(), now) == ["Drīz", "Vēlāk", "Pavasarī", "Rudenī", "Kādreiz"]


def test_each_activity_stands_once_however_many_dates_it_has(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence().activity
    make_occurrence(activity=activity, starts_at=now + timedelta(days=3))
    assert titles(Filters(), now) == [activity.title_lv]


def test_only_what_anybody_may_see_is_listed(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(**hidden)
        make_activity(approximate_year=2027, **hidden)
    assert titles(Filters(), now) == []
    assert drops(Filters(theme="cleanup", free=True), now) == []


def test_theme_age_and_institution_narrow_the_list(
    make_occurrence: Make, make_institution: Make, now: datetime
) -> None:
    garden = make_occurrence(title_lv="Dobes", theme="garden", age_from=4, age_to=7).activity
    make_occurrence(title_lv="Leļļu teātris", theme="stage", age_from=8)
    garden.organisers.add(make_institution("20-pii"), make_institution("21-pii"))
    assert titles(Filters(theme="garden"), now) == ["Dobes"]
    assert titles(Filters(age=7), now) == ["Dobes"]
    assert titles(Filters(age=8), now) == ["Leļļu teātris"]
    assert titles(Filters(age=3), now) == []
    assert titles(Filters(institution="20-pii"), now) == ["Dobes"]
    assert titles(Filters(institution="20-pii", theme="stage"), now) == []


def test_free_places_are_those_one_can_still_get(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    make_occurrence(title_lv="Brīvs", places=1)
    make_occurrence(title_lv="Bez robežām", places=None)
    make_occurrence(title_lv="Pilns", places=0)
    make_occurrence(title_lv="Tikai zvanītājiem", places=2)
    make_occurrence(title_lv="Zvanītāju vietas atdotas", places=3)
    make_occurrence(title_lv="Atcelts", occurrence={"state": "cancelled"})
    make_occurrence(title_lv="Slēgts", occurrence={"sign_up_closes_at": now})
    make_occurrence(title_lv="Vienkārši nāciet", places=0, occurrence={"is_sign_up_needed": False})
    make_occurrence(title_lv="Jau sācies", starts_at=now - timedelta(hours=1))
    make_activity(title_lv="Bez datuma", approximate_year=2027)
    called_off = make_occurrence(title_lv="Nenotiks")
    called_off.meetings.update(is_cancelled=True)
    capacity = Capacity.objects.filter(occurrence__activity__title_lv="Tikai zvanītājiem")
    capacity.update(held=2, held_until=now + timedelta(days=1))
    capacity = Capacity.objects.filter(occurrence__activity__title_lv="Zvanītāju vietas atdotas")
    capacity.update(held=3, held_until=now)
    assert sorted(titles(Filters(free=True), now)) == [
        "Bez robežām",
        "Brīvs",
        "Vienkārši nāciet",
        "Zvanītāju vietas atdotas",
    ]


def test_the_filter_and_the_card_agree_on_free_places(make_occurrence: Make, now: datetime) -> None:
    from activities.offer import offers_of, with_dates

    for places in (0, 1, None):
        for held in (0, 1):
            occurrence = make_occurrence(places=places, starts_at=now + timedelta(days=3))
            Capacity.objects.filter(pk=occurrence.pk).update(held=held, held_until=now + timedelta(days=1))
    by_card = {
        activity.pk
        for activity in with_dates(Activity.objects.all())
        if any(offer.is_open and not offer.is_full for offer in offers_of(activity, now))
    }
    assert {activity.pk for activity in found(Filters(free=True), now)} == by_card
    assert by_card


def test_an_empty_result_says_which_filter_to_drop(
    make_occurrence: Make, make_institution: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    make_institution("20-pii")
    make_occurrence(title_lv="Dobes", theme="garden", age_from=4, age_to=7)
    make_occurrence(title_lv="Puķes", theme="garden", age_from=4, age_to=7)
    chosen = Filters(theme="garden", age=9)
    assert titles(chosen, now) == []
    with django_assert_num_queries(1):
        assert drops(chosen, now) == [Drop("age", "?theme=garden", 2)]
    assert drops(Filters(theme="garden", age=9, institution="20-pii"), now) == []


def test_the_address_holds_only_what_was_chosen() -> None:
    assert Filters().query() == ""
    assert Filters(age=0).query() == "?age=0"
    assert Filters(theme="garden", institution="20-pii", age=5, free=True).query(2) == (
        "?theme=garden&institution=20-pii&age=5&free=1&page=2"
    )
    assert Filters(theme="garden", age=5).without("age") == Filters(theme="garden")


def test_a_date_that_has_no_time_yet_keeps_its_activity_in_the_list(make_activity: Make, now: datetime) -> None:
    Occurrence.objects.create(activity=make_activity(title_lv="Drīz būs"))
    assert titles(Filters(), now) == ["Drīz būs"]
    assert titles(Filters(free=True), now) == []


def test_a_course_that_has_begun_is_listed_until_its_end(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(title_lv="Kurss", starts_at=riga(2027, 2, 1, 12))
    first = occurrence.meetings.get()
    type(first).objects.create(
        occurrence=occurrence, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1), where="home"
    )
    assert titles(Filters(), now) == ["Kurss"]
    assert titles(Filters(free=True), now) == []
