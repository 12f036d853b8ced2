"""The gate: placed whole or waiting whole, never more than there are places, the same form once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from activities.models import Capacity, Occurrence
from families import registering
from families.models import Registration, SignUp
from families.parties import Child, Party
from families.registering import AlreadySent, NoRoom, NotOpen, Refused, Sender
from kopiena.floor.models import User

pytestmark = pytest.mark.django_db

OURS = Sender(name="Anna", language="lv", phone="+37120000000", may_be_photographed=False, has_declared=True)
SignsUp = Callable[..., Registration]


@pytest.fixture
def signs_up(now: datetime) -> SignsUp:
    """Signs a party up and returns its registration; each call is a new form."""
    sent = 0

    def sign_up(occurrence: Occurrence, adults: int = 1, children: int = 0, **also: Any) -> Registration:
        nonlocal sent
        sent += 1
        party = also.pop("party", Party(adults=adults, children=children))
        made = registering.register(
            also.pop("token", f"token-{sent}"),
            occurrence.pk,
            also.pop("sender", OURS),
            party,
            **{"may_wait": True, "now": now, **also},
        )
        return made.registrations.get()

    return sign_up


def counted(occurrence: Occurrence) -> tuple[int, int, int]:
    capacity = Capacity.objects.get(pk=occurrence.pk)
    return capacity.taken, capacity.waiting, capacity.last_queue_number


def test_a_party_that_fits_is_placed_whole(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=5)
    registration = signs_up(occurrence, adults=2, children=3)
    assert (registration.status, registration.seats, registration.queue_number) == ("placed", 5, 1)
    assert counted(occurrence) == (5, 0, 1)


def test_a_party_that_does_not_fit_waits_whole(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=5)
    signs_up(occurrence, adults=3)
    registration = signs_up(occurrence, adults=1, children=2)
    assert (registration.status, registration.queue_number) == ("waiting", 2)
    assert counted(occurrence) == (3, 1, 2)


def test_who_did_not_ask_to_wait_is_refused_and_nothing_is_saved(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=3)
    signs_up(occurrence, adults=1)
    with pytest.raises(NoRoom, match="2"):
        signs_up(occurrence, adults=3, may_wait=False)
    assert counted(occurrence) == (1, 0, 1)
    assert SignUp.objects.count() == 1


def test_a_newcomer_who_fits_is_placed_past_a_larger_waiting_party(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=5)
    signs_up(occurrence, adults=3)
    assert signs_up(occurrence, adults=4).is_waiting
    assert signs_up(occurrence, adults=2).is_placed


def test_freed_places_go_to_the_first_waiting_party_that_fits(
    make_occurrence: Any, signs_up: SignsUp, now: datetime
) -> None:
    occurrence = make_occurrence(places=4)
    leaving = signs_up(occurrence, adults=2)
    signs_up(occurrence, adults=2)
    large, small, late = (signs_up(occurrence, adults=size) for size in (3, 1, 1))
    registering.cancel(leaving.pk, now=now)
    statuses = [Registration.objects.get(pk=each.pk).status for each in (large, small, late)]
    assert statuses == ["waiting", "placed", "placed"]
    assert counted(occurrence) == (4, 1, 5)


def test_after_promote_until_freed_places_stay_free(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=2, starts_at=now + timedelta(days=1))
    leaving = signs_up(occurrence, adults=2)
    waits = signs_up(occurrence, adults=2)
    registering.cancel(leaving.pk, now=now + timedelta(hours=7))
    waits.refresh_from_db()
    assert waits.is_waiting
    assert counted(occurrence) == (0, 1, 2)


def test_cancelled_twice_is_cancelled_once(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=4)
    registration = signs_up(occurrence, adults=2)
    registering.cancel(registration.pk, now=now)
    again = registering.cancel(registration.pk, now=now + timedelta(hours=1))
    assert (again.cancelled_at, again.revision) == (now, 1)
    assert counted(occurrence) == (0, 0, 1)


def test_the_same_form_twice_is_one_sign_up(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=10)
    first = signs_up(occurrence, adults=2, token="same")
    assert signs_up(occurrence, adults=2, token="same") == first
    assert counted(occurrence) == (2, 0, 1)


def test_the_same_form_with_other_content_is_said_to_be_sent_already(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=10)
    first = signs_up(occurrence, adults=2, token="same")
    with pytest.raises(AlreadySent) as refusal:
        signs_up(occurrence, adults=3, token="same")
    assert refusal.value.sign_up == first.sign_up
    assert counted(occurrence) == (2, 0, 1)


@pytest.mark.parametrize(
    ("unit", "is_companion_seated", "party", "seats"),
    [
        ("people", True, Party(adults=2, children=2, children_along=1), 5),
        ("people", False, Party(adults=2, children=2, children_along=1), 4),
        ("children", True, Party(adults=2, children=2, children_along=1), 3),
        ("children", False, Party(adults=2, children=2, children_along=1), 2),
        ("families", True, Party(adults=2, children=2, children_along=1), 1),
    ],
)
def test_a_place_is_whatever_the_activity_says(unit: str, is_companion_seated: bool, party: Party, seats: int) -> None:
    assert party.seats(unit, is_companion_seated=is_companion_seated) == seats


@pytest.mark.parametrize(
    ("fields", "party", "field"),
    [
        ({}, Party(adults=0), "adults"),
        ({}, Party(adults=13), "adults"),
        ({}, Party(adults=0, children=2), "adults"),
        ({"unit": "children"}, Party(adults=2), "children"),
        ({"is_sibling_welcome": False}, Party(adults=1, children=1, children_along=1), "children"),
        ({"age_from": 4, "age_to": 7}, Party.with_ages(1, (Child(5), Child(1))), "child_2_age"),
        ({"age_from": 4, "age_to": 7}, Party.with_ages(1, (Child(200),)), "child_1_age"),
    ],
)
def test_a_party_that_does_not_suit_is_refused_where_it_belongs(
    make_occurrence: Any, signs_up: SignsUp, fields: dict[str, Any], party: Party, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        signs_up(make_occurrence(places=20, **fields), party=party)
    assert refusal.value.field == field
    assert not SignUp.objects.exists()


def test_a_small_child_may_come_along(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(age_from=4, age_to=7, is_age_asked=True)
    party = Party.with_ages(1, (Child(5, "Līga"), Child(1, is_along=True)))
    registration = signs_up(occurrence, party=party)
    people = list(registration.participants.values_list("kind", "first_name", "age"))
    assert people == [("child", "Līga", 5), ("child_along", "", 1)]
    bands = (registration.children_under_7, registration.children_7_to_12, registration.children_over_12)
    assert bands == (2, 0, 0)


@pytest.mark.parametrize(
    "occurrence",
    [
        {"state": "cancelled"},
        {"is_sign_up_needed": False},
        {"sign_up_opens_at": datetime.fromisoformat("2027-03-02T10:00+00:00")},
        {"sign_up_closes_at": datetime.fromisoformat("2027-03-01T09:00+00:00")},
    ],
)
def test_a_date_that_is_not_open_refuses(make_occurrence: Any, signs_up: SignsUp, occurrence: dict[str, Any]) -> None:
    with pytest.raises(NotOpen):
        signs_up(make_occurrence(occurrence=occurrence))
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"audience": "discreet"}, {"audience": "invited"}])
def test_what_is_not_public_refuses_like_what_is_not_there(
    make_occurrence: Any, signs_up: SignsUp, fields: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as unseen:
        signs_up(make_occurrence(**fields))
    with pytest.raises(Refused) as missing:
        signs_up(Occurrence(pk=10**9))
    assert unseen.value.message == missing.value.message


def test_fewer_may_come_and_the_queue_moves_up(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=5)
    ours, waits = signs_up(occurrence, adults=5), signs_up(occurrence, adults=2)
    registering.change(ours.pk, Party(adults=3), now=now)
    waits.refresh_from_db()
    assert waits.is_placed
    assert counted(occurrence) == (5, 0, 2)


def test_more_may_come_only_if_they_fit(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=5)
    ours = signs_up(occurrence, adults=2)
    assert registering.change(ours.pk, Party(adults=2, children=1), now=now).seats == 3
    signs_up(occurrence, adults=1)
    with pytest.raises(NoRoom):
        registering.change(ours.pk, Party(adults=5), now=now)
    ours.refresh_from_db()
    assert (ours.adults, ours.children, ours.seats) == (2, 1, 3)


def test_nothing_changes_once_it_has_begun(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    ours = signs_up(make_occurrence())
    later = now + timedelta(days=10)
    with pytest.raises(Refused):
        registering.change(ours.pk, Party(adults=2), now=later)
    with pytest.raises(Refused):
        registering.cancel(ours.pk, now=later)
    staff = User.objects.create_user("coordinator@example.lv", is_staff=True)
    assert registering.cancel(ours.pk, by=staff, now=later).cancelled_by == "centre"


def test_erased_leaves_counts_and_no_person(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=3, is_age_asked=True)
    sender = Sender(name="Anna", language="ru", email="anna@example.lv", phone="+37120000000", needs_answer="riekstu")
    ours = signs_up(occurrence, party=Party.with_ages(1, (Child(5, "Līga"),)), sender=sender)
    waits = signs_up(occurrence, adults=3)
    old_link, old_code = ours.sign_up.link_id, ours.sign_up.code
    registering.erase(ours.sign_up_id, now=now)
    erased = SignUp.objects.get(pk=ours.sign_up_id)
    ours.refresh_from_db()
    waits.refresh_from_db()
    assert (erased.contact_name, erased.email, erased.phone, erased.erased_at) == ("", "", "", now)
    assert (erased.link_version, erased.link_id == old_link, erased.code == old_code) == (2, False, False)
    assert (ours.status, ours.needs_answer, ours.participants.count()) == ("cancelled", "", 0)
    assert (ours.adults, ours.children, waits.status) == (1, 1, "placed")


def test_what_took_place_is_not_cancelled_by_erasing(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    ours = signs_up(make_occurrence())
    registering.erase(ours.sign_up_id, now=now + timedelta(days=20))
    ours.refresh_from_db()
    assert ours.is_placed


def test_more_places_let_the_queue_move_up_and_fewer_than_taken_are_refused(
    make_occurrence: Any, signs_up: SignsUp, now: datetime
) -> None:
    occurrence = make_occurrence(places=2)
    staff = User.objects.create_user("coordinator@example.lv", is_staff=True)
    signs_up(occurrence, adults=2)
    waits = signs_up(occurrence, adults=2)
    registering.set_places(occurrence.pk, unit="people", places=4, by=staff, now=now)
    waits.refresh_from_db()
    assert waits.is_placed
    with pytest.raises(Refused, match="4"):
        registering.set_places(occurrence.pk, unit="people", places=3, by=staff, now=now)
    with pytest.raises(Refused):
        registering.set_places(occurrence.pk, unit="families", places=4, by=staff, now=now)
    registering.set_places(occurrence.pk, unit="people", places=None, by=staff, now=now)
    assert Capacity.objects.get(pk=occurrence.pk).places is None


def test_places_kept_for_callers_are_not_the_webs_until_they_lapse(
    make_occurrence: Any, signs_up: SignsUp, now: datetime
) -> None:
    occurrence = make_occurrence(places=4)
    Capacity.objects.filter(pk=occurrence.pk).update(held=2, held_until=now + timedelta(days=1))
    assert signs_up(occurrence, adults=3).is_waiting
    assert signs_up(occurrence, adults=2).is_placed
    later = signs_up(occurrence, adults=1, now=now + timedelta(days=2))
    assert later.is_placed
    assert Capacity.objects.get(pk=occurrence.pk).held == 0


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE activities_capacity SET taken = taken + 1",
        "UPDATE activities_capacity SET waiting = 1",
        "UPDATE families_registration SET seats = 1",
        "UPDATE families_registration SET status = 'waiting'",
        "DELETE FROM families_registration",
    ],
)
def test_raw_sql_that_lies_about_places_is_refused(make_occurrence: Any, signs_up: SignsUp, lie: str) -> None:
    signs_up(make_occurrence(places=10), adults=2)
    # The rule is deferred to the commit; here it is asked at once, since a test never commits.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{lie}; SET CONSTRAINTS ALL IMMEDIATE")


def test_after_promote_until_nobody_jumps_the_queue(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=7, starts_at=now + timedelta(days=1))
    leaving, staying = signs_up(occurrence, adults=5), signs_up(occurrence, adults=2)
    waits = signs_up(occurrence, adults=2)
    late = now + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    with pytest.raises(NoRoom, match="tiem, kas jau gaida"):
        signs_up(occurrence, adults=1, may_wait=False, now=late)
    with pytest.raises(NoRoom):
        registering.change(staying.pk, Party(adults=3), now=late)
    assert signs_up(occurrence, adults=1, now=late).is_waiting
    waits.refresh_from_db()
    assert waits.is_waiting


def test_nothing_is_promoted_once_it_has_begun(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=2, occurrence={"promote_until": now + timedelta(days=30)})
    leaving, waits = signs_up(occurrence, adults=2), signs_up(occurrence, adults=2)
    staff = User.objects.create_user("coordinator@example.lv", is_staff=True)
    registering.cancel(leaving.pk, by=staff, now=now + timedelta(days=10))
    waits.refresh_from_db()
    assert waits.is_waiting


def test_a_date_whose_every_meeting_is_called_off_refuses(
    make_occurrence: Any, signs_up: SignsUp, now: datetime
) -> None:
    occurrence = make_occurrence()
    ours = signs_up(occurrence)
    occurrence.meetings.update(is_cancelled=True)
    with pytest.raises(NotOpen):
        signs_up(occurrence)
    with pytest.raises(Refused):
        registering.change(ours.pk, Party(adults=2), now=now)


def test_a_party_larger_than_all_places_may_wait_since_the_coordinator_can_raise_them(
    make_occurrence: Any, signs_up: SignsUp
) -> None:
    occurrence = make_occurrence(places=3)
    assert signs_up(occurrence, adults=7).is_waiting
    assert counted(occurrence) == (0, 1, 1)


def test_without_a_token_each_form_is_its_own(make_occurrence: Any, signs_up: SignsUp) -> None:
    occurrence = make_occurrence(places=3)
    assert signs_up(occurrence, token="") != signs_up(occurrence, token="")


def test_the_queue_moves_up_without_a_deed(make_occurrence: Any, signs_up: SignsUp, now: datetime) -> None:
    occurrence = make_occurrence(places=2, starts_at=now + timedelta(days=1))
    leaving, waits = signs_up(occurrence, adults=2), signs_up(occurrence, adults=2)
    late = now + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    assert registering.settle_all(late) == 1
    waits.refresh_from_db()
    assert waits.is_waiting
    occurrence.meetings.update(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=10))
    registering.settle_all(late)
    waits.refresh_from_db()
    assert waits.is_placed


def test_the_wrong_age_is_said_at_its_own_row(make_occurrence: Any, signs_up: SignsUp) -> None:
    with pytest.raises(Refused) as refusal:
        signs_up(make_occurrence(age_from=4, age_to=7), party=Party.with_ages(1, (Child(9, row=2),)))
    assert refusal.value.field == "child_2_age"
