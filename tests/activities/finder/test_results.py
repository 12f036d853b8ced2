"""What suits a choice, counted for every other choice too."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.cards import Card
from activities.finder.choices import Form, drops
from activities.finder.filters import Filters
from activities.finder.loading import load
from activities.finder.results import Results, period
from activities.models import Activity, Capacity, Need, Occurrence, Venue
from activities.offer import offers_of, with_dates
from activities.search import Matches
from partners.models import Institution, Project
from tests.activities.conftest import riga

Make = Callable[..., Any]


def results(now: datetime, matches: Matches | None = None, **chosen: Any) -> Results:
    return Results(load(now), Filters(**chosen), now, matches)


def titles(now: datetime, matches: Matches | None = None, **chosen: Any) -> list[str]:
    found = results(now, matches, **chosen)
    names = dict(Activity.objects.values_list("pk", "title_lv"))
    return [names[pk] for pk in found.ids(1, 100)]


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
    Occurrence.objects.create(activity=make_activity(title_lv="Vēl bez laika", approximate_year=2028))
    assert titles(now) == ["Drīz", "Vēlāk", "Pavasarī", "Rudenī", "Vēl bez laika", "Kādreiz"]


def test_each_activity_stands_once_and_a_course_until_its_end(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(title_lv="Kurss", starts_at=riga(2027, 2, 1, 12))
    occurrence.meetings.create(
        starts_at=riga(2027, 3, 8, 12), ends_at=riga(2027, 3, 8, 14), venue=Venue.objects.get(slug="mezgls")
    )
    make_occurrence(activity=occurrence.activity, starts_at=now + timedelta(days=3))
    assert titles(now) == ["Kurss"]


def test_only_what_anybody_may_see_is_found_or_counted(
    make_occurrence: Make, make_activity: Make, now: datetime
) -> None:
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(**hidden)
        make_activity(approximate_year=2027, **hidden)
    found = results(now, party=2)
    assert (found.count, list(found.catalogue.ids), found.catalogue.sets, len(found.catalogue.days)) == (0, [], {}, 0)
    assert results(now, Matches(tuple(each.pk for each in Activity.objects.all())), q="talka").count == 0


def test_each_filter_narrows(make_occurrence: Make, make_institution: Make, now: datetime) -> None:
    venue = Venue.objects.create(
        slug="sala", name_lv="Sala", district_lv="Ķīmija", is_step_free=True, has_room_for_pushchairs=True
    )
    project = Project.objects.create(slug="pagalms", title_lv="Pagalms", state="published")
    garden = make_occurrence(
        title_lv="Dobes", theme="garden", project=project, is_in_russian=True, occurrence={"is_sign_up_needed": False}
    )
    garden.meetings.update(venue=venue)
    garden.activity.organisers.add(make_institution("20-pii"), make_institution("21-pii"))
    Need.objects.create(activity=garden.activity, kind="helpers", title_lv="Palīgi", wanted=2)
    make_occurrence(title_lv="Teātris", theme="stage", is_in_latvian=True)
    done = make_occurrence(title_lv="Pilns palīgu", is_for_helpers=False).activity
    Need.objects.create(activity=done, kind="helpers", title_lv="Palīgi", wanted=2, taken=2)
    Need.objects.create(activity=done, kind="things", title_lv="Grābekļi", wanted=2)
    for name, value in (
        *(("theme", "garden"), ("project", "pagalms"), ("institution", "20-pii"), ("language", "ru")),
        *(("district", "kimija"), ("step_free", True), ("pushchair", True), ("helpers", True), ("no_sign_up", True)),
    ):
        assert titles(now, **{name: value}) == ["Dobes"], name
    assert titles(now, institution="20-pii", theme="stage") == []
    assert titles(now, language="lv") == ["Teātris"]


def test_days_are_those_on_which_one_can_still_come(make_occurrence: Make, make_campaign: Make, now: datetime) -> None:
    """It is Monday the 1st of March, noon."""
    make_occurrence(title_lv="Šodien jau bija", starts_at=riga(2027, 3, 1, 8))
    make_occurrence(title_lv="Šodien", starts_at=riga(2027, 3, 1, 18))
    make_occurrence(title_lv="Sestdien", starts_at=riga(2027, 3, 6, 11))
    make_occurrence(title_lv="Svētdienas nakts", starts_at=riga(2027, 3, 7, 23))
    make_occurrence(title_lv="Aprīlī", starts_at=riga(2027, 4, 1, 0))
    called_off = make_occurrence(title_lv="Atcelts sestdien", starts_at=riga(2027, 3, 6, 12))
    called_off.meetings.update(is_cancelled=True)
    make_occurrence(title_lv="Nenotiks", starts_at=riga(2027, 3, 6, 13), occurrence={"state": "cancelled"})
    make_campaign(riga(2027, 2, 20), riga(2027, 3, 6), title_lv="Akcija")
    assert titles(now, when="today") == ["Akcija", "Šodien"]
    assert titles(now, when="weekend") == ["Akcija", "Sestdien", "Svētdienas nakts"]
    assert titles(now, when="month") == ["Akcija", "Šodien", "Sestdien", "Svētdienas nakts"]
    assert titles(now, since=date(2027, 3, 8)) == ["Aprīlī"]
    assert titles(now, since=date(2027, 3, 7), until=date(2027, 3, 31)) == ["Svētdienas nakts"]
    assert titles(now, until=date(2027, 3, 1)) == ["Akcija", "Šodien"]


@pytest.mark.parametrize(
    ("today", "weekend", "month"),
    [
        (date(2027, 3, 1), (6, 7), 31),
        (date(2027, 3, 6), (6, 7), 31),
        (date(2027, 3, 7), (7, 7), 31),
        (date(2027, 2, 28), (28, 28), 28),
    ],
)
def test_the_weekend_is_the_next_two_free_days_or_what_is_left_of_them(
    today: date, weekend: tuple[int, int], month: int
) -> None:
    first, last = period("weekend", today)
    assert (first.day, last.day, period("month", today)) == (*weekend, (today, today.replace(day=month)))
    assert (period("today", today), period("week", today)[1].weekday()) == ((today, today), 6)


def test_a_party_fits_where_there_is_room_for_all_of_it(
    make_occurrence: Make, make_activity: Make, now: datetime
) -> None:
    make_occurrence(title_lv="Četri", places=4)
    make_occurrence(title_lv="Bez robežām", places=None)
    make_occurrence(title_lv="Divi bērni", places=2, unit="children")
    make_occurrence(title_lv="Viena ģimene", places=1, unit="families")
    make_occurrence(title_lv="Atcelts", occurrence={"state": "cancelled"})
    make_occurrence(title_lv="Slēgts", occurrence={"sign_up_closes_at": now})
    make_occurrence(title_lv="Vienkārši nāciet", places=0, occurrence={"is_sign_up_needed": False})
    make_occurrence(title_lv="Jau sācies", starts_at=now - timedelta(hours=1))
    make_occurrence(title_lv="Vēl nav sācies", places=5, occurrence={"sign_up_opens_at": now + timedelta(days=1)})
    make_activity(title_lv="Bez datuma", approximate_year=2027)
    for title, until in (("Zvanītājiem", timedelta(days=1)), ("Zvanītāju vietas atdotas", timedelta(0))):
        date_ = make_occurrence(title_lv=title, places=5)
        Capacity.objects.filter(pk=date_.pk).update(held=3, held_until=now + until)
    always = {"Bez robežām", "Vienkārši nāciet", "Viena ģimene", "Zvanītāju vietas atdotas", "Vēl nav sācies"}
    assert set(titles(now, party=5)) == always
    assert set(titles(now, party=4, ages=(4, 9))) == always | {"Četri", "Divi bērni"}
    assert set(titles(now, party=4)) == always | {"Četri"}
    assert set(titles(now, party=2)) == always | {"Četri", "Divi bērni", "Zvanītājiem"}


def test_there_must_be_room_on_the_day_asked_for_and_the_card_shows_that_day(
    make_occurrence: Make, now: datetime
) -> None:
    """It is Monday: Saturday is full, Tuesday is not."""
    full = make_occurrence(title_lv="Rīts", places=0, starts_at=riga(2027, 3, 6, 11))
    make_occurrence(activity=full.activity, starts_at=riga(2027, 3, 2, 11))
    Capacity.objects.exclude(pk=full.pk).update(places=9)
    make_occurrence(title_lv="Vakars", places=9, starts_at=riga(2027, 3, 7, 18))
    found = results(now, when="weekend", party=5)
    assert titles(now, when="weekend", party=5) == ["Vakars"]
    assert (found.count_with("when", "weekend"), found.count_with("when", "month")) == (1, 2)
    assert [found.count_with("when", "today"), results(now, party=5).count_with("when", "weekend")] == [0, 1]
    assert results(now, when="today", party=5).drops[0].count == 2
    saturday = Card(
        with_dates(Activity.objects.filter(pk=full.activity_id)).get(), now, results(now, when="weekend").wanted
    )
    assert (saturday.day, saturday.line) == (date(2027, 3, 6), "11.00–13.00")
    roomy = Card(with_dates(Activity.objects.filter(pk=full.activity_id)).get(), now, results(now, party=5).wanted)
    assert roomy.day == date(2027, 3, 2)
    assert Card(with_dates(Activity.objects.filter(pk=full.activity_id)).get(), now).day == date(2027, 3, 2)


def test_the_filter_and_the_card_agree_on_free_places(make_occurrence: Make, now: datetime) -> None:
    for places in (0, 1, None):
        for held in (0, 1):
            occurrence = make_occurrence(places=places, starts_at=now + timedelta(days=3))
            Capacity.objects.filter(pk=occurrence.pk).update(held=held, held_until=now + timedelta(days=1))
    by_card = {
        activity.pk
        for activity in with_dates(Activity.objects.all())
        if any(offer.is_open and not offer.is_full for offer in offers_of(activity, now))
    }
    assert set(results(now, party=1).ids(1, 100)) == by_card
    assert by_card


def test_what_has_the_words_in_its_title_comes_first_and_the_other_filters_hold(
    make_occurrence: Make, now: datetime
) -> None:
    """All three begin at the same time, so that they stand in the order of their titles."""
    first, second, third = (make_occurrence(title_lv=title, theme="home").activity.pk for title in "ABC")
    Activity.objects.filter(pk=third).update(theme="stage")
    matches = Matches((third, 999, second, first), in_title=1)
    assert titles(now, matches, q="x") == ["C", "A", "B"]
    assert titles(now, matches, q="x", theme="home") == ["A", "B"]
    assert results(now, matches, q="x").ids(2, 2) == [second]


def test_every_choice_says_how_many_it_would_leave(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(theme="garden", age_from=4, age_to=7)
    make_occurrence(theme="garden", is_in_russian=True)
    make_occurrence(theme="stage", age_from=8, starts_at=now + timedelta(hours=1))
    found = results(now, theme="garden", ages=(5,))
    assert found.count == 2
    assert [found.count_with("theme", theme) for theme in ("garden", "stage", "home")] == [2, 0, 0]
    assert [found.count_with("language", "ru"), found.count_with("when", "today")] == [1, 0]
    assert results(now).count_with("when", "today") == 1
    assert results(now, when="today").count_with("when", "month") == 3
    shown = Form(found)
    assert [(each.value, each.count, each.is_chosen) for each in shown.themes if each.count] == [("garden", 2, True)]
    assert [each.value for each in shown.languages] == ["ru"]
    assert (shown.districts, shown.is_more_open, Form(results(now, helpers=True)).is_more_open) == ([], False, True)


def test_an_empty_result_says_which_choices_to_drop(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(theme="garden", age_from=4, age_to=7)
    make_occurrence(theme="garden", age_from=4, age_to=7)
    found = results(now, theme="garden", ages=(12,), since=date(2027, 3, 1))
    assert [(drop.name, drop.filters.query(), drop.count) for drop in found.drops] == [
        ("ages", "since=2027-03-01&theme=garden", 2)
    ]
    far = results(now, theme="garden", since=date(2027, 9, 1), until=date(2027, 9, 2))
    with translation.override("lv"):
        assert drops(far) == [("arī citās dienās", "?theme=garden", 2)]
    assert results(now, theme="home", ages=(12,)).drops == []


def test_five_queries_bring_the_catalogue_whatever_its_size(
    make_occurrence: Make, make_institution: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for number in range(3):
        make_occurrence().activity.organisers.add(make_institution(f"{number}-pii"))
        with django_assert_num_queries(4):
            load(now)
