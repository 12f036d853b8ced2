"""The office moves a registration to another date, and changes a party for the family."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Capacity, Meeting, Occurrence
from families import registering
from families.models import Registration
from families.parties import Child, Party
from families.registering import Sender, Staff
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution
from tests.office import cancel_page_of, registration_page_of, signed_in, staff

pytestmark = pytest.mark.django_db


def move_page_of(registration: Registration) -> str:
    return reverse("admin:families_registration_move", args=[registration.pk])


def party_page_of(registration: Registration) -> str:
    return reverse("admin:families_registration_party", args=[registration.pk])


def now_of(registration: Registration) -> Registration:
    """The registration as it stands in the database."""
    return Registration.objects.get(pk=registration.pk)


def family(adults: int = 2, child: int = 4) -> dict[str, Any]:
    """What the party's page sends for these adults and one child of that age."""
    return {"adults": adults, "rows": 1, "child_1_first_name": "Zane", "child_1_age": child}


@pytest.fixture
def twice(soon: Callable[..., Occurrence], comes: Callable[..., Registration]) -> tuple[Registration, Occurrence]:
    """A registration that is placed, and another date of the same activity."""
    first = soon(places=4)
    second = Occurrence.objects.create(activity=first.activity)
    starts_at = timezone.now() + timedelta(days=17)
    Meeting.objects.create(occurrence=second, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), where="home")
    return comes(first), second


# Moving


def test_the_dates_to_choose_among_begin_with_the_same_activity_and_say_what_is_free(
    twice: tuple[Registration, Occurrence], soon: Callable[..., Occurrence]
) -> None:
    registration, second = twice
    elsewhere, gone, draft = soon(places=7), soon(), soon()
    Occurrence.objects.filter(pk=gone.pk).update(state="cancelled")
    Activity.objects.filter(pk=draft.activity_id).update(state="draft")
    answer = signed_in(COORDINATOR).get(move_page_of(registration))
    (same, own), (other, others) = answer.context["form"].fields["occurrence"].choices[1:]
    assert (same, other) == ("Tā pati aktivitāte", "Citas aktivitātes")
    assert [value for value, _ in own] == [str(second.pk)]
    assert [value for value, _ in others] == [str(elsewhere.pk)]
    assert "Palikušas 4 vietas" in own[0][1]
    assert "Palikušas 7 vietas" in others[0][1]
    assert elsewhere.activity.title_lv in others[0][1]
    assert "4 vietas" in answer.content.decode()


def test_a_party_is_moved_and_what_it_held_goes_to_the_queue(
    twice: tuple[Registration, Occurrence], comes: Callable[..., Registration]
) -> None:
    registration, second = twice
    waiting = comes(registration.occurrence)
    answer = signed_in(COORDINATOR).post(move_page_of(registration), {"occurrence": second.pk})
    assert answer["Location"] == registration_page_of(registration)
    moved = now_of(registration)
    assert (moved.occurrence_id, moved.status, now_of(waiting).status) == (second.pk, "placed", "placed")
    assert Capacity.objects.get(pk=second.pk).taken == 4


def test_where_it_is_full_the_page_offers_to_wait_and_only_that_button_lets_it_wait(
    twice: tuple[Registration, Occurrence], comes: Callable[..., Registration]
) -> None:
    registration, second = twice
    comes(second, name="Olga")
    client = signed_in(COORDINATOR)
    assert 'name="wait"' not in client.get(move_page_of(registration)).content.decode()
    refused = client.post(move_page_of(registration), {"occurrence": second.pk})
    assert 'name="wait"' in refused.content.decode()
    assert f'<option value="{second.pk}" selected' in refused.content.decode()
    assert now_of(registration).occurrence_id == registration.occurrence_id
    client.post(move_page_of(registration), {"occurrence": second.pk, "wait": "1"})
    moved = now_of(registration)
    assert (moved.occurrence_id, moved.status) == (second.pk, "waiting")


