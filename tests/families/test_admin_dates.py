"""What becomes of a date, in the admin: sign-up closed and opened, called off, taken up; each by one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Meeting, Occurrence
from families import links, registering
from families.models import Registration
from families.parties import Party
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import date_form, page_of_date, places_page_of, signed_in, staff

pytestmark = pytest.mark.django_db

WIND = {
    "what": "off",
    "reason": "own",
    "reason_lv": "Stipra vēja dēļ nenotiks.",
    "reason_ru": "Из-за сильного ветра.",
    "reason_en": "Strong wind.",
}
DEEDS = ["close", "open", "rain", "take_up"]
HOUR = timedelta(hours=1)


def says_ways(client: Client, occurrence: Occurrence) -> list[str]:
    """The deeds that the date's page leads to."""
    page = client.get(page_of_date("change", occurrence)).content.decode()
    return [name for name in DEEDS if f'href="{page_of_date(name, occurrence)}"' in page]


def state_of(occurrence: Occurrence) -> tuple[Any, ...]:
    occurrence.refresh_from_db()
    return occurrence.state, occurrence.sign_up_closes_at, occurrence.reason_lv


# Sign-up closed, and opened again


def test_sign_up_is_closed_and_opened_again_by_one_button_each(soon: Callable[..., Occurrence], client: Client) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    assert says_ways(office, occurrence) == ["close", "rain"]
    answer = office.post(page_of_date("close", occurrence))
    assert answer["Location"] == page_of_date("change", occurrence)
    assert occurrence.sign_up_closes_at is None
    occurrence.refresh_from_db()
    assert occurrence.sign_up_closes_at is not None
    assert "Nosūtīt pieteikumu" not in client.get(f"/pieteikties/{occurrence.pk}/").content.decode()
    assert says_ways(office, occurrence) == ["open", "rain"]
    office.post(page_of_date("open", occurrence))
    occurrence.refresh_from_db()
    assert occurrence.sign_up_closes_at is None
    assert LogEntry.objects.count() == 2


# Called off, and taken up again


def test_calling_off_says_why_in_three_languages_everywhere(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration], client: Client
) -> None:
    occurrence = soon()
    link = links.link_of(comes(occurrence).sign_up)
    office = signed_in(COORDINATOR)
    assert office.post(page_of_date("rain", occurrence), WIND).status_code == 302
    starts = timezone.localtime(Meeting.objects.get().starts_at)
    for prefix, language in (("", "lv"), ("/ru", "ru"), ("/en", "en")):
        page = client.get(f"{prefix}/pieteikums/{link}/").content.decode()
        assert WIND[f"reason_{language}"] in page
        public = client.get(f"{prefix}/aktivitates/{occurrence.activity.slug}/").content.decode()
        assert WIND[f"reason_{language}"] in public
    month = client.get(f"/en/kalendars/{starts:%Y-%m}/").content.decode()
    assert "Will not take place" in month
    assert says_ways(office, occurrence) == ["rain", "take_up"]
    assert state_of(occurrence)[0] == "cancelled"


def test_taken_up_again_everybody_has_what_they_had(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration], client: Client
) -> None:
    occurrence = soon(places=4)
    ours, waiting = comes(occurrence), comes(occurrence)
    office = signed_in(COORDINATOR)
    office.post(page_of_date("rain", occurrence), WIND)
    page = office.get(page_of_date("change", occurrence)).content.decode()
    assert WIND["reason_ru"] in page
    assert office.post(page_of_date("take_up", occurrence)).status_code == 302
    assert state_of(occurrence) == ("planned", None, "")
    for registration, status in ((ours, "placed"), (waiting, "waiting")):
        registration.refresh_from_db()
        assert registration.status == status
    assert WIND["reason_lv"] not in client.get(f"/aktivitates/{occurrence.activity.slug}/").content.decode()


def test_how_many_are_signed_up_and_waiting_is_shown_before(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=4)
    gone = comes(occurrence, Party(adults=1))
    registering.cancel(gone.pk, by=staff(), now=timezone.now())
    comes(occurrence)
    comes(occurrence)
    comes(occurrence, Party(adults=3))
    shown = signed_in(COORDINATOR).get(page_of_date("close", occurrence)).context["people"]
    assert [[int(word) for word in value.replace("(", "").split() if word.isdigit()] for _label, value in shown] == [
        [1, 4],
        [2, 7],
    ]


# What cannot be done


