"""Roles and removal: sessions end, a manager is always left, what was made stays."""

from datetime import datetime

import pytest
from django.conf import settings

from kopiena.floor.models import User
from partners import people
from partners.models import Institution, Membership, Picture
from partners.refusals import Refused
from tests.institutions import browser_of, make_institution, make_member

pytestmark = pytest.mark.django_db
HOME = "/musu-iestade/20-pii/"


@pytest.fixture
def institution() -> Institution:
    return make_institution()


@pytest.fixture
def manager(institution: Institution) -> Membership:
    return make_member(institution, "manager@example.lv", "manager")


@pytest.fixture
def editor(institution: Institution) -> Membership:
    return make_member(institution)


def test_removed_or_with_another_role_the_next_click_is_outside(
    manager: Membership, editor: Membership, now: datetime
) -> None:
    client, other = browser_of(editor.user), browser_of(manager.user)
    assert client.get(HOME).status_code == 200
    people.change_role(editor.pk, "manager", now=now)
    asked = client.get(HOME)
    assert (asked.status_code, asked["Location"]) == (302, f"/konts/login/code/?next={HOME}")
    client = browser_of(User.objects.get(pk=editor.user_id))
    assert client.get(HOME).status_code == 200
    people.remove(editor.pk, now=now)
    assert client.get(HOME).status_code == 302
    assert other.get(HOME).status_code == 200


def test_who_is_removed_and_signs_in_anew_finds_no_desk(manager: Membership, editor: Membership, now: datetime) -> None:
    people.remove(editor.pk, now=now)
    assert browser_of(User.objects.get(pk=editor.user_id)).get(HOME).status_code == 404


@pytest.mark.parametrize("change", ["password", "is_active"])
def test_a_new_password_and_a_switched_off_account_end_sessions_too(editor: Membership, change: str) -> None:
    client, user = browser_of(editor.user), editor.user
    if change == "password":
        user.set_password("a long enough secret")
    else:
        user.is_active = False
    user.save()
    assert client.get(HOME).status_code == 302


def test_the_same_role_once_more_changes_nothing(manager: Membership, editor: Membership, now: datetime) -> None:
    client = browser_of(editor.user)
    assert people.change_role(editor.pk, "editor", now=now) is False
    assert client.get(HOME).status_code == 200


def test_the_last_manager_is_neither_removed_nor_made_editor(
    manager: Membership, editor: Membership, now: datetime
) -> None:
    for deed in (lambda: people.remove(manager.pk, now=now), lambda: people.change_role(manager.pk, "editor", now=now)):
        with pytest.raises(Refused):
            deed()
    assert Membership.objects.get(pk=manager.pk).role == "manager"
    people.change_role(editor.pk, "manager", now=now)
    people.remove(manager.pk, now=now)
    assert list(Membership.objects.values_list("user", "role")) == [(editor.user_id, "manager")]


def test_a_manager_of_another_institution_does_not_count(manager: Membership, now: datetime) -> None:
    make_member(make_institution("13-vsk"), "olga@example.lv", "manager")
    with pytest.raises(Refused):
        people.remove(manager.pk, now=now)


def test_what_they_made_stays_with_the_institution(
    institution: Institution, manager: Membership, editor: Membership, now: datetime
) -> None:
    picture = Picture.objects.create(
        key="a" * 32,
        institution=institution,
        width=10,
        height=10,
        declared_at=now,
        uploaded_at=now,
        uploaded_by=editor.user,
    )
    people.remove(editor.pk, now=now)
    assert list(Picture.objects.filter(institution=institution)) == [picture]


def test_the_desk_asks_for_the_code_and_the_office_for_the_password() -> None:
    assert (settings.DESK_LOGIN_URL, settings.LOGIN_URL) == ("account_request_login_code", "account_login")


def test_somebody_removed_in_this_moment_is_said_to_be_gone(
    manager: Membership, editor: Membership, now: datetime
) -> None:
    gone = editor.pk
    people.remove(gone, now=now)
    for deed in (lambda: people.remove(gone, now=now), lambda: people.change_role(gone, "manager", now=now)):
        with pytest.raises(Refused, match="vairs"):
            deed()
