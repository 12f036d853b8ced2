"""The queue as the coordinator sees it, and a party's places by hand."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Capacity, Occurrence
from families import registering
from families.admin.queue import Waiting
from families.models import Registration
from families.parties import Party
from kopiena.floor.models import Notice
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import page_of_date, registration_page_of, signed_in, staff

pytestmark = pytest.mark.django_db

TWO, FOUR = Party(adults=2), Party(adults=2, children=2)
HOUR = timedelta(hours=1)


@pytest.fixture
def late(make_occurrence: Callable[..., Occurrence]) -> Callable[..., Occurrence]:
    """Makes a date whose freed places are the coordinator's: ten days to go, the last moment an hour ago."""

    def make(**fields: Any) -> Occurrence:
        promote_until = {"promote_until": timezone.now() - HOUR}
        starts_at = timezone.now() + timedelta(days=10)
        return make_occurrence(starts_at=starts_at, occurrence=promote_until, **fields)

    return make


def frees(registration: Registration) -> None:
    registering.cancel(registration.pk, by=staff(), now=timezone.now())


def rows(client: Client, occurrence: Occurrence) -> list[Waiting]:
    return client.get(page_of_date("queue", occurrence)).context["rows"]


def word_of(row: Waiting) -> Any:
    """The word that no place came free, to this party."""
    return Notice.objects.filter(about=f"registration:{row.registration.pk}", kind="no_place")


def text_of(answer: Any) -> str:
    return answer.content.decode()


# The queue


