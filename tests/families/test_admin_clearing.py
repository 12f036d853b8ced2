"""A burst of junk: shown before, cleared in one go exactly as ticked, and brought back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Capacity, Occurrence
from families import bursts, links, registering
from families.models import Registration, SignUp
from families.parties import Child, Party
from families.registering import Sender, Staff
from kopiena.floor.models import Centre
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

Comes = Callable[..., Registration]
JUNK = "/admin/families/registration/mestulu-vilnis/"
TWO = Party.with_ages(1, (Child(6),))


def statuses(*registrations: Registration) -> list[tuple[str, str]]:
    rows = [Registration.objects.get(pk=each.pk) for each in registrations]
    return [(row.status, row.cancelled_for) for row in rows]


def looking(**fields: Any) -> dict[str, Any]:
    """What the button "Show" sends: the last two hours of all dates, unless told."""
    local = timezone.localtime()
    start = local - timedelta(hours=2)
    sent = {"since_0": f"{start:%Y-%m-%d}", "since_1": f"{start:%H:%M}", "show": "1"}
    return {**sent, "until_0": f"{local:%Y-%m-%d}", "until_1": f"{local:%H:%M}", **fields}


def found(answer: Any) -> set[Registration]:
    return {registration for registration, _ in answer.context["rows"]}


@pytest.fixture
def burst(soon: Callable[..., Occurrence], comes: Comes) -> list[Registration]:
    """Two of four people on eight places, and a family of two that waits."""
    occurrence = soon(places=8)
    junk = [comes(occurrence, name=name, email=f"{name}@example.lv") for name in ("bot1", "bot2")]
    return [*junk, comes(occurrence, TWO, name="Olga", phone="+37120000011", email="olga@example.lv")]


# Looking


def test_the_page_opens_with_the_last_two_hours_and_ticks_them_only_once_looked_for(burst: list[Registration]) -> None:
    Registration.objects.filter(pk=burst[1].pk).update(created_at=timezone.now() - timedelta(hours=3))
    client = signed_in(COORDINATOR)
    assert JUNK in client.get("/admin/families/registration/").content.decode()
    answer = client.get(JUNK)
    assert answer.context["rows"] == [(burst[0], False), (burst[2], False)]
    assert client.post(JUNK, looking()).context["rows"] == [(burst[0], True), (burst[2], True)]
    assert answer.content.decode().count(' name="registration" value="') == 2
    assert statuses(*burst) == [("placed", ""), ("placed", ""), ("waiting", "")]


def test_only_live_ones_from_the_web_for_dates_to_come_are_found(
    burst: list[Registration], soon: Callable[..., Occurrence], comes: Comes
) -> None:
    called, cancelled, past = comes(soon()), comes(soon()), comes(soon())
    SignUp.objects.filter(pk=called.sign_up_id).update(channel="phone")
    registering.cancel(cancelled.pk, now=timezone.now())
    past.occurrence.meetings.update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    assert found(signed_in(COORDINATOR).get(JUNK)) == set(burst)


def test_it_is_narrowed_by_date_text_and_moment(burst: list[Registration], comes: Comes) -> None:
    other = comes()
    client = signed_in(COORDINATOR)
    assert found(client.post(JUNK, looking(occurrence=other.occurrence_id))) == {other}
    assert found(client.post(JUNK, looking(text="BOT"))) == set(burst[:2])
    assert found(client.post(JUNK, looking(text="olga@"))) == {burst[2]}
    assert found(client.post(JUNK, looking(until_0="2020-01-01"))) == set()
    assert statuses(*burst) == [("placed", ""), ("placed", ""), ("waiting", "")]


def test_what_would_come_free_and_who_would_move_up_is_said(burst: list[Registration]) -> None:
    answer = signed_in(COORDINATOR).post(JUNK, looking(text="bot1"))
    found_now = answer.context["burst"]
    assert (found_now.found, found_now.places, found_now.moving_up) == (1, 4, 1)
    assert signed_in(COORDINATOR).get(JUNK).context["burst"].moving_up == 0  # then nobody waits any more


def test_who_would_move_up_is_who_does(soon: Callable[..., Occurrence], comes: Comes) -> None:
    """The page's forecast against the gate itself, with parties that do not fit in between."""
    occurrence = soon(places=7)
    junk = [comes(occurrence), comes(occurrence, Party.with_ages(1, (Child(5), Child(6))))]
    for size in (4, 5, 2, 4, 1):
        comes(occurrence, Party(adults=size), phone="+37120000011")
    now = timezone.now()
    forecast = bursts.moving_up_without(junk[:1], now)
    registering.clear_junk([junk[0].pk], by=staff(), now=now)
    waited = Registration.objects.of(occurrence.pk).placed().exclude(pk=junk[1].pk)
    assert forecast == waited.count() == bursts.moved_up_at(now) == 1


