"""A card for each activity, and the shelves of cards."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from activities import cards
from activities.models import Activity, Meeting
from activities.offer import with_dates
from tests.activities.conftest import riga

Make = Callable[..., Any]


def card_of(activity: Activity, now: datetime) -> cards.Card:
    return cards.Card(with_dates(Activity.objects.filter(pk=activity.pk)).get(), now)


def test_repeated_dates_are_one_card_with_the_next_in_front(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(starts_at=now + timedelta(days=9)).activity
    make_occurrence(activity=activity, starts_at=now + timedelta(days=2))
    make_occurrence(activity=activity, starts_at=now - timedelta(days=5))
    card = card_of(activity, now)
    assert (card.day, card.line, card.more) == (date(2027, 3, 3), "12.00–14.00", "un vēl 1 reize")
    assert [venue.name_lv for venue in card.venues] == ["Mezgls"]


def test_a_card_prefers_a_date_that_takes_place(make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(starts_at=now + timedelta(days=1), occurrence={"state": "cancelled"}).activity
    assert card_of(activity, now).next.is_cancelled
    make_occurrence(activity=activity, starts_at=now + timedelta(days=8))
    card = card_of(activity, now)
    assert (card.next.is_cancelled, card.day, card.more) == (False, date(2027, 3, 9), "")


def test_a_campaign_under_way_stands_on_today(make_campaign: Make, now: datetime) -> None:
    card = card_of(make_campaign(riga(2027, 2, 20), riga(2027, 3, 9)), now)
    assert (card.day, card.line) == (date(2027, 3, 1), "no 20. februāra līdz 9. martam")
    assert card.elsewhere == ["Mājās"]


def test_a_date_in_another_year_says_the_year(make_occurrence: Make, now: datetime) -> None:
    card = card_of(make_occurrence(starts_at=riga(2028, 1, 8, 12)).activity, now)
    assert card.line == "sestdien, 2028. gada 8. janvārī, plkst. 12.00–14.00"


def test_without_a_date_the_season_stands_in_its_place(make_activity: Make, now: datetime) -> None:
    spring = card_of(make_activity(approximate_year=2027, approximate_season="spring"), now)
    gone = card_of(make_activity(approximate_year=2020), now)
    unknown = card_of(make_activity(), now)
    assert spring.when == "Laiks tiks precizēts: 2027. gada pavasarī"
    assert gone.when == "Iecerēts: 2020. gads"
    assert unknown.when == "Laiks tiks precizēts"
    with translation.override("ru"):
        assert spring.when == "Время уточняется: весна 2027 года"


def test_a_past_card_says_when_it_was(make_occurrence: Make, now: datetime) -> None:
    card = card_of(make_occurrence(starts_at=riga(2020, 1, 23, 15)).activity, now)
    assert (card.when, card.next) == ("Notika 2020. gada 23. janvārī", None)


def test_many_places_side_by_side_are_named_twice_and_counted(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence()
    first = occurrence.meetings.get()
    for name in ("parks", "pagalms"):
        venue = type(first.venue).objects.create(slug=name, name_lv=name)
        Meeting.objects.create(
            occurrence=occurrence, starts_at=first.starts_at, ends_at=first.ends_at, venue=venue, where="venue"
        )
    card = card_of(occurrence.activity, now)
    assert ([venue.name_lv for venue in card.venues], card.more_venues) == (
        ["Mezgls", "parks"],
        "un vēl 1 norises vieta",
    )


def test_ages_are_said_only_where_they_are_limited(make_activity: Make, now: datetime) -> None:
    assert card_of(make_activity(), now).ages == ""
    assert card_of(make_activity(age_from=4, age_to=7), now).ages == "Vecums: 4–7 gadi"


def test_cards_take_two_queries_however_many_they_are(
    make_occurrence: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    ids: list[int] = []
    for count in (1, 3):
        ids += [make_occurrence(starts_at=now + timedelta(days=1)).activity_id for _ in range(count)]
        with django_assert_num_queries(2):
            shown = cards.rendered(ids, now)
        assert [shown.count("<article") for shown in shown] == [1] * len(ids)
