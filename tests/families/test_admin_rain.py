"""The rainy morning in the admin: called off, another time, another place; who is told stands on the same page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Meeting, Occurrence, Room, Venue
from families import reasons, registering
from families.models import Registration
from families.parties import Party
from families.registering import Sender, Staff
from kopiena.floor.models import Notice
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import page_of_date, signed_in, staff

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEATHER = {"what": "off", "reason": "weather"}
OWN = {"what": "off", "reason": "own"}


@pytest.fixture
def course(soon: Callable[..., Occurrence]) -> Callable[[], tuple[Occurrence, list[Meeting]]]:
    """Three meetings a week apart, the first in ten days."""

    def make() -> tuple[Occurrence, list[Meeting]]:
        occurrence = soon()
        first = occurrence.meetings.get()
        starts_at = first.starts_at.replace(second=0, microsecond=0)
        occurrence.meetings.update(starts_at=starts_at, ends_at=starts_at + HOUR)
        for weeks in (1, 2):
            begins = starts_at + timedelta(weeks=weeks)
            fields = {"ends_at": begins + HOUR, "where": "venue", "venue": first.venue}
            Meeting.objects.create(occurrence=occurrence, starts_at=begins, **fields)
        return occurrence, list(occurrence.meetings.order_by("starts_at"))

    return make


def opened(office: Client, occurrence: Occurrence, asked: str = "") -> dict[str, Any]:
    """The page's form as the browser would send it, unchanged."""
    answer = office.get(page_of_date("rain", occurrence), {"reize": asked} if asked else {})
    form, choice = answer.context["form"], answer.context["choice"]
    shown = {
        name: form[name].field.widget.format_value(form[name].value())
        if name in ("day", "begins", "ends")
        else form[name].value()
        for name in form.fields
    }
    sent = {name: value for name, value in shown.items() if value is not None}
    return {**sent, "meeting": [each.pk for each in choice.chosen]}


def kinds() -> list[tuple[str, str]]:
    """What is owed beside the first word: kind and way."""
    return list(Notice.objects.owed().exclude(kind="placed").order_by("pk").values_list("kind", "channel"))


def told_page(occurrence: Occurrence) -> str:
    return page_of_date("told", occurrence)


# Called off


def test_a_reason_and_one_button_call_the_date_off_and_lead_to_the_calls(
    make_occurrence: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = make_occurrence(starts_at=timezone.now() + 2 * HOUR), signed_in(COORDINATOR)
    comes(occurrence)
    comes(occurrence, email="", phone="+37120000001")
    answer = office.post(page_of_date("rain", occurrence), {**opened(office, occurrence), **WEATHER})
    assert answer["Location"] == told_page(occurrence)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_lv) == ("cancelled", "Laikapstākļu dēļ nenotiks.")
    assert (occurrence.reason_ru, bool(occurrence.reason_en)) == ("Из-за погоды не состоится.", True)
    assert kinds() == [("called_off", "mail"), ("called_off", "call"), ("called_off", "call")]
    told = office.get(told_page(occurrence)).context
    assert (told["letters"], told["calls"]) == (1, 2)


