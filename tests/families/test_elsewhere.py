"""What is offered to a party that was refused: dates at which all of it fits, right now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Occurrence
from families import registering
from families.elsewhere import elsewhere
from families.parties import Child, Party
from families.registering import Sender

pytestmark = pytest.mark.django_db

THREE = Party(adults=2, children=1)
Makes = Callable[..., Occurrence]


def found(party: Party, occurrence: Occurrence, now: datetime) -> list[Occurrence]:
    return [offer.occurrence for offer in elsewhere(party, occurrence, now)]


def test_other_dates_of_the_same_activity_come_first_then_the_soonest(make_occurrence: Makes, now: datetime) -> None:
    full = make_occurrence(places=1)
    later = make_occurrence(places=5, starts_at=now + timedelta(days=9))
    sooner = make_occurrence(places=5, starts_at=now + timedelta(days=3))
    same = make_occurrence(activity=full.activity, starts_at=now + timedelta(days=20))
    type(same.capacity).objects.filter(pk=same.pk).update(places=5)
    assert found(THREE, full, now) == [same, sooner, later]


@pytest.mark.parametrize(
    "fields",
    [
        {"places": 2},
        {"unit": "children", "is_age_asked": True, "age_from": 4},
        {"state": "draft"},
        {"audience": "invited"},
        {"occurrence": {"state": "cancelled"}},
        {"occurrence": {"is_sign_up_needed": False}},
        {"occurrence": {"sign_up_opens_at": datetime.fromisoformat("2027-03-05T10:00+00:00")}},
        {"occurrence": {"sign_up_closes_at": datetime.fromisoformat("2027-03-01T10:00+00:00")}},
        {"starts_at": datetime.fromisoformat("2027-03-01T09:00+00:00")},
    ],
)
def test_what_is_too_small_closed_or_not_public_is_not_offered(
    fields: dict[str, Any], make_occurrence: Makes, now: datetime
) -> None:
    full = make_occurrence(places=1)
    make_occurrence(**fields)
    assert found(THREE, full, now) == []


def test_a_child_of_the_wrong_age_is_offered_what_is_for_it(make_occurrence: Makes, now: datetime) -> None:
    refused = make_occurrence(is_age_asked=True, age_from=4, age_to=7)
    make_occurrence(is_age_asked=True, age_from=5, age_to=9)
    for_small_ones = make_occurrence(is_age_asked=True, age_from=0, age_to=3)
    for_all = make_occurrence()
    assert found(Party.with_ages(1, (Child(1),)), refused, now) == [for_small_ones, for_all]


def test_children_without_an_adult_are_offered_where_they_may_come_alone(make_occurrence: Makes, now: datetime) -> None:
    refused = make_occurrence(is_adult_needed=True)
    make_occurrence(is_adult_needed=True)
    alone = make_occurrence(is_adult_needed=False)
    assert found(Party(adults=0, children=2), refused, now) == [alone]


def test_places_that_are_the_queues_are_not_offered(make_occurrence: Makes, now: datetime) -> None:
    full = make_occurrence(places=1)
    other = make_occurrence(places=4, starts_at=now + timedelta(days=1))
    senders = Sender(name="Anna", language="lv", phone="+37120000000")
    there = registering.register("a", other.pk, senders, Party(adults=4), now=now)
    registering.register("b", other.pk, senders, Party(adults=4), may_wait=True, now=now)
    assert found(THREE, full, now) == []
    late = now + timedelta(hours=8)  # freed places do not go to the queue by themselves any more
    registering.cancel(there.registrations.get().pk, now=late)
    assert found(THREE, full, late) == []


def test_the_queries_are_as_many_for_one_date_as_for_ten(make_occurrence: Makes, now: datetime) -> None:
    full = make_occurrence(places=1)
    make_occurrence()
    with CaptureQueriesContext(connection) as one:
        found(THREE, full, now)
    for _ in range(9):
        make_occurrence()
    with CaptureQueriesContext(connection) as ten:
        elsewhere(THREE, full, now)
    assert len(one) == len(ten) == 2


def for_class(party: Party, occurrence: Occurrence, now: datetime) -> list[Occurrence]:
    return [offer.occurrence for offer in elsewhere(party, occurrence, now, is_group=True)]


def test_a_class_is_offered_what_is_within_the_limit_for_groups_and_for_no_narrower_ages(
    make_occurrence: Makes, now: datetime
) -> None:
    refused = make_occurrence(places=1, is_age_asked=True, age_from=4, age_to=7)
    wider = make_occurrence(places=30, is_age_asked=True, age_from=3, age_to=9)
    for fields in ({"age_from": 5, "age_to": 9}, {"age_from": 3, "age_to": 6}, {"unit": "families"}, {"places": 20}):
        make_occurrence(**{"places": 30, **fields})
    limited = make_occurrence(places=30)
    type(limited.capacity).objects.filter(pk=limited.pk).update(for_groups=20)
    same = make_occurrence(activity=refused.activity, starts_at=now + timedelta(days=20))
    type(same.capacity).objects.filter(pk=same.pk).update(places=21)
    any_age = make_occurrence(places=30)
    assert for_class(Party(1, 20), refused, now) == [same, wider, any_age]
    assert for_class(Party(1, 20), any_age, now) == []  # of any age: only what is for any age would do
