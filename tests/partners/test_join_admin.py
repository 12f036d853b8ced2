"""Requests of institutions in the admin: seen on the first page, answered on one."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from kopiena.floor.models import Notice
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners import joining
from partners.models import Institution, Invitation, JoinRequest
from tests.institutions import make_institution, make_member
from tests.office import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/joinrequest/"
NEW = {"institution": "", "short_name": "5. PII", "name": "Daugavpils 5. PII", "kind": "preschool", "role": "manager"}


@pytest.fixture
def request_to_join() -> JoinRequest:
    return ask("a")


def ask(token: str, name: str = "20-pii") -> JoinRequest:
    asked = joining.Asked(name, "Anna Ozola", f"{token}@example.lv", "Zaļā palodze", "ru")
    return joining.ask(asked, token, token, now=timezone.now())


def page_of(request_to_join: JoinRequest) -> str:
    return f"{LIST}{request_to_join.pk}/change/"


def test_the_first_page_of_the_office_says_how_many_wait() -> None:
    client = signed_in(COORDINATOR)
    assert LIST + "?waits" not in client.get("/admin/").content.decode()
    for token in "ab":
        ask(token)
    joining.answered_otherwise(ask("c").pk, now=timezone.now())
    page = client.get("/admin/")
    assert page.context["requests_to_join"] == 2
    assert f'{LIST}?waits=yes">' in page.content.decode()
    assert client.get(f"{LIST}?waits=yes").context["cl"].result_count == 2


def test_it_is_answered_by_inviting_to_a_new_institution(request_to_join: JoinRequest) -> None:
    answer = signed_in(COORDINATOR).post(page_of(request_to_join), NEW)
    assert answer["Location"] == LIST
    made = Institution.objects.get()
    assert (made.slug, made.name_lv, made.kind, made.is_partner) == ("5-pii", "Daugavpils 5. PII", "preschool", True)
    assert Invitation.objects.values_list("email", "role", "language").get() == ("a@example.lv", "manager", "ru")
    assert Notice.objects.get().recipient == "a@example.lv"
    request_to_join.refresh_from_db()
    assert request_to_join.answered_at is not None


def test_the_institution_they_named_is_offered_and_a_new_one_gets_an_address_of_its_own(
    request_to_join: JoinRequest,
) -> None:
    known = make_institution()
    client = signed_in(COORDINATOR)
    assert client.get(page_of(request_to_join)).context["form"].initial == {"institution": known.pk}
    client.post(page_of(request_to_join), {"institution": known.pk, "role": "manager"})
    assert Invitation.objects.get().institution == known
    client.post(page_of(ask("b")), {**NEW, "short_name": "20 PII"})
    assert set(Institution.objects.values_list("slug", flat=True)) == {"20-pii", "20-pii-2"}


def test_answered_otherwise_nobody_is_invited(request_to_join: JoinRequest) -> None:
    client = signed_in(COORDINATOR)
    assert client.post(page_of(request_to_join), {**NEW, "otherwise": "1"})["Location"] == LIST
    assert not Invitation.objects.exists()
    assert not Institution.objects.exists()
    page = client.get(page_of(request_to_join))
    assert page.status_code == 200
    assert 'name="otherwise"' not in page.content.decode()
    assert client.post(page_of(request_to_join), NEW).status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("sent", [{"otherwise": "1"}, {}])
def test_what_was_answered_in_another_window_is_said_and_shown(
    request_to_join: JoinRequest, sent: dict[str, str]
) -> None:
    joining.answered_otherwise(request_to_join.pk, now=timezone.now())
    answer = signed_in(COORDINATOR).post(page_of(request_to_join), {**NEW, **sent})
    with override("lv"):
        assert gettext("This request has been answered already.") in answer.content.decode()
    assert answer.context["may_answer"] is False
    assert not Institution.objects.exists()


@pytest.mark.parametrize("field", ["short_name", "name"])
def test_a_known_institution_and_a_new_name_are_refused_and_nothing_is_lost(
    request_to_join: JoinRequest, field: str
) -> None:
    known = make_institution("26-pii")
    sent = {"institution": known.pk, "role": "editor", field: "Cita iestāde"}
    answer = signed_in(COORDINATOR).post(page_of(request_to_join), sent)
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["form"][field].value() == "Cita iestāde"
    assert not Invitation.objects.exists()


def test_the_names_that_were_proposed_do_not_stand_in_the_way_of_a_known_institution(
    request_to_join: JoinRequest,
) -> None:
    known, client = make_institution("26-pii"), signed_in(COORDINATOR)
    proposed = client.get(page_of(request_to_join)).context["form"].initial
    assert proposed == {"short_name": "20-pii", "name": "20-pii"}
    client.post(page_of(request_to_join), {**proposed, "institution": known.pk, "role": "editor"})
    assert Invitation.objects.get().institution == known


@pytest.mark.parametrize(
    "given",
    [
        {},
        {**NEW, "short_name": ""},
        {**NEW, "kind": "shop"},
        {**NEW, "name": "\x00"},
        {**NEW, "institution": "99999999999999999999999"},
        {**NEW, "role": "king"},
        {**NEW, "short_name": "x" * 10_000},
    ],
)
def test_what_is_missing_or_wrong_is_said_in_the_form(request_to_join: JoinRequest, given: dict[str, Any]) -> None:
    answer = signed_in(COORDINATOR).post(page_of(request_to_join), given)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert not Institution.objects.exists()


def test_who_acts_for_it_already_is_told_and_the_request_waits(request_to_join: JoinRequest) -> None:
    known = make_institution()
    make_member(known, "a@example.lv")
    answer = signed_in(COORDINATOR).post(page_of(request_to_join), {"institution": known.pk, "role": "manager"})
    assert answer.context["form"].errors
    request_to_join.refresh_from_db()
    assert request_to_join.answered_at is None


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_nobody_else_sees_who_asked(request_to_join: JoinRequest, role: str) -> None:
    client = signed_in(role)
    for address in (LIST, page_of(request_to_join)):
        assert client.get(address).status_code == client.post(address, NEW).status_code == 403
    assert not Invitation.objects.exists()


def test_what_they_wrote_is_changed_and_deleted_by_nobody(request_to_join: JoinRequest) -> None:
    client = signed_in()
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{request_to_join.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}{10**30}/change/").status_code == 404