def test_who_waits_stands_in_order_with_number_contact_and_party(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    comes(occurrence, name="Olga", phone="+37120000011", email="", language="ru")
    comes(occurrence, name="Ilze", phone="", email="ilze@example.lv")
    answer = signed_in(COORDINATOR).get(page_of_date("queue", occurrence))
    found = [(row.number, row.name, row.registration.seats) for row in answer.context["rows"]]
    assert found == [(1, "Olga", 4), (2, "Ilze", 4)]
    page = text_of(answer)
    for told in ('href="tel:+37120000011"', "2000 0011", 'href="mailto:ilze@example.lv"'):
        assert told in page
    assert "Anna" not in page
    for row in answer.context["rows"]:
        assert f'href="{registration_page_of(row.registration)}"' in page
        assert f'href="{page_of_date("place", occurrence, row.registration.pk)}"' in page
        assert row.registration.sign_up.link_id not in page


def test_a_group_stands_there_by_its_institution(
    soon: Callable[..., Occurrence], group: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    group(occurrence)
    (row,) = rows(signed_in(COORDINATOR), occurrence)
    assert row.name == "Dārziņš · Skolotāja"


def test_how_often_a_party_was_overtaken_is_told(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=6)
    comes(occurrence, FOUR)
    comes(occurrence, FOUR)
    for _ in range(2):
        comes(occurrence, Party(adults=1))
    comes(occurrence, FOUR)
    assert [row.registration.overtaken for row in rows(signed_in(COORDINATOR), occurrence)] == [2, 0]


def test_whether_a_party_would_fit_now_is_told(
    late: Callable[..., Occurrence], comes: Callable[..., Registration], group: Callable[..., Registration]
) -> None:
    """Free: 3, with those kept for callers 5; groups may have one place."""
    occurrence, who = late(places=9), {"by": staff(), "now": timezone.now()}
    registering.set_places(occurrence.pk, unit="people", places=9, for_groups=1, **who)
    leaving = comes(occurrence, Party(adults=3))
    comes(occurrence, FOUR)
    registering.hold_places(occurrence.pk, held=2, until=timezone.now() + HOUR, **who)
    for size in (3, 5, 6):
        comes(occurrence, Party(adults=size))
    frees(leaving)
    group(occurrence, children=1, adults=1)
    found = [row.fits for row in rows(signed_in(COORDINATOR), occurrence)]
    assert len(set(found)) == 4
    assert found[2].endswith("1")
    assert found[3].endswith(": 1")  # so many may groups still have


def test_the_top_says_whether_places_still_go_to_the_queue(
    soon: Callable[..., Occurrence], late: Callable[..., Occurrence]
) -> None:
    client = signed_in(COORDINATOR)
    rules = {client.get(page_of_date("queue", date)).context["queue_rule"] for date in (soon(), late())}
    assert len(rules) == 2


def test_what_became_of_the_word_that_no_place_came_free_stands_in_each_row(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    for _ in range(4):
        comes(occurrence)
    client = signed_in(COORDINATOR)
    answer = client.get(page_of_date("queue", occurrence))
    assert not answer.context["is_told"]
    occurrence.promote_until = timezone.now()
    occurrence.save()
    registering.settle(occurrence.pk, now=timezone.now())
    first, second, third = rows(client, occurrence)
    word_of(second).update(state="sent", sent_at=timezone.now())
    word_of(third).delete()
    answer = client.get(page_of_date("queue", occurrence))
    assert [row.word for row in answer.context["rows"]] == ["vēstule: jānosūta", "vēstule: nosūtīta", ""]
    assert answer.context["is_told"]
    assert first.registration.is_waiting


def test_a_letter_and_a_call_are_told_apart(
    late: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = late(places=4)
    comes(occurrence)
    waiting, by_phone = comes(occurrence), comes(occurrence, email="")
    registering.settle(occurrence.pk, now=timezone.now())
    about = f"registration:{waiting.pk}"
    Notice.objects.filter(about=about, kind="no_place").delete()
    for channel, state in (("mail", {"state": "sent", "sent_at": timezone.now()}), ("call", {})):
        Notice.objects.create(about=about, kind="no_place", channel=channel, recipient="x", **state)
    Notice.objects.filter(about=f"registration:{by_phone.pk}", kind="no_place").delete()
    Notice.objects.create(about=f"registration:{by_phone.pk}", kind="no_place", channel="call", recipient="x")
    words = [row.word for row in rows(signed_in(COORDINATOR), occurrence)]
    assert words == ["vēstule: nosūtīta, zvans: jāpiezvana", "zvans: jāpiezvana"]


def test_a_word_about_another_date_or_from_before_is_not_taken_for_this_one(
    late: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = late(places=4)
    comes(occurrence)
    waiting = comes(occurrence)
    Notice.objects.filter(about=f"registration:{waiting.pk}").delete()
    Registration.objects.filter(pk=waiting.pk).update(revision=7)
    row = {"about": f"registration:{waiting.pk}", "kind": "no_place", "recipient": "x"}
    Notice.objects.create(**row, revision=1, details={"date": occurrence.pk + 1}, state="sent", sent_at=timezone.now())
    Notice.objects.create(**row, revision=2, state="withdrawn", reason="not_so", details={"date": occurrence.pk})
    client = signed_in(COORDINATOR)
    assert [row.word for row in rows(client, occurrence)] == [""]
    Notice.objects.create(**row, revision=7, state="withdrawn", reason="too_late", details={"date": occurrence.pk})
    assert [row.word for row in rows(client, occurrence)] == ["vēstule: nav sūtīta"]


def test_the_queue_asks_the_database_no_more_for_many_than_for_one(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration], group: Callable[..., Registration]
) -> None:
    occurrence, client = soon(places=4), signed_in(COORDINATOR)
    comes(occurrence)
    counts = []
    for more in (1, 3):
        for number in range(more):
            comes(occurrence, phone=f"+3712000001{more}{number}"[:12])
        if more > 1:
            group(occurrence)
        client.get(page_of_date("queue", occurrence))
        with CaptureQueriesContext(connection) as asked:
            assert len(rows(client, occurrence)) == (1 if more == 1 else 5)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nobody_waits_is_said(soon: Callable[..., Occurrence]) -> None:
    answer = signed_in(COORDINATOR).get(page_of_date("queue", soon()))
    assert answer.context["rows"] == []
    assert 'class="queue"' not in text_of(answer)


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_sees_the_queue_and_gives_places(
    role: str, late: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = late(places=4)
    leaving, waiting = comes(occurrence, FOUR), comes(occurrence, FOUR)
    frees(leaving)
    client = signed_in(role)
    for address in (page_of_date("queue", occurrence), page_of_date("place", occurrence, waiting.pk)):
        assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
        assert "Anna" not in text_of(client.get(address))
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_a_coordinator_without_the_right_to_contacts_sees_no_queue(soon: Callable[..., Occurrence]) -> None:
    occurrence, client = soon(), signed_in(COORDINATOR)
    right = Permission.objects.get(codename="view_signup")
    Group.objects.get(name=COORDINATOR).permissions.remove(right)
    assert client.get(page_of_date("queue", occurrence)).status_code == 403
    assert page_of_date("queue", occurrence) not in text_of(client.get(page_of_date("change", occurrence)))


# Places by hand


def test_the_first_in_line_gets_its_places_with_one_button(
    late: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = late(places=4)
    leaving, waiting = comes(occurrence, FOUR), comes(occurrence, FOUR)
    frees(leaving)
    client, address = signed_in(COORDINATOR), page_of_date("place", occurrence, waiting.pk)
    page = text_of(client.get(address))
    assert "lets_pass" not in page
    assert Registration.objects.get(pk=waiting.pk).is_waiting  # looking changes nothing
    assert client.post(address)["Location"] == page_of_date("queue", occurrence)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.overrides, Capacity.objects.get().taken) == ("placed", [], 4)
    assert client.post(address)["Location"] == page_of_date("queue", occurrence)  # pressed twice
    assert client.get(address)["Location"] == page_of_date("queue", occurrence)
    assert Capacity.objects.get().taken == 4


@pytest.fixture
def line(late: Callable[..., Occurrence], comes: Callable[..., Registration]) -> list[Registration]:
    """Four places came free; a party of four, one of five and one of two wait, in this order."""
    occurrence = late(places=4)
    leaving = comes(occurrence, FOUR)
    waiting = [
        comes(occurrence, FOUR, name="Olga"),
        comes(occurrence, Party(adults=5), name="Rita"),
        comes(occurrence, TWO, name="Ilze"),
    ]
    frees(leaving)
    return waiting


def test_whom_it_passes_over_is_said_before_and_asked_about(line: list[Registration]) -> None:
    olga, _rita, ilze = line
    client, address = signed_in(COORDINATOR), page_of_date("place", ilze.occurrence, ilze.pk)
    answer = client.get(address)
    assert [row.registration for row in answer.context["passed_over"]] == [olga]  # five would not fit
    page = text_of(answer)
    assert "Olga" in page
    assert re.findall(r'name="lets_pass" value="(\w+)"', page) == ["order"]
    sent = {"lets_pass": "order", "reason": "Bērns slimo"}
    assert client.post(address, sent).status_code == 302
    ilze.refresh_from_db()
    assert (ilze.status, ilze.overrides, ilze.override_reason) == ("placed", ["order"], "Bērns slimo")


@pytest.mark.parametrize(
    ("sent", "asks_for_reason"),
    [
        ({}, False),
        ({"reason": "Jo"}, False),
        ({"lets_pass": "held", "reason": "Jo"}, False),
        ({"lets_pass": "places", "reason": "Jo"}, False),
        ({"lets_pass": "order", "reason": "  "}, True),
        ({"lets_pass": "order", "reason": "x" * 201}, True),
        ({"lets_pass": "order", "reason": "\x00"}, True),
    ],
)
def test_only_what_was_shown_and_given_a_reason_is_let_pass(
    sent: dict[str, str], asks_for_reason: bool, line: list[Registration]
) -> None:
    ilze = line[2]
    answer = signed_in(COORDINATOR).post(page_of_date("place", ilze.occurrence, ilze.pk), sent)
    ilze.refresh_from_db()
    assert (answer.status_code, ilze.status, ilze.overrides) == (200, "waiting", [])
    assert ("reason" in answer.context["form"].errors) is asks_for_reason
    page = text_of(answer)
    assert re.findall(r'name="lets_pass" value="(\w+)"', page) == ["order"]
    assert 'name="reason"' in page


def test_a_rule_that_breaks_only_since_the_page_was_opened_is_shown_first(
    line: list[Registration], comes: Callable[..., Registration]
) -> None:
    ilze = line[2]
    held = {"held": 3, "until": timezone.now() + HOUR}
    registering.hold_places(ilze.occurrence_id, **held, by=staff(), now=timezone.now())
    sent = {"lets_pass": "order", "reason": "Bērns slimo"}
    client, address = signed_in(COORDINATOR), page_of_date("place", ilze.occurrence, ilze.pk)
    answer = client.post(address, sent)
    ilze.refresh_from_db()
    assert ilze.is_waiting
    assert set(answer.context["form"].broken) == {"held", "order"}
    assert 'value="Bērns slimo"' in text_of(answer)
    client.post(address, {"lets_pass": ["held", "order"], "reason": "Bērns slimo"})
    ilze.refresh_from_db()
    assert (ilze.status, ilze.overrides) == ("placed", ["held", "order"])


def test_what_the_page_foresees_is_what_the_gate_says(line: list[Registration]) -> None:
    """The same formula, with and without the lock."""
    client = signed_in(COORDINATOR)
    for registration in line:
        address = page_of_date("place", registration.occurrence, registration.pk)
        seen, asked = client.get(address), client.post(address)
        if asked.status_code == 302:
            assert seen.context["form"].broken == {}
            continue
        assert seen.context["form"].broken == asked.context["form"].broken
        refused = [str(error) for error in asked.context["form"].non_field_errors()]
        assert refused == [seen.context["refusal"]] if "refusal" in seen.context else not refused


def test_more_places_than_there_are_go_to_nobody_and_the_ways_on_are_named(line: list[Registration]) -> None:
    rita = line[1]
    client, address = signed_in(COORDINATOR), page_of_date("place", rita.occurrence, rita.pk)
    seen = client.get(address)
    assert seen.context["refusal"]
    assert 'type="submit"' not in text_of(seen).split('id="content-main"')[1]
    assert f'href="{page_of_date("places", rita.occurrence)}"' in text_of(seen)
    forged = {"lets_pass": ["age", "window", "held", "order"], "reason": "Jo", "places": "99", "seats": "1"}
    assert client.post(address, forged).status_code == 200
    rita.refresh_from_db()
    assert (rita.status, rita.seats, Capacity.objects.get().taken) == ("waiting", 5, 0)


def test_a_party_that_gave_up_meanwhile_gets_no_places(line: list[Registration]) -> None:
    olga = line[0]
    client, address = signed_in(COORDINATOR), page_of_date("place", olga.occurrence, olga.pk)
    frees(olga)
    answer = client.post(address)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert client.get(address).status_code == 302
    assert Capacity.objects.get().taken == 0


def test_a_party_of_another_date_is_not_found_there(line: list[Registration], soon: Callable[..., Occurrence]) -> None:
    client, other = signed_in(COORDINATOR), soon()
    for number in (line[0].pk, 10**30):
        address = page_of_date("place", other, number)
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    line[0].refresh_from_db()
    assert line[0].is_waiting


def test_a_crowded_gate_keeps_the_reason(line: list[Registration], crowded: Callable[[], None]) -> None:
    ilze = line[2]
    crowded()
    sent = {"lets_pass": "order", "reason": "Bērns slimo"}
    answer = signed_in(COORDINATOR).post(page_of_date("place", ilze.occurrence, ilze.pk), sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert 'value="Bērns slimo"' in text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_places_by_hand_stand_in_no_transaction_of_the_admin(line: list[Registration]) -> None:
    olga = line[0]
    assert signed_in(COORDINATOR).post(page_of_date("place", olga.occurrence, olga.pk)).status_code == 302
    olga.refresh_from_db()
    assert olga.is_placed


def test_a_row_says_the_language_of_its_family(line: list[Registration]) -> None:
    line[0].sign_up.language = "ru"
    line[0].sign_up.save()
    languages = [row.language for row in rows(signed_in(COORDINATOR), line[0].occurrence)]
    assert languages[0] != languages[1] == languages[2]
