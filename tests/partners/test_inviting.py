"""Invitations: once, for two weeks, for one address, until they are taken back."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from families import links
from families.models import SignUp
from kopiena.floor.models import Notice, User
from partners import inviting
from partners.models import Institution, Invitation, Membership
from partners.refusals import Refused
from tests.institutions import make_institution, make_member

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def institution() -> Institution:
    return make_institution()


def invite(institution: Institution, now: datetime, email: str = "anna@example.lv", role: str = "editor") -> Invitation:
    return inviting.invite(institution, email, role, "ru", by=None, now=now)


def test_an_invitation_is_a_row_and_a_letter_owed_in_its_language(institution: Institution, now: datetime) -> None:
    made = invite(institution, now, " Anna@Example.LV ", "manager")
    assert (made.email, made.role, made.expires_at) == ("anna@example.lv", "manager", now + timedelta(days=14))
    notice = Notice.objects.get()
    assert (notice.kind, notice.about, notice.recipient) == ("invitation", f"invitation:{made.pk}", "anna@example.lv")
    assert (notice.language, notice.details) == ("ru", {})


def test_its_link_opens_it_alone_and_cannot_be_made_from_the_database(institution: Institution, now: datetime) -> None:
    first, second = invite(institution, now), invite(institution, now, "olga@example.lv")
    link = inviting.link_of(first)
    assert inviting.invitation_of(link) == first
    assert inviting.invitation_of(inviting.link_of(second)) == second
    with override_settings(SECRET_KEY="somebody else's guess"):
        guessed = inviting.link_of(first)
    assert inviting.invitation_of(guessed) is None


def test_a_link_of_another_purpose_opens_no_invitation(institution: Institution, now: datetime) -> None:
    made = invite(institution, now)
    sign_up = SignUp.objects.create(phone="+37120000000", language="lv", created_at=now, link_id=made.link_id)
    assert inviting.invitation_of(links.link_of(sign_up)) is None
    assert links.sign_up_of(inviting.link_of(made)) is None


def test_one_address_is_invited_once_at_a_time(institution: Institution, now: datetime) -> None:
    invite(institution, now)
    with pytest.raises(Refused) as refusal:
        invite(institution, now, "ANNA@example.lv")
    assert refusal.value.field == "email"
    assert Notice.objects.count() == Invitation.objects.count() == 1


def test_one_that_ran_out_or_was_taken_back_does_not_stand_in_the_way(institution: Institution, now: datetime) -> None:
    first = invite(institution, now)
    second = invite(institution, now + inviting.VALID)
    inviting.revoke(second.pk, now=now + inviting.VALID)
    third = invite(institution, now + inviting.VALID + SECOND)
    first.refresh_from_db()
    second.refresh_from_db()
    later = now + inviting.VALID + SECOND
    assert [each.state(later) for each in (first, second, third)] == ["expired", "taken_back", "open"]


def test_who_acts_for_it_already_is_not_invited_and_may_be_by_another(institution: Institution, now: datetime) -> None:
    make_member(institution)
    with pytest.raises(Refused):
        invite(institution, now)
    assert invite(make_institution("13-vsk"), now).pk


def test_one_mailbox_and_one_institution_send_only_so_many_a_day(institution: Institution, now: datetime) -> None:
    for _ in range(settings.INVITATIONS_TO_ONE_PER_DAY):
        inviting.revoke(invite(institution, now).pk, now=now)
    with pytest.raises(Refused):
        invite(institution, now)
    for number in range(settings.INVITATIONS_PER_DAY - settings.INVITATIONS_TO_ONE_PER_DAY - 1):
        invite(institution, now, f"a{number}@example.lv")
    with pytest.raises(Refused):
        invite(institution, now, "one-too-many@example.lv")
    assert invite(institution, now + timedelta(days=1, seconds=1)).pk


# Taken back


def test_taken_back_it_lets_nobody_in_and_its_letter_stays(institution: Institution, now: datetime) -> None:
    made, user = invite(institution, now), User.objects.create_user("anna@example.lv")
    inviting.revoke(made.pk, now=now)
    assert Notice.objects.get().state == "withdrawn"
    with pytest.raises(Refused):
        inviting.accept(made.pk, user, now=now)
    assert not Membership.objects.exists()
    inviting.revoke(made.pk, now=now + SECOND)
    made.refresh_from_db()
    assert made.revoked_at == now


def test_what_was_accepted_is_not_taken_back(institution: Institution, now: datetime) -> None:
    made, user = invite(institution, now), User.objects.create_user("anna@example.lv")
    inviting.accept(made.pk, user, now=now)
    with pytest.raises(Refused):
        inviting.revoke(made.pk, now=now)
    assert Membership.objects.count() == 1


# Accepted


def test_accepted_there_is_a_membership_and_letters_come_in_its_language(
    institution: Institution, now: datetime
) -> None:
    made, user = invite(institution, now, role="manager"), User.objects.create_user("anna@example.lv")
    membership = inviting.accept(made.pk, user, now=now)
    assert (membership.institution, membership.user, membership.role) == (institution, user, "manager")
    user.refresh_from_db()
    made.refresh_from_db()
    assert (user.language, made.accepted_at, made.state(now)) == ("ru", now, "accepted")
    assert Notice.objects.get().state == "withdrawn"


def test_the_button_pressed_twice_is_one_acceptance(institution: Institution, now: datetime) -> None:
    made, user = invite(institution, now), User.objects.create_user("anna@example.lv")
    assert inviting.accept(made.pk, user, now=now) == inviting.accept(made.pk, user, now=now + SECOND)


def test_used_by_somebody_removed_since_it_lets_them_in_no_more(institution: Institution, now: datetime) -> None:
    made, user = invite(institution, now), User.objects.create_user("anna@example.lv")
    inviting.accept(made.pk, user, now=now).delete()
    with pytest.raises(Refused):
        inviting.accept(made.pk, user, now=now)
    assert not Membership.objects.exists()


def test_another_address_a_switched_off_one_and_a_late_one_are_refused(institution: Institution, now: datetime) -> None:
    made = invite(institution, now)
    other = User.objects.create_user("olga@example.lv")
    off = User.objects.create_user("anna@example.lv", is_active=False)
    for user, moment in ((other, now), (off, now)):
        with pytest.raises(Refused):
            inviting.accept(made.pk, user, now=moment)
    off.is_active = True
    off.save()
    with pytest.raises(Refused):
        inviting.accept(made.pk, off, now=now + inviting.VALID)
    assert not Membership.objects.exists()
    assert inviting.accept(made.pk, off, now=now + inviting.VALID - SECOND)


def test_who_acts_for_it_already_keeps_the_role_they_have(institution: Institution, now: datetime) -> None:
    made = invite(institution, now)
    user = make_member(institution, role="manager").user
    assert inviting.accept(made.pk, user, now=now).role == "manager"
    made.refresh_from_db()
    assert made.accepted_at == now


def test_the_account_made_for_it_has_no_password_and_is_made_once(institution: Institution, now: datetime) -> None:
    made = invite(institution, now)
    user = inviting.account_of(made)
    assert (user.has_usable_password(), user.is_staff, user.language) == (False, False, "ru")
    assert inviting.account_of(made) == user


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_at_once_give_one_membership(now: datetime) -> None:
    made, user = invite(make_institution(), now), User.objects.create_user("anna@example.lv")
    barrier, failed = Barrier(4), []

    def accept() -> None:
        barrier.wait()
        try:
            inviting.accept(made.pk, user, now=now)
        except Exception as failure:
            failed.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=accept) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Membership.objects.count(), failed) == (1, [])
