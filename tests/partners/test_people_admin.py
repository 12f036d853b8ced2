"""An institution's people in the admin: invited, taken back, changed; who was touched is outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from kopiena.floor.models import Notice, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners import inviting
from partners.models import Institution, Invitation, Membership
from tests.institutions import browser_of, make_institution, make_member
from tests.office import signed_in

pytestmark = pytest.mark.django_db
DESK = "/musu-iestade/20-pii/"


@pytest.fixture
def institution() -> Institution:
    return make_institution()


def page_of(institution: Institution) -> str:
    return f"/admin/partners/institution/{institution.pk}/change/"


def invite_page_of(institution: Institution) -> str:
    return f"/admin/partners/institution/{institution.pk}/ielugumi/"


def form_of(institution: Institution, *rows: dict[str, Any], initial: int) -> dict[str, Any]:
    names = ("short_name_lv", "name_lv", "kind", "slug")
    sent = {name: getattr(institution, name) for name in names} | {"is_partner": "on"}
    sent |= {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    return sent | {
        f"memberships-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }


def row_of(membership: Membership, **changed: Any) -> dict[str, Any]:
    kept = {"id": membership.pk, "institution": membership.institution_id}
    return {**kept, "user": membership.user_id, "role": membership.role, **changed}


def test_the_coordinator_invites_and_sees_how_each_invitation_stands(institution: Institution) -> None:
    client, now = signed_in(COORDINATOR), timezone.now()
    given = {"email": "Anna@example.lv", "role": "manager", "language": "ru"}
    assert client.post(invite_page_of(institution), given)["Location"] == page_of(institution)
    assert Notice.objects.values_list("recipient", "language").get() == ("anna@example.lv", "ru")
    for email in ("b@example.lv", "c@example.lv"):
        made = inviting.invite(institution, email, "editor", "lv", by=None, now=now)
        if email == "b@example.lv":
            inviting.revoke(made.pk, now=now)
        else:
            inviting.accept(made.pk, inviting.account_of(made), now=now)
    rows = client.get(page_of(institution)).context["invitations"]
    assert [(row.email, str(state.value)) for row, state in rows] == [
        ("c@example.lv", "accepted"),
        ("b@example.lv", "taken_back"),
        ("anna@example.lv", "open"),
    ]


@pytest.mark.parametrize("given", [{}, {"email": "\x00"}, {"email": "a@example.lv", "role": "king", "language": "lv"}])
def test_what_cannot_be_invited_is_said_in_the_form(institution: Institution, given: dict[str, str]) -> None:
    answer = signed_in(COORDINATOR).post(invite_page_of(institution), given)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert not Invitation.objects.exists()


def test_somebody_invited_already_is_told_beside_the_field(institution: Institution) -> None:
    client, given = signed_in(COORDINATOR), {"email": "a@example.lv", "role": "editor", "language": "lv"}
    client.post(invite_page_of(institution), given)
    assert "email" in client.post(invite_page_of(institution), given).context["form"].errors


def test_taking_back_is_asked_first(institution: Institution) -> None:
    made = inviting.invite(institution, "anna@example.lv", "editor", "lv", by=None, now=timezone.now())
    client, address = signed_in(COORDINATOR), f"{invite_page_of(institution)}{made.pk}/atsaukt/"
    assert client.get(address).status_code == 200
    made.refresh_from_db()
    assert made.revoked_at is None
    assert client.post(address)["Location"] == page_of(institution)
    made.refresh_from_db()
    assert made.revoked_at is not None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("accepted", "An invitation that was accepted cannot be taken back: remove the person."),
        ("taken back", "This invitation has been taken back already."),
        ("expired", "This invitation is not valid any more."),
    ],
)
def test_what_cannot_be_taken_back_is_not_asked_about(institution: Institution, state: str, words: str) -> None:
    now = timezone.now()
    made_at = now - timedelta(days=60) if state == "expired" else now
    made = inviting.invite(institution, "anna@example.lv", "editor", "lv", by=None, now=made_at)
    if state == "accepted":
        inviting.accept(made.pk, inviting.account_of(made), now=now)
    elif state == "taken back":
        inviting.revoke(made.pk, now=now)
    before = Invitation.objects.values().get(pk=made.pk)
    client, address = signed_in(COORDINATOR), f"{invite_page_of(institution)}{made.pk}/atsaukt/"
    for ask in (client.get, client.post):
        answer = ask(address, follow=True)
        with override("lv"):
            assert [str(each) for each in answer.context["messages"]] == [gettext(words)]
        assert answer.redirect_chain == [(page_of(institution), 302)]
    assert Invitation.objects.values().get(pk=made.pk) == before


def test_the_same_person_twice_is_refused_in_a_sentence_of_ours(institution: Institution) -> None:
    kept = make_member(institution)
    again = {"institution": institution.pk, "user": kept.user_id, "role": "manager"}
    answer = signed_in(COORDINATOR).post(page_of(institution), form_of(institution, row_of(kept), again, initial=1))
    page = answer.content.decode()
    with override("lv"):
        words = [
            gettext("The same person is here twice. Take one of the two out."),
            gettext("This person is here already."),
        ]
    assert [each in page for each in words] == [True, True]
    assert "user datus" not in page
    assert Membership.objects.get() == kept


def test_the_history_names_who_was_removed_by_the_number_they_had(institution: Institution) -> None:
    gone = make_member(institution)
    form = form_of(institution, row_of(gone, DELETE="on"), initial=1)
    signed_in(COORDINATOR).post(page_of(institution), form)
    told = LogEntry.objects.get().get_change_message()
    assert f"#{gone.pk}" in told
    assert "None" not in told


def test_the_tick_that_removes_somebody_stands_with_their_name(institution: Institution) -> None:
    kept = make_member(institution)
    page = signed_in(COORDINATOR).get(page_of(institution)).content.decode()
    row = page.split('id="memberships-0"')[1].split('id="memberships-empty"')[0]
    assert 'for="id_memberships-0-DELETE"' in row
    assert kept.user.email in row


def test_an_invitation_is_taken_back_on_the_page_of_its_own_institution_alone(institution: Institution) -> None:
    made = inviting.invite(institution, "anna@example.lv", "editor", "lv", by=None, now=timezone.now())
    other = make_institution("13-vsk")
    client = signed_in(COORDINATOR)
    assert client.post(f"{invite_page_of(other)}{made.pk}/atsaukt/").status_code == 404
    assert client.post(f"/admin/partners/institution/{10**30}/ielugumi/").status_code == 404


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_the_coordinator_invites_and_sees_addresses(institution: Institution, role: str) -> None:
    made = inviting.invite(institution, "anna@example.lv", "editor", "lv", by=None, now=timezone.now())
    client = signed_in(role)
    for address in (invite_page_of(institution), f"{invite_page_of(institution)}{made.pk}/atsaukt/"):
        assert client.get(address).status_code == client.post(address, {"email": "b@example.lv"}).status_code == 403
    assert "anna@example.lv" not in client.get(page_of(institution)).content.decode()


@pytest.mark.parametrize("deed", ["role", "removed", "another person"])
def test_whoever_is_touched_is_outside_with_the_next_click_and_others_go_on(
    institution: Institution, deed: str
) -> None:
    touched, other = make_member(institution), make_member(institution, "olga@example.lv")
    theirs, others = browser_of(touched.user), browser_of(other.user)
    third = User.objects.create_user("jana@example.lv")
    changed = {"role": {"role": "manager"}, "removed": {"DELETE": "on"}, "another person": {"user": third.pk}}[deed]
    form = form_of(institution, row_of(touched, **changed), row_of(other), initial=2)
    assert signed_in(COORDINATOR).post(page_of(institution), form).status_code == 302
    assert theirs.get(DESK).status_code == 302
    assert others.get(DESK).status_code == 200


def test_saved_without_a_change_nobody_is_sent_out(institution: Institution) -> None:
    kept = make_member(institution)
    theirs = browser_of(kept.user)
    signed_in(COORDINATOR).post(page_of(institution), form_of(institution, row_of(kept), initial=1))
    assert theirs.get(DESK).status_code == 200


def test_a_coordinator_who_changes_her_own_membership_stays_in_the_office(institution: Institution) -> None:
    client = signed_in(COORDINATOR)
    own = Membership.objects.create(institution=institution, user_id=int(client.session["_auth_user_id"]))
    client.post(page_of(institution), form_of(institution, row_of(own, DELETE="on"), initial=1))
    assert client.get("/admin/").status_code == 200


def test_an_institution_deleted_sends_its_people_out(institution: Institution) -> None:
    theirs = browser_of(make_member(institution).user)
    signed_in(COORDINATOR).post(f"/admin/partners/institution/{institution.pk}/delete/", {"post": "yes"})
    assert not Institution.objects.exists()
    assert theirs.get(DESK).status_code == 302


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_an_account_switched_off_or_of_another_kind_ends_its_sessions_for_good(
    institution: Institution, field: str
) -> None:
    user = make_member(institution).user
    theirs, client, page = browser_of(user), signed_in(), f"/admin/floor/user/{user.pk}/change/"
    given = {"email": user.email, "language": "lv", "is_active": "on"}
    if field == "is_active":
        del given["is_active"]
    else:
        given["is_staff"] = "on"
    assert client.post(page, given).status_code == 302
    assert theirs.get(DESK).status_code == 302
    client.post(page, {"email": user.email, "language": "lv", "is_active": "on"})
    assert theirs.get(DESK).status_code == 302
    assert browser_of(User.objects.get(pk=user.pk)).get(DESK).status_code == 200


def test_a_stranger_is_asked_for_a_password(institution: Institution) -> None:
    assert Client().get(invite_page_of(institution))["Location"].startswith("/admin/login/")
