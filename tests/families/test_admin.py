"""Registrations in the admin: looked at by role, written by nobody."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Occurrence
from families import links
from families.models import Participant, Registration
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.gate import ANNA, class_comes
from tests.office import registration_page_of, signed_in

pytestmark = pytest.mark.django_db

LISTS = ["registration", "participant", "signup"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [None, COORDINATOR])
def test_nobody_adds_changes_or_deletes_there(name: str, role: str | None, comes: Callable[..., Registration]) -> None:
    registration = comes()
    row = {"registration": registration, "signup": registration.sign_up, "participant": Participant.objects.first()}[
        name
    ]
    client = signed_in(role)
    address = reverse(f"admin:families_{name}_change", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"status": "cancelled", "contact_name": "x"}).status_code == 403
    assert client.get(reverse(f"admin:families_{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:families_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    page = client.get(reverse(f"admin:families_{name}_changelist")).content.decode()
    assert "delete_selected" not in page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_no_more_for_three_rows_than_for_one(
    name: str, comes: Callable[..., Registration]
) -> None:
    client = signed_in(COORDINATOR)
    address = reverse(f"admin:families_{name}_changelist")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            comes()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("looked_for", ["Anna", "2000 0000", "+37120000000", "anna@example.lv", "code", "Ezera"])
def test_a_coordinator_finds_a_registration_by_name_phone_mail_and_code(
    looked_for: str, comes: Callable[..., Registration]
) -> None:
    ours, _other = comes(), comes(name="Olga", phone="+37120000011", email="olga@example.lv")
    text = ours.sign_up.code_in_groups if looked_for == "code" else looked_for
    answer = signed_in(COORDINATOR).get(reverse("admin:families_registration_changelist"), {"q": text})
    found = list(answer.context["cl"].result_list)
    assert ours in found
    assert len(found) == (2 if looked_for == "Ezera" else 1)


def test_the_page_tells_who_comes_and_never_the_private_link(comes: Callable[..., Registration]) -> None:
    registration = comes(needs_answer="Ratiņkrēsls")
    client = signed_in(COORDINATOR)
    sign_up_page = reverse("admin:families_signup_change", args=[registration.sign_up.pk])
    pages = [client.get(address).content.decode() for address in (registration_page_of(registration), sign_up_page)]
    for told in ("Anna", "Zane", "2000 0000", "anna@example.lv", registration.sign_up.code_in_groups, "Ratiņkrēsls"):
        assert told in pages[0]
    for page in pages:
        assert links.link_of(registration.sign_up) not in page
        assert registration.sign_up.link_id not in page


def test_a_helper_sees_the_name_and_no_contact(comes: Callable[..., Registration]) -> None:
    registration = comes()
    client = signed_in(HELPER)
    page = client.get(registration_page_of(registration)).content.decode()
    assert "Anna" in page
    for kept in ("2000 0000", "anna@example.lv", registration.sign_up.code_in_groups, "/atcelt/"):
        assert kept not in page
    found = client.get(reverse("admin:families_registration_changelist"), {"q": "anna@example.lv"})
    assert not found.context["cl"].result_list
    assert client.get(reverse("admin:families_signup_changelist")).status_code == 403


def test_a_helper_cannot_guess_a_contact_through_the_address(comes: Callable[..., Registration]) -> None:
    comes()
    address = reverse("admin:families_registration_changelist")
    for lookup in (
        "sign_up__email__startswith",
        "sign_up__phone",
        "sign_up__link_id__startswith",
        "override_reason__startswith",
    ):
        answer = signed_in(HELPER).get(address, {lookup: "a"})
        assert answer.status_code == 400
    assert signed_in(COORDINATOR).get(address, {"override_reason__startswith": "a"}).status_code == 200


def test_an_auditor_sees_numbers_and_nobody(comes: Callable[..., Registration]) -> None:
    comes()
    client = signed_in(AUDITOR)
    for name in LISTS:
        assert client.get(reverse(f"admin:families_{name}_changelist")).status_code == 403
    assert "4 / 10" in client.get(reverse("admin:activities_occurrence_changelist")).content.decode()


def test_who_comes_to_something_discreet_is_for_coordinators_only(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    hidden = comes(soon(), name="Slepenā")
    hidden.occurrence.activity.audience = "discreet"
    hidden.occurrence.activity.save()
    for name in ("registration", "participant"):
        address = reverse(f"admin:families_{name}_changelist")
        assert signed_in(COORDINATOR).get(address).context["cl"].result_count >= 1
        assert signed_in(HELPER).get(address).context["cl"].result_count == 0
        page = signed_in(HELPER).get(address).content.decode()
        assert hidden.occurrence.activity.title_lv not in page
    assert signed_in(HELPER).get(registration_page_of(hidden)).status_code == 302


def test_of_a_group_the_office_reads_how_many_children_are_not_photographed(soon: Callable[..., Occurrence]) -> None:
    sender = replace(ANNA, may_be_photographed=True, not_photographed=2)
    made = class_comes(soon(), 1, 5, sender=sender, now=timezone.now())
    client = signed_in(COORDINATOR)
    sent_form = reverse("admin:families_signup_change", args=[made.sign_up_id])
    for page in (registration_page_of(made), sent_form):
        assert "2 bērnus nefotografēt" in client.get(page).content.decode()
