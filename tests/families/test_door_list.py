"""The list for the door: who comes by first name, in words and numbers, and what must not stand on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Meeting, Occurrence
from families import registering
from families.door_list import door_list
from families.models import Registration, SignUp
from families.parties import Child, Party
from families.registering import Sender, Staff
from kopiena.floor.dates import plain_day
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution
from tests.days import on_whole_days
from tests.gate import class_comes
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

Comes = Callable[..., Registration]
Soon = Callable[..., Occurrence]


def list_page_of(occurrence: Occurrence, meeting: Meeting | None = None) -> str:
    meeting = meeting or occurrence.meetings.get()
    return f"/admin/activities/occurrence/{occurrence.pk}/saraksts/{meeting.pk}/"


def list_of(occurrence: Occurrence, *, with_phones: bool = False) -> Any:
    meeting = Meeting.objects.select_related("occurrence__activity", "venue", "room").get(occurrence=occurrence)
    return door_list(meeting, with_phones=with_phones, now=timezone.now())


def shown(occurrence: Occurrence, role: str = COORDINATOR, asked: str = "") -> str:
    return signed_in(role).get(list_page_of(occurrence) + asked).content.decode()


def test_first_names_stand_in_the_order_of_the_alphabet(soon: Soon, comes: Comes) -> None:
    occurrence = soon(places=100)
    for name in ("Ольга", "Čaks", "Zane Ozola", "Anna Kalniņa", "Cilda", "Anna Bērziņa", "Āris"):
        comes(occurrence, name=name)
    names = [row.name for row in list_of(occurrence).rows]
    assert names == ["Anna B.", "Anna K.", "Āris", "Cilda", "Čaks", "Zane", "Ольга"]
    assert "Kalniņa" not in shown(occurrence)


def test_a_row_says_who_comes_in_words_and_numbers(soon: Soon, comes: Comes) -> None:
    occurrence = soon(places=20, age_from=4)
    party = Party.with_ages(2, (Child(4, "Zane"), Child(9), Child(1, "Jurģis", is_along=True)))
    comes(occurrence, party=party, needs_answer="Alerģija pret riekstiem", may_be_photographed=False)
    row = list_of(occurrence).rows[0]
    assert row.people == ("Zane, 4 gadi", "9 gadi", "Jurģis, 1 gads – nāk līdzi")
    assert (row.adults, row.children, row.along) == (2, 2, 1)
    page = shown(occurrence)
    assert "Alerģija pret riekstiem" in page
    assert '<span class="door__no">nefotografēt</span>' in page


@pytest.mark.parametrize(
    ("answer", "words"), [(None, "nav jautāts"), (True, "drīkst fotografēt"), (False, "nefotografēt")]
)
def test_photographs_are_said_in_words(answer: bool | None, words: str, soon: Soon, comes: Comes) -> None:
    occurrence = soon()
    comes(occurrence, may_be_photographed=answer)
    assert list_of(occurrence).rows[0].photo == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 bērnu nefotografēt"),
        (2, "2 bērnus nefotografēt"),
        (11, "11 bērnus nefotografēt"),
        (21, "21 bērnu nefotografēt"),
    ],
)
def test_of_a_group_it_is_said_how_many_children_are_not_photographed(count: int, words: str, soon: Soon) -> None:
    occurrence = soon(places=100)
    sender = Sender(name="Ilze", language="lv", phone="+37120000009", may_be_photographed=True)
    for token, not_photographed in (("some", count), ("none", 0)):
        about = replace(sender, not_photographed=not_photographed)
        class_comes(occurrence, 2, 25, sender=about, token=token, now=timezone.now())
    class_comes(occurrence, 2, 25, sender=replace(sender, may_be_photographed=False), now=timezone.now())
    made = list_of(occurrence)
    assert sorted(row.photo for row in made.rows) == sorted([words, "drīkst fotografēt", "nefotografēt"])
    assert (made.not_to_be_photographed, made.not_to_be_photographed_of_groups) == (1, words)
    page = shown(occurrence)
    assert f'<span class="door__no">{words}</span>' in page
    assert f"Grupās: {words}" in page


def test_only_those_with_places_are_there_and_they_are_summed(soon: Soon, comes: Comes) -> None:
    occurrence = soon(places=10)
    comes(occurrence), comes(occurrence, name="Zane")
    comes(occurrence, name="Gaida")
    registering.cancel(comes(occurrence, party=Party(1), name="Atcēla").pk, now=timezone.now())
    made = list_of(occurrence)
    assert [row.name for row in made.rows] == ["Anna", "Zane"]
    assert (made.adults, made.children, made.along, made.people) == (4, 4, 0, 8)
    page = shown(occurrence)
    assert "Gaida" not in page
    assert "Atcēla" not in page


def test_there_are_ten_blank_lines_and_a_box_in_every_row(soon: Soon, comes: Comes) -> None:
    occurrence = soon()
    comes(occurrence)
    page = shown(occurrence)
    assert page.count('class="door__blank"') == 10
    assert page.count('<td class="door__box"><span></span></td>') == 11
    assert page.count("<thead>") == 1


def test_a_group_stands_with_its_institution_and_counts(soon: Soon) -> None:
    occurrence = soon(places=50)
    saulite = Institution.objects.create(slug="saulite", kind="preschool", short_name_lv="Saulīte", name_lv="PII")
    by = Staff(staff())
    registering.register_for(
        "g", occurrence.pk, Sender("Inga", "lv"), Party(2, 20), staff=by, institution=saulite, now=timezone.now()
    )
    page = shown(occurrence)
    assert "grupa: Saulīte" in page
    assert [(row.name, row.children, row.people) for row in list_of(occurrence).rows] == [("Inga", 20, ())]


def test_who_gave_no_name_goes_by_the_code(soon: Soon, comes: Comes) -> None:
    occurrence = soon()
    registration = comes(occurrence)
    SignUp.objects.update(contact_name="")
    assert [row.name for row in list_of(occurrence).rows] == [registration.sign_up.code_in_groups]


# Phones


def test_phones_are_there_only_when_a_coordinator_chooses_them(soon: Soon, comes: Comes) -> None:
    occurrence = soon()
    comes(occurrence)
    assert "2000 0000" not in shown(occurrence)
    assert "2000 0000" in shown(occurrence, asked="?phones=1")
    helper = shown(occurrence, HELPER, "?phones=1")
    assert "Anna" in helper
    assert "2000 0000" not in helper
    assert "phones=1" not in helper


def test_no_list_holds_an_address_or_a_code_of_a_family_with_a_name(soon: Soon, comes: Comes) -> None:
    registration = comes(soon())
    page = shown(registration.occurrence, asked="?phones=1")
    assert "anna@example.lv" not in page
    assert registration.sign_up.code_in_groups not in page


# Who may see it


def test_the_discreet_go_by_code_without_name_or_phone_and_for_coordinators_only(soon: Soon) -> None:
    occurrence = soon(audience="discreet")
    party = Party.with_ages(1, (Child(4, "Zane"),))
    by = Staff(staff())
    sender = Sender("Anna", "lv", phone="+37120000000")
    sent = registering.register_for("t", occurrence.pk, sender, party, staff=by, now=timezone.now())
    page = shown(occurrence, asked="?phones=1")
    assert sent.code_in_groups in page
    assert "4 gadi" in page
    for hidden in ("Anna", "Zane", "2000 0000", "phones=1"):
        assert hidden not in page
    assert signed_in(HELPER).get(list_page_of(occurrence)).status_code == 404


def test_an_auditor_sees_no_list(soon: Soon, comes: Comes) -> None:
    registration = comes(soon())
    client = signed_in(AUDITOR)
    assert client.get(list_page_of(registration.occurrence)).status_code == 403
    date = client.get(f"/admin/activities/occurrence/{registration.occurrence_id}/change/").content.decode()
    assert "/saraksts/" not in date


def test_a_stranger_is_asked_to_sign_in(soon: Soon) -> None:
    answer = Client().get(list_page_of(soon()))
    assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)


def test_a_meeting_of_another_date_and_what_is_not_there_are_not_found(soon: Soon) -> None:
    ours, other = soon(), soon()
    client = signed_in(COORDINATOR)
    assert client.get(list_page_of(ours, other.meetings.get())).status_code == 404
    for number in ("0", "9" * 30):
        assert client.get(f"/admin/activities/occurrence/{ours.pk}/saraksts/{number}/").status_code == 404
        assert client.get(f"/admin/activities/occurrence/{number}/saraksts/1/").status_code == 404


# The way there


@pytest.mark.parametrize("meetings", [1, 5])
def test_the_page_of_a_date_leads_to_the_list_of_each_meeting(meetings: int, soon: Soon) -> None:
    occurrence = soon()
    first = occurrence.meetings.get()
    for days in range(1, meetings):
        Meeting.objects.create(
            occurrence=occurrence,
            starts_at=first.starts_at + timedelta(days=days),
            ends_at=first.ends_at + timedelta(days=days),
            where="online",
        )
    for role in (COORDINATOR, HELPER):
        page = signed_in(role).get(f"/admin/activities/occurrence/{occurrence.pk}/change/").content.decode()
        links = [list_page_of(occurrence, meeting) for meeting in occurrence.meetings.all()]
        assert [page.count(link) for link in links] == [1] * meetings


def test_the_way_to_the_list_of_whole_days_has_no_clock_time(soon: Soon) -> None:
    occurrence = soon()
    on_whole_days(occurrence)
    page = signed_in(COORDINATOR).get(f"/admin/activities/occurrence/{occurrence.pk}/change/").content.decode()
    way = page.split(list_page_of(occurrence))[1].split("</a>")[0]
    assert plain_day(occurrence.meetings.get().starts_at, "lv") in way
    assert "00.00" not in way


def test_the_list_asks_the_database_no_more_for_three_parties_than_for_one(soon: Soon, comes: Comes) -> None:
    occurrence = soon(places=50)
    client = signed_in(COORDINATOR)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            comes(occurrence)
        client.get(list_page_of(occurrence))
        with CaptureQueriesContext(connection) as asked:
            client.get(list_page_of(occurrence) + "?phones=1")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_meeting_called_off_says_so(soon: Soon) -> None:
    occurrence = soon()
    Meeting.objects.update(is_cancelled=True)
    assert "Nenotiks" in shown(occurrence)


@pytest.mark.parametrize(("where", "words"), [("online", "Tiešsaistē"), ("home", "Mājās")])
def test_where_there_is_no_venue_the_list_says_where(where: str, words: str, soon: Soon) -> None:
    occurrence = soon()
    Meeting.objects.update(where=where, venue=None)
    assert list_of(occurrence).where == words