def test_the_page_says_before_who_gets_a_letter_who_is_called_and_whom_nobody_can_tell(
    make_occurrence: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = make_occurrence(starts_at=timezone.now() + 2 * HOUR)
    by_both = comes(occurrence)
    by_phone = comes(occurrence, name="Lidija", email="", phone="+37120000001")
    nobody = Sender(name="Zigis", language="lv")
    how = {"staff": Staff(by=staff()), "may_wait": True, "now": timezone.now()}
    silent = registering.register_for("silent", occurrence.pk, nobody, Party(adults=1), **how).registrations.get()
    answer = signed_in(COORDINATOR).get(page_of_date("rain", occurrence))
    reach, page = answer.context["reach"], answer.content.decode()
    assert (reach.letters, reach.calls, reach.nobody) == ([by_both], [by_phone, by_both], [silent])
    assert 'Lidija <a href="tel:+37120000001">2000 0001</a>' in page
    assert "Zigis" in page


@pytest.mark.parametrize(("hours_ahead", "is_offered"), [(1, True), (24, False)])
def test_today_is_said_only_of_what_is_today(
    hours_ahead: int, is_offered: bool, make_occurrence: Callable[..., Occurrence], at_ten: None
) -> None:
    occurrence, office = make_occurrence(starts_at=timezone.now() + hours_ahead * HOUR), signed_in(COORDINATOR)
    sent = {**opened(office, occurrence), "what": "off", "reason": "weather_today"}
    page = office.get(page_of_date("rain", occurrence)).content.decode()
    assert ("Laikapstākļu dēļ šodien nenotiks." in page) is is_offered
    assert office.post(page_of_date("rain", occurrence), sent).status_code == (302 if is_offered else 200)
    occurrence.refresh_from_db()
    assert occurrence.is_cancelled is is_offered


def test_every_ready_sentence_is_written_in_each_language_and_fits() -> None:
    texts = [text for reason in reasons.READY for text in reason.texts().values()]
    assert len(texts) == len(set(texts)) == 3 * len(reasons.READY)
    assert all(text.endswith(".") and len(text) <= 300 for text in texts)
    assert ["šodien" in each.lv and "сегодня" in each.ru and "today" in each.en for each in reasons.READY] == [
        each.is_of_the_day for each in reasons.READY
    ]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"what": "off"}, {"reason"}),
        (OWN, {"reason_lv"}),
        ({**OWN, "reason_lv": "  "}, {"reason_lv"}),
        ({**OWN, "reason_ru": "x" * 301}, {"reason_ru"}),
        ({**OWN, "reason_lv": "Vējš", "reason_en": "\x00"}, {"reason_en"}),
        ({"what": "never", "reason": "weather"}, {"what"}),
        ({"what": "time", "day": "", "begins": "10:00", "ends": "x"}, {"day", "ends"}),
        ({"what": "time", "day": "0207-03-01", "begins": "10:00", "ends": "11:00"}, {"day"}),
        ({"what": "place", "where": "venue:0"}, {"where"}),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    sent: dict[str, str], wrong: set[str], soon: Callable[..., Occurrence]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    answer = office.post(page_of_date("rain", occurrence), {"meeting": occurrence.meetings.get().pk, **sent})
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, wrong)
    typed = {name: text for name, text in sent.items() if name.startswith("reason_") and text.isprintable()}
    assert all(f'value="{text}"' in answer.content.decode() for text in typed.values())
    occurrence.refresh_from_db()
    assert not occurrence.is_cancelled


