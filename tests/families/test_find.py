"""Find my registration: nothing there and something wrong are answered alike, and guesses are slowed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from families import links
from families.models import SignUp
from kopiena.floor.models import Centre
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/mans-pieteikums/"


@pytest.fixture
def sign_up() -> SignUp:
    contact = {"phone": "+37120000000", "email": "anna@example.lv"}
    return SignUp.objects.create(contact_name="Anna", language="lv", code="48291375", created_at=NOW, **contact)


@pytest.mark.parametrize("code", ["48291375", "4829 1375", " 4829-1375 ", "４８２９１３７５"])
@pytest.mark.parametrize("contact", ["2000 0000", "+371 20000000", "Anna@Example.lv "])
def test_code_and_contact_lead_to_the_private_page(client: Client, sign_up: SignUp, code: str, contact: str) -> None:
    answer = client.post(ADDRESS, {"code": code, "contact": contact})
    assert (answer.status_code, answer["Location"]) == (302, f"/pieteikums/{links.link_of(sign_up)}/")
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store, private", "no-referrer")


def test_wrong_code_wrong_contact_and_erased_are_answered_alike(client: Client, sign_up: SignUp) -> None:
    Centre.objects.create(pk=1, name_lv="Centrs")
    guesses = [
        ("48291376", "2000 0000"),
        ("48291375", "2000 0001"),
        ("48291375", "neviens"),
        ("00000000", "a@example.lv"),
    ]
    told = set()
    for code, contact in guesses:
        answer = client.post(ADDRESS, {"code": code, "contact": contact}).content.decode()
        told.add(answer.replace(code, "CODE").replace(contact, "CONTACT"))
    assert len(told) == 1
    assert "Ar šādu kodu un saziņas veidu neko neatradām. Pārbaudiet ciparus." in min(told)
    assert "zvaniet mums" not in min(told)


def test_the_way_on_is_the_phone_once_there_is_one(client: Client, sign_up: SignUp) -> None:
    Centre.objects.create(pk=1, name_lv="Centrs", phone="+37120000099")
    answer = client.post(ADDRESS, {"code": "00000000", "contact": "2000 0000"})
    assert "Pārbaudiet ciparus vai zvaniet mums." in answer.content.decode()


def test_wrong_guesses_are_slowed_and_an_hour_later_forgiven(client: Client, sign_up: SignUp, settings: Any) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(settings.FIND_ATTEMPTS_PER_HOUR):
            assert client.post(ADDRESS, {"code": "00000000", "contact": "2000 0000"}).status_code == 200
        right = {"code": "48291375", "contact": "2000 0000"}
        slowed = client.post(ADDRESS, right)
        assert slowed.status_code == 429
        assert "mēģiniet vēlreiz pēc stundas" in slowed.content.decode()
        assert client.post(ADDRESS, right, REMOTE_ADDR="192.0.2.7").status_code == 302
        clock.shift(timedelta(hours=1))
        assert client.post(ADDRESS, right).status_code == 302


@pytest.mark.parametrize("code", ["", "123", "1" * 10_000, "'; DROP TABLE", "\x00", "😀😀😀😀😀😀😀😀"])
def test_a_code_that_is_none_is_said_and_kept(client: Client, code: str) -> None:
    answer = client.post(ADDRESS, {"code": code, "contact": "2000 0000"})
    assert answer.status_code == 200
    assert "8 cipar" in answer.content.decode()
