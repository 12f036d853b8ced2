"""Who calls may have signed up before: found while typing and with a button, told to coordinators only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Occurrence
from families import callers, registering
from families.models import Registration, SignUp
from kopiena.roles import COORDINATOR
from tests.families.caller import KNOWN_PAGE, PHONE_PAGE, form_for
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

Comes = Callable[..., Registration]
Soon = Callable[..., Occurrence]


@pytest.fixture
def coordinator() -> Client:
    return signed_in(COORDINATOR)


def found(phone: str = "", email: str = "", name: str = "", at: Registration | None = None) -> list[str]:
    """The names found, in their order."""
    return [row.sign_up.contact_name for row in callers.known(phone, email, name, at and at.occurrence_id)]


@pytest.mark.parametrize(
    "typed",
    [
        {"phone": "2000"},
        {"phone": "+371 2000 0000"},
        {"phone": "00371 2000-0000"},
        {"email": "ANNA@ex"},
        {"name": "annA"},
    ],
)
def test_four_digits_or_letters_find_an_earlier_sign_up(typed: dict[str, str], comes: Comes) -> None:
    comes()
    assert found(**typed) == ["Anna"]


@pytest.mark.parametrize("typed", [{"phone": "200"}, {"email": "ann"}, {"name": "Ann"}, {"name": "%%%%"}, {}])
def test_fewer_find_nothing(typed: dict[str, str], comes: Comes) -> None:
    comes()
    assert found(**typed) == []


def test_marks_of_a_search_pattern_are_plain_signs(comes: Comes) -> None:
    comes()
    assert found(email="a__a@", name="A%a%") == []


def test_the_same_phone_stands_before_a_like_name_and_each_contact_once(comes: Comes) -> None:
    comes(name="Anna Marija", phone="+37120000007", email="")
    for _ in range(3):
        comes(name="Annas mamma", phone="+37120000008", email="")
    assert found(phone="2000 0007", name="Anna") == ["Anna Marija", "Annas mamma"]


def test_no_more_than_five_are_shown(comes: Comes) -> None:
    for number in range(7):
        comes(phone=f"+3712000000{number}", email="")
    assert found(name="Anna") == ["Anna"] * 5


def test_junk_and_the_erased_are_not_offered(comes: Comes) -> None:
    junk, erased = comes(), comes(name="Olga")
    registering.clear_junk([junk.pk], by=staff(), now=timezone.now())
    registering.erase(erased.sign_up_id, now=timezone.now())
    assert found(phone="2000 0000", name="Olga") == []


def test_that_this_contact_is_signed_up_for_the_date_already_is_said(comes: Comes, coordinator: Client) -> None:
    there = comes()
    elsewhere = comes(name="Annas vīrs", email="")
    page = coordinator.post(KNOWN_PAGE, {"phone": "2000 0000", "occurrence": str(there.occurrence_id)})
    # The same phone is the same contact, whoever gave their name.
    assert page.content.decode().count(f"/admin/families/registration/{there.pk}/change/") == 2
    assert f"/admin/families/registration/{elsewhere.pk}/change/" not in page.content.decode()
    registering.cancel(there.pk, now=timezone.now())
    again = coordinator.post(KNOWN_PAGE, {"phone": "2000 0000", "occurrence": str(there.occurrence_id)})
    assert f"/admin/families/registration/{there.pk}/change/" not in again.content.decode()


def test_two_without_any_contact_are_not_one(comes: Comes, soon: Soon) -> None:
    """An empty phone equals an empty phone, yet says nothing of who it is."""
    here, other = comes(name="Ilze"), comes(name="Ilzīte")
    SignUp.objects.update(channel="phone", phone="", email="")
    rows = {row.sign_up.pk: row.here for row in callers.known("", "", "Ilze", here.occurrence_id)}
    assert rows == {here.sign_up_id: here}
    rows = {row.sign_up.pk: row.here for row in callers.known("", "", "Ilzī", here.occurrence_id)}
    assert rows == {other.sign_up_id: None}


def test_when_last_and_the_language_are_said(comes: Comes, coordinator: Client) -> None:
    registration = comes(language="ru")
    moment = timezone.now() - timedelta(days=40)
    SignUp.objects.filter(pk=registration.sign_up_id).update(created_at=moment)
    page = coordinator.post(KNOWN_PAGE, {"contact_name": "Anna"}).content.decode()
    assert f"{timezone.localtime(moment):%d.%m.%Y.}" in page
    assert "krievu" in page
    assert registration.sign_up.code not in page


# Without JavaScript


def test_the_button_looks_and_keeps_what_was_typed(comes: Comes, coordinator: Client) -> None:
    occurrence = comes().occurrence
    form = form_for(coordinator, occurrence, adults="x", needs="Alerģija", photo="no", search="1")
    answer = coordinator.post(PHONE_PAGE, form)
    shown: Any = answer.context["form"]
    names = ("occurrence", "phone", "adults", "needs", "photo", "language")
    assert {name: shown[name].value() for name in names} == {name: form[name] for name in names}
    assert not shown.errors
    assert 'name="known"' in answer.content.decode()
    assert Registration.objects.count() == 1


def test_a_tap_fills_the_contact_and_leaves_the_rest(comes: Comes, coordinator: Client) -> None:
    registration = comes(name="Ольга", language="ru", email="olga@example.lv")
    form = form_for(coordinator, registration.occurrence, contact_name="", adults="3", known=registration.sign_up_id)
    shown: Any = coordinator.post(PHONE_PAGE, form).context["form"]
    values = {name: shown[name].value() for name in ("contact_name", "phone", "email", "language", "adults")}
    assert values == {
        "contact_name": "Ольга",
        "phone": "2000 0000",
        "email": "olga@example.lv",
        "language": "ru",
        "adults": "3",
    }
    assert Registration.objects.count() == 1


def test_nobody_found_is_said(soon: Soon, coordinator: Client) -> None:
    answer = coordinator.post(PHONE_PAGE, form_for(coordinator, soon(), search="1"))
    assert "agrāku pieteikumu nav" in answer.content.decode()


# Privately


def test_a_contact_never_stands_in_an_address(comes: Comes, coordinator: Client) -> None:
    comes()
    assert coordinator.get(KNOWN_PAGE, {"phone": "2000 0000"})["Location"] == PHONE_PAGE
    assert "Anna" not in coordinator.get(PHONE_PAGE, {"phone": "2000 0000"}).content.decode()


def test_what_is_found_may_not_be_kept(comes: Comes, coordinator: Client) -> None:
    comes()
    assert "no-store" in coordinator.post(KNOWN_PAGE, {"phone": "2000 0000"})["Cache-Control"]


def test_a_stranger_is_asked_to_sign_in(comes: Comes) -> None:
    comes()
    answer = Client().post(KNOWN_PAGE, {"phone": "2000 0000"})
    assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)


def test_three_contacts_ask_the_database_no_more_than_one(comes: Comes, coordinator: Client) -> None:
    counts = []
    occurrence = comes().occurrence
    for number in (1, 3):
        for more in range(number):
            comes(occurrence=occurrence, phone=f"+371200000{number}{more}", email="")
        with CaptureQueriesContext(connection) as asked:
            coordinator.post(KNOWN_PAGE, {"contact_name": "Anna", "occurrence": str(occurrence.pk)})
        counts.append(len(asked))
    assert counts[0] == counts[1]
