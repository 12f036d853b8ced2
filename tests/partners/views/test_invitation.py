"""The page of an invitation: what it says in each state, what its button does, and that looking changes nothing."""

import logging
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import sending
from kopiena.floor.private_log import mask
from partners import inviting, people
from partners.models import Institution, Invitation, Membership
from tests.institutions import browser_of, make_institution, make_member, newest_code
from tests.office import staff

pytestmark = pytest.mark.django_db
TYPE = "/konts/login/code/confirm/"


@pytest.fixture
def institution() -> Institution:
    return make_institution(name_ru="Даугавпилсский 20 д/с", short_name_ru="20 д/с")


@pytest.fixture
def invitation(institution: Institution) -> Invitation:
    return inviting.invite(institution, "anna@example.lv", "manager", "ru", by=None, now=timezone.now())


def page_of(invitation: Invitation, prefix: str = "") -> str:
    return f"{prefix}/ielugums/{inviting.link_of(invitation)}/"


def everything() -> list[Any]:
    """All rows that an invitation could change."""
    models = (User, Membership, Invitation, Notice)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_from_the_letter_over_the_code_to_the_desk(invitation: Invitation) -> None:
    sending.send_due()
    letter = mail.outbox[0]
    assert letter.to == ["anna@example.lv"]
    address = re.search(r"http://\S+/ru/ielugums/\S+/", letter.body)
    assert address is not None
    client = Client()
    page = client.get(address[0].removeprefix("http://127.0.0.1:8000"))
    assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (
        200,
        "no-store, private",
        "no-referrer",
    )
    assert "Даугавпилсский 20 д/с" in page.content.decode()
    asked = client.post(page.request["PATH_INFO"])
    assert unquote(asked["Location"]) == f"{TYPE}?next=/ru/musu-iestade/20-pii/"
    assert not Membership.objects.exists()
    typed = client.post(asked["Location"], {"code": newest_code()})
    assert typed["Location"] == "/ru/musu-iestade/20-pii/"
    desk = client.get(typed["Location"])
    assert desk.status_code == 200
    assert "message--good" in desk.content.decode()
    assert Membership.objects.values_list("user__email", "role").get() == ("anna@example.lv", "manager")
    assert User.objects.get().language == "ru"
    assert Invitation.objects.get().accepted_at is not None


def test_looking_at_it_changes_nothing_however_often(invitation: Invitation) -> None:
    before = everything()
    for prefix in ("", "/ru", "/en"):
        assert Client().get(page_of(invitation, prefix)).status_code == 200
        assert Client().head(page_of(invitation, prefix)).status_code == 200
    assert everything() == before


def test_the_code_goes_to_the_invited_address_whatever_is_sent(invitation: Invitation) -> None:
    Client().post(page_of(invitation), {"email": "mallory@example.lv", "institution": "9", "role": "manager"})
    codes = Notice.objects.filter(kind="sign_in_code")
    assert [notice.recipient for notice in codes] == ["anna@example.lv"]
    assert list(User.objects.values_list("email", "is_staff")) == [("anna@example.lv", False)]


def test_whoever_signs_in_by_another_way_does_not_accept_it(invitation: Invitation) -> None:
    inviting.account_of(invitation)
    client = Client()
    client.post("/konts/login/code/", {"email": "anna@example.lv"})
    client.post(TYPE, {"code": newest_code()})
    assert not Membership.objects.exists()
    client.post(page_of(invitation))
    assert Membership.objects.count() == 1


def test_the_browser_that_began_accepts_nothing_with_somebody_elses_code(invitation: Invitation) -> None:
    User.objects.create_user("olga@example.lv")
    client = Client()
    client.post(page_of(invitation))
    client.post("/konts/login/code/", {"email": "olga@example.lv"})
    client.post(TYPE, {"code": newest_code()})
    assert client.session["_auth_user_id"] == str(User.objects.get(email="olga@example.lv").pk)
    assert not Membership.objects.exists()


def accepted(invitation: Invitation) -> Client:
    inviting.accept(invitation.pk, inviting.account_of(invitation), now=timezone.now())
    return Client()


def taken_back(invitation: Invitation) -> Client:
    inviting.revoke(invitation.pk, now=timezone.now())
    return Client()


