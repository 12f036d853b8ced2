"""Institutions ask to be invited: once for each form, not too often, answered by the coordinator."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from kopiena.floor.models import Notice, User
from partners import joining
from partners.models import Institution, Invitation, JoinRequest
from partners.refusals import Refused
from tests.institutions import make_institution, make_member

pytestmark = pytest.mark.django_db
ASKED = joining.Asked("20. PII", "Anna Ozola", "anna@example.lv", "Zaļā palodze", "ru")


@pytest.fixture
def coordinator() -> User:
    return User.objects.create_user("c@example.lv", is_staff=True)


def ask(now: datetime, token: str = "a", email: str = "anna@example.lv", connection: str = "192.0.2.1") -> JoinRequest:
    return joining.ask(joining.Asked(**{**vars(ASKED), "email": email}), token, connection, now=now)


def test_a_request_is_kept_and_the_same_form_twice_is_one(now: datetime) -> None:
    first = ask(now)
    assert ask(now + timedelta(hours=1)) == first
    assert JoinRequest.objects.values_list("institution_name", "name", "email", "words", "language").get() == (
        "20. PII",
        "Anna Ozola",
        "anna@example.lv",
        "Zaļā palodze",
        "ru",
    )
    assert ask(now, "b") != first


def test_one_address_and_one_connection_ask_only_so_often(now: datetime) -> None:
    for number in range(settings.REQUESTS_TO_JOIN_OF_ONE_PER_DAY):
        ask(now, f"one {number}", connection=f"192.0.2.{number}")
    with pytest.raises(joining.TooMany):
        ask(now, "one more", connection="192.0.2.99")
    for number in range(settings.REQUESTS_TO_JOIN_PER_HOUR):
        ask(now, f"crowd {number}", f"a{number}@example.lv", "198.51.100.1")
    with pytest.raises(joining.TooMany):
        ask(now, "crowd", "z@example.lv", "198.51.100.1")
    assert ask(now, "one 0").pk  # a form that was kept may be sent again


@pytest.mark.parametrize("is_new", [True, False])
def test_it_is_answered_with_an_invitation_to_a_new_or_a_known_institution(
    coordinator: User, now: datetime, is_new: bool
) -> None:
    names = {"slug": "20-pii", "short_name_lv": "20. PII", "name_lv": "Daugavpils 20. PII", "kind": "preschool"}
    institution = Institution(**names) if is_new else make_institution()
    request = ask(now)
    invited = joining.answer(request.pk, institution, "manager", by=coordinator, now=now)
    request.refresh_from_db()
    assert (request.answered_at, request.invitation) == (now, invited)
    assert (invited.institution.slug, invited.email, invited.role, invited.language, invited.invited_by) == (
        "20-pii",
        "anna@example.lv",
        "manager",
        "ru",
        coordinator,
    )
    assert Notice.objects.get().recipient == "anna@example.lv"


def test_it_is_answered_once(coordinator: User, now: datetime) -> None:
    request = ask(now)
    joining.answered_otherwise(request.pk, now=now)
    for deed in (
        lambda: joining.answered_otherwise(request.pk, now=now),
        lambda: joining.answer(request.pk, make_institution(), "editor", by=coordinator, now=now),
    ):
        with pytest.raises(Refused):
            deed()
    assert not Invitation.objects.exists()


def test_where_the_invitation_is_refused_no_institution_is_made_and_the_request_waits(
    coordinator: User, now: datetime
) -> None:
    known = make_institution()
    make_member(known)
    request = ask(now)
    with pytest.raises(Refused):
        joining.answer(request.pk, known, "editor", by=coordinator, now=now)
    request.refresh_from_db()
    assert request.answered_at is None