def test_what_the_choice_hides_stops_nobody_and_is_kept_on_the_page(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    sent = {"what": "off", "reason": "own", "reason_en": "Storm", "day": "x", "begins": "y", "where": "venue:0"}
    meeting = {"meeting": occurrence.meetings.get().pk}
    answer = office.post(page_of_date("rain", occurrence), {**meeting, **sent, "reason_en": ""})
    assert 'value="y"' in answer.content.decode()
    assert office.post(page_of_date("rain", occurrence), {**meeting, **sent}).status_code == 302


# One meeting of several


def test_of_a_course_the_next_meeting_is_meant_unless_another_or_all_are_chosen(course: Callable) -> None:
    occurrence, meetings = course()
    office = signed_in(COORDINATOR)
    assert opened(office, occurrence)["meeting"] == [meetings[0].pk]
    assert opened(office, occurrence, str(meetings[1].pk))["meeting"] == [meetings[1].pk]
    assert opened(office, occurrence, "visas")["meeting"] == [each.pk for each in meetings]
    assert opened(office, occurrence, "x" * 50)["meeting"] == [meetings[0].pk]
    office.post(page_of_date("rain", occurrence), {**opened(office, occurrence), **WEATHER})
    assert list(occurrence.meetings.filter(is_cancelled=True)) == meetings[:1]
    assert opened(office, occurrence)["meeting"] == [meetings[1].pk]
    assert opened(office, occurrence, "visas")["meeting"] == [each.pk for each in meetings[1:]]
    occurrence.refresh_from_db()
    assert not occurrence.is_cancelled


def test_the_page_opened_before_means_the_meeting_it_was_opened_for(course: Callable) -> None:
    occurrence, meetings = course()
    office = signed_in(COORDINATOR)
    before = opened(office, occurrence)
    registering.call_off(occurrence.pk, reason={}, meetings=[meetings[0].pk], by=staff(), now=timezone.now())
    answer = office.post(page_of_date("rain", occurrence), {**before, **WEATHER})
    assert answer.context["form"].non_field_errors() == ["Šis norises laiks jau ir atzīmēts kā „Nenotiks”."]
    stale = {**before, **WEATHER, "meeting": [0]}
    answer = office.post(page_of_date("rain", occurrence), stale)
    assert len(answer.context["form"].non_field_errors()) == 1
    assert occurrence.meetings.filter(is_cancelled=True).count() == 1


def test_the_reason_stands_at_the_activity_while_the_meeting_is_to_come(course: Callable, client: Client) -> None:
    occurrence, meetings = course()
    office = signed_in(COORDINATOR)
    office.post(page_of_date("rain", occurrence), {**opened(office, occurrence), **OWN, "reason_lv": "Liels vējš."})
    address = f"/aktivitates/{occurrence.activity.slug}/"
    assert "Liels vējš." in client.get(address).content.decode()
    Meeting.objects.filter(pk=meetings[0].pk).update(starts_at=timezone.now() - 2 * HOUR, ends_at=timezone.now() - HOUR)
    assert "Liels vējš." not in client.get(address).content.decode()


# Another time, another place


def test_another_time_and_place_together_are_filled_in_as_they_are_and_told(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    comes(occurrence)
    hall = Room.objects.create(venue=Venue.objects.create(slug="pils", name_lv="Kultūras pils"), name_lv="Zāle")
    before = occurrence.meetings.get()
    local = timezone.localtime(before.starts_at)
    sent = opened(office, occurrence)
    assert (sent["day"], sent["begins"], sent["where"]) == (
        *(f"{local:%Y-%m-%d}", f"{local:%H:%M}", f"venue:{before.venue_id}"),
    )
    sent |= {"what": "time", "day": f"{local + DAY:%Y-%m-%d}", "begins": "10:30", "ends": "12:00"}
    answer = office.post(page_of_date("rain", occurrence), {**sent, "where": f"room:{hall.pk}"})
    assert answer["Location"] == told_page(occurrence)
    meeting = occurrence.meetings.get()
    assert f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}" == f"{local + DAY:%Y-%m-%d} 10:30"
    assert f"{timezone.localtime(meeting.ends_at):%H:%M}" == "12:00"
    assert (meeting.venue, meeting.room) == (hall.venue, hall)
    assert kinds() == [("moved", "mail")]


def test_another_place_alone_leaves_the_time_even_where_it_was_typed_before(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    before = occurrence.meetings.get()
    sent = {**opened(office, occurrence), "what": "place", "day": "2030-01-01", "where": "home"}
    assert office.post(page_of_date("rain", occurrence), sent).status_code == 302
    after = occurrence.meetings.get()
    assert (after.starts_at, after.where, after.venue) == (before.starts_at, "home", None)


def test_several_meetings_move_by_as_many_days_and_each_keeps_what_was_not_changed(course: Callable) -> None:
    occurrence, meetings = course()
    Meeting.objects.filter(pk=meetings[1].pk).update(ends_at=meetings[1].ends_at + HOUR, where="home", venue=None)
    office = signed_in(COORDINATOR)
    sent = opened(office, occurrence, "visas")
    assert sent["where"] == ""
    day = timezone.localtime(meetings[0].starts_at) + DAY
    sent |= {"what": "time", "day": f"{day:%Y-%m-%d}", "begins": "00:05"}
    assert office.post(page_of_date("rain", occurrence), sent).status_code == 302
    after = list(occurrence.meetings.order_by("starts_at"))
    for old, new in zip(meetings, after, strict=True):
        local = timezone.localtime(new.starts_at)
        assert (local.date(), f"{local:%H:%M}") == (timezone.localtime(old.starts_at).date() + DAY, "00:05")
    assert [each.where for each in after] == ["venue", "home", "venue"]


def test_whole_days_are_asked_for_the_day_alone(soon: Callable[..., Occurrence]) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    first = timezone.localtime(timezone.now() + 5 * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    last = (first + 3 * DAY).replace(hour=0)
    occurrence.meetings.update(starts_at=first, ends_at=last, is_all_day=True)
    sent = opened(office, occurrence)
    assert "begins" not in sent
    assert (
        office.post(
            page_of_date("rain", occurrence), {**sent, "what": "time", "day": f"{first + DAY:%Y-%m-%d}"}
        ).status_code
        == 302
    )
    meeting = occurrence.meetings.get()
    assert (meeting.first_day, meeting.last_day) == ((first + DAY).date(), last.date())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Izvēlieties citu laiku vai citu vietu."),
        ({"what": "place"}, "Izvēlieties citu vietu."),
        ({"day": "2020-01-01"}, "Jaunais laiks jau ir pagājis."),
        ({"begins": "12:00", "ends": "11:00"}, "Tikšanās beigām jābūt pēc sākuma."),
        ({"day": "2030-03-31", "begins": "03:30", "ends": "05:00"}, "03:30"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_a_sentence_and_what_was_typed_is_kept(
    typed: dict[str, str], sentence: str, soon: Callable[..., Occurrence]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    noon = timezone.localtime(timezone.now() + 10 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    occurrence.meetings.update(starts_at=noon, ends_at=noon + HOUR)
    before = occurrence.meetings.get()
    sent = {**opened(office, occurrence), "what": "time", **typed}
    answer = office.post(page_of_date("rain", occurrence), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert any(sentence in message for errors in answer.context["form"].errors.values() for message in errors)
    assert all(f'value="{text}"' in page for text in typed.values())
    assert occurrence.meetings.get().starts_at == before.starts_at


# The reason corrected


def test_the_reason_of_what_is_off_is_corrected_on_the_same_page(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(), signed_in(COORDINATOR)
    comes(occurrence)
    office.post(page_of_date("rain", occurrence), {**opened(office, occurrence), **WEATHER})
    answer = office.get(page_of_date("rain", occurrence))
    assert answer.context["form"]["reason"].value() == "weather"
    assert 'name="what"' not in answer.content.decode()
    before = kinds()
    answer = office.post(page_of_date("rain", occurrence), {"reason": "own", "reason_ru": "Ураган."})
    assert answer["Location"] == page_of_date("change", occurrence)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason_lv, occurrence.reason_ru) == ("cancelled", "", "Ураган.")
    assert kinds() == before
    assert office.get(page_of_date("rain", occurrence)).context["form"]["reason"].value() == "own"


# Who may, and what it costs


def test_looking_changes_nothing_and_undated_or_past_dates_are_looked_at_too(
    soon: Callable[..., Occurrence], make_occurrence: Callable[..., Occurrence]
) -> None:
    office = signed_in(COORDINATOR)
    undated = soon()
    undated.meetings.all().delete()
    for occurrence in (soon(), undated, make_occurrence(starts_at=timezone.now() - HOUR)):
        for page in ("rain", "told"):
            assert office.get(page_of_date(page, occurrence), WEATHER).status_code == 200
    assert not Occurrence.objects.filter(state="cancelled").exists()
    assert kinds() == []
    assert office.post(page_of_date("rain", undated), WEATHER).status_code == 302
    undated.refresh_from_db()
    assert undated.is_cancelled


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
@pytest.mark.parametrize("page", ["rain", "told"])
def test_only_a_coordinator_comes_in(role: str, page: str, soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    for send in ("get", "post"):
        answer = getattr(signed_in(role), send)(page_of_date(page, occurrence), WEATHER)
        assert answer.status_code in (302, 403), answer.status_code
    occurrence.refresh_from_db()
    assert not occurrence.is_cancelled


def test_with_many_signed_up_the_page_asks_the_database_no_more(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence, office = soon(places=None), signed_in(COORDINATOR)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            comes(occurrence)
        office.get(page_of_date("rain", occurrence))
        with CaptureQueriesContext(connection) as asked:
            office.get(page_of_date("rain", occurrence))
        counts.append(len(asked))
    assert counts[0] == counts[1]