def expired(invitation: Invitation) -> Client:
    Invitation.objects.update(created_at=timezone.now() - timedelta(15), expires_at=timezone.now() - timedelta(1))
    return Client()


def signed_in_as_another(invitation: Invitation) -> Client:
    return browser_of(User.objects.create_user("olga@example.lv"))


def of_the_staff(invitation: Invitation) -> Client:
    User.objects.filter(pk=staff().pk).update(email="anna@example.lv")
    return Client()


def switched_off(invitation: Invitation) -> Client:
    User.objects.create_user("anna@example.lv", is_active=False)
    return Client()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (accepted, "This invitation has been used already."),
        (taken_back, "This invitation was taken back."),
        (expired, "This invitation has run out."),
        (signed_in_as_another, "You are signed in with another e-mail."),
        (of_the_staff, "This e-mail belongs to somebody who works at the centre."),
        (switched_off, "The account of this e-mail is switched off."),
    ],
)
def test_where_it_lets_nobody_in_a_sentence_says_so_and_nothing_changes(
    invitation: Invitation, make: Any, says: str
) -> None:
    client = make(invitation)
    before = everything()
    for answer, status in (
        (client.get(page_of(invitation, "/en")), 200),
        (client.post(page_of(invitation, "/en")), 409),
    ):
        assert answer.status_code == status
        assert says in answer.content.decode()
        assert "<form method" not in answer.content.decode()
    assert everything() == before


def test_taken_back_while_the_code_was_on_its_way_one_is_told(invitation: Invitation) -> None:
    client = Client()
    asked = client.post(page_of(invitation, "/en"))["Location"]
    inviting.revoke(invitation.pk, now=timezone.now())
    answer = client.post(asked, {"code": newest_code()}, follow=True)
    assert not Membership.objects.exists()
    assert answer.redirect_chain == [(page_of(invitation, "/en"), 302)]
    assert "This invitation was taken back." in answer.content.decode()
    assert client.get("/musu-iestade/20-pii/").status_code == 404


@pytest.mark.parametrize("link", ["x", "č" * 43, "A" * 43, "A" * 5000, "%00", "%ff", "..%2F..", "🎈"])
def test_a_link_that_is_none_is_not_there(invitation: Invitation, link: str) -> None:
    for method in (Client().get, Client().post):
        assert method(f"/ielugums/{link}/").status_code == 404


def test_pressed_too_often_it_says_so(invitation: Invitation) -> None:
    answers = [Client().post(page_of(invitation)) for _ in range(6)]
    assert [each.status_code for each in answers] == [302] * 5 + [429]


def test_pressed_twice_and_typed_in_two_windows_there_is_one_account_and_one_membership(
    invitation: Invitation,
) -> None:
    first, second = Client(), Client()
    first.post(page_of(invitation))
    old = newest_code()
    second.post(page_of(invitation))
    first.post(TYPE, {"code": old})
    second.post(TYPE, {"code": newest_code()})
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)
    assert second.get("/musu-iestade/20-pii/").status_code == 200


def test_removed_later_the_old_link_brings_nobody_back(institution: Institution, invitation: Invitation) -> None:
    make_member(institution, "boss@example.lv", "manager")
    accepted(invitation)
    people.remove(Membership.objects.get(user__email="anna@example.lv").pk, now=timezone.now())
    client = browser_of(User.objects.get(email="anna@example.lv"))
    assert client.post(page_of(invitation)).status_code == 409
    assert Membership.objects.count() == 1


def test_the_link_stands_neither_in_the_log_nor_in_the_database(
    invitation: Invitation, caplog: pytest.LogCaptureFixture
) -> None:
    client, link = Client(), inviting.link_of(invitation)
    client.post(page_of(invitation))
    client.post(TYPE, {"code": newest_code()})
    with connection.cursor() as cursor:
        for table in ("partners_invitation", "floor_notice", "django_session"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{link}%"])
            assert cursor.fetchone()[0] == 0
    with caplog.at_level(logging.DEBUG, "django.request"):
        client.get(f"/ielugums/{link[:-1]}x/")
    assert link[:-1] not in "".join(handler_says(record) for record in caplog.records)


def handler_says(record: logging.LogRecord) -> str:
    return mask(record.getMessage())
