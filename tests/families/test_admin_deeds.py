"""What the office does through the gate: setting the places of a date, cancelling a registration."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from activities.models import Capacity, Occurrence
from families.models import Registration
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import cancel_page_of, places_page_of, registration_page_of, signed_in

pytestmark = pytest.mark.django_db

# Places


def test_the_places_are_set_through_the_gate_and_the_queue_moves_up(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    waiting = comes(occurrence)
    client = signed_in(COORDINATOR)
    assert (
        places_page_of(occurrence)
        in client.get(f"/admin/activities/occurrence/{occurrence.pk}/change/").content.decode()
    )
    answer = client.post(places_page_of(occurrence), {"unit": "people", "places": "8"})
    assert answer["Location"] == f"/admin/activities/occurrence/{occurrence.pk}/change/"
    capacity = Capacity.objects.get(pk=occurrence.pk)
    waiting.refresh_from_db()
    assert (capacity.places, capacity.taken, capacity.waiting, waiting.status) == (8, 8, 0, "placed")
    assert LogEntry.objects.count() == 1


def test_fewer_places_than_are_taken_is_refused_and_what_was_typed_is_kept(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    answer = signed_in(COORDINATOR).post(places_page_of(occurrence), {"unit": "people", "places": "3"})
    assert set(answer.context["form"].errors) == {"places"}
    assert 'value="3"' in answer.content.decode()
    assert Capacity.objects.get().places == 4


def test_empty_is_no_limit(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    signed_in(COORDINATOR).post(places_page_of(occurrence), {"unit": "families", "places": ""})
    assert Capacity.objects.values_list("unit", "places").get() == ("families", None)


def test_the_limit_is_not_lifted_while_a_queue_waits_past_the_last_moment_to_move_up(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    waiting = comes(occurrence)
    occurrence.promote_until = timezone.now() - timedelta(hours=1)
    occurrence.save()
    answer = signed_in(COORDINATOR).post(places_page_of(occurrence), {"unit": "people", "places": ""})
    waiting.refresh_from_db()
    assert set(answer.context["form"].errors) == {"places"}
    assert (Capacity.objects.get().places, waiting.status) == (4, "waiting")


@pytest.mark.parametrize("places", ["-1", "1000000000", "x", "1.5", "\x00", "9" * 10_000, "🎈"])
def test_a_number_of_places_that_cannot_be_is_refused(places: str, soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    answer = signed_in(COORDINATOR).post(places_page_of(occurrence), {"unit": "people", "places": places})
    assert set(answer.context["form"].errors) == {"places"}
    assert Capacity.objects.get().places == 10


def test_a_gate_that_is_too_crowded_answers_503_with_the_form_kept(
    soon: Callable[..., Occurrence], crowded: Callable[[], None]
) -> None:
    occurrence = soon()
    crowded()
    answer = signed_in(COORDINATOR).post(places_page_of(occurrence), {"unit": "people", "places": "12"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert 'value="12"' in answer.content.decode()


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_sets_places_and_cancels(
    role: str, soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    registration = comes(soon())
    client = signed_in(role)
    places = client.post(places_page_of(registration.occurrence), {"unit": "people", "places": "99"})
    cancelled = client.post(cancel_page_of(registration))
    registration.refresh_from_db()
    assert places.status_code == cancelled.status_code == 403
    assert (Capacity.objects.get().places, registration.status) == (10, "placed")


@pytest.mark.django_db(transaction=True)
def test_the_deeds_stand_in_no_transaction_of_the_admin(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    """With real transactions the gate's own durable one would refuse to stand inside another."""
    registration = comes(soon())
    client = signed_in(COORDINATOR)
    client.post(places_page_of(registration.occurrence), {"unit": "people", "places": "20"})
    client.post(cancel_page_of(registration))
    registration.refresh_from_db()
    assert (Capacity.objects.get().places, registration.status) == (20, "cancelled")


# Cancelling


def test_opening_the_page_asks_and_only_the_button_cancels(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    registration, waiting = comes(occurrence), comes(occurrence)
    client = signed_in(COORDINATOR)
    assert cancel_page_of(registration) in client.get(registration_page_of(registration)).content.decode()
    assert client.get(cancel_page_of(registration)).status_code == 200
    registration.refresh_from_db()
    assert registration.status == "placed"
    assert client.post(cancel_page_of(registration))["Location"] == registration_page_of(registration)
    registration.refresh_from_db()
    waiting.refresh_from_db()
    assert (registration.status, registration.cancelled_by, waiting.status) == ("cancelled", "centre", "placed")
    assert cancel_page_of(registration) not in client.get(registration_page_of(registration)).content.decode()
    assert client.post(cancel_page_of(registration))["Location"] == registration_page_of(registration)


def test_the_log_of_a_cancellation_names_nobody(comes: Callable[..., Registration]) -> None:
    registration = comes()
    signed_in(COORDINATOR).post(cancel_page_of(registration))
    entry = LogEntry.objects.get()
    assert entry.object_repr == f"#{registration.pk}"
    assert "Anna" not in entry.change_message


def test_what_is_not_there_is_not_found() -> None:
    client = signed_in(COORDINATOR)
    for address in ("/admin/activities/occurrence/9/vietas/", "/admin/families/registration/9/atcelt/"):
        assert client.get(address).status_code == 404
        assert client.get(address.replace("9", "9" * 30)).status_code == 404