def test_a_rule_in_the_way_is_said_and_let_pass_with_a_reason_only(
    twice: tuple[Registration, Occurrence],
) -> None:
    registration, second = twice
    Occurrence.objects.filter(pk=second.pk).update(sign_up_closes_at=timezone.now() - timedelta(hours=1))
    client = signed_in(COORDINATOR)
    asked = client.post(move_page_of(registration), {"occurrence": second.pk})
    assert asked.context["form"].broken.keys() == {"window"}
    without = {"occurrence": second.pk, "lets_pass": "window", "reason": " "}
    assert set(client.post(move_page_of(registration), without).context["form"].errors) == {"reason"}
    assert now_of(registration).occurrence_id == registration.occurrence_id
    client.post(move_page_of(registration), {**without, "reason": "Zvanīja vakar"})
    moved = now_of(registration)
    assert (moved.occurrence_id, moved.overrides, moved.override_reason) == (second.pk, ["window"], "Zvanīja vakar")
    page = client.get(registration_page_of(registration)).content.decode()
    assert "Zvanīja vakar" in page
    assert str(Registration.Override.WINDOW.label) in page


@pytest.mark.parametrize("forged", ["", "0", "999999", "x", "\x00", "9" * 40, "own", "past"])
def test_a_date_that_cannot_be_chosen_moves_nothing(
    forged: str, twice: tuple[Registration, Occurrence], soon: Callable[..., Occurrence]
) -> None:
    registration, _ = twice
    past = soon()
    past.meetings.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    value = {"own": str(registration.occurrence_id), "past": str(past.pk)}.get(forged, forged)
    answer = signed_in(COORDINATOR).post(move_page_of(registration), {"occurrence": value})
    assert set(answer.context["form"].errors) == {"occurrence"}
    assert now_of(registration).occurrence_id == registration.occurrence_id


def test_forged_seats_status_and_number_move_with_nobody(twice: tuple[Registration, Occurrence]) -> None:
    registration, second = twice
    forged = {"seats": "1", "status": "placed", "queue_number": "1", "places": "99", "lets_pass": "places"}
    signed_in(COORDINATOR).post(move_page_of(registration), {"occurrence": second.pk, **forged})
    assert (now_of(registration).seats, Capacity.objects.get(pk=second.pk).places) == (4, 4)


def test_who_is_cancelled_is_not_moved_nor_changed(twice: tuple[Registration, Occurrence]) -> None:
    registration, second = twice
    registering.cancel(registration.pk, now=timezone.now())
    client = signed_in(COORDINATOR)
    for address, sent in ((move_page_of(registration), {"occurrence": second.pk}), (party_page_of(registration), {})):
        assert client.post(address, sent)["Location"] == registration_page_of(registration)
    assert now_of(registration).status == "cancelled"


# Changing


def test_the_party_is_changed_and_what_comes_free_goes_to_the_queue(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=5)
    registration, waiting = comes(occurrence), comes(occurrence, Party.with_ages(1, (Child(8),)), name="Olga")
    client = signed_in(COORDINATOR)
    page = client.get(party_page_of(registration)).content.decode()
    assert 'value="Zane"' in page
    assert client.post(party_page_of(registration), family())["Location"] == registration_page_of(registration)
    changed = now_of(registration)
    assert (changed.people, changed.seats, now_of(waiting).status) == (3, 3, "placed")


def test_a_childs_row_is_added_and_removed_with_what_was_typed_kept(comes: Callable[..., Registration]) -> None:
    registration = comes()
    client = signed_in(COORDINATOR)
    added = client.post(party_page_of(registration), {**family(adults=3), "add_child": "1"})
    assert added.context["form"].rows == 2
    assert 'value="3"' in added.content.decode()
    removed = client.post(party_page_of(registration), {**family(), "remove_child": "1"})
    assert removed.context["form"].rows == 0
    assert now_of(registration).people == 4


