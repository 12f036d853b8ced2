"""Calls that are owed: ticked once whoever ticks, taken back within a day, withdrawn when there is nothing to tell."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from activities.models import Meeting, Occurrence
from families import calling, notices, registering
from families.models import Registration
from kopiena.floor.models import Notice, User
from tests.conftest import NOW
from tests.gate import boss, signs_up

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def called_off(make_occurrence: Callable[..., Occurrence]) -> Registration:
    """A family without e-mail whose walk was called off, so that a call is owed."""
    registration = signs_up(make_occurrence())
    registering.call_off(registration.occurrence_id, reason={"reason_lv": "Lietus."}, by=boss(), now=NOW)
    return registration


def the_call() -> Notice:
    return Notice.objects.calls().get()


def as_it_stands(notice: Notice) -> tuple[str, str, datetime | None, User | None]:
    notice.refresh_from_db()
    return notice.state, notice.reason, notice.sent_at, notice.done_by


@pytest.mark.usefixtures("called_off")
def test_the_first_who_ticks_is_who_called() -> None:
    other = User.objects.create_user("other@example.lv", is_staff=True)
    call = the_call()
    assert calling.mark_called(call.pk, by=boss(), now=NOW)
    assert not calling.mark_called(call.pk, by=other, now=LATER)
    assert as_it_stands(call) == ("sent", "", NOW, boss())


@pytest.mark.usefixtures("called_off")
def test_a_slip_of_the_thumb_is_taken_back_within_a_day_and_no_later() -> None:
    call = the_call()
    calling.mark_called(call.pk, by=boss(), now=NOW)
    assert not calling.take_back(call.pk, now=NOW + timedelta(days=1))
    assert calling.take_back(call.pk, now=NOW + timedelta(hours=23))
    assert not calling.take_back(call.pk, now=NOW + timedelta(hours=23))
    assert as_it_stands(call) == ("owed", "", None, None)


def test_a_letter_is_never_ticked_as_a_call() -> None:
    letter = Notice.objects.create(about="registration:1", kind=notices.PLACED, recipient="anna@example.lv")
    assert not calling.mark_called(letter.pk, by=boss(), now=NOW)
    Notice.objects.update(state="sent", sent_at=NOW)
    assert not calling.take_back(letter.pk, now=NOW)


def test_a_call_whose_family_was_erased_cannot_come_back(called_off: Registration) -> None:
    call = the_call()
    calling.mark_called(call.pk, by=boss(), now=NOW)
    registering.erase(called_off.sign_up_id, now=NOW)
    assert not calling.take_back(call.pk, now=LATER)


def test_what_is_still_to_be_told_stays_owed(called_off: Registration) -> None:
    assert calling.withdraw_pointless(LATER) == 0
    assert as_it_stands(the_call())[0] == "owed"


def is_over(registration: Registration) -> None:
    Meeting.objects.update(starts_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1))


def is_erased(registration: Registration) -> None:
    type(registration.sign_up).objects.update(erased_at=NOW, contact_name="", email="", phone="", safe_to_call="")


def is_gone(registration: Registration) -> None:
    Notice.objects.update(about="registration:999999")


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(is_over, "too_late"), (is_erased, "erased"), (is_gone, "erased")],
)
def test_a_call_with_nothing_to_tell_is_withdrawn_with_its_reason(
    called_off: Registration, happens: Callable[[Registration], None], reason: str
) -> None:
    happens(called_off)
    assert calling.withdraw_pointless(LATER) == 1
    assert calling.withdraw_pointless(LATER) == 0
    assert as_it_stands(the_call())[:2] == ("withdrawn", reason)


def test_the_worker_withdraws_them_by_itself(called_off: Registration) -> None:
    is_gone(called_off)
    call_command("work", "--once")
    assert as_it_stands(the_call())[:2] == ("withdrawn", "erased")


def test_one_call_that_cannot_be_put_into_words_keeps_no_other_from_being_withdrawn(
    called_off: Registration, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = {"about": "registration:999999", "channel": "call", "recipient": "+37120000000"}
    broken = [Notice.objects.create(kind=kind, **row).pk for kind in (notices.MOVED, notices.TAKEN_UP)]
    is_over(called_off)
    say = calling.sentence

    def said(notice: Notice, now: datetime) -> str:
        if notice.pk in broken:
            raise ValueError(notice.recipient)
        return say(notice, now)

    monkeypatch.setattr(calling, "sentence", said)
    assert calling.withdraw_pointless(LATER) == 1
    states = Notice.objects.calls().order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "owed", "owed"]
    assert "ValueError" in caplog.text
    assert "2000" not in caplog.text


def test_the_words_are_the_family_s_own_language_on_one_line(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence()
    Meeting.objects.create(
        occurrence=occurrence,
        starts_at=NOW + timedelta(days=12),
        ends_at=NOW + timedelta(days=12, hours=1),
        where="home",
    )
    registration = signs_up(occurrence)
    type(registration.sign_up).objects.update(language="ru")
    registering.call_off(occurrence.pk, reason={"reason_ru": "Из-за погоды."}, by=boss(), now=NOW)
    Notice.objects.calls().update(language="ru")
    said = calling.sentence(the_call(), LATER)
    assert "\n" not in said
    assert "Субботник у озера" in said
    assert said.endswith("Из-за погоды.")
