"""The call list: whom no letter reaches first, then by urgency, with what to say and nothing that must stay unseen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Meeting, Occurrence
from families import asking, call_list, calling, notices, registering
from families.call_list import Call
from families.models import Registration
from families.registering import Rescheduled, Sender
from kopiena.floor.models import Notice
from kopiena.floor.outbox import label_of
from tests.conftest import NOW
from tests.gate import ANNA, boss, calls, signs_up, staff

pytestmark = pytest.mark.django_db
MAIL = "anna@example.lv"
REASON = {"reason_lv": "Lietus.", "reason_ru": "Дождь.", "reason_en": "Rain."}


def phones() -> Callable[[], str]:
    numbers = iter(range(20000000, 20000099))
    return lambda: f"+371{next(numbers)}"


@pytest.fixture
def family() -> Callable[..., Registration]:
    """Signs somebody up with a phone of their own."""
    phone = phones()

    def comes(occurrence: Occurrence, name: str = "Anna", **sender: Any) -> Registration:
        about = Sender(**{"name": name, "language": "lv", "phone": phone(), **sender})
        return calls(occurrence, sender=about)

    return comes


def off(occurrence: Occurrence) -> None:
    registering.call_off(occurrence.pk, reason=REASON, by=boss(), now=NOW)


def names(found: list[Call]) -> list[str]:
    return [call.name for call in found]


def test_those_whom_no_letter_reaches_come_first_and_then_the_soonest(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    soon, later = (make_occurrence(starts_at=NOW + timedelta(hours=hours)) for hours in (3, 20))
    for date, name, email in ((later, "Ilze", ""), (soon, "Anna", MAIL), (soon, "Zane", ""), (later, "Līga", MAIL)):
        family(date, name, email=email)
    off(later)
    off(soon)
    found = call_list.owed(NOW)
    assert names(found) == ["Zane", "Ilze", "Anna", "Līga"]
    assert [call.has_letter for call in found] == [False, False, True, True]


def test_a_letter_that_could_not_be_delivered_counts_as_none(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    soon = make_occurrence(starts_at=NOW + timedelta(hours=3))
    lost, read = (family(soon, name, email=MAIL) for name in ("Lost", "Read"))
    off(soon)
    Notice.objects.letters().about(notices.about(lost.pk)).filter(kind="called_off").update(
        state="failed", reason="refused"
    )
    assert [(call.name, call.has_letter, call.is_letter_lost) for call in call_list.owed(NOW)] == [
        ("Lost", False, True),
        ("Read", True, False),
    ]
    assert read.pk


def test_a_call_says_what_is_to_be_told_in_the_family_s_language(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    date = make_occurrence(starts_at=datetime.fromisoformat("2027-03-11T10:00+02:00"))
    family(date, "Светлана", language="ru", safe_to_call="после 18.00")
    off(date)
    (call,) = call_list.owed(NOW)
    assert (call.name, call.phone, call.tel) == ("Светлана", "2000 0000", "tel:+37120000000")
    assert (call.title, call.when) == (date.activity.title_lv, "ceturtd.,\u00a011.03.2027. 10.00")
    assert call.kind == label_of("called_off")
    assert call.safe_to_call == "после 18.00"
    assert date.activity.title_ru in call.sentence
    assert call.sentence.endswith("Дождь.")
    address, _, text = call.sms.partition("?&body=")
    assert (address, unquote(text)) == ("sms:+37120000000", call.sentence)
    assert text.isascii()
    assert " " not in text


def test_of_a_discreet_date_a_call_names_neither_activity_nor_place(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    date = make_occurrence(audience="discreet")
    family(date, "Marija", language="ru", safe_to_call="rītos")
    family(date, "")
    off(date)
    named, nameless = call_list.owed(NOW)
    assert (named.title, named.when, named.what, named.sms, named.is_discreet) == ("", "", "", "", True)
    assert (named.sentence, named.otherwise) == ("Здравствуйте! Это Marija?", "Спасибо, я перезвоню позже.")
    assert (nameless.name, nameless.sentence) == ("", "Labdien!")
    assert named.safe_to_call == "rītos"


def test_what_is_not_so_any_more_is_left_out_and_looking_withdraws_nothing(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    date = make_occurrence()
    family(date)
    off(date)
    assert len(call_list.owed(NOW)) == 1
    assert call_list.owed(NOW + timedelta(days=30)) == []
    assert Notice.objects.calls().get().state == "owed"


def test_who_was_rung_up_stands_among_the_calls_made_for_a_day(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    date = make_occurrence()
    for name in ("Anna", "Zane"):
        family(date, name)
    off(date)
    first, second = call_list.owed(NOW)
    for number, call in enumerate((first, second)):
        calling.mark_called(call.notice.pk, by=boss(), now=NOW + timedelta(minutes=number))
    assert call_list.owed(NOW) == []
    made = call_list.made(NOW + timedelta(hours=1))
    assert names(made) == ["Zane", "Anna"]
    assert [call.notice.done_by for call in made] == [boss(), boss()]
    assert names(call_list.made(NOW + timedelta(days=1))) == ["Zane"]


def test_the_calls_of_one_date_alone(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    ours, other = make_occurrence(), make_occurrence()
    for date, name in ((ours, "Anna"), (other, "Zane")):
        family(date, name)
        off(date)
    asking.be_called("+37120000099", safe_to_call="", language="lv", now=NOW)
    assert names(call_list.owed(NOW, ours.pk)) == ["Anna"]
    assert len(call_list.owed(NOW)) == 3


def test_a_wish_to_be_called_shows_whose_phone_it_is_only_here(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    date = make_occurrence()
    for name, safe in (("Anna", "rītos"), ("Jānis", "")):
        family(date, name, phone="+37120000050", safe_to_call=safe)
    for phone, when in (("+37120000050", ""), ("+37120000051", "pēc 18")):
        asking.be_called(phone, safe_to_call=when, language="lv", now=NOW)
    assert [(call.name, call.safe_to_call, call.sentence) for call in call_list.owed(NOW)] == [
        ("Jānis, Anna", "rītos", "Labdien! Te Kopiena. Jūs lūdzāt piezvanīt."),
        ("", "pēc 18", "Labdien! Te Kopiena. Jūs lūdzāt piezvanīt."),
    ]
    assert not Notice.objects.filter(details__icontains="Anna").exists()


def test_whoever_comes_to_a_discreet_date_is_called_back_as_discreetly(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    family(make_occurrence(audience="discreet"), "Marija", phone="+37120000050")
    asking.be_called("+37120000050", safe_to_call="", language="lv", now=NOW)
    (call,) = call_list.owed(NOW)
    assert (call.is_discreet, call.sms, call.sentence) == (True, "", "Labdien! Vai pie tālruņa ir Marija?")


def test_a_wish_waits_behind_what_begins_today_and_goes_before_next_week(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    soon, later = make_occurrence(starts_at=NOW + timedelta(hours=3)), make_occurrence()
    for date, name in ((later, "Later"), (soon, "Soon")):
        family(date, name)
        off(date)
    asking.be_called("+37120000099", safe_to_call="", language="lv", now=NOW)
    assert names(call_list.owed(NOW)) == ["Soon", "", "Later"]


def test_who_would_come_at_the_old_time_is_rung_up_before_it(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    moved, off_later = make_occurrence(starts_at=NOW + timedelta(hours=3)), make_occurrence()
    family(off_later, "Later")
    off(off_later)
    family(moved, "Moved")
    meeting, then = moved.meetings.get(), NOW + timedelta(days=30)
    to = Rescheduled(meeting.pk, then, then + timedelta(hours=1), meeting.where, meeting.venue, None)
    registering.reschedule(moved.pk, [to], by=boss(), now=NOW)
    assert names(call_list.owed(NOW)) == ["Moved", "Later"]


def test_who_was_moved_away_from_a_discreet_date_is_called_as_discreetly(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration]
) -> None:
    quiet, loud = make_occurrence(audience="discreet"), make_occurrence()
    registering.move(family(quiet, "Marija").pk, loud.pk, staff=staff(), now=NOW)
    (call,) = call_list.owed(NOW)
    assert (call.is_discreet, call.title, call.when, call.sms) == (True, "", "", "")
    assert call.sentence == "Labdien! Vai pie tālruņa ir Marija?"


def fill(make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration], count: int) -> None:
    """So many called off, moved, discreet, asked for and taking place after all, a course among them."""
    for _ in range(count):
        course, moved, quiet = make_occurrence(), make_occurrence(), make_occurrence(audience="discreet")
        after_all = make_occurrence(places=1)
        for _family in range(2):
            signs_up(after_all, sender=ANNA)
        off(after_all)
        for call in call_list.owed(NOW, after_all.pk):
            calling.mark_called(call.notice.pk, by=boss(), now=NOW)
        registering.take_up(after_all.pk, by=boss(), now=NOW)
        start = NOW + timedelta(days=12)
        Meeting.objects.create(occurrence=course, starts_at=start, ends_at=start + timedelta(hours=1), where="home")
        for date in (course, moved, quiet):
            family(date, email="")
        off(course)
        off(quiet)
        meeting = moved.meetings.get()
        to = Rescheduled(meeting.pk, start, start + timedelta(hours=1), meeting.where, meeting.venue, None)
        registering.reschedule(moved.pk, [to], by=boss(), now=NOW)
        phone = Registration.objects.of(quiet.pk).get().sign_up.phone
        asking.be_called(phone, safe_to_call="", language="lv", now=NOW)


@pytest.mark.parametrize("look", [call_list.owed, calling.withdraw_pointless], ids=["list", "worker"])
def test_many_calls_cost_no_more_queries_than_one(
    make_occurrence: Callable[..., Occurrence], family: Callable[..., Registration], look: Callable[..., Any]
) -> None:
    asked = []
    for more in (1, 7):
        fill(make_occurrence, family, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(NOW)
        asked.append(len(queries))
    assert len(call_list.owed(NOW)) == 48
    assert asked[0] == asked[1] <= 9
