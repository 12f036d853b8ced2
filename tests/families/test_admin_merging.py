"""Two registrations with the same contact: marked, looked at side by side, joined in one of three ways."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Capacity, Occurrence
from families import links, registering
from families.models import Registration
from families.parties import Child, Party
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import registration_page_of, signed_in, staff

pytestmark = pytest.mark.django_db

Comes = Callable[..., Registration]
THREE = Party.with_ages(1, (Child(6, "Jānis"), Child(2)))


def merge_page_of(one: Registration, other: Registration) -> str:
    return reverse("admin:families_registration_merge", args=[one.pk, other.pk])


def shown(one: Registration, other: Registration, way: str, **more: Any) -> dict[str, Any]:
    """What the page sends that showed the two as they stand now."""
    rows = [Registration.objects.get(pk=each.pk) for each in (one, other)]
    seen = "-".join(f"{row.pk}.{row.revision}" for row in sorted(rows, key=lambda row: row.queue_number))
    return {"way": way, "seen": seen, **more}


def standing(*registrations: Registration) -> list[tuple[str, str, int]]:
    """Status, reason and people of each, as in the database."""
    rows = [Registration.objects.get(pk=each.pk) for each in registrations]
    return [(row.status, row.cancelled_for, row.people) for row in rows]


@pytest.fixture
def pair(soon: Callable[..., Occurrence], comes: Comes) -> tuple[Registration, Registration]:
    """One family twice on one date with ten places: four people, then three."""
    occurrence = soon(places=10)
    return comes(occurrence), comes(occurrence, THREE)


# The mark


def test_the_same_contact_is_marked_in_the_list_and_on_the_page(
    pair: tuple[Registration, Registration], comes: Comes
) -> None:
    first, second = pair
    comes(first.occurrence, THREE, name="Olga", phone="+37120000011", email="")
    comes()  # the same contact for another date is nothing to join
    client = signed_in(COORDINATOR)
    address = reverse("admin:families_registration_changelist")
    answer = client.get(address, {"same_contact": "yes"})
    assert set(answer.context["cl"].result_list) == {first, second}
    assert f"Tas pats kontakts: #{second.pk}" in answer.content.decode()
    assert client.get(address).content.decode().count("Tas pats kontakts: #") == 2
    assert merge_page_of(first, second) in client.get(registration_page_of(first)).content.decode()


def test_one_shared_contact_is_enough_and_an_empty_one_is_none(soon: Callable[..., Occurrence], comes: Comes) -> None:
    occurrence = soon(places=30)
    both = comes(occurrence)
    phone = comes(occurrence, email="")
    email = comes(occurrence, phone="")
    other = comes(occurrence, phone="+37120000011", email="")
    another = comes(occurrence, phone="+37120000012", email="")
    marked = Registration.objects.with_same_contact().filter(same_contact_id__isnull=False)
    assert set(marked) == {both, phone, email}
    assert {other, another} & set(marked) == set()


def test_a_cancelled_one_and_a_group_are_not_marked(pair: tuple[Registration, Registration]) -> None:
    first, second = pair
    client = signed_in(COORDINATOR)
    registering.cancel(second.pk, now=timezone.now())
    assert merge_page_of(first, second) not in client.get(registration_page_of(first)).content.decode()
    assert not client.get("/admin/families/registration/", {"same_contact": "yes"}).context["cl"].result_list


def test_a_helper_sees_neither_mark_nor_filter(pair: tuple[Registration, Registration]) -> None:
    client = signed_in(HELPER)
    pages = [client.get("/admin/families/registration/"), client.get(registration_page_of(pair[0]))]
    assert all("/apvienot/" not in page.content.decode() for page in pages)
    assert all("kontakts" not in page.content.decode() for page in pages)
    assert client.get("/admin/families/registration/", {"same_contact": "yes"}).status_code == 302


# The page


def test_both_stand_side_by_side_with_what_each_way_would_do(pair: tuple[Registration, Registration]) -> None:
    answer = signed_in(COORDINATOR).get(merge_page_of(*pair))
    page = answer.content.decode()
    for each in pair:
        assert each.sign_up.code_in_groups in page
    for told in ("2000 0000", "anna@example.lv", "Zane", "Jānis", "Latviešu"):
        assert told in page
    assert [way["words"] for way in answer.context["form"].ways()] == [
        "Paliks: 4 cilvēki, 4 vietas. Atbrīvosies: 3 vietas.",
        "Paliks: 3 cilvēki, 3 vietas. Atbrīvosies: 4 vietas.",
        "Paliks: 7 cilvēki, 7 vietas. Vietas neatbrīvosies.",
    ]
    assert "is_sure" not in page
    assert standing(*pair) == [("placed", "", 4), ("placed", "", 3)]


def test_what_would_be_short_and_who_would_wait_is_said(soon: Callable[..., Occurrence], comes: Comes) -> None:
    occurrence = soon(places=4)
    first, second, third = comes(occurrence), comes(occurrence, THREE), comes(occurrence)
    client = signed_in(COORDINATOR)
    words = [way["words"] for way in client.get(merge_page_of(first, second)).context["form"].ways()]
    assert words[2] == "Paliks: 7 cilvēki, 7 vietas. Vēl vajag: 3 vietas."
    refused = client.post(merge_page_of(first, second), shown(first, second, "together"))
    assert refused.context["form"].non_field_errors()
    assert standing(first, second) == [("placed", "", 4), ("waiting", "", 3)]
    waiting = [way["words"] for way in client.get(merge_page_of(second, third)).context["form"].ways()]
    assert waiting[0] == "Paliks: 3 cilvēki, 3 vietas. Gaidīs rindā ar mazāko no abiem kārtas numuriem."


@pytest.mark.parametrize(
    ("way", "expected", "kept", "taken"),
    [
        ("first", [("placed", "", 4), ("cancelled", "merged", 3)], 0, 4),
        ("second", [("cancelled", "merged", 4), ("placed", "", 3)], 1, 3),
        ("together", [("placed", "", 7), ("cancelled", "merged", 3)], 0, 7),
    ],
)
def test_each_way_does_what_it_said(
    way: str, expected: Any, kept: int, taken: int, pair: tuple[Registration, Registration]
) -> None:
    answer = signed_in(COORDINATOR).post(merge_page_of(*pair), shown(*pair, way))
    assert answer["Location"] == registration_page_of(pair[kept])
    assert standing(*pair) == expected
    assert Capacity.objects.get(pk=pair[0].occurrence_id).taken == taken
    log = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    assert len(log) == 2
    assert all(name not in line for name in ("Anna", "anna@example.lv") for line in log)


def test_the_first_is_the_one_that_came_first_whichever_page_was_open(pair: tuple[Registration, Registration]) -> None:
    signed_in(COORDINATOR).post(merge_page_of(pair[1], pair[0]), shown(*pair, "first"))
    assert standing(*pair) == [("placed", "", 4), ("cancelled", "merged", 3)]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"name": "Olga"}, "Vārdi atšķiras."),
        ({"email": "olga@example.lv"}, "E-pasti atšķiras."),
        ({"phone": "+37120000011"}, "Tālruņi atšķiras."),
    ],
)
def test_two_different_families_are_shown_plainly_and_joined_only_with_a_tick_of_its_own(
    other: dict[str, str], said: str, soon: Callable[..., Occurrence], comes: Comes
) -> None:
    occurrence = soon()
    pair = comes(occurrence), comes(occurrence, THREE, **other)
    client = signed_in(COORDINATOR)
    page = client.get(merge_page_of(*pair)).content.decode()
    assert f"{said} Vai tā tiešām ir viena ģimene?" in page
    refused = client.post(merge_page_of(*pair), shown(*pair, "together"))
    assert set(refused.context["form"].errors) == {"is_sure"}
    assert standing(*pair) == [("placed", "", 4), ("placed", "", 3)]
    client.post(merge_page_of(*pair), shown(*pair, "together", is_sure="on"))
    assert standing(*pair) == [("placed", "", 7), ("cancelled", "merged", 3)]


def test_a_name_written_otherwise_or_left_out_is_no_other_family(soon: Callable[..., Occurrence], comes: Comes) -> None:
    occurrence = soon()
    pair = comes(occurrence), comes(occurrence, THREE, name="  ANNA ", email="")
    signed_in(COORDINATOR).post(merge_page_of(*pair), shown(*pair, "first"))
    assert standing(*pair)[1] == ("cancelled", "merged", 3)


def test_what_changed_since_it_was_shown_is_shown_again_first(pair: tuple[Registration, Registration]) -> None:
    sent = shown(*pair, "first")
    registering.change(pair[0].pk, THREE, now=timezone.now())
    answer = signed_in(COORDINATOR).post(merge_page_of(*pair), sent)
    assert answer.context["form"].non_field_errors()
    assert shown(*pair, "first")["seen"] in answer.content.decode()
    assert standing(*pair) == [("placed", "", 3), ("placed", "", 3)]


@pytest.mark.parametrize("way", ["", "both", "\x00", "x" * 10_000])
def test_a_way_nobody_offered_joins_nothing(way: str, pair: tuple[Registration, Registration]) -> None:
    answer = signed_in(COORDINATOR).post(merge_page_of(*pair), shown(*pair, way))
    assert "way" in answer.context["form"].errors
    assert standing(*pair) == [("placed", "", 4), ("placed", "", 3)]


def test_what_cannot_be_joined_is_not_there(
    pair: tuple[Registration, Registration], soon: Callable[..., Occurrence], comes: Comes
) -> None:
    first, second = pair
    elsewhere, stranger = comes(soon()), comes(first.occurrence, THREE, phone="+37120000011", email="")
    cancelled = registering.cancel(second.pk, now=timezone.now())
    client = signed_in(COORDINATOR)
    addresses = [merge_page_of(first, other) for other in (first, elsewhere, stranger, cancelled)]
    addresses += [f"/admin/families/registration/{first.pk}/apvienot/{number}/" for number in (0, 10**6, 10**30)]
    for address in addresses:
        assert client.get(address).status_code == client.post(address, {"way": "first"}).status_code == 404
    assert standing(first, elsewhere) == [("placed", "", 4), ("placed", "", 4)]


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_who_is_no_coordinator_joins_nothing(role: str, pair: tuple[Registration, Registration]) -> None:
    client = signed_in(role)
    assert client.get(merge_page_of(*pair)).status_code == 403
    assert client.post(merge_page_of(*pair), shown(*pair, "first")).status_code == 403
    assert standing(*pair) == [("placed", "", 4), ("placed", "", 3)]


# The family's page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", "Centrs šo pieteikumu ir atcēlis"),
        ("/ru", "Центр отменил эту запись"),
        ("/en", "The centre has cancelled this registration"),
    ],
)
def test_the_one_that_ended_is_told_like_any_the_centre_cancels_and_nothing_of_the_other(
    language: str, words: str, client: Client, soon: Callable[..., Occurrence], comes: Comes
) -> None:
    occurrence = soon()
    kept = comes(occurrence)
    ended = comes(occurrence, THREE, name="Olga", email="olga@example.lv")
    cancelled = comes(occurrence, THREE, name="Olga", email="olga@example.lv")
    registering.cancel(cancelled.pk, by=staff(), now=timezone.now())
    signed_in(COORDINATOR).post(merge_page_of(kept, ended), shown(kept, ended, "first", is_sure="on"))

    def page_of(registration: Registration) -> str:
        """Without what is the form's own: its link and code."""
        link = links.link_of(registration.sign_up)
        page = client.get(f"{language}/pieteikums/{link}/").content.decode()
        return page.replace(link, "LINK").replace(registration.sign_up.code_in_groups, "CODE")

    page = page_of(ended)
    assert words in page
    assert page == page_of(cancelled)
    for secret in ("Anna", "Zane", "anna@example.lv", kept.sign_up.code_in_groups, links.link_of(kept.sign_up)):
        assert secret not in page
    ours = page_of(kept)
    assert words not in ours
    assert "olga@example.lv" not in ours