def test_kept_places_and_the_passed_moment_count_in_the_forecast(burst: list[Registration]) -> None:
    now = timezone.now()
    Capacity.objects.update(held=3, held_until=now + timedelta(days=1))
    assert bursts.moving_up_without(burst[:1], now) == 0
    Capacity.objects.update(held=2)
    assert bursts.moving_up_without(burst[:1], now) == 1
    Occurrence.objects.update(promote_until=now - timedelta(hours=1))
    assert bursts.moving_up_without(burst[:1], now) == 0


@pytest.mark.parametrize(
    "garbage",
    [
        {"since_0": "x"},
        {"since_1": "25:99"},
        {"until_0": ""},
        {"until_0": "0207-01-01"},
        {"since_0": "\x00"},
        {"until_1": "🎈" * 1000},
        {"occurrence": "9" * 40},
        {"occurrence": "x"},
        {"text": "\x00"},
        {"text": "x" * 81},
    ],
)
def test_moments_and_dates_that_cannot_be_are_refused(garbage: dict[str, str], burst: list[Registration]) -> None:
    answer = signed_in(COORDINATOR).post(JUNK, looking(**garbage))
    assert answer.status_code == 200
    assert answer.context["looking"].errors.keys() == {next(iter(garbage)).split("_")[0]}
    assert answer.context["rows"] == []


def test_of_too_many_the_first_are_shown_and_it_is_said(
    burst: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bursts, "MOST", 2)
    client = signed_in(COORDINATOR)
    answer = client.get(JUNK)
    assert found(answer) == set(burst[:2])
    assert "Parādīti tikai pirmie 2." in answer.content.decode()
    refused = client.post(JUNK, {"clear": "1", "registration": [each.pk for each in burst]})
    assert refused.context["form"].errors.keys() == {"registration"}
    assert statuses(*burst) == [("placed", ""), ("placed", ""), ("waiting", "")]


def test_a_whole_page_of_ticks_may_be_sent() -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > bursts.MOST + 20


# Clearing


def test_exactly_what_is_ticked_is_cancelled_and_the_page_after_names_it(burst: list[Registration]) -> None:
    client = signed_in(COORDINATOR)
    answer = client.post(JUNK, {**looking(), "clear": "1", "registration": [burst[0].pk]})
    assert statuses(*burst) == [("cancelled", "junk"), ("placed", ""), ("placed", "")]
    page = client.get(answer["Location"])
    assert [row[0] for row in page.context["rows"]] == [burst[0]]
    assert (page.context["moved_up"], page.context["can_come_back"]) == (1, 1)
    assert "bot1" in page.content.decode()
    assert answer["Location"] in client.get(JUNK).content.decode()


@pytest.mark.parametrize("forged", ["0", "999999", "x", "\x00", "9" * 40, "", "phone", "cancelled"])
def test_one_that_is_none_of_them_clears_nothing(forged: str, burst: list[Registration], comes: Comes) -> None:
    called, cancelled = comes(), comes()
    SignUp.objects.filter(pk=called.sign_up_id).update(channel="phone")
    registering.cancel(cancelled.pk, now=timezone.now())
    value = {"phone": str(called.pk), "cancelled": str(cancelled.pk)}.get(forged, forged)
    sent = {**looking(), "clear": "1", "registration": [burst[0].pk, value]}
    answer = signed_in(COORDINATOR).post(JUNK, sent)
    assert answer.context["form"].errors.keys() == {"registration"}
    assert [is_ticked for row, is_ticked in answer.context["rows"] if row == burst[0]] == [True]
    assert [is_ticked for row, is_ticked in answer.context["rows"] if row == burst[1]] == [False]
    assert statuses(*burst, called) == [("placed", ""), ("placed", ""), ("waiting", ""), ("placed", "")]


def test_nothing_ticked_is_said(burst: list[Registration]) -> None:
    answer = signed_in(COORDINATOR).post(JUNK, {**looking(), "clear": "1"})
    assert "Atzīmējiet vismaz vienu pieteikumu." in answer.content.decode()


# Coming back


def test_they_come_back_with_places_while_there_are_any_and_how_many_is_said(burst: list[Registration]) -> None:
    client = signed_in(COORDINATOR)
    page = client.post(JUNK, {**looking(), "clear": "1", "registration": [burst[0].pk, burst[1].pk]})["Location"]
    answer = client.post(page, follow=True)
    assert statuses(*burst) == [("placed", ""), ("waiting", ""), ("placed", "")]
    assert "Atguva vietas: 1. Gaida rindā: 1. Neizdevās atjaunot: 0." in answer.content.decode()
    assert answer.context["lately"] == []
    assert client.get(page).status_code == client.post(page).status_code == 404


