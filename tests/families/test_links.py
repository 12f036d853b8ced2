"""The private link and the form's token."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from families import links
from families.models import SignUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_up(now: datetime) -> SignUp:
    return SignUp.objects.create(contact_name="Anna", phone="+37120000000", language="lv", created_at=now)


def test_a_link_opens_its_own_sign_up_alone(sign_up: SignUp, now: datetime) -> None:
    other = SignUp.objects.create(contact_name="Olga", phone="+37120000001", language="ru", created_at=now)
    assert links.sign_up_of(links.link_of(sign_up)) == sign_up
    assert links.sign_up_of(links.link_of(other)) == other


def test_the_database_alone_cannot_make_a_link(sign_up: SignUp) -> None:
    with override_settings(SECRET_KEY="somebody else's guess"):
        guessed = links.link_of(sign_up)
    assert links.sign_up_of(guessed) is None


def test_raising_the_version_kills_old_links(sign_up: SignUp) -> None:
    old = links.link_of(sign_up)
    SignUp.objects.update(link_version=2)
    assert links.sign_up_of(old) is None


SPOILS = [lambda link: link[:-1], lambda link: f"{link}A", lambda link: "", lambda link: "č" * 43]


@pytest.mark.parametrize("spoil", SPOILS)
def test_whatever_is_wrong_with_a_link_it_opens_nothing(sign_up: SignUp, spoil) -> None:
    assert links.sign_up_of(spoil(links.link_of(sign_up))) is None


def test_every_single_letter_of_a_link_counts(sign_up: SignUp) -> None:
    link = links.link_of(sign_up)
    for place in range(len(link)):
        other = "A" if link[place] != "A" else "B"
        assert links.sign_up_of(link[:place] + other + link[place + 1 :]) is None


def test_a_form_token_is_for_one_date_and_for_seven_days(now: datetime) -> None:
    signed = links.new_form_token(7, now)
    assert links.form_token(signed, 7, now)
    assert links.form_token(signed, 7, now + timedelta(days=7, seconds=-1))
    assert links.form_token(signed, 7, now + timedelta(days=7)) is None
    assert links.form_token(signed, 8, now) is None
    assert links.form_token(signed[:-1], 7, now) is None
    assert links.form_token("", 7, now) is None