def test_looking_at_a_page_changes_nothing(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    before = state_of(occurrence)
    for name in DEEDS:
        assert office.get(page_of_date(name, occurrence), WIND).status_code == 200
    assert state_of(occurrence) == before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("name", DEEDS)
def test_a_button_pressed_twice_or_on_a_stale_page_is_refused_with_a_sentence(
    name: str, soon: Callable[..., Occurrence]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    for first in {"open": ["close"], "take_up": ["rain"]}.get(name, []):
        office.post(page_of_date(first, occurrence), WIND)
    assert office.post(page_of_date(name, occurrence), WIND).status_code == 302
    before = state_of(occurrence)
    again = office.post(page_of_date(name, occurrence), WIND)
    assert again.status_code == 200
    assert len(again.context["form"].non_field_errors()) == 1
    assert state_of(occurrence) == before


def test_what_has_begun_is_neither_closed_nor_called_off(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    occurrence, office = make_occurrence(starts_at=timezone.now() - HOUR), signed_in(COORDINATOR)
    assert says_ways(office, occurrence) == []
    for name in DEEDS:
        answer = office.post(page_of_date(name, occurrence), WIND)
        assert answer.context["form"].non_field_errors(), name
    assert state_of(occurrence) == ("planned", None, "")


@pytest.mark.parametrize("name", DEEDS)
def test_a_crowded_gate_answers_503_with_the_reason_kept(
    name: str, soon: Callable[..., Occurrence], crowded: Callable[[], None]
) -> None:
    occurrence = soon()
    crowded()
    answer = signed_in(COORDINATOR).post(page_of_date(name, occurrence), WIND)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert (f'value="{WIND["reason_ru"]}"' in answer.content.decode()) is (name == "rain")


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
@pytest.mark.parametrize("name", DEEDS)
def test_only_a_coordinator_does_it(name: str, role: str, soon: Callable[..., Occurrence]) -> None:
    occurrence, client = soon(), signed_in(role)
    address = page_of_date(name, occurrence)
    assert [client.get(address).status_code, client.post(address, WIND).status_code] == [403, 403]
    assert says_ways(client, occurrence) == []
    assert places_page_of(occurrence) not in client.get(page_of_date("change", occurrence)).content.decode()
    assert state_of(occurrence) == ("planned", None, "")


def test_what_is_not_there_is_not_found() -> None:
    client = signed_in(COORDINATOR)
    for page in ("rinda", "rinda/9", "slegt", "atvert", "lietus", "tomer-notiks", "vietas/zvanitajiem"):
        for number in ("9", "9" * 30):
            assert client.get(f"/admin/activities/occurrence/{number}/{page}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_no_deed_stands_in_a_transaction_of_the_admin(soon: Callable[..., Occurrence]) -> None:
    """With real transactions the gate's own durable one would refuse to stand inside another."""
    occurrence, office = soon(), signed_in(COORDINATOR)
    for name in ("close", "open", "rain", "take_up"):
        assert office.post(page_of_date(name, occurrence), WIND).status_code == 302


# The date's own form


def test_what_steers_the_places_is_only_looked_at_in_the_form(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    fields = office.get(page_of_date("change", occurrence)).context["adminform"].form.fields
    assert not {"state", *WIND} & set(fields)
    sent = forged(office, occurrence, state="cancelled", **WIND)
    assert office.post(page_of_date("change", occurrence), sent).status_code == 302
    assert state_of(occurrence) == ("planned", None, "")


def forged(office: Client, occurrence: Occurrence, **fields: Any) -> dict[str, Any]:
    """The date's form as the page opens now, sent with these fields besides."""
    answer = office.get(page_of_date("change", occurrence))
    meeting = answer.context["inline_admin_formsets"][0].formset.forms[0]
    row = {name: meeting[name].value() for name in meeting.fields if name != "DELETE"}
    return date_form(occurrence.activity, row, initial=1, **fields)


def test_a_form_opened_before_sign_up_was_closed_does_not_open_it_again(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    sent = forged(office, occurrence, name_lv="Jauns nosaukums")
    office.post(page_of_date("close", occurrence))
    assert office.post(page_of_date("change", occurrence), sent).status_code == 302
    occurrence.refresh_from_db()
    assert occurrence.name_lv == "Jauns nosaukums"
    assert occurrence.sign_up_closes_at is not None


def test_when_sign_up_closes_can_still_be_changed_in_the_form(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    closes = timezone.localtime(timezone.now() + timedelta(days=5)).replace(second=0, microsecond=0)
    typed = {"sign_up_closes_at_0": f"{closes:%Y-%m-%d}", "sign_up_closes_at_1": f"{closes:%H:%M}"}
    office.post(page_of_date("change", occurrence), forged(office, occurrence, **typed))
    assert state_of(occurrence)[1] == closes
    shown = {f"initial-{name}": value for name, value in typed.items()}
    emptied = {"sign_up_closes_at_0": "", "sign_up_closes_at_1": "", **shown}
    office.post(page_of_date("change", occurrence), forged(office, occurrence, **emptied))
    assert state_of(occurrence)[1] is None
    page = office.get(page_of_date("change", occurrence)).content.decode()
    assert 'name="initial-sign_up_closes_at_0"' in page


def test_the_list_tells_taken_kept_and_waiting(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=6)
    comes(occurrence)
    comes(occurrence)
    until = timezone.now() + HOUR
    registering.hold_places(occurrence.pk, held=2, until=until, by=staff(), now=timezone.now())
    office = signed_in(COORDINATOR)
    page = office.get("/admin/activities/occurrence/").content.decode()
    for cell in ('field-places">4 / 6<', 'field-kept">2<', 'field-waiting">1<'):
        assert cell in page


def test_the_dates_page_asks_the_database_no_more_with_many_signed_up(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(places=4), signed_in(COORDINATOR)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            comes(occurrence)
        office.get(page_of_date("rain", occurrence))
        with CaptureQueriesContext(connection) as asked:
            office.get(page_of_date("rain", occurrence))
            office.get(page_of_date("change", occurrence))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_was_done_with_a_date_is_read_in_latvian_on_a_phone(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    who = {"by": staff(COORDINATOR), "now": timezone.now()}
    registering.set_places(occurrence.pk, unit="people", places=9, **who)
    registering.hold_places(occurrence.pk, held=2, until=timezone.now() + HOUR, **who)
    registering.close_sign_up(occurrence.pk, **who)
    registering.call_off(occurrence.pk, reason=WIND, **who)
    page = office.get(f"/admin/activities/occurrence/{occurrence.pk}/history/").content.decode()
    assert LogEntry.objects.count() == 4
    for what in ("held", "sign_up", "sign-up", "kept for", "places", "state"):
        assert f"Mainīts: {what}" not in page
    assert "css/office/deeds." in page