def test_what_has_begun_meanwhile_cannot_come_back(burst: list[Registration]) -> None:
    client = signed_in(COORDINATOR)
    page = client.post(JUNK, {**looking(), "clear": "1", "registration": [burst[0].pk]})["Location"]
    burst[0].occurrence.meetings.update(starts_at=timezone.now() - timedelta(hours=1))
    assert 'type="submit" class="button default"' not in client.get(page).content.decode()
    client.post(page)
    assert statuses(burst[0]) == [("cancelled", "junk")]


def test_bursts_are_listed_for_seven_days(burst: list[Registration]) -> None:
    now = timezone.now()
    registering.clear_junk([burst[0].pk], by=staff(), now=now - timedelta(days=8))
    registering.clear_junk([burst[1].pk], by=staff(), now=now - timedelta(days=6))
    assert [(each.count, each.cleared_at) for each in bursts.cleared_lately(now)] == [(1, now - timedelta(days=6))]


def test_the_moment_in_the_address_is_exact() -> None:
    for moment in (timezone.now(), datetime(2027, 3, 1, 10, 0, 0, 1, tzinfo=UTC)):
        assert bursts.as_moment(bursts.as_number(moment)) == moment
    assert bursts.as_moment(10**30) is None


@pytest.mark.parametrize("number", [0, 5, 10**15, 10**18, 10**30])
def test_a_moment_at_which_nothing_was_cleared_is_not_there(number: int, burst: list[Registration]) -> None:
    address = reverse("admin:families_registration_cleared", args=[number])
    client = signed_in(COORDINATOR)
    assert client.get(address).status_code == client.post(address).status_code == 404


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_who_is_no_coordinator_neither_looks_nor_clears_nor_brings_back(role: str, burst: list[Registration]) -> None:
    now = timezone.now()
    registering.clear_junk([burst[1].pk], by=staff(), now=now)
    cleared = reverse("admin:families_registration_cleared", args=[bursts.as_number(now)])
    client = signed_in(role)
    for address in (JUNK, cleared):
        assert client.get(address).status_code == 403
        assert client.post(address, {"clear": "1", "registration": [burst[0].pk]}).status_code == 403
    assert statuses(*burst[:2]) == [("placed", ""), ("cancelled", "junk")]
    assert JUNK not in client.get("/admin/families/registration/").content.decode()


def test_the_familys_page_says_the_centre_cancelled_it_and_no_word_of_junk(
    client: Client, burst: list[Registration]
) -> None:
    Centre.objects.update_or_create(pk=1, defaults={"phone": "+37120000099"})
    registering.clear_junk([burst[0].pk], by=staff(), now=timezone.now())
    page = client.get(f"/pieteikums/{links.link_of(burst[0].sign_up)}/").content.decode()
    assert "Centrs šo pieteikumu ir atcēlis" in page
    assert "Ja tā ir kļūda, lūdzu, piezvaniet mums:" in page
    assert 'href="tel:+37120000099"' in page
    assert "mēstul" not in page.casefold()
    Centre.objects.filter(pk=1).update(phone="")
    without_phone = client.get(f"/pieteikums/{links.link_of(burst[0].sign_up)}/").content.decode()
    assert "otrs pieteikums var joprojām būt spēkā" in without_phone
    assert "piezvaniet" not in without_phone


def test_the_office_sees_that_it_was_junk_and_how_often_a_party_was_overtaken(burst: list[Registration]) -> None:
    registering.clear_junk([burst[0].pk], by=staff(), now=timezone.now())
    client = signed_in(COORDINATOR)
    address = "admin:families_registration_change"
    page = client.get(reverse(address, args=[burst[0].pk])).content.decode()
    assert str(Registration.CancelledFor.JUNK.label) in page
    history = client.get(reverse("admin:families_registration_history", args=[burst[0].pk])).content.decode()
    assert "Mainīts: statuss." in history


def test_how_often_a_waiting_party_was_overtaken_stands_on_its_page(
    soon: Callable[..., Occurrence], comes: Comes
) -> None:
    occurrence = soon(places=5)
    comes(occurrence)
    waiting = comes(occurrence, name="Olga")
    caller = Sender(name="Ilze", language="lv")
    registering.register_for("t", occurrence.pk, caller, Party(adults=1), staff=Staff(by=staff()), now=timezone.now())
    page = signed_in(COORDINATOR).get(reverse("admin:families_registration_change", args=[waiting.pk])).content.decode()
    row = page[page.index("field-overtaken_by") :]
    assert '<div class="readonly">1</div>' in row[: row.index("</fieldset>")]
