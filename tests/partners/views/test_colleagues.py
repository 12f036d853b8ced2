"""Colleagues: a manager invites, changes and removes those of her own institution, and nobody else does."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from kopiena.floor.models import Notice, User
from partners.models import Institution, Invitation, Membership
from tests.institutions import browser_of, make_institution, make_member

pytestmark = pytest.mark.django_db
PAGE = "/musu-iestade/20-pii/kolegi/"
INVITED = {"email": "jana@example.lv", "role": "editor", "language": "ru"}


@pytest.fixture
def institution() -> Institution:
    return make_institution()


@pytest.fixture
def manager(institution: Institution) -> Membership:
    return make_member(institution, "manager@example.lv", "manager")


@pytest.fixture
def editor(institution: Institution) -> Membership:
    return make_member(institution)


@pytest.fixture
def client(manager: Membership) -> Client:
    return browser_of(manager.user)


@pytest.fixture
def elsewhere(client: Client) -> Membership:
    """Somebody of another institution, with an invitation open there."""
    other = make_institution("13-vsk")
    browser_of(make_member(other, "boss@example.lv", "manager").user).post(
        "/musu-iestade/13-vsk/kolegi/", {**INVITED, "email": "eva@example.lv"}
    )
    return make_member(other, "olga@example.lv")


def one(membership: Membership, deed: str = "") -> str:
    return f"{PAGE}{membership.pk}/{deed}"


def test_a_manager_sees_colleagues_and_invitations(client: Client, editor: Membership) -> None:
    invited = client.post(PAGE, INVITED)
    assert (invited.status_code, invited["Location"]) == (302, PAGE)
    page = client.get(PAGE).content.decode()
    for text in ("manager@example.lv", "anna@example.lv", "jana@example.lv", "message--good"):
        assert text in page
    assert Notice.objects.values_list("recipient", "language", "kind").get() == (
        "jana@example.lv",
        "ru",
        "invitation",
    )
    assert Invitation.objects.get().invited_by == User.objects.get(email="manager@example.lv")


def test_one_colleague_and_three_are_as_many_queries(client: Client, institution: Institution) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for names in ("a", "bcd"):
        for name in names:
            make_member(institution, f"{name}@example.lv")
            client.post(PAGE, {**INVITED, "email": f"{name}{name}@example.lv"})
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {**INVITED, "email": ""},
        {**INVITED, "email": "\x00@example.lv"},
        {**INVITED, "email": "x" * 10_000},
        {**INVITED, "role": "king"},
        {**INVITED, "language": "de"},
        {**INVITED, "email": "manager@example.lv"},
    ],
)
def test_what_cannot_be_invited_is_said_and_what_was_typed_is_kept(client: Client, given: dict[str, str]) -> None:
    answer = client.post(PAGE, given)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_an_invitation_is_taken_back_once_and_by_post_alone(client: Client) -> None:
    client.post(PAGE, INVITED)
    invitation = Invitation.objects.get()
    address = f"{PAGE}ielugumi/{invitation.pk}/atsaukt/"
    assert client.get(address).status_code == 405
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
    for _ in range(2):
        assert client.post(address)["Location"] == PAGE
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert Notice.objects.get().state == "withdrawn"


def test_an_editor_becomes_manager_and_is_asked_to_sign_in_anew(client: Client, editor: Membership) -> None:
    theirs = browser_of(editor.user)
    assert client.post(one(editor), {"role": "manager"})["Location"] == PAGE
    editor.refresh_from_db()
    assert editor.role == "manager"
    assert theirs.get("/musu-iestade/20-pii/").status_code == 302
    assert client.get(PAGE).status_code == 200


def test_a_removed_colleague_is_outside_with_the_next_click(client: Client, editor: Membership) -> None:
    theirs = browser_of(editor.user)
    assert client.get(one(editor, "nonemt/")).status_code == 200
    assert Membership.objects.filter(pk=editor.pk).exists()
    assert client.post(one(editor, "nonemt/"))["Location"] == PAGE
    assert theirs.get("/musu-iestade/20-pii/").status_code == 302
    assert not Membership.objects.filter(pk=editor.pk).exists()


def test_the_last_manager_is_told_why_she_stays(client: Client, manager: Membership) -> None:
    assert client.post(one(manager, "nonemt/")).status_code == 409
    answer = client.post(one(manager), {"role": "editor"})
    assert answer.context["form"].errors
    manager.refresh_from_db()
    assert manager.role == "manager"
    assert client.get(PAGE).status_code == 200


def test_a_manager_who_steps_down_goes_on_as_editor_here_and_is_outside_elsewhere(
    client: Client, manager: Membership, institution: Institution
) -> None:
    make_member(institution, "second@example.lv", "manager")
    elsewhere = browser_of(manager.user)
    assert client.post(one(manager), {"role": "editor"})["Location"] == "/musu-iestade/20-pii/"
    assert client.get("/musu-iestade/20-pii/").status_code == 200
    assert client.get(PAGE).status_code == 404
    assert elsewhere.get("/musu-iestade/20-pii/").status_code == 302


@pytest.mark.parametrize("has_another", [True, False])
def test_a_manager_who_leaves_goes_on_only_where_she_still_acts(
    client: Client, manager: Membership, institution: Institution, has_another: bool
) -> None:
    make_member(institution, "second@example.lv", "manager")
    if has_another:
        Membership.objects.create(institution=make_institution("13-vsk"), user=manager.user)
    left = client.post(one(manager, "nonemt/"))
    assert left["Location"] == ("/musu-iestade/" if has_another else "/")
    assert client.get("/musu-iestade/20-pii/").status_code == (404 if has_another else 302)
    assert ("_auth_user_id" in client.session) is has_another


def test_another_institutions_people_and_invitations_are_not_there(client: Client, elsewhere: Membership) -> None:
    invitation = Invitation.objects.get(institution=elsewhere.institution)
    before = [list(model._default_manager.order_by("pk").values()) for model in (Membership, Invitation, User)]
    for address in (
        one(elsewhere),
        one(elsewhere, "nonemt/"),
        f"{PAGE}ielugumi/{invitation.pk}/atsaukt/",
        f"{PAGE}{10**30}/",
        f"{PAGE}ielugumi/{10**30}/atsaukt/",
        "/musu-iestade/13-vsk/kolegi/",
        "/musu-iestade/nekas/kolegi/",
    ):
        assert client.post(address, {**INVITED, "role": "manager", "institution": "1"}).status_code == 404
    after = [list(model._default_manager.order_by("pk").values()) for model in (Membership, Invitation, User)]
    assert after == before


def test_an_editor_has_no_such_page_and_a_stranger_is_asked_to_sign_in(manager: Membership, editor: Membership) -> None:
    theirs = browser_of(editor.user)
    for address in (PAGE, one(editor), one(editor, "nonemt/")):
        assert theirs.get(address).status_code == theirs.post(address, {"role": "manager"}).status_code == 404
        assert Client().post(address)["Location"].startswith("/konts/login/code/?next=")
    editor.refresh_from_db()
    assert editor.role == "editor"
    assert "kolegi" not in theirs.get("/musu-iestade/20-pii/").content.decode()


def test_everybody_chooses_the_language_of_their_letters(editor: Membership) -> None:
    client, address = browser_of(editor.user), "/musu-iestade/20-pii/vestules/"
    assert client.post(address, {"language": "ru"})["Location"] == address
    assert User.objects.get(pk=editor.user_id).language == "ru"
    for wrong in ({}, {"language": "de"}, {"language": "\x00"}):
        assert client.post(address, wrong).context["form"].errors
    assert User.objects.get(pk=editor.user_id).language == "ru"


@pytest.mark.parametrize(("language", "words"), [("", "spēkā līdz 7. decembrim<"), ("/ru", "действует до 7 декабря<")])
def test_how_long_an_invitation_is_open_is_said_once(manager: Membership, language: str, words: str) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        client = browser_of(manager.user)
        client.post(PAGE, INVITED)
        page = client.get(language + PAGE).content.decode()
    assert words in page
    assert page.count(words.split()[-1][:5]) == 1