def test_a_child_of_another_age_is_let_pass_with_a_reason(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    registration = comes(soon(age_from=4, age_to=10))
    client = signed_in(COORDINATOR)
    asked = client.post(party_page_of(registration), family(child=2))
    assert asked.context["form"].broken.keys() == {"age"}
    assert 'name="child_1_age" value="2"' in asked.content.decode()
    assert now_of(registration).people == 4
    client.post(party_page_of(registration), {**family(child=2), "lets_pass": "age", "reason": "Brālis grib līdzi"})
    assert (now_of(registration).people, now_of(registration).overrides) == (3, ["age"])


def test_more_than_there_are_places_for_is_refused_with_what_was_typed_kept(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    registration = comes(soon(places=4))
    answer = signed_in(COORDINATOR).post(party_page_of(registration), family(adults=9))
    assert answer.context["form"].non_field_errors()
    assert 'value="9"' in answer.content.decode()
    assert now_of(registration).seats == 4


@pytest.mark.parametrize("adults", ["", "-1", "1001", "x", "1.5", "\x00", "9" * 500, "🎈"])
def test_a_number_of_people_that_cannot_be_is_refused(adults: str, comes: Callable[..., Registration]) -> None:
    registration = comes()
    answer = signed_in(COORDINATOR).post(party_page_of(registration), {**family(), "adults": adults})
    assert set(answer.context["form"].errors) == {"adults"}
    assert now_of(registration).people == 4


def test_a_group_of_many_is_changed_without_names(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=400, is_age_asked=True, starts_at=timezone.now() + timedelta(days=9))
    institution = Institution.objects.create(slug="sk", kind="preschool", short_name_lv="Skola", name_lv="Skola")
    made = registering.register_for(
        "t",
        occurrence.pk,
        Sender(name="Ilze", language="lv", phone="+37120000000"),
        Party(adults=3, children=60),
        staff=Staff(by=staff()),
        institution=institution,
        now=timezone.now(),
    )
    registration = made.registrations.get()
    client = signed_in(COORDINATOR)
    assert "child_1_age" not in client.get(party_page_of(registration)).content.decode()
    client.post(party_page_of(registration), {"adults": "5", "children": "300"})
    changed = now_of(registration)
    assert (changed.people, changed.seats, changed.is_group) == (305, 305, True)
    page = client.get(registration_page_of(registration)).content.decode()
    assert ">Skola<" in page


def test_children_who_come_along_stay_where_only_their_number_is_known(comes: Callable[..., Registration]) -> None:
    registration = comes()
    registration.participants.all().delete()
    Registration.objects.filter(pk=registration.pk).update(children=1, children_along=1)
    client = signed_in(COORDINATOR)
    assert 'name="children_along" value="1"' in client.get(party_page_of(registration)).content.decode()
    client.post(party_page_of(registration), {"adults": "1", "children": "1", "children_along": "1"})
    changed = now_of(registration)
    assert (changed.adults, changed.children, changed.children_along, changed.seats) == (1, 1, 1, 3)


# Both, and cancelling


def test_the_pages_say_who_waits_and_keep_to_what_is_there(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    waiting = comes(occurrence, name="Olga")
    client = signed_in(COORDINATOR)
    for address in (move_page_of(waiting), party_page_of(waiting), cancel_page_of(waiting)):
        page = client.get(address).content.decode()
        assert "Olga" in page
        assert str(Registration.Status.WAITING.label) in page
    client.post(cancel_page_of(waiting))
    assert (now_of(waiting).status, Capacity.objects.get(pk=occurrence.pk).waiting) == ("cancelled", 0)


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_who_is_no_coordinator_moves_and_changes_nothing(role: str, twice: tuple[Registration, Occurrence]) -> None:
    registration, second = twice
    client = signed_in(role)
    for address, sent in ((move_page_of(registration), {"occurrence": second.pk}), (party_page_of(registration), {})):
        assert client.get(address).status_code == 403
        assert client.post(address, sent).status_code == 403
    assert now_of(registration).occurrence_id == registration.occurrence_id


@pytest.mark.parametrize("name", ["families_registration_move", "families_registration_party"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    client = signed_in(COORDINATOR)
    for number in (9, 10**30):
        assert client.get(reverse(f"admin:{name}", args=[number])).status_code == 404
