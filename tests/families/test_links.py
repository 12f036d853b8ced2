"""The private link and the form's token."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from families import links
from families.links import FormToken
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


def token(now: datetime, instead_of: FormToken | None = None) -> FormToken:
    found = links.form_token(links.new_form_token(7, now, instead_of=instead_of))
    assert found is not None
    return found


def test_a_form_token_is_for_one_date_and_for_seven_days(now: datetime) -> None:
    ours = token(now)
    assert ours.is_good_for(7, now)
    assert ours.is_good_for(7, now + timedelta(days=7, seconds=-1))
    assert not ours.is_good_for(7, now + timedelta(days=7))
    assert not ours.is_good_for(8, now)


def test_a_form_token_that_is_not_ours_is_none(now: datetime) -> None:
    signed = links.new_form_token(7, now)
    with override_settings(SECRET_KEY="somebody else's guess"):
        foreign = links.new_form_token(7, now)
    for wrong in (signed[:-1], signed.replace(":", "", 1), foreign, "", "\x00", "9" * 10_000):
        assert links.form_token(wrong) is None


def test_a_form_may_be_sent_once_somebody_could_have_filled_it_in(now: datetime) -> None:
    shown = now + timedelta(milliseconds=999)  # no second is lost to rounding
    ours, least = token(shown), timedelta(seconds=settings.MINIMUM_FILLING_SECONDS)
    assert least == timedelta(seconds=3)
    assert ours.is_too_young(shown)
    assert ours.is_too_young(shown + least - timedelta(milliseconds=1))
    assert not ours.is_too_young(shown + least)


def test_a_token_in_place_of_an_old_one_does_not_make_the_same_person_wait_again_and_lives_as_long(
    now: datetime,
) -> None:
    later = now + timedelta(days=8)
    again = token(later, instead_of=token(now))
    assert again.random != token(later).random
    assert not again.is_too_young(later)
    assert again.is_good_for(7, later + timedelta(days=6, hours=23))
    soon = now + timedelta(seconds=1)
    assert token(soon, instead_of=token(now)).shown_at == now
